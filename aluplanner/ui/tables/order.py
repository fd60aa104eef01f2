"""How one order of rows (or columns) becomes another: the steps that a view has to be told."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Remove:
    """Rows ``first`` … ``last`` go."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Move:
    """Rows ``first`` … ``last`` come to stand before the row that is now at ``to``."""

    first: int
    last: int
    to: int


@dataclass(frozen=True, slots=True)
class Shuffle:
    """The rows are put in a new order: row ``i`` was row ``order[i]``."""

    order: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Insert:
    """New rows stand at ``first`` … ``last``; counted in the final order up to ``last``."""

    first: int
    last: int


Step: TypeAlias = Remove | Move | Shuffle | Insert


def identities(keys: Iterable[str]) -> list[Hashable]:
    """Return something unique for each row: its key and how often the key stood before."""
    seen: dict[str, int] = {}
    found: list[Hashable] = []
    for key in keys:
        number = seen.get(key, 0)
        seen[key] = number + 1
        found.append((key, number))
    return found


def steps_between(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Step]:
    """Return the steps from one order to another, to be made one after the other.

    Parameters
    ----------
    before, after
        Unique identities of the rows. Rows that differ only in their identity, place by place, were
        renamed: no step.

    Returns
    -------
    list of Step
        First what goes, then what moves, then what comes.
    """
    if len(before) == len(after) and _only_renamed(before, after):
        return []
    staying = set(before) & set(after)
    steps: list[Step] = [Remove(*run) for run in reversed(_runs(before, staying))]
    order = [row for row in before if row in staying]
    wanted = [row for row in after if row in staying]
    if order != wanted:
        steps.append(_reordering(order, wanted))
    steps += [Insert(*run) for run in _runs(after, staying)]
    return steps


def _only_renamed(before: Sequence[Hashable], after: Sequence[Hashable]) -> bool:
    """Return whether every identity that differs at its place is new there, and the old one gone."""
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    known, kept = set(before), set(after)
    return all(new not in known and old not in kept for old, new in changed)


def _runs(rows: Sequence[Hashable], staying: set[Hashable]) -> list[tuple[int, int]]:
    """Return the stretches of rows that do not stay."""
    runs: list[tuple[int, int]] = []
    for position, row in enumerate(rows):
        if row in staying:
            continue
        if runs and runs[-1][1] == position - 1:
            runs[-1] = (runs[-1][0], position)
        else:
            runs.append((position, position))
    return runs


def _reordering(order: Sequence[Hashable], wanted: Sequence[Hashable]) -> Step:
    """Return one move of a block where that is all, else a shuffle."""
    size = len(order)
    first = next(i for i in range(size) if order[i] != wanted[i])
    last = next(i for i in reversed(range(size)) if order[i] != wanted[i])
    length = last - first + 1
    stretch = list(order[first : last + 1])
    target = list(wanted[first : last + 1])
    shift = target.index(stretch[0])
    if stretch[-shift:] + stretch[:-shift] != target:
        places = {row: place for place, row in enumerate(order)}
        return Shuffle(tuple(places[row] for row in wanted))
    # the shorter part moves: either the head down past the tail, or the tail up past the head
    head = length - shift
    if head <= shift:
        return Move(first, first + head - 1, last + 1)
    return Move(first + head, last, first)
