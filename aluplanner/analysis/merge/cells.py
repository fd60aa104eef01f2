"""The cells of one row of a merged table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias, cast

from aluplanner.analysis.merge.parts import EMPTY, Content
from aluplanner.analysis.row_matching import cell_names
from aluplanner.model.demand import Sector, growth_year
from aluplanner.model.rows import Rows, Unread, read_cell
from aluplanner.model.schema import Table, fold

NO_TEXTS: Final[Mapping[str, Unread]] = {}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of one copy, or of the merged table: its record, and the texts that cells of it cannot hold."""

    record: Any
    texts: Mapping[str, Unread]

    def content(self, name: str) -> Content:
        """Return what a cell holds."""
        return Content(read_cell(self.record, name), self.texts.get(name))


class Copy:
    """A copy of a table, looked at row by row."""

    def __init__(self, rows: Rows[Any]) -> None:
        self.rows = rows
        self._texts: dict[int, dict[str, Unread]] = {}
        for (place, name), text in rows.unread.items():
            self._texts.setdefault(place, {})[name] = text

    def row(self, place: int) -> Row:
        """Return the row at a place."""
        return Row(self.rows[place], self._texts.get(place, NO_TEXTS))


Settle: TypeAlias = Callable[[str, Content, Content, Content], Content]
"""Returns what a cell holds that the copies fill differently: field name, contents in base, mine and yours."""


def merged_row(table: Table[Any], base: Row | None, mine: Row, yours: Row, settle: Settle, *, is_two_way: bool) -> Row:
    """Return a row that both copies have, cell by cell.

    Parameters
    ----------
    table
        The table.
    base
        The ancestor's row; ``None`` where it has none.
    mine, yours
        The rows of the two copies.
    settle
        Decides about a cell that they fill differently.
    is_two_way
        Whether there is no ancestor at all. Else a row that both added was blank before they filled it.
    """
    if mine in (yours, base):
        return yours
    if yours == base:
        return mine
    names = list(cell_names(table, *(row.record for row in (base, mine, yours) if row is not None)))
    contents: dict[str, Content] = {}
    for name in names:
        own, other = mine.content(name), yours.content(name)
        old = EMPTY if base is None else base.content(name)
        if own == other or (other == old and not is_two_way):
            contents[name] = own
        elif own == old and not is_two_way:
            contents[name] = other
        elif base is None and name in table.key and fold(str(own.shown)) == fold(str(other.shown)):
            # a name that each wrote in its own way is no question worth asking
            contents[name] = min(own, other, key=lambda content: str(content.shown))
        else:
            contents[name] = settle(name, old, own, other)
    return _with_contents(base, mine, yours, contents)


def _with_contents(base: Row | None, mine: Row, yours: Row, contents: Mapping[str, Content]) -> Row:
    texts = {name: content.text for name, content in contents.items() if content.text is not None}
    plain = {name: content.value for name, content in contents.items() if growth_year(name) is None}
    if isinstance(mine.record, Sector):
        stated = _stated_years(base, mine, yours)
        rates = {year: contents[name].value for name in contents if (year := growth_year(name)) is not None}
        plain["growth"] = cast(
            Any, tuple((year, rate) for year, rate in sorted(rates.items()) if rate is not None or year in stated)
        )
    return Row(replace(mine.record, **plain), texts)


def _stated_years(base: Row | None, mine: Row, yours: Row) -> set[int]:
    """Return the years that a sector states, blank or not; the copy that differs from the ancestor decides."""
    before = None if base is None else _years(base)
    own, other = _years(mine), _years(yours)
    return own | other if before is None else (own & other) | ((own ^ other) - before)


def _years(row: Row) -> set[int]:
    return {year for year, _ in cast(Sector, row.record).growth}
