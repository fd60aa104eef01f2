"""The names of lines at their right ends, pushed apart where they would cover one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter

from aluplanner.ui.analysis.backtest_layout import Layout

_GAP = 6.0


@dataclass(frozen=True, slots=True)
class Name:
    """A name: its colour, and the height at which its line ends."""

    text: str
    colour: str
    y: float


def spread(heights: Sequence[float], room: float, top: float, bottom: float) -> list[float]:
    """Return heights in their order from the top, at least ``room`` apart and within the ends as far as they fit."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + room) if placed else max(height, top))
    beyond = max(0.0, placed[-1] - bottom) if placed else 0.0
    for place in range(len(placed) - 1, -1, -1):
        limit = placed[place + 1] - room if place + 1 < len(placed) else bottom
        placed[place] = min(placed[place], limit) if beyond else placed[place]
    return placed


def draw_names(painter: QPainter, place: Layout, names: Sequence[Name]) -> None:
    """Write the names at the right of the lines."""
    metrics = painter.fontMetrics()
    there = sorted((name for name in names if isfinite(name.y)), key=lambda name: name.y)
    heights = spread([name.y for name in there], metrics.height(), place.upper.top(), place.upper.bottom())
    for name, y in zip(there, heights, strict=True):
        painter.setPen(QColor(name.colour))
        painter.drawText(QPointF(place.upper.right() + _GAP, y + metrics.ascent() / 2 - 1), name.text)
