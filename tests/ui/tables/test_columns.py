"""Columns are moved, hidden, made wider, and all of it is remembered."""

from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.ui.tables.sheet_header import GRIP
from aluplanner.ui.tables.tabs import TableTabs
from aluplanner.ui.tables.view import PlanTableView
from tests.document.small_plan import small_plan
from tests.ui.tables.conftest import go_to, here
from tests.ui.tables.test_header_menu import entry, menu_of, place_of

Left, Flag = Qt.MouseButton.LeftButton, QItemSelectionModel.SelectionFlag


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


def names(view: PlanTableView) -> list[str]:
    return [view.plan_model.columns[column].name for column in view.visual_columns()]


def hide(view: PlanTableView, *columns: str) -> None:
    view.columns.set_hidden([place_of(view, column) for column in columns], True)


def drag(view: PlanTableView, column: str, to: str) -> None:
    """Select a column and drag its header onto another one."""
    viewport, header = view.sheet_header.viewport(), view.sheet_header
    begin = header.section_rect(place_of(view, column)).center() - QPoint(0, 10)
    end = header.section_rect(place_of(view, to)).center() - QPoint(0, 10)
    QTest.mouseClick(viewport, Left, pos=begin)
    QTest.mousePress(viewport, Left, pos=begin)
    for place in (begin + QPoint(-20, 0) if end.x() < begin.x() else begin + QPoint(20, 0), end):
        QTest.mouseMove(viewport, place)
    QTest.mouseRelease(viewport, Left, pos=end)


def test_that_a_selected_column_is_dragged_to_another_place(plants: PlanTableView) -> None:
    before = names(plants)
    drag(plants, "province", "group")
    after = names(plants)
    assert sorted(after) == sorted(before)
    assert after.index("province") == before.index("group")
    assert after.index("group") == before.index("province")


def test_that_dragging_over_headers_selects_their_columns(plants: PlanTableView) -> None:
    viewport, header = plants.sheet_header.viewport(), plants.sheet_header
    first, last = (place_of(plants, name) for name in ("group", "province"))
    before = names(plants)
    QTest.mousePress(viewport, Left, pos=header.section_rect(first).center() - QPoint(0, 10))
    QTest.mouseMove(viewport, header.section_rect(last).center() - QPoint(0, 10))
    QTest.mouseRelease(viewport, Left, pos=header.section_rect(last).center() - QPoint(0, 10))
    assert plants.whole_columns() == [first, last]
    assert names(plants) == before


def test_that_the_key_column_stays_the_first(plants: PlanTableView) -> None:
    plants.horizontalHeader().moveSection(3, 0)
    assert names(plants)[0] == "plant"
    assert plants.horizontalHeader().visualIndex(3) == 1


def test_that_tab_goes_through_the_columns_as_they_stand(plants: PlanTableView, qtbot: QtBot) -> None:
    hide(plants, "group")
    plants.columns.move(place_of(plants, "built"), -1)
    go_to(plants, "North", "product")
    visited = []
    for _ in range(2):
        qtbot.keyClick(plants, Qt.Key.Key_Tab)
        visited.append(here(plants)[1])
    assert visited == ["built", "province"]


def test_that_a_hidden_column_is_marked_listed_and_shown_again(tabs: TableTabs, plants: PlanTableView) -> None:
    go_to(plants, "South", "group")
    menus, group = tabs.page("plants").column_menus, place_of(plants, "group")
    menu = menu_of(menus, group)
    entry(menu, "Hide column").trigger()
    menu.close()
    assert "group" not in names(plants)
    assert here(plants) == ("South", "product")
    assert plants.columns.gaps() == {place_of(plants, "product")}
    menu = menu_of(menus, 0)
    listed = entry(menu, "Show columns").menu()
    assert isinstance(listed, QMenu)
    assert not entry(listed, "Group").isChecked()
    assert entry(listed, "Province").isChecked()
    entry(listed, "Group").trigger()
    menu.close()
    assert "group" in names(plants)
    assert plants.columns.gaps() == frozenset()


def test_that_the_columns_selected_whole_are_hidden_together(tabs: TableTabs, plants: PlanTableView) -> None:
    group, built = place_of(plants, "group"), place_of(plants, "built")
    for column in (group, built):
        plants.selectionModel().select(plants.order.index(0, column), Flag.Select | Flag.Columns)
    menu = menu_of(tabs.page("plants").column_menus, built)
    entry(menu, "Hide 2 columns").trigger()
    menu.close()
    assert not {"group", "built"} & set(names(plants))


