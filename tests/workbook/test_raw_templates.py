"""Rows that are alike, scanned with one pattern for whole rows, against the reading of them element by element."""

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aluplanner.workbook.grid import GridRows, column_of, lines_of, rows_below
from aluplanner.workbook.raw import sheet_scan, strip_scan
from aluplanner.workbook.raw.packed import PackedSheet
from aluplanner.workbook.raw.plain_text import IrregularError
from aluplanner.workbook.raw.sheet_scan import scan_sheet
from aluplanner.workbook.sheet import SheetContents, column_letters
from aluplanner.workbook.unpacking import unpacked
from tests.workbook.test_raw_scan import DATES, HEAD, ODD, TAIL, TEXTS, assert_alike, fast, regular_cells, slow, typed

LONG = 300
"""Rows of sheets that are long enough for a template."""

FORMS = (
    '<c r="{}" s="1"><v>%d.5</v></c>',
    '<c r="{}" s="2"><v>4%d</v></c>',
    '<c r="{}" s="1"><v>0.1234567890123456%d</v></c>',
    '<c r="{}" t="s"><v>%d</v></c>',
    '<c r="{}" t="inlineStr"><is><t>text %d</t></is></c>',
    '<c r="{}" t="inlineStr"><is><t xml:space="preserve"> _x0041_&amp;%d </t></is></c>',
    '<c r="{}" s="1" t="str"><v>二 %d</v></c>',
    '<c r="{}" s="4"/>',
    '<c r="{}" s="4"></c>',
    '<c r="{}" t="b"><v>1</v></c>',
    '<c r="{}"><f>A%d</f><v>1</v></c>',
)


def cell(form: str, number: int) -> str:
    return form % (number % len(TEXTS)) if "%d" in form else form


def sheet(rows: list[tuple[int, dict[int, str]]]) -> bytes:
    """Return a sheet of rows: their numbers, and their cells by column with ``{}`` for the place."""
    made = []
    for number, cells in rows:
        together = "".join(cells[column].replace("{}", f"{column_letters(column)}{number}") for column in sorted(cells))
        made.append(f'<row r="{number}" spans="1:9">{together}</row>')
    return (HEAD + "".join(made) + TAIL).encode()


@st.composite
def like_rows(draw: st.DrawFn, odd: st.SearchStrategy[str] | None = None) -> bytes:
    """Return a sheet whose columns are each written in one or two ways, with gaps; some cells may be odd."""
    columns = draw(st.lists(st.integers(1, 40), min_size=1, max_size=6, unique=True))
    forms = {column: draw(st.lists(st.sampled_from(FORMS), min_size=1, max_size=2)) for column in columns}
    random = draw(st.randoms(use_true_random=False))
    rows = []
    for number in range(1, draw(st.integers(2, 40))):
        kept = [column for column in columns if random.random() < 0.9]
        rows.append((number, {column: cell(random.choice(forms[column]), number) for column in kept}))
    for _ in range(draw(st.integers(0, 3)) if odd is not None else 0):
        draw(st.sampled_from(rows))[1][draw(st.sampled_from(columns))] = draw(odd)
    if draw(st.booleans()):
        random.shuffle(rows)
    return sheet(rows)


@settings(max_examples=300, deadline=None)
@given(like_rows())
def test_that_like_rows_are_taken_by_template_and_give_the_same(data: bytes) -> None:
    assert_alike(data)
    assert fast(data, least=0) is not None or b"<c" not in data


@settings(max_examples=400, deadline=None)
@given(like_rows(st.one_of(regular_cells(), ODD)))
def test_that_odd_cells_among_like_rows_are_read_right(data: bytes) -> None:
    assert_alike(data)


@settings(max_examples=400, deadline=None)
@given(like_rows(), st.data())
def test_that_damaged_rows_among_like_ones_are_never_taken_for_good_ones(data: bytes, draw: st.DataObject) -> None:
    start = draw.draw(st.integers(len(HEAD), len(data) - len(TAIL)))
    other = draw.draw(st.integers(len(HEAD), len(data) - 1))
    cut = draw.draw(st.sampled_from([0, 0, 1, 5, 30]))
    change = draw.draw(
        st.sampled_from(
            [data[other : other + 40], b"</row>", b"<row>", b"<!-- ", b" -->", b"<![CDATA[", b"/", b"<", b""]
        )
    )
    assert_alike(data[:start] + change + data[start + cut :])


