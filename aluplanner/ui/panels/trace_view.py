"""The table of a trace: to read, to copy, to go on from."""

from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)

from aluplanner.analysis.trace import Part
from aluplanner.i18n import tr
from aluplanner.model.measure import Measure
from aluplanner.ui.panels.claims_making import add_claim_menu
from aluplanner.ui.panels.trace_model import DIFFERENCE, PART, SHARE, TARGET, VALUE, TraceModel
from aluplanner.ui.panels.trace_painting import PartDelegate, TraceHeader
from aluplanner.ui.panels.trace_words import is_traced_on, measure_text, place_text
from aluplanner.ui.tables.clipboard import put_on_clipboard

ROW_HEIGHT: Final = 24
_WIDTHS: Final = {PART: 42, VALUE: 19, SHARE: 36, DIFFERENCE: 24}
"""Widths of the columns in letters; the last takes what is left."""


class TraceView(QTableView):
    """The parts of a number.

    Attributes
    ----------
    jump_requested : Signal(str, str, str)
        Show a cell: table, key of the row, column.
    trace_requested : Signal(Measure)
        Trace this instead.
    """

    jump_requested = Signal(str, str, str)
    trace_requested = Signal(object)

    def __init__(self, model: TraceModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trace_model = model
        self.setHorizontalHeader(TraceHeader(self))
        self.setModel(model)
        self.setAccessibleName(tr("What makes the number"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._cells = PartDelegate(self)
        self.setItemDelegate(self._cells)
        letter = self.fontMetrics().averageCharWidth()
        for column, letters in _WIDTHS.items():
            self.setColumnWidth(column, letter * letters)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_activated)
        self.customContextMenuRequested.connect(self._on_menu)

    # Going on from a part

    def current_part(self) -> Part | None:
        """Return the part of the current row; ``None`` in the row of the number itself."""
        index = self.currentIndex()
        return self.trace_model.row(index.row()).part if index.isValid() else None

    def return_to(self, label: str) -> None:
        """Put the cursor, if it is nowhere, on the part of this label or on the first; select nothing."""
        model = self.trace_model
        if self.currentIndex().isValid() or not model.rowCount():
            return
        parts = [model.row(row).part for row in range(model.rowCount())]
        row = next((i for i, part in enumerate(parts) if part is not None and part.label == label), 0)
        flags = QItemSelectionModel.SelectionFlag.NoUpdate
        self.selectionModel().setCurrentIndex(model.index(row, 0), flags)

    def follow(self) -> None:
        """Go where the current part leads: to its cell, or to a trace of its own."""
        part = self.current_part()
        if part is None:
            return
        if is_traced_on(part):
            self.trace_on()
        else:
            self.jump()

    def jump(self) -> None:
        """Go to the cell of the current part."""
        part = self.current_part()
        if part is not None and part.link is not None:
            self.jump_requested.emit(part.link.table, part.link.row, part.link.column)

    def trace_on(self) -> None:
        """Trace the current part."""
        part = self.current_part()
        if part is not None and part.measure is not None:
            self.trace_requested.emit(part.measure)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == TARGET and not QGuiApplication.keyboardModifiers():
            self.follow()  # what looks like a link is one

    def _on_activated(self, index: QModelIndex) -> None:
        if index.column() != TARGET:  # there the first click has led on
            self.follow()

    # Copying

    def copy(self) -> None:
        """Put the selected rows, or all if none is, on the clipboard with their titles."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        self._copy(rows or list(range(self.trace_model.rowCount())))

    def copy_all(self) -> None:
        """Put every row on the clipboard with the titles."""
        self._copy(list(range(self.trace_model.rowCount())))

    def _copy(self, rows: list[int]) -> None:
        if rows:
            put_on_clipboard(self.trace_model.grid(rows))

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
            self.trace_on() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else self.follow()
        else:
            super().keyPressEvent(event)

    def _on_menu(self, place: QPoint) -> None:
        menu = self.menu()
        menu.exec(self.viewport().mapToGlobal(place))
        menu.deleteLater()

    def menu(self) -> QMenu:
        """Return the context menu."""
        menu = QMenu(self)
        part = self.current_part()
        if part is not None and part.link is not None:
            menu.addAction(tr("&Go to {place}", place=_plain(place_text(part.link)))).triggered.connect(self.jump)
        if part is not None and part.measure is not None:
            menu.addAction(_trace_text(part.measure)).triggered.connect(self.trace_on)
        told = self.trace_model.trace
        if told is not None:
            add_claim_menu(menu, self, (told.scenario, part.measure if part is not None else told.measure))
        menu.addSeparator()
        menu.addAction(tr("&Copy with headers")).triggered.connect(self.copy)
        menu.addAction(tr("Copy the whole &table")).triggered.connect(self.copy_all)
        return menu


def _trace_text(measure: Measure) -> str:
    return tr("T&race {measure}", measure=_plain(measure_text(measure)))


def _plain(text: str) -> str:
    """Return a text as menus show it: an ampersand of its own is no mark."""
    return text.replace("&", "&&")
