"""Base and saved values for any selection; deleting scenarios in their table."""

from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.model.layers import resolve
from aluplanner.ui.dialogs.scenario_deletion import DeletionQuestion
from aluplanner.ui.tables.tabs import TableTabs
from aluplanner.ui.tables.view import PlanTableView
from tests.document.small_plan import small_plan
from tests.ui.tables.conftest import go_to


def test_that_base_and_saved_values_come_back_in_disjoint_cells_as_one_step(
    tabs: TableTabs, plants: PlanTableView, document: Document
) -> None:
    document.select_scenario("Strict")
    cells = [(0, "built"), (2, "operating"), (1, "cash_cost")]
    document.set_cells("plants", [(row, name, 1.0) for row, name in cells])
    go_to(plants, "North", "group")
    for row, name in [*cells, (0, "operating")]:
        place = plants.plan_model.column_of(name)
        assert place is not None
        plants.selectionModel().select(plants.order.cell(row, place), QItemSelectionModel.SelectionFlag.Select)
    tabs.row_actions.refresh()
    tabs.row_actions.use_saved.trigger()
    assert document.plan == small_plan()
    assert document.undo_stack.undoText() == "Use saved value for 3 cells of Plants in Strict"
    document.undo_stack.undo()
    tabs.row_actions.use_base.trigger()
    assert list(document.view.rows("plants")) == list(small_plan().plants)
    assert document.undo_stack.undoText() == "Use base value for 4 cells of Plants in Strict"
    assert document.undo_stack.count() == 2


def test_that_a_whole_column_goes_back_to_what_was_saved(
    tabs: TableTabs, plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    assert not tabs.row_actions.use_saved.isEnabled()
    document.set_cells("plants", [(row, "built", 2000.0) for row in range(3)])
    tabs.row_actions.add.trigger()
    flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Columns
    plants.selectionModel().select(plants.order.cell(0, plants.plan_model.column_of("built") or 0), flags)
    assert tabs.row_actions.use_saved.isEnabled()
    with qtbot.waitSignal(tabs.said, check_params_cb=lambda text: "lacks 1 of these cells" in text):
        tabs.row_actions.use_saved.trigger()
    assert [plant.built for plant in document.plan.plants if plant.plant != "New plant"] == [1000.0, 600.0, 800.0]


def test_that_deleting_a_scenario_asks_what_becomes_of_its_changes_above(
    tabs: TableTabs, document: Document, qtbot: QtBot
) -> None:
    before = document.plan
    for button, implementation in (("cancel", 0.9), ("keep", 0.9), ("drop", None)):
        tabs.go_to("scenarios", "Strict")
        tabs.row_actions.delete.trigger()
        question = next(box for box in tabs.window().findChildren(DeletionQuestion) if box.isVisible())
        assert "“Stricter” builds on “Strict”" in question.text()
        qtbot.mouseClick(getattr(question, button), Qt.MouseButton.LeftButton)
        is_gone = button != "cancel"
        assert document.plan.scenario_names == (("Stricter",) if is_gone else ("Strict", "Stricter"))
        assert resolve(document.plan, "Stricter").actions[0].implementation == implementation
        assert document.undo_stack.count() == is_gone
        if is_gone:
            document.undo_stack.undo()
        assert document.plan is before
    tabs.go_to("scenarios", "Stricter")
    tabs.row_actions.delete.trigger()  # nothing builds on it, so nothing is asked
    assert document.plan.scenario_names == ("Strict",)
    assert document.undo_stack.undoText() == "Delete scenario Stricter"
