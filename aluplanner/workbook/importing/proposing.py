"""What a workbook that is not laid out as a plan most likely holds."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from aluplanner.model.demand import SEASONALITY, growth_year
from aluplanner.model.monthly import MONTHLY
from aluplanner.model.plants import ALUMINA
from aluplanner.model.schema import Column, Type
from aluplanner.workbook.container import BookReader
from aluplanner.workbook.headers import sheet_table
from aluplanner.workbook.importing.across import may_run_across, months_across
from aluplanner.workbook.importing.finding import (
    SAMPLE,
    Finding,
    best_finding,
    find,
    foreign_unit,
    header_parts,
    is_unit_row,
    said_year,
    unit_of,
)
from aluplanner.workbook.importing.mapping import YEAR as YEAR_COLUMN
from aluplanner.workbook.importing.mapping import ColumnChoice, Layout, SheetMapping, find_column, table_columns
from aluplanner.workbook.importing.matching import YEAR, header_text
from aluplanner.workbook.importing.matrices import HEADER_ROWS, laid_out, unrolled
from aluplanner.workbook.importing.months import month_of
from aluplanner.workbook.importing.pages import Page, is_number, make_page
from aluplanner.workbook.importing.units import (
    FRACTION,
    PERCENT,
    offered_like,
    offered_units,
    stated_for_sheet,
)
from aluplanner.workbook.markup import PartError

FOREIGN_TABLES: Final = ("plants", "actions", "demand", "monthly", "bauxite", "seasonality")
"""The tables that sheets of other people may hold; the others are only recognised by the sheet's own name."""

_BY_MONTH: Final = (MONTHLY.name, SEASONALITY.name)
_ALUMINA_WORDS: Final = ("氧化铝", "alumina", "refiner")


@dataclass(frozen=True)
class SheetProposal:
    """A sheet, and what it most likely holds.

    Attributes
    ----------
    page
        The sheet as it stands.
    mapping
        What it most likely holds; of no table if it looks like none.
    """

    page: Page
    mapping: SheetMapping

    @property
    def row_count(self) -> int:
        """How many rows of the sheet hold anything."""
        return len(self.page.rows)


@dataclass(frozen=True)
class Proposal:
    """A workbook, and what its sheets most likely hold.

    Attributes
    ----------
    sheets
        Its sheets in order, hidden ones too.
    """

    sheets: tuple[SheetProposal, ...]

    @property
    def signature(self) -> str:
        """What tells this layout from others: the names of the sheets and the texts of their headers."""
        layout = [
            [sheet.page.name, [header_of(sheet.page, sheet.mapping, c.number) for c in sheet.mapping.columns]]
            for sheet in self.sheets
        ]
        return hashlib.sha256(json.dumps(layout, ensure_ascii=False).encode("utf-8", "replace")).hexdigest()[:32]

    @property
    def mappings(self) -> tuple[SheetMapping, ...]:
        """What each sheet most likely holds."""
        return tuple(sheet.mapping for sheet in self.sheets)

    def with_mappings(self, remembered: Iterable[SheetMapping]) -> "Proposal":
        """Return the proposal with what was chosen for such a workbook before."""
        by_name = {mapping.sheet: mapping for mapping in remembered}
        return Proposal(tuple(replace(s, mapping=by_name.get(s.page.name, s.mapping)) for s in self.sheets))


def propose(book: BookReader) -> Proposal:
    """Return what the sheets of a workbook most likely hold.

    Parameters
    ----------
    book
        The workbook, open for reading.
    """
    sheets = []
    for sheet in book.sheets:
        try:
            page = make_page(sheet.name, book.read(sheet), sheet.is_hidden)
        except PartError as error:
            page = Page(sheet.name, sheet.is_hidden, problem=f"{error.message} {error.remedy}")
        sheets.append(SheetProposal(page, propose_mapping(page)))
    return Proposal(tuple(sheets))


def propose_mapping(page: Page) -> SheetMapping:
    """Return what a sheet most likely holds; a hidden one is left out until the planner says otherwise."""
    own = sheet_table(page.name)
    tables = FOREIGN_TABLES if own is None else (own.name,)
    upright = best_finding(page, tables)
    turned = [found for table in _BY_MONTH if table in tables and (found := _across(page, table)) is not None]
    across = max(turned, key=lambda finding: finding.score, default=None)
    if MONTHLY.name in tables and (matrix := _in_matrix(page)) is not None:
        mapping = replace(_mapping(_unrolled(page), matrix), layout=Layout.MATRIX)
    elif across is not None and (upright is None or across.score > upright.score):
        mapping = replace(_mapping(page.turned(), across), layout=Layout.ACROSS)
    elif upright is not None:
        mapping = _mapping(page, upright)
    else:
        return _unknown(page)
    return replace(mapping, table="", columns=_left_out(mapping)) if page.is_hidden and own is None else mapping


