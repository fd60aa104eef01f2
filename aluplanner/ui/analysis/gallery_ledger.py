"""The ledger and the claims board in their states, for the gallery."""

from collections.abc import Callable

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from aluplanner.analysis.ledger import ledger
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.ui.analysis.ledger_panel import ADDING_UP, TABLE, LedgerPanel
from aluplanner.ui.panels.claims import ClaimsPanel


class StillPanel(LedgerPanel):
    """A panel that shows one answer and asks nothing by itself."""

    def catch_up(self) -> None:
        """Leave the answer as it is."""


def ledger_panel(document: Document, *, by: str = "action", view: int = 0) -> LedgerPanel:
    """Return the panel with its answer, worked out at once."""
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "AluPlanner", "Gallery")
    panel = StillPanel(document, Preferences(settings))
    document.setParent(panel)
    panel.by_box.choose(by)
    panel.show_view(view)
    panel.answer = ledger(document.plan, scenario=document.scenario, period=panel.period_box.period, by=by)
    panel.show_answer(panel.answer)
    panel.face.show_notes(panel.notes())
    panel.face.show_body()
    return panel


def _claims_panel(document: Document) -> ClaimsPanel:
    panel = ClaimsPanel(document)
    document.setParent(panel)  # it goes with the panel
    return panel


def ledger_exhibits(
    solved: Callable[..., Document], strong: str
) -> list[tuple[str, tuple[int, int], Callable[[], QWidget]]]:
    """Return the exhibits: name, size, and what makes each of a document that ``solved`` gives."""
    return [
        ("ledger", (1366, 320), lambda: ledger_panel(solved())),
        ("ledger-provinces", (500, 500), lambda: ledger_panel(solved(strong), by="province")),
        ("ledger-table", (900, 260), lambda: ledger_panel(solved(), view=TABLE)),
        ("ledger-adding-up", (900, 260), lambda: ledger_panel(solved(strong), view=ADDING_UP)),
        ("claims", (1366, 260), lambda: _claims_panel(solved())),
    ]
