"""The distinct values of a column with ticks: the list of a filter."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from aluplanner.i18n import tr
from aluplanner.ui.tables import roles
from aluplanner.ui.tables.arrangement import Arrangement, SortKey, arranged, shown
from aluplanner.ui.tables.model import PlanTableModel

AnyIndex = QModelIndex | QPersistentModelIndex

TICK: Final = int(Qt.ItemDataRole.CheckStateRole)
COUNT: Final = int(Qt.ItemDataRole.UserRole) + 20
NAME: Final = int(Qt.ItemDataRole.AccessibleTextRole)
_NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class Distinct:
    """A text that cells show, empty for blanks, and in how many rows."""

    text: str
    count: int

    @property
    def label(self) -> str:
        """What a list calls it."""
        return self.text or tr("(blank)")


def distinct_values(model: PlanTableModel, arrangement: Arrangement, column: str) -> list[Distinct]:
    """Return the values that a column has in the rows which the filters of the other columns show, in order."""
    place = model.column_of(column)
    if place is None:
        return []
    others = Arrangement((SortKey(column),), arrangement.with_filter(column, None).filters, arrangement.only)
    counts = Counter(shown(model, row, place).text for row in arranged(model, others))
    return [Distinct(text, count) for text, count in counts.items()]


class DistinctModel(QAbstractListModel):
    """Values with a tick each, of which a search shows some.

    Attributes
    ----------
    ticks_changed : Signal()
        Others are ticked, or others are found.
    """

    ticks_changed = Signal()

    def __init__(self, values: Iterable[Distinct], ticked: Iterable[str] | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._values = list(values)
        self._found = list(self._values)
        self._ticked = {value.text for value in self._values} if ticked is None else set(ticked)

    @property
    def found(self) -> list[Distinct]:
        """The values that the search shows."""
        return self._found

    @property
    def values(self) -> list[Distinct]:
        """All values."""
        return self._values

    def chosen(self) -> frozenset[str]:
        """Return the texts that are ticked among those found."""
        return frozenset(value.text for value in self._found if value.text in self._ticked)

    def search(self, text: str) -> None:
        """Show the values that contain a text; case does not count."""
        self.beginResetModel()
        wanted = text.casefold()
        self._found = [value for value in self._values if wanted in value.label.casefold()]
        self.endResetModel()
        self.ticks_changed.emit()

    def toggle(self, row: int) -> None:
        """Take a tick away or set it."""
        self._ticked ^= {self._found[row].text}
        self._tell(row, row)

    def tick_found(self, is_ticked: bool) -> None:
        """Tick everything that was found, or nothing of it."""
        found = {value.text for value in self._found}
        self._ticked = self._ticked | found if is_ticked else self._ticked - found
        if self._found:
            self._tell(0, len(self._found) - 1)

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first), self.index(last), [TICK, NAME])
        self.ticks_changed.emit()

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._found)

    def data(self, index: AnyIndex, role: int = roles.DISPLAY) -> Any:
        if not index.isValid():
            return None
        value = self._found[index.row()]
        if role == roles.DISPLAY:
            return value.label
        if role == TICK:
            return Qt.CheckState.Checked if value.text in self._ticked else Qt.CheckState.Unchecked
        if role == NAME:
            return tr("{value}, {count} rows", value=value.label, count=value.count)
        return value.count if role == COUNT else None
