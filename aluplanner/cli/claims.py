"""``aluplanner claims``: which claims hold in which scenario, and by how much."""

from collections.abc import Sequence
from pathlib import Path

from aluplanner.analysis.claims import ClaimResult
from aluplanner.analysis.claims_board import ClaimsBoard, claims_board, verdict_word
from aluplanner.cli.answers import check_out, deliver, shown_progress
from aluplanner.cli.exits import DONE
from aluplanner.cli.output import print_table
from aluplanner.cli.plans import read, say_unread, scenarios_asked
from aluplanner.i18n import tr
from aluplanner.model.issues import PlanError


def print_claims(file: Path, names: Sequence[str], out: Path | None = None, *, as_json: bool) -> int:
    """Print every claim with ``holds`` or ``fails`` for each scenario, its measure and its margin.

    Parameters
    ----------
    file
        The workbook.
    names
        The scenarios wanted; none means all.
    out
        The file to write the board to instead.
    as_json
        Whether to print for machines.

    Raises
    ------
    PlanError
        If the workbook has errors, or the file cannot be written.
    UsageError
        If there is no such scenario, or answers are not written in such files.
    """
    check_out(out)
    result = read(file)
    if result.plan is None:
        raise PlanError(result.issues)
    scenarios = scenarios_asked(result.plan, names)
    with shown_progress():
        board = claims_board(result.plan, scenarios)
    say_unread(result)
    if as_json or out is not None:
        return deliver(board, out, as_json=as_json)
    _print(board)
    return DONE


def _print(board: ClaimsBoard) -> None:
    header = [tr("Claim"), tr("Result"), tr("Value"), tr("Margin"), tr("Unit")]
    for name, results in board.results.items():
        print(tr("{name}: {held} of {all} claims hold", name=name, held=board.held(name), all=len(results)))
        print_table(header, [_row(found, unit) for found, unit in zip(results, board.units, strict=True)])
        print()


def _row(found: ClaimResult, unit: str) -> list[str]:
    return [found.claim.claim, verdict_word(found), _figure(found.value), _figure(found.margin), unit]


def _figure(number: float | None) -> str:
    if number is None:
        return ""
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:,.4g}"
