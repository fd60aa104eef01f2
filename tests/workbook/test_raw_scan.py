"""The fast scan of a sheet against the reading of it element by element."""

import re
from unittest.mock import patch
from xml.parsers import expat
from xml.sax.saxutils import escape

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from aluplanner.workbook.raw import sheet_scan
from aluplanner.workbook.raw.errors import RawError
from aluplanner.workbook.raw.packed import PackedSheet
from aluplanner.workbook.raw.plain_text import IrregularError, plain_texts
from aluplanner.workbook.raw.sheet_reader import SheetReader
from aluplanner.workbook.raw.sheet_scan import scan_sheet
from aluplanner.workbook.raw.texts import _TextReader, read_texts
from aluplanner.workbook.raw.values import clean
from aluplanner.workbook.sheet import Cell, SheetContents, column_letters
from aluplanner.workbook.unpacking import unpacked

NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
HEAD = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<worksheet {NAMESPACE}><sheetData>'
TAIL = '</sheetData><mergeCells count="1"><mergeCell ref="A1:C2"/></mergeCells></worksheet>'
TEXTS = ["zero", "", "二", "three", "<&>"]
DATES = frozenset({"2", "5"})


def slow(data: bytes) -> SheetContents | str:
    reader = SheetReader(TEXTS, DATES)
    try:
        reader.read("sheet", data)
    except RawError as error:
        return error.code
    return unpacked(reader.sheet, is_1904=False)


def fast(data: bytes, least: int = sheet_scan._LEAST) -> SheetContents | str | None:
    """Return ``None`` where the scan leaves the sheet to the other reader; ``least`` is what a template is made for."""
    try:
        with patch.object(sheet_scan, "_LEAST", least):
            packed = scan_sheet("sheet", data, TEXTS, DATES)
    except RawError as error:
        return error.code
    except IrregularError:
        return None
    return unpacked(PackedSheet.from_bytes(b"".join(packed.to_bytes())), is_1904=False)


def typed(contents: SheetContents | str) -> object:
    """Return contents in which ``1.0``, ``1`` and ``True`` differ."""
    if isinstance(contents, str):
        return contents
    cells = [(row, column, type(cell), repr(cell)) for row, found in contents.rows for column, cell in found.items()]
    return sorted(cells), contents.formulas, contents.merged


def assert_alike(data: bytes) -> bool:
    """Check the scan against the other reader, cell by cell and by a template; return whether it took the sheet."""
    right = typed(slow(data))
    found, by_template = fast(data), fast(data, least=0)
    for contents in (found, by_template):
        assert contents is None or typed(contents) == right
    return found is not None


NUMBERS = st.one_of(
    st.floats(-1e100, 1e100).map(repr),
    st.integers(-(10**20), 10**20).map(str),
    st.sampled_from(["0", "-0", "42887", "0.1", "1E5", "007", "0.30000000000000004"]),
)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=12).map(escape)
STYLES = st.sampled_from(["", ' s="1"', ' s="2"', ' s="5"', ' s="1" t="n"', ' s="2" t="n"'])


@st.composite
def regular_cells(draw: st.DrawFn) -> str:  # noqa: PLR0911
    """Return a cell as Excel, LibreOffice, openpyxl or XlsxWriter write it; ``{}`` stands for its place."""
    style = draw(st.sampled_from(["", ' s="1"', ' s="2"']))
    formula = draw(st.sampled_from(["", "", "", "<f>A1+B2</f>", '<f t="shared" ref="A1:B9" si="0">A$1&amp;"x"</f>',
                                    '<f t="shared" si="0"/>', '<f aca="false">1&lt;2</f>', "<f/>"]))  # fmt: skip
    kind = draw(st.integers(0, 8))
    if kind <= 2:
        return f'<c r="{{}}"{draw(STYLES)}>{formula}<v>{draw(NUMBERS)}</v></c>'
    if kind == 3:
        return f'<c r="{{}}"{style} t="s"><v>{draw(st.integers(0, len(TEXTS) - 1))}</v></c>'
    if kind == 4:
        space = draw(st.sampled_from(["", ' xml:space="preserve"']))
        return f'<c r="{{}}"{style} t="inlineStr"><is><t{space}>{_plain(draw(WORDS))}</t></is></c>'
    if kind == 5:
        return f'<c r="{{}}"{style}/>'
    if kind == 6:
        return f'<c r="{{}}"{style} t="str">{formula}<v>{_plain(draw(WORDS))}</v></c>'
    if kind == 7:
        found = draw(st.sampled_from([("b", "1"), ("b", "0"), ("e", "#N/A"), ("d", "2017-06-01"), ("d", "never")]))
        return f'<c r="{{}}"{style} t="{found[0]}">{formula}<v>{found[1]}</v></c>'
    return f'<c r="{{}}"{style}>{formula or "<f>1</f>"}{draw(st.sampled_from(["", "<v></v>"]))}</c>'


def _plain(text: str) -> str:
    return text.replace("{", "").replace("}", "").replace("\uffff", "").replace("\ufffe", "")


