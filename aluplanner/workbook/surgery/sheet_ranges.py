"""What a sheet says of ranges of cells behind its rows: filters, merged cells, links, rules, sparklines."""

import re
from collections.abc import Callable
from typing import Final

from aluplanner.workbook.surgery.markup_text import attributes, escaped, unescaped, with_attributes
from aluplanner.workbook.surgery.references import GONE, RowMaps, moved_formula, shifted_formula
from aluplanner.workbook.surgery.row_map import RowMap

_FILTER = re.compile(r"<(?:autoFilter|sortState|sortCondition)\b[^>]*>")
_MERGED = re.compile(r"<mergeCells\b[^>]*>(.*?)</mergeCells>", re.DOTALL)
_MERGE = re.compile(r"<mergeCell\b[^>]*?(?:/>|>\s*</mergeCell>)")
_RULES = re.compile(
    r"<(?P<name>conditionalFormatting|dataValidation|protectedRange|ignoredError)\b[^>]*?(?:/>|>.*?</(?P=name)>)",
    re.DOTALL,
)
_START = re.compile(r"<[^>]*>")
_FORMULA = re.compile(r"<(?P<tag>(?:formula[12]?|xm:f)\b[^>]*)>(?P<text>[^<]*)</")
_LINK = re.compile(r"<hyperlink\b[^>]*?(?:/>|>\s*</hyperlink>)")
_BREAK = re.compile(r"<rowBreaks\b.*?</rowBreaks>", re.DOTALL)
_BREAK_LINE = re.compile(r"<brk\b[^>]*>")
_NEWER = re.compile(
    r"<(?P<name>x14:conditionalFormatting|x14:dataValidation|x14:sparkline|x14:protectedRange|x14:ignoredError)"
    r"\b[^>]*?(?:/>|>.*?</(?P=name)>)",
    re.DOTALL,
)
_NEWER_CELLS = re.compile(r"<xm:sqref>([^<]*)</xm:sqref>")
_COUNTED: Final = ("mergeCells", "dataValidations", "x14:dataValidations")
_EMPTY = re.compile(
    r"<(mergeCells|dataValidations|hyperlinks|protectedRanges|ignoredErrors|x14:dataValidations|x14:sparklines"
    r"|x14:conditionalFormattings|x14:sparklineGroups|x14:protectedRanges|x14:ignoredErrors)\b[^>]*>\s*</\1>"
    r"|<x14:sparklineGroup\b[^>]*>(?:(?!<x14:sparkline\b|</x14:sparklineGroup>).)*</x14:sparklineGroup>"
    r"|<ext\b[^>]*>\s*</ext>|<extLst>\s*</extLst>",
    re.DOTALL,
)


def moved_tail(tail: str, sheet: str, own: RowMap | None, maps: RowMaps) -> str:
    """Return the end of a sheet's part with everything that names rows following them.

    Parameters
    ----------
    tail
        What stands behind the rows.
    sheet
        The sheet's name in lower case.
    own
        Where its rows go, ``None`` if they stay.
    maps
        Where the rows of sheets go.
    """
    mover = _Mover(sheet, own, maps)
    before = tail
    tail = _RULES.sub(mover.rule, tail)
    tail = _NEWER.sub(mover.newer_rule, tail)
    tail = _LINK.sub(mover.link, tail)
    if own is not None:
        tail = _FILTER.sub(mover.filter, tail)
        tail = _MERGED.sub(lambda found: _MERGE.sub(mover.merge, found[0]), tail)
        tail = _BREAK.sub(lambda found: _BREAK_LINE.sub(mover.break_line, found[0]), tail)
    return tail if tail == before else tidied(tail)


def unmerged(tail: str, is_written: Callable[[str], bool]) -> str:
    """Return the end of a sheet's part without the merged areas that hold a cell now written to."""
    changed = _MERGED.sub(
        lambda found: _MERGE.sub(
            lambda merge: "" if is_written(attributes(merge[0]).get("ref", "")) else merge[0], found[0]
        ),
        tail,
    )
    return tail if changed == tail else tidied(changed)


def moved_cells(cells: str, own: RowMap) -> str:
    """Return a list of areas, such as ``E2:E4 G2``, of which each cell follows its row."""
    found: list[str] = []
    for area in cells.split():
        first, _, last = area.partition(":")
        ends = _end(first), _end(last or first)
        if None in ends:  # whole columns
            found.append(area)
            continue
        (left, top), (right, bottom) = ends[0] or ("", 0), ends[1] or ("", 0)
        runs = own.runs(top, bottom)
        found += [
            f"{left}{start}" if left == right and start == stop else f"{left}{start}:{right}{stop}"
            for start, stop in runs
        ]
    return " ".join(found)


def tidied(tail: str) -> str:
    """Return the end of a sheet's part without lists that have nothing in them, the others counted."""
    after = _EMPTY.sub("", tail)
    while after != tail:
        tail, after = after, _EMPTY.sub("", after)
    for name in _COUNTED:
        listed = re.compile(rf"<{name}\b([^>]*)>(.*?)</{name}>", re.DOTALL)
        after = listed.sub(_counted, after)
    return after


def _counted(found: re.Match[str]) -> str:
    start = found[0][: found[0].index(">") + 1]
    if "count" not in attributes(start):
        return found[0]
    child = "mergeCell" if start.startswith("<mergeCells") else start.split()[0][1:].removesuffix("s")
    count = len(re.findall(rf"<{child}[\s/>]", found[0]))
    return with_attributes(start, {"count": str(count)}) + found[0][len(start) :]


