"""A sheet's cells in a form that is quickly made, handed to another process and unpacked.

Cells stand in the order of their rows, in flat arrays: one byte of kind, a column and a number for each. The number of
a text, of an ISO date or of a fault is the index of its words.
"""

import json
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from aluplanner.workbook.raw.values import DATE, FAULT, MOMENT, NUMBER, TEXT, RawCell

_ARRAYS: Final = (
    ("row_numbers", "I"), ("row_lengths", "I"), ("columns", "H"), ("numbers", "d"), ("formulas", "I"),
    ("lines", "I"),
)  # fmt: skip
Merge = tuple[int, int, int, int]


class Strip:
    """Cells of one column and one kind, in the rows that are told column by column.

    Attributes
    ----------
    column, kind
        The number of the column; ``NUMBER``, ``DATE`` or ``TEXT``.
    mask
        A byte for each row: 1 if it has such a cell, else 0.
    values
        What these cells hold: numbers, or the indexes of texts.
    """

    def __init__(self, column: int, kind: int) -> None:
        self.column = column
        self.kind = kind
        self.mask = bytearray()
        self.values: array[Any] = array("I" if kind == TEXT else "d")

    def check(self, length: int) -> None:
        """Raise ValueError unless the strip is one of so many rows."""
        found = self.mask.count(1)
        is_whole = len(self.mask) == length == found + self.mask.count(0) and found == len(self.values)
        if not is_whole or self.kind not in (NUMBER, DATE, TEXT):
            raise ValueError("a strip of a sheet is not whole")


class PackedSheet:
    """The cells of one sheet.

    Most stand in the order of their rows, or all of them do. Where rows are alike they are told column by column.

    Attributes
    ----------
    row_numbers, row_lengths
        The sheet's number of each row, and how many of the cells belong to it. The file may hold rows in any order,
        and one number more than once; what comes later counts.
    columns, kinds, numbers
        Column number, kind (:mod:`~aluplanner.workbook.raw.values`) and number of every cell.
    texts, moments, faults
        The words that the numbers of such cells stand for, by that number.
    lines, strips
        The sheet's numbers of the rows that are told column by column, and their cells. No other row has such a number.
    formulas
        Row and column of the cells that are formulas, one after the other.
    merged
        The merged ranges: first row and column, last row and column.
    """

    def __init__(self) -> None:
        self.row_numbers = array("I")
        self.row_lengths = array("I")
        self.columns = array("H")
        self.kinds = bytearray()
        self.numbers = array("d")
        self.texts: dict[int, str] = {}
        self.moments: list[str] = []
        self.faults: list[tuple[str, str]] = []
        self.formulas = array("I")
        self.lines = array("I")
        self.strips: list[Strip] = []
        self.merged: list[Merge] = []

    def add_rows(self, rows: Iterable[tuple[int, Mapping[int, RawCell]]]) -> None:
        """Append rows: their numbers, and their cells by column."""
        indexes: dict[str, int] = {}
        for row, cells in rows:
            self.row_numbers.append(row)
            self.row_lengths.append(len(cells))
            self.columns.extend(cells)
            for kind, value in cells.values():
                self.kinds.append(kind)
                if isinstance(value, float):
                    self.numbers.append(value)
                elif isinstance(value, tuple):
                    self.numbers.append(self.add_fault(*value))
                elif kind == MOMENT:
                    self.numbers.append(self.add_moment(value))
                else:
                    index = indexes.setdefault(value, len(indexes))
                    self.texts[index] = value
                    self.numbers.append(index)

    def add_moment(self, moment: str) -> int:
        """Append an ISO date; return its index."""
        self.moments.append(moment)
        return len(self.moments) - 1

    def add_fault(self, name: str, text: str) -> int:
        """Append a fault; return its index."""
        self.faults.append((name, text))
        return len(self.faults) - 1

    def to_bytes(self) -> list[bytes]:
        """Return the sheet as pieces of bytes, for a process on the same machine."""
        arrays = [getattr(self, name).tobytes() for name, _ in _ARRAYS] + [bytes(self.kinds)]
        for strip in self.strips:
            arrays += (bytes(strip.mask), strip.values.tobytes())
        words = {
            "lengths": [len(piece) for piece in arrays],
            "strips": [(strip.column, strip.kind) for strip in self.strips],
            "indexes": list(self.texts),
            "texts": list(self.texts.values()),
            "moments": self.moments,
            "faults": self.faults,
            "merged": self.merged,
        }
        head = json.dumps(words).encode()
        return [len(head).to_bytes(8, sys.byteorder), head, *arrays]

    @classmethod
    def from_bytes(cls, data: bytes) -> "PackedSheet":
        """Return the sheet that such pieces, put together, stand for.

        Raises
        ------
        ValueError
            If they stand for none.
        """
        sheet = cls()
        position = 8 + int.from_bytes(data[:8], sys.byteorder)
        words = json.loads(data[8:position])
        pieces = _pieces(data, position, words["lengths"])
        for name, _ in _ARRAYS:
            getattr(sheet, name).frombytes(next(pieces))
        sheet.kinds = bytearray(next(pieces))
        sheet.strips = [Strip(column, kind) for column, kind in words["strips"]]
        for strip in sheet.strips:
            strip.mask = bytearray(next(pieces))
            strip.values.frombytes(next(pieces))
        sheet.texts = dict(zip(words["indexes"], words["texts"], strict=True))
        sheet.moments = words["moments"]
        sheet.faults = [(name, text) for name, text in words["faults"]]
        sheet.merged = [(top, left, bottom, right) for top, left, bottom, right in words["merged"]]
        sheet.check()
        return sheet

    def check(self) -> None:
        """Raise ValueError unless all that belongs together is there."""
        cells = sum(self.row_lengths)
        is_whole = (
            len(self.row_numbers) == len(self.row_lengths)
            and cells == len(self.columns) == len(self.kinds) == len(self.numbers)
            and not len(self.formulas) % 2
            and not (self.kinds and max(self.kinds) > FAULT)
        )
        if not is_whole:
            raise ValueError("the arrays of a sheet do not belong together")
        for strip in self.strips:
            strip.check(len(self.lines))


def _pieces(data: bytes, position: int, lengths: Iterable[int]) -> Iterator[bytes]:
    for length in lengths:
        yield data[position : position + length]
        position += length
    raise ValueError("a sheet is cut off")  # somebody asks for more
