"""Calibrate: which values fit what really happened."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar, Final

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from aluplanner.analysis.calibration import ACTUALS, Calibration, calibrate
from aluplanner.analysis.calibration_words import headline_of
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import tr
from aluplanner.model.measure import COUNTRY_SERIES
from aluplanner.model.scenarios import BASE
from aluplanner.ui.analysis.answer_view import AnswerView
from aluplanner.ui.analysis.calibrate_chart import CalibrateChart
from aluplanner.ui.analysis.fitted_cells import FittedCells
from aluplanner.ui.analysis.panel import AnalysisPanel
from aluplanner.ui.analysis.panel_face import MARGIN
from aluplanner.ui.elided_label import ElidedLabel
from aluplanner.ui.theme import scaled

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
        self.headline = ElidedLabel(self)
        self.headline.setContentsMargins(MARGIN, 4, MARGIN, 0)
        self.headline.setFont(scaled(self.headline.font(), 1.1, bold=True))
        self.scenario_button = QPushButton(tr("New scenario of the fitted cells"), self)
        self.scenario_button.setEnabled(False)
        self.scenario_button.clicked.connect(self._on_scenario_wanted)
        self.cells.changed.connect(self.on_controls_changed)
        self._lay_out()

    def _lay_out(self) -> None:
        answers = QWidget()
        rows = QVBoxLayout(answers)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.headline)
        parts = QSplitter()
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.chart)
        parts.addWidget(self.table)
        parts.setSizes([500, 400])
        rows.addWidget(parts, 1)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.scenario_button)
        rows.addLayout(line)
        self.body = QSplitter()
        self.body.setChildrenCollapsible(False)
        self.body.addWidget(self.cells)
        self.body.addWidget(answers)
        self.body.setSizes([round(1000 * _CELLS_SHARE), round(1000 * (1 - _CELLS_SHARE))])
        self.set_body(self.body)
        self.face.show_body()  # the cells are asked for in it

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
        self.headline.setText(headline_of(answer))
        self.headline.setToolTip(headline_of(answer))
        self.scenario_button.setEnabled(True)

    def _on_scenario_wanted(self) -> None:
        answer = self.answer
        if isinstance(answer, Calibration):
            about = tr("Fitted to actuals: {sentence}", sentence=headline_of(answer))
            self.make_scenario(tr("Fitted to actuals"), about, answer.values, answer.scenario or BASE)
