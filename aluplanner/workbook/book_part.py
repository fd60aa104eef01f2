"""The workbook part of a package: which sheets there are, in what order, and the defined names."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final
from xml.sax.saxutils import escape, quoteattr, unescape

from aluplanner.workbook.outline import Element, edited, outline, prefix
from aluplanner.workbook.package import Package

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ACTIVE: Final = re.compile(rb' (?:activeTab|firstSheet)="\d+"')
_SELECTED: Final = re.compile(rb'(<(?:\w+:)?sheetView\b[^>]*?) tabSelected="(?:1|true)"')
_VIEW: Final = re.compile(rb"(<(?:\w+:)?sheetView\b)")
_BEFORE_NAMES: Final = ("sheets", "functionGroups", "externalReferences")


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A sheet of a workbook: its name and its part."""

    name: str
    part: str


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A defined name and what it refers to; ``sheet`` is the index of its sheet, ``None`` for the whole book."""

    name: str
    refers_to: str
    sheet: int | None = None
    is_hidden: bool = False


class BookPart:
    """The workbook part of a package, read and changed in place.

    Parameters
    ----------
    package
        The package; every change goes straight into it.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self.part = next(relation.part for relation in package.relations("") if relation.kind == "officeDocument")

    @property
    def sheets(self) -> tuple[SheetEntry, ...]:
        """The sheets in order; one whose part is not there has an empty part name."""
        parts = {relation.key: relation.part for relation in self._package.relations(self.part)}
        _, root = self._outline(2)
        listed = root.child("sheets")
        children = listed.children if listed else []
        return tuple(
            SheetEntry(child.attributes.get("name", ""), parts.get(child.attributes.get("id", ""), ""))
            for child in children
        )

    def find(self, name: str) -> int | None:
        """Return the index of the sheet of a name; case does not count, as in Excel."""
        wanted = name.casefold()
        return next((i for i, sheet in enumerate(self.sheets) if sheet.name.casefold() == wanted), None)

    @property
    def active(self) -> int:
        """Index of the sheet that is shown when the workbook is opened."""
        _, root = self._outline(2)
        views = root.child("bookViews")
        given = views.children[0].attributes.get("activeTab", "0") if views and views.children else "0"
        return int(given) if given.isdecimal() else 0

    @property
    def is_1904(self) -> bool:
        """Whether days are counted from 1904, as in workbooks that began on an old Macintosh."""
        _, root = self._outline(1)
        properties = root.child("workbookPr")
        return properties is not None and properties.attributes.get("date1904", "0") in ("1", "true")

    def add_sheet(self, name: str, part: str) -> int:
        """Add a sheet behind the others; return its index."""
        contents, root = self._outline(2)
        listed = root.child("sheets")
        if listed is None:
            raise ValueError("a workbook without a list of sheets")
        number = 1 + max((int(child.attributes.get("sheetId", "0")) for child in listed.children), default=0)
        key = self._package.relate(self.part, "worksheet", part)
        element = (
            f"<{prefix(contents, listed)}sheet name={quoteattr(name)}"
            f' sheetId="{number}" r:id="{key}" xmlns:r="{_RELATIONS}"/>'
        )
        self._insert(contents, listed, [element])
        return len(listed.children)

    def move_first(self, index: int) -> None:
        """Put a sheet before all others and let the workbook open with it."""
        parts = [sheet.part for sheet in self.sheets]
        names = self.names
        contents, root = self._outline(2)
        listed = root.child("sheets")
        if listed is None:
            raise ValueError("a workbook without a list of sheets")
        moved = listed.children[index]
        edits = [(listed.inner, listed.inner, moved.in_full(contents)), (moved.start, moved.end, b"")]
        views = root.child("bookViews")
        if views is not None and views.children:
            view = views.children[0]
            tag = _ACTIVE.sub(b"", contents[view.start : view.inner])
            edits.append((view.start, view.inner, tag))
        old = root.child("definedNames")
        if old is not None:
            places = {index: 0} | {place: place + 1 for place in range(index)}
            renumbered = (
                replace(name, sheet=name.sheet if name.sheet is None else places.get(name.sheet, name.sheet))
                for name in names
            )
            new = "".join(_element(prefix(contents, root), name) for name in renumbered)
            edits.append((old.inner, old.inner_end, new.encode()))
        self._package[self.part] = edited(contents, edits)
        for place, part in enumerate(parts):
            sheet = _SELECTED.sub(rb"\1", self._package[part], count=1)
            self._package[part] = _VIEW.sub(rb'\1 tabSelected="1"', sheet, count=1) if place == index else sheet

    @property
    def names(self) -> tuple[DefinedName, ...]:
        """The defined names, in order."""
        contents, root = self._outline(2)
        listed = root.child("definedNames")
        return tuple(_defined_name(contents, child) for child in listed.children) if listed else ()

    def define(self, names: Iterable[DefinedName]) -> None:
        """Add defined names; one that is there of the same name and sheet is replaced in its place."""
        contents, root = self._outline(2)
        sign = prefix(contents, root)
        listed = root.child("definedNames")
        there = {_key(_defined_name(contents, child)): child for child in (listed.children if listed else ())}
        given = {_key(name): name for name in names}
        edits = [
            (there[key].start, there[key].end, _element(sign, name).encode())
            for key, name in given.items()
            if key in there
        ]
        contents = self._package[self.part] = edited(contents, edits)
        added = [name for key, name in given.items() if key not in there]
        if not added:
            return
        _, root = self._outline(2)
        elements = [_element(sign, name) for name in added]
        listed = root.child("definedNames")
        if listed is not None:
            self._insert(contents, listed, elements)
            return
        place = max(child.end for child in root.children if child.name in _BEFORE_NAMES)
        block = f"<{sign}definedNames>{''.join(elements)}</{sign}definedNames>".encode()
        self._package[self.part] = edited(contents, [(place, place, block)])

    def undefine(self, is_dropped: Callable[[DefinedName], bool]) -> None:
        """Take out the defined names of which this holds."""
        contents, root = self._outline(2)
        listed = root.child("definedNames")
        if listed is None:
            return
        dropped = [child for child in listed.children if is_dropped(_defined_name(contents, child))]
        # an empty list is not allowed
        gone = [listed] if len(dropped) == len(listed.children) else dropped
        if gone:
            self._package[self.part] = edited(contents, [(child.start, child.end, b"") for child in gone])

    def _insert(self, contents: bytes, listed: Element, elements: list[str]) -> None:
        """Add elements at the end of a list."""
        new = "".join(elements).encode()
        if listed.is_empty:
            tag = contents[listed.start : listed.end].rstrip(b"/>").rstrip()
            name = tag[1:].split(None, 1)[0]
            edit = (listed.start, listed.end, tag + b">" + new + b"</" + name + b">")
        else:
            edit = (listed.inner_end, listed.inner_end, new)
        self._package[self.part] = edited(contents, [edit])

    def _outline(self, depth: int) -> tuple[bytes, Element]:
        contents = self._package[self.part]
        return contents, outline(contents, depth)


def _defined_name(contents: bytes, element: Element) -> DefinedName:
    given = element.attributes
    sheet = given.get("localSheetId", "")
    text = unescape(contents[element.inner : element.inner_end].decode(), {"&quot;": '"', "&apos;": "'"})
    hidden = given.get("hidden", "0") in ("1", "true")
    return DefinedName(given.get("name", ""), text, int(sheet) if sheet.isdecimal() else None, hidden)


def _key(name: DefinedName) -> tuple[str, int | None]:
    return name.name.casefold(), name.sheet


def _element(sign: str, name: DefinedName) -> str:
    sheet = "" if name.sheet is None else f' localSheetId="{name.sheet}"'
    hidden = ' hidden="1"' if name.is_hidden else ""
    text = escape(name.refers_to)
    return f"<{sign}definedName name={quoteattr(name.name)}{sheet}{hidden}>{text}</{sign}definedName>"
