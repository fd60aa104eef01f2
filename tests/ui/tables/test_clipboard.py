"""Copying, cutting and pasting in a table, with real keys and the clipboard."""

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.ranges import Range
from aluplanner.i18n import PLAIN, NumberStyle, set_number_style
from aluplanner.ui.tables.arrangement import Arrangement, SortKey
from aluplanner.ui.tables.filters import AmongTexts
from aluplanner.ui.tables.tabs import TableTabs
from aluplanner.ui.tables.view import PlanTableView
from tests.ui.tables.conftest import go_to, here
from tests.ui.tables.hand_tools import Ctrl, Key, Shift, cells, clipboard_text, place_of, put_text, select, selected


def said_by(view: PlanTableView) -> list[str]:
    """Return the list to which whatever the view says is added."""
    said: list[str] = []
    view.said.connect(said.append)
    return said


def test_that_cells_are_copied_in_full(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    document.set_cell("plants", "North", "built", 1234.567890123456)
    select(plants, (("North", "built"), ("South", "operating")))
    said = said_by(plants)
    qtbot.keyClick(plants, Key.Key_C, Ctrl)
    assert clipboard_text() == "1234.567890123456\t900\n600\t500\n"
    assert said == ["Copied 4 cells."]
    mime = QGuiApplication.clipboard().mimeData()
    assert 'sdval="1234.567890123456"' in mime.html()


def test_that_titles_come_along(plants: PlanTableView, qtbot: QtBot) -> None:
    select(plants, (("North", "plant"), ("South", "plant")), (("North", "built"), ("South", "built")))
    qtbot.keyClick(plants, Key.Key_C, Ctrl | Shift)
    assert clipboard_text() == "Plant\tBuilt (kt/y)\nNorth\t1000\nSouth\t600\n"


def test_that_ranges_that_make_no_block_are_not_copied(plants: PlanTableView, qtbot: QtBot) -> None:
    put_text("before")
    select(plants, (("North", "built"), ("North", "built")), (("South", "group"), ("South", "group")))
    said = said_by(plants)
    qtbot.keyClick(plants, Key.Key_C, Ctrl)
    assert clipboard_text() == "before"
    assert "make no block" in said[0]


def test_that_pictures_are_not_copied(tabs: TableTabs, qtbot: QtBot) -> None:
    view = tabs.view("plants")
    go_to(view, "North", "plant")
    qtbot.keyClick(view, Key.Key_Space, Shift)
    qtbot.keyClick(view, Key.Key_C, Ctrl)
    assert clipboard_text().split("\t")[:3] == ["North", "", "One"]


def test_that_a_paste_is_one_step(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    put_text("1,200\t30万吨\r\n７００\t 0.5 Mt \r\n")
    go_to(plants, "North", "built")
    said = said_by(plants)
    qtbot.keyClick(plants, Key.Key_V, Ctrl)
    assert cells(document, "plants", "built", "operating")[:2] == [(1200.0, 300.0), (700.0, 500.0)]
    assert document.undo_stack.undoText() == "Paste 4 cells in Plants"
    assert said == ["Paste 4 cells in Plants."]
    assert selected(plants) == [Range(*place_of(plants, "North", "built"), *place_of(plants, "South", "operating"))]
    assert here(plants) == ("North", "built")
    document.undo_stack.undo()
    assert cells(document, "plants", "built", "operating")[:2] == [(1000.0, 900.0), (600.0, 500.0)]
    assert document.undo_stack.count() == 1


def test_that_what_cannot_be_read_stays_and_is_said(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    put_text("1\nmany\nfew")
    go_to(plants, "North", "built")
    said = said_by(plants)
    qtbot.keyClick(plants, Key.Key_V, Ctrl)
    assert said == ["Paste 3 cells in Plants. 2 cells could not be read; they are marked and say why."]
    rows = document.view.rows("plants")
    assert [rows.unread_at(row, "built") for row in range(3)] == [None, "many", "few"]
    select(plants, (("North", "built"), ("West", "built")))
    qtbot.keyClick(plants, Key.Key_C, Ctrl)
    assert clipboard_text() == "1\nmany\nfew\n"


def test_that_a_paste_makes_rows_and_one_undo_takes_them_back(
    plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    put_text("West\tAluminium\nEast\talumina\nFar\t")
    go_to(plants, "West", "plant")
    before = document.plan
    qtbot.keyClick(plants, Key.Key_V, Ctrl)
    assert [plant.plant for plant in document.plan.plants] == ["North", "South", "West", "East", "Far"]
    document.undo_stack.undo()
    assert document.plan is before


def test_that_a_block_that_does_not_fit_is_refused_as_a_whole(
    plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    put_text("1\t2\n3\t4")
    go_to(plants, "North", "note")
    said = said_by(plants)
    qtbot.keyClick(plants, Key.Key_V, Ctrl)
    assert said == ["1 columns too many: Plants ends before."]
    assert document.undo_stack.count() == 0


def test_that_a_paste_keeps_to_the_rows_in_sight(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    largest_first = (SortKey("built", is_descending=True),)
    plants.order.arrange(Arrangement(largest_first, {"group": AmongTexts(frozenset({"Two"}))}))
    assert list(plants.order.source_rows) == [2, 1]
    put_text("1\n2\n3")
    go_to(plants, "West", "built")
    qtbot.keyClick(plants, Key.Key_V, Ctrl)
    assert cells(document, "plants", "built") == [(1000.0,), (2.0,), (1.0,), (3.0,)]
    assert list(plants.order.source_rows) == [2, 1, 3]


def test_that_one_value_goes_into_all_that_is_selected(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    put_text("5")
    select(plants, (("North", "built"), ("South", "built")), (("West", "operating"), ("West", "operating")))
    qtbot.keyClick(plants, Key.Key_V, Ctrl)
    assert cells(document, "plants", "built", "operating") == [(5.0, 900.0), (5.0, 500.0), (800.0, 5.0)]


def test_that_a_block_with_titles_but_no_names_goes_where_they_say(
    plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    put_text("operating\tBuilt (万吨/年)\n1\t2\n3\t4")
    go_to(plants, "South", "group")
    said = said_by(plants)
    qtbot.keyClick(plants, Key.Key_V, Ctrl)
    assert cells(document, "plants", "built", "operating")[1:] == [(20.0, 1.0), (40.0, 3.0)]
    assert said[0].endswith("each column went where its title says.")


def test_that_a_paste_in_a_scenario_writes_overrides(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    document.select_scenario("Strict")
    put_text("1\n2")
    go_to(plants, "South", "built")
    qtbot.keyClick(plants, Key.Key_V, Ctrl)
    assert [plant.built for plant in document.plan.plants] == [1000.0, 600.0, 800.0]
    assert cells(document, "plants", "built") == [(1000.0,), (1.0,), (2.0,)]


def test_that_cells_are_cut_but_names_stay(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    select(plants, (("North", "group"), ("South", "province")), (("North", "plant"), ("South", "plant")))
    qtbot.keyClick(plants, Key.Key_X, Ctrl)
    assert clipboard_text() == "North\tOne\tShandong\nSouth\tTwo\tHenan\n"
    assert cells(document, "plants", "plant", "group", "province")[:2] == [("North", None, None), ("South", None, None)]
    assert document.undo_stack.undoText() == "Cut 4 cells in Plants"
    document.undo_stack.undo()
    assert cells(document, "plants", "group")[:2] == [("One",), ("Two",)]


def test_that_what_was_copied_is_framed_until_esc_or_an_edit(
    plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    select(plants, (("North", "built"), ("South", "built")))
    frames = plants.hand.frames
    qtbot.keyClick(plants, Key.Key_C, Ctrl)
    assert frames.isVisible()
    assert len(frames.copied) == 1
    qtbot.keyClick(plants, Key.Key_Escape)
    assert not frames.isVisible()
    qtbot.keyClick(plants, Key.Key_C, Ctrl)
    document.set_cell("plants", "West", "built", 1.0)
    assert not frames.isVisible()


def test_that_a_copy_arrives_elsewhere_as_it_was(tabs: TableTabs, document: Document, qtbot: QtBot) -> None:
    set_number_style(NumberStyle(",", "."))
    try:
        document.set_cell("plants", "North", "built", 1234.5)
        plants = tabs.view("plants")
        select(plants, (("North", "built"), ("North", "built")))
        qtbot.keyClick(plants, Key.Key_C, Ctrl)
        assert clipboard_text() == "1234,5\n"
        go_to(plants, "West", "operating")
        qtbot.keyClick(plants, Key.Key_V, Ctrl)
        assert document.plan.plants[2].operating == 1234.5
    finally:
        set_number_style(PLAIN)


def test_that_values_of_a_spreadsheet_go_before_what_it_shows(
    plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    mime = QMimeData()
    mime.setText("0.12\n1,234.6\n")
    mime.setHtml(
        '<table><tr><td sdval="0.123456789012" sdnum="1033;">0.12</td></tr>'
        '<tr><td sdval="1234.5678" sdnum="1033;0;#,##0.0">1,234.6</td></tr></table>'
    )
    QGuiApplication.clipboard().setMimeData(mime)
    go_to(plants, "North", "built")
    qtbot.keyClick(plants, Key.Key_V, Ctrl)
    assert cells(document, "plants", "built")[:2] == [(0.123456789012,), (1234.5678,)]


@pytest.mark.parametrize("key", [Key.Key_V, Key.Key_C])
def test_that_an_editor_keeps_its_own_clipboard_keys(
    plants: PlanTableView, document: Document, qtbot: QtBot, key: Key
) -> None:
    put_text("77")
    go_to(plants, "North", "built")
    qtbot.keyClick(plants, Key.Key_F2)
    editor = plants.window().focusWidget()
    assert editor is not None
    qtbot.keyClick(editor, key, Ctrl)
    assert document.undo_stack.count() == 0
    assert clipboard_text() == ("77" if key == Key.Key_V else "1000")


def test_that_an_empty_clipboard_is_said(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().clear()
    said = said_by(plants)
    qtbot.keyClick(plants, Key.Key_V, Ctrl)
    qtbot.keyClick(plants, Key.Key_V, Ctrl | Shift)
    assert said == ["There are no cells on the clipboard."] * 2
    assert document.undo_stack.count() == 0
