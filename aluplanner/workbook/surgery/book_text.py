"""The workbook's own part: names, the way days count, the wish to be calculated anew."""

import re
from collections.abc import Iterator

from aluplanner.i18n import tr
from aluplanner.workbook.markup import PartError
from aluplanner.workbook.package import Package
from aluplanner.workbook.surgery.archive import save_anew
from aluplanner.workbook.surgery.dependents import NamedCells
from aluplanner.workbook.surgery.markup_text import attributes, bytes_of, escaped, text_of, unescaped, with_attributes
from aluplanner.workbook.surgery.references import RowMaps, moved_formula, references

_SHEET = re.compile(r"<sheet\b[^>]*>")
_NAME = re.compile(r"(?P<start><definedName\b[^>]*>)(?P<text>[^<]*)</definedName>")
_PROPERTIES = re.compile(r"<workbookPr\b[^>]*>")
_CALCULATION = re.compile(r"<calcPr\b[^>]*>")
_AFTER_CALCULATION = re.compile(
    r"<(?:oleSize|customWorkbookViews|pivotCaches|smartTagPr|smartTagTypes|webPublishing|fileRecoveryPr"
    r"|webPublishObjects|extLst)\b|</workbook>"
)
_KEY = re.compile(r"""\s[\w.\-]+:id\s*=\s*["']([^"']*)["']""")
_TABLE = re.compile(r"<table\b[^>]*>")


class BookText:
    """The workbook part of a package.

    Parameters
    ----------
    package
        The package; it is changed in place.

    Attributes
    ----------
    part
        The name of the part.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        found = [relation.part for relation in package.relations("") if relation.kind == "officeDocument"]
        if not found or found[0] not in package:
            raise PartError(tr("the workbook it came from does not name its parts plainly."), save_anew())
        self.part = found[0]

    @property
    def _text(self) -> str:
        return text_of(self._package[self.part])

    @property
    def sheets(self) -> dict[str, str]:
        """The parts of the worksheets, by the name of the sheet, in the order of the tabs."""
        related = self._package.relations(self.part)
        parts = {relation.key: relation.part for relation in related if relation.kind == "worksheet"}
        found: dict[str, str] = {}
        for tag in _SHEET.findall(self._text):
            key = _KEY.search(tag)
            part = parts.get(key[1], "") if key else ""
            if part in self._package:
                found.setdefault(attributes(tag).get("name", ""), part)
        return found

    @property
    def is_1904(self) -> bool:
        """Whether days count from 1904."""
        found = _PROPERTIES.search(self._text)
        return found is not None and attributes(found[0]).get("date1904") in ("1", "true")

    def named_cells(self) -> NamedCells:
        """Return what names in formulas stand for."""
        names: dict[str, tuple[str, ...]] = {}
        for found in _NAME.finditer(self._text):
            name = attributes(found["start"]).get("name", "").casefold()
            names[name] = (*names.get(name, ()), unescaped(found["text"]))
        tables = {}
        for sheet, part in self.sheets.items():
            for tag in self._table_tags(part):
                given = attributes(tag)
                for area in references(given.get("ref", ""), sheet.casefold()).areas:
                    for key in ("name", "displayName"):
                        tables[given.get(key, "").casefold()] = area
        return NamedCells(names, tables)

    def _table_tags(self, part: str) -> Iterator[str]:
        for relation in self._package.relations(part):
            if relation.kind == "table" and relation.part in self._package:
                found = _TABLE.search(text_of(self._package[relation.part]))
                if found:
                    yield found[0]

    def move_names(self, maps: RowMaps, *, is_built_in_only: bool = False) -> None:
        """Let names follow the rows that they refer to, or only those of filters and printing."""

        def moved(found: re.Match[str]) -> str:
            if is_built_in_only and not attributes(found["start"]).get("name", "").startswith("_xlnm."):
                return found[0]
            text = unescaped(found["text"])
            changed = moved_formula(text, "", maps)
            return found[0] if changed == text else f"{found['start']}{escaped(changed)}</definedName>"

        before = self._text
        after = _NAME.sub(moved, before)
        if after != before:
            self._package[self.part] = bytes_of(after)

    def calculate_on_opening(self) -> None:
        """Ask every program that opens the workbook to calculate it."""
        text = self._text
        found = _CALCULATION.search(text)
        if found:
            text = text[: found.start()] + with_attributes(found[0], {"fullCalcOnLoad": "1"}) + text[found.end() :]
        else:
            place = _AFTER_CALCULATION.search(text)
            at = place.start() if place else len(text)
            text = f'{text[:at]}<calcPr fullCalcOnLoad="1"/>{text[at:]}'
        self._package[self.part] = bytes_of(text)

    def drop_calculation_order(self) -> None:
        """Take out the list of formulas in the order of calculation, which names cells that are none any more."""
        for relation in self._package.relations(self.part):
            if relation.kind == "calcChain":
                self._package.unrelate(self.part, relation.key)
                self._package.remove(relation.part)
