"""The dock Compare: the inputs in which scenarios differ and what follows, side by side, after every edit."""

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabWidget, QWidget

from aluplanner.analysis.comparison import Comparison, compare
from aluplanner.analysis.comparison_inputs import InputDifference
from aluplanner.analysis.comparison_measures import MeasureRow
from aluplanner.analysis.comparison_tables import readable_tables, scenario_title
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.document.question_worker import Work
from aluplanner.i18n import tr
from aluplanner.ui.analysis.compare_chart import CompareChart
from aluplanner.ui.analysis.compare_table import CompareView
from aluplanner.ui.analysis.compare_ticks import ScenarioTicks
from aluplanner.ui.analysis.measure_box import MeasureBox
from aluplanner.ui.analysis.number_field import NumberField, number_column
from aluplanner.ui.analysis.panel import AnalysisPanel
from aluplanner.ui.analysis.picture import ChartHeading
from aluplanner.ui.analysis.scenario_box import ScenarioBox

NAME: Final = "compare"
_ABSOLUTE: Final = "compare/absolute"
_RELATIVE: Final = "compare/relative"
_INPUTS_FIRST: Final = 4
"""Columns before the first scenario in the table of the inputs."""
_MEASURES_FIRST: Final = 3
_SHARES: Final = (9, 11)
"""Of picture and tables."""
_WIDE: Final = 760
"""Pixels from which the tables have room for values beside the picture."""
_FLAT: Final = 300
"""Pixels of height below which they stand beside it even so."""


