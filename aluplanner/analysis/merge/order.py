"""In which order the rows of a merged table stand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TypeAlias

from aluplanner.analysis.merge.parts import Side, Trio
from aluplanner.model.schema import fold

Name: TypeAlias = Callable[[Trio], str]


@dataclass(frozen=True, slots=True)
class Order:
    """Rows in order, and whether the copies put them in different orders of their own."""

    rows: list[Trio]
    is_disputed: bool


def in_order(rows: Sequence[Trio], name: Name, answer: Side | None, *, has_base: bool) -> Order:
    """Return rows in the order of the copy that moved them; new rows follow the neighbour that they followed there.

    Nothing depends on which copy is called mine: new rows of both that follow the same neighbour stand in the order of
    their names, those of one copy together.

    Parameters
    ----------
    rows
        The rows that the merged table has.
    name
        Returns the key of a row.
    answer
        Whose order stands where both copies moved rows; without an answer the ancestor's does.
    has_base
        Whether there is an ancestor.
    """
    mine = sorted((row for row in rows if row.mine is not None), key=attrgetter("mine"))
    yours = sorted((row for row in rows if row.yours is not None), key=attrgetter("yours"))
    spine, is_disputed = _spine(mine, yours, answer, has_base)
    by_mine, by_yours = _followers(mine, spine), _followers(yours, spine)
    _settle(by_mine, by_yours, spine)
    ordered: list[Trio] = []
    for row in (None, *spine):
        if row is not None:
            ordered.append(row)
        ordered += _together(by_mine[row], by_yours[row], name)
    return Order(ordered, is_disputed)


def _spine(mine: list[Trio], yours: list[Trio], answer: Side | None, has_base: bool) -> tuple[list[Trio], bool]:
    """Return the rows that both copies have, in the order that stands, and whether that is disputed."""
    my_order = [row for row in mine if row.yours is not None]
    your_order = [row for row in yours if row.mine is not None]
    if my_order == your_order:
        return my_order, False
    if not has_base:
        return (your_order if answer is Side.YOURS else my_order), True
    my_order = [row for row in my_order if row.base is not None]
    your_order = [row for row in your_order if row.base is not None]
    base_order = sorted(my_order, key=attrgetter("base"))
    if my_order in (your_order, base_order):
        return your_order, False
    if your_order == base_order:
        return my_order, False
    return {Side.MINE: my_order, Side.YOURS: your_order, None: base_order}[answer], True


def _followers(rows: list[Trio], spine: list[Trio]) -> dict[Trio | None, list[Trio]]:
    """Return the rows of a copy that are not in the spine, by the row of the spine that they follow."""
    known = set(spine)
    found: dict[Trio | None, list[Trio]] = {row: [] for row in (None, *spine)}
    before: Trio | None = None
    for row in rows:
        if row in known:
            before = row
        else:
            found[before].append(row)
    return found


def _settle(mine: dict[Trio | None, list[Trio]], yours: dict[Trio | None, list[Trio]], spine: list[Trio]) -> None:
    """Leave a new row that follows one neighbour here and another one there with the upper one."""
    places = {row: number for number, row in enumerate((None, *spine))}
    found = [{row: places[after] for after, rows in side.items() for row in rows} for side in (mine, yours)]
    for side, own, other in ((mine, found[0], found[1]), (yours, found[1], found[0])):
        for after, rows in side.items():
            side[after] = [row for row in rows if own[row] <= other.get(row, own[row])]


def _together(mine: list[Trio], yours: list[Trio], name: Name) -> list[Trio]:
    """Return the rows that follow one neighbour, those of each copy in its order."""
    if not mine or not yours:
        return mine or yours
    both = set(mine) & set(yours)
    if [row for row in mine if row in both] != [row for row in yours if row in both]:
        alone = _blocks([row for row in mine if row not in both], [row for row in yours if row not in both], name)
        return alone + sorted(both, key=lambda row: _rank(row, name))
    ordered: list[Trio] = []
    for own, other in zip(_runs(mine, both), _runs(yours, both), strict=True):
        shared = own[:1] if own[:1] and own[0] in both else []
        ordered += shared + _blocks(own[len(shared) :], other[len(shared) :], name)
    return ordered


def _runs(rows: list[Trio], both: set[Trio]) -> list[list[Trio]]:
    """Return the rows before the first that both copies have, and each of these with those behind it."""
    runs: list[list[Trio]] = [[]]
    for row in rows:
        if row in both:
            runs.append([row])
        else:
            runs[-1].append(row)
    return runs


def _blocks(mine: list[Trio], yours: list[Trio], name: Name) -> list[Trio]:
    """Return rows of which no copy has those of the other, the block first that begins with the smaller name."""
    blocks = sorted((mine, yours), key=lambda rows: [_rank(row, name) for row in rows])
    return blocks[0] + blocks[1]


def _rank(row: Trio, name: Name) -> tuple[str, int]:
    return fold(name(row)), -1 if row.base is None else row.base
