import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from aluplanner.model.calendar import Month
from aluplanner.model.plan import Plan
from aluplanner.workbook.read import read_bytes, read_plan, read_workbook
from tests.workbook.books import ACTIONS, DEMAND, EXAMPLE, PLANTS, as_bytes, book, book_bytes, patched, plan_sheets


def plan_of(**sheets: list) -> Plan:
    result = read_bytes(book_bytes(plan_sheets(**sheets)))
    assert result.plan is not None, [str(issue) for issue in result.issues]
    return result.plan


def test_that_the_example_is_read_without_a_warning() -> None:
    result = read_workbook(EXAMPLE)
    assert result.issues == ()
    assert result.plan is not None
    assert (len(result.plan.plants), len(result.plan.actions), len(result.plan.overrides)) == (65, 28, 115)


def test_that_the_bytes_of_the_file_are_kept_as_source() -> None:
    assert read_plan(EXAMPLE).source == EXAMPLE.read_bytes()


def test_that_missing_sheets_and_columns_take_their_defaults() -> None:
    plan = plan_of()
    assert plan.horizon is not None
    assert (plan.horizon.first, len(plan.horizon), plan.horizon.base_year) == (Month.of(2017, 1), 24, 2016)
    assert plan.assumption("load_factor") == 1.02
    assert plan.plants[0].ramp_months is None


def test_that_columns_may_stand_in_any_order_without_units_and_in_any_case() -> None:
    shuffled = [[row[index] for index in (5, 0, 3, 4, 2, 1)] for row in PLANTS]
    shuffled[0] = ["OPERATING", " plant ", "Province", "built(KT/Y)", "group", "product"]
    assert plan_of(Plants=shuffled).plants == plan_of().plants


@pytest.mark.parametrize("title", ["2017年增速", "2017年增长率(%)", "2017 增长"])
def test_that_growth_has_several_chinese_names(title: str) -> None:
    english = plan_of(Demand=[["Sector", "Consumption (kt)", "Growth 2017 (%)"], ["A", 100, 0.06]])
    assert plan_of(Demand=[["消费领域", "消费量", title], ["A", 100, 0.06]]).demand == english.demand


def test_that_chinese_sheets_and_headers_are_read() -> None:
    plants = [["企业", "产品", "集团", "省份", "建成产能（千吨/年）", "运行产能(千吨/年)"], *PLANTS[1:]]
    actions = [["政策措施", "类型", "对象", "公告规模(千吨/年)", "起始月份"], *ACTIONS[1:]]
    demand = [["消费领域", "消费量(千吨)", "2017年增速(%)", "2018年增速(%)"], *DEMAND[1:]]
    facts = [["项目", "数值"], ["标题", "铝"], ["起始月份", date(2017, 1, 1)], ["月数", 12]]
    numbers = [["假设", "数值"], ["期初库存", 270], ["Load factor", 1.01]]
    result = read_bytes(
        book_bytes({"企业": plants, "政策措施": actions, "消费": demand, "方案": facts, "假设": numbers})
    )
    assert result.issues == ()
    assert result.plan is not None
    assert result.plan.plants == plan_of().plants
    assert result.plan.actions == plan_of().actions
    assert result.plan.demand == plan_of().demand
    assert (result.plan.title, result.plan.fact("Months")) == ("铝", 12)
    assert (result.plan.assumption("opening_stock"), result.plan.assumption("load_factor")) == (270, 1.01)


def test_that_a_plant_named_by_a_number_is_text() -> None:
    plants = [*PLANTS, [2017, None, None, None, 10], [3.5, None, None, None, 10], [True, None, None, None, 10]]
    assert plan_of(Plants=plants).plants.keys[3:] == ("2017", "3.5", "TRUE")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *(
            (38000, 38000),
            ("1,200", 1200),
            ("１２００", 1200),
            (" 38 000 ", 38000),
            ("120 万吨", 1200),
            ("1.2 Mt/y", 1200),
        ),
        *(("n/a", None), ("-", None), ("", None)),
    ],
)
def test_that_numbers_are_read_as_planners_write_them(cell: object, value: float | None) -> None:
    plants = [["Plant", "Built (kt/y)"], ["East", cell], ["West", 5], ["North", 5]]
    assert plan_of(Plants=plants).plants[0].built == value


@pytest.mark.parametrize("cell", [0.3, "30%", "30 %", "0.3", "３０％"])
def test_that_shares_are_fractions(cell: object) -> None:
    actions = [[*ACTIONS[0], "Implementation (%)"], [*ACTIONS[1], cell]]
    assert plan_of(Actions=actions).actions[0].implementation == 0.3


@pytest.mark.parametrize(
    "cell",
    [date(2017, 6, 1), datetime(2017, 6, 15, 12, 30), "2017-06", "2017/6", "Jun 2017", "2017年6月", "2017-06-01"],
)
def test_that_months_are_read_in_every_form(cell: object) -> None:
    actions = [ACTIONS[0], [*ACTIONS[1][:4], cell]]
    assert plan_of(Actions=actions).actions[0].start == Month.of(2017, 6)


@pytest.mark.parametrize(
    ("cell", "value"), [("yes", True), ("No", False), (True, True), (False, False), (1, True), (0, False), ("是", True)]
)
def test_that_yes_and_no_are_read_in_every_form(cell: object, value: bool) -> None:
    actions = [[*ACTIONS[0], "Enabled"], [*ACTIONS[1], cell]]
    assert plan_of(Actions=actions).actions[0].enabled is value


