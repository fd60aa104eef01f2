"""What the table and its frozen column have in common: cells, editors, rows of one height."""

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QEvent, QItemSelectionRange, QModelIndex, QRect
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QToolTip, QWidget

from aluplanner.ui.tables import roles
from aluplanner.ui.tables.delegate import CellDelegate
from aluplanner.ui.tables.faces import Face
from aluplanner.ui.tables.model import PlanTableModel
from aluplanner.ui.tables.painting import PADDING, CellPainter, inks
from aluplanner.ui.tables.sheet_header import SheetHeader
from aluplanner.ui.tables.sheet_order import SheetOrder
from aluplanner.ui.theme import current_theme

ROW_HEIGHT = 24


class CellView(QTableView):
    """A view of the cells of a plan."""

    def __init__(self, delegate: CellDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells = delegate
        self.setItemDelegate(delegate)
        self.sheet_header = SheetHeader(self)
        self.setHorizontalHeader(self.sheet_header)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(ROW_HEIGHT)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    @property
    def order(self) -> SheetOrder:
        """The rows as they are shown: what the indexes of this view are about."""
        return cast(SheetOrder, self.model())

    @property
    def plan_model(self) -> PlanTableModel:
        """The table in its stored order."""
        return self.order.plan_model

    # Painting all cells in one go takes a tenth of what it takes to be asked for them one by one

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        cells = CellPainter(painter, inks(current_theme()), self.fontMetrics())
        self._paint_cells(cells, event.rect())
        current = self._current_index()
        if current.isValid() and not self.isColumnHidden(current.column()):
            mark = self._face_of(current).mark
            cells.paint_current(self.visualRect(current), mark)
        painter.end()

    def _paint_cells(self, cells: CellPainter, rect: QRect) -> None:
        rows, columns = self._rows_in(rect), self._columns_in(rect)
        if not rows or not columns:
            return
        selected = self._selected_in(rows, columns)
        model, stored = self.plan_model, self.order.source_rows
        top = self.rowViewportPosition(rows.start)
        for column, left, width in columns:
            for number, row in enumerate(rows):
                y, face = top + number * ROW_HEIGHT, model.face(stored[row], column)
                cells.paint(left, y, width - 1, ROW_HEIGHT - 1, face, (row, column) in selected)
        below = [top + (number + 1) * ROW_HEIGHT - 1 for number in range(len(rows))]
        beside = [left + width - 1 for _, left, width in columns]
        cells.paint_grid(below, beside, max(beside), below[-1])

    def _face_of(self, index: QModelIndex) -> Face:
        return self.plan_model.face(self.order.source_row(index.row()), index.column())

    def _rows_in(self, rect: QRect) -> range:
        """Return the rows that a part of the viewport shows."""
        first, last = self.rowAt(max(rect.top(), 0)), self.rowAt(rect.bottom())
        return range(first, (last if last >= 0 else self.model().rowCount() - 1) + 1) if first >= 0 else range(0)

    def _columns_in(self, rect: QRect) -> list[tuple[int, int, int]]:
        """Return the columns that a part of the viewport shows, each with its place and its width."""
        placed = [
            (column, self.columnViewportPosition(column), self.columnWidth(column))
            for column in range(self.model().columnCount())
            if not self.isColumnHidden(column)
        ]
        return [part for part in placed if part[1] <= rect.right() and part[1] + part[2] > rect.left()]

    def _selected_in(self, rows: range, columns: list[tuple[int, int, int]]) -> set[tuple[int, int]]:
        """Return the selected cells among some rows and columns."""
        selected: set[tuple[int, int]] = set()
        shown = [column for column, _, _ in columns]
        blocks = cast(Iterable[QItemSelectionRange], self.selectionModel().selection())
        for block in blocks:
            top, bottom = max(block.top(), rows.start), min(block.bottom(), rows.stop - 1)
            across = [column for column in shown if block.left() <= column <= block.right()]
            selected.update((row, column) for row in range(top, bottom + 1) for column in across)
        return selected

    def _current_index(self) -> QModelIndex:
        return self.selectionModel().currentIndex()

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the whole of a text that is cut, where there is nothing more important to say."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            if index.isValid() and not index.data(roles.TOOL_TIP):
                text = self._face_of(index).text
                is_cut = self.fontMetrics().horizontalAdvance(text) > self.visualRect(index).width() - 2 * PADDING
                QToolTip.showText(event.globalPos(), text if is_cut else "", self)
                return True
        return super().viewportEvent(event)

    # Editors

    def finish_editing(self) -> None:
        """Take what is being typed."""
        self._cells.finish()

    def commitData(self, editor: QWidget) -> None:
        if self._is_own(editor):
            super().commitData(editor)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        if self._is_own(editor):
            super().closeEditor(editor, hint)

    def _is_own(self, editor: QWidget) -> bool:
        """Return whether an editor is open here and not in the view that shares the delegate."""
        return editor.parentWidget() is self.viewport()


def text_width(metrics: QFontMetrics, characters: int) -> int:
    """Return the width of a column for so many characters."""
    return metrics.averageCharWidth() * characters + 2 * ROW_HEIGHT // 3
