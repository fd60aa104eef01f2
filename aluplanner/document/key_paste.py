"""Updating a table by key from a block with titles: what would be new, changed, unchanged or bad, and then the edit."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from aluplanner.document.entering import TextCell
from aluplanner.document.header_row import HeaderRow, read_header_row
from aluplanner.document.pasting import Grid
from aluplanner.document.ranges import shown_table
from aluplanner.document.scenario_view import ScenarioView
from aluplanner.i18n import number_style, tr
from aluplanner.model.cell_text import CellTextError, edit_text, parse
from aluplanner.model.rows import Rows, read_cell
from aluplanner.model.scenarios import OVERRIDES
from aluplanner.model.schema import BLANK, Column, Table, Value, fold
from aluplanner.workbook.headers import parameter_name


class Kind(StrEnum):
    """What a row of the block would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class KeyedCell:
    """One cell of the block.

    Attributes
    ----------
    column
        The column of the table.
    before
        What stands there now, as its editor shows it.
    after
        What would stand there.
    text
        What the block has, with the unit of its title.
    is_changed
        Whether that is something else.
    problem
        Why the text cannot be read; empty if it can.
    """

    column: Column
    before: str
    after: str
    text: str
    is_changed: bool
    problem: str = ""


@dataclass(frozen=True, slots=True)
class KeyedRow:
    """One row of the block.

    Attributes
    ----------
    number
        Which row below the titles, from 1.
    key
        The row of the table that it names.
    position
        Index of that row, ``None`` where there is none yet.
    cells
        Its cells that can be edited, the key's too.
    problem
        Why it names no row; empty if it does.
    """

    number: int
    key: str
    position: int | None
    cells: tuple[KeyedCell, ...]
    problem: str = ""

    @property
    def kind(self) -> Kind:
        """What taking it would do."""
        if self.problem or any(cell.problem for cell in self.cells):
            return Kind.BAD
        if self.position is None:
            return Kind.NEW
        return Kind.CHANGED if any(cell.is_changed for cell in self.cells) else Kind.UNCHANGED

    @property
    def can_be_taken(self) -> bool:
        """Whether there is something to take: bad cells then stay as text, marked."""
        return not self.problem and self.kind is not Kind.UNCHANGED


@dataclass(frozen=True, slots=True)
class KeyPaste:
    """What a block would do to a table.

    Attributes
    ----------
    table
        The table.
    columns
        The columns the block has cells for, in its order.
    rows
        Its rows.
    left_out
        Titles that name no column, or one whose cells cannot be edited.
    problem
        Why nothing can be matched at all; empty if it can.
    """

    table: Table[Any]
    columns: tuple[Column, ...] = ()
    rows: tuple[KeyedRow, ...] = ()
    left_out: tuple[str, ...] = ()
    problem: str = ""
    stored: int = 0

    @property
    def counts(self) -> Counter[Kind]:
        """How many rows there are of each kind."""
        return Counter(row.kind for row in self.rows)

    def taken(self, numbers: Collection[int]) -> tuple[list[TextCell], int]:
        """Return the texts of the rows with these numbers, and how many rows come for them."""
        cells: list[TextCell] = []
        new_rows = 0
        for row in self.rows:
            if row.number not in numbers or not row.can_be_taken:
                continue
            position = row.position
            if position is None:
                position = self.stored + new_rows
                new_rows += 1
            cells += [(position, cell.column.name, cell.text) for cell in row.cells if cell.is_changed]
        return cells, new_rows


def paste_by_key(view: ScenarioView, table: str, grid: Grid) -> KeyPaste:
    """Return what a block with titles in its first row would do to a table, row by row by key.

    Parameters
    ----------
    view
        The plan and the scenario on view.
    table
        Name of the table.
    grid
        The block. Numbers under a title with another unit are read by that unit; cells that a row lacks leave what
        is there, empty ones clear it.
    """
    shown = shown_table(view, table)
    header = read_header_row(shown.table, shown.every_column, grid[0] if grid else ())
    return match_rows(view, table, header, grid[1:])


