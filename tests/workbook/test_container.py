from contextlib import suppress
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook, load_workbook

from aluplanner.workbook.container import Container
from aluplanner.workbook.markup import PartError
from aluplanner.workbook.raw.date_formats import is_date_code, is_date_format
from aluplanner.workbook.raw.plain_text import IrregularError
from aluplanner.workbook.raw.sheet_reader import SheetReader
from aluplanner.workbook.raw.sheet_scan import scan_sheet
from aluplanner.workbook.sheet import Fault, column_letters, column_number, escape, unescape
from aluplanner.workbook.unpacking import unpacked
from tests.workbook.books import EXAMPLE, as_bytes, book, book_bytes, patched

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>'
    "<conditionalFormatting><cfRule><formula>1</formula></cfRule></conditionalFormatting></worksheet>"
)


def cells(
    rows: str, texts: list[str] | None = None, dates: frozenset[str] = frozenset()
) -> dict[tuple[int, int], object]:
    data = SHEET.format(rows).encode()
    reader = SheetReader(texts or [], dates)
    reader.read("sheet", data)
    contents = unpacked(reader.sheet, is_1904=False)
    with suppress(IrregularError):
        assert unpacked(scan_sheet("sheet", data, texts or [], dates), is_1904=False) == contents
    return {(row, column): cell for row, found in contents.rows for column, cell in found.items()}


def test_that_it_reads_what_openpyxl_reads() -> None:
    data = EXAMPLE.read_bytes()
    container = Container(data)
    theirs = load_workbook(EXAMPLE, data_only=True)
    assert [sheet.name for sheet in container.sheets] == theirs.sheetnames
    for sheet in container.sheets:
        ours = {(row, column): cell for row, found in container.read(sheet).rows for column, cell in found.items()}
        expected = {
            (cell.row, cell.column): cell.value
            for row in theirs[sheet.name].iter_rows()
            for cell in row
            if cell.value is not None
        }
        assert ours == expected


def test_that_every_kind_of_cell_comes_back() -> None:
    values = [
        "text",
        " kept ",
        "",
        1,
        2.5,
        -3e-7,
        True,
        False,
        date(2017, 6, 1),
        datetime(2017, 6, 1, 12),
        time(6),
        None,
    ]
    (sheet,) = (container := Container(book_bytes({"S": [values]}))).sheets
    ((_, found),) = container.read(sheet).rows
    assert found == {
        1: "text", 2: " kept ", 4: 1.0, 5: 2.5, 6: -3e-7, 7: True, 8: False,
        9: datetime(2017, 6, 1), 10: datetime(2017, 6, 1, 12), 11: datetime(1899, 12, 30, 6),
    }  # fmt: skip


def test_that_cells_and_rows_without_addresses_follow_each_other() -> None:
    first = "<row><c><v>1</v></c><c><v>2</v></c></row>"
    found = cells(f'{first}<row r="5"><c r="C5"><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>')
    assert found == {(1, 1): 1.0, (1, 2): 2.0, (5, 3): 3.0, (5, 4): 4.0, (6, 1): 5.0}


def test_that_rows_out_of_order_are_put_in_order() -> None:
    found = cells('<row r="3"><c r="A3"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>')
    assert list(found.items()) == [((1, 1), 1.0), ((3, 1), 3.0)]


def test_that_shared_and_rich_texts_are_joined_without_their_phonetic_guides() -> None:
    runs = '<r><t>east</t></r><r><rPr/><t xml:space="preserve"> side</t></r><rPh><t>phonetic</t></rPh>'
    inline = f'<c t="inlineStr"><is>{runs}</is></c>'
    assert cells(f'<row><c t="s"><v>1</v></c>{inline}</row>', ["zero", "one"]) == {(1, 1): "one", (1, 2): "east side"}


@pytest.mark.parametrize("index", ["-1", "2", "x", "1.0"])
def test_that_a_text_that_is_not_there_is_a_fault(index: str) -> None:
    assert isinstance(cells(f'<row><c t="s"><v>{index}</v></c></row>', ["zero", "one"])[1, 1], Fault)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c t="e"><v>#DIV/0!</v></c>', "#DIV/0!"),
        ("<c><f>A2</f></c>", "never calculated"),
        ("<c><f>A2</f><v></v></c>", "never calculated"),
        ('<c t="b"><f>A2</f></c>', "never calculated"),
        ('<c t="shared"><f t="shared" si="0"/></c>', "damaged"),
        ('<c t="d"><v>someday</v></c>', "damaged"),
        ("<c><v>1e999</v></c>", "damaged"),
        ('<c s="7"><v>1e300</v></c>', "formatted as a date"),
    ],
)
def test_that_a_cell_without_a_value_says_why(cell: str, expected: str) -> None:
    fault = cells(f"<row>{cell}</row>", dates=frozenset({"7"}))[1, 1]
    assert isinstance(fault, Fault)
    assert expected in fault.message
    assert fault.remedy


