"""Contributions added up by kind, owner group, province, and orders against companies' own moves."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cached_property

import numpy as np

from aluplanner.analysis.attribution_players import Cases, Player
from aluplanner.i18n import tr
from aluplanner.model.actions import Action
from aluplanner.model.frame import frame_of
from aluplanner.model.inputs import Array, Inputs
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.plants import PLANTS, Plant
from aluplanner.model.reach import reach_of
from aluplanner.model.schema import fold


class By(StrEnum):
    """What contributions are added up by."""

    ACTION = "action"
    PROVINCE = "province"
    KIND = "kind"
    GROUP = "group"
    POLICY = "policy"


class Groups:
    """Which part of each player belongs to which group.

    An action's contribution is split over provinces and owner groups as its size is split over plants, by the weights
    ``w`` of section 2 of the model page: where eligible capacity lies. If it is on in both cases and its weights
    differ, their mean counts. A plant's own change belongs to the plant's place; other inputs stay by themselves.

    Parameters
    ----------
    cases
        The two cases.
    """

    def __init__(self, cases: Cases) -> None:
        self._cases = cases

    def parts(self, player: Player, by: By) -> Mapping[str, float]:
        """Return the parts of a player by the name of the group; they add up to 1."""
        if by is By.ACTION:
            return {player.name: 1.0}
        if by in (By.PROVINCE, By.GROUP):
            return self._by_place(player, by)
        if not player.is_action:
            return {TABLES[player.table].heading: 1.0}
        action = self._action(player)
        if by is By.KIND:
            return {tr(action.kind or ""): 1.0}
        return {tr("Companies' own moves") if action.policy is False else tr("Policy orders"): 1.0}

    def _action(self, player: Player) -> Action:
        """Return an action as it is at the end, or as it was where it is off then."""
        return next(action for _, action in self._versions(player))

    def _versions(self, player: Player) -> Iterator[tuple[Plan, Action]]:
        """Yield an action as it is in the cases in which it is on, with the plan of the case; the end first."""
        for at_end in (True, False):
            action = self._cases.action(player, at_end=at_end)
            if action is not None:
                yield (self._cases.end if at_end else self._cases.start), action

    def _by_place(self, player: Player, by: By) -> Mapping[str, float]:
        if player.table == PLANTS.name:
            plant = self._cases.end.plants.find(player.row)
            return {place_of(plant, by) if plant else player.name: 1.0}
        if not player.is_action:
            return {TABLES[player.table].heading: 1.0}
        versions = [self._weights(plan, action) for plan, action in self._versions(player)]
        parts: dict[str, float] = {}
        for plan, weights in versions:
            for place in np.flatnonzero(weights):
                name = place_of(plan.plants[int(place)], by)
                parts[name] = parts.get(name, 0.0) + float(weights[place]) / len(versions)
        left = 1.0 - sum(parts.values())
        if left > 0.5 / len(versions):  # in a case it reaches nothing
            parts[tr("Nowhere")] = left
        return parts

    def _weights(self, plan: Plan, action: Action) -> tuple[Plan, Array]:
        weights = self._at_end if plan is self._cases.end else self._at_start
        return plan, weights[fold(action.action)]

    @cached_property
    def _at_start(self) -> dict[str, Array]:
        return _weights_by_action(self._cases.start)

    @cached_property
    def _at_end(self) -> dict[str, Array]:
        return _weights_by_action(self._cases.end)


def _weights_by_action(plan: Plan) -> dict[str, Array]:
    """Return the weights ``w`` of the actions that are on, by folded name, shape ``(plants,)`` each."""
    inputs = Inputs(plan, {}, 1)
    frame = frame_of(inputs)
    weights = reach_of(frame, inputs).weights[0]
    return {fold(action.action): weights[place] for place, action in enumerate(frame.actions)}


def place_of(plant: Plant, by: By) -> str:
    """Return the province or the owner group of a plant; without a group it is its own."""
    if by is By.PROVINCE:
        return plant.province or tr("No province")
    return plant.group or plant.plant
