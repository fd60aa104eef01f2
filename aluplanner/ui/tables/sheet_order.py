"""The order in which a table shows its rows: sorted and filtered as it was last asked for, the plan untouched."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractProxyModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
    SignalInstance,
)
from PySide6.QtGui import QBrush, QColor

from aluplanner.ui.tables import roles
from aluplanner.ui.tables.arrangement import Arrangement, arranged
from aluplanner.ui.tables.arrangement_words import of_column
from aluplanner.ui.tables.model import PlanTableModel
from aluplanner.ui.theme import current_theme

AnyIndex: TypeAlias = QModelIndex | QPersistentModelIndex

MOST_RUNS = 20
"""More stretches of rows than this go in one change of the layout, which is cheaper than telling each."""

_NO_INDEX = QModelIndex()
_WITH_HINT = ("QList<QPersistentModelIndex>", "QAbstractItemModel::LayoutChangeHint")


class SheetOrder(QAbstractProxyModel):
    """The rows of a table as the planner wants to see them.

    As in a spreadsheet an order stands until it is applied again: an edit neither moves nor hides its row, and rows
    that came since are shown.

    Parameters
    ----------
    model
        The table in its stored order.

    Attributes
    ----------
    order_changed : Signal()
        The arrangement, the number of hidden rows or whether the order is outdated is another one.
    """

    order_changed = Signal()

    def __init__(self, model: PlanTableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.plan_model = model
        self.arrangement = Arrangement()
        self.is_outdated = False
        self._rows = list(range(model.rowCount()))
        self._places: dict[int, int] | None = None
        self._coming = 0
        self._moving: list[QPersistentModelIndex] = []
        self.setSourceModel(model)
        self._follow(model)

    def _follow(self, model: PlanTableModel) -> None:
        model.rowsAboutToBeInserted.connect(self._on_rows_about_to_be_inserted)
        model.rowsInserted.connect(self._on_rows_inserted)
        model.rowsAboutToBeRemoved.connect(self._on_rows_about_to_be_removed)
        model.rowsRemoved.connect(self._on_rows_removed)
        for begun in (model.rowsAboutToBeMoved, model.layoutAboutToBeChanged):
            begun.connect(self._on_moving)
        for done in (model.rowsMoved, model.layoutChanged):
            done.connect(self._on_moved)
        model.columnsAboutToBeInserted.connect(self._on_columns_about_to_be_inserted)
        model.columnsInserted.connect(self._on_columns_inserted)
        model.columnsAboutToBeRemoved.connect(self._on_columns_about_to_be_removed)
        model.columnsRemoved.connect(self._on_columns_removed)
        model.modelAboutToBeReset.connect(self._on_about_to_be_reset)
        model.modelReset.connect(self._on_reset)
        model.dataChanged.connect(self._on_data_changed)
        model.headerDataChanged.connect(self.headerDataChanged)

    # Which row is which

    @property
    def source_rows(self) -> Sequence[int]:
        """The stored rows shown, from top to bottom."""
        return self._rows

    @property
    def hidden_rows(self) -> int:
        """How many rows the filters hide."""
        return self.plan_model.rowCount() - len(self._rows)

    def source_row(self, row: int) -> int:
        """Return the stored row shown in a row."""
        return self._rows[row]

    def row_of(self, source_row: int) -> int | None:
        """Return the row that shows a stored row, ``None`` if it is hidden."""
        if self.arrangement.is_plain:
            return source_row if 0 <= source_row < len(self._rows) else None
        return self._known_places().get(source_row)

    def cell(self, source_row: int, column: int) -> QModelIndex:
        """Return the index of a stored cell; invalid where its row is hidden."""
        row = self.row_of(source_row)
        return _NO_INDEX if row is None else self.index(row, column)

    def _known_places(self) -> dict[int, int]:
        if self._places is None:
            self._places = {source: row for row, source in enumerate(self._rows)}
        return self._places

    def _take(self, rows: list[int]) -> None:
        self._rows = rows
        self._places = None

    # Asking for another order

    def arrange(self, arrangement: Arrangement) -> None:
        """Sort and filter anew."""
        self.arrangement = arrangement
        self.apply_again()

    def apply_again(self) -> None:
        """Sort and filter by what the cells hold now."""
        self.is_outdated = False
        rows = arranged(self.plan_model, self.arrangement)
        if rows != self._rows:
            self._lay_out(rows)
        self.order_changed.emit()

    def show_row(self, source_row: int) -> None:
        """Show a row that a filter hides, until the filter is applied again."""
        if self.row_of(source_row) is None and 0 <= source_row < self.plan_model.rowCount():
            place = self._place_for(source_row)
            self.beginInsertRows(_NO_INDEX, place, place)
            self._take([*self._rows[:place], source_row, *self._rows[place:]])
            self.endInsertRows()
            self._note_outdated()

    def _note_outdated(self) -> None:
        if not self.arrangement.is_plain:
            self.is_outdated = True
            self.order_changed.emit()

    def _place_for(self, source_row: int) -> int:
        """Return where a row that was not shown is put: below its neighbour above, at the end if it is the last."""
        if not self.arrangement.sorts:
            return bisect_left(self._rows, source_row)
        if source_row >= self.plan_model.rowCount():
            return len(self._rows)
        places = self._known_places()
        return next((places[row] + 1 for row in range(source_row - 1, -1, -1) if row in places), 0)

    def _lay_out(self, rows: list[int]) -> None:
        _emit_for_rows(self.layoutAboutToBeChanged)
        before = self._rows
        self._take(rows)
        self._carry({row: self.row_of(source) for row, source in enumerate(before)})
        _emit_for_rows(self.layoutChanged)

    def _carry(self, places: dict[int, int | None]) -> None:
        """Let selections and the current cell follow their rows; those of hidden rows end."""
        known = self.persistentIndexList()
        moved = []
        for index in known:
            place = places.get(index.row())
            moved.append(_NO_INDEX if place is None else self.createIndex(place, index.column()))
        self.changePersistentIndexList(known, moved)

    # What Qt asks

    def mapToSource(self, index: AnyIndex) -> QModelIndex:
        if not index.isValid():
            return QModelIndex()
        return self.plan_model.index(self._rows[index.row()], index.column())

    def mapFromSource(self, index: AnyIndex) -> QModelIndex:
        return self.cell(index.row(), index.column()) if index.isValid() else QModelIndex()

    def index(self, row: int, column: int, parent: AnyIndex = _NO_INDEX) -> QModelIndex:
        if parent.isValid() or not (0 <= row < len(self._rows) and 0 <= column < self.columnCount()):
            return QModelIndex()
        return self.createIndex(row, column)

    def parent(self, _child: AnyIndex | None = None) -> Any:
        return QModelIndex() if _child is not None else super().parent()

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.plan_model.columns)

    def data(self, index: AnyIndex, role: int = roles.DISPLAY) -> Any:
        return self.plan_model.data(self.mapToSource(index), role)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        return self.plan_model.flags(self.mapToSource(index))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = roles.DISPLAY) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            return self._column_header(section, role)
        if role == roles.FOREGROUND:
            return QBrush(QColor(current_theme().accent)) if self.arrangement.is_filtered else None
        if 0 <= section < len(self._rows):
            return self.plan_model.headerData(self._rows[section], orientation, role)
        return None

    def _column_header(self, section: int, role: int) -> Any:
        """Return what a column's header says; how it is sorted and filtered comes before what it means."""
        known = self.plan_model.headerData(section, Qt.Orientation.Horizontal, role)
        if role not in (roles.TOOL_TIP, roles.DESCRIPTION) or not 0 <= section < self.columnCount():
            return known
        asked = of_column(self.arrangement, self.plan_model.columns[section])
        return "\n".join(part for part in (asked, known) if part)

    # Following the table

    def _on_rows_about_to_be_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        self._coming = self._place_for(first)
        self.beginInsertRows(_NO_INDEX, self._coming, self._coming + last - first)

    def _on_rows_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        count, place = last - first + 1, self._coming
        known = [row + count if row >= first else row for row in self._rows]
        self._take([*known[:place], *range(first, last + 1), *known[place:]])
        self.endInsertRows()
        self._note_outdated()

    def _on_rows_about_to_be_removed(self, _parent: QModelIndex, first: int, last: int) -> None:
        places = (self.row_of(row) for row in range(first, last + 1))
        runs = _runs(sorted(place for place in places if place is not None))
        if len(runs) > MOST_RUNS:
            self._lay_out([row for row in self._rows if not first <= row <= last])
            return
        for begin, end in reversed(runs):
            self.beginRemoveRows(_NO_INDEX, begin, end)
            self._take([*self._rows[:begin], *self._rows[end + 1 :]])
            self.endRemoveRows()

    def _on_rows_removed(self, _parent: QModelIndex, first: int, last: int) -> None:
        count = last - first + 1
        self._take([row - count if row > last else row for row in self._rows])
        if not self.arrangement.is_plain:
            self.order_changed.emit()

    def _on_moving(self) -> None:
        _emit_for_rows(self.layoutAboutToBeChanged)
        self._moving = [QPersistentModelIndex(self.plan_model.index(row, 0)) for row in self._rows]

    def _on_moved(self) -> None:
        """Show rows that were moved in the plan at their stored places, or, sorted, where they were."""
        numbers = [index.row() for index in self._moving]
        self._moving = []
        self._take(numbers if self.arrangement.sorts else sorted(numbers))
        places = self._known_places()
        self._carry({row: places[source] for row, source in enumerate(numbers)})
        _emit_for_rows(self.layoutChanged)

    def _on_columns_about_to_be_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        self.beginInsertColumns(_NO_INDEX, first, last)

    def _on_columns_inserted(self) -> None:
        self.endInsertColumns()

    def _on_columns_about_to_be_removed(self, _parent: QModelIndex, first: int, last: int) -> None:
        self.beginRemoveColumns(_NO_INDEX, first, last)

    def _on_columns_removed(self) -> None:
        self.endRemoveColumns()
        left = self.arrangement.within(frozenset(column.name for column in self.plan_model.columns))
        if left != self.arrangement:
            self.arrange(left)

    def _on_about_to_be_reset(self) -> None:
        self.beginResetModel()

    def _on_reset(self) -> None:
        self.arrangement = Arrangement()
        self.is_outdated = False
        self._take(list(range(self.plan_model.rowCount())))
        self.endResetModel()
        self.order_changed.emit()

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex, which: list[int]) -> None:
        top, bottom = first.row(), last.row()
        if not self.arrangement.is_plain:
            if not which or self.arrangement.only:  # marks alone move nothing
                self._look_whether_outdated(first.column(), last.column())
            places = self._places_between(top, bottom)
            if not places:
                return
            top, bottom = min(places), max(places)
        self.dataChanged.emit(self.createIndex(top, first.column()), self.createIndex(bottom, last.column()), which)

    def _places_between(self, top: int, bottom: int) -> Sequence[int]:
        """Return the rows that show some stored rows."""
        if bottom - top + 1 >= len(self._rows):
            return range(len(self._rows))
        known = self._known_places()
        return [known[row] for row in range(top, bottom + 1) if row in known]

    def _look_whether_outdated(self, left: int, right: int) -> None:
        """Say so when a column by which the table is sorted or filtered changes."""
        arrangement = self.arrangement
        used = {key.column for key in arrangement.sorts} | set(arrangement.filters)
        changed = {column.name for column in self.plan_model.columns[left : right + 1]}
        if not self.is_outdated and (arrangement.only or used & changed):
            self._note_outdated()


def _emit_for_rows(signal: SignalInstance) -> None:
    """Tell of a new layout in which the columns stay, so that their widths, places and hiding do too."""
    cast(Any, signal)[_WITH_HINT].emit([], QAbstractItemModel.LayoutChangeHint.VerticalSortHint)


def _runs(places: Iterable[int]) -> list[tuple[int, int]]:
    """Return the stretches that ascending places make."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs
