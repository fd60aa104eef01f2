"""A copy of a workbook with the wrong cells marked: everything else stays as it was."""

import io
import re
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from aluplanner.cli.main import main
from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.workbook.container import Container
from aluplanner.workbook.importing import convert, propose
from aluplanner.workbook.marked_copy import ERROR_GROUND, WARNING_GROUND, can_be_marked, marked_copy, save_marked_copy
from tests.workbook.books import EXAMPLE, as_bytes, book_bytes, patched, plan_sheets
from tests.workbook.foreign_books import foreign_bytes


def issue(
    place: str, severity: Severity = Severity.ERROR, message: str = "It is wrong.", remedy: str = "Mend it."
) -> Issue:
    return Issue(severity, "test", message, remedy, place=place)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def opened(data: bytes) -> Workbook:
    return load_workbook(io.BytesIO(data))


def cell(data: bytes, place: str) -> Cell:
    sheet, _, name = place.rpartition("!")
    found = opened(data)[sheet][name]
    assert isinstance(found, Cell)
    return found


def ground(data: bytes, place: str) -> str:
    return str(cell(data, place).fill.fgColor.rgb)[2:]


def note(data: bytes, place: str) -> str:
    comment = cell(data, place).comment
    return comment.text if comment is not None else ""


def test_that_bad_cells_are_marked_with_reason_and_remedy() -> None:
    proposal = propose(Container(foreign_bytes()))
    issues = convert([sheet.page for sheet in proposal.sheets], proposal.mappings).issues
    marked = marked_copy(foreign_bytes(), issues)
    assert ground(marked, "电解铝企业!F9") == ERROR_GROUND
    assert note(marked, "电解铝企业!F9").startswith("“约185” is not a number. Write it as")
    assert cell(marked, "电解铝企业!F9").value == "约185"
    assert ground(marked, "Ex-China!A8") == WARNING_GROUND


def test_that_no_other_cell_is_marked() -> None:
    data = foreign_bytes()
    marked = opened(marked_copy(data, [issue("电解铝企业!F9"), issue("电解铝企业!Z99")]))
    changed = [
        (sheet.title, one.coordinate)
        for sheet in marked
        for row in sheet.iter_rows()
        for one in row
        if one.comment is not None or str(one.fill.fgColor.rgb).endswith(ERROR_GROUND)
    ]
    assert changed == [("电解铝企业", "F9"), ("电解铝企业", "Z99")]


def test_that_everything_else_of_the_file_stays_byte_for_byte() -> None:
    before, after = parts(EXAMPLE.read_bytes()), parts(marked_copy(EXAMPLE.read_bytes(), [issue("Plants!E5")]))
    changed = {name for name in before if before[name] != after[name]}
    sheets = {name for name in changed if name.startswith("xl/worksheets/sheet")}
    assert len(sheets) == 1
    allowed = ("styles.xml", "comments", "vmlDrawing", "[Content_Types].xml", "_rels/sheet")
    assert all(any(part in name for part in allowed) for name in changed - sheets), changed


def test_that_the_cells_say_what_they_said() -> None:
    data = EXAMPLE.read_bytes()
    marked = marked_copy(data, [issue(f"Plants!{letter}{row}") for letter in "ABEX" for row in (2, 5, 400)])
    old, new = Container(data), Container(marked)
    assert [sheet.name for sheet in new.sheets] == [sheet.name for sheet in old.sheets]
    for before, after in zip(old.sheets, new.sheets, strict=True):
        assert new.read(after).rows == old.read(before).rows


def test_that_a_cell_keeps_its_font_and_number_format() -> None:
    made = Workbook()
    sheet = made.create_sheet("Data")
    sheet["B2"] = 0.5
    sheet["B2"].number_format = "0.0%"
    sheet["B2"].font = Font(bold=True)
    sheet["B2"].fill = PatternFill("solid", fgColor="FF00FF00")
    marked = cell(marked_copy(as_bytes(made), [issue("Data!B2")]), "Data!B2")
    assert (marked.number_format, marked.font.b, marked.value) == ("0.0%", True, 0.5)
    assert str(marked.fill.fgColor.rgb) == f"FF{ERROR_GROUND}"


def test_that_a_note_of_the_planners_stays_above_the_reason() -> None:
    made = Workbook()
    sheet = made.create_sheet("Data")
    sheet["A1"], sheet["A2"] = "x", "y"
    sheet["A1"].comment = Comment("From the annual report", "Li")
    sheet["A2"].comment = Comment("Other", "Li")
    marked = marked_copy(as_bytes(made), [issue("Data!A1")])
    assert note(marked, "Data!A1") == "From the annual report\nIt is wrong. Mend it."
    assert note(marked, "Data!A2") == "Other"


def test_that_several_issues_of_a_cell_share_a_note_each_said_once() -> None:
    issues = [issue("Data!A1"), issue("Data!A1"), issue("Data!A1", Severity.WARNING, "Odd.", "")]
    marked = marked_copy(book_bytes({"Data": [["x"]]}), issues)
    assert note(marked, "Data!A1") == "It is wrong. Mend it.\nOdd."
    assert ground(marked, "Data!A1") == ERROR_GROUND


