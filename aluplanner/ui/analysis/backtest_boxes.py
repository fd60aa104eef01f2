"""What a backtest shows, and what it scores."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from aluplanner.analysis.backtest_facts import FACTS
from aluplanner.analysis.backtest_words import series_title
from aluplanner.analysis.forecast import Forecast
from aluplanner.i18n import tr
from aluplanner.ui.analysis.choice import Choice

_THE_PLAN: Final = -1
_WIDEST_NAME: Final = 240
"""Pixels that the name of a kept forecast gets at most."""


class SeriesBox(Choice):
    """Production, stock or price."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Series"), {name: series_title(name) for name in FACTS}, parent)

    @property
    def series(self) -> str:
        """The series chosen."""
        return self.chosen


class SourceBox(QComboBox):
    """What is held against the actuals: the plan as it is now, or a forecast that was kept.

    Attributes
    ----------
    changed : Signal()
        Something else was chosen.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("What is scored"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaximumWidth(_WIDEST_NAME)
        self._kept: list[Forecast] = []
        self.addItem(tr("this plan"), _THE_PLAN)
        self.currentIndexChanged.connect(self.changed)

    @property
    def forecast(self) -> Forecast | None:
        """The kept forecast chosen; ``None`` for the plan."""
        place = self.currentData()
        return None if place in (None, _THE_PLAN) else self._kept[int(place)]

    def add(self, forecast: Forecast, name: str) -> None:
        """Add a kept forecast by the name of its file, and choose it; one of that name is replaced."""
        place = self.findText(name)
        if place > 0:
            self._kept[int(self.itemData(place))] = forecast
            is_chosen = place == self.currentIndex()
            self.setCurrentIndex(place)
            if is_chosen:
                self.changed.emit()
            return
        self._kept.append(forecast)
        self.addItem(name, len(self._kept) - 1)
        self.setCurrentIndex(self.count() - 1)
