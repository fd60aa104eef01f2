"""The gap of all orders month by month: what is due, what is implemented, what is out of operation."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from aluplanner.analysis.ledger import Ledger, Section
from aluplanner.i18n import tr
from aluplanner.model.calendar import Period
from aluplanner.model.inputs import Array
from aluplanner.model.measure import Measure
from aluplanner.ui.analysis.axes import (
    Scale,
    ValueAxis,
    draw_left_axis,
    draw_month_axis,
    left_axis_head,
    month_scale,
    span_of,
)
from aluplanner.ui.analysis.chart import ChartHit
from aluplanner.ui.plots.numbers import month_text, number_text
from aluplanner.ui.theme import Theme

LINES: Final = ("due", "implemented", "out")
_BELOW: Final = 1.5


@dataclass(frozen=True)
class MonthsArea:
    """Where the months are drawn."""

    area: QRectF
    metrics: QFontMetricsF
    ledger: Ledger

    @cached_property
    def axis(self) -> ValueAxis:
        """The axis of capacity."""
        return ValueAxis(tr("All orders, kt/y: the gap between due and implemented"))

    def values(self, name: str) -> Array:
        """Return a figure of all orders by month."""
        return self.ledger.totals[Section.ORDER][name]

    @cached_property
    def body(self) -> QRectF:
        """The area within the axes; the labels of the figures are as wide as the largest."""
        line = self.metrics.height()
        low, high = self.span
        widest = max(self.metrics.horizontalAdvance(number_text(value)) for value in (low, high))
        return QRectF(self.area).adjusted(widest + 10, left_axis_head(line, self.axis), -2, -line * _BELOW)

    @cached_property
    def span(self) -> tuple[float, float]:
        """The range of the figures."""
        return span_of([value for name in LINES for value in self.values(name).tolist()], has_zero=True)

    @property
    def heights(self) -> Scale:
        """The scale upwards."""
        return Scale(*self.span, self.body.bottom(), self.body.top())

    @property
    def months(self) -> Scale:
        """The scale of the months."""
        return month_scale(self.ledger.horizon, self.body.left(), self.body.right())

    def points(self, name: str) -> list[QPointF]:
        """Return a line."""
        months, heights = self.months, self.heights
        return [
            QPointF(months.at(month.ordinal), heights.at(value))
            for month, value in zip(self.ledger.horizon, self.values(name).tolist(), strict=True)
        ]


def draw_months(painter: QPainter, place: MonthsArea, theme: Theme) -> None:
    """Draw the lines, with the gap between the first two shaded."""
    body = place.body
    _draw_period(painter, place, theme)
    axis = ValueAxis(place.metrics.elidedText(place.axis.title, Qt.TextElideMode.ElideRight, place.area.width()))
    draw_left_axis(painter, place.heights, body, theme, axis)
    draw_month_axis(painter, place.months, body, theme)
    due, done = place.points("due"), place.points("implemented")
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.shortage_fill))
    painter.drawPolygon(QPolygonF([*due, *reversed(done)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    styles = ((theme.muted, Qt.PenStyle.DashLine), (theme.accent, Qt.PenStyle.SolidLine),
              (theme.shortage, Qt.PenStyle.SolidLine))  # fmt: skip
    for name, (colour, style) in zip(LINES, styles, strict=True):
        painter.setPen(QPen(QColor(colour), 1.6, style))
        painter.drawPolyline(QPolygonF(place.points(name)))
    _draw_names(painter, place, theme)


def _draw_period(painter: QPainter, place: MonthsArea, theme: Theme) -> None:
    """Shade the months that the figures beside are about, unless they are all."""
    inside = place.ledger.inside()
    months = place.ledger.horizon.months
    if inside.stop - inside.start == len(months):
        return
    left = place.months.at(months[inside.start].ordinal - 0.5)
    right = place.months.at(months[inside.stop - 1].ordinal + 0.5)
    painter.fillRect(QRectF(left, place.body.top(), right - left, place.body.height()), QColor(theme.past))


def _draw_names(painter: QPainter, place: MonthsArea, theme: Theme) -> None:
    """Write the names at the left above their lines' ends, one below the other, where no line is as a rule."""
    line = place.metrics.height()
    names = ((tr("Due"), theme.muted), (tr("Implemented"), theme.accent), (tr("Out of operation"), theme.shortage))
    at = QPointF(place.body.left() + 6, place.body.top() + line)
    for number, (text, colour) in enumerate(names):
        painter.setPen(QColor(colour))
        painter.drawText(at + QPointF(0, number * line), text)


def month_hits(place: MonthsArea) -> Sequence[ChartHit]:
    """Return a part for each month."""
    body, scale = place.body, place.months
    hits = []
    for t, month in enumerate(place.ledger.horizon):
        left, right = scale.at(month.ordinal - 0.5), scale.at(month.ordinal + 0.5)
        due, done, out = (float(place.values(name)[t]) for name in LINES)
        lines = (
            tr("All orders, {month}", month=month_text(month)),
            tr("Due: {number} kt/y", number=number_text(due)),
            tr("Implemented: {number} kt/y", number=number_text(done)),
            tr("Gap, due less implemented: {number} kt/y", number=number_text(due - done)),
            tr("Out of operation: {number} kt/y", number=number_text(out)),
        )
        area = QRectF(left, body.top(), right - left, body.height())
        measure = Measure("implemented", (), Period(str(month), month, month), "end")
        hits.append(ChartHit(area, "\n".join(lines), measure=measure, scenario=place.ledger.scenario))
    return hits
