"""Workbooks whose parts do not find each other, or find what they should not."""

from collections.abc import Callable, Mapping
from typing import Final

from tests.hostile.case import OPENS, Case, refused
from tests.hostile.package_parts import (
    CONTENT_TYPES,
    DEMAND,
    OFFICE,
    PLANTS,
    RELATIONS,
    ROOT_RELATIONS,
    TEXTS,
    WORKBOOK,
    WORKBOOK_RELATIONS,
    book,
    relations,
    sheet_entry,
    workbook,
    workbook_relations,
)

_MISSING: Final = "missing-part"
_SHEET: Final = f"{OFFICE}/worksheet"
_CHARTS: Final = f"{OFFICE}/chartsheet"
_STRICT: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_OUTSIDE: Final = ' TargetMode="External"/>'
_MIXED: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"


OTHER_SHEETS: Final = "".join(
    sheet_entry(name, number) for number, name in ((2, "Actions"), (3, "Demand"), (4, "Own notes"))
)
"""How the workbook lists its sheets but the plants'."""


def with_parts(changed: Mapping[str, bytes | str | None]) -> Callable[[], bytes]:
    """Return what makes a workbook with some parts changed."""
    return lambda: book(changed)


def _root(target: str, kind: str = f"{OFFICE}/officeDocument", more: str = "") -> Callable[[], bytes]:
    return with_parts({ROOT_RELATIONS: relations([("rId1", kind, target)], more)})


def _outside(key: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{key}" Type="{kind}" Target="{target}"{_OUTSIDE}'


def linking(key: str, target: str, kind: str = _SHEET) -> Callable[[], bytes]:
    """Return what makes a workbook in which a relation of the workbook leads elsewhere."""
    return with_parts({WORKBOOK_RELATIONS: workbook_relations({key: (kind, target)})})


def listing(sheets: str) -> Callable[[], bytes]:
    """Return what makes a workbook that lists these sheets."""
    return with_parts({WORKBOOK: workbook(sheets)})


def _only_charts() -> bytes:
    charts = {f"rId{n}": (_CHARTS, f"chartsheets/sheet{n}.xml") for n in range(1, 5)}
    return book({WORKBOOK_RELATIONS: workbook_relations(charts)})


def _workbook_not_found() -> list[Case]:
    gone = {_MISSING, "not-a-workbook"}
    outside = relations([], _outside("rId1", f"{OFFICE}/officeDocument", "http://localhost:9/plan.xml"))
    return [
        refused(gone, "no relations at all", with_parts({ROOT_RELATIONS: None})),
        refused(gone, "empty list of relations", with_parts({ROOT_RELATIONS: relations([])})),
        refused(
            gone, "relations to properties alone", _root("docProps/core.xml", f"{RELATIONS}/metadata/core-properties")
        ),
        refused(gone, "relations without targets", with_parts({ROOT_RELATIONS: relations([], "<Relationship/>" * 5)})),
        refused(gone, "workbook in another place of the web", with_parts({ROOT_RELATIONS: outside})),
        refused(_MISSING, "workbook is not there", with_parts({WORKBOOK: None})),
        refused(_MISSING, "workbook said to be where nothing is", _root("xl/plan.xml")),
        refused(_MISSING, "workbook said to be outside of the file", _root("../../../etc/passwd")),
        refused(_MISSING, "workbook said to be on this computer", _root("file:///etc/passwd")),
        refused(gone | {"no-sheets"}, "workbook said to be the relations themselves", _root("_rels/.rels")),
        refused(gone | {"no-sheets"}, "workbook said to be a sheet", _root(PLANTS)),
        refused(
            gone | {"no-sheets"},
            "workbook that is a text document",
            with_parts({WORKBOOK: '<document xmlns="urn:any"/>'}),
        ),
    ]


def _sheets_not_found() -> list[Case]:
    nameless = '<sheet name="Plants" sheetId="1"/>' + OTHER_SHEETS
    elsewhere = workbook_relations({"rId1": None}, _outside("rId1", _SHEET, "//server/plan.xml"))
    no_texts = workbook_relations({"rId6": None})
    no_plants = workbook_relations({"rId1": None})
    empty = {_MISSING, "missing-column"}
    return [
        refused("no-sheets", "no sheet in the list", listing("")),
        refused("no-sheets", "no list of sheets", with_parts({WORKBOOK: workbook().replace("sheets", "sheeets")})),
        refused("no-sheets", "chart sheets alone", _only_charts),
        refused({"no-sheets", _MISSING}, "no relations of the workbook", with_parts({WORKBOOK_RELATIONS: None})),
        refused(_MISSING, "plants are not there", with_parts({PLANTS: None})),
        refused(_MISSING, "demand is not there", with_parts({DEMAND: None})),
        refused(_MISSING, "plants said to be where nothing is", linking("rId1", "worksheets/sheet99.xml")),
        refused(_MISSING, "plants said to be outside of the file", linking("rId1", "../../../../etc/passwd")),
        refused(_MISSING, "plants without a relation", with_parts({WORKBOOK_RELATIONS: no_plants})),
        refused(_MISSING, "plants with an empty target", linking("rId1", "")),
        refused(_MISSING, "plants on another computer", with_parts({WORKBOOK_RELATIONS: elsewhere})),
        refused(_MISSING, "plants without the id of a relation", listing(nameless)),
        refused(_MISSING, "shared texts are not there", with_parts({TEXTS: None})),
        refused(empty, "shared texts without a relation", with_parts({WORKBOOK_RELATIONS: no_texts})),
        refused({*empty, "damaged-xml"}, "plants that are the styles", linking("rId1", "styles.xml")),
        refused(empty, "plants that are the workbook", linking("rId1", "workbook.xml")),
        refused({OPENS, "not-a-workbook", _MISSING}, "no types of parts", with_parts({CONTENT_TYPES: None})),
        refused(
            {OPENS, "not-a-workbook", "damaged-xml"},
            "types of parts that are noise",
            with_parts({CONTENT_TYPES: b"\0\1"}),
        ),
    ]


CASES: Final = (*_workbook_not_found(), *_sheets_not_found())
