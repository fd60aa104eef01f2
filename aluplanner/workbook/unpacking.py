"""The cells of a sheet as values, from the form in which they were read and handed over."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import compress, islice, pairwise
from typing import Any, Final

from aluplanner.i18n import tr
from aluplanner.workbook.grid import GridRows
from aluplanner.workbook.raw.packed import PackedSheet, Strip
from aluplanner.workbook.raw.values import DATE, ERROR_VALUE, FAULT, MOMENT, NUMBER, TEXT, TRUE, UNCALCULATED
from aluplanner.workbook.sheet import Cell, Fault, Row, SheetContents

_EPOCH_1900: Final = datetime(1899, 12, 30)
_EPOCH_1904: Final = datetime(1904, 1, 1)
_SPARSE: Final = 8
"""Rows are held column by column only if one of so many places for cells is filled."""


def unpacked(sheet: PackedSheet, is_1904: bool) -> SheetContents:
    """Return what a sheet holds, its rows in order and its faults in words.

    Parameters
    ----------
    sheet
        The cells as they were read.
    is_1904
        Whether days count from 1904.
    """
    epoch = _EPOCH_1904 if is_1904 else _EPOCH_1900
    rows = _rows(sheet, epoch)
    places = iter(sheet.formulas)
    formulas = frozenset(zip(places, places, strict=True))
    return SheetContents(_with_strips(sheet, rows, epoch) if sheet.strips else rows, formulas, tuple(sheet.merged))


def _rows(sheet: PackedSheet, epoch: datetime) -> list[Row]:
    """Return the rows that are not told column by column."""
    cells = _cells(sheet, epoch)
    pairs = zip(sheet.columns.tolist(), cells, strict=True)
    lengths = zip(sheet.row_numbers, sheet.row_lengths, strict=True)
    rows = [(number, dict(islice(pairs, length))) for number, length in lengths if length]
    return rows if _ascend([number for number, _ in rows]) else _in_order(rows)


def _ascend(numbers: Sequence[int]) -> bool:
    return all(before < after for before, after in pairwise(numbers))


def _with_strips(sheet: PackedSheet, rows: list[Row], epoch: datetime) -> Sequence[Row]:
    """Return all rows, those that are told column by column among the others."""
    columns = _columns(sheet, epoch)
    lines = sheet.lines.tolist()
    others = {column for _, cells in rows for column in cells}
    count = len(sheet.kinds) + sum(len(strip.values) for strip in sheet.strips)
    if len(others | columns.keys()) * (len(rows) + len(lines)) > _SPARSE * count:
        return sorted([*rows, *GridRows(lines, columns)], key=lambda row: row[0])
    blank: list[Cell | None] = [None] * len(lines)
    together = {
        column: [*(cells.get(column) for _, cells in rows), *columns.get(column, blank)]
        for column in sorted(others | columns.keys())
    }
    numbers = [*(number for number, _ in rows), *lines]
    if not _ascend(numbers):
        order = sorted(range(len(numbers)), key=numbers.__getitem__)
        numbers = [numbers[place] for place in order]
        together = {column: [cells[place] for place in order] for column, cells in together.items()}
    return GridRows(numbers, together)


def _columns(sheet: PackedSheet, epoch: datetime) -> dict[int, list[Cell | None]]:
    """Return the cells that are told column by column."""
    columns: dict[int, list[Cell | None]] = {}
    for strip in sheet.strips:
        values = _strip_cells(sheet, strip, epoch)
        column = columns.get(strip.column)
        if 0 not in strip.mask:
            column = [*values]
        elif column is None:
            column = [next(values) if is_there else None for is_there in strip.mask]
        else:
            for place, cell in zip(compress(range(len(column)), strip.mask), values, strict=True):
                column[place] = cell
        columns[strip.column] = column
    return dict(sorted(columns.items()))


def _strip_cells(sheet: PackedSheet, strip: Strip, epoch: datetime) -> Iterator[Cell]:
    values = strip.values.tolist()
    if strip.kind == NUMBER:
        return iter(values)
    return map(_meanings(sheet, strip.kind, values, epoch).__getitem__, values)


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
