"""The dock that fits cells to actuals: residuals in sight, nothing written unasked."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from aluplanner.analysis.calibration import Calibration
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.model.plan import Address
from aluplanner.model.solver import solve
from aluplanner.ui.analysis.calibrate_panel import CalibratePanel
from aluplanner.ui.analysis.panel_state import State

LOAD = Address("assumptions", "load_factor", "value")
TRUTH = 0.97


@pytest.fixture
def panel(document: Document, preferences: Preferences, qtbot: QtBot) -> Iterator[CalibratePanel]:
    truth = solve(document.plan.with_value(LOAD, TRUTH)).series("production")
    month = document.plan.monthly.keys[0]
    document.apply(document.plan.with_value(f"monthly/{month}/actual_production", float(truth[0])), "Actual")
    made = CalibratePanel(document, preferences)
    made.resize(1200, 300)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.close_worker()


def fit(panel: CalibratePanel, qtbot: QtBot) -> Calibration:
    panel.cells.rows[0].box.choose(LOAD)
    panel.cells.rows[0].low.value, panel.cells.rows[0].high.value = 0.8, 1.2
    with qtbot.waitSignal(panel.answered):
        panel.run()
    assert isinstance(panel.answer, Calibration)
    return panel.answer


def test_that_what_fits_is_found_and_the_plan_stays(panel: CalibratePanel, qtbot: QtBot) -> None:
    plan = panel.document.plan
    answer = fit(panel, qtbot)
    assert answer.values[LOAD] == pytest.approx(TRUTH)
    assert panel.document.plan is plan
    assert len(panel.chart.hits) == 1
    assert "fitted" in panel.headline.text()


def test_that_it_becomes_a_scenario_when_asked(panel: CalibratePanel, qtbot: QtBot) -> None:
    fit(panel, qtbot)
    panel.scenario_button.click()
    made = panel.document.plan.scenario_names[-1]
    assert solve(panel.document.plan, made).plan.value(LOAD) == pytest.approx(TRUTH)


def test_that_rows_are_added_and_taken_away(panel: CalibratePanel) -> None:
    panel.cells.add_button.click()
    assert len(panel.cells.rows) == 2
    panel.cells.rows[0].away.click()
    panel.cells.rows[0].away.click()
    assert len(panel.cells.rows) == 1
    assert panel.cells.cells() == {}


def test_that_it_says_what_is_missing(panel: CalibratePanel, qtbot: QtBot) -> None:
    panel.run()
    assert panel.state is State.MISSING
    for box in panel.series.values():
        box.setChecked(False)
    panel.cells.rows[0].box.choose(LOAD)
    panel.run()
    assert panel.state is State.MISSING


def test_that_the_cells_stay_in_sight_while_there_is_no_answer(panel: CalibratePanel) -> None:
    panel.run()
    assert panel.face.nothing.isVisible()
    assert panel.cells.isVisible()
    panel.take_focus()
    assert panel.cells.rows[0].box.line.hasFocus()


def test_that_enter_in_a_bound_fits(panel: CalibratePanel, qtbot: QtBot) -> None:
    row = panel.cells.rows[0]
    row.box.choose(LOAD)
    row.low.value, row.high.value = 0.8, 1.2
    with qtbot.waitSignal(panel.answered):
        qtbot.keyClick(row.high, Qt.Key.Key_Return)
    assert panel.heading().title == panel.headline.text()
