"""Workbooks that are no plans: which sheet is what, and its rows converted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from aluplanner.model.calendar import Month
from aluplanner.model.schema import Value
from aluplanner.workbook.container import Container
from aluplanner.workbook.importing import Converted, ConvertedTable, Proposal, SheetMapping, convert, propose
from aluplanner.workbook.importing.leftovers import Leftover, is_note
from aluplanner.workbook.importing.mapping import Layout
from aluplanner.workbook.importing.proposing import choosable_columns, propose_at, propose_for, propose_laid_out
from tests.workbook.books import EXAMPLE, book_bytes
from tests.workbook.foreign_books import BALANCE, ENGLISH, foreign_bytes


@pytest.fixture(scope="module")
def foreign() -> Proposal:
    return propose(Container(foreign_bytes()))


def proposal_of(**sheets: Sequence[Sequence[Any]]) -> Proposal:
    return propose(Container(book_bytes(sheets)))


def mapping_of(proposal: Proposal, name: str) -> SheetMapping:
    return next(mapping for mapping in proposal.mappings if mapping.sheet == name)


def converted(proposal: Proposal) -> Converted:
    return convert([sheet.page for sheet in proposal.sheets], proposal.mappings)


def table_of(proposal: Proposal, name: str) -> ConvertedTable:
    return next(table for table in converted(proposal).tables if table.mapping.sheet == name)


def only(rows: Sequence[Sequence[Any]], name: str = "Data") -> ConvertedTable:
    return table_of(proposal_of(**{name: rows}), name)


def values(table: ConvertedTable) -> list[Mapping[str, Value]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, [cell.value for cell in row.cells], strict=True)) for row in table.rows]


def units(mapping: SheetMapping) -> dict[str, str]:
    return {choice.column: choice.unit for choice in mapping.columns if choice.column and choice.unit}


# A Chinese list of smelters: titles above, merged headers, 万吨, totals


def test_that_a_chinese_list_of_smelters_is_recognised(foreign: Proposal) -> None:
    mapping = mapping_of(foreign, "电解铝企业")
    assert (mapping.table, mapping.first_row, mapping.header_row) == ("plants", 3, 4)
    assert {choice.number: choice.column for choice in mapping.columns if choice.column} == {
        2: "province",
        3: "plant",
        4: "group",
        5: "built",
        6: "operating",
        7: "under_construction",
        9: "first_output",
    }


def test_that_a_unit_stated_above_the_header_holds_for_every_capacity(foreign: Proposal) -> None:
    expected = dict.fromkeys(("built", "operating", "under_construction"), "万吨/年")
    assert units(mapping_of(foreign, "电解铝企业")) == expected


def test_that_figures_in_ten_thousand_tonnes_come_in_as_kilotonnes(foreign: Proposal) -> None:
    first, second, *_ = values(table_of(foreign, "电解铝企业"))
    assert (first["plant"], first["built"], first["operating"]) == ("魏桥铝电", 6465.0, 5982.0)
    assert (second["built"], second["operating"]) == (1700.0, 1680.0)


def test_that_a_name_merged_over_several_rows_stands_in_each(foreign: Proposal) -> None:
    provinces = [row["province"] for row in values(table_of(foreign, "电解铝企业"))]
    assert provinces == ["山东", "山东", "新疆", "新疆", "新疆"]


def test_that_months_are_read_as_dates_and_as_text(foreign: Proposal) -> None:
    months = [row["first_output"] for row in values(table_of(foreign, "电解铝企业"))]
    assert months == [None, None, Month.of(2018, 3), Month.of(2017, 9), None]


def test_that_totals_and_footnotes_are_left_out_and_named(foreign: Proposal) -> None:
    table = table_of(foreign, "电解铝企业")
    assert table.left_out == {7: Leftover.TOTAL, 11: Leftover.TOTAL}
    assert [row.number for row in table.rows] == [5, 6, 8, 9, 10]


def test_that_totals_come_in_if_the_planner_says_so(foreign: Proposal) -> None:
    mapping = replace(mapping_of(foreign, "电解铝企业"), leaves_out_totals=False)
    (table,) = convert([sheet.page for sheet in foreign.sheets], [mapping]).tables
    assert [row.number for row in table.rows] == [5, 6, 7, 8, 9, 10, 11]


def test_that_a_cell_that_cannot_be_read_keeps_its_text_and_says_why(foreign: Proposal) -> None:
    (issue,) = table_of(foreign, "电解铝企业").issues
    assert issue.place == "电解铝企业!F9"
    assert issue.is_error
    assert (issue.table, issue.row, issue.column) == ("plants", "新疆信发", "operating")
    assert "“约185” is not a number." in issue.message
    assert issue.remedy
    bad = [cell for row in table_of(foreign, "电解铝企业").rows for cell in row.cells if cell.problem]
    assert [(cell.text, cell.value) for cell in bad] == [("约185", None)]


# Months from left to right


def test_that_months_laid_out_across_are_recognised(foreign: Proposal) -> None:
    mapping = mapping_of(foreign, "平衡表")
    assert (mapping.table, mapping.is_turned) == ("monthly", True)
    assert units(mapping) == {
        "actual_production": "万吨",
        "net_imports": "万吨",
        "actual_stock": "t",
        "actual_price": "RMB/t",
    }


def test_that_each_month_across_becomes_a_row(foreign: Proposal) -> None:
    rows = values(table_of(foreign, "平衡表"))
    assert [row["month"] for row in rows] == [Month.of(2017, month) for month in range(1, 5)]
    assert [row["actual_production"] for row in rows] == [2948.0, 2653.0, 2710.0, 2739.0]
    assert rows[1]["net_imports"] == -1.2
    assert [row["actual_stock"] for row in rows] == [550.0, 980.0, 1160.0, 1190.0]


def test_that_the_places_of_a_turned_sheet_are_those_of_the_sheet() -> None:
    rows = [list(row) for row in BALANCE]
    rows[2][4] = "unclear"
    (issue,) = only(rows, "平衡表").issues
    assert issue.place == "平衡表!E3"


def test_that_months_as_text_across_are_read_too() -> None:
    table = only([["Item", "2017-01", "2017-02", "2017年3月"], ["Production (kt)", 2700, 2500, 2800]])
    assert [(row["month"], row["actual_production"]) for row in values(table)] == [
        (Month.of(2017, 1), 2700.0),
        (Month.of(2017, 2), 2500.0),
        (Month.of(2017, 3), 2800.0),
    ]


def test_that_months_downwards_may_be_numbers() -> None:
    table = only([["月份", "产量(万吨)", "社会库存(吨)"], [201701, 270, 500_000], [201702, 250, 600_000]])
    assert table.table.name == "monthly"
    assert [(row["month"], row["actual_stock"]) for row in values(table)] == [
        (Month.of(2017, 1), 500.0),
        (Month.of(2017, 2), 600.0),
    ]


def test_that_tonnes_a_month_are_tonnes_in_a_table_by_month() -> None:
    table = only([["Month", "Output (kt/month)", "Net imports (t)"], [datetime(2017, 1, 1), 2700, 500]])
    assert [(row["actual_production"], row["net_imports"]) for row in values(table)] == [(2700.0, 0.5)]


# An English list


def test_that_an_english_list_in_million_tonnes_is_converted(foreign: Proposal) -> None:
    mapping = mapping_of(foreign, "Ex-China")
    assert units(mapping) == {"built": "Mt/y", "operating": "kt/y"}
    rows = values(table_of(foreign, "Ex-China"))
    assert [(row["plant"], row["built"], row["operating"]) for row in rows[:3]] == [
        ("Alba", 1050.0, 1010.0),
        ("EGA Jebel Ali", 1150.0, 1140.0),
        ("Boyne", None, 500.0),
    ]


def test_that_a_unit_in_the_cell_counts_and_not_that_of_the_header(foreign: Proposal) -> None:
    mozal = next(row for row in values(table_of(foreign, "Ex-China")) if row["plant"] == "Mozal")
    assert mozal["built"] == 580.0


def test_that_a_name_that_stands_twice_gets_a_number_and_a_warning(foreign: Proposal) -> None:
    table = table_of(foreign, "Ex-China")
    assert [row["plant"] for row in values(table)] == ["Alba", "EGA Jebel Ali", "Boyne", "Mozal", "Boyne (2)"]
    (issue,) = table.issues
    assert not issue.is_error
    assert issue.place == "Ex-China!A8"


# What is no table, or hidden


def test_that_other_sheets_are_left_out(foreign: Proposal) -> None:
    assert mapping_of(foreign, "Agenda").table == ""
    assert [table.mapping.sheet for table in converted(foreign).tables] == ["电解铝企业", "平衡表", "Ex-China"]


def test_that_hidden_sheets_are_listed_and_left_out_until_chosen(foreign: Proposal) -> None:
    hidden = next(sheet for sheet in foreign.sheets if sheet.page.name == "Old list")
    assert hidden.page.is_hidden
    assert hidden.mapping.table == ""
    chosen = propose_for(hidden.page, "plants", hidden.mapping)
    assert {choice.column for choice in chosen.columns if choice.column} >= {"plant", "built", "operating"}


def test_that_an_empty_sheet_holds_nothing() -> None:
    assert proposal_of(Empty=[]).mappings == (SheetMapping("Empty"),)


def test_that_a_workbook_of_ours_is_recognised_by_the_names_of_its_sheets() -> None:
    proposal = propose(Container(EXAMPLE.read_bytes()))
    tables = {mapping.sheet.lower(): mapping.table for mapping in proposal.mappings if mapping.table}
    assert tables.keys() >= {"plants", "actions", "demand", "monthly", "assumptions", "overrides", "claims"}
    assert all(sheet.replace(" ", "_") == table for sheet, table in tables.items())
    assert not converted(proposal).issues


# Units and doubts


def test_that_a_unit_that_nobody_states_is_asked_for() -> None:
    mapping = proposal_of(Data=[["Smelter", "Capacity"], ["A", 100], ["B", 200]]).mappings[0]
    choice = mapping.taken["built"]
    assert (choice.unit, choice.is_stated) == ("kt/y", False)


def test_that_a_column_in_a_unit_that_cannot_be_reckoned_is_left_out() -> None:
    mapping = proposal_of(Data=[["Smelter", "Capacity (kt)", "Cost (USD/t)"], ["A", 100, 1500], ["B", 9, 1]]).mappings[
        0
    ]
    assert set(mapping.taken) == {"plant", "built"}


@pytest.mark.parametrize(
    ("header", "figure", "expected"),
    [
        ("产能(万吨)", 60, 600.0),
        ("产能（万吨/年）", 60.5, 605.0),
        ("产能 万吨", 60, 600.0),
        ("Capacity, Mt/y", 0.6, 600.0),
        ("Capacity (t/d)", 1000, 365.0),
        ("Capacity (t)", 600_000, 600.0),
        ("2017年底建成产能(千吨)", 600, 600.0),
        ("Installed capacity (ktpa)", 600, 600.0),
    ],
)
def test_that_headers_state_units_in_many_ways(header: str, figure: float, expected: float) -> None:
    table = only([["Smelter", header, "Province"], ["A", figure, "Henan"], ["B", figure, "Hunan"]])
    assert [row["built"] for row in values(table)] == [expected, expected]


def test_that_a_row_of_units_below_the_titles_belongs_to_the_header() -> None:
    rows = [["企业", "建成产能", "现金成本"], [None, "万吨", "元/吨"], ["A", 60, 12000], ["B", 50, 13000]]
    table = only(rows)
    assert table.mapping.header_row == 2
    assert [(row["built"], row["cash_cost"]) for row in values(table)] == [(600.0, 12000.0), (500.0, 13000.0)]


@pytest.mark.parametrize(("figures", "expected"), [((30, 5.5), [0.3, 0.055]), ((0.3, 0.055), [0.3, 0.055])])
def test_that_shares_are_read_as_they_are_written(figures: tuple[float, float], expected: list[float]) -> None:
    rows = [["Sector", "Consumption (kt)", "2017年增速(%)"], *(["S" + str(f), 100, f] for f in figures)]
    table = only(rows)
    assert [row["growth 2017"] for row in values(table)] == expected


def test_that_idle_capacity_and_utilisation_are_not_taken_for_capacity() -> None:
    mapping = proposal_of(
        Data=[["Company", "Idle capacity", "利用率", "Operating (kt/y)"], ["A", 1, 2, 3], ["B", 1, 2, 3]]
    )
    assert set(mapping.mappings[0].taken) == {"plant", "operating"}


def test_that_of_two_years_the_later_one_is_proposed() -> None:
    mapping = proposal_of(Data=[["企业", "2016年产能(万吨)", "2017年产能(万吨)"], ["A", 1, 2], ["B", 3, 4]]).mappings[0]
    assert mapping.taken["built"].number == 3


def test_that_a_sheet_of_refineries_says_what_they_make() -> None:
    table = only([["企业", "建成产能(万吨)"], ["A", 10], ["B", 20]], "氧化铝企业")
    assert [row["product"] for row in values(table)] == ["alumina", "alumina"]


# Choosing


def test_that_the_planner_can_choose_another_column(foreign: Proposal) -> None:
    mapping = mapping_of(foreign, "Ex-China")
    changed = mapping.with_choice(5, column="built", unit="kt/y")
    assert changed.taken["built"].number == 5
    assert changed.columns[2].column == ""


def test_that_the_planner_can_say_where_the_header_is() -> None:
    page = proposal_of(Data=[["Smelter", "Capacity (kt)"], ["Plant", "Operating (Mt)"], ["A", 1]]).sheets[0].page
    mapping = propose_at(page, replace(SheetMapping("Data", "plants"), first_row=2, header_row=2))
    assert set(mapping.taken) == {"plant", "operating"}
    assert mapping.taken["operating"].unit == "Mt/y"


def test_that_the_planner_can_turn_a_sheet_and_turn_it_back(foreign: Proposal) -> None:
    sheet = next(sheet for sheet in foreign.sheets if sheet.page.name == "平衡表")
    upright = propose_laid_out(sheet.page, sheet.mapping, Layout.DOWN)
    assert not upright.is_turned
    again = propose_laid_out(sheet.page, upright, Layout.ACROSS)
    assert again == sheet.mapping


def test_that_the_same_text_can_stand_in_every_row(foreign: Proposal) -> None:
    mapping = mapping_of(foreign, "Ex-China").with_constant("winter_region", "no").with_constant("source", "A survey")
    (table,) = convert([sheet.page for sheet in foreign.sheets], [mapping]).tables
    assert {(row["winter_region"], row["source"]) for row in values(table)} == {(False, "A survey")}
    assert mapping.with_constant("source", "").constants == (("winter_region", "no"),)


def test_that_growth_can_be_of_any_year_that_a_header_names() -> None:
    rows = [["Sector", "Consumption (kt)", "Growth 2031 (%)"], ["A", 10, 0.1], ["B", 20, 0.2]]
    sheet = proposal_of(Data=rows).sheets[0]
    assert "growth 2031" in [column.name for column in choosable_columns(sheet.mapping, sheet.page)]


# Remembering


def test_that_a_mapping_comes_back_from_what_is_remembered(foreign: Proposal) -> None:
    for mapping in foreign.mappings:
        assert SheetMapping.from_json(mapping.as_json()) == mapping


@pytest.mark.parametrize(
    ("field", "damaged"),
    [("table", "smelters"), ("columns", [[1, "nothing", "", True]]), ("columns", [[1, "built", "barrels", True]])],
)
def test_that_a_mapping_of_what_is_no_more_is_refused(foreign: Proposal, field: str, damaged: object) -> None:
    kept = mapping_of(foreign, "Ex-China").as_json() | {field: damaged}
    with pytest.raises((ValueError, KeyError)):
        SheetMapping.from_json(kept)


def test_that_the_layout_and_not_the_figures_make_the_signature(foreign: Proposal) -> None:
    first = proposal_of(**{"Ex-China": ENGLISH})
    other = [list(row) for row in ENGLISH]
    other[3][2] = 99
    assert proposal_of(**{"Ex-China": other}).signature == first.signature
    other[2][2] = "Capacity (kt/y)"
    assert proposal_of(**{"Ex-China": other}).signature != first.signature


# Rows that are no records


@pytest.mark.parametrize("name", ["合计", "总计", "全国", "Grand total", "Total", "Henan total"])
def test_that_sums_are_known_by_their_names_and_figures(name: str) -> None:
    table = only([["企业", "建成产能(万吨)", "运行产能(万吨)"], ["A", 10, 9], ["B", 20, 18], [name, 30, 27]])
    assert table.left_out == {4: Leftover.TOTAL}


@pytest.mark.parametrize("name", ["Total Metal", "Henan total"])
def test_that_a_plant_may_be_called_nearly_so(name: str) -> None:
    table = only([["企业", "建成产能(万吨)", "运行产能(万吨)"], ["A", 10, 9], ["B", 20, 18], [name, 44, 17]])
    assert [row["plant"] for row in values(table)] == ["A", "B", name]


def test_that_footnotes_are_known_by_their_beginning() -> None:
    assert is_note("注：数据截至6月")
    assert is_note("Source: SMM")
    assert not is_note("Notre Dame smelter")


def test_that_headings_and_repeated_headers_are_left_out() -> None:
    titles = ["企业", "建成产能(万吨)", "运行产能(万吨)"]
    rows = [titles, ["一、山东"], ["A", 10, 9], titles, ["B", 20, 18], ["注：草稿"]]
    table = only(rows)
    assert table.left_out == {2: Leftover.HEADING, 4: Leftover.HEADER, 6: Leftover.NOTE}
    assert [row["plant"] for row in values(table)] == ["A", "B"]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#NAME?"])
def test_that_an_error_value_keeps_its_own_text_and_says_why(error: str) -> None:
    table = only([["Smelter", "Province", "Capacity (kt)"], ["A", "Henan", 10], ["B", error, error]])
    assert [issue.place for issue in table.issues] == ["Data!B3", "Data!C3"]
    bad = table.rows[1].cells[1:]
    assert [(cell.value, cell.text, cell.is_error) for cell in bad] == [(None, error, True)] * 2
    assert all(error in cell.problem for cell in bad)


def test_that_a_formula_that_was_never_calculated_shows_nothing() -> None:
    table = only([["Smelter", "Capacity (kt)"], ["A", 10], ["B", "=1+1"]])
    cell = table.rows[1].cells[1]
    assert (cell.value, cell.text, cell.is_error) == (None, "", True)
    assert "never calculated" in cell.problem
