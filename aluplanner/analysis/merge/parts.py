"""What a merge is made of: copies, rows that belong together, and conflicts."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from aluplanner.model.rows import Unread
from aluplanner.model.schema import Value


class Side(StrEnum):
    """One of the two copies that are merged."""

    MINE = "mine"
    YOURS = "yours"

    @property
    def other(self) -> "Side":
        """The other one."""
        return Side.YOURS if self is Side.MINE else Side.MINE


class What(StrEnum):
    """What the two copies disagree about."""

    CELL = "cell"
    ROW = "row"  # one copy changed it, the other took it out
    ORDER = "order"  # of the rows of a table


@dataclass(frozen=True, slots=True)
class Trio:
    """One row in all copies: its index in each, ``None`` where a copy does not have it."""

    base: int | None = None
    mine: int | None = None
    yours: int | None = None

    def place(self, side: Side) -> int | None:
        """Return the index of the row in one of the two copies."""
        return self.mine if side is Side.MINE else self.yours


ALL_ROWS: Final = Trio()
"""Stands for the rows of a table as a whole."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a cell holds: its value and, where that could not be read, its text."""

    value: Value = None
    text: Unread | None = None

    @property
    def shown(self) -> Value:
        """What the planner sees in the cell."""
        return self.value if self.text is None else self.text.text


EMPTY: Final = Content()
Disputed: TypeAlias = tuple[str, Trio, str]
"""What a conflict is about, whichever way others are answered: table, row and column."""
Answers: TypeAlias = Mapping[Disputed, Side]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that the two copies say differently, and that the planner has to decide.

    Attributes
    ----------
    what
        A cell, a whole row, or the order of a table's rows.
    table
        Name of the table.
    row
        Key of the row, as the first of mine, yours and base that has it spells it; empty for an order.
    column
        Field name of the cell; empty for a row or an order.
    trio
        Where the row stands in each copy.
    base, mine, yours
        What the cell holds, as the planner sees it; of an order the keys of the rows that were moved. For a row
        nothing: :attr:`trio` tells who has it.
    """

    what: What
    table: str
    row: str
    column: str
    trio: Trio
    base: Value = None
    mine: Value = None
    yours: Value = None

    @property
    def about(self) -> Disputed:
        """What it is about: the key by which it is answered."""
        return self.table, self.trio, self.column

    def value(self, side: Side) -> Value:
        """Return what one of the two copies says."""
        return self.mine if side is Side.MINE else self.yours
