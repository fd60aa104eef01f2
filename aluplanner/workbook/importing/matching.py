"""How well a header of a foreign sheet fits a column of the plan."""

import difflib
import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Final

from aluplanner.model.plan import TABLES
from aluplanner.model.schema import split_names
from aluplanner.workbook.headers import find_column as find_known
from aluplanner.workbook.headers import plain
from aluplanner.workbook.importing.mapping import table_columns
from aluplanner.workbook.importing.units import is_unit, split_unit

EXACT: Final = 1.0
SYNONYM: Final = 0.95
LONGEST: Final = 60
"""Characters of a header; what is longer is a sentence."""
LEAST: Final = 0.6
"""The least likeness that makes a proposal."""
_MOST_CONTAINED: Final = 0.9
_ALIKE: Final = 0.86

# words that make a header mean something else than the title it contains
_OTHER_MEANING: Final = re.compile(
    r"闲置|利用率|开工率|占比|比重|同比|环比|变化|变动|增减|增幅|新增|序号|排名"
    r"|idle|utili[sz]ation|rate|share|change|yoy|mom|rank|growth|additions|forecast error"
)
# when it was counted says nothing about what was counted
_NOISE: Final = re.compile(
    r"(?:截至|截止|as of|end[- ]of[- ]|year[- ]end|end)?\s*(?:19|20)\d{2}\s*(?:年|q[1-4]|h[12])?\s*(?:\d{1,2}月)?"
    r"[末底初]?|年[末底]|合计"
)
YEAR: Final = re.compile(r"(?:19|20)\d{2}")


def header_text(parts: Sequence[str]) -> str:
    """Return what a header of several lines says, each line once."""
    return " ".join(dict.fromkeys(part for part in (" ".join(part.split()) for part in parts) if part))


def header_unit(parts: Sequence[str]) -> str:
    """Return the unit that a header of several lines states, the lowest line first; empty if it states none."""
    for part in reversed(parts):
        if is_unit(part):
            return part.strip().strip("()（）[]【】")
        if unit := split_unit(part)[1]:
            return unit
    return ""


def likeness(table: str, parts: Sequence[str]) -> dict[str, float]:
    """Return how well a header fits the columns of a table, by field name; those it does not fit are left out.

    Parameters
    ----------
    table
        Name of the table.
    parts
        The lines of the header from the top; upper ones may stand over several columns.
    """
    names = [name for part in parts if part and not is_unit(part) and (name := split_unit(part)[0])]
    names = names or [part for part in parts if part][-1:]  # Month is a unit, but alone it is a title
    if not names:
        return {}
    lowest = names[-1]
    tried = [lowest]
    if len(names) > 1:
        # the upper line may complete the lower one: 建成 over 产能, 产能 over 建成
        tried += ["".join(names), "".join(reversed(names))]
    found: dict[str, float] = {}
    for text in dict.fromkeys(tried):
        for name, score in _likeness(table, text).items():
            found[name] = max(score, found.get(name, 0.0))
    return found


@lru_cache(maxsize=16384)
def _likeness(table: str, text: str) -> dict[str, float]:
    known = find_known(TABLES[table], plain(text))
    if known is not None and not known.derived:
        return {known.name: EXACT}
    if len(text) > LONGEST:
        return {}
    without = plain(_NOISE.sub(" ", text.casefold()))
    names = _names(table)
    found = dict(names.get(without, ()))
    if not without or _OTHER_MEANING.search(without):
        return found
    for name, columns in names.items():
        if len(name) > 1 and name in without and 2 * len(name) > len(without):
            _keep_best(found, columns, 0.5 + (_MOST_CONTAINED - 0.5) * len(name) / len(without))
    for name in _misspelt(without, names):
        _keep_best(found, names[name], LEAST)
    return {name: score for name, score in found.items() if score >= LEAST}


def _keep_best(found: dict[str, float], columns: Sequence[tuple[str, float]], score: float) -> None:
    for column, _ in columns:
        found[column] = max(score, found.get(column, 0.0))


def _misspelt(text: str, names: Iterable[str]) -> list[str]:
    """Return the name that a text most likely is a misspelling of."""
    # comparing is slow, and nobody misspells the first letter
    near = [name for name in names if name[0] == text[0] and abs(len(name) - len(text)) <= 2] if len(text) > 4 else []
    return difflib.get_close_matches(text, near, n=1, cutoff=_ALIKE) if near else []


@cache
def _names(table: str) -> dict[str, tuple[tuple[str, float], ...]]:
    """Return what the columns of a table are called, each name with its columns and how well it names them."""
    found: dict[str, dict[str, float]] = {}
    for column in table_columns(table):
        for synonym in split_names(column.synonyms):
            found.setdefault(plain(synonym), {})[column.name] = SYNONYM
        for title in (column.title, column.title_zh, column.name):
            found.setdefault(plain(title), {})[column.name] = EXACT
    return {name: tuple(columns.items()) for name, columns in found.items()}


@lru_cache(maxsize=64)
def _plain_synonyms(synonyms: str) -> tuple[str, ...]:
    return tuple(plain(name) for name in split_names(synonyms))


def sheet_likeness(table: str, name: str) -> float:
    """Return how well a sheet's name fits a table: 1 for its own name, less for what planners call such sheets."""
    declared = TABLES[table]
    wanted = plain(name)
    if wanted in (plain(declared.title), plain(declared.title_zh), plain(declared.name)):
        return 1.0
    synonyms = _plain_synonyms(declared.synonyms)
    if wanted in synonyms:
        return 0.8
    own = (plain(declared.title), plain(declared.title_zh))
    return 0.4 if any(synonym in wanted for synonym in (*own, *synonyms)) else 0.0
