"""Scenarios as wholes: what the bar and its dialogs do, and that the tables come to the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.document.scenario_edits import ScenarioText, new_scenario
from aluplanner.model.layers import resolve
from aluplanner.model.plan import Plan
from aluplanner.ui.dialogs.scenario import ScenarioDialog
from aluplanner.ui.dialogs.scenario_deletion import DeletionQuestion
from aluplanner.ui.main_window import MainWindow
from aluplanner.ui.scenario_branches import DEPTH, LAYERS
from tests.document.small_plan import small_plan

Checked = Qt.CheckState.Checked
Left = Qt.MouseButton.LeftButton


@pytest.fixture
def window(document: Document, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(document, Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)))
    with qtbot.waitExposed(made):
        made.show()
    yield made
    document.undo_stack.setClean()
    made.close()
    made.deleteLater()


def dialog_of(window: MainWindow) -> ScenarioDialog:
    return next(dialog for dialog in window.findChildren(ScenarioDialog) if dialog.isVisible())


def take(dialog: ScenarioDialog, qtbot: QtBot) -> None:
    qtbot.mouseClick(dialog.take, Left)


def write(dialog: ScenarioDialog, name: str, qtbot: QtBot) -> None:
    dialog.name.selectAll()
    qtbot.keyClicks(dialog.name, name)


# The dialog


def test_that_a_new_scenario_is_one_step_and_is_then_on_view(
    window: MainWindow, document: Document, qtbot: QtBot
) -> None:
    document.select_scenario("Strict")
    window.scenario_bar.edits.new.trigger()
    dialog = dialog_of(window)
    assert dialog.name.selectedText() == "New scenario"
    write(dialog, "Tight winter", qtbot)
    dialog.description.setFocus()
    qtbot.keyClicks(dialog.description, "Cold and strict")
    assert dialog.layers.layers == ("Strict",)
    take(dialog, qtbot)
    assert document.scenario == "Tight winter"
    assert window.scenario_bar.selector.currentText() == "Tight winter"
    assert document.undo_stack.undoText() == "Add scenario Tight winter"
    expected = new_scenario(small_plan(), ScenarioText("Tight winter", ("Strict",), "Cold and strict"))
    assert document.plan == expected
    document.undo_stack.undo()
    assert document.scenario == "Base"
    assert document.plan == small_plan()


def test_that_a_copy_begins_with_a_free_name_ready_to_be_typed_over(
    window: MainWindow, document: Document, qtbot: QtBot
) -> None:
    document.select_scenario("Strict")
    window.scenario_bar.edits.duplicate.trigger()
    dialog = dialog_of(window)
    assert dialog.name.selectedText() == "Strict (2)"
    write(dialog, "Stern", qtbot)
    take(dialog, qtbot)
    assert document.undo_stack.undoText() == "Duplicate scenario Strict as Stern"
    assert document.plan.scenario_names == ("Strict", "Stern", "Stricter")
    assert resolve(document.plan, "Stern").plants == resolve(document.plan, "Strict").plants
    assert document.scenario == "Stern"


@pytest.mark.parametrize(
    ("name", "description", "ticks", "label"),
    [
        ("Hard", None, {}, "Rename scenario Stricter to Hard"),
        (None, "What if", {}, "Describe scenario Stricter"),
        (None, None, {"Strict": False}, "Build Stricter on the base"),
        ("Hard", "What if", {"Strict": False}, "Change scenario Hard"),
    ],
)
def test_that_a_change_is_one_step_in_words(
    window: MainWindow,
    document: Document,
    qtbot: QtBot,
    name: str | None,
    description: str | None,
    ticks: dict[str, bool],
    label: str,
) -> None:
    document.select_scenario("Stricter")
    window.scenario_bar.edits.rename.trigger()
    dialog = dialog_of(window)
    if name:
        write(dialog, name, qtbot)
    if description:
        dialog.description.setFocus()
        qtbot.keyClicks(dialog.description, description)
    for layer, is_ticked in ticks.items():
        dialog.layers.tick(layer, is_ticked)
    take(dialog, qtbot)
    assert document.undo_stack.undoText() == label
    assert document.undo_stack.count() == 1
    assert document.scenario == (name or "Stricter")
    assert document.plan.scenarios[1].description == description
    assert document.plan.scenarios[1].layers == (() if ticks else ("Strict",))
    document.undo_stack.undo()
    assert document.scenario == "Stricter"
    assert document.plan == small_plan()


def test_that_nothing_changed_is_no_step_and_cancel_neither(
    window: MainWindow, document: Document, qtbot: QtBot
) -> None:
    document.select_scenario("Strict")
    window.scenario_bar.edits.rename.trigger()
    take(dialog_of(window), qtbot)
    window.scenario_bar.edits.rename.trigger()
    dialog = dialog_of(window)
    write(dialog, "Other", qtbot)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert document.undo_stack.count() == 0


def test_that_a_name_that_cannot_be_had_is_told_while_it_is_typed(
    window: MainWindow, document: Document, qtbot: QtBot
) -> None:
    document.select_scenario("Strict")
    window.scenario_bar.edits.rename.trigger()
    dialog = dialog_of(window)
    for name, problem in (("base", "“Base” is the name"), ("stricter", "already a scenario"), ("", "needs a name")):
        dialog.name.setText(name)
        assert problem in dialog.preview.text()
        assert dialog.mark.isVisible()
        assert not dialog.take.isEnabled()
        qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert document.undo_stack.count() == 0
    write(dialog, "Fine", qtbot)
    assert not dialog.mark.isVisible()
    assert dialog.preview.text() == "Builds on the base itself. It has 2 changes of its own."
    assert dialog.take.isEnabled()


@pytest.mark.parametrize(("action", "field"), [("rename", "name"), ("describe", "description"), ("build_on", "layers")])
def test_that_the_dialog_begins_with_what_was_asked_for(
    window: MainWindow, document: Document, action: str, field: str
) -> None:
    document.select_scenario("Stricter")
    getattr(window.scenario_bar.edits, action).trigger()
    dialog = dialog_of(window)
    wanted = dialog.layers.names if field == "layers" else getattr(dialog, field)
    assert dialog.focusWidget() is wanted


def test_that_a_scenario_cannot_be_made_to_build_on_itself(window: MainWindow, document: Document) -> None:
    document.select_scenario("Strict")
    window.scenario_bar.edits.build_on.trigger()
    assert dialog_of(window).layers.names.count() == 0  # all others build on it


def with_conflict(plan: Plan) -> Plan:
    """Return the plan with a scenario whose two layers disagree about the rate of a cut."""
    plan = new_scenario(plan, ScenarioText("Weak"))
    plan = plan.with_table(
        plan.overrides.replaced([*plan.overrides, plan.overrides[0].__class__("Weak", *_CUT, 0.4, None)])
    )
    return new_scenario(plan, ScenarioText("Both", ("Strict", "Weak")))


_CUT = ("actions", "Cut", "implementation")


def test_that_the_order_of_layers_decides_and_the_dialog_says_what_follows(
    window: MainWindow, document: Document, qtbot: QtBot
) -> None:
    document.apply(with_conflict(document.plan), "Add")
    document.select_scenario("Both")
    window.scenario_bar.edits.build_on.trigger()
    dialog = dialog_of(window)
    first, *lines = dialog.preview.text().splitlines()
    assert first == "Takes 2 changes of “Strict”, then 1 change of “Weak”; it changes nothing itself yet. 1 conflict:"
    assert lines == ["Actions › Cut › Implementation: “Strict” 90%, “Weak” 40%; “Weak” stands"]
    assert dialog.mark.isVisible()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog.layers.names, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert dialog.layers.layers == ("Weak", "Strict")
    assert "“Strict” stands" in dialog.preview.text()
    dialog.layers.tick("Weak", False)
    assert not dialog.mark.isVisible()
    dialog.layers.tick("Weak")
    take(dialog, qtbot)
    assert document.undo_stack.undoText() == "Build Both on Weak, Strict"
    assert resolve(document.plan, "Both").actions[0].implementation == 0.9


def test_that_a_layer_moves_past_the_next_one_that_is_ticked(
    window: MainWindow, document: Document, qtbot: QtBot
) -> None:
    document.apply(with_conflict(document.plan), "Add")
    document.select_scenario("Both")
    window.scenario_bar.edits.build_on.trigger()
    layers = dialog_of(window).layers
    assert not layers.up.isEnabled()
    qtbot.mouseClick(layers.down, Left)
    assert layers.layers == ("Weak", "Strict")
    assert not layers.down.isEnabled()
    layers.names.setCurrentRow(2)
    assert layers.names.currentItem().text() == "Stricter"
    qtbot.mouseClick(layers.up, Left)
    assert layers.layers == ("Weak", "Strict")  # one without a tick is no layer wherever it stands


# Deleting


def test_that_the_base_can_neither_be_renamed_nor_deleted(window: MainWindow, document: Document) -> None:
    edits = window.scenario_bar.edits
    assert [action.isEnabled() for action in edits.all] == [True] + [False] * 5
    document.select_scenario("Strict")
    assert all(action.isEnabled() for action in edits.all)
    document.select_scenario("Base")
    edits.remove()
    edits.copy()
    edits.on_rename()
    assert document.undo_stack.count() == 0
    assert not window.findChildren(ScenarioDialog)


def test_that_what_builds_on_a_deleted_scenario_can_keep_its_changes(
    window: MainWindow, document: Document, qtbot: QtBot
) -> None:
    shown = resolve(document.plan, "Stricter")
    document.select_scenario("Strict")
    window.scenario_bar.edits.delete.trigger()
    question = next(box for box in window.findChildren(DeletionQuestion) if box.isVisible())
    assert question.text() == "“Stricter” builds on “Strict”."
    qtbot.mouseClick(question.keep, Left)
    assert document.scenario == "Base"
    assert resolve(document.plan, "Stricter").actions == shown.actions
    assert resolve(document.plan, "Stricter").plants == shown.plants
    assert document.undo_stack.undoText() == "Delete scenario Strict, changes kept in Stricter"
    document.undo_stack.undo()
    assert document.plan == small_plan()


# The bar


def test_that_the_selector_shows_the_tree(window: MainWindow, document: Document) -> None:
    document.apply(with_conflict(document.plan), "Add")
    selector = window.scenario_bar.selector
    rows = [
        (selector.itemText(i), selector.itemData(i, DEPTH), selector.itemData(i, LAYERS))
        for i in range(selector.count())
    ]
    assert rows == [
        ("Base", None, None),
        ("Strict", 0, ""),
        ("Stricter", 1, "Strict"),
        ("Both", 1, "Strict, Weak"),
        ("Weak", 0, ""),
    ]
    document.select_scenario("Both")
    assert selector.currentText() == "Both"


def test_that_a_branch_is_as_wide_as_its_name_and_its_layers(window: MainWindow) -> None:
    selector = window.scenario_bar.selector
    delegate, option = selector.itemDelegate(), QStyleOptionViewItem()
    option.initFrom(selector)
    widths = [delegate.sizeHint(option, selector.model().index(row, 0)).width() for row in range(3)]
    assert widths[2] > widths[1] + 16  # indented, and with what it builds on
    image = QImage(widths[2], 24, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    option.rect = image.rect()
    painter = QPainter(image)
    delegate.paint(painter, option, selector.model().index(2, 0))
    painter.end()
    inked = [x for x in range(image.width()) if any(image.pixel(x, y) != image.pixel(0, 0) for y in range(24))]
    assert min(inked) >= 24
    assert max(inked) > widths[2] - 16


def test_that_the_menu_and_the_button_share_their_actions(window: MainWindow) -> None:
    bar = window.scenario_bar
    in_button = [action for action in bar.more.menu().actions() if not action.isSeparator()]
    menus = [action.menu() for action in window.menuBar().actions()]
    in_menu = next(menu for menu in menus if bar.edits.new in menu.actions())
    assert in_button == list(bar.edits.all) == [each for each in in_menu.actions() if not each.isSeparator()]


# The same in the tables


def test_that_an_edit_in_a_scenario_is_what_a_row_of_overrides_is(window: MainWindow, document: Document) -> None:
    document.select_scenario("Stricter")
    document.set_cell("plants", "South", "built", 650.0)
    by_cell = document.plan
    document.undo_stack.undo()
    assert document.scenario == "Stricter"
    overrides = window.tables.view("overrides").plan_model
    window.tables.go_to("overrides", position=2)
    window.tables.row_actions.add.trigger()
    for column, text in (("table", "plants"), ("row", "South"), ("column", "built"), ("value", "650")):
        place = overrides.column_of(column)
        assert place is not None
        assert overrides.setData(overrides.index(3, place), text)
    assert document.plan == by_cell
    window.tables.row_actions.delete.trigger()
    without_row = document.plan
    document.apply(by_cell, "As by cell")
    document.use_base_values("plants", [(1, "built")])
    assert document.plan == without_row == small_plan()


def test_that_an_override_is_edited_by_its_cell_and_its_cell_by_the_override(
    window: MainWindow, document: Document
) -> None:
    document.select_scenario("Strict")
    document.set_cell("actions", "Cut", "implementation", 0.5)
    overrides = window.tables.view("overrides").plan_model
    place = overrides.column_of("value")
    assert place is not None
    assert overrides.index(0, place).data() == "50%"
    assert overrides.setData(overrides.index(0, place), "70%")
    assert document.view.rows("actions")[0].implementation == 0.7


def test_that_the_base_changes_every_scenario_that_does_not_override(document: Document) -> None:
    document.set_cell("plants", "North", "operating", 700.0)
    document.set_cell("plants", "North", "built", 1500.0)
    seen = {name: resolve(document.plan, name).plants[0] for name in ("Strict", "Stricter")}
    assert {name: (plant.operating, plant.built) for name, plant in seen.items()} == {
        "Strict": (850.0, 1500.0),
        "Stricter": (850.0, 1500.0),
    }


def test_that_undo_in_a_scenario_shows_the_table_that_was_edited(
    window: MainWindow, document: Document, qtbot: QtBot
) -> None:
    document.select_scenario("Strict")
    window.tables.go_to("plants", "South", "built")
    document.set_cell("plants", "South", "built", 650.0)
    window.tables.go_to("claims")
    document.undo_stack.undo()
    qtbot.waitUntil(window.tables.view("plants").isVisible)
    window.tables.go_to("claims")
    document.undo_stack.redo()
    qtbot.waitUntil(window.tables.view("plants").isVisible)
