"""Claims made of numbers: right-click a number, say how a claim about it should stand, and its row is there."""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from aluplanner.document.document import Document
from aluplanner.i18n import tr
from aluplanner.model.issues import PlanError
from aluplanner.model.measure import Measure, MeasureError
from aluplanner.model.scenarios import BASE

if TYPE_CHECKING:
    from aluplanner.model.balance import Balance

QUICK: Final = 2_000_000
"""Plants × actions × months that are solved while a menu opens."""


class ClaimMaker(QObject):
    """Offers in menus to make a claim of a number; a window has one.

    Parameters
    ----------
    document
        The open document.
    window
        The window whose numbers it is for.

    Attributes
    ----------
    made : Signal(str)
        A claim was made, with this key.
    said : Signal(str)
        A sentence for the status bar.
    """

    made = Signal(str)
    said = Signal(str)

    def __init__(self, document: Document, window: QWidget) -> None:
        super().__init__(window)
        self._document = document

    def number(self, scenario: str, measure: Measure) -> float | None:
        """Return a number of a scenario; ``None`` where it is blank or cannot be had without a wait."""
        try:
            balance = self._balance(scenario)
            return balance.measure(measure) if balance is not None else None
        except (MeasureError, PlanError, KeyError):
            return None

    def _balance(self, scenario: str) -> "Balance | None":
        """Return the balance on view, or of a plan that takes no time the one of another scenario."""
        solution = self._document.solution
        if solution is None or scenario in solution.balances:
            return solution.balances[scenario] if solution is not None else None
        plan = solution.plan
        months = len(plan.horizon) if plan.horizon is not None else 0
        if len(plan.plants) * len(plan.actions) * months > QUICK:
            return None
        from aluplanner.model.solver import solve

        return solve(plan, scenario)

    def menu(self, parent: QWidget, scenario: str, measure: Measure, title: str = "") -> QMenu | None:
        """Return a menu of the claims that can be made of a number; ``None`` where there is no number."""
        number = self.number(scenario, measure)
        if number is None:
            return None
        from aluplanner.ui.panels.claims_new import RELATIONS, claim_words, rounded  # they would hold up the start

        menu = QMenu(title or tr("Make a c&laim of this number"), parent)
        for relation in RELATIONS:
            text = claim_words(measure, relation, rounded(number, relation).value)
            action = menu.addAction(text.replace("&", "&&"))
            action.triggered.connect(partial(self._make, scenario, measure, number, relation))
        return menu

    def _make(self, scenario: str, measure: Measure, number: float, relation: str, _checked: bool = False) -> None:
        from aluplanner.ui.panels.claims_new import make_claim

        name = make_claim(self._document, scenario, measure, number, relation)
        where = tr("Base") if scenario == BASE else scenario
        self.said.emit(tr("Made a claim of a number of {scenario}.", scenario=where))
        self.made.emit(name)


def maker_for(widget: QWidget) -> ClaimMaker | None:
    """Return what makes claims in the window that a widget is in, also from a dock that floats."""
    holder: QWidget | None = widget
    while holder is not None:
        found = holder.findChild(ClaimMaker, "", Qt.FindChildOption.FindDirectChildrenOnly)
        if isinstance(found, ClaimMaker):
            return found
        holder = holder.parentWidget()
    return None


def add_claim_menu(menu: QMenu, widget: QWidget, *numbers: tuple[str, Measure | None]) -> None:
    """Add to a context menu what makes claims of numbers, if the widget's window makes claims of them.

    Parameters
    ----------
    menu
        The menu.
    widget
        The widget that shows the numbers.
    numbers
        Scenario and measure of each; where there are several, each has a menu of its own.
    """
    known = [(scenario, measure) for scenario, measure in numbers if measure is not None]
    maker = maker_for(widget)
    if maker is None or not known:
        return
    if len(known) == 1:
        only = maker.menu(menu, *known[0])
        if only is not None:
            menu.addMenu(only)
        return
    several = QMenu(tr("Make a c&laim"), menu)
    for scenario, measure in known:
        each = maker.menu(several, scenario, measure, _title(scenario, measure))
        if each is not None:
            several.addMenu(each)
    if not several.isEmpty():
        menu.addMenu(several)


def _title(scenario: str, measure: Measure) -> str:
    from aluplanner.ui.panels.trace_words import measure_text

    where = tr("Base") if scenario == BASE else scenario
    return tr("{measure}, {scenario}", measure=measure_text(measure), scenario=where).replace("&", "&&")
