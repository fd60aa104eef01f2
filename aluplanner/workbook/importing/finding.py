"""Finding the header of a table in a foreign sheet, and what its columns hold."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from aluplanner.model.cell_text import CellTextError
from aluplanner.model.monthly import MONTHLY
from aluplanner.model.plan import TABLES
from aluplanner.model.schema import Column, Type
from aluplanner.workbook.cells import read_cell
from aluplanner.workbook.importing.mapping import YEAR as YEAR_COLUMN
from aluplanner.workbook.importing.mapping import find_column
from aluplanner.workbook.importing.matching import LONGEST, YEAR, header_unit, likeness, sheet_likeness
from aluplanner.workbook.importing.months import month_of, month_of_year
from aluplanner.workbook.importing.pages import Page, is_number, is_text
from aluplanner.workbook.importing.split_months import find_split, year_said
from aluplanner.workbook.importing.units import is_unit, offered_like, split_unit
from aluplanner.workbook.sheet import Cell

FIRST_ROWS: Final = 30
"""The rows from the top among which a header is looked for."""

DEEPEST: Final = 3
MOST_BLOCKS: Final = 12
SAMPLE: Final = 30
WIDEST: Final = 80
"""The columns from the left that are looked at."""

_MOST_FIGURES: Final = 0.3
_DEPTH_COST: Final = 0.05
_ROW_COST: Final = 0.005
_MINOR: Final = 0.25
_NAME_WEIGHT: Final = 1.2
_UNNAMED_KEY: Final = -0.6
_LEAST: Final = 1.5
_YEARS: Final = 1.0
"""What months that follow each other with the years beside them are worth."""
MINOR_COLUMNS: Final = frozenset({"source", "note"})


@dataclass(frozen=True)
class Finding:
    """A table that a page may hold.

    Attributes
    ----------
    table
        Its name.
    first_row, header_row
        First and last row of the header.
    columns
        The field name by column of the page.
    score
        How likely it is; only for comparison.
    """

    table: str
    first_row: int
    header_row: int
    columns: Mapping[int, str] = field(default_factory=dict)
    score: float = 0.0


def header_parts(page: Page, first: int, last: int, column: int) -> list[str]:
    """Return the lines of the header of a column, from the top."""
    return [text for row in range(first, last + 1) if (text := page.words(row, column))]


def header_blocks(page: Page) -> Iterator[tuple[int, int]]:
    """Yield the first and last row of what may be a header, with the shallow ones of each last row first."""
    numbers = page.numbers[:FIRST_ROWS]
    for index, last in enumerate(numbers):
        if not _may_be_header(page, last):
            continue
        for first in range(index, max(-1, index - DEEPEST), -1):
            if any(is_number(cell) for cell in page.rows[numbers[first]].values()):
                break  # figures stand below a header and not in it
            yield numbers[first], last


def _may_be_header(page: Page, row: int) -> bool:
    cells = page.rows[row]
    texts = sum(map(is_text, cells.values()))
    figures = sum(is_number(cell) and not _is_year(cell) for cell in cells.values())
    return texts >= 2 and figures <= _MOST_FIGURES * len(cells)


def _is_year(cell: Cell) -> bool:
    return isinstance(cell, float) and bool(YEAR.fullmatch(f"{cell:g}"))


def find(page: Page, table: str, first: int, last: int) -> Finding:
    """Return what a table would take from a page whose header stands in some rows."""
    sample = [cells for _, cells in islice(page.below(last), SAMPLE)]
    names = match_columns(page, table, first, last, sample)
    key = _key_of(table)
    if table == MONTHLY.name:
        names = _with_years(page, last, names, sample)
    if table not in ("overrides", "uncertainty") and key not in names.values():
        unnamed = _unnamed_key(page, table, names, sample)
        if unnamed is None:
            return Finding(table, first, last)
        names[unnamed] = key
        score = _UNNAMED_KEY
    else:
        score = _YEARS if "year" in names.values() else 0.0
    for number, name in names.items():
        column = find_column(table, name)
        if column is not None:
            parts = header_parts(page, first, last, number)
            weight = _MINOR if name in MINOR_COLUMNS else _NAME_WEIGHT if name == key else 1.0
            score += weight * likeness(table, parts).get(name, 0.0) * (0.3 + 0.7 * _fit(column, number, sample, parts))
    score += sheet_likeness(table, page.name) * 1.5 - _DEPTH_COST * (last - first) - _ROW_COST * last
    return Finding(table, first, last, names, score)


def best_finding(page: Page, tables: Sequence[str]) -> Finding | None:
    """Return the table a page most likely holds and where, ``None`` if it looks like none of them."""
    blocks = list(header_blocks(page))
    found = max(
        (find(page, table, *block) for table in tables for block in _promising(page, table, blocks)),
        key=lambda finding: finding.score,
        default=None,
    )
    return found if found is not None and found.score >= _LEAST and len(found.columns) > 1 else None


def _promising(page: Page, table: str, blocks: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the blocks of rows that say the most columns of a table; to look at all of them would take long."""
    rows = {row for block in blocks for row in page.numbers if block[0] <= row <= block[1]}
    hits = {row: _hits(page, table, row) for row in rows}
    told = {block: sum(count for row, count in hits.items() if block[0] <= row <= block[1]) for block in blocks}
    best = sorted((block for block in blocks if told[block]), key=lambda block: -told[block])
    return sorted(best[:MOST_BLOCKS], key=lambda block: (block[1], -block[0]))


