"""The sweep: a measure over a grid of two cells, or along one."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, ClassVar, Final

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from aluplanner.analysis.sampling import uncertain_cells
from aluplanner.analysis.sweep import POINTS, Place, Sweep, sweep
from aluplanner.analysis.sweep_words import objective_text
from aluplanner.document.change import Change
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import tr
from aluplanner.model.plan import Address, Plan
from aluplanner.model.scenarios import BASE
from aluplanner.ui.analysis.answer_view import AnswerView
from aluplanner.ui.analysis.body import ChartAndTable
from aluplanner.ui.analysis.cell_range_box import CellRangeBox
from aluplanner.ui.analysis.chart import ChartHit
from aluplanner.ui.analysis.choice import narrow
from aluplanner.ui.analysis.measure_box import MeasureBox
from aluplanner.ui.analysis.number_field import NumberField, number_column
from aluplanner.ui.analysis.panel import AnalysisPanel
from aluplanner.ui.analysis.sweep_curve import SweepCurve
from aluplanner.ui.analysis.sweep_map import SweepMap
from aluplanner.ui.analysis.sweep_marks import objective_title
from aluplanner.ui.analysis.sweep_point_box import SweepPointBox

_MEASURE_LETTERS: Final = 21
_CELL_LETTERS: Final = 39
_SCENARIO_LETTERS: Final = 13
DRAWN_POINTS: Final = 9
"""Points along each cell for a statistic, each of which takes all the draws."""


class SweepPanel(AnalysisPanel):
    """A map of a measure over two cells, or a curve over one; a point of it becomes a scenario."""

    name: ClassVar[str] = "sweep"
    title: ClassVar[str] = "Sweep"
    invitation: ClassVar[str] = (
        "Where does it balance? Choose two cells, or one, and a measure: a map shows what each pair of values comes to."
    )
    run_text: ClassVar[str] = "Sweep"

    def __init__(self, document: Document, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(document, preferences, parent)
        self.measure_box = MeasureBox(document, self, objective=True)
        self.across = CellRangeBox(self.make_address_box(_CELL_LETTERS), document, self)
        self.up = CellRangeBox(self.make_address_box(_CELL_LETTERS), document, self)
        self.level = NumberField(number_column(tr("Contour")), self, is_blank_allowed=True, letters=7)
        self.level.setPlaceholderText(tr("auto"))
        self.level.setToolTip(tr("Where the bold line is drawn; blank: at 0 for a balance, else nowhere"))
        narrow(self.measure_box, _MEASURE_LETTERS)
        self.add_control(self.measure_box, tr("Measure"))
        self.add_control(self.across, tr("across"))
        self.add_control(self.up, tr("up"))
        self.add_control(self.level, tr("line at"))
        narrow(self.add_scenario_box(tr("in")), _SCENARIO_LETTERS)
        self._picked: Place | None = None
        self._add_body()
        self._propose_cells()
        self.point_box.wanted.connect(self._on_scenario_wanted)
        document.changed.connect(self._on_other_plan)

    def _add_body(self) -> None:
        self.map, self.curve, self.table = SweepMap(), SweepCurve(), AnswerView(tr("Figures"))
        self.charts = QStackedWidget(self)
        self.charts.addWidget(self.map)
        self.charts.addWidget(self.curve)
        self.point_box = SweepPointBox(self)
        beside = QWidget(self)
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.point_box)
        column.addWidget(self.table, 1)
        self.set_body(ChartAndTable(self.charts, beside, share=0.72))

    # The question

    def ask(self) -> Callable[[], Sweep] | None:
        if self.across.is_empty and self.up.is_empty:
            self.say_missing(tr("Choose the cell to sweep, or two of them."))
            return None
        ranges = [box.range() for box in (self.across, self.up) if not box.is_empty]
        objective = self.measure_box.objective()
        points = DRAWN_POINTS if objective.is_statistic else POINTS
        vary = {each.address: each.values(points) for each in ranges}
        plan, scenario = self.asked_of()
        level = self.level.number() if self.level.text().strip() else None
        return partial(sweep, plan, vary, objective, scenario=scenario, contour=level)

    def _propose_cells(self) -> None:
        """Begin with two uncertain cells, of different tables if there are such."""
        found = proposed_cells(self.document.plan)
        for box in (self.across, self.up):
            if box.is_empty:
                box.choose(next(found, None))

    def _on_other_plan(self, change: Change) -> None:
        if change.is_other_plan:
            self._propose_cells()

    # The answer

    def show_answer(self, answer: Any) -> None:
        chart = self.map if len(answer.axes) > 1 else self.curve
        chart.show_sweep(answer)
        self.charts.setCurrentWidget(chart)
        self.table.show_table(answer.tables()[-1])
        self._drop_point()

    def on_hit_activated(self, hit: ChartHit) -> None:
        """Pick a point; everything else leads where it leads."""
        if isinstance(hit.data, Place):
            self.pick(hit.data)
        else:
            super().on_hit_activated(hit)

    def pick(self, place: Place) -> None:
        """Mark a point and offer to make a scenario of it."""
        if isinstance(self.answer, Sweep):
            (self.map if len(self.answer.axes) > 1 else self.curve).pick(place)
            self.point_box.show_point(self.answer, place)
            self.point_box.take_focus()
            self._picked = place

    def _on_scenario_wanted(self, name: str) -> None:
        answer, picked = self.answer, self._picked
        if not isinstance(answer, Sweep) or picked is None:
            return
        values = {axis.address: value for axis, value in zip(answer.axes, picked.cells, strict=True)}
        said = tr(
            "A point of a sweep of {scenario}: {measure} {value}",
            scenario=answer.scenario, measure=objective_title(answer), value=objective_text(answer, picked.reached),
        )  # fmt: skip
        self.make_scenario(name, said, values, () if answer.scenario == BASE else answer.scenario)
        self._drop_point()

    def _drop_point(self) -> None:
        self._picked = None
        self.point_box.clear()
        for chart in (self.map, self.curve):
            chart.pick(None)


def proposed_cells(plan: Plan) -> Iterator[Address]:
    """Yield uncertain cells to begin with: the first one, then the first of another table, then the others."""
    cells = list(uncertain_cells(plan))
    if cells:
        yield cells[0]
        others = cells[1:]
        yield from sorted(others, key=lambda cell: cell.table == cells[0].table)
