"""What is different between two copies of a plan, row by row and cell by cell."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from aluplanner.analysis.row_matching import cell_names, match_rows, moved_places
from aluplanner.model.bauxite import BAUXITE
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.renaming import rename_rows
from aluplanner.model.rows import Rows, read_cell
from aluplanner.model.schema import Value

ORDERED: Final = frozenset({BAUXITE.name})
"""Tables whose rows mean something else in another order: origins are used one after the other (section 8)."""


class Kind(StrEnum):
    """What is different."""

    CHANGED = "changed"  # a cell
    ADDED = "added"  # a row
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell, or one row, that is different.

    Attributes
    ----------
    table
        Name of the table.
    row
        Key of the row as the plan after has it; of a removed row as the plan before had it. A row that was renamed is
        one row, with a change of its key cell.
    column
        Field name of the cell; empty where the whole row is meant.
    kind
        What is different.
    old, new
        Contents of the cell; a text that its cell cannot hold counts as such. Of a row that was moved its places,
        counted from 1; of one that was added or removed nothing.
    before, after
        Index of the row in either plan, ``None`` where it is not there.
    """

    table: str
    row: str
    column: str
    kind: Kind
    old: Value = None
    new: Value = None
    before: int | None = None
    after: int | None = None


def plan_differences(before: Plan, after: Plan, tolerance: float = 0.0) -> tuple[Difference, ...]:
    """Return how one plan differs from another, table by table and in the order of the rows after.

    Rows are compared by key, case and outer blanks aside, and by column. Where the files come from and what else
    stands in them does not count.

    Parameters
    ----------
    before, after
        The plans.
    tolerance
        Numbers that differ by no more than this part of the larger one count as equal.
    """
    return tuple(
        found
        for name, matches in _matches(before, after).items()
        for found in _table_differences(before.table(name), after.table(name), matches, tolerance)
    )


def _matches(before: Plan, after: Plan) -> dict[str, list[int | None]]:
    """Return by table which row is which, for the tables that are not one and the same.

    Overrides and uncertain cells of a row that was renamed are the same ones under its new name.
    """
    matches: dict[str, list[int | None]] = {}
    names = [name for name in TABLES if before.table(name) is not after.table(name)]
    for name in sorted(names, key=lambda name: len(TABLES[name].key)):
        old, new = before.table(name), after.table(name)
        matches[name] = match_rows(old, new)
        renamed = [
            (match, old.table.key[0], new.keys[place])
            for place, match in enumerate(matches[name])
            if match is not None and old.keys[match] != new.keys[place]
        ]
        if renamed and len(old.table.key) == 1:
            before = rename_rows(before, name, renamed)
    return {name: matches[name] for name in names}


def _table_differences(
    before: Rows[Any], after: Rows[Any], matches: list[int | None], tolerance: float
) -> Iterator[Difference]:
    table = before.table.name
    kept = [match for match in matches if match is not None]
    moved = {kept[place] for place in moved_places(kept)} if table in ORDERED else set()
    for place, match in enumerate(matches):
        key = after.keys[place]
        if match is None:
            yield Difference(table, key, "", Kind.ADDED, after=place)
            continue
        if match in moved:
            yield Difference(table, key, "", Kind.MOVED, match + 1.0, place + 1.0, match, place)
        for name, old, new in _cells(before, match, after, place, tolerance):
            yield Difference(table, key, name, Kind.CHANGED, old, new, match, place)
    for gone in sorted(set(range(len(before))) - set(kept)):
        yield Difference(table, before.keys[gone], "", Kind.REMOVED, before=gone)


def _cells(
    before: Rows[Any], match: int, after: Rows[Any], place: int, tolerance: float
) -> Iterator[tuple[str, Value, Value]]:
    """Yield the cells of a row that differ: field name, old and new contents."""
    one, other = before[match], after[place]
    has_texts = bool(before.unread or after.unread)
    if not has_texts and (one is other or one == other):
        return
    for name in cell_names(before.table, one, other):
        old, new = read_cell(one, name), read_cell(other, name)
        if has_texts and (texts := (before.unread_at(match, name), after.unread_at(place, name))) != (None, None):
            if texts[0] != texts[1]:
                yield name, old if texts[0] is None else texts[0], new if texts[1] is None else texts[1]
        elif old != new and not _is_close(old, new, tolerance):
            yield name, old, new


def _is_close(old: Value, new: Value, tolerance: float) -> bool:
    if not (tolerance and isinstance(old, float | int) and isinstance(new, float | int)):
        return False
    return abs(old - new) <= tolerance * max(abs(old), abs(new))
