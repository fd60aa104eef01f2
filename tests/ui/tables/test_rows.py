"""Adding, duplicating, deleting and moving rows from the keyboard and the buttons."""

from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.ui.tables.tabs import TableTabs
from aluplanner.ui.tables.view import PlanTableView
from tests.ui.tables.conftest import go_to, here

Alt, Control, Shift = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def also_select(view: PlanTableView, row: int, column: int) -> None:
    view.selectionModel().select(view.order.cell(row, column), QItemSelectionModel.SelectionFlag.Select)


def test_that_a_row_is_added_below_and_its_name_is_ready_to_be_typed(
    plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    go_to(plants, "North", "built")
    qtbot.keyClick(plants, Qt.Key.Key_Plus, Control | Shift)
    assert document.plan.plants.keys == ("North", "New plant", "South", "West")
    assert here(plants) == ("New plant", "plant")
    assert document.undo_stack.undoText() == "Add New plant (Plants)"


def test_that_rows_move_with_their_selection(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    go_to(plants, "North", "built")
    also_select(plants, 1, 4)
    qtbot.keyClick(plants, Qt.Key.Key_Down, Alt | Shift)
    assert document.plan.plants.keys == ("West", "North", "South")
    assert here(plants) == ("North", "built")
    assert plants.selected_rows() == [1, 2]
    qtbot.keyClick(plants, Qt.Key.Key_Up, Alt | Shift)
    assert document.plan.plants.keys == ("North", "South", "West")
    assert plants.selected_rows() == [0, 1]


def test_that_a_row_at_the_edge_stays_and_is_no_step(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    go_to(plants, "North", "built")
    qtbot.keyClick(plants, Qt.Key.Key_Up, Alt | Shift)
    assert document.undo_stack.count() == 0


def test_that_copies_are_selected(tabs: TableTabs, plants: PlanTableView, document: Document) -> None:
    go_to(plants, "South", "built")
    also_select(plants, 0, 4)
    tabs.row_actions.duplicate.trigger()
    assert document.plan.plants.keys == ("North", "South", "North (2)", "South (2)", "West")
    assert plants.selected_rows() == [2, 3]
    assert document.undo_stack.undoText() == "Duplicate 2 rows (Plants)"


def test_that_rows_are_deleted_as_one_step_and_come_back(
    plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    go_to(plants, "South", "built")
    also_select(plants, 2, 4)
    qtbot.keyClick(plants, Qt.Key.Key_Minus, Control)
    assert document.plan.plants.keys == ("North",)
    assert here(plants)[0] == "North"
    document.undo_stack.undo()
    assert document.plan.plants.keys == ("North", "South", "West")


def test_that_the_last_row_can_go_and_the_table_says_how_to_go_on(
    tabs: TableTabs, plants: PlanTableView, document: Document
) -> None:
    hint = tabs.page("plants").hint
    assert not hint.isVisible()
    plants.selectAll()
    tabs.row_actions.delete.trigger()
    assert document.plan.plants.keys == ()
    assert hint.isVisible()
    assert "Add the smelters" in hint.text()
    tabs.row_actions.add.trigger()
    assert not hint.isVisible()
    assert document.plan.plants.keys == ("New plant",)


def test_that_a_table_with_all_its_rows_says_so(tabs: TableTabs, document: Document, qtbot: QtBot) -> None:
    tabs.go_to("seasonality")
    for _ in range(12):
        tabs.row_actions.add.trigger()
    assert len(document.plan.seasonality) == 12
    with qtbot.waitSignal(tabs.said, check_params_cb=lambda text: "all its rows" in text):
        tabs.row_actions.add.trigger()


def test_that_declared_rows_can_neither_come_nor_go(tabs: TableTabs) -> None:
    tabs.go_to("assumptions", "load_factor", "value")
    actions = tabs.row_actions
    assert not any(action.isEnabled() for action in actions.on_rows)
    assert actions.clear.isEnabled()


def test_that_the_base_value_comes_back_for_the_scenarios_own_cells_only(
    tabs: TableTabs, plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    document.select_scenario("Stricter")
    go_to(plants, "North", "operating")
    with qtbot.waitSignal(tabs.said, check_params_cb=lambda text: "“Stricter” builds on “Strict”" in text):
        tabs.row_actions.use_base.trigger()
    assert document.undo_stack.count() == 0
    document.select_scenario("Strict")
    go_to(plants, "North", "built")
    assert not tabs.row_actions.use_base.isEnabled()
    go_to(plants, "North", "operating")
    assert tabs.row_actions.use_base.isEnabled()
    tabs.row_actions.use_base.trigger()
    assert document.view.rows("plants")[0].operating == 900.0
    assert document.undo_stack.undoText() == "Use base value for Operating of North in Strict"


def test_that_the_lower_table_of_a_tab_is_meant_when_it_has_the_focus(tabs: TableTabs, document: Document) -> None:
    tabs.go_to("overrides")
    tabs.row_actions.add.trigger()
    assert len(document.plan.overrides) == 4
    tabs.go_to("scenarios", "Strict")
    tabs.row_actions.duplicate.trigger()
    assert document.plan.scenarios.keys == ("Strict", "Strict (2)", "Stricter")
