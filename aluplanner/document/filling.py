"""Filling cells from cells beside them, or all with one text."""

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import TypeAlias

from aluplanner.document.entering import TextCell
from aluplanner.document.ranges import Range, ShownTable
from aluplanner.document.series import continued
from aluplanner.model.schema import Column

TextAt: TypeAlias = Callable[[int, int], str]
"""Returns the text of the cell at a row and a column on the screen, as its editor shows it."""

ColumnAt: TypeAlias = Callable[[int, int], Column]
"""Returns what the cell at a row and a column on the screen really is."""

Filled: TypeAlias = tuple[int, int, str]
"""Place of the row and of the column on the screen, text."""


class Direction(Enum):
    """Which way a range is drawn larger."""

    DOWN = "down"
    UP = "up"
    RIGHT = "right"
    LEFT = "left"


def fill_all(ranges: Sequence[Range], text: str, shown: ShownTable) -> list[TextCell]:
    """Return the same text for every cell of some ranges."""
    return _editable([(row, column, text) for part in ranges for row, column in part.cells()], shown)


def fill_down(ranges: Sequence[Range], text_at: TextAt, shown: ShownTable) -> list[TextCell]:
    """Return for each range its first row copied to the others; a single row takes the one above it."""
    return _editable([cell for part in ranges for cell in _copied_down(part, text_at)], shown)


def fill_right(ranges: Sequence[Range], text_at: TextAt, shown: ShownTable) -> list[TextCell]:
    """Return for each range its first column copied to the others; a single column takes the one to its left."""
    return _editable([cell for part in ranges for cell in _copied_right(part, text_at)], shown)


def _copied_down(part: Range, text_at: TextAt) -> Iterator[Filled]:
    first = part.top if part.height > 1 else part.top - 1
    if first < 0:
        return
    for column in part.columns:
        text = text_at(first, column)
        yield from ((row, column, text) for row in range(first + 1, part.bottom + 1))


def _copied_right(part: Range, text_at: TextAt) -> Iterator[Filled]:
    first = part.left if part.width > 1 else part.left - 1
    if first < 0:
        return
    for row in part.rows:
        text = text_at(row, first)
        yield from ((row, column, text) for column in range(first + 1, part.right + 1))


def drawn_to(source: Range, row: int, column: int) -> tuple[Range, Direction] | None:
    """Return the cells between a range and the cell its handle is drawn to, and which way that is.

    It is drawn along the rows or along the columns, whichever way is the longer; ``None`` inside the range.
    """
    ways = {
        Direction.DOWN: row - source.bottom,
        Direction.UP: source.top - row,
        Direction.RIGHT: column - source.right,
        Direction.LEFT: source.left - column,
    }
    way = max(ways, key=lambda direction: ways[direction])
    if ways[way] <= 0:
        return None
    added = {
        Direction.DOWN: Range(source.bottom + 1, source.left, row, source.right),
        Direction.UP: Range(row, source.left, source.top - 1, source.right),
        Direction.RIGHT: Range(source.top, source.right + 1, source.bottom, column),
        Direction.LEFT: Range(source.top, column, source.bottom, source.left - 1),
    }
    return added[way], way


def fill_series(
    source: Range,
    added: Range,
    way: Direction,
    text_at: TextAt,
    column_at: ColumnAt,
    shown: ShownTable,
    *,
    other: bool = False,
) -> list[TextCell]:
    """Return what a range goes on with in the cells beside it.

    Parameters
    ----------
    source, added, way
        The range, and where it is drawn to: see :func:`drawn_to`.
    text_at, column_at
        What is on the screen.
    shown
        The table.
    other
        Whether to copy what would count up, and to count a single number up: see
        :func:`aluplanner.document.series.continued`.
    """
    backwards = way in (Direction.UP, Direction.LEFT)
    is_down = way in (Direction.DOWN, Direction.UP)
    lines = added.columns if is_down else added.rows
    there, coming = (source.rows, added.rows) if is_down else (source.columns, added.columns)
    places = list(reversed(coming)) if backwards else list(coming)

    def cell(line: int, place: int) -> tuple[int, int]:
        return (place, line) if is_down else (line, place)

    cells: list[Filled] = []
    for line in lines:
        texts = [text_at(*cell(line, place)) for place in there]
        declared = column_at(*cell(line, there[0]))
        goes_on = continued(declared, texts, len(places), backwards=backwards, other=other)
        cells += [(*cell(line, place), text) for place, text in zip(places, goes_on, strict=True)]
    return _editable(cells, shown)


def _editable(cells: Sequence[Filled], shown: ShownTable) -> list[TextCell]:
    """Return the cells that can be edited, by stored row and field name."""
    placed = ((shown.row(row), shown.columns[column], text) for row, column, text in cells)
    return [(row, column.name, text) for row, column, text in placed if shown.is_editable(row, column)]
