"""Taking sheets of a workbook made by XlsxWriter over into another workbook, whose own parts stay as they are."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final
from xml.sax.saxutils import escape, unescape

from aluplanner.workbook.book_part import BookPart
from aluplanner.workbook.package import Package
from aluplanner.workbook.part_copy import PartCopier, owned_parts
from aluplanner.workbook.style_merge import StyleNumbers, merge_styles

_WORKSHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLED: Final = re.compile(rb"<(?:c|row|col|cfRule) [^>]*>")
_STYLE: Final = re.compile(rb' (s|style|dxfId)="(\d+)"')
_SHARED: Final = re.compile(rb'<c ([^>]*?) t="s"><v>(\d+)</v></c>')
_STRING: Final = re.compile(rb"<si>(.*?)</si>", re.DOTALL)
_FORMULA: Final = re.compile(rb"<(f|formula|formula1|formula2|c:f)((?: [^>]*)?)>([^<]*)</\1>")
_HAS_FORMULA: Final = re.compile(rb"<(?:\w+:)?f[ >/]")
_RULES: Final = re.compile(rb"<dataValidations\b[^>]*>(.*?)</dataValidations>", re.DOTALL)
_RULE: Final = re.compile(rb"<dataValidation\b[^>]*?(?:/>|>.*?</dataValidation>)", re.DOTALL)
_SELECTED: Final = b' tabSelected="1"'
_VIEW: Final = b"<sheetView "
_BUILT_IN: Final = "_xlnm."

Renamer = Callable[[str], str]


def graft(package: Package, donor: bytes, names: Mapping[str, str]) -> None:
    """Take sheets over, with their formats, drawings, charts, comments, tables and defined names.

    Parameters
    ----------
    package
        The workbook they come into, in transitional markup. A sheet that has the name already is replaced and keeps
        its place; new ones come behind the others. All other sheets stay as they are, byte for byte.
    donor
        A workbook made by XlsxWriter.
    names
        The donor's sheets to take over, each with the name it gets. References between them follow. A drop-down
        whose list stands on a sheet that does not come along, and that the package does not have, is left out.
    """
    source = Package(donor)
    numbers = merge_styles(package, source)
    grafting = _Grafting(package, source, numbers, names)
    for name, new in names.items():
        grafting.take_over(name, new)
    grafting.define_names()


class _Grafting:
    def __init__(self, package: Package, source: Package, numbers: StyleNumbers, names: Mapping[str, str]) -> None:
        self._package, self._source = package, source
        self._book, self._source_book = BookPart(package), BookPart(source)
        self._numbers, self._names = numbers, names
        self._copier = PartCopier(package, source)
        self._strings = _STRING.findall(source["xl/sharedStrings.xml"]) if "xl/sharedStrings.xml" in source else []
        self._renamed = _renamer(names)
        there = {sheet.name.casefold() for sheet in self._book.sheets}
        strangers = [sheet.name for sheet in self._source_book.sheets if sheet.name not in names]
        self._missing = [name for name in strangers if name.casefold() not in there]
        self._indices: dict[int, int] = {}

    def take_over(self, name: str, new: str) -> None:
        """Take one sheet over under a new name."""
        old_index = self._source_book.find(name)
        if old_index is None:
            raise KeyError(name)
        old = self._source_book.sheets[old_index].part
        index = self._book.find(new)
        if index is None:
            part = self._copier.free_name(old)
            index, before = self._book.add_sheet(new, part), b""
        else:
            part = self._book.sheets[index].part
            before = self._package[part]
            # a sheet that is grafted again takes the places of its old parts, and the file stays as it is
            self._copier.spare |= owned_parts(self._package, part)
        self._indices[old_index] = index
        contents = self._at_home(self._source[old])
        if index == self._book.active:
            contents = contents.replace(_VIEW, _VIEW[:-1] + _SELECTED + b" ", 1)
        if _HAS_FORMULA.search(contents) or _HAS_FORMULA.search(before):
            _drop_calculation_order(self._package, self._book.part)
        self._copier.put(part, contents, _WORKSHEET)
        for copied in self._copier.copy_referred(old, part):
            if copied.endswith(".xml"):
                self._package[copied] = self._follow_names(self._package[copied])
        self._copier.drop_spare()

    def define_names(self) -> None:
        """Take over the names that belong to the sheets: print areas and titles, filters."""
        taken = [
            replace(name, sheet=self._indices[name.sheet], refers_to=self._renamed(name.refers_to))
            for name in self._source_book.names
            if name.sheet in self._indices
        ]
        keys, indices = {(name.name, name.sheet) for name in taken}, set(self._indices.values())
        self._book.undefine(
            lambda name: (
                name.sheet in indices and name.name.startswith(_BUILT_IN) and (name.name, name.sheet) not in keys
            )
        )
        self._book.define(taken)

    def _at_home(self, sheet: bytes) -> bytes:
        """Return a worksheet part with the package's style numbers, its texts in the cells, and the new names."""
        sheet = sheet.replace(_SELECTED, b"", 1)
        if any(name != new for name, new in self._names.items()):
            sheet = self._follow_names(sheet)
        if self._missing:
            sheet = _RULES.sub(self._without_lost_lists, sheet)
        sheet = _STYLED.sub(lambda tag: _STYLE.sub(self._style, tag[0]), sheet)
        return _SHARED.sub(
            lambda found: b'<c %b t="inlineStr"><is>%b</is></c>' % (found[1], self._strings[int(found[2])]), sheet
        )

    def _style(self, found: re.Match[bytes]) -> bytes:
        known = self._numbers.conditions if found[1] == b"dxfId" else self._numbers.cells
        return b' %b="%d"' % (found[1], known[int(found[2])])

    def _follow_names(self, part: bytes) -> bytes:
        def followed(found: re.Match[bytes]) -> bytes:
            formula = escape(self._renamed(unescape(found[3].decode())))
            return b"<%b%b>%b</%b>" % (found[1], found[2], formula.encode(), found[1])

        return _FORMULA.sub(followed, part)

    def _without_lost_lists(self, block: re.Match[bytes]) -> bytes:
        signs = [sign.encode() for name in self._missing for sign in _written(name)]
        rules = _RULE.findall(block[0])
        kept = [rule for rule in rules if not any(sign in rule for sign in signs)]
        if not kept:
            return b""
        return b'<dataValidations count="%d">%b</dataValidations>' % (len(kept), b"".join(kept))


def _written(name: str) -> tuple[str, str]:
    """Return a sheet's name as formulas write it: bare and in quotes."""
    quoted = name.replace("'", "''")
    return f">{name}!", f"'{quoted}'!"


def _renamer(names: Mapping[str, str]) -> Renamer:
    """Return a function that lets formulas refer to sheets by their new names."""
    changed = {name: new for name, new in names.items() if name != new}
    if not changed:
        return lambda formula: formula
    patterns = [f"'{re.escape(_quoted(name))}'!|(?<![\\w.'\\]!]){re.escape(name)}!" for name in changed]
    pattern = re.compile("|".join(f"({each})" for each in patterns))
    targets = [f"'{_quoted(new)}'!" for new in changed.values()]
    return lambda formula: pattern.sub(lambda found: targets[(found.lastindex or 1) - 1], formula)


def _quoted(name: str) -> str:
    return name.replace("'", "''")


def _drop_calculation_order(package: Package, book: str) -> None:
    """Take out the list of formulas in the order of calculation, which would name cells that are none any more."""
    for relation in package.relations(book):
        if relation.kind == "calcChain":
            package.unrelate(book, relation.key)
            package.remove(relation.part)