def _end(place: str) -> tuple[str, int] | None:
    letters = place.rstrip("0123456789")
    return (letters, int(place[len(letters) :])) if len(letters) < len(place) else None


class _Mover:
    """Moves one sheet's ranges; its methods are given to :func:`re.sub`."""

    def __init__(self, sheet: str, own: RowMap | None, maps: RowMaps) -> None:
        self._sheet, self._own, self._maps = sheet, own, maps

    def rule(self, found: re.Match[str]) -> str:
        """Move a conditional format, a validation and the like: its cells, and formulas that count from the first."""
        element = found[0]
        start = _START.match(element)
        if start is None:
            return element
        given = attributes(start[0]).get("sqref", "")
        cells = moved_cells(given, self._own) if self._own else given
        if given and not cells:
            return ""
        opened = with_attributes(start[0], {"sqref": cells}) if cells != given else start[0]
        return opened + self._formulas(element[start.end() :], given, cells)

    def newer_rule(self, found: re.Match[str]) -> str:
        """Move the same in the form of newer editions, and sparklines, whose formulas do not count from their cells."""
        element = found[0]
        listed = _NEWER_CELLS.search(element)
        if listed is None:
            return element
        is_sparkline = found["name"] == "x14:sparkline"  # one cell, and none to be repeated in new rows
        if is_sparkline and self._own:
            cells = moved_formula(listed[1], self._sheet, {self._sheet: self._own}).replace(GONE, "")
        else:
            cells = moved_cells(listed[1], self._own) if self._own else listed[1]
        if not cells:
            return ""
        if is_sparkline:
            element = _FORMULA.sub(self._whole_formula, element)
        else:
            element = self._formulas(element, listed[1], cells)
        return element.replace(listed[0], f"<xm:sqref>{cells}</xm:sqref>", 1)

    def filter(self, found: re.Match[str]) -> str:
        """Move a filter or the order of its rows."""
        return self._spanned(found[0]) or found[0]

    def merge(self, found: re.Match[str]) -> str:
        """Move a merged area; one whose rows were torn apart is taken apart."""
        first, _, last = attributes(found[0]).get("ref", "").partition(":")
        ends = _end(first), _end(last or first)
        if ends[0] is None or ends[1] is None or self._own is None:
            return found[0]
        top, bottom = ends[0][1], ends[1][1]
        if top == bottom:
            return self._spanned(found[0]) or ""
        below, is_inside = self._own.row(top), bottom <= self._own.end
        if is_inside and self._own.is_torn(top, bottom) and not self._grows(top, bottom):
            return ""
        stop = self._own.row(bottom)
        if below is None or stop is None:
            return ""
        return with_attributes(found[0], {"ref": f"{ends[0][0]}{below}:{ends[1][0]}{stop}"})

    def _grows(self, top: int, bottom: int) -> bool:
        """Return whether the rows of an area are all there, in order, with at most new ones between."""
        if self._own is None:
            return True
        now = [self._own.row(row) for row in range(top, bottom + 1)]
        kept = [row for row in now if row is not None]
        if len(kept) < len(now) or kept != sorted(kept):
            return False
        between = set(range(kept[0], kept[-1] + 1)) - set(kept)
        return all(row in self._own.models for row in between)

    def link(self, found: re.Match[str]) -> str:
        """Move a link: where it stands, and what place in the workbook it leads to."""
        element = found[0]
        location = attributes(element).get("location")
        if location:
            moved = moved_formula(location, self._sheet, self._maps)
            if moved != location and GONE not in moved:
                element = with_attributes(element, {"location": moved})
        return self._spanned(element) or "" if self._own else element

    def break_line(self, found: re.Match[str]) -> str:
        """Move a page break below a row."""
        below = attributes(found[0]).get("id", "")
        row = self._own.row(int(below)) if self._own and below.isdecimal() else None
        return found[0] if row is None else with_attributes(found[0], {"id": str(row)})

    def _spanned(self, element: str) -> str | None:
        """Return an element whose ``ref`` follows its rows, ``None`` if they are gone."""
        given = attributes(element).get("ref", "")
        if self._own is None or not given:
            return element
        moved = moved_formula(given, self._sheet, {self._sheet: self._own})
        return None if GONE in moved else with_attributes(element, {"ref": moved}) if moved != given else element

    def _formulas(self, element: str, before: str, after: str) -> str:
        """Return a rule whose formulas count from the first of its cells as they did."""
        shift = _first_row(after) - _first_row(before)

        def moved(found: re.Match[str]) -> str:
            text = unescaped(found["text"])
            shifted = shifted_formula(text, shift)
            changed = moved_formula(shifted, self._sheet, self._maps, is_fixed_only=True)
            return found[0] if changed == text else f"<{found['tag']}>{escaped(changed)}</"

        return _FORMULA.sub(moved, element)

    def _whole_formula(self, found: re.Match[str]) -> str:
        text = unescaped(found["text"])
        changed = moved_formula(text, self._sheet, self._maps)
        return found[0] if changed == text else f"<{found['tag']}>{escaped(changed)}</"


def _first_row(cells: str) -> int:
    first = _end(cells.split(maxsplit=1)[0].partition(":")[0]) if cells.split() else None
    return first[1] if first else 0
