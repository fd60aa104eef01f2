"""How the program's own sheets look: colours, cell formats, print setup."""

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from aluplanner.model.cell_text import clean_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

INPUT: Final = "0B5FA5"
"""Headers and tabs of sheets that a planner fills in."""
RESULT: Final = "00616A"
"""Headers and tabs of sheets that the program fills in."""
HISTORY: Final = "565D67"
"""Headers and tab of the sheet of changes."""

INK: Final = "16191D"
MUTED: Final = "565D67"
RULE: Final = "C9CED5"
PAPER: Final = "FFFFFF"
PALE: Final = "EEF3F8"

ROW_HEIGHT: Final = 15
"""Points that a line of text takes."""

_WIDE: Final = 0x2E7F
_A4: Final = 9
_LONGEST_NAME: Final = 8000
_LONGEST_FACT: Final = 255
# else the file would hold the moment it was made at, and the same plan would give other bytes every time
_CREATED: Final = datetime(2000, 1, 1)


class Formats:
    """The cell formats of one workbook in the making, each made once.

    Parameters
    ----------
    book
        The workbook.
    """

    def __init__(self, book: "Workbook") -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def of(self, looks: Mapping[str, object] | None = None, **more: object) -> "Format | None":
        """Return the format with these properties of XlsxWriter, ``None`` for none at all."""
        wanted = {**(looks or {}), **more}
        if not wanted:
            return None
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(dict(wanted))
        return self._made[key]

    def header(self, colour: str, **more: object) -> "Format | None":
        """Return the format of header cells on a ground of the colour."""
        return self.of(
            {
                "bold": True,
                "font_color": PAPER,
                "bg_color": colour,
                "valign": "vcenter",
                "text_wrap": True,
                "indent": 0,
            },
            **more,
        )


def make_book(stream: Any, *, title: str = "", author: str = "", is_1904: bool = False) -> "Workbook":
    """Return an empty workbook in the making; what is written depends on the contents alone.

    ``is_1904`` lets it count days from 1904, for sheets that go into a workbook that does.
    """
    from xlsxwriter import Workbook

    # in memory, or every part would be a file in the system's temporary folder first
    book = Workbook(stream, {"in_memory": True, "date_1904": is_1904})
    about = {"title": clean_text(title)[:_LONGEST_FACT], "author": clean_text(author)[:_LONGEST_FACT] or "AluPlanner"}
    book.set_properties({**about, "created": _CREATED})
    book.calc_on_load = False  # there is no formula, and Excel would ask on closing whether to save
    return book


def lines_needed(text: str, width: float) -> int:
    """Return the lines that a text takes in a column of a width in characters; Chinese ones count twice."""
    return sum(
        max(1, math.ceil(sum(2 if ord(sign) > _WIDE else 1 for sign in line) * 1.1 / width))
        for line in text.split("\n")
    )


def set_up_print(sheet: "Worksheet", *, pages_wide: int = 1, header_row: int | None = 0) -> None:
    """Let a sheet print on landscape A4, on as many pages as it takes downwards."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(pages_wide, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&9&F – &A&R&9&P / &N")
    if header_row is not None:
        sheet.repeat_rows(header_row)


def print_areas(book: "Workbook", sheet: "Worksheet", areas: Sequence[tuple[int, int, int, int]]) -> None:
    """Let each of these areas (first row, first column, last row, last column) print on a page of its own.

    Manual page breaks would not do: Excel leaves them out where pages are fitted to a width.
    """
    from xlsxwriter.utility import quote_sheetname, xl_range_abs

    name = quote_sheetname(sheet.get_name())
    refers_to = ",".join(f"{name}!{xl_range_abs(*area)}" for area in areas)
    if len(refers_to) <= _LONGEST_NAME:  # else it prints as it comes
        book.define_name(f"{name}!_xlnm.Print_Area", f"={refers_to}")
