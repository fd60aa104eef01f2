"""Sheets that are written in odd ways, and good: they must not be refused."""

from collections.abc import Callable
from typing import Final

from tests.hostile.broken_relations import with_parts
from tests.hostile.case import Case, opened
from tests.hostile.package_parts import (
    ACTIONS,
    OFFICE,
    PLANTS,
    STYLES,
    TEXTS,
    WORKBOOK,
    actions,
    inline,
    parts,
    plants,
    relations,
    styles,
    texts,
    workbook,
)

_VALIDATED: Final = (
    '<dataValidations><dataValidation type="list" sqref="A1:XFD1048576"><formula1>"a,b"</formula1></dataValidation>'
    "</dataValidations>"
)
_BADLY_VALIDATED: Final = (
    '<dataValidations count="x"><dataValidation sqref="#REF!"><formula1/></dataValidation></dataValidations>'
)
_CONDITION: Final = (
    '<conditionalFormatting sqref="A1:A9"><cfRule type="expression" dxfId="99999" priority="1"><formula>1</formula>'
    "</cfRule></conditionalFormatting>"
)
_NOWHERE: Final = '<comments><commentList><comment ref="ZZZ0" authorId="-9"/></commentList></comments>'


def _after(said: str) -> Callable[[], bytes]:
    return with_parts({PLANTS: plants(after=said)})


def _before(said: str) -> Callable[[], bytes]:
    return with_parts({PLANTS: plants(before=said)})


def _more(rows: str) -> Callable[[], bytes]:
    return with_parts({PLANTS: plants(rows)})


def _built(cell: str) -> Callable[[], bytes]:
    return with_parts({PLANTS: plants(built=cell)})


def _without_addresses() -> str:
    text = parts()[PLANTS].decode()
    for address in ("1", "2", "3", *(f"{letter}{number}" for letter in "ABCD" for number in (1, 2, 3))):
        text = text.replace(f' r="{address}"', "")
    return text


def _rows_out_of_order() -> str:
    first = f'<row r="9">{inline("A9", "North")}<c r="C9"><v>5</v></c><c r="D9"><v>4</v></c></row>'
    return plants().replace("<sheetData>", f"<sheetData>{first}")


def _cells_out_of_order() -> str:
    built, operating = '<c r="C2"><v>1000</v></c>', '<c r="D2"><v>900</v></c>'
    return plants().replace(built + operating, operating + built)


def _from_1904() -> bytes:
    changed = {
        WORKBOOK: workbook(before='<workbookPr date1904="1"/>'),
        ACTIONS: actions('<c r="E2" s="1"><v>41425</v></c>'),
    }
    return with_parts(changed)()


def _formatted(first: int, last: int, columns: int) -> str:
    empty = '<c s="1"/>' * columns
    return "".join(f'<row r="{number}">{empty}</row>' for number in range(first, last))


def _notes(contents: str) -> Callable[[], bytes]:
    related = relations([("rId1", f"{OFFICE}/comments", "../comments1.xml")])
    return with_parts({"xl/worksheets/_rels/sheet1.xml.rels": related, "xl/comments1.xml": contents})


def _cells() -> list[Case]:
    empty = "".join(f'<row r="{number}"/>' for number in range(4, 20_000))
    return [
        opened("rows out of order", with_parts({PLANTS: _rows_out_of_order()})),
        opened("cells out of order", with_parts({PLANTS: _cells_out_of_order()})),
        opened("rows and cells without addresses", with_parts({PLANTS: _without_addresses()})),
        opened("a row twice", _more('<row r="3"><c r="E3"><v>1</v></c></row>')),
        opened("twenty thousand empty rows", _more(empty)),
        opened("formatted cells without contents", _more(_formatted(4, 1_500, 26))),
        opened("dates counted from 1904", _from_1904),
        opened("a month as a date", with_parts({ACTIONS: actions('<c r="E2" s="1"><v>42887</v></c>')})),
    ]


def _said_besides() -> list[Case]:
    columns = '<cols><col min="1" max="16384" width="9" style="1"/></cols>'
    more_columns = '<cols><col min="0" max="99999999" width="-1"/></cols>'
    return [
        opened("a range of the sheet that is a lie", _before('<dimension ref="A1:XFD1048576"/>')),
        opened("a range of the sheet that is nonsense", _before('<dimension ref="#REF!"/>')),
        opened("columns formatted to the last", _before(columns)),
        opened("more columns formatted than there are", _before(more_columns)),
        opened("validation of whole columns", _after(_VALIDATED)),
        opened("validation with nonsense", _after(_BADLY_VALIDATED)),
        opened("ten thousand conditional formats", _after(_CONDITION * 10_000)),
        opened("a drawing that is not there", _after('<drawing r:id="rId77"/><legacyDrawing r:id="rId78"/>')),
        opened("damaged notes", _notes("<comments><comment")),
        opened("notes with a document type", _notes("<!DOCTYPE x><comments/>")),
        opened("notes on cells that are none", _notes(_NOWHERE)),
    ]


def _texts_and_styles() -> list[Case]:
    count = ' count="4000000000" uniqueCount="-1"'
    many = '<xf numFmtId="0"/><xf numFmtId="17"/>' * 30_000
    nonsense = '<xf numFmtId="x"/><xf numFmtId="-5"/><xf/>'
    return [
        opened("a count of texts that is a lie", with_parts({TEXTS: texts(attributes=count)})),
        opened("sixty thousand styles", with_parts({STYLES: styles(many)})),
        opened("styles in nonsense formats", with_parts({STYLES: styles(nonsense)})),
        opened("a style that is not there", _built('<c r="C2" s="999999"><v>1000</v></c>')),
        opened("a style that is nonsense", _built('<c r="C2" s="-1"><v>1000</v></c>')),
    ]


CASES: Final = (*_cells(), *_said_besides(), *_texts_and_styles())
