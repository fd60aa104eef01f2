"""The small parts of a workbook: what refers to what, the list of sheets, which styles show dates, notes."""

import posixpath
import re
from typing import Final, NamedTuple

from aluplanner.workbook.raw.archive import Archive
from aluplanner.workbook.raw.date_formats import is_date_format
from aluplanner.workbook.raw.errors import RawError
from aluplanner.workbook.raw.limits import MOST_STYLES
from aluplanner.workbook.raw.markup import ElementReader, local_attributes
from aluplanner.workbook.raw.values import column_number, unescape

_NOTE_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})", re.ASCII)
_VISIBLE: Final = "visible"


class Relation(NamedTuple):
    """What a part refers to: the id it uses, the last word of the kind (``worksheet``), and the part."""

    key: str
    kind: str
    part: str


class ListedSheet(NamedTuple):
    """A sheet as the workbook lists it: the name on its tab, the id of its relation, whether its tab is hidden."""

    name: str
    key: str
    is_hidden: bool


def relations(archive: Archive, part: str) -> list[Relation]:
    """Return what a part refers to inside the workbook; the package itself is the part ``""``."""
    folder, name = posixpath.split(part)
    found = archive.find(posixpath.join(folder, "_rels", f"{name}.rels"))
    if found is None:
        return []
    reader = _RelationReader(archive, folder)
    reader.read(found, archive.read(found))
    return reader.relations


class _RelationReader(ElementReader):
    def __init__(self, archive: Archive, folder: str) -> None:
        super().__init__()
        self.relations: list[Relation] = []
        self._archive = archive
        self._folder = folder

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        target = attributes.get("Target", "")
        part = posixpath.normpath(posixpath.join("/", self._folder, target)).lstrip("/")
        kind = attributes.get("Type", "").rpartition("/")[2]
        self.relations.append(Relation(attributes.get("Id", ""), kind, self._archive.find(part) or part))


class WorkbookReader(ElementReader):
    """Reads the part that lists the sheets.

    Attributes
    ----------
    root
        The name of its outermost element.
    sheets
        The sheets of every kind, in the order of their tabs.
    is_1904
        Whether days count from 1904.
    """

    def __init__(self) -> None:
        super().__init__()
        self.root = ""
        self.sheets: list[ListedSheet] = []
        self.is_1904 = False
        self._is_list = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of the start of an element."""
        self.root = self.root or name
        if name == "sheets":
            self._is_list = True
        elif name == "sheet" and self._is_list:
            given = local_attributes(self.names, attributes)
            is_hidden = given.get("state", _VISIBLE) != _VISIBLE
            self.sheets.append(ListedSheet(given.get("name", ""), given.get("id", ""), is_hidden))
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904") in ("1", "true")

    def end(self, name: str) -> None:
        """Take note of the end of an element."""
        if name == "sheets":
            self._is_list = False


class StyleReader(ElementReader):
    """Reads which cell styles, by index as text, show a number as a date."""

    def __init__(self) -> None:
        super().__init__()
        self._codes: dict[str, str] = {}
        self._styles: list[str] = []
        self._inside = ""

    @property
    def dates(self) -> frozenset[str]:
        """The styles that do."""
        known = {key: is_date_format(key, self._codes.get(key, "")) for key in set(self._styles)}
        return frozenset(str(index) for index, key in enumerate(self._styles) if known[key])

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of the start of an element."""
        if name in ("cellXfs", "cellStyleXfs", "dxfs", "cellStyles", "numFmts"):
            self._inside = name
        elif name == "numFmt" and self._inside == "numFmts":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            self._count(self._codes)
        elif name == "xf" and self._inside in ("cellXfs", "cellStyleXfs"):
            if self._inside == "cellXfs":
                self._styles.append(attributes.get("numFmtId", "0"))
            self._count(self._styles)

    def _count(self, found: list[str] | dict[str, str]) -> None:
        if len(found) > MOST_STYLES:
            raise RawError("too-many-styles", str(MOST_STYLES))


class NoteReader(ElementReader):
    """Reads the notes of a sheet; rich text is joined, phonetic guides are left out.

    Attributes
    ----------
    notes
        Their texts by (row, column) of the cell; both count from 1.
    """

    def __init__(self) -> None:
        super().__init__()
        self.notes: dict[tuple[int, int], str] = {}
        self._reference = ""
        self._pieces: list[str] = []
        self._is_text = False
        self._is_phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take note of the start of an element."""
        if name == "comment":
            self._reference, self._pieces = attributes.get("ref", ""), []
        elif name == "t":
            self._is_text = not self._is_phonetic
        elif name == "rPh":
            self._is_phonetic = True

    def end(self, name: str) -> None:
        """Take note of the end of an element."""
        if name == "t":
            self._is_text = False
        elif name == "rPh":
            self._is_phonetic = False
        elif name == "comment" and (found := _NOTE_PLACE.fullmatch(self._reference)):
            self.notes[int(found[2]), column_number(found[1])] = unescape("".join(self._pieces))

    def text(self, text: str) -> None:
        """Take note of text; it may come in pieces."""
        if self._is_text:
            self._pieces.append(text)
