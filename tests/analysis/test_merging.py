from dataclasses import replace
from typing import Any

import pytest

from aluplanner.analysis.differences import Kind
from aluplanner.analysis.merging import Conflict, Merge, OpenConflictsError, Side, What, merge_plans
from aluplanner.document.edits import delete_rows, set_cells
from aluplanner.model.bauxite import Origin
from aluplanner.model.demand import Sector
from aluplanner.model.layers import with_override
from aluplanner.model.plan import Address, Plan
from aluplanner.model.plants import Plant
from aluplanner.model.rows import Unread
from aluplanner.model.scenarios import Override
from aluplanner.model.validation import validate
from tests.document.small_plan import small_plan

BASE = small_plan()


def with_rows(plan: Plan, table: str, *records: Any) -> Plan:
    return plan.with_table(plan.table(table).replaced(records))


def renamed(plan: Plan, table: str, position: int, name: str) -> Plan:
    return set_cells(plan, table, [(position, plan.table(table).table.key[0], name)])


def only_conflict(merge: Merge) -> Conflict:
    (conflict,) = merge.conflicts
    return conflict


# Cells


def test_that_edits_of_different_cells_come_together_without_a_question() -> None:
    mine = BASE.with_value("plants/North/built", 1100.0).with_value("assumptions/load_factor/value", 0.95)
    yours = BASE.with_value("plants/North/operating", 880.0).with_value("demand/Cables/consumption", 710.0)
    merge = merge_plans(BASE, mine, yours)
    assert merge.conflicts == ()
    merged = merge.plan()
    assert (merged.plants[0].built, merged.plants[0].operating) == (1100.0, 880.0)
    assert merged.demand[1].consumption == 710.0
    assert merged.assumption("load_factor") == 0.95


def test_that_the_same_edit_made_twice_is_one() -> None:
    mine = BASE.with_value("plants/North/built", 1100.0)
    yours = BASE.with_value("plants/North/built", 1100.0).with_value("plants/West/built", 900.0)
    merge = merge_plans(BASE, mine, yours)
    assert merge.conflicts == ()
    assert merge.plan() == yours


def test_that_one_cell_changed_to_two_values_is_a_conflict_with_the_remarks_of_both() -> None:
    mine = BASE.with_cells({"plants/North/built": 1100.0, "plants/North/source": "annual report"})
    yours = BASE.with_cells({"plants/North/built": 1200.0, "plants/North/note": "seen from space"})
    merge = merge_plans(BASE, mine, yours)
    conflict = only_conflict(merge)
    assert (conflict.what, conflict.table, conflict.row, conflict.column) == (What.CELL, "plants", "North", "built")
    assert (conflict.base, conflict.mine, conflict.yours) == (1000.0, 1100.0, 1200.0)
    assert [(column.name, text) for column, text in merge.remarks(conflict, Side.MINE)] == [("source", "annual report")]
    assert [(column.name, text) for column, text in merge.remarks(conflict, Side.YOURS)] == [
        ("note", "seen from space")
    ]


def test_that_a_conflict_stays_as_it_was_until_it_is_decided() -> None:
    mine, yours = BASE.with_value("plants/North/built", 1100.0), BASE.with_value("plants/North/built", 1200.0)
    merge = merge_plans(BASE, mine, yours)
    assert merge.plan().plants[0].built == 1000.0
    assert merge.plan(merge.all_from(Side.MINE)) == mine
    assert merge.plan(merge.all_from(Side.YOURS)) == yours


def test_that_growth_is_merged_year_by_year() -> None:
    mine = with_rows(BASE, "demand", replace(BASE.demand[0], growth=((2017, 0.05), (2018, 0.04))), BASE.demand[1])
    yours = with_rows(BASE, "demand", replace(BASE.demand[0], growth=((2017, 0.06),)), BASE.demand[1])
    merge = merge_plans(BASE, mine, yours)
    assert merge.conflicts == ()
    assert merge.plan().demand[0].growth == ((2017, 0.06), (2018, 0.04))


