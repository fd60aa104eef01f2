"""The tornado: which uncertain inputs make the difference."""

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar, Final

from PySide6.QtWidgets import QWidget

from aluplanner.analysis.tornado import CELL, FACTOR, Tornado, tornado
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import tr
from aluplanner.ui.analysis.answer_view import AnswerView
from aluplanner.ui.analysis.body import ChartAndTable
from aluplanner.ui.analysis.choice import Choice
from aluplanner.ui.analysis.measure_box import MeasureBox
from aluplanner.ui.analysis.panel import AnalysisPanel
from aluplanner.ui.analysis.tornado_chart import TornadoChart

_KEPT: Final = "analysis/tornado/by"


class TornadoPanel(AnalysisPanel):
    """Each uncertain input at its low and at its high, the longest swing on top; follows the plan."""

    name: ClassVar[str] = "tornado"
    title: ClassVar[str] = "Tornado"
    invitation: ClassVar[str] = (
        "Which inputs make the difference? Give cells and their ranges in Uncertainty, and choose a measure."
    )
    is_live: ClassVar[bool] = True

    def __init__(self, document: Document, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(document, preferences, parent)
        self.measure_box = MeasureBox(document, self)
        ways = {CELL: tr("each cell alone"), FACTOR: tr("common factors together")}
        self.way_box = Choice(tr("What is moved at a time"), ways, self)
        self.way_box.choose(preferences.text(_KEPT, CELL))
        self.add_control(self.measure_box, tr("What moves"))
        self.add_control(self.way_box, tr("by"))
        self.add_scenario_box(tr("in"))
        self.chart = TornadoChart()
        self.table = AnswerView(tr("Inputs"))
        self.set_body(ChartAndTable(self.chart, self.table, share=0.76))
        self.way_box.changed.connect(self._keep_way)

    def ask(self) -> Callable[[], Tornado] | None:
        plan, scenario = self.asked_of()
        return partial(tornado, plan, self.measure_box.measure(), scenario=scenario, by=self.way_box.chosen)

    def show_answer(self, answer: Any) -> None:
        self.chart.show_tornado(answer)
        self.table.show_table(answer.tables()[0])

    def _keep_way(self) -> None:
        self.preferences.set_text(_KEPT, self.way_box.chosen)
