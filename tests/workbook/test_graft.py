import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName as OpenName

from aluplanner.workbook.book_part import BookPart, DefinedName
from aluplanner.workbook.graft import graft
from aluplanner.workbook.package import Package
from tests.workbook.books import as_bytes, book_bytes, patched


def made(fill: Callable[[Any], None]) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_formulas": False})
    book.set_properties({"created": date(2000, 1, 1)})
    fill(book)
    book.close()
    return stream.getvalue()


def results(book: Any) -> None:
    """Two sheets that use all that a graft must carry."""
    plain = book.add_worksheet("Figures")
    month = book.add_format({"num_format": "yyyy-mm", "bold": True})
    share = book.add_format({"num_format": "0.0%", "bg_color": "#EEF3F8", "bottom": 1})
    warm = book.add_format({"bg_color": "#FF0000"})
    plain.write_string("A1", "=not a formula & <x>")
    plain.write_string("A2", " 铝 \n")
    plain.write_datetime("B1", date(2017, 6, 1), month)
    plain.write_number("B2", 0.125, share)
    plain.write_formula("B3", "=Other!A1+B2", share, 7)
    plain.set_column("C:C", 20, share)
    plain.set_row(4, 30, month)
    plain.conditional_format("B2:B9", {"type": "cell", "criteria": ">", "value": 1, "format": warm})
    plain.data_validation("C2:C9", {"validate": "list", "source": "=Other!$A$1:$A$3"})
    plain.data_validation("D2:D9", {"validate": "list", "source": ["a", "b"]})
    plain.write_comment("A1", "unit: kt", {"author": "AluPlanner"})
    plain.autofilter("A1:B3")
    plain.repeat_rows(0)
    plain.print_area("A1:D20")
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Figures!$B$1:$B$2", "name": "=Figures!$A$1"})
    plain.insert_chart("F2", chart)
    other = book.add_worksheet("Other")
    other.write_number("A1", 3)
    other.write_comment("A1", "second")
    other.add_table("C1:D3", {"name": "Things", "columns": [{"header": "p"}, {"header": "q"}]})


@pytest.fixture
def host() -> bytes:
    book = Workbook()
    book.active.title = "Plants"
    book["Plants"]["A1"] = "Plant"
    book["Plants"]["A1"].font = Font(name="Arial", bold=True, size=14)
    book["Plants"]["B1"] = 0.5
    book["Plants"]["B1"].number_format = "0.000%"
    book["Plants"]["B1"].fill = PatternFill("solid", fgColor="FF00FF00")
    notes = book.create_sheet("Notes & 'more'")
    notes["A1"] = "mine"
    notes.print_title_rows = "1:2"
    book.defined_names["Mine"] = OpenName("Mine", attr_text="Plants!$A$1")
    return as_bytes(book)


def grafted(host: bytes, donor: bytes, names: dict[str, str]) -> bytes:
    package = Package(host)
    graft(package, donor, names)
    return package.to_bytes()


BOTH = {"Figures": "Figures", "Other": "Other"}


def test_that_values_and_formats_arrive(host: bytes) -> None:
    sheet = load_workbook(io.BytesIO(grafted(host, made(results), BOTH)))["Figures"]
    assert sheet["A1"].value == "=not a formula & <x>"
    assert sheet["A1"].data_type != "f"
    assert sheet["A2"].value == " 铝 \n"
    assert sheet["B1"].number_format == "yyyy-mm"
    assert sheet["B1"].font.bold
    assert (sheet["B2"].value, sheet["B2"].number_format) == (0.125, "0.0%")
    assert sheet["B2"].fill.fgColor.rgb == "FFEEF3F8"
    assert sheet["B2"].border.bottom.style == "thin"
    assert sheet["B3"].value == "=Other!A1+B2"
    assert sheet.column_dimensions["C"].width == pytest.approx(20.7, abs=0.1)
    assert sheet.column_dimensions["C"].number_format == "0.0%"
    assert sheet.row_dimensions[5].number_format == "yyyy-mm"
    rules = [rule for found in sheet.conditional_formatting for rule in found.rules]
    assert rules[0].dxf.fill.bgColor.rgb == "FFFF0000"


def test_that_charts_comments_tables_and_names_arrive(host: bytes) -> None:
    book = load_workbook(io.BytesIO(grafted(host, made(results), BOTH)))
    sheet = book["Figures"]
    assert sheet._charts[0].series[0].val.numRef.f == "Figures!$B$1:$B$2"
    assert sheet["A1"].comment.text == "unit: kt"
    assert book["Other"]["A1"].comment.text == "second"
    assert book["Other"].tables["Things"].ref == "C1:D3"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.print_area == "'Figures'!$A$1:$D$20"
    assert book["Notes & 'more'"].print_title_rows == "$1:$2"
    assert book.defined_names["Mine"].attr_text == "Plants!$A$1"


