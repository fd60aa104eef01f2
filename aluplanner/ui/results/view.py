"""The view of a result table: figures to read, to select, to copy and to trace."""

from collections.abc import Iterable
from typing import Any, Final, cast

import numpy as np
from PySide6.QtCore import QEvent, QItemSelectionModel, QItemSelectionRange, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from aluplanner.document.pasting import Grid
from aluplanner.i18n import tr
from aluplanner.ui.panels.claims_making import add_claim_menu
from aluplanner.ui.results.copying import Cells, block_of, block_with_headers, whole_table
from aluplanner.ui.results.corner import Corner
from aluplanner.ui.results.headers import PeriodHeader, RowHeader
from aluplanner.ui.results.model import AnyIndex, ResultModel
from aluplanner.ui.results.painting import Faces, FigurePainter, Place
from aluplanner.ui.results.widths import column_width
from aluplanner.ui.tables.clipboard import put_on_clipboard
from aluplanner.ui.tables.painting import inks
from aluplanner.ui.theme import current_theme

ROW_HEIGHT: Final = 24
_NO_MODIFIER = Qt.KeyboardModifier.NoModifier
_COPY_HEADERS: Final = "Ctrl+Shift+C"
_CursorAction = QAbstractItemView.CursorAction
ScrollHint = QAbstractItemView.ScrollHint


