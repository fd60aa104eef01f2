"""Names of sheets and headers: which table and which column a planner means."""

import difflib
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from itertools import islice
from typing import Any, Final

from aluplanner.i18n import tr
from aluplanner.model.calendar import FIRST_YEAR, LAST_YEAR
from aluplanner.model.demand import DEMAND, growth_column
from aluplanner.model.plan import TABLES
from aluplanner.model.schema import Column, Table, Type
from aluplanner.model.units import FOREIGN, MASS, MONTH, PRICE, YEAR, Unit, factor, looks_like_unit, read_unit

_IGNORED = re.compile(r"[\s_\-]+")
_GROWTH = re.compile(r"growth(\d{4})|(\d{4})年?(?:增速|增长率|增长)")
_YEAR = re.compile(r"(\d{4})年?")

_SPANS: Final = {"demand": YEAR, "monthly": MONTH}
"""What the figures of a table's columns of kt are for."""
_LONGEST_TITLE: Final = 80
_LONGEST_UNIT: Final = 30
_MOST_DOUBTS: Final = 200
"""Unknown titles that are compared with the known ones."""
LAST_GROWTH: Final = LAST_YEAR + 51
"""The last year that a plan can have a growth for: one that begins in the last year and is of the greatest length."""

_BRACKETS: Final = str.maketrans("[]{}【】〔〕〈〉", "()()()()()")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)$")
_PARTS = re.compile(r"(?<!\d),|,(?!\d)|[;、]|\band\b")
_UNIT_WORD = re.compile(r"^(?:(?:计量)?单位|units?|in)\s*[:\s]\s*", re.IGNORECASE)
_UNIT_LEAD = re.compile(r"(?:[\s,;:/、\-]|\bin\b)+$", re.IGNORECASE)
_UNIT_SAID = re.compile(r"(?:单位\s*:?|\bunits?\b\s*[:=]?|\bin\b)\s*(.+)$", re.IGNORECASE)

_LEVELS: Final = frozenset({"actual_stock"})
"""Those that are for no span of time."""


@dataclass
class Headers:
    """What the header row of a sheet says.

    Attributes
    ----------
    columns
        What each column of the sheet holds, by its number.
    duplicates
        Columns of the sheet that repeat an earlier one.
    units
        Columns of the sheet whose figures are in another unit than the table's, with that unit as it can stand behind a
        number.
    factors
        By what their figures are multiplied to get the plan's.
    units_above
        Those of them whose unit is not in their own titles: the sheet states it for all figures.
    foreign_units
        Columns of the sheet whose header states a unit that has no fixed value in the table's, with that unit.
    doubtful
        Unknown headers that look like a column the sheet lacks.
    bad_years
        Growth columns of years that no plan covers.
    last
        Number of the last column with a header.
    """

    columns: dict[int, Column] = field(default_factory=dict)
    duplicates: dict[int, Column] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    factors: dict[int, float] = field(default_factory=dict)
    units_above: set[int] = field(default_factory=set)
    foreign_units: dict[int, tuple[Column, str]] = field(default_factory=dict)
    doubtful: dict[int, tuple[str, Column]] = field(default_factory=dict)
    bad_years: dict[int, str] = field(default_factory=dict)
    last: int = 0

    def numbers(self) -> dict[str, int]:
        """Return the sheet's column number of each column, by field name."""
        return {column.name: number for number, column in self.columns.items()}


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """Return a name as it is compared: width, case, blanks, hyphens and underscores do not count."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", name).casefold())


def sheet_table(name: str) -> Table[Any] | None:
    """Return the table that a sheet of this name holds, ``None`` if it is the planner's own."""
    return _sheet_names().get(plain(name))


