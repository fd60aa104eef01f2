"""Lines, points and areas: kept for the pane's life, given new values, never made anew."""

from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QTransform

from aluplanner.ui.plots.drawing import (
    Values,
    area_path,
    brush,
    draw_markers,
    draw_styled_line,
    is_same,
    pen,
    to_pixels,
    with_crossings,
)
from aluplanner.ui.plots.pane_item import PaneItem
from aluplanner.ui.theme import SeriesStyle, Theme

EMPTY: Final[Values] = np.empty(0)
MARKER_DISTANCE: Final = 56.0
"""Pixels from one marker of a line to the next, at least."""


class LineItem(PaneItem):
    """A monthly series as a line, with markers at a distance and gaps where it is blank."""

    def __init__(self) -> None:
        super().__init__()
        self.x, self.values = EMPTY, EMPTY
        self.style = SeriesStyle("#000000")
        self._shift = 0

    def set_style(self, style: SeriesStyle, shift: int = 0) -> None:
        """Draw in a style; ``shift`` moves the markers so that those of several lines keep apart."""
        if (style, shift) != (self.style, self._shift):
            self.style, self._shift = style, shift
            self.update()

    def set_values(self, x: Values, values: Values) -> None:
        """Take new values."""
        if not (is_same(values, self.values) and is_same(x, self.x)):
            self.x, self.values = x, values
            self.update()

    def draw(self, painter: QPainter, transform: QTransform, _frame: QRectF) -> None:
        if not self.values.size:
            return
        x, y = to_pixels(transform, self.x, self.values)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_styled_line(painter, x, y, self.style)
        if self.style.marker:
            step = max(1, round(MARKER_DISTANCE / max(abs(transform.m11()), 1e-9)))
            start = self._shift % step
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.style.colour))
            draw_markers(painter, self.style.marker, x[start::step], y[start::step])


class PointsItem(PaneItem):
    """What really happened: a ring a month."""

    def __init__(self) -> None:
        super().__init__()
        self.x, self.values = EMPTY, EMPTY
        self._pen, self._brush = pen("#000000"), brush("#ffffff")

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme."""
        self._pen, self._brush = pen(theme.text, 1.5), brush(theme.canvas)
        self.update()

    def set_values(self, x: Values, values: Values) -> None:
        """Take new values; blanks have no point."""
        if not (is_same(values, self.values) and is_same(x, self.x)):
            self.x, self.values = x, values
            self.update()

    def draw(self, painter: QPainter, transform: QTransform, _frame: QRectF) -> None:
        if not self.values.size:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._pen)
        painter.setBrush(self._brush)
        draw_markers(painter, "circle", *to_pixels(transform, self.x, self.values), 3.6)


class AreaItem(PaneItem):
    """The area of one series against zero, above and below it in two colours, or between two series."""

    def __init__(self) -> None:
        super().__init__()
        self.x, self.upper, self.lower = EMPTY, EMPTY, EMPTY
        self._above, self._below = brush("#000000"), brush("#000000")
        self._above_path = self._below_path = area_path(EMPTY, EMPTY, EMPTY)

    def set_colours(self, above: str, below: str) -> None:
        """Shade in two colours."""
        self._above, self._below = brush(above), brush(below)
        self.update()

    def set_values(self, x: Values, upper: Values, lower: Values | None = None) -> None:
        """Shade between ``upper`` and zero, or where ``upper`` lies above ``lower``."""
        floor = np.zeros_like(upper) if lower is None else lower
        if is_same(x, self.x) and is_same(upper, self.upper) and is_same(floor, self.lower):
            return
        if lower is None:
            along, line = with_crossings(x, upper)
            self._above_path = area_path(along, np.minimum(line, 0) * 0, np.maximum(line, 0))
            self._below_path = area_path(along, np.minimum(line, 0), np.maximum(line, 0) * 0)
        else:
            along, gap = with_crossings(x, upper - lower)
            level = np.interp(along, x, lower) if along.size > x.size else lower
            self._above_path = area_path(along, level, level + np.maximum(gap, 0))
            self._below_path = area_path(EMPTY, EMPTY, EMPTY)
        self.x, self.upper, self.lower = x, upper, floor
        self.update()

    def draw(self, painter: QPainter, transform: QTransform, _frame: QRectF) -> None:
        painter.setTransform(transform)
        painter.fillPath(self._above_path, self._above)
        painter.fillPath(self._below_path, self._below)
