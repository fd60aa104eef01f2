"""How a table is sorted and filtered: a value, and the rows that follow from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeAlias

from PySide6.QtCore import QCollator, QLocale, Qt

from aluplanner.model.calendar import Month
from aluplanner.ui.tables.filters import Filter, Shown
from aluplanner.ui.tables.model import PlanTableModel

NUMBERS, MONTHS, WORDS, UNREAD, BLANKS = range(5)
"""What comes first in a column that holds several kinds; the same for both directions."""

Rank: TypeAlias = tuple[int, Any]


class Only(StrEnum):
    """What is asked of a whole row."""

    ISSUES = "issues"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True, slots=True)
class SortKey:
    """One column to sort by, given by its field name."""

    column: str
    is_descending: bool = False


@dataclass(frozen=True)
class Arrangement:
    """What a table was asked to show, and in which order.

    Attributes
    ----------
    sorts
        The columns to sort by, the most important first.
    filters
        What is asked of single columns, by field name.
    only
        What is asked of rows.
    """

    sorts: tuple[SortKey, ...] = ()
    filters: Mapping[str, Filter] = field(default_factory=dict)
    only: frozenset[Only] = frozenset()

    @property
    def is_plain(self) -> bool:
        """Whether every row is shown in its stored place."""
        return not self.sorts and not self.is_filtered

    @property
    def is_filtered(self) -> bool:
        """Whether rows may be hidden."""
        return bool(self.filters or self.only)

    def sort_of(self, column: str) -> SortKey | None:
        """Return how a column is sorted, ``None`` if it is not."""
        return next((key for key in self.sorts if key.column == column), None)

    def sorted_by(self, key: SortKey) -> "Arrangement":
        """Return the arrangement sorted by one column only."""
        return replace(self, sorts=(key,))

    def also_sorted_by(self, key: SortKey) -> "Arrangement":
        """Return the arrangement with one more column to sort by; one that is there already keeps its rank."""
        if self.sort_of(key.column) is None:
            return replace(self, sorts=(*self.sorts, key))
        return replace(self, sorts=tuple(key if old.column == key.column else old for old in self.sorts))

    def unsorted(self) -> "Arrangement":
        """Return the arrangement with the rows in their stored order."""
        return replace(self, sorts=())

    def with_filter(self, column: str, wanted: Filter | None) -> "Arrangement":
        """Return the arrangement with another filter on a column, ``None`` for none."""
        others = {name: kept for name, kept in self.filters.items() if name != column}
        return replace(self, filters=others if wanted is None else {**others, column: wanted})

    def without_filters(self) -> "Arrangement":
        """Return the arrangement that hides nothing."""
        return replace(self, filters={}, only=frozenset())

    def with_only(self, wanted: Only, is_on: bool) -> "Arrangement":
        """Return the arrangement that asks something of rows, or does not ask it any more."""
        return replace(self, only=self.only | {wanted} if is_on else self.only - {wanted})

    def within(self, columns: frozenset[str]) -> "Arrangement":
        """Return what is left of the arrangement where there are only some columns."""
        return replace(
            self,
            sorts=tuple(key for key in self.sorts if key.column in columns),
            filters={name: kept for name, kept in self.filters.items() if name in columns},
        )


def arranged(model: PlanTableModel, arrangement: Arrangement) -> list[int]:
    """Return the stored rows that an arrangement shows, from top to bottom.

    Sorting is stable: rows that compare equal stay in their stored order.
    """
    rows = list(range(model.rowCount()))
    for wanted in arrangement.only:
        rows = [row for row in rows if _ROW_TESTS[wanted](model, row)]
    for name, kept in arrangement.filters.items():
        column = model.column_of(name)
        if column is not None:
            rows = [row for row in rows if kept.lets(shown(model, row, column))]
    for key in reversed(arrangement.sorts):
        column = model.column_of(key.column)
        if column is not None:
            rows = _sorted(model, rows, column, key.is_descending)
    return rows


def shown(model: PlanTableModel, row: int, column: int) -> Shown:
    """Return what filters see of a cell."""
    face = model.face(row, column)
    if model.is_unread(row, column):
        return Shown(face.text)
    return Shown("" if face.is_default else face.text, model.value(row, column))


def _has_issue(model: PlanTableModel, row: int) -> bool:
    return any(model.issues_at(row, column) for column in range(model.columnCount()))


def _is_overridden(model: PlanTableModel, row: int) -> bool:
    return any(model.layered(row, column) is not None for column in range(model.columnCount()))


_ROW_TESTS: Mapping[Only, Callable[[PlanTableModel, int], bool]] = {
    Only.ISSUES: _has_issue,
    Only.OVERRIDDEN: _is_overridden,
}


def _sorted(model: PlanTableModel, rows: list[int], column: int, is_descending: bool) -> list[int]:
    """Return rows sorted by a column: kinds in one order either way, so that blanks are always last."""
    ranks = {row: _rank(model, row, column) for row in rows}
    kinds: dict[int, list[int]] = {}
    for row in rows:
        kinds.setdefault(ranks[row][0], []).append(row)
    ordered = []
    for kind in sorted(kinds):
        ordered += sorted(kinds[kind], key=lambda row: ranks[row][1], reverse=is_descending)
    return ordered


def _rank(model: PlanTableModel, row: int, column: int) -> Rank:
    """Return what a cell is sorted by: numbers and months by value, words as they are shown."""
    if model.is_unread(row, column):
        return UNREAD, _words(model.face(row, column).text)
    value = model.value(row, column)
    if value is None or value == "":
        return BLANKS, 0
    if isinstance(value, Month):
        return MONTHS, value.ordinal
    if isinstance(value, str):
        return WORDS, _words(model.face(row, column).text)
    return NUMBERS, float(value)


@lru_cache(maxsize=1)
def _collator() -> QCollator:
    """Return what compares words as people do: case ignored, figures by value, Chinese by sound."""
    collator = QCollator(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    collator.setNumericMode(True)
    collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    return collator


def _words(text: str) -> Any:
    return _collator().sortKey(text)
