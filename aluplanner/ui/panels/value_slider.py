"""The slider: a groove with a tick where the value came from, and a handle that can be moved by hand and by keys."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSlider, QWidget

from aluplanner.ui.panels.slider_scale import Scale
from aluplanner.ui.tables.painting import mixed
from aluplanner.ui.theme import Theme, current_theme

PAUSE: Final = 800
"""Milliseconds without a key after which the next one begins another gesture."""

RADIUS: Final = 7.0
MARGIN: Final = RADIUS + 3
TICK: Final = 8.0
THICKNESS: Final = 4.0
OUTLINE: Final = 0.45
FILL: Final = 0.2

_STEPS: Final = {
    Qt.Key.Key_Left: -1, Qt.Key.Key_Down: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: 1,
}  # fmt: skip
_PAGES: Final = {Qt.Key.Key_PageDown: -1, Qt.Key.Key_PageUp: 1}


class ValueSlider(QSlider):
    """A slider over a scale of numbers.

    Attributes
    ----------
    moved : Signal(float)
        The planner moved the handle to this number.
    let_go : Signal()
        The gesture is over: the mouse button is up, the keys have rested, the focus went elsewhere.
    """

    moved = Signal(float)
    let_go = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._scale = Scale(0.0, 1.0, 0.01)
        self._number: float | None = None
        self._home: float | None = None
        self._is_blank = False
        self._began: float | None = None  # where a drag by mouse began
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(PAUSE)
        self._rest.timeout.connect(self.let_go)

    @property
    def number(self) -> float | None:
        """Where the handle stands."""
        return self._number

    @property
    def scale(self) -> Scale:
        """The range."""
        return self._scale

    def show_number(self, scale: Scale, number: float | None, home: float | None, is_blank: bool) -> None:
        """Show where a cell's value is; a number between two places of the scale is shown where it is."""
        self._scale, self._number, self._home, self._is_blank = scale, number, home, is_blank
        self.setRange(0, scale.last)
        self.setPageStep(scale.page)
        self.setValue(0 if number is None else scale.place_of(number))
        self.setEnabled(scale.last > 0)
        self.update()

    # Moving

    def _move_to(self, place: int) -> None:
        number = self._scale.number_at(min(max(place, 0), self._scale.last))
        if number != self._number or self._is_blank:
            self._take(number)

    def _take(self, number: float) -> None:
        self._number, self._is_blank = number, False
        self.setValue(self._scale.place_of(number))
        self.update()
        self.moved.emit(number)

    def _place_at(self, x: float) -> int:
        width = max(1.0, self.width() - 2 * MARGIN)
        share = min(1.0, max(0.0, (x - MARGIN) / width))
        return self._scale.place_of(self._scale.low + share * (self._scale.high - self._scale.low))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._end_keys()
        self._began = self._number
        self.setSliderDown(True)
        if abs(event.position().x() - self._x_of(self._number)) > RADIUS:  # a press on the handle moves nothing yet
            self._move_to(self._place_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._move_to(self._place_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.isSliderDown():
            self._end_drag()

    def _end_drag(self) -> None:
        self.setSliderDown(False)
        self._began = None
        self.update()
        self.let_go.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move with the wheel only where the keys would, so that scrolling past changes nothing."""
        steps = event.angleDelta().y() / 120
        if not self.hasFocus() or not steps:
            event.ignore()
            return
        self._nudge(self.value() + (1 if steps > 0 else -1))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self.isSliderDown():
            if self._began is not None and self._began != self._number:
                self._take(self._began)
            self._end_drag()
        elif (place := self._place_after(key)) is not None and not self.isSliderDown():
            self._nudge(place)
        else:
            event.ignore()

    def _place_after(self, key: Qt.Key) -> int | None:
        """Return where a key leads; a value between two places goes to the next one in its direction."""
        if key == Qt.Key.Key_Home:
            return 0
        if key == Qt.Key.Key_End:
            return self._scale.last
        if key in _PAGES:
            return self.value() + _PAGES[key] * self._scale.page
        if key not in _STEPS:
            return None
        step = _STEPS[key]
        here = self._scale.number_at(self.value())
        is_beyond = self._number is not None and (here - self._number) * step > 0
        return self.value() if is_beyond else self.value() + step

    def _nudge(self, place: int) -> None:
        self._move_to(place)
        self._rest.start()

    def _end_keys(self) -> None:
        if self._rest.isActive():
            self._rest.stop()
            self.let_go.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._end_keys()

    # Painting

    def sizeHint(self) -> QSize:
        return QSize(160, round(2 * MARGIN))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, round(2 * MARGIN))

    def _x_of(self, number: float | None) -> float:
        share = 0.0 if number is None else self._scale.share_of(number)
        return MARGIN + share * max(1.0, self.width() - 2 * MARGIN)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_groove(painter, theme)
        if self._home is not None:
            self._paint_tick(painter, theme, self._x_of(self._home))
        if self.isEnabled():
            self._paint_handle(painter, theme, QPointF(self._x_of(self._number), self.height() / 2))
        painter.end()

    def _paint_groove(self, painter: QPainter, theme: Theme) -> None:
        """Paint the groove, and in the accent colour how far the value has gone from where it came."""
        top, right = self.height() / 2 - THICKNESS / 2, self.width() - MARGIN
        painter.setPen(QPen(mixed(theme.text, theme.canvas, OUTLINE), 1))
        painter.setBrush(mixed(theme.text, theme.canvas, FILL))
        painter.drawRoundedRect(QRectF(MARGIN, top, right - MARGIN, THICKNESS), THICKNESS / 2, THICKNESS / 2)
        if self._home is None or self._number is None:
            return
        left, right = sorted((self._x_of(self._home), self._x_of(self._number)))
        painter.fillRect(QRectF(left, top, right - left, THICKNESS), QColor(theme.accent))

    def _paint_tick(self, painter: QPainter, theme: Theme, x: float) -> None:
        middle, x = self.height() / 2, round(x)
        painter.fillRect(QRectF(x - 2, middle - TICK, 4, 2 * TICK), QColor(theme.window))
        painter.fillRect(QRectF(x - 1, middle - TICK, 2, 2 * TICK), QColor(theme.text))

    def _paint_handle(self, painter: QPainter, theme: Theme, centre: QPointF) -> None:
        accent = QColor(theme.accent)
        if self.hasFocus() or self.underMouse() or self.isSliderDown():
            halo = QColor(accent)
            halo.setAlphaF(0.30 if self.hasFocus() else 0.18)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(halo)
            painter.drawEllipse(centre, RADIUS + 3, RADIUS + 3)
        painter.setPen(QPen(accent if self._is_blank else QColor(theme.window), 2))
        painter.setBrush(QColor(theme.window) if self._is_blank else accent)
        painter.drawEllipse(centre, RADIUS - 1, RADIUS - 1)
