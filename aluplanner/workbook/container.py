"""An .xlsx workbook opened in this process.

The cells are not read through openpyxl because every cell has to be told from its neighbours: openpyxl opens
strict workbooks without their sheets, drops rows that are out of order, takes the dates of Chinese
formats for numbers and cannot say whether an empty cell holds a formula that was never calculated.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from aluplanner.workbook.markup import PartError
from aluplanner.workbook.raw.book import RawBook
from aluplanner.workbook.raw.errors import RawError
from aluplanner.workbook.sheet import SheetContents
from aluplanner.workbook.unpacking import unpacked


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet: the name on its tab, the part that holds its cells, and whether its tab is hidden.

    The part is empty where the workbook lists a sheet and refers to no part: reading that one fails.
    """

    name: str
    part: str
    is_hidden: bool = False


class BookReader(Protocol):
    """A workbook opened for reading, in this process or in another one."""

    @property
    def sheets(self) -> tuple[SheetPart, ...]:
        """The worksheets, in the order of their tabs; chart sheets are left out."""
        ...

    def expect(self, sheets: Iterable[SheetPart]) -> None:
        """Say which sheets will be read, in which order; it is never wrong not to, or to read others."""
        ...

    def read(self, sheet: SheetPart) -> SheetContents:
        """Return what a sheet holds; raises PartError."""
        ...

    def read_notes(self, sheet: SheetPart) -> dict[tuple[int, int], str]:
        """Return the notes on the cells of a sheet, by (row, column); raises PartError."""
        ...


class Container:
    """An opened workbook.

    Parameters
    ----------
    data
        The bytes of the file.

    Raises
    ------
    PartError
        If they are no .xlsx workbook, or one that cannot be read.
    """

    def __init__(self, data: bytes) -> None:
        with _in_words():
            self._book = RawBook(data)

    @cached_property
    def sheets(self) -> tuple[SheetPart, ...]:
        """The worksheets, in the order of their tabs; chart sheets are left out."""
        return tuple(SheetPart(*sheet) for sheet in self._book.sheets)

    @property
    def is_1904(self) -> bool:
        """Whether days count from 1904."""
        return self._book.is_1904

    def expect(self, sheets: Iterable[SheetPart]) -> None:
        """Take note of which sheets will be read; nothing is done before they are."""

    def read(self, sheet: SheetPart) -> SheetContents:
        """Return what a sheet holds.

        Raises
        ------
        PartError
            If the sheet's part is missing or damaged.
        """
        with _in_words():
            return unpacked(self._book.read(sheet.part), self._book.is_1904)

    def read_notes(self, sheet: SheetPart) -> dict[tuple[int, int], str]:
        """Return the notes on the cells of a sheet, by (row, column).

        Raises
        ------
        PartError
            If the part that holds them is missing or damaged.
        """
        with _in_words():
            return self._book.read_notes(sheet.part)


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except RawError as error:
        raise PartError.of(error) from error
