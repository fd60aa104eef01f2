"""One plan that holds every coalition of actions: both versions of a row, of which each draw switches one on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from aluplanner.analysis.attribution_players import Cases, Player
from aluplanner.model.actions import CLOSE, CURTAIL, MEASURES, Action
from aluplanner.model.plan import Plan
from aluplanner.model.schema import fold

_VARYING: Final = frozenset({*MEASURES, "implementation", "operating_share", "delay", "phase_in", "phase_out"})
"""Numeric columns of Actions, which a batch can vary."""

_PRIME: Final = "\N{PRIME}"


@dataclass(frozen=True, slots=True)
class Version:
    """A row of Actions as one of the cases has it.

    Attributes
    ----------
    player
        The action.
    action
        The row; of the second of two versions under a name of its own.
    is_at_end
        Whether it is in force in the coalitions that the player belongs to, else in the others.
    """

    player: Player
    action: Action
    is_at_end: bool


def is_varied(cases: Cases, player: Player) -> bool:
    """Return whether an action that is on in both cases differs in numbers only, in the same measure of its size."""
    names = {cell.column for cell in player.cells}
    before, after = (cases.action(player, at_end=side) for side in (False, True))
    if before is None or after is None or not names <= _VARYING:
        return False
    return all((getattr(before, name) is None) == (getattr(after, name) is None) for name in MEASURES)


def versions_of(cases: Cases, players: Iterable[Player]) -> tuple[Version, ...]:
    """Return the versions of some actions: one where it is off in the other case, else two."""
    taken = {fold(name) for name in cases.start.actions.keys}
    found: list[Version] = []
    for player in players:
        for is_at_end in (False, True):
            action = cases.action(player, at_end=is_at_end)
            if action is None:
                continue
            if found and found[-1].player is player:
                action = replace(action, action=_free_name(action.action, taken))
            found.append(Version(player, action, is_at_end))
    return tuple(found)


def _free_name(name: str, taken: set[str]) -> str:
    while fold(name) in taken:
        name += _PRIME
    taken.add(fold(name))
    return name


def twin_names(versions: Iterable[Version]) -> dict[str, tuple[str, ...]]:
    """Return by folded name what an action is called in the plan of both versions."""
    names: dict[str, tuple[str, ...]] = {}
    for version in versions:
        key = fold(version.player.row)
        names[key] = (*names.get(key, ()), version.action.action)
    return names


def with_versions(plan: Plan, versions: tuple[Version, ...]) -> Plan:
    """Return the plan with every version as a row, all switched on; credits name all versions that can be credited."""
    by_row: dict[str, list[Action]] = {}
    for version in versions:
        by_row.setdefault(fold(version.player.row), []).append(replace(version.action, enabled=True))
    rows = [by_row.get(fold(action.action), [action]) for action in plan.actions]
    every = [*(row[0] for row in rows), *(extra for row in rows for extra in row[1:])]
    names = {fold(row[0].action): tuple(each.action for each in row) for row in rows}
    return plan.with_table(plan.actions.replaced(_recredited(every, names)))


def with_valid_credits(plan: Plan) -> Plan:
    """Return the plan with credits only for what can be credited.

    Where one case credits an action and the other makes of it what cannot be credited, coalitions have both.
    """
    names = {fold(action.action): (action.action,) for action in plan.actions}
    return plan.with_table(plan.actions.edited(_recredited(plan.actions, names)))


def _recredited(actions: Iterable[Action], names: Mapping[str, tuple[str, ...]]) -> Iterator[Action]:
    every = tuple(actions)
    valid = {fold(action.action) for action in every if _can_be_credited(action)}
    for action in every:
        wanted = [new for old in action.credits for new in names.get(fold(old), (old,))]
        kept = tuple(dict.fromkeys(name for name in wanted if fold(name) in valid))
        yield action if kept == action.credits else replace(action, credit="; ".join(kept) or None)


def _can_be_credited(action: Action) -> bool:
    return action.kind == CLOSE or (action.kind == CURTAIL and not action.is_share_cut)
