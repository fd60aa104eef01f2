"""The docks at the bottom: issues, claims, trace, history."""

from itertools import pairwise
from typing import cast

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget
from shiboken6 import isValid

from aluplanner.document.document import Document
from aluplanner.i18n import tr
from aluplanner.model.measure import Measure
from aluplanner.ui.dock_heights import DockHeights
from aluplanner.ui.panels.claims import ClaimsPanel
from aluplanner.ui.panels.conflicts import ConflictsPanel
from aluplanner.ui.panels.find import FindPanel
from aluplanner.ui.panels.history import HistoryPanel
from aluplanner.ui.panels.issues import IssuesPanel
from aluplanner.ui.panels.sliders import SlidersPanel
from aluplanner.ui.panels.trace import TracePanel
from aluplanner.ui.tab_closing import make_tabs_closable
from aluplanner.ui.tab_marks import mark_tabs


class Docks(QObject):
    """Makes the docks and puts them in their first places."""

    def __init__(self, window: QMainWindow, document: Document) -> None:
        super().__init__(window)
        self._window = window
        self.issues_panel = IssuesPanel(document)
        self.history_panel = HistoryPanel(document.undo_stack)
        self.claims_panel = ClaimsPanel(document)
        self.conflicts_panel = ConflictsPanel(document)
        self.trace_panel = TracePanel(document)
        self.sliders_panel = SlidersPanel(document)
        self.find_panel = FindPanel(document)
        self.issues = self._dock(tr("Issues"), "issues", self.issues_panel)
        self.history = self._dock(tr("History"), "history", self.history_panel)
        self.claims = self._dock(tr("Claims"), "claims", self.claims_panel)
        self.conflicts = self._dock(tr("Conflicts"), "conflicts", self.conflicts_panel)
        self.trace = self._dock(tr("Trace"), "trace", self.trace_panel)
        self.sliders = self._dock(tr("What if"), "sliders", self.sliders_panel)
        self.find = self._dock(tr("Find"), "find", self.find_panel)
        self._adopted: list[QDockWidget] = []
        self.issues_panel.counted.connect(self._on_counted)
        self.trace.visibilityChanged.connect(self.trace_panel.catch_up)
        self.conflicts_panel.counted.connect(self._on_conflicts_counted)
        self._heights = DockHeights(window, self.all)
        self._closing = QTimer(self)
        self._closing.setSingleShot(True)
        self._closing.setInterval(0)
        self._closing.timeout.connect(self._make_closable)
        self.arrange()

    @property
    def all(self) -> tuple[QDockWidget, ...]:
        """The docks, those of the analyses that were made among them."""
        return (*self.own, *self._adopted)

    @property
    def own(self) -> tuple[QDockWidget, ...]:
        """The docks that are always there."""
        return self.issues, self.conflicts, self.claims, self.trace, self.sliders, self.find, self.history

    def _dock(self, title: str, name: str, panel: QWidget) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(name)
        dock.setWidget(panel)
        self._follow(dock)
        return dock

    def _follow(self, dock: QDockWidget) -> None:
        dock.topLevelChanged.connect(self.refresh_titles)
        dock.dockLocationChanged.connect(self.refresh_titles)
        dock.visibilityChanged.connect(self.refresh_titles)

    def adopt(self, dock: QDockWidget) -> None:
        """Take a dock of an analysis among the others: its tab can be closed, and it gets more room than they need."""
        self._adopted.append(dock)
        self._follow(dock)
        self._heights.adopt(dock)

    def show_tall(self, dock: QDockWidget) -> None:
        """Give a dock of an analysis, which is in front, the room it needs."""
        self._heights.make_room_for_analysis(dock)

    def refresh_titles(self) -> None:
        """Leave the title bar off where the tab already says the title."""
        if not isValid(self._window):
            return  # on its way out a window moves its docks once more
        mark_tabs(self._window)
        self._closing.start()
        for dock in self.all:
            is_tab = bool(self._window.tabifiedDockWidgets(dock)) and not dock.isFloating()
            if is_tab and dock.titleBarWidget() is None:
                dock.setTitleBarWidget(QWidget(dock))
            elif not is_tab and dock.titleBarWidget() is not None:
                dock.setTitleBarWidget(cast(QWidget, None))  # its own again

    def go_on_tall(self, dock: QDockWidget) -> None:
        """Give a dock of an analysis that was in front when the window was closed the room that it had."""
        self._heights.go_on(dock)

    def _make_closable(self) -> None:
        """Put the buttons that close them on the tabs of the analyses, once Qt has its tabs in order."""
        if isValid(self._window):
            make_tabs_closable(self._window, self._adopted)

    def arrange(self) -> None:
        """Put the docks side by side as tabs at the bottom."""
        area = Qt.DockWidgetArea.BottomDockWidgetArea
        for dock in self.own:
            self._window.addDockWidget(area, dock)
        for left, right in pairwise(self.own):
            self._window.tabifyDockWidget(left, right)
        self.issues.raise_()
        self._heights.begin()

    def show_issues(self) -> None:
        """Bring the issues to the front."""
        self.issues.show()
        self.issues.raise_()
        self.issues_panel.view.setFocus()

    def show_find(self) -> None:
        """Let the planner type what is to be found."""
        self.find.show()
        self.find.raise_()
        self.find_panel.begin()

    def show_trace(self, scenario: str, measure: Measure) -> None:
        """Bring what makes a number to the front, with room for a few of its parts."""
        self.trace_panel.show_trace(scenario, measure)
        self.trace.show()
        self.trace.raise_()
        self._heights.make_room_for_trace(self.trace)

    def pin(self, cells: list[tuple[str, str, str]]) -> None:
        """Pin cells, given as table, key and column, to sliders and bring these to the front."""
        self.sliders_panel.board.pin(cells)
        self.sliders.show()
        self.sliders.raise_()

    def _on_counted(self, errors: int, warnings: int) -> None:
        count = errors + warnings
        self.issues.setWindowTitle(tr("Issues ({count})", count=count) if count else tr("Issues"))

    def _on_conflicts_counted(self, count: int) -> None:
        self.conflicts.setWindowTitle(tr("Conflicts ({count})", count=count) if count else tr("Conflicts"))
