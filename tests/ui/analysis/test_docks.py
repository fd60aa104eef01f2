import time
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.model.plan import Address
from aluplanner.ui.analysis import docks
from aluplanner.ui.analysis.panel_state import State
from aluplanner.ui.main_window import MainWindow
from tests.ui.analysis.sample import SAMPLES, Gate, LiveSamplePanel, SamplePanel

MakeWindow = Callable[[], MainWindow]
CANCELLED_WITHIN = 0.2
SAMPLE, LIVE = "sample", "live_sample"


@pytest.fixture
def make_window(
    document: Document, preferences: Preferences, gate: Gate, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MakeWindow]:
    """Return what makes a window whose analyses are the samples."""
    monkeypatch.setattr(docks, "ANALYSES", SAMPLES)
    made: list[MainWindow] = []

    def make() -> MainWindow:
        window = MainWindow(document, preferences)
        window.resize(1366, 768)
        with qtbot.waitExposed(window):
            window.show()
        window.activateWindow()
        made.append(window)
        return window

    yield make
    gate.is_open.set()
    document.undo_stack.setClean()
    for window in made:
        window.close()
        window.deleteLater()


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    return make_window()


def menu_action(window: MainWindow, text: str) -> QAction:
    return next(action for action in window.findChildren(QAction) if action.text() == text)


def show(window: MainWindow, name: str, qtbot: QtBot) -> SamplePanel:
    panel = window.analyses.show(name)
    assert isinstance(panel, SamplePanel)
    qtbot.waitUntil(lambda: panel.is_in_sight)
    return panel


def dock_of(window: MainWindow, name: str) -> QWidget:
    return next(dock for dock in window.analyses.docks if dock.objectName() == name)


def type_into_cell(window: MainWindow, text: str, qtbot: QtBot) -> None:
    """Type as a hand does: the first key opens the editor, which has the focus for the others."""
    for key in text:
        qtbot.keyClicks(window.focusWidget(), key)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Return)


def close_buttons(window: MainWindow) -> list[QToolButton]:
    bars = window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    buttons = [bar.tabButton(place, QTabBar.ButtonPosition.RightSide) for bar in bars for place in range(bar.count())]
    return [button for button in buttons if isinstance(button, QToolButton)]


def test_that_a_plain_window_has_no_dead_entries() -> None:
    for entry in docks.ANALYSES:
        module = __import__(entry.module, fromlist=[entry.panel])
        panel = getattr(module, entry.panel)
        assert panel.name == entry.name
        assert panel.title
    assert len({entry.name for entry in docks.ANALYSES}) == len(docks.ANALYSES)


def test_that_nothing_is_made_before_it_is_asked_for(window: MainWindow) -> None:
    assert window.analyses.docks == window.analyses.panels == ()


def test_that_the_menu_shows_an_analysis_and_lets_the_planner_type(window: MainWindow, qtbot: QtBot) -> None:
    menu_action(window, "&Sample").trigger()
    (panel,) = window.analyses.panels
    assert isinstance(panel, SamplePanel)
    qtbot.waitUntil(lambda: panel.is_in_sight)
    qtbot.waitUntil(panel.measure.hasFocus)
    assert window.dockWidgetArea(window.analyses.docks[0]) == Qt.DockWidgetArea.BottomDockWidgetArea
    assert window.analyses.docks[0] in window.tabifiedDockWidgets(window.docks.issues)


def test_that_the_keys_of_an_analysis_show_it(window: MainWindow) -> None:
    assert [key.toString() for key in menu_action(window, "&Sample").shortcuts()] == ["Ctrl+Alt+1"]


def test_that_an_analysis_gets_room_and_gives_it_back(window: MainWindow, qtbot: QtBot) -> None:
    before = window.docks.issues.height()
    show(window, SAMPLE, qtbot)
    dock = dock_of(window, SAMPLE)
    qtbot.waitUntil(lambda: dock.height() >= 0.4 * window.height())
    tall = dock.height()
    show(window, LIVE, qtbot)
    qtbot.waitUntil(lambda: abs(dock_of(window, LIVE).height() - tall) <= 4)
    window.docks.show_issues()
    qtbot.waitUntil(lambda: abs(window.docks.issues.height() - before) <= 4)
    window.analyses.docks[0].raise_()
    qtbot.waitUntil(lambda: abs(dock.height() - tall) <= 4)


def test_that_only_the_tabs_of_analyses_can_be_closed(window: MainWindow, qtbot: QtBot) -> None:
    assert close_buttons(window) == []
    show(window, SAMPLE, qtbot)
    qtbot.waitUntil(lambda: len(close_buttons(window)) == 1)
    (button,) = close_buttons(window)
    assert button.accessibleName() == "Close Sample"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dock_of(window, SAMPLE).isVisible())
    qtbot.waitUntil(lambda: close_buttons(window) == [])
    show(window, SAMPLE, qtbot)
    qtbot.waitUntil(lambda: len(close_buttons(window)) == 1)


