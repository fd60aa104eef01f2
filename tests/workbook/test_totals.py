"""Rows that sum up others are left out, and said to be; a plant may be called anything."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment

from aluplanner.model.plan import plan_from_tables
from aluplanner.model.plants import Plant
from aluplanner.workbook.read import ReadResult, read_bytes
from aluplanner.workbook.tables import read_tables
from aluplanner.workbook.totals import note_on_row, taken_for_totals
from aluplanner.workbook.write import plan_bytes
from tests.workbook.books import ACTIONS, DEMAND, PLANTS, as_bytes, book, book_bytes, plan_sheets

BASE = read_bytes(book_bytes(plan_sheets())).plan
WORDS = [
    "Total",
    "TOTALS:",
    "Sum",
    "合计",
    "合  计",
    "小计",
    "总计：",
    "Ｔｏｔａｌ",
    "Grand total",
    "全国合计",
    "Total (kt/y)",
]


def read(plants: list) -> ReadResult:
    return read_bytes(book_bytes(plan_sheets(Plants=plants)))


@pytest.mark.parametrize("word", WORDS)
def test_that_a_row_of_totals_is_left_out_and_told(word: str) -> None:
    result = read([*PLANTS, [word, None, None, None, 2300, 2000]])
    assert result.plan == BASE
    (told,) = result.issues
    assert (told.code, told.place, told.is_error) == ("total", "Plants!A5", False)
    assert word.strip() in told.message


def test_that_totals_are_told_by_their_rows_to_whoever_writes_the_sheet() -> None:
    data = book_bytes(plan_sheets(Plants=[*PLANTS, [None], ["Total", None, None, None, 2300, 2000]]))
    reading = read_tables(data).tables["plants"]
    assert (reading.totals, reading.row_numbers) == ([6], [2, 3, 4])


def test_that_totals_may_stand_above_what_they_sum_up() -> None:
    assert read([PLANTS[0], ["全国", None, None, None, 2300, 2000], *PLANTS[1:]]).plan == BASE


def test_that_subtotals_between_the_rows_are_left_out() -> None:
    plants = [
        *PLANTS[:2],
        ["小计", None, None, "Shandong", 1000, 900],
        *PLANTS[2:],
        ["小计", None, None, None, 1300, 1100],
        ["合计", None, None, None, 2300, 2000],
    ]
    result = read(plants)
    assert result.plan == BASE
    assert [issue.place for issue in result.issues] == ["Plants!A3", "Plants!A6", "Plants!A7"]


def test_that_a_row_without_a_name_may_be_called_a_total_in_another_column() -> None:
    plants = [["No.", *PLANTS[0]], *([number, *row] for number, row in enumerate(PLANTS[1:], start=1))]
    assert read([*plants, ["合计", None, None, None, None, 2300, 2000]]).plan == BASE


@pytest.mark.parametrize("value", [2300, None])
def test_that_a_formula_makes_a_total_whatever_it_comes_to(value: float | None) -> None:
    made = book(plan_sheets(Plants=[*PLANTS, ["Total", None, None, None, None, value]]))
    made["Plants"]["E5"] = "=SUM(E2:E4)"
    result = read_bytes(as_bytes(made))
    assert result.plan == BASE
    assert [issue.code for issue in result.issues] == ["total"]


def test_that_rounded_totals_of_a_sheet_in_another_unit_are_left_out() -> None:
    plants = [[*PLANTS[0][:4], "建成产能(万吨)", "运行产能(万吨)"]]
    plants += [[*row[:4], row[4] / 10 + 0.04, row[5] / 10] for row in PLANTS[1:]]
    result = read([*plants, ["合计", None, None, None, 230, 200]])
    assert result.plan is not None
    assert result.plan.plants.keys == ("East", "West", "North")


@pytest.mark.parametrize(
    ("sheet", "rows", "total"),
    [
        ("Actions", ACTIONS, ["合计", None, None, 150]),
        ("Demand", DEMAND, ["Total", 2000]),
        ("Monthly", [["Month", "Net imports (kt)"], ["2017-01", 5], ["2017-02", 7]], ["合计", 99]),
        ("Monthly", [["Month", "Net imports (kt)"], ["2017-01", 5], ["2017-02", 7]], ["Total", 12]),
        ("Seasonality", [["Month of year", "Weight"], *([n, 1] for n in range(1, 13))], ["Total", 12]),
        ("Bauxite", [["Origin", "Available (kt/y)", "Grade"], ["Guinea", 50, 2.5], ["Mali", 20, 2.5]], ["Sum", 70]),
    ],
)
def test_that_every_table_of_figures_may_have_totals(sheet: str, rows: list, total: list) -> None:
    plain = read_bytes(book_bytes(plan_sheets(**{sheet: rows}))).plan
    result = read_bytes(book_bytes(plan_sheets(**{sheet: [*rows, total]})))
    assert plain is not None
    assert result.plan == plain
    assert [issue.code for issue in result.issues] == ["total"]


@pytest.mark.parametrize("word", ["Total", "合计"])
def test_that_a_row_called_so_that_is_no_sum_is_a_row_and_doubted(word: str) -> None:
    result = read([*PLANTS, [word, None, "G1", None, 700, 650]])
    assert result.plan is not None
    assert result.plan.plants.keys[-1] == word
    (told,) = result.issues
    assert (told.code, told.place, told.is_error) == ("no-total", "Plants!A5", False)


@pytest.mark.parametrize("name", ["Total Energies", "Shandong total", "山东小计厂", "Totalia", "Summit", "Allied"])
def test_that_a_name_that_only_begins_like_a_total_is_no_matter(name: str) -> None:
    result = read([*PLANTS, [name, None, "G1", None, 700, 650]])
    assert result.issues == ()
    assert result.plan is not None
    assert result.plan.plants.keys[-1] == name


@pytest.mark.parametrize("name", ["Shandong total", "山东小计", "Total Shandong"])
def test_that_a_total_of_some_rows_is_left_out_if_it_is_one(name: str) -> None:
    assert read([*PLANTS, [name, None, None, None, 1300, 1100]]).plan != BASE
    assert read([*PLANTS, [name, None, None, None, 2300, 2000]]).plan == BASE


def test_that_one_figure_that_is_no_sum_makes_a_row_of_its_own() -> None:
    assert read([*PLANTS, ["Total", None, None, None, 2300, 1999]]).plan != BASE


@given(
    figures=st.lists(st.tuples(st.integers(1, 3000), st.integers(1, 3000)), min_size=2, max_size=5),
    own=st.tuples(st.integers(1, 20000), st.integers(1, 20000)),
)
def test_that_a_plant_called_total_comes_back_from_our_own_file(figures: list, own: tuple[int, int]) -> None:
    plants = [Plant(f"P{n}", built=float(a), operating=float(b)) for n, (a, b) in enumerate(figures)]
    is_sum = [sum(column) for column in zip(*figures, strict=True)] == [*own]
    plan = plan_from_tables({"plants": [*plants, Plant("Total", built=float(own[0]), operating=float(own[1]))]})
    assert is_sum or read_tables(plan_bytes(plan)).plan.plants == plan.plants


def test_that_a_row_with_a_note_of_the_program_is_no_total() -> None:
    made = book(plan_sheets(Plants=[*PLANTS, ["Total", None, None, None, 2300, 2000]]))
    plan = read_bytes(as_bytes(made)).plan
    assert plan is not None
    key = plan.plants.table.columns[0]
    made["Plants"]["A5"].comment = Comment(f"Li: really?\n{note_on_row(key, 'Total')}", "AluPlanner")
    result = read_bytes(as_bytes(made))
    assert result.issues == ()
    assert result.plan is not None
    assert result.plan.plants.keys[-1] == "Total"
    assert (taken_for_totals(plan.plants), taken_for_totals(result.plan.plants)) == ((), (3,))