def test_that_a_text_that_cannot_be_read_is_merged_like_any_contents() -> None:
    mine = BASE.with_table(BASE.plants.with_unread({(0, "built"): Unread("about 1,000")}))
    yours = BASE.with_value("plants/North/operating", 880.0)
    assert merge_plans(BASE, mine, yours).plan().plants.unread_at(0, "built") == "about 1,000"
    conflict = only_conflict(merge_plans(BASE, mine, BASE.with_value("plants/North/built", 1200.0)))
    assert (conflict.mine, conflict.yours) == ("about 1,000", 1200.0)


# Rows


def test_that_rows_added_on_both_sides_are_all_there() -> None:
    mine = with_rows(BASE, "plants", *BASE.plants, Plant("East", built=100.0))
    yours = with_rows(BASE, "plants", *BASE.plants, Plant("Centre", built=200.0))
    merge = merge_plans(BASE, mine, yours)
    assert merge.conflicts == ()
    assert merge.plan().plants.keys == ("North", "South", "West", "Centre", "East")


def test_that_a_row_added_alike_on_both_sides_is_one() -> None:
    mine = with_rows(BASE, "plants", *BASE.plants, Plant("East", built=100.0, note="new"))
    yours = with_rows(BASE, "plants", Plant("east ", built=100.0, group="One"), *BASE.plants)
    merge = merge_plans(BASE, mine, yours)
    assert merge.conflicts == ()
    found = merge.plan().plants.find("East")
    assert found is not None
    assert (found.built, found.group, found.note) == (100.0, "One", "new")
    assert len(merge.plan().plants) == 4


def test_that_a_row_added_differently_on_both_sides_is_a_conflict_in_the_cells_that_differ() -> None:
    mine = with_rows(BASE, "plants", *BASE.plants, Plant("East", built=100.0, operating=50.0))
    yours = with_rows(BASE, "plants", *BASE.plants, Plant("East", built=120.0, operating=50.0))
    conflict = only_conflict(merge_plans(BASE, mine, yours))
    assert (conflict.column, conflict.base, conflict.mine, conflict.yours) == ("built", None, 100.0, 120.0)


def test_that_a_row_taken_out_and_left_alone_goes() -> None:
    mine = delete_rows(BASE, "plants", [2])
    merge = merge_plans(BASE, mine, BASE.with_value("plants/North/built", 1100.0))
    assert merge.conflicts == ()
    assert merge.plan().plants.keys == ("North", "South")


@pytest.mark.parametrize("side", Side)
def test_that_a_row_taken_out_here_and_edited_there_is_a_conflict(side: Side) -> None:
    mine = delete_rows(BASE, "plants", [2])
    merge = merge_plans(BASE, mine, BASE.with_value("plants/West/built", 900.0))
    conflict = only_conflict(merge)
    assert (conflict.what, conflict.row, conflict.column) == (What.ROW, "West", "")
    assert (conflict.trio.place(Side.MINE), conflict.trio.place(Side.YOURS)) == (None, 2)
    assert ("West" in merge.plan({conflict.about: side}).plants.keys) is (side is Side.YOURS)
    assert merge.plan().plants[2] == BASE.plants[2]


def test_that_a_row_taken_out_here_and_renamed_there_is_a_conflict() -> None:
    merge = merge_plans(BASE, delete_rows(BASE, "plants", [2]), renamed(BASE, "plants", 2, "Far West"))
    conflict = only_conflict(merge)
    assert conflict.what is What.ROW
    assert merge.plan({conflict.about: Side.YOURS}).plants.keys == ("North", "South", "Far West")


# Names


def test_that_a_rename_here_and_an_edit_there_combine() -> None:
    merge = merge_plans(BASE, renamed(BASE, "plants", 0, "Far North"), BASE.with_value("plants/North/built", 1100.0))
    assert merge.conflicts == ()
    merged = merge.plan()
    assert (merged.plants[0].plant, merged.plants[0].built) == ("Far North", 1100.0)
    assert not validate(merged)


