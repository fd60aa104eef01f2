"""Where the rows of a sheet go when the rows of its table are moved, inserted and deleted."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from aluplanner.workbook.sheet import LAST_ROW


@dataclass
class RowMap:
    """Where the rows of a sheet go.

    Attributes
    ----------
    first
        The first row below the header.
    end, new_end
        The last row that a record stands in, before and after; the row of the header if there is none.
    targets
        The row of each record, in the new order.
    moves
        The new row of each old one from ``first`` to ``end`` that stays.
    models
        For each row that is new the old one whose looks it takes.
    """

    first: int
    end: int
    new_end: int = 0
    targets: list[int] = field(default_factory=list)
    moves: dict[int, int] = field(default_factory=dict)
    models: dict[int, int] = field(default_factory=dict)

    @cached_property
    def is_identity(self) -> bool:
        """Whether every row stays where it is and none is new."""
        stays = all(row == target for row, target in self.moves.items())
        return stays and self.end == self.new_end and len(self.moves) == self.end - self.first + 1

    def row(self, old: int) -> int | None:
        """Return where a row is now, ``None`` if it is gone."""
        if old < self.first:
            return old
        if old > self.end:
            return min(old + self.new_end - self.end, LAST_ROW) if old < LAST_ROW else old
        return self.moves.get(old)

    def runs(self, top: int, bottom: int) -> list[tuple[int, int]]:
        """Return the rows that carry on what held for some rows: these, and new ones that take their looks from them.

        Used for what is said of cells one by one: validations, conditional formats.
        """
        rows = {self.moves[row] for row in self._inside(top, bottom) if row in self.moves}
        rows |= {row for row, model in self.models.items() if top <= model <= bottom}
        found = [(top, min(bottom, self.first - 1))] if top < self.first else []
        for row in sorted(rows):
            if found and found[-1][1] == row - 1:
                found[-1] = found[-1][0], row
            else:
                found.append((row, row))
        if bottom > self.end:
            start, stop = self.row(max(top, self.end + 1)), self.row(bottom)
            if start is not None and stop is not None:
                joins = bool(found) and found[-1][1] == start - 1
                found[-1:] = [(found[-1][0], stop)] if joins else [*found[-1:], (start, stop)]
        return found

    def span(self, top: int, bottom: int, *, grows: bool = True) -> tuple[int, int] | None:
        """Return the rows that a range of several rows covers now; ``None`` if all are gone.

        A range that held all rows of the table holds all of them again, if it ``grows``. One whose rows were torn apart
        stays where it is.
        """
        if bottom < self.first:
            return top, bottom
        if grows and top <= self.first and bottom == max(self.end, self.first):
            return top, max(self.new_end, self.first)
        start, stop = self.row(top), self.row(bottom)
        inside = self._inside(top, bottom)
        if inside:
            kept = [self.moves[row] for row in inside if row in self.moves]
            if not kept:
                if top >= self.first:
                    return self._below(bottom)
                return top, self.first - 1 if stop is None or bottom <= self.end else stop
            low, high = min(kept), max(kept)
            reach = self.first if top < self.first else low, self.new_end if bottom > self.end else high
            images = set(kept)
            if not all(row in images or row in self.models for row in range(reach[0], reach[1] + 1)):
                return top, bottom if bottom <= self.end else stop or bottom
            start = low if top >= self.first else top
            stop = high if bottom <= self.end else stop
        return None if start is None or stop is None else (start, stop)

    def is_disturbed(self, top: int, bottom: int) -> bool:
        """Return whether a range that covered some rows covers others now, or covers them in another order."""
        grows = top < bottom == self.end and self.new_end != self.row(bottom)
        return grows or self.is_torn(top, bottom)

    def is_torn(self, top: int, bottom: int) -> bool:
        """Return whether among some rows any is gone, or stands otherwise to the others, or has new ones between."""
        if top == bottom:
            return self.row(top) is None
        if self.is_identity or bottom < self.first or top > self.end:
            return False
        index = bisect_right(self._breaks, top)
        return index < len(self._breaks) and self._breaks[index] <= bottom

    @cached_property
    def _breaks(self) -> list[int]:
        """The rows that no longer stand right below the one that was above them, and those that are gone."""
        found = []
        before: int | None = self.first - 1
        for row in range(self.first, self.end + 2):
            now = self.row(row)
            if now is None or before is None or now != before + 1:
                found.append(row)
            before = now
        return found

    def _inside(self, top: int, bottom: int) -> range:
        return range(max(top, self.first), min(bottom, self.end) + 1)

    def _below(self, bottom: int) -> tuple[int, int] | None:
        stop = self.row(bottom)
        return (self.new_end + 1, stop) if bottom > self.end and stop is not None else None


def map_rows(header_row: int, rows: Sequence[int], matches: Sequence[int | None]) -> RowMap:
    """Return where the rows of a sheet go.

    Rows without a record (empty ones, remarks in the planner's own columns, sums) stay above the record they stand
    above; what stands below the last record keeps its distance from it.

    Parameters
    ----------
    header_row
        The last row of the header.
    rows
        The sheet's row of each old record.
    matches
        For each new record the old one it continues, ``None`` where it is new.
    """
    end = max([header_row, *rows])
    made = RowMap(header_row + 1, end)
    leaders, waiting = _leaders(header_row, rows, {match for match in matches if match is not None})
    target = header_row + 1
    for match in matches:
        if match is not None:
            for row in leaders[match]:
                made.moves[row] = target
                target += 1
            made.moves[rows[match]] = target
        made.targets.append(target)
        target += 1
    for row in waiting:
        made.moves[row] = target
        target += 1
    made.new_end = target - 1
    made.models.update(_models(made, rows, matches))
    return made


def _leaders(header_row: int, rows: Sequence[int], kept: set[int]) -> tuple[dict[int, list[int]], list[int]]:
    """Return the rows without a record above each record that stays, and those above the end."""
    leaders: dict[int, list[int]] = {}
    waiting: list[int] = []
    before = header_row
    for index, row in enumerate(rows):
        waiting += range(before + 1, row)
        before = row
        if index in kept:
            leaders[index], waiting = waiting, []
    return leaders, waiting


def _models(made: RowMap, rows: Sequence[int], matches: Sequence[int | None]) -> Iterator[tuple[int, int]]:
    """Return for each new row the old one whose looks it takes: the nearest above that stays, else below."""
    above: int | None = None
    below = next((rows[match] for match in matches if match is not None), None)
    if below is None and rows:
        below = rows[0]  # nothing stays: the looks are all that is left of the old rows
    for target, match in zip(made.targets, matches, strict=True):
        if match is not None:
            above = rows[match]
            continue
        model = above if above is not None else below
        if model is not None:
            yield target, model
