"""Results as files: a workbook, tidy text, or JSON."""

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from aluplanner.i18n import tr
from aluplanner.model.balance import Balance
from aluplanner.model.inputs import Array
from aluplanner.model.issues import Issue
from aluplanner.model.plan import Plan
from aluplanner.workbook.files import replace_file, save_error

RESULT_ENDINGS: Final = (".xlsx", ".csv", ".json")
"""Kinds of files that results are written to."""

_TIDY: Final = ("scenario", "month", "series", "value", "unit")
# what a spreadsheet takes for the beginning of a formula, in plain and in full width
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write_results(balances: Mapping[str, Balance], path: str | Path, issues: Iterable[Issue] = ()) -> None:
    """Write balances as ``.xlsx`` (summary, monthly series, charts), ``.csv`` (one row a value) or ``.json``.

    Parameters
    ----------
    balances
        The balance of each scenario, by name; at least one.
    path
        The file; its ending says which kind it is.
    issues
        What is doubtful; named in JSON only.

    Raises
    ------
    PlanError
        If it cannot be written, or the ending is none of these.
    """
    target = Path(path)
    kind = target.suffix.lower()
    if kind == ".json":
        plan = next(iter(balances.values())).plan
        data = json.dumps(results_json(plan, balances, issues), ensure_ascii=False, indent=1).encode()
    elif kind == ".csv":
        # with the mark by which Excel knows the encoding
        data = results_csv(balances).encode("utf-8-sig")
    elif kind == ".xlsx":
        # heavy, and needed for this kind only
        from aluplanner.workbook.results_book import results_workbook

        data = results_workbook(balances)
    else:
        raise save_error(
            target, tr("results are written as .xlsx, .csv or .json."), tr("Give the file one of these endings.")
        )
    replace_file(target, data)


def results_json(plan: Plan, balances: Mapping[str, Balance], issues: Iterable[Issue]) -> dict[str, Any]:
    """Return balances as ``run --json`` prints them, in full precision; blanks are ``None``.

    Parameters
    ----------
    plan
        The plan; its title heads the result.
    balances
        The balance of each scenario, by name; the base is ``Base``.
    issues
        What is wrong or doubtful.
    """
    return {
        "plan": plan.title,
        "scenarios": {name: _scenario_json(balance) for name, balance in balances.items()},
        "issues": [issue_json(issue) for issue in issues],
    }


def issue_json(issue: Issue) -> dict[str, Any]:
    """Return an issue for machines; parts that do not apply are left out."""
    said = {
        "severity": str(issue.severity),
        "code": issue.code,
        "message": issue.message,
        "remedy": issue.remedy,
        "place": issue.place,
        "address": issue.address,
        "scenario": issue.scenario,
        "month": issue.month,
    }
    return {name: text for name, text in said.items() if text}


def results_csv(balances: Mapping[str, Balance]) -> str:
    """Return the monthly series of all scenarios as comma-separated text, one value a row."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(_TIDY)
    for scenario, balance in balances.items():
        for series in balance.names:
            for month, value in zip(balance.horizon.labels, balance.series(series).tolist(), strict=True):
                shown = repr(value) if math.isfinite(value) else ""
                writer.writerow((csv_text(scenario), month, series, shown, balance.unit(series)))
    return stream.getvalue()


def csv_text(text: str) -> str:
    """Return text for a CSV cell such that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA_SIGNS) else text


def _scenario_json(balance: Balance) -> dict[str, Any]:
    return {
        "months": list(balance.horizon.labels),
        "monthly": {name: _numbers(balance.series(name)) for name in balance.names},
        "operating_by_plant": _all_numbers(balance.by_plant("operating")),
        "production_by_plant": _all_numbers(balance.by_plant("production")),
        "announced_by_action": balance.announced_by_action,
        "due_by_action": _all_numbers(balance.by_action("due")),
        "implemented_by_action": _all_numbers(balance.by_action("implemented")),
        "effective_by_action": _all_numbers(balance.by_action("effective")),
        "consumption_by_sector": _all_numbers(balance.consumption_by_sector),
        "bauxite_use": _all_numbers(balance.bauxite_use),
        "periods": {
            label: {
                "balance": period.balance,
                "consumption": period.consumption,
                "state": period.state,
                "is_part": period.is_part,
            }
            for label, period in balance.periods.items()
        },
    }


def _all_numbers(named: Mapping[str, Array]) -> dict[str, list[float | None]]:
    return {name: _numbers(numbers) for name, numbers in named.items()}


def _numbers(numbers: Array) -> list[float | None]:
    return [value if np.isfinite(value) else None for value in numbers.tolist()]
