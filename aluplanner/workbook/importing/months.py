"""Months as foreign sheets write them: as dates, as text, as the number 201706, or a month here and its year there."""

import re
import unicodedata
from datetime import datetime
from typing import Final, cast

from aluplanner.model.calendar import FIRST_YEAR, LAST_YEAR, Month
from aluplanner.model.cell_text import CellTextError
from aluplanner.model.monthly import MONTHLY
from aluplanner.workbook.cells import read_cell
from aluplanner.workbook.sheet import Cell

_YEAR: Final = re.compile(r"(?:fy|cy)?\s*(\d{4})\s*(?:年度?|[aef])?", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"(\d{1,2})\s*月份?")
_CHINESE: Final = {
    f"{figures}月": number for number, figures in enumerate([*"一二三四五六七八九十", "十一", "十二"], start=1)
}
_ENGLISH: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)


def month_number(cell: Cell | None) -> Month | None:
    """Return the month that the figures of a number or text stand for (``201706``), ``None`` if they stand for none."""
    text = cell.strip() if isinstance(cell, str) else ""
    is_month_text = len(text) == 6 and text.isdecimal()
    if not is_month_text and not (isinstance(cell, float) and cell.is_integer()):
        return None
    figures = int(text or cast(float, cell))
    year, month = divmod(figures, 100)
    return Month.of(year, month) if FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 else None


def month_of(cell: Cell | None) -> Month | None:
    """Return the month of a cell, ``None`` if it is none."""
    number = month_number(cell)
    if number is not None or not isinstance(cell, str | datetime):
        return number
    try:
        read = read_cell(MONTHLY.columns[0], cell)
    except CellTextError:
        return None
    return read if isinstance(read, Month) else None


def year_of(cell: Cell | None) -> int | None:
    """Return the year that a cell states and nothing else (``2017``, ``2017年``), ``None`` if it states none."""
    if isinstance(cell, float) and cell.is_integer():
        year = int(cell)
    elif isinstance(cell, str) and (found := _YEAR.fullmatch(_plain(cell))):
        year = int(found[1])
    else:
        return None
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def month_of_year(cell: Cell | None) -> int | None:
    """Return the month that a cell names without a year (``3``, ``3月``, ``Mar``), ``None`` if it names none."""
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and 1 <= cell <= 12 else None
    text = _plain(cell).rstrip(".") if isinstance(cell, str) else ""
    if text in _CHINESE:
        return _CHINESE[text]
    numbered = _NUMBERED.fullmatch(text)
    if numbered or (text.isdecimal() and len(text) <= 2):
        number = int(numbered[1] if numbered else text)
        return number if 1 <= number <= 12 else None
    if text == "sept":
        return 9
    named = (n for n, name in enumerate(_ENGLISH, start=1) if text in (name, name[:3]))
    return next(named, None)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
