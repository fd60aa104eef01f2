"""The table of a plan: a spreadsheet with its key column frozen."""

from collections.abc import Iterable
from typing import Any, cast

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from aluplanner.i18n import tr
from aluplanner.ui.tables.cell_view import CellView
from aluplanner.ui.tables.columns import Columns
from aluplanner.ui.tables.delegate import CellDelegate
from aluplanner.ui.tables.frozen import FrozenColumn
from aluplanner.ui.tables.hand import Hand
from aluplanner.ui.tables.model import PlanTableModel
from aluplanner.ui.tables.sheet_header import SheetHeader
from aluplanner.ui.tables.sheet_order import SheetOrder
from aluplanner.ui.tables.widths import fitting_width, room_for, usual_width

AnyIndex = QModelIndex | QPersistentModelIndex
Block = tuple[int, int, int, int]
"""First and last row, first and last column."""
ScrollHint = QAbstractItemView.ScrollHint

_COMMAND = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
_STEPS = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}


class PlanTableView(CellView):
    """A table of the plan.

    Attributes
    ----------
    said : Signal(str)
        A sentence for the status bar.
    selection_changed : Signal()
        Other cells are selected, or the current cell is another one.
    menu_requested : Signal(int)
        The menu of a column is wanted.
    text_filter_requested : Signal(int)
        A column is to be filtered by a text to be typed.
    """

    said = Signal(str)
    selection_changed = Signal()
    menu_requested = Signal(int)
    text_filter_requested = Signal(int)

    def __init__(self, model: PlanTableModel, parent: QWidget | None = None) -> None:
        delegate = CellDelegate()
        super().__init__(delegate, parent)
        delegate.setParent(self)
        self.setModel(SheetOrder(model, self))
        self.setAccessibleName(model.table.heading)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setMinimumWidth(room_for(self, "9"))  # the columns stay put when every row is hidden
        self.setTabKeyNavigation(True)
        self.frozen = FrozenColumn(self, delegate)
        self.columns = Columns(self)
        self._last_place = (0, 0)
        self._connect_headers()
        delegate.stepped.connect(self.step)
        model.said.connect(self.said)
        self.order.columnsInserted.connect(self._on_columns_inserted)
        self.order.modelReset.connect(self._on_reset)
        self.order.dataChanged.connect(self._on_data_changed)
        self.selectionModel().selectionChanged.connect(self.selection_changed)
        self.selectionModel().currentChanged.connect(self.selection_changed)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.order.order_changed.connect(self._on_order_changed)
        self.verticalHeader().geometriesChanged.connect(self.frozen.place)
        self.hand = Hand(self)
        delegate.filled.connect(self.hand.fill_with)
        self._on_reset()

    def _connect_headers(self) -> None:
        for view in (self, self.frozen):
            view.sheet_header.menu_requested.connect(self.menu_requested)
            view.sheet_header.width_chosen.connect(self.columns.keep_width)
        self.columns.changed.connect(self._on_columns_changed)
        self.columns.widths_wanted.connect(self.set_widths)

    def _on_reset(self) -> None:
        self.set_widths()
        self.columns.restore()
        self.go_to(0, 0)

    # Columns

    def set_widths(self) -> None:
        """Give every column the width that was chosen for it, else the one that suits it."""
        for column in range(self.plan_model.columnCount()):
            self._set_width(column)

    def _set_width(self, column: int) -> None:
        self.setColumnWidth(column, self.columns.chosen_width(column) or usual_width(self, column))

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        """Widen a column for a number that would not fit any more."""
        if first != last:
            return
        face, column = self._face_of(first), first.column()
        needed = room_for(self, face.text)
        if face.is_right and needed > self.columnWidth(column) and not self.isColumnHidden(column):
            self.setColumnWidth(column, needed)

    def _on_columns_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        for column in range(first, last + 1):
            self._set_width(column)
        self.columns.restore()

    def _on_columns_changed(self) -> None:
        """Mark where columns are hidden; the current cell is not left in one of them."""
        gaps = self.columns.gaps()
        for view in (self, self.frozen):
            view.sheet_header.mark_gaps(gaps)
        current = self.currentIndex()
        if current.isValid() and self.isColumnHidden(current.column()):
            shown = self.columns.visual()
            beside = max((column for column in shown if column < current.column()), default=shown[0])
            self._make_current(current.siblingAtColumn(beside))

    def sizeHintForColumn(self, column: int) -> int:
        """Return the width that a double click on the header's edge gives a column."""
        return fitting_width(self, column)

    def header_of(self, column: int) -> SheetHeader:
        """Return the header in which a column is seen."""
        return self.frozen.sheet_header if column == 0 else self.sheet_header

    def scroll_to_column(self, column: int) -> None:
        """Bring a column into sight, the rows staying where they are."""
        top = max(self.rowAt(0), 0)
        if self.order.rowCount():
            self.scrollTo(self.order.index(top, column))

    def whole_columns(self) -> list[int]:
        """Return the columns that are selected from top to bottom."""
        last = self.order.rowCount() - 1
        whole = {
            column
            for top, bottom, left, right in self.selected_blocks()
            if last >= 0 and top == 0 and bottom == last
            for column in range(left, right + 1)
        }
        return sorted(whole)

    def visual_columns(self) -> list[int]:
        """Return the columns in sight from left to right."""
        return self.columns.visual()

    def visible_rows(self) -> list[int]:
        """Return the stored rows shown, from top to bottom."""
        return list(self.order.source_rows)

    def _on_order_changed(self) -> None:
        """Show the marks of the header; a current cell whose row went makes way for the one that took its place."""
        for view in (self, self.frozen):
            view.sheet_header.viewport().update()
        self.verticalHeader().viewport().update()
        if not self.currentIndex().isValid() and self.order.rowCount():
            row, column = self._last_place
            self._make_current(self.order.index(min(row, self.order.rowCount() - 1), column))

    def _on_current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self._last_place = current.row(), current.column()

    # The frozen column

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.frozen.place()

    def viewportEvent(self, event: QEvent) -> bool:
        done = super().viewportEvent(event)
        if event.type() == QEvent.Type.Resize:
            self.frozen.place()
        return done

    def edit(self, index: AnyIndex, *how: Any) -> Any:
        """Open the editor of a cell; that of a key in the frozen column, which lies on top."""
        begun = self.frozen.edit(index, *how) if index.column() == 0 else super().edit(index, *how)
        if begun and how and how[0] == QAbstractItemView.EditTrigger.AnyKeyPressed:
            self._cells.begin_typing(index)
        return begun

    def scrollTo(self, index: AnyIndex, hint: ScrollHint = ScrollHint.EnsureVisible) -> None:
        super().scrollTo(index, hint)
        hidden = self.columnWidth(0) - self.visualRect(index).left()
        if index.column() > 0 and hidden > 0:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - hidden)

    def _columns_in(self, rect: QRect) -> list[tuple[int, int, int]]:
        """Leave out what lies under the frozen column."""
        covered = self.columnWidth(0)
        return [part for part in super()._columns_in(rect) if part[1] + part[2] > covered]

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.plan_model.document.give_way()
        key = Qt.Key(event.key())
        if self.hand.take(event):
            event.accept()
        elif key in _STEPS:
            backwards = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.step(-1 if backwards else 1, 0)
        elif event.text() == "/" and not event.modifiers() & _COMMAND:
            self._request_text_filter()
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Alt):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def request_menu(self) -> None:
        """Ask for the menu of the current column."""
        self.menu_requested.emit(self._column_in_use())

    def _request_text_filter(self) -> None:
        """Ask what the cells of the current column are to contain; of the first one if it holds but pictures."""
        column = self._column_in_use()
        self.text_filter_requested.emit(column if self.plan_model.holds_values(column) else 0)

    def _column_in_use(self) -> int:
        current = self.currentIndex()
        return current.column() if current.isValid() else self._last_place[1]

    def step(self, rows: int, columns: int) -> None:
        """Go on after an entry; see :meth:`aluplanner.ui.tables.keys.TableKeys.step`."""
        self.hand.keys.step(rows, columns)

    def go_to(self, row: int, column: int) -> None:
        """Make one cell, given by its stored row, the current one and bring it into sight, hidden or not."""
        self.order.show_row(row)
        if self.isColumnHidden(column):
            self.columns.set_hidden([column], False)
        self._make_current(self.order.cell(row, column))

    def show_cell(self, row: int, column: int) -> None:
        """Bring a cell, given by its stored row, into sight; what is selected stays if the cell is a part of it."""
        index = self.order.cell(row, column)
        if index.isValid() and self.selectionModel().isSelected(index) and not self.isColumnHidden(column):
            self.scrollTo(index)
        else:
            self.go_to(row, column)

    def _make_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    # The selection

    def selected_rows(self) -> list[int]:
        """Return the stored rows with a selected cell, else the current one."""
        stored = self.order.source_rows
        return sorted({stored[row] for block in self.selected_blocks() for row in range(block[0], block[1] + 1)})

    def selected_cells(self) -> list[tuple[int, int]]:
        """Return the selected cells that are not hidden, else the current one, as (stored row, column)."""
        stored = self.order.source_rows
        cells: set[tuple[int, int]] = set()
        for top, bottom, left, right in self.selected_blocks():
            columns = [column for column in range(left, right + 1) if not self.isColumnHidden(column)]
            cells.update((stored[row], column) for row in range(top, bottom + 1) for column in columns)
        return sorted(cells)

    def selected_blocks(self) -> list[Block]:
        """Return the rows and columns of what is selected, else of the current cell, as this view shows them."""
        ranges = cast(Iterable[QItemSelectionRange], self.selectionModel().selection())
        blocks = [(block.top(), block.bottom(), block.left(), block.right()) for block in ranges]
        current = self.currentIndex()
        if not blocks and current.isValid():
            blocks = [(current.row(), current.row(), current.column(), current.column())]
        return blocks

    def is_selected(self, row: int, column: int) -> bool:
        """Return whether a cell in sight, given by its stored row, is selected, or is the current one if none is."""
        place = self.order.row_of(row)
        return (
            place is not None
            and not self.isColumnHidden(column)
            and any(
                top <= place <= bottom and left <= column <= right
                for top, bottom, left, right in self.selected_blocks()
            )
        )

    def clear_cells(self) -> None:
        """Empty the selected cells, as one step; names stay, as rows are known by them."""
        model = self.plan_model
        fixed = set(model.table.key)
        cells = [
            (row, model.columns[column].name, None)
            for row, column in self.selected_cells()
            if model.columns[column].name not in fixed
            and model.is_editable(row, column)
            and (model.value(row, column) is not None or model.is_unread(row, column))
        ]
        if cells:
            model.document.set_cells(model.table.name, cells, origin=model)
        else:
            self.said.emit(tr("There is nothing to clear here; to take a whole row away, delete it."))

    def select_rows(self, rows: list[int]) -> None:
        """Select whole rows, given as stored, the first of them current, and bring it into sight."""
        selection = self.selectionModel()
        column = max(self.currentIndex().column(), 0)
        selection.clearSelection()
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for row in rows:
            self.order.show_row(row)
            selection.select(self.order.cell(row, 0), flags)
        if rows:
            current = self.order.cell(rows[0], column)
            selection.setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(current)
