"""Goal seek: what it would take."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar, Final

from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget

from aluplanner.analysis.cell_range import natural_range
from aluplanner.analysis.cell_words import cells_title, value_column, with_unit
from aluplanner.analysis.goal_seek import GoalSeek, Solution, goal_seek
from aluplanner.analysis.objective import Objective
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import tr
from aluplanner.model.measure import MeasureError
from aluplanner.model.scenarios import BASE
from aluplanner.model.schema import Column
from aluplanner.ui.analysis.answer_view import AnswerView
from aluplanner.ui.analysis.body import ChartAndTable
from aluplanner.ui.analysis.cells_box import CellsBox
from aluplanner.ui.analysis.chart import ChartHit
from aluplanner.ui.analysis.choice import narrow
from aluplanner.ui.analysis.goal_seek_chart import GoalSeekChart
from aluplanner.ui.analysis.headline_label import HeadlineLabel
from aluplanner.ui.analysis.measure_box import MeasureBox
from aluplanner.ui.analysis.number_field import NumberField, number_column
from aluplanner.ui.analysis.panel import AnalysisPanel
from aluplanner.ui.analysis.picture import ChartHeading

_LETTERS: Final = 8
_MEASURE_LETTERS: Final = 21
_SCENARIO_LETTERS: Final = 13
"""So that at 1366 pixels all controls stand in one row."""


class GoalSeekPanel(AnalysisPanel):
    """The value of a cell, or of several together, that brings a measure to a target."""

    name: ClassVar[str] = "goal_seek"
    title: ClassVar[str] = "Goal seek"
    invitation: ClassVar[str] = (
        "What would it take? Choose a cell, a measure and its target: the curve shows which values reach it, if any do."
    )
    run_text: ClassVar[str] = "Seek"

    def __init__(self, document: Document, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(document, preferences, parent)
        self.cells_box = CellsBox(self.make_address_box(), self)
        self.low = NumberField(number_column(tr("Lowest")), self, is_blank_allowed=True, letters=_LETTERS)
        self.high = NumberField(number_column(tr("Highest")), self, is_blank_allowed=True, letters=_LETTERS)
        self.measure_box = MeasureBox(document, self, objective=True)
        narrow(self.measure_box, _MEASURE_LETTERS)
        self.target = NumberField(number_column(tr("Target")), self, 0.0, letters=_LETTERS)
        self.add_control(self.cells_box, tr("Vary"))
        self.add_control(self.low, tr("between"))
        self.add_control(self.high, tr("and"))
        self.add_control(self.measure_box, tr("so that"))
        self.add_control(self.target, tr("comes to"))
        narrow(self.add_scenario_box(tr("in")), _SCENARIO_LETTERS)
        self.chart = GoalSeekChart()
        self.table = AnswerView(tr("Solutions"))
        self.scenario_button = QPushButton(tr("New scenario of the solution"), self)
        self.scenario_button.clicked.connect(self._on_scenario_wanted)
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self.scenario_button)
        self.verdict = HeadlineLabel(self)
        self.set_body(self.verdict.above(ChartAndTable(self.chart, beside, share=0.68)))
        self.cells_box.changed.connect(self._on_cells_changed)
        self.measure_box.changed.connect(self._on_measure_changed)
        self._on_measure_changed()

    # The question

    def ask(self) -> Callable[[], GoalSeek] | None:
        cells = self.cells_box.cells()
        low, high = self.low.value, self.high.value
        between = None if low is None or high is None else (self.low.number(), self.high.number())
        return partial(
            goal_seek, self.document.plan, cells, self.measure_box.objective(), self.target.number(), between=between,
            scenario=self.scenario,
        )  # fmt: skip

    def _on_cells_changed(self) -> None:
        """Offer the bounds that suit the cell."""
        cell = self.cells_box.first
        plan = self.document.plan
        column = plan.cell_column(cell.table, cell.row, cell.column) if cell is not None else None
        if cell is None or column is None:
            return
        low, high = natural_range(plan, cell, is_widest=True)
        for field, value in ((self.low, low), (self.high, high)):
            field.show_column(column, value)

    def _on_measure_changed(self) -> None:
        column = _target_column(self._objective())
        if column.type is not self.target.column.type or column.unit != self.target.column.unit:
            value = 0.8 if column.minimum is not None else 0.0
            self.target.show_column(column, value)

    def _objective(self) -> Objective | None:
        try:
            return self.measure_box.objective()
        except MeasureError:
            return None

    # The answer

    def show_answer(self, answer: GoalSeek) -> None:
        self.chart.show_answer(answer)
        self.table.show_table(answer.tables()[0])
        self.verdict.say(answer.verdict)
        self.scenario_button.setEnabled(bool(answer.solutions or answer.nearest))
        self.scenario_button.setText(
            tr("New scenario of the solution") if answer.solutions else tr("New scenario of the nearest value")
        )

    def extend_menu(self, menu: QMenu, hit: ChartHit | None) -> None:
        if hit is not None and isinstance(hit.data, Solution):
            menu.addAction(tr("&New scenario of this value")).triggered.connect(partial(self._make, hit.data))

    def on_hit_activated(self, hit: ChartHit) -> None:
        if isinstance(hit.data, Solution):
            self._make(hit.data)
        else:
            super().on_hit_activated(hit)

    def heading(self) -> ChartHeading:
        """Say the answer above exported pictures."""
        heading, answer = super().heading(), self.answer
        return replace(heading, title=answer.verdict) if isinstance(answer, GoalSeek) else heading

    def _on_scenario_wanted(self) -> None:
        answer = self.answer
        if not isinstance(answer, GoalSeek):
            return
        offered = answer.solutions or ((answer.nearest,) if answer.nearest else ())
        chosen = self.table.currentIndex().row()
        if offered:
            self._make(offered[chosen] if 0 <= chosen < len(offered) else offered[0])

    def _make(self, solution: Solution, _checked: bool = False) -> None:
        answer = self.answer
        if not isinstance(answer, GoalSeek):
            return
        cell = value_column(answer.plan, answer.addresses[0])
        cells = cells_title(answer.plan, answer.addresses)
        value = with_unit(cell, solution.value)
        name = tr("{cells} at {value}", cells=cells, value=value)
        self.make_scenario(name, answer.verdict, answer.values_of(solution), answer.scenario or BASE)


def _target_column(objective: Objective | None) -> Column:
    """Return what a target of an objective is: its unit, as a share where it is one."""
    if objective is None:
        return number_column(tr("Target"))
    if objective.is_probability:
        return number_column(tr("Target"), is_fraction=True, minimum=0.0, maximum=1.0, decimals=1)
    if objective.unit == "fraction":
        return number_column(tr("Target"), is_fraction=True, decimals=1)
    return number_column(tr("Target"), objective.unit)
