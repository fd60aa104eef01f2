import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.ui.panels.headline import HeadlineStrip
from aluplanner.ui.right_column import LOW, RightColumn


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(660, 700)
    qtbot.addWidget(made)
    return made


def test_that_headlines_leave_plots_the_room_where_there_is_little(
    document: Document, window: QWidget, qtbot: QtBot
) -> None:
    column, results, strip = RightColumn(window), QWidget(), HeadlineStrip(document)
    document.select_scenario("Strict")
    column.fill(results, strip)
    column.resize(660, LOW + 200)
    with qtbot.waitExposed(window):
        window.show()
    balance, stock = strip.cells.cells[0], strip.cells.cells[-1]
    qtbot.waitUntil(lambda: balance.isVisible() and stock.isVisible() and strip.table.isVisible())
    whole = strip.sizeHint().height()
    column.resize(660, LOW - 50)
    assert balance.isVisible()
    assert not stock.isVisible()
    assert not strip.table.isVisible()
    assert strip.sizeHint().height() < 0.75 * whole
    column.resize(660, LOW + 200)
    assert stock.isVisible()
    assert strip.table.isVisible()


def test_that_a_wide_low_column_keeps_all_figures_in_one_row(document: Document, window: QWidget, qtbot: QtBot) -> None:
    column, results, strip = RightColumn(window), QWidget(), HeadlineStrip(document)
    column.fill(results, strip)
    window.resize(1800, 400)
    column.resize(1800, LOW - 50)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(strip.cells.cells[-1].isVisible)
