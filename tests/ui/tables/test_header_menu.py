"""Sorting, filtering and hiding from the header's menu, the popups and the keys."""

from collections.abc import Iterator
from typing import cast

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.ui.tables.arrangement import Arrangement, SortKey
from aluplanner.ui.tables.bounds_popup import ABOVE, BETWEEN, BoundsPopup
from aluplanner.ui.tables.column_menus import ColumnMenus
from aluplanner.ui.tables.distinct_values import Distinct, DistinctModel, distinct_values
from aluplanner.ui.tables.filters import AmongTexts
from aluplanner.ui.tables.header_menu import HeaderMenu
from aluplanner.ui.tables.page import TablePage
from aluplanner.ui.tables.quick_filter import QuickFilter
from aluplanner.ui.tables.tabs import TableTabs
from aluplanner.ui.tables.values_popup import ValuesPopup
from aluplanner.ui.tables.view import PlanTableView
from aluplanner.ui.theme import current_theme
from tests.ui.tables.conftest import go_to, has_focus, here

Key, Alt, Control, Shift = (
    Qt.Key,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
Left = Qt.MouseButton.LeftButton


@pytest.fixture
def page(tabs: TableTabs) -> Iterator[TablePage]:
    made = tabs.page("plants")
    yield made
    menus = made.column_menus
    for left_open in (menus.menu, menus.popup):
        if left_open is not None:
            left_open.close()


def shown(view: PlanTableView) -> list[str]:
    return [view.plan_model.keys[row] for row in view.visible_rows()]


def place_of(view: PlanTableView, column: str) -> int:
    place = view.plan_model.column_of(column)
    assert place is not None
    return place


def entry(menu: QMenu, text: str) -> QAction:
    found = [action for action in menu.actions() if action.text().replace("&", "") == text]
    assert len(found) == 1, [action.text() for action in menu.actions()]
    return found[0]


def menu_of(menus: ColumnMenus, column: int) -> HeaderMenu:
    menus.open_menu(column)
    assert menus.menu is not None
    return menus.menu


def choose(page: TablePage, column: str, text: str) -> None:
    menu = menu_of(page.column_menus, place_of(page.view, column))
    entry(menu, text).trigger()
    menu.close()


# The menu


def test_that_alt_down_opens_the_menu_of_the_current_column(
    page: TablePage, plants: PlanTableView, qtbot: QtBot
) -> None:
    go_to(plants, "North", "built")
    qtbot.keyClick(plants, Key.Key_Down, Alt)
    menu = page.column_menus.menu
    assert menu is not None
    assert menu.isVisible()
    qtbot.keyClick(menu, Key.Key_Return)
    assert shown(plants) == ["South", "West", "North"]
    assert here(plants) == ("North", "built")


def test_that_a_click_on_the_mark_opens_the_menu_and_one_beside_it_selects_the_column(
    page: TablePage, plants: PlanTableView, qtbot: QtBot
) -> None:
    column = place_of(plants, "group")
    header = plants.sheet_header
    qtbot.mouseClick(header.viewport(), Left, pos=header.section_rect(column).center() - QPoint(0, 10))
    assert plants.whole_columns() == [column]
    assert page.column_menus.menu is None
    qtbot.mouseClick(header.viewport(), Left, pos=header.button_rect(column).center())
    assert page.column_menus.menu is not None
    assert page.column_menus.menu.isVisible()


def test_that_the_menu_sorts_by_one_column_and_another(page: TablePage, plants: PlanTableView) -> None:
    choose(page, "group", "Sort descending")
    assert shown(plants) == ["South", "West", "North"]
    menu = menu_of(page.column_menus, place_of(plants, "built"))
    more = cast(QMenu, entry(menu, "Add to the sort").menu())
    entry(more, "Descending").trigger()
    menu.close()
    assert plants.order.arrangement.sorts == (SortKey("group", True), SortKey("built", True))
    assert shown(plants) == ["West", "South", "North"]
    choose(page, "built", "Stored order")
    assert shown(plants) == ["North", "South", "West"]


def test_that_the_menu_shows_the_rows_with_this_value(page: TablePage, plants: PlanTableView) -> None:
    go_to(plants, "South", "group")
    choose(page, "group", "Only “Two”")
    assert shown(plants) == ["South", "West"]
    assert here(plants) == ("South", "group")
    choose(page, "group", "Clear the filter of Group")
    assert shown(plants) == ["North", "South", "West"]


def test_that_the_menu_shows_wrong_rows_and_rows_the_scenario_changes(
    page: TablePage, plants: PlanTableView, document: Document
) -> None:
    document.select_scenario("Strict")
    choose(page, "built", "Rows that “Strict” changes only")
    assert shown(plants) == ["North"]
    menu = menu_of(page.column_menus, 1)
    assert entry(menu, "Rows that “Strict” changes only").isChecked()
    menu.close()
    choose(page, "built", "Show all rows")
    choose(page, "built", "Rows with errors or warnings only")
    assert plants.order.arrangement.is_filtered


def test_that_an_entry_without_meaning_cannot_be_chosen(page: TablePage, plants: PlanTableView) -> None:
    menu = menu_of(page.column_menus, 0)
    off = {action.text().replace("&", "") for action in menu.actions() if not action.isEnabled()}
    assert off >= {"Stored order", "Show all rows", "Apply again", "Hide column", "Move left", "Move right"}
    assert "Above, below, between …" not in {action.text().replace("&", "") for action in menu.actions()}


# The list of values


def open_values(page: TablePage, column: str) -> ValuesPopup:
    page.column_menus.open_values(place_of(page.view, column))
    popup = page.column_menus.popup
    assert isinstance(popup, ValuesPopup)
    return popup


def test_that_the_values_are_listed_once_with_their_rows(page: TablePage, document: Document) -> None:
    document.set_cell("plants", "North", "group", None)
    popup = open_values(page, "group")
    assert popup.values.found == [Distinct("Two", 2), Distinct("", 1)]
    assert [popup.values.index(row).data() for row in range(2)] == ["Two", "(blank)"]


def test_that_unticked_values_are_hidden(page: TablePage, plants: PlanTableView, qtbot: QtBot) -> None:
    popup = open_values(page, "province")
    qtbot.keyClick(popup.search, Key.Key_Down)
    qtbot.keyClick(popup.list, Key.Key_Space)
    qtbot.keyClick(popup.list, Key.Key_Return)
    assert shown(plants) == ["North", "West"]
    assert page.column_menus.popup is None
    qtbot.waitUntil(lambda: has_focus(plants))


def test_that_a_search_and_enter_show_what_was_found(page: TablePage, plants: PlanTableView, qtbot: QtBot) -> None:
    popup = open_values(page, "province")
    qtbot.keyClicks(popup.search, "AN")
    assert popup.values.rowCount() == 3
    qtbot.keyClicks(popup.search, "d")
    qtbot.keyClick(popup.search, Key.Key_Return)
    assert shown(plants) == ["North"]


def test_that_nothing_ticked_cannot_be_shown_and_everything_ticked_is_no_filter(
    page: TablePage, plants: PlanTableView, qtbot: QtBot
) -> None:
    plants.order.arrange(Arrangement(filters={"province": AmongTexts(frozenset({"Henan"}))}))
    popup = open_values(page, "province")
    qtbot.mouseClick(popup.none_button, Left)
    assert not popup.show_button.isEnabled()
    qtbot.mouseClick(popup.all_button, Left)
    qtbot.mouseClick(popup.show_button, Left)
    assert plants.order.arrangement.is_plain


def test_that_escape_leaves_the_filter_as_it_was(page: TablePage, plants: PlanTableView, qtbot: QtBot) -> None:
    popup = open_values(page, "province")
    qtbot.mouseClick(popup.none_button, Left)
    qtbot.keyClick(popup, Key.Key_Escape)
    assert page.column_menus.popup is None
    assert plants.order.arrangement.is_plain


def test_that_values_hidden_by_another_filter_stay_chosen(page: TablePage, plants: PlanTableView) -> None:
    both = {"province": AmongTexts(frozenset({"Henan", "Shandong"})), "group": AmongTexts(frozenset({"Two"}))}
    plants.order.arrange(Arrangement(filters=both))
    popup = open_values(page, "province")
    assert [value.text for value in popup.values.values] == ["Henan", "Xinjiang"]
    popup.values.toggle(1)
    popup.accept()
    assert plants.order.arrangement.filters["province"] == AmongTexts(frozenset({"Henan", "Shandong", "Xinjiang"}))


def test_that_the_list_of_values_announces_every_change(plants: PlanTableView) -> None:
    values = distinct_values(plants.plan_model, Arrangement(), "province")
    model = DistinctModel(values, None)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for text in ("an", "xyz", ""):
        model.search(text)
        model.tick_found(False)
        model.tick_found(True)
    model.toggle(0)
    assert model.chosen() == {"Shandong", "Xinjiang"}
    del tester


# Bounds


def open_bounds(page: TablePage, column: str) -> BoundsPopup:
    page.column_menus.open_bounds(place_of(page.view, column))
    popup = page.column_menus.popup
    assert isinstance(popup, BoundsPopup)
    return popup


def test_that_bounds_are_read_as_in_a_cell(page: TablePage, plants: PlanTableView, qtbot: QtBot) -> None:
    popup = open_bounds(page, "built")
    qtbot.keyClicks(popup.low, "0.8 Mt")
    qtbot.keyClick(popup.low, Key.Key_Return)
    assert shown(plants) == ["North", "West"]
    again = open_bounds(page, "built")
    assert again.low.text() == "0.8 Mt"
    again.relation.setCurrentIndex(ABOVE)
    again.accept()
    assert shown(plants) == ["North"]


def test_that_bounds_may_be_given_in_either_order(page: TablePage, plants: PlanTableView, qtbot: QtBot) -> None:
    popup = open_bounds(page, "built")
    popup.relation.setCurrentIndex(BETWEEN)
    qtbot.keyClicks(popup.low, "800")
    assert not popup.show_button.isEnabled()
    qtbot.keyClicks(popup.high, "600")
    popup.accept()
    assert shown(plants) == ["South", "West"]
    again = open_bounds(page, "built")
    assert (again.relation.currentIndex(), again.low.text(), again.high.text()) == (BETWEEN, "600", "800")


def test_that_a_bound_which_cannot_be_read_is_refused_with_the_reason(page: TablePage, qtbot: QtBot) -> None:
    popup = open_bounds(page, "built")
    qtbot.keyClicks(popup.low, "lots")
    assert not popup.show_button.isEnabled()
    assert any("“lots” is not a number" in label.text() for label in popup.findChildren(type(popup._wrong)))
    qtbot.keyClick(popup.low, Key.Key_Return)
    assert popup.isVisible()


# The line


def open_line(page: TablePage, qtbot: QtBot, column: str) -> QuickFilter:
    view = page.view
    go_to(view, "North", column)
    qtbot.keyClicks(view, "/")
    line = page.column_menus.line
    assert line is not None
    assert line.isVisible()
    return line


def test_that_the_slash_filters_while_one_types_and_enter_keeps_it(
    page: TablePage, plants: PlanTableView, qtbot: QtBot
) -> None:
    line = open_line(page, qtbot, "province")
    qtbot.keyClicks(line, "he")
    assert shown(plants) == ["South"]
    qtbot.keyClick(line, Key.Key_Return)
    assert page.column_menus.line is None
    assert shown(plants) == ["South"]
    qtbot.waitUntil(plants.hasFocus)
    assert here(plants) == ("South", "province")


def test_that_the_line_covers_the_header_of_its_column_and_no_row(
    page: TablePage, plants: PlanTableView, qtbot: QtBot
) -> None:
    for column in ("plant", "province"):
        line = open_line(page, qtbot, column)
        header = plants.header_of(place_of(plants, column)).viewport()
        place = QRect(line.mapToGlobal(QPoint(0, 0)), line.size())
        assert QRect(header.mapToGlobal(QPoint(0, 0)), header.size()).intersects(place)
        assert place.bottom() < plants.viewport().mapToGlobal(QPoint(0, 0)).y()
        qtbot.keyClick(line, Key.Key_Escape)


def test_that_every_selected_column_has_its_header_shaded(plants: PlanTableView, qtbot: QtBot) -> None:
    columns = [place_of(plants, name) for name in ("group", "province")]
    plants.go_to(0, columns[0])
    plants.hand.keys.extend_to(1, 4)
    selected = {index.column() for index in plants.selectionModel().selectedIndexes()}
    header = plants.sheet_header
    assert len(selected) > 1
    shown = header.viewport().grab().toImage()
    for column in plants.visual_columns()[1:]:
        spot = header.section_rect(column).topLeft() + QPoint(2, 2)
        if shown.rect().contains(spot):
            ground = current_theme().button if column in selected else current_theme().window
            assert shown.pixelColor(spot).name() == ground.lower()


def test_that_escape_takes_the_typed_filter_away(page: TablePage, plants: PlanTableView, qtbot: QtBot) -> None:
    line = open_line(page, qtbot, "province")
    qtbot.keyClicks(line, "zzz")
    assert shown(plants) == []
    qtbot.keyClick(line, Key.Key_Escape)
    assert page.column_menus.line is None
    assert shown(plants) == ["North", "South", "West"]
    assert plants.currentIndex().isValid()


def test_that_the_slash_goes_into_an_open_editor(plants: PlanTableView, page: TablePage, qtbot: QtBot) -> None:
    go_to(plants, "North", "note")
    qtbot.keyClicks(plants, "a")
    editor = plants.viewport().focusWidget()
    assert editor is not None
    qtbot.keyClicks(editor, "/b")
    qtbot.keyClick(editor, Key.Key_Return)
    assert page.column_menus.line is None
    assert plants.plan_model.document.plan.plants[0].note == "a/b"


# What the window says


def test_that_the_strip_says_what_is_hidden_and_takes_it_back(
    tabs: TableTabs, page: TablePage, plants: PlanTableView, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(tabs.hidden_rows_changed, check_params_cb=lambda count: count == 1):
        plants.order.arrange(Arrangement((SortKey("built"),), {"group": AmongTexts(frozenset({"Two"}))}))
    strip = page.order_strip
    assert strip.isVisible()
    assert strip.label.text() == "2 of 3 rows shown – filtered by Group, sorted by Built"
    assert strip.label.toolTip() == "Group is “Two”\nBuilt ascending"
    assert not strip.again_button.isVisible()
    plants.plan_model.document.set_cell("plants", "West", "group", "One")
    assert strip.again_button.isVisible()
    qtbot.mouseClick(strip.again_button, Left)
    assert shown(plants) == ["South"]
    with qtbot.waitSignal(tabs.hidden_rows_changed, check_params_cb=lambda count: count == 0):
        qtbot.mouseClick(strip.clear_button, Left)
    assert not strip.isVisible()


def test_that_a_table_whose_rows_are_all_hidden_says_so(page: TablePage, plants: PlanTableView) -> None:
    plants.order.arrange(Arrangement(filters={"group": AmongTexts(frozenset({"nobody"}))}))
    assert page.hint.isVisible()
    assert "No row passes the filters" in page.hint.text()
    plants.order.arrange(Arrangement())
    assert not page.hint.isVisible()


def test_that_the_menu_of_a_cell_shows_the_rows_like_it_and_all_again(page: TablePage, plants: PlanTableView) -> None:
    go_to(plants, "West", "group")
    menu = QMenu(page)
    page.column_menus.add_to(menu)
    entry(menu, "Only “Two”").trigger()
    assert shown(plants) == ["South", "West"]
    menu.clear()
    page.column_menus.add_to(menu)
    entry(menu, "Show all rows").trigger()
    assert shown(plants) == ["North", "South", "West"]


def test_that_a_column_of_pictures_is_neither_sorted_nor_filtered(page: TablePage, plants: PlanTableView) -> None:
    pictures = [c for c in range(plants.plan_model.columnCount()) if not plants.plan_model.holds_values(c)]
    menu = menu_of(page.column_menus, pictures[0])
    texts = {action.text().replace("&", "") for action in menu.actions()}
    assert "Hide column" in texts
    assert not {"Sort ascending", "Filter by value …"} & texts


def test_that_the_header_says_how_its_column_is_arranged(plants: PlanTableView) -> None:
    column = place_of(plants, "group")
    plants.order.arrange(Arrangement((SortKey("group", True),), {"group": AmongTexts(frozenset({"Two"}))}))
    tip = plants.order.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert str(tip).startswith("Filter: Group is “Two”\nSorted descending\n")
    spoken = plants.order.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleDescriptionRole)
    assert spoken == "Filter: Group is “Two”\nSorted descending"


def test_that_rows_do_not_move_while_the_table_is_sorted_and_the_action_says_why(
    tabs: TableTabs, plants: PlanTableView
) -> None:
    go_to(plants, "South", "built")
    assert tabs.row_actions.up.isEnabled()
    plants.order.arrange(Arrangement((SortKey("built"),)))
    assert not tabs.row_actions.up.isEnabled()
    assert "sorted or filtered" in tabs.row_actions.up.toolTip()
    plants.order.arrange(Arrangement())
    assert tabs.row_actions.up.isEnabled()
    assert "Move up" in tabs.row_actions.up.toolTip()


def test_that_a_row_added_under_a_filter_is_shown_below_the_current_one(
    tabs: TableTabs, plants: PlanTableView, document: Document
) -> None:
    plants.order.arrange(Arrangement(filters={"group": AmongTexts(frozenset({"Two"}))}))
    go_to(plants, "South", "built")
    tabs.row_actions.add.trigger()
    assert document.plan.plants.keys == ("North", "South", "New plant", "West")
    assert shown(plants) == ["South", "New plant", "West"]
    assert here(plants) == ("New plant", "plant")


def test_that_only_rows_in_sight_are_deleted(tabs: TableTabs, plants: PlanTableView, document: Document) -> None:
    plants.order.arrange(Arrangement((SortKey("built", True),), {"built": AmongTexts(frozenset({"1,000", "600"}))}))
    assert shown(plants) == ["North", "South"]
    plants.selectAll()
    tabs.row_actions.delete.trigger()
    assert document.plan.plants.keys == ("West",)


def test_that_a_hidden_row_is_shown_when_one_goes_to_it(tabs: TableTabs, plants: PlanTableView) -> None:
    plants.order.arrange(Arrangement(filters={"group": AmongTexts(frozenset({"Two"}))}))
    tabs.go_to("plants", "North", "built")
    assert shown(plants) == ["North", "South", "West"]
    assert here(plants) == ("North", "built")


def test_that_the_keys_show_all_rows_and_apply_again(plants: PlanTableView, qtbot: QtBot) -> None:
    plants.order.arrange(Arrangement(filters={"group": AmongTexts(frozenset({"Two"}))}))
    plants.plan_model.document.set_cell("plants", "West", "group", "One")
    qtbot.keyClick(plants, Key.Key_L, Control | Alt)
    assert shown(plants) == ["South"]
    qtbot.keyClick(plants, Key.Key_L, Control | Shift)
    assert shown(plants) == ["North", "South", "West"]
