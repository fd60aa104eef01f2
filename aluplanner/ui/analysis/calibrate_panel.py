"""Calibrate: which values fit what really happened."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from aluplanner.analysis.calibration import ACTUALS, Calibration, calibrate
from aluplanner.analysis.calibration_words import headline_of
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import tr
from aluplanner.model.measure import COUNTRY_SERIES
from aluplanner.model.scenarios import BASE
from aluplanner.ui.analysis.answer_view import AnswerView
from aluplanner.ui.analysis.body import ChartAndTable
from aluplanner.ui.analysis.calibrate_chart import CalibrateChart
from aluplanner.ui.analysis.fitted_cells import FittedCells
from aluplanner.ui.analysis.headline_label import HeadlineLabel
from aluplanner.ui.analysis.panel import AnalysisPanel
from aluplanner.ui.analysis.picture import ChartHeading

_CELLS_SHARE: Final = 0.34


class CalibratePanel(AnalysisPanel):
    """Cells fitted to the actuals of Monthly, offered as a scenario."""

    name: ClassVar[str] = "calibrate"
    title: ClassVar[str] = "Calibrate"
    invitation: ClassVar[str] = (
        "Which values would have fitted what happened? Name the cells and their bounds, then press Fit."
        " The plan stays as it is."
    )
    run_text: ClassVar[str] = "Fit"

    def __init__(self, document: Document, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(document, preferences, parent)
        self.cells = FittedCells(document, self.selected_cell, self)
        self.series = {name: QCheckBox(tr(COUNTRY_SERIES[name][0]), self) for name in ACTUALS}
        for place, (name, box) in enumerate(self.series.items()):
            box.setChecked(True)
            box.toggled.connect(self.on_controls_changed)
            self.add_control(self.series[name], "" if place else tr("Actuals of"))
        self.add_scenario_box()
        self.chart = CalibrateChart()
        self.table = AnswerView(tr("Fitted cells"))
        self.headline = HeadlineLabel(self)
        self.scenario_button = QPushButton(tr("New scenario of the fitted cells"), self)
        self.scenario_button.setEnabled(False)
        self.scenario_button.clicked.connect(self._on_scenario_wanted)
        self.cells.changed.connect(self.on_controls_changed)
        self.cells.confirmed.connect(self.run)
        self._lay_out()

    def _lay_out(self) -> None:
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self.scenario_button)
        self.set_body(self.headline.above(ChartAndTable(self.chart, beside, share=0.5)))
        self.face.set_side(self.cells, _CELLS_SHARE)

    def take_focus(self) -> None:
        """Let the planner name the first cell."""
        self.cells.rows[0].box.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self) -> Callable[[], Calibration] | None:
        cells = self.cells.cells()
        series = [name for name, box in self.series.items() if box.isChecked()]
        if not cells:
            self.say_missing(tr("Name the cells to fit, with their bounds."))
            return None
        if not series:
            self.say_missing(tr("Tick the actuals to fit."))
            return None
        return partial(calibrate, self.document.plan, cells, series=series, scenario=self.scenario)

    def show_answer(self, answer: Calibration) -> None:
        self.chart.show_answer(answer)
        self.table.show_table(answer.tables()[0])
        self.headline.say(headline_of(answer))
        self.scenario_button.setEnabled(True)

    def heading(self) -> ChartHeading:
        """Say the answer above exported pictures."""
        heading, answer = super().heading(), self.answer
        return replace(heading, title=headline_of(answer)) if isinstance(answer, Calibration) else heading

    def _on_scenario_wanted(self) -> None:
        answer = self.answer
        if isinstance(answer, Calibration):
            about = tr("Fitted to actuals: {sentence}", sentence=headline_of(answer))
            self.make_scenario(tr("Fitted to actuals"), about, answer.values, answer.scenario or BASE)
