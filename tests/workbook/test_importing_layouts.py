"""Figures by month as planners lay them out: years by months, headers in two rows, a column for the year."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pytest
from openpyxl import Workbook

from aluplanner.model.calendar import Month
from aluplanner.model.schema import Value
from aluplanner.workbook.container import Container
from aluplanner.workbook.importing import ConvertedTable, SheetMapping, convert, propose
from aluplanner.workbook.importing.mapping import Layout
from aluplanner.workbook.importing.months import month_of_year, year_of
from aluplanner.workbook.importing.proposing import propose_for, propose_laid_out
from aluplanner.workbook.sheet import Fault
from tests.workbook.books import as_bytes, book_bytes

MONTHS = [f"{month}月" for month in range(1, 13)]
ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"]
FIGURES = [float(200 + month) for month in range(1, 13)]

Rows = Sequence[Sequence[Any]]


def taken(rows: Rows, name: str = "Data", merged: Sequence[str] = ()) -> tuple[SheetMapping, ConvertedTable]:
    """Return what is proposed for a sheet, and what that brings."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for area in merged:
        sheet.merge_cells(area)
    (found,) = propose(Container(as_bytes(made))).sheets
    (table,) = convert([found.page], [found.mapping]).tables
    return found.mapping, table


def values(table: ConvertedTable) -> list[Mapping[str, Value]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, [cell.value for cell in row.cells], strict=True)) for row in table.rows]


def by_month(table: ConvertedTable, name: str) -> dict[str, Value]:
    return {str(row["month"]): row[name] for row in values(table)}


# Years by months

PRODUCTION = [
    ["2015-2017年中国电解铝产量"],
    ["单位：万吨"],
    ["年份", *MONTHS, "全年"],
    [2015, *FIGURES, sum(FIGURES)],
    ["2016年", *(figure + 20 for figure in FIGURES), None],
    [2017, 294.8, 265.3, 271, "-"],
    ["同比", *[0.01] * 12],
    ["注：数据来自统计局"],
]


def test_that_years_down_and_months_across_become_a_row_for_each_month() -> None:
    mapping, table = taken(PRODUCTION, "产量")
    assert (mapping.table, mapping.layout) == ("monthly", Layout.MATRIX)
    production = by_month(table, "actual_production")
    assert len(production) == 28
    assert (production["2015-01"], production["2016-12"], production["2017-03"]) == (2010.0, 2320.0, 2710.0)
    assert production["2017-04"] is None
    assert mapping.taken["actual_production"].unit == "万吨"


def test_that_each_figure_keeps_its_place_in_the_sheet() -> None:
    rows = [list(row) for row in PRODUCTION]
    rows[4][3] = "约240"
    _, table = taken(rows, "产量")
    (issue,) = table.issues
    assert (issue.place, issue.row) == ("产量!D5", "2016-03")
    assert table.rows[0].label == "B4"


def test_that_months_down_and_years_across_are_the_same() -> None:
    down = [["Primary aluminium production (kt)"], ["Month", 2016, 2017]]
    down += [[month, 2000 + number, 2100 + number] for number, month in enumerate(ENGLISH, start=1)]
    down += [["Total", 24078, 25278]]
    mapping, table = taken(down)
    assert mapping.layout is Layout.MATRIX
    production = by_month(table, "actual_production")
    assert len(production) == 24
    assert (production["2016-09"], production["2017-12"]) == (2009.0, 2112.0)
    assert table.rows[12].label == "C3"


def test_that_months_may_be_bare_numbers_if_all_twelve_are_there() -> None:
    rows = [["社会库存(万吨)", *range(1, 13)], [2016, *FIGURES], [2017, *FIGURES]]
    mapping, table = taken(rows, "库存")
    assert mapping.layout is Layout.MATRIX
    assert by_month(table, "actual_stock")["2017-12"] == 2120.0


