from aluplanner.document.edits import set_cells
from aluplanner.document.scenario_edits import ScenarioText, new_scenario
from aluplanner.document.scenario_tree import makeup, scenario_tree
from aluplanner.model.layers import with_override
from aluplanner.model.plan import Address, Plan
from tests.document.small_plan import small_plan

IMPLEMENTATION = Address("actions", "Cut", "implementation")


def with_scenarios(plan: Plan, **layers: tuple[str, ...]) -> Plan:
    for name, names in layers.items():
        plan = new_scenario(plan, ScenarioText(name, names))
    return plan


def placed(plan: Plan) -> list[tuple[str, int]]:
    return [(branch.name, branch.depth) for branch in scenario_tree(plan)]


def test_that_each_scenario_stands_under_the_first_that_it_builds_on() -> None:
    plan = with_scenarios(small_plan(), Weak=(), Late=("Strict",), Both=("Weak", "Strict"), Deep=("Stricter",))
    assert placed(plan) == [("Strict", 0), ("Stricter", 1), ("Deep", 2), ("Late", 1), ("Weak", 0), ("Both", 1)]
    assert scenario_tree(plan)[-1].layers == ("Weak", "Strict")


def test_that_no_scenario_is_missing_where_layers_are_wrong() -> None:
    plan = set_cells(small_plan(), "scenarios", [(0, "builds_on", "Stricter")])
    assert placed(plan) == [("Strict", 0), ("Stricter", 1)]
    plan = set_cells(small_plan(), "scenarios", [(1, "builds_on", "Nowhere; Strict")])
    assert placed(plan) == [("Strict", 0), ("Stricter", 1)]


def test_that_a_scenario_tells_what_it_is_made_of() -> None:
    plan = with_scenarios(small_plan(), Weak=(), Both=("Stricter", "Weak"))
    plan = with_override(plan, "Weak", IMPLEMENTATION, 0.4)
    found = makeup(plan, "Both")
    assert found.changes == (("Strict", 2), ("Stricter", 1), ("Weak", 1), ("Both", 0))
    assert found.conflicts == 1
    assert makeup(plan, "Base").changes == ()
    assert makeup(set_cells(plan, "scenarios", [(0, "builds_on", "Both")]), "Both").changes == ()
