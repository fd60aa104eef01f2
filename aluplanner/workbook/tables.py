"""All tables of a workbook, read into a plan, with where every row stands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from aluplanner.i18n import tr
from aluplanner.model.cell_text import CellTextError, parse
from aluplanner.model.issues import Issue, Severity
from aluplanner.model.monthly import MONTHLY
from aluplanner.model.plan import TABLES, Plan, find_table, plan_from_tables
from aluplanner.model.rows import write_cell
from aluplanner.model.schema import Column, Table, Type, Value
from aluplanner.model.unread_rules import UNREADABLE
from aluplanner.workbook.cells import read_value_cell
from aluplanner.workbook.container import Container, SheetPart
from aluplanner.workbook.headers import sheet_table
from aluplanner.workbook.markup import PartError
from aluplanner.workbook.stand_ins import take_keys, take_stand_ins
from aluplanner.workbook.table_reader import read_table
from aluplanner.workbook.table_reading import TableReading

REQUIRED: Final = ("plants", "actions", "demand")
"""The tables that every workbook must have; the others take their defaults."""

_ADDRESSING: Final = ("overrides", "uncertainty")


@dataclass(frozen=True)
class WorkbookReading:
    """What the cells of a workbook say, whether or not it makes a plan that can be solved.

    Attributes
    ----------
    plan
        The tables; unreadable cells hold their texts as unread ones, and are blank or have the last good value that
        the file notes.
    tables
        What was read of each table that has a sheet, by name.
    issues
        What could not be read.
    sheets
        The names of all sheets, in order.
    """

    plan: Plan
    tables: Mapping[str, TableReading]
    issues: tuple[Issue, ...]
    sheets: tuple[str, ...]

    def place(self, issue: Issue) -> str:
        """Return sheet and cell an issue belongs to, the table's title where there is no such sheet."""
        reading = self.tables.get(issue.table)
        if reading is None:
            return TABLES[issue.table].title if issue.table in TABLES else ""
        return reading.place(self._position(issue), issue.column)

    @property
    def is_complete(self) -> bool:
        """Whether all that the file states is in the plan, if only as text that could not be read."""
        return all(not issue.is_error or (issue.code == UNREADABLE and self._has_text(issue)) for issue in self.issues)

    def _has_text(self, issue: Issue) -> bool:
        texts = self.tables[issue.table].unreadable
        return issue.position is not None and texts.get((issue.position, issue.column)) is not None

    def is_unread(self, table: str) -> bool:
        """Return whether a table that should be there could not be read at all."""
        reading = self.tables.get(table)
        return table in REQUIRED if reading is None else not reading.is_usable

    def is_unreadable(self, issue: Issue) -> bool:
        """Return whether the cell of an issue is one that could not be read and has no last good value either."""
        reading = self.tables.get(issue.table)
        place = self._position(issue), issue.column
        return reading is not None and place in reading.unreadable and place not in reading.stand_ins

    def _position(self, issue: Issue) -> int | None:
        if issue.position is None and issue.row:
            return self.plan.table(issue.table).position(issue.row)
        return issue.position


def read_tables(data: bytes) -> WorkbookReading:
    """Read every table of a workbook.

    Raises
    ------
    PartError
        If the bytes are no .xlsx workbook.
    """
    container = Container(data)
    readings: dict[str, TableReading] = {}
    issues: list[Issue] = []
    for sheet in container.sheets:
        table = sheet_table(sheet.name)
        if table is None:
            continue
        if table.name in readings:
            issues.append(_second_sheet(table, sheet.name, readings[table.name].sheet))
        else:
            readings[table.name] = _read_sheet(container, sheet, table)
    issues += [_missing_sheet(TABLES[name]) for name in REQUIRED if name not in readings]
    for table_reading in readings.values():
        take_keys(table_reading)
        take_stand_ins(table_reading, lambda _, column: column)
    plan = _fill_pending(readings, plan_from_tables({name: reading.records for name, reading in readings.items()}))
    reading = WorkbookReading(plan, readings, (), tuple(sheet.name for sheet in container.sheets))
    issues += [issue for table in readings.values() for issue in table.issues]
    return replace(reading, issues=tuple(replace(issue, place=issue.place or reading.place(issue)) for issue in issues))


def _read_sheet(container: Container, sheet: SheetPart, table: Table[Any]) -> TableReading:
    try:
        reading = read_table(table, sheet.name, container.read(sheet))
        reading.read_notes = partial(_read_notes, container, sheet)
        return reading
    except PartError as error:
        reading = TableReading(table, sheet.name, is_usable=False)
        reading.report(Severity.ERROR, "damaged", (error.message, error.remedy), "", place=sheet.name)
        return reading


def _read_notes(container: Container, sheet: SheetPart) -> Mapping[tuple[int, int], str]:
    try:
        return container.read_notes(sheet)
    except PartError:
        return {}  # the cells are reported all the same: as ones that cannot be read and have nothing to go on with


def _second_sheet(table: Table[Any], name: str, first: str) -> Issue:
    message = tr("The sheets “{first}” and “{second}” hold the same table.", first=first, second=name)
    remedy = tr("Rename or delete one of the two.")
    return Issue(Severity.ERROR, "duplicate-sheet", message, remedy, table=table.name, place=f"{name}!A1")


def _missing_sheet(table: Table[Any]) -> Issue:
    message = tr("The sheet {title} is missing.", title=table.title)
    titles = ", ".join(column.header for column in table.columns if not column.derived)
    remedy = tr("Add it, with the columns {titles}.", titles=titles)
    return Issue(Severity.ERROR, "missing-sheet", message, remedy, table=table.name, place=table.title)


def _fill_pending(readings: Mapping[str, TableReading], plan: Plan) -> Plan:
    """Return the plan with the cells filled in whose type other tables decide, and addresses in field names."""
    columns = _Columns(plan)
    for name in _ADDRESSING:
        if name in readings:
            readings[name].records = [columns.in_field_names(record) for record in readings[name].records]
    for reading in readings.values():
        by_name = {column.name: column for column in reading.headers.columns.values()}
        for (position, name), cell in reading.pending.items():
            record = reading.records[position]
            try:
                value = read_value_cell(columns.declared(record, by_name[name]), cell)
            except CellTextError as error:
                reading.report_unreadable(position, name, cell, error)
            else:
                reading.records[position] = write_cell(record, name, value)
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
