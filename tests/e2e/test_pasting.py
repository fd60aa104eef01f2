"""Pasting what another program put on the clipboard as text: rows that come, cells that cannot be read."""

from tests.document.small_plan import small_plan
from tests.e2e.conftest import Open


def test_that_a_paste_below_the_last_row_makes_rows_as_one_step(open_plan: Open) -> None:
    before = small_plan()
    planner = open_plan(before)
    rows = [(f"Plant {place}", 1000.0 + place) for place in range(1, 31)]
    planner.desk.put_on_clipboard("".join(f"{name}\taluminium\tOne\tHenan\t{built:,.0f}\n" for name, built in rows))
    planner.go_to("plants", len(before.plants) - 1, "plant")
    planner.desk.press("ctrl+v")
    planner.wait_until_changed()
    planner.desk.press("ctrl+z")
    planner.wait_until_changed(False)
    planner.desk.press("ctrl+shift+z")
    planner.wait_until_changed()
    plants = planner.save().plants
    assert [(plant.plant, plant.built) for plant in plants[len(before.plants) - 1 :]] == rows
    planner.quit()


def test_that_a_cell_that_cannot_be_read_is_kept_through_saving_and_opening(open_plan: Open) -> None:
    planner = open_plan(small_plan())
    planner.desk.put_on_clipboard("700\nabout 800\n30%\n")
    planner.go_to("plants", 0, "built")
    planner.desk.press("ctrl+v")
    planner.wait_until_changed()
    planner.save_file()
    assert planner.saved_cells("Plants", "Built (kt/y)")[:3] == [700, "about 800", "30%"]
    planner.quit()
    again = planner.open_again()
    again.go_to("plants", 1, "built")
    assert again.desk.copied("ctrl+c") == "about 800\n"
    again.quit()


def test_that_what_is_copied_here_is_pasted_here_in_full(open_plan: Open) -> None:
    plan = small_plan()
    exact = plan.with_table(plan.plants.with_cell(0, "built", 1234.567890123456))
    planner = open_plan(exact)
    planner.go_to("plants", 0, "built")
    planner.desk.copied("ctrl+c")
    planner.desk.press("Down", "shift+Down", "ctrl+v")
    planner.wait_until_changed()
    assert [plant.built for plant in planner.save().plants] == [1234.567890123456] * 3
    planner.quit()


def test_that_a_paste_passes_over_the_rows_that_a_filter_hides(open_plan: Open) -> None:
    planner = open_plan(small_plan())
    press = planner.desk.press
    planner.go_to("plants", 0, "group")
    press("slash")
    planner.desk.type("two")
    press("Return")
    planner.desk.put_on_clipboard("1700\n1900\n")
    planner.go_to("plants", 0, "built")
    press("ctrl+v")
    planner.wait_until_changed()
    press("ctrl+z")
    planner.wait_until_changed(False)
    press("ctrl+y")
    planner.wait_until_changed()
    assert [plant.built for plant in planner.save().plants] == [1000.0, 1700.0, 1900.0]
    planner.quit()
