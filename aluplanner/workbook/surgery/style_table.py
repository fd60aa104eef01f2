"""The cell styles of a workbook: what number format each has, and new ones that differ from one in that alone."""

import re
from functools import cached_property
from typing import Final

from aluplanner.workbook.number_formats import GENERAL, MONTH_FORMAT
from aluplanner.workbook.package import Package
from aluplanner.workbook.raw.date_formats import is_date_format
from aluplanner.workbook.surgery.markup_text import MAIN, attributes, bytes_of, escaped, text_of, with_attributes

_CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_NONE: Final = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<styleSheet xmlns="{MAIN}">'
    '<fonts count="1"><font/></fonts><fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_FIRST_OWN: Final = 164
_ROOT = re.compile(r"<styleSheet\b[^>]*>")
_EMPTY_ROOT = re.compile(r"<(styleSheet\b[^>]*?)\s*/>")
_FORMATS = re.compile(r"<numFmts\b[^>]*?(?:/>|>(?P<inner>.*?)</numFmts>)", re.DOTALL)
_FORMAT = re.compile(r"<numFmt\b[^>]*?(?:/>|>\s*</numFmt>)")
_XFS = re.compile(r"<cellXfs\b[^>]*?(?:/>|>(?P<inner>.*?)</cellXfs>)", re.DOTALL)
_XF = re.compile(r"<xf\b[^>]*?(?:/>|>.*?</xf>)", re.DOTALL)
_AFTER_XFS = re.compile(r"<(?:cellStyles|dxfs|tableStyles|colors|extLst)\b|</styleSheet>")
_BUILT_IN: Final = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 48: "##0.0E+0", 49: "@",
}  # fmt: skip


class StyleTable:
    """The cell styles of a package.

    Parameters
    ----------
    package
        The package; :meth:`save` writes what was added into it.
    book
        The name of its workbook part.
    """

    def __init__(self, package: Package, book: str) -> None:
        self._package = package
        self._book = book
        self._added: list[str] = []
        self._added_codes: dict[str, int] = {}
        self._known: dict[tuple[int, str | None], int] = {}

    def code(self, style: int) -> str:
        """Return the format code of a style; those of dates that the file states by number alone are all alike."""
        number = self._number(style)
        own = self._codes.get(number)
        if own is not None:
            return own
        return MONTH_FORMAT if is_date_format(str(number), "") else _BUILT_IN.get(number, GENERAL)

    def with_code(self, style: int, code: str) -> int:
        """Return the style that is like another but for its number format."""
        if (style, code) not in self._known:
            changed = {"numFmtId": str(self._code_number(code)), "applyNumberFormat": "1"}
            self._known[style, code] = self._like(style, changed)
        return self._known[style, code]

    def with_quote(self, style: int) -> int:
        """Return the style that is like another but keeps text text when somebody edits the cell in Excel."""
        if attributes(self._start(style)).get("quotePrefix") in ("1", "true"):
            return style
        if (style, None) not in self._known:
            self._known[style, None] = self._like(style, {"quotePrefix": "1"})
        return self._known[style, None]

    def save(self) -> None:
        """Write the styles that were added into the package."""
        if not self._added:
            return
        text = _with_list(self._text, _XFS, "cellXfs", [*self._xfs, *self._added])
        if self._added_codes:
            formats = [f'<numFmt numFmtId="{n}" formatCode="{escaped(c)}"/>' for c, n in self._added_codes.items()]
            found = _FORMATS.search(text)
            there = _FORMAT.findall(found["inner"] or "") if found else []
            text = _with_list(text, _FORMATS, "numFmts", [*there, *formats])
        part = self._part
        if not part:
            part = "xl/styles.xml"
            self._package.declare(part, _CONTENT_TYPE)
            self._package.relate(self._book, "styles", part)
        self._package[part] = bytes_of(text)
        self._forget()

    def _forget(self) -> None:
        self._added, self._added_codes = [], {}
        for name in ("_part", "_text", "_xfs", "_codes"):
            self.__dict__.pop(name, None)

    @cached_property
    def _part(self) -> str:
        related = self._package.relations(self._book)
        return next((found.part for found in related if found.kind == "styles" and found.part in self._package), "")

    @cached_property
    def _text(self) -> str:
        text = text_of(self._package[self._part]) if self._part else _NONE
        return _EMPTY_ROOT.sub(r"<\1></styleSheet>", text, count=1)

    @cached_property
    def _xfs(self) -> list[str]:
        found = _XFS.search(self._text)
        return (_XF.findall(found["inner"] or "") if found else []) or ["<xf/>"]

    @cached_property
    def _codes(self) -> dict[int, str]:
        found = _FORMATS.search(self._text)
        given = map(attributes, _FORMAT.findall(found["inner"] or "")) if found else ()
        return {
            int(each["numFmtId"]): each.get("formatCode", GENERAL)
            for each in given
            if each.get("numFmtId", "").isdecimal()
        }

    def _xf(self, style: int) -> str:
        all_of_them = len(self._xfs)
        if style < all_of_them:
            return self._xfs[style]
        added = style - all_of_them
        return self._added[added] if added < len(self._added) else self._xfs[0]

    def _start(self, style: int) -> str:
        xf = self._xf(style)
        return xf[: xf.index(">") + 1]

    def _number(self, style: int) -> int:
        given = attributes(self._start(style)).get("numFmtId", "0")
        return int(given) if given.isdecimal() else 0

    def _like(self, style: int, changed: dict[str, str]) -> int:
        start = self._start(style)
        made = with_attributes(start, changed) + self._xf(style)[len(start) :]
        if made in self._added:
            return len(self._xfs) + self._added.index(made)
        self._added.append(made)
        return len(self._xfs) + len(self._added) - 1

    def _code_number(self, code: str) -> int:
        known = next((number for number, own in self._codes.items() if own == code), None)
        if known is None:
            # what Excel calls 0.00% it shows so in every language; those with signs of currencies it does not
            known = next((number for number, own in _BUILT_IN.items() if own == code and number < 37), None)
        if known is not None:
            return known
        number = max([_FIRST_OWN - 1, *self._codes]) + 1
        self._codes[number] = code
        self._added_codes[code] = number
        return number


def _with_list(text: str, pattern: re.Pattern[str], name: str, children: list[str]) -> str:
    """Return the styles with the elements of a list replaced."""
    written = f'<{name} count="{len(children)}">{"".join(children)}</{name}>'
    found = pattern.search(text)
    if found:
        return text[: found.start()] + written + text[found.end() :]
    # number formats come first of all
    place = _ROOT.search(text) if name == "numFmts" else _AFTER_XFS.search(text)
    if place is None:
        raise ValueError("styles without a root element")
    at = place.end() if name == "numFmts" else place.start()
    return text[:at] + written + text[at:]
