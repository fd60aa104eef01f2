"""The dock of the tornado: bars that lead to cells, and that follow the plan."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from aluplanner.analysis.tornado import Tornado, tornado
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.model.plan import Address
from aluplanner.ui.analysis.chart import ChartHit
from aluplanner.ui.analysis.tornado_chart import TornadoChart
from aluplanner.ui.analysis.tornado_panel import TornadoPanel
from aluplanner.ui.theme import DARK, HIGH_CONTRAST, LIGHT, THEMES
from tests.ui.analysis.uncertain import uncertain_plan

MEASURE = "balance 2017 sum"
RATE = Address("actions", "Winter cut", "implementation")


@pytest.fixture
def document(qtbot: QtBot) -> Iterator[Document]:
    made = Document(uncertain_plan())
    qtbot.waitSignal(made.all_solved).wait()
    yield made
    made.close()


@pytest.fixture
def panel(document: Document, preferences: Preferences, qtbot: QtBot) -> Iterator[TornadoPanel]:
    made = TornadoPanel(document, preferences)
    made.measure_box.choose(MEASURE)
    made.resize(1200, 300)
    qtbot.addWidget(made)
    with qtbot.waitSignal(made.answered), qtbot.waitExposed(made):
        made.show()
    yield made
    made.close_worker()


def answer_of(panel: TornadoPanel) -> Tornado:
    assert isinstance(panel.answer, Tornado)
    return panel.answer


def hit_of(chart: TornadoChart, label: str) -> ChartHit:
    return next(hit for hit in chart.hits if hit.tip.splitlines()[0] == label)


def labels_of(chart: TornadoChart) -> list[str]:
    return [hit.tip.splitlines()[0] for hit in chart.hits]


def test_that_it_answers_by_itself_when_it_comes_into_sight(panel: TornadoPanel) -> None:
    answer = answer_of(panel)
    assert answer.bars == tornado(panel.document.plan, MEASURE).bars
    assert panel.chart.hits
    assert panel.table.model().rowCount() == len(answer.bars)


def test_that_the_bars_stand_in_the_order_of_their_swings_and_idle_ones_are_only_named(panel: TornadoPanel) -> None:
    answer = answer_of(panel)
    moving = [bar.label for bar in answer.bars if bar.swing > 0.0]
    assert labels_of(panel.chart) == moving
    assert "Alumina per t" not in moving
    tops = [hit.area.top() for hit in panel.chart.hits]
    assert tops == sorted(tops)


def test_that_a_click_on_a_bar_goes_to_its_cell(panel: TornadoPanel, qtbot: QtBot) -> None:
    place = hit_of(panel.chart, "Winter cut, Implementation").area.center().toPoint()
    with qtbot.waitSignal(panel.jump_requested) as caught:
        qtbot.mouseClick(panel.chart, Qt.MouseButton.LeftButton, pos=place)
    assert caught.args == ["actions", "Winter cut", "implementation"]


def test_that_the_keys_go_from_bar_to_bar_and_enter_to_the_cell(panel: TornadoPanel, qtbot: QtBot) -> None:
    panel.chart.setFocus()
    qtbot.keyClick(panel.chart, Qt.Key.Key_Home)
    qtbot.keyClick(panel.chart, Qt.Key.Key_Down)
    second = panel.chart.hits[1]
    assert panel.chart.current is second
    assert second.address is not None
    with qtbot.waitSignal(panel.jump_requested) as caught:
        qtbot.keyClick(panel.chart, Qt.Key.Key_Return)
    assert caught.args == [second.address.table, second.address.row, second.address.column]


def test_that_factors_are_moved_together_on_request_and_lead_to_uncertainty(panel: TornadoPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.answered):
        panel.way_box.choose("factor")
    hit = hit_of(panel.chart, "will (2 cells)")
    assert hit.address is not None
    rows = panel.document.plan.uncertainty
    found = rows.find(hit.address.row)
    assert hit.address.table == "uncertainty"
    assert found is not None
    assert found.factor == "will"
    assert "Winter cut, Implementation: 10 % … 100 %" in hit.tip


def test_that_the_way_is_remembered(
    panel: TornadoPanel, document: Document, preferences: Preferences, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(panel.answered):
        panel.way_box.choose("factor")
    again = TornadoPanel(document, preferences)
    qtbot.addWidget(again)
    assert again.way_box.chosen == "factor"
    again.close_worker()


def test_that_it_follows_every_edit(panel: TornadoPanel, qtbot: QtBot) -> None:
    before = hit_of(panel.chart, "Winter cut, Implementation").tip
    row = panel.document.plan.uncertainty.position("actions/Winter cut/implementation")
    assert row is not None
    with qtbot.waitSignal(panel.answered):
        panel.document.apply(
            panel.document.plan.with_value(f"uncertainty/{panel.document.plan.uncertainty.keys[row]}/low", 0.5), "Edit"
        )
    assert hit_of(panel.chart, "Winter cut, Implementation").tip != before


def test_that_a_scenario_moves_only_what_it_does_not_state_itself(panel: TornadoPanel, qtbot: QtBot) -> None:
    assert panel.scenario_box is not None
    with qtbot.waitSignal(panel.answered):
        panel.scenario_box.choose("Strict")
    assert "Cut, Implementation" not in labels_of(panel.chart)
    assert "Cut, Implementation" in panel.face.notes.text()


def test_that_a_plan_without_uncertain_cells_is_told_what_to_do(panel: TornadoPanel, qtbot: QtBot) -> None:
    plan = panel.document.plan
    panel.document.apply(plan.with_table(plan.uncertainty.replaced([])), "Empty")
    qtbot.waitUntil(lambda: "Give cells and their ranges" in panel.face.strip.text)


def test_that_a_double_click_in_the_table_goes_to_the_cell(panel: TornadoPanel, qtbot: QtBot) -> None:
    row = [bar.label for bar in answer_of(panel).bars].index("Winter cut, Implementation")
    panel.table.choose_row(row)
    with qtbot.waitSignal(panel.jump_requested) as caught:
        panel.table.jump()
    assert caught.args == [RATE.table, RATE.row, RATE.column]


# The picture


def painted(chart: TornadoChart, theme: str = LIGHT) -> QImage:
    return chart.picture(THEMES[theme], QSize(900, 260))


@pytest.mark.parametrize("theme", [LIGHT, DARK, HIGH_CONTRAST])
def test_that_ends_are_told_apart_by_pattern_and_not_by_colour_alone(panel: TornadoPanel, theme: str) -> None:
    image = painted(panel.chart, theme)
    layout = panel.chart.layout_in(QRectF(8, 8, 884, 244))
    assert layout is not None
    row = panel.chart.rows[0]
    shades: dict[bool, int] = {}
    for area, is_high in layout.bars(0, row):
        inner = area.adjusted(2, 2, -2, -2).toRect()
        found = {
            image.pixel(x, y) for x in range(inner.left(), inner.right()) for y in range(inner.top(), inner.bottom())
        }
        shades[is_high] = len(found)
    assert shades[False] == 1
    assert shades[True] > 1


def test_that_as_many_bars_are_shown_as_there_is_room_for_and_the_rest_is_counted(panel: TornadoPanel) -> None:
    answer = answer_of(panel)
    low, high = (panel.chart.layout_in(QRectF(0, 0, 600, height)) for height in (120, 600))
    assert low is not None
    assert high is not None
    assert low.shown < high.shown == sum(bar.swing > 0 for bar in answer.bars)
    assert low.body.bottom() <= 120


def ends_of(chart: TornadoChart, label: str, width: float = 1000) -> list[str]:
    """Return what is written at the ends of a bar, from left to right."""
    layout = chart.layout_in(QRectF(0, 0, width, 300))
    assert layout is not None
    place = [row.bar.label for row in chart.rows].index(label)
    found = sorted(layout.end_texts(place, chart.rows[place]), key=lambda end: end[0].left())
    return [text for _, text, _ in found]


def test_that_input_and_measure_stand_at_the_ends_of_a_bar(panel: TornadoPanel) -> None:
    bar = next(bar for bar in answer_of(panel).bars if bar.label == "Winter cut, Implementation")
    assert bar.at_high < bar.at_low  # a deeper cut, a smaller surplus
    left, right = ends_of(panel.chart, bar.label)
    assert left.split("  ←  ")[1] == "100 %"
    assert right.split("  →  ")[0] == "10 %"
    assert left.split("  ←  ")[0] == f"{bar.at_high:+,.0f}".replace("-", "−")


def test_that_a_narrow_picture_leaves_the_measure_to_the_axis(panel: TornadoPanel) -> None:
    assert ends_of(panel.chart, "Winter cut, Implementation", width=420) == ["100 %", "10 %"]


def test_that_an_input_whose_ends_both_lower_it_says_so(panel: TornadoPanel) -> None:
    answer = answer_of(panel)
    bar = replace(answer.bars[0], at_low=answer.centre - 50.0, at_high=answer.centre - 20.0)
    panel.chart.show_tornado(replace(answer, bars=(bar,)))
    (text,) = ends_of(panel.chart, bar.label)
    assert text.startswith("both ends lower it")
    assert "both ends lower it" in panel.chart.hits[0].tip
    layout = panel.chart.layout_in(QRectF(0, 0, 1000, 300))
    assert layout is not None
    (low, _), (high, _) = layout.bars(0, panel.chart.rows[0])
    assert not low.intersects(high)
    assert not painted(panel.chart).isNull()


def test_that_a_measure_nothing_moves_gives_a_sentence_in_place_of_bars(document: Document, qtbot: QtBot) -> None:
    chart = TornadoChart()
    qtbot.addWidget(chart)
    chart.show_tornado(tornado(document.plan, "net_imports 2017 sum"))
    assert not chart.hits
    assert "No uncertain input" in chart.summary
    assert not painted(chart).isNull()


def test_that_who_cannot_see_it_is_told_what_it_says(panel: TornadoPanel) -> None:
    answer = answer_of(panel)
    assert answer.bars[0].label in panel.chart.accessibleDescription()
    assert panel.chart.accessibleName() == "What moves it: Balance, 2017, sum"
