"""Workbooks whose parts lie or are called otherwise than usual: good ones, that must not be refused."""

from collections.abc import Callable, Mapping
from typing import Final

from tests.hostile.broken_relations import OTHER_SHEETS, linking, listing, with_parts
from tests.hostile.case import OPENS, Case, opened, refused
from tests.hostile.package_parts import (
    CONTENT_TYPES,
    MAIN,
    OFFICE,
    OWN,
    PLANTS,
    RELATIONS,
    ROOT_RELATIONS,
    STYLES,
    TEXTS,
    WORKBOOK,
    WORKBOOK_RELATIONS,
    book,
    content_types,
    parts,
    plants,
    relations,
    sheet_entry,
    workbook,
    workbook_relations,
)
from tests.hostile.raw_zip import zipped

_SHEET: Final = f"{OFFICE}/worksheet"
_STRICT_OFFICE: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_STRICT_MAIN: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_MIXED: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_NAMES: Final = (
    '<definedNames><definedName name="Gone">#REF!</definedName>'
    '<definedName name="x">Sheet9!$A$1:$ZZ$9</definedName></definedNames>'
)
_LINK: Final = (
    f'<Relationship Id="rId9" Type="{OFFICE}/externalLink" Target="file:///C:/other.xlsx" TargetMode="External"/>'
)
_PLANTS_RELATIONS: Final = "xl/worksheets/_rels/sheet1.xml.rels"


def _related(changed: Mapping[str, tuple[str, str] | None] | None = None, extra: str = "") -> Callable[[], bytes]:
    return with_parts({WORKBOOK_RELATIONS: workbook_relations(changed, extra)})


def _moved(names: Mapping[str, str], changed: Mapping[str, bytes | str | None]) -> Callable[[], bytes]:
    """Return what makes a workbook with some parts under other names."""
    return lambda: zipped({names.get(name, name): contents for name, contents in parts(changed).items()})


def _strict() -> bytes:
    def change(contents: bytes) -> bytes:
        text = contents.decode().replace(OFFICE, _STRICT_OFFICE)
        return text.replace(MAIN, _STRICT_MAIN).encode()

    return zipped({name: change(contents) for name, contents in parts().items()})


def _prefixed(name: str, namespace: str) -> Callable[[], bytes]:
    """Return what makes a workbook in which the elements of a part carry a prefix."""

    def make() -> bytes:
        text = parts()[name].decode().replace(f'xmlns="{namespace}"', f'xmlns:x="{namespace}"')
        head, _, body = text.partition("?>")
        body = body.replace("</", "\0").replace("<", "<x:").replace("\0", "</x:")
        return book({name: f"{head}?>{body}"})

    return make


