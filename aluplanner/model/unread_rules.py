"""Rules of texts that their cells cannot hold, and that stay there until they are corrected."""

from collections.abc import Iterator
from typing import Any, Final

from aluplanner.i18n import number_style, tr
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
