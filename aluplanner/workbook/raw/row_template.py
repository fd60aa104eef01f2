"""What the rows of a sheet look like: programs write each one like the row before.

A template is one pattern that matches a whole row and takes the contents of its cells. Any cell of it may be missing;
a row with a cell that the template does not know is not matched at all.
"""

import re
from collections import Counter
from typing import Final, NamedTuple

from aluplanner.workbook.raw.cell_scan import CELL, CELL_STRIDE, OTHER, Kinds
from aluplanner.workbook.raw.plain_text import IrregularError
from aluplanner.workbook.raw.row_scan import Columns

_ROW: Final = b"<row "
_ROW_END: Final = b"</row>"
_HEAD: Final = rb'<row r="([1-9][0-9]{0,6})"([^<>/]*+)>'
_CONTENT: Final = b"([^<]++)"
_PLACES: Final = 4
_SAMPLE: Final = 16_384
"""How many places of the sheet are looked at, and how many bytes at each: what stands in a column may change."""
_LEAST: Final = 2
"""How often a cell must be written in a way for the template to know it: the header is like no other row."""
_MOST_STRIPS: Final = 400
_MOST_FORMS: Final = 8
"""Strips of a template, and ways of writing the cells of one column: each takes time at every cell."""


class Template(NamedTuple):
    """A pattern for rows.

    Attributes
    ----------
    pattern
        It splits rows into what stands before each one, its number, its attributes, and the contents of each strip.
    strips
        The cells that a row may hold: the number of the column and the kind.
    """

    pattern: re.Pattern[bytes]
    strips: list[tuple[int, int]]

    @property
    def stride(self) -> int:
        """How many pieces one row gives."""
        return 3 + len(self.strips)


class _Form(NamedTuple):
    """How a cell is written: its attributes, and what stands before its contents; nothing if it holds nothing."""

    attributes: bytes
    opening: bytes

    @property
    def pattern(self) -> bytes:
        attributes = re.escape(self.attributes)
        if self.opening:
            closing = b"</v>" if self.opening == b"<v>" else b"</t></is>"
            return attributes + b">" + self.opening + _CONTENT + closing + b"</c>"
        return attributes + (b">" if self.attributes.endswith(b"/") else b"></c>")


def learn(contents: bytes, start: int, end: int, kinds: Kinds) -> Template | None:
    """Return a template for the rows of a sheet, ``None`` if its cells are of no use for one.

    Parameters
    ----------
    contents, start, end
        The sheet's part, and where in it the rows are.
    kinds
        The kinds of cells by their attributes.
    """
    columns = Columns()
    forms: dict[int, tuple[bytes, dict[_Form, None]]] = {}
    for (letters, form), count in _counted(contents, start, end).items():
        try:
            kind, column = kinds[form.attributes], columns[letters]
        except IrregularError:
            continue
        if count >= _LEAST and (not form.opening or kind != OTHER):
            known = forms.setdefault(column, (letters, {}))[1]
            if len(known) < _MOST_FORMS:
                known[form] = None
    pieces: list[bytes] = []
    strips: list[tuple[int, int]] = []
    for column, (letters, known) in sorted(forms.items()):
        pieces.append(b'(?:<c r="%b\\1"(?:%b))?+' % (letters, b"|".join(form.pattern for form in known)))
        strips += [(column, kinds[form.attributes]) for form in known if form.opening]
    if not strips or len(strips) > _MOST_STRIPS:
        return None
    return Template(re.compile(b"".join((_HEAD, *pieces, _ROW_END))), strips)


def _counted(contents: bytes, start: int, end: int) -> Counter[tuple[bytes, _Form]]:
    """Return the letters and forms of some cells without formulas, each with how often it was met."""
    found: Counter[tuple[bytes, _Form]] = Counter()
    for place in range(_PLACES):
        first = contents.find(_ROW, start + (end - start) * place // _PLACES, end)
        if first < 0:
            break
        pieces = CELL.split(contents[first : min(first + _SAMPLE, end)])
        cells = zip(*(pieces[group::CELL_STRIDE] for group in range(1, CELL_STRIDE)), strict=False)
        for reference, attributes, opening, formula, content, bare in cells:
            if formula or bare or (content and attributes.endswith(b"/")):
                continue
            form = _Form(attributes, (opening or b"<v>") if content else b"")
            found[reference.rstrip(b"0123456789"), form] += 1
    return found
