from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluplanner.document import edits
from aluplanner.document.scenario_edits import (
    ScenarioText,
    built_on_by,
    change_scenario,
    copy_scenario,
    delete_scenarios,
    describe,
    name_problem,
    new_scenario,
    possible_layers,
    set_layers,
    text_of,
)
from aluplanner.model.issues import PlanError
from aluplanner.model.layer_order import layers_of
from aluplanner.model.layers import resolve
from aluplanner.model.plan import Plan
from aluplanner.model.rows import Unread
from aluplanner.model.scenarios import Override, Scenario
from aluplanner.model.schema import BLANK, fold
from aluplanner.model.validation import validate
from tests.document.small_plan import small_plan

NAMES = ("A", "B", "C", "D", "E", "F")
CELLS = (("plants", "North", "operating"), ("plants", "South", "operating"), ("actions", "Cut", "implementation"))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Return the small plan with scenarios that build on each other in every way short of a circle."""
    scenarios, overrides = [], []
    for number, name in enumerate(NAMES[: draw(st.integers(2, len(NAMES)))]):
        layers = draw(st.lists(st.sampled_from(NAMES[:number]), max_size=3, unique=True)) if number else []
        scenarios.append(Scenario(name, "; ".join(layers) or None))
        for cell in draw(st.lists(st.sampled_from(CELLS), max_size=4)):
            value = draw(st.sampled_from([0.1, 0.2, 0.3]))
            overrides.append(Override(name, *cell, value, f"note {len(overrides)}"))
    shuffled = draw(st.permutations(scenarios))
    plan = small_plan()
    plan = plan.with_table(plan.scenarios.replaced(shuffled))
    return plan.with_table(plan.overrides.replaced(draw(st.permutations(overrides))))


def seen(plan: Plan, names: Iterable[str]) -> dict[str, list[object]]:
    """Return what each scenario shows in every table that can vary."""
    resolved = {name: resolve(plan, name) for name in names}
    return {name: [list(found.table(table)) for table in ("plants", "actions")] for name, found in resolved.items()}


def is_without_errors(plan: Plan) -> bool:
    return not any(issue.is_error for issue in validate(plan))


@given(plan=plans(), data=st.data())
def test_that_deleting_scenarios_with_their_changes_kept_leaves_what_the_others_show(
    plan: Plan, data: st.DataObject
) -> None:
    gone = data.draw(st.lists(st.sampled_from(plan.scenario_names), min_size=1, max_size=3, unique=True))
    others = [name for name in plan.scenario_names if name not in gone]
    after = delete_scenarios(plan, gone, keeps_changes=True)
    assert after.scenario_names == tuple(others)
    assert seen(after, others) == seen(plan, others)
    assert {row.scenario for row in after.overrides} <= set(others)


@given(plan=plans(), data=st.data())
def test_that_deleting_a_scenario_with_its_changes_drops_these_and_no_others(plan: Plan, data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(plan.scenario_names))
    after = delete_scenarios(plan, [gone], keeps_changes=False)
    bare = plan.with_table(plan.overrides.replaced(row for row in plan.overrides if row.scenario != gone))
    assert list(after.overrides) == list(bare.overrides)
    assert seen(after, after.scenario_names) == seen(bare, after.scenario_names)
    assert is_without_errors(after)


@given(plan=plans(), data=st.data())
def test_that_a_new_name_changes_what_no_scenario_shows(plan: Plan, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(plan.scenario_names))
    text = text_of(plan, name)
    after = change_scenario(plan, name, ScenarioText("Renamed", text.layers, text.description))
    new = {known: "Renamed" if known == name else known for known in plan.scenario_names}
    assert seen(after, after.scenario_names) == {new[known]: shown for known, shown in seen(plan, new).items()}
    for known in plan.scenario_names:
        assert [new[layer] for layer in layers_of(plan, known)] == list(layers_of(after, new[known]))


@given(plan=plans(), data=st.data())
def test_that_a_copy_shows_what_the_original_shows_and_leaves_the_others(plan: Plan, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(plan.scenario_names))
    after = copy_scenario(plan, name, ScenarioText("Copy", *_rest(plan, name)))
    assert seen(after, plan.scenario_names) == seen(plan, plan.scenario_names)
    assert seen(after, ["Copy"])["Copy"] == seen(plan, [name])[name]
    assert after.scenarios.position("Copy") == (plan.scenarios.position(name) or 0) + 1


def _rest(plan: Plan, name: str) -> tuple[tuple[str, ...], str]:
    text = text_of(plan, name)
    return text.layers, text.description


@given(plan=plans(), data=st.data())
def test_that_no_order_of_layers_offered_makes_a_circle(plan: Plan, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(plan.scenario_names))
    offered = possible_layers(plan, name)
    layers = data.draw(st.lists(st.sampled_from(offered), unique=True)) if offered else []
    after = set_layers(plan, name, layers)
    assert text_of(after, name).layers == tuple(layers)
    assert layers_of(after, name)[-1] == name
    for refused in set(plan.scenario_names) - set(offered):
        with pytest.raises(PlanError):
            set_layers(plan, name, [refused])


def test_that_what_the_bar_makes_is_what_the_table_makes() -> None:
    plan = small_plan()
    table = edits.insert_rows(plan, "scenarios", 2)
    table = edits.set_cells(
        table, "scenarios", [(2, "scenario", "Tight"), (2, "builds_on", "Strict"), (2, "description", "What if")]
    )
    assert new_scenario(plan, ScenarioText("Tight", ("Strict",), "What if")) == table
    assert edits.duplicate_rows(plan, "scenarios", [0]) == copy_scenario(
        plan, "Strict", ScenarioText("Strict (2)", (), "Everything lands")
    )
    assert edits.set_cells(plan, "scenarios", [(0, "scenario", "Hard")]) == change_scenario(
        plan, "Strict", ScenarioText("Hard", (), "Everything lands")
    )
    assert edits.set_cells(plan, "scenarios", [(0, "description", None)]) == describe(plan, "Strict", " ")
    assert edits.set_cells(plan, "scenarios", [(1, "builds_on", None)]) == set_layers(plan, "Stricter", [])
    for keeps in (True, False):
        assert edits.delete_rows(plan, "scenarios", [1]) == delete_scenarios(plan, ["Stricter"], keeps_changes=keeps)


def test_that_a_plan_nothing_is_changed_in_stays_the_very_plan() -> None:
    plan = small_plan()
    assert change_scenario(plan, "stricter", text_of(plan, "Stricter")) is plan


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        (" ", "A scenario needs a name."),
        ("base", "“Base” is the name of the base plan."),
        ("A; B", "“;” stands between names and cannot be part of one."),
        ("STRICT ", "There is already a scenario “STRICT”."),
        ("Stricter", ""),
        ("Loose", ""),
    ],
)
def test_that_a_name_that_cannot_be_had_is_refused_with_the_reason(name: str, problem: str) -> None:
    plan = small_plan()
    assert name_problem(plan, name, but="stricter") == problem
    if problem:
        with pytest.raises(ValueError, match=problem):
            change_scenario(plan, "Stricter", ScenarioText(name))


def test_that_it_is_known_what_builds_on_a_scenario() -> None:
    assert built_on_by(small_plan(), " strict") == ("Stricter",)
    assert built_on_by(small_plan(), "Stricter") == ()


def test_that_changes_that_are_taken_over_keep_their_notes_and_unread_texts() -> None:
    plan = small_plan()
    noted = plan.overrides.with_cell(1, "note", "as heard")
    plan = plan.with_table(noted.with_unread({(1, "value"): Unread("8so")}))
    after = delete_scenarios(plan, ["Strict"], keeps_changes=True)
    assert [(row.scenario, row.column, row.note) for row in after.overrides] == [
        ("Stricter", "implementation", None),
        ("Stricter", "operating", "as heard"),
        ("Stricter", "target", None),
    ]
    assert dict(after.overrides.unread) == {(1, "value"): Unread("8so")}
    assert after.scenarios[0].builds_on is None


def test_that_a_scenario_that_is_deleted_leaves_those_above_on_what_it_built_on() -> None:
    plan = new_scenario(small_plan(), ScenarioText("Top", ("Stricter",)))
    after = delete_scenarios(plan, ["Stricter"], keeps_changes=True)
    assert text_of(after, "Top").layers == ("Strict",)
    both = delete_scenarios(plan, ["Strict", "Stricter"], keeps_changes=True)
    assert text_of(both, "Top").layers == ()
    assert seen(both, ["Top"]) == seen(plan, ["Top"])


def test_that_a_circle_can_be_taken_out() -> None:
    plan = small_plan()
    plan = edits.set_cells(plan, "scenarios", [(0, "builds_on", "Stricter")])
    after = delete_scenarios(plan, ["Strict"], keeps_changes=True)
    assert after.scenarios[0] == Scenario("Stricter", "Stricter")
    assert {row.scenario for row in after.overrides} == {"Stricter"}
    assert is_without_errors(delete_scenarios(after, ["Stricter"], keeps_changes=False))


def test_that_names_and_values_of_any_case_belong_together() -> None:
    plan = small_plan()
    loud = plan.overrides.replaced([*plan.overrides, Override("STRICT", "Actions", "cut", "Delay", BLANK)])
    after = delete_scenarios(plan.with_table(loud), ["strict"], keeps_changes=True)
    assert {fold(row.scenario) for row in after.overrides} == {"stricter"}
    assert after.overrides[-1].value == BLANK
