"""What the planner decides about a foreign workbook before its rows are taken: proposed at first, then changed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from aluplanner.document.preferences import Preferences
from aluplanner.model.schema import Column
from aluplanner.workbook.importing.mapping import Layout, SheetMapping, find_column
from aluplanner.workbook.importing.matrices import laid_out
from aluplanner.workbook.importing.pages import Page
from aluplanner.workbook.importing.proposing import (
    Proposal,
    SheetProposal,
    choosable_columns,
    header_of,
    propose_at,
    propose_for,
    propose_laid_out,
    proposed_unit,
)
from aluplanner.workbook.importing.units import offered_units

_EXAMPLES: Final = 3


class ImportChoices:
    """The sheets of a workbook and what is decided about each of them.

    Parameters
    ----------
    proposal
        What the sheets most likely hold; choices made for such a workbook before take its place.
    preferences
        Where those are remembered.
    """

    def __init__(self, proposal: Proposal, preferences: Preferences) -> None:
        self._preferences = preferences
        self._signature = proposal.signature
        remembered = _remembered(preferences.import_choices(self._signature))
        self.is_remembered = bool(remembered)
        """Whether a workbook of this layout was imported before."""
        self.sheets: tuple[SheetProposal, ...] = proposal.with_mappings(remembered).sheets

    def remember(self) -> None:
        """Offer these choices when a workbook of this layout comes again."""
        self._preferences.remember_import(self._signature, [sheet.mapping.as_json() for sheet in self.sheets])

    # Looking

    def mapping(self, sheet: int) -> SheetMapping:
        """Return what is decided about a sheet, given by its place."""
        return self.sheets[sheet].mapping

    def page(self, sheet: int) -> Page:
        """Return a sheet as it is read: with its records one below the other."""
        found = self.sheets[sheet]
        return laid_out(found.page, found.mapping.layout)

    def header(self, sheet: int, number: int) -> str:
        """Return the header of a column."""
        found = self.sheets[sheet]
        return header_of(found.page, found.mapping, number)

    def example(self, sheet: int, number: int) -> str:
        """Return the first texts of a column below its header."""
        page = self.page(sheet)
        below = (page.words(row, number) for row, _ in page.below(self.mapping(sheet).header_row))
        texts = (text for text in below if text)
        return " · ".join(text for text, _ in zip(texts, range(_EXAMPLES), strict=False))

    def columns(self, sheet: int) -> tuple[Column, ...]:
        """Return the columns of the plan that those of a sheet can be."""
        found = self.sheets[sheet]
        return choosable_columns(found.mapping, found.page)

    def units(self, sheet: int, number: int) -> tuple[str, ...]:
        """Return the units to choose from for a column; none where there is nothing to choose."""
        choice = next(choice for choice in self.mapping(sheet).columns if choice.number == number)
        column = find_column(self.mapping(sheet).table, choice.column) if choice.column else None
        offered = offered_units(column) if column is not None else ()
        return offered if choice.unit in offered or not offered else (*offered, choice.unit)

    def unstated(self, sheet: int) -> list[Column]:
        """Return the columns of the plan whose unit the sheet does not state."""
        mapping = self.mapping(sheet)
        found = [find_column(mapping.table, choice.column) for choice in mapping.columns if not choice.is_stated]
        return [column for column in found if column is not None] if mapping.table else []

    # Deciding

    def choose_table(self, sheet: int, table: str) -> None:
        """Say which table a sheet holds; empty to leave it out."""
        found = self.sheets[sheet]
        self._set(sheet, propose_for(found.page, table, found.mapping))

    def choose_column(self, sheet: int, number: int, name: str) -> None:
        """Say which column of the plan a column is; empty to leave it out. Its unit is proposed anew."""
        mapping = self.mapping(sheet).with_choice(number, column=name, unit="", is_stated=True)
        column = find_column(mapping.table, name) if name else None
        if column is not None and offered_units(column):
            unit, is_stated = proposed_unit(self.sheets[sheet].page, mapping, number, column)
            mapping = mapping.with_choice(number, unit=unit, is_stated=is_stated)
        self._set(sheet, mapping)

    def choose_unit(self, sheet: int, number: int, unit: str) -> None:
        """Say in which unit the figures of a column are."""
        self._set(sheet, self.mapping(sheet).with_choice(number, unit=unit, is_stated=True))

    def choose_constant(self, sheet: int, column: str, text: str) -> None:
        """Say what stands in every row of a column that the sheet lacks; empty for nothing."""
        self._set(sheet, self.mapping(sheet).with_constant(column, text))

    def choose_header(self, sheet: int, first: int, last: int) -> None:
        """Say in which rows the header of a sheet stands; its columns are proposed anew."""
        found = self.sheets[sheet]
        mapping = replace(found.mapping, first_row=min(first, last), header_row=last, constants=())
        self._set(sheet, propose_at(found.page, mapping) if mapping.table else mapping)

    def lay_out(self, sheet: int, layout: Layout) -> None:
        """Say which way the records of a sheet run."""
        found = self.sheets[sheet]
        if layout is not found.mapping.layout and found.mapping.table:
            self._set(sheet, propose_laid_out(found.page, found.mapping, layout))

    def leave_out_totals(self, sheet: int, is_left_out: bool) -> None:
        """Say whether rows that sum up others, headings and footnotes are left out."""
        self._set(sheet, replace(self.mapping(sheet), leaves_out_totals=is_left_out))

    def _set(self, sheet: int, mapping: SheetMapping) -> None:
        sheets = list(self.sheets)
        sheets[sheet] = replace(sheets[sheet], mapping=mapping)
        self.sheets = tuple(sheets)


def _remembered(kept: Sequence[dict[str, Any]]) -> list[SheetMapping]:
    """Return the choices that were kept, as far as they still mean anything."""
    found = []
    for entry in kept:
        try:
            found.append(SheetMapping.from_json(entry))
        except (ValueError, KeyError, TypeError):
            continue
    return found