def long_sheet(*others: tuple[int, dict[int, str]]) -> bytes:
    rows = [(number, {1: cell(FORMS[4], number), 3: cell(FORMS[0], number)}) for number in range(10, 10 + LONG)]
    return sheet(sorted([*rows, *others], key=lambda row: row[0]))


def packed(data: bytes) -> PackedSheet:
    with patch.object(sheet_scan, "_LEAST", 0):
        return scan_sheet("sheet", data, TEXTS, DATES)


def test_that_like_rows_come_column_by_column() -> None:
    found = packed(long_sheet((2, {1: FORMS[9]})))
    assert [(strip.column, len(strip.values)) for strip in found.strips] == [(1, LONG), (3, LONG)]
    assert list(found.row_numbers) == [2]


def test_that_other_rows_stand_where_they_belong() -> None:
    data = long_sheet((2, {1: FORMS[9]}), (400, {3: FORMS[9], 7: FORMS[10] % 1}))
    contents = fast(data, least=0)
    assert isinstance(contents, SheetContents)
    assert isinstance(contents.rows, GridRows)
    assert typed(contents) == typed(slow(data))
    assert contents.formulas == {(400, 7)}
    assert [number for number, _ in contents.rows] == [2, *range(10, 10 + LONG), 400]


@pytest.mark.parametrize("number", [2, 50])
def test_that_a_row_that_comes_twice_is_left_to_the_other_reader(number: int) -> None:
    with pytest.raises(IrregularError):
        packed(long_sheet((50, {number: FORMS[9]})))


def test_that_a_row_within_a_row_is_left_to_the_other_reader() -> None:
    data = long_sheet().replace(b'<row r="40"', b'<row r="5"><c r="A5"/><row r="40"')
    data = data.replace(b'<row r="41"', b'</row><row r="41"')
    with pytest.raises(IrregularError):
        packed(data)
    assert assert_alike(data) is False


def test_that_rows_without_contents_are_left_out() -> None:
    data = sheet([(number, {1: FORMS[7], **({2: FORMS[1] % 7} if number % 3 else {})}) for number in range(1, LONG)])
    assert list(packed(data).lines) == [number for number in range(1, LONG) if number % 3]
    assert assert_alike(data)


def test_that_thinly_filled_rows_do_not_take_the_room_of_full_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strip_scan, "_FEW", 100)
    full = [(number, dict.fromkeys(range(1, 60), FORMS[1] % 1)) for number in range(1, 20)]
    thin = [(number, {number % 59 + 1: FORMS[1] % 1}) for number in range(20, 2000)]
    found = packed(sheet([*full, *thin]))
    assert not found.strips
    assert typed(unpacked(found, is_1904=False)) == typed(slow(sheet([*full, *thin])))


def test_that_scattered_other_rows_are_not_held_column_by_column() -> None:
    others = [(500 + place, {10 + 50 * place: FORMS[9]}) for place in range(100)]
    contents = fast(long_sheet(*others), least=0)
    assert isinstance(contents, SheetContents)
    assert isinstance(contents.rows, list)
    assert typed(contents) == typed(slow(long_sheet(*others)))


def test_that_strips_that_are_not_whole_are_refused() -> None:
    for change in ("mask", "values", "kind"):
        found = packed(long_sheet())
        if change == "mask":
            found.strips[0].mask[0] = 2
        elif change == "values":
            found.strips[0].values.pop()
        else:
            found.strips[0].kind = 7
        with pytest.raises(ValueError, match="not whole"):
            PackedSheet.from_bytes(b"".join(found.to_bytes()))


def test_that_rows_of_a_grid_are_those_of_a_list() -> None:
    rows = [(2, {1: "a"}), (3, {2: 1.0}), (7, {1: "b", 2: 2.0})]
    grid = GridRows([2, 3, 7], {1: ["a", None, "b"], 2: [None, 1.0, 2.0]})
    assert grid == rows
    assert rows == grid
    assert grid != rows[:2]
    assert [grid[1], grid[-1], *grid[:1]] == [rows[1], rows[2], rows[0]]
    assert lines_of(grid) == lines_of(rows)
    for column in (1, 2, 3):
        assert column_of(grid, column) == column_of(rows, column)
    for line in (1, 2, 5, 9):
        assert rows_below(grid, line) == rows_below(rows, line)