def test_that_a_formula_whose_text_is_empty_is_a_blank() -> None:
    assert cells('<row><c t="str"><f>""</f><v></v></c></row>') == {}


def test_that_formulas_are_known_by_their_place() -> None:
    made = book({"S": [[1, 2], [3, 4]]})
    made["S"]["B2"] = "=A1+1"
    (sheet,) = (container := Container(as_bytes(made))).sheets
    assert container.read(sheet).formulas == {(2, 2)}


def test_that_iso_dates_are_read() -> None:
    assert cells('<row><c t="d"><v>2017-06-01T00:00:00</v></c></row>') == {(1, 1): datetime(2017, 6, 1)}


def test_that_elements_with_a_prefix_are_read() -> None:
    reader = SheetReader([], frozenset())
    row = b'<x:row r="4"><x:c><x:v>7</x:v></x:c></x:row>'
    head, tail = b'<x:worksheet xmlns:x="urn:any"><x:sheetData>', b"</x:sheetData></x:worksheet>"
    reader.read("sheet", head + row + tail)
    assert unpacked(reader.sheet, is_1904=False).rows == [(4, {1: 7.0})]


@pytest.mark.parametrize(
    ("number", "code", "expected"),
    [
        ("14", "", True), ("31", "", True), ("57", "", True), ("10", "", False), ("0", "", False), ("x", "", False),
        ("164", 'yyyy"年"m"月"', True), ("164", "[$-804]yyyy/m;@", True), ("164", "[h]:mm", True),
        ("164", '0.0"days"', False), ("164", "[Red]0.00", False), ("164", "General", False), ("164", "0.00E+00", False),
        ("164", "#,##0\\m", False),
    ],
)  # fmt: skip
def test_that_dates_are_told_from_numbers_by_their_format(number: str, code: str, expected: bool) -> None:
    assert is_date_format(number, code) is expected


def test_that_only_the_first_part_of_a_format_counts() -> None:
    assert not is_date_code('0;"month"m')


def test_that_chinese_date_formats_without_a_code_are_dates() -> None:
    made = Workbook()
    made.active["A1"] = 42887
    made.active["A1"].number_format = "0.00"
    data = patched(as_bytes(made), r"styles\.xml", lambda text: text.replace('numFmtId="2"', 'numFmtId="31"'))
    (sheet,) = (container := Container(data)).sheets
    assert container.read(sheet).rows == [(1, {1: datetime(2017, 6, 1)})]


@pytest.mark.parametrize(
    "text", ["_x000D_", "_x005F_x000D_", "__x0041__", "_x005F", "plain", "_x005f_x005f_", "a_x0041"]
)
def test_that_texts_that_look_like_escapes_survive(text: str) -> None:
    assert unescape(escape(text)) == text


def test_that_escapes_are_resolved() -> None:
    assert unescape("a_x000D_b_x0041_") == "a\rbA"


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("XFD", 16384)])
def test_that_columns_are_counted_as_in_excel(letters: str, number: int) -> None:
    assert (column_number(letters), column_letters(number)) == (number, letters)


def test_that_a_document_type_is_refused() -> None:
    data = patched(
        book_bytes({"S": [[1]]}), "sheet1", lambda text: text.replace("<worksheet", "<!DOCTYPE x><worksheet", 1)
    )
    container = Container(data)
    with pytest.raises(PartError, match="sheet1") as caught:
        container.read(container.sheets[0])
    assert caught.value.code == "dtd"


def test_that_a_sheet_whose_part_is_missing_is_named() -> None:
    data = patched(
        book_bytes({"S": [[1]]}), r"workbook\.xml\.rels", lambda text: text.replace("sheet1.xml", "sheet9.xml")
    )
    container = Container(data)
    with pytest.raises(PartError, match="sheet9") as caught:
        container.read(container.sheets[0])
    assert caught.value.code == "missing-part"