def test_that_a_new_reference_to_the_old_name_follows_a_rename() -> None:
    mine = renamed(BASE, "plants", 1, "Deep South")
    yours = with_override(BASE, "Stricter", Address("plants", "South", "operating"), 450.0)
    yours = yours.with_value("actions/Winter cut/target", "South; West")
    for merge in (merge_plans(BASE, mine, yours), merge_plans(BASE, yours, mine)):
        assert merge.conflicts == ()
        merged = merge.plan()
        assert merged.overrides[-1].row == "Deep South"
        assert [action.target for action in merged.actions] == ["North; Deep South", "Deep South; West"]
        assert not validate(merged)


def test_that_a_new_override_of_a_scenario_follows_its_new_name() -> None:
    mine = renamed(BASE, "scenarios", 0, "Hard")
    yours = BASE.with_table(BASE.overrides.with_cell(0, "value", 0.8))
    yours = with_override(yours, "Strict", Address("plants", "South", "operating"), 450.0)
    merge = merge_plans(BASE, mine, yours)
    assert merge.conflicts == ()
    assert [(row.scenario, row.value) for row in merge.plan().overrides] == [
        ("Hard", 0.8),
        ("Hard", 850.0),
        ("Stricter", "North"),
        ("Hard", 450.0),
    ]


def test_that_references_left_behind_by_a_rename_in_a_spreadsheet_follow_too() -> None:
    mine = BASE.with_table(BASE.plants.with_cell(0, "plant", "Far North"))
    merged = merge_plans(BASE, mine, BASE.with_value("plants/West/built", 900.0)).plan()
    assert merged.actions[0].target == "Far North; South"
    assert not validate(merged)


def test_that_the_same_row_renamed_in_two_ways_is_one_conflict_and_references_follow_the_answer() -> None:
    mine, yours = renamed(BASE, "plants", 0, "Far North"), renamed(BASE, "plants", 0, "True North")
    merge = merge_plans(BASE, mine, yours)
    conflict = only_conflict(merge)
    assert (conflict.column, conflict.base, conflict.mine, conflict.yours) == (
        *("plant", "North", "Far North", "True North"),
    )
    assert merge.plan() == BASE
    assert merge.plan(merge.all_from(Side.MINE)) == mine
    assert merge.plan(merge.all_from(Side.YOURS)) == yours


def test_that_a_row_renamed_alike_but_edited_beyond_recognition_is_still_one() -> None:
    mine = renamed(BASE, "plants", 0, "Far North")
    other = Plant("Far North", group="Nine", province="Gansu", built=5.0, operating=4.0)
    yours = with_rows(BASE, "plants", other, *BASE.plants[1:])
    merge = merge_plans(BASE, mine, yours)
    assert merge.conflicts == ()
    assert merge.plan().plants == yours.plants


# Order


def test_that_new_rows_follow_the_neighbour_they_followed() -> None:
    north, south, west = BASE.plants
    mine = with_rows(BASE, "plants", Plant("First"), north, south, Plant("After South"), west)
    yours = with_rows(BASE, "plants", north, Plant("After North"), south, west, Plant("Last"))
    merged = merge_plans(BASE, mine, yours).plan()
    assert merged.plants.keys == ("First", "North", "After North", "South", "After South", "West", "Last")


def test_that_thousands_of_rows_added_alike_on_both_sides_keep_their_order() -> None:
    added = [Plant(f"New {number}", built=1.0) for number in range(3000)]
    mine = with_rows(BASE, "plants", *BASE.plants, *added[:1500], Plant("Mine alone"), *added[1500:])
    yours = with_rows(BASE, "plants", *BASE.plants, *added, Plant("Yours alone", note="x"))
    merged = merge_plans(BASE, mine, yours).plan()
    assert merged.plants.keys == (*mine.plants.keys, "Yours alone")


