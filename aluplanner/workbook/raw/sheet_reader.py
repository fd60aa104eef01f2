"""The cells of one worksheet, read element by element: slow, and right for everything that is well-formed."""

import re
from collections.abc import Sequence
from typing import Final

from aluplanner.workbook.raw.errors import RawError
from aluplanner.workbook.raw.limits import LAST_COLUMN, LAST_ROW, MOST_CELLS, MOST_MERGES
from aluplanner.workbook.raw.markup import ElementReader
from aluplanner.workbook.raw.packed import Merge, PackedSheet
from aluplanner.workbook.raw.values import RawCell, column_number, interpret

_ROW = re.compile(r"[1-9]\d{0,6}", re.ASCII)
_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_SHOWN: Final = 40


class MergeReader(ElementReader):
    """Reads what stands around the cells of a sheet.

    Attributes
    ----------
    merged
        The merged ranges.
    """

    def __init__(self) -> None:
        super().__init__()
        self.merged: list[Merge] = []
        self._is_after = False
        self._is_list = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of the start of an element."""
        if name == "mergeCells":
            self._is_list = self._is_after
        elif name == "mergeCell" and self._is_list:
            if len(self.merged) >= MOST_MERGES:
                raise RawError("too-many-merges", str(MOST_MERGES))
            self.merged.append(merged_range(attributes.get("ref", "")))

    def end(self, name: str) -> None:
        """Take note of the end of an element."""
        if name == "mergeCells":
            self._is_list = False
        elif name == "sheetData":
            self._is_after = True


class SheetReader(MergeReader):
    """Reads one worksheet.

    Parameters
    ----------
    texts
        The workbook's shared texts.
    dates
        The cell styles, by index as text, that show dates.
    """

    def __init__(self, texts: Sequence[str], dates: frozenset[str]) -> None:
        self._texts = texts
        self._dates = dates
        self._rows: dict[int, dict[int, RawCell]] = {}
        self._formulas: dict[tuple[int, int], None] = {}
        self._columns: dict[str, int] = {}
        self._row: dict[int, RawCell] = {}
        self._row_number = 0
        self._row_digits = ""
        self._column = 0
        self._count = 0
        self._kind = "n"
        self._style = ""
        self._content: list[str] = []
        self._is_content = False
        self._is_formula = False
        self._is_phonetic = False
        super().__init__()

    @property
    def sheet(self) -> PackedSheet:
        """What was read."""
        sheet = PackedSheet()
        sheet.add_rows((number, cells) for number, cells in self._rows.items() if cells)
        for place in self._formulas:
            sheet.formulas.extend(place)
        sheet.merged = self.merged
        return sheet

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of the start of an element."""
        if name == "sheetData" and not self._is_after:
            self.listen(self._start_in_cells, self._end_in_cells, self._text_in_cells)
        else:
            super().start(name, attributes)

    def _start_in_cells(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name in ("v", "t"):
            self._is_content = not self._is_phonetic
        elif name == "row":
            self._start_row(attributes.get("r"))
        elif name == "f":
            self._is_formula = True
            self._formulas[self._row_number, self._column] = None
        elif name == "rPh":
            self._is_phonetic = True

    def _end_in_cells(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif name in ("v", "t"):
            self._is_content = False
        elif name == "rPh":
            self._is_phonetic = False
        elif name == "sheetData":
            # what follows (conditional formats, validations) uses the same short names for other things
            self._is_after = True
            self.listen(self.start, self.end, None)

    def _text_in_cells(self, text: str) -> None:
        if self._is_content:
            self._content.append(text)

    def _start_row(self, number: str | None) -> None:
        self._row_number = self._row_number + 1 if number is None else row_number(number)
        if self._row_number > LAST_ROW:
            raise RawError("bad-reference", str(self._row_number))
        self._row_digits = str(self._row_number)
        self._row = self._rows.setdefault(self._row_number, {})
        self._column = 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
            if self._column > LAST_COLUMN:
                raise RawError("bad-reference", str(self._column))
        else:
            letters = reference.rstrip("0123456789")
            if reference[len(letters) :] != self._row_digits:
                raise RawError("bad-reference", reference[:_SHOWN])
            self._column = self._columns.get(letters) or self._column_of(letters, reference)
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._content = []
        self._is_formula = False

    def _column_of(self, letters: str, reference: str) -> int:
        known = self._columns[letters] = cell_place(reference)[1]
        return known

    def _end_cell(self) -> None:
        content = "".join(self._content)
        if content or self._is_formula:
            cell = interpret(self._kind, self._style in self._dates, content, self._is_formula, self._texts)
            if cell is not None:
                self._row[self._column] = cell
                self._count += 1
                if self._count > MOST_CELLS:
                    raise RawError("too-many-cells", str(MOST_CELLS))


def row_number(digits: str) -> int:
    """Return the number of a row.

    Raises
    ------
    RawError
        If no sheet has such a row.
    """
    if not _ROW.fullmatch(digits) or int(digits) > LAST_ROW:
        raise RawError("bad-reference", digits[:_SHOWN])
    return int(digits)


def cell_place(reference: str) -> tuple[int, int]:
    """Return row and column of a cell.

    Raises
    ------
    RawError
        If no sheet has such a cell.
    """
    found = _CELL.fullmatch(reference)
    if not found or int(found[2]) > LAST_ROW or column_number(found[1]) > LAST_COLUMN:
        raise RawError("bad-reference", reference[:_SHOWN])
    return int(found[2]), column_number(found[1])


def merged_range(reference: str) -> Merge:
    """Return first row and column, last row and column of a range.

    Raises
    ------
    RawError
        If no sheet has such a range.
    """
    first, _, last = reference.partition(":")
    top, left = cell_place(first)
    bottom, right = cell_place(last or first)
    if bottom < top or right < left:
        raise RawError("bad-reference", reference[:_SHOWN])
    return top, left, bottom, right
