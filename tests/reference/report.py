"""What a run tells by place and by action, and its warnings (sections 2, 3, 4 and 10 of the model page)."""

from typing import Any

from .capacity import Capacity, Months, credited_twice, effective, over_closed
from .months import Horizon
from .phasing import phi, phi0
from .reach import TOLERANCE, Reach
from .tables import Action, Plant

Notice = tuple[str, str, str | None]


def by_place(smelters: list[Plant], kind: str, series: dict[str, Months]) -> dict[str, Months]:
    """Sums over the aluminium plants of each group or province; blanks are in none (section 10)."""
    places: dict[str, Months] = {}
    for plant in smelters:
        place = getattr(plant, kind)
        if place:
            total = places.setdefault(place, [0.0] * len(series[plant.name]))
            for t, value in enumerate(series[plant.name]):
                total[t] += value
    return places


def by_action(
    actions: list[Action], reaches: dict[str, Reach], capacity: Capacity, months: int
) -> dict[str, dict[str, Any]]:
    """announced, due, implemented and effective per action; zeros where disabled (section 10)."""
    announced: dict[str, float] = {}
    due: dict[str, Months] = {}
    implemented: dict[str, Months] = {}
    effects: dict[str, Months] = {}
    for action in actions:
        name = action.name
        size = reaches[name].size if action.enabled else 0.0
        announced[name] = size
        due[name] = [size * phi0(action, t) for t in range(months)]
        implemented[name] = [size * action.implementation * phi(action, t) for t in range(months)]
        effects[name] = [
            effective(action, reaches[name], capacity, t) if action.enabled else 0.0 for t in range(months)
        ]
    return {
        "announced_by_action": announced,
        "due_by_action": due,
        "implemented_by_action": implemented,
        "effective_by_action": effects,
    }


def capacity_warnings(
    actions: list[Action], reaches: dict[str, Reach], capacity: Capacity, horizon: Horizon
) -> set[Notice]:
    """The warnings of sections 2, 3 and 4; an excess below 1e-6 kt/y is rounding."""
    found: set[Notice] = set()
    for action in actions:
        if reaches[action.name].unallocated > TOLERANCE:
            found.add(("unallocated", action.name, None))
        if action.start < 0:
            found.add(("starts before the horizon", action.name, None))
    for name, path in capacity.paths.items():
        for t in range(horizon.months):
            month = horizon.label(t)
            if over_closed(path.plant, actions, reaches, t):
                found.add(("over-closed", name, month))
            if path.curtailed[t] > path.uncut[t] + TOLERANCE:
                found.add(("over-curtailed", name, month))
            if credited_twice(path.plant, actions, reaches, t):
                found.add(("credited twice", name, month))
    return found
