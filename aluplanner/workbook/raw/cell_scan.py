"""The cells of a block of rows, as a scan of the bytes finds them."""

import re
from itertools import compress
from math import isfinite
from typing import Final

from aluplanner.workbook.raw.plain_text import IrregularError
from aluplanner.workbook.raw.values import ABSENT, DATE, LONGEST_CLEAN, NUMBER, TEXT, clean

OWN_TEXT: Final = 100
OTHER: Final = 101
"""Kinds only used in scanning: a text that stands in the cell itself, and what is looked at cell by cell."""

_FORMULA: Final = rb"<f(?: [^<>]*+|/)?+>(?:[^<]*+</f>)?+"
# Groups: reference, other attributes, start of an inline text, formula, content, formula without one. What ends with
# "/>" holds nothing.
CELL: Final = re.compile(
    rb'<c r="([A-Z]++[0-9]++)"([^<>]*+)>'
    rb'(?:(?:<v>|(<is><t(?: xml:space="preserve")?+>)|(' + _FORMULA + rb")<v>)([^<]*+)(?(3)</t></is>|</v>)</c>"
    rb"|(?<=/>)|(" + _FORMULA + rb")</c>|</c>)"
)
CELL_STRIDE: Final = 7
"""How many pieces splitting by it gives for each cell."""

_ATTRIBUTE = re.compile(rb' ([a-z]++)="([A-Za-z0-9]*+)"')
_NUMERALS: Final = b"0123456789+-.eE"
_LONG: Final = bytes(LONGEST_CLEAN + 1) + b"\1" * (255 - LONGEST_CLEAN)


class ScannedCells:
    """The cells of a block: their contents, kinds and numbers."""

    def __init__(self, contents: list[bytes], kinds: bytearray) -> None:
        self.contents = contents
        self.kinds = kinds
        self.numbers: list[float] = [0.0] * len(contents)

    def put(self, index: int, kind: int, number: float) -> None:
        """Say what a cell is."""
        self.kinds[index] = kind
        self.numbers[index] = number

    def indexes(self, kind: int) -> list[int]:
        """Return which cells are of a kind."""
        return list(compress(range(len(self.kinds)), self._mask(kind)))

    def contents_of(self, kind: int) -> list[bytes]:
        """Return the contents of the cells of a kind."""
        return list(compress(self.contents, self._mask(kind)))

    def numbers_of(self, kind: int) -> list[float]:
        """Return the numbers of the cells of a kind."""
        return list(compress(self.numbers, self._mask(kind)))

    def make_numbers(self) -> None:
        """Make the numbers of the cells that hold one, or the index of a shared text."""
        mask = self._mask(NUMBER, DATE, TEXT)
        is_all = ABSENT not in mask
        numbers = numbers_of(self.contents if is_all else list(compress(self.contents, mask)))
        if is_all:
            self.numbers = numbers
        else:
            for index, number in zip(compress(range(len(mask)), mask), numbers, strict=True):
                self.numbers[index] = number

    def _mask(self, *kinds: int) -> bytearray:
        """Return a byte for each cell, which is 0 unless it is of one of the kinds."""
        table = bytearray(256)
        for kind in kinds:
            table[kind] = 1
        return self.kinds.translate(table)


def numbers_of(contents: list[bytes]) -> list[float]:
    """Return the numbers that contents of cells stand for.

    Raises
    ------
    IrregularError
        If one is no number as programs write them.
    """
    distinct = list(dict.fromkeys(contents))
    if 2 * len(distinct) > len(contents):
        return _converted(contents)
    meanings = dict(zip(distinct, _converted(distinct), strict=True))
    return list(map(meanings.__getitem__, contents))


def _converted(contents: list[bytes]) -> list[float]:
    if b"".join(contents).translate(None, _NUMERALS):
        raise IrregularError
    try:
        numbers = list(map(float, contents))
        is_long = bytes(map(len, contents)).translate(_LONG)
    except ValueError:
        raise IrregularError from None  # no number, or more digits than one has
    for index in compress(range(len(contents)), is_long):
        numbers[index] = clean(numbers[index])
    if not isfinite(sum(numbers)):
        raise IrregularError
    return numbers


class Kinds(dict[bytes, int]):
    """The kind of a cell by its attributes; a sheet has few different ones."""

    def __init__(self, dates: frozenset[str]) -> None:
        super().__init__()
        self._dates = dates

    def __missing__(self, attributes: bytes) -> int:
        type_, is_date = self.meaning(attributes)
        kind = self[attributes] = {
            "n": DATE if is_date else NUMBER,
            "s": TEXT,
            "str": OWN_TEXT,
            "inlineStr": OWN_TEXT,
        }.get(type_, OTHER)
        if attributes.endswith(b"/"):
            kind = self[attributes] = OTHER
        return kind

    def meaning(self, attributes: bytes) -> tuple[str, bool]:
        """Return the type that attributes give a cell, and whether they show its number as a date."""
        text = attributes.removesuffix(b"/").removesuffix(b" ")
        pairs = _ATTRIBUTE.findall(text)
        found = dict(pairs)
        is_regular = sum(len(name) + len(value) + 4 for name, value in pairs) == len(text)
        if not is_regular or len(found) < len(pairs) or b"r" in found:
            raise IrregularError
        return found.get(b"t", b"n").decode(), found.get(b"s", b"0").decode() in self._dates
