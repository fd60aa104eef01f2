"""What a measure goes with: rank correlations as bars, the strongest on top."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from aluplanner.analysis.answer_table import AnswerColumn, figure_text
from aluplanner.analysis.monte_carlo_influences import Influence
from aluplanner.analysis.monte_carlo_scenario import ScenarioDraws
from aluplanner.i18n import tr
from aluplanner.model.measure import Measure
from aluplanner.model.plan import Address, Plan
from aluplanner.model.uncertainty import UNCERTAINTY
from aluplanner.ui.analysis.axes import Scale
from aluplanner.ui.analysis.chart import Chart, ChartHit
from aluplanner.ui.analysis.monte_carlo_states_chart import scenario_label
from aluplanner.ui.panels.trace_words import measure_text
from aluplanner.ui.theme import Theme, scaled

ROW: Final = 21.0
_FIGURE: Final = AnswerColumn("", decimals=2, is_signed=True)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT: Final = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LOW: Final = "low"
"""The column of Uncertainty that a click leads to."""


class DriversChart(Chart):
    """A bar for each input, or factor, from zero to its rank correlation; a click leads to its row of Uncertainty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan: Plan | None = None
        self.influences: tuple[Influence, ...] = ()
        self._drawn: ScenarioDraws | None = None
        self._measure: Measure | None = None

    def show_drivers(self, plan: Plan, drawn: ScenarioDraws, measure: Measure, *, by_factor: bool) -> None:
        """Show what a measure goes with in a scenario."""
        self.plan, self._drawn, self._measure = plan, drawn, measure
        self.influences = drawn.strongest(measure, by_factor=by_factor)
        title = tr("What {measure} goes with, {scenario}", measure=measure_text(measure),
                   scenario=scenario_label(drawn.name))  # fmt: skip
        self.refresh(title, self._summary())

    def _summary(self) -> str:
        if self._drawn is None:
            return ""
        plan = self._drawn.balance.plan
        named = [f"{each.title(plan)} {figure_text(_FIGURE, each.correlation)}" for each in self.influences[:3]]
        if not named:
            return tr("It goes with nothing that is drawn.")
        return tr("Strongest: {inputs}", inputs="; ".join(named))

    def picture_size(self) -> QSize:
        return QSize(super().picture_size().width(), round(len(self.influences) * ROW + 4 * self.metrics.height()))

    # Layout

    def _rows(self, area: QRectF) -> list[tuple[Influence, QRectF]]:
        top = area.top() + self.metrics.height() * 2 + 6
        count = max(1, int((area.bottom() - top) / ROW))
        return [
            (each, QRectF(area.left(), top + place * ROW, area.width(), ROW))
            for place, each in enumerate(self.influences[:count])
        ]

    def _scale(self, area: QRectF) -> Scale:
        assert self._drawn is not None
        plan = self._drawn.balance.plan
        names = [self.metrics.horizontalAdvance(each.title(plan)) for each in self.influences]
        figure = self.metrics.horizontalAdvance("−0.00") + 6
        left = area.left() + min(max(names, default=0.0) + 12, area.width() * 0.5) + figure
        return Scale(-1.0, 1.0, left, area.right() - figure)

    def find_hits(self, area: QRectF) -> Sequence[ChartHit]:
        if self._drawn is None:
            return ()
        return [ChartHit(place, self._tip(each), self._target(each)) for each, place in self._rows(area)]

    def _tip(self, each: Influence) -> str:
        assert self._drawn is not None
        lines = [each.title(self._drawn.balance.plan), *map(str, each.cells)]
        lines.append(tr("rank correlation {value}", value=figure_text(_FIGURE, each.correlation)))
        if len(each.cells) > 1:
            lines.append(tr("of the sum of the ranks of its cells"))
        return "\n".join(lines)

    def _target(self, each: Influence) -> Address:
        """Return the cell of Uncertainty that an input is drawn from."""
        assert self._drawn is not None
        row = self._drawn.uncertain[each.cells[0]]
        return Address(UNCERTAINTY.name, UNCERTAINTY.row_key(row), _LOW)

    # Drawing

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        if self._drawn is None:
            return
        line = self.metrics.height()
        painter.setFont(scaled(self.chart_font, 1.0, bold=True))
        painter.setPen(QColor(theme.text))
        text = painter.fontMetrics().elidedText(self.title, Qt.TextElideMode.ElideMiddle, int(area.width()))
        painter.drawText(QRectF(area.left(), area.top(), area.width(), line), _LEFT, text)
        painter.setFont(self.chart_font)
        scale, rows = self._scale(area), self._rows(area)
        self._draw_axis(painter, theme, scale, QRectF(area.left(), area.top() + line + 2, area.width(), line), rows)
        for each, place in rows:
            self._draw_row(painter, theme, scale, each, place)

    def _draw_axis(
        self, painter: QPainter, theme: Theme, scale: Scale, box: QRectF, rows: Sequence[tuple[Influence, QRectF]]
    ) -> None:
        if not rows:
            painter.setPen(QColor(theme.muted))
            painter.drawText(box, _LEFT, self.summary)
            return
        top, bottom = rows[0][1].top(), rows[-1][1].bottom()
        middle = scale.at(0.0)
        painter.setPen(QColor(theme.muted))
        lower = QRectF(scale.start, box.top(), middle - scale.start - 6, box.height())
        painter.drawText(lower, _RIGHT, tr("← lowers it"))
        painter.drawText(QRectF(middle + 6, box.top(), scale.end - middle, box.height()), _LEFT, tr("raises it →"))
        for value in (-1.0, -0.5, 0.5, 1.0):
            painter.setPen(QColor(theme.grid))
            painter.drawLine(QLineF(scale.at(value), top, scale.at(value), bottom))
        painter.setPen(QColor(theme.zero_line))
        painter.drawLine(QLineF(middle, top, middle, bottom))

    def _draw_row(self, painter: QPainter, theme: Theme, scale: Scale, each: Influence, place: QRectF) -> None:
        assert self._drawn is not None
        figure = self.metrics.horizontalAdvance("−0.00") + 6
        names = QRectF(place.left(), place.top(), scale.start - figure - place.left() - 4, place.height())
        painter.setPen(QColor(theme.text))
        title = each.title(self._drawn.balance.plan)
        painter.drawText(
            names, _LEFT, painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideMiddle, int(names.width()))
        )
        zero, end = scale.at(0.0), scale.at(each.correlation)
        bar = QRectF(min(zero, end), place.top() + 3, abs(end - zero), place.height() - 6)
        painter.fillRect(bar, QColor(theme.surplus if each.correlation > 0 else theme.shortage))
        text = figure_text(_FIGURE, each.correlation)
        painter.setPen(QColor(theme.text))
        if each.correlation > 0:
            painter.drawText(QRectF(end + 4, place.top(), 60, place.height()), _LEFT, text)
        else:
            painter.drawText(QRectF(end - 64, place.top(), 60, place.height()), _RIGHT, text)
