"""Everything that a plan changes in the workbook it came from: its own sheets, and what refers to them."""

import re
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Final
from xml.parsers.expat import ExpatError

from aluplanner.model.plan import Plan
from aluplanner.workbook.book_part import BookPart
from aluplanner.workbook.marks import LIVING, is_marked
from aluplanner.workbook.package import Package
from aluplanner.workbook.surgery.book_text import BookText
from aluplanner.workbook.surgery.cell_writer import CellWriter, Entry
from aluplanner.workbook.surgery.dependents import MOST_FORMULAS, Changes, Place, stale_formulas
from aluplanner.workbook.surgery.formula_cells import (
    FormulaCell,
    area_holds,
    formula_cells,
    moved,
    with_formulas,
    without_values,
)
from aluplanner.workbook.surgery.markup_text import attributes, escaped, unescaped, with_attributes
from aluplanner.workbook.surgery.merged_areas import open_filled, open_written
from aluplanner.workbook.surgery.note_parts import NoteParts
from aluplanner.workbook.surgery.references import RowMaps, moved_formula
from aluplanner.workbook.surgery.row_writer import add_titles, move_rows, put_entries, restate_size
from aluplanner.workbook.surgery.sheet_ranges import moved_tail
from aluplanner.workbook.surgery.sheet_text import SheetText
from aluplanner.workbook.surgery.side_parts import change_part, move_side_parts, widen_tables
from aluplanner.workbook.surgery.style_table import StyleTable
from aluplanner.workbook.surgery.table_change import TableChange, table_change
from aluplanner.workbook.surgery.total_rows import add_totals
from aluplanner.workbook.tables import WorkbookReading

FORMULA_SIGNS: Final = tuple(begin + end for begin in (b"<f", b":f") for end in (b">", b" ", b"\n", b"\r", b"\t"))
"""What stands in every sheet with formulas."""
UNREADABLE: Final = (ValueError, KeyError, IndexError, ExpatError)
"""What parts that are not as they should be raise."""

_CHART: Final = re.compile(r"^xl/(?:charts|chartsheets|drawings)/[^/]*\.xml$")
_CHART_FORMULA: Final = re.compile(r"<(?P<tag>(?:\w+:)?f)>(?P<text>[^<]*)</(?P=tag)>")
_PIVOT: Final = re.compile(r"^xl/pivotCache/pivotCacheDefinition[^/]*\.xml$")
_PIVOT_START: Final = re.compile(r"<pivotCacheDefinition\b[^>]*>")
_PIVOT_SOURCE: Final = re.compile(r"<worksheetSource\b[^>]*>")


