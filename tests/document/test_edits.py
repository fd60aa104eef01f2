import pytest

from aluplanner.document import edits
from aluplanner.model.actions import Action
from aluplanner.model.calendar import Month
from aluplanner.model.demand import MonthWeight
from aluplanner.model.plan import Plan, plan_from_tables
from aluplanner.model.rows import Unread
from aluplanner.model.validation import validate
from tests.document.small_plan import START, small_plan


def test_that_setting_a_cell_shares_every_other_table() -> None:
    plan = small_plan()
    after = edits.set_cells(plan, "plants", [(0, "built", 1100.0)])
    assert after.plants[0].built == 1100.0
    assert after.plants[1] is plan.plants[1]
    assert after.actions is plan.actions
    assert plan.plants[0].built == 1000.0


def test_that_a_new_row_gets_a_name_of_its_own() -> None:
    plan = edits.insert_rows(small_plan(), "plants", 1, count=2)
    assert plan.plants.keys == ("North", "New plant", "New plant (2)", "South", "West")


@pytest.mark.parametrize("table", ["plants", "actions", "demand", "scenarios"])
def test_that_a_new_row_leaves_a_plan_without_errors(table: str) -> None:
    plan = edits.insert_rows(small_plan(), table, 0)
    assert len(plan.table(table)) == len(small_plan().table(table)) + 1
    assert not [issue for issue in validate(plan) if issue.is_error]


def test_that_a_new_action_starts_with_the_horizon_and_cuts_nothing() -> None:
    action = edits.insert_rows(small_plan(), "actions", 0).actions[0]
    assert isinstance(action, Action)
    assert (action.start, action.announced) == (START, 0.0)


def test_that_a_new_month_is_the_first_one_missing() -> None:
    assert edits.insert_rows(small_plan(), "monthly", 2).monthly[2].month == START + 2


def test_that_a_new_month_follows_the_last_one_when_none_is_missing() -> None:
    plan = edits.insert_rows(small_plan(), "monthly", 2, count=11)
    assert plan.monthly[12].month == Month.of(2018, 1)


def test_that_seasonality_never_gets_a_thirteenth_month() -> None:
    plan = edits.insert_rows(Plan(), "seasonality", 0, count=20)
    assert plan.seasonality.keys == tuple(str(month) for month in range(1, 13))


def test_that_declared_rows_cannot_be_added() -> None:
    plan = small_plan()
    assert edits.insert_rows(plan, "assumptions", 0).assumptions == plan.assumptions


def test_that_a_new_override_is_of_the_scenario_above() -> None:
    assert edits.insert_rows(small_plan(), "overrides", 3).overrides[3].scenario == "Stricter"


def test_that_a_copy_is_numbered_and_stands_below() -> None:
    plan = edits.duplicate_rows(small_plan(), "plants", [0, 1])
    assert plan.plants.keys == ("North", "South", "North (2)", "South (2)", "West")
    assert plan.plants[2].built == 1000.0


def test_that_a_copy_of_a_copy_counts_on() -> None:
    plan = edits.duplicate_rows(edits.duplicate_rows(small_plan(), "plants", [0]), "plants", [1])
    assert plan.plants.keys[:3] == ("North", "North (2)", "North (3)")


def test_that_a_copy_of_a_scenario_has_its_overrides() -> None:
    plan = edits.duplicate_rows(small_plan(), "scenarios", [0])
    copies = [row for row in plan.overrides if row.scenario == "Strict (2)"]
    assert plan.scenarios.keys == ("Strict", "Strict (2)", "Stricter")
    assert [(row.row, row.column, row.value) for row in copies] == [
        ("Cut", "implementation", 0.9),
        ("North", "operating", 850.0),
    ]


def test_that_deleting_a_row_takes_its_overrides_and_ranges_along() -> None:
    plan = edits.delete_rows(small_plan(), "plants", [0])
    assert plan.plants.keys == ("South", "West")
    assert all(row.row != "North" for row in (*plan.overrides, *plan.uncertainty))


def test_that_deleting_a_row_leaves_the_targets_that_name_it_for_the_planner_to_see() -> None:
    plan = edits.delete_rows(small_plan(), "plants", [0])
    assert plan.actions[0].target == "North; South"


def test_that_deleting_a_scenario_takes_its_overrides_along() -> None:
    plan = edits.delete_rows(small_plan(), "scenarios", [0])
    assert {row.scenario for row in plan.overrides} == {"Stricter"}


def test_that_one_of_two_rows_of_the_same_name_goes_without_what_both_have() -> None:
    rows = [MonthWeight(1.0, 1.0), MonthWeight(1.0, 2.0)]
    plan = edits.delete_rows(plan_from_tables({"seasonality": rows}), "seasonality", [1])
    assert [row.weight for row in plan.seasonality] == [1.0]


@pytest.mark.parametrize(
    ("rows", "down", "expected"),
    [
        ([1], False, ("South", "North", "West")),
        ([0, 1], True, ("West", "North", "South")),
        ([0], False, ("North", "South", "West")),
        ([0, 2], False, ("North", "West", "South")),
        ([1, 2], True, ("North", "South", "West")),
        ([0, 2], True, ("South", "North", "West")),
    ],
)
def test_that_rows_move_as_far_as_there_is_room(rows: list[int], down: bool, expected: tuple[str, ...]) -> None:
    assert edits.move_rows(small_plan(), "plants", rows, down=down).plants.keys == expected


@pytest.mark.parametrize("table", ["overrides", "uncertainty"])
def test_that_the_bad_text_of_a_copied_row_without_a_name_stays_when_the_original_goes(table: str) -> None:
    plan = edits.duplicate_rows(small_plan(), table, [0])
    column = "value" if table == "overrides" else "low"
    plan = plan.with_table(plan.table(table).with_unread({(1, column): Unread("x")}))
    assert edits.delete_rows(plan, table, [0]).table(table).unread_at(0, column) == "x"
    assert edits.move_rows(plan, table, [1], down=False).table(table).unread_at(0, column) == "x"
