"""The cells of one worksheet, found with patterns in the bytes: for sheets as programs write them.

In a large sheet one pattern matches whole rows that are like others; what it leaves is taken cell by cell. Nothing is
guessed: a sheet is taken only if the patterns match its rows and cells without a gap, and what they do not look into
(what stands around the cells, the attributes of rows, the formulas) goes through the XML parser.
Everything else raises :class:`~aluplanner.workbook.raw.plain_text.IrregularError`, and
:class:`~aluplanner.workbook.raw.sheet_reader.SheetReader` reads the sheet instead; both give the same.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, compress
from typing import Final

from aluplanner.workbook.raw.cell_scan import CELL, CELL_STRIDE, OTHER, OWN_TEXT, Kinds, ScannedCells
from aluplanner.workbook.raw.errors import RawError
from aluplanner.workbook.raw.limits import MOST_CELLS
from aluplanner.workbook.raw.packed import PackedSheet
from aluplanner.workbook.raw.plain_text import IrregularError, plain_texts
from aluplanner.workbook.raw.prolog import is_plain_utf_8
from aluplanner.workbook.raw.row_scan import RowScan, ScannedRows
from aluplanner.workbook.raw.row_template import learn
from aluplanner.workbook.raw.sheet_reader import MergeReader
from aluplanner.workbook.raw.strip_scan import StripScan
from aluplanner.workbook.raw.text_table import TextTable
from aluplanner.workbook.raw.values import ABSENT, TEXT, RawCell, interpret

_NAME: Final = b"sheetData"
_START: Final = b"<sheetData>"
_END: Final = b"</sheetData>"
_ROW_END: Final = b"</row>"
_BLOCK: Final = 1 << 21
_LEAST: Final = 1 << 16
"""Bytes of rows from which on it pays to look for a template."""


def scan_sheet(part: str, contents: bytes, texts: Sequence[str], dates: frozenset[str]) -> PackedSheet:
    """Return what a sheet holds.

    Parameters
    ----------
    part, contents
        The sheet's part: its name and its bytes.
    texts
        The workbook's shared texts.
    dates
        The cell styles, by index as text, that show dates.

    Raises
    ------
    IrregularError
        If the sheet is not in the form that is scanned.
    RawError
        If it holds too much.
    """
    start, end = contents.find(_START) + len(_START), contents.rfind(_END)
    head, tail = contents[:start], contents[end:]
    if start < len(_START) or end < start or not is_plain_utf_8(head + tail):
        raise IrregularError
    if _NAME in head[: -len(_START)] or _NAME in tail[len(_END) :]:
        raise IrregularError  # a second place for rows, of which the parser takes the first
    scan = _Scan(texts, dates)
    if end - start >= _LEAST:
        scan.learn(contents, start, end)
    for block in _blocks(contents, start, end):
        scan.take(block)
    scan.finish()
    around = MergeReader()
    try:
        around.read(part, b"".join((head, *scan.samples(), tail)))
    except RawError:
        raise IrregularError from None  # the parser will say what is wrong, and whether it is
    scan.sheet.merged = around.merged
    return scan.sheet


def _blocks(contents: bytes, start: int, end: int) -> Iterator[bytes]:
    """Yield the rows, as many at a time as are quickly dealt with."""
    while start < end:
        stop = end
        if end - start > _BLOCK:
            stop = contents.find(_ROW_END, start + _BLOCK, end) + len(_ROW_END)
            if stop < start:
                stop = end
        yield contents[start:stop]
        start = stop


class _Scan:
    """Takes the rows of a sheet, block by block."""

    def __init__(self, texts: Sequence[str], dates: frozenset[str]) -> None:
        self.sheet = PackedSheet()
        self._texts = TextTable(self.sheet, texts)
        self._rows = RowScan()
        self._formulas: set[bytes] = set()
        self._kinds = Kinds(dates)
        self._strips: StripScan | None = None

    def learn(self, contents: bytes, start: int, end: int) -> None:
        """Look at some rows, so that those like them can be taken at once."""
        template = learn(contents, start, end, self._kinds)
        self._strips = template and StripScan(template, self.sheet, self._texts)

    def samples(self) -> Iterator[bytes]:
        """Yield all that was matched but not looked into, each once, for the parser to judge."""
        for attributes in self._rows.attributes | (self._strips.attributes if self._strips else set()):
            yield b'<row r="1"%b></row>' % attributes
        for formula in self._formulas:
            yield b"<c>%b</c>" % formula

    def take(self, block: bytes) -> None:
        """Append the cells of some rows."""
        if self._strips and self._strips.is_useful:
            block = self._strips.take(block)
        if block:
            self._take_cells(block)
        if len(self.sheet.kinds) + (self._strips.count if self._strips else 0) > MOST_CELLS:
            raise RawError("too-many-cells", str(MOST_CELLS))

    def finish(self) -> None:
        """Put in order what was taken."""
        if self._strips:
            self._strips.finish()

    def _take_cells(self, block: bytes) -> None:
        parts = CELL.split(block)
        references, attributes, _, formulas, contents = (parts[group::CELL_STRIDE] for group in range(1, 6))
        rows = self._rows.rows(parts[::CELL_STRIDE], references)
        if b"<f" in block:
            formulas = [formula or bare for formula, bare in zip(formulas, parts[6::CELL_STRIDE], strict=True)]
        kinds = bytearray(map(self._kinds.__getitem__, attributes))
        cells = ScannedCells([content or b"" for content in contents], kinds)
        if any(formulas):
            self._take_formulas(formulas, rows)
        self._take_singly(cells, attributes, formulas)
        cells.make_numbers()
        self._take_texts(cells)
        self._share_texts(cells)
        self._append(cells, rows)

    def _take_formulas(self, formulas: Sequence[bytes], rows: ScannedRows) -> None:
        self._formulas.update(filter(None, formulas))
        first = 0
        for number, length in zip(rows.numbers, rows.lengths, strict=True):
            for index in compress(range(first, first + length), formulas[first : first + length]):
                self.sheet.formulas.extend((number, rows.columns[index]))
            first += length

    def _take_singly(self, cells: ScannedCells, attributes: Sequence[bytes], formulas: Sequence[bytes]) -> None:
        """Look at every cell that is empty or of a rare kind."""
        if all(cells.contents) and OTHER not in cells.kinds:
            return
        for index, (content, kind) in enumerate(zip(cells.contents, cells.kinds, strict=True)):
            if not content and not formulas[index]:
                cells.kinds[index] = ABSENT
            elif not content or kind == OTHER:
                if attributes[index].endswith(b"/"):
                    raise IrregularError  # an element that has ended holds nothing
                type_, is_date = self._kinds.meaning(attributes[index])
                (text,) = plain_texts([content])
                cell = interpret(type_, is_date, text, bool(formulas[index]), self._texts.shared)
                cells.put(index, ABSENT if cell is None else cell[0], 0 if cell is None else self._number(cell))

    def _number(self, cell: RawCell) -> float:
        """Return the number that stands for what a cell holds."""
        kind, value = cell
        if isinstance(value, float):
            return value
        if isinstance(value, tuple):
            return self.sheet.add_fault(*value)
        return self._texts.add(value) if kind == TEXT else self.sheet.add_moment(value)

    def _take_texts(self, cells: ScannedCells) -> None:
        """Take the texts that stand in the cells themselves."""
        if OWN_TEXT not in cells.kinds:
            return
        numbers = self._texts.add_own(cells.contents_of(OWN_TEXT))
        for index, number in zip(cells.indexes(OWN_TEXT), numbers, strict=True):
            cells.numbers[index] = number

    def _share_texts(self, cells: ScannedCells) -> None:
        """Take the texts that cells refer to; no cell is left with an empty one."""
        if TEXT in cells.kinds:
            if not b"".join(cells.contents_of(TEXT)).isdigit():
                raise IrregularError
            blank = self._texts.use_shared(set(map(int, set(cells.numbers_of(TEXT)))))
            if blank:
                for index in cells.indexes(TEXT):
                    if cells.numbers[index] in blank:
                        cells.kinds[index] = ABSENT
        cells.kinds = cells.kinds.replace(bytes([OWN_TEXT]), bytes([TEXT]))

    def _append(self, cells: ScannedCells, rows: ScannedRows) -> None:
        sheet, kinds = self.sheet, cells.kinds
        columns, numbers, lengths = rows.columns, cells.numbers, rows.lengths
        if ABSENT in kinds:
            columns = list(compress(columns, kinds))
            numbers = list(compress(numbers, kinds))
            ends = list(accumulate(lengths))
            lengths = [
                length - kinds.count(ABSENT, end - length, end) for length, end in zip(lengths, ends, strict=True)
            ]
        sheet.row_numbers.fromlist(rows.numbers)
        sheet.row_lengths.fromlist(lengths)
        sheet.columns.fromlist(columns)
        sheet.numbers.fromlist(numbers)
        sheet.kinds += kinds.translate(None, bytes([ABSENT]))
