import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from aluplanner.workbook.book_part import BookPart
from aluplanner.workbook.change_log import LONGEST, ChangeEntry, append_changes
from aluplanner.workbook.container import Container
from aluplanner.workbook.package import Package
from tests.workbook.books import as_bytes, book_bytes, patched

FIRST = ChangeEntry(
    datetime(2026, 11, 22, 9, 5, 1, 250), "Li 李", "Typed 1,200", "Plants › East › Built", "1,000", "1,200"
)
SECOND = ChangeEntry(datetime(2026, 11, 22, 9, 6), "Anna", "Pasted", "8 rows of Actions", "", "")


@pytest.fixture
def host() -> bytes:
    return book_bytes({"Plants": [["Plant"], ["East"]]})


def logged(data: bytes, *changes: ChangeEntry) -> bytes:
    package = Package(data)
    append_changes(package, changes)
    return package.to_bytes()


def log(data: bytes, name: str = "Changes") -> Worksheet:
    return load_workbook(io.BytesIO(data))[name]


def rows(data: bytes) -> list[tuple[object, ...]]:
    return [tuple(cell.value for cell in row) for row in log(data).iter_rows(min_row=2)]


def test_that_a_change_is_one_row(host: bytes) -> None:
    made = logged(host, FIRST, SECOND)
    assert [cell.value for cell in log(made)[1]] == ["When", "Who", "What", "Where", "Old", "New"]
    assert rows(made) == [
        (datetime(2026, 11, 22, 9, 5, 1), "Li 李", "Typed 1,200", "Plants › East › Built", "1,000", "1,200"),
        (datetime(2026, 11, 22, 9, 6), "Anna", "Pasted", "8 rows of Actions", None, None),
    ]


def test_that_nothing_is_made_where_nothing_changed(host: bytes) -> None:
    assert logged(host) == Package(host).to_bytes()


def test_that_later_rows_come_below_in_the_same_looks(host: bytes) -> None:
    once = logged(host, FIRST)
    twice = logged(once, SECOND, FIRST)
    assert rows(twice) == [*rows(once), *rows(logged(host, SECOND)), *rows(once)]
    sheet = log(twice)
    assert sheet["A4"].number_format == sheet["A2"].number_format == "yyyy-mm-dd hh:mm:ss"
    assert sheet["F4"].alignment.wrap_text
    assert sheet.auto_filter.ref == "A1:F4"
    assert sheet.dimensions == "A1:F4"
    names = {name.name: name.refers_to for name in BookPart(Package(twice)).names}
    assert names["_xlnm._FilterDatabase"] == "Changes!$A$1:$F$4"


def test_that_rows_that_are_there_stay_byte_for_byte(host: bytes) -> None:
    once, twice = Package(logged(host, FIRST)), Package(logged(logged(host, FIRST), SECOND))
    changed = {part for part in twice if once[part] != twice[part]}
    part = next(sheet.part for sheet in BookPart(twice).sheets if sheet.name == "Changes")
    assert changed == {part, "xl/workbook.xml"}
    before = once[part].partition(b"<sheetData>")[2].partition(b"</sheetData>")[0]
    assert before in twice[part]


def test_that_rows_are_added_to_what_another_program_saved(host: bytes) -> None:
    book = load_workbook(io.BytesIO(logged(host, FIRST)))
    book["Changes"]["C2"] = "corrected by hand"
    twice = logged(as_bytes(book), SECOND)
    assert [row[2] for row in rows(twice)] == ["corrected by hand", "Pasted"]
    assert log(twice)["A3"].number_format == "yyyy-mm-dd hh:mm:ss"


def test_that_a_log_that_was_emptied_begins_anew(host: bytes) -> None:
    book = load_workbook(io.BytesIO(logged(host, FIRST)))
    book["Changes"].delete_rows(1, 2)
    again = logged(as_bytes(book), SECOND)
    assert [row[1] for row in rows(again)] == ["Anna"]
    assert load_workbook(io.BytesIO(again)).sheetnames == ["Plants", "Changes"]


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-2", "@x", "_x000D_", "a < b & c > d", 'say "so"', "two\nlines", "a\x07b"]
)
@pytest.mark.parametrize("is_first", [True, False])
def test_that_text_stays_text(host: bytes, text: str, is_first: bool) -> None:
    change = replace(FIRST, old=text, new=text)
    made = logged(host, change) if is_first else logged(logged(host, FIRST), change)
    container = Container(made)
    contents = container.read(next(sheet for sheet in container.sheets if sheet.name == "Changes"))
    assert contents.rows[-1][1][5] == text.replace("\x07", "")
    assert contents.formulas == frozenset()
    assert log(made).cell(contents.rows[-1][0], 6).quotePrefix


@pytest.mark.parametrize("is_first", [True, False])
def test_that_long_texts_are_cut(host: bytes, is_first: bool) -> None:
    change = replace(FIRST, new="长" * 5_000)
    made = logged(host, change) if is_first else logged(logged(host, FIRST), change)
    cell = log(made)["F2" if is_first else "F3"]
    assert cell.value == "长" * (LONGEST - 1) + "…"
    assert log(made).row_dimensions[cell.row].height == 120


def test_that_a_time_with_a_zone_is_written_as_the_clock_showed_it(host: bytes) -> None:
    zoned = replace(FIRST, when=FIRST.when.replace(tzinfo=UTC))
    assert rows(logged(host, zoned)) == rows(logged(host, FIRST))
    assert rows(logged(logged(host, FIRST), zoned))[1] == rows(logged(host, FIRST))[0]


def test_that_days_are_counted_as_the_workbook_counts_them() -> None:
    book = Workbook()
    book.epoch = datetime(1904, 1, 1)
    twice = logged(logged(as_bytes(book), FIRST), SECOND)
    assert [row[0] for row in rows(twice)] == [datetime(2026, 11, 22, 9, 5, 1), SECOND.when]


def test_that_a_prefixed_log_takes_rows(host: bytes) -> None:
    from tests.workbook.test_graft import prefixed

    once = logged(host, FIRST)
    part = next(sheet.part for sheet in BookPart(Package(once)).sheets if sheet.name == "Changes")
    twice = logged(patched(once, part, prefixed), SECOND)
    assert [row[1] for row in rows(twice)] == ["Li 李", "Anna"]


def test_that_the_header_stays_in_sight_and_is_printed(host: bytes) -> None:
    sheet = log(logged(host, FIRST))
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