class BookChange:
    """Puts a plan into a package.

    Parameters
    ----------
    package
        The workbook the plan came from, in transitional markup; it is changed in place.
    reading
        What its sheets state.
    plan
        The plan.
    """

    def __init__(self, package: Package, reading: WorkbookReading, plan: Plan) -> None:
        self._package, self._plan = package, plan
        self._book = BookText(package)
        self._parts = self._book.sheets
        self._texts: dict[str, SheetText] = {}
        self._tables = {
            known.sheet: table_change(plan, plan.table(name), known, partial(self._last_column, known.sheet))
            for name, known in reading.tables.items()
        }
        self._formulas: dict[str, list[FormulaCell]] = {}
        self._stale: frozenset[Place] = frozenset()
        self._are_many = False
        self._is_living = is_marked(BookPart(package), LIVING)

    def put(self) -> None:
        """Put the plan in; where it says what the sheets say, nothing is touched."""
        changed = {sheet: change for sheet, change in self._tables.items() if not change.is_empty}
        if not changed:
            return
        for sheet, change in changed.items():
            add_totals(change, self._text(sheet))
            open_filled(change, self._text(sheet))
        maps = {sheet.casefold(): change.map for sheet, change in changed.items() if not change.map.is_identity}
        self._find_stale(maps)
        orders_kept = [self._rewrite_formulas(sheet, maps) for sheet in self._formulas]
        self._move_ranges(maps)
        self._write_tables()
        for sheet, text in self._texts.items():
            if text.is_changed:
                self._package[self._parts[sheet]] = text.to_part()
        if maps:
            # a living model has a row for each that the tables can have, and finds what it needs by place
            self._book.move_names(maps, is_built_in_only=self._is_living)
        self._follow_elsewhere(maps, {sheet.casefold() for sheet in changed})
        if self._stale or self._are_many:
            self._book.calculate_on_opening()
        if not all(orders_kept):
            self._book.drop_calculation_order()

    def _text(self, sheet: str) -> SheetText:
        if sheet not in self._texts:
            self._texts[sheet] = SheetText.of(self._package[self._parts[sheet]])
        return self._texts[sheet]

    def _last_column(self, sheet: str) -> int:
        return self._text(sheet).last_column

    # What depends on what changed

    def _find_stale(self, maps: RowMaps) -> None:
        """Find the formulas that may show something else now; those in the plan's own cells become their values."""
        counts = {sheet: sum(map(self._package[part].count, FORMULA_SIGNS)) for sheet, part in self._parts.items()}
        self._are_many = sum(counts.values()) > MOST_FORMULAS
        for sheet, count in counts.items():
            if count and not (self._are_many and self._is_apart(sheet, maps)):
                with suppress(*UNREADABLE):  # a damaged sheet of the planner's own stays as it is
                    self._formulas[sheet] = formula_cells(self._text(sheet))
        if self._are_many:
            # too many to be looked into one by one: all of them count as changed
            self._stale = frozenset(
                (sheet.casefold(), cell.row, cell.column) for sheet, cells in self._formulas.items() for cell in cells
            )
            for sheet, count in counts.items():
                if count and sheet not in self._formulas and self._is_readable(sheet):
                    without_values(self._text(sheet))
        elif any(self._formulas.values()):
            self._stale = self._dependents(maps)
        for sheet, change in self._tables.items():
            self._state_values(sheet.casefold(), change, self._stale)

    def _is_apart(self, sheet: str, maps: RowMaps) -> bool:
        """Return whether nothing of a sheet but the values of its formulas changes."""
        return sheet not in self._tables and (self._is_living or not self._names_any(self._parts[sheet], maps))

    def _dependents(self, maps: RowMaps) -> frozenset[Place]:
        changes = Changes(maps)
        for sheet, change in self._tables.items():
            for row, column in self._old_places(change):
                changes.add(sheet.casefold(), row, column)
        formulas = {sheet.casefold(): cells for sheet, cells in self._formulas.items()}
        return stale_formulas(formulas, self._book.named_cells(), changes)

    @staticmethod
    def _state_values(sheet: str, change: TableChange, stale: frozenset[Place]) -> None:
        """Let values stand in the place of stale formulas in the plan's own cells."""
        lines = {change.reading.row_numbers[match]: at for at, match in enumerate(change.matches) if match is not None}
        for line, number in change.reading.formulas:
            column = change.columns.get(number)
            if column is None or column.derived or line not in lines or (sheet, line, number) not in stale:
                continue
            position = lines[line]
            place = change.map.targets[position], number
            if place not in change.entries:
                change.entries[place] = change.value_entry(position, number) or Entry(column, None)

    def _rewrite_formulas(self, sheet: str, maps: RowMaps) -> bool:
        """Let a sheet's formulas follow the rows they refer to, without the values that are none any more.

        Returns
        -------
        bool
            Whether the same cells as before hold formulas.
        """
        name, cells = sheet.casefold(), self._formulas[sheet]
        change = self._tables.get(sheet)
        if self._is_living and change is None:
            maps = {}
        own = maps.get(name)
        places = self._old_places(change)
        overwritten = {(cell.row, cell.column) for cell in cells if (cell.row, cell.column) in places}
        new: dict[tuple[int, int], FormulaCell | None] = {}
        for cell in cells:
            hit = bool(cell.area) and cell.kind != "shared" and any(area_holds(cell.area, *place) for place in places)
            new[cell.row, cell.column] = None if hit else moved(cell, name, maps, own) if maps else cell
        shared = [cell for cell in cells if cell.kind == "shared"]
        # a group shares one text: where a member goes its own way or the first one goes, each gets a text of its own
        is_spelled_out = any(
            (cell.row, cell.column) in overwritten or own is not None or new[cell.row, cell.column] != cell
            for cell in shared
        )
        for cell in cells:
            place = cell.row, cell.column
            after = new[place]
            if after is not None and is_spelled_out and after.kind == "shared":
                after = replace(after, kind="", area="", group="")
            if after is not None and (name, *place) in self._stale and not _is_read(change, cell):
                after = replace(after, is_calculated=False)
            new[place] = after
        chosen = {(cell.row, cell.column) for cell in cells if new[cell.row, cell.column] != cell}
        if chosen:
            with_formulas(self._text(sheet), lambda cell: new[cell.row, cell.column], chosen)
        return own is None and not overwritten and all(after is not None for after in new.values())

    @staticmethod
    def _old_places(change: TableChange | None) -> set[tuple[int, int]]:
        """Return the cells that get an entry, by the places they had before; new rows had none."""
        if change is None:
            return set()
        places = {row: old for old, row in change.map.moves.items()}
        first, last = change.map.first, change.map.new_end
        return {
            (places.get(row, row), column)
            for row, column in change.entries
            if row in places or not first <= row <= last
        }

    # Rows, and what names them

    def _move_ranges(self, maps: RowMaps) -> None:
        if not maps:
            return
        for sheet, part in self._parts.items():
            name = sheet.casefold()
            own = maps.get(name)
            if own is None and (self._is_living or not self._names_any(part, maps) or not self._is_readable(sheet)):
                continue
            text = self._text(sheet)
            text.tail = moved_tail(text.tail, name, own, maps)
            if own is not None:
                move_rows(text, own)
                move_side_parts(self._package, part, name, own)

    def _names_any(self, part: str, maps: RowMaps) -> bool:
        """Return whether a sheet may name one of the sheets whose rows moved."""
        contents = self._package[part].lower()
        names = [name.replace("'", "''") for name in maps]
        return any(escaped(name).encode() in contents or not name.isascii() for name in names)

    def _is_readable(self, sheet: str) -> bool:
        try:
            self._text(sheet)
        except UNREADABLE:
            return False
        return True

    def _write_tables(self) -> None:
        styles = StyleTable(self._package, self._book.part)
        writer = CellWriter(styles, self._book.is_1904)
        for sheet, change in self._tables.items():
            if change.is_empty:
                continue
            text = self._text(sheet)
            open_written(change, text)
            header, last = change.reading.header_row, change.reading.headers.last
            if change.added:
                titles = {number: (column.header, column.width + 2) for number, column in change.added.items()}
                add_titles(text, header, last, titles, writer)
                if min(change.added) == last + 1:
                    names = [title for title, _ in titles.values()]
                    widen_tables(self._package, self._parts[sheet], header, last, names)
            put_entries(text, change.entries, writer)
            restate_size(text)
            notes = NoteParts(self._package, self._parts[sheet])
            notes.drop(change.lost_notes)
            notes.add(change.new_notes, text)
        styles.save()

    def _follow_elsewhere(self, maps: RowMaps, changed: set[str]) -> None:
        """Let charts follow the rows they show; pivot tables show what changed once the workbook is opened."""
        for part in self._package:
            if maps and not self._is_living and _CHART.match(part):
                change_part(self._package, part, lambda text: _CHART_FORMULA.sub(partial(_moved, maps), text))
            elif _PIVOT.match(part):
                change_part(self._package, part, lambda text: _followed(text, maps, changed))


