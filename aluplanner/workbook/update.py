"""Writing a plan back into the workbook it came from, so that everything else in there stays."""

import io
import warnings
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from aluplanner.i18n import tr
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.rows import Rows, read_cell
from aluplanner.model.schema import Column, Type, Value
from aluplanner.workbook.fresh import write_table
from aluplanner.workbook.markup import PartError
from aluplanner.workbook.notes import drop_stand_ins, note_stand_ins
from aluplanner.workbook.row_match import match_rows
from aluplanner.workbook.sheet import escape
from aluplanner.workbook.sheet_rows import arrange, rearrange
from aluplanner.workbook.storable import is_blank
from aluplanner.workbook.strict import as_transitional
from aluplanner.workbook.styles import cell_at, copy_style, write_header, write_text, write_value
from aluplanner.workbook.table_reading import HEADER_ROW, TableReading
from aluplanner.workbook.tables import read_tables


def updated_workbook(source: bytes, plan: Plan) -> Workbook:
    """Return the workbook ``source`` with the plan's tables in it.

    Sheets and columns the plan does not know, widths, comments, fills and number formats stay; what
    stands beside a row follows it when rows are moved, inserted or deleted.
    """
    reading = read_tables(source)
    book = open_book(source)
    for name, table in TABLES.items():
        rows = plan.table(name)
        known = reading.tables.get(name)
        if known is not None:
            _update_table(book[known.sheet], known, plan, rows)
        elif any(not is_blank(table, record) for record in _stated(rows, ())):
            write_table(book.create_sheet(table.title), plan, rows)
    return book


