import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.model.layers import own_overrides
from aluplanner.model.plan import Address
from aluplanner.ui.tables.editors import ChoiceEditor
from aluplanner.ui.tables.painting import box_in
from aluplanner.ui.tables.tabs import TableTabs
from aluplanner.ui.tables.view import PlanTableView
from tests.ui.tables.conftest import go_to, has_focus, here

Left = Qt.MouseButton.LeftButton


@pytest.fixture
def actions(tabs: TableTabs, qtbot: QtBot) -> PlanTableView:
    view = tabs.view("actions")
    tabs.setCurrentIndex(1)
    qtbot.waitUntil(view.isVisible)
    view.setFocus()
    qtbot.waitUntil(lambda: has_focus(view))
    return view


def box_of(view: PlanTableView, key: str, column: str) -> QPoint:
    row, place = view.plan_model.row_of(key), view.plan_model.column_of(column)
    assert row is not None
    assert place is not None
    return box_in(view.visualRect(view.order.cell(row, place)), False).center()


def is_on(document: Document) -> list[bool | None]:
    return [action.enabled for action in document.view.rows("actions")]


def test_that_one_click_on_the_box_switches_an_action_off_and_on(
    document: Document, actions: PlanTableView, qtbot: QtBot
) -> None:
    place = box_of(actions, "Cut", "enabled")
    qtbot.mouseClick(actions.viewport(), Left, pos=place)
    assert is_on(document) == [False, None]
    assert document.undo_stack.undoText() == "Switch off Cut"
    assert here(actions) == ("Cut", "enabled")
    face = actions.plan_model.face(0, 0)
    assert face.is_off  # greyed, still there
    assert face.text == "Cut"
    qtbot.mouseClick(actions.viewport(), Left, pos=place)
    assert is_on(document) == [True, None]
    assert document.undo_stack.undoText() == "Switch on Cut"
    document.undo_stack.undo()
    document.undo_stack.undo()
    assert is_on(document) == [None, None]


def test_that_a_click_beside_the_box_or_with_a_key_held_only_selects(
    document: Document, actions: PlanTableView, qtbot: QtBot
) -> None:
    place = box_of(actions, "Winter cut", "enabled")
    qtbot.mouseClick(actions.viewport(), Left, pos=place + QPoint(20, 0))
    assert here(actions) == ("Winter cut", "enabled")
    qtbot.mouseClick(actions.viewport(), Left, Qt.KeyboardModifier.ControlModifier, pos=place)
    qtbot.mousePress(actions.viewport(), Left, pos=place)
    qtbot.mouseRelease(actions.viewport(), Left, pos=place + QPoint(0, -24))
    assert document.undo_stack.count() == 0


def test_that_two_quick_clicks_switch_twice_and_open_no_editor(
    document: Document, actions: PlanTableView, qtbot: QtBot
) -> None:
    place = box_of(actions, "Cut", "enabled")
    qtbot.mouseClick(actions.viewport(), Left, pos=place)
    qtbot.mouseDClick(actions.viewport(), Left, pos=place)
    qtbot.mouseRelease(actions.viewport(), Left, pos=place)
    assert is_on(document) == [True, None]
    assert not actions.findChildren(ChoiceEditor)


def test_that_space_switches_every_selected_box_to_what_the_current_one_is_not(
    document: Document, actions: PlanTableView, qtbot: QtBot
) -> None:
    document.set_cell("actions", "Winter cut", "enabled", False)
    go_to(actions, "Winter cut", "enabled")
    qtbot.keyClick(actions, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(actions, Qt.Key.Key_Space)
    assert is_on(document) == [None, True]  # the other was on already
    qtbot.keyClick(actions, Qt.Key.Key_Space)
    assert is_on(document) == [False, False]
    assert document.undo_stack.undoText() == "Switch off 2 actions"
    assert document.undo_stack.count() == 3


def test_that_a_switch_in_a_scenario_is_an_override_and_the_base_stays(
    document: Document, actions: PlanTableView, qtbot: QtBot
) -> None:
    document.select_scenario("Strict")
    go_to(actions, "Winter cut", "enabled")
    qtbot.keyClick(actions, Qt.Key.Key_Space)
    assert Address("actions", "Winter cut", "enabled") in own_overrides(document.plan, "Strict")
    assert document.undo_stack.undoText() == "Switch off Winter cut in Strict"
    assert document.plan.actions[1].enabled is None
    assert is_on(document) == [None, False]
    document.select_scenario("Stricter")
    assert is_on(document) == [None, False]


def test_that_space_in_any_other_cell_is_typed(document: Document, actions: PlanTableView, qtbot: QtBot) -> None:
    go_to(actions, "Cut", "note")
    qtbot.keyClick(actions, Qt.Key.Key_Space)
    editor = QApplication.focusWidget()
    assert editor is not None
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert document.undo_stack.count() == 0


def test_that_every_yes_no_cell_has_a_box_an_assumption_too(document: Document, tabs: TableTabs, qtbot: QtBot) -> None:
    model = tabs.view("assumptions").plan_model
    row, column = model.row_of("market_response"), model.column_of("value")
    assert row is not None
    assert column is not None
    assert model.face(row, column).tick is False
    assert model.face(row + 1, column).tick is None
    plants = tabs.view("plants").plan_model
    winter = plants.column_of("winter_region")
    assert winter is not None
    assert plants.face(0, winter).tick is False
