"""Answers of analyses as files: sheets of a workbook, tidy text, or JSON."""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from aluplanner.analysis.answer_table import Answer, AnswerColumn, AnswerTable, Figure, is_blank
from aluplanner.i18n import tr
from aluplanner.model.cell_text import clean_text
from aluplanner.workbook.files import replace_file, save_error
from aluplanner.workbook.looks import MUTED, RESULT, Formats, make_book, set_up_print
from aluplanner.workbook.results import csv_text

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ANSWER_ENDINGS: Final = (".xlsx", ".csv", ".json")
"""Kinds of files that answers are written to."""

_LONGEST_NAME: Final = 31
_FORBIDDEN: Final = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
_WIDEST: Final = 60
_NUMBER_WIDTH: Final = 12


def write_answer(answer: Answer, path: str | Path) -> None:
    """Write an answer as ``.xlsx`` (a sheet a table), ``.csv`` (the tables below one another) or ``.json``.

    Raises
    ------
    PlanError
        If it cannot be written, or the ending is none of these.
    """
    target = Path(path)
    kind = target.suffix.lower()
    if kind == ".json":
        data = json.dumps(answer.as_json(), ensure_ascii=False, indent=1, allow_nan=False).encode()
    elif kind == ".csv":
        data = answer_csv(answer.tables()).encode("utf-8-sig")  # with the mark by which Excel knows the encoding
    elif kind == ".xlsx":
        data = answer_workbook(answer.tables())
    else:
        raise save_error(
            target, tr("answers are written as .xlsx, .csv or .json."), tr("Give the file one of these endings.")
        )
    replace_file(target, data)


def answer_csv(tables: Iterable[AnswerTable]) -> str:
    """Return tables as comma-separated text in full precision, each below its title."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    for place, table in enumerate(tables):
        if place:
            writer.writerow([])
        writer.writerow([csv_text(table.title)])
        writer.writerow(
            [csv_text(column.heading + (f" ({column.unit})" if column.unit else "")) for column in table.columns]
        )
        writer.writerows([_csv_cell(figure) for figure in row] for row in table.rows)
        writer.writerows([csv_text(note)] for note in table.notes)
    return stream.getvalue()


def _csv_cell(figure: Figure) -> str:
    if is_blank(figure):
        return ""
    if isinstance(figure, bool):
        return tr("yes") if figure else tr("no")
    return csv_text(figure) if isinstance(figure, str) else repr(figure)


def answer_workbook(tables: Iterable[AnswerTable]) -> bytes:
    """Return a workbook with a sheet for each table: title, headers, figures with their formats, notes below."""
    stream = io.BytesIO()
    book = make_book(stream)
    formats = Formats(book)
    taken: set[str] = set()
    for table in tables:
        _fill(book.add_worksheet(_sheet_name(table.name, taken)), formats, table)
    book.close()
    return stream.getvalue()


def _sheet_name(name: str, taken: set[str]) -> str:
    plain = clean_text(name).translate(_FORBIDDEN).strip(" '")[:_LONGEST_NAME] or tr("Answer")
    found, number = plain, 2
    while found.casefold() in taken:
        ending = f" {number}"
        found, number = plain[: _LONGEST_NAME - len(ending)] + ending, number + 1
    taken.add(found.casefold())
    return found


def _fill(sheet: "Worksheet", formats: Formats, table: AnswerTable) -> None:
    sheet.set_tab_color(f"#{RESULT}")
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, clean_text(table.title), formats.of(bold=True, font_size=14))
    top = 2
    for place, column in enumerate(table.columns):
        texts = [str(row[place]) for row in table.rows if isinstance(row[place], str)]
        is_text = bool(texts)
        width = (
            min(_WIDEST, max([len(column.title) + 2, *map(len, texts)]))
            if is_text
            else max(_NUMBER_WIDTH, len(column.title) + 2)
        )
        sheet.set_column(place, place, min(_WIDEST, width))
        sheet.write_string(
            top, place, clean_text(column.title), formats.header(RESULT, align="left" if is_text else "right")
        )
        for line, row in enumerate(table.rows, start=top + 1):
            _write(sheet, formats, line, place, column, row[place])
    below = top + len(table.rows) + 2
    for line, note in enumerate(table.notes, start=below):
        sheet.write_string(line, 0, clean_text(note), formats.of(font_color=f"#{MUTED}"))
    sheet.freeze_panes(top + 1, 1)
    set_up_print(sheet, header_row=top)


def _write(sheet: "Worksheet", formats: Formats, line: int, place: int, column: AnswerColumn, figure: Figure) -> None:
    if figure is None or is_blank(figure):
        return
    if isinstance(figure, bool):
        sheet.write_string(line, place, tr("yes") if figure else tr("no"))
    elif isinstance(figure, str):
        sheet.write_string(line, place, clean_text(figure))
    elif figure in (float("inf"), float("-inf")):
        sheet.write_string(line, place, "∞" if figure > 0 else "-∞", formats.of(align="right"))
    else:
        sheet.write_number(line, place, figure, formats.of(num_format=_number_format(column)))


def _number_format(column: AnswerColumn) -> str:
    decimals = 2 if column.decimals is None else column.decimals
    plain = f"#,##0{'.' + '0' * decimals if decimals else ''}{'%' if column.is_percent else ''}"
    return f"+{plain};-{plain};0" if column.is_signed else plain
