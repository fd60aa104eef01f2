"""What the contents of a cell mean."""

import math
import re
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

ABSENT, NUMBER, TEXT, DATE, TRUE, FALSE, MOMENT, FAULT = range(8)
"""Kinds of cells.

``NUMBER`` and ``DATE`` (days since the workbook's first) come with a float, ``TEXT`` and ``MOMENT`` (an ISO date) with
a text, ``FAULT`` with its name and a text.
"""

RawCell: TypeAlias = tuple[int, float | str | tuple[str, str]]

UNCALCULATED: Final = "uncalculated"
ERROR_VALUE: Final = "error"
DAMAGED: Final = "damaged"

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
LONGEST_CLEAN: Final = 16
"""A number written with so many characters is what 16 digits can carry."""
_QUOTED_CHARACTERS: Final = 40
_LONGEST_INDEX: Final = 9


def unescape(text: str) -> str:
    """Return text with the escapes of control characters (``_x000D_``) resolved."""
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def column_number(letters: str) -> int:
    """Return 1 for ``A``, 27 for ``AA``."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def clean(number: float) -> float:
    """Return ``number`` with the 16 significant digits that a workbook can carry."""
    return float(f"{number:.16g}")


def interpret(kind: str, is_date: bool, content: str, is_formula: bool, texts: Sequence[str]) -> RawCell | None:
    """Return what a cell holds, ``None`` for nothing.

    Parameters
    ----------
    kind
        The type that the file gives the cell, ``n`` if it gives none.
    is_date
        Whether its style shows a number as a date.
    content
        The text of its value.
    is_formula
        Whether it has a formula.
    texts
        The workbook's shared texts.
    """
    if not content:
        return (FAULT, (UNCALCULATED, "")) if is_formula and kind in _CALCULATED else _blank(kind, is_formula)
    if kind == "n":
        return _number(content, is_date)
    if kind == "s":
        return _shared_text(content, texts)
    return _READERS.get(kind, _damaged)(content)


def _blank(kind: str, is_formula: bool) -> RawCell | None:
    """Return what a cell without contents holds: a formula may have an empty text, but no type that nobody knows."""
    return _damaged("") if is_formula and kind not in _READERS else None


def _number(content: str, is_date: bool) -> RawCell:
    # what only Python takes for a number is none
    if "_" in content or not content.isascii():
        return _damaged(content)
    try:
        number = float(content)
    except ValueError:
        return _damaged(content)
    if not math.isfinite(number):
        return _damaged(content)
    if len(content) > LONGEST_CLEAN:
        number = clean(number)
        if not math.isfinite(number):
            return _damaged(content)
    return (DATE if is_date else NUMBER), number


def _shared_text(content: str, texts: Sequence[str]) -> RawCell | None:
    is_index = content.isascii() and content.isdecimal() and len(content.lstrip("0")) <= _LONGEST_INDEX
    if not is_index or int(content) >= len(texts):
        return _damaged(content)
    text = texts[int(content)]
    return (TEXT, text) if text else None


def _text(content: str) -> RawCell:
    return TEXT, unescape(content)


def _truth(content: str) -> RawCell:
    return (TRUE if content.strip() in ("1", "true") else FALSE), 0.0


def _error_value(content: str) -> RawCell:
    return FAULT, (ERROR_VALUE, content[:_QUOTED_CHARACTERS])


def _moment(content: str) -> RawCell:
    from datetime import datetime  # few sheets hold such cells, and the process that reads is started for every file

    try:
        return MOMENT, datetime.fromisoformat(content).replace(tzinfo=None).isoformat()
    except ValueError:
        return _damaged(content)


def _damaged(content: str) -> RawCell:
    return FAULT, (DAMAGED, content[:_QUOTED_CHARACTERS])


_CALCULATED: Final = frozenset({"n", "s", "b", "e", "d"})
_READERS: Final[dict[str, Callable[[str], RawCell]]] = {
    "str": _text,
    "inlineStr": _text,
    "b": _truth,
    "e": _error_value,
    "d": _moment,
}
