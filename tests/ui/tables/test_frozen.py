"""The frozen key column stays in step with its table."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollBar
from pytestqt.qtbot import QtBot

from aluplanner.document import edits
from aluplanner.document.document import Document
from aluplanner.ui.tables.view import PlanTableView
from tests.ui.tables.conftest import go_to, here


def many_plants(document: Document) -> None:
    document.apply(edits.insert_rows(document.plan, "plants", 3, count=60), "Add")


def tops(view: PlanTableView) -> list[tuple[int, int]]:
    """Return where some rows begin in both views, from the top of the table."""
    frozen = view.frozen
    return [
        (
            frozen.viewport().mapTo(view, QPoint(0, frozen.rowViewportPosition(row))).y(),
            view.viewport().mapTo(view, QPoint(0, view.rowViewportPosition(row))).y(),
        )
        for row in (0, 1, 30, 62)
    ]


def is_in_step(view: PlanTableView) -> bool:
    return all(one == other for one, other in tops(view))


def test_that_rows_stand_level_while_scrolling(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    many_plants(document)
    bar: QScrollBar = plants.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 100)
    for value in (0, 7, 111, bar.maximum()):
        bar.setValue(value)
        assert is_in_step(plants)
    plants.frozen.verticalScrollBar().setValue(50)
    assert bar.value() == 50
    assert is_in_step(plants)


def test_that_it_lies_over_the_first_column(plants: PlanTableView) -> None:
    left = plants.viewport().mapTo(plants, QPoint(plants.columnViewportPosition(0), 0)).x()
    assert plants.frozen.x() == left
    assert plants.frozen.width() == plants.columnWidth(0)
    assert plants.frozen.isColumnHidden(1)


def test_that_both_get_the_same_width(plants: PlanTableView) -> None:
    plants.setColumnWidth(0, 222)
    assert (plants.frozen.columnWidth(0), plants.frozen.width()) == (222, 222)
    plants.frozen.setColumnWidth(0, 180)
    assert plants.columnWidth(0) == 180


def test_that_it_stays_in_sight_and_hides_no_current_cell(plants: PlanTableView, qtbot: QtBot) -> None:
    go_to(plants, "North", "note")
    assert plants.horizontalScrollBar().value() > 0
    assert plants.frozen.isVisible()
    for _ in range(plants.plan_model.columnCount() - 2):
        qtbot.keyClick(plants, Qt.Key.Key_Left)
        left = plants.visualRect(plants.currentIndex()).left()
        assert left >= plants.columnWidth(0)
    assert here(plants) == ("North", plants.plan_model.columns[1].name)


def test_that_both_have_one_selection(plants: PlanTableView, qtbot: QtBot) -> None:
    place = plants.frozen.visualRect(plants.order.cell(2, 0)).center()
    qtbot.mouseClick(plants.frozen.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert here(plants) == ("West", "plant")
    assert plants.hasFocus()
    qtbot.keyClick(plants, Qt.Key.Key_Right)
    assert here(plants) == ("West", plants.plan_model.columns[1].name)


def test_that_a_new_column_stays_out_of_it(tabs: object, document: Document, qtbot: QtBot) -> None:
    from aluplanner.ui.tables.tabs import TableTabs

    assert isinstance(tabs, TableTabs)
    view = tabs.view("demand")
    document.set_cell("plan", "Months", "value", 60.0)
    shown = [column for column in range(view.plan_model.columnCount()) if not view.frozen.isColumnHidden(column)]
    assert shown == [0]
    document.undo_stack.undo()
    assert not view.frozen.isColumnHidden(0)
