"""Ranges of cells as they are shown: what is selected, and whether it makes up a block."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from aluplanner.document.edits import has_fixed_rows
from aluplanner.document.scenario_view import ScenarioView
from aluplanner.model.plan import TABLES
from aluplanner.model.schema import Column, Table, Type


class BlockError(ValueError):
    """Cells that make no block, or a block that does not fit where it is to go; the message says why."""


@dataclass(frozen=True, slots=True)
class Range:
    """A rectangle of cells, by their places on the screen counted from 0, ends included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        """Number of rows."""
        return self.bottom - self.top + 1

    @property
    def width(self) -> int:
        """Number of columns."""
        return self.right - self.left + 1

    @property
    def rows(self) -> range:
        """The places of its rows."""
        return range(self.top, self.bottom + 1)

    @property
    def columns(self) -> range:
        """The places of its columns."""
        return range(self.left, self.right + 1)

    def cells(self) -> Iterator[tuple[int, int]]:
        """Yield its cells row by row."""
        return ((row, column) for row in self.rows for column in self.columns)


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as it stands on the screen: filtered, sorted, with columns hidden or moved.

    Attributes
    ----------
    table
        The table.
    rows
        Index in the stored order of each row on the screen.
    columns
        The columns on the screen, from left to right.
    stored
        Number of rows there are, on the screen or not.
    in_base
        How many of them the base plan has; a scenario may show months that only it states.
    every_column
        All columns of the table, on the screen or not.
    """

    table: Table[Any]
    rows: Sequence[int]
    columns: Sequence[Column]
    stored: int
    in_base: int
    every_column: Sequence[Column]

    def row(self, place: int) -> int:
        """Return the index in the stored order of the row at a place; below the last row new ones follow."""
        return self.rows[place] if place < len(self.rows) else self.stored + place - len(self.rows)

    def is_editable(self, row: int, column: Column) -> bool:
        """Return whether a cell can be edited, of a new row too; ``row`` is an index in the stored order."""
        if column.derived:
            return False
        if column.name not in self.table.key:
            return True
        return not has_fixed_rows(self.table) and (row < self.in_base or row >= self.stored)

    @property
    def has_editable_keys(self) -> bool:
        """Whether the name of every row can be edited."""
        return not has_fixed_rows(self.table) and self.in_base >= self.stored

    @property
    def room(self) -> int | None:
        """How many rows can still come: none where they are declared, twelve months in all, else ``None``: any."""
        if has_fixed_rows(self.table):
            return 0
        key = next(column for column in self.table.columns if column.name == self.table.key[0])
        if key.type is Type.NUMBER and key.minimum is not None and key.maximum is not None:
            return max(0, int(key.maximum - key.minimum) + 1 - self.stored)
        return None


def shown_table(
    view: ScenarioView, table: str, rows: Sequence[int] | None = None, columns: Sequence[Column] | None = None
) -> ShownTable:
    """Return a table as a scenario shows it, by default with every row and column in the stored order."""
    stored, every = len(view.rows(table)), view.plan.columns(table)
    return ShownTable(
        TABLES[table],
        range(stored) if rows is None else rows,
        every if columns is None else columns,
        stored,
        len(view.plan.table(table)),
        every,
    )


def crossing(ranges: Sequence[Range]) -> tuple[list[int], list[int]] | None:
    """Return the rows and the columns whose crossings are exactly the cells of some ranges; ``None`` if there are none.

    One range is always that; several are when they share their rows or their columns.
    """
    across: dict[int, frozenset[int]] = {}
    for first, last, columns in _bands(ranges):
        across.update(dict.fromkeys(range(first, last + 1), columns))
    different = set(across.values())
    if len(different) != 1:
        return None
    return sorted(across), sorted(different.pop())


def _bands(ranges: Sequence[Range]) -> Iterator[tuple[int, int, frozenset[int]]]:
    """Yield stretches of rows in which the same columns are taken."""
    cuts = sorted({cut for part in ranges for cut in (part.top, part.bottom + 1)})
    for first, after in pairwise(cuts):
        columns = {column for part in ranges if part.top <= first <= part.bottom for column in part.columns}
        if columns:
            yield first, after - 1, frozenset(columns)


def runs(places: Iterable[int]) -> list[tuple[int, int]]:
    """Return the stretches of consecutive numbers among some, first and last of each."""
    found: list[tuple[int, int]] = []
    for place in sorted(set(places)):
        if found and found[-1][1] == place - 1:
            found[-1] = (found[-1][0], place)
        else:
            found.append((place, place))
    return found
