"""The docks of the analyses: which there are, made when they are first asked for, remembered when the window closes."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget
from shiboken6 import isValid

from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import tr

if TYPE_CHECKING:  # what the panels need would hold up the start
    from aluplanner.ui.analysis.address_box import CellSource
    from aluplanner.ui.analysis.panel import AnalysisPanel

_OPEN: Final = "analysis/open"
_FRONT: Final = "analysis/front"


@dataclass(frozen=True, slots=True)
class AnalysisDock:
    """An analysis in the menu.

    Attributes
    ----------
    name
        Object name of its dock; never changed, for it stands in the settings.
    title
        Its title in English, with the ``&`` of its key in the menu; shown in the language in force.
    module, panel
        Where its panel is, imported when the dock is first shown, and the name of the class.
    keys
        The keys that show it.
    """

    name: str
    title: str
    module: str
    panel: str
    keys: str = ""

    @property
    def heading(self) -> str:
        """The title in the language in force, as a dock shows it."""
        return tr(self.title).replace("&", "")


ANALYSES: Final[tuple[AnalysisDock, ...]] = (
    AnalysisDock("compare", "&Compare", "aluplanner.ui.analysis.compare_panel", "ComparePanel", "Alt+1"),
    AnalysisDock("ledger", "&Ledger", "aluplanner.ui.analysis.ledger_panel", "LedgerPanel", "Alt+2"),
    AnalysisDock(
        "attribution", "&Attribution", "aluplanner.ui.analysis.attribution_panel", "AttributionPanel", "Alt+3"
    ),
    AnalysisDock("tornado", "&Tornado", "aluplanner.ui.analysis.tornado_panel", "TornadoPanel", "Alt+4"),
    AnalysisDock("goal_seek", "&Goal seek", "aluplanner.ui.analysis.goal_seek_panel", "GoalSeekPanel", "Alt+5"),
    AnalysisDock("sweep", "&Sweep", "aluplanner.ui.analysis.sweep_panel", "SweepPanel", "Alt+6"),
    AnalysisDock("monte_carlo", "&Monte Carlo", "aluplanner.ui.analysis.monte_carlo_panel", "MonteCarloPanel", "Alt+7"),
    AnalysisDock("backtest", "Bac&ktest", "aluplanner.ui.analysis.backtest_panel", "BacktestPanel", "Alt+8"),
    AnalysisDock("calibrate", "Cali&brate", "aluplanner.ui.analysis.calibrate_panel", "CalibratePanel", "Alt+9"),
)
"""Every analysis, in the order of the menu."""


class AnalysisDocks(QObject):
    """Makes and shows the docks of the analyses.

    Parameters
    ----------
    window
        The window that they belong to.
    document, preferences
        What is analysed, and what the program remembers.
    cell_source
        Tells the cell that is selected in the table in use.
    analyses
        Which there are.

    Attributes
    ----------
    made : Signal(QDockWidget)
        A dock was made.
    shown : Signal(QDockWidget)
        A dock was asked for and is in front.
    restored : Signal(QDockWidget)
        A dock that was in front when the window was closed is in front again.
    jump_requested, said, trace_requested
        As those of :class:`AnalysisPanel`, of whichever asks.
    """

    made = Signal(object)
    shown = Signal(object)
    restored = Signal(object)
    jump_requested = Signal(str, str, str)
    said = Signal(str)
    trace_requested = Signal(str, object)

    def __init__(
        self,
        window: QMainWindow,
        document: Document,
        preferences: Preferences,
        cell_source: "CellSource",
        analyses: Sequence[AnalysisDock] | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._document, self._preferences = window, document, preferences
        self._cell_source = cell_source
        self.analyses = tuple(ANALYSES if analyses is None else analyses)
        self._docks: dict[str, QDockWidget] = {}
        self._panels: dict[str, AnalysisPanel] = {}
        self._wanted: QDockWidget | None = None

    @property
    def docks(self) -> tuple[QDockWidget, ...]:
        """The docks that were made, in the order of the menu."""
        return tuple(self._docks[each.name] for each in self.analyses if each.name in self._docks)

    @property
    def panels(self) -> tuple["AnalysisPanel", ...]:
        """The panels that were made, in the order of the menu."""
        return tuple(self._panels[each.name] for each in self.analyses if each.name in self._panels)

    def show(self, name: str) -> "AnalysisPanel":
        """Bring an analysis to the front and let the planner type; return its panel.

        Raises
        ------
        KeyError
            If there is no such analysis.
        """
        dock = self._docks.get(name) or self._make(name)
        dock.show()
        dock.raise_()
        panel = self._fill(dock)
        self.shown.emit(dock)
        panel.take_focus()
        return panel

    def remember(self) -> None:
        """Keep which docks are open."""
        names = (dock.objectName() for dock in self.docks if not dock.isHidden())
        self._preferences.set_text(_OPEN, " ".join(names))
        self._preferences.set_text(_FRONT, next((dock.objectName() for dock in self.docks if _is_in_sight(dock)), ""))

    def restore(self) -> None:
        """Open the docks again that were open when the window was closed; their panels are made once they are seen.

        To be called before the window restores its state, which puts them where they were.
        """
        known = {each.name for each in self.analyses}
        for name in self._preferences.text(_OPEN, "").split():
            if name in known and name not in self._docks:
                self._make(name)
        self._wanted = self._docks.get(self._preferences.text(_FRONT, ""))

    @Slot()
    def go_on(self) -> None:
        """Bring the dock to the front that was there when the window was closed; tabs need a window that is shown."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None and isValid(wanted):
            wanted.raise_()
            self.restored.emit(wanted)
            self._fill(wanted)

    def close(self) -> None:
        """End the background work of every analysis."""
        for panel in self.panels:
            panel.close_worker()

    # Making

    def _make(self, name: str) -> QDockWidget:
        """Make a dock without its panel, where it was last."""
        entry = next((each for each in self.analyses if each.name == name), None)
        if entry is None:
            raise KeyError(name)
        dock = QDockWidget(entry.heading, self._window)
        dock.setObjectName(name)
        dock.setWidget(QWidget(dock))
        self._docks[name] = dock
        self.made.emit(dock)
        if not self._window.restoreDockWidget(dock):
            self._put_beside_others(dock)
        dock.visibilityChanged.connect(self._on_visibility_changed)
        return dock

    def _put_beside_others(self, dock: QDockWidget) -> None:
        """Put a dock that was nowhere yet as a tab beside the others at the bottom."""
        bottom, window = Qt.DockWidgetArea.BottomDockWidgetArea, self._window
        others = [other for other in window.findChildren(QDockWidget) if other is not dock and not other.isFloating()]
        window.addDockWidget(bottom, dock)
        for other in others:
            if window.dockWidgetArea(other) == bottom:
                window.tabifyDockWidget(other, dock)
                return

    def _fill(self, dock: QDockWidget) -> "AnalysisPanel":
        """Return the panel of a dock, made now if it was not."""
        name = dock.objectName()
        if name not in self._panels:
            self._panels[name] = panel = self._make_panel(name)
            stand_in = dock.widget()
            panel.setMinimumHeight(stand_in.minimumHeight())
            dock.setWidget(panel)
            stand_in.deleteLater()
            dock.visibilityChanged.connect(panel.catch_up)
            dock.toggleViewAction().toggled.connect(self._on_toggled)
        return self._panels[name]

    def _make_panel(self, name: str) -> "AnalysisPanel":
        entry = next(each for each in self.analyses if each.name == name)
        panel: AnalysisPanel = getattr(import_module(entry.module), entry.panel)(self._document, self._preferences)
        panel.cell_source = self._cell_source
        panel.jump_requested.connect(self.jump_requested)
        panel.said.connect(self.said)
        panel.trace_requested.connect(self.trace_requested)
        return panel

    def _on_toggled(self, is_open: bool) -> None:
        """Give up what is being worked out for docks that were closed; another tab in front is no reason."""
        if not is_open:
            for name, panel in self._panels.items():
                if self._docks[name].isHidden():
                    panel.cancel()

    def _on_visibility_changed(self, is_visible: bool) -> None:
        if is_visible:
            # not while the window is being laid out: what a panel imports may take its time
            QTimer.singleShot(0, self, self._fill_those_in_sight)

    def _fill_those_in_sight(self) -> None:
        for dock in self.docks:
            if _is_in_sight(dock):
                self._fill(dock)


def _is_in_sight(dock: QDockWidget) -> bool:
    """Return whether anything of a dock can be seen; one behind another tab counts as visible, but is not."""
    return isValid(dock) and dock.isVisible() and not dock.visibleRegion().isEmpty()
