"""Differences between two copies of a plan, table by table, as a tree to look through."""

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from aluplanner.analysis.difference_words import cell_heading, difference_texts, kind_word
from aluplanner.analysis.differences import Difference, Kind
from aluplanner.i18n import tr
from aluplanner.model.plan import TABLES, Plan
from aluplanner.ui.tables import roles
from aluplanner.ui.theme import current_theme

AnyIndex = QModelIndex | QPersistentModelIndex
ROW, COLUMN, OLD, NEW = range(4)
FONT: Final = int(Qt.ItemDataRole.FontRole)
ROW_HEIGHT: Final = 24
_NO_INDEX = QModelIndex()
_TABLE: Final = 0
"""What the indexes of tables carry; those of differences carry the number of their table from 1."""
_COLOURS: Final = {Kind.ADDED: "surplus", Kind.REMOVED: "error", Kind.MOVED: "accent", Kind.CHANGED: "accent"}
_SIGNS: Final = {Kind.ADDED: "+", Kind.REMOVED: "−", Kind.MOVED: "↕", Kind.CHANGED: "≠"}


def counts_text(found: Sequence[Difference]) -> str:
    """Return how many differences there are of each kind, in words."""
    counts = {kind: sum(one.kind is kind for one in found) for kind in Kind}
    return ", ".join(f"{count} {kind_word(kind)}" for kind, count in counts.items() if count)


class DifferenceModel(QAbstractItemModel):
    """Tables with the differences below them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before = self._after = Plan()
        self._titles = ("", "")
        self._tables: list[tuple[str, list[Difference]]] = []

    def show_differences(self, before: Plan, after: Plan, found: Sequence[Difference], titles: tuple[str, str]) -> None:
        """Show how two plans differ.

        Parameters
        ----------
        before, after
            The plans.
        found
            The differences.
        titles
            What the contents in either plan are called.
        """
        self.beginResetModel()
        self._before, self._after, self._titles = before, after, titles
        by_table: dict[str, list[Difference]] = {}
        for one in found:
            by_table.setdefault(one.table, []).append(one)
        self._tables = list(by_table.items())
        self.endResetModel()

    def difference(self, index: AnyIndex) -> Difference | None:
        """Return the difference at an index, ``None`` for a table."""
        if not index.isValid() or index.internalId() == _TABLE:
            return None
        return self._tables[index.internalId() - 1][1][index.row()]

    # What Qt asks

    def index(self, row: int, column: int, parent: AnyIndex = _NO_INDEX) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _TABLE)

    # the overload without an index belongs to QObject
    def parent(self, index: AnyIndex = _NO_INDEX) -> Any:
        if not index.isValid() or index.internalId() == _TABLE:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _TABLE)

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        if not parent.isValid():
            return len(self._tables)
        if parent.column() or parent.internalId() != _TABLE:
            return 0
        return len(self._tables[parent.row()][1])

    def columnCount(self, _parent: AnyIndex = _NO_INDEX) -> int:
        return 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = roles.DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != roles.DISPLAY or not 0 <= section < self.columnCount():
            return None
        return (tr("Row"), tr("Column"), *self._titles)[section]

    def data(self, index: AnyIndex, role: int = roles.DISPLAY) -> Any:
        if not index.isValid():
            return None
        found = self.difference(index)
        if found is None:
            return self._table_data(index, role)
        if role in (roles.DISPLAY, roles.TOOL_TIP):
            return self._text(found, index.column())
        if role == roles.FOREGROUND and index.column() == COLUMN and found.kind is not Kind.CHANGED:
            return QColor(getattr(current_theme(), _COLOURS[found.kind]))
        return None

    def _table_data(self, index: AnyIndex, role: int) -> Any:
        table, found = self._tables[index.row()]
        if role == roles.DISPLAY and index.column() == ROW:
            return TABLES[table].heading
        if role == roles.DISPLAY and index.column() == COLUMN:
            return counts_text(found)
        if role == FONT and index.column() == ROW:
            font = QFont()
            font.setBold(True)
            return font
        return QColor(current_theme().muted) if role == roles.FOREGROUND and index.column() == COLUMN else None

    def _text(self, found: Difference, column: int) -> str:
        if column == ROW:
            return found.row
        if column == COLUMN:
            if found.column:
                return cell_heading(self._after, found.table, found.column)
            return f"{_SIGNS[found.kind]} {tr('row')} {kind_word(found.kind)}"
        text = difference_texts(self._before, self._after, found)[column - OLD]
        return text or (tr("blank") if found.kind is Kind.CHANGED else "")


class _RowDelegate(QStyledItemDelegate):
    """Gives the rows the height that they have in every table."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(super().sizeHint(option, index).width(), ROW_HEIGHT)


class DifferenceTree(QTreeView):
    """The differences, to be unfolded table by table; Enter or a double click asks for the cell.

    Attributes
    ----------
    jump_requested : Signal(str, str, str)
        Show a cell: table, row and column.
    """

    jump_requested = Signal(str, str, str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.differences = DifferenceModel(self)
        self.setModel(self.differences)
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setAllColumnsShowFocus(True)
        self.setItemDelegate(_RowDelegate(self))
        header = self.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        character = self.fontMetrics().averageCharWidth()
        for column, characters in {ROW: 34, COLUMN: 26, OLD: 26}.items():
            self.setColumnWidth(column, character * characters)
        self.activated.connect(self._on_activated)

    def show_differences(
        self, before: Plan, after: Plan, found: Sequence[Difference], titles: tuple[str, str], most: int = 30
    ) -> None:
        """Show how two plans differ; few differences are unfolded at once.

        Parameters
        ----------
        before, after, found, titles
            As :meth:`DifferenceModel.show_differences` takes them.
        most
            So many are few.
        """
        self.differences.show_differences(before, after, found, titles)
        if len(found) <= most:
            self.expandAll()

    def _on_activated(self, index: QModelIndex) -> None:
        found = self.differences.difference(index)
        if found is not None and found.after is not None:
            self.jump_requested.emit(found.table, found.row, found.column)
