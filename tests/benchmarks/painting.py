"""Watching a window paint its plots."""

import time

from PySide6.QtCore import QEvent, QObject, Signal

from aluplanner.document.document import Document
from aluplanner.ui.main_window import MainWindow
from aluplanner.ui.plots.panel import PlotPanel


class PlotWatch(QObject):
    """Notes when all plots in sight have been painted with newly delivered balances.

    The window paints in one go on each update request; the watch lets it and looks at the clock afterwards.
    """

    painted = Signal()

    def __init__(self, window: MainWindow, document: Document) -> None:
        super().__init__()
        self.delivered = 0.0
        self.ended = 0.0
        self.processor = 0.0
        """Processor seconds of the window's thread at the end, which other load does not stretch."""
        self._window = window
        self._viewports = [plot.viewport() for plot in window.findChild(PlotPanel).plots]
        self._missing: set[QObject] = set()
        for watched in (window, *self._viewports):
            watched.installEventFilter(self)
        document.solved.connect(self._on_solved)

    @staticmethod
    def clock() -> float:
        """Return the time now, as :attr:`delivered` and :attr:`ended` count it."""
        return time.perf_counter()

    def _on_solved(self) -> None:
        """Wait for paints from now on; every other receiver of the balances was connected before."""
        self.delivered = self.clock()
        self._missing = {each for each in self._viewports if not each.visibleRegion().isEmpty()}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint:
            return self._on_paint(watched)
        if watched is not self._window or event.type() != QEvent.Type.UpdateRequest:
            return False
        was_waiting = bool(self._missing)
        self._window.event(event)
        if was_waiting and not self._missing:
            self.ended, self.processor = self.clock(), time.thread_time()
            self.painted.emit()
        return True

    def _on_paint(self, watched: QObject) -> bool:
        self._missing.discard(watched)
        return False
