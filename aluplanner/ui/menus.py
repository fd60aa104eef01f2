"""The menus and the tool bar of the window."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolBar, QWidget

from aluplanner.i18n import tr
from aluplanner.ui.theme import NAMES
from aluplanner.ui.window_actions import history_actions, make_action

if TYPE_CHECKING:
    from aluplanner.ui.main_window import MainWindow


class Menus:
    """Builds the menus and the tool bar, and keeps the list of recent files."""

    def __init__(self, window: "MainWindow") -> None:
        self._window = window
        files = window.files
        self.new = make_action(window, tr("&New from the 2017 case"), files.new_example, "Ctrl+N", icon_name="new")
        self.new_empty = make_action(window, tr("New &empty plan"), files.new_empty)
        self.open = make_action(window, tr("&Open …"), files.open, "Ctrl+O", icon_name="open")
        self.import_rows = make_action(window, tr("&Import …"), files.imports.ask)
        self.save = make_action(window, tr("&Save"), files.save, "Ctrl+S", icon_name="save")
        self.save_as = make_action(window, tr("Save &as …"), files.save_as, "Ctrl+Shift+S")
        self.export = make_action(window, tr("E&xport the living model …"), window.exports.ask)
        self.compare = make_action(window, tr("Com&pare with a file …"), window.copies.compare)
        self.merge = make_action(window, tr("&Merge with another copy …"), window.copies.merge)
        self.close = make_action(window, tr("&Close"), window.close_plan, "Ctrl+W")
        self.quit = make_action(window, tr("&Quit"), window.quit, "Ctrl+Q")
        self.undo, self.redo = history_actions(window, window.document.undo_stack)
        self.find = make_action(window, tr("&Find …"), window.docks.show_find, "Ctrl+F")
        self.find_next = make_action(window, tr("Find &next"), window.find_next, "F3")
        self.find_previous = make_action(window, tr("Find pre&vious"), window.find_previous, "Shift+F3")
        self.recent = QMenu(tr("Open &recent"), window)
        self.recent.setToolTipsVisible(True)
        self.recent.triggered.connect(window.open_recent)
        self._build()
        self.refresh_recent()

    def _build(self) -> None:
        bar = self._window.menuBar()
        self._fill_file(bar.addMenu(tr("&File")))
        edit = bar.addMenu(tr("&Edit"))
        edit.addActions([self.undo, self.redo])
        edit.addSeparator()
        rows = self._window.tables.row_actions
        self._window.tables.cell_actions.add_to(edit)
        edit.addActions([rows.clear, rows.use_base, rows.use_saved, rows.pin.action])
        edit.addSeparator()
        edit.addActions(list(rows.on_rows))
        edit.addSeparator()
        edit.addActions([self.find, self.find_next, self.find_previous])
        edit.aboutToShow.connect(rows.refresh)
        self._fill_view(bar.addMenu(tr("&View")))
        self._fill_scenario(bar.addMenu(tr("&Scenario")))
        if self._window.analyses.analyses:
            self._fill_analysis(bar.addMenu(tr("&Analysis")))
        self._fill_help(bar.addMenu(tr("&Help")))
        self._fill_tool_bar()

    def _fill_file(self, menu: QMenu) -> None:
        menu.addActions([self.new, self.new_empty, self.open])
        menu.addMenu(self.recent)
        menu.addAction(self.import_rows)
        menu.addSeparator()
        menu.addActions([self.save, self.save_as])
        menu.addSeparator()
        menu.addActions([self.compare, self.merge])
        menu.addSeparator()
        menu.addAction(self.export)
        menu.addSeparator()
        menu.addActions([self.close, self.quit])

    def _fill_view(self, menu: QMenu) -> None:
        window = self._window
        for number in range(window.tables.count()):
            action = QAction(window.tables.tabText(number), window)
            action.setData(number)
            action.setShortcut(f"Ctrl+{(number + 1) % 10}")
            action.triggered.connect(window.on_tab_requested)
            menu.addAction(action)
        menu.addSeparator()
        menu.addActions(list(window.tables.order_actions.all))
        menu.aboutToShow.connect(window.tables.order_actions.refresh)
        menu.addSeparator()
        menu.addActions([dock.toggleViewAction() for dock in window.docks.own])
        menu.addSeparator()
        menu.addAction(make_action(window, tr("Plots or &result tables"), window.show_other_results, "F8"))
        menu.addAction(make_action(window, tr("&Next pane"), window.next_pane, "F6"))
        self._fill_themes(menu.addMenu(tr("&Theme")))

    def _fill_scenario(self, menu: QMenu) -> None:
        actions = self._window.scenario_bar.edits
        menu.addActions(list(actions.all))
        menu.insertSeparator(actions.rename)
        menu.insertSeparator(actions.delete)

    def _fill_analysis(self, menu: QMenu) -> None:
        window = self._window
        for analysis in window.analyses.analyses:
            show = partial(window.show_analysis, analysis.name)
            keys = (analysis.keys,) if analysis.keys else ()
            menu.addAction(make_action(window, tr(analysis.title), show, *keys))

    def _fill_themes(self, menu: QMenu) -> None:
        words = {
            "system": tr("As the &system"),
            "light": tr("&Light"),
            "dark": tr("&Dark"),
            "high contrast": tr("&High contrast"),
        }
        group = QActionGroup(menu)
        for name in NAMES:
            action = menu.addAction(words[name])
            action.setData(name)
            action.setCheckable(True)
            action.setChecked(name == self._window.theme_choice)
            group.addAction(action)
        group.triggered.connect(self._window.on_theme_chosen)

    def _fill_help(self, menu: QMenu) -> None:
        window = self._window
        menu.addAction(make_action(window, tr("What the &columns mean"), window.show_columns_help, "F1"))
        menu.addAction(make_action(window, tr("&About AluPlanner"), window.show_about))

    def _fill_tool_bar(self) -> None:
        bar = QToolBar(tr("Tools"), self._window)
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setIconSize(QSize(20, 20))
        bar.toggleViewAction().setEnabled(False)
        for actions in ((self.new, self.open, self.save), (self.undo, self.redo)):
            bar.addActions(list(actions))
            bar.addSeparator()
        bar.addWidget(self._window.scenario_bar)
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(space)
        self._window.addToolBar(Qt.ToolBarArea.TopToolBarArea, bar)

    def refresh_recent(self) -> None:
        """List the recent files."""
        self.recent.clear()
        paths = self._window.preferences.recent_files
        for number, path in enumerate(paths, start=1):
            action = self.recent.addAction(f"&{number % 10} {path.name}".replace("&&", "&"))
            action.setToolTip(str(path))
            action.setData(str(path))
        self.recent.setEnabled(bool(paths))
