"""Where a pasted block goes."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluplanner.document.copying import copied, titles_of
from aluplanner.document.entering import TextCell
from aluplanner.document.pasting import Pasting, header_of, paste, paste_under_titles
from aluplanner.document.ranges import BlockError, Range, ShownTable, shown_table
from aluplanner.document.scenario_view import ScenarioView
from tests.document.small_plan import small_plan

VIEW = ScenarioView(small_plan(), "Base")
PLANTS = shown_table(VIEW, "plants")
NAMES = [column.name for column in PLANTS.columns]
BUILT = NAMES.index("built")


def at(top: int, left: int, bottom: int | None = None, right: int | None = None) -> Range:
    return Range(top, left, top if bottom is None else bottom, left if right is None else right)


def cells_of(pasting: Pasting) -> list[TextCell]:
    """Return what is pasted cell by cell, row by row."""
    order = {column.name: place for place, column in enumerate(PLANTS.columns)}
    cells = [(row, name, text) for name, part in pasting.columns.items() for row, text in zip(*part, strict=True)]
    return sorted(cells, key=lambda cell: (cell[0], order.get(cell[1], 0)))


def placed(cells: Sequence[TextCell]) -> dict[tuple[int, str], str]:
    by_place = {(row, name): text for row, name, text in cells}
    assert len(by_place) == len(cells)
    return by_place


def test_that_a_block_goes_down_and_right_from_the_current_cell() -> None:
    pasting = paste([["1", "2"], ["3", "4"]], [at(1, BUILT)], PLANTS)
    assert cells_of(pasting) == [(1, "built", "1"), (1, "operating", "2"), (2, "built", "3"), (2, "operating", "4")]
    assert pasting.new_rows == 0
    assert pasting.areas == (at(1, BUILT, 2, BUILT + 1),)
    assert pasting.remark == ""


def test_that_one_value_fills_everything_selected() -> None:
    pasting = paste([["7"]], [at(0, BUILT, 1, BUILT), at(2, BUILT + 1)], PLANTS)
    assert cells_of(pasting) == [(0, "built", "7"), (1, "built", "7"), (2, "operating", "7")]


@pytest.mark.parametrize(
    ("selected", "expected"),
    [
        (at(0, BUILT, 1, BUILT + 1), ["1", "2", "1", "2"]),
        (at(0, BUILT, 1, BUILT), ["1", "2", "1", "2"]),
        (at(0, BUILT, 0, BUILT + 3), ["1", "2", "1", "2"]),
        (at(0, BUILT, 0, BUILT + 2), ["1", "2"]),
        (at(0, BUILT, 2, BUILT + 2), ["1", "2"]),
    ],
)
def test_that_a_block_is_repeated_where_its_multiples_fit(selected: Range, expected: list[str]) -> None:
    assert [text for _, _, text in cells_of(paste([["1", "2"]], [selected], PLANTS))] == expected


def test_that_cells_a_row_lacks_leave_what_is_there() -> None:
    pasting = paste([["1", "2", "3"], ["4"], ["5", ""]], [at(0, BUILT)], PLANTS)
    assert placed(cells_of(pasting)) == {
        **{(0, "built"): "1", (0, "operating"): "2", (0, "non_compliant"): "3"},
        **{(1, "built"): "4", (2, "built"): "5", (2, "operating"): ""},
    }


def test_that_a_longer_block_makes_rows() -> None:
    pasting = paste([["A"], ["B"], ["C"]], [at(2, 0)], PLANTS)
    assert cells_of(pasting) == [(2, "plant", "A"), (3, "plant", "B"), (4, "plant", "C")]
    assert pasting.new_rows == 2


def test_that_only_visible_rows_and_columns_receive_the_block() -> None:
    shown = shown_table(VIEW, "plants", [2, 0], [PLANTS.columns[BUILT], PLANTS.columns[0]])
    pasting = paste([["1", "A"], ["2", "B"], ["3", "C"]], [at(0, 0)], shown)
    assert placed(cells_of(pasting)) == {
        **{(2, "built"): "1", (2, "plant"): "A", (0, "built"): "2", (0, "plant"): "B"},
        **{(3, "built"): "3", (3, "plant"): "C"},
    }
    assert pasting.new_rows == 1


def test_that_a_block_with_too_many_columns_is_refused() -> None:
    with pytest.raises(BlockError, match="2 columns too many: Plants ends before"):
        paste([["1", "2", "3"]], [at(0, len(NAMES) - 1)], PLANTS)


def test_that_empty_columns_and_rows_at_the_edge_do_not_count() -> None:
    pasting = paste([["x", "", ""], ["y", "", ""], ["", "", ""]], [at(1, len(NAMES) - 1)], PLANTS)
    assert cells_of(pasting) == [(1, NAMES[-1], "x"), (2, NAMES[-1], "y")]
    assert pasting.new_rows == 0


def test_that_a_table_with_fixed_rows_refuses_more_of_them() -> None:
    assumptions = shown_table(VIEW, "assumptions")
    last = len(assumptions.rows) - 1
    value = next(place for place, column in enumerate(assumptions.columns) if column.name == "value")
    with pytest.raises(BlockError, match="2 rows too many: Assumptions has no place"):
        paste([["1"], ["2"], ["3"]], [at(last, value)], assumptions)


def test_that_a_year_has_twelve_months() -> None:
    assert shown_table(VIEW, "seasonality").room == 12
    with pytest.raises(BlockError, match="1 rows too many"):
        paste([[str(month)] for month in range(13)], [at(0, 0)], shown_table(VIEW, "seasonality"))


def test_that_cells_that_cannot_be_edited_are_left_out_and_named() -> None:
    assumptions = shown_table(VIEW, "assumptions")
    pasting = paste([["x"] * len(assumptions.columns)] * 2, [at(0, 0)], assumptions)
    assert "value" in {name for _, name, _ in cells_of(pasting)}
    assert "assumption" not in {name for _, name, _ in cells_of(pasting)}
    assert pasting.remark == "Left out 6 cells that cannot be edited: Assumption, Unit, Meaning."


def test_that_a_block_for_several_ranges_must_fit_them() -> None:
    ranges = [at(0, BUILT, 0, BUILT + 1), at(2, BUILT, 2, BUILT + 1)]
    assert [text for _, _, text in cells_of(paste([["1", "2"], ["3", "4"]], ranges, PLANTS))] == ["1", "2", "3", "4"]
    ranges = [at(0, BUILT, 0, BUILT + 1), at(2, 0, 2, 3)]
    assert len(cells_of(paste([["1", "2"]], ranges, PLANTS))) == 6
    with pytest.raises(BlockError, match="2 × 3 cells does not fit"):
        paste([["1", "2", "3"]] * 2, ranges, PLANTS)


def test_that_nothing_is_pasted_from_an_empty_block() -> None:
    assert paste([[]], [at(0, 0)], PLANTS).columns == {}


def test_that_an_empty_table_takes_a_block() -> None:
    empty = shown_table(ScenarioView(small_plan().with_table(VIEW.plan.plants.replaced(())), "Base"), "plants")
    pasting = paste([["A", "B"]], [], empty)
    assert cells_of(pasting) == [(0, "plant", "A"), (0, NAMES[1], "B")]
    assert pasting.new_rows == 1


# Titles


def test_that_titles_are_known_in_both_languages_and_by_field_name() -> None:
    header = header_of([["Plant", "建成产能(万吨/年)", "operating", "Cash cost (RMB/t)"], ["a"]], PLANTS, 5)
    assert header is not None
    assert [column.name for column in header.columns.values()] == ["plant", "built", "operating", "cash_cost"]
    assert header.texts(["A", "120", "1,100", "1"])[1] == (PLANTS.columns[BUILT], "120 万吨/年")
    assert header.texts(["A", "12 Mt"])[1] == (PLANTS.columns[BUILT], "12 Mt")


@pytest.mark.parametrize(
    "grid",
    [
        [["Plant", "Built"]],
        [["Plant", "1"], ["a", "b"]],
        [["Plant"], ["x"]],
        [["Built", "built"], ["1", "2"]],
        [["", ""], ["1", "2"]],
    ],
)
def test_that_values_are_not_taken_for_titles(grid: list[list[str]]) -> None:
    assert header_of(grid, PLANTS, BUILT) is None


def test_that_a_single_column_has_its_title_where_it_goes() -> None:
    assert header_of([["Plant"], ["x"]], PLANTS, 0) is not None


def test_that_a_block_with_titles_goes_where_they_say() -> None:
    grid = [["Operating", "Built (Mt/y)", "Meaning"], ["1", "0.7"], ["2", "0.8"]]
    header = header_of([grid[0][:2], *grid[1:]], PLANTS, 0)
    assert header is not None
    pasting = paste_under_titles(grid, header, 2, PLANTS)
    assert placed(cells_of(pasting)) == {
        **{(2, "operating"): "1", (2, "built"): "0.7 Mt/y", (3, "operating"): "2", (3, "built"): "0.8 Mt/y"},
    }
    assert pasting.new_rows == 1


# There and back, worked out in two ways

texts = st.text("ab1", max_size=3)


@st.composite
def shown_plants(draw: st.DrawFn) -> ShownTable:
    rows = draw(st.permutations(range(3)))[: draw(st.integers(1, 3))]
    columns = draw(st.permutations(PLANTS.columns))[: draw(st.integers(2, 6))]
    return shown_table(VIEW, "plants", rows, columns)


@given(shown_plants(), st.data())
def test_that_what_is_copied_arrives_cell_by_cell_elsewhere(shown: ShownTable, data: st.DataObject) -> None:
    table = {(row, column): f"{row} {column}" for row in range(9) for column in range(9)}
    source = data.draw(ranges(len(shown.rows), len(shown.columns)))
    block = copied([source], lambda row, column: table[row, column])
    assert [len(line) for line in block] == [source.width] * source.height
    target = data.draw(ranges(len(shown.rows), len(shown.columns)))
    if target.left + source.width > len(shown.columns):
        with pytest.raises(BlockError):
            paste(block, [at(target.top, target.left)], shown)
        return
    pasting = paste(block, [at(target.top, target.left)], shown)
    arrived = placed(cells_of(pasting))
    for row, column in source.cells():
        place = target.top + row - source.top
        stored = shown.rows[place] if place < len(shown.rows) else 3 + place - len(shown.rows)
        name = shown.columns[target.left + column - source.left].name
        assert arrived.pop((stored, name)) == table[row, column]
    assert not arrived
    assert pasting.new_rows == max(0, target.top + source.height - len(shown.rows))


@given(shown_plants(), st.data())
def test_that_a_repeated_block_puts_the_same_text_at_every_period(shown: ShownTable, data: st.DataObject) -> None:
    height, width = data.draw(st.integers(1, len(shown.rows))), data.draw(st.integers(1, len(shown.columns)))
    tall, wide = len(shown.rows) // height * height, len(shown.columns) // width * width
    block = data.draw(st.lists(st.lists(texts, min_size=width, max_size=width), min_size=height, max_size=height))
    arrived = placed(cells_of(paste(block, [at(0, 0, tall - 1, wide - 1)], shown)))
    assert arrived == {
        (shown.rows[row], shown.columns[column].name): block[row % height][column % width]
        for row in range(tall)
        for column in range(wide)
    }


def ranges(rows: int, columns: int) -> st.SearchStrategy[Range]:
    lines = st.tuples(st.integers(0, rows - 1), st.integers(0, rows - 1)).map(sorted)
    across = st.tuples(st.integers(0, columns - 1), st.integers(0, columns - 1)).map(sorted)
    return st.tuples(lines, across).map(lambda found: Range(found[0][0], found[1][0], found[0][1], found[1][1]))


def test_that_ranges_are_copied_that_share_rows_or_columns() -> None:
    def text_at(row: int, column: int) -> str:
        return f"{row}{column}"

    assert copied([at(0, 1), at(0, 3)], text_at) == [["01", "03"]]
    assert copied([at(0, 1, 0, 2), at(2, 1, 2, 2)], text_at) == [["01", "02"], ["21", "22"]]
    assert copied([at(0, 1, 1, 1), at(1, 2), at(0, 2)], text_at) == [["01", "02"], ["11", "12"]]
    assert titles_of([at(0, BUILT), at(0, 0)], PLANTS) == ["Plant", "Built (kt/y)"]
    with pytest.raises(BlockError, match="make no block"):
        copied([at(0, 1), at(1, 2)], text_at)
