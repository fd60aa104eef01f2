"""The dock Attribution: what each action, or each other change, did to a measure."""

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QElapsedTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QToolButton, QWidget

from aluplanner.analysis.attribution import Attribution, attribute
from aluplanner.analysis.attribution_groups import By
from aluplanner.analysis.attribution_tables import notes_of
from aluplanner.document.change import Change
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.document.question_worker import Work
from aluplanner.i18n import tr
from aluplanner.ui.analysis.answer_view import AnswerView
from aluplanner.ui.analysis.attribution_chart import REST, WaterfallChart
from aluplanner.ui.analysis.attribution_words import groupings, headline_of
from aluplanner.ui.analysis.body import ChartAndTable
from aluplanner.ui.analysis.chart import Chart, ChartHit
from aluplanner.ui.analysis.choice import Choice, narrow
from aluplanner.ui.analysis.headline_label import HeadlineLabel
from aluplanner.ui.analysis.measure_box import MeasureBox
from aluplanner.ui.analysis.panel import AnalysisPanel
from aluplanner.ui.analysis.panel_state import State
from aluplanner.ui.analysis.picture import ChartHeading
from aluplanner.ui.analysis.scenario_box import ScenarioBox

NAME: Final = "attribution"
NO_ACTIONS: Final = "\0no actions"
"""Stands for the case without actions among the scenarios; no scenario can be called so."""
QUICK: Final = 500
"""Milliseconds of an answer up to which the next edit may ask again by itself."""
_CHART_PART: Final = 0.6
_WIDE: Final = 1150
"""Width from which the table stands beside the picture unless the planner wants it otherwise."""
_MEASURE_LETTERS: Final = 14
_CASE_LETTERS: Final = 11
_BY_LETTERS: Final = 7
_MARK_LETTERS: Final = 23


class StartBox(ScenarioBox):
    """The case to start from: the end without its actions, or a scenario."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(document, parent, follows=False)
        self.setAccessibleName(tr("From"))
        self.choose(NO_ACTIONS)

    @property
    def against(self) -> str | None:
        """The scenario, ``None`` for the case without actions."""
        return None if self.scenario == NO_ACTIONS else self.scenario

    def _fill(self, wanted: str) -> None:
        super()._fill(wanted)
        self.insertItem(0, tr("Without actions"), NO_ACTIONS)

    def _on_changed(self, change: Change) -> None:
        is_without = self.against is None
        super()._on_changed(change)
        if is_without:
            self.choose(NO_ACTIONS)


class AttributionPanel(AnalysisPanel):
    """The waterfall; it follows every edit while answers are quick, else it waits to be asked."""

    name = NAME
    title = "Attribution"
    invitation = "What each action did to a measure: choose a measure and where to start from."
    is_live = True

    def __init__(self, document: Document, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(document, preferences, parent)
        self._clock = QElapsedTimer()
        self._is_quick = True
        self._is_table_chosen = False
        self.measure_box = MeasureBox(document, self)
        self.start_box = StartBox(document, self)
        self.by_box = Choice(tr("Added up by"), groupings(), self)
        narrow(self.by_box, _BY_LETTERS)
        self.add_control(self.measure_box)
        self.add_control(self.start_box)
        self.start_box.setToolTip(tr("The case that the waterfall starts from"))
        end_box = self.add_scenario_box(tr("→"))
        end_box.setToolTip(tr("The case that it leads to"))
        narrow(end_box, _CASE_LETTERS)
        narrow(self.start_box, _CASE_LETTERS)
        narrow(self.measure_box, _MEASURE_LETTERS)
        self.face.add_control(self.by_box, "")  # nothing is solved anew for it
        self.by_box.changed.connect(self._regroup)
        self.chart = WaterfallChart()
        self.chart.setAccessibleName(tr("Attribution"))
        self._frame = QScrollArea()
        self._frame.setFrameShape(QFrame.Shape.NoFrame)
        self._frame.setWidgetResizable(True)
        self._frame.setWidget(self.chart)
        self.table = AnswerView(tr("Contributions"))
        self.headline = HeadlineLabel(self)
        self._body = ChartAndTable(self._frame, self.table, _CHART_PART)
        self.set_body(self.headline.above(self._body))
        self.table_button = self._make_table_button()
        self.face.add_control(self.table_button, "")
        # so that at 900 pixels all controls stand in one row
        self.face.mark.setFixedWidth(self.fontMetrics().averageCharWidth() * _MARK_LETTERS)

    def _make_table_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setText(tr("Table"))
        button.setToolTip(tr("Show the figures beside the picture"))
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.toggled.connect(self.table.setVisible)
        button.clicked.connect(self._keep_table)
        self.table.hide()
        return button

    def _keep_table(self) -> None:
        """Leave the table as the planner wants it, however wide the panel becomes."""
        self._is_table_chosen = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._is_table_chosen:
            self.table_button.setChecked(event.size().width() >= _WIDE)

    @property
    def exported_chart(self) -> Chart | None:
        """The waterfall."""
        return self.chart

    def heading(self) -> ChartHeading:
        """Say the answer above exported pictures."""
        heading = super().heading()
        return replace(heading, title=headline_of(self.answer)) if isinstance(self.answer, Attribution) else heading

    # Question and answer

    def ask(self) -> Work | None:
        if not self.measure_box.text:
            self.say_missing(tr("Choose a measure."))
            return None
        self._clock.start()
        return partial(
            attribute,
            self.document.plan,
            self.measure_box.measure(),
            scenario=self.scenario,
            against=self.start_box.against,
            by=By(self.by_box.chosen),
        )

    def show_answer(self, answer: Attribution) -> None:
        self._set_quick(self._clock.elapsed() <= QUICK)
        self._show(answer)

    def _show(self, answer: Attribution) -> None:
        self.headline.say(headline_of(answer))
        self.chart.show_attribution(answer)
        self.table.show_table(answer.tables()[0])

    def _regroup(self) -> None:
        """Add the contributions up by something else."""
        if isinstance(self.answer, Attribution):
            self.answer = self.answer.grouped(By(self.by_box.chosen))
            self._show(self.answer)
            self.face.show_notes(self.notes())

    def notes(self) -> str:
        """Return how the contributions were found."""
        return " ".join(notes_of(self.answer)) if isinstance(self.answer, Attribution) else ""

    def on_hit_activated(self, hit: ChartHit) -> None:
        """Show the small contributions one by one or together, or go where the bar leads."""
        if hit.data == REST:
            self.chart.unfold(not self.chart.is_unfolded)
        else:
            super().on_hit_activated(hit)

    def extend_menu(self, menu: QMenu, hit: ChartHit | None) -> None:
        """Add the way to all bars and back."""
        del hit
        if self.chart.is_unfolded:
            menu.addAction(tr("Small ones &together")).triggered.connect(lambda: self.chart.unfold(False))
        elif self.chart.has_rest:
            menu.addAction(tr("Show &all one by one")).triggered.connect(lambda: self.chart.unfold(True))

    # Following

    def _set_quick(self, is_quick: bool) -> None:
        self._is_quick = is_quick
        self.face.run_button.setVisible(not is_quick)

    def catch_up(self) -> None:
        """Ask for what changed, unless that takes long: then the planner says when."""
        if self._is_quick or self.answer is None:
            super().catch_up()

    def _judge(self) -> None:
        if self._is_quick:
            super()._judge()
        elif self.answer is not None and self.state in (State.ANSWERED, State.STALE):
            self._show_state(State.STALE if self.is_stale else State.ANSWERED)
