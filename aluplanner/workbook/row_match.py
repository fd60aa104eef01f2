"""Which row of the old sheet each row of a table continues, so that what stands beside it can follow."""

from collections import deque
from collections.abc import Sequence
from typing import Any

from aluplanner.model.rows import read_cell
from aluplanner.model.schema import Table, fold

_ALIKE = 0.5


def match_rows(table: Table[Any], old: Sequence[Any], new: Sequence[Any]) -> list[int | None]:
    """Return for each new record the index of the old one it continues, ``None`` for a record that is new.

    Records are matched by key; a row whose key changed is recognised by its place and its other cells.
    """
    by_key: dict[str, deque[int]] = {}
    for index, record in enumerate(old):
        by_key.setdefault(fold(table.row_key(record)), deque()).append(index)
    matches: list[int | None] = []
    for record in new:
        known = by_key.get(fold(table.row_key(record)))
        matches.append(known.popleft() if known else None)
    unmatched = {index for indices in by_key.values() for index in indices}
    if unmatched and None in matches:
        _match_renamed(table, old, new, matches, unmatched)
    return matches


def _match_renamed(
    table: Table[Any], old: Sequence[Any], new: Sequence[Any], matches: list[int | None], unmatched: set[int]
) -> None:
    """Match what is left: rows in the same place, between the same neighbours, that are alike."""
    before = -1
    for position, match in enumerate(matches):
        if match is not None:
            before = match
            continue
        candidate = before + 1
        while candidate in unmatched and not _is_alike(table, old[candidate], new[position]):
            candidate += 1
        if candidate in unmatched:
            unmatched.discard(candidate)
            matches[position] = before = candidate


def _is_alike(table: Table[Any], old: Any, new: Any) -> bool:
    """Return whether two records agree in at least half of what either states, or in some part of a composed key."""
    left_out = table.key if len(table.key) == 1 else ()
    names = [column.name for column in table.columns if not column.derived and column.name not in left_out]
    stated = [(read_cell(old, name), read_cell(new, name)) for name in names]
    stated = [pair for pair in stated if pair != (None, None)]
    equal = sum(before == after for before, after in stated)
    return equal >= _ALIKE * len(stated) and equal > 0
