"""The notes on the cells of a sheet, with the frames that programs show them in."""

import re
from collections.abc import Callable
from typing import Final

from aluplanner.workbook.package import Package
from aluplanner.workbook.sheet import column_number, unescape
from aluplanner.workbook.stand_ins import AUTHOR, others_lines, own_lines
from aluplanner.workbook.surgery.cell_writer import text_element
from aluplanner.workbook.surgery.markup_text import (
    MAIN,
    RELATIONS,
    bytes_of,
    escaped,
    text_of,
    unescaped,
    with_usual_prefixes,
)
from aluplanner.workbook.surgery.sheet_text import SheetText, cell_place

Place = tuple[int, int]
"""Row and column."""

_COMMENTS_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_FRAMES_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_NO_NOTES: Final = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{MAIN}">'
    "<authors></authors><commentList></commentList></comments>"
)
_NO_FRAMES: Final = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{}"/>'
    "</o:shapelayout></xml>"
)
_FRAME_KIND: Final = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_FRAME: Final = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:2pt;'
    'width:225pt;height:82pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
    "<x:Anchor>{column}, 15, {row}, 2, {right}, 31, {below}, 1</x:Anchor><x:AutoFill>False</x:AutoFill>"
    "<x:Row>{row}</x:Row><x:Column>{own}</x:Column></x:ClientData></v:shape>"
)
_COLUMNS_WIDE: Final = 4
_ROWS_HIGH: Final = 6
_NOTE = re.compile(r"<comment\b(?P<given>[^>]*)>(?P<inner>.*?)</comment>", re.DOTALL)
_REFERENCE = re.compile(r"""\sref\s*=\s*["']([A-Z]{1,3})(\d+)["']""")
_BODY = re.compile(r"<text\b[^>]*?(?:/>|>(?P<inner>.*?)</text>)", re.DOTALL)
_PHONETIC = re.compile(r"<(rPh|phoneticPr)\b[^>]*?(?:/>|>.*?</\1>)", re.DOTALL)
_TEXT = re.compile(r"<t\b[^>]*?(?:/>|>(.*?)</t>)", re.DOTALL)
_RUN = re.compile(r"<r>.*?</r>", re.DOTALL)
_AUTHORS = re.compile(r"<authors\b[^>]*?(?:/>|>(?P<inner>.*?)</authors>)", re.DOTALL)
_AUTHOR = re.compile(r"<author\b[^>]*?(?:/>|>(.*?)</author>)", re.DOTALL)
_SHAPE = re.compile(r"<v:shape\b.*?</v:shape>\s*", re.DOTALL)
_SHAPE_PLACE = re.compile(r"<x:Row>\s*(\d+)\s*</x:Row>.*?<x:Column>\s*(\d+)\s*</x:Column>", re.DOTALL)
_SHAPE_NUMBER = re.compile(r'id="_x0000_s(\d+)"')
_FRAMES_NAMED = re.compile(r"<legacyDrawing\b[^>]*?(?:/>|>\s*</legacyDrawing>)")
_BEHIND_FRAMES = re.compile(
    r"<(?:legacyDrawingHF|drawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst|mc:AlternateContent)\b"
    r"|</worksheet>"
)


class NoteParts:
    """The notes of a sheet.

    Parameters
    ----------
    package
        The workbook; its parts are changed in place.
    part
        The sheet's part.
    """

    def __init__(self, package: Package, part: str) -> None:
        self._package, self._part = package, part
        self._notes = next((r.part for r in package.relations(part) if r.kind == "comments" and r.part in package), "")

    def drop(self, places: set[Place]) -> None:
        """Take the program's lines out of the notes on some cells; others' lines stay, and a note without any goes."""
        if not self._notes or not places:
            return
        gone: set[Place] = set()

        def without(found: re.Match[str]) -> str:
            place = _place(found["given"])
            if place not in places:
                return found[0]
            left = _without_own(found["inner"])
            if left is None and place is not None:
                gone.add(place)
            return "" if left is None else f"<comment{found['given']}>{left}</comment>"

        self._change(self._notes, lambda text: _NOTE.sub(without, text))
        if gone and self._frames:
            self._change(
                self._frames,
                lambda text: _SHAPE.sub(
                    lambda found: "" if _shape_place(found[0]) in gone else found[0], with_usual_prefixes(text)
                ),
            )

    def add(self, lines: dict[Place, str], sheet: SheetText) -> None:
        """Add lines of the program's to the notes on some cells; where there is none yet, one is made.

        Parameters
        ----------
        lines
            What to add, by cell.
        sheet
            The sheet, which gets to know where its frames are.
        """
        if not lines:
            return
        left = dict(lines)

        def with_lines(found: re.Match[str]) -> str:
            own = left.pop(_place(found["given"]) or (0, 0), None)
            return found[0] if own is None else f"<comment{found['given']}>{_with_own(found['inner'], own)}</comment>"

        if self._notes:
            self._change(self._notes, lambda text: _NOTE.sub(with_lines, text))
        if left:
            self._make(left)
            self._frame(left, sheet)

    def _make(self, lines: dict[Place, str]) -> None:
        if not self._notes:
            self._notes = self._package.unused_name("xl/comments{}.xml")
            self._package[self._notes] = _NO_NOTES.encode()
            self._package.declare(self._notes, _COMMENTS_TYPE)
            self._package.relate(self._part, "comments", self._notes)

        def with_notes(text: str) -> str:
            text, author = _with_author(text)
            made = "".join(
                f'<comment ref="{cell_place(column, row)}" authorId="{author}">'
                f"<text>{text_element(own)}</text></comment>"
                for (row, column), own in sorted(lines.items())
            )
            text = re.sub(r"<commentList\s*/>", "<commentList></commentList>", text)
            return text.replace("</commentList>", f"{made}</commentList>", 1)

        self._change(self._notes, with_notes)

    @property
    def _frames(self) -> str:
        """The part with the frames of notes; headers and footers may have a part of their own for pictures."""
        related = [r for r in self._package.relations(self._part) if r.kind == "vmlDrawing" and r.part in self._package]
        texts = {relation.part: self._package[relation.part] for relation in related}
        named = re.search(rb"<(?:\w+:)?legacyDrawing\b[^>]*:id\s*=\s*[\"']([^\"']*)", self._package[self._part])
        keys = {relation.key: relation.part for relation in related}
        if named and named[1].decode() in keys:
            return keys[named[1].decode()]
        return next((part for part, text in texts.items() if b'ObjectType="Note"' in text), "")

    def _frame(self, places: dict[Place, str], sheet: SheetText) -> None:
        part = self._frames
        if not part:
            part = self._package.unused_name("xl/drawings/vmlDrawing{}.vml")
            number = int(re.sub(r"\D", "", part) or 1)
            self._package[part] = _NO_FRAMES.format(number).encode()
            self._package.declare_ending("vml", _FRAMES_TYPE)
            key = self._package.relate(self._part, "vmlDrawing", part)
            sheet.tail = _FRAMES_NAMED.sub("", sheet.tail)  # one that leads nowhere
            place = _BEHIND_FRAMES.search(sheet.tail)
            at = place.start() if place else len(sheet.tail)
            element = f'<legacyDrawing xmlns:r="{RELATIONS}" r:id="{key}"/>'
            sheet.tail = sheet.tail[:at] + element + sheet.tail[at:]
        self._change(part, lambda text: _with_frames(with_usual_prefixes(text), sorted(places)))

    def _change(self, part: str, change: Callable[[str], str]) -> None:
        self._package[part] = bytes_of(change(text_of(self._package[part])))


