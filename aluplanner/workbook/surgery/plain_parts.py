"""Workbooks made plain where few programs leave them otherwise: parts in UTF-8, under the names that relations use."""

import posixpath
import re
from contextlib import suppress
from typing import Final

from aluplanner.workbook.package import Package
from aluplanner.workbook.surgery.archive import Archive
from aluplanner.workbook.surgery.markup_text import bytes_of, utf8_text

_MARKUP: Final = (".xml", ".rels", ".vml")
_HEAD: Final = 100
_ENCODING: Final = re.compile(rb"""<\?xml\b[^>]*?\sencoding\s*=\s*["']([\w.\-]+)""")
_PLAIN: Final = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")


def as_plain(data: bytes) -> bytes:
    """Return the workbook in a form whose parts can be changed as bytes; nearly all workbooks are returned as they are.

    Parts in another encoding than UTF-8 come in UTF-8. Upper and lower case are the same in the names of parts: where
    a relation writes a name in another way than the archive, the part takes the name of the relation.
    """
    archive = Archive(data)
    strange = [part for part in archive.names if part.endswith(_MARKUP) and _is_strange(archive.head(part, _HEAD))]
    package = Package(data)
    for part in strange:
        with suppress(LookupError, UnicodeError):  # one that nobody can read stays as it is
            package[part] = bytes_of(utf8_text(package[part]))
    _spell_as_related(package)
    return package.to_bytes() if package.is_changed else data


def _is_strange(head: bytes) -> bool:
    declared = _ENCODING.match(head)
    return head.startswith(_WIDE_MARKS) or (declared is not None and declared[1].lower() not in _PLAIN)


def _spell_as_related(package: Package) -> None:
    by_fold = {part.casefold(): part for part in package}
    waiting = [""]
    seen = set()
    while waiting:
        source = waiting.pop()
        seen.add(source)
        for relation in package.relations(source):
            there = by_fold.get(relation.part.casefold())
            if relation.is_external or there is None:
                continue
            if there != relation.part and relation.part not in package:
                _rename(package, there, relation.part)
                by_fold[relation.part.casefold()] = relation.part
            if relation.part not in seen:
                waiting.append(relation.part)


def _rename(package: Package, old: str, new: str) -> None:
    package[new] = package[old]
    del package[old]
    wanted, found = _relations_of(new), _relations_of(old)
    by_fold = {part.casefold(): part for part in package}
    found = by_fold.get(found.casefold(), found)
    if found in package and found != wanted:
        package[wanted] = package[found]
        del package[found]


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")
