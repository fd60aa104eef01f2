"""The waterfall in its states, for the gallery."""

from PySide6.QtCore import QSettings

from aluplanner.analysis.attribution import attribute
from aluplanner.analysis.attribution_groups import By
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.ui.analysis.attribution_panel import AttributionPanel


class StillPanel(AttributionPanel):
    """A panel that shows one answer and asks nothing by itself."""

    def catch_up(self) -> None:
        """Leave the answer as it is."""


def attribution_panel(
    document: Document, *, against: str | None = None, by: By = By.ACTION, measure: str = "", is_unfolded: bool = False
) -> AttributionPanel:
    """Return the panel with its answer, worked out at once."""
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "AluPlanner", "Gallery")
    panel = StillPanel(document, Preferences(settings))
    document.setParent(panel)
    if measure:
        panel.measure_box.choose(measure)
    if against is not None:
        panel.start_box.choose(against)
    panel.by_box.choose(by)
    panel.answer = attribute(
        document.plan, panel.measure_box.measure(), scenario=document.scenario, against=against, by=by
    )
    panel.show_answer(panel.answer)
    panel.face.show_notes(panel.notes())
    panel.face.show_body()
    panel.chart.unfold(is_unfolded)
    return panel