def test_that_blocks_below_each_other_become_columns() -> None:
    rows = [
        *(["电解铝产量（万吨）"], ["年", *MONTHS], [2016, *FIGURES], [2017, *FIGURES], []),
        *(["现货铝价（元/吨）"], ["年", *MONTHS], [2016, *[12000] * 12], [2017, *[14000] * 12]),
    ]
    _, table = taken(rows)
    assert [column.name for column in table.columns] == ["month", "actual_production", "actual_price"]
    assert values(table)[12] == {"month": Month.of(2017, 1), "actual_production": 2010.0, "actual_price": 14000.0}


def test_that_what_the_figures_are_may_stand_beside_the_year() -> None:
    rows = [["项目", "年份", *MONTHS]]
    for item, more in (("原铝产量", 0.0), ("净进口", 1.0)):
        rows += [[item, 2016, *(f + more for f in FIGURES)], [None, 2017, *(f + more for f in FIGURES)]]
    _, table = taken([["单位：千吨"], *rows])
    assert values(table)[23] == {"month": Month.of(2017, 12), "net_imports": 213.0, "actual_production": 212.0}


def test_that_the_planner_can_say_what_unnamed_years_by_months_are() -> None:
    (sheet,) = propose(Container(book_bytes({"Sheet1": [["", *MONTHS], [2016, *FIGURES], [2017, *FIGURES]]}))).sheets
    assert sheet.mapping.table == ""
    chosen = propose_for(sheet.page, "monthly", sheet.mapping)
    assert chosen.layout is Layout.MATRIX
    (table,) = convert([sheet.page], [chosen.with_choice(2, column="actual_stock", unit="kt")]).tables
    assert by_month(table, "actual_stock")["2016-02"] == 202.0
    assert not propose_laid_out(sheet.page, chosen, Layout.DOWN).taken
    assert SheetMapping.from_json(chosen.as_json()) == chosen


def test_that_a_sheet_without_years_by_months_has_nothing_laid_out_so() -> None:
    (sheet,) = propose(Container(book_bytes({"Data": [["Smelter", "Capacity (kt)"], ["A", 1], ["B", 2]]}))).sheets
    turned = propose_laid_out(sheet.page, SheetMapping("Data", "monthly"), Layout.MATRIX)
    (table,) = convert([sheet.page], [turned]).tables
    assert table.rows == ()


# A month here, its year there


def test_that_a_row_of_years_over_a_row_of_months_is_read_together() -> None:
    rows = [
        ["电解铝平衡表"],
        ["指标", "单位", "2016年", *[None] * 2, "2017年", None],
        [None, None, "10月", "11月", "12月", "1月", "2月"],
        ["原铝产量", "万吨", 270, 275, 280, 285, 262],
        ["净进口", "万吨", 0.1, 0.2, 0.3, 0.4, "#N/A"],
        ["社会库存", "吨", 400000, 390000, 380000, 420000, 600000],
    ]
    mapping, table = taken(rows, "平衡表", ["A2:A3", "B2:B3", "C2:E2", "F2:G2"])
    assert (mapping.table, mapping.layout) == ("monthly", Layout.ACROSS)
    assert by_month(table, "actual_production") == {
        **{"2016-10": 2700.0, "2016-11": 2750.0, "2016-12": 2800.0},
        **{"2017-01": 2850.0, "2017-02": 2620.0},
    }
    assert by_month(table, "actual_stock")["2017-02"] == 600.0
    assert table.issues[0].place == "平衡表!G5"


def test_that_a_year_stands_over_its_january_alone() -> None:
    rows = [
        ["Item", 2016, *[None] * 11, 2017],
        [None, *ENGLISH, "Jan"],
        ["Production (kt)", *FIGURES, 999],
    ]
    _, table = taken(rows)
    production = by_month(table, "actual_production")
    assert (production["2016-12"], production["2017-01"]) == (212.0, 999.0)


def test_that_columns_for_year_and_month_are_read_together() -> None:
    rows = [["年", "月", "产量(万吨)", "库存(万吨)"]]
    rows += [[2016 if month == 11 else None, month, 270, 40] for month in (11, 12)]
    rows += [[2017 if month == 1 else None, month, 280 + month, 50] for month in (1, 2, 3)]
    mapping, table = taken(rows)
    assert (mapping.table, mapping.layout) == ("monthly", Layout.DOWN)
    assert {choice.number: choice.column for choice in mapping.columns} == {
        **{1: "year", 2: "month"},
        **{3: "actual_production", 4: "actual_stock"},
    }
    assert by_month(table, "actual_production") == {
        **{"2016-11": 2700.0, "2016-12": 2700.0},
        **{"2017-01": 2810.0, "2017-02": 2820.0, "2017-03": 2830.0},
    }