def _at_the_top() -> bytes:
    found = [(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in range(1, 5)]
    found += [("rId5", "styles", "styles.xml"), ("rId6", "sharedStrings", "sharedStrings.xml")]
    changed = {
        ROOT_RELATIONS: relations([("rId1", f"{OFFICE}/officeDocument", "/workbook.xml")]),
        WORKBOOK_RELATIONS: workbook_relations({key: (f"{OFFICE}/{kind}", f"xl/{name}") for key, kind, name in found}),
    }
    return _moved({WORKBOOK: "workbook.xml", WORKBOOK_RELATIONS: "_rels/workbook.xml.rels"}, changed)()


def _no_shared() -> bytes:
    text = parts()[PLANTS].decode()
    for index, said in enumerate(("Plant", "Group", "Built (kt/y)", "Operating (kt/y)", "East", "West", "G1")):
        text = text.replace(f't="s"><v>{index}</v>', f't="str"><v>{said}</v>')
    return book({PLANTS: text, TEXTS: None, WORKBOOK_RELATIONS: workbook_relations({"rId6": None})})


def _targets() -> list[Case]:
    spaced = workbook_relations({"rId1": (_SHEET, "worksheets/our%20plants.xml")})
    texts = f"{OFFICE}/sharedStrings"
    return [
        opened("strict workbook", _strict),
        opened("workbook at the top of the file", _at_the_top),
        opened("absolute targets", linking("rId1", f"/{PLANTS}")),
        opened("targets that go up and down", linking("rId1", "../xl/./worksheets/sheet1.xml")),
        opened(
            "targets written for the web",
            _moved({PLANTS: "xl/worksheets/our%20plants.xml"}, {WORKBOOK_RELATIONS: spaced}),
        ),
        refused(
            {OPENS, "missing-part"},
            "targets written for the web, unlike the parts",
            _moved({PLANTS: "xl/worksheets/our plants.xml"}, {WORKBOOK_RELATIONS: spaced}),
        ),
        opened("targets in other letters than the parts", linking("rId6", "SharedStrings.xml", texts)),
        opened("sheets that refer to themselves", _plants_related(("rId1", _SHEET, "sheet1.xml"))),
        opened(
            "notes and drawings that are not there",
            _plants_related(
                ("rId1", f"{OFFICE}/comments", "../gone.xml"), ("rId2", f"{OFFICE}/vmlDrawing", "gone.vml")
            ),
        ),
        opened("a link to another workbook", _related(extra=_LINK)),
        opened("own sheet that is the plants' part", linking("rId4", "worksheets/sheet1.xml")),
        opened("a chart sheet", _related({"rId4": (f"{OFFICE}/chartsheet", "chartsheets/sheet1.xml")})),
    ]


def _plants_related(*found: tuple[str, str, str]) -> Callable[[], bytes]:
    return with_parts({_PLANTS_RELATIONS: relations([*found])})


def _left_out() -> list[Case]:
    return [
        refused({OPENS, "missing-part"}, "styles are not there", with_parts({STYLES: None})),
        opened("no styles", with_parts({STYLES: None, WORKBOOK_RELATIONS: workbook_relations({"rId5": None})})),
        opened("no shared texts at all", _no_shared),
        opened("own sheet is not there", with_parts({OWN: None})),
        opened("own sheet without a relation", _related({"rId4": None})),
    ]


def _said_of_sheets() -> list[Case]:
    hidden = sheet_entry("Plants", 1, ' state="hidden"') + OTHER_SHEETS
    one_number = (sheet_entry("Plants", 1) + OTHER_SHEETS).replace('sheetId="2"', 'sheetId="1"')
    return [
        opened("hidden plants", listing(hidden)),
        opened("very hidden plants", listing(hidden.replace("hidden", "veryHidden"))),
        opened("a sheet in a state nobody knows", listing(hidden.replace("hidden", "asleep"))),
        opened("sheets of one number", listing(one_number)),
        opened("names that refer to nothing", with_parts({WORKBOOK: workbook(after=_NAMES)})),
    ]


def _contents() -> list[Case]:
    macros = content_types().replace("sheet.main", "sheet.macroEnabled.main")
    choice = f'<mc:AlternateContent xmlns:mc="{_MIXED}"><mc:Choice Requires="z"/></mc:AlternateContent>'
    return [
        opened("elements of the workbook with a prefix", _prefixed(WORKBOOK, MAIN)),
        opened("elements of a sheet with a prefix", _prefixed(PLANTS, MAIN)),
        opened("elements of the relations with a prefix", _prefixed(WORKBOOK_RELATIONS, RELATIONS)),
        opened("elements of the texts with a prefix", _prefixed(TEXTS, MAIN)),
        opened("macros", with_parts({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(600), CONTENT_TYPES: macros})),
        opened("a choice of newer and older contents", with_parts({PLANTS: plants(after=choice)})),
        opened("unread properties with a document type", with_parts({"docProps/core.xml": "<!DOCTYPE a><a/>"})),
        opened("a theme that is noise", with_parts({"xl/theme/theme1.xml": b"\0\xff" * 99})),
    ]


CASES: Final = (*_targets(), *_left_out(), *_said_of_sheets(), *_contents())
