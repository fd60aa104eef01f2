"""What a planner put into a workbook besides the plan comes back: untouched, or in the place where it belongs now."""

import io
import re
import shutil
import subprocess
import warnings
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from aluplanner.model.plan import Plan
from aluplanner.model.plants import Plant
from aluplanner.model.rows import Unread
from aluplanner.workbook.losses import what_saving_loses
from aluplanner.workbook.read import read_bytes
from aluplanner.workbook.storable import as_stored
from aluplanner.workbook.write import plan_bytes
from tests.workbook.books import patched
from tests.workbook.rich_book import PLANTS, TOTAL, rich_book

SOURCE = rich_book()
NEW = Plant("South", "aluminium", None, "Yunnan", 120.0, 60.0)

SHEET_PARTS = {"xl/worksheets/sheet1.xml"}
"""The parts that hold the plants."""


@pytest.fixture
def plan() -> Plan:
    result = read_bytes(SOURCE)
    assert result.draft is not None, [str(issue) for issue in result.issues]
    assert [plant.plant for plant in result.draft.plants] == [name for name, *_ in PLANTS]
    return result.draft


def with_plants(plan: Plan, *plants: Plant) -> Plan:
    return plan.with_table(plan.plants.replaced(plants))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed_parts(data: bytes) -> set[str]:
    before, after = parts(SOURCE), parts(data)
    assert list(before) == list(after)
    return {name for name in before if before[name] != after[name]}


def written(plan: Plan) -> bytes:
    """Return the workbook of a plan, of which nothing is lost."""
    data = plan_bytes(plan)
    assert read_bytes(data).draft == plan
    assert plan_bytes(plan) == data
    return data


def opened(data: bytes, *, values: bool = False) -> Workbook:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".*extension is not supported")  # openpyxl's limits
        return load_workbook(io.BytesIO(data), data_only=values)


def beside(sheet: Worksheet) -> dict[object, tuple[object, ...]]:
    """Return what stands beside each plant, with its row where it names it."""
    found = {}
    for row in range(4, 4 + sum(sheet.cell(row, 3).value is not None for row in range(4, 12)) - 1):
        link = sheet.cell(row, 11).hyperlink
        note = sheet.cell(row, 2).comment
        found[sheet.cell(row, 1).value] = (
            sheet.cell(row, 6).value,
            sheet.cell(row, 10).value,
            link and (link.ref, link.target),
            note and note.text,
            sheet.row_dimensions[row].height,
            sheet.cell(row, 3).fill.fgColor.rgb,
        )
    return found


def sparklines(data: bytes) -> set[tuple[str, str]]:
    text = parts(data)["xl/worksheets/sheet1.xml"].decode()
    return set(re.findall(r"<x14:sparkline><xm:f>([^<]*)</xm:f><xm:sqref>([^<]*)</xm:sqref>", text))


def pictures(data: bytes) -> list[int]:
    """Return the rows of the dots beside the plants, the chart and the text box."""
    text = parts(data)["xl/drawings/drawing1.xml"].decode()
    return [int(row) + 1 for row in re.findall(r"<xdr:from>.*?<xdr:row>(\d+)</xdr:row>", text)]


def test_that_nothing_of_it_is_lost() -> None:
    assert what_saving_loses(SOURCE) == ()


def test_that_a_plan_that_is_as_its_workbook_states_it_leaves_the_bytes_alone(plan: Plan) -> None:
    assert plan_bytes(plan) is SOURCE


def test_that_a_changed_note_changes_its_cell_and_no_other_part(plan: Plan) -> None:
    data = written(plan.with_value("plants/West/note", "seen"))
    assert changed_parts(data) == SHEET_PARTS
    before, after = parts(SOURCE), parts(data)
    left_out = re.compile(rb' spans="[^"]*"|<c r="E5"[^>]*?(?:/>|>.*?</c>)')
    old, new = (left_out.sub(b"", each["xl/worksheets/sheet1.xml"]) for each in (before, after))
    assert new == old