def open_book(source: bytes) -> Workbook:
    """Return the workbook as openpyxl carries it; what it does not know it says nothing about.

    Raises
    ------
    PartError
        If it cannot carry it at all.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return load_workbook(io.BytesIO(as_transitional(source)), rich_text=True)
        except Exception as error:
            # styles and drawings that are not as they should be raise whatever comes to hand
            raise PartError(
                tr("the workbook it came from cannot be written back ({reason}).", reason=error),
                tr("Save the plan as a new workbook, without the sheets of the old one."),
            ) from error


def _stated(rows: Rows[Any], old: Sequence[Any]) -> tuple[Any, ...]:
    """Return the records to write: all but the blank rows at the end of a table of parameters, which reading adds."""
    table = rows.table
    records = [*rows]
    there = {table.row_key(record) for record in old}
    there |= {rows.keys[position] for position, _ in rows.unread}
    missing = [name for name in table.parameters if name not in there]
    while records and missing and records[-1] == table.record(**{table.key[0]: missing[-1]}):
        records.pop()
        missing.pop()
    return tuple(records)


def _update_table(sheet: Worksheet, reading: TableReading, plan: Plan, rows: Rows[Any]) -> None:
    records = _stated(rows, reading.records)
    matches = match_rows(rows.table, reading.records, records)
    order = arrange(reading.row_numbers, matches)
    rearrange(sheet, order, last_used=max(sheet.max_row, HEADER_ROW))
    columns = dict(reading.headers.columns) | _added_columns(sheet, reading, plan, rows)
    for position, (record, match) in enumerate(zip(records, matches, strict=True)):
        old = None if match is None else reading.records[match]
        row = order.targets[position]
        if old is None:
            _take_looks(sheet, row, order.model_row(position), reading)
        readable = {number: column for number, column in columns.items() if (position, column.name) not in rows.unread}
        _write_row(sheet, row, plan, readable, record, old)
        _write_texts(sheet, row, reading, columns, (plan, rows), (position, match))
    moved = ((order.moves.get(line), number) for line, number in reading.notes)
    drop_stand_ins(sheet, ((line, number) for line, number in moved if line is not None))
    note_stand_ins(sheet, plan, rows, columns, order.targets)
    positions = {row: position for position, row in enumerate(order.targets)}
    _drop_formulas(sheet, reading, order.moves, columns, (plan, rows), positions)


def _added_columns(sheet: Worksheet, reading: TableReading, plan: Plan, rows: Rows[Any]) -> dict[int, Column]:
    """Add a header for each column that the sheet lacks and that has something to hold."""
    known = reading.headers.numbers()
    added: dict[int, Column] = {}
    number = max(sheet.max_column, reading.headers.last)
    with_text = {name for _, name in rows.unread}
    model = sheet.cell(HEADER_ROW, max(reading.headers.last, 1))
    for column in plan.columns(reading.table.name):
        if column.derived or column.name in known:
            continue
        if column.name in with_text or any(read_cell(record, column.name) is not None for record in rows):
            number += 1
            added[number] = column
            cell = cell_at(sheet, HEADER_ROW, number)
            write_header(cell, column.header)
            copy_style(cell, model)
            sheet.column_dimensions[cell.column_letter].width = column.width + 2
    return added


def _take_looks(sheet: Worksheet, row: int, model: int | None, reading: TableReading) -> None:
    """Give a new row the looks of a row that is there."""
    if model is None:
        return
    for number in range(1, max(sheet.max_column, reading.headers.last) + 1):
        copy_style(cell_at(sheet, row, number), sheet.cell(model, number))
    if sheet.row_dimensions[model].height is not None:
        sheet.row_dimensions[row].height = sheet.row_dimensions[model].height


def _write_row(sheet: Worksheet, row: int, plan: Plan, columns: dict[int, Column], record: Any, old: Any) -> None:
    """Write the cells of a record that changed; the others keep the form the planner gave them."""
    for number, column in columns.items():
        value = read_cell(record, column.name)
        before = None if old is None else read_cell(old, column.name)
        if value in (None, "") and before in (None, ""):
            continue
        declared = plan.record_column(record, column)
        if (
            value != before
            or (column.type is Type.VALUE and declared != plan.record_column(old, column))
            or _is_mangled(value)
        ):
            write_value(cell_at(sheet, row, number), declared, value)


def _write_texts(
    sheet: Worksheet,
    row: int,
    reading: TableReading,
    columns: dict[int, Column],
    stated: tuple[Plan, Rows[Any]],
    places: tuple[int, int | None],
) -> None:
    """Write the texts of a row that could not be read, and the values of cells where there is one no longer.

    ``stated`` are the plan and the rows of the table, ``places`` the index of the row and that of the record it
    continues.
    """
    plan, rows = stated
    position, match = places
    for number, column in columns.items():
        text = rows.unread_at(position, column.name)
        before = None if match is None else reading.unreadable.get((match, column.name))
        if text is not None and (text != before or _is_mangled(text)):
            write_text(cell_at(sheet, row, number), text)
        elif text is None and before is not None:
            value, declared = read_cell(rows[position], column.name), plan.record_column(rows[position], column)
            write_value(cell_at(sheet, row, number), declared, None if value == "" else value)


def _is_mangled(value: Value) -> bool:
    """Return whether openpyxl changes a text by reading it: it takes some for escapes of control characters."""
    return isinstance(value, str) and escape(value) != value


def _drop_formulas(
    sheet: Worksheet,
    reading: TableReading,
    moves: dict[int, int],
    columns: dict[int, Column],
    stated: tuple[Plan, Rows[Any]],
    positions: dict[int, int],
) -> None:
    """Replace formulas in the plan's own cells by their values: saving keeps no calculated value beside a formula.

    ``stated`` are the plan and the rows of the table, ``positions`` the index of the row by its line in the sheet.
    """
    plan, rows = stated
    for line, number in reading.formulas:
        target = moves.get(line)
        column = columns.get(number)
        if target not in positions or column is None or column.derived:
            continue
        record, cell = rows[positions[target]], cell_at(sheet, target, number)
        text = rows.unread_at(positions[target], column.name)
        if text is None:
            write_value(cell, plan.record_column(record, column), read_cell(record, column.name))
        else:
            write_text(cell, text)