def test_that_the_year_may_stand_in_the_title() -> None:
    rows = [["2017年电解铝运行情况"], ["月份", "产量(万吨)", "净进口(万吨)"]]
    rows += [[month, 270 + number, 0.1] for number, month in enumerate(MONTHS)]
    rows += [["合计", 3306, 1.2]]
    mapping, table = taken(rows)
    assert mapping.constants == (("year", "2017"),)
    assert [str(row["month"]) for row in values(table)] == [f"2017-{month:02}" for month in range(1, 13)]
    (other,) = convert([propose_page(rows)], [mapping.with_constant("year", "2018")]).tables
    assert str(values(other)[0]["month"]) == "2018-01"


def propose_page(rows: Rows) -> Any:
    return propose(Container(book_bytes({"Sheet": rows, "Data": rows}))).sheets[1].page


def test_that_a_month_without_any_year_is_said_to_be_none() -> None:
    (sheet,) = propose(Container(book_bytes({"Data": [["月份", "产量(万吨)"], ["1月", 270], ["2月", 260]]}))).sheets
    mapping = propose_for(sheet.page, "monthly", sheet.mapping)
    (table,) = convert([sheet.page], [mapping]).tables
    assert [issue.place for issue in table.issues] == ["Data!A2", "Data!A3"]


# Seasonality


@pytest.mark.parametrize("months", [MONTHS, ENGLISH, list(range(1, 13))])
def test_that_weights_by_month_of_the_year_are_recognised_across(months: list[object]) -> None:
    mapping, table = taken([["月份", *months], ["季节系数", *FIGURES]], "季节性")
    assert (mapping.table, mapping.layout) == ("seasonality", Layout.ACROSS)
    assert [(row["month_of_year"], row["weight"]) for row in values(table)] == list(enumerate(FIGURES, start=1))


def test_that_weights_by_month_of_the_year_are_recognised_down() -> None:
    rows = [["月份", "权重"], *zip(MONTHS, FIGURES, strict=True)]
    mapping, table = taken(rows, "Seasonality")
    assert (mapping.table, mapping.layout) == ("seasonality", Layout.DOWN)
    assert [row["month_of_year"] for row in values(table)] == list(range(1, 13))


def test_that_of_the_years_of_a_matrix_the_latest_is_offered_as_the_weights() -> None:
    rows = [["年份", *MONTHS], [2015, *FIGURES], [2016, *(figure + 1 for figure in FIGURES)]]
    (sheet,) = propose(Container(book_bytes({"季节系数": rows}))).sheets
    mapping = propose_for(sheet.page, "seasonality", sheet.mapping)
    assert {choice.column: choice.number for choice in mapping.columns if choice.column} == {
        "month_of_year": 1,
        "weight": 3,
    }


# Cells


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        *((3.0, 3), ("3月", 3), ("０３月", 3), ("十二月", 12), ("Mar", 3), ("march", 3), ("Sept.", 9), ("12", 12)),
        *(("13月", None), (0.0, None), (2.5, None), ("Marble", None), ("", None), (True, None), (None, None)),
        (datetime(2017, 3, 1), None),
    ],
)
def test_that_a_month_of_the_year_is_read_however_it_is_written(cell: Any, month: int | None) -> None:
    assert month_of_year(cell) == month


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        (2017.0, 2017),
        ("2017年", 2017),
        ("2017年度", 2017),
        ("FY2017", 2017),
        ("2017E", 2017),
        ("2017年3月", None),
        (12.0, None),
    ],
)
def test_that_a_year_is_read_however_it_is_written(cell: Any, year: int | None) -> None:
    assert year_of(cell) == year


def test_that_a_fault_is_neither() -> None:
    fault = Fault("The cell shows the error #N/A.", "Correct it.")
    assert (month_of_year(fault), year_of(fault)) == (None, None)
