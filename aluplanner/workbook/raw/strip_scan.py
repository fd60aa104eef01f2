"""Rows that are alike, scanned with one pattern for a whole row and taken column by column."""

from collections.abc import Sequence
from functools import reduce
from itertools import compress
from operator import or_
from typing import Final

from aluplanner.workbook.raw.cell_scan import OWN_TEXT, numbers_of
from aluplanner.workbook.raw.limits import LAST_ROW
from aluplanner.workbook.raw.packed import PackedSheet, Strip
from aluplanner.workbook.raw.plain_text import IrregularError
from aluplanner.workbook.raw.row_template import Template
from aluplanner.workbook.raw.text_table import TextTable
from aluplanner.workbook.raw.values import TEXT

_ROW: Final = b"<row "
_SPARSE: Final = 8
_FEW: Final = 1 << 16
"""Rows with more than ``_FEW`` places for cells are taken so only if one of ``_SPARSE`` is filled."""


class StripScan:
    """Takes the rows of a sheet that a template matches.

    Parameters
    ----------
    template
        The template.
    sheet, texts
        Where the cells and their texts are put.

    Attributes
    ----------
    attributes
        What the start tags of the rows hold besides the number; whether that is right is not looked at.
    is_useful
        Whether the template matches most rows.
    count
        How many cells were taken.
    """

    def __init__(self, template: Template, sheet: PackedSheet, texts: TextTable) -> None:
        self.attributes: set[bytes] = set()
        self.is_useful = True
        self.count = 0
        self._template = template
        self._sheet = sheet
        self._texts = texts
        self._kinds = [kind for _, kind in template.strips]
        sheet.strips = [Strip(column, TEXT if kind == OWN_TEXT else kind) for column, kind in template.strips]

    def take(self, block: bytes) -> bytes:
        """Take rows; return those that the template does not match.

        Raises
        ------
        IrregularError
            If there is anything but rows, or something in them that takes a parser.
        """
        stride = self._template.stride
        pieces = self._template.pattern.split(block)
        others = pieces[::stride]
        rest = b"".join(others)
        # so that none of it belongs to a row that began before a row in between
        if rest and not all(other.startswith(_ROW) for other in others if other):
            raise IrregularError
        numbers = list(map(int, pieces[1::stride]))
        columns = [pieces[group::stride] for group in range(3, stride)]
        found = [list(filter(None, column)) for column in columns]
        count = sum(map(len, found))
        if len(numbers) * len(columns) > max(_SPARSE * count, _FEW):
            self.is_useful = False
            return block
        if numbers and max(numbers) > LAST_ROW:
            raise IrregularError
        self._sheet.lines.fromlist(numbers)
        self.attributes.update(pieces[2::stride])
        for strip, kind, column, contents in zip(self._sheet.strips, self._kinds, columns, found, strict=True):
            self._put(strip, kind, column, contents)
        self.count += count
        self.is_useful = 2 * len(rest) < len(block)
        return rest

    def finish(self) -> None:
        """Leave out what holds nothing.

        Raises
        ------
        IrregularError
            If two rows have the same number.
        """
        sheet = self._sheet
        lines = set(sheet.lines)
        if len(lines) < len(sheet.lines) or not lines.isdisjoint(sheet.row_numbers):
            raise IrregularError
        sheet.strips = [strip for strip in sheet.strips if strip.values]
        filled = reduce(or_, (int.from_bytes(strip.mask, "little") for strip in sheet.strips), 0)
        kept = filled.to_bytes(len(sheet.lines), "little")
        if 0 in kept:
            sheet.lines = type(sheet.lines)("I", compress(sheet.lines, kept))
            for strip in sheet.strips:
                strip.mask = bytearray(compress(strip.mask, kept))

    def _put(self, strip: Strip, kind: int, column: Sequence[bytes | None], contents: list[bytes]) -> None:
        """Append to a strip what the rows hold there; ``contents`` is that without the gaps."""
        if kind == TEXT:
            blank = self._blank(contents)
            if blank:
                column = [None if content in blank else content for content in column]
                contents = list(filter(None, column))
            strip.values.extend(map(int, contents))
        elif kind == OWN_TEXT:
            strip.values.extend(self._texts.add_own(contents))
        else:
            strip.values.extend(numbers_of(contents))
        is_mixed = 0 < len(contents) < len(column)
        strip.mask += bytes(map(bool, column)) if is_mixed else bytes([bool(contents)]) * len(column)

    def _blank(self, contents: Sequence[bytes]) -> set[bytes]:
        """Take the shared texts that cells refer to; return those of the references that mean an empty one."""
        used = {*contents}
        if used and not b"".join(used).isdigit():
            raise IrregularError
        try:
            indexes = {content: int(content) for content in used}
        except ValueError:
            raise IrregularError from None  # more digits than a number has
        blank = self._texts.use_shared(indexes.values())
        return {content for content, index in indexes.items() if index in blank}