def test_that_months_of_a_workbook_that_counts_from_1904_are_right() -> None:
    made = book(plan_sheets())
    made.epoch = CALENDAR_MAC_1904
    result = read_bytes(as_bytes(made))
    assert result.plan is not None
    assert result.plan.actions[0].start == Month.of(2017, 6)


def test_that_override_values_take_the_type_of_the_cell_they_name() -> None:
    rows = [
        ["Scenario", "Table", "Row", "Column", "Value"],
        ["S", "Actions", "Close East", "Start (month)", date(2017, 9, 1)],
        ["S", "actions", "Close East", "delay", "2"],
        ["S", "actions", "Cut West", "start", "2017-10"],
        ["S", "actions", "Cut West", "Implementation", "60%"],
        ["S", "actions", "Cut West", "enabled", "no"],
        ["S", "actions", "Cut West", "end", "(blank)"],
        ["S", "消费", "Construction", "2017年增速", 0.02],
        ["S", "Monthly", date(2017, 7, 1), "Net imports (kt)", 12],
        ["S", "Seasonality", 7, "Weight", 1.1],
        ["S", "Assumptions", "market_response", "Value", "yes"],
        ["S", "Assumptions", "known_until", "Value", date(2017, 5, 1)],
    ]
    seasons = [["Month of year", "Weight"], *([month, 1] for month in range(1, 13))]
    plan = plan_of(Scenarios=[["Scenario"], ["S"]], Overrides=rows, Seasonality=seasons)
    assert [(o.table, o.row, o.column, o.value) for o in plan.overrides] == [
        ("actions", "Close East", "start", Month.of(2017, 9)),
        ("actions", "Close East", "delay", 2.0),
        ("actions", "Cut West", "start", Month.of(2017, 10)),
        ("actions", "Cut West", "implementation", 0.6),
        ("actions", "Cut West", "enabled", False),
        ("actions", "Cut West", "end", "(blank)"),
        ("demand", "Construction", "growth 2017", 0.02),
        ("monthly", "2017-07", "net_imports", 12.0),
        ("seasonality", "7", "weight", 1.1),
        ("assumptions", "market_response", "value", True),
        ("assumptions", "known_until", "value", Month.of(2017, 5)),
    ]


def test_that_bounds_of_uncertain_cells_take_the_cells_type() -> None:
    rows = [
        ["Table", "Row", "Column", "Distribution", "Low", "Mode", "High"],
        ["Actions", "Close East", "Implementation", "pert", "20%", 0.5, "80%"],
        ["assumptions", "load_factor", "value", "Uniform", "1.0", None, 1.05],
    ]
    first, second = plan_of(Uncertainty=rows).uncertainty
    assert (first.table, first.column, first.low, first.mode, first.high) == (
        "actions",
        "implementation",
        0.2,
        0.5,
        0.8,
    )
    assert (second.distribution, second.low, second.high) == ("uniform", 1.0, 1.05)


def test_that_the_first_growth_year_counts_even_without_a_rate() -> None:
    plan = plan_of(Demand=[DEMAND[0], ["Construction", 1200], ["Transport", 800]])
    assert plan.horizon is not None
    assert plan.horizon.first == Month.of(2017, 1)


def test_that_calculated_formulas_are_read_by_their_value() -> None:
    made = book(plan_sheets())
    made["Plants"]["E2"] = "=600+400"
    data = patched(
        as_bytes(made), "sheet1", lambda text: text.replace("<f>600+400</f><v />", "<f>600+400</f><v>1000</v>")
    )
    result = read_bytes(data)
    assert result.plan is not None, [str(issue) for issue in result.issues]
    assert result.plan.plants[0].built == 1000


def test_that_own_columns_and_sheets_are_no_fault() -> None:
    plants = [[*PLANTS[0], "My remark", None, "Checked"], *([*row, "#N/A", "x", "=1/0"] for row in PLANTS[1:])]
    assert plan_of(Plants=plants, Scratch=[["=1/0"]]).plants == plan_of().plants


@pytest.mark.parametrize(
    "name", ["missing.xlsx", "folder", "notes.xlsx", "empty.xlsx", "old.xls", "locked.xlsx", "calc.ods"]
)
def test_that_a_file_that_is_no_workbook_is_one_clear_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "folder":
        path.mkdir()
    elif name == "notes.xlsx":
        path.write_text("Plant;Built\nEast;1000\n")
    elif name == "empty.xlsx":
        path.write_bytes(b"")
    elif name == "old.xls":
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000))
    elif name == "locked.xlsx":
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + bytes(1000))
    elif name == "calc.ods":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("content.xml", "<x/>")
    result = read_workbook(path)
    (issue,) = result.issues
    assert result.plan is None
    assert issue.is_error
    assert issue.message.endswith(".")
    assert issue.remedy
    assert {"missing.xlsx": "no file", "folder": "folder", "old.xls": ".xls", "locked.xlsx": "password"}.get(
        name, ""
    ) in issue.message


def test_that_a_damaged_sheet_is_named(tmp_path: Path) -> None:
    data = patched(book_bytes(plan_sheets()), "sheet2", lambda text: text[: len(text) // 2])
    result = read_bytes(data)
    assert [issue.place for issue in result.issues if issue.is_error] == ["Actions"]
    assert "sheet2.xml" in result.issues[0].message


def test_that_a_workbook_that_ends_too_early_is_one_clear_sentence() -> None:
    (issue,) = read_bytes(book_bytes(plan_sheets())[:2000]).issues
    assert issue.is_error
