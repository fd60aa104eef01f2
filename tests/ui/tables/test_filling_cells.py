"""Filling cells with keys and with the handle."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.ranges import Range
from aluplanner.ui.tables.fill_handle import FillHandle
from aluplanner.ui.tables.tabs import TableTabs
from aluplanner.ui.tables.view import PlanTableView
from tests.ui.tables.conftest import go_to, here
from tests.ui.tables.hand_tools import Ctrl, Key, Left, Shift, cells, drag, place_of, point_of, select, selected

Plain = Qt.KeyboardModifier.NoModifier


def handle_of(view: PlanTableView) -> FillHandle:
    handle = view.hand.handle
    assert handle.isVisible()
    return handle


def draw(view: PlanTableView, to: QPoint, modifiers: Qt.KeyboardModifier = Plain) -> None:
    """Draw the handle to a point of the viewport."""
    handle = handle_of(view)
    target = handle.mapFromGlobal(view.viewport().mapToGlobal(to))
    drag(handle, handle.rect().center(), target, modifiers=modifiers)


def test_that_ctrl_d_and_ctrl_r_fill(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    select(plants, (("North", "built"), ("West", "built")))
    qtbot.keyClick(plants, Key.Key_D, Ctrl)
    assert cells(document, "plants", "built") == [(1000.0,)] * 3
    assert document.undo_stack.undoText() == "Fill 2 cells in Plants"
    select(plants, (("North", "built"), ("North", "operating")))
    qtbot.keyClick(plants, Key.Key_R, Ctrl)
    assert document.plan.plants[0].operating == 1000.0
    assert document.undo_stack.undoText() == "Fill 1 cell in Plants"
    go_to(plants, "West", "operating")
    qtbot.keyClick(plants, Key.Key_D, Ctrl)
    assert document.plan.plants[2].operating == 500.0


def test_that_ctrl_enter_fills_what_is_selected_with_what_is_typed(
    plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    select(plants, (("North", "built"), ("South", "built")), (("West", "operating"), ("West", "operating")))
    qtbot.keyClick(plants, "7")
    editor = QApplication.focusWidget()
    assert editor is not None
    qtbot.keyClick(editor, Key.Key_Return, Ctrl)
    assert cells(document, "plants", "built", "operating") == [(7.0, 900.0), (7.0, 500.0), (800.0, 7.0)]
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Fill 3 cells in Plants"
    assert len(selected(plants)) == 2
    assert plants.hasFocus()


def test_that_chinese_text_fills_too(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    select(plants, (("North", "group"), ("West", "group")))
    qtbot.keyClick(plants, Key.Key_F2)
    editor = QApplication.focusWidget()
    assert editor is not None
    editor.selectAll()  # type: ignore[attr-defined]
    typed = QInputMethodEvent()
    typed.setCommitString("中铝")
    QApplication.sendEvent(editor, typed)
    qtbot.keyClick(editor, Key.Key_Return, Ctrl)
    assert cells(document, "plants", "group") == [("中铝",)] * 3


def test_that_ctrl_enter_without_an_editor_fills_with_the_current_cell(
    plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    select(plants, (("North", "built"), ("West", "built")))
    qtbot.keyClick(plants, Key.Key_Enter, Ctrl | Qt.KeyboardModifier.KeypadModifier)
    assert cells(document, "plants", "built") == [(1000.0,)] * 3


def test_that_a_month_goes_on_when_its_handle_is_drawn_down(tabs: TableTabs, document: Document, qtbot: QtBot) -> None:
    tabs.setCurrentIndex(1)
    actions = tabs.view("actions")
    go_to(actions, "Cut", "start")
    actions.scrollTo(actions.currentIndex())
    draw(actions, point_of(actions, "Winter cut", "start"))
    assert [str(action.start) for action in document.plan.actions] == ["2017-04", "2017-05"]
    assert document.undo_stack.undoText() == "Fill 1 cell in Actions"
    first, last = place_of(actions, "Cut", "start"), place_of(actions, "Winter cut", "start")
    assert selected(actions) == [Range(*first, *last)]
    assert here(actions) == ("Cut", "start")
    document.undo_stack.undo()
    go_to(actions, "Cut", "start")
    draw(actions, point_of(actions, "Winter cut", "start"), Ctrl)
    assert [str(action.start) for action in document.plan.actions] == ["2017-04", "2017-04"]


def test_that_equal_steps_go_on(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    select(plants, (("North", "built"), ("South", "operating")))
    draw(plants, point_of(plants, "West", "operating"))
    assert cells(document, "plants", "built", "operating")[2] == (200.0, 100.0)


def test_that_a_handle_drawn_into_the_range_or_let_go_fills_nothing(
    plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    select(plants, (("North", "built"), ("South", "built")))
    draw(plants, point_of(plants, "North", "built"))
    assert document.undo_stack.count() == 0
    handle = handle_of(plants)
    qtbot.mousePress(handle, Left, pos=handle.rect().center())
    qtbot.mouseMove(handle, handle.mapFromGlobal(plants.viewport().mapToGlobal(point_of(plants, "West", "built"))))
    assert plants.hand.frames.isVisible()
    qtbot.keyClick(plants, Key.Key_Escape)
    assert not plants.hand.frames.isVisible()
    qtbot.mouseRelease(handle, Left, pos=handle.rect().center())
    assert document.undo_stack.count() == 0


def test_that_a_double_click_fills_to_the_last_row(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    go_to(plants, "North", "group")
    handle = handle_of(plants)
    qtbot.mouseDClick(handle, Left, pos=handle.rect().center())
    assert cells(document, "plants", "group") == [("One",)] * 3


def test_that_the_handle_stands_only_where_it_can_be_drawn(plants: PlanTableView, qtbot: QtBot) -> None:
    go_to(plants, "North", "built")
    assert plants.hand.handle.isVisible()
    plants.horizontalScrollBar().setValue(plants.horizontalScrollBar().maximum())
    assert not plants.hand.handle.isVisible()
    plants.horizontalScrollBar().setValue(0)
    assert plants.hand.handle.isVisible()
    select(plants, (("North", "built"), ("North", "built")), (("West", "built"), ("West", "built")))
    assert not plants.hand.handle.isVisible()
    go_to(plants, "North", "plant")
    assert plants.hand.handle.isVisible()


def test_that_nothing_to_fill_is_said(tabs: TableTabs, document: Document, qtbot: QtBot) -> None:
    tabs.setCurrentIndex(5)
    view = tabs.view("assumptions")
    view.setFocus()
    go_to(view, "opening_stock", "meaning")
    said: list[str] = []
    view.said.connect(said.append)
    qtbot.keyClick(view, Key.Key_Down, Shift)
    qtbot.keyClick(view, Key.Key_D, Ctrl)
    assert said == ["None of the selected cells can be edited."]
    assert document.undo_stack.count() == 0
