"""Reading all cells of a column at once: a text that stands in it many times is read once."""

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from aluplanner.i18n import tr
from aluplanner.model.cell_text import CellTextError, clean_text, has_unit
from aluplanner.model.schema import Column, Type, Value
from aluplanner.model.units import to_plan
from aluplanner.workbook.cells import read_cell
from aluplanner.workbook.sheet import Cell

_REPEATED: Final = (str, datetime)
_NUMBERS: Final = frozenset({float, type(None)})
_TEXTS: Final = frozenset({str, type(None)})
_CACHED: Final = frozenset({*_REPEATED, type(None)})


def read_column(
    column: Column, cells: Sequence[Cell | None], factor: float | None = None
) -> tuple[list[Value], dict[int, CellTextError]]:
    """Return what the cells of a column mean, and why some cannot be read, by their index.

    Parameters
    ----------
    column
        The column.
    cells
        Its cells, ``None`` for empty ones.
    factor
        By what its figures are multiplied to be in the column's unit; one with its own unit behind it is not.
    """
    kinds = {*map(type, cells)}
    if factor is None and column.is_numeric and kinds <= _NUMBERS:
        return list(cells), {}  # type: ignore[arg-type]
    if column.type is Type.TEXT and kinds <= _TEXTS:
        return _read_texts(cells), {}  # type: ignore[arg-type]
    read: dict[Any, Value] = {None: None}
    faults: dict[Any, CellTextError] = {}
    for cell in {*cells}:
        if not isinstance(cell, _REPEATED):
            continue
        try:
            read[cell] = _read(column, cell, factor)
        except CellTextError as error:
            read[cell] = None
            faults[cell] = error
    wrong = {index: faults[cell] for index, cell in enumerate(cells) if cell in faults} if faults else {}
    if kinds <= _CACHED:
        return [read[cell] for cell in cells], wrong
    return _read_mixed(column, cells, factor, read, wrong), wrong


def _read_texts(cells: Sequence[str | None]) -> list[Value]:
    if "".join(filter(None, cells)).isprintable():  # as clean_text does with each
        return [cell.strip() or None if cell else None for cell in cells]
    return [clean_text(cell) or None if cell else None for cell in cells]


def _read_mixed(
    column: Column,
    cells: Sequence[Cell | None],
    factor: float | None,
    read: dict[Any, Value],
    wrong: dict[int, CellTextError],
) -> list[Value]:
    """Return what cells of several kinds mean; those that cannot be read are added to ``wrong``."""
    values: list[Value] = []
    for index, cell in enumerate(cells):
        value: Value = None
        if cell is None or isinstance(cell, _REPEATED):
            value = read[cell]
        else:
            try:
                value = _read(column, cell, factor)
            except CellTextError as error:
                wrong[index] = error
        values.append(value)
    return values


def _read(column: Column, cell: Cell, factor: float | None) -> Value:
    value = read_cell(column, cell)
    if factor is None or not isinstance(value, float) or (isinstance(cell, str) and has_unit(cell)):
        return value
    converted = to_plan(value, factor)
    if math.isinf(converted):
        raise CellTextError(tr("“{text}” is too large.", text=f"{value:g}"), tr("Write a finite number."))
    return converted
