"""``aluplanner claims``: which claims hold in which scenario."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aluplanner.analysis.claims import ClaimResult, check_claims
from aluplanner.cli.exits import DONE
from aluplanner.cli.output import print_json, print_table
from aluplanner.cli.plans import read, say_unread, scenarios_asked, solve_all
from aluplanner.i18n import tr
from aluplanner.model.issues import PlanError


def print_claims(file: Path, names: Sequence[str], *, as_json: bool) -> int:
    """Print every claim with ``holds`` or ``fails`` for each scenario, and its measure.

    Parameters
    ----------
    file
        The workbook.
    names
        The scenarios wanted; none means all.
    as_json
        Whether to print for machines.

    Raises
    ------
    PlanError
        If the workbook has errors.
    UsageError
        If there is no such scenario.
    """
    result = read(file)
    if result.plan is None:
        raise PlanError(result.issues)
    balances = solve_all(result.plan, scenarios_asked(result.plan, names))
    say_unread(result)
    checked = {name: check_claims(balance) for name, balance in balances.items()}
    if as_json:
        print_json({name: [_as_json(found) for found in results] for name, results in checked.items()})
        return DONE
    for name, results in checked.items():
        held = sum(found.holds is True for found in results)
        print(tr("{name}: {held} of {all} claims hold", name=name, held=held, all=len(results)))
        print_table([tr("Claim"), tr("Result"), tr("Value"), tr("Margin")], [_row(found) for found in results])
        print()
    return DONE


def _row(found: ClaimResult) -> list[str]:
    shown = [_figure(found.value), _figure(found.margin)]
    return [found.claim.claim, _word(found), *shown]


def _figure(number: float | None) -> str:
    if number is None:
        return ""
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:,.4g}"


def _word(found: ClaimResult) -> str:
    if found.holds is None:
        return tr("cannot be checked")
    return tr("holds") if found.holds else tr("fails")


def _as_json(found: ClaimResult) -> dict[str, Any]:
    return {
        "claim": found.claim.claim,
        "measure": found.claim.measure,
        "value": found.value,
        "holds": found.holds,
        "margin": found.margin,
        "problem": found.problem,
    }
