"""The table of a plan: a spreadsheet with its key column frozen."""

from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from aluplanner.i18n import tr
from aluplanner.model.schema import Type
from aluplanner.ui.tables.cell_view import CellView, text_width
from aluplanner.ui.tables.delegate import CellDelegate
from aluplanner.ui.tables.frozen import FrozenColumn
from aluplanner.ui.tables.header import UnitHeader
from aluplanner.ui.tables.model import PlanTableModel
from aluplanner.ui.tables.painting import PADDING

USUAL_KEY = 20
WIDEST_KEY = 44
"""Characters that a key column has at least and at most."""
MEASURED = 500
"""Rows whose texts are measured; measuring thousands would take longer than it is worth."""
SHORT = 24
"""Characters of a column whose texts are measured; wider ones are for long texts and cut them."""
WIDEST = 36

_NARROW = {Type.NUMBER: 8, Type.FRACTION: 8, Type.MONTH: 9, Type.YES_NO: 6}
"""Characters that suffice on the screen, where a sheet is wider."""

AnyIndex = QModelIndex | QPersistentModelIndex
ScrollHint = QAbstractItemView.ScrollHint

_STEPS = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}


class PlanTableView(CellView):
    """A table of the plan.

    Attributes
    ----------
    said : Signal(str)
        A sentence for the status bar.
    selection_changed : Signal()
        Other cells are selected, or the current cell is another one.
    """

    said = Signal(str)
    selection_changed = Signal()

    def __init__(self, model: PlanTableModel, parent: QWidget | None = None) -> None:
        delegate = CellDelegate()
        super().__init__(delegate, parent)
        delegate.setParent(self)
        self.setModel(model)
        self.setAccessibleName(model.table.heading)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setTabKeyNavigation(True)
        self.frozen = FrozenColumn(self, delegate)
        delegate.refused.connect(self.said)
        delegate.stepped.connect(self.step)
        model.said.connect(self.said)
        model.columnsInserted.connect(self._on_columns_inserted)
        model.modelReset.connect(self._on_reset)
        model.dataChanged.connect(self._on_data_changed)
        self.selectionModel().selectionChanged.connect(self.selection_changed)
        self.selectionModel().currentChanged.connect(self.selection_changed)
        self.verticalHeader().geometriesChanged.connect(self.frozen.place)
        self._on_reset()

    def _on_reset(self) -> None:
        self.set_widths()
        self.go_to(0, 0)

    # Columns

    def set_widths(self) -> None:
        """Give every column the width that the schema suits it with."""
        for column in range(self.plan_model.columnCount()):
            self._set_width(column)

    def _set_width(self, column: int) -> None:
        header = self.horizontalHeader()
        title = header.title_width(column) if isinstance(header, UnitHeader) else 0
        self.setColumnWidth(column, max(self._content_width(column), title))

    def _content_width(self, column: int) -> int:
        """Return the width that suits the contents: known for choices, measured for keys, else the schema's."""
        declared, metrics = self.plan_model.columns[column], self.fontMetrics()
        if column == 0:
            usual = text_width(metrics, min(declared.width, USUAL_KEY))
            return min(max(self._measured(column), usual), text_width(metrics, min(declared.width, WIDEST_KEY)))
        if declared.type in (Type.TEXT, Type.NAMES) and declared.width <= SHORT:
            widest = text_width(metrics, declared.width * 3 // 2)
            return min(self._measured(column) or text_width(metrics, declared.width), widest)
        if declared.type is Type.CHOICE:
            needed = max(metrics.horizontalAdvance(tr(choice)) for choice in declared.choices)
            return needed + 2 * PADDING + 2
        return text_width(metrics, min(WIDEST, _NARROW.get(declared.type, declared.width)))

    def _measured(self, column: int) -> int:
        """Return the width that the texts of the first rows need, 0 if there are none."""
        model, metrics = self.plan_model, self.fontMetrics()
        texts = (model.value(row, column) for row in range(min(model.rowCount(), MEASURED)))
        return max((metrics.horizontalAdvance(str(text)) + 2 * PADDING + 2 for text in texts if text), default=0)

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        """Widen a column for a number that would not fit any more."""
        if first != last:
            return
        face = self.plan_model.face(first.row(), first.column())
        needed = self.fontMetrics().horizontalAdvance(face.text) + 2 * PADDING + 2
        if face.is_right and needed > self.columnWidth(first.column()):
            self.setColumnWidth(first.column(), needed)

    def _on_columns_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        for column in range(first, last + 1):
            self._set_width(column)

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
        key = Qt.Key(event.key())
        if self.return_to_refused():
            event.accept()  # an arrow that the editor had no use for does not lead away from it either
        elif key in _STEPS:
            backwards = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.step(-1 if backwards else 1, 0)
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_Alt):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def step(self, rows: int, columns: int) -> None:
        """Move the current cell, as far as there are cells."""
        index = self.currentIndex()
        row = min(max(index.row() + rows, 0), self.plan_model.rowCount() - 1)
        column = min(max(index.column() + columns, 0), self.plan_model.columnCount() - 1)
        self.go_to(row, column)

    def go_to(self, row: int, column: int) -> None:
        """Make one cell the current one and bring it into sight."""
        index = self.plan_model.index(row, column)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    # The selection

    def selected_rows(self) -> list[int]:
        """Return the rows with a selected cell, else the current one."""
        rows = {index.row() for index in self.selectionModel().selectedIndexes()}
        current = self.currentIndex()
        if not rows and current.isValid():
            rows = {current.row()}
        return sorted(rows)

    def selected_cells(self) -> list[tuple[int, int]]:
        """Return the selected cells, else the current one, as (row, column)."""
        cells = {(index.row(), index.column()) for index in self.selectionModel().selectedIndexes()}
        current = self.currentIndex()
        if not cells and current.isValid():
            cells = {(current.row(), current.column())}
        return sorted(cells)

    def clear_cells(self) -> None:
        """Empty the selected cells, as one step; names stay, as rows are known by them."""
        model = self.plan_model
        fixed = set(model.table.key)
        cells = [
            (row, model.columns[column].name, None)
            for row, column in self.selected_cells()
            if model.columns[column].name not in fixed
            and model.is_editable(row, column)
            and model.value(row, column) is not None
        ]
        if cells:
            model.document.set_cells(model.table.name, cells, origin=model)
        else:
            self.said.emit(tr("There is nothing to clear here; to take a whole row away, delete it."))

    def select_rows(self, rows: list[int]) -> None:
        """Select whole rows, the first of them current, and bring it into sight."""
        selection = self.selectionModel()
        column = max(self.currentIndex().column(), 0)
        selection.clearSelection()
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for row in rows:
            selection.select(self.plan_model.index(row, 0), flags)
        if rows:
            current = self.plan_model.index(rows[0], column)
            selection.setCurrentIndex(current, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(current)
