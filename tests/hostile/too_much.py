"""Small files that grow without end when they are opened, and large ones that are good."""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from tests.hostile.broken_zips import entries
from tests.hostile.case import TOO_MUCH, Case, opened, refused, survived
from tests.hostile.package_parts import (
    OWN,
    PLANTS,
    STYLES,
    TEXTS,
    WORKBOOK,
    parts,
    plants,
    sheet,
    styles,
    workbook,
)
from tests.hostile.raw_zip import STORED, Entry, archive, entry, repeated_entry

_MARK: Final = "\x1a"
_MEGA: Final = 1 << 20
_PLAIN_STYLE: Final = '<xf numFmtId="0"/>'


def _grown(part: str, whole: str, block: str, times: int, **changed: str) -> Callable[[], bytes]:
    """Return what makes a workbook with a part in which a block stands ``times`` times in place of the mark."""

    def make() -> bytes:
        head, tail = whole.split(_MARK)
        grown = repeated_entry(part, head.encode(), block.encode(), times, tail.encode())
        made = [
            entry(TEXTS, changed["texts"].encode()) if "texts" in changed and _is(one, TEXTS) else one
            for one in entries()
        ]
        return archive(grown if _is(one, part) else one for one in made)

    return make


def _is(member: Entry, part: str) -> bool:
    return member.name == part.encode()


def _with(*members: Callable[[], Entry]) -> Callable[[], bytes]:
    return lambda: archive([*entries(), *(member() for member in members)])


def _more_texts(said: str) -> str:
    return parts()[TEXTS].decode().replace("</sst>", f"{said}</sst>")


def _texts(block: str, times: int) -> Callable[[], bytes]:
    return _grown(TEXTS, _more_texts(_MARK), block, times)


def _rows(block: str, times: int) -> Callable[[], bytes]:
    return _grown(PLANTS, plants(_MARK), block, times)


def _one_text_everywhere() -> Callable[[], bytes]:
    """Return what makes a small file of 200,000 cells with the same long text: 6 GB if each had one of its own."""
    row = "<row>" + '<c t="s"><v>8</v></c>' * 1000 + "</row>"
    return _grown(PLANTS, plants(_MARK), row, 200, texts=_more_texts(f"<si><t>{'n' * 30_000}</t></si>"))


def _understated(size: int) -> Callable[[], bytes]:
    """Return what makes a workbook whose plants unpack to a gigabyte, but are said to be small."""

    def make() -> bytes:
        head, tail = plants(_MARK).split(_MARK)
        grown = repeated_entry(PLANTS, head.encode(), b" " * _MEGA, 1024, tail.encode())
        return archive(replace(grown, stated_size=size) if _is(one, PLANTS) else one for one in entries())

    return make


def _in_an_attribute(megabytes: int) -> Callable[[], bytes]:
    return _grown(PLANTS, plants(before=f'<a b="{_MARK}"/>'), "x" * _MEGA, megabytes)


def _too_much() -> Iterator[Case]:
    yield refused(TOO_MUCH, "a gigabyte of blanks in the plants", _rows(" " * _MEGA, 1024), is_heavy=True)
    yield refused(TOO_MUCH, "four gigabytes of blanks in the plants", _rows(" " * _MEGA, 4096 - 1), is_heavy=True)
    yield refused(
        TOO_MUCH | {"damaged-zip"}, "a gigabyte that is said to be a kilobyte", _understated(1024), is_heavy=True
    )
    yield refused(
        TOO_MUCH,
        "a gigabyte in one cell",
        _grown(PLANTS, plants(built=f'<c r="C2" t="str"><v>{_MARK}</v></c>'), "9" * _MEGA, 1024),
        is_heavy=True,
    )
    yield refused(
        TOO_MUCH,
        "a formula of a gigabyte",
        _grown(PLANTS, plants(built=f'<c r="C2"><f>{_MARK}</f><v>1000</v></c>'), "A1+1+" * 200_000, 1024),
        is_heavy=True,
    )
    yield refused(
        TOO_MUCH,
        "a gigabyte of blanks in the workbook",
        _grown(WORKBOOK, workbook(before=_MARK), " " * _MEGA, 1024),
        is_heavy=True,
    )
    yield refused(
        TOO_MUCH, "a gigabyte of blanks in the styles", _grown(STYLES, styles(_MARK), " " * _MEGA, 1024), is_heavy=True
    )
    yield survived("two hundred megabytes in an attribute", _in_an_attribute(200), is_heavy=True)
    yield survived("fifteen megabytes in an attribute", _in_an_attribute(15), is_heavy=True)
    yield refused("too-many-texts", "ten million shared texts", _texts("<si/>" * 100_000, 100), is_heavy=True)
    yield refused(
        TOO_MUCH,
        "five million shared texts of ten letters",
        _texts("<si><t>0123456789</t></si>" * 10_000, 500),
        is_heavy=True,
    )
    yield refused(
        TOO_MUCH,
        "a shared text of half a gigabyte",
        _grown(TEXTS, _more_texts(f"<si><t>{_MARK}</t></si>"), "n" * _MEGA, 512),
        is_heavy=True,
    )
    yield refused({"too-many-styles"}, "a million styles", _grown(STYLES, styles(_MARK), _PLAIN_STYLE * 10_000, 100))
    yield refused(
        TOO_MUCH, "twenty million cells", _rows("<row>" + "<c><v>1</v></c>" * 10_000 + "</row>", 2000), is_heavy=True
    )
    yield survived("two hundred thousand cells with one long text", _one_text_everywhere(), is_heavy=True)
    row = "<row>" + "<c><v>1</v></c>" * 5 + "</row>"
    yield survived("450,000 rows of the table", _rows(row * 1000, 450), is_heavy=True)
    yield survived(
        "a thousand columns of headers",
        _grown(
            PLANTS, plants().replace("</c></row>", f"</c>{_MARK}</row>", 1), '<c t="str"><v>Built (kt/y)</v></c>', 1000
        ),
    )


def _foreign(name: str, megabytes: int, seed: int) -> Callable[[], Entry]:
    """Return what makes a part of many megabytes that cannot be packed."""
    return lambda: entry(name, random.Random(seed).randbytes(megabytes * _MEGA), STORED)


def _own_sheet(block: str, times: int) -> Callable[[], bytes]:
    return _grown(OWN, sheet(_MARK), block, times)


def _good() -> Iterator[Case]:
    picture = "xl/media/image{}.png"
    yield opened("fifty megabytes of pictures", _with(*(_foreign(picture.format(n), 10, n) for n in range(5))))
    yield opened(
        "three million formatted cells in an own sheet", _own_sheet("<row>" + '<c s="1"/>' * 1000 + "</row>", 3000)
    )
    yield opened("an own sheet that packs a thousand to one", _own_sheet("<row><c><v>1</v></c></row>" * 10_000, 100))
    yield opened(
        "plants that pack several hundred to one", _rows('<row><c s="1"/><c s="1"/><c s="1"/></row>' * 1000, 20)
    )
    yield opened("blanks between the rows, a hundred to one", _rows(" " * 1000, 4000))


CASES: Final = (*_too_much(), *_good())
