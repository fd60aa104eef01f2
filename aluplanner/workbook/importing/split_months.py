"""Months whose years stand elsewhere: in a column beside them, in the row above, or in the title of the sheet."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from aluplanner.workbook.importing.matching import YEAR
from aluplanner.workbook.importing.months import month_of, month_of_year, year_of
from aluplanner.workbook.importing.pages import Page
from aluplanner.workbook.sheet import Cell

SAMPLE = 40
FEWEST = 3
WIDEST = 80
_MOST_ODD = 0.3
"""The part of the rows that may be sums or notes."""

Line = tuple[int, Mapping[int, Cell]]


def filled_years(lines: Iterable[Line], column: int) -> dict[int, int]:
    """Return the year of each row of a column; it holds until another one is stated."""
    years: dict[int, int] = {}
    year: int | None = None
    for number, cells in lines:
        stated = year_of(cells.get(column))
        year = year if stated is None else stated
        if year is not None:
            years[number] = year
    return years


def find_split(page: Page, last: int, said: int | None) -> tuple[int, int] | None:
    """Return the columns of the months and of their years, which follow each other month by month.

    Parameters
    ----------
    page
        The page as it is to be read.
    last
        Last row of the header.
    said
        The year that the sheet states for all of them, if any.

    Returns
    -------
    The column of the months and that of the years, 0 where the sheet states one for all; ``None`` if there are none.
    """
    lines = list(page.below(last))[:SAMPLE]
    columns = sorted({column for _, cells in lines for column in cells if column <= WIDEST})
    for column in columns:
        months = {number: m for number, cells in lines if (m := month_of_year(cells.get(column))) is not None}
        filled = sum(column in cells for _, cells in lines)
        if len(months) < FEWEST or len(months) < (1 - _MOST_ODD) * filled:
            continue
        for other in columns:
            if other != column and _follow(months, filled_years(lines, other)):
                return column, other
        if said is not None and _follow(months, dict.fromkeys(months, said)):
            return column, 0
    return None


def _follow(months: Mapping[int, int], years: Mapping[int, int]) -> bool:
    found = [years[number] * 12 + month for number, month in months.items() if number in years]
    return len(found) == len(months) and all(after - before == 1 for before, after in pairwise(found))


def year_said(texts: Sequence[str]) -> int | None:
    """Return the one year that texts speak of, ``None`` if there is none or more than one."""
    years = {year for text in texts for year in YEAR.findall(text)}
    return int(years.pop()) if len(years) == 1 else None


def names_months(cells: Iterable[Cell]) -> bool:
    """Return whether several of the cells are months, with their years or without."""
    found = list(cells)
    return any(sum(known(cell) is not None for cell in found) >= FEWEST for known in (month_of, month_of_year))
