"""The container of an .xlsx workbook: its parts, its sheets, shared texts and which styles are dates.

Read here and not through openpyxl because every cell has to be told from its neighbours: openpyxl opens
strict workbooks without their sheets, drops rows that are out of order, takes the dates of Chinese
formats for numbers and cannot say whether an empty cell holds a formula that was never calculated.
"""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from xml.parsers import expat

from aluplanner.i18n import tr
from aluplanner.workbook.markup import LocalNames, PartError, StartHandler, feed, make_parser, parse_elements
from aluplanner.workbook.note_reader import NoteReader
from aluplanner.workbook.number_formats import is_date_format
from aluplanner.workbook.sheet import SheetContents, SheetReader, unescape

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CHUNK = 1 << 18
_LARGEST_PART = 1 << 29
_PACKAGE_ROOT = ""


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A worksheet: the name on its tab and the part that holds its cells."""

    name: str
    part: str


class Container:
    """An opened workbook.

    Parameters
    ----------
    data
        The bytes of the file.

    Raises
    ------
    PartError
        If they are no .xlsx workbook.
    """

    def __init__(self, data: bytes) -> None:
        self._zip = _open_zip(data)
        self._workbook = self._find_workbook()
        self.is_1904 = False
        self._listed: list[tuple[str, str]] = []
        self._parse(self._workbook, self._on_workbook)

    @cached_property
    def sheets(self) -> tuple[SheetPart, ...]:
        """The worksheets, in the order of their tabs; chart sheets are left out."""
        parts = {key: part for key, kind, part in self._related(self._workbook) if kind == "worksheet"}
        return tuple(SheetPart(name, parts[key]) for name, key in self._listed if key in parts)

    def read(self, sheet: SheetPart) -> SheetContents:
        """Return what a sheet holds.

        Raises
        ------
        PartError
            If the sheet's part is missing or damaged.
        """
        reader = SheetReader(self._texts, self._dates, self.is_1904)
        with _damage_named(sheet.part):
            reader.read(self._chunks(sheet.part))
        return reader.contents()

    def read_notes(self, sheet: SheetPart) -> dict[tuple[int, int], str]:
        """Return the notes on the cells of a sheet, by (row, column).

        Raises
        ------
        PartError
            If the part that holds them is missing or damaged.
        """
        reader = NoteReader()
        for part in [part for _, kind, part in self._related(sheet.part) if kind == "comments"]:
            with _damage_named(part):
                reader.read(self._chunks(part))
        return reader.notes

    @cached_property
    def _texts(self) -> list[str]:
        """The shared texts, by index."""
        for _, kind, part in self._related(self._workbook):
            if kind == "sharedStrings":
                return self._read_texts(part)
        return []

    @cached_property
    def _dates(self) -> frozenset[str]:
        """The cell styles, by index as text, that show a number as a date."""
        for _, kind, part in self._related(self._workbook):
            if kind == "styles":
                return self._read_date_styles(part)
        return frozenset()

    def _find_workbook(self) -> str:
        for _, kind, part in self._related(_PACKAGE_ROOT):
            if kind == "officeDocument":
                if part.endswith(".bin"):
                    raise PartError(tr("This is a binary workbook (.xlsb)."), tr("Save it as .xlsx and open that."))
                return part
        names = set(self._zip.namelist())
        if "content.xml" in names:
            raise PartError(tr("This is an OpenDocument file."), tr("Save it as .xlsx and open that."))
        raise _no_workbook()

    def _on_workbook(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            self._listed.append((attributes.get("name", ""), attributes.get("id", "")))
        elif name == "workbookPr":
            self.is_1904 = attributes.get("date1904") in ("1", "true")

    def _related(self, part: str) -> list[tuple[str, str, str]]:
        """Return what a part refers to, as (id, kind, part)."""
        folder, name = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        found: list[tuple[str, str, str]] = []
        if relations not in self._zip.NameToInfo:
            return found

        def on_relation(name: str, attributes: dict[str, str]) -> None:
            if name == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
                kind = attributes.get("Type", "").rpartition("/")[2]
                found.append((attributes.get("Id", ""), kind, target))

        self._parse(relations, on_relation)
        return found

    def _parse(self, part: str, start: StartHandler) -> None:
        with _damage_named(part):
            parse_elements(self._chunks(part), start)

    def _chunks(self, part: str) -> Iterator[bytes]:
        info = self._zip.getinfo(part)
        if info.flag_bits & 1:
            raise _is_protected()
        if info.file_size > _LARGEST_PART:
            raise PartError(
                tr("The workbook is too large to be a plan."), tr("Take out what does not belong to the plan.")
            )
        with self._zip.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk

    def _read_texts(self, part: str) -> list[str]:
        reader = _TextTable()
        with _damage_named(part):
            reader.read(self._chunks(part))
        return reader.texts

    def _read_date_styles(self, part: str) -> frozenset[str]:
        codes: dict[str, str] = {}
        styles: list[str] = []
        inside: list[str] = []

        def on_style(name: str, attributes: dict[str, str]) -> None:
            if name in ("cellXfs", "cellStyleXfs", "dxfs", "cellStyles"):
                inside[:] = [name]
            elif name == "numFmt" and "dxfs" not in inside:
                codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            elif name == "xf" and inside == ["cellXfs"]:
                styles.append(attributes.get("numFmtId", "0"))

        self._parse(part, on_style)
        known = {key: is_date_format(key, codes.get(key, "")) for key in set(styles)}
        return frozenset(str(index) for index, key in enumerate(styles) if known[key])


class _TextTable:
    """Reads the table of shared texts; rich text is joined, phonetic guides are left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._names = LocalNames()
        self._parts: list[str] = []
        self._is_text = False
        self._is_phonetic = False

    def read(self, chunks: Iterator[bytes]) -> None:
        feed(make_parser(self._start, self._end, self._text), chunks)

    def _start(self, name: str, _: dict[str, str]) -> None:
        local = self._names[name]
        if local == "t":
            self._is_text = not self._is_phonetic
        elif local == "rPh":
            self._is_phonetic = True
        elif local == "si":
            self._parts = []

    def _end(self, name: str) -> None:
        local = self._names[name]
        if local == "t":
            self._is_text = False
        elif local == "rPh":
            self._is_phonetic = False
        elif local == "si":
            self.texts.append(unescape("".join(self._parts)))

    def _text(self, text: str) -> None:
        if self._is_text:
            self._parts.append(text)


@contextmanager
def _damage_named(part: str) -> Iterator[None]:
    """Turn what a damaged part raises into one sentence."""
    try:
        yield
    except (
        expat.ExpatError,
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        EOFError,
        ValueError,
        NotImplementedError,
    ) as error:
        raise PartError(
            tr("The file is damaged: {part} cannot be read.", part=part),
            tr("Open it in Excel or LibreOffice and save it again, or go back to an earlier copy."),
        ) from error


def _open_zip(data: bytes) -> zipfile.ZipFile:
    if data.startswith(_OLE_MAGIC):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise _is_protected()
        raise PartError(tr("This is a workbook of the old .xls kind."), tr("Save it as .xlsx and open that."))
    if not data:
        raise PartError(tr("The file is empty."), tr("Go back to an earlier copy."))
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _no_workbook() from None


def _no_workbook() -> PartError:
    return PartError(
        tr("This is not an .xlsx workbook."), tr("Open a workbook saved by Excel, LibreOffice or this program.")
    )


def _is_protected() -> PartError:
    return PartError(tr("The file is protected by a password."), tr("Remove the password in Excel and save it again."))
