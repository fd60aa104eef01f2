"""The plan as a workbook can hold it: what comes back when it is written and read."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from aluplanner.i18n import tr
from aluplanner.model.calendar import Month
from aluplanner.model.cell_text import CellTextError, clean_text
from aluplanner.model.demand import DEMAND, Sector, growth_column
from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.rows import Place, Rows, Unread, read_cell
from aluplanner.model.schema import Column, Table, Type, Value
from aluplanner.workbook import cells
from aluplanner.workbook.cells import LONGEST_TEXT, read_value_cell, storable
from aluplanner.workbook.parameters import with_declared_names
from aluplanner.workbook.stand_ins import doubtful_keys, value_kept

_NATIVE: Final[dict[Type, type]] = {
    Type.NUMBER: float,
    Type.FRACTION: float,
    Type.MONTH: Month,
    Type.YES_NO: bool,
}
"""What the values of a column are in memory, if no text."""


def as_stored(plan: Plan) -> Plan:
    """Return the plan as it comes back from a workbook.

    Numbers have 16 significant digits, text has no control characters and no blanks around it, rows
    without any entry are left out, and so are years without a growth rate. A text that cannot be read
    comes back with the last good value of its cell; a name that was refused and is free now is taken: nothing in the
    file tells it from one that never was refused, and it is what the planner wanted. A parameter that is called by its
    title comes back under its declared name.

    Raises
    ------
    PlanError
        If a cell holds what no workbook can hold: a number that is not finite, a text that is too long.
    """
    issues = [issue for name in TABLES for issue in _unstorable(plan, name)]
    if issues:
        raise PlanError(issues)
    declared: Any = {name: with_declared_names(plan.table(name)) for name in TABLES if TABLES[name].parameters}
    named = _with_free_names(replace(plan, **declared))
    tables: Any = {name: _stored_rows(named, named.table(name)) for name in TABLES}
    return replace(named, **tables)


def _with_free_names(plan: Plan) -> Plan:
    """Return the plan with the refused names that nothing in the file refuses any longer: reading takes them."""
    for rows in (plan.table(name) for name in TABLES):
        key = rows.table.key[0]
        if any(name == key for _, name in rows.unread):
            values, texts = _read_again(plan, rows)
            in_file = rows.with_cells((position, name, value) for (position, name), value in values.items())
            doubtful = doubtful_keys(rows.table, in_file.records)
            free = [
                (position, name, value)
                for (position, name), value in values.items()
                if name == key and (position, name) not in texts and position not in doubtful
            ]
            plan = plan.with_table(rows.with_cells(free)) if free else plan
    return plan


def is_blank(table: Table[Any], record: object) -> bool:
    """Return whether a record has no entry at all."""
    if isinstance(record, Sector) and any(rate is not None for _, rate in record.growth):
        return False
    return all(read_cell(record, column.name) in (None, "") for column in table.columns if not column.derived)


def _stored_rows(plan: Plan, rows: Rows[Any]) -> Rows[Any]:
    columns = [column for column in rows.table.columns if not column.derived]
    if not rows.unread and _has_names(rows) and all(_is_stored(rows, column) for column in columns):
        return rows
    records = [_stored_record(plan, rows.table, columns, record) for record in rows]
    stored = rows.edited(records)
    if rows.unread:
        stored, kept = _with_texts(plan, stored)
    else:
        kept = [not is_blank(rows.table, record) for record in records]
    if not all(kept):
        return stored.replaced(record for record, is_kept in zip(stored, kept, strict=True) if is_kept)
    return rows if stored == rows else stored


def _has_names(rows: Rows[Any]) -> bool:
    """Return whether every row is named, so that none is blank; the rates of sectors are looked at one by one."""
    named = _values(rows, rows.table.key[0])
    return rows.table is not DEMAND and not named & {None, ""}


def _is_stored(rows: Rows[Any], column: Column) -> bool:
    """Return whether all cells of a column surely come back as they are; each value is looked at once."""
    if column.type is Type.VALUE:
        return False
    distinct = _values(rows, column.name)
    if not {*map(type, distinct)} <= {_NATIVE.get(column.type, str), type(None)}:
        return False
    return all(value is None or (value != "" and storable(column, value) == value) for value in distinct)


def _values(rows: Rows[Any], name: str) -> set[Value]:
    return set(rows.column(name, range(len(rows))))


def _with_texts(plan: Plan, rows: Rows[Any]) -> tuple[Rows[Any], list[bool]]:
    """Return the rows with their unread texts as they come back from the file, and whether each does at all."""
    values, texts = _read_again(plan, rows)
    in_file = rows.with_cells((position, name, value) for (position, name), value in values.items())
    with_text = {position for (position, _), text in texts.items() if text}
    kept = [place in with_text or not is_blank(rows.table, record) for place, record in enumerate(in_file)]
    unread = {place: Unread(text, False) for place, text in texts.items()}
    columns = {column.name: column for column in plan.columns(rows.table.name)}
    doubtful = doubtful_keys(rows.table, in_file.records)
    for (position, name), former in rows.unread.items():
        is_doubtful = name in rows.table.key and position in doubtful
        if not former.has_stand_in or not ((position, name) in texts or is_doubtful):
            continue
        column = plan.record_column(rows[position], columns[name])
        try:
            values[position, name] = value_kept(column, read_cell(rows[position], name))
        except CellTextError:
            continue
        unread[position, name] = Unread(clean_text(former.text), True)
    stored = rows.with_cells((position, name, value) for (position, name), value in values.items())
    return stored.with_unread(unread), kept


def _read_again(plan: Plan, rows: Rows[Any]) -> tuple[dict[Place, Value], dict[Place, str]]:
    """Return what the cells with unread texts hold when nothing but these is read, and those that still cannot be."""
    columns = {column.name: column for column in plan.columns(rows.table.name)}
    values: dict[Place, Value] = {}
    texts: dict[Place, str] = {}
    for (position, name), former in rows.unread.items():
        text = clean_text(former.text)
        column = plan.record_column(rows[position], columns[name])
        blank = "" if column.type is Type.TEXT and name in rows.table.key else None
        try:
            read = read_value_cell if columns[name].type is Type.VALUE else cells.read_cell
            values[position, name] = read(column, text) if text else blank
        except CellTextError:
            values[position, name] = blank
            texts[position, name] = text
    return values, texts


def _stored_record(plan: Plan, table: Table[Any], columns: Sequence[Column], record: Any) -> Any:
    changed: dict[str, Any] = {}
    for column in columns:
        value = getattr(record, column.name)
        declared = plan.record_column(record, column) if column.type is Type.VALUE else column
        stored = storable(declared, value) if value is not None else None
        if stored is None and column.type is Type.TEXT and column.name in table.key:
            stored = ""
        if stored != value or type(stored) is not type(value):
            changed[column.name] = stored
    if isinstance(record, Sector):
        growth = tuple((year, storable(growth_column(year), rate)) for year, rate in record.growth if rate is not None)
        if growth != record.growth:
            changed["growth"] = growth
    return replace(record, **changed) if changed else record


def _unstorable(plan: Plan, name: str) -> Iterator[Issue]:
    rows = plan.table(name)
    columns = [column for column in plan.columns(name) if not column.derived]
    if not rows.unread and not any(
        _problem(column, value) for column in columns for value in _values(rows, column.name)
    ):
        return
    for position, record in enumerate(rows):
        for column in columns:
            unread = rows.unread_at(position, column.name)
            problem = _problem(column, read_cell(record, column.name) if unread is None else unread)
            if problem:
                yield Issue(
                    Severity.ERROR, "unstorable", *problem, table=name, row=rows.keys[position], column=column.name,
                    position=position,
                )  # fmt: skip


def _problem(column: Column, value: Value) -> tuple[str, str] | None:
    if isinstance(value, float) and not math.isfinite(value):
        return tr("{title} is not a finite number.", title=column.title), tr("Write a number or empty the cell.")
    if isinstance(value, str) and _length(value) > LONGEST_TEXT:
        return (
            tr("{title} is longer than {count} characters.", title=column.title, count=LONGEST_TEXT),
            tr("Shorten it: a cell of a workbook holds no more."),
        )
    return None


def _length(text: str) -> int:
    """Return how many characters a workbook counts: one beyond the first 65,536 of Unicode counts as two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
