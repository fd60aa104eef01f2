"""The cells of one worksheet, as the file holds them."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from aluplanner.i18n import tr
from aluplanner.model.cell_text import clean_number
from aluplanner.workbook.markup import LocalNames, feed, make_parser

LAST_COLUMN: Final = 16_384
LAST_ROW: Final = 1_048_576

_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_LETTERS = re.compile(r"[A-Z]{1,3}")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_DIGITS = "0123456789"
_SURELY_CLEAN = 16  # a number written with so many characters is what 16 digits can carry


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell without a usable value: ``message`` says why, ``remedy`` what to do."""

    message: str
    remedy: str


Cell: TypeAlias = str | float | bool | datetime | Fault
Row: TypeAlias = tuple[int, dict[int, Cell]]
"""A row's number in the sheet, and its cells by column number; both count from 1, empty cells are left out."""


@dataclass(frozen=True, slots=True)
class SheetContents:
    """What a worksheet holds: its rows from the top, and which cells, by (row, column), are formulas."""

    rows: list[Row]
    formulas: frozenset[tuple[int, int]] = frozenset()


def unescape(text: str) -> str:
    """Return text with the escapes of control characters (``_x000D_``) resolved."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def escape(text: str) -> str:
    """Return text in which nothing is taken for an escape of a control character when it is read."""
    return _LOOKS_ESCAPED.sub("_x005F_", text) if "_x" in text else text


def column_number(letters: str) -> int:
    """Return 1 for ``A``, 27 for ``AA``."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return ``A`` for 1, ``AA`` for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class SheetReader:
    """Reads one worksheet.

    Parameters
    ----------
    texts
        The workbook's shared texts.
    dates
        The cell styles, by index as text, that show dates.
    is_1904
        Whether days count from 1904.
    """

    def __init__(self, texts: list[str], dates: frozenset[str], is_1904: bool) -> None:
        self._texts = texts
        self._dates = dates
        self._epoch = _EPOCH_1904 if is_1904 else _EPOCH_1900
        self._rows: dict[int, dict[int, Cell]] = {}
        self._formulas: set[tuple[int, int]] = set()
        self._names = LocalNames()
        self._columns: dict[str, int] = {}
        self._row: dict[int, Cell] = {}
        self._row_number = 0
        self._column = 0
        self._kind = "n"
        self._style = ""
        self._content: list[str] = []
        self._is_content = False
        self._is_formula = False
        self._is_phonetic = False

    def read(self, chunks: Iterable[bytes]) -> None:
        """Read the sheet's part.

        Raises
        ------
        xml.parsers.expat.ExpatError
            If it is not well-formed.
        """
        self._parser = make_parser(self._start, self._end, self._text)
        feed(self._parser, chunks)

    def contents(self) -> SheetContents:
        """Return what was read, in order of rows; the file may hold them in any."""
        rows = [(number, self._rows[number]) for number in sorted(self._rows) if self._rows[number]]
        return SheetContents(rows, frozenset(self._formulas))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._names[name]
        if local == "c":
            self._start_cell(attributes)
        elif local in ("v", "t"):
            self._is_content = not self._is_phonetic
        elif local == "row":
            self._start_row(attributes.get("r"))
        elif local == "f":
            self._is_formula = True
            self._formulas.add((self._row_number, self._column))
        elif local == "rPh":
            self._is_phonetic = True

    def _end(self, name: str) -> None:
        local = self._names[name]
        if local == "c":
            self._end_cell()
        elif local in ("v", "t"):
            self._is_content = False
        elif local == "rPh":
            self._is_phonetic = False
        elif local == "sheetData":
            # what follows (conditional formats, validations) uses the same short names for other things
            self._parser.StartElementHandler = None
            self._parser.EndElementHandler = None
            self._parser.CharacterDataHandler = None

    def _text(self, text: str) -> None:
        if self._is_content:
            self._content.append(text)

    def _start_row(self, number: str | None) -> None:
        given = int(number) if number and number.isdecimal() else self._row_number + 1
        self._row_number = min(given, LAST_ROW)
        self._row = self._rows.setdefault(self._row_number, {})
        self._column = 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._column = self._column_of(reference.rstrip(_DIGITS)) if reference else self._column + 1
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._content = []
        self._is_formula = False

    def _column_of(self, letters: str) -> int:
        known = self._columns.get(letters)
        if known is None:
            known = column_number(letters) if _LETTERS.fullmatch(letters) else self._column + 1
            self._columns[letters] = known
        return known

    def _end_cell(self) -> None:
        content = "".join(self._content)
        if content or self._is_formula:
            cell = self._cell(content)
            if cell is not None and self._column <= LAST_COLUMN:
                self._row[self._column] = cell

    def _cell(self, content: str) -> Cell | None:
        kind = self._kind
        if kind == "n":
            return self._number(content) if content else _uncalculated()
        if kind == "s":
            return self._shared_text(content)
        if kind in ("str", "inlineStr"):
            return unescape(content) or None
        if kind == "b":
            return content.strip() in ("1", "true") if content else _uncalculated()
        if kind == "e":
            return _error_value(content) if content else _uncalculated()
        return _iso_date(content) if kind == "d" else _damaged(content)

    def _number(self, content: str) -> Cell:
        try:
            number = float(content)
        except ValueError:
            return _damaged(content)
        if len(content) > _SURELY_CLEAN:
            number = clean_number(number)
        if not math.isfinite(number):
            return _damaged(content)
        return self._date(number) if self._style in self._dates else number

    def _date(self, days: float) -> Cell:
        try:
            return self._epoch + timedelta(days=days)
        except OverflowError:
            return Fault(
                tr("The cell is formatted as a date, but {number} is none.", number=f"{days:g}"),
                tr("Write the date again, or format the cell as a number."),
            )

    def _shared_text(self, content: str) -> Cell | None:
        if not content.isdecimal() or int(content) >= len(self._texts):
            return _damaged(content)
        return self._texts[int(content)] or None


def _iso_date(content: str) -> Cell:
    try:
        return datetime.fromisoformat(content).replace(tzinfo=None)
    except ValueError:
        return _damaged(content)


def _uncalculated() -> Fault:
    return Fault(
        tr("The cell holds a formula that was never calculated."),
        tr("Recalculate and save the file in Excel or LibreOffice, or write the value in place of the formula."),
    )


def _error_value(content: str) -> Fault:
    return Fault(
        tr("The cell shows the error {error}.", error=content),
        tr("Correct its formula, write a value, or empty the cell."),
    )


def _damaged(content: str) -> Fault:
    return Fault(tr("The cell's contents, “{text}”, are damaged.", text=content[:40]), tr("Write the value again."))
