"""Trace: what makes the number that was clicked on, part by part."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from aluplanner.document.document import Document
from aluplanner.document.solving import Solution
from aluplanner.i18n import tr
from aluplanner.model.measure import Measure, known_names
from aluplanner.model.plan import Plan
from aluplanner.model.scenarios import BASE
from aluplanner.model.schema import fold

if TYPE_CHECKING:
    from aluplanner.ui.panels.trace_body import TraceBody


class TracePanel(QWidget):
    """The plants, actions, sectors and months that make a number of a scenario.

    Attributes
    ----------
    jump_requested : Signal(str, str, str)
        Show a cell: table, key of the row, column.
    """

    jump_requested = Signal(str, str, str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self._scenario, self._follows = BASE, True
        self._trail: list[Measure] = []
        self._by = ""
        self._is_stale = False
        self._body: TraceBody | None = None
        self.setAccessibleName(tr("Trace"))
        self.nothing = QLabel(self)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setWordWrap(True)
        self.nothing.setForegroundRole(self.nothing.palette().ColorRole.PlaceholderText)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.nothing)
        document.solved.connect(self._on_solved)
        document.busy_changed.connect(self._on_busy_changed)
        self.refresh()

    @property
    def body(self) -> "TraceBody":
        """What shows a trace; made when it is first needed."""
        if self._body is None:
            from aluplanner.ui.panels.trace_body import TraceBody  # what it needs would hold up the start

            body = self._body = TraceBody(self)
            body.jump_requested.connect(self.jump_requested)
            body.trace_requested.connect(self._on_further)
            body.back_requested.connect(self.go_back)
            body.grouping_chosen.connect(self.choose_grouping)
            self._pages.addWidget(body)
        return self._body

    # What is traced

    @property
    def measure(self) -> Measure | None:
        """What is traced."""
        return self._trail[-1] if self._trail else None

    def show_trace(self, scenario: str, measure: Measure) -> None:
        """Take a number of a scenario apart; that of the selected scenario goes along when another is selected."""
        self._scenario, self._follows = scenario, scenario == self.document.scenario
        self._trail = [measure]
        self.refresh()

    def _on_further(self, measure: Measure) -> None:
        self._trail.append(measure)
        self.refresh()

    def go_back(self) -> None:
        """Show again what was traced before."""
        if len(self._trail) > 1:
            self._trail.pop()
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace and len(self._trail) > 1:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def choose_grouping(self, key: str) -> None:
        """Take numbers apart in this way wherever it is offered."""
        self._by = key
        self.refresh()

    # Following the plan

    def _on_busy_changed(self, is_busy: bool) -> None:
        if not is_busy and self.document.solution is None:
            self.refresh()  # what is shown is of a plan that is no longer open

    def _on_solved(self, _solution: Solution) -> None:
        """Follow at once where it can be seen, else when it comes to sight."""
        if self.visibleRegion().isEmpty():
            self._is_stale = True
        else:
            self.refresh()

    def catch_up(self) -> None:
        """Follow what happened out of sight."""
        if self._is_stale:
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.catch_up()

    def refresh(self) -> None:
        """Take the number apart anew."""
        self._is_stale = False
        solution, measure = self.document.solution, self.measure
        if solution is None or measure is None:
            self._show_nothing(tr("Click a month in a plot or a cell of a result table to see what makes the number."))
            return
        balance = solution.balances.get(solution.scenario if self._follows else self._scenario, solution.selected)
        if gone := _unknown(balance.plan, measure):
            self._show_nothing(tr("“{name}” is no longer in the plan.", name=gone))
            return
        is_base = balance.scenario == BASE
        self.body.show_measure(balance, None if is_base else solution.balances.get(BASE), measure, self._by)
        self.body.back.setVisible(len(self._trail) > 1)
        self.setAccessibleDescription(self.body.headline.text())
        self._pages.setCurrentIndex(1)

    def _show_nothing(self, why: str) -> None:
        self.nothing.setText(why)
        self.setAccessibleDescription(why)
        self._pages.setCurrentIndex(0)


def _unknown(plan: Plan, measure: Measure) -> str:
    """Return the first name of a measure that the plan no longer knows, nothing if it knows them all."""
    known = known_names(plan, measure.series) if measure.names else frozenset()
    return next((name for name in measure.names if fold(name) not in known), "")
