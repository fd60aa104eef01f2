"""Capacity of every plant by month, up to the market's own response (section 4 of the model page)."""

from dataclasses import dataclass, field

from .phasing import clip, phi
from .reach import TOLERANCE, Reach
from .tables import Action, Plant

Months = list[float]


@dataclass
class PlantPath:
    """One plant's month-end capacities in kt/y, by month t (section 4 of the model page)."""

    plant: Plant
    planned: Months = field(default_factory=list)
    halted: Months = field(default_factory=list)
    pipeline: Months = field(default_factory=list)
    commissioned: Months = field(default_factory=list)
    closed: Months = field(default_factory=list)
    restarted_by_action: Months = field(default_factory=list)
    built: Months = field(default_factory=list)
    closed_running: Months = field(default_factory=list)
    uncut: Months = field(default_factory=list)
    curtailed: Months = field(default_factory=list)
    running: Months = field(default_factory=list)
    cut: Months = field(default_factory=list)
    before_market: Months = field(default_factory=list)
    spare: Months = field(default_factory=list)


@dataclass
class Capacity:
    """All plants' paths, and the cut of each share cut by action, plant and month."""

    paths: dict[str, PlantPath]
    cuts: dict[str, dict[str, Months]]


def implemented_size(action: Action, reach: Reach, plant: Plant, t: int) -> float:
    """q[a,p](t) = M * implementation * phi(t) * w (section 3 of the model page); 0 where not reached."""
    return reach.size * action.implementation * phi(action, t) * reach.weight.get(plant.name, 0.0)


def operating_share(action: Action, plant: Plant) -> float:
    """Part of a closure that falls on running capacity (section 4 of the model page)."""
    if action.operating_share is not None:
        return action.operating_share
    running, eligible = {
        "any": (plant.operating, plant.built),
        "compliant": (plant.op_c, plant.built - plant.non_compliant),
        "non-compliant": (plant.op_nc, plant.non_compliant),
    }[action.compliance]
    return running / eligible if eligible > 0 else 0.0


def planned_at(plant: Plant, t: int) -> float:
    """planned(t): what the projects would have brought by month t (section 4 of the model page)."""
    if plant.first_output is None or t < 0:
        return 0.0
    ramp = max(1.0, plant.ramp_months)
    return plant.under_construction * clip((t - plant.first_output + 1) / ramp, 0.0, 1.0)


def plant_path(plant: Plant, actions: list[Action], reaches: dict[str, Reach], months: int) -> PlantPath:
    """One plant's capacities up to `running` (section 4 of the model page); actions are the enabled ones."""
    path = PlantPath(plant)
    pipeline = 0.0
    for t in range(months):
        taken = {"halt construction": 0.0, "close capacity": 0.0, "curtail output": 0.0}
        taken.update({"restart capacity": 0.0, "commission capacity": 0.0})
        closed_while_running = 0.0
        closed_while_idle = 0.0
        for action in actions:
            if action.is_share_cut:
                continue
            size = implemented_size(action, reaches[action.name], plant, t)
            taken[action.kind] += size
            if action.kind == "close capacity":
                closed_while_running += size * operating_share(action, plant)
                closed_while_idle += size * (1 - operating_share(action, plant))
        step = max(0.0, planned_at(plant, t) - planned_at(plant, t - 1))
        if plant.under_construction > 0:
            withheld = taken["halt construction"] / plant.under_construction
            pipeline += step * clip(1 - withheld, 0.0, 1.0)
        restarted = taken["restart capacity"]
        built = max(0.0, plant.built - taken["close capacity"]) + pipeline + taken["commission capacity"]
        closed_running = min(plant.operating + restarted, closed_while_running)
        would_run = plant.operating + pipeline + taken["commission capacity"] + restarted - closed_running
        uncut = min(built, would_run)
        path.planned.append(planned_at(plant, t))
        path.halted.append(taken["halt construction"])
        path.pipeline.append(pipeline)
        path.commissioned.append(taken["commission capacity"])
        path.closed.append(taken["close capacity"])
        path.restarted_by_action.append(restarted)
        path.built.append(built)
        path.closed_running.append(closed_running)
        path.uncut.append(uncut)
        path.curtailed.append(taken["curtail output"])
        path.running.append(max(0.0, uncut - taken["curtail output"]))
        path.spare.append(max(0.0, plant.idle_c - restarted - closed_while_idle))
    return path


def cut_fraction(action: Action, reach: Reach, plant: Plant) -> float:
    """f[a,p]: the part of a plant's running capacity that a share cut is of (section 4 of the model page)."""
    if plant.name not in reach.plants:
        return 0.0
    if plant.operating > 0:
        return reach.eligible[plant.name] / plant.operating
    return 0.0 if action.compliance == "non-compliant" else 1.0


def taken_out(action: Action, reach: Reach, plant: Plant, t: int) -> float:
    """out[b,p](t): the running capacity that a credited action took out (section 4 of the model page)."""
    size = implemented_size(action, reach, plant, t)
    return size * operating_share(action, plant) if action.kind == "close capacity" else size


