"""Which row of one copy of a table is which row of another: by key, and by place and contents where the key changed."""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any, Final

from aluplanner.model.demand import DEMAND, Sector, growth_column
from aluplanner.model.rows import Rows, read_cell, write_cell
from aluplanner.model.schema import Table, Type, fold

ALIKE: Final = 0.5
"""Rows under different names are the same one if so much of what either states agrees."""


def match_rows(before: Rows[Any], after: Rows[Any], *, follows_names: bool = True) -> list[int | None]:
    """Return for each row of ``after`` the index of the row of ``before`` that it is, ``None`` for a row that is new.

    Parameters
    ----------
    before, after
        Two copies of one table.
    follows_names
        Whether a row whose key changed is recognised: it states all the same, wherever it stands, or much the same
        between the same neighbours. Only names change so; a month is another month, and an override of another cell
        another override.
    """
    if before.keys == after.keys and len(set(map(fold, before.keys))) == len(before):
        return list(range(len(before)))
    by_key: dict[str, deque[int]] = {}
    for index, key in enumerate(before.keys):
        by_key.setdefault(fold(key), deque()).append(index)
    matches: list[int | None] = []
    for key in after.keys:
        known = by_key.get(fold(key))
        matches.append(known.popleft() if known else None)
    left = {index for indices in by_key.values() for index in indices}
    if left and None in matches and follows_names and has_names(before.table):
        _match_equal(before, after, matches, left)
        _match_alike(before, after, matches, left)
    return matches


def has_names(table: Table[Any]) -> bool:
    """Return whether the rows of a table have names that the planner gives, and may change."""
    key = next(column for column in table.columns if column.name == table.key[0])
    return len(table.key) == 1 and key.type is Type.TEXT and not table.parameters


def _match_equal(before: Rows[Any], after: Rows[Any], matches: list[int | None], left: set[int]) -> None:
    """Match rows that differ in nothing but their names, if no others state the same."""
    key = before.table.key[0]
    nothing = before.table.record(**{key: ""})
    old = _places(before, sorted(left), key)
    new = _places(after, [place for place, match in enumerate(matches) if match is None], key)
    for contents, places in new.items():
        known = old.get(contents, [])
        if contents != nothing and len(places) == len(known) == 1:
            matches[places[0]] = known[0]
            left.discard(known[0])


def _places(rows: Rows[Any], places: Sequence[int], key: str) -> dict[Any, list[int]]:
    """Return where rows stand by what they state, their names aside."""
    found: dict[Any, list[int]] = {}
    for place in places:
        found.setdefault(write_cell(rows[place], key, ""), []).append(place)
    return found


def _match_alike(before: Rows[Any], after: Rows[Any], matches: list[int | None], left: set[int]) -> None:
    last = -1
    for position, match in enumerate(matches):
        if match is not None:
            last = match
            continue
        candidate = last + 1
        while candidate in left and not _is_alike(before.table, before[candidate], after[position]):
            candidate += 1
        if candidate in left:
            left.discard(candidate)
            matches[position] = last = candidate


def _is_alike(table: Table[Any], before: object, after: object) -> bool:
    stated = [
        pair
        for name in cell_names(table, before, after)
        if name not in table.key and (pair := (read_cell(before, name), read_cell(after, name))) != (None, None)
    ]
    equal = sum(old == new for old, new in stated)
    return equal >= ALIKE * len(stated) and equal > 0


def cell_names(table: Table[Any], *records: object) -> Iterator[str]:
    """Yield the field names of the cells that any of some rows of a table has, in the order of the columns."""
    for number, column in enumerate(table.columns):
        if number == 2 and table.name == DEMAND.name:
            years = {year for row in records if isinstance(row, Sector) for year, _ in row.growth}
            yield from (growth_column(year).name for year in sorted(years))
        if not column.derived:
            yield column.name


def moved_places(order: Sequence[int]) -> set[int]:
    """Return the places of a permutation that stand out of order: the fewest whose leaving puts the others in order."""
    tails: list[int] = []  # the place that ends the best run of each length
    before: list[int | None] = []
    for place, value in enumerate(order):
        length = _first_not_below(order, tails, value)
        before.append(tails[length - 1] if length else None)
        tails[length : length + 1] = [place]
    kept = set()
    at = tails[-1] if tails else None
    while at is not None:
        kept.add(at)
        at = before[at]
    return set(range(len(order))) - kept


def _first_not_below(order: Sequence[int], tails: Sequence[int], value: int) -> int:
    low, high = 0, len(tails)
    while low < high:
        middle = (low + high) // 2
        if order[tails[middle]] < value:
            low = middle + 1
        else:
            high = middle
    return low
