"""The input sheets: the tables of the plan as in any plan workbook, with spare rows that the formulas know."""

from contextlib import suppress
from typing import Any, Final

from aluplanner.model.cell_text import CellTextError, typed
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.rows import Rows, read_cell
from aluplanner.model.scenarios import Override
from aluplanner.model.schema import BLANK, Column, Type, Value
from aluplanner.workbook.cells import native
from aluplanner.workbook.living.book import Page
from aluplanner.workbook.living.grid import Content, serial
from aluplanner.workbook.living.layout import SPARE, Layout
from aluplanner.workbook.living.looks import INPUT_PREFIX, LOOKS, TAB_INPUT
from aluplanner.workbook.living.work import Work
from aluplanner.workbook.number_formats import GENERAL, MONTH_FORMAT, number_format
from aluplanner.workbook.stand_ins import AUTHOR
from aluplanner.workbook.validations import column_rule, header_note, offer

_FORMULA_SIGNS: Final = ("=", "+", "-", "@")
_LINE_CHARACTERS: Final = 44


def build_inputs(work: Work) -> None:
    """Write a sheet for every table."""
    for name, table in TABLES.items():
        page = work.book.page(table.title, TAB_INPUT)
        rows = work.case.plan.table(name)
        columns = work.case.plan.columns(name)
        _write_headers(page, columns)
        for position, record in enumerate(rows):
            _write_record(page, work.case.plan, columns, position + 2, record)
        _write_spare_rows(page, work.layout, name, columns)
        _add_rules(page, work.case.plan, rows, columns, work.layout)
        page.worksheet.freeze_panes(1, 1)
        page.worksheet.autofilter(0, 0, max(1, work.layout.count(name)), len(columns) - 1)
        page.worksheet.set_landscape()
        page.worksheet.set_paper(9)
        page.worksheet.fit_to_pages(1, 0)
        # long remarks flow over the edge; they would make the page small
        page.worksheet.print_area(0, 0, work.layout.count(name), len(columns) - 1)


def _write_headers(page: Page, columns: tuple[Column, ...]) -> None:
    for number, column in enumerate(columns, start=1):
        page.grid.write(1, number, column.header, "header")
        page.worksheet.set_column(number - 1, number - 1, column.width + 2)
        note = header_note(column)
        if note:
            lines = sum(1 + len(line) // _LINE_CHARACTERS for line in note.split("\n"))
            details = {"author": AUTHOR, "width": 300, "height": (lines + 1) * 17, "font_size": 9}
            page.worksheet.write_comment(0, number - 1, note, details)
    page.grid.height(1, 32)


def _write_record(page: Page, plan: Plan, columns: tuple[Column, ...], row: int, record: Any) -> None:
    for number, column in enumerate(columns, start=1):
        declared = plan.record_column(record, column)
        value = read_cell(record, column.name)
        content = (
            override_content(plan, record)
            if isinstance(record, Override) and column.type is Type.VALUE
            else native(declared, value)
        )
        page.grid.write(row, number, content, _look(column, declared, value, content))


def override_content(plan: Plan, record: Any) -> Content:
    """Return what the value cell of an assumption, an override or an uncertain cell holds in the sheet."""
    value: Value = getattr(record, "value", None)
    column = next(column for column in TABLES["overrides"].columns if column.type is Type.VALUE)
    declared = plan.record_column(record, column)
    if isinstance(record, Override) and value not in (None, BLANK):
        # a value of another type, as the row names another cell now, stays; the rules report it
        with suppress(CellTextError):
            value = typed(declared, value)
    return native(declared, value)


def _look(column: Column, declared: Column, value: Value, content: Content) -> str:
    if column.derived:
        return "i_derived"
    if isinstance(content, str):
        return "i_quoted" if content.startswith(_FORMULA_SIGNS) else "i_text"
    code = number_format(declared, value)
    if (isinstance(content, float | int) and code == GENERAL) or code == MONTH_FORMAT:
        return f"{INPUT_PREFIX}{code}"
    look = f"{INPUT_PREFIX}{code}"
    return look if look in LOOKS else "i_text"


def _write_spare_rows(page: Page, layout: Layout, table: str, columns: tuple[Column, ...]) -> None:
    """Give the empty rows that the formulas know the look of input cells."""
    rows = len(layout.plan.table(table))
    for row in range(rows + 2, layout.count(table) + 2):
        for number, column in enumerate(columns, start=1):
            page.grid.write(row, number, None, _look(column, column, None, None))


def _add_rules(page: Page, plan: Plan, rows: Rows[Any], columns: tuple[Column, ...], layout: Layout) -> None:
    """Let Excel offer choices and keep bounds in the rows that there are and the spare ones."""
    table = rows.table.name
    last = max(layout.count(table), len(rows) + SPARE)
    for number, column in enumerate(columns):
        rule = column_rule(column) or _names_rule(layout, table, column)
        if rule:
            page.worksheet.data_validation(1, number, last, number, rule)
        elif rows.table.parameters and column.type is Type.VALUE:
            for row, record in enumerate(rows, start=1):
                own = column_rule(plan.record_column(record, column))
                if own:
                    page.worksheet.data_validation(row, number, row, number, own)


def _names_rule(layout: Layout, table: str, column: Column) -> dict[str, Any] | None:
    if table not in ("overrides", "uncertainty"):
        return None
    if column.name == "scenario":
        return offer(f"={layout.stated('scenarios', 'scenario').whole()}")
    if column.name == "table":
        return offer([name for name, known in TABLES.items() if known.can_vary])
    return None


def seen_content(content: Content) -> float | str | None:
    """Return a content as formulas see it: days as numbers."""
    if content is None or isinstance(content, str):
        return content
    return float(content) if isinstance(content, float | int) else float(serial(content))