def _place(given: str) -> Place | None:
    found = _REFERENCE.search(given)
    return (int(found[2]), column_number(found[1])) if found else None


def _shape_place(shape: str) -> Place | None:
    found = _SHAPE_PLACE.search(shape)
    return (int(found[1]) + 1, int(found[2]) + 1) if found else None


def _words(body: str) -> str:
    """Return the text of a note."""
    return unescape("".join(unescaped(part or "") for part in _TEXT.findall(_PHONETIC.sub("", body))))


def _without_own(inner: str) -> str | None:
    """Return what a note holds without the program's lines; ``None`` if nothing is left."""
    body = _BODY.search(inner)
    if body is None or not own_lines(_words(body["inner"] or "")):
        return inner
    left = others_lines(_words(body["inner"])).strip("\n")
    if not left:
        return None
    # lines that were added behind others stand in a run of their own, which can go as it came
    runs = _RUN.findall(body["inner"])
    kept = body["inner"].replace(runs[-1], "", 1) if runs and own_lines(_words(runs[-1])) else ""
    if not kept or _words(kept).strip("\n") != left:
        kept = text_element(left)
    return f"{inner[: body.start()]}<text>{kept}</text>{inner[body.end() :]}"


def _with_own(inner: str, own: str) -> str:
    """Return what a note holds with lines of the program's behind it."""
    body = _BODY.search(inner)
    if body is None:
        return f"<text>{text_element(own)}</text>{inner}"
    before = body["inner"] or ""
    if not _words(before):
        written = text_element(own)
    else:
        plain = _TEXT.match(before.lstrip())
        rich = f"<r>{before.strip()}</r>" if plain and plain.end() == len(before.strip()) else before
        written = f"{rich}<r>{text_element(chr(10) + own)}</r>"
    return f"{inner[: body.start()]}<text>{written}</text>{inner[body.end() :]}"


def _with_author(text: str) -> tuple[str, int]:
    """Return the notes with the program among their authors, and its number there."""
    found = _AUTHORS.search(text)
    there = [unescaped(name) for name in _AUTHOR.findall(found["inner"] or "")] if found else []
    if AUTHOR in there:
        return text, there.index(AUTHOR)
    written = f"<authors>{(found['inner'] or '') if found else ''}<author>{escaped(AUTHOR)}</author></authors>"
    if found:
        return text[: found.start()] + written + text[found.end() :], len(there)
    return re.sub(r"<commentList", f"{written}<commentList", text, count=1), len(there)


def _with_frames(text: str, places: list[Place]) -> str:
    number = max(map(int, _SHAPE_NUMBER.findall(text)), default=0)
    if not number:
        data = re.search(r'<o:idmap\b[^>]*data="(\d+)', text)
        number = int(data[1]) * 1024 if data else 1024
    made = "" if 'id="_x0000_t202"' in text else _FRAME_KIND
    for count, (row, column) in enumerate(places, start=1):
        made += _FRAME.format(
            number=number + count, row=row - 1, own=column - 1, column=column,
            right=column + _COLUMNS_WIDE, below=row - 1 + _ROWS_HIGH,
        )  # fmt: skip
    head, end, tail = text.rpartition("</")
    return head + made + end + tail
