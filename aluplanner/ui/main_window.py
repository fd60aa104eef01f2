"""The main window: tables on the left, plots on the right, what is said about them below."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QTabWidget, QWidget

from aluplanner import __version__
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.model.issues import Issue
from aluplanner.model.measure import Measure
from aluplanner.model.plan import Address
from aluplanner.ui.analysis.docks import AnalysisDocks
from aluplanner.ui.copies import Copies
from aluplanner.ui.dialogs.about import show_about
from aluplanner.ui.dialogs.columns_help import ColumnsHelp
from aluplanner.ui.docks import Docks
from aluplanner.ui.exports import Exports
from aluplanner.ui.files import Files
from aluplanner.ui.icons import refresh_icons
from aluplanner.ui.menus import Menus
from aluplanner.ui.panels.claims_making import ClaimMaker
from aluplanner.ui.right_column import RightColumn
from aluplanner.ui.scenario_bar import ScenarioBar
from aluplanner.ui.selection_label import SelectionLabel
from aluplanner.ui.status import StatusBar
from aluplanner.ui.tables.cell_issues import overridden_address
from aluplanner.ui.tables.tabs import TableTabs
from aluplanner.ui.theme import SYSTEM, apply_theme

if TYPE_CHECKING:
    from aluplanner.ui.results.tabs import ResultTabs

TABLES_SHARE: Final = 0.52
FIRST_SIZE: Final = (1280, 800)


class MainWindow(QMainWindow):
    """The window of one document.

    Parameters
    ----------
    document
        The open document.
    preferences
        What the program remembers; by default the user's own.
    """

    def __init__(self, document: Document, preferences: Preferences | None = None) -> None:
        super().__init__()
        self.document = document
        self.preferences = preferences or Preferences()
        self.theme_choice = self.preferences.text("theme", SYSTEM)
        self._may_close = False
        self.tables = TableTabs(document, self, self.preferences)
        self.files = Files(document, self.preferences, self, self.tables.finish_editing)
        self.copies = Copies(document, self.preferences, self, self.tables.finish_editing)
        self.exports = Exports(document, self.preferences, self)
        self.scenario_bar = ScenarioBar(document, self)
        self.docks = Docks(self, document)
        self.analyses = AnalysisDocks(self, document, self.preferences, self.selected_cell)
        self.claim_maker = ClaimMaker(document, self)
        self.results: ResultTabs | None = None
        self._right = RightColumn(self)
        self._status = StatusBar(document, SelectionLabel(self.tables), self)
        self.setStatusBar(self._status)
        self._lay_out()
        self.menus = Menus(self)
        self._connect()
        self._on_file_changed()
        self._restore()
        self.tables.view("plants").setFocus()

    def _lay_out(self) -> None:
        self.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AllowNestedDocks)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.setAcceptDrops(True)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self.splitter.addWidget(self.tables)
        self.splitter.addWidget(self._right)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setStretchFactor(0, 52)
        self.splitter.setStretchFactor(1, 48)
        self.setCentralWidget(self.splitter)

    def _connect(self) -> None:
        self.document.file_changed.connect(self._on_file_changed)
        for source in (self.tables.said, self.files.said, self.copies.said, self.exports.said):
            source.connect(self._status.say)
        for request in (self._status.issues_requested, self.files.issues_requested, self.copies.issues_requested):
            request.connect(self.docks.show_issues)
        self.files.merge_requested.connect(self.copies.merge_own_file)
        self.copies.jump_requested.connect(self._on_jump_requested)
        self.tables.hidden_rows_changed.connect(self._status.show_hidden_rows)
        self.scenario_bar.done.connect(self._focus_table)
        self.files.recent_changed.connect(self.menus.refresh_recent)
        self.docks.issues_panel.counted.connect(self._status.show_counts)
        for panel in (self.docks.issues_panel, self.docks.conflicts_panel):
            panel.jump_requested.connect(self.go_to_issue)
        self.docks.claims_panel.jump_requested.connect(self._on_claim_requested)
        self.claim_maker.made.connect(self._on_claim_requested)
        for said in (self.claim_maker.said, self.docks.claims_panel.said):
            said.connect(self._status.say)
        self.docks.find_panel.jump_requested.connect(self.tables.go_to)
        self.docks.find_panel.left.connect(self._focus_table)
        self.docks.trace_panel.jump_requested.connect(self._on_jump_requested)
        self.docks.sliders_panel.jump_requested.connect(self._on_jump_requested)
        self.docks.sliders_panel.set_pin_action(self.tables.row_actions.pin.action)
        self.docks.sliders_panel.remember_in(self.preferences)
        self.tables.row_actions.pin.requested.connect(self.docks.pin)
        self.analyses.made.connect(self.docks.adopt)
        self.analyses.shown.connect(self.docks.show_tall)
        self.analyses.restored.connect(self.docks.go_on_tall)
        self.analyses.said.connect(self._status.say)
        self.analyses.jump_requested.connect(self._on_jump_requested)
        self.analyses.trace_requested.connect(self.show_trace)

    @Slot()
    def begin(self) -> None:
        """Begin to solve, then load and add the plots, with the tables answering in between."""
        self.document.start()
        QTimer.singleShot(0, self, self._load_plots)

    @Slot()
    def _load_plots(self) -> None:
        import_module("pyqtgraph")
        QTimer.singleShot(0, self, self.add_plots)

    @Slot()
    def add_plots(self) -> None:
        """Add the plots and the headlines."""
        from aluplanner.ui.panels.headline import HeadlineStrip
        from aluplanner.ui.plots.panel import PlotPanel
        from aluplanner.ui.results.tabs import ResultTabs

        if self._right.is_filled:
            return
        plots = PlotPanel(self.document)
        self.results = ResultTabs(plots, self.document, self.preferences)
        for source in (plots, self.results):
            source.trace_requested.connect(self.show_trace)
        plots.jump_requested.connect(self._on_jump_requested)
        self.results.statistics_changed.connect(self._status.selection.show_numbers)
        self._right.fill(self.results, HeadlineStrip(self.document))

    # The window remembers

    def _restore(self) -> None:
        self.resize(*FIRST_SIZE)
        if not self.restoreGeometry(self.preferences.bytes_of("window/geometry")):
            self.setWindowState(Qt.WindowState.WindowMaximized)
        self.analyses.restore()
        self.restoreState(self.preferences.bytes_of("window/docks"))
        if not self.splitter.restoreState(self.preferences.bytes_of("window/splitter")):
            width = self.width()
            self.splitter.setSizes([round(width * TABLES_SHARE), round(width * (1 - TABLES_SHARE))])

    def _remember(self) -> None:
        self.preferences.set_bytes("window/geometry", self.saveGeometry())
        self.preferences.set_bytes("window/docks", self.saveState())
        self.analyses.remember()
        self.preferences.set_bytes("window/splitter", self.splitter.saveState())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.analyses.go_on)  # once it is laid out

    # Files

    def _on_file_changed(self) -> None:
        self.setWindowTitle(f"{self.files.name}[*] – AluPlanner")
        self.setWindowModified(not self.document.is_clean)

    def open_recent(self, action: QAction) -> None:
        """Open the file of a menu entry."""
        self.files.open_path(Path(str(action.data())))

    def close_plan(self) -> None:
        """Put the plan away and show an empty one."""
        self.files.new_empty()

    def quit(self) -> None:
        """Close the window."""
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self._may_close:
            self.tables.finish_editing()
        if not self._may_close and (self.document.is_saving or not self.document.is_clean):
            event.ignore()
            self.files.confirm(self._close_for_good)
            return
        self._remember()
        self.exports.close()
        self.analyses.close()
        self.document.close()
        event.accept()

    def _close_for_good(self) -> None:
        self._may_close = True
        QTimer.singleShot(0, self, self.close)  # not from within the event that was just declined

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.files.open_path(path)

    # Getting about

    def go_to_issue(self, issue: Issue) -> None:
        """Show the cell of an issue; a wrong value in a scenario is shown where the scenario puts it."""
        plan = self.document.plan
        address = overridden_address(plan, issue) if issue.table == "overrides" and issue.column == "value" else None
        if address is not None and issue.position is not None:
            self._show_scenario(plan.overrides[issue.position].scenario)
            self.tables.go_to(address.table, address.row, address.column)
            return
        if issue.table not in ("overrides", "scenarios"):
            self._show_scenario(issue.scenario)
        self.tables.go_to(issue.table, issue.row, issue.column, issue.position)

    def _show_scenario(self, name: str) -> None:
        if name and self.document.plan.scenarios.find(name) is not None:
            self.document.select_scenario(name)

    def _on_claim_requested(self, key: str) -> None:
        self.tables.go_to("claims", key)

    def _on_jump_requested(self, table: str, key: str, column: str) -> None:
        self.tables.go_to(table, key, column)

    def show_analysis(self, name: str) -> None:
        """Bring an analysis to the front, by the name of its dock."""
        self.analyses.show(name)

    def selected_cell(self) -> Address | None:
        """Return the current cell of the table in use."""
        view = self.tables.current_view()
        index = view.currentIndex() if view is not None else None
        if view is None or index is None or not index.isValid():
            return None
        model = view.plan_model
        row = view.order.source_row(index.row())
        return Address(model.table.name, model.keys[row], model.columns[index.column()].name)

    def show_trace(self, scenario: str, measure: Measure) -> None:
        """Show what makes a number of a scenario."""
        self.docks.show_trace(scenario, measure)

    def show_other_results(self) -> None:
        """Show the result tables instead of the plots, or the other way round."""
        if self.results is not None:
            self.results.show_other()

    def on_tab_requested(self) -> None:
        """Show the table of a menu entry."""
        action = self.sender()
        if isinstance(action, QAction):
            self.tables.finish_editing()
            self.tables.setCurrentIndex(int(action.data()))
            self._focus_table()

    def _focus_table(self) -> None:
        view = self.tables.current_view()
        if view is not None:
            view.setFocus()

    def next_pane(self) -> None:
        """Give the focus to the next pane: tables, plots, each dock in sight."""
        results = self.results.currentWidget() if self.results is not None else None
        panes = [self.tables.current_view(), results, *(dock.widget() for dock in self.docks.all)]
        # a dock behind another tab counts as visible, but nothing of it is to be seen
        in_sight = [pane for pane in panes if pane is not None and not pane.visibleRegion().isEmpty()]
        shown = [pane for pane in in_sight if _first_focus(pane) is not None]
        focus = QApplication.focusWidget()
        here = next((i for i, pane in enumerate(shown) if focus is pane or (focus and pane.isAncestorOf(focus))), -1)
        if shown:
            target = _first_focus(shown[(here + 1) % len(shown)])
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)

    def find_next(self) -> None:
        """Go to the next cell that holds the text to be found; ask for the text if there is none."""
        self._find(1)

    def find_previous(self) -> None:
        """Go to the cell before."""
        self._find(-1)

    def _find(self, by: int) -> None:
        panel = self.docks.find_panel
        if panel.field.text().strip():
            panel.step(by)
        else:
            self.docks.show_find()

    # Looks and help

    def on_theme_chosen(self, action: QAction) -> None:
        """Use the theme of a menu entry."""
        app = QApplication.instance()
        if isinstance(app, QApplication):
            self.theme_choice = str(action.data())
            self.preferences.set_text("theme", self.theme_choice)
            apply_theme(app, self.theme_choice)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            refresh_icons(self)

    def show_columns_help(self) -> None:
        """Explain every column, beginning with the table in use."""
        view = self.tables.current_view()
        ColumnsHelp(self.document.plan, view.plan_model.table.name if view else "", self).show()

    def show_about(self) -> None:
        """Say what the program is."""
        show_about(self, __version__)


def _dropped_file(event: QDragEnterEvent | QDropEvent) -> Path | None:
    """Return the workbook that is dragged, ``None`` for anything else."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths[0] if len(paths) == 1 and paths[0].suffix.lower() == ".xlsx" else None


def _first_focus(pane: QWidget) -> QWidget | None:
    """Return the widget of a pane that takes the focus."""
    candidates = [pane, *pane.findChildren(QWidget)]
    wanted = Qt.FocusPolicy.TabFocus
    return next((w for w in candidates if w.isVisible() and w.isEnabled() and w.focusPolicy() & wanted), None)
