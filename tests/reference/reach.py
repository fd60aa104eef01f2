"""Which capacity an action can reach, and how much of it (section 2 of the model page)."""

from dataclasses import dataclass

from .tables import Action, Plant

TOLERANCE = 1e-6  # kt/y: an excess below this is rounding and no warning


@dataclass(frozen=True)
class Reach:
    """What one action reaches: plants, eligible capacity, announced size M and weights w (section 2)."""

    plants: tuple[str, ...]
    eligible: dict[str, float]
    size: float
    unallocated: float
    weight: dict[str, float]


def is_reached(action: Action, plant: Plant) -> bool:
    """Whether a plant is among the action's targets and of its product (section 2 of the model page)."""
    if plant.product != action.product:
        return False
    for name in action.targets:
        if name == "all":
            return True
        if name == "winter region" and plant.winter_region:
            return True
        if name in (plant.name.lower(), plant.group.lower(), plant.province.lower()):
            return True
    return False


def eligible_capacity(action: Action, plant: Plant) -> float:
    """Eligible capacity e[a,p] in kt/y: the table of kinds and compliances (section 2 of the model page)."""
    if action.kind == "halt construction":
        return plant.under_construction
    if action.kind == "commission capacity":
        return plant.built
    by_kind = {
        "close capacity": (plant.built, plant.built - plant.non_compliant, plant.non_compliant),
        "curtail output": (plant.operating, plant.op_c, plant.op_nc),
        "restart capacity": (plant.built - plant.operating, plant.idle_c, plant.idle_nc),
    }
    return by_kind[action.kind][["any", "compliant", "non-compliant"].index(action.compliance)]


def asked_size(action: Action, eligible: dict[str, float], plants: list[Plant]) -> float:
    """Size before the cap: `announced`, or by share, or by pots (section 2 of the model page)."""
    total = sum(eligible.values())
    if action.announced is not None:
        return action.announced
    if action.share is not None:
        return action.share * total
    if action.pots is not None:
        weighted = sum(eligible[plant.name] * plant.pot_size for plant in plants if plant.name in eligible)
        return action.pots * weighted / total if total > 0 else 0.0
    raise ValueError(f"{action.name} has no size")


def reach_of(action: Action, plants: list[Plant]) -> Reach:
    """Targets, eligible capacity, capped size and weights of an action (section 2 of the model page)."""
    eligible = {plant.name: eligible_capacity(action, plant) for plant in plants if is_reached(action, plant)}
    total = sum(eligible.values())
    asked = asked_size(action, eligible, plants)
    commissions = action.kind == "commission capacity"
    size = asked if commissions else min(asked, total)
    weight = {}
    for name, capacity in eligible.items():
        if total > 0:
            weight[name] = capacity / total
        else:
            weight[name] = 1 / len(eligible) if commissions else 0.0
    return Reach(plants=tuple(eligible), eligible=eligible, size=size, unallocated=asked - size, weight=weight)
