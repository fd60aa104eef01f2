"""The boxes of yes/no cells: one click or Space switches them."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from aluplanner.document.scenario_labels import switch_label
from aluplanner.ui.tables.painting import box_in
from aluplanner.ui.tables.view import PlanTableView

REACH = 3
"""So many pixels beside a box still count as on it."""


class TickBoxes(QObject):
    """Switches yes/no cells of a table by click and by Space."""

    def __init__(self, view: PlanTableView) -> None:
        super().__init__(view)
        self._view = view
        self._pressed: tuple[int, int] | None = None
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._view:
            return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._on_key(event)
        if isinstance(event, QMouseEvent):
            return self._on_mouse(event)
        return False

    # Space

    def _on_key(self, event: QKeyEvent) -> bool:
        """Switch the selected boxes to what the current one is not."""
        if event.key() != Qt.Key.Key_Space or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        current = self._cell(self._view.currentIndex())
        if current is None:
            return False
        selected = [cell for cell in self._view.selected_cells() if self._tick(cell) is not None]
        self._switch(selected if current in selected else [current], not self._tick(current))
        return True

    # The mouse

    def _on_mouse(self, event: QMouseEvent) -> bool:
        """Switch a box on which the button goes down and up again; the cell becomes the current one as ever."""
        kind = event.type()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._pressed = self._box_at(event)
            return kind == QEvent.Type.MouseButtonDblClick and self._pressed is not None  # no editor opens
        if kind == QEvent.Type.MouseButtonRelease:
            pressed, self._pressed = self._pressed, None
            if pressed is not None and pressed == self._box_at(event):
                self._switch([pressed], not self._tick(pressed))
        return False

    def _box_at(self, event: QMouseEvent) -> tuple[int, int] | None:
        is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.button() != Qt.MouseButton.LeftButton or not is_plain:
            return None
        place = event.position().toPoint()
        index = self._view.indexAt(place)
        cell = self._cell(index)
        return cell if cell is not None and self._is_on_box(index, cell, place) else None

    def _is_on_box(self, index: QModelIndex, cell: tuple[int, int], place: QPoint) -> bool:
        is_right = self._view.plan_model.face(*cell).is_right
        box = box_in(self._view.visualRect(index), is_right)
        return box.adjusted(-REACH, -REACH, REACH, REACH).contains(place)

    # The cells

    def _cell(self, index: QModelIndex) -> tuple[int, int] | None:
        """Return the stored cell of an index if it has a box."""
        if not index.isValid():
            return None
        cell = self._view.order.source_row(index.row()), index.column()
        return None if self._tick(cell) is None else cell

    def _tick(self, cell: tuple[int, int]) -> bool | None:
        model = self._view.plan_model
        return model.face(*cell).tick if model.is_editable(*cell) else None

    def _switch(self, cells: list[tuple[int, int]], to: bool) -> None:
        """Set the boxes that are not so yet, as one step."""
        model = self._view.plan_model
        wanted = [(row, model.columns[column].name, to) for row, column in cells if self._tick((row, column)) != to]
        if wanted:
            table = model.table.name
            model.document.set_cells(table, wanted, switch_label(model.document.view, table, wanted), model)
