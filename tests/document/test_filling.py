"""Filling cells from those beside them."""

import pytest

from aluplanner.document.filling import Direction, drawn_to, fill_all, fill_down, fill_right, fill_series
from aluplanner.document.ranges import Range, shown_table
from aluplanner.document.scenario_view import ScenarioView
from aluplanner.model.schema import Column
from tests.document.small_plan import small_plan

VIEW = ScenarioView(small_plan(), "Base")
PLANTS = shown_table(VIEW, "plants")
BUILT = [column.name for column in PLANTS.columns].index("built")
ASSUMPTIONS = shown_table(VIEW, "assumptions")


def text_at(row: int, column: int) -> str:
    return f"{10 * row + column}"


def column_at(_row: int, column: int) -> Column:
    return PLANTS.columns[column]


def test_that_one_text_fills_every_selected_cell() -> None:
    cells = fill_all([Range(0, BUILT, 1, BUILT), Range(2, BUILT + 1, 2, BUILT + 1)], "5", PLANTS)
    assert cells == [(0, "built", "5"), (1, "built", "5"), (2, "operating", "5")]


def test_that_the_first_row_of_each_range_is_copied_down() -> None:
    cells = fill_down([Range(0, BUILT, 2, BUILT), Range(1, 0, 2, 0)], text_at, PLANTS)
    assert cells == [(1, "built", text_at(0, BUILT)), (2, "built", text_at(0, BUILT)), (2, "plant", text_at(1, 0))]


def test_that_a_single_row_takes_the_one_above() -> None:
    assert fill_down([Range(1, BUILT, 1, BUILT)], text_at, PLANTS) == [(1, "built", text_at(0, BUILT))]
    assert fill_down([Range(0, BUILT, 0, BUILT)], text_at, PLANTS) == []


def test_that_the_first_column_of_each_range_is_copied_right() -> None:
    cells = fill_right([Range(0, BUILT, 1, BUILT + 1)], text_at, PLANTS)
    assert cells == [(0, "operating", text_at(0, BUILT)), (1, "operating", text_at(1, BUILT))]
    assert fill_right([Range(2, BUILT + 1, 2, BUILT + 1)], text_at, PLANTS) == [(2, "operating", text_at(2, BUILT))]
    assert fill_right([Range(0, 0, 0, 0)], text_at, PLANTS) == []


def test_that_filling_leaves_out_what_cannot_be_edited_and_follows_the_screen() -> None:
    assert {name for _, name, _ in fill_all([Range(0, 0, 0, 4)], "1", ASSUMPTIONS)} == {"value", "source"}
    turned = shown_table(VIEW, "plants", [2, 0])
    assert fill_down([Range(0, BUILT, 1, BUILT)], text_at, turned) == [(0, "built", text_at(0, BUILT))]


@pytest.mark.parametrize(
    ("row", "column", "added", "way"),
    [
        (5, 3, Range(3, 2, 5, 3), Direction.DOWN),
        (0, 2, Range(0, 2, 0, 3), Direction.UP),
        (2, 6, Range(1, 4, 2, 6), Direction.RIGHT),
        (1, 0, Range(1, 0, 2, 1), Direction.LEFT),
        (4, 4, Range(3, 2, 4, 3), Direction.DOWN),
    ],
)
def test_that_the_handle_is_drawn_one_way(row: int, column: int, added: Range, way: Direction) -> None:
    assert drawn_to(Range(1, 2, 2, 3), row, column) == (added, way)


def test_that_the_handle_drawn_nowhere_fills_nothing() -> None:
    assert drawn_to(Range(1, 2, 2, 3), 2, 2) is None


def test_that_columns_and_rows_go_on_by_themselves() -> None:
    source = Range(0, BUILT, 1, BUILT + 1)
    found = drawn_to(source, 2, BUILT)
    assert found is not None
    assert fill_series(source, *found, text_at, column_at, PLANTS) == [
        (2, "built", text_at(2, BUILT)),
        (2, "operating", text_at(2, BUILT + 1)),
    ]
    found = drawn_to(source, 0, BUILT + 3)
    assert found is not None
    across = fill_series(source, *found, text_at, column_at, PLANTS)
    assert across[:2] == [(0, "non_compliant", text_at(0, BUILT + 2)), (0, "under_construction", text_at(0, BUILT + 3))]


def test_that_a_range_goes_on_upwards_from_its_first_row() -> None:
    source = Range(1, BUILT, 2, BUILT)
    found = drawn_to(source, 0, BUILT)
    assert found is not None
    assert fill_series(source, *found, text_at, column_at, PLANTS) == [(0, "built", text_at(0, BUILT))]
    copies = fill_series(source, *found, text_at, column_at, PLANTS, other=True)
    assert copies == [(0, "built", text_at(2, BUILT))]