def owner(plant: Plant) -> tuple[str, str]:
    """A plant's owner group; a plant with a blank group is its own (section 4 of the model page)."""
    return ("group", plant.group.lower()) if plant.group else ("plant", plant.name)


def credited_actions(action: Action, actions: list[Action]) -> list[Action]:
    """The enabled actions that a share cut's `credit` names (section 4 of the model page)."""
    return [other for other in actions if other.name.lower() in action.credit]


def share_cut(
    action: Action, actions: list[Action], reaches: dict[str, Reach], paths: dict[str, PlantPath], t: int
) -> dict[str, float]:
    """cut[a,p](t) of one share cut at every plant it reaches (section 4 of the model page)."""
    reach = reaches[action.name]
    bare: dict[str, float] = {}
    bare_of_group: dict[tuple[str, str], float] = {}
    asked_of_group: dict[tuple[str, str], float] = {}
    credit_of_group: dict[tuple[str, str], float] = {}
    for name in reach.plants:
        path = paths[name]
        group = owner(path.plant)
        out = 0.0
        for credited in credited_actions(action, actions):
            out += taken_out(credited, reaches[credited.name], path.plant, t)
        part = (action.share or 0.0) * cut_fraction(action, reach, path.plant)
        bare[name] = part * path.running[t]
        bare_of_group[group] = bare_of_group.get(group, 0.0) + bare[name]
        asked_of_group[group] = asked_of_group.get(group, 0.0) + part * (path.running[t] + out)
        credit_of_group[group] = credit_of_group.get(group, 0.0) + out
    cut = {}
    for name in reach.plants:
        group = owner(paths[name].plant)
        left = max(0.0, asked_of_group[group] - credit_of_group[group])
        ratio = left / bare_of_group[group] if bare_of_group[group] > 0 else 0.0
        cut[name] = bare[name] * ratio * action.implementation * phi(action, t)
    return cut


def compute_capacity(plants: list[Plant], actions: list[Action], reaches: dict[str, Reach], months: int) -> Capacity:
    """Every plant's capacity up to the market's own response (section 4 of the model page)."""
    paths = {plant.name: plant_path(plant, actions, reaches, months) for plant in plants}
    cuts: dict[str, dict[str, Months]] = {}
    for action in actions:
        if action.is_share_cut:
            cuts[action.name] = {name: [] for name in reaches[action.name].plants}
            for t in range(months):
                for name, size in share_cut(action, actions, reaches, paths, t).items():
                    cuts[action.name][name].append(size)
    for path in paths.values():
        for t in range(months):
            cut = sum(by_plant[path.plant.name][t] for by_plant in cuts.values() if path.plant.name in by_plant)
            path.cut.append(cut)
            path.before_market.append(max(0.0, path.running[t] - cut))
    return Capacity(paths, cuts)


def effective(action: Action, reach: Reach, capacity: Capacity, t: int) -> float:
    """effective[a](t): running capacity taken out, or put in, as if alone (section 4 of the model page)."""
    total = 0.0
    for name in reach.plants:
        path = capacity.paths[name]
        if action.is_share_cut:
            total += capacity.cuts[action.name][name][t]
        elif action.kind == "halt construction":
            for month in range(t + 1):
                step = max(0.0, planned_at(path.plant, month) - planned_at(path.plant, month - 1))
                if path.plant.under_construction > 0:
                    size = implemented_size(action, reach, path.plant, month)
                    total += step * size / path.plant.under_construction
        else:
            total += taken_out(action, reach, path.plant, t)
    return total


def over_closed(plant: Plant, actions: list[Action], reaches: dict[str, Reach], t: int) -> bool:
    """Whether close rows ask for more than their class, or the plant, has (section 4 of the model page)."""
    asked = {"any": 0.0, "compliant": 0.0, "non-compliant": 0.0}
    for action in actions:
        if action.kind == "close capacity":
            asked[action.compliance] += implemented_size(action, reaches[action.name], plant, t)
    has = {
        "any": plant.built,
        "compliant": plant.built - plant.non_compliant,
        "non-compliant": plant.non_compliant,
    }
    if sum(asked.values()) > plant.built + TOLERANCE:
        return True
    return any(asked[compliance] > has[compliance] + TOLERANCE for compliance in asked)


def credited_twice(plant: Plant, actions: list[Action], reaches: dict[str, Reach], t: int) -> bool:
    """Whether one tonnage at a plant is credited to two cuts in force (section 4 of the model page)."""
    for credited in actions:
        if credited.kind not in ("close capacity", "curtail output"):
            continue
        cuts_in_force = 0
        for action in actions:
            reached = action.is_share_cut and plant.name in reaches[action.name].plants
            if reached and credited.name.lower() in action.credit and phi(action, t) > 0:
                cuts_in_force += 1
        if cuts_in_force > 1 and taken_out(credited, reaches[credited.name], plant, t) > TOLERANCE:
            return True
    return False
