"""Blocks of cells and how formulas speak of them."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Final

_PLAIN: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


@cache
def letters(column: int) -> str:
    """Return the letters of a column, counted from 1."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def prefix(sheet: str) -> str:
    """Return what stands before a reference to another sheet: ``'Plants now'!``."""
    return f"{sheet}!" if set(sheet) <= _PLAIN else f"'{sheet}'!"


@dataclass(frozen=True, slots=True)
class Area:
    """A block of cells; rows and columns of the sheet are counted from 1, those inside the block from 0.

    References are written as they stand in a formula of the first cell that uses them: what is not fixed with ``$``
    moves along when the formula is filled down or to the right.

    Attributes
    ----------
    sheet
        Name of the sheet.
    top, left
        Its first row and column.
    rows, columns
        Its size.
    """

    sheet: str
    top: int
    left: int
    rows: int
    columns: int

    def at(self, row: int = 0, column: int = 0, fix: str = "") -> str:
        """Return a reference to one cell; ``fix`` names what does not move: ``c``, ``r`` or ``cr``."""
        return f"{prefix(self.sheet)}{_cell(self.top + row, self.left + column, fix)}"

    def row(self, row: int = 0, fix: str = "c") -> str:
        """Return a reference to a whole row of the block; its columns stand still."""
        return self._range(self.top + row, self.left, self.top + row, self.left + self.columns - 1, fix)

    def column(self, column: int = 0, fix: str = "r") -> str:
        """Return a reference to a whole column of the block; its rows stand still."""
        place = self.left + column
        return self._range(self.top, place, self.top + self.rows - 1, place, fix)

    def whole(self, fix: str = "cr") -> str:
        """Return a reference to all of it."""
        return self._range(self.top, self.left, self.top + self.rows - 1, self.left + self.columns - 1, fix)

    def _range(self, top: int, left: int, bottom: int, right: int, fix: str) -> str:
        return f"{prefix(self.sheet)}{_cell(top, left, fix)}:{_cell(bottom, right, fix)}"

    def part_row(self, row: int) -> "Area":
        """Return one row of the block as a block."""
        return replace(self, top=self.top + row, rows=1)

    def part_column(self, column: int) -> "Area":
        """Return one column of the block as a block."""
        return replace(self, left=self.left + column, columns=1)


def _cell(row: int, column: int, fix: str) -> str:
    return f"{'$' * ('c' in fix)}{letters(column)}{'$' * ('r' in fix)}{row}"