def test_that_rows_moved_on_one_side_stay_moved() -> None:
    mine = with_rows(BASE, "plants", *reversed(BASE.plants))
    yours = with_rows(BASE, "plants", *BASE.plants, Plant("Last"))
    merged = merge_plans(BASE, mine, yours).plan()
    assert merged.plants.keys == ("West", "Last", "South", "North")


def test_that_rows_moved_in_two_ways_are_a_conflict() -> None:
    origins = [Origin(name, 100.0) for name in ("Guinea", "Australia", "Jamaica")]
    base = with_rows(BASE, "bauxite", *origins)
    mine = with_rows(BASE, "bauxite", origins[2], origins[0], origins[1])
    yours = with_rows(BASE, "bauxite", origins[1], origins[0], origins[2])
    merge = merge_plans(base, mine, yours)
    conflict = only_conflict(merge)
    assert (conflict.what, conflict.table, conflict.mine) == (What.ORDER, "bauxite", "Jamaica")
    assert merge.plan() == base
    assert merge.plan({conflict.about: Side.YOURS}).bauxite == yours.bauxite


# Two copies and no ancestor


def test_that_without_an_ancestor_everything_that_differs_is_a_conflict() -> None:
    mine = BASE.with_value("plants/North/built", 1100.0)
    merge = merge_plans(None, mine, BASE.with_value("plants/West/note", "seen"))
    found = {(each.row, each.column): (each.mine, each.yours) for each in merge.conflicts}
    assert found == {("North", "built"): (1100.0, 1000.0), ("West", "note"): (None, "seen")}
    with pytest.raises(OpenConflictsError):
        merge.plan({merge.conflicts[0].about: Side.MINE})
    assert merge.plan(merge.all_from(Side.MINE)) == mine


def test_that_without_an_ancestor_rows_that_only_one_copy_has_are_taken() -> None:
    mine = with_rows(BASE, "plants", *BASE.plants, Plant("East", built=100.0))
    yours = delete_rows(BASE, "plants", [1])
    merge = merge_plans(None, mine, yours)
    assert merge.conflicts == ()
    assert merge.plan().plants == mine.plants


# What is told


def test_that_what_comes_from_the_other_copy_is_told_without_the_conflicts() -> None:
    mine = BASE.with_value("plants/North/built", 1100.0)
    yours = BASE.with_cells({"plants/North/built": 1200.0, "plants/West/built": 900.0})
    yours = with_rows(yours, "demand", *yours.demand, Sector("Other", 5.0))
    found = merge_plans(BASE, mine, yours).comes_from(Side.YOURS)
    assert [(each.table, each.row, each.kind) for each in found] == [
        ("plants", "West", Kind.CHANGED),
        ("demand", "Other", Kind.ADDED),
    ]
    assert merge_plans(BASE, mine, yours).comes_from(Side.MINE) == ()


def test_that_tables_nobody_else_changed_are_shared_with_mine() -> None:
    mine = replace(BASE.with_value("plants/North/built", 1100.0), source=b"mine")
    merged = merge_plans(BASE, mine, replace(BASE.with_value("demand/Cables/note", "x"), source=b"yours")).plan()
    assert merged.plants is mine.plants
    assert merged.actions is mine.actions
    assert merged.source == b"mine"
    assert merge_plans(BASE, replace(BASE, source=b"mine"), replace(mine, source=b"yours")).plan().source == b"mine"


def test_that_an_override_is_one_by_its_whole_address() -> None:
    rows = BASE.overrides
    mine = BASE.with_table(rows.replaced([Override("Strict", "plants", "South", "built", 5.0), *rows[1:]]))
    yours = BASE.with_table(rows.with_cell(0, "value", 0.7))
    conflict = only_conflict(merge_plans(BASE, mine, yours))
    assert (conflict.what, conflict.row) == (What.ROW, "Strict/actions/Cut/implementation")
