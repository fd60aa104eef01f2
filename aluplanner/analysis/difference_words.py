"""Differences and conflicts between copies of a plan in words."""

from typing import Final

from aluplanner.analysis.differences import Difference, Kind
from aluplanner.analysis.row_matching import cell_names
from aluplanner.i18n import number_style, tr
from aluplanner.model.cell_text import edit_text, show
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.rows import read_cell
from aluplanner.model.schema import BLANK, Column, Value

REMARKS: Final = frozenset({"source", "note", "description"})
"""Columns that say why a row is as it is."""
SHORT: Final = 40
"""Characters of a text that a table shows."""
_LEAD: Final = 8


def kind_word(kind: Kind) -> str:
    """Return what is different, as a word."""
    return {
        Kind.CHANGED: tr("changed"),
        Kind.ADDED: tr("added"),
        Kind.REMOVED: tr("removed"),
        Kind.MOVED: tr("moved"),
    }[kind]


def column_of(plan: Plan, table: str, position: int | None, name: str) -> Column | None:
    """Return what a cell of a plan holds, ``None`` if there is no such column."""
    column = plan.find_column(table, name)
    if column is None or position is None:
        return column
    return plan.record_column(plan.table(table)[position], column)


def cell_heading(plan: Plan, table: str, name: str) -> str:
    """Return the title of a column with its unit."""
    column = plan.find_column(table, name)
    return column.heading if column else name


def _plain_title(plan: Plan, table: str, name: str) -> str:
    """Return the title of a column without its unit."""
    return cell_heading(plan, table, name).partition("(")[0].strip()


def content_text(plan: Plan, table: str, position: int | None, name: str, value: Value) -> str:
    """Return contents of a cell as its table shows them; empty for a blank one."""
    column = column_of(plan, table, position, name)
    if column is None or value is None or value == BLANK or (isinstance(value, str) and column.is_numeric):
        return "" if value is None else str(value)
    return show(column, value, number_style())


def two_texts(
    sides: tuple[Plan, Plan], table: str, places: tuple[int | None, int | None], name: str, values: tuple[Value, Value]
) -> tuple[str, str]:
    """Return two contents of a cell as its table shows them, in full where that shows no difference.

    Parameters
    ----------
    sides
        The plans.
    table, name
        Names of table and column.
    places
        Index of the row in either plan.
    values
        The contents.
    """
    texts = [
        content_text(plan, table, place, name, value) for plan, place, value in zip(sides, places, values, strict=True)
    ]
    if texts[0] != texts[1] or values[0] == values[1]:
        return texts[0], texts[1]
    columns = [column_of(plan, table, place, name) for plan, place in zip(sides, places, strict=True)]
    full = [
        text if column is None else edit_text(column, value, number_style())
        for column, text, value in zip(columns, texts, values, strict=True)
    ]
    return full[0], full[1]


def difference_texts(before: Plan, after: Plan, found: Difference) -> tuple[str, str]:
    """Return old and new contents of a cell; of a row what it states, or its places if it was moved."""
    if found.kind is Kind.MOVED:
        places = (found.before or 0) + 1, (found.after or 0) + 1
        return tr("row {number}", number=places[0]), tr("row {number}", number=places[1])
    if not found.column:
        return row_text(before, found.table, found.before), row_text(after, found.table, found.after)
    return two_texts((before, after), found.table, (found.before, found.after), found.column, (found.old, found.new))


def shortened(one: str, other: str, most: int = SHORT) -> tuple[str, str]:
    """Return two texts in a line each and short enough for a table, both from shortly before they begin to differ.

    Parameters
    ----------
    one, other
        The texts.
    most
        So many characters are short enough.
    """
    texts = [" ".join(text.split()) for text in (one, other)]
    same = next((place for place, (a, b) in enumerate(zip(*texts, strict=False)) if a != b), min(map(len, texts)))
    begin = max(0, same - _LEAD) if max(map(len, texts)) > most else 0
    first, second = (_cut(text, begin, most) for text in texts)
    return first, second


def _cut(text: str, begin: int, most: int) -> str:
    left = f"…{text[begin:]}" if begin else text
    return left if len(left) <= most else f"{left[: most - 1]}…"


def row_text(plan: Plan, table: str, position: int | None) -> str:
    """Return what a row states, cell by cell, apart from its name and remarks."""
    if position is None:
        return ""
    rows = plan.table(table)
    left_out = {*rows.table.key, *REMARKS}
    stated: list[str] = []
    for name in cell_names(rows.table, rows[position]):
        text = rows.unread_at(position, name)
        value = read_cell(rows[position], name) if text is None else text
        if name not in left_out and value is not None:
            title = _plain_title(plan, table, name)
            stated.append(f"{title} {content_text(plan, table, position, name, value)}")
    return ", ".join(stated)


def change_text(before: Plan, after: Plan, found: Difference) -> str:
    """Return a cell that was changed with what it held and what it holds, in a line."""
    old, new = shortened(*difference_texts(before, after, found))
    title = _plain_title(after, found.table, found.column)
    return tr("{title} {old} → {new}", title=title, old=old or tr("blank"), new=new or tr("blank"))


def place_text(plan: Plan, table: str, row: str, column: str) -> str:
    """Return a cell or a row by the titles of table and column."""
    parts = (TABLES[table].heading, row, cell_heading(plan, table, column) if column else "")
    return " › ".join(part for part in parts if part)
