"""The tables of the plan, one tab each."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QSplitter, QTabWidget, QVBoxLayout, QWidget

from aluplanner.document.change import Change, Origin
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import tr
from aluplanner.model.plan import TABLES
from aluplanner.ui.tables.action_columns import ActionsModel
from aluplanner.ui.tables.cell_actions import CellActions
from aluplanner.ui.tables.changed_place import changed_place
from aluplanner.ui.tables.claim_columns import ClaimsModel
from aluplanner.ui.tables.model import PlanTableModel
from aluplanner.ui.tables.order_actions import OrderActions
from aluplanner.ui.tables.page import TablePage
from aluplanner.ui.tables.plant_columns import PlantsModel
from aluplanner.ui.tables.row_actions import RowActions
from aluplanner.ui.tables.tab_bar import PlanTabBar
from aluplanner.ui.tables.view import PlanTableView

TABS: Final = (
    ("plants",),
    ("actions",),
    ("demand", "seasonality"),
    ("monthly",),
    ("bauxite",),
    ("assumptions",),
    ("claims",),
    ("uncertainty",),
    ("scenarios", "overrides"),
    ("plan",),
)
"""The tables of each tab, from top to bottom."""

_MODELS: Final = {"plants": PlantsModel, "actions": ActionsModel, "claims": ClaimsModel}
"""The models of tables that show what follows from them."""


class TableTabs(QTabWidget):
    """A tab for every table; Demand comes with Seasonality, Scenarios with Overrides.

    Attributes
    ----------
    said : Signal(str)
        A sentence for the status bar.
    selection_changed : Signal()
        Other cells are selected in a table, or cells hold something else; what is selected may come to other figures.
    hidden_rows_changed : Signal(int)
        So many rows of the tables in sight are hidden by filters.
    """

    said = Signal(str)
    selection_changed = Signal()
    hidden_rows_changed = Signal(int)

    def __init__(
        self, document: Document, parent: QWidget | None = None, preferences: Preferences | None = None
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._document = document
        self._pages: dict[str, TablePage] = {}
        self.row_actions = RowActions(self, self.current_view)
        self.cell_actions = CellActions(self, self.current_view)
        self.order_actions = OrderActions(self, self.current_view)
        self.setTabBar(PlanTabBar(self))
        self.setDocumentMode(True)
        self.setAccessibleName(tr("Tables of the plan"))
        for tables in TABS:
            self.addTab(self._empty_tab(), tr("Upstream") if tables == ("bauxite",) else TABLES[tables[0]].heading)
        self.currentChanged.connect(self._on_tab_changed)
        # queued, as the click itself has yet to change the tab
        self.tabBarClicked.connect(self._on_tab_clicked, Qt.ConnectionType.QueuedConnection)
        document.changed.connect(self._on_changed)
        self._undone: Change | None = None
        self._showing = QTimer(self)
        self._showing.setSingleShot(True)
        self._showing.setInterval(0)
        self._showing.timeout.connect(self._show_undone)
        self._on_tab_changed()

    def _empty_tab(self) -> QWidget:
        """Return the tab that gets its tables when it is first shown."""
        tab = QWidget(self)
        layout = QVBoxLayout(tab)
        layout.setContentsMargins(0, 0, 0, 0)
        return tab

    def _build(self, tables: tuple[str, ...]) -> None:
        tab = self.widget(TABS.index(tables))
        layout = tab.layout() if tab else None
        if layout is None or tables[0] in self._pages:
            return
        pages = [self._make_page(table) for table in tables]
        if len(pages) == 1:
            layout.addWidget(pages[0])
            pages[0].show()
            return
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        for page in pages:
            splitter.addWidget(page)
        layout.addWidget(splitter)
        splitter.show()

    def _make_page(self, table: str) -> TablePage:
        make = _MODELS.get(table)
        model = make(self._document, self) if make else PlanTableModel(self._document, table, self)
        page = TablePage(model, self.row_actions, self.cell_actions)
        self.cell_actions.follow(page.view)
        page.view.said.connect(self.said)
        page.view.selection_changed.connect(self._on_selection_changed)
        for signal in (page.view.selection_changed, model.dataChanged, model.rowsInserted, model.rowsRemoved):
            signal.connect(self.selection_changed)
        page.view.order.order_changed.connect(self._on_order_changed)
        if self._preferences is not None:
            page.view.columns.remember_in(self._preferences)
        model.overridden_changed.connect(self._on_overridden_changed)
        self._pages[table] = page
        return page

    # Which table

    def page(self, table: str) -> TablePage:
        """Return the page of a table."""
        if table not in self._pages:
            self._build(next(tables for tables in TABS if table in tables))
        return self._pages[table]

    def view(self, table: str) -> PlanTableView:
        """Return the view of a table."""
        return self.page(table).view

    def current_view(self) -> PlanTableView | None:
        """Return the table in use: the one with the focus, else the upper one of the tab."""
        if self.currentIndex() < 0:
            return None
        tables = TABS[self.currentIndex()]
        focus = QApplication.focusWidget()
        for table in tables:
            if focus is not None and self.page(table).isAncestorOf(focus):
                return self.view(table)
        return self.view(tables[0])

    def finish_editing(self) -> None:
        """Take what is being typed into a cell."""
        for page in self._pages.values():
            page.view.finish_editing()

    def go_to(self, table: str, key: str = "", column: str = "", position: int | None = None) -> bool:
        """Show a cell, make it the current one and give it the focus; return whether the row exists.

        Parameters
        ----------
        table
            Name of the table.
        key
            Key of the row.
        column
            Field name; by default the first column.
        position
            Index of the row, where the key cannot name it.
        """
        if table not in TABLES:
            return False
        self.finish_editing()
        self.setCurrentIndex(next(i for i, tables in enumerate(TABS) if table in tables))
        page = self.page(table)
        page.view.setFocus()
        row = position if position is not None else page.model.row_of(key)
        if row is None or row >= page.model.rowCount():
            return not key
        page.view.go_to(row, page.model.column_of(column) or 0)
        return True

    # Following

    def _on_tab_changed(self) -> None:
        self._build(TABS[self.currentIndex()])
        tab, view = self.currentWidget(), self.current_view()
        if tab is not None and tab.hasFocus() and view is not None:
            view.setFocus()  # the tab was still empty when the focus came to it
        self._on_order_changed()
        self.selection_changed.emit()

    @Slot(int)
    def _on_tab_clicked(self, index: int) -> None:
        """Let the keys work in the table whose tab was clicked, as in a spreadsheet."""
        view = self.current_view()
        if index == self.currentIndex() and view is not None:
            view.setFocus()

    def _on_order_changed(self) -> None:
        """Count the rows that filters hide on this tab, and enable what goes with the order."""
        shown = [page.view for table, page in self._pages.items() if table in TABS[self.currentIndex()]]
        self.hidden_rows_changed.emit(sum(view.order.hidden_rows for view in shown))
        self.row_actions.refresh()
        self.order_actions.refresh()

    def _on_overridden_changed(self) -> None:
        view = self.current_view()
        if view is not None and view.plan_model is self.sender():
            self.row_actions.refresh()

    def _on_selection_changed(self) -> None:
        self.row_actions.refresh()

    def _on_changed(self, change: Change) -> None:
        """Show where an undone or redone step was, once the tables show it."""
        if change.origin is Origin.HISTORY:
            self._undone = change
            self._showing.start()
        self.row_actions.refresh()

    def _show_undone(self) -> None:
        place = changed_place(self._undone, self._document.scenario) if self._undone is not None else None
        self._undone = None
        if place is None:
            return
        table, row, column = place
        self.setCurrentIndex(next(i for i, tables in enumerate(TABS) if table in tables))
        page = self.page(table)
        if row < page.model.rowCount():
            page.view.show_cell(row, page.model.column_of(column) or 0)
