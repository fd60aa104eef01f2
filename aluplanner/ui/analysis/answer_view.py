"""The table of an answer: to read, to sort, to copy, to go on from."""

from typing import Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView, QWidget

from aluplanner.analysis.answer_table import AnswerTable
from aluplanner.i18n import tr
from aluplanner.model.plan import Address
from aluplanner.ui.analysis.answer_model import AnswerModel, is_less
from aluplanner.ui.panels.lists import make_list
from aluplanner.ui.panels.trace_words import place_text
from aluplanner.ui.tables import roles
from aluplanner.ui.tables.clipboard import put_on_clipboard

AnyIndex = QModelIndex | QPersistentModelIndex
WIDEST: Final = 46
"""Letters that the widest column of words gets at first."""
NARROWEST: Final = 8


class _Sorted(QSortFilterProxyModel):
    """Sorts by what stands in the cells, blanks always last."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setSortRole(roles.SORT)

    def lessThan(self, left: AnyIndex, right: AnyIndex) -> bool:
        first, second = left.data(roles.SORT), right.data(roles.SORT)
        if first is None or second is None:
            is_upwards = self.sortOrder() == Qt.SortOrder.AscendingOrder
            return (second is None and first is not None) if is_upwards else (first is None and second is not None)
        return is_less(first, second)


class AnswerView(QTableView):
    """A table of an answer.

    A click on a title sorts, up, down, and back to the order of the answer. Ctrl+C copies the selected rows, or all
    where none is selected, under their titles in full precision.

    Attributes
    ----------
    jump_requested : Signal(str, str, str)
        Show the cell that a row speaks of: table, key of the row, column.
    row_chosen : Signal(int)
        Another row of the answer is the current one, -1 for none.
    """

    jump_requested = Signal(str, str, str)
    row_chosen = Signal(int)

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer_model = AnswerModel(self)
        self._sorted = _Sorted(self)
        self._sorted.setSourceModel(self.answer_model)
        self.setModel(self._sorted)
        make_list(self, name or tr("Figures"), {})
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAlternatingRowColors(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header = self.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.doubleClicked.connect(self.jump)
        self.customContextMenuRequested.connect(self._on_menu)
        self.selectionModel().currentRowChanged.connect(self._on_row_changed)

    def show_table(self, table: AnswerTable | None) -> None:
        """Show a table; one with the same rows keeps order, widths and selection."""
        if self.answer_model.show_table(table):
            self._fit_columns()
        if table is not None:
            self.setAccessibleName(table.title)
            self.setAccessibleDescription(" ".join(table.notes))

    @property
    def table(self) -> AnswerTable | None:
        """The table shown, as the answer has it."""
        return self.answer_model.table

    def _fit_columns(self) -> None:
        letter = self.fontMetrics().averageCharWidth()
        self.resizeColumnsToContents()
        for column in range(self.answer_model.columnCount()):
            most = WIDEST if self.answer_model.is_text_column(column) else 2 * WIDEST
            self.setColumnWidth(
                column, min(most * letter, max(NARROWEST * letter, self.columnWidth(column) + 2 * letter))
            )

    # Going on from a row

    def current_address(self) -> Address | None:
        """Return the cell that the current row speaks of."""
        index = self._sorted.mapToSource(self.currentIndex())
        return self.answer_model.address(index.row()) if index.isValid() else None

    def jump(self) -> None:
        """Go to the cell that the current row speaks of."""
        address = self.current_address()
        if address is not None:
            self.jump_requested.emit(address.table, address.row, address.column)

    def choose_row(self, row: int) -> None:
        """Make a row of the answer the current one."""
        index = self._sorted.mapFromSource(self.answer_model.index(row, 0))
        if index.isValid() and index.row() != self.currentIndex().row():
            self.setCurrentIndex(index)

    def _on_row_changed(self, current: QModelIndex) -> None:
        self.row_chosen.emit(self._sorted.mapToSource(current).row())

    # Copying

    def copy(self) -> None:
        """Put the selected rows, or all if none is, on the clipboard under their titles."""
        chosen = sorted({index.row() for index in self.selectionModel().selectedRows()})
        self._copy(chosen or list(range(self._sorted.rowCount())))

    def copy_all(self) -> None:
        """Put every row on the clipboard under the titles."""
        self._copy(list(range(self._sorted.rowCount())))

    def _copy(self, rows: list[int]) -> None:
        places = [self._sorted.mapToSource(self._sorted.index(row, 0)).row() for row in rows]
        if places:
            put_on_clipboard(self.answer_model.grid(places))

    # Keys and menu

    def event(self, event: QEvent) -> bool:
        """Keep the keys of copying from shortcuts of the window while the focus is here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            standard = QKeySequence.StandardKey
            if event.matches(standard.Copy) or event.matches(standard.SelectAll):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.jump()
        else:
            super().keyPressEvent(event)

    def _on_menu(self, place: QPoint) -> None:
        menu = self.menu()
        menu.exec(self.viewport().mapToGlobal(place))
        menu.deleteLater()

    def menu(self) -> QMenu:
        """Return the context menu."""
        menu = QMenu(self)
        address = self.current_address()
        if address is not None:
            text = tr("&Go to {place}", place=place_text(address).replace("&", "&&"))
            menu.addAction(text).triggered.connect(self.jump)
            menu.addSeparator()
        menu.addAction(tr("&Copy with headers")).triggered.connect(self.copy)
        menu.addAction(tr("Copy the whole &table")).triggered.connect(self.copy_all)
        return menu
