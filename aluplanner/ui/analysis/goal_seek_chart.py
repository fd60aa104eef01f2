"""A measure by the value of a cell, its target, and where they meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
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
    left_axis_width,
    span_of,
)
from aluplanner.ui.analysis.chart import Chart, ChartHit
from aluplanner.ui.theme import Theme

_DOT: Final = 5.0
_REACH: Final = 9.0
_GAP: Final = 6.0


@dataclass(frozen=True)
class _Layout:
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

    def point(self, value: float, reached: float) -> QPointF:
        return QPointF(self.across.at(value), self.up.at(reached))


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
        self.refresh(answer.verdict, answer.verdict)

    def _laid_out(self, area: QRectF, left: float = 0.0) -> _Layout:
        answer = self._answer
        if answer is None:
            raise ValueError("there is nothing to lay out")
        return _Layout(answer, area, self.metrics, left or self._label_width(answer))

    def _label_width(self, answer: GoalSeek) -> float:
        column = objective_column(answer.objective)
        low, high = heights_of(answer)
        return max(self.metrics.horizontalAdvance(with_unit(column, value)) for value in (low, high)) + _GAP

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        if self._answer is None:
            return
        answer, place = self._answer, self._laid_out(area)
        aim = objective_column(answer.objective)
        up = ValueAxis(aim.title, aim.is_percent)
        place = self._laid_out(area, left_axis_width(painter, place.up, up) + _GAP)
        cell = value_column(answer.plan, answer.addresses[0], cells_title(answer.plan, answer.addresses))
        title = self.metrics.elidedText(cell.title, Qt.TextElideMode.ElideRight, place.body.width())
        draw_bottom_axis(painter, place.across, place.body, theme, ValueAxis(title, cell.is_percent))
        draw_left_axis(painter, place.up, place.body, theme, up)
        self._draw_target(painter, place, theme)
        self._draw_curve(painter, place, theme)
        self._draw_now(painter, place, theme)
        shown = QColor(theme.accent)
        for solution in answer.solutions:
            self._draw_solution(painter, place, shown, solution)
        if answer.nearest is not None:
            self._draw_mark(painter, place, QColor(theme.warning), answer.nearest, tr("nearest"), is_full=False)

    def _draw_target(self, painter: QPainter, place: _Layout, theme: Theme) -> None:
        answer, body = place.answer, place.body
        y = place.up.at(answer.target)
        painter.setPen(QPen(QColor(theme.text), 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(body.left(), y), QPointF(body.right(), y))
        text = tr("target {value}", value=with_unit(objective_column(answer.objective), answer.target))
        width = self.metrics.horizontalAdvance(text)
        is_high = y - self.metrics.height() < body.top()
        top = y + 1 if is_high else y - self.metrics.height() - 1
        painter.drawText(QRectF(body.right() - width - 2, top, width + 2, self.metrics.height()), text)

    def _draw_curve(self, painter: QPainter, place: _Layout, theme: Theme) -> None:
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

    def _draw_now(self, painter: QPainter, place: _Layout, theme: Theme) -> None:
        answer = place.answer
        if answer.now_value is None or not answer.low <= answer.now_value <= answer.high or not np.isfinite(answer.now):
            return
        now = Solution(answer.now_value, answer.now)
        self._draw_mark(painter, place, QColor(theme.text), now, tr("now"), is_full=False)

    def _draw_solution(self, painter: QPainter, place: _Layout, colour: QColor, solution: Solution) -> None:
        point = place.point(solution.value, solution.reached)
        painter.setPen(QPen(colour, 1.0, Qt.PenStyle.DotLine))
        painter.drawLine(point, QPointF(point.x(), place.body.bottom()))
        self._draw_mark(painter, place, colour, solution, "", is_full=True)

    def _draw_mark(
        self, painter: QPainter, place: _Layout, colour: QColor, at: Solution, word: str, *, is_full: bool
    ) -> None:
        point = place.point(at.value, at.reached)
        painter.setPen(QPen(colour, 2.0))
        painter.setBrush(colour if is_full else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(point, _DOT, _DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        value = with_unit(value_column(place.answer.plan, place.answer.addresses[0]), at.value)
        reached = with_unit(objective_column(place.answer.objective), at.reached)
        text = tr("{value}: {reached}", value=value, reached=reached)
        text = tr("{word} {text}", word=word, text=text) if word else text
        width = self.metrics.horizontalAdvance(text) + 2
        left = min(point.x() + _GAP, place.body.right() - width)
        is_near_top = point.y() - _DOT - self.metrics.height() < place.body.top()
        top = point.y() + _DOT + 1 if is_near_top else point.y() - _DOT - self.metrics.height()
        painter.drawText(QRectF(max(place.body.left(), left), top, width, self.metrics.height()), text)

    def find_hits(self, area: QRectF) -> Sequence[ChartHit]:
        if self._answer is None:
            return ()
        place = self._laid_out(area)
        curve = zip(self._answer.curve_values.tolist(), self._answer.curve.tolist(), strict=True)
        points = [Solution(value, reached) for value, reached in curve if np.isfinite(reached)]
        found = [*self._answer.solutions, *([self._answer.nearest] if self._answer.nearest else [])]
        return [
            *(_hit(place, each, _DOT, None) for each in points),
            *(_hit(place, each, _REACH, each) for each in found),
        ]


def _hit(place: _Layout, at: Solution, reach: float, data: Solution | None) -> ChartHit:
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
