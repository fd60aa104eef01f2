"""The plan as a workbook can hold it: what comes back when it is written and read."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from aluplanner.i18n import tr
from aluplanner.model.cell_text import CellTextError, clean_text
from aluplanner.model.demand import Sector, growth_column
from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.rows import Place, Rows, Unread, read_cell
from aluplanner.model.schema import Column, Table, Type, Value
from aluplanner.workbook.cells import LONGEST_TEXT, read_value_cell, storable


def as_stored(plan: Plan) -> Plan:
    """Return the plan as it comes back from a workbook.

    Numbers have 16 significant digits, text has no control characters and no blanks around it, rows
    without any entry are left out, and so are years without a growth rate.

    Raises
    ------
    PlanError
        If a cell holds what no workbook can hold: a number that is not finite, a text that is too long.
    """
    issues = [issue for name in TABLES for issue in _unstorable(plan, name)]
    if issues:
        raise PlanError(issues)
    tables: Any = {name: _stored_rows(plan, plan.table(name)) for name in TABLES}
    return replace(plan, **tables)


def is_blank(table: Table[Any], record: object) -> bool:
    """Return whether a record has no entry at all."""
    if isinstance(record, Sector) and any(rate is not None for _, rate in record.growth):
        return False
    return all(read_cell(record, column.name) in (None, "") for column in table.columns if not column.derived)


def _stored_rows(plan: Plan, rows: Rows[Any]) -> Rows[Any]:
    columns = [column for column in rows.table.columns if not column.derived]
    records = [_stored_record(plan, rows.table, columns, record) for record in rows]
    stored = _with_texts(plan, rows.edited(records))
    texts = {position for position, _ in stored.unread}
    kept = [record for position, record in enumerate(stored) if position in texts or not is_blank(rows.table, record)]
    if len(kept) != len(records):
        return stored.replaced(kept)
    return rows if stored == rows else stored


def _with_texts(plan: Plan, rows: Rows[Any]) -> Rows[Any]:
    """Return rows whose unread texts are all that their cells hold, as they are in the file and when it is read."""
    if not rows.unread:
        return rows
    columns = {column.name: column for column in plan.columns(rows.table.name)}
    values: list[tuple[int, str, Value]] = []
    texts: dict[Place, Unread] = {}
    for (position, name), kept in rows.unread.items():
        text = clean_text(kept.text)
        column = plan.record_column(rows[position], columns[name])
        blank = "" if column.type is Type.TEXT and name in rows.table.key else None
        try:
            values.append((position, name, read_value_cell(column, text) if text else blank))
        except CellTextError:
            values.append((position, name, blank))
            texts[position, name] = Unread(text, False)
    return rows.with_cells(values).with_unread(texts)


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
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        return (
            tr("{title} is longer than {count} characters.", title=column.title, count=LONGEST_TEXT),
            tr("Shorten it: a cell of a workbook holds no more."),
        )
    return None
