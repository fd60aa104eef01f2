"""The look at what a paste by key would do."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.grid_text import read_grid
from aluplanner.document.key_paste import Kind, paste_by_key
from aluplanner.ui.tables import roles
from aluplanner.ui.tables.paste_preview import PastePreview
from aluplanner.ui.tables.paste_preview_model import CHECK, FIRST_CELL, KEY, TICK, PreviewModel
from aluplanner.ui.tables.tabs import TableTabs
from tests.ui.tables.conftest import go_to
from tests.ui.tables.hand_tools import Ctrl, Key, Shift, cells, put_text

BLOCK = "Plant\tBuilt (kt/y)\tGroup\nNorth\t1000\tOne\nSouth\t650\tTwo\nEast\t70\tThree\nWest\tmany\tTwo\n\t5\tTwo\n"
Check = Qt.CheckState


@pytest.fixture
def preview(document: Document, qtbot: QtBot) -> Iterator[PastePreview]:
    made = PastePreview(document, "plants", read_grid(BLOCK))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.reject()


def text(model: PreviewModel, row: int, column: int) -> object:
    return model.data(model.index(row, column))


def test_that_the_model_keeps_qts_rules(document: Document, qtmodeltester: ModelTester) -> None:
    model = PreviewModel()
    qtmodeltester.check(model)
    model.show_paste(paste_by_key(document.view, "plants", read_grid(BLOCK)))
    qtmodeltester.check(model)
    model.take([1, 3], False)


def test_that_each_row_says_what_it_does(preview: PastePreview) -> None:
    model = preview.rows
    assert [text(model, row, TICK) for row in range(5)] == ["= unchanged", "≠ changed", "+ new", "! bad", "! bad"]
    assert text(model, 1, FIRST_CELL) == "600 → 650"
    assert text(model, 2, FIRST_CELL) == "70"
    assert text(model, 2, KEY) == "East"
    assert "“many” is not a number." in str(text(model, 3, FIRST_CELL + 2))
    assert text(model, 4, FIRST_CELL + 2) == "The row has no Plant."
    ticks = [model.data(model.index(row, TICK), CHECK) for row in range(5)]
    assert ticks == [None, Check.Checked, Check.Checked, Check.Unchecked, None]
    assert preview.take.text() == "Paste 2 rows"


def test_that_what_is_ticked_is_pasted_as_one_step(preview: PastePreview, document: Document) -> None:
    model = preview.rows
    assert model.setData(model.index(1, TICK), Check.Unchecked, CHECK)
    assert preview.take.text() == "Paste 1 row"
    assert model.setData(model.index(3, TICK), Check.Checked, CHECK)
    preview.take.click()
    assert cells(document, "plants", "plant", "built") == [
        *(("North", 1000.0), ("South", 600.0), ("West", 800.0), ("East", 70.0)),
    ]
    assert document.view.rows("plants").unread_at(2, "built") == "many"
    assert document.undo_stack.undoText() == "Paste 2 rows in Plants"
    assert document.undo_stack.count() == 1
    assert not preview.isVisible()


def test_that_kinds_can_be_hidden(preview: PastePreview, qtbot: QtBot) -> None:
    shown = preview.table.model()
    assert shown.rowCount() == 5
    unchanged = next(button for button in preview.findChildren(type(preview._kinds[Kind.NEW])) if "=" in button.text())
    assert unchanged.text() == "= unchanged: 1"
    unchanged.click()
    assert shown.rowCount() == 4
    assert preview.rows.rowCount() == 5


def test_that_space_ticks_the_selected_rows(preview: PastePreview, qtbot: QtBot) -> None:
    preview.table.selectAll()
    qtbot.keyClick(preview.table, Key.Key_Space)
    assert preview.rows.taken == {2, 3, 4}
    qtbot.keyClick(preview.table, Key.Key_Space)
    assert preview.rows.taken == set()
    assert not preview.take.isEnabled()


def test_that_it_follows_the_plan_and_keeps_its_ticks(preview: PastePreview, document: Document) -> None:
    preview.rows.take([2], False)
    document.set_cell("plants", "South", "built", 650.0)
    document.set_cell("plants", "North", "group", "Nobody")
    assert [text(preview.rows, row, TICK) for row in range(3)] == ["≠ changed", "= unchanged", "+ new"]
    assert preview.rows.taken == {1}
    document.select_scenario("Strict")
    preview.take.click()
    assert document.plan.plants[0].group == "Nobody"
    assert document.view.rows("plants")[0].group == "One"


@pytest.fixture
def open_preview(tabs: TableTabs, qtbot: QtBot) -> Iterator[Callable[[Key, Qt.KeyboardModifier], PastePreview]]:
    """Return what pastes into the plants and gives back the preview that opens."""

    def press(key: Key, modifiers: Qt.KeyboardModifier) -> PastePreview:
        go_to(tabs.view("plants"), "South", "built")
        qtbot.keyClick(tabs.view("plants"), key, modifiers)
        opened = tabs.cell_actions.preview
        assert opened is not None
        assert opened.isVisible()
        assert not opened.isModal()
        return opened

    yield press
    if tabs.cell_actions.preview is not None:
        tabs.cell_actions.preview.reject()
    qtbot.waitUntil(lambda: tabs.cell_actions.preview is None)


def test_that_ctrl_shift_v_opens_it(
    open_preview: Callable[[Key, Qt.KeyboardModifier], PastePreview], document: Document, qtbot: QtBot
) -> None:
    put_text(BLOCK)
    opened = open_preview(Key.Key_V, Ctrl | Shift)
    qtbot.keyClick(opened, Key.Key_Return)
    assert document.plan.plants[1].built == 650.0


def test_that_a_plain_paste_of_titles_and_names_opens_it_too(
    open_preview: Callable[[Key, Qt.KeyboardModifier], PastePreview], document: Document
) -> None:
    put_text(BLOCK)
    opened = open_preview(Key.Key_V, Ctrl)
    assert opened.rows.rowCount() == 5
    assert document.undo_stack.count() == 0


def test_that_a_block_without_names_says_what_it_needs(
    open_preview: Callable[[Key, Qt.KeyboardModifier], PastePreview],
) -> None:
    put_text("1\t2")
    opened = open_preview(Key.Key_V, Ctrl | Shift)
    assert not opened.take.isEnabled()
    assert opened.rows.rowCount() == 0


def test_that_figures_are_shown_as_in_the_table(document: Document) -> None:
    model = PreviewModel()
    model.show_paste(paste_by_key(document.view, "plants", read_grid("Plant\tBuilt\nNorth\t1250\nSouth\t600.0001\n")))
    assert text(model, 0, FIRST_CELL) == "1,000 → 1,250"
    assert text(model, 1, FIRST_CELL) == "600 → 600.0001"
    assert model.data(model.index(0, FIRST_CELL), roles.ALIGNMENT) == roles.RIGHT
    assert model.headerData(FIRST_CELL, Qt.Orientation.Horizontal, roles.ALIGNMENT) == roles.RIGHT
    assert model.data(model.index(0, KEY), roles.ALIGNMENT) == roles.LEFT


def test_that_what_was_pasted_is_said(preview: PastePreview, qtbot: QtBot) -> None:
    preview.rows.setData(preview.rows.index(3, TICK), Check.Checked, CHECK)
    with qtbot.waitSignal(preview.said) as said:
        preview.take.click()
    assert said.args == ["Paste 3 rows in Plants. 1 cell could not be read; it is marked and says why."]
