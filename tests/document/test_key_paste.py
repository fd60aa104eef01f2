"""Updating a table by key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluplanner.document.entering import enter_texts
from aluplanner.document.key_paste import Kind, paste_by_key
from aluplanner.document.scenario_view import ScenarioView
from aluplanner.model.schema import BLANK
from tests.document.small_plan import small_plan

BASE = ScenarioView(small_plan(), "Base")
GRID = [
    ["Group", "企业", "Built (万吨/年)", "Colour"],
    ["One", "north", "100", "red"],
    ["Two", "South", "65"],
    ["Three", "East", "1.5 Mt"],
    ["", "West", "many"],
    ["", "", ""],
    ["Two", " NORTH ", "1"],
    ["Two", "", "1"],
]


def test_that_rows_are_told_apart() -> None:
    found = paste_by_key(BASE, "plants", GRID)
    assert [(row.number, row.key, row.kind) for row in found.rows] == [
        *((1, "north", Kind.UNCHANGED), (2, "South", Kind.CHANGED), (3, "East", Kind.NEW)),
        *((4, "West", Kind.BAD), (6, "NORTH", Kind.BAD), (7, "", Kind.BAD)),
    ]
    assert found.rows[4].problem == "“NORTH” stands in the block twice."
    assert found.rows[5].problem == "The row has no Plant."
    assert found.left_out == ("Colour",)
    assert found.counts == {Kind.UNCHANGED: 1, Kind.CHANGED: 1, Kind.NEW: 1, Kind.BAD: 3}


def test_that_a_change_is_told_cell_by_cell_by_its_unit() -> None:
    row = paste_by_key(BASE, "plants", GRID).rows[1]
    cells = {cell.column.name: (cell.before, cell.after, cell.is_changed) for cell in row.cells}
    assert cells == {"group": ("Two", "Two", False), "plant": ("South", "South", False), "built": ("600", "650", True)}


def test_that_only_what_is_taken_is_entered() -> None:
    found = paste_by_key(BASE, "plants", GRID)
    cells, new_rows = found.taken({1, 2, 3})
    assert new_rows == 1
    plan = enter_texts(BASE, "plants", cells, new_rows).plan
    assert [(plant.plant, plant.group, plant.built) for plant in plan.plants] == [
        *(("North", "One", 1000.0), ("South", "Two", 650.0), ("West", "Two", 800.0), ("East", "Three", 1500.0)),
    ]


def test_that_a_bad_cell_can_be_taken_as_text() -> None:
    found = paste_by_key(BASE, "plants", GRID)
    bad = found.rows[3]
    assert bad.can_be_taken
    assert [cell.problem[:22] for cell in bad.cells if cell.problem] == ["“many” is not a number"]
    cells, new_rows = found.taken({4, 6, 7})
    assert cells == [(2, "group", ""), (2, "built", "many")]
    assert new_rows == 0


def test_that_what_is_taken_once_is_unchanged_afterwards() -> None:
    found = paste_by_key(BASE, "plants", GRID)
    plan = enter_texts(BASE, "plants", *found.taken({1, 2, 3})).plan
    again = paste_by_key(ScenarioView(plan, "Base"), "plants", GRID)
    assert [row.kind for row in again.rows[:3]] == [Kind.UNCHANGED] * 3


def test_that_a_block_without_the_key_is_refused_in_words() -> None:
    found = paste_by_key(BASE, "plants", [["Built"], ["1"]])
    assert found.problem == "The first row must hold the titles of columns, among them Plant."
    assert not found.rows
    assert paste_by_key(BASE, "plants", []).problem


def test_that_fixed_rows_are_called_by_name_or_title() -> None:
    grid = [["Assumption", "Value", "Meaning"], ["opening_stock", "12 万吨", "x"], ["nonsense", "1", ""]]
    found = paste_by_key(BASE, "assumptions", grid)
    assert [row.kind for row in found.rows] == [Kind.CHANGED, Kind.BAD]
    assert found.rows[1].problem == "There is no row “nonsense”."
    assert found.left_out == ("Meaning",)
    plan = enter_texts(BASE, "assumptions", *found.taken({1})).plan
    assert plan.assumption("opening_stock") == 120.0


def test_that_a_year_takes_no_thirteenth_month() -> None:
    grid = [["Month of year", "Weight"], *([str(month), "1"] for month in range(1, 14))]
    found = paste_by_key(BASE, "seasonality", grid)
    assert [row.kind for row in found.rows] == [Kind.NEW] * 12 + [Kind.BAD]
    assert len(enter_texts(BASE, "seasonality", *found.taken(set(range(1, 14)))).plan.seasonality) == 12


def test_that_a_scenario_is_compared_and_overridden() -> None:
    view = ScenarioView(small_plan(), "Strict")
    grid = [["action", "implementation", "announced"], ["Cut", "90%", "120"]]
    found = paste_by_key(view, "actions", grid)
    assert [cell.is_changed for cell in found.rows[0].cells] == [False, False, True]
    plan = enter_texts(view, "actions", *found.taken({1})).plan
    assert plan.actions[0].announced == 100.0
    assert plan.overrides[-1].value == 120.0


def test_that_overrides_are_found_by_all_parts_of_their_key() -> None:
    grid = [
        ["Scenario", "Table", "Row", "Column", "Value"],
        ["Strict", "plants", "North", "operating", "870"],
        ["Strict", "plants", "South", "built", BLANK],
        ["Strict", "plants", "", "built", "1"],
    ]
    found = paste_by_key(BASE, "overrides", grid)
    assert [row.kind for row in found.rows] == [Kind.CHANGED, Kind.NEW, Kind.BAD]
    plan = enter_texts(BASE, "overrides", *found.taken({1, 2})).plan
    assert [plan.overrides[1].value, plan.overrides[3].value] == [870.0, BLANK]


@pytest.mark.parametrize("table", ["demand", "monthly"])
def test_that_a_whole_table_pasted_on_itself_changes_nothing(table: str) -> None:
    from aluplanner.model.cell_text import edit_text
    from aluplanner.model.rows import read_cell

    columns = BASE.plan.columns(table)
    lines = [[edit_text(column, read_cell(row, column.name)) for column in columns] for row in BASE.rows(table)]
    found = paste_by_key(BASE, table, [[column.heading for column in columns], *lines])
    assert {row.kind for row in found.rows} == {Kind.UNCHANGED}


names = st.sampled_from(["North", "South", "West", "East", "Far east", "north", ""])
numbers = st.sampled_from(["1000", "1,000", "600", "7", "", "many"])


@given(st.lists(st.tuples(names, numbers), max_size=6))
def test_that_taking_everything_leaves_each_named_row_as_the_block_has_it(block: list[tuple[str, str]]) -> None:
    found = paste_by_key(BASE, "plants", [["Plant", "Built"], *map(list, block)])
    taken = {row.number for row in found.rows}
    rows = enter_texts(BASE, "plants", *found.taken(taken)).plan.plants
    first: dict[str, str] = {}
    for name, number in block:
        first.setdefault(name.casefold(), number)
    for name, number in first.items():
        if not name:
            continue
        position = rows.position(name)
        assert position is not None
        expected = None if number == "" else float(number.replace(",", "")) if number != "many" else "many"
        unread = rows.unread_at(position, "built")
        assert (rows[position].built if unread is None else unread) == expected
    assert len(rows) == len({"north", "south", "west"} | (first.keys() - {""}))
