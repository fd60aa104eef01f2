"""A process of its own that starts the program, notes when tables and plots can be seen, and closes it again.

The program runs as it is; only its window is put under watch. Times are seconds since the moment named on the
command line, at which the process was asked for, and are printed as JSON.
"""

import json
import sys
import time

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

from aluplanner import app  # isort: split - as the program itself does: before Qt
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.ui.main_window import MainWindow

ASKED_FOR = float(sys.argv[1])
IMPORTED = time.time()


class WatchedWindow(MainWindow):
    """The main window, with notes of when its parts were first painted."""

    def __init__(self, document: Document, preferences: Preferences) -> None:
        super().__init__(document, preferences)
        self.times: dict[str, float] = {"imported": IMPORTED - ASKED_FOR}
        self.watch = FirstPaint(self, [self.tables.view("plants").viewport()], "table")

    def note(self, what: str) -> None:
        self.times[what] = time.time() - ASKED_FOR

    def add_plots(self) -> None:
        self.note("plots begun")
        super().add_plots()
        from aluplanner.ui.plots.panel import PlotPanel

        self.note("plots made")
        self.watch = FirstPaint(self, [plot.viewport() for plot in self.findChild(PlotPanel).plots], "plots")

    def on_painted(self, what: str) -> None:
        self.note(what)
        if what == "plots":
            self.times |= {"width": self.width(), "height": self.height()}
            QTimer.singleShot(0, self, self.close)


class FirstPaint(QObject):
    """Tells the window when some of its parts have all been painted for the first time, as far as they are in sight."""

    def __init__(self, window: WatchedWindow, parts: list[QObject], name: str) -> None:
        super().__init__(window)
        self._window, self._name = window, name
        self._parts = parts
        self._painted: set[QObject] = set()
        self._is_done = False
        for part in parts:
            part.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint and not self._is_done:
            if not self._painted:
                QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))  # comes after the round of paints
            self._painted.add(watched)
        return False

    def customEvent(self, _event: QEvent) -> None:  # noqa: N802
        in_sight = {part for part in self._parts if not part.visibleRegion().isEmpty()}
        if in_sight <= self._painted and self._window.document.plan.plants:
            self._is_done = True
            self._window.on_painted(self._name)
        self._painted.clear()


def main() -> None:
    """Run the program until its plots are painted."""
    made = []

    def make(document: Document, preferences: Preferences) -> WatchedWindow:
        made.append(WatchedWindow(document, preferences))
        return made[-1]

    app.MainWindow = make
    code = app.main_window([])
    print(json.dumps({"code": code, **made[0].times}))


if __name__ == "__main__":
    main()
