"""Selecting cells with the mouse, over the table and its frozen column as if they were one."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QCursor, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from aluplanner.document.ranges import Range
from aluplanner.ui.tables.keys import TableKeys
from aluplanner.ui.tables.screen import Place, Screen

INTERVAL = 50
"""Milliseconds after which a table scrolls on while the mouse is held outside it."""


def place_at(view: QTableView, screen: Screen, point: QPoint) -> Place | None:
    """Return the cell nearest to a point of the viewport; ``None`` in a table without cells."""
    if not screen.height or not screen.width:
        return None
    row = view.rowAt(min(max(point.y(), 0), view.viewport().height() - 1))
    if point.y() < 0:
        row = max(0, row - 1)
    elif point.y() >= view.viewport().height() and row >= 0:
        row = min(screen.height - 1, row + 1)
    return row if row >= 0 else screen.height - 1, _column_at(view, screen, point.x())


def _column_at(view: QTableView, screen: Screen, x: int) -> int:
    if 0 <= x < view.columnWidth(0):
        return 0
    lefts = [view.columnViewportPosition(column) for column in screen.columns]
    if x < 0:
        hidden = [place for place, left in enumerate(lefts) if place and left < view.columnWidth(0)]
        return hidden[-1] if hidden else 0
    if x >= view.viewport().width():
        inside = [place for place, left in enumerate(lefts) if left < view.viewport().width()]
        return min(inside[-1] + 1, screen.width - 1) if inside else screen.width - 1
    return max((place for place, left in enumerate(lefts) if left <= x), default=0)


class Pointing(QObject):
    """Selects while the mouse is held: the current cell stays where it was pressed.

    Parameters
    ----------
    view
        The table.
    frozen
        The view that lies over its first column.
    keys
        Extends what is selected.
    """

    def __init__(self, view: QTableView, frozen: QTableView, keys: TableKeys) -> None:
        super().__init__(view)
        self._view = view
        self._keys = keys
        self._others: tuple[Range, ...] = ()
        self._last: Place | None = None
        self._is_held = False
        self._has_drawn = False
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL)
        self._timer.timeout.connect(self._on_time)
        for part in (view, frozen):
            part.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent):
            return False
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            return self._on_press(event)
        if kind == QEvent.Type.MouseMove and self._is_held:
            return self._on_move(event)
        if kind == QEvent.Type.MouseButtonRelease and self._is_held:
            self._is_held = False
            self._timer.stop()
            return self._has_drawn  # else the view would select anew where the button is let go
        return False

    def _on_press(self, event: QMouseEvent) -> bool:
        screen = Screen(self._view, with_pictures=True)
        point = self._point(event)
        is_on_cell = self._view.rowAt(point.y()) >= 0 and self._view.columnAt(point.x()) >= 0
        place = place_at(self._view, screen, point) if is_on_cell else None
        modifiers = event.modifiers()
        self._is_held, self._last, self._has_drawn = place is not None, place, False
        is_adding = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        self._others = tuple(screen.ranges()) if is_adding else ()
        if place is None or not modifiers & Qt.KeyboardModifier.ShiftModifier:
            return False
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        self._keys.extend_to(*place)
        self._others = ()
        return True

    def _on_move(self, event: QMouseEvent) -> bool:
        if not event.buttons() & Qt.MouseButton.LeftButton or self._is_editing():
            self._is_held = False
            self._timer.stop()
            return False
        self._follow(self._point(event))
        return True

    def _follow(self, point: QPoint) -> None:
        place = place_at(self._view, Screen(self._view, with_pictures=True), point)
        if self._view.viewport().rect().contains(point):
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
        if place is not None and place != self._last:
            self._last = place
            self._has_drawn = True
            self._keys.extend_to(*place, others=self._others)

    @Slot()
    def _on_time(self) -> None:
        self._follow(self._view.viewport().mapFromGlobal(QCursor.pos()))

    def _point(self, event: QMouseEvent) -> QPoint:
        return self._view.viewport().mapFromGlobal(event.globalPosition().toPoint())

    def _is_editing(self) -> bool:
        return self._view.state() == QAbstractItemView.State.EditingState
