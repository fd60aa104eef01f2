"""What a plan changes in the sheet of a table: where rows go, what is put into which cell, which notes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from aluplanner.model.cell_text import edit_text
from aluplanner.model.plan import Plan
from aluplanner.model.rows import Rows, read_cell
from aluplanner.model.schema import Column, Type, Value
from aluplanner.model.units import to_sheet
from aluplanner.model.unread_rules import unread_reason
from aluplanner.workbook.row_match import match_rows
from aluplanner.workbook.stand_ins import note_lines, own_lines
from aluplanner.workbook.surgery.cell_writer import Entry
from aluplanner.workbook.surgery.row_map import RowMap, map_rows
from aluplanner.workbook.table_reading import TableReading
from aluplanner.workbook.totals import note_on_row, taken_for_totals


@dataclass
class TableChange:
    """What a plan changes in a sheet.

    Attributes
    ----------
    plan, rows, reading
        The plan, the table as it is in it, and as the sheet states it.
    records, matches
        The records to write, and for each the index of the one in the sheet that it continues.
    map
        Where the sheet's rows go.
    columns
        What the sheet's columns hold, the added ones included.
    added
        Those that the sheet lacks, by the number they get.
    entries
        What is put into which cell, by its new (row, column).
    lost_notes, new_notes
        Where the program's lines go out of notes, and what it adds to which.
    """

    plan: Plan
    rows: Rows[Any]
    reading: TableReading
    records: Sequence[Any]
    matches: Sequence[int | None]
    map: RowMap
    columns: dict[int, Column]
    added: dict[int, Column] = field(default_factory=dict)
    entries: dict[tuple[int, int], Entry] = field(default_factory=dict)
    lost_notes: set[tuple[int, int]] = field(default_factory=set)
    new_notes: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether the sheet stays as it is."""
        return self.map.is_identity and not (self.entries or self.added or self.lost_notes or self.new_notes)

    def value_entry(self, position: int, number: int) -> Entry | None:
        """Return what a cell of the plan's own holds, ``None`` where it is blank."""
        column = self.columns[number]
        text = self.rows.unread_at(position, column.name)
        if text is not None:
            return Entry(None, text)
        value = read_cell(self.records[position], column.name)
        if value is None or value == "":
            return None
        return self.entry(number, self.plan.record_column(self.records[position], column), value)

    def entry(self, number: int, column: Column, value: Value) -> Entry:
        """Return a value as an entry of a column of the sheet, in the unit that this has there."""
        by = self.reading.headers.factors.get(number)
        if by is None or not isinstance(value, float) or isinstance(value, bool):
            return Entry(column, value)
        written = to_sheet(value, by)
        # a figure that no double in the sheet's unit gives back says itself in which unit it is
        return (
            Entry(None, f"{edit_text(column, value)} {column.unit}")
            if written is None
            else Entry(column, value, written)
        )


def table_change(plan: Plan, rows: Rows[Any], reading: TableReading, last_column: Callable[[], int]) -> TableChange:
    """Return what a plan changes in the sheet of a table.

    Parameters
    ----------
    plan, rows
        The plan and the table.
    reading
        The table as the sheet states it.
    last_column
        Returns the number of the last column of the sheet with anything in it.
    """
    records = stated(rows, reading.records)
    matches = match_rows(rows.table, reading.records, records)
    mapped = map_rows(reading.header_row, reading.row_numbers, matches)
    change = TableChange(plan, rows, reading, records, matches, mapped, dict(reading.headers.columns))
    _add_columns(change, last_column)
    for position in _to_look_at(change):
        _add_entries(change, position)
    _add_notes(change)
    return change


def stated(rows: Rows[Any], old: Sequence[Any]) -> tuple[Any, ...]:
    """Return the records to write: all but the blank rows at the end of a table of parameters, which reading adds."""
    table = rows.table
    records = [*rows]
    there = {table.row_key(record) for record in old} if table.parameters else set()
    there |= {rows.keys[position] for position, _ in rows.unread}
    missing = [name for name in table.parameters if name not in there]
    while records and missing and records[-1] == table.record(**{table.key[0]: missing[-1]}):
        records.pop()
        missing.pop()
    return tuple(records)


def _add_columns(change: TableChange, last_column: Callable[[], int]) -> None:
    """Add each column that the sheet lacks and that has something to hold."""
    known = change.reading.headers.numbers()
    with_text = {name for _, name in change.rows.unread}
    number = 0
    for column in change.plan.columns(change.reading.table.name):
        if column.derived or column.name in known:
            continue
        if column.name in with_text or any(read_cell(record, column.name) is not None for record in change.rows):
            number = number or max(last_column(), change.reading.headers.last)
            number += 1
            change.added[number] = change.columns[number] = column


def _to_look_at(change: TableChange) -> Iterator[int]:
    """Yield the records whose cells may be others than in the sheet."""
    with_text = {position for position, _ in change.rows.unread}
    had_text = {index for index, _ in change.reading.unreadable}
    old = change.reading.records
    for position, (record, match) in enumerate(zip(change.records, change.matches, strict=True)):
        if match is None or position in with_text or match in had_text or old[match] != record:
            yield position


def _add_entries(change: TableChange, position: int) -> None:
    """Add the cells of a record that changed; the others keep the form the planner gave them."""
    reading, record, match = change.reading, change.records[position], change.matches[position]
    old = None if match is None else reading.records[match]
    row = change.map.targets[position]
    for number, column in change.columns.items():
        if column.derived and match is not None and (reading.row_numbers[match], number) in reading.formulas:
            continue  # it follows by itself
        text = change.rows.unread_at(position, column.name)
        was_text = None if match is None else reading.unreadable.get((match, column.name))
        if text is not None:
            if text != was_text:
                change.entries[row, number] = Entry(None, text)
            continue
        value = read_cell(record, column.name)
        before = None if old is None else read_cell(old, column.name)
        declared = change.plan.record_column(record, column)
        is_blank = value in (None, "") and before in (None, "")
        is_retyped = (
            column.type is Type.VALUE and old is not None and declared != change.plan.record_column(old, column)
        )
        if was_text is not None or (not is_blank and (value != before or is_retyped)):
            change.entries[row, number] = change.entry(number, declared, None if value == "" else value)


def _add_notes(change: TableChange) -> None:
    """Add what becomes of the program's lines in notes: they state the last good value where a text has one."""
    wanted = dict(_notes_wanted(change))
    if not wanted and not change.reading.notes:
        return
    for (line, number), note in change.reading.notes.items():
        own = own_lines(note)
        row = change.map.row(line) if own else None
        if row is None:
            continue
        if wanted.get((row, number)) == own:
            del wanted[row, number]
        else:
            change.lost_notes.add((row, number))
    change.new_notes.update(wanted)


def _notes_wanted(change: TableChange) -> Iterator[tuple[tuple[int, int], str]]:
    numbers = {column.name: number for number, column in change.columns.items()}
    for (position, name), kept in change.rows.unread.items():
        if kept.has_stand_in:
            record = change.rows[position]
            column = change.plan.record_column(record, change.columns[numbers[name]])
            reason = unread_reason(change.plan, change.rows, position, name)
            place = change.map.targets[position], numbers[name]
            yield place, note_lines(reason, column, read_cell(record, name))
    key = change.columns[numbers[change.rows.table.key[0]]]
    for position in taken_for_totals(change.rows):
        yield (change.map.targets[position], numbers[key.name]), note_on_row(key, change.rows.keys[position])
