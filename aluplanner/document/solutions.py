"""The balances of the open document: what is on view first, then every other scenario for the claims."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from aluplanner.document.runner import Runner, Stage
from aluplanner.document.solving import Answer, Solution, solve_scenarios
from aluplanner.model.issues import Issue
from aluplanner.model.plan import Plan
from aluplanner.model.scenarios import BASE

if TYPE_CHECKING:
    from aluplanner.analysis.claims import ClaimResult
    from aluplanner.model.balance import Balance


class Solutions(QObject):
    """Keeps the balances up to date in the background and remembers the last good ones.

    Attributes
    ----------
    solved : Signal(Solution)
        The balances on view are new.
    claims_checked : Signal()
        :attr:`claims` is new.
    issues_changed : Signal()
        :attr:`issues` is new.
    all_solved : Signal()
        Every scenario of the newest plan has been solved.
    """

    solved = Signal(object)
    claims_checked = Signal()
    issues_changed = Signal()
    all_solved = Signal()

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.solution: Solution | None = None
        self.issues: tuple[Issue, ...] = ()
        self.claims: Mapping[str, tuple[ClaimResult, ...]] = {}
        self._plan: Plan | None = None
        self._plan_issues: tuple[Issue, ...] = ()
        self._warnings: tuple[Issue, ...] = ()
        self._balances: dict[str, Balance] = {}
        self._former: dict[str, Balance] = {}

    def request(self, plan: Plan, scenario: str, compared: tuple[str, ...]) -> None:
        """Bring the balances on view up to date: at once where they are known, else in the background."""
        visible = tuple(dict.fromkeys((BASE, scenario, *compared)))
        if plan is self._plan and all(name in self._balances for name in visible):
            self._publish(visible, scenario, 0.0)
            self._runner.request(None, self._others(plan, tuple(self._balances)))
            return
        first = Stage(
            partial(solve_scenarios, plan, visible, False), partial(self._on_visible_solved, visible, scenario)
        )
        self._runner.request(first, self._others(plan, visible))

    def balances_of(self, plan: Plan) -> dict[str, "Balance"]:
        """Return the balances that are known, by scenario; none if they are another plan's."""
        return dict(self._balances) if plan is self._plan else {}

    def forget(self) -> None:
        """Forget everything: another plan was opened."""
        self.solution = None
        self.claims = {}
        self._plan = None

    def _others(self, plan: Plan, known: tuple[str, ...]) -> Stage[Answer]:
        names = tuple(name for name in (BASE, *plan.scenario_names) if name not in known)
        return Stage(partial(solve_scenarios, plan, names, True), self._on_others_solved)

    def _on_visible_solved(self, visible: tuple[str, ...], scenario: str, answer: Answer) -> None:
        # what is wrong elsewhere stays in the list until it has been looked at again
        elsewhere = [issue for issue in self._plan_issues if issue.scenario and issue.scenario not in visible]
        self._take(answer, dict(answer.claims), (*answer.issues, *elsewhere))
        self._publish(visible, scenario, answer.seconds)

    def _on_others_solved(self, answer: Answer) -> None:
        self._former = {}  # now that the new ones are on view: to let go of many balances takes its time
        self._take(answer, {**self.claims, **answer.claims}, answer.issues)
        self._publish_issues()
        self.claims_checked.emit()
        self.all_solved.emit()

    def _take(self, answer: Answer, claims: Mapping[str, tuple["ClaimResult", ...]], issues: tuple[Issue, ...]) -> None:
        if answer.plan is not self._plan:
            self._plan = answer.plan
            self._former, self._balances = self._balances, {}
        self._balances.update(answer.balances)
        self._plan_issues = issues
        self.claims = claims

    def _publish(self, visible: tuple[str, ...], scenario: str, seconds: float) -> None:
        """Announce issues, and the balances if those of the base and the selected scenario are there."""
        plan, known = self._plan, self._balances
        self._warnings = known[scenario].warnings if scenario in known else ()
        self._publish_issues()
        if plan is not None and BASE in known and scenario in known:
            balances = {name: known[name] for name in visible if name in known}
            self.solution = Solution(plan, balances, scenario, self.issues, seconds)
            self.solved.emit(self.solution)

    def _publish_issues(self) -> None:
        issues = tuple(dict.fromkeys((*self._plan_issues, *self._warnings)))
        ordered = tuple(sorted(issues, key=lambda issue: not issue.is_error))
        if ordered != self.issues:
            self.issues = ordered
            self.issues_changed.emit()
