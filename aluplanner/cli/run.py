"""``aluplanner run``: the balance as a table, a file, or JSON."""

import math
from collections.abc import Sequence
from pathlib import Path

from aluplanner.cli.answers import require_no_plan
from aluplanner.cli.exits import DONE, PLAN_HAS_ERRORS, UsageError
from aluplanner.cli.output import print_json, print_table, say
from aluplanner.cli.plans import all_issues, read, say_unread, scenarios_asked, solve_all
from aluplanner.i18n import tr
from aluplanner.model.balance import Balance
from aluplanner.workbook.results import RESULT_ENDINGS, issue_json, results_json, write_results


def run_balance(file: Path, names: Sequence[str], out: Path | None, *, as_json: bool) -> int:
    """Work out the balance of a workbook's scenarios and print or write it.

    Parameters
    ----------
    file
        The workbook.
    names
        The scenarios wanted; none means all.
    out
        Where to write the results; without it they are printed.
    as_json
        Whether to print for machines.

    Returns
    -------
    int
        The exit code.

    Raises
    ------
    UsageError
        If there is no such scenario, or results are not written in such files.
    PlanError
        If the results cannot be written.
    """
    if out is not None and out.suffix.lower() not in RESULT_ENDINGS:
        raise UsageError(
            tr("Results are written as {endings}: give OUT one of these endings.", endings=", ".join(RESULT_ENDINGS))
        )
    if out is not None:
        require_no_plan(out)
    result = read(file)
    if result.plan is None:
        for issue in result.issues:
            say(str(issue))
        if as_json:
            print_json({"plan": None, "scenarios": {}, "issues": [issue_json(issue) for issue in result.issues]})
        return PLAN_HAS_ERRORS
    balances = solve_all(result.plan, scenarios_asked(result.plan, names))
    issues = all_issues(result, balances)
    if out is not None:
        write_results(balances, out, issues)
    if as_json:
        print_json(results_json(result.plan, balances, issues))
    elif out is None:
        _print_half_years(result.plan.title or file.name, balances)
    if as_json:
        say_unread(result)
    else:
        for issue in issues:
            say(str(issue))
    return DONE


def _print_half_years(title: str, balances: dict[str, Balance]) -> None:
    """Print the balance of every half-year, with the market state, and the stock, cover and price at its end."""
    print(title)
    print(tr("balance and stock at the end in kt, cover in days, price in RMB/t; * a part of the half-year"))
    print()
    header = [tr("Scenario"), tr("Half-year"), tr("Balance"), tr("Market"), tr("Stock"), tr("Days"), tr("Price")]
    rows = [row for name, balance in balances.items() for row in _half_years(name, balance)]
    print_table(header, rows)


def _half_years(name: str, balance: Balance) -> list[list[str]]:
    rows: list[list[str]] = []
    for label, period in balance.periods.items():
        if "H" not in label:
            continue
        end = period.period.inside(balance.horizon)[-1]
        rows.append(
            [
                name if not rows else "",
                label + ("*" if period.is_part else ""),
                f"{period.balance:+,.0f}",
                tr(period.state),
                f"{balance.series('stock')[end]:,.0f}",
                _cover(balance.series("stock_days")[end]),
                f"{balance.series('price')[end]:,.0f}",
            ]
        )
    return rows


def _cover(days: float) -> str:
    return f"{days:,.1f}" if math.isfinite(days) else ""