def match_rows(view: ScenarioView, table: str, header: HeaderRow, body: Grid) -> KeyPaste:
    """Return what the rows of a block would do to a table, row by row by key.

    Parameters
    ----------
    view
        The plan and the scenario on view.
    table
        Name of the table.
    header
        What the columns of the block are.
    body
        The texts of its rows.
    """
    shown = shown_table(view, table)
    declared = shown.table
    known = {column.name for column in header.columns.values()}
    lacking = [
        column.heading for column in declared.columns if column.name in declared.key and column.name not in known
    ]
    if lacking:
        problem = tr("The first row must hold the titles of columns, among them {titles}.", titles=", ".join(lacking))
        return KeyPaste(declared, problem=problem)
    derived = [column.heading for column in header.columns.values() if column.derived]
    columns = tuple(column for column in header.columns.values() if not column.derived)
    rows = tuple(_Matching(view, declared, header, shown.room).rows(body))
    return KeyPaste(declared, columns, rows, (*header.unknown.values(), *derived), stored=shown.stored)


class _Matching:
    """Matches the rows of a block with those of a table."""

    def __init__(self, view: ScenarioView, table: Table[Any], header: HeaderRow, room: int | None) -> None:
        self._plan = view.plan
        self._rows: Rows[Any] = view.rows(table.name)
        self._table = table
        self._header = header
        self._room = room
        self._seen: set[str] = set()

    def rows(self, body: Sequence[Sequence[str]]) -> Iterator[KeyedRow]:
        """Yield what each row would do; rows without any text say nothing."""
        for number, texts in enumerate(body, start=1):
            if any(text.strip() for text in texts):
                yield self._row(number, self._header.texts(texts))

    def _row(self, number: int, texts: Sequence[tuple[Column, str]]) -> KeyedRow:
        keys = {column.name: self._key_text(text) for column, text in texts if column.name in self._table.key}
        values, problem = self._key_values(keys)
        key = "/".join(keys.values()) if problem else self._table.row_key(self._table.record(**values))
        if not problem:
            problem = self._twice(key)
        position = None if problem else self._rows.position(key)
        if position is None and not problem:
            problem = self._no_room(key)
        if problem:
            return KeyedRow(number, key, position, tuple(_as_is(column, text) for column, text in texts), problem)
        record = self._table.record(**values) if position is None else self._rows[position]
        cells = tuple(self._cell(record, position, column, text) for column, text in texts if not column.derived)
        return KeyedRow(number, key, position, cells)

    def _key_text(self, text: str) -> str:
        """Return the name of a row; rows that are declared may be called by their titles too."""
        if not self._table.parameters:
            return text
        return parameter_name(self._table, text) or text

    def _key_values(self, keys: dict[str, str]) -> tuple[dict[str, Value], str]:
        values: dict[str, Value] = {}
        for column in self._table.columns:
            if column.name not in self._table.key:
                continue
            try:
                values[column.name] = parse(column, keys.get(column.name, ""), number_style())
            except CellTextError as error:
                return {}, str(error)
            if values[column.name] is None:
                return {}, tr("The row has no {title}.", title=column.heading)
        return values, ""

    def _twice(self, key: str) -> str:
        if fold(key) in self._seen:
            return tr("“{key}” stands in the block twice.", key=key)
        self._seen.add(fold(key))
        return ""

    def _no_room(self, key: str) -> str:
        if self._room is None:
            return ""
        if self._table.parameters:
            return tr("There is no row “{key}”.", key=key)
        self._room -= 1
        return tr("{table} has no place for another row.", table=self._table.heading) if self._room < 0 else ""

    def _cell(self, record: Any, position: int | None, column: Column, text: str) -> KeyedCell:
        style = number_style()
        real = self._plan.record_column(record, column)
        is_key = column.name in self._table.key
        value = read_cell(record, column.name)
        unread = None if position is None else self._rows.unread_at(position, column.name)
        before = "" if position is None else edit_text(real, value, style) if unread is None else unread
        if is_key:
            return KeyedCell(column, before, before or text, text, position is None)
        try:
            read = self._read(real, text)
        except CellTextError as error:
            return KeyedCell(column, before, text, text, text != before, str(error))
        is_changed = bool(text.strip()) if position is None else unread is not None or read != value
        return KeyedCell(column, before, edit_text(real, read, style), text, is_changed)

    def _read(self, real: Column, text: str) -> Value:
        if self._table.name == OVERRIDES.name and real.name not in self._table.key and text.strip() == BLANK:
            return BLANK
        return parse(real, text, number_style())


def _as_is(column: Column, text: str) -> KeyedCell:
    return KeyedCell(column, "", text, text, is_changed=False)
