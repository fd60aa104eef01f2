"""Reading the plan a command is about, and balancing the scenarios it names."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from aluplanner.cli.exits import UsageError
from aluplanner.cli.output import say
from aluplanner.i18n import tr
from aluplanner.model.balance import Balance
from aluplanner.model.issues import Issue, PlanError
from aluplanner.model.plan import Plan
from aluplanner.model.scenarios import BASE
from aluplanner.model.schema import fold
from aluplanner.model.solver import solve
from aluplanner.model.unread_rules import UNREAD
from aluplanner.workbook.read import ReadResult, read_workbook


def read(path: Path) -> ReadResult:
    """Return the plan in a workbook with everything wrong or doubtful in it."""
    return read_workbook(path)


def say_unread(result: ReadResult) -> None:
    """Print on stderr which cells could not be read, and which values count in their place."""
    for issue in result.issues:
        if issue.code == UNREAD:
            say(str(issue))


def scenarios_asked(plan: Plan, names: Sequence[str]) -> tuple[str, ...]:
    """Return the scenarios named, in the plan's own spelling; the base and every scenario when none is.

    Raises
    ------
    UsageError
        If the plan has no scenario of a name.
    """
    known = (BASE, *plan.scenario_names)
    if not names:
        return known
    spelled = {fold(name): name for name in known}
    unknown = [name for name in names if fold(name) not in spelled]
    if unknown:
        raise UsageError(
            tr(
                "There is no scenario “{name}”. The plan has: {scenarios}.",
                name="”, “".join(unknown),
                scenarios=", ".join(known),
            )
        )
    return tuple(dict.fromkeys(spelled[fold(name)] for name in names))


def solve_all(plan: Plan, names: Iterable[str]) -> dict[str, Balance]:
    """Return the balance of each scenario by name."""
    return {name: solve(plan, name) for name in names}


def all_issues(result: ReadResult, balances: dict[str, Balance]) -> tuple[Issue, ...]:
    """Return what is doubtful in the workbook and in the figures."""
    return (*result.issues, *(issue for balance in balances.values() for issue in balance.warnings))


def read_solvable(path: Path) -> Plan:
    """Return the plan in a workbook; what could not be read is named on stderr.

    Raises
    ------
    PlanError
        If the workbook has errors.
    """
    result = read_workbook(path)
    if result.plan is None:
        raise PlanError(result.issues)
    say_unread(result)
    return result.plan


def scenario_asked(plan: Plan, name: str) -> str:
    """Return the one scenario named, in the plan's own spelling.

    Raises
    ------
    UsageError
        If the plan has no such scenario.
    """
    return scenarios_asked(plan, [name])[0]
