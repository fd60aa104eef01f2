"""Sheets and texts are scanned where that is sure, else parsed; whatever is scanned, the parser reads the same way.

A remark behind the end of a part changes nothing of what it means, but leaves it to the parser.
"""

from collections.abc import Iterator
from random import Random
from typing import Final
from unittest.mock import patch

import pytest

from aluplanner.workbook.container import Container
from aluplanner.workbook.markup import PartError
from aluplanner.workbook.raw import sheet_scan
from aluplanner.workbook.sheet import SheetContents
from tests.hostile.good_books import good_books
from tests.hostile.package_parts import PLANTS, STYLES, TEXTS, parts, styles, texts
from tests.hostile.raw_zip import STORED, zipped
from tests.hostile.xml_mutations import XML_CHANGES
from tests.hostile.zip_parts import parts_of

PARTS: Final = 1200
IN_ONE_TEST: Final = 300
REMARK: Final = b"<!-- a remark -->"
LONGEST: Final = 20_000
"""Bytes of a sheet; in long ones a change seldom meets anything new."""


def good_parts(beginning: str) -> list[bytes]:
    """Return the parts of good workbooks whose names begin so, the long ones left out."""
    found = [part for data in good_books().values() for part in parts_of(data).items()]
    return [contents for name, contents in found if name.startswith(beginning) and len(contents) < LONGEST]


def changed(good: list[bytes], first: int) -> Iterator[tuple[int, bytes]]:
    for seed in range(first, first + IN_ONE_TEST):
        random = Random(seed)
        part = random.choice(good)
        for _ in range(random.randint(0, 2)):
            part = random.choice(XML_CHANGES)(random, part)
        yield seed, part


def read(part: str, contents: bytes, others: dict[str, bytes]) -> SheetContents | str:
    """Return what the plants' sheet holds, or the code of what keeps it from being read."""
    data = zipped(parts({**others, part: contents}), STORED)
    try:
        container = Container(data)
        return container.read(container.sheets[0])
    except PartError as error:
        return error.code


@pytest.mark.parametrize("first", range(0, PARTS, IN_ONE_TEST))
def test_that_sheets_that_are_scanned_are_parsed_alike(first: int) -> None:
    items = "".join(f"<si><t>text {number}</t></si>" for number in range(60))
    others = {
        TEXTS: texts(f"{items}<si><t/></si>").encode(),
        STYLES: styles('<xf numFmtId="0"/><xf numFmtId="17"/>' * 4).encode(),
    }
    for seed, sheet in changed(good_parts("xl/worksheets/sheet"), first):
        parsed = read(PLANTS, sheet + REMARK, others)
        assert read(PLANTS, sheet, others) == parsed, f"seed {seed}"
        with patch.object(sheet_scan, "_LEAST", 0):  # as if it were long
            assert read(PLANTS, sheet, others) == parsed, f"seed {seed}, by template"


@pytest.mark.parametrize("first", range(0, PARTS, IN_ONE_TEST))
def test_that_texts_that_are_scanned_are_parsed_alike(first: int) -> None:
    cells = "".join(f'<c t="s"><v>{number}</v></c>' for number in range(40))
    others = {PLANTS: f"<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>".encode()}
    for seed, table in changed(good_parts(TEXTS), first):
        assert read(TEXTS, table, others) == read(TEXTS, table + REMARK, others), f"seed {seed}"
