"""Under the fingers: keys, editors, text that cannot be read."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.ui.tables.editors import ChoiceEditor, LineEditor
from aluplanner.ui.tables.tabs import TableTabs
from aluplanner.ui.tables.view import PlanTableView
from tests.document.small_plan import small_plan
from tests.ui.tables.conftest import go_to, here

Key = Qt.Key
Shift = Qt.KeyboardModifier.ShiftModifier


def line_editor(tabs: QWidget) -> LineEditor:
    editors = [editor for editor in tabs.findChildren(LineEditor) if editor.isVisible()]
    assert len(editors) == 1
    return editors[0]


def is_editing(tabs: QWidget) -> bool:
    return any(editor.isVisible() for kind in (LineEditor, ChoiceEditor) for editor in tabs.findChildren(kind))


def province(view: PlanTableView) -> int:
    column = view.plan_model.column_of("province")
    assert column is not None
    return column


def type_into(view: PlanTableView, text: str, qtbot: QtBot) -> None:
    """Type as a person does: the first letter opens the editor, the others go to it."""
    qtbot.keyClicks(view, text[0])
    if text[1:]:
        qtbot.keyClicks(line_editor(view.window()), text[1:])


def test_that_typing_replaces_and_enter_goes_down(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    go_to(plants, "North", "built")
    type_into(plants, "1200", qtbot)
    qtbot.keyClick(line_editor(plants.window()), Key.Key_Return)
    assert document.plan.plants[0].built == 1200.0
    assert here(plants) == ("South", "built")
    assert not is_editing(plants.window())
    assert plants.hasFocus()


def test_that_shift_enter_goes_up(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    go_to(plants, "South", "built")
    type_into(plants, "7", qtbot)
    qtbot.keyClick(line_editor(plants.window()), Key.Key_Return, Shift)
    assert document.plan.plants[1].built == 7.0
    assert here(plants) == ("North", "built")


@pytest.mark.parametrize(("modifier", "column"), [(Qt.KeyboardModifier.NoModifier, "operating"), (Shift, "province")])
def test_that_tab_goes_to_the_side(
    plants: PlanTableView, document: Document, qtbot: QtBot, modifier: Qt.KeyboardModifier, column: str
) -> None:
    go_to(plants, "South", "built")
    type_into(plants, "650", qtbot)
    qtbot.keyClick(line_editor(plants.window()), Key.Key_Backtab if modifier else Key.Key_Tab, modifier)
    assert document.plan.plants[1].built == 650.0
    assert here(plants) == ("South", column)


def test_that_enter_and_tab_move_without_editing(plants: PlanTableView, qtbot: QtBot) -> None:
    go_to(plants, "North", "built")
    qtbot.keyClick(plants, Key.Key_Return)
    assert here(plants) == ("South", "built")
    qtbot.keyClick(plants, Key.Key_Return, Shift)
    assert here(plants) == ("North", "built")
    qtbot.keyClick(plants, Key.Key_Tab)
    assert here(plants) == ("North", "operating")
    assert not is_editing(plants.window())


def test_that_enter_stays_in_the_last_row(plants: PlanTableView, qtbot: QtBot) -> None:
    go_to(plants, "West", "built")
    qtbot.keyClick(plants, Key.Key_Return)
    assert here(plants) == ("West", "built")


def test_that_f2_edits_every_digit(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    document.set_cell("plants", "North", "built", 1234.56789)
    go_to(plants, "North", "built")
    qtbot.keyClick(plants, Key.Key_F2)
    assert line_editor(plants.window()).text() == "1234.56789"


def test_that_escape_leaves_the_cell_as_it_was(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    before = document.plan
    go_to(plants, "North", "built")
    type_into(plants, "99", qtbot)
    qtbot.keyClick(line_editor(plants.window()), Key.Key_Escape)
    assert document.plan is before
    assert here(plants) == ("North", "built")
    assert not is_editing(plants.window())


def test_that_looking_into_a_cell_is_no_step(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    document.select_scenario("Strict")
    go_to(plants, "South", "built")
    qtbot.keyClick(plants, Key.Key_F2)
    qtbot.keyClick(line_editor(plants.window()), Key.Key_Return)
    assert document.undo_stack.count() == 0


def test_that_text_that_cannot_be_read_stays_in_the_cell_and_says_why(
    tabs: TableTabs, plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    go_to(plants, "North", "built")
    type_into(plants, "lots", qtbot)
    with qtbot.waitSignal(tabs.said) as said:
        qtbot.keyClick(line_editor(tabs), Key.Key_Return)
    assert "not a number" in said.args[0]
    face = plants.plan_model.face(0, plants.plan_model.column_of("built") or 0)
    assert (face.text, face.mark) == ("lots", "error")
    assert document.plan.plants[0].built == small_plan().plants[0].built
    assert here(plants) == ("South", "built")


def test_that_text_that_could_not_be_read_is_corrected_in_its_editor(
    plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    go_to(plants, "North", "built")
    type_into(plants, "12x", qtbot)
    qtbot.keyClick(line_editor(plants.window()), Key.Key_Return)
    go_to(plants, "North", "built")
    qtbot.keyClick(plants, Key.Key_F2)
    editor = line_editor(plants.window())
    assert editor.text() == "12x"
    qtbot.keyClick(editor, Key.Key_End)
    qtbot.keyClick(editor, Key.Key_Backspace)
    qtbot.keyClick(editor, Key.Key_Return)
    assert document.plan.plants[0].built == 12.0
    assert not document.plan.plants.unread
    assert [document.undo_stack.text(step) for step in range(2)] == [
        "Set Built of North to “12x”", "Set Built of North to 12",
    ]  # fmt: skip


def test_that_undo_takes_text_that_could_not_be_read_out_again(
    plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    before = document.plan
    go_to(plants, "North", "built")
    type_into(plants, "lots", qtbot)
    qtbot.keyClick(line_editor(plants.window()), Key.Key_Return)
    document.undo_stack.undo()
    assert document.plan is before
    assert plants.plan_model.face(0, plants.plan_model.column_of("built") or 0).text == "1,000"


def test_that_a_click_elsewhere_takes_good_text(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    go_to(plants, "North", "built")
    type_into(plants, "1300", qtbot)
    other = plants.visualRect(plants.order.cell(2, province(plants))).center()
    qtbot.mouseClick(plants.viewport(), Qt.MouseButton.LeftButton, pos=other)
    assert document.plan.plants[0].built == 1300.0
    assert here(plants) == ("West", "province")


def test_that_a_key_is_edited_in_the_frozen_column(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    go_to(plants, "North", "plant")
    type_into(plants, "Nordic", qtbot)
    editor = line_editor(plants.window())
    assert editor.parentWidget() is plants.frozen.viewport()
    qtbot.keyClick(editor, Key.Key_Return)
    assert document.plan.plants.keys[0] == "Nordic"
    assert here(plants) == ("South", "plant")
    assert plants.hasFocus()


def test_that_chinese_text_is_taken(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    go_to(plants, "North", "province")
    qtbot.keyClick(plants, Key.Key_F2)
    editor = line_editor(plants.window())
    editor.clear()
    event = QInputMethodEvent()
    event.setCommitString("山东")
    QApplication.sendEvent(editor, event)
    qtbot.keyClick(editor, Key.Key_Return)
    assert document.plan.plants[0].province == "山东"


def test_that_an_edit_elsewhere_leaves_an_open_editor_alone(
    plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    go_to(plants, "North", "built")
    type_into(plants, "12", qtbot)
    document.set_cell("plants", "North", "operating", 5.0)
    document.set_cell("plants", "North", "built", 6.0)
    assert line_editor(plants.window()).text() == "12"


def test_that_an_arrow_takes_what_was_typed_and_moves_on(
    plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    go_to(plants, "South", "built")
    type_into(plants, "650", qtbot)
    qtbot.keyClick(line_editor(plants.window()), Key.Key_Up)
    assert document.plan.plants[1].built == 650.0
    assert here(plants) == ("North", "built")
    assert not is_editing(plants.window())


# Percent


@pytest.mark.parametrize(
    ("typed", "shown", "value"),
    [("90", "90%", 0.9), ("4", "4%", 0.04), ("90%", "90%", 0.9), ("0.5", "0.5%", 0.005), (".5", ".5%", 0.005)],
)
def test_that_a_digit_typed_over_a_percent_cell_brings_its_percent_sign(
    tabs: TableTabs, document: Document, qtbot: QtBot, typed: str, shown: str, value: float
) -> None:
    tabs.go_to("actions", "Cut", "implementation")
    type_into(tabs.view("actions"), typed, qtbot)
    editor = line_editor(tabs)
    assert editor.text() == shown
    qtbot.keyClick(editor, Key.Key_Return)
    assert document.plan.actions[0].implementation == pytest.approx(value)


def test_that_a_negative_percent_waits_for_its_digit(tabs: TableTabs, document: Document, qtbot: QtBot) -> None:
    tabs.go_to("demand", "Building", "growth 2017")
    type_into(tabs.view("demand"), "-3", qtbot)
    assert line_editor(tabs).text() == "-3%"
    qtbot.keyClick(line_editor(tabs), Key.Key_Return)
    assert dict(document.plan.demand[0].growth)[2017] == pytest.approx(-0.03)


def test_that_a_percent_sign_taken_away_stays_away(tabs: TableTabs, document: Document, qtbot: QtBot) -> None:
    tabs.go_to("actions", "Cut", "implementation")
    type_into(tabs.view("actions"), "0", qtbot)
    editor = line_editor(tabs)
    qtbot.keyClick(editor, Key.Key_Delete)
    qtbot.keyClicks(editor, ".9")
    assert editor.text() == "0.9"
    qtbot.keyClick(editor, Key.Key_Return)
    assert document.plan.actions[0].implementation == 0.9


def test_that_what_replaces_a_percent_in_an_open_editor_stays_as_typed(tabs: TableTabs, qtbot: QtBot) -> None:
    tabs.go_to("actions", "Cut", "implementation")
    qtbot.keyClick(tabs.view("actions"), Key.Key_F2)
    editor = line_editor(tabs)
    editor.selectAll()
    qtbot.keyClicks(editor, "0.9")
    assert editor.text() == "0.9"


def test_that_numbers_and_letters_bring_no_percent_sign(tabs: TableTabs, plants: PlanTableView, qtbot: QtBot) -> None:
    go_to(plants, "North", "built")
    type_into(plants, "9", qtbot)
    assert line_editor(tabs).text() == "9"
    qtbot.keyClick(line_editor(tabs), Key.Key_Escape)
    tabs.go_to("actions", "Cut", "implementation")
    type_into(tabs.view("actions"), "n/a", qtbot)
    assert line_editor(tabs).text() == "n/a"


# Choices


def choice_editor(tabs: QWidget) -> ChoiceEditor:
    editors = [editor for editor in tabs.findChildren(ChoiceEditor) if editor.isVisible()]
    assert len(editors) == 1
    return editors[0]


def test_that_choices_open_as_a_list_and_are_taken_at_once(tabs: TableTabs, document: Document, qtbot: QtBot) -> None:
    tabs.go_to("actions", "Cut", "kind")
    view = tabs.view("actions")
    qtbot.keyClick(view, Key.Key_F2)
    editor = choice_editor(tabs)
    qtbot.waitUntil(lambda: editor.view().isVisible())
    assert editor.itemText(0) == "halt construction"
    qtbot.keyClick(editor.view(), Key.Key_Home)
    qtbot.keyClick(editor.view(), Key.Key_Return)
    qtbot.waitUntil(lambda: not is_editing(tabs))
    assert document.plan.actions[0].kind == "halt construction"
    assert document.undo_stack.count() == 1


def test_that_a_yes_or_no_can_be_blank_again(tabs: TableTabs, document: Document, qtbot: QtBot) -> None:
    document.set_cell("actions", "Cut", "enabled", False)
    tabs.go_to("actions", "Cut", "enabled")
    qtbot.keyClick(tabs.view("actions"), Key.Key_F2)
    editor = choice_editor(tabs)
    assert [editor.itemText(i) for i in range(3)] == ["blank (yes)", "yes", "no"]
    assert editor.word == "no"
    editor.choose("")
    editor.activated.emit(0)
    qtbot.waitUntil(lambda: not is_editing(tabs))
    assert document.plan.actions[0].enabled is None


def test_that_escape_leaves_a_choice_as_it_was(tabs: TableTabs, document: Document, qtbot: QtBot) -> None:
    before = document.plan
    tabs.go_to("actions", "Cut", "kind")
    qtbot.keyClick(tabs.view("actions"), Key.Key_F2)
    editor = choice_editor(tabs)
    qtbot.waitUntil(lambda: editor.view().isVisible())
    qtbot.keyClick(editor.view(), Key.Key_Escape)
    qtbot.waitUntil(lambda: not is_editing(tabs))
    assert document.plan is before


# Names


def test_that_known_names_are_offered_behind_the_last_semicolon(tabs: TableTabs, qtbot: QtBot) -> None:
    tabs.go_to("actions", "Cut", "target")
    qtbot.keyClick(tabs.view("actions"), Key.Key_F2)
    editor = line_editor(tabs)
    editor.clear()
    qtbot.keyClicks(editor, "North; sha")
    completer = editor.completer()
    assert completer.completionCount() == 1
    assert completer.currentCompletion() == "North; Shandong"


@pytest.mark.parametrize(
    ("key", "modifiers", "then"),
    [
        (Key.Key_Return, Qt.KeyboardModifier.NoModifier, ("South", "province")),
        (Key.Key_Tab, Qt.KeyboardModifier.NoModifier, ("North", "built")),
    ],
)
def test_that_one_key_ends_an_entry_while_names_are_offered(
    plants: PlanTableView,
    document: Document,
    qtbot: QtBot,
    key: Qt.Key,
    modifiers: Qt.KeyboardModifier,
    then: tuple[str, str],
) -> None:
    go_to(plants, "North", "province")
    type_into(plants, "Shan", qtbot)
    popup = line_editor(plants.window()).completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, key, modifiers)
    assert document.plan.plants[0].province == "Shan"
    assert here(plants) == then
    assert not is_editing(plants.window())


def test_that_a_name_picked_from_the_list_is_entered_with_one_key(
    plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    go_to(plants, "North", "province")
    type_into(plants, "Shan", qtbot)
    popup = line_editor(plants.window()).completer().popup()
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Key.Key_Down)
    qtbot.keyClick(popup, Key.Key_Return)
    assert document.plan.plants[0].province == "Shandong"
    assert here(plants) == ("South", "province")


# Clearing


def test_that_del_clears_the_selected_cells_as_one_step(
    plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    go_to(plants, "North", "province")
    for _ in range(2):
        qtbot.keyClick(plants, Key.Key_Down, Shift)
    qtbot.keyClick(plants, Key.Key_Right, Shift)
    qtbot.keyClick(plants, Key.Key_Delete)
    assert [(plant.province, plant.built) for plant in document.plan.plants] == [(None, None)] * 3
    assert document.undo_stack.count() == 1


def test_that_del_leaves_names_and_says_so(
    tabs: TableTabs, plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    go_to(plants, "North", "plant")
    with qtbot.waitSignal(tabs.said):
        qtbot.keyClick(plants, Key.Key_Delete)
    assert document.undo_stack.count() == 0


def test_that_a_double_click_edits(plants: PlanTableView, qtbot: QtBot) -> None:
    place: QPoint = plants.visualRect(plants.order.cell(1, province(plants))).center()
    qtbot.mouseClick(plants.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(plants.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert line_editor(plants.window()).text() == "Henan"
