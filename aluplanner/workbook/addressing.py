"""Cells whose type other tables decide: values of overrides, bounds of uncertain cells, assumptions."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from aluplanner.model.cell_text import CellTextError, parse
from aluplanner.model.monthly import MONTHLY
from aluplanner.model.plan import Plan, find_table, plan_from_tables
from aluplanner.model.rows import write_cell
from aluplanner.model.schema import Column, Table, Type, Value
from aluplanner.workbook.cells import read_value_cell
from aluplanner.workbook.headers import sheet_table
from aluplanner.workbook.stand_ins import take_stand_ins
from aluplanner.workbook.table_reading import TableReading

_ADDRESSING: Final = ("overrides", "uncertainty")


def fill_pending(readings: Mapping[str, TableReading], plan: Plan) -> Plan:
    """Return the plan with the cells filled in whose type other tables decide, and addresses in field names."""
    columns = _Columns(plan)
    for name in _ADDRESSING:
        if name in readings:
            for position, record in enumerate(readings[name].records):
                readings[name].write(position, columns.in_field_names(record))
    for reading in readings.values():
        by_name = {column.name: column for column in reading.headers.columns.values()}
        for (position, name), cell in reading.pending.items():
            record = reading.records[position]
            try:
                value = read_value_cell(columns.declared(record, by_name[name]), cell)
            except CellTextError as error:
                reading.report_unreadable(position, name, cell, error)
            else:
                reading.write(position, write_cell(record, name, value))
        take_stand_ins(reading, columns.declared)
    return plan_from_tables({name: reading.rows for name, reading in readings.items()})


class _Columns:
    """Finds the columns that overrides and uncertain cells name; each name is looked up once."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._tables: dict[str, Table[Any] | None] = {}
        self._columns: dict[tuple[str, str], Column | None] = {}

    def declared(self, record: Any, column: Column) -> Column:
        """Return the declaration of a value cell."""
        if column.type is not Type.VALUE or not hasattr(record, "table"):
            return self._plan.record_column(record, column)
        named = self._column(record.table, record.column)
        if named is None or named.type is Type.VALUE:
            return self._plan.record_column(record, column)
        return named

    def in_field_names(self, record: Any) -> Any:
        """Return an override or uncertain cell with table, row and column as the plan itself names them."""
        table = self._table(record.table)
        if table is None:
            return record
        column = self._column(record.table, record.column)
        return replace(
            record, table=table.name, row=_row_name(table, record.row), column=column.name if column else record.column
        )

    def _table(self, name: str) -> Table[Any] | None:
        if name not in self._tables:
            self._tables[name] = find_table(name) or sheet_table(name)
        return self._tables[name]

    def _column(self, table: str, name: str) -> Column | None:
        found = self._table(table)
        if found is None:
            return None
        if (found.name, name) not in self._columns:
            self._columns[found.name, name] = self._plan.find_column(found.name, name)
        return self._columns[found.name, name]


def _row_name(table: Table[Any], row: str) -> str:
    """Return a row's key as the table itself writes it: ``2017-07`` in Monthly, ``7`` in Seasonality."""
    key = table.columns[0]
    if table.name not in (MONTHLY.name, "seasonality"):
        return row
    try:
        value: Value = parse(key, row)
    except CellTextError:
        return row
    return row if value is None else table.row_key(table.record(**{key.name: value}))
