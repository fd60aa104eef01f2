"""All tables of a workbook, read into a plan, with where every row stands."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from aluplanner.i18n import tr
from aluplanner.model.demand import DEMAND
from aluplanner.model.issues import Issue, Severity
from aluplanner.model.plan import TABLES, Plan, plan_from_tables
from aluplanner.model.schema import Table
from aluplanner.model.unread_rules import UNREADABLE
from aluplanner.workbook.addressing import fill_pending
from aluplanner.workbook.container import BookReader, Container, SheetPart
from aluplanner.workbook.header_issues import check_growth_years
from aluplanner.workbook.header_rows import find_header
from aluplanner.workbook.headers import read_headers
from aluplanner.workbook.markup import PartError
from aluplanner.workbook.raw.errors import PROCESS_CODES
from aluplanner.workbook.sheet_names import choose_sheets
from aluplanner.workbook.stand_ins import take_keys, take_stand_ins
from aluplanner.workbook.table_reader import read_table
from aluplanner.workbook.table_reading import TableReading

REQUIRED: Final = ("plants", "actions", "demand")
"""The tables that every workbook must have; the others take their defaults."""


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
    hidden
        The names of those that are hidden, whether or not they hold a table.
    """

    plan: Plan
    tables: Mapping[str, TableReading]
    issues: tuple[Issue, ...]
    sheets: tuple[str, ...]
    hidden: tuple[str, ...] = ()

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
    return read_tables_of(Container(data))


def read_tables_of(book: BookReader) -> WorkbookReading:
    """Read every table of a workbook that is open, in this process or in another one.

    Raises
    ------
    PartError
        If a part that all sheets need is missing or damaged.
    """
    chosen, issues = choose_sheets(book.sheets, lambda sheet, table: _has_header(book, sheet, table))
    book.expect(chosen.values())  # the other process reads the next sheet while this one makes a table of the last
    readings = {name: _read_sheet(book, sheet, TABLES[name]) for name, sheet in chosen.items()}
    blamed = {issue.table for issue in issues}
    issues += [_missing_sheet(TABLES[name]) for name in REQUIRED if name not in readings and name not in blamed]
    for table_reading in readings.values():
        take_keys(table_reading)
        take_stand_ins(table_reading, lambda _, column: column)
    plan = fill_pending(readings, plan_from_tables({name: reading.rows for name, reading in readings.items()}))
    if DEMAND.name in readings:
        check_growth_years(readings[DEMAND.name], plan.horizon)
    hidden = tuple(sheet.name for sheet in book.sheets if sheet.is_hidden)
    reading = WorkbookReading(plan, readings, (), tuple(sheet.name for sheet in book.sheets), hidden)
    issues += [issue for table in readings.values() for issue in table.issues]
    return replace(reading, issues=tuple(replace(issue, place=issue.place or reading.place(issue)) for issue in issues))


def _has_header(book: BookReader, sheet: SheetPart, table: Table[Any]) -> bool:
    """Return whether a sheet names the rows of a table and states something of them."""
    try:
        block = find_header(table, book.read(sheet))
    except PartError:
        return False
    known = read_headers(table, block.titles).numbers()
    return len(known) > 1 and all(column.name in known for column in table.columns if column.required)


def _read_sheet(book: BookReader, sheet: SheetPart, table: Table[Any]) -> TableReading:
    try:
        return read_table(table, sheet.name, book.read(sheet), partial(_read_notes, book, sheet))
    except PartError as error:
        if error.code in PROCESS_CODES:
            raise
        reading = TableReading(table, sheet.name, is_usable=False)
        reading.report(Severity.ERROR, error.code, (error.message, error.remedy), "", place=sheet.name)
        return reading


def _read_notes(book: BookReader, sheet: SheetPart) -> Mapping[tuple[int, int], str]:
    try:
        return book.read_notes(sheet)
    except PartError as error:
        if error.code in PROCESS_CODES:
            raise
        return {}  # the cells are reported all the same: as ones that cannot be read and have nothing to go on with


def _missing_sheet(table: Table[Any]) -> Issue:
    message = tr("The sheet {title} is missing.", title=table.title)
    titles = ", ".join(column.header for column in table.columns if not column.derived)
    remedy = tr("Add it, with the columns {titles}.", titles=titles)
    return Issue(Severity.ERROR, "missing-sheet", message, remedy, table=table.name, place=table.title)
