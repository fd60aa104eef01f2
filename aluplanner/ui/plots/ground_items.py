"""The ground of a pane and the line under the pointer."""

from collections.abc import Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QTransform

from aluplanner.ui.plots.drawing import pen
from aluplanner.ui.plots.pane_item import PaneItem
from aluplanner.ui.theme import Theme


class BackdropItem(PaneItem):
    """The ground of a pane: past months, grid, year breaks, guide and zero line."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(-100)
        self.past_end: float | None = None
        self.months: tuple[int, ...] = ()
        self.levels: tuple[float, ...] = ()
        self.guide: float | None = None
        self.notice = ""
        self._past = QColor("#eeeeee")
        self._pens: dict[str, QPen] = {}
        self._grid_place: tuple[QTransform, QRectF] | None = None
        self._grid: list[QLineF] = []
        self._years: list[QLineF] = []
        self._ink, self._font = QColor("#000000"), QFont()

    def set_theme(self, theme: Theme, font: QFont) -> None:
        """Draw in the colours of a theme and in a font."""
        self._ink, self._font = QColor(theme.muted), font
        self._past = QColor(theme.past)
        self._pens = {
            "grid": pen(theme.grid), "year": pen(theme.year_line), "zero": pen(theme.zero_line),
            "past": pen(theme.crosshair, 1.0, (3.0, 3.0)), "guide": pen(theme.muted, 1.0, (4.0, 3.0)),
        }  # fmt: skip
        self.update()

    def set_lines(self, months: Sequence[int], levels: Sequence[float]) -> None:
        """Take the labelled months and the numbered levels."""
        if (tuple(months), tuple(levels)) != (self.months, self.levels):
            self.months, self.levels = tuple(months), tuple(levels)
            self._grid_place = None
            self.update()

    def set_guide(self, level: float | None) -> None:
        """Mark a level, or none."""
        if level != self.guide:
            self.guide = level
            self.update()

    def set_past(self, end: float | None) -> None:
        """Take the position where the forecast begins."""
        if end != self.past_end:
            self.past_end = end
            self.update()

    def set_notice(self, text: str) -> None:
        """Write a sentence across the pane; none if empty."""
        if text != self.notice:
            self.notice = text
            self.update()

    def draw(self, painter: QPainter, transform: QTransform, frame: QRectF) -> None:
        past = None if self.past_end is None else transform.map(QPointF(self.past_end, 0)).x()
        if past is not None and past > frame.left():
            painter.fillRect(QRectF(frame.topLeft(), QPointF(min(past, frame.right()), frame.bottom())), self._past)
        self._draw_grid(painter, transform, frame)
        if self.guide is not None:
            self._draw(painter, "guide", _level(transform, frame, self.guide))
        self._draw(painter, "zero", _level(transform, frame, 0.0))
        if past is not None:
            self._draw(painter, "past", _vertical(frame, past))
        if self.notice:
            painter.setFont(self._font)
            painter.setPen(self._ink)
            painter.drawText(frame, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.notice)

    def _draw_grid(self, painter: QPainter, transform: QTransform, frame: QRectF) -> None:
        place = (transform, frame)
        if self._grid_place != place:
            self._grid_place = place
            self._grid = [line for level in self.levels for line in _level(transform, frame, level)]
            self._years = []
            for month in self.months:
                lines = self._years if month % 12 == 0 else self._grid
                lines += _vertical(frame, transform.map(QPointF(month, 0)).x())
        self._draw(painter, "grid", self._grid)
        self._draw(painter, "year", self._years)

    def _draw(self, painter: QPainter, kind: str, lines: list[QLineF]) -> None:
        painter.setPen(self._pens[kind])
        painter.drawLines(lines)


def _level(transform: QTransform, frame: QRectF, level: float) -> list[QLineF]:
    """Return the line at a level, as far as it lies in the pane."""
    y = transform.map(QPointF(0, level)).y()
    inside = frame.top() - 1 <= y <= frame.bottom() + 1
    return [QLineF(frame.left(), round(y), frame.right(), round(y))] if inside else []


def _vertical(frame: QRectF, x: float) -> list[QLineF]:
    """Return the line at ``x``, as far as it lies in the pane."""
    inside = frame.left() <= x <= frame.right()
    return [QLineF(round(x), frame.top(), round(x), frame.bottom())] if inside else []


class CrosshairItem(PaneItem):
    """The line at the month under the pointer."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(100)
        self.position: float | None = None
        self._pen = pen("#000000")

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme."""
        self._pen = pen(theme.crosshair)
        self.update()

    def set_position(self, position: float | None) -> None:
        """Move to a position, or away."""
        if position != self.position:
            self.position = position
            self.update()

    def draw(self, painter: QPainter, transform: QTransform, frame: QRectF) -> None:
        if self.position is not None:
            x = round(transform.map(QPointF(self.position, 0)).x())
            painter.setPen(self._pen)
            painter.drawLine(QLineF(x, frame.top(), x, frame.bottom()))
