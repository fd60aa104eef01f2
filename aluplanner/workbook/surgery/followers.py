"""Formulas of the planner's own that follow sheets which the program has written anew."""

import re
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace

from aluplanner.workbook.package import Package
from aluplanner.workbook.surgery.book_change import FORMULA_SIGNS, UNREADABLE
from aluplanner.workbook.surgery.book_text import BookText
from aluplanner.workbook.surgery.dependents import Changes, NamedCells, stale_formulas
from aluplanner.workbook.surgery.formula_cells import FormulaCell, formula_cells, with_formulas
from aluplanner.workbook.surgery.markup_text import escaped
from aluplanner.workbook.surgery.sheet_text import SheetText

_OWN_NAMES = re.compile(r"aluplanner\.|_xlnm\.")


def forget_values(package: Package, written: Collection[str], kept: Collection[str]) -> None:
    """Take the values from the formulas that depend on some sheets, so that every program calculates them.

    Parameters
    ----------
    package
        The workbook; it is changed in place.
    written
        The names of the sheets that hold something else now.
    kept
        The names of the sheets whose formulas keep their values, as the plan reads them there.
    """
    book = BookText(package)
    sheets = frozenset(name.casefold() for name in written)
    named = book.named_cells()
    others = {
        sheet: part
        for sheet, part in book.sheets.items()
        if sheet.casefold() not in sheets and any(sign in package[part] for sign in FORMULA_SIGNS)
    }
    if not (_are_named(named, sheets) or any(_names_any(package[part], sheets) for part in others.values())):
        return
    texts: dict[str, SheetText] = {}
    formulas: dict[str, list[FormulaCell]] = {}
    for sheet, part in others.items():
        with suppress(*UNREADABLE):  # a damaged sheet of the planner's own stays as it is
            text = SheetText.of(package[part])
            texts[sheet], formulas[sheet.casefold()] = text, formula_cells(text)
    stale = stale_formulas(formulas, named, Changes({}, sheets=sheets))
    for sheet, text in texts.items():
        chosen = {(row, column) for name, row, column in stale if name == sheet.casefold()}
        if chosen and sheet not in kept:
            with_formulas(text, lambda cell: replace(cell, is_calculated=False), chosen)
            package[others[sheet]] = text.to_part()
    if stale:
        book.calculate_on_opening()


def _are_named(named: NamedCells, sheets: frozenset[str]) -> bool:
    """Return whether a name of the planner's own may stand for cells of some sheets."""
    own = (formula for name, texts in named.names.items() if not _OWN_NAMES.match(name) for formula in texts)
    return any(sheet.replace("'", "''") in formula.casefold() for formula in own for sheet in sheets)


def _names_any(part: bytes, sheets: frozenset[str]) -> bool:
    contents = part.lower()
    signs = [f"{escaped(name.replace(chr(39), chr(39) * 2))}{end}!" for name in sheets for end in ("", "'")]
    return any(sign.encode() in contents or not sign.isascii() for sign in signs)