def test_that_a_changed_figure_leaves_no_stale_ones_behind(plan: Plan) -> None:
    data = written(plan.with_value("plants/West/built", 850))
    # what shows plants is calculated anew, and the workbook asks for it
    assert changed_parts(data) == SHEET_PARTS | {"xl/worksheets/sheet4.xml"}
    scratch = opened(data, values=True)["Scratch"]
    assert [scratch.cell(row, 1).value for row in range(1, 8)] == [None, None, None, None, 42, None, 2000]
    actions = opened(data, values=True)["Actions"]
    assert [actions["F2"].value, actions["F3"].value] == [0.1, 0.05]
    plants = opened(data, values=True)["Plants"]
    assert [plants.cell(row, 7).value for row in (4, 5, 6, 7)] == [1000, None, None, None]
    assert plants["C7"].value is None
    assert opened(data).calculation.fullCalcOnLoad


def test_that_what_stands_in_a_row_follows_it(plan: Plan) -> None:
    east, west, north = plan.plants
    data = written(with_plants(plan, north, east, west))
    sheet = opened(data)["Plants"]
    assert beside(sheet) == {
        name: (
            f"=C{row}/C$7",
            f"about {name}",
            (f"K{row}", f"https://example.org/{name}"),
            f"where {name} is",
            height,
            "FFFFF2CC",
        )
        for name, row, height in (("North", 4, 90), ("East", 5, 30), ("West", 6, 60))
    }
    assert sparklines(data) == {(f"Plants!C{row}:D{row}", f"H{row}") for row in (4, 5, 6)}
    assert sorted(pictures(data)) == [4, 5, 6, 12, 12]
    assert changed_parts(data) >= {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"}
    book = opened(data)
    assert book.defined_names["East_built"].attr_text == "Plants!$C$5"
    assert book["Scratch"]["A2"].value == "=Plants!C6*2"
    assert sheet["J10"].hyperlink.location == "Plants!C4"


def test_that_what_covers_all_rows_grows_with_them(plan: Plan) -> None:
    data = written(with_plants(plan, *plan.plants, NEW, replace(NEW, plant="Far South")))
    book = opened(data)
    sheet = book["Plants"]
    assert sheet["C9"].value == "=SUM(C4:C8)"
    assert [sheet.cell(row, 6).value for row in (4, 5, 6, 7)] == ["=C4/C$9", "=C5/C$9", "=C6/C$9", None]
    assert [sheet.cell(row, 7).value for row in (4, 5, 6)] == ["=SUM(C$4:C4)", "=SUM(C$4:C5)", "=SUM(C$4:C6)"]
    assert sheet["J11"].value == "below"
    assert sheet.auto_filter.ref == "A3:K8"
    assert sheet.print_area == "'Plants'!$A$1:$K$9"
    assert {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation} == {
        "B4:B8": '"Shandong,Xinjiang,Henan"',
        "D4:D8": "C4",
    }
    assert {
        str(area.sqref): [rule.formula for rule in rules]
        for area, rules in sheet.conditional_formatting._cf_rules.items()
    } == {
        "C4:C8": [["C4>$C$4*0.7"]],
        "D4:D8": [[]],
    }
    assert book.defined_names["All_built"].attr_text == "Plants!$C$4:$C$8"
    scratch = book["Scratch"]
    assert scratch["A1"].value == "=SUM(Plants!C4:C8)"
    assert scratch["A6"].value == '=VLOOKUP("North",Plants!$A$4:$D$8,3,0)'
    assert scratch.data_validations.dataValidation[0].formula1 == "Plants!$A$4:$A$8"
    assert sorted(pictures(data)) == [4, 5, 6, 14, 14]
    assert b"<c:f>Plants!$C$4:$C$8</c:f>" in parts(data)["xl/charts/chart1.xml"]
    assert sheet["C7"].fill.fgColor.rgb == "FFFFF2CC"


def test_that_rows_in_between_leave_the_others_what_is_theirs(plan: Plan) -> None:
    east, west, north = plan.plants
    data = written(with_plants(plan, east, NEW, west, north))
    sheet = opened(data)["Plants"]
    assert beside(sheet)["South"] == (None, None, None, None, 30, "FFFFF2CC")
    assert beside(sheet)["North"][2] == ("K7", "https://example.org/North")
    assert [sheet.cell(row, 7).value for row in (4, 6, 7)] == ["=SUM(C$4:C4)", "=SUM(C$4:C6)", "=SUM(C$4:C7)"]
    assert sparklines(data) == {(f"Plants!C{row}:D{row}", f"H{row}") for row in (4, 6, 7)}


def test_that_what_stood_in_a_deleted_row_goes_with_it(plan: Plan) -> None:
    east, _, north = plan.plants
    plan = plan.with_table(plan.actions.replaced(plan.actions[:1]))
    data = written(with_plants(plan, east, north))
    book = opened(data)
    sheet = book["Plants"]
    assert set(beside(sheet)) == {"East", "North"}
    assert beside(sheet)["North"][2] == ("K5", "https://example.org/North")
    assert sheet["C6"].value == "=SUM(C4:C5)"
    assert book["Scratch"]["A2"].value == "=Plants!#REF!*2"
    assert book["Scratch"]["A1"].value == "=SUM(Plants!C4:C5)"
    assert sparklines(data) == {(f"Plants!C{row}:D{row}", f"H{row}") for row in (4, 5)}
    assert b"where West is" not in parts(data)["xl/comments1.xml"]
    assert parts(data)["xl/drawings/vmlDrawing1.vml"].count(b"<x:Row>") == 2


def test_that_an_excel_table_takes_in_new_rows_and_new_columns(plan: Plan) -> None:
    sector = replace(plan.demand[0], sector="Power")
    grown = plan.with_table(plan.demand.replaced([*plan.demand, sector]))
    table = opened(written(grown.with_value("demand/Power/growth 2019", 0.1)))["Demand"].tables["Use"]
    assert table.ref == "A1:E4"
    assert table.autoFilter.ref == "A1:E4"
    assert table.column_names == ["Sector", "Consumption (kt)", "Growth 2017 (%)", "Growth 2018 (%)", "Growth 2019 (%)"]


def test_that_an_excel_table_never_is_without_a_row(plan: Plan) -> None:
    table = opened(written(plan.with_table(plan.demand.replaced([]))))["Demand"].tables["Use"]
    assert table.ref == "A1:D2"
    with_totals = patched(
        SOURCE,
        r"tables/table",
        lambda text: text.replace('totalsRowShown="0"', 'totalsRowCount="1"', 1).replace(
            'ref="A1:D3"', 'ref="A1:D4"', 1
        ),
    )
    totalled = read_bytes(with_totals).draft
    assert totalled is not None
    table = opened(written(totalled.with_table(plan.demand.replaced([]))))["Demand"].tables["Use"]
    assert (table.ref, table.autoFilter.ref, table.totalsRowCount) == ("A1:D2", "A1:D2", None)


@pytest.mark.parametrize("is_deleted", [False, True])
def test_that_the_frames_of_notes_follow_whatever_prefixes_they_are_written_with(plan: Plan, is_deleted: bool) -> None:
    renamed = patched(SOURCE, r"\.vml", lambda text: re.sub(r"(?<=[</\s:])([vox])(?=[:=])", r"ns\1", text))
    assert b"<nsv:shape " in parts(renamed)["xl/drawings/vmlDrawing1.vml"]
    east, west, north = replace(plan, source=renamed).plants
    moved = with_plants(replace(plan, source=renamed), north, *(() if is_deleted else (west,)), east)
    rows = moved.plants.with_unread({(0, "built"): Unread("many", True)})
    frames = ElementTree.fromstring(parts(plan_bytes(as_stored(moved.with_table(rows))))["xl/drawings/vmlDrawing1.vml"])
    office = "{urn:schemas-microsoft-com:office:excel}"
    places = [
        (cell.findtext(f"{office}Row"), cell.findtext(f"{office}Column")) for cell in frames.iter(f"{office}ClientData")
    ]
    rows_below = ("4",) if is_deleted else ("4", "5")
    assert sorted(places) == [("3", "1"), ("3", "2"), *((row, "1") for row in rows_below)]


def test_that_the_last_good_value_of_a_text_is_noted_beside_the_notes_that_are_there(plan: Plan) -> None:
    rows = plan.plants.with_unread({(1, "built"): Unread("many", True), (2, "province"): Unread("", False)})
    data = plan_bytes(as_stored(plan.with_table(rows)))
    sheet = opened(data)["Plants"]
    assert sheet["C5"].value == "many"
    assert sheet["C5"].comment.text.endswith("Last good value: 800")
    assert [sheet.cell(row, 2).comment.text for row in (4, 5, 6)] == [f"where {name} is" for name, *_ in PLANTS]
    assert parts(data)["xl/drawings/vmlDrawing1.vml"].count(b"<v:shape ") == 4
    mended = read_bytes(data).draft
    assert mended is not None
    again = parts(plan_bytes(mended.with_value("plants/West/built", 800)))
    assert again["xl/drawings/vmlDrawing1.vml"] == parts(SOURCE)["xl/drawings/vmlDrawing1.vml"]
    assert "Last good" not in again["xl/comments1.xml"].decode()


def test_that_parts_of_no_concern_stay_byte_for_byte_whatever_is_done(plan: Plan) -> None:
    east, west, north = plan.plants
    for changed in (
        with_plants(plan, north, NEW, east),
        with_plants(plan, west),
        plan.with_value("actions/Cut West/announced", 60).with_value("demand/Transport/note", "x"),
    ):
        left = set(parts(SOURCE)) - changed_parts(written(changed))
        assert left >= {
            "docProps/core.xml",
            "docProps/app.xml",
            "xl/theme/theme1.xml",
            "xl/media/image1.png",
            "xl/sharedStrings.xml",
            "xl/charts/chart2.xml",
            "xl/drawings/drawing2.xml",
        }


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_that_libreoffice_sees_everything_in_its_place(plan: Plan, tmp_path: Path) -> None:
    east, west, north = plan.plants
    data = written(with_plants(plan, north, NEW, replace(east, built=1100.0), west))
    (tmp_path / "plan.xlsx").write_bytes(data)
    command = [
        *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
        *(
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(tmp_path / "out"),
            str(tmp_path / "plan.xlsx"),
        ),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    book = opened((tmp_path / "out" / "plan.xlsx").read_bytes(), values=True)
    total = TOTAL + 100 + 120
    scratch = book["Scratch"]
    assert [scratch.cell(row, 1).value for row in range(1, 8)] == [total, 1600, 1601, total, 42, 500, 2000]
    plants = book["Plants"]
    assert [plants.cell(row, 1).value for row in range(3, 9)] == ["Plant", "North", "South", "East", "West", "Total"]
    assert plants["C8"].value == total
    assert plants["F6"].value == pytest.approx(1100 / total)
    assert [plants.cell(row, 10).value for row in range(4, 8)] == ["about North", None, "about East", "about West"]
    assert plants["B6"].comment.text.endswith("where East is")
    assert len(plants._charts) == len(book["Scratch"]._charts) == 1
    with zipfile.ZipFile(tmp_path / "out" / "plan.xlsx") as archive:
        drawings = b"".join(archive.read(name) for name in archive.namelist() if "drawings/drawing" in name)
    assert (drawings.count(b"<xdr:pic>"), drawings.count(b"my thoughts")) == (3, 1)
