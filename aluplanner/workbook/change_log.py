"""The sheet Changes: who changed what, where and when, from what to what; one row a gesture."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape as escape_xml

from aluplanner.i18n import tr
from aluplanner.model.cell_text import clean_text
from aluplanner.workbook.book_part import BookPart
from aluplanner.workbook.graft import graft
from aluplanner.workbook.looks import HISTORY, ROW_HEIGHT, Formats, lines_needed, make_book, set_up_print
from aluplanner.workbook.marks import CHANGES, mark_sheet, marked_sheet, own_sheet
from aluplanner.workbook.outline import Element, edited, outline, prefix
from aluplanner.workbook.package import Package
from aluplanner.workbook.sheet import column_letters, escape

if TYPE_CHECKING:
    from xlsxwriter import Workbook

LONGEST: Final = 1_000
"""Characters that a text of the sheet has at most."""

_TIME_FORMAT: Final = "yyyy-mm-dd hh:mm:ss"
_WIDTHS: Final = (19, 18, 34, 40, 30, 30)
_MOST_LINES: Final = 8
_EPOCH: Final = datetime(1899, 12, 30)
_EPOCH_1904: Final = datetime(1904, 1, 1)
_CELL: Final = re.compile(rb"<(?:\w+:)?c\b([^>]*)>")
_STYLE: Final = re.compile(rb'\ss="(\d+)"')
_COLUMN: Final = re.compile(rb'\sr="([A-Z]+)\d*"')
_END: Final = re.compile(r":(\$?[A-Z]+\$?)\d+")


@dataclass(frozen=True, slots=True)
class ChangeEntry:
    """One gesture: when, by whom, what was done, to which cells, and what stood there before and after."""

    when: datetime
    who: str
    what: str
    where: str
    old: str
    new: str


def append_changes(package: Package, changes: Sequence[ChangeEntry]) -> None:
    """Add rows to the package's sheet of changes, which is made if there is none; the rows there stay as they are."""
    if not changes:
        return
    book = BookPart(package)
    name = marked_sheet(book, CHANGES)
    if name is None or not _append(package, book, name, changes):
        name = own_sheet(book, CHANGES)
        graft(package, _new_sheet(changes, is_1904=book.is_1904), {CHANGES: name})
    mark_sheet(book, CHANGES, name)


def _new_sheet(changes: Sequence[ChangeEntry], *, is_1904: bool) -> bytes:
    stream = io.BytesIO()
    book = make_book(stream, is_1904=is_1904)
    _fill(book, changes)
    book.close()
    return stream.getvalue()


def _fill(book: "Workbook", changes: Sequence[ChangeEntry]) -> None:
    sheet = book.add_worksheet(CHANGES)
    formats = Formats(book)
    sheet.set_tab_color(f"#{HISTORY}")
    titles = (tr("When"), tr("Who"), tr("What"), tr("Where"), tr("Old"), tr("New"))
    for column, (title, width) in enumerate(zip(titles, _WIDTHS, strict=True)):
        sheet.write_string(0, column, title, formats.header(HISTORY))
        sheet.set_column(column, column, width)
    time = formats.of(num_format=_TIME_FORMAT, align="left", valign="top")
    # without the quote a text that begins with = becomes a formula as soon as somebody edits its cell
    text = formats.of(text_wrap=True, valign="top", quote_prefix=True)
    for row, change in enumerate(changes, start=1):
        sheet.write_datetime(row, 0, _plain_time(change.when), time)
        for column, words in enumerate(_texts(change), start=1):
            if words:
                sheet.write_string(row, column, words, text)
            else:
                sheet.write_blank(row, column, None, text)
        sheet.set_row(row, _height(change))
    sheet.ignore_errors({"number_stored_as_text": "B2:F1048576"})
    sheet.set_row(0, 24)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(changes), len(titles) - 1)
    set_up_print(sheet)


def _texts(change: ChangeEntry) -> tuple[str, ...]:
    return tuple(_capped(text) for text in (change.who, change.what, change.where, change.old, change.new))


def _height(change: ChangeEntry) -> int:
    """Return the height of a row: not every program finds out by itself what wrapped text needs."""
    lines = max(lines_needed(text, width) for text, width in zip(_texts(change), _WIDTHS[1:], strict=True))
    return ROW_HEIGHT * min(lines, _MOST_LINES)


def _capped(text: str) -> str:
    clean = clean_text(text)
    return clean if len(clean) <= LONGEST else f"{clean[: LONGEST - 1]}…"


def _plain_time(when: datetime) -> datetime:
    return when.replace(tzinfo=None, microsecond=0)


def _append(package: Package, book: BookPart, name: str, changes: Sequence[ChangeEntry]) -> bool:
    """Add rows below the last one, in its looks; return whether there is a row to take them from."""
    index = book.find(name)
    part = book.sheets[index].part if index is not None else ""
    if part not in package:
        return False
    contents = package[part]
    root = outline(contents, 2)
    data = root.child("sheetData")
    if data is None or len(data.children) < 2:
        return False
    last = data.children[-1]
    styles = _styles(last.in_full(contents))
    first = 1 + max(int(row.attributes.get("r", number)) for number, row in enumerate(data.children, start=1))
    rows = [
        _row(prefix(contents, data), number, change, styles, is_1904=book.is_1904)
        for number, change in enumerate(changes, start=first)
    ]
    end = first + len(rows) - 1
    edits = [(data.inner_end, data.inner_end, "".join(rows).encode())]
    edits += [_stretched(contents, child, end) for child in root.children if child.name in ("dimension", "autoFilter")]
    package[part] = edited(contents, edits)
    book.define(
        replace(each, refers_to=_END.sub(rf":\g<1>{end}", each.refers_to))
        for each in book.names
        if each.sheet == index and each.name == "_xlnm._FilterDatabase"
    )
    return True


def _styles(row: bytes) -> dict[str, str]:
    """Return the style number of each cell of a row that has one, by the letters of its column."""
    found = {}
    for attributes in _CELL.findall(row):
        column, style = _COLUMN.search(attributes), _STYLE.search(attributes)
        if column and style:
            found[column[1].decode()] = style[1].decode()
    return found


def _row(sign: str, number: int, change: ChangeEntry, styles: dict[str, str], *, is_1904: bool) -> str:
    epoch = _EPOCH_1904 if is_1904 else _EPOCH
    days = (_plain_time(change.when) - epoch).total_seconds() / 86_400
    cells = [f"<{sign}c{_place('A', number, styles)}><{sign}v>{days:.16G}</{sign}v></{sign}c>"]
    for column, text in enumerate(_texts(change), start=2):
        place = _place(column_letters(column), number, styles)
        words = escape_xml(escape(text))
        inside = f' t="inlineStr"><{sign}is><{sign}t xml:space="preserve">{words}</{sign}t></{sign}is></{sign}c>'
        cells.append(f"<{sign}c{place}{inside if text else '/>'}")
    return f'<{sign}row r="{number}" ht="{_height(change)}" customHeight="1">{"".join(cells)}</{sign}row>'


def _place(column: str, row: int, styles: dict[str, str]) -> str:
    style = f' s="{styles[column]}"' if column in styles else ""
    return f' r="{column}{row}"{style}'


def _stretched(contents: bytes, element: Element, end: int) -> tuple[int, int, bytes]:
    """Return the edit that lets the range an element names reach down to a row."""
    tag = contents[element.start : element.inner].decode()
    return element.start, element.inner, _END.sub(rf":\g<1>{end}", tag).encode()
