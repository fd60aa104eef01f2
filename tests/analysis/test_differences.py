from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from aluplanner.analysis.differences import Difference, Kind, plan_differences
from aluplanner.analysis.row_matching import moved_places
from aluplanner.document.edits import set_cells
from aluplanner.model.bauxite import Origin
from aluplanner.model.demand import Sector
from aluplanner.model.plan import Plan
from aluplanner.model.plants import Plant
from aluplanner.model.rows import Unread
from aluplanner.model.scenarios import Override
from tests.benchmarks.plans import benchmark_plan
from tests.document.small_plan import small_plan
from tests.workbook.random_plans import plans


def with_plants(plan: Plan, *plants: Plant) -> Plan:
    return plan.with_table(plan.plants.replaced(plants))


@given(plans())
def test_that_a_plan_does_not_differ_from_itself_or_a_copy(plan: Plan) -> None:
    copy = plan
    for name in ("plants", "demand", "overrides", "monthly"):
        copy = copy.with_table(copy.table(name).edited([replace(record) for record in copy.table(name)]))
    assert plan_differences(plan, plan) == ()
    assert plan_differences(plan, copy) == ()


def test_that_a_changed_cell_is_told_with_both_values() -> None:
    plan = small_plan()
    after = plan.with_value("plants/South/built", 650.0)
    assert plan_differences(plan, after) == (Difference("plants", "South", "built", Kind.CHANGED, 600.0, 650.0, 1, 1),)


def test_that_rows_are_known_by_their_keys_whatever_the_case() -> None:
    plan = small_plan()
    north, south, west = plan.plants
    after = with_plants(plan, replace(west), replace(south, plant=" south"), north)
    assert plan_differences(plan, after) == (
        Difference("plants", " south", "plant", Kind.CHANGED, "South", " south", 1, 1),
    )


def test_that_added_and_removed_rows_are_told_once_each() -> None:
    plan = small_plan()
    added = Plant("East", built=300.0)
    after = with_plants(plan, plan.plants[0], plan.plants[2], added)
    assert plan_differences(plan, after) == (
        Difference("plants", "East", "", Kind.ADDED, after=2),
        Difference("plants", "South", "", Kind.REMOVED, before=1),
    )


def test_that_a_renamed_row_is_one_row() -> None:
    plan = small_plan()
    renamed = replace(plan.plants[1], plant="Deep South", operating=480.0)
    after = with_plants(plan, plan.plants[0], renamed, plan.plants[2])
    assert plan_differences(plan, after) == (
        Difference("plants", "Deep South", "plant", Kind.CHANGED, "South", "Deep South", 1, 1),
        Difference("plants", "Deep South", "operating", Kind.CHANGED, 500.0, 480.0, 1, 1),
    )


def test_that_a_row_that_was_renamed_and_moved_is_one_row() -> None:
    plan = small_plan()
    north, south, west = plan.plants
    after = with_plants(plan, replace(west, plant="Far West"), north, south)
    assert plan_differences(plan, after) == (
        Difference("plants", "Far West", "plant", Kind.CHANGED, "West", "Far West", 2, 0),
    )


def test_that_rows_that_state_nothing_are_not_taken_for_each_other() -> None:
    plan = plan_of_sectors(Sector("Building"), Sector("Cables"))
    after = plan_of_sectors(Sector("Cables"), Sector("Other"))
    assert [each.kind for each in plan_differences(plan, after)] == [Kind.ADDED, Kind.REMOVED]


def test_that_what_names_a_renamed_row_is_changed_and_not_another_row() -> None:
    plan = small_plan()
    after = set_cells(plan, "plants", [(0, "plant", "Far North")])
    assert {(each.table, each.column, each.kind) for each in plan_differences(plan, after)} == {
        ("plants", "plant", Kind.CHANGED),
        ("actions", "target", Kind.CHANGED),
        ("overrides", "row", Kind.CHANGED),
        ("overrides", "value", Kind.CHANGED),
        ("claims", "measure", Kind.CHANGED),
        ("uncertainty", "row", Kind.CHANGED),
    }


def test_that_a_row_put_in_the_place_of_an_unlike_one_is_another_row() -> None:
    plan = small_plan()
    other = Plant("Refinery", product="alumina", group="Three", province="Guangxi", built=4000.0, operating=3900.0)
    kinds = [found.kind for found in plan_differences(plan, with_plants(plan, plan.plants[0], other, plan.plants[2]))]
    assert kinds == [Kind.ADDED, Kind.REMOVED]


