"""The cells of a sheet that hold formulas: found, moved, and freed of values that hold no longer."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Final

from aluplanner.workbook.sheet import column_number
from aluplanner.workbook.surgery.markup_text import attributes, escaped, unescaped, with_attributes
from aluplanner.workbook.surgery.references import RowMaps, moved_formula, shifted_formula
from aluplanner.workbook.surgery.row_map import RowMap
from aluplanner.workbook.surgery.sheet_text import SheetText

_CELL = re.compile(
    r'(?P<start><c r="(?P<letters>[A-Z]{1,3})(?P<row>\d+)"[^>]*>)\s*'
    r"(?P<tag><f\b[^>]*?(?:/>|>))(?:(?<!/>)(?P<text>[^<]*)</f>)?(?P<rest>.*?)</c>",
    re.DOTALL,
)
_DIGITS: Final = "0123456789"
_CALCULATED = re.compile(r'(<c r="[A-Z]+\d+"(?: s="\d+")?)(?: t="\w+")?>(<f\b[^>]*?(?:/>|>[^<]*</f>))<v>[^<]*</v></c>')
_LEFT = re.compile(r"(?:</f>|<f\b[^>]*/>)\s*<v\b[^>]*>[^<]")
_CACHED = re.compile(r"<v\b[^>]*?(?:/>|>(?P<value>.*?)</v>)", re.DOTALL)
WITH_AREA: Final = ("array", "dataTable")
"""Kinds of formulas that fill cells besides their own."""


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A cell that holds a formula.

    Attributes
    ----------
    row, column
        Where it stands.
    text
        The formula, without the leading ``=``; that of one that is shared is as it reads in this cell.
    kind
        ``array``, ``dataTable`` or ``shared``; empty for a plain one.
    area
        The cells that an array formula fills.
    group
        What a shared formula is called.
    is_calculated
        Whether the file states its value.
    """

    row: int
    column: int
    text: str
    kind: str = ""
    area: str = ""
    group: str = ""
    is_calculated: bool = False


def formula_cells(sheet: SheetText) -> list[FormulaCell]:
    """Return the cells of a sheet that hold formulas, from the top."""
    found = [_formula_cell(cell) for row in sheet.rows.values() if "<f" in row for cell in _CELL.finditer(row)]
    masters = {cell.group: cell for cell in found if cell.kind == "shared" and cell.area}
    return [_spelled_out(cell, masters) for cell in found]


def with_formulas(
    sheet: SheetText, change: Callable[[FormulaCell], FormulaCell | None], chosen: Collection[tuple[int, int]]
) -> None:
    """Write some of the formulas of a sheet anew.

    Parameters
    ----------
    sheet
        The sheet, which is changed in place.
    change
        Returns what a cell holds instead; ``None`` for its value alone. It is given a shared formula as it is written,
        which may be with no text.
    chosen
        The cells, by (row, column).
    """
    rows = {row for row, _ in chosen}

    def written(found: re.Match[str]) -> str:
        before = _formula_cell(found)
        if (before.row, before.column) not in chosen:
            return found[0]
        after = change(before)
        return _without_formula(found) if after is None else _written(found, before, after)

    for number in rows:
        if "<f" in sheet.rows.get(number, ""):
            sheet.rows[number] = _CELL.sub(written, sheet.rows[number])


def without_values(sheet: SheetText) -> None:
    """Take the values from all formulas of a sheet, so that every program calculates them."""
    for number, row in sheet.rows.items():
        if "<f" in row:
            bare = _CALCULATED.sub(r"\g<1>>\g<2></c>", row)
            if _LEFT.search(bare):  # cells with attributes that few have
                bare = _CELL.sub(lambda found: _written(found, cell := _formula_cell(found), _bare(cell)), bare)
            sheet.rows[number] = bare


def moved(cell: FormulaCell, sheet: str, maps: RowMaps, own: RowMap | None) -> FormulaCell | None:
    """Return a formula whose references follow the rows they refer to; ``None`` where its area was torn apart.

    Parameters
    ----------
    cell
        As it was.
    sheet
        The name of its sheet, in lower case.
    maps
        Where the rows of sheets go.
    own
        Where the rows of its own sheet go, ``None`` if they stay.
    """
    text = moved_formula(cell.text, sheet, maps, row=cell.row)
    if own is None or cell.kind not in WITH_AREA:
        return replace(cell, text=text)
    first, _, last = cell.area.partition(":")
    top, bottom = _row_of(first), _row_of(last or first)
    if own.is_torn(top, bottom):
        return None
    ends = [f"{place.rstrip(_DIGITS)}{own.row(_row_of(place))}" for place in (first, last) if place]
    return replace(cell, text=text, area=":".join(ends))


def area_holds(area: str, row: int, column: int) -> bool:
    """Return whether an area, such as ``H2:H4``, holds a cell."""
    first, _, last = area.partition(":")
    ends = [(_row_of(place), column_number(place.rstrip(_DIGITS))) for place in (first, last or first)]
    return ends[0][0] <= row <= ends[1][0] and ends[0][1] <= column <= ends[1][1]


def _formula_cell(found: re.Match[str]) -> FormulaCell:
    given = attributes(found["tag"]) if found["tag"] != "<f>" else {}
    cached = _CACHED.search(found["rest"])
    return FormulaCell(
        int(found["row"]),
        column_number(found["letters"]),
        unescaped(found["text"] or ""),
        given.get("t", "") if given.get("t") != "normal" else "",
        given.get("ref", ""),
        given.get("si", ""),
        bool(cached and cached["value"]),
    )


def _spelled_out(cell: FormulaCell, masters: dict[str, FormulaCell]) -> FormulaCell:
    master = masters.get(cell.group) if cell.kind == "shared" and not cell.text else None
    if master is None:
        return cell
    return replace(cell, text=shifted_formula(master.text, cell.row - master.row, cell.column - master.column))


def _written(found: re.Match[str], before: FormulaCell, after: FormulaCell) -> str:
    tag = found["tag"]
    start, rest = found["start"], found["rest"]
    if before.is_calculated and not after.is_calculated:
        # a value that is left out is calculated by every program; the type of the old one says nothing of it
        start, rest = with_attributes(start, {"t": None}), _CACHED.sub("", rest)
    if after.kind == "shared":  # it stays in its group as it is
        formula = tag if found["text"] is None else f"{tag}{found['text']}</f>"
        return f"{start}{formula}{rest}</c>"
    open_tag = f"{tag.removesuffix('>').removesuffix('/').rstrip()}>"
    changed: dict[str, str | None] = {"ref": after.area} if after.kind in WITH_AREA else {}
    if before.kind == "shared":
        changed = {"t": None, "ref": None, "si": None}
    return f"{start}{with_attributes(open_tag, changed)}{escaped(after.text)}</f>{rest}</c>"


def _bare(cell: FormulaCell) -> FormulaCell:
    return replace(cell, is_calculated=False)


def _without_formula(found: re.Match[str]) -> str:
    return f"{found['start']}{found['rest']}</c>"


def _row_of(place: str) -> int:
    return int(place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
