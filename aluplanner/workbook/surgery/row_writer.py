"""The rows of a sheet moved, inserted and deleted, and entries put into their cells."""

import re
from collections.abc import Mapping
from typing import Final

from aluplanner.workbook.sheet import LAST_ROW, column_letters, column_number
from aluplanner.workbook.surgery.cell_writer import CellWriter, Entry, blank_cell, style_of
from aluplanner.workbook.surgery.markup_text import attributes, with_attributes
from aluplanner.workbook.surgery.row_map import RowMap
from aluplanner.workbook.surgery.sheet_text import (
    SheetText,
    cell_place,
    cells_of,
    make_row,
    moved_row,
    row_start,
)

_COLUMNS = re.compile(r"<cols\b[^>]*>(.*?)</cols>", re.DOTALL)
_COLUMN = re.compile(r"<col\b[^>]*>")
_DATA: Final = "<sheetData"
_DIMENSION = re.compile(r"<dimension\b[^>]*>")
_PLACE = re.compile(r"([A-Z]{1,3})(\d+)")
_NOT_COPIED: Final[dict[str, str | None]] = dict.fromkeys(("hidden", "collapsed"))


def move_rows(sheet: SheetText, mapped: RowMap) -> None:
    """Move the rows of a sheet; new ones take the height and the styles of their models."""
    before = sheet.rows
    rows: dict[int, str] = {}
    for number, row in before.items():
        target = mapped.row(number)
        if target is not None and target <= LAST_ROW:
            rows[target] = row if target == number else moved_row(row, target)
    for target, model in mapped.models.items():
        copied = before.get(model)
        if copied is not None:
            start = with_attributes(row_start(copied), _NOT_COPIED)
            cells = ((column, style_of(cell)) for column, cell in cells_of(copied).items())
            looks = [(column, blank_cell(cell_place(column, target), style)) for column, style in cells if style]
            rows[target] = make_row(start, target, looks)
    sheet.rows = dict(sorted(rows.items()))


def put_entries(sheet: SheetText, entries: Mapping[tuple[int, int], Entry], writer: CellWriter) -> None:
    """Put entries into cells, given by (row, column); each keeps the style it has, or takes that of its column."""
    by_row: dict[int, dict[int, Entry]] = {}
    for (row, number), entry in entries.items():
        by_row.setdefault(row, {})[number] = entry
    columns = column_styles(sheet.head)
    for row, given in by_row.items():
        text = sheet.rows.get(row, "<row>")
        start, cells = row_start(text), cells_of(text)
        own = attributes(start)
        whole = int(own["s"]) if own.get("customFormat") in ("1", "true") and own.get("s", "").isdecimal() else None
        for number, entry in given.items():
            before = cells.get(number)
            style = style_of(before) if before else columns.get(number, 0) if whole is None else whole
            cells[number] = writer.cell(cell_place(number, row), style, entry)
        sheet.rows[row] = make_row(start, row, cells.items())


def add_titles(
    sheet: SheetText, row: int, last: int, titles: Mapping[int, tuple[str, int]], writer: CellWriter
) -> None:
    """Write the headers of columns that the sheet lacked, in the looks of the last one it has.

    Parameters
    ----------
    sheet
        The sheet.
    row
        The row of its headers.
    last
        The number of the last column with a header.
    titles
        The headers by column number, each with the width of its column.
    writer
        Writes cells.
    """
    text = sheet.rows.get(row, "<row>")
    cells = cells_of(text)
    style = style_of(cells.get(last, ""))
    for number, (title, width) in titles.items():
        cells[number] = writer.text(cell_place(number, row), style, title)
        _widen(sheet, number, width)
    sheet.rows[row] = make_row(row_start(text), row, cells.items())


def column_styles(head: str) -> dict[int, int]:
    """Return the style of each column of a sheet that has one."""
    found = _COLUMNS.search(head)
    styles: dict[int, int] = {}
    for tag in _COLUMN.findall(found[1]) if found else ():
        given = attributes(tag)
        if given.get("style", "0") != "0":
            first, last = int(given["min"]), int(given["max"])
            styles.update(dict.fromkeys(range(first, last + 1), int(given["style"])))
    return styles


def restate_size(sheet: SheetText) -> None:
    """Let the sheet state which cells it uses, if it states that at all."""
    found = _DIMENSION.search(sheet.head)
    if found is None:
        return
    places = _PLACE.findall(attributes(found[0]).get("ref", "A1"))
    left = min((column_number(letters) for letters, _ in places), default=1)
    right = max([left, sheet.last_column, *(column_number(letters) for letters, _ in places)])
    top = min((int(row) for _, row in places), default=1)
    size = f"{column_letters(left)}{top}:{column_letters(right)}{max(sheet.last_row, top)}"
    if size != attributes(found[0]).get("ref"):
        tag = with_attributes(found[0], {"ref": size})
        sheet.head = sheet.head[: found.start()] + tag + sheet.head[found.end() :]


def _widen(sheet: SheetText, number: int, width: int) -> None:
    """Give a column a width, unless it has one."""
    found = _COLUMNS.search(sheet.head)
    tag = f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
    if found is None:
        at = sheet.head.rindex(_DATA)
        sheet.head = f"{sheet.head[:at]}<cols>{tag}</cols>{sheet.head[at:]}"
        return
    tags = _COLUMN.findall(found[1])
    spans = [(int(given["min"]), int(given["max"])) for given in map(attributes, tags)]
    if any(first <= number <= last for first, last in spans):
        return
    at = sum(last < number for _, last in spans)
    written = "".join([*tags[:at], tag, *tags[at:]])
    sheet.head = sheet.head[: found.start(1)] + written + sheet.head[found.end(1) :]
