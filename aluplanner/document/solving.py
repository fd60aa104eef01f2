"""The work of the background: balances of the scenarios on view, and of all the others for the claims."""

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aluplanner.document.runner import IsCancelled
from aluplanner.model.issues import Issue, PlanError
from aluplanner.model.plan import Plan
from aluplanner.model.scenarios import BASE

if TYPE_CHECKING:
    from aluplanner.analysis.claims import ClaimResult
    from aluplanner.model.balance import Balance


@dataclass(frozen=True, eq=False)
class Answer:
    """What the background found out about some scenarios of a plan.

    Attributes
    ----------
    plan
        The plan that was solved.
    balances, claims
        By scenario; a scenario with errors is missing.
    issues
        What is wrong or doubtful with the plan itself: everywhere, or as far as these scenarios go.
    seconds
        How long it took.
    """

    plan: Plan
    balances: Mapping[str, "Balance"]
    claims: Mapping[str, tuple["ClaimResult", ...]]
    issues: tuple[Issue, ...]
    seconds: float


@dataclass(frozen=True, eq=False)
class Solution:
    """The balances on view.

    Attributes
    ----------
    plan
        The plan they belong to.
    balances
        By scenario: the base, the selected one and, as far as they have no errors, the compared ones.
    scenario
        The selected scenario.
    issues
        Everything wrong or doubtful, the warnings of the selected scenario's balance included.
    seconds
        How long the solver took.
    """

    plan: Plan
    balances: Mapping[str, "Balance"]
    scenario: str
    issues: tuple[Issue, ...]
    seconds: float

    @property
    def selected(self) -> "Balance":
        """The balance of the selected scenario."""
        return self.balances[self.scenario]

    @property
    def base(self) -> "Balance":
        """The balance of the base plan."""
        return self.balances[BASE]


def solve_scenarios(plan: Plan, names: Sequence[str], is_whole: bool, is_cancelled: IsCancelled) -> Answer:
    """Solve a plan for some scenarios and check its claims in each.

    Parameters
    ----------
    plan
        The plan.
    names
        Scenarios, ``"Base"`` for the base plan.
    is_whole
        Whether to look for issues in every scenario of the plan, not in these only.
    is_cancelled
        Asked between months and other pieces of the work.

    Returns
    -------
    Answer
        What was found; incomplete, and to be thrown away, if it was cancelled.
    """
    from aluplanner.analysis.claims import check_claims  # in the background, while the window is shown
    from aluplanner.model.cancelling import SolveCancelled, cancellable
    from aluplanner.model.solver import solve
    from aluplanner.model.validation import validate, validate_for

    started = time.perf_counter()
    balances: dict[str, Balance] = {}
    claims: dict[str, tuple[ClaimResult, ...]] = {}
    issues: tuple[Issue, ...] = ()
    with suppress(SolveCancelled), cancellable(is_cancelled):
        for name in names:
            try:
                balances[name] = solve(plan, name)
            except PlanError:
                continue  # its errors are among the issues
            claims[name] = check_claims(balances[name])
            work_ahead(balances[name])
        parts = [validate(plan)] if is_whole else [validate_for(plan, name) for name in names]
        issues = tuple(dict.fromkeys(issue for part in parts for issue in part))
    return Answer(plan, balances, claims, issues, time.perf_counter() - started)


def work_ahead(balance: "Balance") -> tuple[object, ...]:
    """Work out in the background what the window will ask of a balance first."""
    return balance.periods, balance.warnings
