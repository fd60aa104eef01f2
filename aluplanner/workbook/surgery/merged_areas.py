"""Merged cells that speak for several rows of a table, taken apart where the rows go different ways."""

import re
from collections.abc import Iterator
from typing import Final

from aluplanner.workbook.surgery.references import Area, references
from aluplanner.workbook.surgery.sheet_ranges import unmerged
from aluplanner.workbook.surgery.sheet_text import SheetText
from aluplanner.workbook.surgery.table_change import TableChange

_MERGE = re.compile(r'<mergeCell\b[^>]*\sref="([^"]+)"')
_BLANK: Final = (None, "")


def open_filled(change: TableChange, sheet: SheetText) -> None:
    """Take apart the merged cells that speak for rows that no longer all stand below each other or say the same.

    Each row then states its value itself.

    Parameters
    ----------
    change
        What changes in the sheet; the values are added to its entries.
    sheet
        The sheet as it was.
    """
    filled = change.reading.filled
    if not filled:
        return
    gone = []
    for name, area in _areas(sheet):
        cells = [(row, column) for row, column in filled if _holds(area, row, column)]
        if cells and (change.map.is_torn(area.top, area.bottom) or _is_written(change, area)):
            gone.append(name)
            _state(change, cells)
    sheet.tail = unmerged(sheet.tail, lambda name: name in gone)


def open_written(change: TableChange, sheet: SheetText) -> None:
    """Take apart the merged cells that would hide an entry; the rows of the sheet are in their new places."""
    written = [place for place, entry in change.entries.items() if entry.value not in _BLANK]
    if not written:
        return
    hidden = set()
    for name, area in _areas(sheet):
        first = area.top, area.left
        if any(place != first and _holds(area, *place) for place in written):
            hidden.add(name)
    sheet.tail = unmerged(sheet.tail, lambda name: name in hidden)


def _areas(sheet: SheetText) -> Iterator[tuple[str, Area]]:
    for name in _MERGE.findall(sheet.tail):
        for area in references(name, "").areas:
            yield name, area


def _holds(area: Area, row: int, column: int) -> bool:
    return area.top <= row <= area.bottom and area.left <= column <= area.right


def _is_written(change: TableChange, area: Area) -> bool:
    rows = [change.map.row(row) for row in range(area.top, area.bottom + 1)]
    return any((row, area.left) in change.entries for row in rows if row is not None)


def _state(change: TableChange, cells: list[tuple[int, int]]) -> None:
    positions = {row: position for position, row in enumerate(change.map.targets)}
    for line, number in cells:
        row = change.map.row(line)
        if row is None or row not in positions or (row, number) in change.entries:
            continue
        entry = change.value_entry(positions[row], number)
        if entry is not None:
            change.entries[row, number] = entry
