"""Find across all tables."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.ui.panels.find import FindPanel, FoundModel

Key = Qt.Key


@pytest.fixture
def panel(document: Document, qtbot: QtBot) -> FindPanel:
    made = FindPanel(document)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def look_for(panel: FindPanel, text: str, qtbot: QtBot) -> list[str]:
    panel.field.setText(text)
    qtbot.waitUntil(lambda: panel.count.text() not in ("", "Searching …"))
    return [f"{found.table}/{found.row}/{found.column.name}" for found in panel.model.found]


def test_that_what_is_typed_is_found_and_counted(panel: FindPanel, qtbot: QtBot) -> None:
    found = look_for(panel, "cables", qtbot)
    assert found == ["demand/Cables/sector"]
    assert panel.count.text() == "1 cell"


def test_that_nothing_found_is_said(panel: FindPanel, qtbot: QtBot) -> None:
    assert look_for(panel, "xyzzy", qtbot) == []
    assert panel.count.text() == "Not found"


def test_that_enter_goes_from_cell_to_cell_and_round(panel: FindPanel, qtbot: QtBot) -> None:
    asked: list[tuple[str, str, str, int]] = []
    panel.jump_requested.connect(lambda *place: asked.append(place))
    count = len(look_for(panel, "strict", qtbot))
    for _ in range(count + 1):
        qtbot.keyClick(panel.field, Key.Key_Return)
    assert len(asked) == count + 1
    assert asked[0] == asked[-1]
    assert len(set(asked)) == count
    qtbot.keyClick(panel.field, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert asked[-1] == asked[count - 1]


def test_that_enter_at_once_does_not_wait_for_the_pause(panel: FindPanel, qtbot: QtBot) -> None:
    panel.field.setText("cables")
    with qtbot.waitSignal(panel.jump_requested) as asked:
        qtbot.keyClick(panel.field, Key.Key_Return)
    assert asked.args == ["demand", "Cables", "sector", 1]


def test_that_an_edit_is_searched_again(panel: FindPanel, document: Document, qtbot: QtBot) -> None:
    look_for(panel, "cables", qtbot)
    document.set_cell("demand", "Building", "note", "as cables")
    qtbot.waitUntil(lambda: panel.count.text() == "2 cells")
    document.undo_stack.undo()
    qtbot.waitUntil(lambda: panel.count.text() == "1 cell")


def test_that_escape_leaves(panel: FindPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.left):
        qtbot.keyClick(panel.field, Key.Key_Escape)


def test_that_the_model_keeps_the_rules_while_cells_are_found(
    document: Document, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    panel = FindPanel(document)
    qtbot.addWidget(panel)
    qtmodeltester.check(panel.model, force_py=False)
    for text in ("o", "north", ""):
        panel.field.setText(text)
        panel.search()
        qtbot.waitUntil(lambda: panel.count.text() != "Searching …")
    assert isinstance(panel.model, FoundModel)
