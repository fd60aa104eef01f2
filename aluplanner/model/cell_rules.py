"""Rules of a single cell: filled where required, a known choice, within its bounds (section 1 of the model page)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aluplanner.i18n import tr
from aluplanner.model.cell_text import CellTextError, show, typed
from aluplanner.model.issues import Issue, Severity
from aluplanner.model.plan import Plan
from aluplanner.model.rows import Rows, read_cell
from aluplanner.model.schema import BLANK, Column, Type, Value, fold


def check_cells(plan: Plan, rows: Rows[Any]) -> Iterator[Issue]:
    """Yield what is wrong with the single cells of a table, and with its keys."""
    yield from _check_keys(rows)
    for column in plan.columns(rows.table.name):
        if column.derived:
            continue
        if column.type is Type.VALUE:
            yield from _check_values(plan, rows, column)
            continue
        if column.required and column.name not in rows.table.key:
            yield from _check_filled(rows, column)
        if column.type is Type.CHOICE:
            yield from _check_choices(rows, column)
        elif column.is_numeric and _has_bounds(column):
            yield from _check_bounds(rows, column)
        if column.type is Type.FRACTION and column.maximum is None:
            yield from _check_plausible(rows, column)


def cell_issue(rows: Rows[Any], position: int, column: str, code: str, message: str, remedy: str) -> Issue:
    """Return an error at one cell of a table."""
    return Issue(
        Severity.ERROR,
        code,
        message,
        remedy,
        table=rows.table.name,
        row=rows.keys[position],
        column=column,
        position=position,
    )


def check_value(column: Column, value: Value) -> tuple[str, str] | None:
    """Return what is wrong with a value for a column, as (message, remedy); ``None`` if nothing is."""
    if value is None:
        return _blank(column) if column.required else None
    try:
        stored = typed(column, value)
    except CellTextError as error:
        return error.message, error.remedy
    if isinstance(stored, float) and not bool(_inside(column, np.array([stored]))[0]):
        return bounds_broken(column, stored)
    return None


def _blank(column: Column) -> tuple[str, str]:
    return tr("{title} is empty.", title=column.title), tr("Fill it in: {meaning}.", meaning=tr(column.meaning))


def _has_bounds(column: Column) -> bool:
    return not (column.minimum is None and column.maximum is None and column.above is None)


def _inside(column: Column, numbers: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return for each number whether it keeps the column's bounds; blanks (NaN) do."""
    outside = np.zeros(numbers.shape, dtype=bool)
    with np.errstate(invalid="ignore"):
        if column.minimum is not None:
            outside |= numbers < column.minimum
        if column.maximum is not None:
            outside |= numbers > column.maximum
        if column.above is not None:
            outside |= numbers <= column.above
    return ~(outside | np.isinf(numbers))


def bounds_broken(column: Column, number: float) -> tuple[str, str]:
    """Return the message and the remedy for a number outside its column's bounds."""
    message = tr("{title} is {value}.", title=column.title, value=show(column, number))
    if column.type is Type.FRACTION and number >= 2 and column.maximum is not None and number <= 100 * column.maximum:
        return message, tr("Did you mean {value}?", value=f"{number:g} %")
    return message, tr("It must be {bounds}.", bounds=bounds_text(column))


def bounds_text(column: Column) -> str:
    """Return a column's bounds in words; empty where it has none."""
    low = show(column, float(column.minimum)) if column.minimum is not None else ""
    high = show(column, float(column.maximum)) if column.maximum is not None else ""
    if column.above is not None:
        return tr("more than {low}", low=show(column, float(column.above)))
    if low and high:
        return tr("from {low} to {high}", low=low, high=high)
    if low:
        return tr("{low} or more", low=low)
    return tr("{high} or less", high=high) if high else ""


def _check_keys(rows: Rows[Any]) -> Iterator[Issue]:
    first = rows.table.key[-1]
    seen: set[str] = set()
    keys = [fold(key) for key in rows.keys]
    if len({*keys}) == len(keys) and all(key.strip("/") for key in keys):
        return
    for position, (key, folded) in enumerate(zip(rows.keys, keys, strict=True)):
        if not folded.strip("/"):
            column = next(column for column in rows.table.columns if column.name == first)
            yield cell_issue(rows, position, first, "blank-key", *_blank(column))
        elif folded in seen and rows.table.name != "overrides":
            yield cell_issue(
                rows,
                position,
                first,
                "duplicate-key",
                tr("“{key}” stands in the table twice.", key=key),
                tr("Give one of the two rows another name, or delete it."),
            )
        seen.add(folded)


def _check_filled(rows: Rows[Any], column: Column) -> Iterator[Issue]:
    for position, value in enumerate(rows.column(column.name, range(len(rows)))):
        if value is None and (position, column.name) not in rows.unread:
            yield cell_issue(rows, position, column.name, "required", *_blank(column))


def _check_choices(rows: Rows[Any], column: Column) -> Iterator[Issue]:
    values = rows.column(column.name, range(len(rows)))
    if {*values} <= {None, *column.choices}:
        return
    for position, value in enumerate(values):
        if value is not None and value not in column.choices:
            yield cell_issue(
                rows,
                position,
                column.name,
                "choice",
                tr("“{text}” is not one of the choices of {title}.", text=value, title=column.title),
                tr("Choose {choices}.", choices=", ".join(column.choices)),
            )


def _check_bounds(rows: Rows[Any], column: Column) -> Iterator[Issue]:
    numbers = rows.numbers(column.name)
    for position in np.flatnonzero(~_inside(column, numbers)):
        yield cell_issue(rows, int(position), column.name, "bounds", *bounds_broken(column, float(numbers[position])))


def _check_plausible(rows: Rows[Any], column: Column) -> Iterator[Issue]:
    """Doubt rates of 200 % and more: a bare 8 in a percent column means 800 %."""
    numbers = rows.numbers(column.name)
    for position in np.flatnonzero(numbers >= 2.0):
        message = tr("{title} is {value}.", title=column.title, value=show(column, float(numbers[position])))
        remedy = tr("Did you mean {value}?", value=f"{numbers[position]:g} %")
        issue = cell_issue(rows, int(position), column.name, "implausible", message, remedy)
        yield replace(issue, severity=Severity.WARNING)


def _check_values(plan: Plan, rows: Rows[Any], column: Column) -> Iterator[Issue]:
    """Check cells whose type depends on the row; cells that name no declaration are the table's own rules' business."""
    for position, record in enumerate(rows):
        declared = plan.record_column(record, column)
        value = read_cell(record, column.name)
        if value == BLANK or (declared.type is Type.VALUE and value is not None):
            continue
        if value is None and (position, column.name) in rows.unread:
            continue  # said already
        wrong = check_value(declared, value)
        if wrong:
            yield cell_issue(rows, position, column.name, "value", *wrong)
        elif _is_whole(rows, declared) and isinstance(value, float) and value % 1:
            yield cell_issue(
                rows,
                position,
                column.name,
                "whole",
                tr("{value} is not a whole number.", value=f"{value:g}"),
                tr("Write a whole number."),
            )


def _is_whole(rows: Rows[Any], declared: Column) -> bool:
    return rows.table.name == "plan" and declared.type is Type.NUMBER
