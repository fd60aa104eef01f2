"""Rows of a sheet and the places of their cells, as a scan of the bytes finds them."""

import re
from collections.abc import Sequence
from itertools import compress
from typing import Final, NamedTuple

from aluplanner.workbook.raw.limits import LAST_COLUMN, LAST_ROW
from aluplanner.workbook.raw.plain_text import IrregularError
from aluplanner.workbook.raw.values import column_number

_END: Final = b"</row>"
_TAG = re.compile(rb'</row>|<row r="([1-9][0-9]{0,6})"([^<>]*+)>')
_NEXT = re.compile(rb'</row><row r="([1-9][0-9]{0,6})"([^<>\n]*+)>\n')
_NEXT_LENGTH: Final = len('</row><row r="">\n')
_DIGITS: Final = b"0123456789"
_LETTERS: Final = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_OPEN: Final = b"0"  # stands for the number of the row that a border ends
_MOST_LETTERS: Final = 3


class RowScan:
    """Finds the rows between the cells.

    Attributes
    ----------
    attributes
        What the start tags of rows hold besides the number; whether that is right is not looked at.
    """

    def __init__(self) -> None:
        self.attributes: set[bytes] = set()
        self._columns = Columns()

    def rows(self, between: Sequence[bytes], references: Sequence[bytes]) -> "ScannedRows":
        """Return the rows that hold cells, and the columns of all cells.

        Parameters
        ----------
        between
            What stands before each cell and, at the end, after the last one.
        references
            The cells' own statements of their places: letters, then digits.

        Raises
        ------
        IrregularError
            If that is anything but rows one after the other.
        """
        starts = list(compress(range(len(between)), between))
        if not starts or starts[-1] != len(references):
            raise IrregularError  # the last row has no end
        numbers = self._opened([between[start] for start in starts], starts[0] > 0)
        ends = starts[1:]
        lengths = [end - start for start, end in zip(starts, ends, strict=False)]
        together = b" ".join((*references, b""))
        stated = b"".join([(number + b" ") * length for number, length in zip(numbers, lengths, strict=True)])
        if together.translate(None, _LETTERS) != stated:
            raise IrregularError
        letters = together.translate(None, _DIGITS).split()
        columns = list(map(self._columns.__getitem__, letters))
        return ScannedRows(list(map(int, numbers)), lengths, columns)

    def _opened(self, borders: list[bytes], is_open: bool) -> list[bytes]:
        """Return the numbers of the rows that begin at the borders between rows; none does at the last one."""
        numbers = [] if len(borders) == 1 else [self._opened_at(borders[0], is_open)]
        between = borders[1:-1]
        found = _NEXT.findall(b"\n".join((*between, b"")))
        matched = sum(len(number) + len(attributes) + _NEXT_LENGTH for number, attributes in found)
        if len(found) == len(between) and matched == sum(map(len, between)) + len(between):
            self.attributes.update(attributes for _, attributes in found)
            numbers += [number for number, _ in found]
        else:
            numbers += [self._opened_at(border, is_open=True) for border in between]
        if self._opened_at(borders[-1], is_open or len(borders) > 1) or not all(numbers):
            raise IrregularError
        if numbers and max(map(int, numbers)) > LAST_ROW:
            raise IrregularError
        return numbers

    def _opened_at(self, border: bytes, is_open: bool) -> bytes:
        """Return the number of the row that a border opens, empty if it opens none; rows within it have no cells."""
        position, number = 0, _OPEN if is_open else b""
        while position < len(border):
            found = _TAG.match(border, position)
            if found is None or (found[0] == _END) is not bool(number):
                raise IrregularError
            position = found.end()
            number = b""
            if found[0] != _END:
                if int(found[1]) > LAST_ROW:
                    raise IrregularError
                is_empty = found[2].endswith(b"/")
                self.attributes.add(found[2].removesuffix(b"/"))
                number = b"" if is_empty else found[1]
        if number is _OPEN:
            raise IrregularError
        return number


class ScannedRows(NamedTuple):
    """Rows: their numbers, how many cells each has, and the columns of the cells of all."""

    numbers: list[int]
    lengths: list[int]
    columns: list[int]


class Columns(dict[bytes, int]):
    """The numbers of columns by their letters."""

    def __missing__(self, letters: bytes) -> int:
        number = column_number(letters.decode())
        if len(letters) > _MOST_LETTERS or number > LAST_COLUMN:
            raise IrregularError
        self[letters] = number
        return number
