"""How likely each market state is, period by period: bars of a hundred percent in words and colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QWidget

from aluplanner.analysis.answer_table import AnswerColumn, figure_text
from aluplanner.analysis.monte_carlo import MonteCarlo
from aluplanner.analysis.monte_carlo_scenario import ScenarioDraws, StateOdds
from aluplanner.i18n import tr
from aluplanner.model.balance import STATES
from aluplanner.model.scenarios import BASE
from aluplanner.ui.analysis.chart import Chart, ChartHit
from aluplanner.ui.theme import Theme, scaled

ROW: Final = 22.0
LEAST_ROW: Final = 17.0
GAP: Final = 8.0
BETWEEN: Final = 5.0
"""Pixels between two periods."""
PERCENT: Final = AnswerColumn("", decimals=0, is_percent=True)
FINE: Final = AnswerColumn("", decimals=1, is_percent=True)
_LEFT: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_CENTRE: Final = int(Qt.AlignmentFlag.AlignCenter)


def odds_text(probability: float) -> str:
    """Return a probability as it is shown: ``3 %``, ``0.4 %`` where it is small, and never 0 or 100 by rounding."""
    if 0.0 < probability < 0.0005:
        return tr("<{value}", value=figure_text(FINE, 0.001))
    if 0.9995 < probability < 1.0:
        return tr(">{value}", value=figure_text(FINE, 0.999))
    is_fine = 0.0 < probability < 0.0995 or 0.9005 < probability < 1.0
    return figure_text(FINE if is_fine else PERCENT, probability)


def state_fill(theme: Theme, state: str) -> str:
    """Return the colour of a market state's part of a bar."""
    colours = (theme.surplus, theme.surplus_fill, theme.neutral_fill, theme.shortage_fill, theme.shortage)
    return colours[STATES.index(state)]


def scenario_label(name: str) -> str:
    """Return a scenario's name as shown."""
    return tr("Base") if name == BASE else name


@dataclass(frozen=True)
class StateRow:
    """One bar: a period of a scenario."""

    scenario: str
    odds: StateOdds
    is_first: bool

    @property
    def tip(self) -> str:
        """What it says in words."""
        states = [
            f"{tr(state)}: {figure_text(FINE, odds)}"
            for state, odds in zip(STATES, self.odds.probabilities, strict=True)
        ]
        head = tr("{period}, {scenario}", period=self.odds.period.label, scenario=scenario_label(self.scenario))
        plan = tr("the plan as it stands: {state}", state=tr(self.odds.plan_state))
        return "\n".join([head, *states, plan])


