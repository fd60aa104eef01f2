"""A workbook with thirty different faults: every one is reported in one go, with its place, the reason and a remedy."""

from datetime import date
from pathlib import Path

import pytest

from aluplanner.model.issues import Issue, PlanError
from aluplanner.workbook.read import read_bytes, read_plan, read_workbook
from tests.workbook.books import as_bytes, book, book_bytes, patched, plan_sheets

PLANTS = [
    [
        "Plant",
        "Product",
        "Group",
        "Province",
        "Built (kt/y)",
        "Operating (kt/y)",
        "First output (month)",
        "Winter region",
        "Pot size",
    ],
    ["East", "aluminium", "G1", "Shandong", 1000, 900, None, "yes", None],
    ["West", "copper", "G2", "Xinjiang", "plenty", 800, None, None, None],
    ["North", None, "G2", "Henan", 500, 700, None, "perhaps", None],
    [None, None, "G3", "Henan", 100, 50, None, None, None],
    ["east ", None, "G1", "Shandong", 5, 0, date(2001, 1, 1), None, -5],
    ["South", None, "G4", "Yunnan", True, date(2017, 5, 1), 42887, None, "5 boxes"],
]
ACTIONS = [
    [
        "Action",
        "Kind",
        "Target",
        "Announced (kt/y)",
        "Share (%)",
        "Start (month)",
        "End (month)",
        "Implementation (%)",
        "Credit",
    ],
    ["Close East", "close capacity", "East", 100, None, date(2017, 6, 1), date(2018, 3, 1), 60, None],
    ["Cut West", "curtail", "West", 50, None, "soon", None, 0.5, None],
    ["Cut nobody", "curtail output", "Atlantis", 50, 0.3, date(2017, 7, 1), date(2017, 1, 1), None, "No such action"],
    ["No start", "halt construction", "All", None, None, None, None, "half", None],
]
DEMAND = [
    ["Sector", "Consumption (t/d)", "Growth 2017 (%)", "Growth 2017 (%)", "Source"],
    ["Construction", 1200, "5 percent", None, "#"],
]
ASSUMPTIONS = [
    ["Assumption", "Value"],
    ["load_faktor", 1.02],
    ["visible_share", 90],
    ["known_until", "yesterday"],
]
OVERRIDES = [
    ["Scenario", "Table", "Row", "Column", "Value"],
    ["Strong", "actions", "Close East", "implementation", "lots"],
    ["Nobody", "plants", "East", "built", 900],
    ["Strong", "plants", "Eest", "built", 900],
]
CLAIMS = [["Claim", "Measure", "Relation", "Value"], ["Balanced", "balance 2017H9 sum", "=", 0]]

EXPECTED = {
    "Plants!B3": ("copper", "aluminium"),
    "Plants!E3": ("plenty", "1234.5"),
    "Plants!F4": ("more than built", "500"),
    "Plants!H4": ("perhaps", "yes or no"),
    "Plants!A5": ("empty", "Fill it in"),
    "Plants!A6": ("twice", "another name"),
    "Plants!I6": ("-5", "0 or more"),
    "Plants!G6": ("before the first month", "built"),
    "Plants!C7": ("#N/A", "Correct"),
    "Plants!D7": ("never calculated", "Recalculate"),
    "Plants!E7": ("TRUE", "1234.5"),
    "Plants!F7": ("2017-05-01", "number"),
    "Plants!G7": ("42887", "2017-06"),
    "Plants!I7": ("5 boxes", "kt/y"),
    "Actions!G2": ("permanent", "Leave End"),
    "Actions!H2": ("6,000%", "60 %"),
    "Actions!B3": ("curtail", "curtail output"),
    "Actions!F3": ("soon", "2017-06"),
    "Actions!C4": ("Atlantis", "Plants"),
    "Actions!E4": ("twice", "one of"),
    "Actions!G4": ("before the start", "after"),
    "Actions!I4": ("No such action", "closures"),
    "Actions!D5": ("no size", "exactly one"),
    "Actions!F5": ("empty", "Fill it in"),
    "Actions!H5": ("half", "30%"),
    "Demand!B1": ("t/d", "Consumption (kt)"),
    "Demand!D1": ("twice", "Rename"),
    "Demand!C2": ("5 percent", "%"),
    "Assumptions!A2": ("load_faktor", "load_factor"),
    "Assumptions!B3": ("9,000.0%", "90 %"),
    "Assumptions!B4": ("yesterday", "2017-06"),
    "Overrides!E2": ("lots", "30%"),
    "Overrides!A3": ("Nobody", "Scenarios"),
    "Overrides!C4": ("Eest", "row"),
    "Claims!B2": ("2017H9", "2017H2"),
}


def faulty_workbook() -> bytes:
    made = book(
        plan_sheets(
            Plants=PLANTS,
            Actions=ACTIONS,
            Demand=DEMAND,
            Assumptions=ASSUMPTIONS,
            Scenarios=[["Scenario"], ["Strong"]],
            Overrides=OVERRIDES,
            Claims=CLAIMS,
        )
    )
    made["Plants"]["C7"] = "#N/A"
    made["Plants"]["D7"] = '="Yun"&"nan"'
    return as_bytes(made)


def errors_at(issues: tuple[Issue, ...], place: str) -> list[Issue]:
    return [issue for issue in issues if issue.place == place and issue.is_error]


@pytest.fixture(scope="module")
def issues() -> tuple[Issue, ...]:
    return read_bytes(faulty_workbook()).issues


