import io
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table as ExcelTable
from openpyxl.worksheet.worksheet import Worksheet

from aluplanner.model.calendar import Month
from aluplanner.model.monthly import MonthRow
from aluplanner.model.plan import Plan
from aluplanner.model.plants import Plant
from aluplanner.workbook.container import Container
from aluplanner.workbook.read import read_bytes, read_plan
from aluplanner.workbook.write import write_plan
from tests.workbook.books import ACTIONS, DEMAND, PLANTS, as_bytes, book, patched, plan_sheets

YELLOW = PatternFill("solid", fgColor="FFFF00")


def planners_book() -> Workbook:
    """Return a workbook with remarks, colours, comments and formulas of the planner's own beside the plan."""
    plants = [
        [*PLANTS[0], "My remark", "Doubled"],
        [*PLANTS[1], "about East", "=E2*2"],
        [*PLANTS[2], "about West", "=E3*2"],
        [*PLANTS[3], "about North", "=$E$4*2"],
    ]
    made = book(plan_sheets(Plants=plants, Scratch=[["mine", "=SUM(Plants!E2:E4)"]]))
    sheet = made["Plants"]
    for row, name in ((2, "East"), (3, "West"), (4, "North")):
        sheet.cell(row, 1).fill = PatternFill("solid", fgColor=f"0000{row}0")
        sheet.cell(row, 7).comment = Comment(f"comment on {name}", "me")
        sheet.cell(row, 7).hyperlink = f"https://example.org/{name}"
        sheet.row_dimensions[row].height = 10 + row
    sheet.column_dimensions["G"].width = 33
    sheet["E3"].number_format = "0.00"
    return made


def planners_plan() -> Plan:
    result = read_bytes(as_bytes(planners_book()))
    assert result.plan is not None, [str(issue) for issue in result.issues]
    return result.plan


def saved(plan: Plan, tmp_path: Path) -> Workbook:
    path = tmp_path / "plan.xlsx"
    write_plan(plan, path)
    assert read_plan(path) == plan
    return load_workbook(path, rich_text=True)


def column(sheet: Worksheet, number: int) -> list[object]:
    return [sheet.cell(row, number).value for row in range(1, sheet.max_row + 1)]


def with_plants(plan: Plan, *plants: Plant) -> Plan:
    return plan.with_table(plan.plants.replaced(plants))


def remarks(sheet: Worksheet) -> dict[object, tuple[object, ...]]:
    """Return what stands beside each plant: remark, formula, comment, link, colour, height."""
    return {
        sheet.cell(row, 1).value: (
            sheet.cell(row, 7).value,
            sheet.cell(row, 8).value,
            sheet.cell(row, 7).comment and sheet.cell(row, 7).comment.text,
            sheet.cell(row, 7).hyperlink and (sheet.cell(row, 7).hyperlink.target, sheet.cell(row, 7).hyperlink.ref),
            sheet.cell(row, 1).fill.fgColor.rgb,
            sheet.row_dimensions[row].height,
        )
        for row in range(2, sheet.max_row + 1)
    }


def beside(name: str, row: int, doubled: str, old: int) -> tuple[object, ...]:
    return (
        f"about {name}",
        doubled,
        f"comment on {name}",
        (f"https://example.org/{name}", f"G{row}"),
        f"000000{old}0",
        10 + old,
    )


def test_that_an_edit_changes_its_cell_and_nothing_else(tmp_path: Path) -> None:
    made = saved(planners_plan().with_value("plants/West/built", 850), tmp_path)
    before = load_workbook(io.BytesIO(as_bytes(planners_book())))
    for sheet in before:
        for row in sheet.iter_rows():
            for cell in row:
                there = made[sheet.title][cell.coordinate]
                expected = 850 if (sheet.title, cell.coordinate) == ("Plants", "E3") else cell.value
                assert there.value == expected
                assert (there.number_format, there.fill.fgColor.rgb) == (cell.number_format, cell.fill.fgColor.rgb)
    assert made["Plants"].column_dimensions["G"].width == 33


def test_that_what_stands_beside_a_row_follows_it_when_rows_are_moved(tmp_path: Path) -> None:
    east, west, north = (plan := planners_plan()).plants
    sheet = saved(with_plants(plan, north, east, west), tmp_path)["Plants"]
    assert remarks(sheet) == {
        "North": beside("North", 2, "=$E$2*2", 4),
        "East": beside("East", 3, "=E3*2", 2),
        "West": beside("West", 4, "=E4*2", 3),
    }


