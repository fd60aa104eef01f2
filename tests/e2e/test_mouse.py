"""A person with a hand on the mouse."""

from tests.document.small_plan import small_plan
from tests.e2e.conftest import Open


def test_that_a_block_drawn_with_the_mouse_is_copied_with_its_titles(open_plan: Open) -> None:
    planner = open_plan(small_plan())
    planner.go_to("plants", 0, "group")
    first = planner.find_cell()
    planner.go_to("plants", 1, "province")
    last = planner.find_cell()
    planner.desk.drag(first.middle, last.middle)
    assert planner.desk.copied("ctrl+shift+c") == "Group\tProvince\nOne\tShandong\nTwo\tHenan\n"
    planner.quit()


def test_that_a_double_click_edits_a_cell_and_a_click_elsewhere_takes_it(open_plan: Open) -> None:
    planner = open_plan(small_plan())
    planner.go_to("plants", 0, "built")
    here = planner.find_cell()
    planner.go_to("plants", 2, "group")
    there = planner.find_cell()
    planner.desk.double_click(*here.middle)
    planner.desk.press("ctrl+a")
    planner.desk.type("1100")
    planner.desk.click(*there.middle)
    planner.wait_until_changed()
    assert planner.save().plants[0].built == 1100.0
    planner.quit()