@pytest.mark.parametrize("place", EXPECTED)
def test_that_every_fault_is_reported_with_place_reason_and_remedy(issues: tuple[Issue, ...], place: str) -> None:
    reason, remedy = EXPECTED[place]
    found = errors_at(issues, place)
    assert len(found) == 1, [str(issue) for issue in issues]
    assert reason in found[0].message
    assert remedy in found[0].remedy


def test_that_nothing_else_is_reported(issues: tuple[Issue, ...]) -> None:
    assert [str(issue) for issue in issues if issue.is_error and issue.place not in EXPECTED] == []
    assert len(EXPECTED) >= 30


def test_that_issues_come_sheet_by_sheet_and_row_by_row(issues: tuple[Issue, ...]) -> None:
    sheets = [issue.place.partition("!")[0] for issue in issues]
    assert sheets == sorted(sheets, key=["Plants", "Actions", "Demand", "Assumptions", "Overrides", "Claims"].index)
    rows = [int(issue.place.partition("!")[2][1:]) for issue in issues if issue.place.startswith("Plants!")]
    assert rows == sorted(rows)


def test_that_a_plan_with_faults_is_not_opened_by_halves(tmp_path: Path) -> None:
    path = tmp_path / "faulty.xlsx"
    path.write_bytes(faulty_workbook())
    assert read_workbook(path).plan is None
    with pytest.raises(PlanError) as caught:
        read_plan(path)
    assert {issue.place for issue in caught.value.issues} >= set(EXPECTED)


@pytest.mark.parametrize("sheet", ["Plants", "Actions", "Demand"])
def test_that_a_missing_sheet_is_one_fault_and_not_a_hundred(sheet: str) -> None:
    sheets = plan_sheets()
    del sheets[sheet]
    found = [issue for issue in read_bytes(book_bytes(sheets)).issues if issue.is_error]
    assert [(issue.place, issue.code) for issue in found] == [(sheet, "missing-sheet")]


def test_that_a_missing_key_column_is_one_fault() -> None:
    nameless = [row[1:] for row in plan_sheets()["Plants"]]
    found = [issue for issue in read_bytes(book_bytes(plan_sheets(Plants=nameless))).issues if issue.is_error]
    assert [(issue.place, issue.code) for issue in found] == [("Plants!F1", "missing-column")]


def test_that_a_missing_required_column_is_one_fault() -> None:
    without_start = [row[:-1] for row in plan_sheets()["Actions"]]
    found = [issue for issue in read_bytes(book_bytes(plan_sheets(Actions=without_start))).issues if issue.is_error]
    assert [(issue.place, issue.code) for issue in found] == [("Actions!E1", "missing-column")]


def test_that_two_sheets_of_one_table_are_a_fault() -> None:
    (found,) = read_bytes(book_bytes(plan_sheets(企业=plan_sheets()["Plants"]))).issues
    assert (found.place, found.code) == ("企业!A1", "duplicate-sheet")


@pytest.mark.parametrize("title", ["Growth 2107 (%)", "0017年增速", "growth 9999"])
def test_that_a_year_no_plan_covers_is_a_fault(title: str) -> None:
    demand = [["Sector", "Consumption (kt)", "Growth 2017", title], ["Construction", 1200, 0.05, 0.04]]
    (found,) = read_bytes(book_bytes(plan_sheets(Demand=demand))).issues
    assert (found.place, found.code) == ("Demand!D1", "year")


def test_that_a_misspelt_header_is_pointed_out_and_kept() -> None:
    plants = [list(row) for row in plan_sheets()["Plants"]]
    plants[0][5] = "Opperating (kt/y)"
    result = read_bytes(book_bytes(plan_sheets(Plants=plants)))
    (found,) = result.issues
    assert (found.place, found.is_error) == ("Plants!F1", False)
    assert "Operating (kt/y)" in found.remedy
    assert result.plan is not None


def test_that_a_row_the_plan_sheet_does_not_know_is_pointed_out() -> None:
    rows = [["Field", "Value"], ["Reviewed by", "Li"], ["Titel", "x"]]
    found = {issue.place: issue for issue in read_bytes(book_bytes(plan_sheets(Plan=rows))).issues}
    assert not found["Plan!A2"].is_error
    assert found["Plan!A3"].is_error
    assert "Title" in found["Plan!A3"].remedy


def test_that_blank_rows_do_not_shift_the_places() -> None:
    plants = [*plan_sheets()["Plants"], [None], [" ", None, "", "  "], ["Late", "copper"]]
    (found,) = read_bytes(book_bytes(plan_sheets(Plants=plants))).issues
    assert found.place == "Plants!B7"


@pytest.mark.parametrize("number", ["1e999", "NaN", "-INF", "12abc"])
def test_that_a_number_that_is_none_is_refused(number: str) -> None:
    data = patched(
        book_bytes(plan_sheets()),
        r"worksheets/sheet1\.xml",
        lambda text: text.replace("<v>1000</v>", f"<v>{number}</v>"),
    )
    (found,) = read_bytes(data).issues
    assert (found.place, found.code) == ("Plants!E2", "unreadable")


def test_that_a_horizon_nobody_states_is_placed_in_the_plan_sheet() -> None:
    no_growth = [["Sector", "Consumption (kt)"], ["Construction", 1200]]
    (found,) = read_bytes(book_bytes(plan_sheets(Demand=no_growth))).issues
    assert (found.code, found.place) == ("horizon", "Plan")
