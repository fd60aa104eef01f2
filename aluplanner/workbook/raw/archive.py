"""The zip archive that a workbook is, looked at before anything in it is unpacked."""

import re
import struct
import zlib
from typing import Final, NamedTuple

from aluplanner.workbook.raw import limits
from aluplanner.workbook.raw.errors import RawError

_END: Final = struct.Struct("<4s4H2LH")
_END_64: Final = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64: Final = struct.Struct("<4sLQL")
_ENTRY: Final = struct.Struct("<4s4B4H3L5H2L")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_LONGEST_COMMENT: Final = 65_535
_STORED, _DEFLATED = 0, 8
_ENCRYPTED: Final = 0x1
_UTF_8: Final = 0x800
_ZIP_64: Final = 1
_WHOLE_32: Final = 0xFFFFFFFF
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\\]|^/|^[A-Za-z]:|(?:^|/)\.\.(?:/|$)")


class Entry(NamedTuple):
    """A part as the directory of the archive describes it; sizes in bytes, ``start`` is that of its local header."""

    name: str
    method: int
    checksum: int
    packed: int
    size: int
    start: int
    raw_name: bytes


class Archive:
    """The parts of a workbook by name.

    Parameters
    ----------
    data
        The bytes of the file.

    Raises
    ------
    RawError
        If the archive is damaged, or holds what no workbook does.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        start, end, shift = _directory(data)
        self._entries: dict[str, Entry] = {}
        self._by_fold: dict[str, str] = {}
        self._read_directory(start, end, shift)
        self._check_sizes()
        self._check_overlaps(start)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def find(self, name: str) -> str | None:
        """Return the name of a part as the archive writes it; upper and lower case are the same in a workbook."""
        return name if name in self._entries else self._by_fold.get(name.casefold())

    def read(self, name: str) -> bytes:
        """Return a part.

        Raises
        ------
        RawError
            If it is missing, damaged or too large.
        """
        if name not in self._entries:
            raise RawError("missing-part", name)
        entry = self._entries[name]
        if entry.size > limits.LARGEST_READ_PART:
            raise RawError("too-large", name)
        packed = self._packed(entry)
        contents = packed if entry.method == _STORED else _inflate(entry, packed)
        if len(contents) != entry.size or zlib.crc32(contents) != entry.checksum:
            raise RawError("damaged-zip", name)
        return contents

    def _read_directory(self, position: int, end: int, shift: int) -> None:
        while position < end:
            entry, position = _read_entry(self._data, position, end, shift)
            if len(self._entries) >= limits.MOST_PARTS:
                raise RawError("too-many-parts", str(limits.MOST_PARTS))
            if _UNSAFE.search(entry.name):
                raise RawError("unsafe-part", entry.name)
            fold = entry.name.casefold()
            if fold in self._by_fold:
                raise RawError("duplicate-part", entry.name)
            self._by_fold[fold] = entry.name
            self._entries[entry.name] = entry

    def _check_sizes(self) -> None:
        total = inflated = 0
        for entry in self._entries.values():
            total += entry.size
            if entry.size > limits.BOMB_RATIO * entry.packed:
                inflated += entry.size
        if inflated > limits.BOMB_TOTAL:
            raise RawError("zip-bomb")
        if total > limits.LARGEST_TOTAL:
            raise RawError("too-large")
        for entry in self._entries.values():
            if entry.size > limits.LARGEST_PART:
                raise RawError("too-large", entry.name)

    def _check_overlaps(self, directory: int) -> None:
        """Refuse parts that share bytes: that is how an archive of a few bytes holds more than any disk."""
        reached = 0
        for entry in sorted(self._entries.values(), key=lambda entry: entry.start):
            contents = entry.start + _LOCAL.size + len(entry.raw_name)
            if entry.start < reached or contents + entry.packed > directory:
                raise RawError("damaged-zip", entry.name)
            reached = contents + entry.packed

    def _packed(self, entry: Entry) -> bytes:
        header = self._data[entry.start : entry.start + _LOCAL.size]
        if len(header) < _LOCAL.size or header[:4] != b"PK\x03\x04":
            raise RawError("damaged-zip", entry.name)
        *_, method, _, _, _, _, _, name_length, extra_length = _LOCAL.unpack(header)
        start = entry.start + _LOCAL.size
        raw_name = self._data[start : start + name_length]
        if raw_name != entry.raw_name or method != entry.method or method not in (_STORED, _DEFLATED):
            raise RawError("damaged-zip", entry.name)
        start += name_length + extra_length
        return self._data[start : start + entry.packed]


def _directory(data: bytes) -> tuple[int, int, int]:
    """Return where the directory begins and ends, and by how much all positions it states are to be shifted."""
    found = data.rfind(b"PK\x05\x06", max(0, len(data) - _END.size - _LONGEST_COMMENT))
    if found < 0 or len(data) - found < _END.size:
        raise RawError("damaged-zip")
    _, disk, first_disk, _, count, size, start, _ = _END.unpack_from(data, found)
    if disk or first_disk:
        raise RawError("damaged-zip")
    end = found
    if _WHOLE_32 in (size, start) or count == 0xFFFF:
        end, size, start = _directory_64(data, found, (found, size, start))
    shift = end - size - start  # the bytes that something put before the archive
    if shift < 0 or size > end:
        raise RawError("damaged-zip")
    return end - size, end, shift


def _directory_64(data: bytes, found: int, known: tuple[int, int, int]) -> tuple[int, int, int]:
    """Return end, size and start of the directory of an archive in the form for large ones."""
    at = found - _LOCATOR_64.size
    if at < 0 or data[at : at + 4] != b"PK\x06\x07":
        return known
    at -= _END_64.size
    if at < 0 or data[at : at + 4] != b"PK\x06\x06":
        raise RawError("damaged-zip")
    *_, size, start = _END_64.unpack_from(data, at)
    return at, size, start


def _read_entry(data: bytes, position: int, end: int, shift: int) -> tuple[Entry, int]:
    if position + _ENTRY.size > end or data[position : position + 4] != b"PK\x01\x02":
        raise RawError("damaged-zip")
    fields = _ENTRY.unpack_from(data, position)
    flags, method, checksum, packed, size = fields[5], fields[6], *fields[9:12]
    name_length, extra_length, comment_length, start = *fields[12:15], fields[-1]
    after_name = position + _ENTRY.size + name_length
    after = after_name + extra_length + comment_length
    if after > end:
        raise RawError("damaged-zip")
    raw_name = data[position + _ENTRY.size : after_name]
    try:
        name = raw_name.decode("utf-8" if flags & _UTF_8 else "cp437")
    except UnicodeDecodeError:
        raise RawError("damaged-zip") from None
    if flags & _ENCRYPTED:
        raise RawError("encrypted")
    size, packed, start = _large(data[after_name : after_name + extra_length], (size, packed, start))
    return Entry(name, method, checksum, packed, size, start + shift, raw_name), after


def _large(extra: bytes, fields: tuple[int, int, int]) -> tuple[int, int, int]:
    """Return the sizes and the start of a part, those that do not fit into 32 bits from the extra field."""
    if _WHOLE_32 not in fields:
        return fields
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        if length > len(extra) - 4:
            raise RawError("damaged-zip")
        if kind == _ZIP_64:
            numbers = (number for (number,) in struct.iter_unpack("<Q", extra[4 : 4 + length - length % 8]))
            size, packed, start = (next(numbers, field) if field == _WHOLE_32 else field for field in fields)
            return size, packed, start
        extra = extra[4 + length :]
    return fields


def _inflate(entry: Entry, packed: bytes) -> bytes:
    inflater = zlib.decompressobj(-15)
    try:
        # one byte more than stated shows a size that lies
        contents = inflater.decompress(packed, entry.size + 1)
    except zlib.error as error:
        raise RawError("damaged-zip", entry.name) from error
    if len(contents) > entry.size:
        raise RawError("too-large", entry.name)
    return contents
