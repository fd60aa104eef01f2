"""What happened, what the model says, and what it says once fitted, series by series."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from aluplanner.analysis.calibration import Calibration, Residuals
from aluplanner.analysis.calibration_words import headline_of
from aluplanner.i18n import tr
from aluplanner.model.calendar import Month
from aluplanner.model.measure import COUNTRY_SERIES
from aluplanner.ui.analysis.axes import (
    Scale,
    ValueAxis,
    draw_left_axis,
    left_axis_head,
    span_of,
)
from aluplanner.ui.analysis.chart import Chart, ChartHit
from aluplanner.ui.plots.numbers import month_text, number_text
from aluplanner.ui.theme import Theme

_GAP: Final = 18.0
_DOT: Final = 4.0
_BAR: Final = 22.0


@dataclass(frozen=True)
class _Pane:
    """Where one series is drawn: what the model says too much, month by month."""

    residuals: Residuals
    area: QRectF
    metrics: QFontMetricsF

    @property
    def axis(self) -> ValueAxis:
        title, unit = COUNTRY_SERIES[self.residuals.series]
        return ValueAxis(tr("{title} ({unit})", title=tr(title), unit=tr(unit)))

    @cached_property
    def left_over(self) -> list[tuple[Month, float, float]]:
        """Month, what was left before, what is left once fitted."""
        each = self.residuals
        return [
            (Month.parse(month), before - actual, after - actual)
            for month, actual, before, after in zip(
                each.months, each.actual.tolist(), each.before.tolist(), each.after.tolist(), strict=True
            )
        ]

    @cached_property
    def body(self) -> QRectF:
        line = self.metrics.height()
        widest = max(self.metrics.horizontalAdvance(number_text(value)) for value in self.span)
        return self.area.adjusted(widest + 12, left_axis_head(line, self.axis), -2, -line * 1.5)

    @cached_property
    def span(self) -> tuple[float, float]:
        return span_of([value for _, *both in self.left_over for value in both], has_zero=True)

    @property
    def up(self) -> Scale:
        return Scale(*self.span, self.body.bottom(), self.body.top())

    def x(self, place: int) -> float:
        step = self.body.width() / len(self.left_over)
        return self.body.left() + (place + 0.5) * step

    @property
    def width(self) -> float:
        return min(_BAR, self.body.width() / len(self.left_over) * 0.5)


class CalibrateChart(Chart):
    """Residuals before and after the fit."""

    def __init__(self) -> None:
        super().__init__()
        self._answer: Calibration | None = None

    def show_answer(self, answer: Calibration) -> None:
        """Show an answer."""
        self._answer = answer
        self.refresh(tr("Fit to actuals"), headline_of(answer))

    def _panes(self, area: QRectF) -> list[_Pane]:
        found = self._answer.residuals if self._answer else ()
        line = self.metrics.height()
        inner = area.adjusted(0, line * 1.4, 0, 0)
        width = (inner.width() - _GAP * max(0, len(found) - 1)) / max(1, len(found))
        return [
            _Pane(each, QRectF(inner.left() + place * (width + _GAP), inner.top(), width, inner.height()), self.metrics)
            for place, each in enumerate(found)
        ]

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        if self._answer is None:
            return
        self._draw_key(painter, area, theme)
        for pane in self._panes(area):
            title = self.metrics.elidedText(pane.axis.title, Qt.TextElideMode.ElideRight, pane.area.width())
            draw_left_axis(painter, pane.up, pane.body, theme, ValueAxis(title))
            for place, (month, before, after) in enumerate(pane.left_over):
                self._draw_month(painter, pane, theme, place, (before, after))
                self._draw_label(painter, pane, theme, place, month)

    def _draw_key(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        line = self.metrics.height()
        y, x = area.top() + line / 2, area.left() + 6
        self._ring(painter, QPointF(x, y), theme)
        painter.drawText(QPointF(x + 10, y + line / 3), tr("before"))
        x += 22 + self.metrics.horizontalAdvance(tr("before"))
        painter.fillRect(QRectF(x, y - 5, 10, 10), QColor(theme.accent))
        painter.setPen(QColor(theme.text))
        painter.drawText(QPointF(x + 16, y + line / 3), tr("fitted"))
        x += 16 + self.metrics.horizontalAdvance(tr("fitted")) + _GAP
        painter.setPen(QColor(theme.muted))
        painter.drawText(QPointF(x, y + line / 3), tr("model less actual"))

    def _ring(self, painter: QPainter, at: QPointF, theme: Theme) -> None:
        painter.setPen(QPen(QColor(theme.muted), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(at, _DOT, _DOT)
        painter.setPen(QColor(theme.text))

    def _draw_month(self, painter: QPainter, pane: _Pane, theme: Theme, place: int, both: tuple[float, float]) -> None:
        x, up, width = pane.x(place), pane.up, pane.width
        before, after = both
        top, bottom = sorted((up.at(0.0), up.at(after)))
        painter.fillRect(QRectF(x - width / 2, top, width, max(1.0, bottom - top)), QColor(theme.accent))
        self._ring(painter, QPointF(x, up.at(before)), theme)

    def _draw_label(self, painter: QPainter, pane: _Pane, theme: Theme, place: int, month: Month) -> None:
        text = month_text(month)
        room = pane.body.width() / len(pane.left_over)
        every = max(1, -(-int(self.metrics.horizontalAdvance(text) + 8) // max(1, int(room))))
        if place % every == 0:
            box = QRectF(pane.x(place) - 40, pane.body.bottom() + 4, 80, self.metrics.height())
            painter.setPen(QColor(theme.muted))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), text)

    def find_hits(self, area: QRectF) -> Sequence[ChartHit]:
        hits = []
        for pane in self._panes(area):
            title, unit = COUNTRY_SERIES[pane.residuals.series]
            for place, (month, before, after) in enumerate(pane.left_over):
                actual = float(pane.residuals.actual[place])
                tip = "\n".join(
                    (
                        tr("{series}, {month}: actual {value} {unit}", series=tr(title), month=month_text(month),
                           value=number_text(actual), unit=tr(unit)),
                        tr("Model before: {value} {unit} more", value=number_text(before, signed=True), unit=tr(unit)),
                        tr("Model fitted: {value} {unit} more", value=number_text(after, signed=True), unit=tr(unit)),
                    )
                )  # fmt: skip
                x, half = pane.x(place), max(pane.width, 12.0) / 2
                hits.append(ChartHit(QRectF(x - half, pane.body.top(), 2 * half, pane.body.height()), tip))
        return hits
