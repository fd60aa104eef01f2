"""Find across all tables: a field, and a list that leads to the cells."""

import time
from collections.abc import Iterator
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from aluplanner.document.document import Document
from aluplanner.document.finding import Found, find_cells, take_found
from aluplanner.i18n import tr
from aluplanner.model.plan import TABLES
from aluplanner.ui.clear_button import add_clear_button
from aluplanner.ui.panels.lists import make_list
from aluplanner.ui.tables import roles

AnyIndex = QModelIndex | QPersistentModelIndex
PATIENCE: Final = 120
"""Milliseconds after the last key before the search begins."""
SLICE: Final = 0.006
"""Seconds of searching between two looks at the keyboard."""
MOST: Final = 2000
"""More cells than this nobody looks through; the search stops there and says so."""
TABLE, ROW, COLUMN, TEXT = range(4)
_WIDTHS: Final = {TABLE: 14, ROW: 44, COLUMN: 22}
_NO_INDEX = QModelIndex()


class FoundModel(QAbstractTableModel):
    """The cells found, one a row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.found: list[Found] = []

    def clear(self) -> None:
        """Forget all of them."""
        self.beginResetModel()
        self.found = []
        self.endResetModel()

    def add(self, found: list[Found]) -> None:
        """Add more of them at the end."""
        if found:
            self.beginInsertRows(_NO_INDEX, len(self.found), len(self.found) + len(found) - 1)
            self.found += found
            self.endInsertRows()

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.found)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = roles.DISPLAY) -> Any:
        if role == roles.ALIGNMENT:
            return roles.LEFT
        if role != roles.DISPLAY or orientation == Qt.Orientation.Vertical:
            return None
        return (tr("Table"), tr("Row"), tr("Column"), tr("Text"))[section]

    def data(self, index: AnyIndex, role: int = roles.DISPLAY) -> Any:
        if not index.isValid() or role not in (roles.DISPLAY, roles.TOOL_TIP):
            return None
        found = self.found[index.row()]
        texts = (TABLES[found.table].heading, found.row, found.column.heading, found.text)
        return texts[index.column()]


class FindField(QLineEdit):
    """The field for the text; the arrows step through what is found.

    Attributes
    ----------
    stepped : Signal(int)
        Go to the next cell, or with -1 to the one before.
    left : Signal()
        Esc: the planner is done.
    """

    stepped = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FindPanel(QWidget):
    """Finds a text in every table while it is typed; nothing waits for the search.

    Attributes
    ----------
    jump_requested : Signal(str, str, str, int)
        Show this cell: table, key of the row, column, index of the row.
    left : Signal()
        The planner is done with finding.
    """

    jump_requested = Signal(str, str, str, int)
    left = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._search: Iterator[Found | None] = iter(())
        self.model = FoundModel(self)
        self.field = FindField(self)
        self.field.setPlaceholderText(tr("Find in all tables: names, figures, notes, sources"))
        self.field.setAccessibleName(tr("Find"))
        add_clear_button(self.field)
        self.count = QLabel(self)
        self.view = self._make_view()
        self._lay_out()
        self._pause = self._timer(PATIENCE, self.search)
        self._next = self._timer(0, self._go_on)
        self.field.textChanged.connect(self._on_text_changed)
        self.field.stepped.connect(self.step)
        self.field.left.connect(self.left)
        self.view.activated.connect(self._on_activated)
        self.view.clicked.connect(self._on_activated)
        document.changed.connect(self._on_outdated)
        document.scenario_changed.connect(self._on_outdated)

    def _timer(self, interval: int, act: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(act)
        return timer

    def _make_view(self) -> QTableView:
        view = QTableView(self)
        view.setModel(self.model)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        make_list(view, tr("Cells found"), _WIDTHS)
        return view

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(8, 4, 8, 4)
        top.setSpacing(12)
        top.addWidget(self.field, 1)
        top.addWidget(self.count)
        self.count.setMinimumWidth(self.count.fontMetrics().averageCharWidth() * 20)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.view, 1)

    # Searching

    def begin(self) -> None:
        """Let the planner type."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def _on_text_changed(self) -> None:
        self._next.stop()
        self._pause.start()

    def _on_outdated(self) -> None:
        """Search again where the list is looked at; what is found may stand elsewhere now."""
        if self.field.text().strip():
            self._on_text_changed()

    def search(self) -> None:
        """Begin to search for the text in the field."""
        self._pause.stop()
        self.model.clear()
        self._search = find_cells(self._document.view, self.field.text())
        self._go_on()

    def _go_on(self) -> None:
        end = time.perf_counter() + SLICE
        found, is_over = take_found(self._search, lambda: time.perf_counter() > end)
        self.model.add(found)
        is_over = is_over or len(self.model.found) >= MOST
        self._show_count(is_over)
        if not is_over:
            self._next.start()

    def _show_count(self, is_over: bool) -> None:
        count = len(self.model.found)
        if not self.field.text().strip():
            text = ""
        elif not is_over:
            text = tr("Searching …")
        elif count >= MOST:
            text = tr("The first {count} cells", count=f"{count:,}")
        elif not count:
            text = tr("Not found")
        else:
            text = tr("1 cell") if count == 1 else tr("{count} cells", count=f"{count:,}")
        self.count.setText(text)

    # Going there

    def step(self, by: int) -> None:
        """Go to the next cell found, or to the one before; round and round."""
        if self._pause.isActive():
            self.search()
        while self._next.isActive() and not self.model.found:
            self._go_on()
        count = len(self.model.found)
        if count:
            here = self.view.currentIndex()
            row = (here.row() + by) % count if here.isValid() else (0 if by > 0 else count - 1)
            self._show(row)

    def _show(self, row: int) -> None:
        index = self.model.index(row, TEXT)
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self._on_activated(index)

    def _on_activated(self, index: QModelIndex) -> None:
        found = self.model.found[index.row()]
        has_focus = self.field.hasFocus() or self.view.hasFocus()
        keeper = self.field if self.field.hasFocus() else self.view
        self.jump_requested.emit(found.table, found.row, found.column.name, found.position)
        if has_focus:
            keeper.setFocus(Qt.FocusReason.OtherFocusReason)  # to step on from here; Esc leads to the cell
