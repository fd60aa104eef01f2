"""The curve of a sweep over one cell: where it comes to the level, and where the plan stands."""

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from aluplanner.analysis.cell_values import value_text
from aluplanner.analysis.sweep import Place, Sweep
from aluplanner.analysis.sweep_words import cell_text_of, objective_text, verdict_of
from aluplanner.i18n import tr
from aluplanner.ui.analysis.axes import (
    Scale,
    ValueAxis,
    bottom_axis_height,
    draw_bottom_axis,
    draw_left_axis,
    left_axis_head,
    span_of,
)
from aluplanner.ui.analysis.chart import Chart, ChartHit
from aluplanner.ui.analysis.sweep_layout import Labels, axis_of, edges_of, figure_axis, label_box, labels_width
from aluplanner.ui.analysis.sweep_marks import (
    base_text,
    draw_dot,
    draw_label,
    draw_picked,
    headline_of,
    objective_title,
    title_of,
)
from aluplanner.ui.theme import Theme, current_theme, scaled

_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_DOT: Final = 4.0
_EDGE: Final = 24.0
_REACH: Final = 6.0


class SweepCurve(Chart):
    """The measure against the values of one cell."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer: Sweep | None = None
        self.picked: Place | None = None

    def show_sweep(self, answer: Sweep) -> None:
        """Show an answer with one cell."""
        self.answer, self.picked = answer, None
        self.refresh(title_of(answer), f"{verdict_of(answer)} {base_text(answer)}".strip())

    def pick(self, place: Place | None) -> None:
        """Mark a point of the curve."""
        self.picked = place
        self.update()

    def find_hits(self, area: QRectF) -> Sequence[ChartHit]:
        answer = self.answer
        if answer is None:
            return ()
        across, _, body = self._scales(area, answer)
        edges = [across.at(float(edge)) for edge in edges_of(answer.axes[0].values)]
        hits = []
        for place in range(len(answer.values)):
            point = answer.place(0, place)
            left, right = max(edges[place], body.left()), min(edges[place + 1], body.right())
            box = QRectF(left, body.top(), max(1.0, right - left), body.height())
            tip = (
                cell_text_of(answer, answer.axes[0], point.cells[0]), objective_text(answer, point.reached),
                tr("Click to make a scenario of this point"),
            )  # fmt: skip
            hits.append(ChartHit(box, "\n".join(tip), data=point))
        return hits

    def _scales(self, area: QRectF, answer: Sweep) -> tuple[Scale, Scale, QRectF]:
        """Return the scale of the cell, that of the objective, and where the curve stands."""
        line, axis = self.metrics.height(), _figures(answer)
        top = area.top() + line + 2 + left_axis_head(line, axis)
        bottom = area.bottom() - bottom_axis_height(line, axis_of(answer, answer.axes[0]))
        up = Scale(*span_of([*answer.values.tolist(), answer.own, *_level(answer)]), bottom, top)
        width = labels_width(self.metrics, axis, up.low, up.high, bottom - top)
        body = QRectF(area.left() + width, top, area.width() - width - _EDGE, bottom - top)
        low, high = span_of(answer.axes[0].values.tolist(), room=0.02)
        return Scale(low, high, body.left(), body.right()), up, body

    # Drawing

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        answer = self.answer
        if answer is None:
            return
        across, up, body = self._scales(area, answer)
        painter.setPen(QColor(theme.text))
        painter.setFont(scaled(self.chart_font, 1.0, bold=True))
        painter.drawText(
            QRectF(area.left(), area.top(), area.width(), self.metrics.height()), _LEFT, headline_of(answer)
        )
        painter.setFont(self.chart_font)
        draw_left_axis(painter, up, body, theme, _figures(answer))
        draw_bottom_axis(painter, across, body, theme, axis_of(answer, answer.axes[0]))
        self._draw_curve(painter, across, up, theme)
        labels = Labels()
        self._draw_own(painter, (across, up), body, theme, labels)
        self._draw_level(painter, (across, up), body, theme, labels)

    def _draw_curve(self, painter: QPainter, across: Scale, up: Scale, theme: Theme) -> None:
        assert self.answer is not None
        painter.setPen(QPen(QColor(theme.selected.colour), 2.0))
        run: list[QPointF] = []
        pairs = zip(self.answer.axes[0].values.tolist(), self.answer.values.tolist(), strict=True)
        for value, reached in (*pairs, (math.nan, math.nan)):
            if math.isfinite(reached):
                run.append(QPointF(across.at(value), up.at(reached)))
            else:
                painter.drawPolyline(QPolygonF(run))
                run = []

    def _draw_own(
        self, painter: QPainter, scales: tuple[Scale, Scale], body: QRectF, theme: Theme, labels: Labels
    ) -> None:
        assert self.answer is not None
        own, across = self.answer.axes[0].own, scales[0]
        if own is None or not across.low <= own <= across.high or not math.isfinite(self.answer.own):
            return
        centre = QPointF(across.at(own), scales[1].at(self.answer.own))
        draw_dot(painter, centre, theme)
        self._label(painter, base_text(self.answer), centre, body, theme, labels)

    def _draw_level(
        self, painter: QPainter, scales: tuple[Scale, Scale], body: QRectF, theme: Theme, labels: Labels
    ) -> None:
        """Draw the level, and where the curve crosses it."""
        answer = self.answer
        for level in _level(answer) if answer is not None else ():
            assert answer is not None
            y = scales[1].at(level)
            painter.setPen(QPen(QColor(theme.text), 1.25, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(body.left(), y, body.right(), y))
            for value in answer.crossings(level)[0].tolist():
                centre = QPointF(scales[0].at(value), y)
                painter.setPen(QPen(QColor(theme.canvas), 2.0))
                painter.setBrush(QColor(theme.text))
                painter.drawEllipse(centre, _DOT, _DOT)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                text = value_text(answer.plan, answer.axes[0].address, value)
                self._label(painter, text, centre, body, theme, labels)

    def _label(self, painter: QPainter, text: str, centre: QPointF, body: QRectF, theme: Theme, labels: Labels) -> None:
        box = label_box(painter, text, centre)
        dot = QRectF(centre.x() - _REACH, centre.y() - _REACH, 2 * _REACH, 2 * _REACH)
        aside = box.width() / 2 + 1.5 * _REACH
        for right, down in ((0.0, -1.2 * box.height()), (0.0, 1.2 * box.height()), (-aside, 0.0), (aside, 0.0)):
            wanted = box.translated(right, down)
            if body.contains(wanted) and not wanted.intersects(dot):
                placed = labels.place(wanted, body)
                if placed is not None:
                    draw_label(painter, placed, text, theme, colour=theme.text)
                    return

    # Pointing

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.answer is None or self.picked is None:
            return
        across, up, _ = self._scales(self.area, self.answer)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_picked(painter, QPointF(across.at(self.picked.cells[0]), up.at(self.picked.reached)), current_theme())
        painter.end()


def _level(answer: Sweep) -> tuple[float, ...]:
    return () if answer.level is None else (answer.level,)


def _figures(answer: Sweep) -> ValueAxis:
    axis = figure_axis(answer)
    return ValueAxis(f"{objective_title(answer)} ({axis.title})", axis.is_percent)
