"""Which rows of two copies and their ancestor are one."""

from collections import deque
from typing import Any

from aluplanner.analysis.merge.parts import Trio
from aluplanner.analysis.row_matching import match_rows
from aluplanner.model.rows import Rows
from aluplanner.model.schema import fold


def match_copies(base: Rows[Any] | None, mine: Rows[Any], yours: Rows[Any]) -> list[Trio]:
    """Return every row of any of the copies, with its place in each.

    Rows are matched by key, and with the ancestor also where they were renamed. Without one a row under another name
    is another row: two planners each add their own at the end of a table, and those are much alike.

    Parameters
    ----------
    base
        The ancestor's copy of the table, if there is one.
    mine, yours
        The two copies.
    """
    if base is None:
        pairs = match_rows(mine, yours, follows_names=False)
        by_mine = {place: number for number, place in enumerate(pairs) if place is not None}
        both = [Trio(None, place, by_mine.get(place)) for place in range(len(mine))]
        return both + [Trio(None, None, number) for number, place in enumerate(pairs) if place is None]
    my_places, new_mine = _places(base, mine)
    your_places, new_yours = _places(base, yours)
    known = [Trio(place, my_places.get(place), your_places.get(place)) for place in range(len(base))]
    known = [_completed(trio, mine, new_mine, yours, new_yours) for trio in known]
    return known + _new(mine, new_mine, new_yours)


def _places(base: Rows[Any], copy: Rows[Any]) -> tuple[dict[int, int], dict[str, deque[int]]]:
    """Return where the rows of the ancestor stand in a copy, and its new rows by folded key."""
    places: dict[int, int] = {}
    new: dict[str, deque[int]] = {}
    for place, match in enumerate(match_rows(base, copy)):
        if match is None:
            new.setdefault(fold(copy.keys[place]), deque()).append(place)
        else:
            places[match] = place
    return places, new


def _completed(
    trio: Trio,
    mine: Rows[Any],
    new_mine: dict[str, deque[int]],
    yours: Rows[Any],
    new_yours: dict[str, deque[int]],
) -> Trio:
    """Return a row that one copy renamed together with the row that the other has under this name.

    Both renamed it, but one changed so much else that its row was not recognised.
    """
    if trio.mine is None and trio.yours is not None and (same := new_mine.get(fold(yours.keys[trio.yours]))):
        return Trio(trio.base, same.popleft(), trio.yours)
    if trio.yours is None and trio.mine is not None and (same := new_yours.get(fold(mine.keys[trio.mine]))):
        return Trio(trio.base, trio.mine, same.popleft())
    return trio


def _new(mine: Rows[Any], new_mine: dict[str, deque[int]], new_yours: dict[str, deque[int]]) -> list[Trio]:
    """Return the rows that the ancestor does not have; one that both copies have is one."""
    found = []
    for place in sorted(place for places in new_mine.values() for place in places):
        same = new_yours.get(fold(mine.keys[place]))
        found.append(Trio(None, place, same.popleft() if same else None))
    left = sorted(place for places in new_yours.values() for place in places)
    return found + [Trio(None, None, place) for place in left]
