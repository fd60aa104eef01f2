"""The rows of a foreign sheet as rows of a table: converted, with a reason where a cell cannot be read."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Any, Final

from aluplanner.i18n import tr
from aluplanner.model.calendar import Month
from aluplanner.model.cell_text import CellTextError, parse
from aluplanner.model.issues import Issue, Severity
from aluplanner.model.plan import TABLES
from aluplanner.model.schema import Column, Table, Type, Value, fold
from aluplanner.model.units import to_plan
from aluplanner.model.unread_rules import UNREADABLE
from aluplanner.workbook.cells import cell_words, read_cell
from aluplanner.workbook.headers import plain
from aluplanner.workbook.importing.leftovers import Leftover, leftover
from aluplanner.workbook.importing.mapping import YEAR, ColumnChoice, SheetMapping, find_column
from aluplanner.workbook.importing.matrices import laid_out
from aluplanner.workbook.importing.months import month_number, month_of_year, year_of
from aluplanner.workbook.importing.pages import Page
from aluplanner.workbook.importing.split_months import filled_years
from aluplanner.workbook.importing.units import factor
from aluplanner.workbook.sheet import Cell, Fault
from aluplanner.workbook.totals import find_totals

_BARE_NUMBER: Final = re.compile(r"[\d.,]\s*\Z")
_ERROR_VALUE: Final = re.compile(r"#(?:N/A|[A-Z][A-Z0-9_/]*[!?])")
_MOST_KNOWN: Final = 2000
"""Texts of a column that are remembered with what they mean."""
_PARTS: Final = re.compile(r"\s*[;；、]\s*")


class ImportCancelled(Exception):  # noqa: N818
    """The work is not wanted any more."""


@dataclass(frozen=True, slots=True)
class ConvertedCell:
    """A cell as it comes into the plan.

    Attributes
    ----------
    value
        What it means; ``None`` for a blank, and where it cannot be read.
    text
        What stands in the sheet.
    problem, remedy
        Why it cannot be read, and what would be right; empty if it can.
    place
        Where it stands (``Sheet!B5``); empty for what is the same in every row.
    is_error
        Whether the cell has no value of its own, so that its text means nothing (``#REF!``).
    """

    value: Value = None
    text: str = ""
    problem: str = ""
    remedy: str = ""
    place: str = ""
    is_error: bool = False


_EMPTY: Final = ConvertedCell()


@dataclass(frozen=True, slots=True)
class ConvertedRow:
    """A row as it comes into the plan.

    Attributes
    ----------
    number
        Its row of the page.
    cells
        Its cells in the order of :attr:`ConvertedTable.columns`.
    label
        What the workbook calls it: the number of a row, the letter of a column, or a cell.
    """

    number: int
    cells: tuple[ConvertedCell, ...]
    label: str = ""


@dataclass(frozen=True)
class ConvertedTable:
    """What one sheet brings into a table.

    Attributes
    ----------
    mapping
        What was decided about the sheet.
    table
        The table.
    columns
        The columns it has figures for, in the order of the table.
    rows
        Its rows.
    left_out
        The rows of the sheet that are no records, by their number.
    renamed
        Warnings that a name stood there twice.
    """

    mapping: SheetMapping
    table: Table[Any]
    columns: tuple[Column, ...] = ()
    rows: tuple[ConvertedRow, ...] = ()
    left_out: Mapping[int, Leftover] | None = None
    renamed: tuple[Issue, ...] = ()

    @cached_property
    def issues(self) -> tuple[Issue, ...]:
        """What cannot be read, with sheet and cell; then the names that stood there twice."""
        return (*(issue for row in self.rows for issue in self._issues(row)), *self.renamed)

    def _issues(self, row: ConvertedRow) -> list[Issue]:
        cells = zip(self.columns, row.cells, strict=True)
        key = next((str(cell.value or cell.text) for c, cell in cells if c.name in self.table.key), "")
        return [
            Issue(
                Severity.ERROR,
                UNREADABLE,
                cell.problem,
                cell.remedy,
                table=self.table.name,
                row=key,
                column=column.name,
                place=cell.place,
            )
            for column, cell in zip(self.columns, row.cells, strict=True)
            if cell.problem and cell.place
        ]


@dataclass(frozen=True)
class Converted:
    """What a workbook brings into the plan, sheet by sheet."""

    tables: tuple[ConvertedTable, ...] = ()

    @property
    def issues(self) -> tuple[Issue, ...]:
        """What cannot be read in any sheet."""
        return tuple(issue for table in self.tables for issue in table.issues)


def convert(pages: Sequence[Page], mappings: Sequence[SheetMapping]) -> Converted:
    """Return what the sheets of a workbook bring into the plan.

    Parameters
    ----------
    pages
        The sheets as they stand.
    mappings
        What was decided about each of them; sheets that are left out bring nothing.
    """
    by_name = {page.name: page for page in pages}
    chosen = [mapping for mapping in mappings if mapping.table and mapping.sheet in by_name]
    return Converted(tuple(convert_sheet(by_name[mapping.sheet], mapping) for mapping in chosen))


def convert_sheet(
    page: Page, mapping: SheetMapping, most: int | None = None, is_cancelled: Callable[[], bool] = lambda: False
) -> ConvertedTable:
    """Return what one sheet brings into its table.

    Parameters
    ----------
    page
        The sheet as it stands.
    mapping
        What was decided about it.
    most
        How many of its rows to look at, for a first impression: what sums up later ones does not show then.
    is_cancelled
        Asked between rows.

    Raises
    ------
    ImportCancelled
        If that became true.
    """
    return _Conversion(laid_out(page, mapping.layout), mapping, most, is_cancelled).table()


class _Conversion:
    """Converts one sheet."""

    def __init__(self, page: Page, mapping: SheetMapping, most: int | None, is_cancelled: Callable[[], bool]) -> None:
        self._page = page
        self._mapping = mapping
        self._is_cancelled = is_cancelled
        self._lines = list(islice(page.below(mapping.header_row), most))
        self._table = TABLES[mapping.table]
        taken, constants = mapping.taken, dict(mapping.constants)
        self._years = self._years_by_row(taken.pop(YEAR.name, None), constants.pop(YEAR.name, ""))
        names = {*taken, *constants}
        known = [*(column.name for column in self._table.columns), *sorted(names)]
        found = [find_column(mapping.table, name) for name in dict.fromkeys(known) if name in names]
        self._columns = tuple(column for column in found if column is not None)
        self._numbers = {name: choice.number for name, choice in taken.items()}
        self._factors = {
            name: factor(column, taken[name].unit) for column in self._columns if (name := column.name) in taken
        }
        self._read: dict[str, dict[Cell, ConvertedCell]] = {column.name: {} for column in self._columns}
        self._constants = {name: _constant(self._column(name), text) for name, text in constants.items()}
        self._key_header = plain(page.words(mapping.header_row, self._key_number))
        self._left_out: dict[int, Leftover] = {}

    def _years_by_row(self, choice: ColumnChoice | None, said: str) -> Mapping[int, int]:
        """Return the year of each row whose months state none."""
        year = year_of(said)
        if choice is not None:
            return filled_years(self._lines, choice.number)
        return {} if year is None else {number: year for number, _ in self._lines}

    def _column(self, name: str) -> Column:
        return next(column for column in self._columns if column.name == name)

    @property
    def _key_number(self) -> int:
        return self._numbers.get(self._table.key[0], 0)

    def table(self) -> ConvertedTable:
        """Return everything the sheet brings."""
        rows = []
        wanted = set(self._numbers.values())
        for number, cells in self._lines:
            if self._is_cancelled():
                raise ImportCancelled
            if not wanted.isdisjoint(cells) and self._is_record(number, cells):
                converted = tuple(self._cell(number, cells, column) for column in self._columns)
                rows.append(ConvertedRow(number, converted, self._page.row_label(number)))
        numbered, renamed = self._numbered(rows)
        return ConvertedTable(self._mapping, self._table, self._columns, numbered, self._left_out, renamed)

    @cached_property
    def _totals(self) -> dict[int, Leftover]:
        """The rows that sum up others."""
        columns = {number: self._column(name) for name, number in self._numbers.items()}
        lines = [(number, dict(cells)) for number, cells in self._lines]
        found = find_totals(self._table, columns, lines, self._page.formulas)
        return {self._lines[total.index][0]: Leftover.TOTAL for total in found}

    def _is_record(self, number: int, cells: Mapping[int, Cell]) -> bool:
        if not self._mapping.leaves_out_totals:
            return True
        key = self._page.words(number, self._key_number)
        wanted = [column for name, column in self._numbers.items() if name not in self._table.key]
        figures = sum(column in cells for column in wanted)
        is_alone = (
            figures == 0
            and len(wanted) > 1
            and all(isinstance(cell, str) and cell.strip() == key for cell in cells.values())
        )
        reason = self._totals.get(number) or leftover(key, self._page.words(number, min(cells)), figures, is_alone)
        if reason is None and key and plain(key) == self._key_header:
            reason = Leftover.HEADER
        if reason is not None:
            self._left_out[number] = reason
        return reason is None

    def _cell(self, number: int, cells: Mapping[int, Cell], column: Column) -> ConvertedCell:
        name = column.name
        if name not in self._numbers:
            return self._constants[name]
        at = self._numbers[name]
        cell = cells.get(at)
        if cell is None:
            return _EMPTY
        place = self._page.place(number, at)
        if column.type is Type.MONTH and number in self._years and (month := month_of_year(cell)) is not None:
            return ConvertedCell(Month.of(self._years[number], month), (cell_words(cell) or "").strip(), place=place)
        if isinstance(cell, float) or len(self._read[name]) > _MOST_KNOWN:
            return _placed(self._converted(column, cell), place)
        known = self._read[name]
        # in most columns the same texts stand over and over; true would be taken for 1
        kept = known.get(cell) if isinstance(cell, str) else None
        if kept is None:
            kept = self._converted(column, cell)
            if isinstance(cell, str):
                known[cell] = kept
        return _placed(kept, place)

    def _converted(self, column: Column, cell: Cell) -> ConvertedCell:
        if isinstance(cell, Fault):
            return ConvertedCell(None, error_text(cell), cell.message, cell.remedy, is_error=True)
        text = (cell_words(cell) or "").strip()
        try:
            return ConvertedCell(self._value(column, cell), text)
        except CellTextError as error:
            return ConvertedCell(None, text, error.message, error.remedy)

    def _value(self, column: Column, cell: Cell) -> Value:
        if column.type is Type.VALUE:
            return cell_words(cell)
        if column.type is Type.MONTH and (month := month_number(cell)) is not None:
            return month
        if column.name == "month_of_year" and (number := month_of_year(cell)) is not None:
            return float(number)
        if column.type is Type.NAMES and isinstance(cell, str):
            return "; ".join(filter(None, _PARTS.split(cell.strip()))) or None
        value = read_cell(column, cell)
        has_own_unit = isinstance(cell, str) and not _BARE_NUMBER.search(cell)
        if isinstance(value, float) and column.is_numeric and not has_own_unit:
            return to_plan(value, self._factors[column.name])
        return value

    def _numbered(self, rows: Sequence[ConvertedRow]) -> tuple[tuple[ConvertedRow, ...], tuple[Issue, ...]]:
        """Give names that stand there again a number, as no two rows of the plan can have one name."""
        key = self._table.key[0]
        if len(self._table.key) > 1 or self._table.parameters or key not in self._numbers:
            return tuple(rows), ()
        if self._column(key).type is not Type.TEXT:
            return tuple(rows), ()
        place = next(index for index, column in enumerate(self._columns) if column.name == key)
        taken = {fold(row.cells[place].text) for row in rows}
        seen: set[str] = set()
        numbered, issues = [], []
        for row in rows:
            cell = row.cells[place]
            if isinstance(cell.value, str) and fold(cell.value) in seen:
                name = _free_name(cell.value, taken)
                issues.append(self._renamed(cell, name))
                cells = (*row.cells[:place], replace(cell, value=name), *row.cells[place + 1 :])
                row = ConvertedRow(row.number, cells)
            seen.add(fold(str(cell.value or "")))
            numbered.append(row)
        return tuple(numbered), tuple(issues)

    def _renamed(self, cell: ConvertedCell, name: str) -> Issue:
        message = tr(
            "“{name}” stands in the sheet more than once; this row becomes “{other}”.", name=cell.value, other=name
        )
        remedy = tr("Give each row a name of its own if they are different.")
        key = self._table.key[0]
        return Issue(
            Severity.WARNING, "twice", message, remedy, table=self._table.name, row=name, column=key, place=cell.place
        )


def _placed(cell: ConvertedCell, place: str) -> ConvertedCell:
    return ConvertedCell(cell.value, cell.text, cell.problem, cell.remedy, place, cell.is_error)


def error_text(fault: Fault) -> str:
    """Return what a cell without a value of its own shows (``#REF!``); empty if it shows nothing."""
    found = _ERROR_VALUE.search(fault.message)
    return found[0] if found else ""


def _free_name(name: str, taken: set[str]) -> str:
    number = 2
    while fold(f"{name} ({number})") in taken:
        number += 1
    free = f"{name} ({number})"
    taken.add(fold(free))
    return free


def _constant(column: Column, text: str) -> ConvertedCell:
    try:
        return ConvertedCell(_READ_CONSTANT.get(column.type, parse)(column, text), text)
    except CellTextError as error:
        return ConvertedCell(None, text, error.message, error.remedy)


_READ_CONSTANT: Final[Mapping[Type, Callable[[Column, str], Value]]] = {Type.VALUE: lambda _column, text: text}
