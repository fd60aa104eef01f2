"""Edits of scenarios: pure functions from a plan to the plan after one gesture.

What can be done here can be done in the Scenarios and Overrides tables too, and comes to the same plan.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from aluplanner.document.edits import delete_rows, duplicate_rows, set_cells
from aluplanner.document.new_rows import unique_name
from aluplanner.i18n import tr
from aluplanner.model.cell_text import clean_text
from aluplanner.model.issues import PlanError
from aluplanner.model.keys import unfit_name
from aluplanner.model.layer_order import layers_of
from aluplanner.model.layers import overridden_cells, own_overrides
from aluplanner.model.plan import Plan
from aluplanner.model.rows import Rows, Unread
from aluplanner.model.scenarios import Override, Scenario
from aluplanner.model.schema import fold


class Field(Enum):
    """A part of what is said about a scenario as a whole."""

    NAME = auto()
    DESCRIPTION = auto()
    LAYERS = auto()


@dataclass(frozen=True, slots=True)
class ScenarioText:
    """What the planner writes about a scenario: its name, what it builds on, in order, and what it stands for."""

    name: str
    layers: tuple[str, ...] = ()
    description: str = ""


def text_of(plan: Plan, scenario: str) -> ScenarioText:
    """Return what the plan says about a scenario.

    Raises
    ------
    KeyError
        If there is no such scenario.
    """
    found = plan.scenarios.find(scenario)
    if found is None:
        raise KeyError(scenario)
    return ScenarioText(found.scenario, found.layers, found.description or "")


def new_name(plan: Plan, wanted: str) -> str:
    """Return ``wanted``, or where that is taken a name like it that is not."""
    return unique_name(wanted, plan.scenario_names)


def name_problem(plan: Plan, name: str, but: str = "") -> str:
    """Return why a scenario cannot have this name, empty if it can; ``but`` is the scenario that is to have it."""
    written = clean_text(name)
    if not written:
        return tr("A scenario needs a name.")
    unfit = unfit_name(plan.scenarios.table.name, written)
    if unfit:
        return unfit
    if fold(written) != fold(but) and plan.scenarios.find(written) is not None:
        return tr("There is already a scenario “{name}”.", name=written)
    return ""


def possible_layers(plan: Plan, scenario: str = "") -> tuple[str, ...]:
    """Return the scenarios that ``scenario`` can build on: those that do not build on it themselves."""
    return tuple(name for name in plan.scenario_names if not _leads_to(plan, name, fold(scenario), set()))


def _leads_to(plan: Plan, name: str, goal: str, seen: set[str]) -> bool:
    if fold(name) == goal:
        return True
    found = plan.scenarios.find(name)
    if found is None or fold(name) in seen:
        return False
    seen.add(fold(name))
    return any(_leads_to(plan, layer, goal, seen) for layer in found.layers)


def built_on_by(plan: Plan, scenario: str) -> tuple[str, ...]:
    """Return the scenarios that name ``scenario`` among what they build on."""
    wanted = fold(scenario)
    return tuple(row.scenario for row in plan.scenarios if wanted in map(fold, row.layers))


# New, copied, changed


def new_scenario(plan: Plan, text: ScenarioText) -> Plan:
    """Return the plan with one more scenario, which changes nothing itself.

    Raises
    ------
    ValueError
        If the name cannot be had.
    aluplanner.model.issues.PlanError
        If there is no such scenario to build on.
    """
    _require_name(plan, text.name)
    rows = plan.scenarios
    plan = plan.with_table(rows.replaced((*rows, Scenario(clean_text(text.name)))))
    return change_scenario(plan, text.name, text)


def copy_scenario(plan: Plan, scenario: str, text: ScenarioText) -> Plan:
    """Return the plan with a copy of a scenario and its own overrides behind it, with another text.

    Raises
    ------
    KeyError, ValueError, aluplanner.model.issues.PlanError
        As :func:`text_of` and :func:`change_scenario`.
    """
    position = _position(plan, scenario)
    _require_name(plan, text.name)
    copied = duplicate_rows(plan, "scenarios", [position])
    return change_scenario(copied, copied.scenario_names[position + 1], text)


def change_scenario(plan: Plan, scenario: str, text: ScenarioText) -> Plan:
    """Return the plan with another text of a scenario; a new name is carried along to all that name it.

    Raises
    ------
    KeyError
        If there is no such scenario.
    ValueError
        If the name cannot be had.
    aluplanner.model.issues.PlanError
        If it would build on itself or on a scenario that does not exist.
    """
    position = _position(plan, scenario)
    _require_name(plan, text.name, but=scenario)
    plan = set_layers(describe(plan, scenario, text.description), scenario, text.layers)
    name = clean_text(text.name)
    if name == plan.scenarios[position].scenario:
        return plan
    return set_cells(plan, "scenarios", [(position, "scenario", name)])


def describe(plan: Plan, scenario: str, description: str) -> Plan:
    """Return the plan with another description of a scenario."""
    return _with_cell(plan, _position(plan, scenario), "description", clean_text(description) or None)


def set_layers(plan: Plan, scenario: str, layers: Sequence[str]) -> Plan:
    """Return the plan in which a scenario builds on others, the strongest last.

    Raises
    ------
    aluplanner.model.issues.PlanError
        If it would build on itself or on a scenario that does not exist.
    """
    position = _position(plan, scenario)
    if tuple(map(fold, plan.scenarios[position].layers)) == tuple(map(fold, layers)):
        return plan
    after = _with_cell(plan, position, "builds_on", "; ".join(layers) or None)
    layers_of(after, scenario)
    return after


def _position(plan: Plan, scenario: str) -> int:
    position = plan.scenarios.position(scenario)
    if position is None:
        raise KeyError(scenario)
    return position


def _require_name(plan: Plan, name: str, but: str = "") -> None:
    problem = name_problem(plan, name, but)
    if problem:
        raise ValueError(problem)


def _with_cell(plan: Plan, position: int, name: str, value: str | None) -> Plan:
    if getattr(plan.scenarios[position], name) == value:
        return plan
    return plan.with_table(plan.scenarios.with_cell(position, name, value))


# Deleted


def delete_scenarios(plan: Plan, names: Iterable[str], *, keeps_changes: bool) -> Plan:
    """Return the plan without some scenarios and without a gap below those that build on them.

    What builds on one of them then builds on what that one built on. With ``keeps_changes`` it also takes over the
    changes that it had from it, as its own, so that every scenario left shows the values it showed before; without,
    these changes are gone.

    Raises
    ------
    KeyError
        If there is no such scenario.
    """
    for name in names:
        plan = _without_scenario(plan, name, keeps_changes)
    return plan


def _without_scenario(plan: Plan, scenario: str, keeps_changes: bool) -> Plan:
    position = _position(plan, scenario)
    above = built_on_by(plan, scenario)
    after = _handed_over(plan, scenario, above) if keeps_changes else plan
    below = plan.scenarios[position].layers
    for name in above:
        place = _position(plan, name)
        layers = _put_in_place(plan.scenarios[place].layers, scenario, below)
        after = _with_cell(after, place, "builds_on", "; ".join(layers) or None)
    return delete_rows(after, "scenarios", [position])


def _put_in_place(layers: Sequence[str], old: str, new: Sequence[str]) -> tuple[str, ...]:
    """Return a list of layers with others in place of one; what stands twice counts where it stands last."""
    names = [name for layer in layers for name in (new if fold(layer) == fold(old) else (layer,))]
    last = {fold(name): place for place, name in enumerate(names)}
    return tuple(name for place, name in enumerate(names) if last[fold(name)] == place)


def _handed_over(plan: Plan, scenario: str, above: Sequence[str]) -> Plan:
    """Return the plan in which the scenarios above one have its overrides too, in the place of its own rows."""
    takers = [(name, _taken_over(plan, name, scenario)) for name in above]
    rows = plan.overrides
    records: list[Override] = []
    texts: dict[tuple[int, str], Unread] = {}
    for position, record in enumerate(rows):
        heirs = [name for name, taken in takers if position in taken]
        for copy in (record, *(replace(record, scenario=name) for name in heirs)):
            kept = rows.unread.get((position, "value"))
            if kept is not None:
                texts[len(records), "value"] = kept
            records.append(copy)
    return plan.with_table(Rows(rows.table, records, texts))


def _taken_over(plan: Plan, above: str, scenario: str) -> set[int]:
    """Return which overrides of a scenario stand in one that builds on it, by their index."""
    own = own_overrides(plan, scenario)
    try:
        standing = overridden_cells(plan, above)
    except PlanError:  # it is in a circle; what it does not set itself is all that can be known
        known = own_overrides(plan, above)
        return {position for address, position in own.items() if address not in known}
    return {position for address, position in own.items() if standing[address].position == position}
