"""The key column that stays in sight: a second view over the table, sharing its model and its selection."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QFrame, QHeaderView, QWidget

from aluplanner.ui.tables.cell_view import CellView
from aluplanner.ui.tables.delegate import CellDelegate
from aluplanner.ui.theme import current_theme

if TYPE_CHECKING:
    from aluplanner.ui.tables.view import PlanTableView


class _Edge(QWidget):
    """The line along which the other columns pass under the frozen one."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(current_theme().crosshair))
        painter.end()


class FrozenColumn(CellView):
    """Shows the first column of a table over it, and stays in step with it."""

    def __init__(self, table: "PlanTableView", delegate: CellDelegate) -> None:
        super().__init__(delegate, table)
        self._table = table
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(table)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self._hide_others()
        self._edge = _Edge(table)
        self._keep_in_step()

    def _keep_in_step(self) -> None:
        table, order = self._table, self._table.order
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        table.horizontalHeader().sectionResized.connect(self._on_table_resized)
        self.horizontalHeader().sectionResized.connect(self._on_resized)
        order.columnsInserted.connect(self._on_columns_changed)
        order.modelReset.connect(self._on_columns_changed)
        for signal in (order.rowsInserted, order.rowsRemoved, order.layoutChanged):
            signal.connect(self._on_rows_changed)

    def _hide_others(self) -> None:
        for column in range(self.model().columnCount()):
            self.setColumnHidden(column, column != 0)

    def _on_columns_changed(self) -> None:
        self._hide_others()
        self.place()

    def _on_rows_changed(self) -> None:
        self.place()

    def _on_table_resized(self, section: int, _old: int, size: int) -> None:
        if section == 0:
            self.setColumnWidth(0, size)
            self.place()

    def _on_resized(self, section: int, _old: int, size: int) -> None:
        if section == 0:
            self._table.setColumnWidth(0, size)

    def sizeHintForColumn(self, column: int) -> int:
        return self._table.sizeHintForColumn(column)

    def place(self) -> None:
        """Lie exactly over the table's first column."""
        table = self._table
        frame, header = table.frameWidth(), table.horizontalHeader().height()
        left = table.verticalHeader().width() + frame
        height = table.viewport().height() + header
        self.horizontalHeader().setFixedHeight(header)
        self.setGeometry(left, frame, table.columnWidth(0), height)
        filled = header + table.verticalHeader().length()
        line = QRect(left + table.columnWidth(0) - 1, frame, 1, min(height, filled))
        if line != self._edge.geometry():  # raised without need it would have all that it crosses painted again
            self._edge.setGeometry(line)
            self._edge.raise_()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if not editor.isVisible():
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._table.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.angleDelta().x():
            self._table.horizontalScrollBar().event(event)
        else:
            super().wheelEvent(event)
