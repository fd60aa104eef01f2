"""The axes: months with labels that never overlap, numbers grouped by thousands."""

from typing import Any, Final

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from aluplanner.model.calendar import Month
from aluplanner.ui.plots.drawing import pen
from aluplanner.ui.plots.numbers import month_text, number_text, percent_text, year_text
from aluplanner.ui.plots.ticks import GAP, month_step, step_decimals, tick_months, tick_numbers
from aluplanner.ui.theme import Theme

TICK: Final = 4
RIGHT_MARGIN: Final = 14.0
"""Pixels that a label may stand out over the right end of the axis."""

LEFT_MARGIN: Final = 30.0
MOST_NUMBERS: Final = 8


class _Axis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """What both axes have in common."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.enableAutoSIPrefix(False)
        self.setStyle(autoExpandTextSpace=False, hideOverlappingLabels=60, tickLength=TICK, tickAlpha=255)
        self.setZValue(1)
        self._metrics = QFontMetricsF(QFont())

    def set_look(self, theme: Theme, font: QFont) -> None:
        """Draw in the colours of a theme and in a font."""
        self._metrics = QFontMetricsF(font)
        self.setTickFont(font)
        self.setPen(pen(theme.border))
        self.setTickPen(pen(theme.border))
        self.setTextPen(pen(theme.muted))
        self.picture = None
        self.update()

    def text_width(self, text: str) -> float:
        """Return the width of a label in pixels."""
        return self._metrics.horizontalAdvance(text)


class MonthAxis(_Axis):
    """Months; a position is a :class:`Month`'s ordinal."""

    def __init__(self) -> None:
        super().__init__("bottom")
        self._month_width = self._year_width = 0.0
        self.tag: Month | None = None
        self._tag_ground, self._tag_ink = QColor("#000000"), QColor("#ffffff")

    def set_tag(self, month: Month | None) -> None:
        """Name the month under the crosshair, over the labels; none to take the name away."""
        if month != self.tag:
            self.tag = month
            self.update()

    def set_look(self, theme: Theme, font: QFont) -> None:
        super().set_look(theme, font)
        self._month_width = max(self.text_width(month_text(Month.of(2000, month))) for month in range(1, 13))
        self._year_width = self.text_width(year_text(2000))
        self._tag_ground, self._tag_ink = QColor(theme.text), QColor(theme.canvas)
        self.setHeight(round(QFontMetricsF(font).height()) + TICK + 3)

    def step(self, pixels_per_month: float) -> int:
        """Return the months between two labels."""
        return month_step(pixels_per_month, self._month_width, self._year_width)

    def labelled(self, low: float, high: float, size: float) -> tuple[int, list[int]]:
        """Return the step and the months to label on an axis of ``size`` pixels."""
        scale = size / (high - low) if high > low else 1.0
        step = self.step(scale)
        return step, tick_months(low, high, step)

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[int]]]:
        scale = size / (high - low) if high > low else 1.0
        step, months = self.labelled(low, high, size)
        kept = []
        for month in months:
            at, half = (month - low) * scale, self.text_width(month_label(month, step)) / 2
            if at - half >= -LEFT_MARGIN and at + half <= size + RIGHT_MARGIN:
                kept.append(month)
        return [(step, kept)]

    def paint(self, painter: QPainter, *args: Any) -> None:
        super().paint(painter, *args)
        if self.tag is not None and self.style["showValues"]:
            text = month_text(self.tag)
            box = QRectF(0, TICK, self.text_width(text) + 8, self._metrics.height() + 1)
            low, high = self.range
            box.moveLeft((self.tag.ordinal - low) / (high - low) * self.size().width() - box.width() / 2)
            box.moveLeft(min(box.left(), self.size().width() + RIGHT_MARGIN - box.width()))
            painter.fillRect(box, self._tag_ground)
            painter.setFont(self.style["tickFont"])
            painter.setPen(self._tag_ink)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def tickStrings(self, values: list[float], _scale: float, spacing: float) -> list[str]:
        return [month_label(round(value), round(spacing)) for value in values]


def month_label(ordinal: int, step: int) -> str:
    """Return the label of a month where labels are ``step`` months apart."""
    month = Month(ordinal)
    return month_text(month) if step < 12 else year_text(month.year)


class NumberAxis(_Axis):
    """Numbers grouped by thousands, or percents; no SI prefixes."""

    def __init__(self, *, is_percent: bool = False, orientation: str = "left") -> None:
        super().__init__(orientation)
        self._is_percent = is_percent
        self._is_points = False

    def set_points(self, is_points: bool) -> None:
        """Write percents as percentage points, without the sign, or as percents again."""
        if is_points != self._is_points:
            self._is_points = is_points
            self.picture = None
            self.update()

    def levels(self, low: float, high: float, size: float) -> tuple[float, list[float]]:
        """Return the step and the numbers to label on an axis of ``size`` pixels."""
        if self.orientation == "bottom":
            widest = max(self.text_width(number_text(value, 0)) for value in (low, high))
            return tick_numbers(low, high, max(2, int(size / (widest + 3 * GAP))))
        return tick_numbers(low, high, min(MOST_NUMBERS, max(2, int(size / (self._metrics.height() * 1.7)))))

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        step, values = self.levels(low, high, size)
        if self.orientation == "bottom" and values and high > low:
            last = (values[-1] - low) / (high - low) * size + self.text_width(number_text(values[-1])) / 2
            values = values[:-1] if last > size + RIGHT_MARGIN else values
        return [(step, values)]

    def tickStrings(self, values: list[float], _scale: float, spacing: float) -> list[str]:
        if self._is_percent and self._is_points:
            return [number_text(value * 100, step_decimals(spacing * 100)) for value in values]
        if self._is_percent:
            return [percent_text(value, step_decimals(spacing * 100)) for value in values]
        return [number_text(value, step_decimals(spacing)) for value in values]

    def widest(self, low: float, high: float) -> float:
        """Return the width that labels between ``low`` and ``high`` need, ticks included."""
        texts = self.tickStrings([low, high], 1.0, self.levels(low, high, 100)[0])
        return max(map(self.text_width, texts)) + TICK + 8


__all__ = ["MonthAxis", "NumberAxis", "month_label"]
