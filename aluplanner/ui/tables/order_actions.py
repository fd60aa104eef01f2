"""Sorting and filtering from the menus and the keys: one set of actions for every table."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from aluplanner.i18n import tr
from aluplanner.ui.tables.header_menu import APPLY_AGAIN_KEY, SHOW_ALL_KEY
from aluplanner.ui.tables.view import PlanTableView
from aluplanner.ui.window_actions import make_table_action

COLUMN_MENU_KEY = "Alt+Down"


class OrderActions(QObject):
    """The actions on the order of a table; they act on the one given by ``current_view``.

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
        self.column_menu = make_table_action(
            owner, tr("&Sort and filter the column …"), self._on_column_menu, COLUMN_MENU_KEY
        )
        self.show_all = make_table_action(owner, tr("Show all &rows"), self._on_show_all, SHOW_ALL_KEY)
        self.apply_again = make_table_action(
            owner, tr("Appl&y sort and filter again"), self._on_apply_again, APPLY_AGAIN_KEY
        )

    @property
    def all(self) -> tuple[QAction, ...]:
        """All of them, in the order of a menu."""
        return self.column_menu, self.show_all, self.apply_again

    def refresh(self) -> None:
        """Enable what can be done with the table in use."""
        view = self._current_view()
        arrangement = view.order.arrangement if view is not None else None
        self.column_menu.setEnabled(view is not None)
        self.show_all.setEnabled(arrangement is not None and arrangement.is_filtered)
        self.apply_again.setEnabled(arrangement is not None and not arrangement.is_plain)

    @Slot()
    def _on_column_menu(self) -> None:
        view = self._current_view()
        if view is not None:
            view.request_menu()

    @Slot()
    def _on_show_all(self) -> None:
        view = self._current_view()
        if view is not None:
            view.order.arrange(view.order.arrangement.without_filters())

    @Slot()
    def _on_apply_again(self) -> None:
        view = self._current_view()
        if view is not None:
            view.order.apply_again()
