import time

import pytest
from PySide6.QtCore import Qt
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.scenario_edits import ScenarioText, text_of
from aluplanner.model.measure import MeasureError
from aluplanner.model.plan import Address
from aluplanner.ui.analysis.panel_state import State
from tests.document.small_plan import small_plan
from tests.ui.analysis.sample import Gate, SamplePanel

CANCELLED_WITHIN = 0.2


def answer(panel: SamplePanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.answered):
        panel.run()


def north(panel: SamplePanel) -> float | None:
    """Return what the plant North runs in the answer shown."""
    return dict(panel.shown.plants)["North"] if panel.shown is not None else None


def measured(panel: SamplePanel) -> float | None:
    return panel.shown.measured if panel.shown is not None else None


def edit(document: Document, qtbot: QtBot, operating: float = 950.0) -> None:
    with qtbot.waitSignal(document.solved):
        document.set_cell("plants", "North", "operating", operating)


def hold(panel: SamplePanel, gate: Gate, qtbot: QtBot) -> None:
    """Begin a question and wait until the background works on it."""
    gate.is_open.clear()
    gate.entered.clear()
    panel.run()
    qtbot.waitUntil(gate.entered.is_set)


def test_that_a_panel_says_what_it_answers_before_anything_was_asked(panel: SamplePanel) -> None:
    assert panel.state is State.NOTHING
    assert panel.face.nothing.isVisible()
    assert "press Run" in panel.face.nothing.text()
    assert not panel.exports.save_table.isEnabled()


def test_that_an_answer_is_shown_as_picture_and_table_with_its_notes(panel: SamplePanel, qtbot: QtBot) -> None:
    answer(panel, qtbot)
    assert panel.state is State.ANSWERED
    assert panel.chart.isVisible()
    assert panel.view.isVisible()
    assert north(panel) == 900.0
    assert panel.view.model().rowCount() == 3
    assert panel.face.notes.text() == "All plants count."
    assert panel.exports.save_table.isEnabled()


def test_that_quick_work_shows_no_progress(panel: SamplePanel, qtbot: QtBot) -> None:
    shown: list[bool] = []
    panel.state_changed.connect(lambda _state: shown.append(panel.face.mark.is_progress_shown))
    answer(panel, qtbot)
    assert shown
    assert not any(shown)


def test_that_long_work_shows_how_far_it_has_come(panel: SamplePanel, gate: Gate, qtbot: QtBot) -> None:
    hold(panel, gate, qtbot)
    qtbot.waitUntil(lambda: panel.face.mark.is_progress_shown)
    qtbot.waitUntil(lambda: 0 < panel.face.mark.bar.value() < panel.face.mark.bar.maximum())
    gate.is_open.set()
    qtbot.waitUntil(lambda: panel.state is State.ANSWERED)
    assert not panel.face.mark.is_progress_shown


def test_that_the_last_good_picture_stays_while_a_new_one_is_worked_out(
    panel: SamplePanel, gate: Gate, qtbot: QtBot
) -> None:
    answer(panel, qtbot)
    hold(panel, gate, qtbot)
    assert panel.chart.isVisible()
    gate.is_open.set()
    qtbot.waitUntil(lambda: panel.state is State.ANSWERED)


