"""Where the elements of an XML part begin and end, so that it can be changed in one place and nowhere else."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

_TAG: Final = re.compile(rb"""<(?:[^<>"']|"[^"]*"|'[^']*')*>""")


@dataclass(slots=True)
class Element:
    """An element and where it lies in the bytes of its part.

    Attributes
    ----------
    name
        Local name.
    attributes
        Attributes by local name.
    start, end
        The whole element.
    inner, inner_end
        What stands between its tags; for an empty element both are ``end``.
    children
        The elements inside, as deep as was asked for.
    """

    name: str
    attributes: Mapping[str, str]
    start: int
    inner: int
    inner_end: int = 0
    end: int = 0
    children: list["Element"] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether it is written as one tag."""
        return self.inner == self.end

    def child(self, name: str) -> "Element | None":
        """Return the first element of this name inside."""
        return next((child for child in self.children if child.name == name), None)

    def in_full(self, part: bytes) -> bytes:
        """Return the element as it stands in the part."""
        return part[self.start : self.end]


def outline(part: bytes, depth: int) -> Element:
    """Return the root element of an XML part in UTF-8 with ``depth`` levels of elements inside.

    Raises
    ------
    xml.parsers.expat.ExpatError
        If it is not well-formed.
    """
    open_ones: list[Element | None] = []
    roots: list[Element] = []

    def on_start(name: str, attributes: dict[str, str]) -> None:
        if len(open_ones) > depth:
            open_ones.append(None)
            return
        start = parser.CurrentByteIndex
        tag = _TAG.match(part, start)
        inner = tag.end() if tag else start
        local = {_local(key): value for key, value in attributes.items()}
        made = Element(_local(name), local, start, inner)
        parent = open_ones[-1] if open_ones else None
        (parent.children if parent else roots).append(made)
        open_ones.append(made)

    def on_end(_: str) -> None:
        closed = open_ones.pop()
        if closed is None:
            return
        index = parser.CurrentByteIndex
        if part[closed.inner - 2 : closed.inner] == b"/>":
            closed.inner_end = closed.end = closed.inner
        else:
            closed.inner_end, closed.end = index, part.index(b">", index) + 1

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = on_start
    parser.EndElementHandler = on_end
    parser.Parse(part, True)
    return roots[0]


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def with_open_root(part: bytes) -> bytes:
    """Return an XML part in UTF-8 whose root element has two tags, between which elements can be put."""
    root = outline(part, 0)
    if not root.is_empty:
        return part
    name = part[root.start + 1 : root.end].split(None, 1)[0].rstrip(b"/>")
    return part[: root.end - 2].rstrip() + b"></" + name + b">" + part[root.end :]


def prefix(part: bytes, element: Element) -> str:
    """Return the namespace prefix that an element is written with, the colon included; empty for none."""
    written = part[element.start + 1 : element.inner].split(None, 1)[0].rstrip(b"/>").decode()
    return written[: -len(element.name)]


def edited(part: bytes, edits: Iterable[tuple[int, int, bytes]]) -> bytes:
    """Return a part with stretches ``(start, end, new bytes)`` replaced; they must not overlap."""
    pieces, place = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [part[place:start], new]
        place = end
    return b"".join([*pieces, part[place:]])
