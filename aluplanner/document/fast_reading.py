"""Reading whole columns of texts at once, for pastes of tens of thousands of cells."""

import re
from collections.abc import Sequence
from functools import lru_cache

from aluplanner.i18n import PLAIN, NumberStyle
from aluplanner.model.cell_text import CellTextError, is_storable, parse
from aluplanner.model.schema import Column, Type, Value

_FEW = 20
"""Below so many texts there is nothing to gain."""
_REPEATED = frozenset({Type.MONTH, Type.YES_NO, Type.CHOICE})
"""Columns whose texts are the same over and over."""


def read_column(column: Column, texts: Sequence[str], style: NumberStyle = PLAIN) -> Sequence[Value] | None:
    """Return the values of a column of texts; ``None`` unless all are so plain that they can be read together.

    The result is what :func:`aluplanner.model.cell_text.parse` gives text by text.
    """
    if len(texts) < _FEW:
        return None
    if column.is_numeric:
        return _read_numbers(column, texts, style)
    if column.type in (Type.TEXT, Type.NAMES):
        return [text.strip() or None for text in texts] if is_storable("".join(texts)) else None
    return _read_repeated(column, texts, style) if column.type in _REPEATED else None


@lru_cache(maxsize=8)
def _lines_of_numbers(style: NumberStyle) -> re.Pattern[str]:
    """Return what matches lines that are blank, or hold a number of at most 15 digits in a style and perhaps a %.

    What the parser of cells reads in another way, such as 1_000, 1e5 or a unit, is left to it.
    """
    group, decimal = re.escape(style.group), re.escape(style.decimal)
    whole = rf"\d{{1,9}}+(?!{group})|\d{{1,3}}(?:{group}\d{{3}}){{1,2}}+"
    return re.compile(rf"(?:-?(?:{whole})(?:{decimal}\d{{1,6}}+)?+%?+\n|\n)*+")  # looks back nowhere, for speed


def _read_numbers(column: Column, texts: Sequence[str], style: NumberStyle) -> list[float | None] | None:
    """Return numbers of so few digits that these are the same before and after rounding to the 16 of a workbook."""
    joined = "\n".join(texts) + "\n"
    if joined.count("\n") != len(texts) or not _lines_of_numbers(style).fullmatch(joined):
        return None
    if "%" in joined:
        if column.type is not Type.FRACTION:
            return None
        joined = joined.replace("%", "e-2")
    plain = joined.replace(style.group, "").replace(style.decimal, ".").split("\n")
    plain.pop()
    return [float(text) if text else None for text in plain] if "" in plain else list(map(float, plain))


def _read_repeated(column: Column, texts: Sequence[str], style: NumberStyle) -> list[Value] | None:
    """Return values of which each text that occurs was read once."""
    try:
        known = {text: parse(column, text, style) for text in set(texts)}
    except CellTextError:
        return None
    return [known[text] for text in texts]
