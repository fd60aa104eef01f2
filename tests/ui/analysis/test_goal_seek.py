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
from aluplanner.ui.analysis.goal_seek_panel import GoalSeekPanel
from aluplanner.ui.analysis.panel_state import State
from aluplanner.ui.theme import DARK, THEMES

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
