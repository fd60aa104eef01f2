"""Where everything of the map of a sweep stands: cells in the middle, axes left and below, colours at the right."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPolygonF

from aluplanner.analysis.cell_words import cell_title, value_column
from aluplanner.analysis.sweep import Axis, Sweep
from aluplanner.analysis.sweep_words import figure_column
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.ui.analysis.axes import Scale, ValueAxis, bottom_axis_height, left_axis_head
from aluplanner.ui.plots.ticks import step_decimals, tick_numbers

GAP: Final = 8.0
BAR: Final = 14.0
_LEVELS: Final = 6
_LEAST: Final = 60.0


def axis_of(answer: Sweep, axis: Axis) -> ValueAxis:
    """Return how an axis of a cell is written: its name with its unit."""
    column = value_column(answer.plan, axis.address)
    unit = "%" if column.is_percent else tr(column.unit)
    title = cell_title(answer.plan, axis.address)
    return ValueAxis(f"{title} ({unit})" if unit and unit != "–" else title, column.is_percent)


def figure_axis(answer: Sweep) -> ValueAxis:
    """Return how figures of the objective are written on an axis: with their unit."""
    column = figure_column(answer)
    return ValueAxis("%" if column.is_percent else column.unit, column.is_percent)


def edges_of(values: Array) -> Array:
    """Return where cells about values begin and end: half way between them, shape ``(values + 1,)``."""
    if len(values) == 1:
        half = abs(float(values[0])) / 2 or 0.5
        return np.array([values[0] - half, values[0] + half])
    middle = (values[:-1] + values[1:]) / 2
    return np.concatenate([[2 * values[0] - middle[0]], middle, [2 * values[-1] - middle[-1]]])


def contour_levels(answer: Sweep) -> list[float]:
    """Return round figures between the lowest and the highest, at which thin lines are drawn; not the level itself."""
    if not np.isfinite(answer.values).any():
        return []
    low, high = float(np.nanmin(answer.values)), float(np.nanmax(answer.values))
    step, values = tick_numbers(low, high, _LEVELS)
    away = 0.3 * step
    return [value for value in values if answer.level is None or abs(value - answer.level) > away]


def tick_text(answer: Sweep, value: float, *, is_signed: bool = True) -> str:
    """Return a figure as contour lines and the scale of colours say it."""
    axis, column = figure_axis(answer), figure_column(answer)
    shown = abs(value) * (100 if axis.is_percent else 1)
    text = axis.text(value, 1.0 if shown == round(shown) else 10 ** -step_decimals(shown))
    return f"+{text}" if is_signed and column.is_signed and value > 0 else text


def labels_width(metrics: QFontMetricsF, axis: ValueAxis, low: float, high: float, height: float) -> float:
    """Return the room that the labels of an axis at the left need."""
    step, values = tick_numbers(low, high, max(2, int(height / (metrics.height() * 2))))
    return max((metrics.horizontalAdvance(axis.text(value, step)) for value in values), default=0.0) + GAP


def side_words(answer: Sweep) -> tuple[str, str]:
    """Return what is written above and below the scale of colours: the unit, and what either side of a balance is."""
    unit = figure_axis(answer).title
    if answer.objective.measure.series != "balance" or answer.level != 0.0 or not np.isfinite(answer.values).any():
        return unit, ""
    low, high = float(np.nanmin(answer.values)), float(np.nanmax(answer.values))
    above = tr("surplus, {unit}", unit=unit) if high > 0 else unit
    return above, tr("shortage") if low < 0 else ""


class Layout:
    """The places of the parts of the map in an area.

    Parameters
    ----------
    area
        The area.
    answer
        What is shown, with two cells.
    metrics
        Of the font.
    """

    def __init__(self, area: QRectF, answer: Sweep, metrics: QFontMetricsF) -> None:
        self._metrics = metrics
        self.line = metrics.height()
        self.axes = (axis_of(answer, answer.axes[0]), axis_of(answer, answer.axes[1]))
        self.edges = (edges_of(answer.axes[0].values), edges_of(answer.axes[1].values))
        self.headline = QRectF(area.left(), area.top(), area.width(), self.line)
        self.told = QRectF(area.left(), self.headline.bottom() + 2, area.width(), self.line)
        self.ticks = [*contour_levels(answer), *([] if answer.level is None else [answer.level])]
        self.words = side_words(answer)
        ticks = max((metrics.horizontalAdvance(tick_text(answer, value)) for value in self.ticks), default=0.0)
        taken = max(ticks + BAR + GAP, *map(metrics.horizontalAdvance, self.words))
        right = area.right() - taken - GAP
        top = self.headline.bottom() + 2 + left_axis_head(self.line, self.axes[1])
        bottom = area.bottom() - bottom_axis_height(self.line, self.axes[0])
        low, high = self.edges[1][[0, -1]].tolist()
        left = area.left() + labels_width(metrics, self.axes[1], low, high, bottom - top)
        self.body = QRectF(left, top, max(_LEAST, right - left), max(_LEAST / 2, bottom - top))
        self.across = _scale(self.edges[0], self.body.left(), self.body.right())
        self.up = _scale(self.edges[1], self.body.bottom(), self.body.top())
        self.legend = QRectF(self.body.right() + GAP, self.body.top(), BAR, self.body.height())

    def cell(self, row: int, column: int) -> QRectF:
        """Return the box of a point of the grid, on whole pixels."""
        left, right = (round(self.across.at(float(edge))) for edge in self.edges[0][column : column + 2])
        bottom, top = (round(self.up.at(float(edge))) for edge in self.edges[1][row : row + 2])
        return QRectF(left, top, right - left, bottom - top)

    def pixels(self, fine: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return for each pixel of the body, or part of one, which column and, from the top, which row it shows."""
        counts = round(self.body.width() * fine), round(self.body.height() * fine)
        places = [
            np.clip(np.searchsorted(edges, edges[0] + (np.arange(count) + 0.5) / count * (edges[-1] - edges[0])) - 1,
                    0, len(edges) - 2)
            for edges, count in zip(self.edges, counts, strict=True)
        ]  # fmt: skip
        return places[0], places[1][::-1]

    def at(self, across: float, up: float) -> QPointF:
        """Return where two values of the cells meet."""
        return QPointF(self.across.at(across), self.up.at(up))

    def polygon(self, line: Array) -> QPolygonF:
        """Return a contour line in pixels."""
        return QPolygonF([self.at(float(across), float(up)) for across, up in line])


def _scale(edges: Array, start: float, end: float) -> Scale:
    return Scale(float(edges[0]), float(edges[-1]), start, end)


class Labels:
    """Writes labels so that none covers another."""

    def __init__(self, taken: Sequence[QRectF] = ()) -> None:
        self._taken = list(taken)

    def place(self, box: QRectF, within: QRectF) -> QRectF | None:
        """Return a box moved into an area and kept from then on; ``None`` where another label stands."""
        held = QRectF(box)
        held.moveLeft(min(max(held.left(), within.left() + 1), within.right() - held.width() - 1))
        held.moveTop(min(max(held.top(), within.top() + 1), within.bottom() - held.height() - 1))
        if any(held.intersects(other) for other in self._taken):
            return None
        self._taken.append(held)
        return held


def label_box(painter: QPainter, text: str, centre: QPointF) -> QRectF:
    """Return the box of a text about a point."""
    metrics = painter.fontMetrics()
    width, height = metrics.horizontalAdvance(text) + 6, metrics.height()
    return QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
