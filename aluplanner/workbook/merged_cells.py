"""Merged cells among the rows of a table: what stands in the first one is said of all the rows it spans."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from aluplanner.model.schema import Column, Type
from aluplanner.model.units import MASS, read_unit
from aluplanner.workbook.sheet import Row

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column."""


def filled_rows(
    columns: Mapping[int, Column], key: str, rows: Sequence[Row], merged: Sequence[Area]
) -> tuple[list[Row], frozenset[tuple[int, int]], list[tuple[int, int]]]:
    """Return the rows with what merged cells say of each of them.

    A province that spans five plants is the province of all five. Tonnes are not repeated: a merged figure may be that
    of all the rows together, so that it counts for the first one alone. A cell that is covered and still holds
    something keeps it.

    Parameters
    ----------
    columns
        What the columns of the sheet hold, by their numbers.
    key
        The name of the column that names the rows; it is never filled.
    rows
        The rows of the table.
    merged
        The merged areas of the sheet.

    Returns
    -------
    tuple
        The rows, the cells, by (row, column), that were filled, and the first cells of merged figures that count once.
    """
    lines = [line for line, _ in rows]
    made: list[Row] = [*rows]
    filled: set[tuple[int, int]] = set()
    doubtful: list[tuple[int, int]] = []
    for first, number, last in _upright(columns, merged):
        start, end = bisect_left(lines, first), bisect_right(lines, last)
        if start == len(lines) or lines[start] != first or end - start < 2 or number not in rows[start][1]:
            continue
        if _is_counted_once(columns[number], key):
            doubtful.append((first, number))
            continue
        cell = rows[start][1][number]
        for index in range(start + 1, end):
            line, cells = made[index]
            if number not in cells:
                made[index] = line, {**cells, number: cell}
                filled.add((line, number))
    return made, frozenset(filled), doubtful


def _upright(columns: Mapping[int, Column], merged: Sequence[Area]) -> Iterator[tuple[int, int, int]]:
    """Yield the areas of several rows as (first row, column, last row); none that overlaps an earlier one."""
    ends: dict[int, int] = {}
    for first, number, last, _ in sorted(merged):
        if number in columns and last > first > ends.get(number, 0):
            ends[number] = last
            yield first, number, last


def _is_counted_once(column: Column, key: str) -> bool:
    unit = read_unit(column.unit)
    return column.name == key or (column.type is Type.NUMBER and unit is not None and unit.kind == MASS)
