"""Result tables with their choices: which table, how long the periods, figures or differences, other scenarios."""

from itertools import groupby
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from aluplanner.analysis.result_rows import BREAKDOWNS, COUNTRY, Breakdown, By
from aluplanner.analysis.result_sheet import ResultSheet, result_sheet
from aluplanner.analysis.result_table import Step
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.document.solving import Solution
from aluplanner.i18n import tr
from aluplanner.model.scenarios import BASE
from aluplanner.ui.plots.shown import Shown, shown_of
from aluplanner.ui.results.model import ResultModel
from aluplanner.ui.results.texts import breakdown_text, step_text
from aluplanner.ui.results.view import ResultView
from aluplanner.ui.theme import current_theme

TABLE: Final = "results/table"
STEP: Final = "results/step"
DIFFERENCE: Final = "results/difference"
COMPARED: Final = "results/compared"
"""What is remembered."""


class ResultsPage(QWidget):
    """The result tables of a document; they follow its balances while they are in sight.

    Parameters
    ----------
    document
        The open document.
    preferences
        Remembers the choices; by default nothing does.

    Attributes
    ----------
    trace_requested : Signal(str, Measure)
        Show what makes a figure of a scenario.
    statistics_changed : Signal(list)
        The selected figures are others, or have changed.
    """

    trace_requested = Signal(str, object)
    statistics_changed = Signal(object)

    def __init__(self, document: Document, preferences: Preferences | None = None) -> None:
        super().__init__()
        self.document = document
        self._preferences = preferences
        self._shown: Shown | None = None
        self._is_stale = False
        self.model = ResultModel(self)
        self.view = ResultView(self.model, self)
        self._build()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.view)  # who comes to this pane wants the figures first
        self._restore()
        self.view.trace_requested.connect(self.trace_requested)
        self.view.statistics_changed.connect(self.statistics_changed)
        document.solved.connect(self._on_solved)
        document.busy_changed.connect(self._on_busy_changed)
        if document.solution is not None:
            self._on_solved(document.solution)

    # Widgets

    def _build(self) -> None:
        self.tables, self.steps = QComboBox(), QComboBox()
        self._fill_tables()
        for step in Step:
            self.steps.addItem(step_text(step), step)
        self.contents, self.scenarios = QComboBox(), QComboBox()
        self.contents.addItem(tr("Figures"), False)
        self.contents.addItem(tr("Difference to base"), True)
        self.scenarios.addItem(tr("This scenario"), False)
        self.scenarios.addItem(tr("And those compared"), True)
        for box, name in (
            (self.tables, tr("Which figures")),
            (self.steps, tr("How long the periods are")),
            (self.contents, tr("The figures themselves, or what the scenario has more than the base")),
            (self.scenarios, tr("The selected scenario alone, or below it the base and the ticked ones")),
        ):
            box.setAccessibleName(name)
            box.setToolTip(name)
            box.setMinimumContentsLength(6)
            box.activated.connect(self._on_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._bar())
        layout.addWidget(self._pages(), 1)

    def _fill_tables(self) -> None:
        for _, family in groupby(BREAKDOWNS, _family):
            if self.tables.count():
                self.tables.insertSeparator(self.tables.count())
            for breakdown in family:
                self.tables.addItem(breakdown_text(breakdown), breakdown.name)
        self.tables.setMaxVisibleItems(self.tables.count())

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(4, 3, 8, 3)
        bar.setSpacing(8)
        for widget in (self.tables, self.steps, self.contents, self.scenarios):
            bar.addWidget(widget)
        bar.addStretch(1)  # the headlines below say whether the figures are those of the plan as it stands
        return bar

    def _pages(self) -> QWidget:
        self._hint = QLabel()
        self._hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._hint.setWordWrap(True)
        self._hint.setContentsMargins(24, 0, 24, 0)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self._hint)
        self._stack.addWidget(self.view)
        self._show_no_balance()
        return holder

    def _show_no_balance(self) -> None:
        self._show_hint(tr("The tables appear as soon as the plan can be solved. Issues says what is missing."))

    def _show_hint(self, text: str) -> None:
        self._hint.setText(text)
        self._stack.setCurrentWidget(self._hint if text else self.view)

    # Choices

    @property
    def breakdown(self) -> Breakdown:
        """The table chosen."""
        return next((each for each in BREAKDOWNS if each.name == self.tables.currentData()), COUNTRY)

    @property
    def step(self) -> Step:
        """The periods chosen."""
        return Step(self.steps.currentData())

    @property
    def is_difference(self) -> bool:
        """Whether the differences to the base are chosen."""
        return bool(self.contents.currentData())

    @property
    def has_compared(self) -> bool:
        """Whether the other scenarios on view are chosen too."""
        return bool(self.scenarios.currentData())

    def choose(
        self, breakdown: Breakdown, step: Step, *, is_difference: bool = False, has_compared: bool = False
    ) -> None:
        """Show another table."""
        self.tables.setCurrentIndex(self.tables.findData(breakdown.name))
        self.steps.setCurrentIndex(self.steps.findData(step))
        self.contents.setCurrentIndex(int(is_difference))
        self.scenarios.setCurrentIndex(int(has_compared))
        self._on_chosen()

    def _restore(self) -> None:
        remembered = self._preferences
        table = remembered.text(TABLE, COUNTRY.name) if remembered else COUNTRY.name
        step = remembered.text(STEP, Step.HALF_YEARS) if remembered else Step.HALF_YEARS
        self.tables.setCurrentIndex(max(0, self.tables.findData(table)))
        found = self.steps.findData(step)
        self.steps.setCurrentIndex(found if found >= 0 else self.steps.findData(Step.HALF_YEARS))
        if remembered is not None:
            self.contents.setCurrentIndex(int(remembered.flag(DIFFERENCE, False)))
            self.scenarios.setCurrentIndex(int(remembered.flag(COMPARED, False)))

    def _on_chosen(self, _choice: object = None) -> None:
        if self._preferences is not None:
            self._preferences.set_text(TABLE, self.breakdown.name)
            self._preferences.set_text(STEP, self.step)
            self._preferences.set_flag(DIFFERENCE, self.is_difference)
            self._preferences.set_flag(COMPARED, self.has_compared)
        self._refresh()

    # Figures

    def _on_solved(self, solution: Solution) -> None:
        self._shown = shown_of(solution)
        self._refresh()

    def _on_busy_changed(self, is_busy: bool) -> None:
        if not is_busy and self.document.solution is None and self._shown is not None:
            self._shown = None  # of a plan that is no longer open
            self._is_stale = False
            self._show_no_balance()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._refresh()

    def _refresh(self) -> None:
        """Show the balances of the document, or do so once the page is in sight."""
        self._is_stale = self._shown is not None and not self.isVisible()
        if self._shown is None or self._is_stale:
            return
        sheet = self._sheet(self._shown)
        self.model.show_sheet(sheet)
        styles = {each.name: each.style(current_theme()) for each in self._shown.scenarios}
        self.view.rows_header.set_styles([styles[name] for name in sheet.scenarios])
        self._show_hint("" if sheet.lines else tr("Alumina is not modelled: Plants has no refineries."))

    def _sheet(self, shown: Shown) -> ResultSheet:
        every = {each.name: each.balance for each in shown.scenarios}
        self.scenarios.setEnabled(len(every) > 1)
        wanted = dict(every) if self.has_compared else {shown.selected.name: shown.selected.balance}
        can_differ = set(wanted) != {BASE}
        self.contents.setEnabled(can_differ)
        base = every.get(BASE) if can_differ and self.is_difference else None
        if base is not None:
            wanted.pop(BASE, None)  # all zeros
        return result_sheet(wanted, self.breakdown, self.step, base)

    def selected_numbers(self) -> list[float]:
        """Return the selected figures in full precision, none while the page is out of sight."""
        return self.view.selected_numbers() if self.isVisible() else []

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh()  # scenarios are told apart by other colours


def _family(breakdown: Breakdown) -> str:
    """Return what tables stand together by in the list: places by their series, actions by being actions."""
    if breakdown.by is By.ACTION:
        return breakdown.by
    return "" if breakdown.by in (By.SECTOR, By.ORIGIN) else breakdown.series or breakdown.by
