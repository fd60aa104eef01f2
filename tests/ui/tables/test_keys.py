"""Moving and selecting with keys and mouse, as in a spreadsheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.ranges import Range
from aluplanner.ui.tables.jumps import jump
from aluplanner.ui.tables.screen import Screen
from aluplanner.ui.tables.tabs import TableTabs
from aluplanner.ui.tables.view import PlanTableView
from tests.ui.tables.conftest import go_to, here
from tests.ui.tables.hand_tools import Ctrl, Key, Left, Shift, drag, place_of, point_of, select, selected

Plain = Qt.KeyboardModifier.NoModifier


def test_that_a_jump_ends_at_the_edge_of_a_block() -> None:
    filled = [True, True, True, False, False, True, False, True, True]

    def ends(step: int) -> list[int]:
        return [jump(filled.__getitem__, start, len(filled), step) for start in range(len(filled))]

    assert ends(1) == [2, 2, 5, 5, 5, 7, 7, 8, 8]
    assert ends(-1) == [0, 0, 0, 2, 2, 2, 5, 5, 7]


@given(st.lists(st.booleans(), min_size=1, max_size=12), st.data())
def test_that_a_jump_forwards_mirrors_one_backwards(filled: list[bool], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(filled) - 1))
    mirrored = filled[::-1]
    forwards = jump(filled.__getitem__, start, len(filled), 1)
    backwards = jump(mirrored.__getitem__, len(filled) - 1 - start, len(filled), -1)
    assert forwards == len(filled) - 1 - backwards
    assert forwards > start or start == len(filled) - 1


@pytest.mark.parametrize(
    ("key", "modifiers", "expected"),
    [
        (Key.Key_Down, Plain, ("West", "built")),
        (Key.Key_Up, Plain, ("North", "built")),
        (Key.Key_Right, Plain, ("South", "operating")),
        (Key.Key_Left, Plain, ("South", "province")),
        (Key.Key_Home, Plain, ("South", "plant")),
        (Key.Key_End, Plain, ("South", "note")),
        (Key.Key_Home, Ctrl, ("North", "plant")),
        (Key.Key_End, Ctrl, ("West", "note")),
        (Key.Key_PageDown, Plain, ("West", "built")),
        (Key.Key_PageUp, Plain, ("North", "built")),
        (Key.Key_Down, Ctrl, ("West", "built")),
        (Key.Key_Right, Ctrl, ("South", "operating")),
        (Key.Key_Left, Ctrl, ("South", "group")),
        (Key.Key_Tab, Plain, ("South", "operating")),
        (Key.Key_Backtab, Plain, ("South", "province")),
        (Key.Key_Return, Plain, ("West", "built")),
        (Key.Key_Return, Shift, ("North", "built")),
    ],
)
def test_that_keys_move(
    plants: PlanTableView, qtbot: QtBot, key: Qt.Key, modifiers: Qt.KeyboardModifier, expected: tuple[str, str]
) -> None:
    go_to(plants, "South", "built")
    qtbot.keyClick(plants, key, modifiers)
    assert here(plants) == expected
    assert len(selected(plants)) == 1


def test_that_keys_work_from_a_picture_too(plants: PlanTableView, qtbot: QtBot) -> None:
    go_to(plants, "South", "plant")
    seen = set()
    for _ in range(4):
        qtbot.keyClick(plants, Key.Key_Right)
        seen.add(here(plants)[1])
    assert {"product", "group"} <= seen
    assert here(plants)[0] == "South"


@pytest.mark.parametrize("key", [Key.Key_Right, Key.Key_Left])
def test_that_a_jump_along_a_row_takes_no_notice_of_pictures(plants: PlanTableView, qtbot: QtBot, key: Qt.Key) -> None:
    start, end = ("plant", "operating") if key == Key.Key_Right else ("operating", "plant")
    for column in ("product", "group", "province"):
        place = plants.plan_model.column_of(column)
        assert place is not None
        plants.plan_model.document.set_cell("plants", "South", column, "primary" if column == "product" else "X")
    go_to(plants, "South", start)
    qtbot.keyClick(plants, key, Ctrl)
    assert here(plants) == ("South", end)
    go_to(plants, "South", start)
    qtbot.keyClick(plants, key, Ctrl | Shift)
    part = selected(plants)[0]
    places = sorted(place_of(plants, "South", name)[1] for name in (start, end))
    assert [part.left, part.right] == places


def test_that_a_tab_leads_over_pictures_and_results(tabs: TableTabs, qtbot: QtBot) -> None:
    plants = tabs.view("plants")
    go_to(plants, "South", "plant")
    qtbot.keyClick(plants, Key.Key_Tab)
    assert here(plants) == ("South", "product")
    qtbot.keyClick(plants, Key.Key_Backtab)
    assert here(plants) == ("South", "plant")
    claims = tabs.view("claims")
    name = claims.plan_model.keys[0]
    tabs.go_to("claims", name, "claim")
    qtbot.keyClick(claims, Key.Key_Tab)
    row, column = here(claims)
    assert row == name
    assert not claims.plan_model.columns[claims.currentIndex().column()].derived
    assert column != "claim"


def test_that_shift_extends_from_the_current_cell_which_stays(plants: PlanTableView, qtbot: QtBot) -> None:
    go_to(plants, "South", "built")
    row, column = place_of(plants, "South", "built")
    for key, expected in [
        (Key.Key_Down, Range(row, column, row + 1, column)),
        (Key.Key_Right, Range(row, column, row + 1, column + 1)),
        (Key.Key_Up, Range(row, column, row, column + 1)),
        (Key.Key_Up, Range(row - 1, column, row, column + 1)),
        (Key.Key_Left, Range(row - 1, column, row, column)),
        (Key.Key_Left, Range(row - 1, column - 1, row, column)),
    ]:
        qtbot.keyClick(plants, key, Shift)
        assert selected(plants) == [expected]
        assert here(plants) == ("South", "built")


def test_that_ctrl_and_shift_extend_to_the_edge(plants: PlanTableView, qtbot: QtBot) -> None:
    go_to(plants, "North", "built")
    qtbot.keyClick(plants, Key.Key_Down, Ctrl | Shift)
    top, left = place_of(plants, "North", "built")
    assert selected(plants) == [Range(top, left, top + 2, left)]
    qtbot.keyClick(plants, Key.Key_Home, Ctrl | Shift)
    assert selected(plants) == [Range(0, 0, 0, left)]


def test_that_whole_rows_and_columns_are_selected(plants: PlanTableView, qtbot: QtBot) -> None:
    screen = Screen(plants)
    select(plants, (("South", "built"), ("South", "operating")))
    qtbot.keyClick(plants, Key.Key_Space, Ctrl)
    left = place_of(plants, "South", "built")[1]
    assert selected(plants) == [Range(0, left, 2, left + 1)]
    assert here(plants) == ("South", "built")
    select(plants, (("South", "built"), ("South", "built")), (("North", "built"), ("North", "built")))
    qtbot.keyClick(plants, Key.Key_Space, Shift)
    assert {row for part in selected(plants) for row in part.rows} == {0, 1}
    assert {column for part in selected(plants) for column in part.columns} == set(range(screen.width))
    qtbot.keyClick(plants, Key.Key_A, Ctrl)
    assert sum(part.height * part.width for part in selected(plants)) == screen.height * screen.width


def test_that_enter_after_a_run_of_tabs_goes_below_its_beginning(plants: PlanTableView, qtbot: QtBot) -> None:
    go_to(plants, "North", "group")
    for key in (Key.Key_Tab, Key.Key_Tab, Key.Key_Tab, Key.Key_Return):
        qtbot.keyClick(plants, key)
    assert here(plants) == ("South", "group")
    qtbot.keyClick(plants, Key.Key_Tab)
    qtbot.keyClick(plants, Key.Key_Right)
    qtbot.keyClick(plants, Key.Key_Return)
    assert here(plants) == ("West", "built")


def test_that_enter_and_tab_walk_through_what_is_selected(plants: PlanTableView, qtbot: QtBot) -> None:
    select(plants, (("North", "built"), ("South", "operating")))
    walked = []
    for _ in range(5):
        qtbot.keyClick(plants, Key.Key_Return)
        walked.append(here(plants))
    assert walked == [
        *(("South", "built"), ("North", "operating"), ("South", "operating"), ("North", "built"), ("South", "built")),
    ]
    qtbot.keyClick(plants, Key.Key_Backtab)
    assert here(plants) == ("North", "operating")
    qtbot.keyClick(plants, Key.Key_Tab)
    qtbot.keyClick(plants, Key.Key_Tab)
    assert here(plants) == ("South", "operating")
    assert len(selected(plants)) == 1


def test_that_a_walk_goes_through_all_ranges(plants: PlanTableView, qtbot: QtBot) -> None:
    select(plants, (("North", "built"), ("North", "built")), (("West", "group"), ("West", "group")))
    qtbot.keyClick(plants, Key.Key_Return)
    assert here(plants) == ("West", "group")
    qtbot.keyClick(plants, Key.Key_Return)
    assert here(plants) == ("North", "built")


def test_that_an_empty_table_takes_no_harm_from_keys(tabs: TableTabs, document: Document, qtbot: QtBot) -> None:
    document.apply(document.plan.with_table(document.plan.plants.replaced(())), "Empty")
    for key in (Key.Key_Down, Key.Key_Home, Key.Key_PageDown, Key.Key_Return, Key.Key_Tab):
        for modifiers in (Plain, Ctrl, Shift):
            qtbot.keyClick(tabs.view("plants"), key, modifiers)
    qtbot.keyClick(tabs.view("plants"), Key.Key_Space, Shift)
    assert tabs.view("plants").selected_rows() == []


# The mouse


def test_that_a_drag_selects_and_the_pressed_cell_stays_current(plants: PlanTableView) -> None:
    drag(
        plants.viewport(),
        point_of(plants, "North", "group"),
        point_of(plants, "South", "province"),
        point_of(plants, "West", "built"),
    )
    first, last = place_of(plants, "North", "group"), place_of(plants, "West", "built")
    assert selected(plants) == [Range(*first, *last)]
    assert here(plants) == ("North", "group")


def test_that_shift_and_a_click_extend(plants: PlanTableView, qtbot: QtBot) -> None:
    qtbot.mouseClick(plants.viewport(), Left, pos=point_of(plants, "South", "province"))
    qtbot.mouseClick(plants.viewport(), Left, Shift, point_of(plants, "North", "built"))
    first, last = place_of(plants, "North", "province"), place_of(plants, "South", "built")
    assert selected(plants) == [Range(*first, *last)]
    assert here(plants) == ("South", "province")


def test_that_ctrl_adds_ranges(plants: PlanTableView, qtbot: QtBot) -> None:
    qtbot.mouseClick(plants.viewport(), Left, pos=point_of(plants, "North", "group"))
    drag(plants.viewport(), point_of(plants, "South", "built"), point_of(plants, "West", "built"), modifiers=Ctrl)
    first, last = place_of(plants, "South", "built"), place_of(plants, "West", "built")
    single = place_of(plants, "North", "group")
    assert selected(plants) == [Range(*single, *single), Range(*first, *last)]
    assert here(plants) == ("South", "built")


def test_that_a_drag_goes_on_from_the_frozen_column_and_back(plants: PlanTableView, qtbot: QtBot) -> None:
    start = point_of(plants, "North", "plant")
    end = point_of(plants, "South", "group")
    drag(plants.frozen.viewport(), start, plants.frozen.viewport().mapFromGlobal(plants.viewport().mapToGlobal(end)))
    assert selected(plants) == [Range(*place_of(plants, "North", "plant"), *place_of(plants, "South", "group"))]
    height = point_of(plants, "South", "plant").y()
    drag(plants.viewport(), point_of(plants, "West", "note"), QPoint(10, height))
    assert selected(plants) == [Range(*place_of(plants, "South", "plant"), *place_of(plants, "West", "note"))]


def test_that_a_drag_below_the_table_reaches_its_last_row(plants: PlanTableView) -> None:
    start = point_of(plants, "North", "group")
    drag(plants.viewport(), start, start + QPoint(0, 350))
    assert selected(plants) == [Range(*place_of(plants, "North", "group"), *place_of(plants, "West", "group"))]
