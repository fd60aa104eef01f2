"""Cells of a workbook as values of the plan, and back."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final, TypeAlias

from aluplanner.i18n import tr
from aluplanner.model.calendar import FIRST_YEAR, LAST_YEAR, Month
from aluplanner.model.cell_text import CellTextError, clean_number, clean_text, parse
from aluplanner.model.schema import BLANK, Column, Type, Value
from aluplanner.workbook.sheet import Cell, Fault, escape

LONGEST_TEXT: Final = 32_767
"""Characters that a cell of a workbook can hold."""

Native: TypeAlias = str | float | bool | date | None
"""What is put into a cell of a workbook."""


def read_cell(column: Column, cell: Cell | None) -> Value:
    """Return what a cell means in a column; ``None`` for an empty one.

    Raises
    ------
    CellTextError
        If the column cannot hold it.
    """
    if cell is None:
        return None
    return _READERS[type(cell)](column, cell)


def read_untyped(cell: Cell) -> Value:
    """Return the value of a cell that stands in no declared column.

    Raises
    ------
    CellTextError
        If the cell has no value.
    """
    if isinstance(cell, Fault):
        raise CellTextError(cell.message, cell.remedy)
    if isinstance(cell, datetime):
        return Month.of(cell.year, cell.month) if cell.day == 1 else _date_text(cell)
    return (clean_text(cell) or None) if isinstance(cell, str) else cell


def read_value_cell(declared: Column, cell: Cell) -> Value:
    """Return the value of a cell whose type the row decides; where the row names none, as it is.

    Raises
    ------
    CellTextError
        If the cell has no value at all, or one of another type.
    """
    value = read_untyped(cell)
    return value if value == BLANK or declared.type is Type.VALUE else read_cell(declared, cell)


def cell_words(cell: Cell) -> str | None:
    """Return a cell as text, ``None`` for one without a usable value."""
    if isinstance(cell, Fault):
        return None
    if isinstance(cell, datetime):
        return _date_text(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return cell if isinstance(cell, str) else f"{cell:.16g}"


def native(column: Column, value: Value) -> Native:
    """Return what is put into a workbook's cell for a value."""
    if isinstance(value, bool):
        # a yes/no without a declared column stays what it is
        return ("yes" if value else "no") if column.type is Type.YES_NO else value
    if isinstance(value, Month):
        return date(value.year, value.month, 1)
    return escape(value) if isinstance(value, str) else value


def storable(column: Column, value: Value) -> Value:
    """Return a value as it comes back when the workbook is read again: clean text, 16 digits, the column's own type."""
    if isinstance(value, str):
        value = clean_text(value)
    if value is None or value == "":
        return None
    if isinstance(value, Month):
        return read_value_cell(column, datetime(value.year, value.month, 1))
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = clean_number(float(value))
    try:
        return read_value_cell(column, value)
    except CellTextError:
        return value  # of another type, as the row names another cell now; the rules report it


def _read_number(column: Column, cell: float) -> Value:
    if column.is_numeric:
        return cell
    if column.type is Type.MONTH:
        raise CellTextError(
            tr("A month is due here, not the number {number}.", number=f"{cell:.16g}"),
            tr("Write it as 2017-06, or format the cell as a date."),
        )
    return parse(column, f"{cell:.16g}")


def _read_text(column: Column, cell: str) -> Value:
    text = clean_text(cell)
    return parse(column, text) if text else None


def _read_truth(column: Column, cell: bool) -> Value:
    if column.type is Type.YES_NO:
        return cell
    return parse(column, "TRUE" if cell else "FALSE")


def _read_date(column: Column, cell: datetime) -> Value:
    if column.type is Type.MONTH:
        if FIRST_YEAR <= cell.year <= LAST_YEAR:
            return Month.of(cell.year, cell.month)
        raise CellTextError(
            tr("The date {date} cannot be right.", date=_date_text(cell)),
            tr("Write a month between {first} and {last}.", first=FIRST_YEAR, last=LAST_YEAR),
        )
    if column.is_numeric:
        raise CellTextError(
            tr("A number is due here, not the date {date}.", date=_date_text(cell)),
            tr("Format the cell as a number and write the figure again."),
        )
    return parse(column, _date_text(cell))


def _date_text(cell: datetime) -> str:
    return cell.isoformat(sep=" ", timespec="minutes") if cell.hour or cell.minute else cell.date().isoformat()


def _refuse(_: Column, cell: Fault) -> Value:
    raise CellTextError(cell.message, cell.remedy)


_READERS: Final[dict[type, Callable[[Column, Any], Value]]] = {
    float: _read_number,
    str: _read_text,
    bool: _read_truth,
    datetime: _read_date,
    Fault: _refuse,
}
