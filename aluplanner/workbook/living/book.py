"""The workbook around the cells: XlsxWriter makes it without contents, then the cells are put in.

XlsxWriter knows names, validations, charts and print set-ups; it would take most of its time for the formulas, which
stand ready as XML. So it is given none, and the empty ``sheetData`` of each sheet is replaced.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from aluplanner.workbook.living.area import Area, letters
from aluplanner.workbook.living.grid import Grid
from aluplanner.workbook.living.looks import TAB_RESULT, properties

MARK: Final = "AluPlanner.Living"
"""The hidden name by which the program knows its own living workbooks."""

_LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
_CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC)
_EMPTY: Final = re.compile(rb"<sheetData\s*/>|<sheetData>.*?</sheetData>", re.DOTALL)
_DIMENSION: Final = re.compile(rb'<dimension ref="[^"]*"\s*/>')
_SENTINEL: Final = re.compile(rb'<c r="([A-Z]+)1" s="(\d+)"')
_LOOK: Final = re.compile(rb' s="(\d+)"')
_LEVEL: Final = 5  # a fifth larger than the densest, in half the time


@dataclass(frozen=True)
class Page:
    """A sheet: its cells, and XlsxWriter's worksheet for everything around them."""

    grid: Grid
    worksheet: Any


class Book:
    """A workbook under way.

    Parameters
    ----------
    title, author
        Its properties.
    """

    def __init__(self, title: str, author: str) -> None:
        import xlsxwriter

        self._stream = io.BytesIO()
        self.writer: Any = xlsxwriter.Workbook(self._stream, {"in_memory": True})
        self.writer.set_properties({"title": title, "author": author or "AluPlanner", "created": _CREATED})
        self._pages: dict[str, Page] = {}

    def page(self, sheet: str, tab: str = TAB_RESULT) -> Page:
        """Add a sheet at the end."""
        worksheet = self.writer.add_worksheet(sheet)
        worksheet.set_tab_color(tab)
        self._pages[sheet] = Page(Grid(sheet), worksheet)
        if len(self._pages) == 1:
            self._show_looks(worksheet)
        return self._pages[sheet]

    def __getitem__(self, sheet: str) -> Page:
        return self._pages[sheet]

    @property
    def formulas(self) -> int:
        """How many formulas there are."""
        return sum(page.grid.formulas for page in self._pages.values())

    def name(self, name: str, area: Area | str) -> None:
        """Define a name for a block or a reference."""
        text = area if isinstance(area, str) else area.at(0, 0, "cr") if area.rows * area.columns == 1 else area.whole()
        self.writer.define_name(name, f"={text}")

    def _show_looks(self, worksheet: Any) -> None:
        """Use every look once in the first row of the first sheet, which is replaced: it numbers them in order."""
        for number, look in enumerate(properties()):
            if number:
                worksheet.write_blank(0, number, None, self.writer.add_format(look))

    def to_bytes(self) -> bytes:
        """Return the workbook; the same contents give the same bytes."""
        self.writer.close()
        parts: dict[str, bytes] = {}
        with zipfile.ZipFile(self._stream) as shell:
            for info in shell.infolist():
                parts[info.filename] = shell.read(info)
        numbers = _numbers_of_looks(parts["xl/worksheets/sheet1.xml"])
        for number, page in enumerate(self._pages.values(), start=1):
            part = f"xl/worksheets/sheet{number}.xml"
            parts[part] = _with_cells(parts[part], page.grid, numbers)
        parts["xl/workbook.xml"] = _with_hidden_mark(parts["xl/workbook.xml"])
        return _packed(parts)


def _numbers_of_looks(sheet: bytes) -> dict[bytes, bytes]:
    """Return the number that XlsxWriter gave to each look, where it is another than the cells have."""
    given = dict(_SENTINEL.findall(sheet))
    numbers = {b"%d" % number: given[letters(number + 1).encode()] for number in range(1, len(properties()))}
    return {own: number for own, number in numbers.items() if own != number}


def _with_cells(sheet: bytes, grid: Grid, numbers: dict[bytes, bytes]) -> bytes:
    """Return a sheet with its cells.

    Raises
    ------
    RuntimeError
        If there is no place for them.
    """
    cells = grid.xml().encode()
    if numbers:
        cells = _LOOK.sub(lambda found: b' s="%s"' % numbers.get(found[1], found[1]), cells)
    sheet = _DIMENSION.sub(b'<dimension ref="%s"/>' % grid.used.encode(), sheet, count=1)
    place = _EMPTY.search(sheet)
    if place is None:
        raise RuntimeError(f"no place for the cells of {grid.sheet}")
    return b"".join((sheet[: place.start()], cells, sheet[place.end() :]))


def _with_hidden_mark(workbook: bytes) -> bytes:
    return workbook.replace(f'<definedName name="{MARK}"'.encode(), f'<definedName name="{MARK}" hidden="1"'.encode())


def _packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as book:
        for name, contents in parts.items():
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system, info.external_attr = 0, 0
            book.writestr(info, contents, compresslevel=_LEVEL)
    return stream.getvalue()
