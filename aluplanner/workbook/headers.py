"""Names of sheets and headers: which table and which column a planner means."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

from aluplanner.model.calendar import FIRST_YEAR, LAST_YEAR
from aluplanner.model.demand import DEMAND, growth_column
from aluplanner.model.plan import TABLES
from aluplanner.model.schema import Column, Table

_UNIT = re.compile(r"\(([^()]*)\)$")
_IGNORED = re.compile(r"[\s_\-]+")
_GROWTH = re.compile(r"growth(\d{4})|(\d{4})年?(?:增速|增长率|增长)")

# units that a header may state and that are not the unit of any column of that title: reading on would be wrong
# by a factor, so the planner is asked
_OTHER_UNITS: Final = frozenset(
    {
        *("t", "t/y", "t/a", "tpy", "mt", "mt/y", "mt/a", "mtpy", "10kt", "10kt/y"),
        *("吨", "吨/年", "万吨", "万吨/年", "百万吨", "百万吨/年"),
        *("usd/t", "$/t", "美元/吨", "万元/吨", "year", "years", "day", "days", "年", "天"),
    }
)


@dataclass
class Headers:
    """What the header row of a sheet says.

    Attributes
    ----------
    columns
        What each column of the sheet holds, by its number.
    duplicates
        Columns of the sheet that repeat an earlier one.
    foreign_units
        Columns of the sheet whose header states another unit than the table's, with that unit.
    doubtful
        Unknown headers that look like a column the sheet lacks.
    bad_years
        Growth columns of years that no plan covers.
    last
        Number of the last column with a header.
    """

    columns: dict[int, Column] = field(default_factory=dict)
    duplicates: dict[int, Column] = field(default_factory=dict)
    foreign_units: dict[int, tuple[Column, str]] = field(default_factory=dict)
    doubtful: dict[int, tuple[str, Column]] = field(default_factory=dict)
    bad_years: dict[int, str] = field(default_factory=dict)
    last: int = 0

    def numbers(self) -> dict[str, int]:
        """Return the sheet's column number of each column, by field name."""
        return {column.name: number for number, column in self.columns.items()}


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


def read_headers(table: Table[Any], titles: Mapping[int, str]) -> Headers:
    """Return which columns of ``table`` the header row states; ``titles`` by column number."""
    headers = Headers(last=max(titles, default=0))
    unknown: dict[int, str] = {}
    for number, title in sorted(titles.items()):
        bare, unit = _split_unit(title)
        column = _find_column(table, bare)
        if table is DEMAND and column is None and _GROWTH.fullmatch(bare):
            headers.bad_years[number] = title
        elif column is None:
            unknown[number] = title
        elif column.name in headers.numbers():
            headers.duplicates[number] = column
        else:
            headers.columns[number] = column
            if unit in _OTHER_UNITS and unit != plain(column.unit):
                headers.foreign_units[number] = (column, unit)
    missing = {column.title: column for column in table.columns if column.name not in headers.numbers()}
    for number, title in unknown.items():
        if meant := nearest(_split_unit(title)[0], missing):
            headers.doubtful[number] = (title, missing[meant])
    return headers


def _split_unit(title: str) -> tuple[str, str]:
    """Return a title without the unit in parentheses behind it, both plain."""
    wanted = plain(title)
    found = _UNIT.search(wanted)
    return (wanted[: found.start()], found[1]) if found else (wanted, "")


def _find_column(table: Table[Any], bare: str) -> Column | None:
    if table is DEMAND and (growth := _GROWTH.fullmatch(bare)):
        year = int(growth[1] or growth[2])
        return growth_column(year) if FIRST_YEAR <= year <= LAST_YEAR else None
    return _column_names(table.name).get(bare)


@cache
def _sheet_names() -> dict[str, Table[Any]]:
    tables = TABLES.values()
    return {plain(name): table for table in tables for name in (table.title_zh, table.title, table.name)}


@cache
def _column_names(table: str) -> dict[str, Column]:
    columns = TABLES[table].columns
    return {plain(name): column for column in columns for name in (column.title_zh, column.name, column.title)}
