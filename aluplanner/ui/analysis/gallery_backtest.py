"""The backtest in its states, for the gallery."""

from PySide6.QtCore import QSettings

from aluplanner.analysis.backtest import backtest
from aluplanner.analysis.backtest_fan import FanOrder
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.model.calendar import Month
from aluplanner.ui.analysis.backtest_panel import BacktestPanel

_DRAWS = 200


class StillPanel(BacktestPanel):
    """A panel that shows one answer and asks nothing by itself."""

    def catch_up(self) -> None:
        """Leave the answer as it is."""


def backtest_panel(document: Document, *, origin: str = "", series: str = "production") -> BacktestPanel:
    """Return the panel with its answer, worked out at once; ``origin`` is a month such as ``2017-03``."""
    settings = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "AluPlanner", "Gallery")
    panel = StillPanel(document, Preferences(settings))
    document.setParent(panel)
    begins = Month.parse(origin) if origin else None
    panel.origin_box.choose(begins)
    panel.series_box.setCurrentIndex(panel.series_box.findData(series))
    panel.answer = backtest(document.plan, scenario=document.scenario, origin=begins, fan=FanOrder(_DRAWS, 1))
    panel.show_answer(panel.answer)
    panel.face.show_body()
    return panel
