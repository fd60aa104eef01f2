"""Drawing series in pixels: lines with gaps, markers, filled areas."""

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pyqtgraph.functions import arrayToQPolygonF
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPaintEngine, QPainter, QPainterPath, QPen, QPolygonF, QTransform

from aluplanner.ui.theme import SeriesStyle

Values = NDArray[np.float64]

MARKER_RADIUS: Final = 3.4


def is_same(first: Values, second: Values) -> bool:
    """Return whether two series are the same, blanks included."""
    return first is second or (first.shape == second.shape and first.tobytes() == second.tobytes())


def pen(colour: str, width: float = 1.0, dash: tuple[float, ...] = ()) -> QPen:
    """Return a pen; its width and its dashes (in widths) are in logical pixels."""
    made = QPen(QColor(colour), width)
    made.setCapStyle(Qt.PenCapStyle.FlatCap)
    made.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    if dash:
        made.setDashPattern(list(dash))
    return made


def style_pen(style: SeriesStyle) -> QPen:
    """Return the pen of a series style."""
    return pen(style.colour, style.width, style.dash)


def polygon(x: Values, y: Values) -> QPolygonF:
    """Return the points as a polygon."""
    made: QPolygonF = arrayToQPolygonF(x, y)
    return made


def runs(values: Values) -> Iterator[slice]:
    """Yield the stretches without blanks."""
    finite = np.isfinite(values)
    if finite.all():
        if values.size:
            yield slice(0, values.size)
        return
    edges = np.flatnonzero(np.diff(np.concatenate(([False], finite, [False]))))
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        yield slice(start, end)


def to_pixels(transform: QTransform, x: Values, y: Values) -> tuple[Values, Values]:
    """Return data points in the pixels of a plot, which only scales and shifts."""
    return x * transform.m11() + transform.dx(), y * transform.m22() + transform.dy()


def polylines(x: Values, y: Values) -> list[QPolygonF]:
    """Return the stretches of a line between the gaps where ``y`` is blank; a month alone becomes a short dash."""
    made = []
    for run in runs(y):
        if run.stop - run.start == 1:
            left = QPointF(x[run.start] - 2.5, y[run.start])
            made.append(QPolygonF([left, left + QPointF(5, 0)]))
        else:
            made.append(polygon(x[run], y[run]))
    return made


def draw_line(painter: QPainter, x: Values, y: Values) -> None:
    """Draw a line with its gaps."""
    for line in polylines(x, y):
        painter.drawPolyline(line)


def draw_styled_line(painter: QPainter, x: Values, y: Values, style: SeriesStyle) -> None:
    """Draw a polyline in a style.

    On a screen of plain resolution a line wider than a pixel is drawn as thin lines side by side:
    Qt draws a smooth line of width 1 in 12 µs and one of width 2 in 200 µs.
    """
    device = painter.device()
    if style.width <= 1 or painter.paintEngine().type() != QPaintEngine.Type.Raster or device.devicePixelRatio() != 1:
        painter.setPen(style_pen(style))
        draw_line(painter, x, y)
        return
    painter.setPen(pen(style.colour, 1.0, style.dash))
    half = (style.width - 1) / 2
    shifts = (
        [(0.0, -half), (0.0, half)] if style.width < 1.5 else [(0.0, -half), (0.0, half), (-half, 0.0), (half, 0.0)]
    )
    for line in polylines(x, y):
        for right, down in shifts:
            painter.drawPolyline(line.translated(right, down))


def _circle(path: QPainterPath, x: float, y: float, r: float) -> None:
    path.addEllipse(QPointF(x, y), r * 0.9, r * 0.9)


def _square(path: QPainterPath, x: float, y: float, r: float) -> None:
    path.addRect(QRectF(x - r * 0.8, y - r * 0.8, r * 1.6, r * 1.6))


def _shape(*corners: tuple[float, float]) -> Callable[[QPainterPath, float, float, float], None]:
    def add(path: QPainterPath, x: float, y: float, r: float) -> None:
        path.addPolygon(QPolygonF([QPointF(x + a * r, y + b * r) for a, b in corners]))
        path.closeSubpath()

    return add


_ARM: Final = 0.36
_PLUS: Final = (
    (-_ARM, -1.1), (_ARM, -1.1), (_ARM, -_ARM), (1.1, -_ARM), (1.1, _ARM), (_ARM, _ARM),
    (_ARM, 1.1), (-_ARM, 1.1), (-_ARM, _ARM), (-1.1, _ARM), (-1.1, -_ARM), (-_ARM, -_ARM),
)  # fmt: skip
_CROSS: Final = tuple(((a - b) * 0.74, (a + b) * 0.74) for a, b in _PLUS)

_MARKERS: Final[dict[str, Callable[[QPainterPath, float, float, float], None]]] = {
    "circle": _circle,
    "square": _square,
    "triangle": _shape((0, -1.15), (1.05, 0.8), (-1.05, 0.8)),
    "wedge": _shape((0, 1.15), (1.05, -0.8), (-1.05, -0.8)),
    "diamond": _shape((0, -1.25), (1.1, 0), (0, 1.25), (-1.1, 0)),
    "plus": _shape(*_PLUS),
    "cross": _shape(*_CROSS),
}


def draw_markers(painter: QPainter, marker: str, x: Values, y: Values, radius: float = MARKER_RADIUS) -> None:
    """Draw a marker at every point that is not blank, with the painter's pen and brush."""
    add = _MARKERS[marker]
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    for a, b in zip(x.tolist(), y.tolist(), strict=True):
        if b == b:  # noqa: PLR0124 - false for a blank only
            add(path, a, b, radius)
    painter.drawPath(path)


def area_path(x: Values, lower: Values, upper: Values) -> QPainterPath:
    """Return the area between two series as one path, left open where either is blank."""
    path = QPainterPath()
    for run in runs(lower + upper):
        around = polygon(np.concatenate((x[run], x[run][::-1])), np.concatenate((upper[run], lower[run][::-1])))
        path.addPolygon(around)
        path.closeSubpath()
    return path


def with_crossings(x: Values, y: Values) -> tuple[Values, Values]:
    """Return the points with those added where the line crosses zero."""
    before, after = y[:-1], y[1:]
    at = np.flatnonzero(before * after < 0)
    if not at.size:
        return x, y
    crossing = x[at] + (x[at + 1] - x[at]) * before[at] / (before[at] - after[at])
    return np.insert(x, at + 1, crossing), np.insert(y, at + 1, 0.0)


def brush(colour: str) -> QBrush:
    """Return a solid brush."""
    return QBrush(QColor(colour))
