"""The tables of the plan, one tab each."""

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QSplitter, QTabWidget, QVBoxLayout, QWidget

from aluplanner.document.change import Change, Origin
from aluplanner.document.document import Document
from aluplanner.i18n import tr
from aluplanner.model.plan import TABLES, Plan
from aluplanner.ui.tables.claim_columns import ClaimsModel
from aluplanner.ui.tables.model import PlanTableModel
from aluplanner.ui.tables.page import TablePage
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


class TableTabs(QTabWidget):
    """A tab for every table; Demand comes with Seasonality, Scenarios with Overrides.

    Attributes
    ----------
    said : Signal(str)
        A sentence for the status bar.
    """

    said = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._pages: dict[str, TablePage] = {}
        self.row_actions = RowActions(self, self.current_view)
        self.setTabBar(PlanTabBar(self))
        self.setDocumentMode(True)
        self.setAccessibleName(tr("Tables of the plan"))
        for tables in TABS:
            self.addTab(self._empty_tab(), tr("Upstream") if tables == ("bauxite",) else TABLES[tables[0]].heading)
        self.currentChanged.connect(self._on_tab_changed)
        # queued, as the click itself has yet to change the tab
        self.tabBarClicked.connect(self._on_tab_clicked, Qt.ConnectionType.QueuedConnection)
        document.changed.connect(self._on_changed)
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
        model = ClaimsModel(self._document, self) if table == "claims" else PlanTableModel(self._document, table, self)
        page = TablePage(model, self.row_actions)
        page.view.said.connect(self.said)
        page.view.selection_changed.connect(self._on_selection_changed)
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

    def finish_editing(self) -> bool:
        """Take what is being typed into a cell; return whether it could be taken."""
        return all(page.view.finish_editing() for page in self._pages.values())

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
        if not self.finish_editing():
            return False
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
        if self._return_to_refused():
            return
        tab, view = self.currentWidget(), self.current_view()
        if tab is not None and tab.hasFocus() and view is not None:
            view.setFocus()  # the tab was still empty when the focus came to it
        self.row_actions.refresh()

    def _return_to_refused(self) -> bool:
        """Go back to the tab with a text that was refused, which would else be forgotten; return whether there is one.

        The text is not asked for again: what was refused is known, and what is still being typed was taken already.
        """
        here = TABS[self.currentIndex()]
        for table, page in self._pages.items():
            if table not in here and page.view.return_to_refused():
                self.setCurrentIndex(next(i for i, tables in enumerate(TABS) if table in tables))
                page.view.return_to_refused()  # once more, now that it is in sight
                return True
        return False

    @Slot(int)
    def _on_tab_clicked(self, index: int) -> None:
        """Let the keys work in the table whose tab was clicked, as in a spreadsheet."""
        view = self.current_view()
        if index == self.currentIndex() and view is not None and not view.return_to_refused():
            view.setFocus()

    def _on_selection_changed(self) -> None:
        self.row_actions.refresh()

    def _on_changed(self, change: Change) -> None:
        """Show where an undone or redone step was."""
        if change.origin is Origin.HISTORY:
            changed = changed_tables(change.before, change.after)
            if changed and not set(changed) & set(TABS[self.currentIndex()]):
                self.setCurrentIndex(next(i for i, tables in enumerate(TABS) if changed[0] in tables))
        self.row_actions.refresh()


def changed_tables(before: Plan, after: Plan) -> list[str]:
    """Return the tables that differ between two plans."""
    return [name for name in TABLES if before.table(name) is not after.table(name)]