def test_that_what_stands_beside_a_row_goes_with_it_when_it_is_deleted(tmp_path: Path) -> None:
    _, west, north = (plan := planners_plan()).plants
    plan = plan.with_table(plan.actions.replaced([]))
    sheet = saved(with_plants(plan, west, north), tmp_path)["Plants"]
    assert remarks(sheet) == {"West": beside("West", 2, "=E2*2", 3), "North": beside("North", 3, "=$E$3*2", 4)}
    assert sheet.max_row == 3


def test_that_an_inserted_row_leaves_the_others_their_remarks_and_takes_their_looks(tmp_path: Path) -> None:
    east, west, north = (plan := planners_plan()).plants
    new = Plant("South", "aluminium", "G4", "Yunnan", 120.0, 60.0)
    sheet = saved(with_plants(plan, east, west, new, north), tmp_path)["Plants"]
    found = remarks(sheet)
    assert found["North"] == beside("North", 5, "=$E$5*2", 4)
    assert found["South"] == (None, None, None, None, "00000030", 13)
    assert sheet["E4"].number_format == "0.00"


def test_that_a_renamed_row_keeps_what_stands_beside_it(tmp_path: Path) -> None:
    east, west, north = (plan := planners_plan()).plants
    plan = plan.with_table(plan.actions.replaced([]))
    sheet = saved(with_plants(plan, east, replace(west, plant="Far West"), north), tmp_path)["Plants"]
    assert remarks(sheet)["Far West"] == beside("West", 3, "=E3*2", 3)


def test_that_a_row_in_the_place_of_a_deleted_one_does_not_take_its_remarks(tmp_path: Path) -> None:
    east, _, north = (plan := planners_plan()).plants
    plan = plan.with_table(plan.actions.replaced([]))
    new = Plant("South", "alumina", "G4", "Yunnan", 120.0, 60.0)
    sheet = saved(with_plants(plan, east, new, north), tmp_path)["Plants"]
    assert remarks(sheet)["South"][:3] == (None, None, None)


def test_that_remarks_between_rows_stay_above_the_row_they_head(tmp_path: Path) -> None:
    plants = [
        [*PLANTS[0], "Mine"],
        [*PLANTS[1], None],
        [None] * 6 + ["The west:"],
        [],
        PLANTS[2],
        PLANTS[3],
        [],
        [None] * 6 + ["End"],
    ]
    plan = read_bytes(as_bytes(book(plan_sheets(Plants=plants)))).plan
    assert plan is not None
    east, west, north = plan.plants
    sheet = saved(with_plants(plan, east, north, west), tmp_path)["Plants"]
    assert column(sheet, 1) == ["Plant", "East", "North", None, None, "West", None, None]
    assert column(sheet, 7) == ["Mine", None, None, "The west:", None, None, None, "End"]


def test_that_headers_keep_the_words_and_the_order_the_planner_used(tmp_path: Path) -> None:
    actions = [["起始月份", "政策措施", "类型", "对象", "公告规模"], *([row[4], *row[:4]] for row in ACTIONS[1:])]
    plan = read_bytes(as_bytes(book({"Plants": PLANTS, "政策措施": actions, "Demand": DEMAND}))).plan
    assert plan is not None
    made = saved(plan.with_value("actions/Cut West/announced", 75), tmp_path)
    assert made.sheetnames == ["Plants", "政策措施", "Demand"]
    assert [cell.value for cell in made["政策措施"][1]] == actions[0]
    assert made["政策措施"]["E3"].value == 75


def test_that_cells_nobody_changed_keep_the_form_the_planner_gave_them(tmp_path: Path) -> None:
    actions = [ACTIONS[0], ["Close East", "Close Capacity", "East", "1,200 kt/y", "Jun 2017"], ACTIONS[2]]
    plan = read_bytes(as_bytes(book(plan_sheets(Actions=actions)))).plan
    assert plan is not None
    made = saved(plan.with_value("actions/Cut West/announced", 75), tmp_path)
    assert [cell.value for cell in made["Actions"][2]] == actions[1]


def test_that_a_column_the_sheet_lacks_is_added_when_it_is_needed(tmp_path: Path) -> None:
    sheet = saved(planners_plan().with_value("plants/West/note", "checked"), tmp_path)["Plants"]
    assert [cell.value for cell in sheet[1]] == [*PLANTS[0], "My remark", "Doubled", "Note"]
    assert column(sheet, 9) == ["Note", None, "checked", None]


def test_that_a_year_of_growth_the_sheet_lacks_is_added(tmp_path: Path) -> None:
    sheet = saved(planners_plan().with_value("demand/Transport/growth 2019", 0.06), tmp_path)["Demand"]
    assert column(sheet, 5) == ["Growth 2019 (%)", None, 0.06]
    assert sheet["E3"].number_format == "0.0%"


