"""A table as a sheet states it, and where each of its cells stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, TypeAlias

from aluplanner.model.cell_text import CellTextError
from aluplanner.model.issues import Issue, Severity
from aluplanner.model.rows import Rows, Unread
from aluplanner.model.schema import Table
from aluplanner.model.unread_rules import UNREADABLE
from aluplanner.workbook.cells import cell_words
from aluplanner.workbook.headers import Headers
from aluplanner.workbook.sheet import Cell, column_letters

HEADER_ROW: Final = 1

ReadNotes: TypeAlias = Callable[[], Mapping[tuple[int, int], str]]
"""Reads the notes on the cells of a sheet, by (row, column)."""


@dataclass
class TableReading:
    """A table as a sheet states it.

    Attributes
    ----------
    table, sheet
        The table, and the name of its sheet.
    headers
        What the sheet's columns hold.
    records
        The rows, in order; cells whose type depends on other tables are still blank.
    row_numbers
        The sheet's row of each record.
    pending
        Those cells, by (index of the record, column name).
    unreadable
        Cells that could not be read, by (index of the record, column name), with their texts; ``None`` for a formula
        without a value and the like, which no text stands for.
    issues
        Everything wrong so far.
    stand_ins
        Those whose last good value the sheet notes; it is in the record, and the balance goes on with it.
    key_cells
        The cells of single keys as the sheet has them, by index of the record.
    formulas
        The cells of the sheet, by (row, column), that are formulas.
    is_usable
        Whether the rows could be read at all.
    header_row
        The last row of the header; the rows of the table stand below it, and what stands above is the planner's own.
    totals
        The sheet's rows that sum up others; they are left out of the records.
    filled
        The cells, by (row, column), that are empty and covered by a merged one: their values are what stands there.
    read_notes
        Reads the notes on the sheet's cells, by (row, column); only called where one may be needed.
    """

    table: Table[Any]
    sheet: str
    headers: Headers = field(default_factory=Headers)
    records: list[Any] = field(default_factory=list)
    row_numbers: list[int] = field(default_factory=list)
    pending: dict[tuple[int, str], Cell] = field(default_factory=dict)
    unreadable: dict[tuple[int, str], str | None] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    stand_ins: set[tuple[int, str]] = field(default_factory=set)
    key_cells: dict[int, Cell] = field(default_factory=dict)
    formulas: frozenset[tuple[int, int]] = frozenset()
    is_usable: bool = True
    header_row: int = HEADER_ROW
    totals: list[int] = field(default_factory=list)
    filled: frozenset[tuple[int, int]] = frozenset()
    read_notes: ReadNotes = dict
    _rows: Rows[Any] | None = None

    @cached_property
    def notes(self) -> Mapping[tuple[int, int], str]:
        """The notes on the sheet's cells, by (row, column)."""
        return self.read_notes()

    def place(self, position: int | None, column: str) -> str:
        """Return sheet and cell of a record's column, of its header where the record is not in the sheet."""
        numbers = self.headers.numbers()
        number = numbers.get(column) or numbers.get(self.table.key[0]) or 1
        row = self.header_row
        if position is not None and position < len(self.row_numbers):
            row = self.row_numbers[position]
        return self.header_place(number, row)

    def header_place(self, number: int, row: int | None = None) -> str:
        """Return sheet and cell of a column of the sheet, given by its number, in a row of it or in the header."""
        return f"{self.sheet}!{column_letters(number)}{row or self.header_row}"

    def report(self, severity: Severity, code: str, said: tuple[str, str], column: str, **where: Any) -> None:
        """Add an issue of this sheet; ``said`` is its message and its remedy."""
        self.issues.append(Issue(severity, code, *said, table=self.table.name, column=column, **where))

    def report_unreadable(self, position: int, column: str, cell: Cell | None, error: CellTextError) -> None:
        """Add the issue that a record's cell cannot be read."""
        self.unreadable[position, column] = cell_words("" if cell is None else cell)
        said = error.message, error.remedy
        self.report(Severity.ERROR, UNREADABLE, said, column, position=position)

    def take_stand_in(self, position: int, column: str, text: str) -> None:
        """Take note that the record of a cell that could not be read has its last good value; the rules report it."""
        self.unreadable[position, column] = text
        self.stand_ins.add((position, column))
        self.issues = [issue for issue in self.issues if (issue.position, issue.column) != (position, column)]

    def write(self, position: int, record: Any) -> None:
        """Put a record in the place of another."""
        self.records[position] = record
        self._rows = None

    @property
    def rows(self) -> Rows[Any]:
        """The rows, with the texts that could not be read in their cells; the same ones until something is written."""
        read = self.unreadable.items()
        texts = {place: Unread(text, place in self.stand_ins) for place, text in read if text is not None}
        if self._rows is None or self._rows.unread != texts:
            self._rows = Rows(self.table, self.records, texts)
        return self._rows