def test_that_hidden_columns_are_not_emptied(plants: PlanTableView, document: Document, qtbot: QtBot) -> None:
    hide(plants, "group")
    go_to(plants, "North", "product")
    plants.selectAll()
    plants.clear_cells()
    assert document.plan.plants[0].group == "One"
    assert document.plan.plants[0].province is None


def test_that_going_to_a_hidden_column_shows_it(tabs: TableTabs, plants: PlanTableView) -> None:
    hide(plants, "built")
    tabs.go_to("plants", "West", "built")
    assert here(plants) == ("West", "built")
    assert "built" in names(plants)


def test_that_a_width_chosen_with_the_mouse_stays_and_a_double_click_fits_it(
    plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    header, column = plants.sheet_header, place_of(plants, "group")
    edge = QPoint(header.section_rect(column).right() - 1, 8)
    QTest.mousePress(header.viewport(), Left, pos=edge)
    QTest.mouseMove(header.viewport(), edge + QPoint(60, 0))
    QTest.mouseRelease(header.viewport(), Left, pos=edge + QPoint(60, 0))
    assert plants.columns.chosen_width(column) == plants.columnWidth(column)
    wide = plants.columnWidth(column)
    document.new(small_plan())
    assert plants.columnWidth(column) == wide
    document.set_cell("plants", "West", "group", "A group with a name of some length, in fact")
    place = QPoint(header.section_rect(column).right() - 1, 8)
    qtbot.mouseDClick(header.viewport(), Left, pos=place)
    needed = plants.fontMetrics().horizontalAdvance("A group with a name of some length, in fact")
    assert plants.columns.chosen_width(column) == plants.columnWidth(column)
    assert needed < plants.columnWidth(column) < needed + 30


def test_that_the_mark_leaves_the_edge_for_the_width(plants: PlanTableView) -> None:
    header = plants.sheet_header
    for column in range(1, plants.plan_model.columnCount()):
        section, button = header.section_rect(column), header.button_rect(column)
        assert section.left() + GRIP <= button.left()
        assert button.right() <= section.right() - GRIP + 1


# Remembering


def reopened(document: Document, preferences: Preferences, qtbot: QtBot, table: str) -> tuple[TableTabs, PlanTableView]:
    tabs = TableTabs(document, None, preferences)
    qtbot.addWidget(tabs)
    return tabs, tabs.view(table)


def test_that_places_hiding_and_widths_are_remembered(
    document: Document, preferences: Preferences, qtbot: QtBot
) -> None:
    first, view = reopened(document, preferences, qtbot, "plants")
    hide(view, "group")
    view.columns.move(place_of(view, "built"), -1)
    view.setColumnWidth(place_of(view, "built"), 123)
    view.columns.keep_width(place_of(view, "built"))
    wanted = names(view)
    second, again = reopened(document, preferences, qtbot, "plants")
    assert names(again) == wanted
    assert again.columnWidth(place_of(again, "built")) == 123
    again.columns.use_usual()
    third, usual = reopened(document, preferences, qtbot, "plants")
    assert names(usual) == [column.name for column in usual.plan_model.columns]
    assert usual.columnWidth(place_of(usual, "built")) != 123
    del first, second, third


def test_that_another_plan_keeps_the_columns(document: Document, preferences: Preferences, qtbot: QtBot) -> None:
    tabs, view = reopened(document, preferences, qtbot, "plants")
    hide(view, "group")
    view.columns.move(place_of(view, "built"), -1)
    wanted = names(view)
    document.new(small_plan())
    assert names(view) == wanted
    del tabs


def test_that_columns_that_come_and_go_with_the_horizon_keep_their_place(
    document: Document, preferences: Preferences, qtbot: QtBot
) -> None:
    tabs, view = reopened(document, preferences, qtbot, "demand")
    document.set_cell("plan", "Months", "value", 36.0)
    view.columns.move(place_of(view, "growth 2019"), -1)
    hide(view, "growth 2018")
    wanted = names(view)
    assert wanted.index("growth 2019") < wanted.index("growth 2017") + 2
    document.set_cell("plan", "Months", "value", 12.0)
    assert not {"growth 2018", "growth 2019"} & set(names(view))
    document.set_cell("plan", "Months", "value", 36.0)
    assert names(view) == wanted
    assert [c for c in range(view.plan_model.columnCount()) if not view.frozen.isColumnHidden(c)] == [0]
    del tabs


def test_that_nonsense_in_the_settings_gives_the_usual_columns(
    document: Document, preferences: Preferences, qtbot: QtBot
) -> None:
    preferences.set_text("columns/plants", '{"hidden": ["plant", "nobody"], "order": ["nobody"]}')
    tabs, view = reopened(document, preferences, qtbot, "plants")
    assert names(view) == [column.name for column in view.plan_model.columns]
    del tabs
