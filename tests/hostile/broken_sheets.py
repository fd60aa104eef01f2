"""Sheets with cells where there can be none, and sheets that are odd, but good."""

from collections.abc import Callable, Iterator
from typing import Final

from tests.hostile.broken_relations import with_parts
from tests.hostile.case import OPENS, Case, opened, refused, survived
from tests.hostile.package_parts import (
    DECLARATION,
    MAIN,
    OWN,
    PLANTS,
    WORKBOOK,
    parts,
    plants,
    sheet,
    sheet_entry,
    workbook,
)

_OUTSIDE: Final = "bad-reference"
_CELL: Final = "<c><v>1</v></c>"


def _more(rows: str) -> Callable[[], bytes]:
    return with_parts({PLANTS: plants(rows)})


def _after(said: str) -> Callable[[], bytes]:
    return with_parts({PLANTS: plants(after=said)})


def _row_number(number: str) -> Callable[[], bytes]:
    return _more(f'<row r="{number}">{_CELL}</row>')


def _cell_at(reference: str) -> Callable[[], bytes]:
    return _more(f'<row r="9"><c r="{reference}"><v>1</v></c></row>')


def _references() -> Iterator[Case]:
    for number in (
        "2000000000",
        "1048577",
        "0",
        "-1",
        "ten",
        "1e3",
        "1.5",
        "9" * 30,
        "9" * 5000,
        "-9223372036854775808",
    ):
        yield refused(_OUTSIDE, f"row {number[:40]} ({len(number)} letters)", _row_number(number))
    for reference in (
        "ZZZ99",
        "XFE9",
        "AAAAAAA9",
        "A1048577",
        "A0",
        "A-9",
        "A2000000000",
        "-9",
        "A9:B9",
        "9A",
        "#REF!",
    ):
        yield refused(_OUTSIDE, f"cell {reference}", _cell_at(reference))
    yield refused(_OUTSIDE, "cell with a very long address", _cell_at("A" + "9" * 100_000))
    yield refused({_OUTSIDE, OPENS}, "cell R9C1", _cell_at("R9C1"))
    yield refused({_OUTSIDE, OPENS}, "cell $J$9", _cell_at("$J$9"))
    yield refused({_OUTSIDE, OPENS}, "cell j9", _cell_at("j9"))
    yield refused({_OUTSIDE, OPENS}, "row number in wide digits", _row_number("９"))
    yield refused({_OUTSIDE, OPENS}, "cell of another row", _cell_at("J7"))
    yield refused(
        {_OUTSIDE, OPENS},
        "cell and row without an address that is there",
        _more('<row r=""><c r=""><v>1</v></c></row>'),
    )
    yield refused(_OUTSIDE, "more cells in a row than columns", _more(f'<row r="9">{_CELL * 16_385}</row>'))
    yield refused(_OUTSIDE, "a row behind the last", _more(f'<row r="1048576">{_CELL}</row><row>{_CELL}</row>'))
    yield opened("the last cell of all", _more('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def _merges(count: int) -> str:
    merged = "".join(f'<mergeCell ref="Z{number}:AA{number}"/>' for number in range(10, count + 10))
    return f"<mergeCells>{merged}</mergeCells>"


def _merged(reference: str) -> str:
    return f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>'


def _merging() -> Iterator[Case]:
    yield refused("too-many-merges", "a million merged cells", _after(_merges(1_000_000)), is_heavy=True)
    yield refused({"too-many-merges", OPENS}, "twenty thousand merged cells", _after(_merges(20_000)))
    yield survived("everything merged into one cell", _after(_merged("A1:XFD1048576")))
    yield survived("all columns of the header merged", _after(_merged("A1:XFD1")))
    for reference in ("A1", "", "A1:", "nonsense", "ZZZ1:ZZZ9", "A9:A2000000000", "C3:A1"):
        yield refused(
            {_OUTSIDE, OPENS}, f"merged cells {reference or 'without an address'}", _after(_merged(reference))
        )
    own = with_parts({OWN: sheet("", after=_merges(100_000) + _merged("A1:XFD1048576"))})
    yield opened("an own sheet with a hundred thousand merged cells", own)
    yield opened("fifty merged cells beside the table", _after(_merges(50)))


def _structure() -> Iterator[Case]:
    yield survived("cells outside of rows", with_parts({PLANTS: plants(_CELL * 3)}))
    yield survived("rows within rows", _more(f'<row r="8"><row r="9">{_CELL}</row></row>'))
    yield survived("cells within cells", _more('<row r="8"><c r="A8"><c r="B8"><v>1</v></c></c></row>'))
    yield survived(
        "rows of cells twice",
        with_parts({PLANTS: parts()[PLANTS].replace(b"</sheetData>", b"</sheetData><sheetData/>")}),
    )
    yield survived("a cell with two values", with_parts({PLANTS: plants(built='<c r="C2"><v>10</v><v>00</v></c>')}))
    yield survived("a number that is in pieces", with_parts({PLANTS: plants(built='<c r="C2"><v>10<x/>00</v></c>')}))
    yield refused(
        {"missing-column", "missing-part", "damaged-xml"},
        "a sheet of another kind",
        with_parts({PLANTS: "<chartsheet/>"}),
    )
    yield refused("missing-column", "a sheet without rows", with_parts({PLANTS: sheet("")}))
    yield refused(
        "missing-column", "a sheet without anything", with_parts({PLANTS: f'{DECLARATION}<worksheet xmlns="{MAIN}"/>'})
    )
    yield refused(
        "missing-sheet", "a workbook of someone else", with_parts({WORKBOOK: workbook(sheet_entry("Sheet1", 4))})
    )
    for name in ("", "x" * 5000, "two&#10;lines", "&lt;b&gt;", "../../x", "Own'!A1"):
        yield opened(f"own sheet of the name {name[:12] or 'nothing'}", with_parts({WORKBOOK: workbook(_sheets(name))}))
    yield refused("duplicate-sheet", "plants on two sheets", with_parts({WORKBOOK: workbook(_sheets("plants"))}))


def _sheets(own: str) -> str:
    return "".join(sheet_entry(name, n) for n, name in enumerate(("Plants", "Actions", "Demand", own), start=1))


CASES: Final = (*_references(), *_merging(), *_structure())
