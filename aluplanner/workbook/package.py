"""The parts of a workbook's container, taken as they are and put back together the same way."""

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import quoteattr

from aluplanner.workbook.surgery.archive import Archive, archive_bytes, packed

_CONTENT_TYPES: Final = "[Content_Types].xml"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NO_RELATIONS: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*?(?:/>|>\s*</(?:\w+:)?Relationship\s*>)")
_OVERRIDE = re.compile(rb"<(?:\w+:)?Override\b[^>]*?(?:/>|>\s*</(?:\w+:)?Override\s*>)")
_ATTRIBUTE = re.compile(r"""(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: the id it uses, the last word of the kind (``worksheet``), and the part."""

    key: str
    kind: str
    part: str
    is_external: bool = False


class Package:
    """The parts of a workbook by name, in the order of the file.

    Nothing is parsed but relations and content types, so that a part that nobody touches comes back byte for byte,
    whatever it is.

    Parameters
    ----------
    data
        The bytes of an .xlsx workbook that has been looked at before.
    """

    def __init__(self, data: bytes) -> None:
        self._archive = Archive(data)
        # the contents of what was changed or added; None where the archive's own are still good
        self._parts: dict[str, bytes | None] = dict.fromkeys(self._archive.names)

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    def __getitem__(self, part: str) -> bytes:
        contents = self._parts[part]
        return self._archive.read(part) if contents is None else contents

    def __setitem__(self, part: str, contents: bytes) -> None:
        if part in self._archive.names and contents == self._archive.read(part):
            self._parts[part] = None
        else:
            self._parts[part] = contents

    def __delitem__(self, part: str) -> None:
        del self._parts[part]

    def __iter__(self) -> Iterator[str]:
        return iter(tuple(self._parts))

    def get(self, part: str, default: bytes = b"") -> bytes:
        """Return a part, ``default`` where there is none of that name."""
        return self[part] if part in self._parts else default

    @property
    def is_changed(self) -> bool:
        """Whether any part is another than in the file."""
        return tuple(self._parts) != self._archive.names or any(part is not None for part in self._parts.values())

    def to_bytes(self) -> bytes:
        """Return the workbook; the same parts give the same bytes, whenever and wherever."""
        first = [name for name in self._parts if name == _CONTENT_TYPES]
        names = first + [name for name in self._parts if name != _CONTENT_TYPES]
        parts = ((name, self._parts[name]) for name in names)
        return archive_bytes(
            (name, self._archive.packed(name) if contents is None else packed(contents)) for name, contents in parts
        )

    def dangling(self) -> frozenset[tuple[str, str]]:
        """Return the relations to parts that are not there, as (part, target)."""
        sources = ["", *(name for name in self._parts if not name.endswith(".rels"))]
        return frozenset(
            (source, relation.part)
            for source in sources
            if _relations_part(source) in self._parts
            for relation in self.relations(source)
            if not relation.is_external and relation.part not in self._parts
        )

    def unused_name(self, pattern: str) -> str:
        """Return the first part name that is free; ``pattern`` holds ``{}`` for the number, counting from 1."""
        number = 1
        while pattern.format(number) in self._parts:
            number += 1
        return pattern.format(number)

    # Relations

    def relations(self, part: str) -> tuple[Relation, ...]:
        """Return what a part refers to; the package itself is the part ``""``."""
        folder = posixpath.dirname(part)
        found = []
        for element in _RELATION.findall(self.get(_relations_part(part))):
            given = _attributes(element.decode(errors="replace"))
            is_external = given.get("TargetMode") == "External"
            target = given.get("Target", "")
            if not is_external:
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found.append(Relation(given.get("Id", ""), given.get("Type", "").rpartition("/")[2], target, is_external))
        return tuple(found)

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part refer to another one; return the id of the relation.

        Parameters
        ----------
        part, target
            Names of the two parts.
        kind
            The last word of the relation's kind, such as ``comments``, or the whole of it.
        """
        known = {relation.key for relation in self.relations(part)}
        number = len(known) + 1
        while f"rId{number}" in known:
            number += 1
        whole = kind if "/" in kind else f"{_OFFICE}/{kind}"
        element = f'Relationship Id="rId{number}" Type={quoteattr(whole)} Target={quoteattr(f"/{target}")}/>'
        name = _relations_part(part)
        contents = self.get(name, _NO_RELATIONS)
        if b"</" not in contents:  # an empty root element
            contents = _NO_RELATIONS
        self[name] = _with_child(contents, element)
        return f"rId{number}"

    def unrelate(self, part: str, key: str) -> None:
        """Take back that a part refers to another one."""
        name = _relations_part(part)
        contents = self[name]
        for element in _RELATION.findall(contents):
            if _attributes(element.decode(errors="replace")).get("Id") == key:
                contents = contents.replace(element, b"", 1)
        self[name] = contents

    # Content types

    def declare(self, part: str, content_type: str) -> None:
        """Say of what type a part is, whatever was said of it before."""
        self._undeclare(part)
        element = f"Override PartName={quoteattr('/' + part)} ContentType={quoteattr(content_type)}/>"
        self._insert_type(element)

    def declare_ending(self, ending: str, content_type: str) -> None:
        """Say of what type the parts with an ending are that nothing else is said about, unless it is said already."""
        if not re.search(rf'Extension\s*=\s*["\']{re.escape(ending)}["\']'.encode(), self[_CONTENT_TYPES]):
            self._insert_type(f"Default Extension={quoteattr(ending)} ContentType={quoteattr(content_type)}/>")

    def content_type(self, part: str) -> str:
        """Return what is said of a part's type, empty if nothing is said of it by name."""
        for element in _OVERRIDE.findall(self[_CONTENT_TYPES]):
            given = _attributes(element.decode(errors="replace"))
            if given.get("PartName") == f"/{part}":
                return given.get("ContentType", "")
        return ""

    def remove(self, part: str) -> None:
        """Take a part out, with its relations and what is said of its type; who refers to it is the caller's care."""
        self._parts.pop(part, None)
        self._parts.pop(_relations_part(part), None)
        for name in (part, _relations_part(part)):
            self._undeclare(name)

    def _undeclare(self, part: str) -> None:
        types = self[_CONTENT_TYPES]
        for element in _OVERRIDE.findall(types):
            if _attributes(element.decode(errors="replace")).get("PartName") == f"/{part}":
                types = types.replace(element, b"", 1)
        self[_CONTENT_TYPES] = types

    def _insert_type(self, element: str) -> None:
        self[_CONTENT_TYPES] = _with_child(self[_CONTENT_TYPES], element)


def _with_child(contents: bytes, element: str) -> bytes:
    """Return a part with one more element, given without its ``<``, at the end of the root element."""
    head, end, tail = contents.rpartition(b"</")
    prefix = tail.partition(b":")[0] + b":" if b":" in tail else b""
    return head + b"<" + prefix + element.encode() + end + tail


def _relations_part(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _attributes(element: str) -> dict[str, str]:
    return {name: _plain(double or single) for name, double, single in _ATTRIBUTE.findall(element)}


def _plain(text: str) -> str:
    for escaped, plain in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(escaped, plain)
    return text
