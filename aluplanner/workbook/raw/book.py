"""A workbook, opened: its sheets, their cells and their notes."""

from functools import cached_property
from typing import NamedTuple

from aluplanner.workbook.raw.errors import RawError
from aluplanner.workbook.raw.kinds import foreign_kind, open_archive
from aluplanner.workbook.raw.markup import ElementReader
from aluplanner.workbook.raw.packed import PackedSheet
from aluplanner.workbook.raw.parts import NoteReader, StyleReader, WorkbookReader, relations
from aluplanner.workbook.raw.plain_text import IrregularError
from aluplanner.workbook.raw.sheet_reader import SheetReader
from aluplanner.workbook.raw.sheet_scan import scan_sheet
from aluplanner.workbook.raw.texts import read_texts

_PACKAGE_ROOT = ""
_CONTENT_TYPES = "[Content_Types].xml"


class RawSheet(NamedTuple):
    """A worksheet: the name on its tab, its part (empty if the workbook refers to none), whether its tab is hidden."""

    name: str
    part: str
    is_hidden: bool


class RawBook:
    """An opened workbook; nothing is read before it is asked for.

    Parameters
    ----------
    data
        The bytes of the file.

    Raises
    ------
    RawError
        If they are no workbook, or one that cannot be read.
    """

    def __init__(self, data: bytes) -> None:
        self._archive = open_archive(data)
        self._workbook = self._find_workbook()
        if types := self._archive.find(_CONTENT_TYPES):
            self._read_with(ElementReader(), types)
        reader = WorkbookReader()
        self._read_with(reader, self._workbook)
        if reader.root != "workbook":
            raise RawError("not-a-workbook")
        self.is_1904 = reader.is_1904
        self._related = relations(self._archive, self._workbook)
        self.sheets = self._worksheets(reader)
        if not self.sheets:
            raise RawError("no-sheets")

    def read(self, part: str) -> PackedSheet:
        """Return what the sheet of a part holds.

        Raises
        ------
        RawError
            If the part, or one of those that it needs, is missing or damaged or holds too much.
        """
        contents = self._archive.read(part)
        texts = self._texts if _may_share_texts(contents) else []
        dates = self._dates
        try:
            return scan_sheet(part, contents, texts, dates)
        except IrregularError:
            reader = SheetReader(texts, dates)
            reader.read(part, contents)
            return reader.sheet

    def read_notes(self, part: str) -> dict[tuple[int, int], str]:
        """Return the notes on the cells of the sheet of a part, by (row, column).

        Raises
        ------
        RawError
            If the part that holds them is missing or damaged.
        """
        reader = NoteReader()
        notes: dict[tuple[int, int], str] = {}
        for relation in relations(self._archive, part):
            if relation.kind == "comments":
                reader = NoteReader()
                self._read_with(reader, relation.part)
                notes |= reader.notes
        return notes

    @cached_property
    def _texts(self) -> list[str]:
        """The shared texts, by index."""
        part = self._related_part("sharedStrings")
        return read_texts(part, self._archive.read(part)) if part else []

    @cached_property
    def _dates(self) -> frozenset[str]:
        """The cell styles, by index as text, that show a number as a date."""
        part = self._related_part("styles")
        reader = StyleReader()
        if part:
            self._read_with(reader, part)
        return reader.dates

    def _find_workbook(self) -> str:
        for relation in relations(self._archive, _PACKAGE_ROOT):
            if relation.kind == "officeDocument":
                if relation.part.endswith(".bin"):
                    raise RawError("xlsb")
                return relation.part
        raise RawError(foreign_kind(self._archive))

    def _worksheets(self, reader: WorkbookReader) -> tuple[RawSheet, ...]:
        """Return the worksheets; a sheet that refers to nothing is one whose part is missing."""
        related = {relation.key: relation for relation in self._related}
        sheets = []
        for sheet in reader.sheets:
            relation = related.get(sheet.key)
            if relation is None or relation.kind == "worksheet":
                sheets.append(RawSheet(sheet.name, relation.part if relation else "", sheet.is_hidden))
        return tuple(sheets)

    def _related_part(self, kind: str) -> str:
        return next((relation.part for relation in self._related if relation.kind == kind), "")

    def _read_with(self, reader: ElementReader, part: str) -> None:
        reader.read(part, self._archive.read(part))


def _may_share_texts(contents: bytes) -> bool:
    """Return whether cells of a sheet may refer to shared texts; where they do not, the table of them is not needed."""
    return any(sign in contents for sign in (b'"s"', b"'s'", b"&#", b"\0"))