class ResultView(QTableView):
    """A table of results.

    Attributes
    ----------
    trace_requested : Signal(str, Measure)
        Show what makes a figure of a scenario.
    statistics_changed : Signal(list)
        The selected figures are others, or have changed.
    """

    trace_requested = Signal(str, object)
    statistics_changed = Signal(object)

    def __init__(self, model: ResultModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.results = model
        self._faces = Faces(self.font())
        self._line_before: tuple[str, int] | None = None
        self.setAccessibleName(tr("Result table"))
        self._set_up()
        self.rows_header = RowHeader(self)
        self.setHorizontalHeader(PeriodHeader(self))
        self.setVerticalHeader(self.rows_header)
        for header in (self.horizontalHeader(), self.rows_header):
            header.setMinimumSectionSize(ROW_HEIGHT)
        self.rows_header.setDefaultSectionSize(ROW_HEIGHT)
        self.rows_header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setModel(model)
        self.corner = Corner(self)
        self.customContextMenuRequested.connect(self._on_menu)
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().selectionChanged.connect(self._on_numbers_changed)
        model.dataChanged.connect(self._on_data_changed)
        model.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.modelReset.connect(self._on_reset)
        for signal in (model.rowsInserted, model.rowsRemoved, model.headerDataChanged):
            signal.connect(self._on_rows_changed)

    def _set_up(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    # Following the figures

    def _on_about_to_reset(self) -> None:
        current = self.currentIndex()
        self._line_before = self.results.lines[current.row()].id if current.isValid() else None

    def _on_reset(self) -> None:
        self.fit_columns()
        self.fit_rows()
        first = next((row for row, line in enumerate(self.results.lines) if not line.is_heading), 0)
        kept = self.results.place_of(self._line_before) if self._line_before is not None else None
        if kept is None:
            self._begin_at(first)
        else:
            self.go_to(kept, 0)
        self._on_numbers_changed()

    def _begin_at(self, row: int) -> None:
        """Make the first figure the current one, with the table at its top even while it has no size yet."""
        self.setAutoScroll(False)
        self.selectionModel().setCurrentIndex(
            self.results.index(row, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        self.setAutoScroll(True)
        self.scrollToTop()

    def _on_rows_changed(self) -> None:
        self.fit_rows()

    def _on_data_changed(self) -> None:
        needed = column_width(self.results, self._faces)
        if needed > self.horizontalHeader().defaultSectionSize():
            self.horizontalHeader().setDefaultSectionSize(needed)
        self._on_numbers_changed()

    # Widths

    def fit_columns(self) -> None:
        """Give the columns the width that every figure fits into."""
        self.horizontalHeader().setDefaultSectionSize(column_width(self.results, self._faces))

    def fit_rows(self) -> None:
        """Give the names of the rows the width they need, as far as the figures can spare it."""
        self.rows_header.take_width(self.width())
        self.updateGeometries()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if hasattr(self, "corner"):  # asked for once before it is made
            self.corner.place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit_rows()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "corner"):
            self._faces = Faces(self.font())
            self.fit_columns()
            self.fit_rows()

    # Painting all cells in one go, as asking for them one by one takes far longer

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        theme = current_theme()
        colours = inks(theme)
        rows, columns = self._rows_in(event.rect()), self._columns_in(event.rect())
        if rows and columns:
            figures = FigurePainter(painter, self.results, self._faces, theme, colours)
            selected = self._selected_columns(rows[0].number, rows[-1].number)
            for row in rows:
                figures.paint_row(row, columns, selected.get(row.number, set()))
            figures.paint_lines(rows, columns)
        current = self.currentIndex()
        if current.isValid() and not self.results.lines[current.row()].is_heading:
            painter.setPen(colours.current)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.visualRect(current).adjusted(1, 1, -1, -1))
        painter.end()

    def _rows_in(self, rect: QRect) -> list[Place]:
        first, last = self.rowAt(max(rect.top(), 0)), self.rowAt(rect.bottom())
        if first < 0:
            return []
        top, end = self.rowViewportPosition(first), (last if last >= 0 else self.results.rowCount() - 1)
        return [Place(row, top + (row - first) * ROW_HEIGHT, ROW_HEIGHT) for row in range(first, end + 1)]

    def _columns_in(self, rect: QRect) -> list[Place]:
        first, last = self.columnAt(max(rect.left(), 0)), self.columnAt(rect.right())
        if first < 0:
            return []
        width, left = self.columnWidth(first), self.columnViewportPosition(first)
        end = last if last >= 0 else self.results.columnCount() - 1
        return [Place(column, left + (column - first) * width, width) for column in range(first, end + 1)]

    # The selection

    def _blocks(self) -> list[QItemSelectionRange]:
        return list(cast(Iterable[QItemSelectionRange], self.selectionModel().selection()))

    def _selected_columns(self, first: int, last: int) -> dict[int, set[int]]:
        """Return the columns of the selected cells, by row from the first to the last."""
        found: dict[int, set[int]] = {}
        for block in self._blocks():
            for row in range(max(block.top(), first), min(block.bottom(), last) + 1):
                found.setdefault(row, set()).update(range(block.left(), block.right() + 1))
        return found

    def selected_cells(self) -> Cells:
        """Return the selected cells, else the current one; headings have none."""
        columns = self._selected_columns(0, len(self.results.lines) - 1)
        current = self.currentIndex()
        if not columns and current.isValid():
            columns = {current.row(): {current.column()}}
        lines = self.results.lines
        return {(row, column) for row, found in columns.items() if not lines[row].is_heading for column in found}

    def selected_numbers(self) -> list[float]:
        """Return the selected figures, in full precision, blanks left out."""
        lines, found = self.results.lines, self._selected_columns(0, len(self.results.lines) - 1)
        parts = [lines[row].values[sorted(columns)] for row, columns in found.items()]
        numbers = np.concatenate(parts) if parts else np.empty(0)
        return cast(list[float], numbers[np.isfinite(numbers)].tolist())

    def _on_numbers_changed(self, *_ranges: Any) -> None:
        self.statistics_changed.emit(self.selected_numbers())

    def go_to(self, row: int, column: int) -> None:
        """Make one cell the current one and bring it into sight."""
        index = self.results.index(row, column)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def scrollTo(self, index: AnyIndex, hint: ScrollHint = ScrollHint.EnsureVisible) -> None:
        """Bring a cell into sight, with the heading it stands under where that is the row before."""
        above = index.row() - 1
        if above >= 0 and self.results.lines[above].is_heading:
            super().scrollTo(self.results.index(above, index.column()), hint)
        super().scrollTo(index, hint)

    def moveCursor(self, action: _CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Pass over headings."""
        index = super().moveCursor(action, modifiers)
        backwards = action in (_CursorAction.MoveUp, _CursorAction.MovePageUp)
        while index.isValid() and self.results.lines[index.row()].is_heading:
            step = -1 if backwards and index.row() > 0 else 1
            backwards = step < 0
            index = index.siblingAtRow(index.row() + step)
        return index if index.isValid() else self.currentIndex()

    # Keys

    def event(self, event: QEvent) -> bool:
        """Keep the keys of copying from shortcuts of the window while the focus is here."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif _is_copy_with_headers(event):
            self.copy_with_headers()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & ~_KEYPAD == _NO_MODIFIER:
            self.trace()
        else:
            super().keyPressEvent(event)

    # What can be done with cells

    def copy(self) -> None:
        """Put the selected figures on the clipboard, digit for digit."""
        self._copy(block_of(self.results, self.selected_cells()))

    def copy_with_headers(self) -> None:
        """Put the selected figures on the clipboard with what they are."""
        self._copy(block_with_headers(self.results, self.selected_cells()))

    def copy_table(self) -> None:
        """Put the whole table on the clipboard, with headers."""
        self._copy(whole_table(self.results))

    def _copy(self, block: Grid) -> None:
        if any(block):
            put_on_clipboard(block)

    @property
    def can_trace(self) -> bool:
        """Whether the current cell shows a measure, which can be traced."""
        current = self.currentIndex()
        return current.isValid() and self.results.measure(current.row(), current.column()) is not None

    def trace(self) -> None:
        """Ask for what makes the figure of the current cell."""
        current = self.currentIndex()
        measure = self.results.measure(current.row(), current.column()) if current.isValid() else None
        if measure is not None:
            self.trace_requested.emit(self.results.lines[current.row()].scenario, measure)

    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.trace()

    def _on_menu(self, place: QPoint) -> None:
        menu = self.menu()
        menu.exec(self.viewport().mapToGlobal(place))
        menu.deleteLater()

    def menu(self) -> QMenu:
        """Return the context menu."""
        menu = QMenu(self)
        has_cells = bool(self.selected_cells())
        for text, keys, act, is_enabled in (
            (tr("&Copy"), QKeySequence(QKeySequence.StandardKey.Copy), self.copy, has_cells),
            (tr("Copy with &headers"), QKeySequence(_COPY_HEADERS), self.copy_with_headers, has_cells),
            (tr("Copy the whole &table"), QKeySequence(), self.copy_table, bool(self.results.lines)),
            (tr("T&race: what makes this figure"), QKeySequence(Qt.Key.Key_Return), self.trace, self.can_trace),
        ):
            if act == self.trace:
                menu.addSeparator()
            # the keys are only named here: an action that had them would take them from the tables
            action = menu.addAction(f"{text}\t{keys.toString(QKeySequence.SequenceFormat.NativeText)}")
            action.triggered.connect(act)
            action.setEnabled(is_enabled)
        current = self.currentIndex()
        if self.can_trace:
            scenario = self.results.lines[current.row()].scenario
            add_claim_menu(menu, self, (scenario, self.results.measure(current.row(), current.column())))
        return menu


_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier


def _is_copy_with_headers(event: QKeyEvent) -> bool:
    return QKeySequence(event.keyCombination()) == QKeySequence(_COPY_HEADERS)


def _is_own(event: QKeyEvent) -> bool:
    standard = QKeySequence.StandardKey
    return event.matches(standard.Copy) or event.matches(standard.SelectAll) or _is_copy_with_headers(event)
