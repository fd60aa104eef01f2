"""Last good values: what stands in for a text that its cell cannot hold, kept in a note on that cell.

A note of the program is two lines: why the text cannot be read, and ``Last good value: 900``. They may stand among
lines of the planner's own, which are never touched.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

from aluplanner.model.cell_text import CellTextError, edit_text, parse
from aluplanner.model.rows import read_cell, write_cell
from aluplanner.model.schema import BLANK, Column, Table, Type, Value, fold
from aluplanner.workbook.cells import cell_words
from aluplanner.workbook.table_reading import TableReading

Declared: TypeAlias = Callable[[Any, Column], Column]
"""Says what a record's cell holds."""

AUTHOR: Final = "AluPlanner"
_REASON: Final = f"{AUTHOR}: "
_VALUE: Final = "Last good value:"
_LONGEST_REASON: Final = 300
_ESCAPED = re.compile(r"\\(.)")


def note_lines(reason: str, column: Column, value: Value) -> str:
    """Return the program's note on a cell whose text cannot be read.

    Parameters
    ----------
    reason
        Why it cannot, and what would be right, in the planner's language.
    column
        What the cell holds.
    value
        Its last good value.
    """
    plain = " ".join(reason.split())
    if len(plain) > _LONGEST_REASON:
        plain = f"{plain[:_LONGEST_REASON]}…"
    return f"{_REASON}{plain}\n{_value_line(column, value)}"


def own_lines(note: str) -> str:
    """Return the program's lines of a note; empty where there are none."""
    return "\n".join(line for line, is_own in _lines(note) if is_own)


def others_lines(note: str) -> str:
    """Return a note without the program's lines."""
    return "\n".join(line for line, is_own in _lines(note) if not is_own)


def _lines(note: str) -> list[tuple[str, bool]]:
    """Return the lines of a note, each with whether it is the program's."""
    lines = note.split("\n")
    values = {index for index, line in enumerate(lines) if line.startswith(_VALUE)}
    reasons = {index - 1 for index in values if index and lines[index - 1].startswith(_REASON)}
    return [(line, index in values or index in reasons) for index, line in enumerate(lines)]


def _value_line(column: Column, value: Value) -> str:
    text = edit_text(column, value)
    if _is_name(column):  # names alone may have several lines
        text = text.replace("\\", "\\\\").replace("\n", "\\n")
    return f"{_VALUE} {text}"


def value_noted(column: Column, note: str) -> Value:
    """Return the last good value that a note states.

    Raises
    ------
    CellTextError
        If it states none, or none that the cell can hold.
    """
    line = next((line for line in reversed(note.split("\n")) if line.startswith(_VALUE)), None)
    if line is None:
        raise CellTextError("", "")
    text = line.removeprefix(_VALUE).strip()
    if _is_name(column):
        return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text)
    return BLANK if text == BLANK else parse(column, text)


def value_kept(column: Column, value: Value) -> Value:
    """Return a last good value as it comes back from a note.

    Raises
    ------
    CellTextError
        If a note cannot keep it: it is not of its cell's type.
    """
    return value_noted(column, _value_line(column, value))


def _is_name(column: Column) -> bool:
    return column.type in (Type.TEXT, Type.NAMES)


def doubtful_keys(table: Table[Any], records: Sequence[Any]) -> frozenset[int]:
    """Return the rows that cannot be told apart by their keys: those without one, and those that share one.

    A key of several parts may be anything; what is wrong with it concerns no single cell.
    """
    if len(table.key) > 1:
        return frozenset()
    keys = [fold(table.row_key(record)) for record in records]
    counts = Counter(keys)
    if len(counts) == len(keys) and "" not in counts:
        return frozenset()
    return frozenset(position for position, key in enumerate(keys) if not key or counts[key] > 1)


def take_keys(reading: TableReading) -> None:
    """Put the last good names that the sheet notes into the records that cannot be told apart without."""
    name = reading.table.key[0]
    for position in doubtful_keys(reading.table, reading.records):
        text = cell_words(reading.key_cells.get(position, ""))
        if text is not None:
            _take(reading, position, name, text, lambda _, column: column)


def take_stand_ins(reading: TableReading, declared: Declared) -> None:
    """Put the last good values that the sheet notes into the records whose cells could not be read so far.

    Parameters
    ----------
    reading
        The table as read so far.
    declared
        Says what a record's cell holds.
    """
    for (position, name), text in [*reading.unreadable.items()]:
        if text is not None and (position, name) not in reading.stand_ins:
            _take(reading, position, name, text, declared)


def _take(reading: TableReading, position: int, name: str, text: str, declared: Declared) -> None:
    number, column = next((n, column) for n, column in reading.headers.columns.items() if column.name == name)
    note = reading.notes.get((reading.row_numbers[position], number))
    if note is None:
        return
    record = reading.records[position]
    try:
        value = value_noted(declared(record, column), note)
    except CellTextError:
        return
    if value != read_cell(record, name):
        reading.write(position, write_cell(record, name, value))
    reading.take_stand_in(position, name, text)
