"""What the status bar says, and when it stops saying it."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.model.plan import Plan
from aluplanner.ui.selection_label import SelectionLabel
from aluplanner.ui.status import StatusBar
from aluplanner.ui.tables.tabs import TableTabs


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def status(document: Document, window: QWidget) -> StatusBar:
    tabs = TableTabs(document, window)
    made = StatusBar(document, SelectionLabel(tabs, window), window)
    tabs.said.connect(made.say)
    return made


def test_that_a_step_of_the_history_is_told(status: StatusBar, document: Document) -> None:
    document.set_cell("plants", "North", "operating", 950.0)
    assert status.currentMessage() == ""
    document.undo_stack.undo()
    assert status.currentMessage() == "Undone: Set Operating of North to 950"
    document.undo_stack.redo()
    assert status.currentMessage() == "Redone: Set Operating of North to 950"


def test_that_several_steps_at_once_are_counted(status: StatusBar, document: Document) -> None:
    for value in (910.0, 920.0, 930.0):
        document.set_cell("plants", "North", "operating", value)
    document.undo_stack.setIndex(0)
    assert status.currentMessage() == "Undone: 3 steps"
    document.undo_stack.setIndex(2)
    assert status.currentMessage() == "Redone: 2 steps"


def test_that_what_was_said_of_a_cell_goes_with_the_cells_next_value(status: StatusBar, document: Document) -> None:
    document.set_cell("plants", "North", "operating", 950.0)
    status.say("“abc” is not a number.")
    document.set_cell("plants", "North", "operating", 940.0)
    assert status.currentMessage() == ""


def test_that_another_plan_is_no_step_of_the_history(status: StatusBar, document: Document) -> None:
    document.set_cell("plants", "North", "operating", 950.0)
    document.undo_stack.undo()
    document.new(Plan())
    assert status.currentMessage() == ""


def test_that_the_time_is_that_of_the_plan_on_view(status: StatusBar, document: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignal(document.solved):
        document.set_cell("plants", "North", "operating", 950.0)
    assert status._time.text().startswith("Solved in ")
    document.new(Plan())
    assert status._time.text() == ""
