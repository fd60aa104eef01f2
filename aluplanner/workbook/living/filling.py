"""A formula that is written for one cell and filled over a block, as a planner would fill it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from aluplanner.workbook.living.area import letters

_QUOTED: Final = re.compile(r"""("(?:[^"]|"")*"|'(?:[^']|'')*'!)""")
_REFERENCE: Final = re.compile(r"(?<![A-Za-z0-9_.$])(\$?)([A-Z]{1,3})(\$?)([1-9][0-9]{0,6})(?![A-Za-z0-9_(.])")
_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "%": "%%"})


@dataclass(frozen=True, slots=True)
class _Row:
    """A row number that moves along."""

    number: int


@dataclass(frozen=True, slots=True)
class Filling:
    """A formula taken apart into fixed texts, row numbers and columns that move along.

    Attributes
    ----------
    parts
        Texts, in which a column that moves is ``%s``, and rows that move, in order.
    columns
        The columns that move, in order, counted from 1.
    """

    parts: tuple[str | _Row, ...]
    columns: tuple[int, ...]

    def in_row(self, down: int) -> str:
        """Return the formula so many rows further down, escaped for XML, with ``%s`` for each column that moves."""
        return "".join(part if isinstance(part, str) else str(part.number + down) for part in self.parts)

    def letters(self, right: int) -> tuple[str, ...]:
        """Return the letters of the columns that move, so many columns further to the right."""
        return tuple(letters(column + right) for column in self.columns)


@lru_cache(maxsize=2048)
def filling(formula: str) -> Filling:
    """Return a formula ready to be filled; it begins with ``=`` and is written for the first cell."""
    parts: list[str | _Row] = []
    columns: list[int] = []
    for piece in _pieces(formula.removeprefix("=")):
        if isinstance(piece, str):
            parts.append(piece.translate(_ESCAPES))
            continue
        fixed_column, column, fixed_row, row = piece.groups()
        if fixed_column:
            parts.append(f"${column}")
        else:
            columns.append(column_number(column))
            parts.append("%s")
        parts.append(f"${row}" if fixed_row else _Row(int(row)))
    return Filling(tuple(parts), tuple(columns))


def _pieces(formula: str) -> Iterator[str | re.Match[str]]:
    """Yield the texts and the references of a formula in order."""
    for place, piece in enumerate(_QUOTED.split(formula)):
        if place % 2:
            yield piece
            continue
        end = 0
        for found in _REFERENCE.finditer(piece):
            yield piece[end : found.start()]
            yield found
            end = found.end()
        yield piece[end:]


def column_number(name: str) -> int:
    """Return the number of a column, counted from 1, by its letters."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number
