"""What the table and its frozen column have in common: cells, refused text, rows of one height."""

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QEvent, QItemSelectionRange, QModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QToolTip, QWidget

from aluplanner.ui.tables import roles
from aluplanner.ui.tables.delegate import CellDelegate
from aluplanner.ui.tables.header import UnitHeader
from aluplanner.ui.tables.model import PlanTableModel
from aluplanner.ui.tables.painting import PADDING, CellPainter, inks
from aluplanner.ui.theme import current_theme

ROW_HEIGHT = 24
_REVERT = QAbstractItemDelegate.EndEditHint.RevertModelCache


class CellView(QTableView):
    """A view of cells that lets nobody leave a text that was refused."""

    def __init__(self, delegate: CellDelegate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells = delegate
        self.setItemDelegate(delegate)
        self.setHorizontalHeader(UnitHeader(self))
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
    def plan_model(self) -> PlanTableModel:
        """The model shown."""
        return cast(PlanTableModel, self.model())

    # Painting all cells in one go takes a tenth of what it takes to be asked for them one by one

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setFont(self.font())
        cells = CellPainter(painter, inks(current_theme()), self.fontMetrics())
        self._paint_cells(cells, event.rect())
        current = self._current_index()
        if current.isValid() and not self.isColumnHidden(current.column()):
            mark = self.plan_model.face(current.row(), current.column()).mark
            cells.paint_current(self.visualRect(current), mark)
        painter.end()

    def _paint_cells(self, cells: CellPainter, rect: QRect) -> None:
        rows, columns = self._rows_in(rect), self._columns_in(rect)
        if not rows or not columns:
            return
        selected = self._selected_in(rows, columns)
        model = self.plan_model
        top = self.rowViewportPosition(rows.start)
        for column, left, width in columns:
            for number, row in enumerate(rows):
                y = top + number * ROW_HEIGHT
                cells.paint(left, y, width - 1, ROW_HEIGHT - 1, model.face(row, column), (row, column) in selected)
        below = [top + (number + 1) * ROW_HEIGHT - 1 for number in range(len(rows))]
        beside = [left + width - 1 for _, left, width in columns]
        cells.paint_grid(below, beside, beside[-1], below[-1])

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
            if index.isValid() and not self.plan_model.data(index, roles.TOOL_TIP):
                text = self.plan_model.face(index.row(), index.column()).text
                is_cut = self.fontMetrics().horizontalAdvance(text) > self.visualRect(index).width() - 2 * PADDING
                QToolTip.showText(event.globalPos(), text if is_cut else "", self)
                return True
        return super().viewportEvent(event)

    # Refused text stays

    def finish_editing(self) -> bool:
        """Take what is being typed; return whether it could be taken."""
        return self._cells.finish()

    def return_to_refused(self) -> bool:
        """Give the focus to the editor whose text is refused; return whether there is one."""
        kept = self._cells.refused_editor()
        if kept is not None:
            kept.setFocus(Qt.FocusReason.OtherFocusReason)
        return kept is not None

    def commitData(self, editor: QWidget) -> None:
        if self._is_own(editor) and self._cells.accepts(editor):
            super().commitData(editor)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        keeps = self._cells.refused_editor()
        if self._is_own(editor) and (keeps is not editor or hint == _REVERT):
            super().closeEditor(editor, hint)

    def _is_own(self, editor: QWidget) -> bool:
        """Return whether an editor is open here and not in the view that shares the delegate."""
        return editor.parentWidget() is self.viewport()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.return_to_refused():
            super().mousePressEvent(event)


def text_width(metrics: QFontMetrics, characters: int) -> int:
    """Return the width of a column for so many characters."""
    return metrics.averageCharWidth() * characters + 2 * ROW_HEIGHT // 3
