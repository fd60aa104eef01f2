"""How high the docks at the bottom are: room for what needs it, given back when one leaves it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QTabBar
from shiboken6 import isValid

LEAST: Final = 44
"""A dock can be this low: a sentence, or a title with one row under it."""
SHARE: Final = 7
"""The docks first get this part of the screen's height."""
SMALL: Final = 700
"""On a screen that is not higher than this they get no more than they need."""
TRACE_SHARE: Final = 5
"""A trace is given at least this part of the window's height."""
TALL_SHARE: Final = 0.45
"""An analysis is given at least this part of the window's height, as far as the rest of the window lets it."""
TOLERANCE: Final = 4


class DockHeights(QObject):
    """Makes docks that lie over one another as tabs higher, and as high as before once one turns to another tab.

    Parameters
    ----------
    window
        The window the docks belong to.
    docks
        The docks.
    """

    def __init__(self, window: QMainWindow, docks: Sequence[QDockWidget]) -> None:
        super().__init__(window)
        self._window = window
        self._docks = list(docks)
        self._tall: list[QDockWidget] = []
        self._tall_height = 0
        self._grown: QDockWidget | None = None
        self._former = 0
        self._given = 0
        self._settling = QTimer(self)
        self._settling.setSingleShot(True)
        self._settling.setInterval(0)
        self._settling.timeout.connect(self._settle)
        for dock in docks:
            self._follow(dock)

    def _follow(self, dock: QDockWidget) -> None:
        dock.widget().setMinimumHeight(LEAST)
        dock.visibilityChanged.connect(self._on_visibility_changed)

    def adopt(self, dock: QDockWidget) -> None:
        """Take an analysis among the docks: all analyses share one height, which is the last that one of them had."""
        self._docks.append(dock)
        self._tall.append(dock)
        self._follow(dock)

    def make_room_for_analysis(self, dock: QDockWidget) -> None:
        """Make the dock of an analysis high enough for its picture."""
        self.make_room(dock, max(self._tall_height, round(self._window.height() * TALL_SHARE)))

    def begin(self) -> None:
        """Give the docks their first height."""
        self._window.resizeDocks([self._docks[0]], [self._first_height()], Qt.Orientation.Vertical)

    def _first_height(self) -> int:
        room = self._window.screen().availableGeometry().height()
        return room // SHARE if room > SMALL else LEAST

    def go_on(self, dock: QDockWidget) -> None:
        """Take the dock of an analysis that was in front when the window was closed for one that was given its room."""
        self._grown, self._former = dock, self._first_height()

    def make_room(self, dock: QDockWidget, height: int) -> None:
        """Make a dock, which is in front, at least so high until one leaves it."""
        if dock.isFloating() or dock.height() >= height:
            return
        if self._grown is None:
            self._former = dock.height()
        self._grown = dock
        self._resize(dock, height)
        self._given = height

    def make_room_for_trace(self, dock: QDockWidget) -> None:
        """Make the dock of a trace high enough for a few of its parts."""
        self.make_room(dock, self._window.height() // TRACE_SHARE)

    def _resize(self, dock: QDockWidget, height: int) -> None:
        bars = self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
        tabs = max((bar.height() for bar in bars if bar.isVisible()), default=0)  # they count as a part of the docks
        self._window.resizeDocks([dock], [height + tabs], Qt.Orientation.Vertical)

    def _on_visibility_changed(self) -> None:
        if isValid(self._window):
            self._settling.start()  # until it is known which tab is in front now

    def _front(self) -> QDockWidget | None:
        seen = (dock for dock in self._docks if dock.isVisible() and not dock.isFloating())
        return next((dock for dock in seen if not dock.visibleRegion().isEmpty()), None)

    def _settle(self) -> None:
        front = self._front()
        if front is None:
            return
        if self._grown in self._tall:
            self._tall_height = front.height()
            if front in self._tall:
                self._grown = front
        if self._grown is not None and self._grown is not front:
            # else another height was chosen meanwhile; that of an analysis is kept for the next one
            if self._grown in self._tall or abs(front.height() - self._given) <= TOLERANCE:
                self._resize(front, self._former)
            self._grown = None
        if front in self._tall:
            self.make_room(front, self._tall_height)
        elif front is not self._docks[0]:
            self.make_room(front, front.widget().minimumSizeHint().height())
