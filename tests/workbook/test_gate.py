"""What the gate lets in and what it turns away, by code."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
from xlsxwriter import Workbook

from aluplanner.workbook.container import Container
from aluplanner.workbook.gate_words import words
from aluplanner.workbook.markup import PartError
from aluplanner.workbook.raw import limits
from aluplanner.workbook.raw.errors import CODES
from tests.workbook.books import EXAMPLE, patched

SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def good_book() -> bytes:
    """Return a workbook with shared texts, which openpyxl does not write."""
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        for name, rows in {"S": [["a", 1], ["b", 2]], "T": [["c", 3]]}.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return made.getvalue()


GOOD = good_book()


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, contents in parts.items():
            archive.writestr(zipfile.ZipInfo(name) if "\\" in name else name, contents, method)
    return made.getvalue()


def with_part(name: str, contents: bytes) -> bytes:
    return zipped(parts_of(GOOD) | {name: contents})


def without_part(name: str) -> bytes:
    return zipped({part: contents for part, contents in parts_of(GOOD).items() if part != name})


def with_sheet(rows: str = "", after: str = "", data: bytes = GOOD) -> bytes:
    sheet = f"<worksheet {MAIN.decode()}><sheetData>{rows}</sheetData>{after}</worksheet>"
    return zipped(parts_of(data) | {SHEET: sheet.encode()})


def renamed(old: bytes, new: bytes) -> bytes:
    """Return the workbook with a name of a part changed, in all places, to one of the same length."""
    assert len(old) == len(new)
    return GOOD.replace(old, new)


def with_entry_fields(name: str, **changed: int) -> bytes:
    """Return the workbook with fields of a part's entry in the directory changed."""
    at = GOOD.rindex(b"PK\x01\x02", 0, GOOD.rindex(name.encode()))
    offsets = {"flags": (8, "<H"), "method": (10, "<H"), "crc": (16, "<L"), "packed": (20, "<L"), "size": (24, "<L"),
               "start": (42, "<L")}  # fmt: skip
    made = bytearray(GOOD)
    for field, value in changed.items():
        offset, form = offsets[field]
        struct.pack_into(form, made, at + offset, value)
    return bytes(made)


def read_all(data: bytes) -> None:
    container = Container(data)
    for sheet in container.sheets:
        container.read(sheet)
        container.read_notes(sheet)


def code_of(data: bytes) -> str:
    with pytest.raises(PartError) as caught:
        read_all(data)
    assert caught.value.message
    assert caught.value.remedy
    return caught.value.code


def repeated(element: str, times: int, around: str) -> bytes:
    return around.format(element * times).encode()


def many_styles() -> bytes:
    return with_part("xl/styles.xml", repeated("<xf/>", 1_000_000, "<styleSheet><cellXfs>{}</cellXfs></styleSheet>"))


def many_texts() -> bytes:
    return with_part("xl/sharedStrings.xml", repeated("<si/>", 10_000_000, "<sst>{}</sst>"))


def declared(part: str, declaration: bytes) -> bytes:
    head, end, rest = parts_of(GOOD)[part].partition(b"?>")
    return with_part(part, head + end + declaration + rest)


