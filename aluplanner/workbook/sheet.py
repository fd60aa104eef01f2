"""The cells of one worksheet, as the file holds them."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import compress, islice, pairwise
from typing import Any, Final, TypeAlias

from aluplanner.i18n import tr
from aluplanner.workbook.raw.limits import LAST_COLUMN, LAST_ROW
from aluplanner.workbook.raw.packed import PackedSheet
from aluplanner.workbook.raw.values import (
    DATE,
    ERROR_VALUE,
    FAULT,
    MOMENT,
    NUMBER,
    TEXT,
    TRUE,
    UNCALCULATED,
    column_number,
    unescape,
)

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
    "unpacked",
]

_EPOCH_1900: Final = datetime(1899, 12, 30)
_EPOCH_1904: Final = datetime(1904, 1, 1)
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

    rows: list[Row]
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


def unpacked(sheet: PackedSheet, is_1904: bool) -> SheetContents:
    """Return what a sheet holds, its rows in order and its faults in words.

    Parameters
    ----------
    sheet
        The cells as they were read.
    is_1904
        Whether days count from 1904.
    """
    cells = _cells(sheet, _EPOCH_1904 if is_1904 else _EPOCH_1900)
    pairs = zip(sheet.columns.tolist(), cells, strict=True)
    lengths = zip(sheet.row_numbers, sheet.row_lengths, strict=True)
    rows = [(number, dict(islice(pairs, length))) for number, length in lengths if length]
    numbers = [number for number, _ in rows]
    if any(after <= before for before, after in pairwise(numbers)):
        rows = _in_order(rows)
    places = iter(sheet.formulas)
    return SheetContents(rows, frozenset(zip(places, places, strict=True)), tuple(sheet.merged))


def _cells(sheet: PackedSheet, epoch: datetime) -> list[Cell]:
    numbers = sheet.numbers.tolist()
    cells: list[Cell] = [*numbers]
    indexes = range(len(cells))
    for kind in set(sheet.kinds) - {NUMBER}:
        mask = sheet.kinds.translate(bytes(kind) + b"\1" + bytes(255 - kind))
        found = list(compress(numbers, mask))
        meanings = _meanings(sheet, kind, found, epoch)
        for index, cell in zip(compress(indexes, mask), map(meanings.__getitem__, found), strict=True):
            cells[index] = cell
    return cells


def _meanings(sheet: PackedSheet, kind: int, numbers: Collection[float], epoch: datetime) -> Mapping[Any, Cell]:
    """Return what the numbers of cells of a kind mean; most cells share theirs with others."""
    if kind == TEXT:
        return sheet.texts
    if kind == DATE:
        return {number: _date(epoch, number) for number in set(numbers)}
    if kind == MOMENT:
        return dict(enumerate(map(datetime.fromisoformat, sheet.moments)))
    if kind == FAULT:
        return {index: _fault(*fault) for index, fault in enumerate(sheet.faults)}
    return dict.fromkeys(numbers, kind == TRUE)


def _in_order(rows: Iterable[Row]) -> list[Row]:
    """Return rows from the top, those of one number in one."""
    together: dict[int, dict[int, Cell]] = {}
    for number, cells in rows:
        together.setdefault(number, {}).update(cells)
    return sorted(together.items())


def _date(epoch: datetime, days: float) -> Cell:
    try:
        return epoch + timedelta(days=days)
    except OverflowError:
        return Fault(
            tr("The cell is formatted as a date, but {number} is none.", number=f"{days:g}"),
            tr("Write the date again, or format the cell as a number."),
        )


def _fault(name: str, text: str) -> Fault:
    if name == UNCALCULATED:
        return Fault(
            tr("The cell holds a formula that was never calculated."),
            tr("Recalculate and save the file in Excel or LibreOffice, or write the value in place of the formula."),
        )
    if name == ERROR_VALUE:
        return Fault(
            tr("The cell shows the error {error}.", error=text),
            tr("Correct its formula, write a value, or empty the cell."),
        )
    return Fault(tr("The cell's contents, “{text}”, are damaged.", text=text), tr("Write the value again."))
