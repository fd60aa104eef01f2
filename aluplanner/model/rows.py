"""The rows of one table: an immutable sequence that knows rows by key and columns as arrays."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Generic, TypeVar, cast, overload

import numpy as np
from numpy.typing import NDArray

from aluplanner.model.calendar import Month
from aluplanner.model.demand import Sector, growth_year
from aluplanner.model.schema import Table, Value, fold

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


_NUMBERS = "numbers of "


def _numbers_memo(name: str) -> str:
    return _NUMBERS + name


class Rows(Sequence[R], Generic[R]):
    """The rows of a table, in the planner's order.

    Parameters
    ----------
    table
        The table they belong to.
    records
        One frozen record a row.
    """

    def __init__(self, table: Table[R], records: Iterable[R] = ()) -> None:
        self.table = table
        self.records: tuple[R, ...] = tuple(records)
        self.memo: dict[str, Any] = {}
        """Facts that follow from the rows, worked out once and kept with them."""

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
        return isinstance(other, Rows) and self.table is other.table and self.records == other.records

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
        """Return the table with other rows."""
        return Rows(self.table, records)

    def with_cell(self, position: int, name: str, value: Value) -> "Rows[R]":
        """Return the table with one cell set."""
        return self.with_cells([(position, name, value)])

    def with_cells(self, cells: Iterable[tuple[int, str, Value]]) -> "Rows[R]":
        """Return the table with several cells set, given as (row index, column name, value)."""
        records, names = list(self.records), set()
        for position, name, value in cells:
            records[position] = write_cell(records[position], name, value)
            names.add(name)
        changed = self.replaced(records)
        edited = {_numbers_memo(name) for name in names}
        changed.memo = {
            memo: known for memo, known in self.memo.items() if memo.startswith(_NUMBERS) and memo not in edited
        }
        return changed

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """Return a fact that follows from the rows: worked out by ``make`` once, then kept with them."""
        if name not in self.memo:
            self.memo[name] = make()
        return cast(T, self.memo[name])

    def numbers(self, name: str) -> NDArray[np.float64]:
        """Return a numeric, month or yes/no column, shape ``(rows,)``, read-only.

        Months become their ordinals, yes/no 1 and 0, and blanks the column's declared default or,
        where that is none, NaN.
        """
        return self.kept(_numbers_memo(name), lambda: self._numbers(name))

    def _numbers(self, name: str) -> NDArray[np.float64]:
        declared = next((column.default for column in self.table.columns if column.name == name), None)
        blank = as_number(declared, np.nan)
        numbers = np.array([as_number(read_cell(record, name), blank) for record in self.records], dtype=np.float64)
        numbers.flags.writeable = False
        return numbers


def as_number(value: Value, blank: float) -> float:
    """Return a cell's value as a number: a month as its ordinal, yes/no as 1 and 0, a blank as ``blank``."""
    if value is None:
        return blank
    if isinstance(value, Month):
        return float(value.ordinal)
    return float(value)
