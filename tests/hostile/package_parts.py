"""A small correct plan as the parts of a workbook, written by hand so that each can be spoilt in one place."""

from collections.abc import Mapping
from typing import Final

from tests.hostile.raw_zip import zipped

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

CONTENT_TYPES: Final = "[Content_Types].xml"
ROOT_RELATIONS: Final = "_rels/.rels"
WORKBOOK: Final = "xl/workbook.xml"
WORKBOOK_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
STYLES: Final = "xl/styles.xml"
TEXTS: Final = "xl/sharedStrings.xml"
PLANTS: Final = "xl/worksheets/sheet1.xml"
ACTIONS: Final = "xl/worksheets/sheet2.xml"
DEMAND: Final = "xl/worksheets/sheet3.xml"
OWN: Final = "xl/worksheets/sheet4.xml"
"""A sheet of the planner's own, which is none of the plan's."""

Parts = dict[str, bytes]

_SHEETS: Final = ("Plants", "Actions", "Demand", "Own notes")
_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SHARED: Final = ("Plant", "Group", "Built (kt/y)", "Operating (kt/y)", "East", "West", "G1", "")


def parts(changed: Mapping[str, bytes | str | None] | None = None) -> Parts:
    """Return the parts of a correct plan, some of them replaced, added or, where ``None`` is given, left out."""
    made: Parts = {
        CONTENT_TYPES: content_types().encode(),
        ROOT_RELATIONS: relations([("rId1", f"{OFFICE}/officeDocument", WORKBOOK)]).encode(),
        WORKBOOK: workbook().encode(),
        WORKBOOK_RELATIONS: workbook_relations().encode(),
        STYLES: styles().encode(),
        TEXTS: texts().encode(),
        PLANTS: plants().encode(),
        ACTIONS: actions().encode(),
        DEMAND: demand().encode(),
        OWN: sheet(row(1, "Ask Li about West")).encode(),
    }
    for name, contents in (changed or {}).items():
        if contents is None:
            made.pop(name)
        else:
            made[name] = contents.encode() if isinstance(contents, str) else contents
    return made


def book(changed: Mapping[str, bytes | str | None] | None = None) -> bytes:
    """Return the workbook made of :func:`parts`."""
    return zipped(parts(changed))


def content_types(extra: str = "") -> str:
    """Return the part that says of what type the others are."""
    kinds = {WORKBOOK: "sheet.main", STYLES: "styles", TEXTS: "sharedStrings"}
    kinds |= dict.fromkeys((PLANTS, ACTIONS, DEMAND, OWN), "worksheet")
    stated = "".join(f'<Override PartName="/{name}" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in kinds.items())
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{DECLARATION}<Types xmlns="{TYPES}">{defaults}{stated}{extra}</Types>'


def relations(found: list[tuple[str, str, str]], extra: str = "") -> str:
    """Return relations given as (id, type, target)."""
    listed = "".join(f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in found)
    return f'{DECLARATION}<Relationships xmlns="{RELATIONS}">{listed}{extra}</Relationships>'


def workbook_relations(changed: Mapping[str, tuple[str, str] | None] | None = None, extra: str = "") -> str:
    """Return what the workbook refers to; ``changed`` gives another type and target for an id, or takes it out."""
    found: dict[str, tuple[str, str] | None] = {
        f"rId{number}": (f"{OFFICE}/worksheet", f"worksheets/sheet{number}.xml") for number in range(1, 5)
    }
    found["rId5"] = (f"{OFFICE}/styles", "styles.xml")
    found["rId6"] = (f"{OFFICE}/sharedStrings", "sharedStrings.xml")
    found |= changed or {}
    return relations([(key, *said) for key, said in found.items() if said], extra)


def workbook(sheets: str | None = None, before: str = "", after: str = "") -> str:
    """Return the workbook part; ``sheets`` are the elements of its list."""
    if sheets is None:
        sheets = "".join(sheet_entry(name, number) for number, name in enumerate(_SHEETS, start=1))
    return (
        f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{before}<sheets>{sheets}</sheets>{after}</workbook>'
    )


def sheet_entry(name: str, number: int, more: str = "") -> str:
    """Return how the workbook lists a sheet."""
    return f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"{more}/>'


def styles(formats: str = '<xf numFmtId="0"/><xf numFmtId="17"/>') -> str:
    """Return the styles: the first a plain one, the second of months."""
    return (
        f'{DECLARATION}<styleSheet xmlns="{MAIN}">'
        '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="1"><fill><patternFill patternType="none"/></fill></fills>'
        "<borders><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        f"<cellXfs>{formats}</cellXfs></styleSheet>"
    )


def texts(items: str | None = None, attributes: str = "") -> str:
    """Return the shared texts."""
    if items is None:
        items = "".join(f"<si><t>{text}</t></si>" for text in _SHARED)
    return f'{DECLARATION}<sst xmlns="{MAIN}"{attributes}>{items}</sst>'


def sheet(data: str, before: str = "", after: str = "") -> str:
    """Return a worksheet with these rows."""
    return (
        f'{DECLARATION}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        f"{before}<sheetData>{data}</sheetData>{after}</worksheet>"
    )


def plants(more: str = "", before: str = "", after: str = "", built: str = '<c r="C2"><v>1000</v></c>') -> str:
    """Return the plants' sheet; ``built`` is the cell C2, ``more`` are further rows."""
    return sheet(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c>'
        '<c r="C1" t="s"><v>2</v></c><c r="D1" t="s"><v>3</v></c></row>'
        f'<row r="2"><c r="A2" t="s"><v>4</v></c><c r="B2" t="s"><v>6</v></c>{built}<c r="D2"><v>900</v></c></row>'
        '<row r="3"><c r="A3" t="s"><v>5</v></c><c r="B3" t="s"><v>6</v></c>'
        f'<c r="C3"><v>800</v></c><c r="D3"><v>700</v></c></row>{more}',
        before,
        after,
    )


def actions(start: str | None = None) -> str:
    """Return the actions' sheet; ``start`` is the cell E2, the month of the only action."""
    start = start or inline("E2", "2017-06")
    titles = row(1, "Action", "Kind", "Target", "Announced (kt/y)", "Start (month)")
    first = inline("A2", "Close East") + inline("B2", "close capacity") + inline("C2", "East")
    return sheet(f'{titles}<row r="2">{first}<c r="D2"><v>100</v></c>{start}</row>')


def demand() -> str:
    """Return the sectors' sheet."""
    titles = row(1, "Sector", "Consumption (kt)", "Growth 2017 (%)")
    return sheet(
        f'{titles}<row r="2">{inline("A2", "Building")}<c r="B2"><v>1500</v></c><c r="C2"><v>0.05</v></c></row>'
    )


def column_name(number: int) -> str:
    """Return ``A`` for 1, ``AA`` for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def row(number: int, *cells: str) -> str:
    """Return a row of texts."""
    found = "".join(inline(f"{chr(65 + place)}{number}", text) for place, text in enumerate(cells))
    return f'<row r="{number}">{found}</row>'


def inline(reference: str, text: str) -> str:
    """Return a cell that holds its text itself."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'
