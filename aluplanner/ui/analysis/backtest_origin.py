"""The month after which a backtest's forecast begins."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from aluplanner.analysis.backtest_facts import latest_fact
from aluplanner.document.change import Change
from aluplanner.document.document import Document
from aluplanner.i18n import tr
from aluplanner.model.calendar import Month
from aluplanner.ui.plots.numbers import month_text

_AS_PLANNED: Final = -1


class OriginBox(QComboBox):
    """A list of the months that have passed in the plan, and first of all “as in the plan”.

    Parameters
    ----------
    document
        The open document.

    Attributes
    ----------
    changed : Signal()
        Another month was chosen.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._is_filling = False
        self.setAccessibleName(tr("Forecast begins after"))
        self.setToolTip(
            tr("The run takes the actuals up to this month and sees none later; the months after it are scored.")
        )
        self.setMaxVisibleItems(24)
        self._fill(None)
        self._told = self.origin
        self.currentIndexChanged.connect(self._tell)
        document.changed.connect(self._on_changed)

    @property
    def origin(self) -> Month | None:
        """The month chosen; ``None`` for “as in the plan”."""
        ordinal = self.currentData()
        return None if ordinal in (None, _AS_PLANNED) else Month(int(ordinal))

    def choose(self, month: Month | None) -> None:
        """Choose a month that is in the list, or “as in the plan”."""
        place = self.findData(_AS_PLANNED if month is None else month.ordinal)
        if place >= 0:
            self.setCurrentIndex(place)

    def _months(self) -> list[Month]:
        horizon, last = self._document.plan.horizon, latest_fact(self._document.plan)
        return [month for month in horizon if last is not None and month <= last] if horizon is not None else []

    def _fill(self, wanted: Month | None) -> None:
        self.clear()
        self.addItem(tr("as in the plan"), _AS_PLANNED)
        for month in self._months():
            self.addItem(month_text(month), month.ordinal)
        self.choose(wanted)

    def _on_changed(self, change: Change) -> None:
        if change.before.monthly is not change.after.monthly or change.before.horizon != change.after.horizon:
            chosen = self.origin
            self._is_filling = True
            self._fill(chosen)
            self._is_filling = False
            self._tell()

    def _tell(self) -> None:
        if not self._is_filling and self.origin != self._told:
            self._told = self.origin
            self.changed.emit()
