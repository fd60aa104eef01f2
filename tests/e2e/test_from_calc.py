"""From LibreOffice Calc into a table of the window, over the real clipboard."""

from aluplanner.model.calendar import Month
from aluplanner.model.plants import Plant
from tests.document.small_plan import small_plan
from tests.e2e.calc import Calc
from tests.e2e.conftest import Open

MONTH = 42887
"""2017-06-01, as Calc counts days."""
FROM_CALC = [
    [
        {"text": "New 厂"},
        {"text": "aluminium"},
        {"text": "007"},
        {"text": "3月"},
        {"value": 1234567.89012345, "format": "#,##0.00"},
        {"formula": "=2^-20", "format": "0.0"},
        {"formula": "=987.654321098765+0"},
        {"value": 0.123456789012345, "format": "0.00"},
        {"value": MONTH, "format": "YYYY-MM"},
        {"value": 12},
        {"formula": "=1=1"},
        {"value": 0.5},
        {"value": 13500.25, "format": "#,##0"},
        {"text": "=x"},
        {"text": 'Two\nlines of "text", and more'},
    ],
    [{"text": "Other 厂"}, {"text": ""}, {"text": "电解铝"}, {"text": ""}, {"formula": "=10/4", "format": "0"}],
]
"""A row of plants as somebody may keep it, and a shorter one. Calc hands out fifteen digits at most."""
AS_PLANTS = (
    Plant(
        "New 厂",
        "aluminium",
        "007",
        "3月",
        built=1234567.89012345,
        operating=2.0**-20,
        non_compliant=987.654321098765,
        under_construction=0.123456789012345,
        first_output=Month.of(2017, 6),
        ramp_months=12.0,
        winter_region=True,
        pot_size=0.5,
        cash_cost=13500.25,
        source="=x",
        note='Two\nlines of "text", and more',
    ),
    Plant("Other 厂", None, "电解铝", built=2.5),
)


def test_that_a_block_of_calc_arrives_unchanged_and_is_one_step(open_plan: Open, calc: Calc) -> None:
    before = small_plan()
    planner = open_plan(before)
    calc.write("A1:O1", FROM_CALC[:1])
    calc.write("A2:E2", FROM_CALC[1:])
    calc.copy("A1:O2")
    planner.activate()
    planner.go_to("plants", len(before.plants) - 1, "plant")
    planner.desk.press("ctrl+v")
    planner.wait_until_changed()
    planner.desk.press("ctrl+z")
    planner.wait_until_changed(False)
    planner.desk.press("ctrl+y")
    planner.wait_until_changed()
    plants = planner.save().plants
    assert tuple(plants) == (*before.plants[:-1], *AS_PLANTS)
    planner.quit()


def test_that_percents_arrive_to_the_last_digit(open_plan: Open, calc: Calc) -> None:
    planner = open_plan(small_plan())
    calc.write("A1:A2", [[{"value": 0.123456789012345, "format": "0%"}], [{"formula": "=0.07", "format": "0.0%"}]])
    assert calc.copy("A1:A2") == "12%\n7.0%\n"
    planner.activate()
    planner.desk.press("ctrl+2")
    planner.go_to("actions", 0, "implementation")
    planner.desk.press("ctrl+v")
    planner.wait_until_changed()
    actions = planner.save().actions
    assert [action.implementation for action in actions] == [0.123456789012345, 0.07]
    planner.quit()


def test_that_an_error_of_calc_is_no_zero_and_a_unit_it_shows_counts(open_plan: Open, calc: Calc) -> None:
    planner = open_plan(small_plan())
    calc.write("A1:A2", [[{"formula": "=1/0"}], [{"value": 1.25, "format": '0.0" Mt/y"'}]])
    calc.copy("A1:A2")
    planner.activate()
    planner.go_to("plants", 0, "built")
    planner.desk.press("ctrl+v")
    planner.wait_until_changed()
    planner.save_file()
    assert planner.saved_cells("Plants", "Built (kt/y)")[:2] == ["#DIV/0!", 1250]
    planner.quit()


def test_that_a_month_arrives_however_calc_shows_it(open_plan: Open, calc: Calc) -> None:
    planner = open_plan(small_plan())
    shapes = ("MMM YY", "MM/DD/YYYY", "YYYY-MM-DD")
    calc.write("A1:A3", [[{"value": MONTH, "format": shape}] for shape in shapes])
    calc.copy("A1:A3")
    planner.activate()
    planner.go_to("plants", 0, "first_output")
    planner.desk.press("ctrl+v")
    planner.wait_until_changed()
    assert [plant.first_output for plant in planner.save().plants] == [Month.of(2017, 6)] * 3
    planner.quit()


def test_that_lines_of_a_cell_arrive_without_any_number_beside_them(open_plan: Open, calc: Calc) -> None:
    planner = open_plan(small_plan())
    calc.write("A1:A1", [[{"text": 'Two\nlines, "one" cell'}]])
    calc.copy("A1")
    planner.activate()
    planner.go_to("plants", 0, "note")
    planner.desk.press("ctrl+v")
    planner.wait_until_changed()
    assert planner.save().plants[0].note == 'Two\nlines, "one" cell'
    planner.quit()