class StatesChart(Chart):
    """A bar for each period and scenario; its parts are the probabilities of the market states."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer: MonteCarlo | None = None
        self.period = ""

    def show_states(self, answer: MonteCarlo, period: str = "") -> None:
        """Show how likely each state is; the headline is about ``period`` in the first scenario."""
        self.answer = answer
        odds = answer.of().states
        labels = [each.period.label for each in odds]
        halves = [label for label in labels if "H2" in label] or labels
        self.period = period if period in labels else halves[0]
        first = next(each for each in odds if each.period.label == self.period)
        self.refresh(tr("How likely each market state is"), headline(answer.of(), first))

    def picture_size(self) -> QSize:
        rows = len(self._rows(1e9))
        return QSize(super().picture_size().width(), round(rows * (ROW + 2) + 5 * self.metrics.height()))

    # What is shown

    def _periods(self, drawn: ScenarioDraws, most: int) -> list[StateOdds]:
        """Return the periods there is room for: half-years before years before quarters; in order of time."""
        whole = [odds for odds in drawn.states if not odds.is_part] or list(drawn.states)
        ranked = sorted(whole, key=lambda odds: ("H" not in odds.period.label, "Q" in odds.period.label))
        longer = [odds for odds in ranked if "Q" not in odds.period.label]
        kept = longer[:most] if len(longer) > 1 else ranked[:most]
        return sorted(kept, key=lambda odds: (odds.period.end, odds.period.length))

    def _rows(self, height: float) -> list[StateRow]:
        answer = self.answer
        if answer is None:
            return []
        count = len(answer.names)
        most = max(1, int((height + BETWEEN) / (count * LEAST_ROW + BETWEEN)))
        rows = []
        for odds in self._periods(answer.of(), most):
            for place, name in enumerate(answer.names):
                found = next(each for each in answer.of(name).states if each.period == odds.period)
                rows.append(StateRow(name, found, place == 0))
        return rows

    def _places(self, area: QRectF) -> list[tuple[StateRow, QRectF]]:
        line = self.metrics.height()
        body = area.adjusted(0, line * 2 + 10, 0, 0)
        rows = self._rows(body.height())
        gaps = BETWEEN * sum(row.is_first for row in rows)
        height = min(ROW, (body.height() - gaps) / max(1, len(rows)))
        places: list[tuple[StateRow, QRectF]] = []
        top = body.top()
        for row in rows:
            top += BETWEEN if row.is_first and places else 0.0
            places.append((row, QRectF(body.left(), top, body.width(), height)))
            top += height
        return places

    def find_hits(self, area: QRectF) -> Sequence[ChartHit]:
        return [ChartHit(place, row.tip, scenario=row.scenario) for row, place in self._places(area)]

    # Drawing

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        if self.answer is None:
            return
        line = self.metrics.height()
        painter.setFont(scaled(self.chart_font, 1.0, bold=True))
        painter.setPen(QColor(theme.text))
        _write(painter, QRectF(area.left(), area.top(), area.width(), line), self.summary, _LEFT)
        painter.setFont(self.chart_font)
        names, ends = self._widths(area)
        self._draw_legend(painter, QRectF(area.left(), area.top() + line + 3, area.width(), line), theme)
        for row, place in self._places(area):
            self._draw_row(painter, theme, row, place, names, ends)

    def _widths(self, area: QRectF) -> tuple[float, float]:
        """Return the room for periods and scenarios at the left, and for the plan's state at the right."""
        metrics, answer = self.metrics, self.answer
        assert answer is not None
        rows = self._rows(1e9)
        period = max(metrics.horizontalAdvance(row.odds.period.label) for row in rows) + GAP
        many = len(answer.names) > 1
        name = max(metrics.horizontalAdvance(scenario_label(name)) for name in answer.names) + GAP if many else 0.0
        plan = max(metrics.horizontalAdvance(_plan_text(row)) for row in rows) + GAP
        return period + min(name, area.width() * 0.28), plan if area.width() > 420 else 0.0

    def _draw_legend(self, painter: QPainter, box: QRectF, theme: Theme) -> None:
        left = box.left()
        for state in STATES:
            width = 14 + self.metrics.horizontalAdvance(tr(state)) + 12
            if left + width > box.right() + 12:
                return
            painter.fillRect(QRectF(left, box.center().y() - 5, 10, 10), QColor(state_fill(theme, state)))
            painter.setPen(QColor(theme.muted))
            painter.drawText(QRectF(left + 14, box.top(), width, box.height()), _LEFT, tr(state))
            left += width

    def _draw_row(
        self, painter: QPainter, theme: Theme, row: StateRow, place: QRectF, names: float, ends: float
    ) -> None:
        assert self.answer is not None
        period = self.metrics.horizontalAdvance(row.odds.period.label) + GAP
        painter.setPen(QColor(theme.text))
        if row.is_first:
            is_asked = row.odds.period.label == self.period
            painter.setFont(scaled(self.chart_font, 1.0, bold=is_asked))
            _write(
                painter, QRectF(place.left(), place.top(), period + GAP, place.height()), row.odds.period.label, _LEFT
            )
            painter.setFont(self.chart_font)
        if len(self.answer.names) > 1:
            box = QRectF(place.left() + period, place.top(), names - period - 4, place.height())
            _write(painter, box, scenario_label(row.scenario), _LEFT)
        bar = QRectF(place.left() + names, place.top() + 1, place.width() - names - ends, place.height() - 2)
        self._draw_parts(painter, theme, row.odds, bar)
        if ends:
            painter.setPen(QColor(theme.muted))
            box = QRectF(place.right() - ends + GAP, place.top(), ends - GAP, place.height())
            _write(painter, box, _plan_text(row), _LEFT)

    def _draw_parts(self, painter: QPainter, theme: Theme, odds: StateOdds, bar: QRectF) -> None:
        left = bar.left()
        for place, (state, share) in enumerate(zip(STATES, odds.probabilities, strict=True)):
            part = QRectF(left, bar.top(), bar.width() * share, bar.height())
            left = part.right()
            if share <= 0.0:
                continue
            painter.fillRect(part, QColor(state_fill(theme, state)))
            painter.setPen(QColor(theme.canvas if place in (0, 4) else theme.text))
            texts = (f"{tr(state)} {odds_text(share)}", odds_text(share))
            fitting = next((text for text in texts if self.metrics.horizontalAdvance(text) + 6 <= part.width()), "")
            painter.drawText(part, _CENTRE, fitting)


def headline(drawn: ScenarioDraws, odds: StateOdds) -> str:
    """Return what a boss wants to know of a period, in one line."""
    return tr(
        "{period}: shortage {shortage}, balanced {balanced}, surplus {surplus} – {scenario}",
        period=odds.period.label, scenario=scenario_label(drawn.name), shortage=_fine(odds.shortage),
        balanced=_fine(odds.probabilities[2]), surplus=_fine(odds.surplus),
    )  # fmt: skip


def _fine(probability: float) -> str:
    return odds_text(probability) if not 0.0005 <= probability <= 0.9995 else figure_text(FINE, probability)


def _plan_text(row: StateRow) -> str:
    return tr("plan: {state}", state=tr(row.odds.plan_state))


def _write(painter: QPainter, box: QRectF, text: str, align: int) -> None:
    elided = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, align, elided)
