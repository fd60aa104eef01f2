"""The sliders in the whole window, and undo across everything that is only a way of looking."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.ui.main_window import MainWindow
from aluplanner.ui.panels.sliders import SlidersPanel
from aluplanner.ui.tables.arrangement import Arrangement, SortKey
from aluplanner.ui.tables.filters import AmongTexts

STEPS = 40


@pytest.fixture
def window(document: Document, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(document, Preferences(QSettings(str(tmp_path / "none.ini"), QSettings.Format.IniFormat)))
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    document.undo_stack.setClean()
    made.close()
    made.deleteLater()


def panel_of(window: MainWindow) -> SlidersPanel:
    return window.docks.sliders_panel


def test_that_the_action_pins_the_current_cell_and_shows_its_slider(window: MainWindow, qtbot: QtBot) -> None:
    action = window.tables.row_actions.pin.action
    window.tables.go_to("actions", "Cut", "implementation")
    assert action.isEnabled()
    action.trigger()
    panel = panel_of(window)
    assert [row.cell.name for row in panel.rows] == ["Cut · Implementation"]
    qtbot.waitUntil(lambda: not panel.visibleRegion().isEmpty())


def test_that_the_button_of_the_panel_pins_the_current_cell(window: MainWindow) -> None:
    panel = panel_of(window)
    window.tables.go_to("actions", "Cut", "target")
    assert not panel.pin_button.isEnabled()
    window.tables.go_to("actions", "Cut", "announced")
    assert panel.pin_button.isEnabled()
    panel.pin_button.click()
    assert [row.cell.name for row in panel.rows] == ["Cut · Announced"]


def test_that_all_numbers_of_a_small_selection_are_pinned(window: MainWindow) -> None:
    window.tables.go_to("actions")
    view = window.tables.view("actions")
    view.select_rows([0])
    window.tables.row_actions.refresh()
    view.go_to(0, view.plan_model.column_of("announced") or 0)
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    window.tables.row_actions.pin.action.trigger()
    assert [row.pin.column for row in panel_of(window).rows] == ["announced", "share", "pots", "implementation"]


def test_that_a_cell_of_a_sorted_table_is_pinned_by_its_row(window: MainWindow) -> None:
    view = window.tables.view("plants")
    view.order.arrange(Arrangement((SortKey("built"),)))
    window.tables.go_to("plants", "North", "built")
    window.tables.row_actions.pin.action.trigger()
    assert [row.pin.row for row in panel_of(window).rows] == ["North"]


def test_that_a_name_leads_to_its_cell(window: MainWindow) -> None:
    panel = panel_of(window)
    panel.board.pin([("demand", "Cables", "consumption")])
    panel.rows[0].name.click()
    view = window.tables.view("demand")
    assert window.tables.current_view() is view
    assert view.plan_model.keys[view.order.source_row(view.currentIndex().row())] == "Cables"


def test_that_sliding_leaves_the_table_where_it_is_and_shows_the_value(window: MainWindow, document: Document) -> None:
    window.tables.go_to("actions", "Cut", "implementation")
    window.docks.pin([("actions", "Cut", "implementation")])
    slider = panel_of(window).rows[0].slider
    slider.setFocus()
    QTest.keyClick(slider, Qt.Key.Key_PageDown)
    model = window.tables.view("actions").plan_model
    assert model.face(0, model.column_of("implementation") or 0).text == "90%"
    assert window.tables.current_view() is window.tables.view("actions")


def look_elsewhere(window: MainWindow, random: Random) -> None:
    """Sort, filter, show another table or scenario: none of it is a step."""
    order = window.tables.view("plants").order
    choice = random.randrange(5)
    if choice == 0:
        order.arrange(Arrangement((SortKey("operating", random.random() < 0.5),)))
    elif choice == 1:
        order.arrange(Arrangement((SortKey("built"),), {"province": AmongTexts(frozenset({"Henan"}))}))
    elif choice == 2:
        order.arrange(Arrangement())
    elif choice == 3:
        window.tables.setCurrentIndex(random.randrange(window.tables.count()))
    else:
        window.document.select_scenario(random.choice(["Base", *window.document.plan.scenario_names]))


def test_that_undo_works_across_sort_filter_tables_and_scenarios(window: MainWindow, document: Document) -> None:
    random, plans = Random(7), [document.plan]
    for step in range(STEPS):
        look_elsewhere(window, random)
        rows = len(document.view.rows("plants"))
        document.set_cells("plants", [(random.randrange(rows), "operating", 100.0 + step)])
        plans.append(document.plan)
    for plan in reversed(plans[:-1]):
        look_elsewhere(window, random)
        document.undo_stack.undo()
        assert document.plan is plan
        shown = window.tables.view("plants").plan_model
        assert [shown.record(row) for row in range(shown.rowCount())] == list(document.view.rows("plants"))
    assert document.is_clean
