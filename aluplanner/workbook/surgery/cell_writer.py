"""Cells as text, with styles that suit what they hold."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from aluplanner.model.schema import Column, Value
from aluplanner.workbook.cells import native
from aluplanner.workbook.number_formats import GENERAL, number_format, suits
from aluplanner.workbook.sheet import escape
from aluplanner.workbook.surgery.markup_text import escaped
from aluplanner.workbook.surgery.style_table import StyleTable

_DAY_ZERO: Final = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_FORMULA_SIGNS: Final = ("=", "+", "-", "@")
_STYLE = re.compile(r'<c [^>]*?\ss="(\d+)"')
_BLANKS = re.compile(r"^\s|\s$|[\n\t]|  ")
_CARRIAGE_RETURN: Final = "_x000D_"


@dataclass(frozen=True, slots=True)
class Entry:
    """What is put into a cell.

    Attributes
    ----------
    column
        What the cell holds; ``None`` for a text that it cannot hold, or a header.
    value
        The value in the plan's units.
    written
        What is put there instead where the sheet has another unit.
    """

    column: Column | None
    value: Value
    written: float | None = None


class CellWriter:
    """Writes cells.

    Parameters
    ----------
    styles
        The styles of the workbook.
    is_1904
        Whether its days count from 1904.
    """

    def __init__(self, styles: StyleTable, is_1904: bool) -> None:
        self._styles = styles
        self._day_zero = _DAY_ZERO[is_1904]
        self._codes: dict[int, str] = {}

    def cell(self, place: str, style: int, entry: Entry) -> str:
        """Return a cell that had a style and gets an entry; its number format stays if it suits."""
        if entry.column is None:
            return self.text(place, style, str(entry.value or ""))
        content = native(entry.column, entry.value)
        if isinstance(content, str):
            return self.text(place, style, entry.value if isinstance(entry.value, str) else content)
        if content is None:
            return blank_cell(place, style)
        if isinstance(content, bool):
            return f'<c r="{place}"{styled(style)} t="b"><v>{content:d}</v></c>'
        own = self._code(style)
        if own == GENERAL or not suits(entry.column, own, entry.value):
            shown = entry.value if entry.written is None else entry.written
            style = self._styles.with_code(style, number_format(entry.column, shown))
        return self._number(place, style, content, entry.written)

    def text(self, place: str, style: int, text: str) -> str:
        """Return a cell with a text that is never taken for anything else."""
        if not text:
            return blank_cell(place, style)
        if text.startswith(_FORMULA_SIGNS):
            style = self._styles.with_quote(style)
        return f'<c r="{place}"{styled(style)} t="inlineStr"><is>{text_element(text)}</is></c>'

    def filler(self, column: Column, style: int) -> Callable[[str, Value], str]:
        """Return a function that writes cells of a column that have its style, each number with all its digits."""
        known: dict[Value, int] = {}

        def filled(place: str, value: Value) -> str:
            content = native(column, value)
            if isinstance(content, str):
                return self.text(place, style, value if isinstance(value, str) else content)
            if content is None:
                return ""
            if isinstance(content, bool):
                return f'<c r="{place}"{styled(style)} t="b"><v>{content:d}</v></c>'
            if value not in known:
                code = number_format(column, value)
                known[value] = style if code == self._code(style) else self._styles.with_code(style, code)
            return self._number(place, known[value], content, None)

        return filled

    def _number(self, place: str, style: int, content: float | date, instead: float | None) -> str:
        number = float((content - self._day_zero).days) if isinstance(content, date) else float(content)
        if instead is not None:
            number = instead
        return f'<c r="{place}"{styled(style)}><v>{number_text(number)}</v></c>'

    def _code(self, style: int) -> str:
        code = self._codes.get(style)
        if code is None:
            code = self._codes[style] = self._styles.code(style)
        return code


def number_text(number: float) -> str:
    """Return a number as the file states it, digit for digit."""
    if not math.isfinite(number):
        raise ValueError("a workbook holds finite numbers alone")
    return repr(number).removesuffix(".0")


def text_element(text: str) -> str:
    """Return a text as the element that holds it in cells and notes."""
    space = ' xml:space="preserve"' if _BLANKS.search(text) else ""
    return f"<t{space}>{escaped(escape(text)).replace(chr(13), _CARRIAGE_RETURN)}</t>"


def blank_cell(place: str, style: int) -> str:
    """Return a cell that keeps its style and holds nothing; no cell at all where it has none."""
    return f'<c r="{place}"{styled(style)}/>' if style else ""


def style_of(cell: str) -> int:
    """Return the number of a cell's style."""
    found = _STYLE.match(cell)
    return int(found[1]) if found else 0


def styled(style: int) -> str:
    """Return the attribute that gives a cell its style."""
    return f' s="{style}"' if style else ""
