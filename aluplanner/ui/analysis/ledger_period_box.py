"""The period that a ledger is about."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from aluplanner.document.change import Change
from aluplanner.document.document import Document
from aluplanner.i18n import tr
from aluplanner.model.calendar import Horizon, Period, standard_periods
from aluplanner.ui.plots.numbers import month_text, period_text

LETTERS: Final = 9
SHOWN: Final = 18


class LedgerPeriodBox(QComboBox):
    """A list of periods: the whole horizon, its years, half-years, quarters and months.

    Attributes
    ----------
    changed : Signal()
        Another period was chosen.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._labels: tuple[str, ...] = ()
        self.setAccessibleName(tr("Period"))
        self.setMaxVisibleItems(SHOWN)
        self.setStyleSheet("QComboBox { combobox-popup: 0; }")
        self.setMinimumContentsLength(LETTERS)
        self._fill()
        self._told = self.period
        self.currentIndexChanged.connect(self._tell)
        document.changed.connect(self._on_changed)

    @property
    def period(self) -> str:
        """The period's label; empty where the plan has no months."""
        return str(self.currentData() or "")

    def choose(self, label: str) -> None:
        """Choose a period; one that is not in the list changes nothing."""
        place = self.findData(label)
        if place >= 0:
            self.setCurrentIndex(place)

    def _on_changed(self, change: Change) -> None:
        before, after = change.before.horizon, change.after.horizon
        if before != after:
            self._fill()
            self._tell()

    def _fill(self) -> None:
        """List the periods of the horizon, keeping the one chosen if it is still there."""
        chosen = self.period
        horizon = self._document.plan.horizon
        self.clear()
        for label, text in _entries(horizon) if horizon is not None else ():
            self.addItem(text, label)
        if horizon is not None:
            self.choose(first_choice(horizon))
        self.choose(chosen)

    def _tell(self) -> None:
        if self.count() and self.currentIndex() >= 0 and self.period != self._told:
            self._told = self.period
            self.changed.emit()


def first_choice(horizon: Horizon) -> str:
    """Return the period to begin with: the second half of the first year that has one, else the whole horizon."""
    halves = [period for period in standard_periods(horizon) if period.length == 6 and not period.is_part(horizon)]
    return next((period.label for period in halves if period.label.endswith("H2")), "all")


def _entries(horizon: Horizon) -> list[tuple[str, str]]:
    periods = standard_periods(horizon)
    months = [Period.parse(label, horizon) for label in horizon.labels]
    return [
        ("all", tr("All months")),
        *((period.label, period_text(period.label)) for period in periods),
        *((period.label, month_text(period.start)) for period in months),
    ]
