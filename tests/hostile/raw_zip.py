"""Zip archives put together byte by byte, so that any of their fields can be a lie."""

import struct
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

STORED: Final = 0
DEFLATED: Final = 8
ENCRYPTED: Final = 0x1
DESCRIPTOR: Final = 0x8
UTF8: Final = 0x800
BIG: Final = 0xFFFFFFFF


@dataclass(frozen=True)
class Entry:
    """A member of an archive; what is ``None`` is told truly.

    Attributes
    ----------
    name
        As it stands in the file.
    packed
        The bytes as they lie in the file.
    size, crc
        Of the member when it is unpacked.
    stated_size, stated_packed, stated_crc
        What the directory says in their place.
    local_name, local_size
        What the header before the member says, if not the same.
    offset
        Where the directory says that the member begins.
    """

    name: bytes
    packed: bytes
    size: int
    crc: int
    method: int = DEFLATED
    flags: int = 0
    extra: bytes = b""
    local_extra: bytes = b""
    after: bytes = b""
    stated_size: int | None = None
    stated_packed: int | None = None
    stated_crc: int | None = None
    local_name: bytes | None = None
    local_size: int | None = None
    offset: int | None = None
    attributes: int = 0


def deflated(contents: bytes, level: int = 6) -> bytes:
    """Return contents packed as archives do it."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return packer.compress(contents) + packer.flush()


def entry(name: str | bytes, contents: bytes, method: int = DEFLATED, level: int = 6) -> Entry:
    """Return a true member."""
    packed = deflated(contents, level) if method == DEFLATED else contents
    is_plain = isinstance(name, bytes) or name.isascii()
    raw = name if isinstance(name, bytes) else name.encode()
    return Entry(raw, packed, len(contents), zlib.crc32(contents), method, flags=0 if is_plain else UTF8)


def repeated_entry(name: str, head: bytes, block: bytes, times: int, tail: bytes) -> Entry:
    """Return a member that holds a block very many times over, without ever holding it in memory."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(head) + packer.flush(zlib.Z_FULL_FLUSH)
    once = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    last = packer.compress(tail) + packer.flush()
    crc = zlib.crc32(head)
    for _ in range(times):
        crc = zlib.crc32(block, crc)
    size = len(head) + times * len(block) + len(tail)
    return Entry(name.encode(), first + once * times + last, size, zlib.crc32(tail, crc))


def archive(entries: Iterable[Entry], *, before: bytes = b"", comment: bytes = b"", end: bytes | None = None) -> bytes:
    """Return the archive of some members; ``end`` stands in place of the record at its end."""
    made = bytearray(before)
    directory = bytearray()
    count = 0
    for member in entries:
        offset = len(made) if member.offset is None else member.offset
        made += _local(member) + member.packed + member.after
        directory += _central(member, offset)
        count += 1
    start = len(made)
    made += directory
    made += end_record(count, len(directory), start, comment) if end is None else end
    return bytes(made)


def end_record(count: int, size: int, start: int, comment: bytes = b"") -> bytes:
    """Return the record at the end of an archive."""
    count = min(count, 0xFFFF)
    return struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, size, start, len(comment)) + comment


def zipped(parts: Mapping[str, bytes], method: int = DEFLATED) -> bytes:
    """Return the archive of parts by name, as any program writes it."""
    return archive(entry(name, contents, method) for name, contents in parts.items())


def replaced(entries: Iterable[Entry], name: str, **changed: object) -> list[Entry]:
    """Return members, with some fields of one of them changed."""
    return [replace(one, **changed) if one.name == name.encode() else one for one in entries]  # type: ignore[arg-type]


def _local(member: Entry) -> bytes:
    name = member.name if member.local_name is None else member.local_name
    size = member.size if member.local_size is None else member.local_size
    crc, packed = member.crc, len(member.packed)
    if member.flags & DESCRIPTOR:
        crc = packed = size = 0
    fields = (20, member.flags, member.method, 0, 33, crc, min(packed, BIG), min(size, BIG))
    return struct.pack("<4s5H3L2H", b"PK\3\4", *fields, len(name), len(member.local_extra)) + name + member.local_extra


def _central(member: Entry, offset: int) -> bytes:
    size = member.size if member.stated_size is None else member.stated_size
    packed = len(member.packed) if member.stated_packed is None else member.stated_packed
    crc = member.crc if member.stated_crc is None else member.stated_crc
    fields = (20, 20, member.flags, member.method, 0, 33, crc, packed, size)
    lengths = (len(member.name), len(member.extra), 0, 0, 0, member.attributes, offset)
    return struct.pack("<4s6H3L5H2L", b"PK\1\2", *fields, *lengths) + member.name + member.extra
