"""A person who works in a scenario: what is typed there becomes an override, and goes again on request."""

from aluplanner.model.plan import Plan
from aluplanner.model.scenarios import Override
from tests.document.small_plan import small_plan
from tests.e2e.conftest import Open
from tests.e2e.planner import Planner

CHANGE = Override("Strict", "plants", "South", "operating", 450.0)


def override_in_strict(planner: Planner) -> None:
    """Choose the scenario after the base with the keys, and type a number over a plant's."""
    planner.desk.press("alt+c", "Down", "Return")
    planner.go_to("plants", 1, "operating")
    planner.desk.type("450")
    planner.desk.press("Return", "Up")
    planner.wait_until_changed()


def overrides_of(plan: Plan) -> set[Override]:
    return set(plan.overrides)


def test_that_a_number_typed_in_a_scenario_leaves_the_base_alone(open_plan: Open) -> None:
    before = small_plan()
    planner = open_plan(before)
    override_in_strict(planner)
    after = planner.save()
    assert tuple(after.plants) == tuple(before.plants)
    assert overrides_of(after) == overrides_of(before) | {CHANGE}
    planner.quit()


def test_that_the_base_value_comes_back_by_the_menu_of_the_cell_and_goes_by_undo(open_plan: Open) -> None:
    before = small_plan()
    planner = open_plan(before)
    override_in_strict(planner)
    planner.save_file()
    planner.desk.click(*planner.find_cell().middle, button=3)
    planner.desk.press("b")
    planner.wait_until_changed()
    assert overrides_of(planner.save()) == overrides_of(before)
    planner.desk.press("ctrl+z")
    planner.wait_until_changed()
    assert overrides_of(planner.save()) == overrides_of(before) | {CHANGE}
    planner.quit()
