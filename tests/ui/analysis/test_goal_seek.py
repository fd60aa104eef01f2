"""The dock of goal seek: from a cell and a target to a curve, and to a scenario in one step."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from aluplanner.analysis.goal_seek import GoalSeek, Solution
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.model.plan import Address
from aluplanner.model.solver import solve
from aluplanner.ui.analysis.goal_seek_chart import marks_of
from aluplanner.ui.analysis.goal_seek_panel import GoalSeekPanel
from aluplanner.ui.analysis.panel_state import State
from aluplanner.ui.theme import DARK, LIGHT, THEMES

LOAD = Address("assumptions", "load_factor", "value")
SHARE = Address("assumptions", "visible_share", "value")


@pytest.fixture
def panel(document: Document, preferences: Preferences, qtbot: QtBot) -> Iterator[GoalSeekPanel]:
    made = GoalSeekPanel(document, preferences)
    made.resize(1200, 300)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close_worker()


def seek(panel: GoalSeekPanel, qtbot: QtBot, cell: Address, low: float, high: float, target: float) -> GoalSeek:
    panel.cells_box.choose(cell)
    panel.low.value, panel.high.value, panel.target.value = low, high, target
    panel.measure_box.choose("balance 2017 sum")
    with qtbot.waitSignal(panel.answered):
        panel.run()
    assert isinstance(panel.answer, GoalSeek)
    return panel.answer


def test_that_it_finds_the_value_and_says_it_in_a_sentence(panel: GoalSeekPanel, qtbot: QtBot) -> None:
    middle = solve(panel.document.plan.with_value(LOAD, 0.9)).measure("balance 2017 sum")
    assert middle is not None
    answer = seek(panel, qtbot, LOAD, 0.5, 1.5, middle)
    assert [each.value for each in answer.solutions] == [pytest.approx(0.9)]
    assert panel.verdict.text() == answer.verdict
    assert panel.table.model().rowCount() == 1


def test_that_the_solution_becomes_a_scenario_in_one_step(panel: GoalSeekPanel, qtbot: QtBot) -> None:
    plan = panel.document.plan
    target = (solve(plan).measure("balance 2017 sum") or 0.0) + 10.0
    answer = seek(panel, qtbot, LOAD, 0.5, 2.0, target)
    steps = panel.document.undo_stack.count()
    qtbot.mouseClick(panel.scenario_button, Qt.MouseButton.LeftButton)
    assert panel.document.undo_stack.count() == steps + 1
    made = panel.document.plan.scenario_names[-1]
    assert solve(panel.document.plan, made).measure("balance 2017 sum") == pytest.approx(target, abs=1e-6)
    assert solve(panel.document.plan, made).plan.value(LOAD) == answer.solutions[0].value
    panel.document.undo_stack.undo()
    assert panel.document.plan is plan


def test_that_a_point_of_the_picture_becomes_one_too(panel: GoalSeekPanel, qtbot: QtBot) -> None:
    target = (solve(panel.document.plan).measure("balance 2017 sum") or 0.0) + 10.0
    seek(panel, qtbot, LOAD, 0.5, 2.0, target)
    hit = next(hit for hit in panel.chart.hits if isinstance(hit.data, Solution))
    count = len(panel.document.plan.scenario_names)
    panel.chart.activated.emit(hit)
    assert len(panel.document.plan.scenario_names) == count + 1


def test_that_where_nothing_reaches_the_target_the_nearest_is_offered(panel: GoalSeekPanel, qtbot: QtBot) -> None:
    answer = seek(panel, qtbot, LOAD, 0.9, 1.0, 1e6)
    assert answer.solutions == ()
    assert panel.verdict.text().startswith("No value")
    assert "nearest" in panel.scenario_button.text()


def test_that_cells_are_varied_together(panel: GoalSeekPanel, qtbot: QtBot) -> None:
    panel.cells_box.choose(LOAD)
    panel.cells_box.add_button.click()
    panel.cells_box.field.choose(SHARE)
    assert panel.cells_box.cells() == (LOAD, SHARE)
    panel.cells_box.list_button.menu().actions()[0].trigger()
    assert panel.cells_box.cells() == (SHARE,)


def test_that_the_bounds_and_the_kind_of_target_follow_what_is_chosen(panel: GoalSeekPanel) -> None:
    panel.cells_box.choose(SHARE)
    assert (panel.low.value, panel.high.value) == (0.0, 1.0)
    panel.measure_box.choose("P(stock 2017 end < 1000)")
    assert panel.target.value == 0.8
    assert panel.target.text() == "80.0%"
    panel.measure_box.choose("balance 2017 sum")
    assert panel.target.value == 0.0


def test_that_without_a_cell_it_says_what_it_needs(panel: GoalSeekPanel) -> None:
    panel.run()
    assert panel.state in (State.MISSING, State.FAILED)
    assert "Choose the cell" in panel.face.nothing.text() + panel.face.strip.text


def test_that_the_picture_is_drawn_in_every_theme_and_size(panel: GoalSeekPanel, qtbot: QtBot) -> None:
    empty = panel.chart.picture()
    seek(panel, qtbot, LOAD, 0.5, 1.5, 0.0)
    assert panel.chart.picture() != empty
    assert panel.chart.picture(THEMES[DARK]) != panel.chart.picture()
    assert not panel.chart.picture(size=panel.chart.minimumSize()).isNull()


def test_that_the_parts_of_the_picture_lie_where_they_are_drawn(panel: GoalSeekPanel, qtbot: QtBot) -> None:
    answer = seek(panel, qtbot, LOAD, 0.5, 1.5, 0.0)
    chart = panel.chart
    marks = [hit for hit in chart.hits if isinstance(hit.data, Solution)]
    assert marks
    image = chart.picture(THEMES[LIGHT], chart.size())
    wanted = {THEMES[LIGHT].accent, THEMES[LIGHT].warning}
    for hit in marks:
        x, y = round(hit.area.center().x()), round(hit.area.center().y())
        around = {image.pixelColor(x + dx, y + dy).name() for dx in range(-6, 7) for dy in range(-6, 7)}
        assert around & wanted
    assert answer.verdict == panel.heading().title


def test_that_the_plan_as_it_stands_and_the_nearest_value_share_a_label(panel: GoalSeekPanel, qtbot: QtBot) -> None:
    panel.cells_box.choose(LOAD)
    held = panel.cells_box.field.value()
    assert held is not None
    answer = seek(panel, qtbot, LOAD, held, held + 0.1, -1e6)
    assert answer.nearest is not None
    assert answer.nearest.value == pytest.approx(held)
    words = [mark.word for mark in marks_of(answer, THEMES[LIGHT], panel.chart.laid_out(panel.chart.area))]
    assert words == ["now and nearest"]


def test_that_tab_goes_from_the_cell_to_its_buttons_and_on(panel: GoalSeekPanel) -> None:
    box = panel.cells_box
    order, part = [], box.field.line.nextInFocusChain()
    while part is not box.field.line:
        order.append(part)
        part = part.nextInFocusChain()
    places = [order.index(each) for each in (box.field.button, box.add_button, panel.low, panel.high, panel.target)]
    assert places == sorted(places)


def test_that_the_answer_still_holds_after_its_scenario_is_made_but_not_after_an_edit(
    panel: GoalSeekPanel, qtbot: QtBot
) -> None:
    target = (solve(panel.document.plan).measure("balance 2017 sum") or 0.0) + 10.0
    seek(panel, qtbot, LOAD, 0.5, 2.0, target)
    panel.scenario_button.click()
    assert panel.state is State.ANSWERED
    made = panel.document.plan.scenario_names[-1]
    panel.document.apply(panel.document.plan.with_value(LOAD, 1.01), "Another load factor")
    assert panel.state is State.STALE
    panel.document.undo_stack.undo()
    assert panel.state is State.ANSWERED
    assert made in panel.document.plan.scenario_names
