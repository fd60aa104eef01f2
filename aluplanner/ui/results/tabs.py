"""The results beside the plan's tables: plots, or tables of the same figures."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import tr
from aluplanner.ui.results.page import ResultsPage
from aluplanner.ui.tables.tab_bar import PlanTabBar

PLOTS: Final = 0
TABLES: Final = 1
_MEMORY: Final = "results/tab"
_NAMES: Final = ("plots", "tables")


class ResultTabs(QTabWidget):
    """Plots and tables behind two tabs; the tables are made when they are first wanted.

    Parameters
    ----------
    plots
        The panel of plots.
    document
        The open document.
    preferences
        Remembers which of the two is shown, and which table.

    Attributes
    ----------
    trace_requested : Signal(str, Measure)
        Show what makes a figure of a scenario.
    statistics_changed : Signal(list)
        The selected figures of the tables are others; none while the plots are shown.
    """

    trace_requested = Signal(str, object)
    statistics_changed = Signal(object)

    def __init__(self, plots: QWidget, document: Document, preferences: Preferences | None = None) -> None:
        super().__init__()
        self._document = document
        self._preferences = preferences
        self._page: ResultsPage | None = None
        self._holder = QWidget()
        layout = QVBoxLayout(self._holder)
        layout.setContentsMargins(0, 0, 0, 0)
        self.setTabBar(PlanTabBar(self))
        self.setDocumentMode(True)
        self.setAccessibleName(tr("Results"))
        self.addTab(plots, tr("Plots"))
        self.addTab(self._holder, tr("Result tables"))
        self.currentChanged.connect(self._on_changed)
        if preferences is not None and preferences.text(_MEMORY, _NAMES[PLOTS]) == _NAMES[TABLES]:
            self.setCurrentIndex(TABLES)

    @property
    def page(self) -> ResultsPage:
        """The page of the tables."""
        if self._page is None:
            self._page = ResultsPage(self._document, self._preferences)
            self._page.trace_requested.connect(self.trace_requested)
            self._page.statistics_changed.connect(self._on_statistics_changed)
            layout = self._holder.layout()
            if layout is not None:
                layout.addWidget(self._page)
        return self._page

    def selected_numbers(self) -> list[float]:
        """Return the selected figures of the tables, none while the plots are shown."""
        return self._page.selected_numbers() if self._page is not None else []

    def show_other(self) -> None:
        """Show the tables instead of the plots, with the focus in them, or the other way round."""
        self.setCurrentIndex(PLOTS if self.currentIndex() == TABLES else TABLES)
        if self.currentIndex() == TABLES:
            self.page.view.setFocus()

    def _on_changed(self, index: int) -> None:
        if index == TABLES:
            self.page.show()
        if self._preferences is not None:
            self._preferences.set_text(_MEMORY, _NAMES[index])
        self._on_statistics_changed()

    def _on_statistics_changed(self, _numbers: object = None) -> None:
        self.statistics_changed.emit(self.selected_numbers())