def _is_read(change: TableChange | None, cell: FormulaCell) -> bool:
    """Return whether a cell says something of a table although it is none of its rows' own: headers, spare rows."""
    if change is None:
        return False
    reading = change.reading
    column = change.columns.get(cell.column)
    is_of_table = column is not None and not column.derived and cell.row not in reading.totals
    return cell.row <= reading.header_row or is_of_table


def _moved(maps: RowMaps, found: re.Match[str]) -> str:
    text = unescaped(found["text"])
    changed = moved_formula(text, "", maps)
    return found[0] if changed == text else f"<{found['tag']}>{escaped(changed)}</{found['tag']}>"


def _followed(text: str, maps: RowMaps, changed: set[str]) -> str:
    """Return the source of a pivot table with its cells in their new places, to be read again on opening."""
    source, start = _PIVOT_SOURCE.search(text), _PIVOT_START.search(text)
    if source is None or start is None:
        return text
    given = attributes(source[0])
    sheet, cells = given.get("sheet", "").casefold(), given.get("ref", "")
    if sheet not in changed:
        return text
    tag = with_attributes(source[0], {"ref": moved_formula(cells, sheet, maps)}) if cells else source[0]
    text = text.replace(source[0], tag, 1)
    return text.replace(start[0], with_attributes(start[0], {"refreshOnLoad": "1"}), 1)
