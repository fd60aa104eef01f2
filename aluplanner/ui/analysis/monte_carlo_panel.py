"""The dock Monte Carlo: how likely each outcome is, from the ranges of Uncertainty."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar, Final

import numpy as np
from PySide6.QtWidgets import QComboBox, QTabWidget, QWidget

from aluplanner.analysis.monte_carlo import MonteCarlo, monte_carlo
from aluplanner.analysis.monte_carlo_paired import paired_measure
from aluplanner.analysis.monte_carlo_words import draws_note
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.model.measure import Measure
from aluplanner.model.plan import Plan
from aluplanner.ui.analysis.chart import Chart, ChartHit
from aluplanner.ui.analysis.compare_ticks import ScenarioTicks
from aluplanner.ui.analysis.measure_box import MeasureBox
from aluplanner.ui.analysis.monte_carlo_draws_box import DrawsBox
from aluplanner.ui.analysis.monte_carlo_drivers import DriversChart
from aluplanner.ui.analysis.monte_carlo_histogram import HistogramChart
from aluplanner.ui.analysis.monte_carlo_pages import ChoicePage, Halves, TablesPage, pair_text, pairs_of
from aluplanner.ui.analysis.monte_carlo_spreading import Spreading
from aluplanner.ui.analysis.monte_carlo_states_chart import StatesChart, odds_text, scenario_label
from aluplanner.ui.analysis.monte_carlo_stock_chart import StockChart
from aluplanner.ui.analysis.number_field import NumberField, number_column
from aluplanner.ui.analysis.panel import AnalysisPanel
from aluplanner.ui.analysis.picture import ChartHeading
from aluplanner.ui.panels.trace_words import measure_text
from aluplanner.ui.results.texts import unit_text

STOCK_THRESHOLD: Final = 1000.0
_KEPT_STOCK: Final = "analysis/monte_carlo/stock"


class MonteCarloPanel(AnalysisPanel):
    """Market states, spread of a measure, stock below a threshold, what it goes with, scenarios draw by draw."""

    name: ClassVar[str] = "monte_carlo"
    title: ClassVar[str] = "Monte Carlo"
    invitation: ClassVar[str] = (
        "How likely is a shortage, and what does it go with? Give cells and their ranges in Uncertainty,"
        " then press Run."
    )

    def __init__(self, document: Document, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(document, preferences, parent)
        self._found: MonteCarlo | None = None
        self._add_controls()
        self._add_pages()
        self.measure_box.changed.connect(self._on_measure_changed)
        self.measure_threshold.changed.connect(self._on_threshold_typed)
        self.stock_threshold.changed.connect(self._on_stock_typed)
        self.shape_box.currentIndexChanged.connect(self._on_shape_changed)
        self.histogram.threshold_moved.connect(self._on_threshold_moved)
        self.histogram.activated.connect(self._on_bin_activated)

    def _add_controls(self) -> None:
        self.ticks = ScenarioTicks(self.document, self)
        self.draws_box = DrawsBox(self.preferences, self)
        self.measure_box = MeasureBox(self.document, self)
        self.measure_threshold = NumberField(number_column(tr("Threshold of the measure")), self, 0.0, letters=8)
        kept = self.preferences.text(_KEPT_STOCK, "")
        column = number_column(tr("Threshold of stock"), tr("kt"), minimum=0.0)
        level = float(kept) if kept.replace(".", "", 1).isdigit() else STOCK_THRESHOLD
        self.stock_threshold = NumberField(column, self, level, letters=8)
        self.shape_box = QComboBox(self)
        self.shape_box.addItems([tr("histogram"), tr("running sum")])
        self.shape_box.setAccessibleName(tr("How the draws are drawn"))
        self.add_control(self.ticks)
        self.add_control(self.draws_box)
        self.add_control(self.measure_box, tr("Measure"))
        # what is read off the draws asks for no new ones
        self.face.add_control(self.measure_threshold, tr("below"))
        self.face.add_control(self.stock_threshold, tr("Stock below"))
        self.face.add_control(self.shape_box, tr("as"))

    def _add_pages(self) -> None:
        self.states, self.histogram = StatesChart(), HistogramChart()
        self.stock, self.drivers, self.difference = StockChart(), DriversChart(), HistogramChart()
        self.drivers_page = ChoicePage(tr("Inputs"), self.drivers)
        self.drivers_page.offer([tr("common factors together"), tr("each cell alone")])
        self.difference_page = ChoicePage(tr("Scenarios"), self.difference)
        self.tables = TablesPage()
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(Halves(self.states, self.histogram), tr("Outlook"))
        self.tabs.addTab(self.stock, tr("Stock"))
        self.tabs.addTab(self.drivers_page, tr("Drivers"))
        self.tabs.addTab(self.difference_page, tr("Scenario less scenario"))
        self.tabs.addTab(self.tables, tr("Tables"))
        self.drivers_page.chosen.connect(self._show_drivers)
        self.difference_page.chosen.connect(self._show_difference)
        self.set_body(self.tabs)

    # Question

    @property
    def scenario(self) -> str:
        """The scenario whose numbers come first."""
        return self.ticks.scenarios[0]

    def asked_of(self) -> tuple[Plan, str]:
        """Return the plan and all the scenarios that a question asked now would be about."""
        return self.document.plan, "; ".join(self.ticks.scenarios)

    def ask(self) -> Callable[[], MonteCarlo] | None:
        return partial(
            monte_carlo, self.document.plan, draws=self.draws_box.draws, seed=self.draws_box.seed,
            sampling=self.draws_box.sampling, scenarios=self.ticks.scenarios,
            measures=(self.measure_box.measure(),), thresholds=(self.stock_threshold.number(),),
        )  # fmt: skip

    def _on_measure_changed(self) -> None:
        """Draw again for another measure, which is quick, where there is an answer to look at."""
        if self.answer is not None and not self.measure_box.problem:
            self.run()

    # Answer

    def show_answer(self, answer: MonteCarlo) -> None:
        is_other = self._found is None or self._found.measures != answer.measures
        self._found = answer
        measure = answer.measures[0]
        self.states.show_states(answer, measure.period.label)
        if is_other:
            self._begin_threshold(answer, measure)
        self._show_histogram()
        self.stock.show_stock(answer, self.stock_threshold.value or 0.0)
        self._show_drivers()
        self.difference_page.offer([pair_text(pair) for pair in pairs_of(answer)])
        self._show_difference()
        self.tables.show_answer(answer)

    def _begin_threshold(self, answer: MonteCarlo, measure: Measure) -> None:
        """Begin at zero for what may be above or below it, else at the plan as it stands."""
        unit = unit_text(measure.unit)
        drawn = answer.of()
        plan = drawn.spread(measure).plan
        level = 0.0 if measure.series == "balance" or plan is None else float(f"{plan:.3g}")
        self.measure_threshold.show_column(number_column(tr("Threshold of the measure"), unit), level)

    def _show_histogram(self) -> None:
        found = self._found
        if found is None:
            return
        measure, first = found.measures[0], found.of()
        others = found.names[1:]
        beside = found.of(others[-1]) if others else None
        data = Spreading(
            measure_text(measure), unit_text(measure.unit), _known(first.draws_of(measure)), first.spread(measure).plan,
            _known(beside.draws_of(measure)) if beside else np.empty(0), scenario_label(beside.name) if beside else "",
        )  # fmt: skip
        title = tr("{measure}, {scenario}", measure=measure_text(measure), scenario=scenario_label(first.name))
        self.histogram.show_draws(data, title, self.measure_threshold.value)

    def _show_drivers(self) -> None:
        found = self._found
        if found is not None:
            by_factor = self.drivers_page.place == 0
            self.drivers.show_drivers(self.document.plan, found.of(), found.measures[0], by_factor=by_factor)

    def _show_difference(self) -> None:
        found = self._found
        if found is None:
            return
        pairs = pairs_of(found)
        self.difference_page.box.setEnabled(bool(pairs))
        if not pairs:
            self.difference.show_draws(None, tr("Tick another scenario and run again."), None)
            return
        first, second = (found.of(name) for name in pairs[max(0, self.difference_page.place)])
        measure = found.measures[0]
        paired = paired_measure(first, second, measure)
        data = Spreading(
            pair_text((first.name, second.name)), unit_text(measure.unit),
            _known(first.draws_of(measure) - second.draws_of(measure)), paired.plan,
        )  # fmt: skip
        words = {"measure": measure_text(measure), "first": scenario_label(first.name)}
        words |= {"second": scenario_label(second.name), "same": odds_text(paired.equal)}
        said = tr("{first} lower than {second} in {odds} of the draws, the same in {same}: {measure}",
                  odds=odds_text(paired.lower), **words)  # fmt: skip
        self.difference.show_draws(data, said, 0.0, said=said)

    def notes(self) -> str:
        """Return how it was drawn, and what a reader should know."""
        found = self._found
        return " ".join((draws_note(found.draws, found.seed, found.sampling), *found.notes)) if found else ""

    # Thresholds

    def _on_threshold_typed(self) -> None:
        self.histogram.set_threshold(self.measure_threshold.value)

    def _on_threshold_moved(self, value: float) -> None:
        self.measure_threshold.value = value

    def _on_bin_activated(self, hit: ChartHit) -> None:
        """Read the probability at the upper end of the bin that was clicked."""
        if isinstance(hit.data, float):
            self.histogram.set_threshold(hit.data)
            self.measure_threshold.value = hit.data

    def _on_stock_typed(self) -> None:
        level = self.stock_threshold.value
        if level is None:
            return
        self.preferences.set_text(_KEPT_STOCK, f"{level:g}")
        if self._found is not None:
            self.answer = self._found = replace(self._found, thresholds=(level,))
            self.stock.show_stock(self._found, level)
            self.tables.show_answer(self._found)

    def _on_shape_changed(self, place: int) -> None:
        for chart in (self.histogram, self.difference):
            chart.set_cumulative(bool(place))

    # Export

    @property
    def exported_chart(self) -> Chart | None:
        """The chart in front; of several the one in use, else the first."""
        page = self.tabs.currentWidget()
        every: tuple[Chart, ...] = (self.states, self.histogram, self.stock, self.drivers, self.difference)
        charts = [chart for chart in every if page is chart or (page is not None and page.isAncestorOf(chart))]
        return next((chart for chart in charts if chart.hasFocus()), charts[0] if charts else self.states)

    def heading(self) -> ChartHeading:
        names = self._found.names if self._found else self.ticks.scenarios
        chart = self.exported_chart
        shown = ", ".join(map(scenario_label, names))
        title = tr("{title}: {scenarios}", title=chart.title if chart else tr(self.title), scenarios=shown)
        return ChartHeading.today(title, self.document.plan.title, "")


def _known(draws: Array) -> Array:
    return draws[np.isfinite(draws)]
