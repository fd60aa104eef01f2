"""The program with its window."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

# Qt for Python looks through the source of every module that is imported after it. What does without Qt comes first.
from aluplanner.document.new_plan import example_plan
from aluplanner.document.opening import read_draft
from aluplanner.workbook.read import read_plan

# isort: split
from PySide6.QtCore import QEventLoop, QLocale, Qt, QTimer
from PySide6.QtWidgets import QApplication

from aluplanner import __version__
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import NumberStyle, set_number_style, tr
from aluplanner.model.issues import PlanError
from aluplanner.model.plan import Plan
from aluplanner.ui.collector import Collector
from aluplanner.ui.dialogs.failure import FailureHook
from aluplanner.ui.first_paint import AfterFirstPaint
from aluplanner.ui.main_window import MainWindow
from aluplanner.ui.theme import SYSTEM, apply_theme

SCREENSHOT_SIZE = (1920, 1080)
PATIENCE = 60_000
"""Milliseconds to wait for the first balance of a picture."""


def has_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Return whether a window can be shown; without a display Qt would abort the process."""
    if not platform.startswith("linux"):
        return True
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return any(environment.get(name) for name in names)


def main_window(argv: Sequence[str]) -> int:
    """Open the window and stay until it is closed.

    Parameters
    ----------
    argv
        The file to open, if any.

    Returns
    -------
    int
        Exit code: 0 when the window was closed, 2 when there is no display.
    """
    if not has_display(sys.platform, os.environ):
        print(
            tr("There is no display to open a window on: set DISPLAY, or use “aluplanner run FILE”."), file=sys.stderr
        )
        return 2
    app = _application()
    FailureHook().install()
    preferences = Preferences()
    apply_theme(app, preferences.text("theme", SYSTEM))
    path = Path(argv[0]) if argv else None
    plan, refused = _first_plan(path)
    document = Document(plan, None if refused else path, starts=False)
    window = MainWindow(document, preferences)
    collector = Collector(app)
    later = AfterFirstPaint(window)
    window.show()
    if path is not None and refused is not None:
        window.files.refuse(path, refused)
    elif path is not None:
        window.files.welcome(path)
    code = app.exec()
    later.deleteLater()
    collector.stop()
    document.close()
    return code


def _application() -> QApplication:
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(["aluplanner"])
    app.setApplicationName("AluPlanner")
    app.setOrganizationName("AluPlanner")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("aluplanner")
    if QLocale().language() == QLocale.Language.C:  # which groups no thousands
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    numbers = QLocale()
    set_number_style(NumberStyle(numbers.decimalPoint(), numbers.groupSeparator()))
    return app


def _first_plan(path: Path | None) -> tuple[Plan, PlanError | None]:
    """Return the plan to begin with: the file's, and the 2017 case where there is none or it was refused."""
    if path is None:
        return example_plan(), None
    try:
        return read_draft(path), None
    except PlanError as error:
        return example_plan(), error


def render_window(path: Path, out: Path, size: tuple[int, int] = SCREENSHOT_SIZE) -> None:
    """Write a picture of the window with a plan open, without showing it.

    Parameters
    ----------
    path
        The plan.
    out
        The picture, a PNG.
    size
        Width and height in pixels.

    Raises
    ------
    PlanError
        If the plan has errors.
    OSError
        If the picture cannot be written.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # whatever the desktop asks for: no window is to appear
    from PySide6.QtCore import QSettings

    from aluplanner.ui.quiet import without_noise

    with without_noise():
        app = _application()
        apply_theme(app, "light")
        document = Document(read_plan(path), path)
        window = MainWindow(document, Preferences(QSettings(os.devnull, QSettings.Format.IniFormat)))
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.setFixedSize(*size)
        window.add_plots()
        window.show()
        try:
            _wait_for_balance(document)
            if not window.grab().save(str(out)):
                raise OSError(tr("The picture could not be written to {path}.", path=out))
        finally:
            document.close()
            window.deleteLater()


def _wait_for_balance(document: Document) -> None:
    """Let the window work until every scenario is solved and the layout has settled."""
    loop = QEventLoop()
    document.all_solved.connect(loop.quit)
    QTimer.singleShot(PATIENCE, loop.quit)
    loop.exec()
    QTimer.singleShot(0, loop.quit)  # comes after the layouts that are due
    loop.exec()
