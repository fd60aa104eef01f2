"""A plot as a widget: mouse, keys, context menu and export, whatever is drawn in it."""

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication

from aluplanner.model.calendar import Month
from aluplanner.ui.plots.hits import Hit
from aluplanner.ui.plots.month_span import MonthSpan
from aluplanner.ui.theme import Theme, current_theme, scaled

FONT_FACTOR = 0.92
ZOOM_PER_NOTCH = 0.8
MARGINS = (4, 2, 16, 2)


class PlotView(pg.GraphicsView):  # type: ignore[misc]  # pyqtgraph has no types
    """Base of the plots.

    The plain wheel is left to the panel, which scrolls; Ctrl+wheel zooms into the months, dragging
    moves them, a double-click shows all of them. Left, Right, Home and End move the crosshair, + and
    − zoom, 0 shows all, Esc takes the crosshair away. A click or Enter asks what makes a number.
    """

    menu_requested = Signal(object, object)
    """The plot and the position on the screen."""
    trace_requested = Signal(str, object)
    """Scenario and measure: show what makes this number."""
    jump_requested = Signal(str, str, str)
    """Table, key of the row, column: show this cell."""

    def __init__(self, name: str, title: str, span: MonthSpan) -> None:
        super().__init__()
        self.name, self.title, self.span = name, title, span
        self.theme = current_theme()
        self.grid = pg.GraphicsLayout()
        self.grid.setContentsMargins(*MARGINS)
        self.grid.layout.setHorizontalSpacing(0)
        self.grid.layout.setVerticalSpacing(1)
        self.setCentralItem(self.grid)
        self.setAccessibleName(title)
        self.setObjectName(f"plot_{name}")
        self._dragged_from: float | None = None
        self._pressed_at: QPointF | None = None
        self.asked_at: QPointF | None = None
        """Where the context menu was asked for with the mouse."""

    # What subclasses say

    def restyle(self, theme: Theme) -> None:
        """Draw in the colours of a theme."""
        self.theme = theme
        self.setBackground(QColor(theme.canvas))

    def month_at(self, position: QPointF) -> float | None:
        """Return the place on the month axis under a position of the viewport, ``None`` off the panes."""
        raise NotImplementedError

    def months_per_pixel(self) -> float:
        """Return the months that a pixel is wide."""
        raise NotImplementedError

    @property
    def summary(self) -> str:
        """What the plot shows, in words."""
        raise NotImplementedError

    def table(self) -> tuple[list[str], list[list[object]]]:
        """Return headers and rows of what the plot shows, in full precision."""
        raise NotImplementedError

    def take_width(self, width: float) -> None:
        """Lay the headers out for a width in pixels."""
        raise NotImplementedError

    def reset_ranges(self) -> None:
        """Let the y axes begin afresh."""

    def hits(self, position: QPointF | None = None) -> list[Hit]:
        """Return what can be traced: nearest to a position of the viewport, or all in the month of the crosshair."""
        del position
        return []

    def trace(self, hit: Hit) -> None:
        """Ask what makes a number."""
        self.trace_requested.emit(hit.scenario.name, hit.measure)

    def clicked(self, position: QPointF) -> None:
        """Ask what makes the number that was clicked on."""
        for hit in self.hits(position)[:1]:
            self.trace(hit)

    def axis_font(self) -> Any:
        """Return the font of labels and keys."""
        return scaled(self.font(), FONT_FACTOR)

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        if event is not None:  # pyqtgraph calls it with None before there is anything to lay out
            self.take_width(self.width() - MARGINS[0] - MARGINS[2])
        super().resizeEvent(event)

    # Mouse and keys

    def wheelEvent(self, event: QWheelEvent) -> None:
        place = self.month_at(event.position())
        if place is None or not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        self.span.zoom(ZOOM_PER_NOTCH ** (event.angleDelta().y() / 120), place)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.month_at(event.position()) is not None:
            self._dragged_from = event.position().x()
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._pressed_at is not None and _is_far(event.position(), self._pressed_at):
            self._pressed_at = None  # a drag, no click
        if self._dragged_from is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self.span.pan((self._dragged_from - x) * self.months_per_pixel())
            self._dragged_from = x
        place = self.month_at(event.position())
        self.span.set_month(None if place is None else Month(round(place)))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = None
        pressed, self._pressed_at = self._pressed_at, None
        if event.button() == Qt.MouseButton.LeftButton and pressed is not None:
            self.clicked(event.position())
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None
        self.fit()
        event.accept()

    def leaveEvent(self, _event: QEvent) -> None:
        self.span.set_month(None)

    def fit(self) -> None:
        """Show every month, with fresh y ranges."""
        self.span.fit()
        self.reset_ranges()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -12, Qt.Key.Key_PageDown: 12}
        ends = {Qt.Key.Key_Home: self.span.first, Qt.Key.Key_End: self.span.last}
        closer, farther = ZOOM_PER_NOTCH, 1 / ZOOM_PER_NOTCH
        zooms = {Qt.Key.Key_Plus: closer, Qt.Key.Key_Equal: closer, Qt.Key.Key_Minus: farther}
        if key in steps:
            self.span.step_month(steps[Qt.Key(key)])
        elif key in ends:
            self.span.set_month(ends[Qt.Key(key)])
        elif key in zooms:
            self.span.zoom(zooms[Qt.Key(key)], (self.span.low + self.span.high) / 2)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.hits():
            self.trace(self.hits()[0])
        elif key == Qt.Key.Key_Escape and self.span.month is not None:
            self.span.set_month(None)
        else:
            event.ignore()
            return
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        self.asked_at = QPointF(self.viewport().mapFromGlobal(event.globalPos())) if is_mouse else None
        self.menu_requested.emit(self, event.globalPos())
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.setAccessibleDescription(self.summary)
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def drawForeground(self, painter: QPainter, _rect: Any) -> None:
        if self.hasFocus():
            painter.setPen(QColor(self.theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.range.adjusted(0, 0, -1, -1))


def _is_far(position: QPointF, start: QPointF) -> bool:
    """Return whether the mouse has gone so far that it drags."""
    return (position - start).manhattanLength() >= QApplication.startDragDistance()
