"""A measure by the value of a cell, its target, and where they meet."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from aluplanner.analysis.cell_words import cells_title, objective_column, value_column, with_unit
from aluplanner.analysis.goal_seek import GoalSeek, Solution
from aluplanner.i18n import tr
from aluplanner.ui.analysis.axes import (
    Scale,
    ValueAxis,
    bottom_axis_height,
    draw_bottom_axis,
    draw_left_axis,
    left_axis_head,
    left_labels_width,
    span_of,
)
from aluplanner.ui.analysis.chart import Chart, ChartHit
from aluplanner.ui.theme import Theme

_DOT: Final = 5.0
_REACH: Final = 9.0
_GAP: Final = 6.0
_CLEAR: Final = 3.0
"""Pixels between the line of the target and its label."""


@dataclass(frozen=True)
class Layout:
    """Where the curve is drawn."""

    answer: GoalSeek
    area: QRectF
    metrics: QFontMetricsF
    left: float

    @cached_property
    def body(self) -> QRectF:
        line = self.metrics.height()
        bottom = bottom_axis_height(line, ValueAxis("x"))
        return QRectF(self.area).adjusted(self.left, left_axis_head(line, ValueAxis("x")) + line, -line, -bottom)

    @property
    def across(self) -> Scale:
        return Scale(self.answer.low, self.answer.high, self.body.left(), self.body.right())

    @property
    def up(self) -> Scale:
        return Scale(*heights_of(self.answer), self.body.bottom(), self.body.top())

    def is_crossed(self, box: QRectF) -> bool:
        """Return whether the curve goes through a box."""
        values = np.linspace(self.across.value_at(box.left()), self.across.value_at(box.right()), 9)
        curve = np.interp(values, self.answer.curve_values, self.answer.curve)
        return any(box.top() <= self.up.at(height) <= box.bottom() for height in curve.tolist())

    def point(self, value: float, reached: float) -> QPointF:
        return QPointF(self.across.at(value), self.up.at(reached))


@dataclass(frozen=True)
class Mark:
    """A point of the curve that has a name."""

    at: Solution
    word: str
    colour: str
    is_full: bool = False


def marks_of(answer: GoalSeek, theme: Theme, place: Layout) -> list[Mark]:
    """Return the solutions or the nearest point, and the plan as it stands; where two coincide, one for both."""
    marks = [Mark(each, "", theme.accent, is_full=True) for each in answer.solutions]
    if answer.nearest is not None:
        marks.append(Mark(answer.nearest, tr("nearest"), theme.warning))
    held = answer.now_value
    if held is None or not answer.low <= held <= answer.high or not np.isfinite(answer.now):
        return marks
    now = place.point(held, answer.now)
    for index, mark in enumerate(marks):
        if (place.point(mark.at.value, mark.at.reached) - now).manhattanLength() < _DOT:
            word = tr("now and {word}", word=mark.word) if mark.word else tr("now")
            marks[index] = replace(mark, word=word)
            return marks
    return [*marks, Mark(Solution(held, answer.now), tr("now"), theme.text)]


def heights_of(answer: GoalSeek) -> tuple[float, float]:
    """Return the range of the measure that is drawn: the curve, the target, and the plan as it stands."""
    return span_of([*answer.curve.tolist(), answer.target, answer.now])


class GoalSeekChart(Chart):
    """The curve of a goal seek."""

    def __init__(self) -> None:
        super().__init__()
        self._answer: GoalSeek | None = None

    def show_answer(self, answer: GoalSeek) -> None:
        """Show an answer."""
        self._answer = answer
        cells = cells_title(answer.plan, answer.addresses)
        self.refresh(tr("{aim} by {cells}", aim=str(answer.objective), cells=cells), answer.verdict)

    def laid_out(self, area: QRectF) -> Layout:
        """Return where everything is drawn in an area."""
        answer = self._answer
        if answer is None:
            raise ValueError("there is nothing to lay out")
        up = Layout(answer, area, self.metrics, 0.0).up
        left = left_labels_width(self.metrics, up, _up_axis(answer)) + _GAP
        return Layout(answer, area, self.metrics, left)

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        if self._answer is None:
            return
        answer, place = self._answer, self.laid_out(area)
        cell = value_column(answer.plan, answer.addresses[0], cells_title(answer.plan, answer.addresses))
        title = self.metrics.elidedText(cell.title, Qt.TextElideMode.ElideRight, place.body.width())
        draw_bottom_axis(painter, place.across, place.body, theme, ValueAxis(title, cell.is_percent))
        draw_left_axis(painter, place.up, place.body, theme, _up_axis(answer))
        taken = self._draw_target(painter, place, theme)
        self._draw_curve(painter, place, theme)
        for mark in marks_of(answer, theme, place):
            taken.append(self._draw_mark(painter, place, mark, taken))

    def _draw_target(self, painter: QPainter, place: Layout, theme: Theme) -> list[QRectF]:
        """Draw the line of the target and its label; return where the label is."""
        answer, body = place.answer, place.body
        y = place.up.at(answer.target)
        line = QLineF(body.left(), y, body.right(), y)
        painter.setPen(QPen(QColor(theme.canvas), 3.0))  # else a line of the grid fills the dashes
        painter.drawLine(line)
        painter.setPen(QPen(QColor(theme.text), 1.4, Qt.PenStyle.DashLine))
        painter.drawLine(line)
        text = tr("target {value}", value=with_unit(objective_column(answer.objective), answer.target))
        width, height = self.metrics.horizontalAdvance(text) + 2, self.metrics.height()
        top = y + _CLEAR if y - height - _CLEAR < body.top() else y - height - _CLEAR
        box = QRectF(body.right() - width, top, width, height)
        painter.drawText(box, text)
        return [box]

    def _draw_curve(self, painter: QPainter, place: Layout, theme: Theme) -> None:
        answer = place.answer
        painter.setPen(QPen(QColor(theme.accent), 2.0))
        run: list[QPointF] = []
        for value, reached in zip(answer.curve_values.tolist(), answer.curve.tolist(), strict=True):
            if np.isfinite(reached):
                run.append(place.point(value, reached))
            else:
                painter.drawPolyline(QPolygonF(run))
                run = []
        painter.drawPolyline(QPolygonF(run))

    def _draw_mark(self, painter: QPainter, place: Layout, mark: Mark, taken: Sequence[QRectF]) -> QRectF:
        """Draw a point of the curve with its label where nothing is yet; return where the label is."""
        answer, point = place.answer, place.point(mark.at.value, mark.at.reached)
        if mark.is_full:
            painter.setPen(QPen(QColor(mark.colour), 1.0, Qt.PenStyle.DotLine))
            painter.drawLine(point, QPointF(point.x(), place.body.bottom()))
        painter.setPen(QPen(QColor(mark.colour), 2.0))
        painter.setBrush(QColor(mark.colour) if mark.is_full else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(point, _DOT, _DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        value = with_unit(value_column(answer.plan, answer.addresses[0]), mark.at.value)
        reached = with_unit(objective_column(answer.objective), mark.at.reached)
        text = tr("{value}: {reached}", value=value, reached=reached)
        text = tr("{word} {text}", word=mark.word, text=text) if mark.word else text
        box = self._label_box(place, point, self.metrics.horizontalAdvance(text) + 2, taken)
        painter.drawText(box, text)
        return box

    def _label_box(self, place: Layout, point: QPointF, width: float, taken: Sequence[QRectF]) -> QRectF:
        """Return the place of a label beside a point, within the body, clear of labels and the curve if it can be."""
        body, height = place.body, self.metrics.height()
        lefts = (min(point.x() + _GAP, body.right() - width), max(body.left(), point.x() - _GAP - width))
        tops = (point.y() - _DOT - height, point.y() + _DOT + 1)
        boxes = [QRectF(max(body.left(), left), top, width, height) for left in lefts for top in tops]
        within = [box for box in boxes if box.top() >= body.top() - _DOT and box.bottom() <= body.bottom()] or boxes
        free = [box for box in within if not any(box.intersects(other) for other in taken)] or within
        return next((box for box in free if not place.is_crossed(box)), free[0])

    def find_hits(self, area: QRectF) -> Sequence[ChartHit]:
        if self._answer is None:
            return ()
        place = self.laid_out(area)
        curve = zip(self._answer.curve_values.tolist(), self._answer.curve.tolist(), strict=True)
        points = [Solution(value, reached) for value, reached in curve if np.isfinite(reached)]
        found = [*self._answer.solutions, *([self._answer.nearest] if self._answer.nearest else [])]
        return [
            *(_hit(place, each, _DOT, None) for each in points),
            *(_hit(place, each, _REACH, each) for each in found),
        ]


def _up_axis(answer: GoalSeek) -> ValueAxis:
    aim = objective_column(answer.objective)
    return ValueAxis(aim.title, aim.is_percent)


def _hit(place: Layout, at: Solution, reach: float, data: Solution | None) -> ChartHit:
    answer = place.answer
    cell = value_column(answer.plan, answer.addresses[0])
    lines = (
        tr("{cells}: {value}", cells=cells_title(answer.plan, answer.addresses), value=with_unit(cell, at.value)),
        tr(
            "{aim}: {reached}",
            aim=str(answer.objective),
            reached=with_unit(objective_column(answer.objective), at.reached),
        ),
    )
    point = place.point(at.value, at.reached)
    return ChartHit(QRectF(point.x() - reach, point.y() - reach, 2 * reach, 2 * reach), "\n".join(lines), data=data)
