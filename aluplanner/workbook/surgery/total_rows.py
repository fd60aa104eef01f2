"""Sums that a planner typed in as figures: they go on being sums when what they sum up changes."""

import re
from collections.abc import Iterator, Sequence

from aluplanner.model.schema import Column, Type
from aluplanner.model.units import MASS, read_unit
from aluplanner.workbook.surgery.sheet_text import SheetText, cells_of
from aluplanner.workbook.surgery.table_change import TableChange

_FIGURE = re.compile(r"<c [^>]*>\s*<v>([^<]+)</v>\s*</c>")
_TYPED = re.compile(r'<c [^>]*\st="(?!n")')
_TOLERANCE = 0.005


def add_totals(change: TableChange, sheet: SheetText) -> None:
    """Add the figures of the rows of sums, where those they sum up are others now.

    Formulas are left alone: they follow by themselves.

    Parameters
    ----------
    change
        What changes in the sheet; the figures are added to its entries.
    sheet
        The sheet as it was.
    """
    reading = change.reading
    for line in reading.totals:
        target = change.map.row(line)
        cells = cells_of(sheet.rows.get(line, ""))
        for number, column in reading.headers.columns.items():
            figure = _figure(cells.get(number, ""))
            if target is None or not figure or not _is_summed(column) or (line, number) in reading.formulas:
                continue
            figure *= reading.headers.factors.get(number, 1.0)
            before = _spans(line, reading.totals, reading.row_numbers, _values(reading.records, column))
            after = _spans(target, _moved(change), change.map.targets, _values(change.records, column))
            for old, new in zip(before, after, strict=True):
                if abs(old - figure) <= _TOLERANCE * abs(figure):
                    if abs(new - old) > 1e-9 * abs(figure):
                        change.entries[target, number] = change.entry(number, column, float(f"{new:.15g}"))
                    break


def _figure(cell: str) -> float:
    found = _FIGURE.fullmatch(cell)
    if found is None or _TYPED.match(cell):
        return 0.0
    try:
        return float(found[1])
    except ValueError:
        return 0.0


def _is_summed(column: Column) -> bool:
    unit = read_unit(column.unit)
    return column.type is Type.NUMBER and unit is not None and unit.kind == MASS


def _values(records: Sequence[object], column: Column) -> list[float]:
    values = (getattr(record, column.name, None) for record in records)
    return [value if isinstance(value, float) else 0.0 for value in values]


def _moved(change: TableChange) -> list[int]:
    return [row for line in change.reading.totals if (row := change.map.row(line)) is not None]


def _spans(line: int, totals: Sequence[int], lines: Sequence[int], values: Sequence[float]) -> Iterator[float]:
    """Return what the figures above a row, around it and below it add up to, to the next sums and to the ends."""
    before = max((other for other in totals if other < line), default=0)
    after = min((other for other in totals if other > line), default=1 << 30)
    for first, last in ((before, line), (0, line), (0, 1 << 30), (line, after), (line, 1 << 30)):
        yield sum(value for row, value in zip(lines, values, strict=True) if first < row < last)