@st.composite
def sheets(draw: st.DrawFn, cells: st.SearchStrategy[str]) -> bytes:
    numbers = draw(st.lists(st.integers(1, 30), min_size=1, max_size=6, unique=draw(st.booleans())))
    if draw(st.booleans()):
        numbers.sort()
    rows = []
    for number in numbers:
        attributes = draw(st.sampled_from(["", ' spans="1:15"', ' ht="12.8" customHeight="1"', ' hidden="false"']))
        found = draw(st.dictionaries(st.integers(1, 30), cells, max_size=6))
        if not found:
            rows.append(draw(st.sampled_from([f'<row r="{number}"{attributes}/>', f'<row r="{number}"></row>'])))
            continue
        places = [(f"{column_letters(column)}{number}", cell) for column, cell in sorted(found.items())]
        together = "".join(cell.replace("{}", place, 1) for place, cell in places)
        rows.append(f'<row r="{number}"{attributes}>{together}</row>')
    return (HEAD + "".join(rows) + TAIL).encode()


@settings(max_examples=300, deadline=None)
@given(sheets(regular_cells()))
def test_that_sheets_as_programs_write_them_are_scanned_and_give_the_same(data: bytes) -> None:
    assume(b"<c" in data)
    assert assert_alike(data)


ODD = st.sampled_from([
    '<c r="{}"><v>1.7976931348623157e308</v></c>', '<c r="{}"><v>1.797e308</v></c>', '<c r="{}"><v>nan</v></c>',
    '<c r="{}"><v>inf</v></c>', '<c r="{}"><v>1_000</v></c>', '<c r="{}"><v> 7 </v></c>',
    '<c r="{}"><v>1e309</v></c>', '<c r="{}"><v>١٢</v></c>', '<c r="{}"><v>0x10</v></c>', '<c r="{}"><v>1-2</v></c>',
    '<c r="{}" t="s"><v>-1</v></c>', '<c r="{}" t="s"><v>5</v></c>', '<c r="{}" t="s"><v>1.0</v></c>',
    '<c r="{}" t="s"><v>+1</v></c>', '<c r="{}" t="s"><v>0000000000000000000002</v></c>', '<c r="{}" t="s"><v/></c>',
    '<c r="{}" t="s"><v>99999999999999999999999</v></c>', '<c r="{}" t="s"><f>1</f></c>',
    '<c r="{}" t="z"><v>1</v></c>', '<c r="{}" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>',
    '<c r="{}"><is><t>5</t></is></c>', '<c r="{}" t="inlineStr"><is><t>a<![CDATA[<b>]]></t></is></c>',
    '<c r="{}" t="str"><v>a&#x41;&#66;</v></c>', '<c r="{}" t="str"><v>a\rb</v></c>',
    '<c r="{}" t="str"><v>a\r\nb\tc</v></c>', '<c r="{}" t="str"><v>_x0041_</v></c>',
    '<c r="{}" t="str"><v>a]]>b</v></c>', '<c r="{}" t="str"><v>\x0b</v></c>', '<c r="{}" t="str"><v>&nbsp;</v></c>',
    '<c r="{}" t="str"><v>&</v></c>', '<c r="{}" t="str"><v>a>b</v></c>', '<c r="{}" t="str"><v>\uffff</v></c>',
    '<c s="1" r="{}"><v>1</v></c>', '<c r="{}"  s="1"><v>1</v></c>', "<c r='{}'><v>1</v></c>", '<c><v>3</v></c>',
    '<c r="{}" s="2" s="2"><v>1</v></c>', '<c r="{}" r="{}"><v>1</v></c>', '<c r="{}"s="1"><v>1</v></c>',
    '<c r="{}" s="&amp;"><v>1</v></c>', '<c r="{}" x:s="1"><v>1</v></c>', '<c r="{}" xmlns="urn:x"><v>1</v></c>',
    '<c r="{}"/><v>5</v></c>', '<c r="{}"/></c>', '<c r="{}" s="1" /><v>1</v>', '<c r="{}"><v>1</v><v>2</v></c>',
    '<c r="{}"><v>1</v><f>A1</f></c>', '<c r="{}"><foo/><v>1</v></c>', '<c r="{}"><f><v>1</v></f></c>',
    '<c r="{}"><f a="1" a="2"/><v>1</v></c>', '<c r="{}"><f>&lt;&bad;</f><v>1</v></c>',
    '<c r="{}"><f>]]></f><v>1</v></c>', '<c r="{}"><f x="1"/>2</f><v>1</v></c>', '<c r="{}"> <v>1</v></c>',
    '<c r="{}"><v>1</v></c> ', '<!-- --><c r="{}"/>', '<c r="{}"><v>1</v>', '</row><row r="3">', '</row><row>',
    '<c r="a1"><v>1</v></c>', '<c r="XFE1"><v>1</v></c>', '<c r="{}9"><v>1</v></c>', '<c r="A0"><v>1</v></c>',
    '<c r="AAAA1"><v>1</v></c>', '<c r="{}"><v>1</v></c></sheetData>', '<c r="{}" s="2"><v>1e300</v></c>',
    '<c r="{}" s="2"><v>-1</v></c>', '<c r="{}" t="b"><v> 1</v></c>', '<?pi?><c r="{}"/>',
    '<c r="{}" cm="1" vm="2"><v>1</v></c>', '<c r="{}"></c>', '<c r="{}" t="str"><v></v></c>',
])  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(sheets(st.one_of(regular_cells(), ODD)))
@example((HEAD + '<row r="5"><c r="A55"><v>1</v></c></row>' + TAIL).encode())
@example((HEAD + '<row r="5"><c r="A5"><v>1</v></c><row r="6">' + TAIL).encode())
@example((HEAD + '<row r="5"/><c r="A5"><v>1</v></c></row>' + TAIL).encode())
@example((HEAD + '<row r="5"><c r="A5"><v>1</v></c></row></row>' + TAIL).encode())
@example((HEAD + '<row r="1048577"><c r="A1048577"><v>1</v></c></row>' + TAIL).encode())
@example((HEAD + '<row r="2" r="3"><c r="A2"><v>1</v></c></row>' + TAIL).encode())
@example((HEAD + '<row r="2" x:y="3"><c r="A2"><v>1</v></c></row>' + TAIL).encode())
@example(
    (HEAD + '<row r="2"><c r="A2"><v>1</v></c></row>' + TAIL.replace("<mergeCells", "<!-- --><mergeCells")).encode()
)
@example((HEAD + '<row r="2"><c r="A2"><v>1</v></c></row>' + TAIL + "<x/>").encode())
@example((HEAD.replace("UTF-8", "latin-1") + '<row r="2"><c r="A2" t="str"><v>é</v></c></row>' + TAIL).encode())
def test_that_odd_sheets_are_read_right_or_left_to_the_other_reader(data: bytes) -> None:
    assert_alike(data)