def test_that_the_host_keeps_its_sheets_byte_for_byte(host: bytes) -> None:
    before, after = Package(host), Package(grafted(host, made(results), BOTH))
    changed = {part for part in before if before[part] != after[part]}
    assert changed == {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    book = load_workbook(io.BytesIO(after.to_bytes()))
    assert book.sheetnames == ["Plants", "Notes & 'more'", "Figures", "Other"]
    assert book["Plants"]["A1"].font.name == "Arial"
    assert book["Plants"]["B1"].number_format == "0.000%"
    assert book["Plants"]["B1"].fill.fgColor.rgb == "FF00FF00"


def test_that_plain_cells_take_the_hosts_font() -> None:
    book = Workbook()
    book._fonts[0] = Font(name="SimSun", size=12)
    sheet = load_workbook(io.BytesIO(grafted(as_bytes(book), made(results), BOTH)))["Figures"]
    assert sheet["A1"].font.name == "SimSun"
    assert sheet["B2"].font.name == "SimSun"


def test_that_a_second_graft_replaces_the_sheet_in_its_place_and_adds_nothing(host: bytes) -> None:
    once = grafted(host, made(results), {"Figures": "Notes & 'more'", "Other": "Other"})
    assert load_workbook(io.BytesIO(once)).sheetnames == ["Plants", "Notes & 'more'", "Other"]
    assert grafted(once, made(results), {"Figures": "Notes & 'more'", "Other": "Other"}) == once


def test_that_the_parts_of_a_replaced_sheet_go(host: bytes) -> None:
    once = grafted(host, made(results), BOTH)

    def bare(book: Any) -> None:
        book.add_worksheet("Figures").write_number("A1", 1)

    package = Package(once)
    graft(package, made(bare), {"Figures": "Figures"})
    left = sorted(part for part in package if re.search("chart|drawing|comment|table", part))
    assert left == ["xl/comments2.xml", "xl/drawings/vmlDrawing2.vml", "xl/tables/table1.xml"]
    types = package["[Content_Types].xml"].decode()
    assert "chart1.xml" not in types
    names = {(name.name, name.sheet) for name in BookPart(package).names}
    assert names == {("Mine", None), ("_xlnm.Print_Titles", 1)}


def test_that_references_follow_a_new_name(host: bytes) -> None:
    book = load_workbook(
        io.BytesIO(grafted(host, made(results), {"Figures": "Figures (AluPlanner)", "Other": "It's & 2"}))
    )
    sheet = book["Figures (AluPlanner)"]
    assert sheet["B3"].value == "='It''s & 2'!A1+B2"
    assert sheet._charts[0].series[0].val.numRef.f == "'Figures (AluPlanner)'!$B$1:$B$2"
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    assert lists == {"C2:C9": "'It''s & 2'!$A$1:$A$3", "D2:D9": '"a,b"'}
    assert sheet.print_title_rows == "$1:$1"
    assert "'Figures (AluPlanner)'!$A$1:$B$3" in [name.refers_to for name in BookPart(Package(as_bytes(book))).names]


def test_that_a_list_on_a_sheet_left_behind_is_left_out(host: bytes) -> None:
    sheet = load_workbook(io.BytesIO(grafted(host, made(results), {"Figures": "Figures"})))["Figures"]
    assert [str(rule.sqref) for rule in sheet.data_validations.dataValidation] == ["D2:D9"]


def test_that_no_part_gets_a_name_that_differs_by_case_only(host: bytes) -> None:
    renamed = patched(host, "Content_Types|rels", lambda text: text.replace("/sheet", "/SHEET"))
    package = Package(renamed)
    for part in list(package):
        if "/sheet" in part and "rels" not in part:
            package["xl/worksheets/" + part.rpartition("/")[2].replace("sheet", "SHEET")] = package[part]
            del package[part]
    graft(package, made(results), BOTH)
    names = [name.casefold() for name in package]
    assert len(names) == len(set(names))
    assert load_workbook(io.BytesIO(package.to_bytes())).sheetnames == ["Plants", "Notes & 'more'", "Figures", "Other"]


def prefixed(text: str) -> str:
    """Return a part with its main namespace under a prefix."""
    text = re.sub(r"<(/?)(?![?!])([A-Za-z]\w*)(?=[\s/>])", r"<\1x:\2", text)
    return text.replace(' xmlns="', ' xmlns:x="')


def test_that_prefixed_workbooks_take_sheets_in(host: bytes) -> None:
    book = patched(host, r"xl/(workbook|styles)\.xml$", prefixed)
    once = grafted(book, made(results), BOTH)
    sheet = load_workbook(io.BytesIO(once))["Figures"]
    assert sheet["B1"].number_format == "yyyy-mm"
    assert sheet["B1"].font.bold
    assert grafted(once, made(results), BOTH) == once


@pytest.mark.parametrize("missing", ["numFmts", "dxfs", "fonts", "borders"])
def test_that_lists_of_styles_that_the_host_lacks_are_made(host: bytes, missing: str) -> None:
    bare = patched(host, "styles", lambda text: re.sub(rf"<{missing}\b.*?</{missing}>", "", text, flags=re.DOTALL))
    if missing == "fonts":
        bare = patched(bare, "styles", lambda text: re.sub(r' fontId="\d+"', ' fontId="0"', text))
    sheet = load_workbook(io.BytesIO(grafted(bare, made(results), BOTH)))["Figures"]
    assert sheet["B2"].number_format == "0.0%"
    assert sheet["B1"].font.bold
    rules = [rule for found in sheet.conditional_formatting for rule in found.rules]
    assert rules[0].dxf.fill.bgColor.rgb == "FFFF0000"


@pytest.mark.filterwarnings("ignore:Workbook contains no default style")
def test_that_styles_of_one_empty_tag_take_formats_in() -> None:
    bare = patched(
        book_bytes({"Mine": [["x"]]}), "styles", lambda text: re.sub(r"(<styleSheet[^>]*)>.*", r"\1/>", text)
    )
    sheet = load_workbook(io.BytesIO(grafted(bare, made(results), BOTH)))["Figures"]
    assert sheet["B1"].font.bold
    assert sheet["B1"].number_format == "yyyy-mm"


def test_that_a_workbook_without_styles_gets_some(host: bytes) -> None:
    package = Package(host)
    book = BookPart(package).part
    for relation in package.relations(book):
        if relation.kind == "styles":
            package.unrelate(book, relation.key)
            package.remove(relation.part)
    for sheet in BookPart(package).sheets:
        package[sheet.part] = re.sub(rb' s="\d+"', b"", package[sheet.part])
    graft(package, made(results), BOTH)
    assert load_workbook(io.BytesIO(package.to_bytes()))["Figures"]["B1"].number_format == "yyyy-mm"


def test_that_tables_get_numbers_and_names_of_their_own(host: bytes) -> None:
    once = grafted(host, made(results), BOTH)
    twice = grafted(once, made(results), {"Other": "Another"})
    book = load_workbook(io.BytesIO(twice))
    tables = [*book["Other"].tables.values(), *book["Another"].tables.values()]
    assert [table.displayName for table in tables] == ["Things", "Things_2"]
    assert [table.id for table in tables] == [1, 2]


def test_that_only_the_active_sheet_is_selected(host: bytes) -> None:
    once = grafted(host, made(results), BOTH)
    assert [sheet.sheet_view.tabSelected for sheet in load_workbook(io.BytesIO(once))][1:] == [None, None, None]
    replaced = load_workbook(io.BytesIO(grafted(host, made(results), {"Other": "Plants"})))
    assert replaced["Plants"].sheet_view.tabSelected


def test_that_the_order_of_calculation_goes_when_formulas_come_or_go(host: bytes) -> None:
    package = Package(host)
    book = BookPart(package).part
    package["xl/calcChain.xml"] = b'<calcChain xmlns="x"><c r="A1" i="1"/></calcChain>'
    package.declare("xl/calcChain.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml")
    package.relate(book, "calcChain", "xl/calcChain.xml")
    graft(package, made(results), BOTH)
    assert "xl/calcChain.xml" not in package
    assert "calcChain" not in {relation.kind for relation in package.relations(book)}


def test_that_a_defined_name_can_be_set_hidden_replaced_and_taken_back(host: bytes) -> None:
    package = Package(host)
    book = BookPart(package)
    mark = DefinedName("AluPlanner.Summary", "'Notes & ''more'''!$A$1", is_hidden=True)
    book.define([mark])
    assert book.names[-1] == mark
    book.define([DefinedName("aluplanner.summary", "Plants!$A$1")])
    assert [name.refers_to for name in book.names if name.name.lower() == "aluplanner.summary"] == ["Plants!$A$1"]
    book.undefine(lambda name: True)
    assert b"definedNames" not in package[book.part]
    book.define([mark])
    assert book.names == (mark,)
