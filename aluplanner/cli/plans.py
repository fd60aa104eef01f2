"""Reading the plan a command is about, and balancing the scenarios it names."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from aluplanner.model.balance import Balance
from aluplanner.model.issues import Issue
from aluplanner.model.layers import is_base
from aluplanner.model.plan import Plan
from aluplanner.model.scenarios import BASE
from aluplanner.model.solver import solve
from aluplanner.workbook.read import ReadResult, read_workbook


def read(path: Path) -> ReadResult:
    """Return the plan in a workbook with everything wrong or doubtful in it."""
    return read_workbook(path)


def scenarios_asked(plan: Plan, names: Sequence[str]) -> tuple[str, ...]:
    """Return the scenarios named, in the plan's own spelling; the base and every scenario when none is.

    A name that is unknown is returned as it is: solving it says so.
    """
    if not names:
        return (BASE, *plan.scenario_names)
    found = (BASE if is_base(name) else getattr(plan.scenarios.find(name), "scenario", name) for name in names)
    return tuple(dict.fromkeys(found))


def solve_all(plan: Plan, names: Iterable[str]) -> dict[str, Balance]:
    """Return the balance of each scenario by name.

    Raises
    ------
    PlanError
        If there is no such scenario.
    """
    return {name: solve(plan, name) for name in names}


def all_issues(result: ReadResult, balances: dict[str, Balance]) -> tuple[Issue, ...]:
    """Return what is doubtful in the workbook and in the figures."""
    return (*result.issues, *(issue for balance in balances.values() for issue in balance.warnings))
