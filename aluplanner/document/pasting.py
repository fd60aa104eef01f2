"""Where the cells of a pasted block go, as in a spreadsheet."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeAlias, cast

from aluplanner.document.entering import TextColumns
from aluplanner.document.header_row import HeaderRow, read_header_row
from aluplanner.document.ranges import BlockError, Range, ShownTable, crossing, runs
from aluplanner.i18n import tr
from aluplanner.model.schema import Column

Grid: TypeAlias = Sequence[Sequence[str]]
"""The texts of a block, row by row; rows may differ in length."""

Part: TypeAlias = tuple[Sequence[int], Sequence[int]]
"""The places of some rows and of some columns."""


@dataclass(frozen=True, slots=True)
class Pasting:
    """What a paste puts where.

    Attributes
    ----------
    columns
        The texts by column; rows from the number of stored rows on are new.
    new_rows
        How many rows come.
    skipped
        How many texts were left out because their cells cannot be edited, by the title of the column.
    areas
        The places that received the block.
    """

    columns: TextColumns
    new_rows: int
    skipped: Mapping[str, int]
    areas: tuple[Range, ...]

    @property
    def remark(self) -> str:
        """What was left out, in a sentence; empty if nothing was."""
        if not self.skipped:
            return ""
        names, count = ", ".join(self.skipped), sum(self.skipped.values())
        return tr("Left out {count} cells that cannot be edited: {columns}.", count=count, columns=names)


def header_of(grid: Grid, shown: ShownTable, left: int) -> HeaderRow | None:
    """Return the titles in the first row of a block, ``None`` where it holds values.

    A row counts as titles if it names columns and nothing else. A single column's title counts only over
    that very column, as it may be a value elsewhere.
    """
    if len(grid) < 2:
        return None
    header = read_header_row(shown.table, shown.every_column, grid[0])
    if not header.is_complete:
        return None
    is_over_itself = left < len(shown.columns) and header.columns.get(0) == shown.columns[left]
    return header if len(header.columns) > 1 or is_over_itself else None


def paste(grid: Grid, selection: Sequence[Range], shown: ShownTable) -> Pasting:
    """Return where a block goes: as often as it fits the selection, else once from its upper left corner on.

    Parameters
    ----------
    grid
        The block. Cells that a row lacks leave what is there.
    selection
        The selected ranges; none stands for the first cell.
    shown
        The table; only what is on the screen is written to, and rows come where the block is longer.

    Raises
    ------
    BlockError
        If it does not fit as a whole.
    """
    ranges = selection or [Range(0, 0, 0, 0)]
    fitted = _without_empty_edge(grid, ranges, shown)
    height, width = len(fitted), max(map(len, fitted), default=0)
    if not width:
        return Pasting({}, 0, {}, ())
    parts = _parts(ranges, height, width)
    new_rows = max(_new_rows(rows, shown) for rows, _ in parts)
    _check_columns(parts, shown)
    target = _Target(shown)
    upright = _columns_of(fitted)
    for rows, columns in parts:
        stored = [shown.row(place) for place in rows]
        times = len(rows) // height
        for number, place in enumerate(columns):
            target.take(shown.columns[place], stored, upright[number % width] * times)
    return Pasting(target.columns, new_rows, target.skipped, tuple(area for part in parts for area in _areas(part)))


def paste_under_titles(grid: Grid, header: HeaderRow, top: int, shown: ShownTable) -> Pasting:
    """Return where a block with titles goes: each column where its title says, from the row at place ``top`` on.

    Raises
    ------
    BlockError
        If there is no room for its rows.
    """
    body = grid[1:]
    new_rows = _new_rows(range(top, top + len(body)), shown)
    rows = [shown.row(top + number) for number in range(len(body))]
    target, upright = _Target(shown), _columns_of(body)
    for number, column in header.columns.items():
        texts = upright[number] if number < len(upright) else (None,) * len(rows)
        if number in header.units:
            texts = tuple(None if text is None else header.with_unit(number, text) for text in texts)
        target.take(column, rows, texts)
    places = sorted(shown.columns.index(column) for column in header.columns.values() if column in shown.columns)
    bottom = top + len(body) - 1
    return Pasting(target.columns, new_rows, target.skipped, tuple(Range(top, p, bottom, p) for p in places))


def _parts(ranges: Sequence[Range], height: int, width: int) -> list[Part]:
    """Return the rows and columns that a block of a size goes to."""
    if height == width == 1:
        return [(part.rows, part.columns) for part in ranges]
    if len(ranges) == 1:
        return [_grown(ranges[0], height, width)]
    lines = crossing(ranges)
    if lines is not None and _fits(len(lines[0]), height) and _fits(len(lines[1]), width):
        return [lines]
    if all(_fits(part.height, height) and _fits(part.width, width) for part in ranges):
        return [(part.rows, part.columns) for part in ranges]
    raise BlockError(
        tr("A block of {height} × {width} cells does not fit the ranges selected.", height=height, width=width)
    )


def _fits(length: int, size: int) -> bool:
    return length % size == 0


def _grown(part: Range, height: int, width: int) -> Part:
    """Return the lines of one range; where the block is larger or no multiple fits, the block's own size."""
    tall, wide = part.height, part.width
    if not ((_fits(tall, height) or tall == 1) and (_fits(wide, width) or wide == 1)):
        tall = wide = 1
    tall = tall if _fits(tall, height) else height
    wide = wide if _fits(wide, width) else width
    return range(part.top, part.top + tall), range(part.left, part.left + wide)


