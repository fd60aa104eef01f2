"""Which sheets are read: by name, by a name with a number, hidden or not; and merged cells within their rows."""

import pytest

from aluplanner.workbook.read import read_bytes
from aluplanner.workbook.tables import read_tables
from tests.workbook.books import PLANTS, as_bytes, book, book_bytes, plan_sheets

BASE = read_bytes(book_bytes(plan_sheets())).plan
ANOTHER = [["Plant", "Built (kt/y)"], ["Other", 5]]


@pytest.mark.parametrize("name", ["PLANTS", " plants ", "Plants", "企业", "Ｐｌａｎｔｓ", "plan ts"])
def test_that_case_blanks_and_width_of_a_sheets_name_do_not_matter(name: str) -> None:
    sheets = plan_sheets()
    assert read_bytes(book_bytes({name: sheets.pop("Plants"), **sheets})).issues == ()


@pytest.mark.parametrize(
    "name", ["Plants 2017", "Plants (2)", "企业2017年", "Plants_2017-05", "2017 Plants", "1. Plants"]
)
def test_that_a_sheet_with_a_number_is_read_where_there_is_none_without(name: str) -> None:
    sheets = plan_sheets()
    result = read_bytes(book_bytes({name: sheets.pop("Plants"), **sheets}))
    assert result.plan == BASE
    assert [(issue.code, issue.place, issue.is_error) for issue in result.issues] == [
        ("sheet-name", f"{name}!A1", False)
    ]


def test_that_a_copy_of_a_sheet_is_left_alone_beside_the_sheet_itself() -> None:
    result = read_bytes(book_bytes({"Plants (2)": ANOTHER, **plan_sheets()}))
    assert (result.plan, result.issues) == (BASE, ())


def test_that_nothing_is_chosen_between_two_sheets_with_numbers() -> None:
    sheets = plan_sheets()
    result = read_bytes(book_bytes({"Plants 2016": ANOTHER, "Plants 2017": sheets.pop("Plants"), **sheets}))
    (found,) = [issue for issue in result.issues if issue.is_error]
    assert (found.code, found.place) == ("several-sheets", "Plants 2016!A1")
    assert "Plants 2017" in found.message


def test_that_a_sheet_with_a_number_and_other_contents_is_the_planners_own() -> None:
    result = read_bytes(book_bytes({"Monthly 2016": [["Figures of 2016"], ["Month", "t"]], **plan_sheets()}))
    assert (result.plan, result.issues) == (BASE, ())


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_that_a_hidden_sheet_counts_and_is_told(state: str) -> None:
    made = book({**plan_sheets(), "Scratch": [["x"]]})
    made["Plants"].sheet_state = state
    made["Scratch"].sheet_state = state
    result = read_bytes(as_bytes(made))
    assert result.plan == BASE
    assert result.hidden == ("Plants", "Scratch")
    assert [(issue.code, issue.place, issue.is_error) for issue in result.issues] == [
        ("hidden-sheet", "Plants!A1", False)
    ]


def test_that_a_merged_text_is_that_of_all_its_rows() -> None:
    plants = [list(row) for row in PLANTS]
    plants[2][2], plants[3][2] = "G2", None
    made = book(plan_sheets(Plants=plants))
    made["Plants"].merge_cells("C3:C4")
    data = as_bytes(made)
    result = read_bytes(data)
    assert (result.plan, result.issues) == (BASE, ())
    assert read_tables(data).tables["plants"].filled == {(4, 3)}


def test_that_merged_tonnes_count_once_and_are_told() -> None:
    plants = [list(row) for row in PLANTS]
    plants[3][4] = plants[3][5] = None
    made = book(plan_sheets(Plants=plants))
    made["Plants"].merge_cells("E3:E4")
    result = read_bytes(as_bytes(made))
    assert result.plan is not None
    assert [plant.built for plant in result.plan.plants] == [1000, 800, None]
    assert [(issue.code, issue.place) for issue in result.issues] == [("merged", "Plants!E3")]


def test_that_a_merged_row_without_anything_else_is_no_plant() -> None:
    made = book(plan_sheets(Plants=[*PLANTS, [None], [None]]))
    made["Plants"]["H5"] = made["Plants"]["H6"] = "remark"
    made["Plants"].merge_cells("C4:C6")
    assert read_bytes(as_bytes(made)).plan == BASE
