"""Axes that every chart draws alike: round numbers or months, a thin grid, a zero line, the unit in the title."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QFontMetricsF, QPainter, QPen

from aluplanner.model.calendar import Horizon, Month
from aluplanner.ui.plots.numbers import month_text, number_text, percent_text, year_text
from aluplanner.ui.plots.ticks import GAP, month_step, nice_step, step_decimals, tick_months, tick_numbers
from aluplanner.ui.theme import Theme

ROOM: Final = 0.06
"""Part of a range that is left free beyond the outermost value."""
_TICK: Final = 4.0
_MOST: Final = 9
_FALLBACK: Final = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight scale: the value ``low`` lies at the pixel ``start``, the value ``high`` at ``end``."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Return the pixel of a value."""
        span = self.high - self.low
        return self.start + (value - self.low) / span * (self.end - self.start) if span else self.start

    def value_at(self, pixel: float) -> float:
        """Return the value at a pixel."""
        span = self.end - self.start
        return self.low + (pixel - self.start) / span * (self.high - self.low) if span else self.low


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """How an axis of figures is written: its unit, and whether its fractions are shown as percent."""

    title: str = ""
    is_percent: bool = False

    def text(self, value: float, step: float) -> str:
        """Return a figure as a tick says it, where ticks are ``step`` apart."""
        if self.is_percent:
            return percent_text(value, step_decimals(step * 100))
        return number_text(value, step_decimals(step))


def span_of(values: Iterable[float], *, has_zero: bool = False, room: float = ROOM) -> tuple[float, float]:
    """Return a range that holds all finite values with some room, and 0 where it must be seen.

    An end at 0 stays there: bars stand on it.
    """
    known = [float(value) for value in values if value == value and abs(value) != float("inf")]  # noqa: PLR0124
    known += [0.0] if has_zero else []
    if not known:
        return _FALLBACK
    low, high = min(known), max(known)
    if low == high:
        half = abs(low) * 0.05 or 1.0
        return low - half, high + half
    free = (high - low) * room
    return (0.0 if low == 0 and has_zero else low - free), (0.0 if high == 0 and has_zero else high + free)


def draw_bottom_axis(painter: QPainter, scale: Scale, body: QRectF, theme: Theme, axis: ValueAxis) -> None:
    """Draw the grid of an axis of figures within ``body`` and its labels below; the scale runs from left to right."""
    metrics = painter.fontMetrics()
    widest = max(metrics.horizontalAdvance(axis.text(value, 1.0)) for value in (scale.low, scale.high))
    most = min(_MOST, max(2, int(abs(scale.end - scale.start) / (widest + 3 * GAP))))
    step, values = tick_numbers(scale.low, scale.high, most)
    for value in values:
        _grid_line(painter, QLineF(scale.at(value), body.top(), scale.at(value), body.bottom()), theme, value)
    painter.setPen(QColor(theme.muted))
    for value in values:
        box = QRectF(scale.at(value) - 60, body.bottom() + _TICK, 120, metrics.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), axis.text(value, step))
    if axis.title:
        line = QRectF(body.left(), body.bottom() + _TICK + metrics.height(), body.width(), metrics.height())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), axis.title)


def bottom_axis_height(line_height: float, axis: ValueAxis) -> float:
    """Return the room that :func:`draw_bottom_axis` needs below the body."""
    return _TICK + line_height * (2 if axis.title else 1)


def draw_left_axis(painter: QPainter, scale: Scale, body: QRectF, theme: Theme, axis: ValueAxis) -> None:
    """Draw the grid of an axis of figures within ``body``, its labels left of it and its title, with the unit, above.

    The scale runs from the bottom, where ``start`` is, to the top.
    """
    metrics = painter.fontMetrics()
    step, values = _left_ticks(scale, metrics.height())
    for value in values:
        _grid_line(painter, QLineF(body.left(), scale.at(value), body.right(), scale.at(value)), theme, value)
    painter.setPen(QColor(theme.muted))
    half = metrics.height() / 2
    for value in values:
        box = QRectF(body.left() - 120, scale.at(value) - half, 120 - _TICK - 2, metrics.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), axis.text(value, step))
    if axis.title:
        width = left_axis_width(painter, scale, axis)
        line = QRectF(body.left() - width, body.top() - metrics.height() - half, body.width() + width, metrics.height())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), axis.title)


def left_axis_width(painter: QPainter, scale: Scale, axis: ValueAxis) -> float:
    """Return the room that the labels of :func:`draw_left_axis` need left of the body."""
    return left_labels_width(painter.fontMetrics(), scale, axis)


def left_labels_width(metrics: QFontMetrics | QFontMetricsF, scale: Scale, axis: ValueAxis) -> float:
    """Return the same for who lays out without a painter."""
    step, values = _left_ticks(scale, metrics.height())
    return max((metrics.horizontalAdvance(axis.text(value, step)) for value in values), default=0) + _TICK + 2


def left_axis_head(line_height: float, axis: ValueAxis) -> float:
    """Return the room that the title of :func:`draw_left_axis` needs above the body, half a label included."""
    return line_height * 1.5 if axis.title else line_height / 2


def _left_ticks(scale: Scale, line_height: float) -> tuple[float, list[float]]:
    return tick_numbers(scale.low, scale.high, max(2, int(abs(scale.end - scale.start) / (line_height * 2))))


def _grid_line(painter: QPainter, line: QLineF, theme: Theme, value: float) -> None:
    is_zero = abs(value) < 1e-12
    painter.setPen(QPen(QColor(theme.zero_line if is_zero else theme.grid), 1.0))
    crisp = QPointF(round(line.x1()) + 0.5, round(line.y1()) + 0.5) - line.p1()
    painter.drawLine(line.translated(crisp))


def month_scale(horizon: Horizon, start: float, end: float) -> Scale:
    """Return the scale of the months of a horizon by their ordinals, half a month free at either end."""
    return Scale(horizon.first.ordinal - 0.5, horizon.last.ordinal + 0.5, start, end)


def draw_month_axis(painter: QPainter, scale: Scale, body: QRectF, theme: Theme) -> None:
    """Draw the months along the bottom of ``body``, with a line where a year begins."""
    metrics = painter.fontMetrics()
    width = max(metrics.horizontalAdvance(month_text(Month.of(2000, month))) for month in range(1, 13))
    step = month_step(
        abs(scale.end - scale.start) / (scale.high - scale.low), width, metrics.horizontalAdvance(year_text(2000))
    )
    painter.setPen(QPen(QColor(theme.year_line), 1.0))
    for ordinal in tick_months(scale.low, scale.high, 12):
        x = round(scale.at(ordinal - 0.5)) + 0.5
        if body.left() + 1 < x < body.right():
            painter.drawLine(QLineF(x, body.top(), x, body.bottom()))
    painter.setPen(QColor(theme.muted))
    for ordinal in tick_months(scale.low, scale.high, step):
        text = month_text(Month(ordinal)) if step < 12 else year_text(Month(ordinal).year)
        box = QRectF(scale.at(ordinal) - 60, body.bottom() + _TICK, 120, metrics.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), text)


__all__ = [
    "Scale",
    "ValueAxis",
    "bottom_axis_height",
    "draw_bottom_axis",
    "draw_left_axis",
    "draw_month_axis",
    "left_axis_head",
    "left_axis_width",
    "left_labels_width",
    "month_scale",
    "nice_step",
    "span_of",
]
