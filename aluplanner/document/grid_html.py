"""Blocks of cells as an HTML table, which spreadsheets put on the clipboard and prefer to take from it.

Beside what a cell shows, LibreOffice states its value (``sdval``) and its format (``sdnum``); the text alone would be
rounded as displayed. Written with the same attributes, numbers arrive there digit for digit, and text stays text:
neither ``007`` nor ``3月`` nor ``=x`` becomes something else.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from html import escape
from html.parser import HTMLParser
from typing import Final

from aluplanner.document.exact_numbers import exact_text, plain_number
from aluplanner.i18n import PLAIN, NumberStyle

_TEXT: Final = """ sdnum="1033;0;@" style='mso-number-format:"\\@"'"""
# without zeros in front, which a number would lose
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?%?", re.ASCII)
_LONGEST: Final = 20
"""Characters of a number; one of more figures than a number can hold stays text."""
_LINE_END = re.compile(r"[ \t]*[\r\n]\s*")


def write_html_grid(rows: Iterable[Sequence[str]], style: NumberStyle = PLAIN) -> str:
    """Return a block of cells as an HTML table.

    Parameters
    ----------
    rows
        The texts of the cells; numbers without thousands set apart.
    style
        How numbers are written in them.
    """
    lines = ("<tr>" + "".join(_html_cell(cell, style) for cell in row) + "</tr>" for row in rows)
    head = '<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head>'
    return f"{head}<body><table>{''.join(lines)}</table></body></html>"


def _html_cell(text: str, style: NumberStyle) -> str:
    plain = text if style.decimal == "." else text.replace(style.decimal, ".")
    if len(plain) > _LONGEST or not _NUMBER.fullmatch(plain):
        # blanks in a row would become one
        shown = escape(text).replace("  ", " &#32;").replace("\n", "<br>")
        return f"<td{_TEXT}>{shown}</td>"
    if plain.endswith("%"):
        return f'<td sdval="{plain_number(Decimal(plain[:-1]) / 100)}" sdnum="1033;0;0.00%">{text}</td>'
    return f'<td sdval="{plain}" sdnum="1033;">{text}</td>'


def read_html_grid(text: str, style: NumberStyle = PLAIN) -> list[list[str]] | None:
    """Return the cells of the first table, if it states its values or is by LibreOffice; else ``None``.

    Parameters
    ----------
    text
        The document.
    style
        How numbers are to be written: the way the planner writes them.
    """
    reader = _TableReader(style)
    reader.feed(text)
    reader.close()
    return reader.rows if reader.states_values and reader.rows else None


class _TableReader(HTMLParser):
    """Reads the cells of a table."""

    def __init__(self, style: NumberStyle) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.states_values = False
        self._style = style
        self._pieces: list[str] | None = None
        self._value = ""
        self._format = ""
        self._span = 1
        self._is_done = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._is_done:
            return
        if tag == "meta" and "office" in (dict(attrs).get("content") or "").lower():
            self.states_values = True  # its plain text has no marks around a cell of several lines
        if tag == "tr":
            self._end_cell()
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self._end_cell()
            self._begin_cell({name: value or "" for name, value in attrs})
        elif self._pieces is not None and (tag == "br" or (tag == "p" and self._pieces)):
            self._pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr"):
            self._end_cell()
        elif tag == "table":
            self._end_cell()
            self._is_done = bool(self.rows)

    def handle_data(self, data: str) -> None:
        if self._pieces is not None:
            # LibreOffice writes blanks as they are; a line end is only the source's
            self._pieces.append(_LINE_END.sub(" " if data.strip() else "", data))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._pieces = []
        self._value = attributes.get("sdval", "")
        self._format = attributes.get("sdnum", "").partition(";")[2].partition(";")[2]
        self._span = int(attributes["colspan"]) if attributes.get("colspan", "").isdecimal() else 1
        self.states_values = self.states_values or "sdval" in attributes or "sdnum" in attributes

    def _end_cell(self) -> None:
        if self._pieces is None:
            return
        shown = "".join(self._pieces)
        # a line end closes the last line of a cell, as it does in LibreOffice
        shown = shown.removesuffix("\n").strip(" ") if shown.strip() else ""
        self._pieces = None
        text = exact_text(shown, self._value, self._format, self._style) if self._value else shown
        self.rows[-1] += [text, *[""] * (min(self._span, 1000) - 1)]
