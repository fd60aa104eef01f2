import math

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from aluplanner.analysis.answer_table import AnswerColumn, AnswerTable
from aluplanner.i18n import PLAIN, NumberStyle, set_number_style
from aluplanner.model.plan import Address
from aluplanner.ui.analysis.answer_grid import answer_grid
from aluplanner.ui.analysis.answer_view import AnswerView
from aluplanner.ui.tables import roles

COLUMNS = (
    AnswerColumn("Action"),
    AnswerColumn("Effect", "kt", decimals=1, is_signed=True),
    AnswerColumn("Share", is_percent=True),
    AnswerColumn("Holds"),
)
ROWS = (
    ("Cut", -1234.5678, 0.625, True),
    ("another cut", math.nan, None, False),
    ("Winter cut", 30.0, 0.375, None),
)
ADDRESSES = (Address("actions", "Cut", "announced"), None, Address("actions", "Winter cut", "share"))
TABLE = AnswerTable("Effects", "What the actions do", COLUMNS, ROWS, ("Blank is unknown.",), ADDRESSES)


@pytest.fixture
def view(qtbot: QtBot) -> AnswerView:
    made = AnswerView("Effects")
    made.resize(600, 200)
    made.show_table(TABLE)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def shown(view: AnswerView, column: int = 0) -> list[str]:
    model = view.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_that_the_model_and_the_sorted_model_keep_the_rules_of_qt(view: AnswerView, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(view.answer_model)
    qtmodeltester.check(view.model())


def test_that_figures_are_shown_with_their_signs_and_units_in_the_titles(view: AnswerView) -> None:
    titles = [view.model().headerData(column, Qt.Orientation.Horizontal) for column in range(4)]
    assert titles == ["Action", "Effect (kt)", "Share (%)", "Holds"]
    assert shown(view, 1) == ["\N{MINUS SIGN}1,234.6", "", "+30.0"]
    assert shown(view, 2) == ["62 %", "", "38 %"]
    assert shown(view, 3) == ["yes", "no", ""]


def test_that_words_stand_left_and_figures_right(view: AnswerView) -> None:
    index = view.model().index
    assert [index(0, column).data(roles.ALIGNMENT) for column in range(4)] == [
        roles.LEFT, roles.RIGHT, roles.RIGHT, roles.LEFT,
    ]  # fmt: skip


def test_that_tooltips_have_every_digit_and_say_where_a_row_leads(view: AnswerView) -> None:
    tip = view.model().index(0, 1).data(roles.TOOL_TIP)
    assert tip.startswith("-1234.5678 kt\n")
    assert "Enter or a double click goes there" in tip
    assert view.model().index(1, 1).data(roles.TOOL_TIP) == ""


def test_that_a_click_on_a_title_sorts_blanks_last_and_a_third_one_gives_the_order_back(
    view: AnswerView, qtbot: QtBot
) -> None:
    header = view.horizontalHeader()
    place = header.viewport()
    at = header.sectionViewportPosition(1) + 10
    orders = []
    for _ in range(3):
        qtbot.mouseClick(place, Qt.MouseButton.LeftButton, pos=QPoint(at, 8))
        orders.append(shown(view))
    assert orders[0] == ["Cut", "Winter cut", "another cut"]
    assert orders[1] == ["Winter cut", "Cut", "another cut"]
    assert orders[2] == ["Cut", "another cut", "Winter cut"]


def test_that_copying_takes_every_digit_under_the_titles(view: AnswerView, qtbot: QtBot) -> None:
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Action\tEffect (kt)\tShare (%)\tHolds"
    assert lines[1] == "Cut\t-1234.5678\t62.5%\tyes"
    assert len(lines) == 4


def test_that_copying_takes_the_selected_rows_in_the_order_shown(view: AnswerView, qtbot: QtBot) -> None:
    view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    view.selectRow(0)
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[1:] == ["Winter cut\t30\t37.5%\t"]


def test_that_copies_are_written_as_the_planner_writes_numbers(view: AnswerView) -> None:
    set_number_style(NumberStyle(",", "."))
    try:
        assert answer_grid([TABLE])[1] == ["Cut", "-1234,5678", "62,5%", "yes"]
    finally:
        set_number_style(PLAIN)


def test_that_several_tables_stand_below_one_another_under_their_titles() -> None:
    grid = answer_grid([TABLE, TABLE])
    assert [row[0] for row in grid[:2]] == ["What the actions do", "Action"]
    assert grid[5] == ["", "", "", ""]
    assert {len(row) for row in grid} == {4}


def test_that_a_row_leads_to_its_cell_by_double_click_and_enter(view: AnswerView, qtbot: QtBot) -> None:
    view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    place = view.visualRect(view.model().index(0, 0)).center()
    with qtbot.waitSignal(view.jump_requested) as by_mouse:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(view.jump_requested) as by_key:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert by_mouse.args == by_key.args == ["actions", "Winter cut", "share"]


def test_that_a_row_without_a_cell_leads_nowhere(view: AnswerView, qtbot: QtBot) -> None:
    view.selectRow(1)
    with qtbot.assertNotEmitted(view.jump_requested):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert [action.text() for action in view.menu().actions()] == ["&Copy with headers", "Copy the whole &table"]


def test_that_new_figures_of_the_same_rows_keep_selection_and_widths(view: AnswerView) -> None:
    view.selectRow(2)
    view.setColumnWidth(0, 333)
    rows = tuple((name, 1.0, 0.1, True) for name, *_ in ROWS)
    view.show_table(AnswerTable("Effects", "What the actions do", COLUMNS, rows, (), ADDRESSES))
    assert view.currentIndex().row() == 2
    assert view.columnWidth(0) == 333
    assert shown(view, 1) == ["+1.0", "+1.0", "+1.0"]


def test_that_no_table_is_an_empty_view(view: AnswerView) -> None:
    view.show_table(None)
    assert view.model().rowCount() == view.model().columnCount() == 0