def parameter_name(table: Table[Any], text: str) -> str | None:
    """Return the declared name of a row of a table of parameters, given by name or title; ``None`` if there is none."""
    wanted = plain(text)
    for name, declared in table.parameters.items():
        if wanted in (plain(name), plain(declared.title), plain(declared.title_zh)):
            return name
    return None


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that ``name`` is most likely a misspelling of, ``None`` if it is like none."""
    by_plain = {plain(candidate): candidate for candidate in known}
    found = difflib.get_close_matches(plain(name), by_plain, n=1, cutoff=0.75)
    return by_plain[found[0]] if found else None


def read_headers(table: Table[Any], titles: Mapping[int, str], stated: Sequence[Unit] = (), last: int = 0) -> Headers:
    """Return which columns of a table the header states.

    Parameters
    ----------
    table
        The table.
    titles
        The titles by column number.
    stated
        Units that the sheet states for all its figures; they hold for columns whose titles state none.
    last
        Number of the last column with a header, where that is none of the titles.
    """
    headers = Headers(last=max(last, *titles, 0))
    unknown: dict[int, str] = {}
    known: set[str] = set()
    for number, title in sorted(titles.items()):
        bare, unit = split_title(table, title)
        column = find_column(table, bare)
        if table is DEMAND and column is None and _GROWTH.fullmatch(bare):
            headers.bad_years[number] = title
        elif column is None:
            unknown[number] = title
        elif column.name in known:
            headers.duplicates[number] = column
        else:
            headers.columns[number] = column
            known.add(column.name)
            _take_unit(headers, number, unit, stated, _span(table, column))
    _doubt(table, headers, unknown, known)
    return headers


def _doubt(table: Table[Any], headers: Headers, unknown: Mapping[int, str], known: Collection[str]) -> None:
    """Take note of the unknown titles that look like a column which the sheet lacks."""
    missing = {column.title: column for column in table.columns if column.name not in known}
    for number, title in islice(unknown.items(), _MOST_DOUBTS):
        bare, _ = split_title(table, title)
        year = _YEAR.fullmatch(bare) if table is DEMAND else None
        if year and (column := _growth_of(int(year[1]))) and column.name not in known:
            headers.doubtful[number] = (title, column)
        elif meant := nearest(bare, missing):
            headers.doubtful[number] = (title, missing[meant])


def _take_unit(headers: Headers, number: int, unit: str, stated: Sequence[Unit], span: str) -> None:
    """Take note of the unit of a column's figures where it is not the table's own."""
    column = headers.columns[number]
    if unit:
        if plain(unit) in (plain(column.unit), plain(tr(column.unit))):
            return
        written = read_unit(unit)
        if written is None:
            if column.is_numeric and looks_like_unit(unit):
                headers.foreign_units[number] = (column, unit)
            return
        fitting = [written] if column.is_numeric or column.type in (Type.MONTH, Type.VALUE) else []
    else:
        own = read_unit(column.unit)
        fitting = [other for other in stated if own and column.type is Type.NUMBER and other.kind == own.kind]
    found = {factor_of(column, other, span): other for other in fitting}
    if None in found or len(found) > 1:
        headers.foreign_units[number] = (column, fitting[-1].text)
    for by, other in found.items():
        if by not in (None, 1) and len(found) == 1:
            headers.units[number], headers.factors[number] = other.text, float(by or 1)
            if not unit:
                headers.units_above.add(number)


def factor_of(column: Column, written: Unit, span: str = "") -> Decimal | None:
    """Return by what figures in a unit are multiplied to be those of a column; ``None`` if there is no such number.

    Parameters
    ----------
    column
        The column.
    written
        The unit of the figures.
    span
        What figures of kt are for, ``"year"`` or ``"month"``, where the unit of the column does not say.
    """
    own = read_unit(column.unit)
    if column.type is Type.NUMBER and own is not None:
        return factor(own, written, span)
    # dates, shares and columns without a unit take no other one, but theirs may be written in several ways
    is_same = written.size == 1 and written.kind != FOREIGN and (own is None or own.kind == written.kind)
    return Decimal(1) if is_same else None


def _span(table: Table[Any], column: Column) -> str:
    return "" if column.name in _LEVELS else _SPANS.get(table.name, "")


@lru_cache(maxsize=2048)
def _split(title: str) -> tuple[str, tuple[str, ...]]:
    """Return a title without what stands in brackets behind it, and the parts of that."""
    text = unicodedata.normalize("NFKC", title).translate(_BRACKETS).strip()
    inside: list[str] = []
    while found := _IN_BRACKETS.search(text):
        inside[:0] = [part.strip() for part in _PARTS.split(found[1])]
        text = text[: found.start()].strip()
    return text, tuple(part for part in inside if part)


def split_title(table: Table[Any], title: str) -> tuple[str, str]:
    """Return the title of a column as it is compared, and the unit that stands in brackets or bare behind it."""
    return _split_title(table.name, title)


@lru_cache(maxsize=4096)
def _split_title(table: str, title: str) -> tuple[str, str]:
    text, inside = _split(title)
    bare = plain(text)
    said = [_UNIT_WORD.sub("", part) for part in inside]
    unit = next((part for part in said if read_unit(part)), None)
    if unit is None:
        unit = next((part for part in said if looks_like_unit(part)), "")
    if not unit and len(text) <= _LONGEST_TITLE and _find_column(table, bare) is None and _begins_like(table, bare):
        for end in range(len(text) - 1, max(0, len(text) - _LONGEST_UNIT), -1):
            if read_unit(text[end:]) and _find_column(table, head := plain(_UNIT_LEAD.sub("", text[:end]))) is not None:
                return head, text[end:].strip()
    return bare, unit


def _begins_like(table: str, bare: str) -> bool:
    """Return whether a text begins with the title of a column."""
    if table == DEMAND.name and (bare[:4].isdecimal() or bare.startswith("growth")):
        return True
    return any(map(bare.startswith, _column_names(table)))


def stated_units(text: str, *, is_said: bool = False) -> tuple[Unit, ...]:
    """Return the units that a line above a table states for it: ``单位:万吨``, ``Capacities (Mt)``, ``in kt/y``.

    Parameters
    ----------
    text
        The line.
    is_said
        Whether a unit must be called one: brackets alone do not do.
    """
    bare, inside = _split(text)
    found = _UNIT_SAID.search(bare)
    parts = [part for part in inside if not is_said or _UNIT_WORD.match(part)]
    parts += _PARTS.split(found[1]) if found else ()
    units = (read_unit(_UNIT_WORD.sub("", part).strip()) for part in parts)
    return tuple(unit for unit in units if unit is not None and unit.kind in (MASS, PRICE))


def find_column(table: Table[Any], bare: str) -> Column | None:
    """Return the column that a title without its unit names, as :func:`plain` gives it; ``None`` if there is none."""
    return _find_column(table.name, bare)


def _find_column(table: str, bare: str) -> Column | None:
    if table == DEMAND.name and (growth := _GROWTH.fullmatch(bare)):
        return _growth_of(int(growth[1] or growth[2]))
    return _column_names(table).get(bare)


def _growth_of(year: int) -> Column | None:
    return growth_column(year) if FIRST_YEAR <= year <= LAST_GROWTH else None


@cache
def _sheet_names() -> dict[str, Table[Any]]:
    tables = TABLES.values()
    return {plain(name): table for table in tables for name in (table.title_zh, table.title, table.name)}


@cache
def _column_names(table: str) -> dict[str, Column]:
    columns = TABLES[table].columns
    return {plain(name): column for column in columns for name in (column.title_zh, column.name, column.title)}