@pytest.mark.parametrize("way", ["button", "key"])
def test_that_cancel_answers_at_once_even_if_the_work_does_not_listen(
    panel: SamplePanel, gate: Gate, qtbot: QtBot, way: str
) -> None:
    gate.is_deaf = True
    hold(panel, gate, qtbot)
    qtbot.waitUntil(lambda: panel.face.mark.is_progress_shown)
    started = time.perf_counter()
    if way == "button":
        qtbot.mouseClick(panel.face.mark.cancel, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(panel.measure, Qt.Key.Key_Escape)
    assert panel.state is State.CANCELLED
    assert time.perf_counter() - started < CANCELLED_WITHIN
    assert panel.face.mark.text == "cancelled"
    gate.is_open.set()


def test_that_what_was_cancelled_is_never_shown(panel: SamplePanel, gate: Gate, qtbot: QtBot) -> None:
    gate.is_deaf = True
    hold(panel, gate, qtbot)
    panel.cancel()
    gate.is_open.set()
    gate.is_deaf = False
    panel.factor.value = 2.0
    answer(panel, qtbot)
    assert north(panel) == 1800.0


def test_that_the_newest_question_wins(panel: SamplePanel, gate: Gate, qtbot: QtBot) -> None:
    answers: list[object] = []
    panel.answered.connect(lambda: answers.append(panel.answer))
    hold(panel, gate, qtbot)
    panel.factor.value = 3.0
    panel.run()
    gate.is_open.set()
    qtbot.waitUntil(lambda: panel.state is State.ANSWERED)
    assert len(answers) == 1
    assert north(panel) == 2700.0


def test_that_an_edit_marks_the_answer_as_old_and_undoing_it_as_new_again(
    panel: SamplePanel, document: Document, qtbot: QtBot
) -> None:
    answer(panel, qtbot)
    edit(document, qtbot)
    assert panel.state is State.STALE
    assert panel.face.mark.text == "changed since: run again"
    document.undo_stack.undo()
    assert panel.state is State.ANSWERED
    assert panel.face.mark.text == ""


def test_that_another_number_in_the_controls_marks_the_answer_as_old(panel: SamplePanel, qtbot: QtBot) -> None:
    answer(panel, qtbot)
    panel.factor.setFocus()
    panel.factor.selectAll()
    qtbot.keyClicks(panel.factor, "2")
    qtbot.keyClick(panel.factor, Qt.Key.Key_Tab)
    assert panel.state is State.STALE


def test_that_an_answer_to_a_plan_that_changed_meanwhile_is_marked_as_old(
    panel: SamplePanel, document: Document, gate: Gate, qtbot: QtBot
) -> None:
    hold(panel, gate, qtbot)
    edit(document, qtbot)
    gate.is_open.set()
    qtbot.waitUntil(lambda: panel.state is State.STALE)


def test_that_enter_in_a_control_asks(panel: SamplePanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.answered):
        qtbot.keyClick(panel.factor, Qt.Key.Key_Return)


def test_that_ctrl_enter_asks_from_the_picture_too(panel: SamplePanel, qtbot: QtBot) -> None:
    answer(panel, qtbot)
    with qtbot.waitSignal(panel.answered):
        qtbot.keyClick(panel.chart, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_that_what_is_missing_is_said_in_a_sentence(panel: SamplePanel) -> None:
    panel.factor.value = 0.0
    panel.run()
    assert panel.state is State.MISSING
    assert panel.face.nothing.text() == "Nothing runs with a factor of 0."


def test_that_a_measure_that_cannot_be_read_is_said_in_a_sentence(panel: SamplePanel, qtbot: QtBot) -> None:
    answer(panel, qtbot)
    panel.measure.choose("balance of the second half")
    panel.run()
    assert panel.state is State.FAILED
    assert "is not a measure" in panel.face.strip.text
    assert panel.chart.isVisible()
    assert panel.face.mark.text == "last good answer"


def test_that_an_error_in_the_background_is_said_in_a_sentence(panel: SamplePanel, gate: Gate, qtbot: QtBot) -> None:
    gate.error = MeasureError("There is no such thing.", "Choose another.")
    panel.run()
    qtbot.waitUntil(lambda: panel.state is State.FAILED)
    assert panel.face.nothing.text() == "There is no such thing. Choose another."


def test_that_an_error_that_should_never_happen_is_not_hushed_up(panel: SamplePanel, gate: Gate, qtbot: QtBot) -> None:
    gate.error = ZeroDivisionError("a fault of the program")
    with capture_exceptions() as caught:
        panel.run()
        qtbot.waitUntil(lambda: panel.state is State.FAILED)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_that_a_plan_with_errors_is_said_to_have_them(panel: SamplePanel, document: Document, qtbot: QtBot) -> None:
    answer(panel, qtbot)
    with qtbot.waitSignal(document.issues_changed):
        document.set_cell("plants", "North", "operating", -1.0)
    panel.run()
    qtbot.waitUntil(lambda: panel.state is State.FAILED)
    assert "Issues tells" in panel.face.strip.text
    assert panel.chart.isVisible()


def test_that_another_plan_takes_the_answer_away(panel: SamplePanel, document: Document, qtbot: QtBot) -> None:
    answer(panel, qtbot)
    document.new(small_plan())
    assert panel.state is State.NOTHING
    assert panel.answer is None
    assert not panel.exports.save_table.isEnabled()


# Following


def test_that_a_live_panel_asks_by_itself(live_panel: SamplePanel, document: Document, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: live_panel.state is State.ANSWERED)
    with qtbot.waitSignal(live_panel.answered):
        document.set_cell("plants", "North", "operating", 950.0)
    assert north(live_panel) == 950.0
    assert not live_panel.face.run_button.isVisible()


def test_that_a_live_panel_out_of_sight_waits_until_it_is_seen(
    live_panel: SamplePanel, document: Document, gate: Gate, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: live_panel.state is State.ANSWERED)
    live_panel.hide()
    gate.entered.clear()
    edit(document, qtbot)
    assert not live_panel.worker.is_busy
    assert not gate.entered.is_set()
    with qtbot.waitSignal(live_panel.answered):
        live_panel.show()
    assert north(live_panel) == 950.0


def test_that_a_live_panel_follows_the_scenario_and_its_controls(
    live_panel: SamplePanel, document: Document, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: live_panel.state is State.ANSWERED)
    first = measured(live_panel)
    with qtbot.waitSignal(live_panel.answered):
        document.select_scenario("Strict")
    assert measured(live_panel) != first
    with qtbot.waitSignal(live_panel.answered):
        live_panel.measure.choose("stock 2017-12 end")


def test_that_a_live_panel_keeps_its_picture_while_the_plan_has_errors(
    live_panel: SamplePanel, document: Document, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: live_panel.state is State.ANSWERED)
    document.set_cell("plants", "North", "operating", -1.0)
    qtbot.waitUntil(lambda: live_panel.state is State.FAILED)
    assert live_panel.chart.isVisible()
    with qtbot.waitSignal(live_panel.answered):
        document.undo_stack.undo()
    assert live_panel.face.strip.text == ""


# Going on


def test_that_a_part_of_the_picture_leads_to_its_cell(panel: SamplePanel, qtbot: QtBot) -> None:
    answer(panel, qtbot)
    with qtbot.waitSignal(panel.jump_requested) as asked:
        qtbot.mouseClick(panel.chart, Qt.MouseButton.LeftButton, pos=panel.chart.hits[1].area.center().toPoint())
    assert asked.args == ["plants", "South", "operating"]


def test_that_an_answer_becomes_a_scenario_in_one_step(panel: SamplePanel, document: Document, qtbot: QtBot) -> None:
    steps = document.undo_stack.count()
    with qtbot.waitSignal(panel.said) as said:
        name = panel.make_scenario("Strict", "As found.", {Address("plants", "North", "operating"): 700.0}, "Strict")
    assert name == "Strict (2)"
    assert said.args == ["Added scenario Strict (2)."]
    assert document.undo_stack.count() == steps + 1
    assert document.scenario == "Base"
    assert text_of(document.plan, name) == ScenarioText(name, ("Strict",), "As found.")
    document.undo_stack.undo()
    assert document.plan.scenarios.find(name) is None
