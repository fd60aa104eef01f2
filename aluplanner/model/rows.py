"""The rows of one table: an immutable sequence that knows rows by key and columns as arrays."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final, Generic, TypeAlias, TypeVar, cast, overload

import numpy as np
from numpy.typing import NDArray

from aluplanner.model.calendar import Month
from aluplanner.model.cancelling import stop_if_cancelled
from aluplanner.model.demand import Sector, growth_year
from aluplanner.model.records import written
from aluplanner.model.schema import Table, Value, fold

_UNKNOWN: Final = object()
_PLAIN_NUMBERS: Final = frozenset({float, bool, type(None)})
R = TypeVar("R")
S = TypeVar("S")
T = TypeVar("T")


def read_cell(record: object, name: str) -> Value:
    """Return the stored value of a record's field; ``growth 2017`` names a growth of a sector."""
    if isinstance(record, Sector) and (year := growth_year(name)) is not None:
        return record.growth_in(year)
    return cast(Value, getattr(record, name))


def write_cell(record: S, name: str, value: Value) -> S:
    """Return a copy of the record with one field set."""
    if isinstance(record, Sector) and (year := growth_year(name)) is not None:
        # a year without a rate stays: the first growth year may be what says where the horizon begins
        rates = dict(record.growth) | {year: cast("float | None", value)}
        return cast(S, replace(record, growth=tuple(sorted(rates.items()))))
    return cast(S, replace(cast(Any, record), **{name: value}))


@dataclass(frozen=True, slots=True)
class Unread:
    """A text that its cell cannot hold; it stays there until it is corrected.

    Attributes
    ----------
    text
        As it was entered.
    has_stand_in
        Whether the record's value is the last good one of the cell, with which the balance goes on. A cell that never
        had one, in a row just pasted or in a file, has nothing to go on with.
    """

    text: str
    has_stand_in: bool = True


Place: TypeAlias = tuple[int, str]
"""Index of the row, field name of the column."""