class _Halves(QSplitter):
    """Picture and tables: side by side where the tables then still show values, else one above the other."""

    def __init__(self, chart: QWidget, tables: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        for place, (part, share) in enumerate(zip((chart, tables), _SHARES, strict=True)):
            self.addWidget(part)
            self.setStretchFactor(place, share)

    def resizeEvent(self, event: QResizeEvent) -> None:
        size = event.size()
        is_beside = size.height() < _FLAT or (size.width() >= _WIDE and size.width() > size.height())
        orientation = Qt.Orientation.Horizontal if is_beside else Qt.Orientation.Vertical
        is_first = not event.oldSize().isValid() or orientation != self.orientation()
        self.setOrientation(orientation)
        super().resizeEvent(event)
        if is_first:
            length = size.width() if is_beside else size.height()
            self.setSizes([length * share // sum(_SHARES) for share in _SHARES])


class ComparePanel(AnalysisPanel):
    """Scenarios side by side, live."""

    name = NAME
    title = "Compare"
    invitation = "Compare scenarios: which inputs differ, and what follows from them."
    is_live = True

    def __init__(self, document: Document, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(document, preferences, parent)
        self._comparison: Comparison | None = None
        self.ticks = ScenarioTicks(document, self)
        self.reference = ScenarioBox(document, self, follows=False)
        self.measure_box = MeasureBox(document, self)
        self.absolute = self._tolerance_field(tr("Tolerance"), _ABSOLUTE, is_fraction=False)
        self.relative = self._tolerance_field(tr("Tolerance, relative"), _RELATIVE, is_fraction=True)
        self.reference.setToolTip(tr("What the others are measured against"))
        self.add_control(self.ticks)
        self.add_control(self.reference, tr("against"))
        self.add_control(self.measure_box, tr("Measure"))
        self.add_control(self.absolute, tr("Tolerance"))
        self.add_control(self.relative, tr("or"))
        self.chart = CompareChart()
        self.inputs = CompareView(tr("Inputs that differ"), _INPUTS_FIRST, named=2, hidden=0)
        self.measures = CompareView(tr("Measures"), _MEASURES_FIRST, named=0)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.inputs, tr("Inputs that differ"))
        self.tabs.addTab(self.measures, tr("Measures"))
        self.splitter = _Halves(self.chart, self.tabs)
        self.set_body(self.splitter)
        self.inputs.cell_chosen.connect(self._on_input_chosen)
        self.measures.cell_chosen.connect(self._on_measure_chosen)
        self.measures.row_chosen.connect(self._on_row_chosen)

    # Controls

    def take_focus(self) -> None:
        """Let the planner tick scenarios first."""
        self.ticks.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tolerance_field(self, title: str, memory: str, *, is_fraction: bool) -> NumberField:
        column = number_column(title, "%" if is_fraction else "", is_fraction=is_fraction, minimum=0.0, decimals=0)
        field = NumberField(column, self, _remembered(self.preferences, memory), letters=6)
        field.setToolTip(
            tr("Numbers closer than this part of the larger one count as equal")
            if is_fraction
            else tr("Numbers closer than this, in the unit of their cell, count as equal")
        )
        field.changed.connect(partial(self._remember, memory, field))
        return field

    def _remember(self, memory: str, field: NumberField) -> None:
        self.preferences.set_text(memory, repr(field.value or 0.0))

    # Question and answer

    @property
    def compared(self) -> tuple[str, ...]:
        """The scenarios compared, the one that the others are measured against first."""
        reference = self.reference.scenario
        return tuple(dict.fromkeys((reference, *self.ticks.scenarios)))

    def ask(self) -> Work | None:
        names = self.compared
        if len(names) < 2:
            self.say_missing(
                tr(
                    "Tick another scenario to compare {name} with, in the list at the top left.",
                    name=scenario_title(names[0]),
                ),
            )
            return None
        return partial(
            compare,
            self.document.plan,
            names,
            measures=[self.measure_box.measure()],
            absolute=self.absolute.number(),
            relative=self.relative.number(),
        )

    def show_answer(self, answer: Comparison) -> None:
        self._comparison = answer
        count = len(answer.scenarios)
        for view, table, readable in zip(
            (self.inputs, self.measures), answer.tables(), readable_tables(answer), strict=True
        ):
            view.show_tables(table, readable, count)
        self.tabs.setTabText(0, tr("Inputs that differ ({count})", count=len(answer.inputs)))
        self.chart.show_measure(answer, answer.measures[0])

    def notes(self) -> str:
        tables = self._comparison.tables() if self._comparison else ()
        return " ".join(dict.fromkeys(note for table in tables for note in table.notes))

    def heading(self) -> ChartHeading:
        names = self._comparison.scenarios if self._comparison else self.compared
        title = tr("{measure}: {names}", measure=self.chart.title, names=", ".join(map(scenario_title, names)))
        return ChartHeading.today(title, self.document.plan.title, "")

    # Going on

    def _on_input_chosen(self, row: int, place: int) -> None:
        """Show a cell in the scenario whose column was chosen, else in the first one that differs."""
        if self._comparison is None:
            return
        found = self._comparison.inputs[row]
        name = self._comparison.scenarios[place if place >= 0 else _first_that_differs(found)]
        self.ticks.keep()
        self.document.select_scenario(name)
        self.jump_requested.emit(found.address.table, found.address.row, found.address.column)

    def _on_measure_chosen(self, row: int, place: int) -> None:
        """Trace a number."""
        found = self._measure_row(row)
        if self._comparison is not None and found is not None and found.measure is not None:
            self.trace_requested.emit(self._comparison.scenarios[max(place, 0)], found.measure)

    def _on_row_chosen(self, row: int) -> None:
        """Draw the measure of the row that the planner is on."""
        found = self._measure_row(row)
        if self._comparison is not None and found is not None and self.measures.hasFocus():
            self.chart.show_measure(self._comparison, found)

    def _measure_row(self, row: int) -> MeasureRow | None:
        """Return the measure of a row of the table, where a balance takes two."""
        rows = (
            [each for each in self._comparison.measures for _ in range(2 if each.states else 1)]
            if self._comparison
            else []
        )
        return rows[row] if 0 <= row < len(rows) else None

    # Looks

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._comparison is not None:
            for view in (self.inputs, self.measures):
                view.viewport().update()


def _remembered(preferences: Preferences, memory: str) -> float:
    try:
        return max(0.0, float(preferences.text(memory, "0")))
    except ValueError:
        return 0.0


def _first_that_differs(found: InputDifference) -> int:
    first = found.settings[0].meant
    return next((place for place, setting in enumerate(found.settings) if setting.meant != first), 0)
