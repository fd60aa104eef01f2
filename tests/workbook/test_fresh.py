import io
from datetime import datetime

import pytest
from openpyxl import Workbook, load_workbook

from aluplanner.model.plan import TABLES, Plan
from aluplanner.workbook.fresh import skeleton
from aluplanner.workbook.package import Package
from aluplanner.workbook.read import read_plan
from tests.workbook.books import EXAMPLE


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(EXAMPLE)


@pytest.fixture(scope="module")
def book(plan: Plan) -> Workbook:
    return load_workbook(io.BytesIO(skeleton(plan)))


def test_that_every_table_has_a_sheet_with_its_headers_and_no_rows(plan: Plan, book: Workbook) -> None:
    assert book.sheetnames == [table.title for table in TABLES.values()]
    for name, table in TABLES.items():
        assert [cell.value for cell in book[table.title][1]] == [column.header for column in plan.columns(name)]
        assert book[table.title].max_row == 1


def test_that_the_same_plan_gives_the_same_bytes(plan: Plan) -> None:
    assert skeleton(plan) == skeleton(plan)
    core = Package(skeleton(plan))["docProps/core.xml"].decode()
    assert "2000-01-01T00:00:00Z" in core


def test_that_columns_show_months_percent_and_thousands(book: Workbook) -> None:
    actions, plants = book["Actions"], book["Plants"]
    assert actions.column_dimensions["M"].number_format == "yyyy-mm"
    assert actions.column_dimensions["I"].number_format == "0%"
    assert plants.column_dimensions["E"].number_format == "#,##0"
    assert book["Demand"].column_dimensions["C"].number_format == "0.0%"


def test_that_headers_say_meaning_and_unit(book: Workbook) -> None:
    note = book["Plants"]["E1"].comment.text
    assert note.startswith("Nameplate of the pots that exist")
    assert "Unit: kt/y." in note
    assert "Bounds:" in note


def test_that_header_and_key_stay_in_sight(book: Workbook) -> None:
    assert {sheet.freeze_panes for sheet in book.worksheets} == {"B2"}


def test_that_filters_reach_as_far_as_the_rows(plan: Plan, book: Workbook) -> None:
    assert book["Plants"].auto_filter.ref == f"A1:O{len(plan.plants) + 1}"
    names = [sheet.defined_names.get("_xlnm._FilterDatabase") for sheet in book.worksheets]
    assert all(sheet.auto_filter.ref for sheet in book.worksheets), names


def test_that_rules_reach_some_rows_further(plan: Plan, book: Workbook) -> None:
    ranges = {str(rule.sqref) for rule in book["Plants"].data_validations.dataValidation}
    assert f"E2:E{len(plan.plants) + 501}" in ranges


def test_that_a_choice_is_insisted_on_and_a_bound_warned_of(book: Workbook) -> None:
    rules = {str(rule.sqref)[0]: rule for rule in book["Plants"].data_validations.dataValidation}
    assert (rules["B"].type, rules["B"].formula1) == ("list", '"aluminium,alumina"')
    assert rules["B"].errorStyle in (None, "stop")
    assert (rules["E"].type, rules["E"].errorStyle, rules["E"].errorTitle) == ("decimal", "warning", "Built")


def test_that_pages_are_landscape_fit_the_width_and_repeat_header_and_key(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToWidth == (2 if sheet.title == "Actions" else None), sheet.title
        assert sheet.page_setup.fitToHeight == 0
        assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$A")


def test_that_input_sheets_are_told_apart_by_their_tabs(book: Workbook) -> None:
    assert {sheet.sheet_properties.tabColor.rgb for sheet in book.worksheets} == {"FF0B5FA5"}
    assert {sheet["A1"].fill.fgColor.rgb for sheet in book.worksheets} == {"FF0B5FA5"}


def test_that_the_workbook_opens_at_the_plants_and_asks_nothing_on_closing(plan: Plan, book: Workbook) -> None:
    assert book.active.title == "Plants"
    assert b"fullCalcOnLoad" not in Package(skeleton(plan))["xl/workbook.xml"]
    assert book.properties.created == datetime(2000, 1, 1)