def of_class(stated: str, stream: str = "Workbook\0") -> bytes:
    """Return a file in the form before 2007 whose directory, in its first sector, states a class and a stream."""
    head = OLE + bytes(22) + struct.pack("<H", 9)
    directory = bytes(80) + bytes.fromhex(stated) + bytes(32) + stream.encode("utf-16-le")
    return head + bytes(512 - len(head)) + directory + bytes(100)


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "nothing": ("empty", lambda: b""),
    "text": ("not-a-workbook", lambda: b"Plant;Built\nEast;100\n"),
    "a picture": ("not-a-workbook", lambda: b"\x89PNG\r\n\x1a\n" + bytes(100)),
    "another archive": ("not-a-workbook", lambda: zipped({"readme.txt": b"hello"})),
    "an empty archive": ("not-a-workbook", lambda: zipped({})),
    "a text document": ("not-a-workbook", lambda: with_part("xl/workbook.xml", b"<document/>")),
    "old form": ("old-xls", lambda: OLE + bytes(600) + "Workbook".encode("utf-16-le")),
    "very old form": ("old-xls", lambda: b"\x09\x04\x06\x00" + bytes(100)),
    "password": ("encrypted", lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le")),
    "old text document": ("not-a-workbook", lambda: OLE + bytes(600) + "WordDocument".encode("utf-16-le")),
    "old form that holds a text document": (
        "old-xls", lambda: OLE + bytes(600) + "Workbook\0WordDocument".encode("utf-16-le"),
    ),
    "old text document that holds a workbook": ("not-a-workbook", lambda: of_class("0609020000000000c000000000000046")),
    "a mail": ("not-a-workbook", lambda: of_class("0b0d020000000000c000000000000046", "")),
    "encrypted part": ("encrypted", lambda: with_entry_fields(SHEET, flags=1)),
    "binary form": ("xlsb", lambda: zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.bin": b""})),
    "binary form by relation": (
        "xlsb", lambda: patched(GOOD, r"^_rels/\.rels", lambda text: text.replace("workbook.xml", "workbook.bin")),
    ),
    "ods": ("opendocument", lambda: zipped({"mimetype": b"application/x", "content.xml": b"<a/>"})),
    "flat ods": (
        "opendocument",
        lambda: b'<?xml version="1.0"?><o:document xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
    ),
    "cut off": ("damaged-zip", lambda: GOOD[: len(GOOD) // 2]),
    "cut at the end": ("damaged-zip", lambda: GOOD[:-30]),
    "directory broken": ("damaged-zip", lambda: GOOD.replace(b"PK\x01\x02", b"PK\x01\x03")),
    "local header broken": ("damaged-zip", lambda: GOOD.replace(b"PK\x03\x04", b"PK\x03\x05")),
    "checksum": ("damaged-zip", lambda: with_entry_fields(SHEET, crc=1)),
    "unknown packing": ("damaged-zip", lambda: with_entry_fields(SHEET, method=12)),
    "overlapping parts": ("damaged-zip", lambda: with_entry_fields(SHEET, start=0)),
    "part behind the end": ("damaged-zip", lambda: with_entry_fields(SHEET, start=len(GOOD))),
    "size too small": ("too-large", lambda: with_entry_fields(SHEET, size=10)),
    "size too great": ("damaged-zip", lambda: with_entry_fields(SHEET, size=100_000)),
    "size beyond all": ("zip-bomb", lambda: with_entry_fields(SHEET, size=0xFFFFFFF0)),
    "too many parts": ("too-many-parts", lambda: zipped(parts_of(GOOD) | {f"x/{n}": b"" for n in range(10_001)})),
    "two by case": ("duplicate-part", lambda: with_part("XL/Worksheets/Sheet1.xml", b"")),
    "two of one name": ("duplicate-part", lambda: renamed(b"sheet2.xml", b"sheet1.xml")),
    "absolute": ("unsafe-part", lambda: with_part("/etc/passwd", b"")),
    "drive": ("unsafe-part", lambda: with_part("C:/x", b"")),
    "upwards": ("unsafe-part", lambda: with_part("xl/../../x", b"")),
    "backslash": ("unsafe-part", lambda: renamed(b"xl/theme/", b"xl\\theme\\")),
    "control character": ("unsafe-part", lambda: renamed(b"xl/theme/", b"xl/th\x01me/")),
    "declaration in the sheet": ("dtd", lambda: declared(SHEET, b"<!DOCTYPE worksheet>")),
    "entities in the workbook": ("dtd", lambda: declared("xl/workbook.xml", b'<!DOCTYPE x [<!ENTITY a "b">]>')),
    "declaration in the texts": ("dtd", lambda: declared("xl/sharedStrings.xml", b"<!DOCTYPE x>")),
    "declaration in the types": ("dtd", lambda: declared("[Content_Types].xml", b"<!DOCTYPE x>")),
    "declaration in the relations": ("dtd", lambda: declared("_rels/.rels", b"<!DOCTYPE x>")),
    "sheet cut off": ("damaged-xml", lambda: with_part(SHEET, parts_of(GOOD)[SHEET][:-20])),
    "sheet empty": ("damaged-xml", lambda: with_part(SHEET, b"")),
    "encoding unknown": ("damaged-xml", lambda: with_part(SHEET, b'<?xml version="1.0" encoding="klingon"?><a/>')),
    "encoding wrong": ("damaged-xml", lambda: with_part(SHEET, b"<worksheet>\xff</worksheet>")),
    "texts damaged": ("damaged-xml", lambda: with_part("xl/sharedStrings.xml", b"<sst><si>")),
    "styles damaged": ("damaged-xml", lambda: with_part("xl/styles.xml", b"<styleSheet>")),
    "no workbook part": ("missing-part", lambda: without_part("xl/workbook.xml")),
    "no sheet part": ("missing-part", lambda: without_part(SHEET)),
    "no texts part": ("missing-part", lambda: without_part("xl/sharedStrings.xml")),
    "no relations": ("missing-part", lambda: without_part("_rels/.rels")),
    "no relation of the sheet": (
        "missing-part", lambda: patched(GOOD, r"workbook\.xml\.rels", lambda text: text.replace('Id="rId1"', 'Id="x"')),
    ),
    "no sheets": ("no-sheets", lambda: patched(GOOD, r"workbook\.xml$", lambda text: text.replace("<sheet ", "<x "))),
    "row two thousand million": ("bad-reference", lambda: with_sheet('<row r="2000000000"><c><v>1</v></c></row>')),
    "row zero": ("bad-reference", lambda: with_sheet('<row r="0"/>')),
    "row minus one": ("bad-reference", lambda: with_sheet('<row r="-1"/>')),
    "row of digits without end": ("bad-reference", lambda: with_sheet(f'<row r="{"9" * 5000}"/>')),
    "row below the last": ("bad-reference", lambda: with_sheet('<row r="1048576"/><row/>')),
    "column XFE": ("bad-reference", lambda: with_sheet('<row r="1"><c r="XFE1"><v>1</v></c></row>')),
    "cell of another row": ("bad-reference", lambda: with_sheet('<row r="1"><c r="A2"><v>1</v></c></row>')),
    "cell without letters": ("bad-reference", lambda: with_sheet('<row r="1"><c r="1"><v>1</v></c></row>')),
    "merge outside": ("bad-reference", lambda: with_sheet(after=merges("A1:XFE2"))),
    "merge of nothing": ("bad-reference", lambda: with_sheet(after=merges("nonsense"))),
    "twenty thousand merges": ("too-many-merges", lambda: with_sheet(after=merges(*["A1:B2"] * 20_000))),
    "a million styles": ("too-many-styles", many_styles),
    "ten million texts": ("too-many-texts", many_texts),
    "nested in the sheet": ("too-deep", lambda: with_sheet(after="<a>" * 100_000 + "</a>" * 100_000)),
    "nested in a cell": ("too-deep", lambda: with_sheet(f"<row><c>{'<a>' * 9_000}{'</a>' * 9_000}</c></row>")),
    "nested in the workbook": ("too-deep", lambda: with_part("xl/workbook.xml", b"<a>" * 9_000 + b"</a>" * 9_000)),
}  # fmt: skip


def merges(*ranges: str) -> str:
    found = "".join(f'<mergeCell ref="{place}"/>' for place in ranges)
    return f"<mergeCells>{found}</mergeCells>"


@pytest.mark.parametrize("name", HOSTILE)
def test_that_what_is_no_workbook_is_refused_by_its_code(name: str) -> None:
    expected, make = HOSTILE[name]
    assert code_of(make()) == expected


def test_that_every_code_has_words() -> None:
    for code in CODES:
        for detail in ("", "xl/{odd}.xml"):
            message, remedy = words(code, detail)
            assert message.endswith(".")
            assert remedy.endswith(".")


def test_that_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aluplanner.workbook.raw.sheet_scan.MOST_CELLS", 10)
    monkeypatch.setattr("aluplanner.workbook.raw.sheet_reader.MOST_CELLS", 10)
    for cell in ("<c><v>1</v></c>", '<c r="A{0}"><v>1</v></c>'):
        rows = [f'<row r="{row}">{cell.format(row)}</row>' for row in range(1, 12)]
        read_all(with_sheet("".join(rows[:10])))
        assert code_of(with_sheet("".join(rows))) == "too-many-cells"


def test_that_a_part_beyond_the_limit_is_refused_only_where_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_READ_PART", 20_000)
    data = with_part("xl/media/image1.png", bytes(100_000))
    read_all(data)
    assert code_of(with_sheet(" " * 100_000)) == "too-large"


def test_that_a_file_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_FILE", len(GOOD) - 1)
    assert code_of(GOOD) == "too-large"


def test_that_much_that_is_hardly_packed_is_too_large_and_no_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_TOTAL", 1000)
    assert code_of(zipped(parts_of(GOOD), zipfile.ZIP_STORED)) == "too-large"


def test_that_a_good_file_that_shrinks_to_a_thousandth_is_read() -> None:
    cells = "".join(f'<c r="{letter}{{0}}" s="0"/>' for letter in "ABCDEFGHIJKLMNOPQRST")
    rows = "".join(f'<row r="{row}">{cells.format(row)}</row>' for row in range(1, 200))
    foreign = b"<worksheet>" + b" " * 60_000_000 + b"</worksheet>"
    data = zipped(parts_of(with_sheet(rows)) | {"xl/worksheets/sheet9.xml": foreign})
    assert len(foreign) > 900 * (len(data) - len(GOOD))
    read_all(data)


def test_that_a_damaged_sheet_does_not_matter_to_the_others() -> None:
    data = with_entry_fields("xl/worksheets/sheet2.xml", crc=1)
    container = Container(data)
    first, second = container.sheets
    assert container.read(first).rows == [(1, {1: "a", 2: 1.0}), (2, {1: "b", 2: 2.0})]
    with pytest.raises(PartError):
        container.read(second)


def test_that_texts_are_not_read_for_a_sheet_that_shares_none() -> None:
    data = without_part("xl/sharedStrings.xml")
    sheet = f"<worksheet {MAIN.decode()}><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>".encode()
    data = zipped(parts_of(data) | {SHEET: sheet})
    container = Container(data)
    assert container.read(container.sheets[0]).rows == [(1, {1: 1.0})]
    with pytest.raises(PartError, match="sharedStrings"):
        container.read(container.sheets[1])


def test_that_a_merge_of_the_whole_grid_is_one_merge() -> None:
    container = Container(with_sheet(after=merges("A1:XFD1048576", "B2")))
    contents = container.read(container.sheets[0])
    assert contents.merged == ((1, 1, 1_048_576, 16_384), (2, 2, 2, 2))


def test_that_the_corners_of_the_grid_are_read() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    container = Container(with_sheet(rows))
    assert container.read(container.sheets[0]).rows == [(1, {1: 1.0}), (1_048_576, {16_384: 2.0})]


@pytest.mark.parametrize("before", [b"", b"#!/bin/sh\n"])
def test_that_what_zip_tools_put_around_an_archive_does_no_harm(before: bytes) -> None:
    read_all(before + GOOD + b"trailing")


def test_that_an_archive_in_the_form_for_large_ones_is_read() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, contents in parts_of(GOOD).items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as stream:
                stream.write(contents)
    read_all(made.getvalue())


def test_that_an_archive_written_as_a_stream_is_read() -> None:
    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, contents in parts_of(GOOD).items():
            archive.writestr(name, contents)
    data = stream.getvalue()
    assert b"PK\x07\x08" in data
    read_all(data)


def test_that_the_strict_form_is_read() -> None:
    mapped = {
        name: contents.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                               b"http://purl.oclc.org/ooxml/spreadsheetml/main")
        .replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                 b"http://purl.oclc.org/ooxml/officeDocument/relationships")
        for name, contents in parts_of(EXAMPLE.read_bytes()).items()
    }  # fmt: skip
    strict, usual = Container(zipped(mapped)), Container(EXAMPLE.read_bytes())
    assert strict.sheets == usual.sheets
    for sheet in usual.sheets:
        assert strict.read(sheet) == usual.read(sheet)


def test_that_names_of_parts_are_the_same_in_upper_and_lower_case() -> None:
    parts = parts_of(GOOD)
    parts["xl/worksheets/SHEET1.xml"] = parts.pop(SHEET)
    container = Container(zipped(parts))
    assert container.sheets[0].part == "xl/worksheets/SHEET1.xml"
    assert container.read(container.sheets[0]).rows


def test_that_hidden_sheets_are_listed_as_such() -> None:
    change = {"T": "hidden", "S": "veryHidden"}

    def hide(text: str) -> str:
        for name, state in change.items():
            text = text.replace(f'name="{name}" sheetId', f'name="{name}" state="{state}" sheetId')
        return text

    data = patched(GOOD, r"xl/workbook\.xml$", lambda text: hide(text.replace(' state="visible"', "")))
    assert [(sheet.name, sheet.is_hidden) for sheet in Container(data).sheets] == [("S", True), ("T", True)]
    assert [sheet.is_hidden for sheet in Container(GOOD).sheets] == [False, False]


def test_that_a_bomb_of_many_small_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BOMB_TOTAL", 1_000_000)
    bombs = {f"xl/media/{number}.png": bytes(200_000) for number in range(6)}
    assert code_of(zipped(parts_of(GOOD) | bombs)) == "zip-bomb"
    packed = {f"xl/media/{number}.png": zlib.compress(bytes(range(256)) * 10) for number in range(6)}
    read_all(zipped(parts_of(GOOD) | packed))
