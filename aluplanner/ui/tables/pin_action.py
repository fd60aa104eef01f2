"""Pinning cells of a table to sliders."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from aluplanner.i18n import tr
from aluplanner.ui.panels.slider_scale import can_slide
from aluplanner.ui.tables.view import PlanTableView
from aluplanner.ui.window_actions import make_table_action

MOST: Final = 12
"""So many sliders can still be told apart; of a larger selection only the current cell is pinned."""

KEY: Final = "Ctrl+Shift+P"


class PinAction(QObject):
    """The action that pins the selected numbers.

    Attributes
    ----------
    requested : Signal(list)
        Pin these cells, given as table, key and column.
    """

    requested = Signal(list)

    def __init__(self, owner: QWidget, current_view: Callable[[], PlanTableView | None]) -> None:
        super().__init__(owner)
        self._current_view = current_view
        self.action = make_table_action(owner, tr("&Pin to What if"), self._on_triggered, KEY, icon_name="pin")

    def refresh(self) -> None:
        """Enable what can be done with the selection."""
        view = self._current_view()
        self.action.setEnabled(view is not None and bool(_pinnable(view)))

    @Slot()
    def _on_triggered(self) -> None:
        view = self._current_view()
        if view is None or not (cells := _pinnable(view)):
            return
        model = view.plan_model
        self.requested.emit([(model.table.name, model.keys[row], model.columns[column].name) for row, column in cells])


def _pinnable(view: PlanTableView) -> list[tuple[int, int]]:
    """Return the selected cells that a slider can change."""
    blocks = view.selected_blocks()
    is_small = sum((bottom - top + 1) * (right - left + 1) for top, bottom, left, right in blocks) <= MOST
    current = view.currentIndex()
    if is_small:
        cells = view.selected_cells()
    elif current.isValid():
        cells = [(view.order.source_row(current.row()), current.column())]
    else:
        cells = []
    return [cell for cell in cells if _can_be_pinned(view, *cell)]


def _can_be_pinned(view: PlanTableView, row: int, column: int) -> bool:
    model = view.plan_model
    declared = model.columns[column]
    is_known_by_key = model.row_of(model.keys[row]) == row and bool(model.keys[row].strip())
    return declared.name not in model.table.key and is_known_by_key and can_slide(model.cell_column(row, column))
