import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.model.plan import TABLES
from aluplanner.ui.tables.tabs import TABS, TableTabs
from tests.ui.tables.conftest import has_focus, here


def test_that_every_table_has_its_place() -> None:
    assert sorted(table for tables in TABS for table in tables) == sorted(TABLES)


@pytest.mark.parametrize(
    ("table", "key", "column"),
    [
        ("plants", "South", "cash_cost"),
        ("overrides", "Strict/plants/North/operating", "value"),
        ("claims", "North runs", "value"),
    ],
)
def test_that_going_to_a_cell_shows_it(tabs: TableTabs, table: str, key: str, column: str) -> None:
    assert tabs.go_to(table, key, column)
    view = tabs.view(table)
    assert view.isVisible()
    assert here(view) == (key, column)
    assert view.viewport().rect().intersects(view.visualRect(view.currentIndex()))
    assert has_focus(view)


def test_that_going_to_a_row_that_is_gone_still_shows_its_table(tabs: TableTabs) -> None:
    assert not tabs.go_to("actions", "Never", "share")
    assert tabs.view("actions").isVisible()


def test_that_a_row_without_a_name_is_found_by_its_place(tabs: TableTabs) -> None:
    assert tabs.go_to("monthly", "", "net_imports", position=1)
    assert here(tabs.view("monthly")) == ("2017-02", "net_imports")


def test_that_nothing_is_shown_for_an_unknown_table(tabs: TableTabs) -> None:
    assert not tabs.go_to("nowhere", "x", "y")


def test_that_selection_and_scrolling_survive_an_edit_elsewhere(tabs: TableTabs, document: Document) -> None:
    view = tabs.view("plants")
    tabs.go_to("plants", "West", "cash_cost")
    place = view.horizontalScrollBar().value()
    document.set_cell("plants", "North", "built", 5.0)
    document.select_scenario("Strict")
    assert here(view) == ("West", "cash_cost")
    assert view.horizontalScrollBar().value() == place


def test_that_after_a_click_on_its_tab_the_keys_work_in_a_table(tabs: TableTabs, qtbot: QtBot) -> None:
    bar = tabs.tabBar()
    for number in (1, 7, 0):
        qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(number).center())
        view = tabs.view(TABS[number][0])
        qtbot.waitUntil(lambda view=view: view.isVisible() and has_focus(view))


def test_that_the_focus_stays_with_the_tables_when_another_tab_is_first_shown(tabs: TableTabs, qtbot: QtBot) -> None:
    tabs.setCurrentIndex(3)
    qtbot.waitUntil(lambda: has_focus(tabs.view("monthly")))


def test_that_what_is_being_typed_is_taken_when_another_tab_is_clicked(
    tabs: TableTabs, document: Document, qtbot: QtBot
) -> None:
    tabs.go_to("plants", "North", "built")
    qtbot.keyClicks(tabs.view("plants"), "x")
    bar = tabs.tabBar()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(1).center())
    qtbot.waitUntil(lambda: tabs.view("actions").isVisible())
    assert document.plan.plants.unread_at(0, "built") == "x"
