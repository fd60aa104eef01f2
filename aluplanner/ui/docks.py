"""The docks at the bottom: issues, history, claims."""

from typing import cast

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget
from shiboken6 import isValid

from aluplanner.document.document import Document
from aluplanner.i18n import tr
from aluplanner.ui.panels.claims import ClaimsPanel
from aluplanner.ui.panels.history import HistoryPanel
from aluplanner.ui.panels.issues import IssuesPanel

SHARE = 7
"""The docks first get this part of the screen's height."""


class Docks(QObject):
    """Makes the docks and puts them in their first places."""

    def __init__(self, window: QMainWindow, document: Document) -> None:
        super().__init__(window)
        self._window = window
        self.issues_panel = IssuesPanel(document)
        self.history_panel = HistoryPanel(document.undo_stack)
        self.claims_panel = ClaimsPanel(document)
        self.issues = self._dock(tr("Issues"), "issues", self.issues_panel)
        self.history = self._dock(tr("History"), "history", self.history_panel)
        self.claims = self._dock(tr("Claims"), "claims", self.claims_panel)
        self.issues_panel.counted.connect(self._on_counted)
        self.arrange()

    @property
    def all(self) -> tuple[QDockWidget, ...]:
        """The docks."""
        return self.issues, self.history, self.claims

    def _dock(self, title: str, name: str, panel: QWidget) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(name)
        dock.setWidget(panel)
        dock.topLevelChanged.connect(self.refresh_titles)
        dock.dockLocationChanged.connect(self.refresh_titles)
        dock.visibilityChanged.connect(self.refresh_titles)
        return dock

    def refresh_titles(self) -> None:
        """Leave the title bar off where the tab already says the title."""
        if not isValid(self._window):
            return  # on its way out a window moves its docks once more
        for dock in self.all:
            is_tab = bool(self._window.tabifiedDockWidgets(dock)) and not dock.isFloating()
            if is_tab and dock.titleBarWidget() is None:
                dock.setTitleBarWidget(QWidget(dock))
            elif not is_tab and dock.titleBarWidget() is not None:
                dock.setTitleBarWidget(cast(QWidget, None))  # its own again

    def arrange(self) -> None:
        """Put the docks side by side as tabs at the bottom."""
        area = Qt.DockWidgetArea.BottomDockWidgetArea
        for dock in self.all:
            self._window.addDockWidget(area, dock)
        self._window.tabifyDockWidget(self.issues, self.claims)
        self._window.tabifyDockWidget(self.claims, self.history)
        self.issues.raise_()
        height = self._window.screen().availableGeometry().height() // SHARE
        self._window.resizeDocks([self.issues], [height], Qt.Orientation.Vertical)

    def show_issues(self) -> None:
        """Bring the issues to the front."""
        self.issues.show()
        self.issues.raise_()
        self.issues_panel.view.setFocus()

    def _on_counted(self, errors: int, warnings: int) -> None:
        count = errors + warnings
        self.issues.setWindowTitle(tr("Issues ({count})", count=count) if count else tr("Issues"))