def test_that_a_sheet_the_workbook_lacks_is_added_when_it_is_needed(tmp_path: Path) -> None:
    made = saved(planners_plan().with_value("assumptions/load_factor/value", 1.01), tmp_path)
    assert made.sheetnames == ["Plants", "Actions", "Demand", "Scratch", "Assumptions"]
    assert made["Assumptions"]["A3"].value == "load_factor"


def test_that_an_assumption_the_sheet_lacks_is_added_below(tmp_path: Path) -> None:
    rows = [["Assumption", "Value", "Unit"], ["Opening stock", 270, "thousand tonnes"]]
    plan = read_bytes(as_bytes(book(plan_sheets(Assumptions=rows)))).plan
    assert plan is not None
    sheet = saved(plan.with_value("assumptions/load_factor/value", 1.01), tmp_path)["Assumptions"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [*rows, ["load_factor", 1.01, "t/t"]]


def with_formula(cell: str, formula: str, value: str) -> Plan:
    """Return a plan one of whose own cells is a formula that Excel has calculated."""
    made = planners_book()
    made["Plants"][cell] = f"={formula}"
    written = f"<f>{formula}</f><v />"
    data = patched(as_bytes(made), "sheet1", lambda text: text.replace(written, f"<f>{formula}</f><v>{value}</v>"))
    plan = read_bytes(data).plan
    assert plan is not None
    return plan


def test_that_a_formula_in_the_plans_own_cells_stays_while_nothing_it_refers_to_changes(tmp_path: Path) -> None:
    plan = with_formula("E2", "600+400", "1000")
    assert saved(plan, tmp_path)["Plants"]["E2"].value == "=600+400"
    assert saved(plan.with_value("plants/East/operating", 950), tmp_path)["Plants"]["E2"].value == "=600+400"
    assert read_plan(tmp_path / "plan.xlsx").plants[0].built == 1000
    west_first = with_plants(plan, plan.plants[1], plan.plants[0], plan.plants[2])
    assert saved(west_first, tmp_path)["Plants"]["E3"].value == "=600+400"


def test_that_a_formula_in_the_plans_own_cells_becomes_its_value_when_that_may_be_another(tmp_path: Path) -> None:
    plan = with_formula("F2", "E2-100", "900")
    sheet = saved(plan.with_value("plants/West/built", 850), tmp_path)["Plants"]
    assert sheet["F2"].value == "=E2-100"
    sheet = saved(plan.with_value("plants/East/built", 1100), tmp_path)["Plants"]
    assert (sheet["E2"].value, sheet["F2"].value) == (1100, 900)
    assert sheet["H2"].value == "=E2*2"


def test_that_a_formula_gives_way_to_what_the_planner_enters(tmp_path: Path) -> None:
    sheet = saved(with_formula("E2", "600+400", "1000").with_value("plants/East/built", 1200), tmp_path)["Plants"]
    assert sheet["E2"].value == 1200


def test_that_a_value_of_another_kind_gets_a_format_that_suits(tmp_path: Path) -> None:
    rows = [["Scenario", "Table", "Row", "Column", "Value"], ["S", "actions", "Cut West", "implementation", 0.5]]
    made = book(plan_sheets(Scenarios=[["Scenario"], ["S"]], Overrides=rows))
    made["Overrides"]["E2"].number_format = "0%"
    plan = read_bytes(as_bytes(made)).plan
    assert plan is not None
    delayed = plan.overrides.replaced([replace(plan.overrides[0], column="delay", value=2.5)])
    cell = saved(plan.with_table(delayed), tmp_path)["Overrides"]["E2"]
    assert (cell.value, cell.number_format) == (2.5, "#,##0.0")


def test_that_filters_tables_and_drop_downs_grow_with_the_rows(tmp_path: Path) -> None:
    made = planners_book()
    sheet = made["Plants"]
    sheet.add_table(ExcelTable(displayName="PlantTable", ref="A1:H4"))
    choices = DataValidation(type="list", formula1='"aluminium,alumina"')
    choices.add("B2:B4")
    sheet.add_data_validation(choices)
    made["Demand"].auto_filter.ref = "A1:D3"
    plan = read_bytes(as_bytes(made)).plan
    assert plan is not None
    grown = with_plants(plan, *plan.plants, Plant("South", built=10.0), Plant("Far South", built=10.0))
    after = saved(grown.with_table(grown.demand.replaced(grown.demand[:1])), tmp_path)
    assert after["Plants"].tables["PlantTable"].ref == "A1:H6"
    assert str(after["Plants"].data_validations.dataValidation[0].sqref) == "B2:B6"
    assert after["Demand"].auto_filter.ref == "A1:D2"


def test_that_merged_cells_follow_their_row(tmp_path: Path) -> None:
    made = planners_book()
    made["Plants"].merge_cells("J2:K2")
    made["Plants"]["J2"] = "wide"
    plan = read_bytes(as_bytes(made)).plan
    assert plan is not None
    sheet = saved(with_plants(plan, *reversed(plan.plants)), tmp_path)["Plants"]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["J4:K4"]
    assert sheet["J4"].value == "wide"


def test_that_a_value_can_be_written_into_what_was_merged(tmp_path: Path) -> None:
    made = planners_book()
    made["Plants"]["F3"] = None
    made["Plants"].merge_cells("E3:F3")
    plan = read_bytes(as_bytes(made)).plan
    assert plan is not None
    sheet = saved(plan.with_value("plants/West/operating", 700), tmp_path)["Plants"]
    assert (sheet["E3"].value, sheet["F3"].value) == (800, 700)


def test_that_rich_text_of_the_planner_stays_rich(tmp_path: Path) -> None:
    made = planners_book()
    rich = CellRichText("plain ", TextBlock(InlineFont(b=True), "bold"))
    made["Plants"]["G3"] = rich
    made["Plants"]["A3"] = CellRichText(TextBlock(InlineFont(i=True), "We"), "st")
    plan = read_bytes(as_bytes(made)).plan
    assert plan is not None
    sheet = saved(plan.with_value("plants/East/built", 1001), tmp_path)["Plants"]
    assert sheet["G3"].value == rich


def test_that_months_of_a_workbook_that_counts_from_1904_stay_right(tmp_path: Path) -> None:
    made = planners_book()
    made.epoch = CALENDAR_MAC_1904
    plan = read_bytes(as_bytes(made)).plan
    assert plan is not None
    saved(plan.with_value("actions/Cut West/start", "2017-11"), tmp_path)


def test_that_the_months_of_a_sheet_added_to_a_workbook_that_counts_from_1904_are_right(tmp_path: Path) -> None:
    made = planners_book()
    made.epoch = CALENDAR_MAC_1904
    plan = read_bytes(as_bytes(made)).plan
    assert plan is not None
    month = Month.of(2017, 7)
    rows = plan.monthly.replaced([MonthRow(month=month, net_imports=5.0)])
    sheet = saved(plan.with_table(rows), tmp_path)["Monthly"]
    assert sheet["A2"].value == datetime(2017, 7, 1)


def test_that_months_in_the_formats_of_chinese_excel_stay_months(tmp_path: Path) -> None:
    made = planners_book()
    for row in (2, 3):
        made["Actions"].cell(row, 5).number_format = "m/d/yy h:mm"
        made["Scratch"].cell(row, 5).value = 42887
        made["Scratch"].cell(row, 5).number_format = "m/d/yy h:mm"
    data = patched(as_bytes(made), r"styles\.xml", lambda text: text.replace('numFmtId="22"', 'numFmtId="31"'))
    plan = read_bytes(data).plan
    assert plan is not None
    saved(plan.with_value("actions/Cut West/announced", 75), tmp_path)
    container = Container((tmp_path / "plan.xlsx").read_bytes())
    scratch = next(sheet for sheet in container.sheets if sheet.name == "Scratch")
    assert dict(container.read(scratch).rows)[2][5] == datetime(2017, 6, 1)


def test_that_a_strict_workbook_is_written_back(tmp_path: Path) -> None:
    def strict(text: str) -> str:
        for old, new in (
            (
                "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                "http://purl.oclc.org/ooxml/spreadsheetml/main",
            ),
            (
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships",
            ),
        ):
            text = text.replace(old, new)
        return text

    data = patched(as_bytes(book(plan_sheets(Scratch=[["mine"]]))), r"\.(xml|rels)$", strict)
    plan = read_bytes(data).plan
    assert plan is not None
    made = saved(plan.with_value("plants/West/built", 850), tmp_path)
    assert made["Scratch"]["A1"].value == "mine"


def test_that_the_fonts_of_headers_stay(tmp_path: Path) -> None:
    made = planners_book()
    made["Plants"]["A1"].font = Font(bold=True, color="FF00FF00")
    made["Plants"]["H1"].fill = YELLOW
    plan = read_bytes(as_bytes(made)).plan
    assert plan is not None
    sheet = saved(plan.with_value("plants/West/note", "checked"), tmp_path)["Plants"]
    assert sheet["A1"].font.color.rgb == "FF00FF00"
    assert sheet["I1"].fill.fgColor.rgb == sheet["H1"].fill.fgColor.rgb
