"""Plans are written back into sheets that few programs write, and into those that state the figures in another way."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from aluplanner.model.calendar import Month
from aluplanner.model.plan import Plan
from aluplanner.model.plants import Plant
from aluplanner.workbook.living import living_bytes
from aluplanner.workbook.package import Package
from aluplanner.workbook.read import read_bytes
from aluplanner.workbook.surgery import book_change
from aluplanner.workbook.write import plan_bytes
from tests.document.small_plan import small_plan
from tests.workbook.books import ACTIONS, DEMAND, PLANTS, as_bytes, book, book_bytes, patched, plan_sheets

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
NEW = Plant("South", "aluminium", "G3", "Yunnan", 120.0, 60.0)


def plan_of(data: bytes) -> Plan:
    result = read_bytes(data)
    assert result.draft is not None, [str(issue) for issue in result.issues]
    return result.draft


def written(plan: Plan) -> Workbook:
    data = plan_bytes(plan)
    assert plan_of(data) == plan
    return load_workbook(io.BytesIO(data))


def reordered(plan: Plan) -> Plan:
    """Return the plan with its plants in another order, one of them changed and one new."""
    east, west, *others = plan.plants
    return plan.with_table(plan.plants.replaced([*others, NEW, west, replace(east, built=1010.0)]))


def with_prefix(text: str) -> str:
    return re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", text).replace("xmlns=", "xmlns:x=")


def without_places(text: str) -> str:
    return re.sub(r'(<(?:c|row)) r="[A-Z]*\d+"', r"\1", text)


def upside_down(text: str) -> str:
    head, data, tail = re.split(r"<sheetData>|</sheetData>", text)
    rows = re.findall(r"<row.*?</row>", data)
    return f"{head}<sheetData><!-- last first -->{''.join(reversed(rows))}</sheetData>{tail}"


def in_sixteen_bits(data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            contents = old.read(name)
            if "worksheets/sheet1" in name:
                contents = f'<?xml version="1.0" encoding="UTF-16"?>{contents.decode()}'.encode("utf-16")
            new.writestr(name, contents)
    return made.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        patched(book_bytes(plan_sheets()), r"worksheets/sheet|styles\.xml", with_prefix),
        patched(book_bytes(plan_sheets()), r"worksheets/sheet", without_places),
        patched(book_bytes(plan_sheets()), r"worksheets/sheet", upside_down),
        in_sixteen_bits(book_bytes(plan_sheets())),
    ],
    ids=["a prefix for every name", "no places", "the last row first", "sixteen bits a character"],
)
def test_that_a_sheet_written_in_an_unusual_way_takes_a_plan(data: bytes) -> None:
    plan = plan_of(data)
    assert plan_bytes(plan) is data
    sheet = written(reordered(plan))["Plants"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_col=1, max_col=6)] == [
        PLANTS[0],
        PLANTS[3],
        ["South", "aluminium", "G3", "Yunnan", 120, 60],
        PLANTS[2],
        [*PLANTS[1][:4], 1010, 900],
    ]


def test_that_a_workbook_without_styles_gets_them() -> None:
    data = book_bytes(plan_sheets())
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            text = old.read(name).decode()
            if "styles" not in name:
                text = re.sub(r"<(Relationship|Override)[^>]*styles[^>]*/>", "", text)
                new.writestr(name, re.sub(r' s="\d+"', "", text) if "worksheets" in name else text)
    plan = plan_of(patched(made.getvalue(), "sheet2", lambda text: re.sub(r"<c r=\"E[23]\".*?</c>", "", text)))
    cell = written(plan.with_value("actions/Cut West/start", "2018-02"))["Actions"]["E3"]
    assert (cell.value, cell.number_format) == (datetime(2018, 2, 1), "yyyy-mm")


def in_wide_letters(data: bytes) -> bytes:
    """Return a workbook all parts of which are in UTF-16."""
    return each_part(data, lambda name, text: (name, text.replace("UTF-8", "UTF-16").encode("utf-16")))


def in_other_case(data: bytes) -> bytes:
    """Return a workbook whose parts have names that differ by case from those that refer to them."""
    return each_part(data, lambda name, text: (re.sub(r"(?<=xl/)(\w)", lambda it: it[1].upper(), name), text.encode()))


def in_loose_tags(data: bytes) -> bytes:
    """Return a workbook with blanks where nearly no program writes any."""
    loose = partial(re.sub, r"<(/?[A-Za-z][\w:]*)>", r"<\1\n>")
    return each_part(data, lambda name, text: (name, loose(text).encode()))


def each_part(data: bytes, change: Callable[[str, str], tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name).decode()))
    return made.getvalue()


@pytest.mark.parametrize("rewritten", [in_wide_letters, in_other_case, in_loose_tags])
def test_that_formulas_elsewhere_follow_rows_however_the_parts_are_written(rewritten: Callable[[bytes], bytes]) -> None:
    data = rewritten(book_bytes(plan_sheets(Mine=[["=SUM(Plants!E2:E4)"]])))
    plan = plan_of(data)
    assert plan_bytes(plan) is data
    assert written(plan.with_table(plan.plants.replaced(plan.plants[:2])))["Mine"]["A1"].value == "=SUM(Plants!E2:E3)"


def test_that_formats_written_with_two_tags_stay_whole() -> None:
    def spelled_out(text: str) -> str:
        one = '<numFmts count="1"><numFmt numFmtId="170" formatCode="0.000"></numFmt></numFmts>'
        return re.sub(r"<numFmts.*?</numFmts>|<numFmts[^>]*/>|(?=<fonts)", one, text, count=1)

    data = patched(book_bytes(plan_sheets()), "styles", spelled_out)
    plan = plan_of(patched(data, "sheet2", lambda text: re.sub(r"<c r=\"E[23]\".*?</c>", "", text)))
    cell = written(plan.with_value("actions/Cut West/start", "2018-02"))["Actions"]["E3"]
    assert (cell.value, cell.number_format) == (datetime(2018, 2, 1), "yyyy-mm")


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_that_styles_of_one_empty_tag_take_the_format_of_months() -> None:
    data = patched(book_bytes(plan_sheets()), "styles", lambda text: re.sub(r"(<styleSheet[^>]*)>.*", r"\1/>", text))
    plan = plan_of(patched(data, "sheet2", lambda text: re.sub(r"<c r=\"E[23]\".*?</c>", "", text)))
    cell = written(plan.with_value("actions/Cut West/start", "2018-02"))["Actions"]["E3"]
    assert (cell.value, cell.number_format) == (datetime(2018, 2, 1), "yyyy-mm")


def test_that_figures_in_another_unit_stay_in_it() -> None:
    plants: list[list[Any]] = [
        ["Plants of the association"],
        [],
        ["企业", "产品", "集团", "省份", "建成产能(万吨/年)", "Operating (t/d)"],
        ["East", "aluminium", "G1", "Shandong", 100, 2000],
        ["West", "aluminium", "G2", "Xinjiang", 80, 2100],
    ]
    plan = plan_of(book_bytes(plan_sheets(Plants=plants)))
    assert (plan.plants[0].built, plan.plants[0].operating) == (1000, 730)
    changed = plan.with_value("plants/East/built", 1055).with_value("plants/West/operating", 511)
    sheet = written(changed.with_value("plants/East/operating", 700.123456789012))["Plants"]
    assert [sheet["E4"].value, sheet["E5"].value, sheet["F5"].value] == [105.5, 80, 1400]
    sheet = written(plan.with_table(plan.plants.replaced([NEW, *plan.plants])))["Plants"]
    assert [cell.value for cell in sheet[4]] == ["South", "aluminium", "G3", "Yunnan", 12, pytest.approx(60 / 0.365)]
    assert sheet["A1"].value == "Plants of the association"


def test_that_a_figure_that_no_number_in_the_sheets_unit_gives_back_states_its_own() -> None:
    plants = [
        [*PLANTS[0][:5], "Operating (t/d)"],
        ["East", "aluminium", "G1", "Shandong", 1000, 2000],
        PLANTS[2],
        PLANTS[3],
    ]
    plan = plan_of(book_bytes(plan_sheets(Plants=plants)))
    for value in (0.7510000000000001, 123.4567890123457, 0.1234567890123456):
        written(plan.with_value("plants/East/operating", value))


def test_that_months_count_from_1904_where_the_workbook_does() -> None:
    made = book(plan_sheets())
    made.epoch = CALENDAR_MAC_1904
    plan = plan_of(as_bytes(made)).with_value("actions/Cut West/start", "2019-03")
    assert plan_of(plan_bytes(plan)).actions[1].start == Month.of(2019, 3)
    assert written(plan)["Actions"]["E3"].value.date() == date(2019, 3, 1)


def test_that_sums_typed_in_as_figures_go_on_being_sums() -> None:
    plants = [*PLANTS, ["合计", None, None, None, 2300, 2000]]
    plan = plan_of(book_bytes(plan_sheets(Plants=plants)))
    assert len(plan.plants) == 3
    sheet = written(plan.with_value("plants/East/built", 1100))["Plants"]
    assert [sheet["E5"].value, sheet["F5"].value] == [2400, 2000]
    sheet = written(plan.with_table(plan.plants.replaced([*plan.plants, NEW])))["Plants"]
    assert [sheet["A6"].value, sheet["E6"].value, sheet["F6"].value] == ["合计", 2420, 2060]


def test_that_a_cell_merged_over_rows_is_taken_apart_only_where_they_part() -> None:
    made = book(plan_sheets())
    made["Plants"]["C2"], made["Plants"]["C3"] = "G1", None
    made["Plants"].merge_cells("C2:C3")
    plan = plan_of(as_bytes(made))
    assert [plant.group for plant in plan.plants] == ["G1", "G1", "G2"]
    east, west, north = plan.plants
    sheet = written(plan.with_table(plan.plants.replaced([north, east, west])))["Plants"]
    assert [str(area) for area in sheet.merged_cells.ranges] == ["C3:C4"]
    for changed in ([west, north, east], [east, NEW, west, north], [replace(east, group="G9"), west, north]):
        sheet = written(plan.with_table(plan.plants.replaced(changed)))["Plants"]
        assert not sheet.merged_cells.ranges
        assert [cell.value for cell in sheet["C"][1:]] == [plant.group for plant in changed]


def test_that_formulas_that_share_one_text_go_on_reading_as_they_did() -> None:
    def shared(text: str) -> str:
        text = text.replace("<f>E2*2</f>", '<f t="shared" ref="H2:H4" si="0">E2*2</f>')
        return text.replace("<f>E3*2</f>", '<f t="shared" si="0"/>').replace("<f>E4*2</f>", '<f t="shared" si="0"/>')

    plants = [[*PLANTS[0], None, "Twice"], *([*row, None, f"=E{n}*2"] for n, row in enumerate(PLANTS[1:], start=2))]
    data = patched(book_bytes(plan_sheets(Plants=plants)), "sheet1", shared)
    assert Package(data)["xl/worksheets/sheet1.xml"].count(b'si="0"') == 3
    sheet = written(reordered(plan_of(data)))["Plants"]
    assert [sheet.cell(row, 8).value for row in range(2, 6)] == ["=E2*2", None, "=E4*2", "=E5*2"]


def test_that_a_formula_over_several_cells_keeps_its_values_where_they_part() -> None:
    def array(text: str) -> str:
        first = '<f t="array" ref="H2:H4">E2:E4*2</f><v>2000</v>'
        text = re.sub(r"<f>E2\*2</f><v ?/>|<f>E2\*2</f><v></v>", first, text)
        return text.replace('<c r="H3" t="n"><v>2</v>', '<c r="H3"><v>1600</v>')

    plants = [
        [*PLANTS[0], None, "Twice"],
        [*PLANTS[1], None, "=E2*2"],
        [*PLANTS[2], None, 1600],
        [*PLANTS[3], None, 1000],
    ]
    plan = plan_of(patched(book_bytes(plan_sheets(Plants=plants)), "sheet1", array))
    east, west, north = plan.plants
    with zipfile.ZipFile(io.BytesIO(plan_bytes(plan.with_table(plan.plants.replaced([west, north, east]))))) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f" not in text
    assert re.findall(r'<c r="H(\d)"[^>]*><v>(\d+)</v>', text) == [("2", "1600"), ("3", "1000"), ("4", "2000")]
    sheet = written(plan.with_table(plan.plants.replaced([*plan.plants, NEW])))["Plants"]
    assert (sheet["H2"].value.ref, sheet["H2"].value.text) == ("H2:H4", "=E2:E4*2")


def test_that_the_order_of_calculation_goes_where_formulas_move_and_stays_elsewhere() -> None:
    plants = [[*PLANTS[0], "Twice"], *([*row, f"=E{n}*2"] for n, row in enumerate(PLANTS[1:], start=2))]
    chain = "xl/calcChain.xml"
    made = io.BytesIO(book_bytes(plan_sheets(Plants=plants)))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(chain, f'<calcChain xmlns="{MAIN}"><c r="G2" i="1"/></calcChain>')
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    relation = f'<Relationship Id="rId77" Type="{kind}" Target="calcChain.xml"/></Relationships>'
    data = patched(made.getvalue(), "workbook.xml.rels", lambda text: text.replace("</Relationships>", relation))
    plan = plan_of(data)
    for changed, is_kept in ((plan.with_value("plants/East/built", 1001), True), (reordered(plan), False)):
        with zipfile.ZipFile(io.BytesIO(plan_bytes(changed))) as archive:
            assert (chain in archive.namelist()) is is_kept
            assert ("calcChain" in archive.read("xl/_rels/workbook.xml.rels").decode()) is is_kept


def test_that_threads_of_comments_and_pivot_tables_follow_their_rows() -> None:
    thread = '<ThreadedComments><threadedComment ref="B4" id="1"><text>?</text></threadedComment></ThreadedComments>'
    pivot = (
        f'<pivotCacheDefinition xmlns="{MAIN}"><cacheSource type="worksheet">'
        '<worksheetSource ref="A1:F4" sheet="Plants"/></cacheSource></pivotCacheDefinition>'
    )
    made = io.BytesIO(book_bytes(plan_sheets()))
    relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("xl/threadedComments/threadedComment1.xml", thread)
        archive.writestr("xl/pivotCache/pivotCacheDefinition1.xml", pivot)
        archive.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels",
            relations.format(
                '<Relationship Id="rId1" Type="http://schemas.microsoft.com/office/2017/10/relationships/'
                'threadedComment" Target="../threadedComments/threadedComment1.xml"/>'
            ),
        )
    with zipfile.ZipFile(io.BytesIO(plan_bytes(reordered(plan_of(made.getvalue()))))) as archive:
        assert 'ref="B2"' in archive.read("xl/threadedComments/threadedComment1.xml").decode()
        found = archive.read("xl/pivotCache/pivotCacheDefinition1.xml").decode()
    assert 'ref="A1:F5"' in found
    assert 'refreshOnLoad="1"' in found


def test_that_no_relation_of_what_is_written_leads_nowhere() -> None:
    plan = plan_of(book_bytes(plan_sheets()))
    for changed in (plan, replace(plan, source=None)):
        data = plan_bytes(changed.with_value("assumptions/load_factor/value", 1.01))
        assert Package(data).dangling() == frozenset()
        assert next(iter(Package(data))) == "[Content_Types].xml"


def test_that_long_header_words_of_the_planner_and_of_demand_stay() -> None:
    plan = plan_of(book_bytes({"Plants": PLANTS, "Actions": ACTIONS, "Demand": DEMAND}))
    sheet = written(plan.with_value("demand/Transport/growth 2018", 0.061))["Demand"]
    assert (sheet["D3"].value, sheet["D3"].number_format) == (0.061, "0.0%")


def test_that_where_formulas_are_too_many_to_look_into_all_count_as_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(book_change, "MOST_FORMULAS", 3)
    plants = [[*PLANTS[0], "Twice"], *([*row, f"=E{n}*2"] for n, row in enumerate(PLANTS[1:], start=2))]
    made = book(plan_sheets(Plants=plants, Scratch=[["=Plants!E2"], ["=1+1"], ['="a"&"b"']]))
    made["Plants"]["F4"] = "=200+100"
    data = patched(as_bytes(made), "sheet", lambda text: re.sub(r"</f><v ?/>", "</f><v>300</v>", text))
    data = patched(data, "sheet4", lambda text: text.replace('<c r="A3">', '<c r="A3" cm="1" t="str">'))
    changed = plan_of(data).with_value("plants/East/built", 1001)
    with zipfile.ZipFile(io.BytesIO(plan_bytes(changed))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert "<v>" not in parts["xl/worksheets/sheet4.xml"]
    assert parts["xl/worksheets/sheet4.xml"].count("<f>") == 3
    assert "200+100" not in parts["xl/worksheets/sheet1.xml"]
    assert 'fullCalcOnLoad="1"' in parts["xl/workbook.xml"]
    moved = written(reordered(changed))
    assert moved["Scratch"]["A1"].value == "=Plants!E5"
    assert moved["Plants"]["G5"].value == "=E5*2"


def test_that_a_living_model_goes_on_finding_rows_by_their_places() -> None:
    source = living_bytes(small_plan())
    plan = plan_of(source)
    data = plan_bytes(plan.with_table(plan.plants.replaced([*reversed(plan.plants), NEW])))
    before, after = (load_workbook(io.BytesIO(each))["Plants now"] for each in (source, data))
    formulas = [[cell.value for cell in row] for row in before.iter_rows()]
    assert any("Plants!" in str(value) for row in formulas for value in row)
    assert [[cell.value for cell in row] for row in after.iter_rows()] == formulas


def test_that_a_damaged_sheet_of_the_planners_own_is_left_alone() -> None:
    def spoil(text: str) -> str:
        return text.replace("<sheetData>", "<sheetDate>").replace("</sheetData>", "</sheetDate>")

    data = patched(book_bytes(plan_sheets(Scratch=[["=Plants!E2"]])), "sheet4", spoil)
    for changed in (plan_of(data).with_value("plants/East/built", 1001), reordered(plan_of(data))):
        assert Package(plan_bytes(changed))["xl/worksheets/sheet4.xml"] == Package(data)["xl/worksheets/sheet4.xml"]
