"""Cell styles that differ from others in the colour of the ground alone, to mark cells of a workbook."""

import re
from typing import Final

from aluplanner.workbook.outline import Element, edited, outline, prefix, with_open_root
from aluplanner.workbook.package import Package
from aluplanner.workbook.style_merge import place_of

_CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_NONE: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
)
_NO_FILL: Final = '<{0}fill><{0}patternFill patternType="none"/></{0}fill>'
_GREY: Final = '<{0}fill><{0}patternFill patternType="gray125"/></{0}fill>'
_FEWEST: Final = {
    "fonts": ("<{0}font/>",),
    "fills": (_NO_FILL, _GREY),  # whatever stands in their places, Excel takes the first two for these
    "borders": ("<{0}border/>",),
    "cellStyleXfs": ("<{0}xf/>",),
    "cellXfs": ('<{0}xf xfId="0"/>',),
    "cellStyles": ('<{0}cellStyle name="Normal" xfId="0" builtinId="0"/>',),
}
"""What a list of styles holds at least."""

_COUNT = re.compile(rb'\scount\s*=\s*(?:"\d*"|\'\d*\')')
_FILL = re.compile(rb"\s(?:fillId|applyFill)\s*=\s*(?:\"[^\"]*\"|'[^']*')")


class CellMarks:
    """Makes styles with a ground of their own.

    Parameters
    ----------
    package
        The workbook; :meth:`save` writes the styles into it.
    book
        The name of its workbook part.
    """

    def __init__(self, package: Package, book: str) -> None:
        self._package = package
        self._part = next(
            (found.part for found in package.relations(book) if found.kind == "styles" and found.part in package), ""
        )
        if not self._part:
            usual = "xl/styles.xml"
            self._part = package.unused_name("xl/styles{}.xml") if usual in package else usual
            package[self._part] = _NONE
            package.declare(self._part, _CONTENT_TYPE)
            package.relate(book, "styles", self._part)
        self._contents = _completed(package[self._part])
        self._root = outline(self._contents, 2)
        self._fills: list[str] = []
        self._made: dict[tuple[int, str], int] = {}

    def style(self, like: int, colour: str) -> int:
        """Return the number of the style that is like another one, on a ground of a colour (``FFC7CE``)."""
        if (like, colour) not in self._made:
            self._made[like, colour] = len(self._list("cellXfs").children) + len(self._made)
        if colour not in self._fills:
            self._fills.append(colour)
        return self._made[like, colour]

    def save(self) -> None:
        """Write the styles into the package."""
        if not self._made:
            return
        fills, styles = self._list("fills"), self._list("cellXfs")
        mark = prefix(self._contents, self._root)
        made_fills = "".join(_fill(mark, colour) for colour in self._fills).encode()
        first = len(fills.children)
        made = b"".join(self._like(like, first + self._fills.index(colour)) for like, colour in self._made)
        changes = [
            *self._counted(fills, first + len(self._fills)),
            (fills.inner_end, fills.inner_end, made_fills),
            *self._counted(styles, len(styles.children) + len(self._made)),
            (styles.inner_end, styles.inner_end, made),
        ]
        self._package[self._part] = edited(self._contents, changes)

    def _list(self, name: str) -> Element:
        found = self._root.child(name)
        if found is None:
            raise ValueError(f"styles without {name}")
        return found

    def _like(self, like: int, fill: int) -> bytes:
        styles = self._list("cellXfs").children
        whole = styles[like if like < len(styles) else 0].in_full(self._contents)
        end = whole.index(b">") + 1
        start = _FILL.sub(b"", whole[:end])
        named = re.match(rb"<[\w:]+", start)
        if named is None:
            raise ValueError("a cell style without a name")
        return named[0] + f' fillId="{fill}" applyFill="1"'.encode() + start[named.end() :] + whole[end:]

    def _counted(self, listed: Element, count: int) -> list[tuple[int, int, bytes]]:
        found = _COUNT.search(self._contents, listed.start, listed.inner)
        return [(found.start(), found.end(), f' count="{count}"'.encode())] if found else []


def _completed(contents: bytes) -> bytes:
    """Return styles with the lists that they lack; small programs leave out what they do not need."""
    contents = with_open_root(contents)
    root = outline(contents, 2)
    mark, edits = prefix(contents, root), []
    for name, fewest in _FEWEST.items():
        found = root.child(name)
        lacking = "".join(each.format(mark) for each in fewest[len(found.children) if found else 0 :]).encode()
        if found is None or found.is_empty:
            place = (found.start, found.end) if found else (place_of(root, name),) * 2
            edits.append(
                (*place, f'<{mark}{name} count="{len(fewest)}">'.encode() + lacking + f"</{mark}{name}>".encode())
            )
        elif lacking:
            edits.append((found.inner_end, found.inner_end, lacking))
    return edited(contents, edits)


def _fill(mark: str, colour: str) -> str:
    return (
        f'<{mark}fill><{mark}patternFill patternType="solid"><{mark}fgColor rgb="FF{colour}"/>'
        f'<{mark}bgColor indexed="64"/></{mark}patternFill></{mark}fill>'
    )
