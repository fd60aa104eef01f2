"""How a measure names a row of a result table, so that both say the same (section 11 of the model page).

A name in the brackets of a measure stands for a plant and for the group and the province of that name: one that all
three share would say more than a row means.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from aluplanner.model.actions import RESTRICTING, Action
from aluplanner.model.plan import Plan
from aluplanner.model.plants import ALUMINIUM, Plant
from aluplanner.model.rows import Rows
from aluplanner.model.schema import fold

Members = frozenset[int]
"""Plants, by their index."""


@dataclass(frozen=True)
class PlaceNames:
    """The plants that names stand for.

    Attributes
    ----------
    meant
        What each name, folded, stands for in a measure.
    plants
        Index of each plant by its name, folded.
    groups, provinces
        Smelters of each group and province, by its name, folded.
    without_group, without_province
        Names of the smelters that have none.
    """

    meant: dict[str, Members]
    plants: dict[str, int]
    groups: dict[str, Members]
    provinces: dict[str, Members]
    without_group: tuple[str, ...]
    without_province: tuple[str, ...]
    keys: tuple[str, ...]

    def of_plant(self, name: str) -> tuple[str, ...] | None:
        """Return the names that stand for one plant and no other, ``None`` if there are none."""
        return self._exact((name,), frozenset({self.plants[fold(name)]}))

    def of_plants(self, names: Iterable[str]) -> tuple[str, ...] | None:
        """Return the names that stand for these plants and no others, ``None`` if there are none."""
        chosen = tuple(names)
        return self._exact(chosen, frozenset(self.plants[fold(name)] for name in chosen))

    def of_group(self, name: str) -> tuple[str, ...] | None:
        """Return the names that stand for a group's smelters and no others, ``None`` if there are none."""
        return self._of_members(name, self.groups[fold(name)])

    def of_province(self, name: str) -> tuple[str, ...] | None:
        """Return the names that stand for a province's smelters and no others, ``None`` if there are none."""
        return self._of_members(name, self.provinces[fold(name)])

    def _of_members(self, name: str, members: Members) -> tuple[str, ...] | None:
        one_by_one = tuple(self.keys[place] for place in sorted(members))
        return self._exact((name,), members) or self._exact(one_by_one, members)

    def _exact(self, names: tuple[str, ...], members: Members) -> tuple[str, ...] | None:
        found: set[int] = set()
        for name in names:
            found |= self.meant[fold(name)]
        return names if found == members else None


def place_names(plan: Plan) -> PlaceNames:
    """Return what names of plants, groups and provinces stand for; kept with the plants."""
    plants = plan.plants
    return plants.kept("names of places", lambda: _place_names(plants))


def _place_names(plants: Rows[Plant]) -> PlaceNames:
    groups: dict[str, set[int]] = {}
    provinces: dict[str, set[int]] = {}
    homeless: tuple[list[str], list[str]] = ([], [])
    for place, plant in enumerate(plants):
        if (plant.product or ALUMINIUM) != ALUMINIUM:
            continue
        for number, (name, members) in enumerate(((plant.group, groups), (plant.province, provinces))):
            if name:
                members.setdefault(fold(name), set()).add(place)
            else:
                homeless[number].append(plants.keys[place])
    meant: dict[str, set[int]] = {}
    for name, owned in (*groups.items(), *provinces.items()):
        meant.setdefault(name, set()).update(owned)
    places = {fold(key): place for place, key in enumerate(plants.keys)}
    for name, place in places.items():
        meant.setdefault(name, set()).add(place)
    return PlaceNames(
        _frozen(meant), places, _frozen(groups), _frozen(provinces), tuple(homeless[0]), tuple(homeless[1]), plants.keys
    )


def _frozen(named: dict[str, set[int]]) -> dict[str, Members]:
    return {name: frozenset(members) for name, members in named.items()}


def action_orders(plan: Plan) -> tuple[str, ...]:
    """Return the actions whose landing the market watches: policy orders that restrict aluminium (section 8)."""
    actions = plan.actions
    return actions.kept("orders", lambda: _orders(actions))


def _orders(actions: Rows[Action]) -> tuple[str, ...]:
    return tuple(
        action.action
        for action in actions
        if action.kind in RESTRICTING and action.policy is not False and (action.product or ALUMINIUM) == ALUMINIUM
    )
