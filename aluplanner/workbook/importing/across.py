"""Tables by month whose months run from left to right."""

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import islice
from typing import Final

from aluplanner.model.demand import SEASONALITY
from aluplanner.model.monthly import MONTHLY
from aluplanner.workbook.importing.finding import (
    DEEPEST,
    FIRST_ROWS,
    SAMPLE,
    Finding,
    header_parts,
    match_columns,
    said_year,
)
from aluplanner.workbook.importing.mapping import YEAR
from aluplanner.workbook.importing.matching import likeness, sheet_likeness
from aluplanner.workbook.importing.months import month_of, month_of_year
from aluplanner.workbook.importing.pages import Page, is_number
from aluplanner.workbook.importing.split_months import find_split, names_months
from aluplanner.workbook.sheet import Cell

MOST_MONTHS_ACROSS: Final = 720
_MOST_MONTHS: Final = 1.0
"""What a row of months across is worth as the names of the rows."""


def may_run_across(page: Page) -> bool:
    """Return whether a row near the top of a page names several months."""
    rows = (page.rows[number] for number in page.numbers if number <= FIRST_ROWS)
    return any(names_months(cell for column, cell in cells.items() if column <= MOST_MONTHS_ACROSS) for cells in rows)


def months_across(page: Page, table: str = MONTHLY.name) -> Finding | None:
    """Return a table by month on a page turned so that its months run down; ``None`` if they do not.

    Parameters
    ----------
    page
        The turned page: its columns are the rows of the sheet.
    table
        Its name: Monthly or Seasonality.
    """
    keys = _months_down(page) if table == MONTHLY.name else _months_of_year_down(page)
    if keys is None:
        return None
    rows, columns = keys
    if rows[0] == page.numbers[0]:
        return None
    last = max(number for number in page.numbers if number < rows[0])
    first = max(page.numbers[0], last - DEEPEST + 1)
    sample = [cells for _, cells in islice(page.below(last), SAMPLE)]
    found = match_columns(page, table, first, last, sample)
    names = {n: name for n, name in found.items() if n not in columns and name not in columns.values()}
    if table == SEASONALITY.name and "weight" not in names.values() and sheet_likeness(table, page.name):
        names |= dict.fromkeys(_last_figures(sample, columns), "weight")
    if not names:
        return None
    likenesses = (likeness(table, header_parts(page, first, last, n)).get(m, 0.0) for n, m in names.items())
    score = _MOST_MONTHS + sum(likenesses) + sheet_likeness(table, page.name)
    return Finding(table, first, last, {**columns, **names}, score)


def _months_down(page: Page) -> tuple[list[int], dict[int, str]] | None:
    """Return the rows of a page that months name, and the columns with the months and perhaps their years."""
    rows = _rows_that_name(page, month_of)
    if rows:
        months = max(rows, key=lambda column: len(rows[column]))
        return (rows[months], {months: "month"}) if len(rows[months]) >= 3 else None
    for rows_of in _rows_that_name(page, month_of_year).values():
        above = max((number for number in page.numbers if number < rows_of[0]), default=0)
        split = find_split(page, above, said_year(page, above))
        if split is not None:
            months, years = split
            return rows_of, {months: "month", **({years: YEAR.name} if years else {})}
    return None


def _months_of_year_down(page: Page) -> tuple[list[int], dict[int, str]] | None:
    for column, rows in _rows_that_name(page, month_of_year).items():
        if sorted(month_of_year(page.cell(row, column)) or 0 for row in rows) == list(range(1, 13)):
            return rows, {column: "month_of_year"}
    return None


def _rows_that_name(page: Page, known: Callable[[Cell], object]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for row in page.numbers[:MOST_MONTHS_ACROSS]:
        for column, cell in page.rows[row].items():
            if column <= FIRST_ROWS and known(cell) is not None:
                found.setdefault(column, []).append(row)
    return dict(sorted(found.items()))


def _last_figures(sample: Sequence[Mapping[int, Cell]], taken: Collection[int]) -> list[int]:
    """Return the last column of figures, the latest of several years."""
    columns = {column for cells in sample for column, cell in cells.items() if is_number(cell)} - set(taken)
    return sorted(columns)[-1:]
