"""How a plan workbook looks: header row, widths, cell comments, drop-downs and bounds."""

from collections.abc import Iterable
from copy import copy
from datetime import date
from typing import Final, Literal

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from aluplanner.i18n import tr
from aluplanner.model.calendar import FIRST_YEAR, LAST_YEAR
from aluplanner.model.cell_rules import bounds_text
from aluplanner.model.cell_text import show
from aluplanner.model.schema import Column, Type, Value
from aluplanner.workbook.cells import native
from aluplanner.workbook.number_formats import GENERAL, number_format, suits
from aluplanner.workbook.sheet import escape

INK: Final = "1F3864"
PAPER: Final = "FFFFFF"
RULE: Final = "BFC8D6"

_HEADER_FONT = Font(bold=True, color=PAPER)
_HEADER_FILL = PatternFill("solid", fgColor=INK)
_HEADER_ALIGNMENT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_HEADER_HEIGHT = 32
_COMMENT_WIDTH = 300
_LINE_HEIGHT = 18
_LINE_CHARACTERS = 44
_DAY_ZERO = date(1899, 12, 30)
_FORMULA_SIGNS = ("=", "+", "-", "@")


def style_headers(sheet: Worksheet, columns: Iterable[Column]) -> None:
    """Write the header row with its comments, set the widths and freeze header and key."""
    for number, column in enumerate(columns, start=1):
        cell = cell_at(sheet, 1, number)
        write_header(cell, column.header)
        cell.comment = _header_comment(column)
        sheet.column_dimensions[cell.column_letter].width = column.width + 2
    sheet.row_dimensions[1].height = _HEADER_HEIGHT
    sheet.freeze_panes = "B2"


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """Return a cell that can be written to; what was merged over it is taken apart."""
    cell = sheet.cell(row, column)
    while isinstance(cell, MergedCell):
        for merged in [*sheet.merged_cells.ranges]:
            if cell.coordinate in merged:
                sheet.unmerge_cells(merged.coord)
        cell = sheet.cell(row, column)
    return cell


def write_header(cell: Cell, title: str) -> None:
    """Write one title in the style of headers."""
    cell.value = title
    cell.font = _HEADER_FONT
    cell.fill = _HEADER_FILL
    cell.alignment = _HEADER_ALIGNMENT


def write_value(cell: Cell, column: Column, value: Value) -> None:
    """Put a value into a cell: text always as text, and a number format that suits unless the cell's own does."""
    written = native(column, value)
    own_format = cell.number_format
    cell.value = written
    if isinstance(written, str):
        _keep_text(cell, written)
    elif not isinstance(value, bool | None):
        is_kept = own_format != GENERAL and suits(column, own_format, value)
        cell.number_format = own_format if is_kept else number_format(column, value)


def write_text(cell: Cell, text: str) -> None:
    """Put a text into a cell whatever the column holds; a blank one empties it."""
    cell.value = escape(text) or None
    if text:
        _keep_text(cell, text)


def _keep_text(cell: Cell, text: str) -> None:
    """Let a text stay text: in the file, and when somebody edits it in Excel."""
    cell.data_type = "s"
    if text.startswith(_FORMULA_SIGNS) and not cell.quotePrefix:
        cell.quotePrefix = True


def copy_style(cell: Cell, model: Cell | MergedCell) -> None:
    """Give a cell the looks of another."""
    if model.has_style:
        for name in ("font", "fill", "border", "alignment", "protection", "number_format"):
            setattr(cell, name, copy(getattr(model, name)))


def add_validation(sheet: Worksheet, column: Column, cells: str) -> None:
    """Let Excel offer a column's choices and keep its bounds in ``cells``."""
    made = _validation(column)
    if made is not None:
        made.add(cells)
        sheet.add_data_validation(made)


def offer(sheet: Worksheet, cells: str, formula: str) -> None:
    """Offer the values of a range, or of a quoted list, in a drop-down that does not insist on them."""
    made = DataValidation(type="list", formula1=formula, allow_blank=True, errorStyle="warning", showErrorMessage=True)
    made.add(cells)
    sheet.add_data_validation(made)


def _validation(column: Column) -> DataValidation | None:
    if column.type is Type.YES_NO:
        return _list(column, ("yes", "no"))
    if column.type is Type.CHOICE:
        return _list(column, column.choices)
    if column.type is Type.MONTH:
        first, last = ((day - _DAY_ZERO).days for day in (date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)))
        remedy = tr("Write it as 2017-06, between {first} and {last}.", first=FIRST_YEAR, last=LAST_YEAR)
        return _bounds(column, remedy, "date", first, last)
    if column.is_numeric and (column.minimum, column.maximum, column.above) != (None, None, None):
        remedy = tr("It must be {bounds}.", bounds=bounds_text(column))
        if column.above is not None:
            return _bounds(column, remedy, "decimal", column.above, operator="greaterThan")
        return _bounds(column, remedy, "decimal", column.minimum, column.maximum)
    return None


def _list(column: Column, choices: Iterable[str]) -> DataValidation:
    made = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True, showErrorMessage=True)
    made.errorTitle = column.title
    made.error = tr("Choose {choices}.", choices=", ".join(choices))
    return made


def _bounds(
    column: Column,
    remedy: str,
    kind: Literal["date", "decimal"],
    first: float | None,
    last: float | None = None,
    operator: Literal["greaterThan"] | None = None,
) -> DataValidation:
    """Return a rule that warns and does not forbid: the plan also reads text and blanks that Excel would refuse."""
    made = DataValidation(type=kind, allow_blank=True, showErrorMessage=True, errorStyle="warning")
    both = first is not None and last is not None
    made.operator = operator or ("between" if both else "lessThanOrEqual" if first is None else "greaterThanOrEqual")
    ends = [f"{end:g}" for end in (first, last) if end is not None]
    made.formula1 = ends[0]
    made.formula2 = ends[1] if both else None
    made.errorTitle = column.title
    made.error = remedy
    return made


def _header_comment(column: Column) -> Comment | None:
    lines = [tr(column.meaning)] if column.meaning else []
    if column.choices:
        lines.append(tr("One of: {choices}.", choices=", ".join(column.choices)))
    bounds = bounds_text(column) if column.is_numeric else ""
    if bounds:
        lines.append(tr("Bounds: {bounds}.", bounds=bounds))
    if column.default is not None:
        lines.append(tr("Blank means {value}.", value=show(column, column.default)))
    elif column.required:
        lines.append(tr("Must be filled in."))
    if not lines:
        return None
    height = sum(1 + len(line) // _LINE_CHARACTERS for line in lines) * _LINE_HEIGHT + _LINE_HEIGHT
    return Comment("\n".join(lines), "AluPlanner", height=height, width=_COMMENT_WIDTH)