def test_that_of_merged_cells_the_one_that_is_seen_is_marked() -> None:
    marked = marked_copy(foreign_bytes(), [issue("电解铝企业!B10")])
    assert ground(marked, "电解铝企业!B8") == ERROR_GROUND
    assert note(marked, "电解铝企业!B8")


def test_that_places_that_are_none_are_passed_over() -> None:
    data = book_bytes({"Data": [["x"]]})
    lost = [issue(place) for place in ("", "Data", "Nowhere!A1", "Data!XFE1", "Data!A1048577", "Data!A0")]
    assert marked_copy(data, lost) == marked_copy(data, [])
    assert not can_be_marked(lost[:2])
    assert can_be_marked([*lost, issue("Data!A1")])


@pytest.mark.parametrize("text", ['a < b & c > "d"', "=1+1", "3月 😀", "a\nb"])
def test_that_any_text_can_stand_in_a_note(text: str) -> None:
    marked = marked_copy(book_bytes({"O'Brien & Co": [[1]]}), [issue("O'Brien & Co!A1", message=text, remedy="")])
    assert note(marked, "O'Brien & Co!A1") == text


def prefixed(part: str) -> str:
    return re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", part).replace("xmlns=", "xmlns:x=", 1)


def without_styles(data: bytes) -> bytes:
    """Return a workbook without the part that holds the styles, and without what is said of it."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, contents in parts(data).items():
            if name != "xl/styles.xml":
                said = re.sub(rb"<(?:Relationship|Override)\b[^>]*styles[^>]*/>", b"", contents)
                archive.writestr(name, said)
    return made.getvalue()


def test_that_styles_with_a_prefix_are_written_with_it() -> None:
    data = patched(book_bytes({"Data": [["x", 1.5]]}), r"xl/styles\.xml", prefixed)
    assert ground(marked_copy(data, [issue("Data!B1")]), "Data!B1") == ERROR_GROUND


def test_that_a_workbook_without_styles_gets_some() -> None:
    data = without_styles(book_bytes({"Data": [["x", 1.5]]}))
    assert ground(marked_copy(data, [issue("Data!B1")]), "Data!B1") == ERROR_GROUND


def emptied(part: str) -> str:
    """Return a part of which nothing is left but its root element, written as one tag."""
    root = re.search(r"<styleSheet[^>]*", part)
    assert root is not None
    return f"{root[0]}/>"


@pytest.mark.parametrize(
    "bare",
    [
        emptied,
        *(partial(re.sub, rf"<{name}\b.*</{name}>", "") for name in ("fonts", "fills", "borders", "cellXfs")),
        partial(re.sub, r"<fills\b.*</fills>", "<fills/>"),
        partial(re.sub, r"<fills\b.*</fills>", '<fills count="1"><fill><patternFill/></fill></fills>'),
    ],
)
def test_that_styles_that_lack_lists_take_the_marks(bare: Callable[[str], str]) -> None:
    data = patched(book_bytes({"Data": [["x", 1.5]]}), r"xl/styles\.xml", bare)
    marked = marked_copy(data, [issue("Data!B1")])
    assert ground(marked, "Data!B1") == ERROR_GROUND
    fills = re.findall(r"<fill>.*?</fill>", parts(marked)["xl/styles.xml"].decode())
    # what stands in the first two places is not shown: Excel takes them for no fill and a grey one
    assert [ERROR_GROUND in fill for fill in fills] == [False, False, True]


def test_that_the_same_issues_give_the_same_bytes() -> None:
    issues = [issue("Plants!E5"), issue("Actions!B2", Severity.WARNING)]
    assert marked_copy(EXAMPLE.read_bytes(), issues) == marked_copy(EXAMPLE.read_bytes(), issues)


# Files


def test_that_the_workbook_itself_is_not_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "plan.xlsx"
    source.write_bytes(EXAMPLE.read_bytes())
    with pytest.raises(PlanError, match="it is the workbook that the copy is of"):
        save_marked_copy(source.read_bytes(), [issue("Plants!E5")], source, source)
    assert source.read_bytes() == EXAMPLE.read_bytes()
    with pytest.raises(PlanError, match=r"ends in \.xlsx"):
        save_marked_copy(source.read_bytes(), [issue("Plants!E5")], tmp_path / "copy.txt", source)


def refuse_to_draw(_source: Path, _target: Path) -> None:
    raise AssertionError("no picture was asked for")


def test_that_validate_writes_the_marked_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheets = plan_sheets()
    plants = [list(row) for row in sheets["Plants"]]
    plants[2][4] = "many"
    path, copy = tmp_path / "plan.xlsx", tmp_path / "marked.xlsx"
    path.write_bytes(book_bytes(plan_sheets(Plants=plants)))
    assert main(["validate", str(path), "--marked", str(copy)], refuse_to_draw) == 1
    assert "“many” is not a number." in note(copy.read_bytes(), "Plants!E3")
    assert "Wrote marked.xlsx" in capsys.readouterr().err


def test_that_validate_says_when_there_is_nothing_to_mark(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, copy = tmp_path / "none.xlsx", tmp_path / "marked.xlsx"
    assert main(["validate", str(path), "--marked", str(copy)], refuse_to_draw) == 1
    assert not copy.exists()
    assert "marked.xlsx was not written" in capsys.readouterr().err
