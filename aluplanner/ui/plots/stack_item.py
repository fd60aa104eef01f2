"""Series on top of one another."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTransform

from aluplanner.ui.plots.drawing import Values, area_path, brush, is_same, pen, polygon, to_pixels
from aluplanner.ui.plots.items import EMPTY
from aluplanner.ui.plots.pane_item import PaneItem
from aluplanner.ui.theme import Theme


class StackItem(PaneItem):
    """Series on top of one another, each layer named where it is thick enough."""

    def __init__(self) -> None:
        super().__init__()
        self.x = EMPTY
        self.names: tuple[str, ...] = ()
        self.layers: tuple[Values, ...] = ()
        self.tops: list[Values] = []
        self.bottoms: list[Values] = []
        """Ends of the layers above zero, and below it where any layer is below."""
        self._colours: tuple[str, ...] = ("#000000",)
        self._edge, self._ink, self._font = pen("#ffffff"), QColor("#000000"), QFont()

    def set_theme(self, theme: Theme, font: QFont) -> None:
        """Draw in the colours of a theme."""
        self._colours, self._edge, self._ink, self._font = theme.stack, pen(theme.canvas), QColor(theme.text), font
        self.update()

    def colour(self, position: int) -> str:
        """Return the fill of the layer at ``position`` from the bottom."""
        return self._colours[position % len(self._colours)]

    def set_values(self, x: Values, names: Sequence[str], layers: Sequence[Values]) -> None:
        """Take new layers, the lowest first."""
        is_known = self.names == tuple(names) and is_same(x, self.x)
        if not (is_known and all(map(is_same, layers, self.layers))):
            self.x, self.names, self.layers = x, tuple(names), tuple(layers)
            known = np.nan_to_num(np.reshape(self.layers, (len(self.layers), x.size)))
            self.tops = list(np.cumsum(np.maximum(known, 0.0), axis=0))
            self.bottoms = list(np.cumsum(np.minimum(known, 0.0), axis=0)) if (known < 0).any() else []
            self.update()

    def bands(self) -> list[tuple[int, Values, Values]]:
        """Return the bands drawn: which layer it is, its end towards zero and the other one.

        Where any layer is below zero in some months, each has one band above zero and one below.
        """
        zero = np.zeros_like(self.x)
        return [
            (place, inner, outer)
            for ends in (self.tops, self.bottoms)
            for place, (inner, outer) in enumerate(pairwise((zero, *ends)))
        ]

    def draw(self, painter: QPainter, transform: QTransform, frame: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        drawn = []
        for position, inner, outer in self.bands():
            (x, near), (_, far) = to_pixels(transform, self.x, inner), to_pixels(transform, self.x, outer)
            drawn.append((position, x, (np.maximum(near, far), np.minimum(near, far))))
            painter.fillPath(area_path(x, near, far), brush(self.colour(position)))
            painter.setPen(self._edge)
            painter.drawPolyline(polygon(x, far))
        named: set[int] = set()
        for position, x, edges in drawn:
            if position not in named and self._draw_name(painter, self.names[position], x, edges, frame):
                named.add(position)

    def _draw_name(self, painter: QPainter, name: str, x: Values, edges: tuple[Values, Values], frame: QRectF) -> bool:
        """Write a layer's name where most of the layer is free around it; return whether it fits there."""
        metrics = QFontMetricsF(self._font)
        half = metrics.horizontalAdvance(name) / 2 + 4
        month = x[1] - x[0] if x.size > 1 else 0.0
        lower, upper = edges
        near = np.abs(x[:, None] - x[None, :]) < half + month
        top, bottom = np.where(near, upper, -np.inf).max(axis=1), np.where(near, lower, np.inf).min(axis=1)
        fits = (x - half > frame.left()) & (x + half < frame.right())
        free = np.where(fits, bottom - top, -np.inf)
        at = int(np.argmax(free))
        if free[at] >= metrics.height():
            painter.setPen(self._ink)
            box = QRectF(x[at] - half, (top[at] + bottom[at] - metrics.height()) / 2, 2 * half, metrics.height())
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, name)
        return bool(free[at] >= metrics.height())