def _across(page: Page, table: str) -> Finding | None:
    return months_across(page.turned(), table) if may_run_across(page) else None


def _unrolled(page: Page) -> Page:
    return laid_out(page, Layout.MATRIX)


def _in_matrix(page: Page) -> Finding | None:
    """Return Monthly as years and months at two sides of a sheet state it, ``None`` if there is nothing it can take."""
    made = unrolled(page)
    if made is None:
        return None
    found = find(made, MONTHLY.name, 1, HEADER_ROWS)
    return found if len(found.columns) > 1 else None


def propose_for(page: Page, table: str, mapping: SheetMapping) -> SheetMapping:
    """Return what the columns of a sheet hold if it is a certain table.

    Parameters
    ----------
    page
        The sheet as it stands.
    table
        Name of the table; empty to leave the sheet out.
    mapping
        What was chosen so far; its header stays where it is unless none of it fits the table.
    """
    if not table:
        return replace(mapping, table="", columns=_left_out(mapping), constants=())
    if mapping.layout is Layout.MATRIX and table != MONTHLY.name:
        mapping = replace(mapping, layout=Layout.ACROSS if table in _BY_MONTH else Layout.DOWN)
    if mapping.layout is not Layout.DOWN:
        return propose_laid_out(page, replace(mapping, table=table), mapping.layout)
    across = _across(page, table) if table in _BY_MONTH else None
    upright = best_finding(page, (table,))
    if upright is None and table == MONTHLY.name and unrolled(page) is not None:
        return propose_laid_out(page, replace(mapping, table=table), Layout.MATRIX)
    if upright is None and across is not None:
        return propose_laid_out(page, replace(mapping, table=table), Layout.ACROSS)
    found = upright or find(page, table, mapping.first_row, mapping.header_row)
    return replace(_mapping(page, found), leaves_out_totals=mapping.leaves_out_totals)


def propose_at(page: Page, mapping: SheetMapping) -> SheetMapping:
    """Return what the columns of a sheet hold if its header stands where a mapping says.

    Parameters
    ----------
    page
        The sheet as it stands.
    mapping
        Says the table, the rows of the header, and whether the sheet is turned.
    """
    shown = laid_out(page, mapping.layout)
    found = find(shown, mapping.table, mapping.first_row, mapping.header_row)
    made = _mapping(shown, found)
    return replace(made, layout=mapping.layout, leaves_out_totals=mapping.leaves_out_totals)


def propose_laid_out(page: Page, mapping: SheetMapping, layout: Layout) -> SheetMapping:
    """Return what a sheet holds if its records run another way.

    Parameters
    ----------
    page
        The sheet as it stands.
    mapping
        Says the table.
    layout
        Which way they run.
    """
    shown = laid_out(page, layout)
    first = shown.numbers[0] if shown.rows else 1
    if layout is Layout.MATRIX:
        found = find(shown, mapping.table, 1, HEADER_ROWS)
    else:
        across = months_across(shown, mapping.table) if layout is Layout.ACROSS and mapping.table in _BY_MONTH else None
        found = across or best_finding(shown, (mapping.table,)) or find(shown, mapping.table, first, first)
    made = _mapping(shown, found)
    return replace(made, layout=layout, leaves_out_totals=mapping.leaves_out_totals)


def header_of(page: Page, mapping: SheetMapping, number: int) -> str:
    """Return the header of a column of a sheet; ``page`` as it stands."""
    shown = laid_out(page, mapping.layout)
    return header_text(header_parts(shown, mapping.first_row, mapping.header_row, number))


def _left_out(mapping: SheetMapping) -> tuple[ColumnChoice, ...]:
    return tuple(ColumnChoice(choice.number) for choice in mapping.columns)


def _unknown(page: Page) -> SheetMapping:
    row = next((number for number in page.numbers if len(page.rows[number]) > 1), 1)
    return SheetMapping(page.name, "", row, row, tuple(ColumnChoice(n) for n in range(1, page.width + 1)))


