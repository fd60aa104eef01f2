"""From a table of the window to LibreOffice Calc, over the real clipboard."""

from tests.e2e.calc import Calc
from tests.e2e.conftest import Open
from tests.e2e.hard_plan import NUMBERS, TEXTS, hard_plan


def test_that_numbers_and_texts_arrive_in_calc_unchanged(open_plan: Open, calc: Calc) -> None:
    planner = open_plan(hard_plan())
    planner.select("plants", (0, "under_construction"), (len(NUMBERS) - 1, "note"))
    planner.desk.copied("ctrl+c")
    calc.activate()
    calc.paste()
    width = ord(calc.used[3]) - ord("A")
    cells = calc.read(calc.used)
    assert len(cells) == len(NUMBERS)
    assert [row[0]["value"] for row in cells] == list(NUMBERS)
    assert [row[width]["text"] for row in cells] == list(TEXTS)
    assert {row[width]["kind"] for row in cells} == {"text"}
    planner.activate()
    planner.quit()


def test_that_shares_and_months_arrive_in_calc_as_what_they_are(open_plan: Open, calc: Calc) -> None:
    plan = hard_plan()
    planner = open_plan(plan)
    planner.desk.press("ctrl+2")
    planner.select("actions", (0, "implementation"), (len(plan.actions) - 1, "start"))
    planner.desk.copied("ctrl+c")
    calc.activate()
    calc.paste()
    cells = calc.read(calc.used)
    assert [row[0]["value"] for row in cells] == [action.implementation for action in plan.actions]
    assert [row[-1]["text"][:7] for row in cells] == [str(action.start) for action in plan.actions]
    planner.activate()
    planner.quit()
