"""What happens to an error in the program itself: one clear sentence, the details in a log, nothing lost silently."""

import logging
import sys
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication, QMessageBox

from aluplanner.i18n import tr

_LOG = logging.getLogger("aluplanner")


def log_path() -> Path:
    """Return where the details of errors are written."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppLocalDataLocation)
    return Path(folder) / "errors.log"


class FailureHook:
    """Takes the place of ``sys.excepthook``."""

    def __init__(self) -> None:
        self._is_open = False

    def install(self) -> None:
        """Take over from now on."""
        sys.excepthook = self

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log an error and tell of it, one at a time."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        details = "".join(traceback.format_exception(kind, error, trace))
        _LOG.error("%s", details)
        _append(log_path(), details)
        if not self._is_open and QApplication.instance() is not None:
            self._is_open = True
            try:
                _show(error, details)
            finally:
                self._is_open = False


def _append(path: Path, details: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as log:
            log.write(details + "\n")
    except OSError:
        sys.stderr.write(details)


def _show(error: BaseException, details: str) -> None:
    box = QMessageBox(QMessageBox.Icon.Critical, tr("AluPlanner"), "", parent=QApplication.activeWindow())
    box.setText(tr("Something in the program went wrong: {error}", error=str(error) or type(error).__name__))
    box.setInformativeText(
        tr(
            "The plan is as it was before this step. Save it; the details for whoever looks after the program are in"
            " {path}",
            path=log_path(),
        )
    )
    box.setDetailedText(details)
    box.exec()
    box.deleteLater()
