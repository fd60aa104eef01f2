"""The plan as a workbook can hold it: what comes back when it is written and read."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from aluplanner.i18n import tr
from aluplanner.model.demand import Sector, growth_column
from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.rows import Rows, read_cell
from aluplanner.model.schema import Column, Table, Type, Value
from aluplanner.workbook.cells import LONGEST_TEXT, storable


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
    records = (_stored_record(plan, rows.table, columns, record) for record in rows)
    kept = tuple(record for record in records if not is_blank(rows.table, record))
    return rows if kept == rows.records else rows.replaced(kept)


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
            problem = _problem(column, read_cell(record, column.name))
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
