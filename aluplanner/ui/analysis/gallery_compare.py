"""Scenarios side by side, for the gallery."""

from PySide6.QtCore import QSettings

from aluplanner.analysis.comparison import compare
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.model.calendar import Month
from aluplanner.ui.analysis.compare_panel import ComparePanel
from aluplanner.ui.plots.panel import PlotPanel


class StillPanel(ComparePanel):
    """A panel that shows one answer and asks nothing by itself."""

    def catch_up(self) -> None:
        """Leave the answer as it is."""


def compare_panel(document: Document, *, measure: str = "", shows_measures: bool = False) -> ComparePanel:
    """Return the panel with its answer, worked out at once."""
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "AluPlanner", "Gallery")
    panel = StillPanel(document, Preferences(settings))
    document.setParent(panel)
    if measure:
        panel.measure_box.choose(measure)
    panel.answer = answer = compare(document.plan, panel.compared, measures=[panel.measure_box.measure()])
    panel.show_answer(answer)
    panel.tabs.setCurrentWidget(panel.measures if shows_measures else panel.inputs)
    panel.face.show_notes(panel.notes())
    panel.face.show_body()
    return panel


def difference_plots(document: Document) -> PlotPanel:
    """Return the plots in the difference mode, with the crosshair on a month."""
    panel = PlotPanel(document)
    document.setParent(panel)
    panel.span.set_month(Month.of(2017, 12))
    panel.difference.setChecked(True)
    return panel
