"""The sheets of a workbook that is not laid out as a plan, as they are looked at for an import."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from aluplanner.workbook.cells import cell_words
from aluplanner.workbook.sheet import Cell, Fault, SheetContents, column_letters

TITLE_SHARE: Final = 0.8
"""A merged cell that spans so much of a sheet's width is a title above the table, and no header of its columns."""

Merged = tuple[int, int, int, int]


@dataclass(frozen=True, eq=False)
class Page:
    """The cells of one sheet, with merged texts in every cell they cover.

    Attributes
    ----------
    name
        The sheet's name.
    is_hidden
        Whether the sheet is hidden.
    rows
        The cells by row number and column number, from 1.
    is_turned
        Whether rows and columns have changed places, for sheets whose months run from left to right.
    problem
        Why the sheet could not be read; empty if it could.
    formulas
        The cells, by (row, column), that are formulas.
    places
        The cells of the sheet, by (row, column), that those of a page made up of others come from.
    """

    name: str
    is_hidden: bool = False
    rows: Mapping[int, Mapping[int, Cell]] = field(default_factory=dict)
    is_turned: bool = False
    problem: str = ""
    formulas: frozenset[tuple[int, int]] = frozenset()
    places: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> Cell | None:
        """Return a cell, ``None`` where it is empty."""
        return self.rows.get(row, {}).get(column)

    def words(self, row: int, column: int) -> str:
        """Return a cell as text; empty where there is none."""
        cell = self.cell(row, column)
        return "" if cell is None else (cell_words(cell) or "").strip()

    def place(self, row: int, column: int) -> str:
        """Return sheet and cell as the workbook names them (``Sheet!B5``)."""
        if self.places:
            return f"{self.name}!{self.places.get((row, column), '')}"
        if self.is_turned:
            row, column = column, row
        return f"{self.name}!{column_letters(column)}{row}"

    def row_label(self, row: int) -> str:
        """Return what the workbook calls a row of this page: its number, of a turned one the column's letter."""
        if self.places:
            return next((place for (_, column), place in self._places_of(row) if column > 1), "")
        return column_letters(row) if self.is_turned else str(row)

    def _places_of(self, row: int) -> Iterator[tuple[tuple[int, int], str]]:
        keys = ((row, column) for column in sorted(self.rows.get(row, {})))
        return ((key, self.places[key]) for key in keys if key in self.places)

    def label(self, column: int) -> str:
        """Return what the workbook calls a column of this page: a letter, of a turned one the row's number."""
        if self.places:
            return ""
        return str(column) if self.is_turned else column_letters(column)

    @cached_property
    def numbers(self) -> list[int]:
        """The numbers of the rows that hold anything, from the top."""
        return sorted(self.rows)

    @cached_property
    def width(self) -> int:
        """The number of the last column that holds anything."""
        return max((max(cells) for cells in self.rows.values() if cells), default=0)

    def below(self, row: int) -> Iterator[tuple[int, Mapping[int, Cell]]]:
        """Yield the rows below a row."""
        numbers = self.numbers
        return ((numbers[at], self.rows[numbers[at]]) for at in range(bisect_right(numbers, row), len(numbers)))

    def turned(self) -> "Page":
        """Return the page with rows and columns in each other's place."""
        return self._turned

    @cached_property
    def _turned(self) -> "Page":
        turned: dict[int, dict[int, Cell]] = {}
        for number, cells in self.rows.items():
            for column, cell in cells.items():
                turned.setdefault(column, {})[number] = cell
        formulas = frozenset((column, row) for row, column in self.formulas)
        return replace(self, rows=turned, is_turned=not self.is_turned, formulas=formulas)


def make_page(name: str, contents: SheetContents, is_hidden: bool = False) -> Page:
    """Return a sheet as a page.

    Parameters
    ----------
    name, is_hidden
        The sheet's name, and whether it is hidden.
    contents
        Its cells.
    """
    rows = {number: dict(cells) for number, cells in contents.rows if cells}
    page = Page(name, is_hidden, rows, formulas=contents.formulas)
    _spread(rows, contents.merged, page.width)
    return page


def _spread(rows: dict[int, dict[int, Cell]], merged: tuple[Merged, ...], width: int) -> None:
    """Put the text of merged cells into every cell they cover, within the part of the sheet that is used.

    Texts only: a figure that spans several rows belongs to all of them together and must not be counted for each.
    """
    bottom = max(rows, default=0)
    for top, left, last_row, last_column in merged:
        text = rows.get(top, {}).get(left)
        right = min(last_column, width)
        if not isinstance(text, str) or (right - left + 1 > TITLE_SHARE * width and last_row == top):
            continue
        for number in range(top, min(last_row, bottom) + 1):
            # a row that is empty but for what is merged over it holds nothing of its own
            if number in rows:
                for column in range(left, right + 1):
                    rows[number].setdefault(column, text)


def is_text(cell: Cell | None) -> bool:
    """Return whether a cell holds a text that says something."""
    return isinstance(cell, str) and bool(cell.strip())


def is_number(cell: Cell | None) -> bool:
    """Return whether a cell holds a figure; one without a usable value counts as one."""
    return isinstance(cell, Fault) or (isinstance(cell, float | int) and not isinstance(cell, bool))
