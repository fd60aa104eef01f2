"""Headers as people make them: below titles, over two rows, merged, with the unit beside, below or above."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluplanner.model.plan import Plan
from aluplanner.workbook.read import ReadResult, read_bytes
from aluplanner.workbook.tables import read_tables
from tests.workbook.books import ACTIONS, DEMAND, PLANTS, Rows, as_bytes, book, book_bytes, places, plan_sheets

BASE = read_bytes(book_bytes(plan_sheets())).plan
TITLES = [
    ["China's aluminium plants, end of 2016"],
    [None, "Prepared by Li", None, 42735],
    [None],
    ["Plant list"],
    ["Source: own survey", None, "Note"],
]


def read(merged: dict[str, list[str]] | None = None, **sheets: Rows) -> ReadResult:
    made = book(plan_sheets(**sheets))
    for sheet, areas in (merged or {}).items():
        for area in areas:
            made[sheet].merge_cells(area)
    return read_bytes(as_bytes(made))


def plan_of(merged: dict[str, list[str]] | None = None, **sheets: Rows) -> Plan:
    result = read(merged, **sheets)
    assert result.plan is not None, [str(issue) for issue in result.issues]
    assert result.issues == ()
    return result.plan


@given(
    above=st.dictionaries(
        st.sampled_from(["Plants", "Actions", "Demand"]), st.lists(st.sampled_from(TITLES), max_size=9)
    ),
    seed=st.integers(0, 10**6),
)
def test_that_titles_blank_rows_and_the_order_of_columns_do_not_matter(above: dict[str, list], seed: int) -> None:
    sheets = {}
    for name, rows in plan_sheets().items():
        width = max(map(len, rows))
        order = Random(seed).sample([*range(width), None], width + 1)  # with a blank column somewhere
        moved = [[None if at is None or at >= len(row) else row[at] for at in order] for row in rows]
        blank = Random(seed).randrange(1, len(moved) + 1)
        sheets[name] = [*above.get(name, []), *moved[:blank], [None], *moved[blank:]]
    result = read_bytes(book_bytes(sheets))
    assert result.plan == BASE, [str(issue) for issue in result.issues]


def test_that_the_header_row_is_told_and_issues_have_the_places_of_the_sheet() -> None:
    plants = [["Title"], [None], *PLANTS, ["Late", "copper"]]
    data = book_bytes(plan_sheets(Plants=plants))
    reading = read_tables(data).tables["plants"]
    assert (reading.header_row, reading.row_numbers) == (3, [4, 5, 6, 7])
    assert places(read_bytes(data).issues) == ["Plants!B7"]


def test_that_a_missing_column_is_missed_in_the_header_row() -> None:
    actions = [["All measures"], [None], *(row[:-1] for row in ACTIONS)]
    (found,) = [issue for issue in read(Actions=actions).issues if issue.is_error]
    assert (found.place, found.code) == ("Actions!E3", "missing-column")
    assert "row 3" in found.remedy


@pytest.mark.parametrize("is_merged", [True, False])
def test_that_a_header_over_two_rows_is_read(is_merged: bool) -> None:
    plants = [
        ["Plants of China"],
        ["Plant", "Product", "Where", None, "Capacity (万吨/年)"],
        [None, None, "Group", "Province", "Built", "Operating"],
        *([*row[:4], row[4] / 10, row[5] / 10] for row in PLANTS[1:]),
    ]
    areas = ["A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2"] if is_merged else []
    assert plan_of({"Plants": areas}, Plants=plants) == BASE


def test_that_a_row_of_units_below_the_header_belongs_to_it() -> None:
    plants = [
        ["企业", "产品", "集团", "省份", "建成产能", "运行产能"],
        [None, None, None, None, "（万吨）", "千吨/年"],
        *([*row[:4], row[4] / 10, row[5]] for row in PLANTS[1:]),
    ]
    assert plan_of(Plants=plants) == BASE


@pytest.mark.parametrize(
    "title", ["单位：万吨", "2017年电解铝产能统计表（单位:万吨/年）", "Capacities in 万吨", "Unit: 10 kt"]
)
def test_that_a_unit_stated_above_the_table_holds_for_its_figures_and_is_told(title: str) -> None:
    plants = [["A list"], [None, None, title], _bare(PLANTS[0])]
    plants += [[*row[:4], row[4] / 10, row[5] / 10] for row in PLANTS[1:]]
    result = read(Plants=plants)
    assert result.plan == BASE, [str(issue) for issue in result.issues]
    (told,) = result.issues
    assert (told.code, told.place, told.is_error) == ("unit-above", "Plants!C2", False)
    assert "Built, Operating" in told.message


def _bare(header: list) -> list:
    return [title.partition(" (")[0] for title in header]


def test_that_a_unit_in_the_header_outweighs_one_above_the_table() -> None:
    assert plan_of(Plants=[["单位：万吨"], *PLANTS]) == BASE


def test_that_two_units_above_a_table_are_not_chosen_between() -> None:
    result = read(Plants=[["单位：万吨"], ["Unit: Mt"], [None], _bare(PLANTS[0]), *PLANTS[1:]])
    assert {(issue.code, issue.place) for issue in result.issues if issue.is_error} == {
        ("unit", "Plants!E4"),
        ("unit", "Plants!F4"),
    }


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (["Sector", "Consumption (kt)", "Growth (%)", None], [None, None, 2017, 2018]),
        (["Sector", "Consumption (kt)", "Growth", "Growth"], [None, None, "2017", "2018"]),
        (["消费领域", "消费量(千吨)", "增速(%)", None], [None, None, "2017年", "2018年"]),
    ],
)
def test_that_years_below_a_common_title_are_its_columns(upper: list, lower: list) -> None:
    assert plan_of({"Demand": ["A1:A2", "B1:B2"]}, Demand=[upper, lower, *DEMAND[1:]]) == BASE


def test_that_a_first_row_without_a_name_is_no_second_row_of_the_header() -> None:
    plants = [PLANTS[0], [None, "aluminium", "G1", "Shandong", 10, 10], *PLANTS[1:]]
    assert [(issue.code, issue.place) for issue in read(Plants=plants).issues] == [("blank-key", "Plants!A2")]


def test_that_a_header_repeated_further_down_is_no_header() -> None:
    reading = read_tables(book_bytes(plan_sheets(Plants=[*PLANTS, PLANTS[0], *PLANTS[1:]])))
    assert reading.tables["plants"].header_row == 1


def test_that_a_bare_year_is_not_taken_for_a_growth() -> None:
    demand = [["Sector", "Consumption (kt)", "Growth 2017 (%)", 2018], *DEMAND[1:]]
    (found,) = read(Demand=demand).issues
    assert (found.code, found.place, found.is_error) == ("unknown-header", "Demand!D1", False)
    assert "Growth 2018" in found.remedy


def test_that_a_merged_title_names_one_column_only() -> None:
    plants = [["Plant", "Built (kt/y)", None, "Note"], ["East", 1000, "checked", "n"], ["West", 800], ["North", 500]]
    plan = plan_of({"Plants": ["B1:C1"]}, Plants=plants)
    assert (plan.plants[0].built, plan.plants[0].note) == (1000, "n")
