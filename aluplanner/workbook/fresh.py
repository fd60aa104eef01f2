"""A new workbook for a plan: a sheet for every table with looks, drop-downs, bounds and comments, no rows."""

import io
from typing import TYPE_CHECKING, Any, Final

from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.rows import Rows
from aluplanner.model.schema import Column, Type
from aluplanner.workbook.looks import (
    INK,
    INPUT,
    MUTED,
    ROW_HEIGHT,
    Formats,
    lines_needed,
    make_book,
    set_up_print,
)
from aluplanner.workbook.number_formats import GENERAL, number_format
from aluplanner.workbook.stand_ins import AUTHOR
from aluplanner.workbook.validations import column_rule, header_note, offer

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_SPARE_ROWS: Final = 500
"""Rows below the last one in which drop-downs work."""
_LEAST_HEADER: Final = 32
_PAGE_WIDTH: Final = 320
"""Characters that can still be read side by side on a page."""
_NOTE_WIDTH: Final = 300
_LINE_HEIGHT: Final = 17
_LINE_CHARACTERS: Final = 44


def skeleton(plan: Plan, *, is_1904: bool = False) -> bytes:
    """Return a workbook with a sheet for every table of a plan, whose rows are still to be filled in from row 2 on.

    Columns stand in the plan's order from column A on. Column formats, drop-downs, bounds and filters are made for as
    many rows as the plan has, the drop-downs and bounds for some more. The same plan gives the same bytes.
    Days count from 1904 where ``is_1904`` says so, for sheets that go into a workbook whose days do.
    """
    stream = io.BytesIO()
    book = make_book(stream, title=plan.title, author=str(plan.fact("Author") or ""), is_1904=is_1904)
    add_table_sheets(book, plan)
    book.get_worksheet_by_name(TABLES["plants"].title).activate()
    book.close()
    return stream.getvalue()


def add_table_sheets(book: "Workbook", plan: Plan) -> None:
    """Add a sheet for every table of a plan to a workbook in the making."""
    formats = Formats(book)
    for name, table in TABLES.items():
        sheet = book.add_worksheet(table.title)
        sheet.set_tab_color(f"#{INPUT}")
        _add_headers(sheet, formats, plan, plan.table(name))
        _add_rules(sheet, plan, plan.table(name))


def _add_headers(sheet: "Worksheet", formats: Formats, plan: Plan, rows: Rows[Any]) -> None:
    """Write the header row with its comments; set widths, filter, panes and the pages."""
    columns = plan.columns(rows.table.name)
    left, right = formats.header(INPUT, indent=1), formats.header(INPUT, align="right")
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width + 2, _column_format(formats, rows, column))
        sheet.write_string(0, number, column.header, right if column.is_numeric else left)
        note = header_note(column)
        if note:
            lines = sum(1 + len(line) // _LINE_CHARACTERS for line in note.split("\n"))
            sheet.write_comment(
                0, number, note,
                {"author": AUTHOR, "width": _NOTE_WIDTH, "height": (lines + 1) * _LINE_HEIGHT, "font_size": 9},
            )  # fmt: skip
    lines = max(lines_needed(column.header, column.width) for column in columns)
    sheet.set_row(0, max(_LEAST_HEADER, lines * ROW_HEIGHT + 4))
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    set_up_print(sheet, pages_wide=-(-sum(column.width for column in columns) // _PAGE_WIDTH))
    sheet.repeat_columns(0)
    # a long note in the last column would else make the page as wide as itself
    sheet.print_area(0, 0, max(len(rows), 1), len(columns) - 1)


def _column_format(formats: Formats, rows: Rows[Any], column: Column) -> Any:
    looks: dict[str, object] = {}
    if number_format(column) != GENERAL:
        looks["num_format"] = number_format(column)
    if not column.is_numeric and (column.type is not Type.VALUE or rows.table.name == "plan"):
        # away from the figures of the column before
        looks.update(align="left", indent=1)
    if column.derived:
        looks["font_color"] = MUTED
    if rows.table.key == (column.name,):
        looks.update(bold=True, font_color=INK)
    return formats.of(looks)


def _add_rules(sheet: "Worksheet", plan: Plan, rows: Rows[Any]) -> None:
    """Let Excel offer choices and keep bounds, in the rows of the table and in some below."""
    last = len(rows) + _SPARE_ROWS
    for number, column in enumerate(plan.columns(rows.table.name)):
        rule = column_rule(column) or _names_rule(rows.table.name, column)
        if rule:
            sheet.data_validation(1, number, last, number, rule)
        elif rows.table.parameters and column.type is Type.VALUE:
            # each row declares its own choices and bounds
            for row, record in enumerate(rows, start=1):
                own = column_rule(plan.record_column(record, column))
                if own:
                    sheet.data_validation(row, number, row, number, own)


def _names_rule(table: str, column: Column) -> dict[str, Any] | None:
    """Return the rule that offers the names that a column of addresses refers to."""
    if table not in ("overrides", "uncertainty"):
        return None
    if column.name == "scenario":
        return offer(f"={TABLES['scenarios'].title}!$A$2:$A${_SPARE_ROWS}")
    if column.name == "table":
        return offer([name for name, known in TABLES.items() if known.can_vary])
    return None
