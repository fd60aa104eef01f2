"""A copy of a workbook in which the cells that are wrong are marked, each with the reason and what would be right."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from aluplanner.i18n import tr
from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.workbook.book_part import BookPart
from aluplanner.workbook.cell_marks import CellMarks
from aluplanner.workbook.endings import PLAIN, fitting
from aluplanner.workbook.files import replace_file, require_ending, save_error
from aluplanner.workbook.markup import PartError
from aluplanner.workbook.package import Package
from aluplanner.workbook.sheet import LAST_COLUMN, LAST_ROW, column_number
from aluplanner.workbook.surgery.cell_writer import style_of
from aluplanner.workbook.surgery.markup_text import with_attributes
from aluplanner.workbook.surgery.note_parts import NoteParts
from aluplanner.workbook.surgery.plain_parts import as_plain
from aluplanner.workbook.surgery.sheet_text import SheetText, cell_place, cells_of, make_row, row_start

ERROR_GROUND: Final = "FFC7CE"
WARNING_GROUND: Final = "FFEB9C"

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_MERGED = re.compile(r'<mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')

Place = tuple[int, int]
"""Row and column."""


def marked_copy(data: bytes, issues: Iterable[Issue]) -> bytes:
    """Return a workbook with the cells of some issues marked; everything else of the file stays as it is.

    Parameters
    ----------
    data
        The bytes of a workbook that could be read.
    issues
        What is wrong; :attr:`Issue.place` names sheet and cell. Issues without a cell in one of the sheets are left
        out. Errors stand on light red ground, warnings on light yellow, with a note of what is wrong and the remedy.

    Raises
    ------
    PlanError
        If the workbook cannot be written to.
    """
    by_sheet = _by_sheet(issues)
    try:
        package = Package(as_plain(data))
        book = BookPart(package)
        marks = CellMarks(package, book.part)
        parts = {sheet.name: sheet.part for sheet in book.sheets if sheet.part in package}
        for name, cells in by_sheet.items():
            if name in parts:
                _mark_sheet(package, parts[name], cells, marks)
        marks.save()
        return package.to_bytes()
    except (ValueError, KeyError, StopIteration) as error:
        said = tr("This workbook cannot be marked."), tr("Copy the list of errors instead.")
        raise PlanError([Issue(Severity.ERROR, "mark", *said)]) from error


def save_marked_copy(data: bytes, issues: Iterable[Issue], target: Path, source: Path) -> None:
    """Write a copy of a workbook with the cells of some issues marked.

    Parameters
    ----------
    data, issues
        As of :func:`marked_copy`.
    target
        Where to write it.
    source
        The workbook itself, which stays as it is.

    Raises
    ------
    PlanError
        If it cannot be written, or ``target`` is the workbook itself.
    """
    require_ending(target, ".xlsx")
    if target.exists() and source.exists() and target.samefile(source):
        raise save_error(target, tr("it is the workbook that the copy is of."), tr("Give the copy another name."))
    try:
        replace_file(target, fitting(marked_copy(data, issues), PLAIN))
    except PartError as error:
        raise save_error(target, error.message, error.remedy) from error


def can_be_marked(issues: Iterable[Issue]) -> bool:
    """Return whether any of the issues names a cell."""
    return bool(_by_sheet(issues))


def _by_sheet(issues: Iterable[Issue]) -> dict[str, dict[Place, list[Issue]]]:
    found: dict[str, dict[Place, list[Issue]]] = {}
    for issue in issues:
        sheet, _, cell = issue.place.rpartition("!")
        named = _CELL.fullmatch(cell)
        if sheet and named:
            place = int(named[2]), column_number(named[1])
            if place[0] <= LAST_ROW and place[1] <= LAST_COLUMN:
                found.setdefault(sheet, {}).setdefault(place, []).append(issue)
    return found


def _mark_sheet(package: Package, part: str, cells: Mapping[Place, list[Issue]], marks: CellMarks) -> None:
    sheet = SheetText.of(package[part])
    seen = _seen(sheet, cells)
    by_row: dict[int, dict[int, list[Issue]]] = {}
    for (row, column), issues in seen.items():
        by_row.setdefault(row, {})[column] = issues
    for number, columns in by_row.items():
        sheet.rows[number] = _marked_row(sheet.rows.get(number, ""), number, columns, marks)
    NoteParts(package, part).add({place: _note(issues) for place, issues in seen.items()}, sheet)
    package[part] = sheet.to_part()


def _seen(sheet: SheetText, cells: Mapping[Place, list[Issue]]) -> dict[Place, list[Issue]]:
    """Return the issues by the cells that are seen: of merged cells that is the first one."""
    rows = sorted({row for row, _ in cells})
    first: dict[Place, Place] = {}
    for left, top, right, bottom in _MERGED.findall(sheet.tail):
        begin, columns = int(top), range(column_number(left), column_number(right) + 1)
        for row in rows[bisect_left(rows, begin) :]:
            if row > int(bottom):
                break
            first |= {(row, column): (begin, columns[0]) for r, column in cells if r == row and column in columns}
    seen: dict[Place, list[Issue]] = {}
    for place, issues in cells.items():
        seen.setdefault(first.get(place, place), []).extend(issues)
    return seen


def _marked_row(row: str, number: int, columns: Mapping[int, list[Issue]], marks: CellMarks) -> str:
    cells = cells_of(row)
    for column, issues in columns.items():
        colour = ERROR_GROUND if any(issue.is_error for issue in issues) else WARNING_GROUND
        cell = cells.get(column, f'<c r="{cell_place(column, number)}"/>')
        end = cell.index(">") + 1
        style = {"s": str(marks.style(style_of(cell), colour))}
        cells[column] = with_attributes(cell[:end], style) + cell[end:]
    start = row_start(row) if row else f'<row r="{number}">'
    return make_row(start, number, cells.items())


def _note(issues: Iterable[Issue]) -> str:
    return "\n".join(dict.fromkeys(f"{issue.message} {issue.remedy}".strip() for issue in issues))
