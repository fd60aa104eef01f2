"""How likely visible stock is below a threshold, month by month."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from aluplanner.analysis.answer_table import AnswerColumn, figure_text
from aluplanner.analysis.monte_carlo import MonteCarlo
from aluplanner.i18n import tr
from aluplanner.model.calendar import Period
from aluplanner.model.inputs import Array
from aluplanner.model.measure import Measure
from aluplanner.ui.analysis.axes import (
    Scale,
    ValueAxis,
    bottom_axis_height,
    draw_left_axis,
    draw_month_axis,
    left_axis_head,
    left_axis_width,
    month_scale,
)
from aluplanner.ui.analysis.chart import Chart, ChartHit
from aluplanner.ui.analysis.monte_carlo_states_chart import odds_text, scenario_label
from aluplanner.ui.plots.numbers import month_text
from aluplanner.ui.theme import SeriesStyle, Theme, scaled

_AXIS: Final = ValueAxis("", is_percent=True)
_FIGURE: Final = AnswerColumn("", decimals=0)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_CENTRE: Final = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)


class StockChart(Chart):
    """Bars of the first scenario at each month's end, its fall so far as a line, and lines of the other scenarios."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer: MonteCarlo | None = None
        self.threshold = 0.0
        self._now: list[Array] = []
        self._fallen: Array = np.empty(0)

    def show_stock(self, answer: MonteCarlo, threshold: float) -> None:
        """Show how likely stock is below a threshold, kt."""
        self.answer, self.threshold = answer, threshold
        self._now = [drawn.below(threshold) for drawn in answer.scenarios.values()]
        self._fallen = answer.of().fallen_below(threshold)
        self.refresh(tr("How likely stock is below {level} kt", level=figure_text(_FIGURE, threshold)), self.headline)

    @property
    def headline(self) -> str:
        """What it says in one line."""
        answer = self.answer
        if answer is None:
            return ""
        last = answer.horizon.last
        december = next((m for m in answer.horizon.months if m.month == 12), last)
        t = answer.horizon.index(december)
        return tr(
            "Stock below {level} kt at the end of {month}, {scenario}: {now}; fallen below it by {last}: {fallen}",
            level=figure_text(_FIGURE, self.threshold), scenario=scenario_label(answer.names[0]),
            month=month_text(december), now=odds_text(float(self._now[0][t])),
            last=month_text(last), fallen=odds_text(float(self._fallen[-1])),
        )  # fmt: skip

    # Layout

    def _body(self, area: QRectF, width: float) -> tuple[QRectF, Scale, Scale]:
        line = self.metrics.height()
        head = line * 2 + 6 + left_axis_head(line, _AXIS)
        body = area.adjusted(width, head, 0, -bottom_axis_height(line, ValueAxis()))
        assert self.answer is not None
        return body, month_scale(self.answer.horizon, body.left(), body.right()), Scale(0, 1, body.bottom(), body.top())

    def find_hits(self, area: QRectF) -> Sequence[ChartHit]:
        answer = self.answer
        if answer is None:
            return ()
        body, across, _ = self._body(area, self.metrics.horizontalAdvance("100 %") + 8)
        hits = []
        for t, month in enumerate(answer.horizon.months):
            lines = [
                tr(
                    "{scenario}: {odds} at the month's end",
                    scenario=scenario_label(name),
                    odds=odds_text(float(now[t])),
                )
                for name, now in zip(answer.names, self._now, strict=True)
            ]
            fallen = tr("{scenario}: {odds} fallen below by then", scenario=scenario_label(answer.names[0]),
                        odds=odds_text(float(self._fallen[t])))  # fmt: skip
            left, right = across.at(month.ordinal - 0.5), across.at(month.ordinal + 0.5)
            measure = Measure("stock", (), Period(str(month), month, month), "end")
            tip = "\n".join([month_text(month), *lines, fallen])
            place = QRectF(left, body.top(), right - left, body.height())
            hits.append(ChartHit(place, tip, measure=measure, scenario=answer.names[0]))
        return hits

    # Drawing

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        answer, line = self.answer, self.metrics.height()
        if answer is None:
            return
        painter.setFont(scaled(self.chart_font, 1.0, bold=True))
        painter.setPen(QColor(theme.text))
        text = painter.fontMetrics().elidedText(self.headline, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(QRectF(area.left(), area.top(), area.width(), line), _LEFT, text)
        painter.setFont(self.chart_font)
        width = left_axis_width(painter, Scale(0, 1, 100, 0), _AXIS)
        body, across, up = self._body(area, width)
        draw_left_axis(painter, up, body, theme, _AXIS)
        draw_month_axis(painter, across, body, theme)
        self._draw_bars(painter, theme, body, across, up)
        styles = [theme.base, *theme.compared]
        lines = [(self._fallen, tr("fallen below by then"), SeriesStyle(theme.shortage, width=2.0))]
        lines += [
            (now, tr("{scenario}, at the month's end", scenario=scenario_label(name)), styles[place % len(styles)])
            for place, (name, now) in enumerate(zip(answer.names[1:], self._now[1:], strict=True))
        ]
        for values, _, style in lines:
            self._draw_line(painter, across, up, values, style)
        self._draw_figures(painter, theme, body, across, up)
        self._draw_keys(painter, theme, QRectF(area.left(), area.top() + line + 2, area.width(), line), lines)

    def _draw_bars(self, painter: QPainter, theme: Theme, body: QRectF, across: Scale, up: Scale) -> None:
        for middle, width, odds in self._bars(across):
            bar = QRectF(middle - width / 2, up.at(odds), width, body.bottom() - up.at(odds))
            painter.fillRect(bar, QColor(theme.shortage_fill))

    def _bars(self, across: Scale) -> list[tuple[float, float, float]]:
        """Return the middle, the width and the probability of each month's bar."""
        assert self.answer is not None
        width = (across.at(1) - across.at(0)) * 0.72
        months = zip(self.answer.horizon.months, self._now[0].tolist(), strict=True)
        return [(across.at(month.ordinal), width, odds) for month, odds in months]

    def _draw_figures(self, painter: QPainter, theme: Theme, body: QRectF, across: Scale, up: Scale) -> None:
        """Write the probabilities over low bars and into high ones, where lines and the top leave room."""
        line = self.metrics.height()
        for middle, width, odds in self._bars(across):
            if odds > 0.0 and width > self.metrics.horizontalAdvance("100 %") * 0.85:
                is_high = body.bottom() - up.at(odds) > 3 * line
                top = up.at(odds) + line * 0.4 if is_high else up.at(odds) - line
                painter.setPen(QColor(theme.text))
                painter.drawText(QRectF(middle - 40, top, 80, line), _CENTRE, odds_text(odds))

    def _draw_line(self, painter: QPainter, across: Scale, up: Scale, values: Array, style: SeriesStyle) -> None:
        assert self.answer is not None
        pairs = zip(self.answer.horizon.months, values.tolist(), strict=True)
        painter.setPen(_pen(style))
        painter.drawPolyline(QPolygonF([QPointF(across.at(month.ordinal), up.at(odds)) for month, odds in pairs]))

    def _draw_keys(
        self, painter: QPainter, theme: Theme, box: QRectF, lines: Sequence[tuple[Array, str, SeriesStyle]]
    ) -> None:
        assert self.answer is not None
        text = tr("{scenario}, at the month's end", scenario=scenario_label(self.answer.names[0]))
        painter.fillRect(QRectF(box.left(), box.center().y() - 5, 10, 10), QColor(theme.shortage_fill))
        left = self._write_key(painter, theme, box, box.left() - 4, text)
        for _, text, style in lines:
            if left + 22 + self.metrics.horizontalAdvance(text) > box.right():
                return
            painter.setPen(_pen(style))
            painter.drawLine(QLineF(left, box.center().y(), left + 14, box.center().y()))
            left = self._write_key(painter, theme, box, left, text)

    def _write_key(self, painter: QPainter, theme: Theme, box: QRectF, left: float, text: str) -> float:
        painter.setPen(QColor(theme.muted))
        width = self.metrics.horizontalAdvance(text)
        painter.drawText(QRectF(left + 18, box.top(), width + 2, box.height()), _LEFT, text)
        return left + 18 + width + 12


def _pen(style: SeriesStyle) -> QPen:
    pen = QPen(QColor(style.colour), style.width)
    if style.dash:
        pen.setDashPattern(list(style.dash))
    return pen
