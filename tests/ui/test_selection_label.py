"""What the selected cells come to."""

import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.ui.selection_label import SelectionLabel
from aluplanner.ui.tables.tabs import TableTabs

SELECT = QItemSelectionModel.SelectionFlag.Select


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def tabs(document: Document, window: QWidget) -> TableTabs:
    return TableTabs(document, window)


@pytest.fixture
def label(tabs: TableTabs, window: QWidget) -> SelectionLabel:
    return SelectionLabel(tabs, window)


def select(tabs: TableTabs, table: str, *cells: tuple[int, str]) -> None:
    tabs.go_to(table)
    view = tabs.view(table)
    view.selectionModel().clearSelection()
    for row, name in cells:
        view.selectionModel().select(view.order.cell(row, view.plan_model.column_of(name) or 0), SELECT)


def test_that_disjoint_cells_are_added_up_and_follow_edits(
    tabs: TableTabs, label: SelectionLabel, document: Document, qtbot: QtBot
) -> None:
    select(tabs, "plants", (0, "built"), (2, "operating"), (1, "plant"), (1, "cash_cost"))
    qtbot.waitUntil(lambda: label.text() == "Sum 1,800   Mean 900   Count 2   Min 800   Max 1,000")
    document.set_cell("plants", "North", "built", 1200.0)
    qtbot.waitUntil(lambda: label.text() == "Sum 2,000   Mean 1,000   Count 2   Min 800   Max 1,200")
    document.undo_stack.undo()
    qtbot.waitUntil(lambda: label.text().startswith("Sum 1,800"))


def test_that_percentages_are_told_as_such(
    tabs: TableTabs, label: SelectionLabel, document: Document, qtbot: QtBot
) -> None:
    document.set_cell("actions", "Cut", "implementation", 0.5)
    document.set_cell("actions", "Winter cut", "implementation", 0.75)
    select(tabs, "actions", (0, "implementation"), (1, "implementation"))
    qtbot.waitUntil(lambda: label.text() == "Sum 125%   Mean 62.5%   Count 2   Min 50%   Max 75%")


def test_that_one_cell_or_texts_tell_nothing(tabs: TableTabs, label: SelectionLabel, qtbot: QtBot) -> None:
    select(tabs, "plants", (0, "built"), (1, "built"))
    qtbot.waitUntil(lambda: label.text() != "")
    select(tabs, "plants", (0, "built"))
    qtbot.waitUntil(lambda: label.text() == "")
    select(tabs, "plants", (0, "plant"), (1, "plant"), (0, "province"))
    qtbot.waitUntil(lambda: label.text() == "")


def test_that_the_figures_are_those_of_the_scenario_on_view(
    tabs: TableTabs, label: SelectionLabel, document: Document, qtbot: QtBot
) -> None:
    select(tabs, "plants", (0, "operating"), (1, "operating"))
    qtbot.waitUntil(lambda: label.text().startswith("Sum 1,400"))
    document.select_scenario("Strict")
    qtbot.waitUntil(lambda: label.text().startswith("Sum 1,350"))


def test_that_figures_selected_elsewhere_are_added_up_too(label: SelectionLabel) -> None:
    label.show_numbers([1.5, -0.5])
    assert label.text() == "Sum 1   Mean 0.5   Count 2   Min -0.5   Max 1.5"
    label.show_numbers([1.5])
    assert label.text() == ""
