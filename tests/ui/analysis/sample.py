"""A panel of every state for tests of the base of the analyses; also the shortest example of one."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from aluplanner.analysis.answer_table import AnswerColumn, AnswerTable
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.document.question_worker import Work
from aluplanner.model.plan import Address, Plan
from aluplanner.model.progress import tell_progress
from aluplanner.model.solver import solve
from aluplanner.ui.analysis.answer_view import AnswerView
from aluplanner.ui.analysis.axes import Scale, ValueAxis, bottom_axis_height, draw_bottom_axis, span_of
from aluplanner.ui.analysis.body import ChartAndTable
from aluplanner.ui.analysis.chart import Chart, ChartHit
from aluplanner.ui.analysis.docks import AnalysisDock
from aluplanner.ui.analysis.measure_box import MeasureBox
from aluplanner.ui.analysis.number_field import NumberField, number_column
from aluplanner.ui.analysis.panel import AnalysisPanel
from aluplanner.ui.theme import Theme

PLANTS = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class SampleAnswer:
    """How much each plant runs, and a measure."""

    plants: PLANTS
    measured: float | None

    def tables(self) -> tuple[AnswerTable, ...]:
        columns = (AnswerColumn("Plant"), AnswerColumn("Operating", "kt/y"), AnswerColumn("Share", is_percent=True))
        whole = sum(operating for _, operating in self.plants)
        rows = tuple((name, operating, operating / whole) for name, operating in self.plants)
        addresses = tuple(Address("plants", name, "operating") for name, _ in self.plants)
        return (AnswerTable("Plants", "What the plants run", columns, rows, ("All plants count.",), addresses),)

    def as_json(self) -> dict[str, object]:
        return {"plants": dict(self.plants), "measured": self.measured}


class Gate:
    """Holds the work of a question until the test opens it."""

    def __init__(self) -> None:
        self.is_open = threading.Event()
        self.entered = threading.Event()
        self.is_deaf = False
        self.is_hungry = False
        self.error: Exception | None = None
        self.is_open.set()

    def pass_through(self) -> None:
        self.entered.set()
        rounds = 0
        while not (self.is_open.is_set() if self.is_hungry else self.is_open.wait(0.005)):
            rounds += 1
            if self.is_hungry:
                sum(number * number for number in range(50_000))  # holds on to the interpreter, as a busy solver does
            if not self.is_deaf:
                tell_progress(min(0.9, rounds / 100))
        if self.error is not None:
            raise self.error


def find_answer(plan: Plan, scenario: str, measure: str, factor: float, gate: Gate) -> SampleAnswer:
    gate.pass_through()
    balance = solve(plan, scenario)
    return SampleAnswer(
        tuple((plant.plant, (plant.operating or 0.0) * factor) for plant in plan.plants if plant.operating),
        balance.measure(measure),
    )


class SampleChart(Chart):
    """A bar a plant."""

    def __init__(self) -> None:
        super().__init__()
        self.plants: PLANTS = ()

    def show_plants(self, plants: PLANTS) -> None:
        self.plants = plants
        self.refresh("What the plants run", f"{plants[0][0]} runs most.")

    def _bars(self, area: QRectF) -> tuple[Scale, QRectF, list[QRectF]]:
        axis = bottom_axis_height(self.metrics.height(), AXIS)
        body = area.adjusted(self.metrics.horizontalAdvance("Northern") + 8, 0, -8, -axis)
        low, high = span_of([operating for _, operating in self.plants], has_zero=True)
        scale = Scale(low, high, body.left(), body.right())
        height = body.height() / max(1, len(self.plants))
        return (
            scale,
            body,
            [
                QRectF(scale.at(0), body.top() + i * height + 2, scale.at(value) - scale.at(0), height - 4)
                for i, (_, value) in enumerate(self.plants)
            ],
        )

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        scale, body, bars = self._bars(area)
        draw_bottom_axis(painter, scale, body, theme, AXIS)
        for bar, (name, _) in zip(bars, self.plants, strict=True):
            painter.fillRect(bar, QColor(theme.stack[0]))
            painter.setPen(QColor(theme.text))
            painter.drawText(QRectF(area.left(), bar.top(), body.left() - area.left(), bar.height()), 0x80, name)

    def find_hits(self, area: QRectF) -> Sequence[ChartHit]:
        _, _, bars = self._bars(area)
        return [
            ChartHit(bar, f"{name}: {value:,.0f} kt/y", Address("plants", name, "operating"))
            for bar, (name, value) in zip(bars, self.plants, strict=True)
        ]


AXIS = ValueAxis("kt/y")
GATE = Gate()


class SamplePanel(AnalysisPanel):
    """Asks only when told to."""

    name = "sample"
    title = "Sample"
    invitation = "Shows what each plant runs. Choose a measure and press Run."

    def __init__(self, document: Document, preferences: Preferences) -> None:
        super().__init__(document, preferences)
        self.gate = GATE
        self.shown: SampleAnswer | None = None
        self.measure = MeasureBox(document, self, objective=True)
        self.factor = NumberField(number_column("Factor", minimum=0.0, decimals=2), self, 1.0)
        self.address = self.make_address_box()
        self.add_control(self.measure, "Measure")
        self.add_control(self.factor, "Factor")
        self.add_control(self.address, "Vary")
        self.add_scenario_box()
        self.chart, self.view = SampleChart(), AnswerView()
        self.set_body(ChartAndTable(self.chart, self.view))

    def ask(self) -> Work | None:
        measure, factor = self.measure.measure(), self.factor.number()
        if factor == 0.0:
            self.say_missing("Nothing runs with a factor of 0.")
            return None
        plan, scenario = self.asked_of()
        return partial(find_answer, plan, scenario, str(measure), factor, self.gate)

    def show_answer(self, answer: Any) -> None:
        self.shown = answer
        self.chart.show_plants(answer.plants)
        self.view.show_table(answer.tables()[0])


class LiveSamplePanel(SamplePanel):
    """Follows the plan."""

    name = "live_sample"
    title = "Live sample"
    is_live = True


SAMPLES = (
    AnalysisDock("sample", "&Sample", __name__, "SamplePanel", "Ctrl+Alt+1"),
    AnalysisDock("live_sample", "&Live sample", __name__, "LiveSamplePanel"),
)
