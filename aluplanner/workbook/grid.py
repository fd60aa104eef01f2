"""The rows of a large sheet, held column by column."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import overload

from aluplanner.workbook.sheet import Cell, Row


class GridRows(Sequence[Row]):
    """Rows that are made when they are asked for; whoever reads by column needs none.

    Parameters
    ----------
    numbers
        The numbers of the rows, from the top.
    columns
        The cells of each column by its number, in the order of the columns, ``None`` for empty ones. No row is empty.
    """

    def __init__(self, numbers: list[int], columns: Mapping[int, list[Cell | None]]) -> None:
        self.numbers = numbers
        self._columns = columns

    def column(self, number: int) -> list[Cell | None]:
        """Return the cells of a column, ``None`` for empty ones."""
        return self._columns.get(number) or [None] * len(self.numbers)

    def below(self, number: int) -> "GridRows":
        """Return the rows below one, which is given by its number."""
        start = bisect_right(self.numbers, number)
        return GridRows(self.numbers[start:], {column: cells[start:] for column, cells in self._columns.items()})

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | Sequence[Row]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        found = ((column, cells[index]) for column, cells in self._columns.items())
        return self.numbers[index], {column: cell for column, cell in found if cell is not None}

    def __iter__(self) -> Iterator[Row]:
        columns = [*self._columns]
        for number, cells in zip(self.numbers, zip(*self._columns.values(), strict=True), strict=True):
            yield number, {column: cell for column, cell in zip(columns, cells, strict=True) if cell is not None}

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]


def lines_of(rows: Sequence[Row]) -> list[int]:
    """Return the numbers of rows."""
    return rows.numbers if isinstance(rows, GridRows) else [number for number, _ in rows]


def column_of(rows: Sequence[Row], number: int) -> list[Cell | None]:
    """Return what rows hold in a column, ``None`` for empty cells."""
    return rows.column(number) if isinstance(rows, GridRows) else [cells.get(number) for _, cells in rows]


def rows_below(rows: Sequence[Row], number: int) -> Sequence[Row]:
    """Return the rows below one, which is given by its number."""
    return rows.below(number) if isinstance(rows, GridRows) else [row for row in rows if row[0] > number]
