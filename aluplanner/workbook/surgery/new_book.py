"""New workbooks: the empty sheets of a plan, filled with its rows."""

from collections.abc import Iterator
from typing import Any, Final

from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.rows import Rows, read_cell
from aluplanner.model.schema import Column, Type, Value
from aluplanner.model.unread_rules import unread_reason
from aluplanner.workbook.fresh import skeleton
from aluplanner.workbook.package import Package
from aluplanner.workbook.sheet import column_letters
from aluplanner.workbook.stand_ins import note_lines
from aluplanner.workbook.surgery.book_text import BookText
from aluplanner.workbook.surgery.cell_writer import CellWriter, Entry
from aluplanner.workbook.surgery.note_parts import NoteParts
from aluplanner.workbook.surgery.row_writer import column_styles, restate_size
from aluplanner.workbook.surgery.sheet_text import SheetText
from aluplanner.workbook.surgery.style_table import StyleTable
from aluplanner.workbook.totals import note_on_row, taken_for_totals

FIRST_ROW: Final = 2


def new_package(plan: Plan, *, is_1904: bool = False) -> Package:
    """Return a workbook with every table of a plan.

    Parameters
    ----------
    plan
        The plan.
    is_1904
        Whether its days are to count from 1904, for sheets that go into a workbook whose days do.
    """
    package = Package(skeleton(plan, is_1904=is_1904))
    book = BookText(package)
    styles = StyleTable(package, book.part)
    writer = CellWriter(styles, is_1904)
    parts = book.sheets
    for name, table in TABLES.items():
        rows = plan.table(name)
        if len(rows):
            _fill(package, parts[table.title], plan, rows, writer)
    styles.save()
    return package


def _fill(package: Package, part: str, plan: Plan, rows: Rows[Any], writer: CellWriter) -> None:
    sheet = SheetText.of(package[part])
    columns = plan.columns(rows.table.name)
    styles = column_styles(sheet.head)
    written = [
        _column(plan, rows, column, number, styles.get(number, 0), writer)
        for number, column in enumerate(columns, start=1)
    ]
    for row, cells in enumerate(zip(*written, strict=True), start=FIRST_ROW):
        sheet.rows[row] = f'<row r="{row}">{"".join(cells)}</row>'
    restate_size(sheet)
    NoteParts(package, part).add(dict(_notes(plan, rows, columns)), sheet)
    package[part] = sheet.to_part()


def _column(plan: Plan, rows: Rows[Any], column: Column, number: int, style: int, writer: CellWriter) -> Iterator[str]:
    """Yield the cells of a column from the top; cells that hold nothing are left out."""
    letters = column_letters(number)
    unread = {position: kept.text for (position, name), kept in rows.unread.items() if name == column.name}
    filled = writer.filler(column, style)
    for position, record in enumerate(rows):
        place = f"{letters}{position + FIRST_ROW}"
        value: Value = read_cell(record, column.name)
        if position in unread:
            yield writer.text(place, style, unread[position])
        elif value is None or value == "":
            yield ""
        elif column.type is Type.VALUE:
            yield writer.cell(place, style, Entry(plan.record_column(record, column), value))
        else:
            yield filled(place, value)


def _notes(plan: Plan, rows: Rows[Any], columns: tuple[Column, ...]) -> Iterator[tuple[tuple[int, int], str]]:
    """Yield the last good values of cells whose texts cannot be read, by row and column."""
    numbers = {column.name: number for number, column in enumerate(columns, start=1)}
    for (position, name), kept in rows.unread.items():
        if kept.has_stand_in:
            column = plan.record_column(rows[position], columns[numbers[name] - 1])
            lines = note_lines(unread_reason(plan, rows, position, name), column, read_cell(rows[position], name))
            yield (position + FIRST_ROW, numbers[name]), lines
    key = columns[numbers[rows.table.key[0]] - 1]
    for position in taken_for_totals(rows):
        yield (position + FIRST_ROW, numbers[key.name]), note_on_row(key, rows.keys[position])
