"""Rules of texts that their cells cannot hold, and that stay there until they are corrected."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from aluplanner.i18n import number_style, tr
from aluplanner.model.actions import MEASURES
from aluplanner.model.cell_rules import cell_issue
from aluplanner.model.cell_text import CellTextError, parse, show
from aluplanner.model.issues import Issue
from aluplanner.model.keys import key_problem
from aluplanner.model.plan import Plan
from aluplanner.model.rows import Rows, read_cell
from aluplanner.model.schema import Column

UNREAD: Final = "unread"
"""The rule broken by a text that its cell cannot hold while the balance goes on with the cell's last good value."""
UNREADABLE: Final = "unreadable"
"""The same where there is no such value, so that there is nothing to go on with."""

FOLLOWS_FROM_UNREADABLE: Final[Mapping[str, tuple[str, ...]]] = {
    "size": (*MEASURES, "kind"),
    "repeat": ("start", "end"),
    "above-built": ("built",),
    "credit-without-share": ("kind", "share"),
    "reaches-nothing": ("product",),
}
"""What the rules say about a row only because a cell of it could not be read: the rule, and the cells to blame."""
_FOLLOWS_FROM_COLUMN: Final[Mapping[str, tuple[str, str]]] = {
    "pot-size": ("plants", "pot_size"),
    "months-missing": ("seasonality", "month_of_year"),
}
"""The same of a cell in any row of a table: the rule, the table and the column."""


def check_unread(plan: Plan, rows: Rows[Any]) -> Iterator[Issue]:
    """Yield why each text that could not be read cannot be, and what counts in its place."""
    for (position, name), kept in rows.unread.items():
        column = plan.find_column(rows.table.name, name)
        if column is None:
            continue
        declared = plan.record_column(rows[position], column)
        message, remedy = _reason(rows, position, declared, kept.text)
        if not kept.has_stand_in:
            yield cell_issue(rows, position, name, UNREADABLE, message, remedy)
            continue
        value = read_cell(rows[position], name)
        used = tr("nothing") if value is None else show(declared, value, number_style())
        note = tr("Until then {value} counts.", value=used)
        yield cell_issue(rows, position, name, UNREAD, message, f"{remedy} {note}")


def unread_reason(plan: Plan, rows: Rows[Any], position: int, name: str) -> str:
    """Return why the text of a cell that could not be read cannot be, and what would be right, in sentences."""
    column = next(column for column in plan.columns(rows.table.name) if column.name == name)
    declared = plan.record_column(rows[position], column)
    return " ".join(_reason(rows, position, declared, rows.unread[position, name].text))


def follows_from_unreadable(plan: Plan, issue: Issue) -> bool:
    """Return whether an issue says no more than that some cell could not be read and has nothing to go on with."""
    if issue.code == UNREADABLE or not issue.table:
        return False
    if issue.code in _FOLLOWS_FROM_COLUMN:
        table, column = _FOLLOWS_FROM_COLUMN[issue.code]
        return any(name == column and not kept.has_stand_in for (_, name), kept in plan.table(table).unread.items())
    unread = plan.table(issue.table).unread
    if not unread:
        return False
    position = plan.table(issue.table).position(issue.row) if issue.position is None else issue.position
    if position is None:
        return False
    blamed = [(position, name) for name in (issue.column, *FOLLOWS_FROM_UNREADABLE.get(issue.code, ()))]
    if issue.code == "credit":
        credited = map(plan.actions.position, plan.actions[position].credits)
        blamed += [(other, "kind") for other in credited if other is not None]
    return any(place in unread and not unread[place].has_stand_in for place in blamed)


def _reason(rows: Rows[Any], position: int, column: Column, text: str) -> tuple[str, str]:
    """Return why a text is not the value of its cell, as (message, remedy)."""
    try:
        value = parse(column, text, number_style())
    except CellTextError as error:
        return error.message, error.remedy
    if column.name in rows.table.key:
        wrong = key_problem(rows, position, column, value)
        if wrong:
            return wrong
    return (
        tr("“{text}” was not taken when it was entered.", text=text),
        tr("Open the cell and press Enter to enter it again."),
    )
