"""Names of parts that are dangerous, there twice, or too many."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from tests.hostile.broken_zips import entries, with_part
from tests.hostile.case import refused
from tests.hostile.package_parts import OWN, PLANTS, WORKBOOK, parts
from tests.hostile.raw_zip import STORED, UTF8, archive, entry

_UNSAFE: Final = {
    "leads out of the folder": b"../../evil.xml",
    "leads out of the folder later": b"xl/../../evil.xml",
    "goes up and down again": b"xl/worksheets/../extra.xml",
    "begins at the root": b"/etc/extra.xml",
    "begins at a drive": b"C:/extra.xml",
    "begins at a drive with backslashes": b"C:\\extra.xml",
    "begins at another computer": b"//server/share/extra.xml",
    "has backslashes": b"xl\\worksheets\\extra.xml",
    "leads out with backslashes": b"..\\..\\evil.xml",
    "has a line break": b"xl/two\nlines.xml",
    "has a zero": b"xl/sheet\0.xml",
    "has an escape": b"xl/\x1b[31mred.xml",
}


def _again(name: str, contents: bytes = b"<worksheet/>") -> Callable[[], bytes]:
    return with_part(name, contents)


def _many(count: int) -> bytes:
    one = entry("x", b"", STORED)
    return archive([*entries(), *(replace(one, name=b"xl/media/%d.png" % number) for number in range(count))])


CASES: Final = (
    *(refused("unsafe-part", f"name that {why}", with_part(name)) for why, name in _UNSAFE.items()),
    refused("unsafe-part", "Chinese name that leads out of the folder", with_part("../图.xml".encode(), flags=UTF8)),
    refused("duplicate-part", "the plants twice", _again(PLANTS)),
    refused("duplicate-part", "the plants twice and alike", _again(PLANTS, parts()[PLANTS])),
    refused("duplicate-part", "the workbook twice", _again(WORKBOOK)),
    refused("duplicate-part", "the relations twice", _again("_rels/.rels")),
    refused("duplicate-part", "the plants twice, in other letters", _again(PLANTS.upper())),
    refused("duplicate-part", "the types of parts twice, in other letters", _again("[content_types].xml")),
    refused("duplicate-part", "an own sheet twice", _again(OWN)),
    refused("too-many-parts", "a hundred thousand parts", lambda: _many(100_000)),
)
