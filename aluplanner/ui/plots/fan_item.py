"""A fan: the bands that nine and five of ten draws lie in, and the median, under the lines of a pane."""

from typing import Final

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QTransform

from aluplanner.ui.plots.drawing import Values, area_path, draw_styled_line, is_same, to_pixels
from aluplanner.ui.plots.pane_item import PaneItem
from aluplanner.ui.theme import SeriesStyle, Theme
from aluplanner.ui.theme.series import DASH

EMPTY: Final[Values] = np.empty((5, 0))
OUTER: Final = 0.16
INNER: Final = 0.26
"""How much the bands cover what lies under them; they lie over one another."""
OLD: Final = 0.5
"""What is left of that while the fan is of a former plan."""


def fan_colour(theme: Theme, cover: float, *, is_old: bool) -> QColor:
    """Return the colour of a band; grey while it is of a former plan."""
    colour = QColor(theme.muted if is_old else theme.selected.colour)
    colour.setAlphaF(cover * (OLD if is_old else 1.0))
    return colour


def median_style(theme: Theme, *, is_old: bool) -> SeriesStyle:
    """Return how the median is drawn."""
    return SeriesStyle(theme.muted if is_old else theme.selected.colour, DASH, "", 1.25)


class FanItem(PaneItem):
    """Two bands and a dashed median; each band is one path, made when the values come and not when they are drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.x: Values = np.empty(0)
        self.bands = EMPTY
        self._paths = (QPainterPath(), QPainterPath())
        self._brushes: tuple[QBrush, ...] = (QBrush(), QBrush())
        self._median = SeriesStyle("#000000")

    def set_look(self, theme: Theme, *, is_old: bool) -> None:
        """Draw in the colours of a theme, faded where the fan is of a former plan."""
        self._brushes = tuple(QBrush(fan_colour(theme, cover, is_old=is_old)) for cover in (OUTER, INNER))
        self._median = median_style(theme, is_old=is_old)
        self.update()

    def set_values(self, x: Values, bands: Values) -> None:
        """Take percentiles 5, 25, 50, 75 and 95, shape ``(5, months)``."""
        if is_same(x, self.x) and is_same(bands, self.bands):
            return
        self.x, self.bands = x, bands
        self._paths = (area_path(x, bands[0], bands[4]), area_path(x, bands[1], bands[3]))
        self.update()

    def draw(self, painter: QPainter, transform: QTransform, _frame: QRectF) -> None:
        if not self.x.size:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setTransform(transform)
        for path, colour in zip(self._paths, self._brushes, strict=True):
            painter.fillPath(path, colour)
        painter.resetTransform()
        draw_styled_line(painter, *to_pixels(transform, self.x, self.bands[2]), self._median)
