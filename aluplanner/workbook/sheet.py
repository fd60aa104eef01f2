"""The cells of one worksheet, as the file holds them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from aluplanner.workbook.raw.limits import LAST_COLUMN, LAST_ROW
from aluplanner.workbook.raw.values import column_number, unescape

__all__ = [
    "LAST_COLUMN",
    "LAST_ROW",
    "Cell",
    "Fault",
    "Row",
    "SheetContents",
    "column_letters",
    "column_number",
    "escape",
    "unescape",
]

_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell without a usable value: ``message`` says why, ``remedy`` what to do."""

    message: str
    remedy: str


Cell: TypeAlias = str | float | bool | datetime | Fault
Row: TypeAlias = tuple[int, dict[int, Cell]]
"""A row's number in the sheet, and its cells by column number; both count from 1, empty cells are left out."""


@dataclass(frozen=True, slots=True)
class SheetContents:
    """What a worksheet holds.

    Attributes
    ----------
    rows
        Its rows from the top.
    formulas
        Which cells, by (row, column), are formulas.
    merged
        The merged ranges as (first row, first column, last row, last column); one may span the whole grid.
    """

    rows: Sequence[Row]
    formulas: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()


def escape(text: str) -> str:
    """Return text in which nothing is taken for an escape of a control character when it is read."""
    return _LOOKS_ESCAPED.sub("_x005F_", text) if "_x" in text else text


def column_letters(number: int) -> str:
    """Return ``A`` for 1, ``AA`` for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
