"""Zip archives whose entries nobody touched are copied as they are, packed, and not packed again."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from aluplanner.i18n import tr
from aluplanner.workbook.markup import PartError

_LOCAL_HEADER: Final = 30
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_DIRECTORY: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")
_VERSION: Final = 20
_UTF8: Final = 0x800
_DATE: Final = 0x21  # the first day of 1980, the first that a zip archive can state
_LEVEL: Final = 6
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, struct.error)
_COPIED: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def save_anew() -> str:
    """Return what to do where a plan cannot go back into its workbook."""
    return tr("Save the plan as a new workbook, without the sheets of the old one.")


@dataclass(frozen=True, slots=True)
class Packed:
    """An entry as the archive holds it: how it is packed, its check sum, its size and its bytes."""

    method: int
    crc: int
    size: int
    data: bytes


def packed(contents: bytes) -> Packed:
    """Return an entry packed."""
    squeezer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = squeezer.compress(contents) + squeezer.flush()
    return Packed(zipfile.ZIP_DEFLATED, zlib.crc32(contents), len(contents), data)


class Archive:
    """The entries of a zip archive, unpacked when they are asked for.

    Parameters
    ----------
    data
        Its bytes.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE as error:
            raise PartError(tr("the workbook it came from is damaged."), save_anew()) from error
        self._entries = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the entries, in the order of the archive."""
        return tuple(self._entries)

    def read(self, name: str) -> bytes:
        """Return the contents of an entry; one that is damaged counts as empty, and is copied as it is.

        Reading a plan looks at few of them, and none of the others may stand in the way of saving it.
        """
        try:
            return self._unpacked(name)
        except PartError:
            return b""

    def head(self, name: str, size: int) -> bytes:
        """Return the first bytes of an entry, nothing of one that is damaged."""
        try:
            with self._zip.open(self._entries[name]) as contents:
                return contents.read(size)
        except _DAMAGE:
            return b""

    def _unpacked(self, name: str) -> bytes:
        """Return the contents of an entry.

        Raises
        ------
        PartError
            If they cannot be unpacked.
        """
        try:
            return self._zip.read(self._entries[name])
        except _DAMAGE as error:
            message = tr("the part {part} of the workbook it came from is damaged.", part=name)
            raise PartError(message, save_anew()) from error

    def packed(self, name: str) -> Packed:
        """Return an entry as it is packed."""
        info = self._entries[name]
        header = self._data[info.header_offset : info.header_offset + _LOCAL_HEADER]
        if info.compress_type not in _COPIED or len(header) < _LOCAL_HEADER:
            return packed(self._unpacked(name))
        name_length, extra_length = struct.unpack("<2H", header[26:])
        start = info.header_offset + _LOCAL_HEADER + name_length + extra_length
        data = self._data[start : start + info.compress_size]
        return Packed(info.compress_type, info.CRC, info.file_size, data)


def archive_bytes(entries: Iterable[tuple[str, Packed]]) -> bytes:
    """Return a zip archive; the same entries give the same bytes, whenever and wherever."""
    made, directory, count = io.BytesIO(), io.BytesIO(), 0
    for name, entry in entries:
        written = name.encode()
        flags = 0 if name.isascii() else _UTF8
        sizes = entry.crc, len(entry.data), entry.size
        common = _VERSION, flags, entry.method, 0, _DATE, *sizes, len(written), 0
        directory.write(_DIRECTORY.pack(b"PK\x01\x02", _VERSION, *common, 0, 0, 0, 0, made.tell()))
        directory.write(written)
        made.write(_LOCAL.pack(b"PK\x03\x04", *common))
        made.write(written)
        made.write(entry.data)
        count += 1
    start, ending = made.tell(), directory.getvalue()
    made.write(ending)
    made.write(_END.pack(b"PK\x05\x06", 0, 0, count, count, len(ending), start, 0))
    return made.getvalue()