def test_that_open_analyses_are_remembered_and_filled_once_they_are_seen(
    window: MainWindow, make_window: MakeWindow, document: Document, qtbot: QtBot
) -> None:
    show(window, LIVE, qtbot)
    show(window, SAMPLE, qtbot)
    window.close()
    second = make_window()
    assert [dock.objectName() for dock in second.analyses.docks] == [SAMPLE, LIVE]
    qtbot.waitUntil(lambda: len(second.analyses.panels) == 1)
    assert second.analyses.panels[0].name == SAMPLE
    qtbot.waitUntil(lambda: second.analyses.docks[0].height() >= 0.4 * second.height())
    assert second.analyses.docks[1] in second.tabifiedDockWidgets(second.docks.issues)
    assert document.plan.plants


def test_that_what_was_closed_stays_closed(window: MainWindow, make_window: MakeWindow, qtbot: QtBot) -> None:
    show(window, SAMPLE, qtbot)
    window.analyses.docks[0].close()
    window.close()
    assert make_window().analyses.docks == ()


def test_that_f6_comes_to_the_analysis_in_sight(window: MainWindow, qtbot: QtBot) -> None:
    panel = show(window, SAMPLE, qtbot)
    window.tables.view("plants").setFocus()
    for _ in range(4):
        window.next_pane()
        focus = window.focusWidget()
        if focus is not None and panel.isAncestorOf(focus):
            return
    pytest.fail("the focus never came to the analysis")


def test_that_a_jump_shows_the_cell(window: MainWindow, qtbot: QtBot) -> None:
    panel = show(window, SAMPLE, qtbot)
    panel.jump_requested.emit("actions", "Winter cut", "share")
    assert window.selected_cell() == Address("actions", "Winter cut", "share")


def test_that_the_selected_cell_of_the_table_can_be_varied(window: MainWindow, qtbot: QtBot) -> None:
    panel = show(window, SAMPLE, qtbot)
    window.tables.go_to("plants", "West", "operating")
    qtbot.mouseClick(panel.address.button, Qt.MouseButton.LeftButton)
    assert panel.address.cell() == Address("plants", "West", "operating")


def test_that_what_an_analysis_says_is_in_the_status_bar(window: MainWindow, qtbot: QtBot) -> None:
    panel = show(window, SAMPLE, qtbot)
    panel.make_scenario("Found", "", {Address("plants", "West", "operating"): 700.0})
    assert window.statusBar().currentMessage() == "Added scenario Found."


def test_that_a_live_analysis_behind_another_tab_waits(window: MainWindow, document: Document, qtbot: QtBot) -> None:
    live = show(window, LIVE, qtbot)
    qtbot.waitUntil(lambda: live.state is State.ANSWERED)
    show(window, SAMPLE, qtbot)
    qtbot.waitUntil(lambda: not live.is_in_sight)
    with qtbot.waitSignal(document.solved):
        document.set_cell("plants", "North", "operating", 950.0)
    assert not live.worker.is_busy
    with qtbot.waitSignal(live.answered):
        dock = dock_of(window, LIVE)
        dock.raise_()
    assert isinstance(live, LiveSamplePanel)


@pytest.mark.parametrize("is_hungry", [False, True], ids=["waiting", "computing"])
def test_that_typing_goes_on_and_cancel_answers_at_once_while_an_analysis_works(
    window: MainWindow, document: Document, gate: Gate, qtbot: QtBot, is_hungry: bool
) -> None:
    gate.is_hungry = is_hungry
    panel = show(window, SAMPLE, qtbot)
    gate.is_open.clear()
    panel.run()
    qtbot.waitUntil(gate.entered.is_set)
    window.tables.go_to("plants", "North", "operating")
    with qtbot.waitSignal(document.solved, timeout=2000):
        type_into_cell(window, "951", qtbot)
    assert document.plan.plants[0].operating == 951.0
    assert panel.worker.is_busy
    qtbot.waitUntil(panel.face.mark.cancel.isVisible)
    started = time.perf_counter()
    qtbot.mouseClick(panel.face.mark.cancel, Qt.MouseButton.LeftButton)
    assert time.perf_counter() - started < CANCELLED_WITHIN
    assert panel.state is State.CANCELLED
    with qtbot.waitSignal(panel.answered, timeout=2000):  # the work has stopped too, and the next question is answered
        gate.is_open.set()
        panel.run()


def test_that_closing_an_analysis_gives_up_its_work_and_another_tab_does_not(
    window: MainWindow, gate: Gate, qtbot: QtBot
) -> None:
    panel = show(window, SAMPLE, qtbot)
    gate.is_open.clear()
    panel.run()
    window.docks.show_issues()
    qtbot.waitUntil(lambda: not panel.is_in_sight)
    assert panel.worker.is_busy
    window.analyses.docks[0].close()
    assert panel.state is State.CANCELLED


def test_that_the_focus_goes_to_the_first_field_and_not_to_a_button(window: MainWindow, qtbot: QtBot) -> None:
    panel = show(window, SAMPLE, qtbot)
    panel.measure.setEnabled(False)
    window.tables.view("plants").setFocus()
    panel.take_focus()
    assert panel.factor.hasFocus()


def test_that_closing_the_window_ends_what_is_being_worked_out(window: MainWindow, gate: Gate, qtbot: QtBot) -> None:
    panel = show(window, SAMPLE, qtbot)
    gate.is_open.clear()
    panel.run()
    qtbot.waitUntil(gate.entered.is_set)
    started = time.perf_counter()
    window.close()
    assert time.perf_counter() - started < 1.0
    assert not panel.worker.is_busy
