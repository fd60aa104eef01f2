"""A person at the keyboard: a number goes into a cell, into the history and into the file."""

from tests.document.small_plan import small_plan
from tests.e2e.conftest import Open


def test_that_a_typed_number_is_undone_redone_saved_and_read_back(open_plan: Open) -> None:
    planner = open_plan(small_plan())
    press = planner.desk.press
    planner.go_to("plants", 1, "built")
    planner.desk.type("1234.567890123456")
    press("Return")
    planner.wait_until_changed()
    press("ctrl+z")
    planner.wait_until_changed(False)
    press("ctrl+y")
    planner.wait_until_changed()
    assert planner.save().plants[1].built == 1234.567890123456
    planner.quit()
