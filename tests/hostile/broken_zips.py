"""Archives that are cut off, damaged, or lie about what they hold."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from tests.hostile.case import OPENS, Case, opened, refused
from tests.hostile.package_parts import OWN, PLANTS, TEXTS, WORKBOOK, book, parts
from tests.hostile.raw_zip import (
    BIG,
    DESCRIPTOR,
    ENCRYPTED,
    STORED,
    Entry,
    archive,
    end_record,
    entry,
    replaced,
    zipped,
)

_DIRECTORY: Final = b"PK\1\2"
_END: Final = b"PK\5\6"
_DAMAGED: Final = "damaged-zip"
_LIES: Final = frozenset({_DAMAGED, "too-large", "zip-bomb"})
"""A size that is a lie can be met as what it says, or as a lie."""


def entries() -> list[Entry]:
    """Return the members of a good workbook."""
    return [entry(name, contents) for name, contents in parts().items()]


def changed(name: str, **fields: object) -> Callable[[], bytes]:
    """Return what makes a workbook with some fields of a member changed."""
    return lambda: archive(replaced(entries(), name, **fields))


def with_part(name: str | bytes, contents: bytes = b"<x/>", **fields: object) -> Callable[[], bytes]:
    """Return what makes a workbook with one more member."""
    return lambda: archive([*entries(), replace(entry(name, contents), **fields)])  # type: ignore[arg-type]


def cut(where: Callable[[bytes], int]) -> Callable[[], bytes]:
    """Return what makes a workbook that ends where ``where`` says."""

    def make() -> bytes:
        data = book()
        return data[: where(data)]

    return make


def _truncations() -> list[Case]:
    places: dict[str, Callable[[bytes], int]] = {
        "after its first four bytes": lambda _: 4,
        "in the first header": lambda _: 20,
        "in the first name": lambda _: 35,
        "in the first part": lambda _: 100,
        "at a quarter": lambda data: len(data) // 4,
        "at half": lambda data: len(data) // 2,
        "at three quarters": lambda data: 3 * len(data) // 4,
        "just before the directory": lambda data: data.index(_DIRECTORY),
        "after the first line of the directory": lambda data: data.index(_DIRECTORY, data.index(_DIRECTORY) + 4),
        "in the directory": lambda data: data.index(_DIRECTORY) + 60,
        "before the end record": lambda data: data.index(_END),
        "in the end record": lambda data: data.index(_END) + 10,
        "by its last byte": lambda data: len(data) - 1,
    }
    return [refused(_DAMAGED, f"cut off {name}", cut(where)) for name, where in places.items()]


def _without_beginning() -> bytes:
    return book()[200:]


def _hole() -> bytes:
    data = bytearray(book())
    start = data.index(PLANTS.encode()) + 60
    data[start : start + 64] = bytes(64)
    return bytes(data)


def _flipped(where: Callable[[bytes], int], mask: int = 0xFF) -> Callable[[], bytes]:
    def make() -> bytes:
        data = bytearray(book())
        data[where(data)] ^= mask
        return bytes(data)

    return make


def _two_names_one_place() -> bytes:
    made = entries()
    offset = 0
    for one in made:
        if one.name == PLANTS.encode():
            break
        offset += 30 + len(one.name) + len(one.packed)
    return archive([*made, replace(entry("xl/extra.xml", b""), packed=b"", offset=offset, stated_packed=4)])


def _wrapped_bomb() -> bytes:
    """Return an archive whose members each hold the headers of all that follow, so that all share one core."""
    core = entry("xl/a9.xml", b"0" * 100_000)
    whole = archive([core])
    packed = whole[: whole.index(_DIRECTORY)]
    made = [
        replace(entry(f"xl/a{n}.xml", packed, STORED), packed=b"", offset=0, stated_packed=len(packed))
        for n in range(9)
    ]
    return archive([*entries(), *made])


def _wrong_end(count: int = 10, size: int = 0, start: int = 0) -> Callable[[], bytes]:
    def make() -> bytes:
        data = book()
        begin, end = data.index(_DIRECTORY), data.index(_END)
        return data[:end] + end_record(count, end - begin + size, begin + start)

    return make


def _packed_as(method: int) -> Callable[[], bytes]:
    """Return what makes a workbook whose parts are packed in a way that workbooks know nothing of."""

    def make() -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", method) as made:
            for name, contents in parts().items():
                made.writestr(name, contents)
        return stream.getvalue()

    return make


def _two_deflated_streams() -> bytes:
    """Return a workbook whose part goes on after its packed contents have ended."""
    one = entry(PLANTS, parts()[PLANTS])
    return archive(replaced(entries(), PLANTS, packed=one.packed + one.packed))


def _big_extra(length: int, *values: int) -> bytes:
    return struct.pack("<HH", 1, length) + b"".join(struct.pack("<Q", value) for value in values)


def _broken_members() -> list[Case]:
    size = len(parts()[PLANTS])
    nothing = zlib.compress(b"")
    return [
        refused(_DAMAGED, "part with a wrong checksum", changed(PLANTS, crc=1)),
        refused(_DAMAGED, "part whose checksum only the directory has wrong", changed(PLANTS, stated_crc=1)),
        refused(_DAMAGED, "part with a hole", _hole),
        refused(_DAMAGED, "part that is noise", changed(PLANTS, packed=bytes(range(256)) * 4)),
        refused(_DAMAGED, "part packed with another header", changed(PLANTS, packed=nothing)),
        refused(_DAMAGED, "part that is shorter than stated", changed(PLANTS, stated_size=size + 1000)),
        refused(_LIES, "part that is longer than stated", changed(PLANTS, stated_size=size - 100)),
        refused(_LIES, "part that is said to be empty", changed(PLANTS, stated_size=0)),
        refused({_DAMAGED, OPENS}, "part with something behind its contents", _two_deflated_streams),
        refused(_LIES, "part said to be 4 GB", changed(PLANTS, stated_size=BIG - 1)),
        refused(_LIES, "part said to take 4 GB in the file", changed(PLANTS, stated_packed=BIG - 1)),
        refused(_DAMAGED, "part said to take nothing in the file", changed(PLANTS, stated_packed=0)),
        refused(_DAMAGED, "part that begins beyond the file", changed(PLANTS, offset=1 << 30)),
        refused(_DAMAGED, "part that begins inside another", changed(PLANTS, offset=77)),
        refused(
            _DAMAGED, "part with another name before it than in the directory", changed(PLANTS, local_name=b"xl/o.xml")
        ),
        refused(_DAMAGED, "two parts in one place", _two_names_one_place),
        refused({_DAMAGED, "zip-bomb"}, "parts wrapped in each other", _wrapped_bomb),
        refused({_DAMAGED, OPENS}, "damaged extra field", changed(PLANTS, extra=b"\1\0\xff\xff")),
        refused(_LIES, "damaged extra field of large files", changed(PLANTS, stated_size=BIG, extra=_big_extra(4, 1))),
        refused(
            _LIES,
            "part said to be 16 EB",
            changed(PLANTS, stated_size=BIG, extra=_big_extra(8, 1 << 63)),
        ),
        refused(
            "encrypted", "parts under a password", lambda: archive(replace(one, flags=ENCRYPTED) for one in entries())
        ),
        refused("encrypted", "only the plants under a password", changed(PLANTS, flags=ENCRYPTED)),
        refused("encrypted", "strong encryption", changed(WORKBOOK, flags=ENCRYPTED, method=99)),
    ]


def _methods() -> list[Case]:
    unknown = {6: "imploded", 9: "deflate64", 93: "zstandard", 98: "PPMd", 200: "nothing known"}
    made = [refused(_DAMAGED, f"packed by {name}", changed(PLANTS, method=method)) for method, name in unknown.items()]
    for method, name in ((zipfile.ZIP_BZIP2, "bzip2"), (zipfile.ZIP_LZMA, "lzma")):
        made.append(refused(_DAMAGED, f"packed by {name}", _packed_as(method)))
    return made


def _ends() -> list[Case]:
    return [
        refused({_DAMAGED, "not-a-workbook"}, "beginning is missing", _without_beginning),
        refused(_DAMAGED, "directory said to begin later", _wrong_end(start=10)),
        refused(_DAMAGED, "directory said to be longer", _wrong_end(size=1000)),
        refused(_DAMAGED, "directory said to be shorter", _wrong_end(size=-30)),
        refused({_DAMAGED, OPENS}, "directory said to hold more parts", _wrong_end(count=500)),
        refused(_DAMAGED, "directory with a damaged signature", _flipped(lambda data: data.index(_DIRECTORY))),
        refused(_DAMAGED, "part with a damaged signature", _flipped(lambda data: data.index(PLANTS.encode()) - 30)),
        refused(_DAMAGED, "a hundred kilobytes of something behind the end", lambda: book() + b"x" * 100_000),
        refused(
            {_DAMAGED, OPENS, "not-a-workbook"},
            "something before the beginning",
            lambda: archive(entries(), before=b"MZ" * 50),
        ),
        opened("a comment at the end", lambda: archive(entries(), comment=b"made by hand " * 100)),
        opened("the longest comment at the end", lambda: archive(entries(), comment=b"c" * 0xFFFF)),
        refused({_DAMAGED, OPENS}, "some blanks behind the end", lambda: book() + b"\r\n" * 20),
    ]


def _good() -> list[Case]:
    return [
        opened("parts that are not packed", lambda: zipped(parts(), STORED)),
        opened("sizes behind the parts", _described),
        opened("sizes of large files", _large_file_fields),
        opened("folders among the parts", with_part("xl/theme/", b"", packed=b"", method=STORED)),
        opened("a type stated first, as OpenDocument has it", _mimetype_first),
        opened("a name in an old Chinese encoding", with_part("xl/media/图.png".encode("gbk"))),
        opened("a Chinese name", with_part("xl/media/图.png")),
        opened("a link among the pictures", with_part("xl/media/link.png", attributes=0o120777 << 16)),
        opened(
            "fifteen hundred pictures", lambda: zipped(parts({f"xl/media/image{n}.png": b"x" for n in range(1500)}))
        ),
        opened("another size before the part than in the directory", changed(OWN, local_size=5)),
        opened("an own sheet with a wrong checksum", changed(OWN, crc=1)),
        opened(
            "extra fields of some system",
            changed(TEXTS, extra=b"\x55\x54\5\0\3abcd", local_extra=b"\x55\x54\5\0\3abcd"),
        ),
    ]


def _described() -> bytes:
    found = []
    for one in entries():
        sizes = struct.pack("<4s3L", b"PK\7\x08", one.crc, len(one.packed), one.size)
        found.append(replace(one, flags=DESCRIPTOR, after=sizes))
    return archive(found)


def _large_file_fields() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, contents in parts().items():
            with made.open(name, "w", force_zip64=True) as part:
                part.write(contents)
    return stream.getvalue()


def _mimetype_first() -> bytes:
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return archive([entry("mimetype", kind, STORED), *entries()])


CASES: Final = (*_truncations(), *_broken_members(), *_methods(), *_ends(), *_good())
