"""A new workbook from a plan: every table, styled, with drop-downs, bounds and comments."""

from typing import Any, Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.rows import Rows, read_cell
from aluplanner.model.schema import Column, Type
from aluplanner.workbook.notes import note_stand_ins
from aluplanner.workbook.styles import add_validation, cell_at, offer, style_headers, write_text, write_value

_SPARE_ROWS: Final = 500
"""Rows below the last one in which drop-downs work."""


def new_workbook(plan: Plan) -> Workbook:
    """Return a workbook with every table of the plan."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    for name, table in TABLES.items():
        write_table(book.create_sheet(table.title), plan, plan.table(name))
    show_first(book, TABLES["plants"].title)
    book.properties.creator = str(plan.fact("Author") or "AluPlanner")
    book.properties.title = plan.title or None
    return book


def show_first(book: Workbook, title: str) -> None:
    """Let the workbook open at one sheet, and with no other sheet selected beside it."""
    book.active = book.sheetnames.index(title)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == title


def write_table(sheet: Worksheet, plan: Plan, rows: Rows[Any]) -> None:
    """Fill an empty sheet with a table."""
    columns = plan.columns(rows.table.name)
    style_headers(sheet, columns)
    numbers = {column.name: number for number, column in enumerate(columns, start=1)}
    for row, record in enumerate(rows, start=2):
        write_record(sheet, row, plan, columns, record)
    for (position, name), kept in rows.unread.items():
        write_text(cell_at(sheet, position + 2, numbers[name]), kept.text)
    note_stand_ins(sheet, plan, rows, dict(enumerate(columns, start=1)), range(2, len(rows) + 2))
    last = len(rows) + 1 + _SPARE_ROWS
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        add_validation(sheet, column, f"{letter}2:{letter}{last}")
        _offer_names(sheet, rows.table.name, column, f"{letter}2:{letter}{last}")
    if rows.table.parameters:
        _validate_parameters(sheet, plan, rows, columns)


def write_record(sheet: Worksheet, row: int, plan: Plan, columns: tuple[Column, ...], record: Any) -> None:
    """Write one record into a row, the columns side by side from the left."""
    for number, column in enumerate(columns, start=1):
        value = read_cell(record, column.name)
        if value is not None and value != "":
            write_value(cell_at(sheet, row, number), plan.record_column(record, column), value)


def _validate_parameters(sheet: Worksheet, plan: Plan, rows: Rows[Any], columns: tuple[Column, ...]) -> None:
    """Give each value of a table of parameters its own choices and bounds, as its row declares them."""
    number, column = next((n, c) for n, c in enumerate(columns, start=1) if c.type is Type.VALUE)
    for row, record in enumerate(rows, start=2):
        add_validation(sheet, plan.record_column(record, column), f"{get_column_letter(number)}{row}")


def _offer_names(sheet: Worksheet, table: str, column: Column, cells: str) -> None:
    """Offer the names that a column of addresses refers to."""
    if table not in ("overrides", "uncertainty"):
        return
    if column.name == "scenario":
        offer(sheet, cells, f"{TABLES['scenarios'].title}!$A$2:$A${_SPARE_ROWS}")
    elif column.name == "table":
        offer(sheet, cells, f'"{",".join(name for name, known in TABLES.items() if known.can_vary)}"')
