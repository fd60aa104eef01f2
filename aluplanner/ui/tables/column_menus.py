"""Opens what a table asks about its columns: the menu, the lists, the line to type into."""

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QMenu

from aluplanner.i18n import tr
from aluplanner.ui.tables.arrangement import shown
from aluplanner.ui.tables.bounds_popup import BoundsPopup
from aluplanner.ui.tables.filters import AmongTexts
from aluplanner.ui.tables.header_menu import HeaderMenu, only_text
from aluplanner.ui.tables.popup import ColumnPopup
from aluplanner.ui.tables.quick_filter import QuickFilter
from aluplanner.ui.tables.values_popup import ValuesPopup
from aluplanner.ui.tables.view import PlanTableView

NARROWEST_LINE = 160


class ColumnMenus(QObject):
    """The menus, popups and the filter line of one table; at most one of each is open.

    Parameters
    ----------
    view
        The table.
    """

    def __init__(self, view: PlanTableView) -> None:
        super().__init__(view)
        self._view = view
        self.menu: HeaderMenu | None = None
        self.popup: ColumnPopup | None = None
        self.line: QuickFilter | None = None
        view.menu_requested.connect(self.open_menu)
        view.text_filter_requested.connect(self.open_line)

    def add_to(self, menu: QMenu) -> None:
        """Put what concerns the order into the menu of a cell."""
        view, current = self._view, self._view.currentIndex()
        menu.addSeparator()
        if current.isValid() and view.plan_model.holds_values(current.column()):
            value = shown(view.plan_model, view.order.source_row(current.row()), current.column()).text
            menu.addAction(only_text(value)).triggered.connect(self._on_only_this)
        if view.order.arrangement.is_filtered:
            menu.addAction(tr("Show all &rows")).triggered.connect(self._on_show_all)

    def _on_only_this(self) -> None:
        view, current = self._view, self._view.currentIndex()
        if current.isValid():
            model, column = view.plan_model, current.column()
            value = shown(model, view.order.source_row(current.row()), column).text
            wanted = AmongTexts(frozenset({value}))
            view.order.arrange(view.order.arrangement.with_filter(model.columns[column].name, wanted))

    def _on_show_all(self) -> None:
        order = self._view.order
        order.arrange(order.arrangement.without_filters())

    def open_menu(self, column: int) -> None:
        """Open the menu of a column under its header."""
        view = self._view
        current = view.currentIndex()
        row = view.order.source_row(current.row()) if current.isValid() and current.column() == column else None
        menu = HeaderMenu(view.order, view.columns, column, row, self._chosen(column), view)
        menu.values_requested.connect(self.open_values)
        menu.bounds_requested.connect(self.open_bounds)
        menu.text_requested.connect(self.open_line)
        if self.menu is not None:
            self.menu.deleteLater()
        self.menu = menu
        menu.popup(self._place(column))
        menu.setActiveAction(menu.actions()[0])

    def _chosen(self, column: int) -> list[int]:
        """Return the columns that are selected whole, if the column is one of them, else the column."""
        view = self._view
        chosen = view.whole_columns()
        return chosen if column in chosen else [column]

    def _place(self, column: int) -> QPoint:
        self._view.scroll_to_column(column)
        return self._view.header_of(column).menu_place(column)

    def open_values(self, column: int) -> None:
        """Ask which values of a column to show."""
        self._open(ValuesPopup(self._view.order, column, self._view), column)

    def open_bounds(self, column: int) -> None:
        """Ask for bounds of a column."""
        self._open(BoundsPopup(self._view.order, column, self._view), column)

    def _open(self, popup: ColumnPopup, column: int) -> None:
        self.popup = popup
        popup.closed.connect(self._on_popup_closed)
        popup.open_at(self._place(column))

    def _on_popup_closed(self) -> None:
        self.popup = None
        self._view.setFocus()

    # The line to type into

    def open_line(self, column: int) -> None:
        """Open the line whose text the cells of a column must contain: over its header, so that no row is covered."""
        self._close_line()
        view = self._view
        view.scroll_to_column(column)
        self.line = QuickFilter(view.order, column, view)
        self.line.done.connect(self._on_line_done)
        self._place_line(column)
        self.line.show()
        self.line.raise_()
        self.line.setFocus()

    def _place_line(self, column: int) -> None:
        view, line = self._view, self.line
        if line is None:
            return
        header = view.header_of(column)
        section = header.section_rect(column)
        corner = header.viewport().mapTo(view, section.topLeft())
        width = max(section.width(), NARROWEST_LINE)
        left = max(min(corner.x(), view.width() - width), 0)
        line.setGeometry(QRect(left, corner.y(), width, section.height() - 1))

    def _on_line_done(self) -> None:
        self._close_line()
        self._view.setFocus()

    def _close_line(self) -> None:
        if self.line is not None:
            line, self.line = self.line, None
            line.hide()
            line.deleteLater()