def _new_rows(places: Sequence[int], shown: ShownTable) -> int:
    """Return how many rows have to come for the places of some rows to be there."""
    lacking = max(places, default=-1) + 1 - len(shown.rows)
    if lacking <= 0:
        return 0
    room = shown.room
    if room is not None and lacking > room:
        raise BlockError(
            tr(
                "{count} rows too many: {table} has no place for them from here on.",
                count=lacking - room,
                table=shown.table.heading,
            )
        )
    return lacking


def _check_columns(parts: Sequence[Part], shown: ShownTable) -> None:
    lacking = max(max(columns) for _, columns in parts) + 1 - len(shown.columns)
    if lacking > 0:
        raise BlockError(tr("{count} columns too many: {table} ends before.", count=lacking, table=shown.table.heading))


def _without_empty_edge(grid: Grid, ranges: Sequence[Range], shown: ShownTable) -> Grid:
    """Return a block without the empty lines at its end that would come to lie outside the table."""
    top, left = ranges[0].top, ranges[0].left
    height, width = len(grid), max(map(len, grid), default=0)
    while height > 1 and top + height > len(shown.rows) and not any(grid[height - 1]):
        height -= 1
    while width > 1 and left + width > len(shown.columns) and not any(any(row[width - 1 : width]) for row in grid):
        width -= 1
    return [row[:width] for row in grid[:height]]


def _columns_of(grid: Grid) -> list[tuple[str | None, ...]]:
    """Return the columns of a block, with ``None`` for the cells that rows lack."""
    return list(zip_longest(*grid)) if len(set(map(len, grid))) > 1 else list(zip(*grid, strict=True))


class _Target:
    """Receives the columns of a block.

    Attributes
    ----------
    columns
        The texts for cells that can be edited.
    skipped
        How many there were for others, by the title of the column.
    """

    def __init__(self, shown: ShownTable) -> None:
        self._shown = shown
        self.columns: dict[str, tuple[Sequence[int], Sequence[str]]] = {}
        self.skipped: Counter[str] = Counter()

    def take(self, column: Column, rows: Sequence[int], texts: Sequence[str | None]) -> None:
        """Take the texts for some rows, given as stored, of a column."""
        takes_all = self._takes_all(column)
        if takes_all and None not in texts and column.name not in self.columns:
            self.columns[column.name] = rows, cast(Sequence[str], texts)
            return
        taken: list[tuple[int, str]] = []
        for row, text in zip(rows, texts, strict=True):
            if text is not None and (takes_all or self._shown.is_editable(row, column)):
                taken.append((row, text))
            elif text is not None:
                self.skipped[column.heading] += 1
        if taken:
            before, texts_before = self.columns.get(column.name, ((), ()))
            more, more_texts = zip(*taken, strict=True)
            self.columns[column.name] = (*before, *more), (*texts_before, *more_texts)

    def _takes_all(self, column: Column) -> bool:
        """Return whether every cell of a column can be edited, so that its cells need not be asked one by one."""
        return not column.derived and (column.name not in self._shown.table.key or self._shown.has_editable_keys)


def _areas(part: Part) -> list[Range]:
    rows, columns = part
    return [Range(top, left, bottom, right) for top, bottom in runs(rows) for left, right in runs(columns)]