def test_that_growth_is_compared_year_by_year() -> None:
    plan = small_plan()
    sector = replace(plan.demand[0], growth=((2017, 0.05), (2018, 0.04), (2019, None)))
    after = plan.with_table(plan.demand.replaced([sector, plan.demand[1]]))
    assert plan_differences(plan, after) == (
        Difference("demand", "Building", "growth 2018", Kind.CHANGED, None, 0.04, 0, 0),
    )


def test_that_overrides_are_known_by_their_whole_key() -> None:
    plan = small_plan()
    rows = plan.overrides
    other = Override("Strict", "plants", "North", "built", 850.0)
    after = plan.with_table(rows.replaced([replace(rows[0], value=0.8), other, rows[2]]))
    assert plan_differences(plan, after) == (
        Difference("overrides", "Strict/actions/Cut/implementation", "value", Kind.CHANGED, 0.9, 0.8, 0, 0),
        Difference("overrides", "Strict/plants/North/built", "", Kind.ADDED, after=1),
        Difference("overrides", "Strict/plants/North/operating", "", Kind.REMOVED, before=1),
    )


def test_that_a_text_that_cannot_be_read_counts_as_the_contents_of_its_cell() -> None:
    plan = small_plan()
    after = plan.with_table(plan.plants.with_unread({(0, "built"): Unread("about 1,000")}))
    assert plan_differences(plan, after) == (
        Difference("plants", "North", "built", Kind.CHANGED, 1000.0, "about 1,000", 0, 0),
    )
    assert plan_differences(after, plan)[0].old == "about 1,000"
    assert plan_differences(after, after.with_table(after.plants.edited(after.plants))) == ()


def test_that_rows_in_another_order_are_told_only_where_order_means_something() -> None:
    plan = small_plan()
    origins = [Origin(name, 100.0) for name in ("Guinea", "Australia", "Jamaica")]
    plan = plan.with_table(plan.bauxite.replaced(origins))
    after = plan.with_table(plan.bauxite.replaced([origins[2], *origins[:2]]))
    after = with_plants(after, *reversed(after.plants))
    assert plan_differences(plan, after) == (Difference("bauxite", "Jamaica", "", Kind.MOVED, 3.0, 1.0, 2, 0),)


def test_that_numbers_within_the_tolerance_count_as_equal() -> None:
    plan = small_plan()
    after = plan.with_value("plants/North/built", 1000.9)
    assert plan_differences(plan, after, tolerance=0.001) == ()
    assert len(plan_differences(plan, after, tolerance=0.0005)) == 1


def test_that_several_rows_without_a_name_are_told_apart_by_their_order() -> None:
    plan = plan_of_sectors(Sector("", 1.0), Sector("", 2.0))
    after = plan_of_sectors(Sector("", 1.0), Sector("", 3.0), Sector("", 4.0))
    found = [(each.kind, each.before, each.after) for each in plan_differences(plan, after)]
    assert found == [(Kind.CHANGED, 1, 1), (Kind.ADDED, None, 2)]


def plan_of_sectors(*sectors: Sector) -> Plan:
    plan = small_plan()
    return plan.with_table(plan.demand.replaced(sectors))


@given(plans(), plans())
def test_that_what_is_added_one_way_is_removed_the_other_way(one: Plan, other: Plan) -> None:
    forth, back = plan_differences(one, other), plan_differences(other, one)
    added = {(each.row, each.after) for each in forth if each.kind is Kind.ADDED and each.table == "overrides"}
    removed = {(each.row, each.before) for each in back if each.kind is Kind.REMOVED and each.table == "overrides"}
    assert added == removed


@given(st.permutations(range(7)))
def test_that_the_rows_left_in_place_are_in_order(order: list[int]) -> None:
    moved = moved_places(order)
    left = [value for place, value in enumerate(order) if place not in moved]
    assert left == sorted(left)
    assert len(moved) == 0 or order != sorted(order)


def test_that_one_edit_is_found_among_thousands_of_rows() -> None:
    plan = benchmark_plan(plants=3000, actions=500)
    key = plan.plants[2500].plant
    after = plan.with_value(f"plants/{key}/built", 1.0)
    assert [each.row for each in plan_differences(plan, after)] == [key]
