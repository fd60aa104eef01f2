"""Keys of a legend: a sample of a line, a fill or a point, and its text."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from aluplanner.ui.plots.drawing import brush, draw_markers, pen, style_pen
from aluplanner.ui.theme import SeriesStyle

SAMPLE: Final = 18.0
"""Width of a sample in pixels."""

SHORT_SAMPLE: Final = 11.0
SPACE: Final = 4.0
BETWEEN: Final = 10.0


@dataclass(frozen=True, slots=True)
class Key:
    """One entry: a line style, or a fill colour, or a ring; and what it stands for."""

    text: str
    style: SeriesStyle | None = None
    fill: str = ""
    ring: str = ""
    is_short: bool = False

    @property
    def sample_width(self) -> float:
        """Width of the sample in pixels."""
        if self.style is not None:
            return SHORT_SAMPLE if self.is_short else SAMPLE
        return 10.0 if self.fill or self.ring else 0.0

    def width(self, metrics: QFontMetricsF, text: str | None = None) -> float:
        """Return the width with the text given, or the key's own."""
        shown = self.text if text is None else text
        gap = SPACE if shown and self.sample_width else 0.0
        return self.sample_width + gap + metrics.horizontalAdvance(shown)


def draw_sample(painter: QPainter, key: Key, left: float, middle: float) -> None:
    """Draw a key's sample, its left end and its middle line given."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if key.style is not None:
        painter.setPen(style_pen(key.style))
        painter.drawLine(QLineF(left, middle, left + key.sample_width, middle))
        if key.style.marker:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(key.style.colour))
            draw_markers(painter, key.style.marker, np.array([left + key.sample_width / 2]), np.array([middle]))
    elif key.fill:
        painter.fillRect(QRectF(left, round(middle) - 5, 10, 10), brush(key.fill))
    elif key.ring:
        painter.setPen(pen(key.ring, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(left + 5, middle), 3.4, 3.4)


def draw_key(painter: QPainter, key: Key, left: float, top: float, height: float, text: str, colour: str) -> None:
    """Draw a key and its text in a row of the given height."""
    draw_sample(painter, key, left, top + height / 2)
    start = left + key.sample_width + (SPACE if key.sample_width else 0.0)
    painter.setPen(QColor(colour))
    room = QFontMetricsF(painter.font()).horizontalAdvance(text) + 2
    painter.drawText(QRectF(start, top, room, height), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def flow(widths: list[float], start: float, total: float) -> tuple[list[tuple[float, int]], int]:
    """Place widths one after another in rows.

    Parameters
    ----------
    widths
        Widths in pixels.
    start
        Where the first row begins; the others begin at 0.
    total
        Width of a row.

    Returns
    -------
    tuple
        Left end and row of each, and the number of rows.
    """
    places: list[tuple[float, int]] = []
    left, row = start, 0
    for width in widths:
        if left > 0 and left + width > total:
            left, row = 0.0, row + 1
        places.append((left, row))
        left += width + BETWEEN
    return places, row + 1
