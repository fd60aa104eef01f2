"""Moving a pinned cell: a drag is one step of the history, and never runs ahead of the solver."""

from PySide6.QtCore import QObject, QTimer, Slot

from aluplanner.document.change import Change
from aluplanner.document.document import Document
from aluplanner.document.scenario_view import ScenarioView
from aluplanner.i18n import number_style, tr
from aluplanner.model.cell_text import show
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.rows import read_cell
from aluplanner.model.schema import Value
from aluplanner.ui.panels.slider_cells import title_of
from aluplanner.ui.panels.slider_pins import Pin


class Sliding(QObject):
    """Puts the moves of a slider into the plan.

    While a plan is being solved only the newest move waits, so that each plan shown gets its balance: without
    that, a drag over a plan that takes longer to solve than the mouse to move would never show one.

    Parameters
    ----------
    document
        The open document.
    """

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._waiting: tuple[Pin, Value] | None = None
        self._pin: Pin | None = None
        self._before: tuple[Plan, Value] = (document.plan, None)
        document.busy_changed.connect(self._on_busy_changed)
        document.changed.connect(self._on_changed)
        document.scenario_changed.connect(self._on_scenario_changed)

    def slide(self, pin: Pin, value: Value) -> None:
        """Move a cell to a value as a part of the gesture under way, or as the beginning of one."""
        if self._pin is not None and self._pin.place != pin.place:
            self.end()
        if self._document.is_busy and self._document.is_in_gesture(self):
            self._waiting = pin, value
        else:
            self._move(pin, value)

    def end(self) -> None:
        """End the gesture; one that ends where it began leaves no step."""
        self._flush()
        self._pin = None
        if self._document.is_in_gesture(self):
            self._document.end_gesture()

    @Slot()
    def _flush(self) -> None:
        if self._waiting is not None:
            self._move(*self._waiting)

    def _move(self, pin: Pin, value: Value) -> None:
        self._waiting = None
        rows = self._document.view.rows(pin.table)
        position = rows.position(pin.row)
        if position is None:
            return
        if not self._document.is_in_gesture(self):
            self._document.begin_gesture(origin=self)
            self._before = self._document.plan, read_cell(rows[position], pin.column)
        self._pin = pin
        label = slide_label(self._document.view, pin, position, value)
        plan, held = self._before
        if value == held:
            self._document.apply(plan, label, self)  # not even an override of the same value is left behind
        else:
            self._document.set_cells(pin.table, [(position, pin.column, value)], label, self)

    @Slot(bool)
    def _on_busy_changed(self, busy: bool) -> None:
        if not busy and self._waiting is not None:
            QTimer.singleShot(0, self, self._flush)  # after what has been solved is shown

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.origin is not self:
            self._waiting = None

    @Slot(str)
    def _on_scenario_changed(self, _name: str) -> None:
        self._waiting = None


def slide_label(view: ScenarioView, pin: Pin, position: int, value: Value) -> str:
    """Return what moving a cell to a value is called."""
    rows = view.rows(pin.table)
    declared = next(column for column in view.plan.columns(pin.table) if column.name == pin.column)
    column = view.plan.record_column(rows[position], declared)
    shown, title = show(column, value, number_style()), title_of(column)
    if rows.table.parameters:
        step = tr("Slide {column} to {value}", column=title, value=shown)
    else:
        step = tr("Slide {column} of {row} to {value}", column=title, row=rows.keys[position], value=shown)
    if view.is_base or not TABLES[pin.table].can_vary:
        return step
    return tr("{step} in {scenario}", step=step, scenario=view.scenario)
