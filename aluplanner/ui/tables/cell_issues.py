"""Which issues belong to which cell of a table."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from aluplanner.document.scenario_view import ScenarioView
from aluplanner.model.issues import Issue
from aluplanner.model.layers import is_base, override_address
from aluplanner.model.plan import Address, Plan
from aluplanner.model.rows import Rows
from aluplanner.model.schema import fold

CellIssues: TypeAlias = Mapping[tuple[int, str], tuple[Issue, ...]]
"""Issues by row index and column name."""


def issues_of_table(view: ScenarioView, table: str, issues: Iterable[Issue]) -> CellIssues:
    """Return the issues of a table's cells in a scenario; those of other scenarios are left out.

    An issue that names no column lies on the row's first key column.
    """
    found: dict[tuple[int, str], tuple[Issue, ...]] = {}
    for issue in issues:
        if _is_of_other_scenario(view, issue):
            continue
        place = _place(view, table, issue)
        if place is not None:
            found[place] = (*found.get(place, ()), issue)
    return found


def _is_of_other_scenario(view: ScenarioView, issue: Issue) -> bool:
    if is_base(issue.scenario or None) or issue.table in ("overrides", "scenarios"):
        return False
    return fold(issue.scenario) != fold(view.scenario)


def _place(view: ScenarioView, table: str, issue: Issue) -> tuple[int, str] | None:
    if issue.table == table:
        return row_of(view, issue, table)
    return _overridden_place(view, table, issue) if issue.table == "overrides" else None


def row_of(view: ScenarioView, issue: Issue, table: str) -> tuple[int, str] | None:
    """Return the row index and the column name of an issue of the table; ``None`` if its row is gone."""
    rows = view.rows(table)
    column = issue.column or rows.table.key[0]
    position = issue.position if _is_still_there(rows, issue) else rows.position(issue.row)
    return None if position is None else (position, column)


def _is_still_there(rows: Rows[Any], issue: Issue) -> bool:
    """Return whether the issue's row stands where it stood when the issue was found."""
    position = issue.position
    return position is not None and position < len(rows) and rows.table.row_key(rows[position]) == issue.row


def _overridden_place(view: ScenarioView, table: str, issue: Issue) -> tuple[int, str] | None:
    """Return the cell that an override with an issue changes in the scenario on view."""
    address = overridden_address(view.plan, issue)
    if address is None or address.table != table:
        return None
    layered = view.overridden.get(address)
    row = view.rows(table).position(address.row)
    return (row, address.column) if row is not None and layered and layered.position == issue.position else None


def overridden_address(plan: Plan, issue: Issue) -> Address | None:
    """Return the cell that an override with an issue changes; ``None`` if the override itself names none."""
    if issue.position is None or not _is_still_there(plan.overrides, issue):
        return None
    return override_address(plan, plan.overrides[issue.position])
