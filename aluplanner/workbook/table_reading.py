"""A table as a sheet states it, and where each of its cells stands."""

from dataclasses import dataclass, field
from typing import Any, Final

from aluplanner.model.cell_text import CellTextError
from aluplanner.model.issues import Issue, Severity
from aluplanner.model.rows import Rows, Unread
from aluplanner.model.schema import Table
from aluplanner.model.unread_rules import UNREADABLE
from aluplanner.workbook.cells import cell_words
from aluplanner.workbook.headers import Headers
from aluplanner.workbook.sheet import Cell, column_letters

HEADER_ROW: Final = 1


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
    formulas
        The cells of the sheet, by (row, column), that are formulas.
    is_usable
        Whether the rows could be read at all.
    """

    table: Table[Any]
    sheet: str
    headers: Headers = field(default_factory=Headers)
    records: list[Any] = field(default_factory=list)
    row_numbers: list[int] = field(default_factory=list)
    pending: dict[tuple[int, str], Cell] = field(default_factory=dict)
    unreadable: dict[tuple[int, str], str | None] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    formulas: frozenset[tuple[int, int]] = frozenset()
    is_usable: bool = True

    def place(self, position: int | None, column: str) -> str:
        """Return sheet and cell of a record's column, of its header where the record is not in the sheet."""
        numbers = self.headers.numbers()
        number = numbers.get(column) or numbers.get(self.table.key[0]) or 1
        row = HEADER_ROW
        if position is not None and position < len(self.row_numbers):
            row = self.row_numbers[position]
        return self.header_place(number, row)

    def header_place(self, number: int, row: int = HEADER_ROW) -> str:
        """Return sheet and cell of a column of the sheet, given by its number."""
        return f"{self.sheet}!{column_letters(number)}{row}"

    def report(self, severity: Severity, code: str, said: tuple[str, str], column: str, **where: Any) -> None:
        """Add an issue of this sheet; ``said`` is its message and its remedy."""
        self.issues.append(Issue(severity, code, *said, table=self.table.name, column=column, **where))

    def report_unreadable(self, position: int, column: str, cell: Cell, error: CellTextError) -> None:
        """Add the issue that a record's cell cannot be read."""
        self.unreadable[position, column] = cell_words(cell)
        said = error.message, error.remedy
        self.report(Severity.ERROR, UNREADABLE, said, column, position=position)

    @property
    def rows(self) -> Rows[Any]:
        """The rows, with the texts that could not be read in their cells."""
        texts = {place: Unread(text, False) for place, text in self.unreadable.items() if text is not None}
        return Rows(self.table, self.records, texts)
