from dataclasses import replace

from aluplanner.document.edits import set_cells
from aluplanner.model.plan import Plan
from aluplanner.model.plants import Plant
from aluplanner.model.validation import validate
from tests.document.small_plan import START, small_plan


def renamed(table: str, position: int, column: str, value: object) -> Plan:
    return set_cells(small_plan(), table, [(position, column, value)])  # type: ignore[list-item]


def test_that_renaming_a_plant_carries_along_everything_that_names_it() -> None:
    plan = renamed("plants", 0, "plant", "Far North")
    assert plan.actions[0].target == "Far North; South"
    assert [row.row for row in plan.overrides if row.table == "plants"] == ["Far North"]
    assert plan.overrides[2].value == "Far North"
    assert plan.uncertainty[0].row == "Far North"
    assert plan.claims[1].measure == "operating[Far North] 2017 end"
    assert not validate(plan)


def test_that_renaming_an_action_carries_along_everything_that_names_it() -> None:
    plan = renamed("actions", 0, "action", "First cut")
    assert plan.actions[1].credit == "First cut"
    assert {row.row for row in plan.overrides if row.table == "actions"} == {"First cut"}
    assert plan.claims[0].measure == "implemented[First cut; Winter cut] 2017 max"


def test_that_renaming_a_scenario_carries_along_its_overrides_and_what_builds_on_it() -> None:
    plan = renamed("scenarios", 0, "scenario", "Hard")
    assert [row.scenario for row in plan.overrides] == ["Hard", "Hard", "Stricter"]
    assert plan.scenarios[1].builds_on == "Hard"


def test_that_renaming_leaves_what_only_looks_alike() -> None:
    plan = small_plan()
    after = set_cells(plan, "actions", [(0, "action", "First cut")])
    assert after.claims[1] is plan.claims[1]
    assert after.plants is plan.plants
    assert after.demand is plan.demand


def test_that_other_spellings_of_the_name_are_carried_along() -> None:
    plan = small_plan()
    actions = plan.actions.replaced([replace(plan.actions[0], target=" north ;South"), plan.actions[1]])
    after = set_cells(plan.with_table(actions), "plants", [(0, "plant", "Far North")])
    assert after.actions[0].target == "Far North; South"


def test_that_a_plant_named_like_a_group_leaves_the_group_its_name() -> None:
    plan = small_plan()
    plants = plan.plants.replaced([replace(plan.plants[0], plant="Two"), *plan.plants[1:]])
    actions = plan.actions.replaced([replace(plan.actions[0], target="Two"), plan.actions[1]])
    after = set_cells(plan.with_table(plants).with_table(actions), "plants", [(0, "plant", "Lone")])
    assert after.actions[0].target == "Two; Lone"


def test_that_one_of_two_plants_of_the_same_name_leaves_the_references_to_the_other() -> None:
    plan = small_plan()
    doubled = plan.with_table(plan.plants.replaced((*plan.plants, Plant("North"))))
    after = set_cells(doubled, "plants", [(3, "plant", "New North")])
    assert after.actions is plan.actions
    assert after.overrides is plan.overrides


def test_that_a_month_takes_its_overrides_along() -> None:
    plan = set_cells(
        small_plan(), "overrides", [(1, "table", "monthly"), (1, "row", "2017-02"), (1, "column", "net_imports")]
    )
    after = set_cells(plan, "monthly", [(1, "month", START + 2)])
    assert after.overrides[1].row == "2017-03"


def test_that_naming_a_nameless_row_touches_nothing_else() -> None:
    plan = small_plan()
    nameless = plan.with_table(plan.plants.replaced([Plant(""), *plan.plants]))
    after = set_cells(nameless, "plants", [(0, "plant", "East")])
    assert after.plants.keys[0] == "East"
    assert after.overrides is plan.overrides
