"""Backtest: the model, or a forecast kept earlier, against what really happened."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSplitter, QWidget

from aluplanner.analysis.backtest import Backtest, backtest
from aluplanner.analysis.backtest_fan import FanOrder
from aluplanner.analysis.backtest_tables import month_table, summary_table
from aluplanner.analysis.backtest_words import verdict
from aluplanner.analysis.forecast_score import ForecastScore, last_whole_month, score_forecast
from aluplanner.document.change import Change
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import tr
from aluplanner.model.plan import Plan
from aluplanner.ui.analysis.answer_view import AnswerView
from aluplanner.ui.analysis.backtest_boxes import SeriesBox, SourceBox
from aluplanner.ui.analysis.backtest_chart import BacktestChart
from aluplanner.ui.analysis.backtest_files import ForecastFiles
from aluplanner.ui.analysis.backtest_origin import OriginBox
from aluplanner.ui.analysis.body import ChartAndTable
from aluplanner.ui.analysis.number_field import NumberField, number_column
from aluplanner.ui.analysis.panel import AnalysisPanel
from aluplanner.ui.analysis.picture import ChartHeading

_DRAWS: Final = 1_000
_LARGE: Final = 50_000
"""Plants times months from which on the fan waits until draws are asked for: it would follow every edit for seconds."""
_MOST_DRAWS: Final = 100_000
_SEED: Final = 1


def usual_draws(plan: Plan) -> float:
    """Return the draws of the fan unless others are asked for: none for a large plan."""
    months = len(plan.horizon) if plan.horizon is not None else 0
    return float(_DRAWS if len(plan.plants) * months < _LARGE else 0)


class BacktestPanel(AnalysisPanel):
    """Actuals against the model, month by month, following every edit."""

    name: ClassVar[str] = "backtest"
    title: ClassVar[str] = "Backtest"
    invitation: ClassVar[str] = "How far the model is off what really happened: enter actuals in Monthly."
    is_live: ClassVar[bool] = True

    def __init__(self, document: Document, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(document, preferences, parent)
        self.chart = BacktestChart()
        self.summary = AnswerView(tr("How good the model was"))
        self.months = AnswerView(tr("Months"))
        self.series_box = SeriesBox(self)
        self.source_box = SourceBox(self)
        self.origin_box = OriginBox(document, self)
        self.draws = NumberField(
            number_column(tr("Draws"), minimum=0, maximum=_MOST_DRAWS), self, usual_draws(document.plan), letters=7
        )
        self.keep_button = QPushButton(tr("&Keep …"), self)
        self.score_button = QPushButton(tr("S&core kept …"), self)
        self.keep_button.setToolTip(
            tr("Keep this forecast in a file: what is said now, from the facts known now, to be scored later")
        )
        self.score_button.setToolTip(tr("Open a kept forecast and score it with the facts of the open plan"))
        self.files = ForecastFiles(self, document, preferences)
        self._add_controls()
        self._set_body()
        self.answered.connect(self._say_doubts)
        document.changed.connect(self._on_other_plan)
        self.files.said.connect(self.said)
        self.files.read.connect(self.source_box.add)
        self.files.refused.connect(self._on_refused)
        self.keep_button.clicked.connect(self._on_keep)
        self.score_button.clicked.connect(self.files.ask_for_kept)

    def _add_controls(self) -> None:
        self.face.add_control(self.series_box, tr("Series"))  # it asks nothing anew
        self.series_box.currentIndexChanged.connect(self._show_series)
        self.add_control(self.source_box, tr("Score"))
        self.add_scenario_box()
        self.add_control(self.origin_box, tr("Forecast after"))
        self.add_control(self.draws, tr("Draws"))
        self.face.add_control(self.keep_button, "")
        self.face.add_control(self.score_button, "")

    def _set_body(self) -> None:
        tables = QSplitter(Qt.Orientation.Vertical)
        tables.setChildrenCollapsible(False)
        tables.addWidget(self.summary)
        tables.addWidget(self.months)
        self.summary.row_chosen.connect(self._on_row_chosen)
        self.set_body(ChartAndTable(self.chart, tables, 0.58))

    def _on_other_plan(self, change: Change) -> None:
        if change.is_other_plan:
            self.draws.value = usual_draws(change.after)

    # Asking

    def ask(self) -> Callable[[], Backtest | ForecastScore] | None:
        kept = self.source_box.forecast
        is_plan = kept is None
        for control in (self.scenario_box, self.origin_box, self.draws, self.keep_button):
            if control is not None:
                control.setEnabled(is_plan)
        if kept is not None:
            return partial(score_forecast, kept, self.document.plan, last_whole_month())
        return partial(
            backtest,
            self.document.plan,
            scenario=self.scenario,
            origin=self.origin_box.origin,
            fan=FanOrder(int(self.draws.number()), _SEED),
        )

    def show_answer(self, answer: Backtest | ForecastScore) -> None:
        self.summary.show_table(summary_table(answer.series))
        self._show_series()

    def _show_series(self) -> None:
        answer = self.answer
        if isinstance(answer, Backtest | ForecastScore):
            found = answer.of(self.series_box.series)
            self.chart.show_series(answer, found)
            self.months.show_table(month_table(answer.months, found))
            self.summary.choose_row(self.series_box.currentIndex())

            self.face.show_notes(self.notes())

    def notes(self) -> str:
        """Return what is said of the series shown, then how the answer was found."""
        answer = self.answer
        if not isinstance(answer, Backtest | ForecastScore):
            return ""
        shown = verdict(answer.of(self.series_box.series))
        others = {verdict(found) for found in answer.series}
        return " ".join([shown, *(note for note in answer.tables()[0].notes if note not in others)])

    def heading(self) -> ChartHeading:
        """Return what stands above exported pictures: of a kept forecast, the plan that it was made of."""
        if isinstance(self.answer, ForecastScore):
            return ChartHeading.today(self.chart.title, self.answer.forecast.title, self.answer.forecast.scenario)
        return super().heading()

    def _say_doubts(self) -> None:
        """Say above the picture what is doubtful in the file of the forecast."""
        if isinstance(self.answer, ForecastScore) and self.answer.forecast.doubts:
            self.face.strip.say(" ".join(map(str, self.answer.forecast.doubts)))

    def _on_row_chosen(self, row: int) -> None:
        if row >= 0:
            self.series_box.setCurrentIndex(row)

    # Kept forecasts

    def _on_keep(self) -> None:
        plan: Plan = self.document.plan
        if not self.draws.is_refused:
            self.files.ask_where_to_keep(
                plan, self.scenario, self.origin_box.origin, FanOrder(int(self.draws.number()), _SEED)
            )

    def score_kept(self, path: Path) -> None:
        """Read a kept forecast and score it."""
        self.files.read_kept(path)

    def _on_refused(self, sentence: str) -> None:
        self.face.strip.say(sentence, "error")
        self.setAccessibleDescription(sentence)
