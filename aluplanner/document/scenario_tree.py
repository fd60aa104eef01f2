"""The scenarios as a tree, each under what it builds on."""

from dataclasses import dataclass

from aluplanner.model.issues import PlanError
from aluplanner.model.layer_order import layers_of
from aluplanner.model.layers import conflicts, is_base, own_overrides
from aluplanner.model.plan import Plan
from aluplanner.model.schema import fold


@dataclass(frozen=True, slots=True)
class Branch:
    """A scenario in the tree.

    Attributes
    ----------
    name, description
        The scenario.
    depth
        How deep it stands: 0 directly on the base.
    layers
        What it builds on, in order.
    """

    name: str
    description: str
    depth: int
    layers: tuple[str, ...]


def scenario_tree(plan: Plan) -> tuple[Branch, ...]:
    """Return the scenarios so that each stands under the first of those that it builds on.

    Otherwise they keep their order; one that builds on itself stands where one without layers would.
    """
    under: dict[str, list[int]] = {}
    rows = plan.scenarios
    for position, scenario in enumerate(rows):
        parent = next((fold(name) for name in scenario.layers if rows.position(name) is not None), "")
        under.setdefault(parent, []).append(position)
    found: dict[int, int] = {}
    for position in [*under.get("", ()), *range(len(rows))]:  # the second time for those of a circle
        _grow(plan, position, 0, under, found)
    return tuple(
        Branch(rows[position].scenario or "", rows[position].description or "", depth, rows[position].layers)
        for position, depth in found.items()
    )


def _grow(plan: Plan, position: int, depth: int, under: dict[str, list[int]], found: dict[int, int]) -> None:
    if position in found:
        return
    found[position] = depth
    for child in under.get(fold(plan.scenarios.keys[position]), ()):
        _grow(plan, child, depth + 1, under, found)


@dataclass(frozen=True, slots=True)
class Makeup:
    """What a scenario is made of.

    Attributes
    ----------
    changes
        Each layer with how many cells it sets, in the order they are applied, the scenario itself last.
    conflicts
        How many cells two layers set differently.
    """

    changes: tuple[tuple[str, int], ...]
    conflicts: int


def makeup(plan: Plan, scenario: str) -> Makeup:
    """Return what a scenario is made of; nothing while it builds on itself or on one that does not exist."""
    if is_base(scenario):
        return Makeup((), 0)
    try:
        changes = tuple((layer, len(own_overrides(plan, layer))) for layer in layers_of(plan, scenario))
        return Makeup(changes, len({conflict.address for conflict in conflicts(plan, scenario)}))
    except PlanError:
        return Makeup((), 0)
