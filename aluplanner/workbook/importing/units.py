"""The units that a foreign sheet states, and those that the planner can choose instead."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from aluplanner.i18n import tr
from aluplanner.model import units
from aluplanner.model.plan import TABLES
from aluplanner.model.schema import Column, Type
from aluplanner.workbook.headers import factor_of, plain, read_headers

PERCENT: Final = "%"
FRACTION: Final = "fraction"
"""The two ways to write a share: 30 and 0.3. What a cell is formatted as does not tell one from the other."""

# what the planner is offered, the plan's own unit first
_OFFERED: Final[Mapping[str, tuple[str, ...]]] = {
    "kt/y": ("kt/y", "万吨/年", "Mt/y", "t/y", "t/d", "t/month", "kt/month", "万吨/月"),
    "kt": ("kt", "万吨", "Mt", "t"),
    "RMB/t": ("RMB/t", "万元/吨"),
    "months": ("months", "years"),
}
_SHARES: Final = {PERCENT: 0.01, FRACTION: 1.0}
_IN_BRACKETS: Final = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_BETWEEN: Final = re.compile(r"(?:[\s,，;；:：/、\-]|\bin\b)+$", re.IGNORECASE)
_SAID: Final = re.compile(r"(?:(?:计量)?单位|\bunits?\b)\s*[:：]?\s*", re.IGNORECASE)
_PARTS: Final = re.compile(r"[,，;；、]|\band\b")
_LONGEST: Final = 14
"""Characters of a unit behind a title."""


@lru_cache(maxsize=8192)
def is_unit(text: str) -> bool:
    """Return whether a text is a unit, whether or not a column of the plan can be reckoned from it."""
    return units.read_unit(_bare(text)) is not None


def _bare(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().strip("()[]").strip()


def offered_units(column: Column) -> tuple[str, ...]:
    """Return the units that the planner can choose for a column, its own first; none where there is nothing to choose.

    Parameters
    ----------
    column
        The column of the plan.
    """
    if column.type is Type.FRACTION:
        return PERCENT, FRACTION
    return _OFFERED.get(column.unit, ()) if column.type is Type.NUMBER else ()


def unit_words(unit: str) -> str:
    """Return how a unit is shown where it is chosen."""
    words = {PERCENT: tr("% (30 is 30 %)"), FRACTION: tr("fraction (0.3 is 30 %)")}
    return words.get(unit) or tr(unit)


def offered_like(table: str, column: Column, unit: str) -> str | None:
    """Return the unit to choose that a written one stands for; ``None`` if the column cannot be reckoned from it.

    Parameters
    ----------
    table
        Name of the table: figures of Monthly are for a month, so 万吨/月 is 万吨 there.
    column
        The column of the plan.
    unit
        The unit as it is written.
    """
    written = units.read_unit(_bare(unit))
    if written is None:
        return None
    if column.type is Type.FRACTION:
        return PERCENT if written.kind == units.SHARE else None
    stated = read_headers(TABLES[table], {1: f"{column.title} ({_bare(unit)})"})
    if 1 not in stated.columns or 1 in stated.foreign_units:
        return None
    by = stated.factors.get(1, 1.0)
    offered = offered_units(column)
    same = next((known for known in offered if plain(known) == plain(unit)), None)
    return same or next((known for known in offered if factor(column, known) == by), written.text)


def factor(column: Column, unit: str) -> float:
    """Return by what figures in a unit are multiplied to be those of a column; 1 for the empty unit.

    Raises
    ------
    ValueError
        If the column cannot be reckoned from it.
    """
    if not unit:
        return 1.0
    if column.type is Type.FRACTION and unit in _SHARES:
        return _SHARES[unit]
    written = units.read_unit(unit)
    by = factor_of(column, written) if written is not None else None
    if by is None:
        raise ValueError(f"{column.title} cannot be reckoned from {unit}")
    return float(by)


@lru_cache(maxsize=8192)
def split_unit(title: str) -> tuple[str, str]:
    """Return a header without its unit, and the unit it states; empty if it states none that is known.

    Parameters
    ----------
    title
        As ``产能(万吨)``, ``Capacity, Mt/y`` or ``产能 万吨/年``. What else stands in brackets is left out too.
    """
    inside = [_SAID.sub("", part).strip() for text in _IN_BRACKETS.findall(title) for part in _PARTS.split(text)]
    found = [part for part in inside if is_unit(part)]
    bare = _IN_BRACKETS.sub(" ", title).strip()
    if found:
        return bare, found[-1]
    for end in range(max(1, len(bare) - _LONGEST), len(bare)):
        head, tail = bare[:end], bare[end:].strip()
        # 产能万吨 needs nothing between, Capacity kt does
        is_apart = bool(_BETWEEN.search(head)) or not (tail[:1].isascii() or head[-1:].isascii())
        if is_apart and is_unit(tail) and (name := _BETWEEN.sub("", head).strip()):
            return name, tail
    return bare, ""


def stated_for_sheet(texts: Iterable[str]) -> str:
    """Return the unit that the lines above a table state for all of it (``单位：万吨``); empty if they state none."""
    for text in texts:
        behind = [text[found.end() :] for found in _SAID.finditer(text)]
        for candidate in (*behind, *_IN_BRACKETS.findall(text), text):
            for part in _PARTS.split(candidate):
                word = _SAID.sub("", part).strip()
                if word and is_unit(word):
                    return word
    return ""
