"""A worksheet's part as text: what stands before its rows, the rows, and what stands behind them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from aluplanner.workbook.sheet import column_letters, column_number
from aluplanner.workbook.surgery.markup_text import bytes_of, text_of
from aluplanner.workbook.surgery.plain_rows import plain_rows

_DATA = re.compile(r"<sheetData\b[^>]*?(/?)>")
_END: Final = "</sheetData>"
_ROW_NUMBER = re.compile(r'<row [^>]*?\br="([1-9]\d*)"[^>]*>')
_ROW_START = re.compile(r"<row\b[^>]*>")
_CELL = re.compile(r'<c r="([A-Z]{1,3})\d+"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
_ANY_CELL = re.compile(r"<c[\s/>]")
_REFERENCE = re.compile(r'<c r="([A-Z]{1,3})\d+"')
_MARKUP = ("<!", "<?")
_SPANS = re.compile(r'\sspans="[^"]*"')


@dataclass
class SheetText:
    """A worksheet's part.

    Attributes
    ----------
    head
        All up to the first row.
    rows
        Each row as text, by its number, in the order of the sheet. Every cell says where it stands.
    tail
        All from the end of the rows.
    """

    head: str
    rows: dict[int, str]
    tail: str
    _before: tuple[str, dict[int, str], str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._before = self.head, dict(self.rows), self.tail

    @property
    def is_changed(self) -> bool:
        """Whether anything is another than it was in the part."""
        return (self.head, self.rows, self.tail) != self._before

    @classmethod
    def of(cls, part: bytes) -> "SheetText":
        """Return a part taken apart; rows and cells that do not say where they stand, or not in order, are mended."""
        text = text_of(part)
        start = _DATA.search(text)
        if start is None:
            raise ValueError("a worksheet without rows")
        if start[1]:
            return cls(f"{text[: start.end() - 2].rstrip()}>", {}, f"{_END}{text[start.end() :]}")
        end = text.index(_END, start.end())
        data = text[start.end() : end]
        return cls(text[: start.end()], _split(data) or plain_rows(text[: start.end()], data), text[end:])

    def to_part(self) -> bytes:
        """Return the part again."""
        rows = self.rows
        return bytes_of("".join((self.head, *(rows[number] for number in sorted(rows)), self.tail)))

    @property
    def last_row(self) -> int:
        """The number of the last row with anything in it, or a height of its own; 0 if there is none."""
        return max(self.rows, default=0)

    @property
    def last_column(self) -> int:
        """The number of the last column with a cell; 0 if there is none."""
        letters = {found for row in self.rows.values() for found in _REFERENCE.findall(row)}
        return max(map(column_number, letters), default=0)


def _split(data: str) -> dict[int, str] | None:
    """Return the rows of a sheet, ``None`` if they are not written the way nearly all programs write them."""
    if any(sign in data for sign in _MARKUP) or len(_ANY_CELL.findall(data)) != data.count('<c r="'):
        return None
    first, *pieces = data.split("<row")
    if first.strip():
        return None
    rows: dict[int, str] = {}
    before = 0
    for piece in pieces:
        row = f"<row{piece.rstrip()}"
        found = _ROW_NUMBER.match(row)
        if found is None or not (row.endswith("</row>") or found.end() == len(row)):
            return None
        number = int(found[1])
        if number <= before:
            return None
        rows[number] = row
        before = number
    return rows


def cells_of(row: str) -> dict[int, str]:
    """Return the cells of a row, each as text, by column number."""
    return {column_number(found[1]): found[0] for found in _CELL.finditer(row)}


def row_start(row: str) -> str:
    """Return the start tag of a row."""
    found = _ROW_START.match(row)
    return found[0] if found else "<row>"


def make_row(start: str, number: int, cells: Iterable[tuple[int, str]]) -> str:
    """Return a row; ``start`` is the start tag of one whose height and looks it has."""
    open_tag = _SPANS.sub("", start[:-2].rstrip() + ">" if start.endswith("/>") else start)
    contents = "".join(cell for _, cell in sorted(cells))
    return f"{_numbered(open_tag, number)}{contents}</row>"


def moved_row(row: str, number: int) -> str:
    """Return a row at another place; what its formulas refer to is not looked at."""
    start = row_start(row)
    contents = _REFERENCE.sub(lambda found: f'<c r="{found[1]}{number}"', row[len(start) :])
    return _numbered(start, number) + contents


def cell_place(column: int, row: int) -> str:
    """Return the name of a cell, such as ``E2``."""
    return f"{column_letters(column)}{row}"


def _numbered(start: str, number: int) -> str:
    numbered, count = re.subn(r'\sr="\d+"', f' r="{number}"', start, count=1)
    return numbered if count else start.replace("<row", f'<row r="{number}"', 1)
