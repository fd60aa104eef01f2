"""Ledger: what was announced, is due, is implemented and is really lost, action by action."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from aluplanner.analysis.ledger import Ledger, ledger
from aluplanner.analysis.ledger_choices import ACTION, END, GROUP, KIND, MEAN, PROVINCE
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.i18n import tr
from aluplanner.ui.analysis.answer_view import AnswerView
from aluplanner.ui.analysis.chart import Chart
from aluplanner.ui.analysis.choice import Choice
from aluplanner.ui.analysis.ledger_chart import LedgerChart
from aluplanner.ui.analysis.ledger_period_box import LedgerPeriodBox
from aluplanner.ui.analysis.panel import AnalysisPanel

PICTURE, TABLE, ADDING_UP = range(3)


class LedgerPanel(AnalysisPanel):
    """The policy ledger, following every edit."""

    name: ClassVar[str] = "ledger"
    title: ClassVar[str] = "Ledger"
    invitation: ClassVar[str] = "What was announced, is due, is implemented and is really lost, action by action."
    is_live: ClassVar[bool] = True

    def __init__(self, document: Document, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(document, preferences, parent)
        self.chart = LedgerChart()
        self.table = AnswerView(tr("Policy ledger"))
        self.sums = AnswerView(tr("The orders add up to the series of the balance"))
        self.output = AnswerView(tr("From output lost to two runs of the model"))
        self.add_scenario_box()
        self.period_box = LedgerPeriodBox(document, self)
        self.by_box = Choice(tr("Rows"), _groupings(), self)
        self.reading_box = Choice(tr("Capacities"), {END: tr("at its end"), MEAN: tr("mean of it")}, self)
        self.view_box = Choice(tr("View"), _views(), self)
        self.add_control(self.period_box, tr("Period"))
        self.add_control(self.by_box, tr("By"))
        self.add_control(self.reading_box, tr("Capacities"))
        self.pages = QStackedWidget()
        proof = QSplitter()
        for view in (self.sums, self.output):
            proof.addWidget(view)
        for page in (self.chart, self.table, proof):
            self.pages.addWidget(page)
        self.face.add_control(self.view_box, tr("View"))  # it asks nothing anew
        self.view_box.changed.connect(self._show_view)
        self.set_body(self.pages)

    @property
    def exported_chart(self) -> Chart | None:
        """The picture, whichever view is in front."""
        return self.chart

    def ask(self) -> Callable[[], Ledger] | None:
        if not self.period_box.period:
            self.say_missing(tr("The plan does not say which months it covers."))
            return None
        return partial(
            ledger, self.document.plan, scenario=self.scenario, period=self.period_box.period,
            by=self.by_box.chosen, reading=self.reading_box.chosen, step="month",
        )  # fmt: skip

    def show_answer(self, answer: Ledger) -> None:
        self.chart.show_ledger(answer)
        for view, table in zip((self.table, self.sums, self.output), answer.tables(), strict=False):
            view.show_table(table)

    def notes(self) -> str:
        """Return the sentences below the picture."""
        return " ".join(self.answer.tables()[0].notes) if self.answer is not None else ""

    def show_view(self, place: int) -> None:
        """Show the picture, the table, or how it adds up."""
        self.view_box.choose(str(place))

    def _show_view(self) -> None:
        self.pages.setCurrentIndex(int(self.view_box.chosen))


def _views() -> dict[str, str]:
    return {str(PICTURE): tr("Picture"), str(TABLE): tr("Table"), str(ADDING_UP): tr("Adding up")}


def _groupings() -> dict[str, str]:
    return {ACTION: tr("action"), PROVINCE: tr("province"), GROUP: tr("group"), KIND: tr("kind")}