@settings(max_examples=400, deadline=None)
@given(sheets(regular_cells()), st.data())
def test_that_a_damaged_sheet_is_never_taken_for_a_good_one(data: bytes, draw: st.DataObject) -> None:
    start = draw.draw(st.integers(0, len(data) - 1))
    kind = draw.draw(st.integers(0, 2))
    if kind == 0:
        changed = data[:start] + data[start + draw.draw(st.integers(1, 12)) :]
    elif kind == 1:
        other = draw.draw(st.integers(0, len(data) - 1))
        changed = data[:start] + data[other : other + draw.draw(st.integers(1, 30))] + data[start:]
    else:
        changed = (
            data[:start] + bytes([draw.draw(st.sampled_from(b'<>/"= &;\x00\x80\xff05AcrvtsX\n'))]) + data[start + 1 :]
        )
    assert_alike(changed)


def test_that_blocks_end_with_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="C{n}" t="s"><v>3</v></c></row>' for n in range(1, 50))
    data = (HEAD + rows + TAIL).encode()
    whole = fast(data)
    monkeypatch.setattr(sheet_scan, "_BLOCK", 100)
    assert fast(data) == whole == slow(data)


def test_that_formulas_are_known_by_their_place() -> None:
    row = '<row r="7"><c r="B7"><v>1</v></c><c r="D7"><f>B7</f><v>1</v></c><c r="E7"><f>B7</f></c></row>'
    found = fast((HEAD + '<row r="2"><c r="A2"/></row>' + row + TAIL).encode())
    assert isinstance(found, SheetContents)
    assert found.formulas == {(7, 4), (7, 5)}


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(WORDS, st.sampled_from(["a&#10;b", "&#13;", "&lt;&#x41;", "]]>", "\r", "_x000D_", "&x;"]))))
def test_that_shared_texts_are_scanned_and_give_the_same(words: list[str]) -> None:
    items = "".join(f"<si><t>{word}</t></si>" for word in words)
    data = f'<?xml version="1.0"?><sst {NAMESPACE}>{items}</sst>'.encode()
    reader = _TextReader()
    try:
        reader.read("texts", data)
    except RawError as error:
        with pytest.raises(RawError, match=error.code):
            read_texts("texts", data)
    else:
        assert read_texts("texts", data) == reader.texts


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=8)))
def test_that_plain_texts_are_what_a_parser_makes_of_them(texts: list[str]) -> None:
    pieces = [escape(text).encode() for text in texts]
    try:
        found = plain_texts(pieces)
    except IrregularError:
        return
    for piece, text in zip(pieces, found, strict=True):
        read: list[str] = []
        parser = expat.ParserCreate()
        parser.CharacterDataHandler = read.append
        parser.Parse(b"<a>" + piece + b"</a>", True)
        assert "".join(read) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_that_numbers_are_rounded_as_the_model_rounds_them(number: float) -> None:
    from aluplanner.model.cell_text import clean_number

    assert clean(number) == clean_number(number)


def test_that_texts_are_not_taken_for_numbers() -> None:
    cells: dict[int, Cell] = {}
    data = HEAD + '<row r="1"><c r="A1" t="str"><v>2017</v></c><c r="B1"><v>2017</v></c></row>' + TAIL
    found = fast(data.encode())
    assert isinstance(found, SheetContents)
    ((_, cells),) = found.rows
    assert cells == {1: "2017", 2: 2017.0}
    assert re.fullmatch(r"\d+", str(cells[1]))