def _hits(page: Page, table: str, row: int) -> int:
    """Return how many cells of a row are like the title of a column."""
    cells = (cell for column, cell in page.rows[row].items() if column <= WIDEST)
    return sum(
        bool(likeness(table, [cell.strip()])) for cell in cells if isinstance(cell, str) and len(cell) <= LONGEST
    )


def _with_years(page: Page, last: int, names: dict[int, str], sample: Sequence[Mapping[int, Cell]]) -> dict[int, str]:
    """Return the columns of Monthly where its months may stand apart from their years."""
    others = {number: name for number, name in names.items() if name not in ("month", YEAR_COLUMN.name)}
    month = next((number for number, name in names.items() if name == "month"), 0)
    if any(month_of(cells.get(month)) is not None for cells in sample):
        return {**others, month: "month"}
    split = find_split(page, last, said_year(page, last))
    if split is None:
        return {number: name for number, name in names.items() if name != YEAR_COLUMN.name}
    months, years = split
    return {**others, months: "month", **({years: YEAR_COLUMN.name} if years else {})}


def said_year(page: Page, last: int) -> int | None:
    """Return the one year that a header and the lines above it state, or the sheet's name; ``None`` if none does."""
    texts = (page.words(row, column) for row in page.numbers if row <= last for column in page.rows[row])
    return year_said([*texts, page.name])


def _key_of(table: str) -> str:
    return TABLES[table].key[0]


def match_columns(
    page: Page, table: str, first: int, last: int, sample: Sequence[Mapping[int, Cell]]
) -> dict[int, str]:
    """Return which column of the plan each column of the page is, the likeliest pairs first."""
    pairs: list[tuple[float, str, int, str]] = []
    for number in range(1, min(page.width, WIDEST) + 1):
        parts = header_parts(page, first, last, number)
        text = " ".join(parts)
        year = max(YEAR.findall(text), default="")
        for name, score in likeness(table, parts).items():
            column = find_column(table, name)
            if column is not None:
                pairs.append((score * (0.5 + 0.5 * _fit(column, number, sample, parts)), year, number, name))
    found: dict[int, str] = {}
    # of two columns as like, the one of the later year, then the one further left
    for _, _, number, name in sorted(pairs, key=lambda pair: (pair[0], pair[1], -pair[2]), reverse=True):
        if number not in found and name not in found.values():
            found[number] = name
    return dict(sorted(found.items()))


def _unnamed_key(page: Page, table: str, names: Mapping[int, str], sample: Sequence[Mapping[int, Cell]]) -> int | None:
    """Return the first column that can name the rows though its header does not say so."""
    column = find_column(table, _key_of(table))
    if column is None or len(TABLES[table].key) > 1:
        return None
    for number in range(1, min(page.width, WIDEST) + 1):
        cells = [cells[number] for cells in sample if number in cells]
        if number in names or not cells:
            continue
        if column.type is Type.MONTH and sum(month_of(cell) is not None for cell in cells) > 0.6 * len(cells):
            return number
        texts = [cell for cell in cells if is_text(cell)]
        if column.type is Type.TEXT and len(texts) > 0.8 * len(cells) and len(set(texts)) > 0.6 * len(texts):
            return number
    return None


def _fit(column: Column, number: int, sample: Sequence[Mapping[int, Cell]], parts: Sequence[str]) -> float:
    """Return which part of a column's cells the plan's column can hold; half where there are none.

    Headers that are repeated further down do not count.
    """
    cells = [cells[number] for cells in sample if number in cells and cells[number] not in parts]
    return sum(_can_hold(column, cell) for cell in cells) / len(cells) if cells else 0.5


def _can_hold(column: Column, cell: Cell) -> bool:
    if column.type is Type.MONTH:
        return month_of(cell) is not None
    if column.type is Type.TEXT:
        return isinstance(cell, str)
    if column.name == "month_of_year":
        return month_of_year(cell) is not None
    try:
        read_cell(column, cell)
    except CellTextError:
        # a figure with words behind it is one all the same
        return column.is_numeric and isinstance(cell, str) and bool(re.match(r"\s*[-+]?\d", cell))
    return True


def unit_of(page: Page, finding: Finding, number: int, column: Column) -> str | None:
    """Return the unit that a column's header states, as the planner would choose it; ``None`` if it states none."""
    stated = header_unit(header_parts(page, finding.first_row, finding.header_row, number))
    return offered_like(finding.table, column, stated) if stated else None


def foreign_unit(page: Page, finding: Finding, number: int, column: Column) -> str:
    """Return the unit that a column's header states and that cannot be reckoned; empty if there is none."""
    stated = header_unit(header_parts(page, finding.first_row, finding.header_row, number))
    return stated if stated and offered_like(finding.table, column, stated) is None else ""


def is_unit_row(page: Page, row: int) -> bool:
    """Return whether a row holds nothing but units."""
    texts = [page.words(row, column) for column in page.rows.get(row, {})]
    return bool(texts) and all(is_unit(text) or not split_unit(text)[0] for text in texts)