def _mapping(page: Page, found: Finding) -> SheetMapping:
    """Return a finding as the choices that the planner sees; ``page`` as it is to be read."""
    last = found.header_row
    following = next((number for number, _ in page.below(last)), last)
    if not page.places and following != last and is_unit_row(page, following):
        found = replace(found, header_row=following)
    for_sheet = _unit_of_sheet(page, found.first_row)
    columns = tuple(_choice(page, found, number, for_sheet) for number in range(1, page.width + 1))
    return SheetMapping(page.name, found.table, found.first_row, found.header_row, columns, _constants(page, found))


def _choice(page: Page, found: Finding, number: int, for_sheet: str) -> ColumnChoice:
    name = found.columns.get(number, "")
    column = find_column(found.table, name) if name else None
    if column is None or not offered_units(column):
        return ColumnChoice(number, name)
    if foreign_unit(page, found, number, column):
        return ColumnChoice(number)  # figures in a unit that the plan does not know must not come in as if they were
    unit, is_stated = _unit(page, found, number, column, for_sheet)
    return ColumnChoice(number, name, unit, is_stated)


def _unit(page: Page, found: Finding, number: int, column: Column, for_sheet: str) -> tuple[str, bool]:
    """Return the unit of a column's figures, and whether the sheet leaves no doubt about it."""
    if column.type is Type.FRACTION:
        return _fraction_unit(page, found, number)
    stated = unit_of(page, found, number, column)
    stated = stated or (offered_like(found.table, column, for_sheet) if for_sheet else None)
    return stated or column.unit, stated is not None or column.unit == "months"


def proposed_unit(page: Page, mapping: SheetMapping, number: int, column: Column) -> tuple[str, bool]:
    """Return the unit of a column's figures, and whether the sheet leaves no doubt about it; ``page`` as it stands."""
    shown = laid_out(page, mapping.layout)
    found = Finding(mapping.table, mapping.first_row, mapping.header_row)
    return _unit(shown, found, number, column, _unit_of_sheet(shown, mapping.first_row))


def _unit_of_sheet(page: Page, first_row: int) -> str:
    """Return the unit that is stated above the header for all figures, or in the sheet's name."""
    return "" if page.is_turned else stated_for_sheet([*_above(page, first_row), page.name])


def _above(page: Page, first_row: int) -> list[str]:
    return [page.words(row, number) for row in page.numbers if row < first_row for number in page.rows[row]]


def _fraction_unit(page: Page, found: Finding, number: int) -> tuple[str, bool]:
    """Return how a column of shares is written: as 30 or as 0.3, and whether the figures leave no doubt."""
    figures = [
        abs(cell)
        for _, cells in islice(page.below(found.header_row), SAMPLE)
        if is_number(cell := cells.get(number)) and isinstance(cell, float)
    ]
    if any(figure > 1 for figure in figures):
        return PERCENT, True
    return FRACTION, not figures or any(figure != 0 for figure in figures)


def _constants(page: Page, found: Finding) -> tuple[tuple[str, str], ...]:
    """Return what stands in every row though no column says it: the product, where the sheet's title is of alumina."""
    if found.table == MONTHLY.name and _lacks_years(page, found):
        year = said_year(page, found.header_row)
        return () if year is None else ((YEAR_COLUMN.name, str(year)),)
    is_lacking = find_column(found.table, "product") is not None and "product" not in found.columns.values()
    words = " ".join((page.name, *_above(page, found.first_row))).casefold()
    if is_lacking and any(word in words for word in _ALUMINA_WORDS):
        return (("product", ALUMINA),)
    return ()


def _lacks_years(page: Page, found: Finding) -> bool:
    """Return whether the months of a page have no years, neither in their cells nor beside them."""
    months = next((number for number, name in found.columns.items() if name == "month"), 0)
    has_years = any(month_of(cells.get(months)) is not None for _, cells in page.below(found.header_row))
    return bool(months) and YEAR_COLUMN.name not in found.columns.values() and not has_years


def choosable_columns(mapping: SheetMapping, page: Page) -> tuple[Column, ...]:
    """Return the columns of the plan that a sheet's columns can be, with the growth of the years its header names."""
    if not mapping.table:
        return ()
    texts = [header_of(page, mapping, choice.number) for choice in mapping.columns]
    years = {int(year) for text in texts for year in YEAR.findall(text)}
    years |= {year for name in mapping.taken if (year := growth_year(name)) is not None}
    return table_columns(mapping.table, years)
