"""Figures by year and month: years on one side of a sheet and months on the other, as a page with a row for each month.

A sheet may hold several such blocks, one below the other, and a block several things, named beside the years. Each
becomes a column of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Final
from weakref import WeakKeyDictionary

from aluplanner.workbook.importing.mapping import Layout
from aluplanner.workbook.importing.matching import YEAR, likeness
from aluplanner.workbook.importing.months import month_of_year, year_of
from aluplanner.workbook.importing.pages import Page, is_number, is_text
from aluplanner.workbook.importing.units import split_unit, stated_for_sheet
from aluplanner.workbook.sheet import Cell

HEADER_ROWS: Final = 2
"""The rows of the header of the page that is made: what each column is, and its unit."""

MONTHS: Final = 1
"""The column of that page with the months."""

MOST_ROWS: Final = 2000
MOST_COLUMNS: Final = 80
_FEWEST_NAMED: Final = 3
_ABOVE: Final = 4
"""Rows above the months in which the title of a block is looked for."""

_SIDES: Final = frozenset({"month", "year"})
_SAID_UNIT: Final = re.compile(r"[（(]?\s*(?:计量)?单位|\bunits?\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Block:
    """Months by column, years by row, all of one page."""

    header: int
    months: Mapping[int, int]
    years: Mapping[int, int]
    names: Mapping[int, str]
    titles: tuple[str, ...]


_MADE: Final[WeakKeyDictionary[Page, Page | None]] = WeakKeyDictionary()


def unrolled(page: Page) -> Page | None:
    """Return a page with a row for each month of the years and months of a sheet; ``None`` if it has none such.

    Parameters
    ----------
    page
        The sheet as it stands.
    """
    if page not in _MADE:
        _MADE[page] = _unroll(page)
    return _MADE[page]


def _unroll(page: Page) -> Page | None:
    for source in (page, page.turned()):
        blocks = list(_blocks(source))
        if blocks:
            return _as_rows(source, blocks)
    return None


def _blocks(page: Page) -> Iterator[_Block]:
    numbers = page.numbers[:MOST_ROWS]
    headers = {row: months for row in numbers if (months := _months_in(page.rows[row]))}
    if not headers:
        return
    ends = [*list(headers)[1:], numbers[-1] + 1]
    before = 0
    for (header, months), end in zip(headers.items(), ends, strict=True):
        rows = [row for row in numbers if header < row < end]
        years = _years_in(page, rows, months)
        if years:
            column, by_row = years
            names = _names_beside(page, rows, by_row, column, min(months))
            titles = tuple(_titles(page, header, before, min(months)))
            yield _Block(header, months, by_row, names, titles)
            before = max(by_row)


def _months_in(cells: Mapping[int, Cell]) -> dict[int, int]:
    """Return the months that a row names, by column; none if it is no row of months."""
    named = {c: m for c in sorted(cells) if c <= MOST_COLUMNS and (m := month_of_year(cells[c])) is not None}
    if any(later <= earlier for earlier, later in pairwise(named.values())):
        return {}
    if any(is_text(cells[column]) for column in named):
        return named if len(named) >= _FEWEST_NAMED else {}
    # figures from 1 to 12 are months only if all of them are there
    return named if len(named) == 12 else {}


def _years_in(page: Page, rows: Sequence[int], months: Mapping[int, int]) -> tuple[int, dict[int, int]] | None:
    """Return the column before the months that states the years, and those by row."""
    found: list[tuple[int, dict[int, int]]] = []
    filled = [row for row in rows if any(is_number(page.cell(row, column)) for column in months)]
    for column in range(1, min(months)):
        years = {row: year for row in filled if (year := _year_beside(page.cell(row, column))) is not None}
        found.append((column, years))
    best = max(found, key=lambda item: len(item[1]), default=None)
    return best if best is not None and best[1] else None


def _year_beside(cell: Cell | None) -> int | None:
    """Return the year of a cell, be it with what the figures are (``2017年产量``)."""
    year = year_of(cell)
    if year is not None or not isinstance(cell, str) or len(cell) > 40:
        return year
    said = set(YEAR.findall(cell))
    return int(said.pop()) if len(said) == 1 else None


def _names_beside(page: Page, rows: Sequence[int], years: Mapping[int, int], column: int, first: int) -> dict[int, str]:
    """Return what the figures of each year are, as it stands beside the year or with it."""
    names: dict[int, str] = {}
    last = ""
    for row in rows:
        beside = [page.words(row, c) for c in range(1, first) if c != column and is_text(page.cell(row, c))]
        last = next((text for text in beside if likeness("monthly", [text])), last)
        if row in years:
            with_year = YEAR.sub("", page.words(row, column)).strip(" 年度-–:：")
            names[row] = with_year if likeness("monthly", [with_year]) else last
    return names


def _titles(page: Page, header: int, before: int, first: int) -> Iterator[str]:
    """Yield what may be the title of a block, the nearest first."""
    above = [row for row in page.numbers if max(before, header - _ABOVE) < row < header]
    for row, most in ((header, first - 1), *((row, MOST_COLUMNS) for row in reversed(above))):
        for column in sorted(page.rows[row]):
            text = page.words(row, column) if column <= most and is_text(page.cell(row, column)) else ""
            # what names the sides is neither the title nor, as 年 would be, the unit
            if text and not likeness("monthly", [text]).keys() & _SIDES:
                yield text
    yield page.name


def _title(texts: Sequence[str]) -> str:
    """Return the first text that names a column of Monthly, or else the first that names anything."""
    bare = [_SAID_UNIT.split(text)[0].strip() for text in texts]
    return next((text for text in bare if likeness("monthly", [text])), next(filter(None, bare), ""))


def _as_rows(page: Page, blocks: Sequence[_Block]) -> Page:
    cells: dict[tuple[int, int], dict[int, tuple[Cell, tuple[int, int]]]] = {}
    heads: dict[int, tuple[int, int]] = {}
    columns: dict[tuple[int, str], int] = {}
    titles: dict[int, tuple[str, str]] = {}
    for block in blocks:
        for row, year in block.years.items():
            name = block.names[row]
            number = columns.setdefault((block.header, name), MONTHS + 1 + len(columns))
            texts = [*filter(None, [name]), *block.titles]
            title = name or _title(texts)
            titles.setdefault(number, (title, "" if split_unit(title)[1] else stated_for_sheet(texts)))
            heads.setdefault(number, (block.header, min(block.months)))
            for column, month in block.months.items():
                cell = page.cell(row, column)
                if cell is not None:
                    cells.setdefault((year, month), {}).setdefault(number, (cell, (row, column)))
    return _with_rows(page, titles, cells, heads)


def _with_rows(
    page: Page,
    titles: Mapping[int, tuple[str, str]],
    cells: Mapping[tuple[int, int], Mapping[int, tuple[Cell, tuple[int, int]]]],
    heads: Mapping[int, tuple[int, int]],
) -> Page:
    rows: dict[int, dict[int, Cell]] = {
        1: {number: title for number, (title, _) in titles.items() if title},
        2: {number: unit for number, (_, unit) in titles.items() if unit},
    }
    places: dict[tuple[int, int], str] = {(1, number): _bare_place(page, *at) for number, at in heads.items()}
    formulas = set()
    for number, ((year, month), figures) in enumerate(sorted(cells.items()), start=HEADER_ROWS + 1):
        rows[number] = {MONTHS: datetime(year, month, 1), **{column: cell for column, (cell, _) in figures.items()}}
        for column, (_, at) in figures.items():
            places[number, column] = _bare_place(page, *at)
            if at in page.formulas:
                formulas.add((number, column))
        places[number, MONTHS] = places[number, min(figures)]
    made = {number: row for number, row in rows.items() if row}
    return replace(page, rows=made, is_turned=False, formulas=frozenset(formulas), places=places)


def _bare_place(page: Page, row: int, column: int) -> str:
    return page.place(row, column).removeprefix(f"{page.name}!")


def laid_out(page: Page, layout: Layout) -> Page:
    """Return a sheet with its records one below the other.

    Parameters
    ----------
    page
        The sheet as it stands.
    layout
        Which way its records run.
    """
    if layout is Layout.ACROSS:
        return page.turned()
    if layout is Layout.DOWN:
        return page
    return unrolled(page) or replace(page, rows={}, formulas=frozenset())
