"""Writing the notes that keep the last good values of cells whose texts cannot be read."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from aluplanner.model.plan import Plan
from aluplanner.model.rows import Rows, read_cell
from aluplanner.model.schema import Column
from aluplanner.model.unread_rules import unread_reason
from aluplanner.workbook.sheet import escape
from aluplanner.workbook.stand_ins import AUTHOR, note_lines, others_lines, own_lines
from aluplanner.workbook.styles import cell_at

_WIDTH: Final = 300
_HEIGHT: Final = 110


def note_stand_ins(
    sheet: Worksheet, plan: Plan, rows: Rows[Any], columns: Mapping[int, Column], lines: Sequence[int]
) -> None:
    """Note the last good value of each cell that goes on with it; what the planner noted there stays above it.

    Parameters
    ----------
    sheet
        The table's sheet, with everything else in its place.
    plan, rows
        The plan and the table.
    columns
        What the sheet's columns hold, by their numbers.
    lines
        The sheet's row of each row of the table.
    """
    numbers = {column.name: number for number, column in columns.items()}
    for (position, name), kept in rows.unread.items():
        if kept.has_stand_in:
            number = numbers[name]
            column = plan.record_column(rows[position], columns[number])
            reason = unread_reason(plan, rows, position, name)
            _add(cell_at(sheet, lines[position], number), note_lines(reason, column, read_cell(rows[position], name)))


def drop_stand_ins(sheet: Worksheet, places: Iterable[tuple[int, int]]) -> None:
    """Take the program's lines out of the notes on some cells, given by row and column; others' lines stay."""
    for place in places:
        cell = sheet.cell(*place)
        if isinstance(cell, MergedCell) or cell.comment is None:
            continue
        if not own_lines(cell.comment.content):
            continue
        others = others_lines(cell.comment.content).strip("\n")
        if others:
            cell.comment.content = others
        else:
            cell.comment = None


def _add(cell: Cell, own: str) -> None:
    if cell.comment is None:
        cell.comment = Comment(escape(own), AUTHOR, height=_HEIGHT, width=_WIDTH)
    else:
        cell.comment.content = f"{cell.comment.content}\n{escape(own)}"
