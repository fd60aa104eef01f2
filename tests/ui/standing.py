"""The example plan solved on the spot, in a document that stands still unless told otherwise."""

from collections.abc import Mapping, Sequence
from functools import cache

from PySide6.QtCore import QObject, Signal

from aluplanner.analysis.claims import ClaimResult
from aluplanner.document.solving import Solution, solve_scenarios
from aluplanner.model.balance import Balance
from aluplanner.model.issues import Issue
from aluplanner.model.plan import Plan
from aluplanner.model.scenarios import BASE
from aluplanner.resources import resource_path
from aluplanner.workbook.read import read_plan

STRONG = "Strong enforcement H2"
HAPPENED = "What happened"
WEAK = "Weak demand"


@cache
def example() -> Plan:
    """Return the plan that comes with the program."""
    return read_plan(resource_path("examples", "china-2017.xlsx"))


class StandingDocument(QObject):
    """What plots and headlines know of a document, solved in the foreground."""

    solved = Signal(object)
    claims_checked = Signal()
    issues_changed = Signal()
    busy_changed = Signal(bool)

    def __init__(self, plan: Plan, scenario: str = BASE, compared: Sequence[str] = ()) -> None:
        super().__init__()
        self.scenario, self.compared = scenario, compared
        self.solution: Solution | None = None
        self.claims: Mapping[str, tuple[ClaimResult, ...]] = {}
        self.issues: tuple[Issue, ...] = ()
        self.is_busy = False
        self.solve(plan)

    def solve(self, plan: Plan) -> None:
        """Solve another plan and say so."""
        self.plan = plan
        names = dict.fromkeys((BASE, self.scenario, *self.compared))
        answer = solve_scenarios(plan, names, True, lambda: False)
        self.claims = answer.claims
        self.solution = Solution(plan, answer.balances, self.scenario, answer.issues, answer.seconds)
        self.solved.emit(self.solution)
        self.claims_checked.emit()

    def show_scenario(self, scenario: str, compared: Sequence[str] = ()) -> None:
        """Put other scenarios on view."""
        self.scenario, self.compared = scenario, compared
        self.solve(self.plan)

    def set_busy(self, is_busy: bool) -> None:
        """Say whether the background is at work."""
        self.is_busy = is_busy
        self.busy_changed.emit(is_busy)

    def set_issues(self, *issues: Issue) -> None:
        """Take issues and say so."""
        self.issues = issues
        self.issues_changed.emit()

    def balance(self, name: str | None = None) -> Balance:
        """Return the balance of a scenario, by default of the selected one."""
        assert self.solution is not None
        return self.solution.balances[name or self.scenario]