class Rows(Sequence[R], Generic[R]):
    """The rows of a table, in the planner's order.

    Parameters
    ----------
    table
        The table they belong to.
    records
        One frozen record a row.
    unread
        The cells that hold a text which could not be read.
    """

    def __init__(
        self, table: Table[R], records: Iterable[R] = (), unread: Mapping[Place, Unread] | None = None
    ) -> None:
        self.table = table
        self.records: tuple[R, ...] = tuple(records)
        self.unread: Mapping[Place, Unread] = MappingProxyType(dict(unread or {}))
        self.memo: dict[str, Any] = {}
        """Facts that follow from the rows, worked out once and kept with them."""
        self._follows_from: dict[str, tuple[str, ...]] = {}

    @overload
    def __getitem__(self, index: int) -> R: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[R, ...]: ...
    def __getitem__(self, index: int | slice) -> R | tuple[R, ...]:
        return self.records[index]

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[R]:
        return iter(self.records)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return (
            isinstance(other, Rows)
            and self.table is other.table
            and self.records == other.records
            and self.unread == other.unread
        )

    def __hash__(self) -> int:
        return hash((self.table.name, self.records))

    def __repr__(self) -> str:
        return f"Rows({self.table.name!r}, {len(self)} rows)"

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The key of every row."""
        return tuple(self.table.row_key(record) for record in self.records)

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {fold(key): position for position, key in reversed(tuple(enumerate(self.keys)))}

    def position(self, key: str) -> int | None:
        """Return the index of the row with this key (case and outer blanks ignored), ``None`` if there is none."""
        return self._positions.get(fold(key))

    def find(self, key: str) -> R | None:
        """Return the row with this key, ``None`` if there is none."""
        position = self.position(key)
        return None if position is None else self.records[position]

    def replaced(self, records: Iterable[R]) -> "Rows[R]":
        """Return the table with other rows; rows that stay keep their unread texts wherever they come to stand."""
        chosen = tuple(records)
        return Rows(self.table, chosen, self._followed(chosen) if self.unread else None)

    def _followed(self, records: Sequence[R]) -> dict[Place, Unread]:
        """Return the unread texts of the rows that are among ``records``, at the places the rows have there."""
        places: dict[tuple[int, int], int] = {
            occurrence: place for place, occurrence in enumerate(_occurrences(records))
        }
        here = _occurrences(self.records)
        found = ((places.get(here[position]), name, kept) for (position, name), kept in self.unread.items())
        return {(place, name): kept for place, name, kept in found if place is not None}

    def edited(self, records: Iterable[R]) -> "Rows[R]":
        """Return the table with each row in its place, but changed; unread texts stay."""
        return Rows(self.table, records, self.unread)

    def with_cell(self, position: int, name: str, value: Value) -> "Rows[R]":
        """Return the table with one cell set."""
        return self.with_cells([(position, name, value)])

    def with_cells(self, cells: Iterable[tuple[int, str, Value]]) -> "Rows[R]":
        """Return the table with several cells set, given as (row index, column name, value).

        An unread text in one of them gives way to the value.
        """
        columns: dict[str, tuple[list[int], list[Value]]] = {}
        for position, name, value in cells:
            places, values = columns.setdefault(name, ([], []))
            places.append(position)
            values.append(value)
        return self.with_columns(columns)

    def with_columns(self, columns: Mapping[str, tuple[Sequence[int], Sequence[Value]]]) -> "Rows[R]":
        """Return the table with several cells set, given by column name as row indexes and values.

        An unread text in one of them gives way to the value.
        """
        changed = Rows(self.table, _written(self.records, columns), self._left(columns))
        self._hand_on_facts(changed, columns)
        if not columns.keys() & set(self.table.key):
            changed._take_keys(self)
        return changed

    def _hand_on_facts(self, other: "Rows[R]", edited: Collection[str]) -> None:
        """Let rows that differ in some columns keep the facts that follow from other ones."""
        for name, columns in tuple(self._follows_from.items()):
            if any(column in edited for column in columns):
                continue
            known = self.memo.get(name, _UNKNOWN)  # another thread may be forgetting it
            if known is not _UNKNOWN:
                other.memo[name] = known
                other._follows_from[name] = columns

    def _take_keys(self, other: "Rows[R]") -> None:
        """Take over the keys of a table with the same ones, as far as they are known."""
        for name in ("keys", "_positions"):
            known = other.__dict__.get(name, _UNKNOWN)
            if known is not _UNKNOWN:
                self.__dict__[name] = known

    def forget(self) -> None:
        """Let go of what follows from the rows; it is worked out again when it is asked for."""
        self.memo.clear()
        for name in ("keys", "_positions"):
            self.__dict__.pop(name, None)

    def _left(self, columns: Mapping[str, tuple[Sequence[int], Sequence[Value]]]) -> Mapping[Place, Unread]:
        """Return the unread texts in other cells than these."""
        if not self.unread:
            return self.unread
        written = {name: set(places) for name, (places, _) in columns.items()}
        return {place: kept for place, kept in self.unread.items() if place[0] not in written.get(place[1], ())}

    def column(self, name: str, places: Iterable[int]) -> list[Value]:
        """Return the values of a column in some rows."""
        records = self.records
        if growth_year(name) is None:
            read = attrgetter(name)
            return list(map(read, map(records.__getitem__, places)))
        return [read_cell(records[place], name) for place in places]

    def with_unread(self, texts: Mapping[Place, Unread]) -> "Rows[R]":
        """Return the table with texts that could not be read in some cells; the values stay as they are."""
        changed = Rows(self.table, self.records, {**self.unread, **texts})
        self._hand_on_facts(changed, ())
        return changed

    def unread_at(self, position: int, name: str) -> str | None:
        """Return the text of a cell that could not be read, ``None`` where there is none."""
        kept = self.unread.get((position, name))
        return None if kept is None else kept.text

    def kept(self, name: str, make: Callable[[], T], of: tuple[str, ...] = ()) -> T:
        """Return a fact that follows from the rows: worked out by ``make`` once, then kept with them.

        Parameters
        ----------
        name
            Tells the fact from others.
        make
            Works it out.
        of
            The columns it follows from, if not from all: it is handed on when others are edited.
        """
        try:
            return cast(T, self.memo[name])
        except KeyError:
            stop_if_cancelled()
            # not read back from the memo, which may be emptied meanwhile
            made = self.memo[name] = make()
            if of:
                self._follows_from[name] = of
            return made

    def numbers(self, name: str) -> NDArray[np.float64]:
        """Return a numeric, month or yes/no column, shape ``(rows,)``, read-only.

        Months become their ordinals, yes/no 1 and 0, and blanks the column's declared default or,
        where that is none, NaN.
        """
        return self.kept(f"numbers of {name}", lambda: self._numbers(name), (name,))

    def _numbers(self, name: str) -> NDArray[np.float64]:
        declared = next((column.default for column in self.table.columns if column.name == name), None)
        blank = as_number(declared, np.nan)
        values = self.column(name, range(len(self.records)))
        kinds = {*map(type, values)}
        if kinds <= _PLAIN_NUMBERS:
            numbers = np.array(values, dtype=np.float64)  # blanks become NaN
            if not np.isnan(blank) and type(None) in kinds:
                numbers[[value is None for value in values]] = blank
        else:
            numbers = np.array([as_number(value, blank) for value in values], dtype=np.float64)
        numbers.flags.writeable = False
        return numbers


def as_number(value: Value, blank: float) -> float:
    """Return a cell's value as a number: a month as its ordinal, yes/no as 1 and 0, a blank as ``blank``."""
    if value is None:
        return blank
    if isinstance(value, Month):
        return float(value.ordinal)
    return float(value)


def _written(records: Sequence[R], columns: Mapping[str, tuple[Sequence[int], Sequence[Value]]]) -> list[R]:
    """Return the records with cells set; each record is made once, however many of its cells change."""
    plain = {name: cells for name, cells in columns.items() if growth_year(name) is None}
    changed = written(records, plain)
    for name in columns.keys() - plain.keys():
        for place, value in zip(*columns[name], strict=True):
            changed[place] = write_cell(changed[place], name, value)
    return changed


def _occurrences(records: Sequence[object]) -> list[tuple[int, int]]:
    """Return which object stands at each place, and how often it stood before: one may stand there several times."""
    seen: dict[int, int] = {}
    found = []
    for record in records:
        number = seen.get(id(record), 0)
        seen[id(record)] = number + 1
        found.append((id(record), number))
    return found
