"""A path over the months, small enough for a cell."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from aluplanner.ui.theme import THEMES, current_theme

SIDE: Final = 6
ABOVE: Final = 5
BELOW: Final = 3
"""Pixels left free beside a path, above its top and below its bottom."""
PEN: Final = 1.25
AREA: Final = 0.20


@dataclass(frozen=True)
class _Shapes:
    """A spark as it is drawn into a cell of one size."""

    area: QPolygonF
    line: QPolygonF
    base: QPolygonF | None
    start: QLineF | None


@dataclass(frozen=True, eq=False)
class Spark:
    """A stepped path over the months.

    Attributes
    ----------
    path
        Height of every step, from 0, the bottom, to 1, the top.
    base
        The same of the base plan; empty where it is the same path or there is nothing to compare with.
    start
        The step with which something begins, ``None`` where nothing is to be marked.
    """

    path: Sequence[float]
    base: Sequence[float] = ()
    start: float | None = None
    _shapes: dict[tuple[int, int, float], _Shapes] = field(default_factory=dict, init=False, repr=False)

    def shapes(self, width: int, height: int, ratio: float) -> _Shapes:
        """Return what is drawn into a cell of a size at a device's pixel ratio, made once."""
        known = self._shapes.get((width, height, ratio))
        if known is None:
            known = self._shapes[width, height, ratio] = self._make_shapes(_Room(width, height, ratio))
        return known

    def _make_shapes(self, room: "_Room") -> _Shapes:
        line = room.steps(self.path)
        corners = [QPointF(line[-1].x(), room.bottom), QPointF(line[0].x(), room.bottom)]
        start = None
        if self.start is not None:
            x = room.across(self.start / len(self.path))
            start = QLineF(x, room.start_top, x, room.bottom)
        base = QPolygonF(room.steps(self.base)) if self.base else None
        return _Shapes(QPolygonF([*line, *corners]), QPolygonF(line), base, start)


class _Room:
    """Where in a cell a path lies, on whole pixels of the device, which keeps it crisp without smoothing."""

    def __init__(self, width: int, height: int, ratio: float) -> None:
        self._ratio = ratio
        self._half = 0.5 * (pen_pixels(ratio) % 2)  # a line of odd width lies on the middle of a pixel
        self._left = round(SIDE * ratio)
        self._top = round(ABOVE * ratio)
        self._wide = max(1, round((width - 2 * SIDE) * ratio) - 1)
        self._high = max(1, round((height - ABOVE - BELOW) * ratio) - 1)
        self.bottom = self._place(self._top + self._high)
        self.start_top = self._place(self._top - round(3 * ratio))

    def _place(self, pixel: int) -> float:
        return (pixel + self._half) / self._ratio

    def across(self, part: float) -> float:
        """Return how far from the left a part of the width is."""
        return self._place(self._left + round(part * self._wide))

    def steps(self, path: Sequence[float]) -> list[QPointF]:
        """Return the corners of a path; steps of one height are one."""
        points: list[QPointF] = []
        count, high, floor = len(path), self._high, self._top + self._high
        level = -1
        for step, height in enumerate(path):
            found = round(height * high)
            if found != level:
                x = self.across(step / count)
                if level >= 0:
                    points.append(QPointF(x, self._place(floor - level)))
                points.append(QPointF(x, self._place(floor - found)))
                level = found
        points.append(QPointF(self.across(1.0), self._place(floor - level)))
        return points


def pen_pixels(ratio: float) -> int:
    """Return how many pixels of the device a path is wide."""
    return max(1, round(PEN * ratio))


@dataclass(frozen=True)
class _SparkInks:
    """The pens and fills of a theme at a device's pixel ratio, those of rows that are switched off besides."""

    line: QPen
    area: QColor
    off_line: QPen
    off_area: QColor
    base: QPen
    start: QPen


_known: dict[tuple[str, float], _SparkInks] = {}


def _inks(ratio: float) -> _SparkInks:
    name = current_theme().name
    known = _known.get((name, ratio))
    if known is None:
        known = _known[name, ratio] = _make_inks(name, ratio)
    return known


def _make_inks(name: str, ratio: float) -> _SparkInks:
    theme, width = THEMES[name], pen_pixels(ratio) / ratio
    base = QPen(QColor(theme.base.colour), 1.0)
    base.setDashPattern([2.0, 2.0])
    base.setCapStyle(Qt.PenCapStyle.FlatCap)
    return _SparkInks(
        line=_line(theme.selected.colour, width),
        area=_area(theme.selected.colour),
        off_line=_line(theme.disabled, width),
        off_area=_area(theme.disabled),
        base=base,
        start=_line(theme.muted, width),
    )


def _line(colour: str, width: float) -> QPen:
    return QPen(QColor(colour), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin)


def _area(colour: str) -> QColor:
    area = QColor(colour)
    area.setAlphaF(AREA)
    return area


def paint_spark(painter: QPainter, cell: QRect, spark: Spark, is_off: bool) -> None:
    """Paint a spark into a cell; the painter's pen and brush are left as they happen to be."""
    ratio = painter.device().devicePixelRatio()
    inks = _inks(ratio)
    shapes = spark.shapes(cell.width(), cell.height(), ratio)
    painter.translate(cell.left(), cell.top())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.off_area if is_off else inks.area)
    painter.drawPolygon(shapes.area)
    if shapes.start is not None:
        painter.setPen(inks.off_line if is_off else inks.start)
        painter.drawLine(shapes.start)
    if shapes.base is not None:
        painter.setPen(inks.base)
        painter.drawPolyline(shapes.base)
    painter.setPen(inks.off_line if is_off else inks.line)
    painter.drawPolyline(shapes.line)
    painter.translate(-cell.left(), -cell.top())
