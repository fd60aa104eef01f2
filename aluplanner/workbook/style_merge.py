"""Taking the cell formats of one workbook over into another."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import quoteattr

from aluplanner.workbook.book_part import MAIN, BookPart
from aluplanner.workbook.outline import Element, edited, outline, prefix, with_open_root
from aluplanner.workbook.package import Package

_CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_FIRST_OWN_FORMAT: Final = 164
_ORDER: Final = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_REFERENCE: Final = re.compile(rb' (numFmtId|fontId|fillId|borderId|xfId)="(\d+)"')
_REFERRED: Final = {
    b"numFmtId": "numFmts",
    b"fontId": "fonts",
    b"fillId": "fills",
    b"borderId": "borders",
    b"xfId": "cellStyleXfs",
}
_COUNT: Final = re.compile(rb' count="\d+"')


@dataclass(frozen=True, slots=True)
class StyleNumbers:
    """What the numbers of cell formats and of conditional formats have become."""

    cells: Mapping[int, int]
    conditions: Mapping[int, int]


def merge_styles(package: Package, donor: Package) -> StyleNumbers:
    """Add the cell formats of a donor made by XlsxWriter to a package; what is there already is used again.

    The donor's plain format becomes the package's, so that its cells take the font of the workbook they come into.
    """
    source = donor[_styles_part(donor)]
    part = _styles_part(package)
    if not part:
        package["xl/styles.xml"] = source
        package.declare("xl/styles.xml", _CONTENT_TYPE)
        package.relate(BookPart(package).part, "styles", "xl/styles.xml")
        part = "xl/styles.xml"
    merger = _Merger(package[part], source)
    package[part] = merger.merged()
    return StyleNumbers(merger.numbers["cellXfs"], merger.numbers["dxfs"])


def _styles_part(package: Package) -> str:
    book = BookPart(package).part
    return next((relation.part for relation in package.relations(book) if relation.kind == "styles"), "")


def place_of(root: Element, name: str) -> int:
    """Return where a list that styles lack belongs; ``root`` is their root element, written with two tags."""
    earlier = _ORDER[: _ORDER.index(name)]
    return max((child.end for child in root.children if child.name in earlier), default=root.inner)


class _Merger:
    def __init__(self, host: bytes, donor: bytes) -> None:
        self._host = with_open_root(host)
        self._root = outline(self._host, 2)
        self._donor, self._donor_root = donor, outline(donor, 2)
        self._prefix = prefix(self._host, self._root)
        self.numbers: dict[str, dict[int, int]] = {}
        """Per list: what the donor's numbers have become."""
        self._edits: list[tuple[int, int, bytes]] = []

    def merged(self) -> bytes:
        """Return the host's styles with the donor's in them."""
        self._merge_number_formats()
        for name in ("fonts", "fills", "borders", "cellStyleXfs"):
            # what comes first is the plain look of each workbook
            self._merge(name, {0: 0})
        self._merge("cellXfs", {0: 0})
        self._merge("dxfs", {})
        return edited(self._host, self._edits)

    def _merge_number_formats(self) -> None:
        there = {child.attributes.get("formatCode"): child for child in self._children(self._root, "numFmts")}
        ids = [int(child.attributes.get("numFmtId", "0")) for child in there.values()]
        free = max([_FIRST_OWN_FORMAT - 1, *ids]) + 1
        numbers: dict[int, int] = {}
        added: list[bytes] = []
        for child in self._children(self._donor_root, "numFmts"):
            code, number = child.attributes["formatCode"], int(child.attributes["numFmtId"])
            if code in there:
                numbers[number] = int(there[code].attributes["numFmtId"])
            else:
                numbers[number], free = free, free + 1
                added.append(f'<numFmt numFmtId="{numbers[number]}" formatCode={quoteattr(code)}/>'.encode())
        self.numbers["numFmts"] = numbers
        self._append("numFmts", [self._at_home(element) for element in added])

    def _merge(self, name: str, fixed: Mapping[int, int]) -> None:
        """Add the donor's elements of a list that the host lacks; ``fixed`` are numbers that need no element."""
        there = [child.in_full(self._host) for child in self._children(self._root, name)]
        known = {element: number for number, element in reversed(list(enumerate(there)))}
        count = len(there)
        numbers: dict[int, int] = {}
        added: list[bytes] = []
        for number, child in enumerate(self._children(self._donor_root, name)):
            if number in fixed and there:
                numbers[number] = fixed[number]
                continue
            element = self._at_home(_REFERENCE.sub(self._referring, child.in_full(self._donor)))
            if element not in known:
                known[element] = count + len(added)
                added.append(element)
            numbers[number] = known[element]
        self.numbers[name] = numbers
        self._append(name, added)

    def _referring(self, found: re.Match[bytes]) -> bytes:
        old = int(found[2])
        new = self.numbers[_REFERRED[found[1]]].get(old, old)  # number formats of Excel's own have no entry
        return b' %b="%d"' % (found[1], new)

    def _at_home(self, element: bytes) -> bytes:
        """Return an element of the donor as it stands in the host, where its names may need a prefix."""
        if not self._prefix:
            return element
        name = re.match(rb"<\w+", element)
        end = name.end() if name else 0
        return element[:end] + f' xmlns="{MAIN}"'.encode() + element[end:]

    def _append(self, name: str, added: list[bytes]) -> None:
        if not added:
            return
        new, listed = b"".join(added), self._root.child(name)
        tag = f"{self._prefix}{name}".encode()
        if listed is None or listed.is_empty:
            block = b'<%b count="%d">%b</%b>' % (tag, len(added), new, tag)
            place = (listed.start, listed.end) if listed else (place_of(self._root, name),) * 2
            self._edits.append((*place, block))
            return
        head = self._host[listed.start : listed.inner]
        counted = _COUNT.sub(b' count="%d"' % (len(listed.children) + len(added)), head)
        self._edits += [(listed.start, listed.inner, counted), (listed.inner_end, listed.inner_end, new)]

    @staticmethod
    def _children(root: Element, name: str) -> list[Element]:
        listed = root.child(name)
        return listed.children if listed else []
