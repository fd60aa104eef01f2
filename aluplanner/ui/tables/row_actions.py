"""Adding, duplicating, deleting and moving rows, clearing cells: one set of actions for every table."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from aluplanner.document import edits
from aluplanner.document.labels import rows_label
from aluplanner.i18n import tr
from aluplanner.model.plan import Plan
from aluplanner.ui.dialogs.scenario_deletion import ask_to_delete
from aluplanner.ui.tables import resetting
from aluplanner.ui.tables.pin_action import PinAction
from aluplanner.ui.tables.view import PlanTableView
from aluplanner.ui.window_actions import make_table_action


class RowActions(QObject):
    """The actions on rows; they act on the table given by ``current_view``.

    Parameters
    ----------
    owner
        The widget within which their keys work.
    current_view
        Returns the table in use.
    """

    def __init__(self, owner: QWidget, current_view: Callable[[], PlanTableView | None]) -> None:
        super().__init__(owner)
        self._current_view = current_view
        self.add = make_table_action(owner, tr("&Add row"), self._on_add, "Ctrl+Shift++", "Ctrl++", icon_name="add-row")
        self.duplicate = make_table_action(
            owner, tr("D&uplicate rows"), self._on_duplicate, "Ctrl+Shift+D", icon_name="duplicate"
        )
        self.delete = make_table_action(owner, tr("&Delete rows"), self._on_delete, "Ctrl+-", icon_name="delete")
        self.up = make_table_action(owner, tr("Move &up"), self._on_up, "Alt+Shift+Up", icon_name="up")
        self.down = make_table_action(owner, tr("Move do&wn"), self._on_down, "Alt+Shift+Down", icon_name="down")
        self._moving_tips = {action: action.toolTip() for action in (self.up, self.down)}
        self.clear = make_table_action(owner, tr("&Clear cells"), self._on_clear, "Del")
        self.use_base = make_table_action(owner, tr("Use &base value"), self._on_use_base)
        self.use_saved = make_table_action(owner, tr("Use &saved value"), self._on_use_saved)
        self.pin = PinAction(owner, current_view)

    @property
    def on_rows(self) -> tuple[QAction, ...]:
        """The actions on whole rows."""
        return self.add, self.duplicate, self.delete, self.up, self.down

    def refresh(self) -> None:
        """Enable what can be done with the selection."""
        view = self._current_view()
        is_free = view is not None and not view.plan_model.has_fixed_rows
        has_rows = view is not None and bool(view.selected_rows())
        self.add.setEnabled(is_free)
        for action in (self.duplicate, self.delete):
            action.setEnabled(is_free and has_rows)
        is_plain = view is None or view.order.arrangement.is_plain
        for action, tip in self._moving_tips.items():
            action.setEnabled(is_free and has_rows and is_plain)
            action.setToolTip(tip if is_plain else tr("Rows cannot be moved while the table is sorted or filtered"))
        self.clear.setEnabled(has_rows)
        self.pin.refresh()
        self.use_base.setEnabled(view is not None and bool(resetting.overridden_cells(view)))
        self.use_saved.setEnabled(view is not None and resetting.can_use_saved_values(view))

    # What they do

    @Slot()
    def _on_add(self) -> None:
        view = self._current_view()
        if view is None:
            return
        rows = view.selected_rows()
        position = rows[-1] + 1 if rows else view.plan_model.rowCount()
        base_rows = len(view.plan_model.document.plan.table(view.plan_model.table.name))
        position = min(position, base_rows)
        plan = view.plan_model.document.plan
        name = view.plan_model.table.name
        after = edits.insert_rows(plan, name, position)
        if len(after.table(name)) == len(plan.table(name)):
            view.said.emit(tr("{table} has all its rows.", table=view.plan_model.table.heading))
            return
        label = rows_label("Add", name, [after.table(name).keys[position]])
        view.plan_model.document.apply(after, label, view.plan_model)
        view.go_to(position, 0)
        view.setFocus()

    @Slot()
    def _on_duplicate(self) -> None:
        self._apply("Duplicate", edits.duplicate_rows, select=lambda rows: [rows[-1] + 1 + i for i in range(len(rows))])

    @Slot()
    def _on_delete(self) -> None:
        view = self._current_view()
        names = _scenarios_to_delete(view) if view is not None else []
        if view is not None and names:
            ask_to_delete(view.plan_model.document, names, view.window())
        else:
            self._apply("Delete", edits.delete_rows, select=lambda rows: [rows[0]])

    @Slot()
    def _on_up(self) -> None:
        self._apply("Move up", lambda plan, table, rows: edits.move_rows(plan, table, rows, down=False))

    @Slot()
    def _on_down(self) -> None:
        self._apply("Move down", lambda plan, table, rows: edits.move_rows(plan, table, rows, down=True))

    def _apply(
        self,
        verb: str,
        edit: Callable[[Plan, str, list[int]], Plan],
        select: Callable[[list[int]], list[int]] | None = None,
    ) -> None:
        """Edit the selected rows as one step; what moves keeps its selection, else select what is new."""
        view = self._current_view()
        if view is None:
            return
        model = view.plan_model
        base = model.document.plan.table(model.table.name)
        rows = [row for row in view.selected_rows() if row < len(base)]
        if not rows:
            return
        after = edit(model.document.plan, model.table.name, rows)
        if after.table(model.table.name) == base:
            return
        model.document.apply(after, rows_label(verb, model.table.name, [base.keys[row] for row in rows]), model)
        if select is not None and model.rowCount():
            view.select_rows([min(row, model.rowCount() - 1) for row in select(rows)])

    @Slot()
    def _on_clear(self) -> None:
        view = self._current_view()
        if view is not None:
            view.clear_cells()

    @Slot()
    def _on_use_base(self) -> None:
        view = self._current_view()
        if view is not None:
            resetting.use_base_values(view)

    @Slot()
    def _on_use_saved(self) -> None:
        view = self._current_view()
        if view is not None:
            resetting.use_saved_values(view)


def _scenarios_to_delete(view: PlanTableView) -> list[str]:
    """Return the selected scenarios, unless one has no name of its own, so that only its row can tell it."""
    if view.plan_model.table.name != "scenarios":
        return []
    rows = view.plan_model.document.plan.scenarios
    chosen = view.selected_rows()
    return [rows.keys[row] for row in chosen] if all(rows.position(rows.keys[row]) == row for row in chosen) else []
