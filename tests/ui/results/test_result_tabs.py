"""Plots and result tables behind two tabs, in the window and by keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.ui.main_window import MainWindow
from aluplanner.ui.results.tabs import PLOTS, TABLES, ResultTabs
from tests.ui.standing import STRONG, StandingDocument


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def window(document: Document, preferences: Preferences, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(document, preferences)
    made.add_plots()
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    document.undo_stack.setClean()
    made.close()
    made.deleteLater()


def tabs_of(qtbot: QtBot, standing: StandingDocument, preferences: Preferences) -> ResultTabs:
    made = ResultTabs(QLabel("plots"), standing, preferences)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(640, 480)
    made.show()
    return made


def test_that_the_tables_are_made_when_they_are_first_wanted(
    qtbot: QtBot, standing: StandingDocument, preferences: Preferences
) -> None:
    tabs = tabs_of(qtbot, standing, preferences)
    assert [tabs.tabText(i) for i in range(tabs.count())] == ["Plots", "Result tables"]
    assert tabs.currentIndex() == PLOTS
    assert tabs.selected_numbers() == []
    with qtbot.waitSignal(tabs.statistics_changed) as told:
        tabs.setCurrentIndex(TABLES)
    assert tabs.page.isVisible()
    assert tabs.page.model.rowCount()
    assert told.args == [tabs.selected_numbers()]
    assert len(tabs.selected_numbers()) == 1
    with qtbot.waitSignal(tabs.statistics_changed) as told:
        tabs.setCurrentIndex(PLOTS)
    assert told.args == [[]]


def test_that_the_tab_is_remembered(qtbot: QtBot, standing: StandingDocument, preferences: Preferences) -> None:
    first = tabs_of(qtbot, standing, preferences)
    first.setCurrentIndex(TABLES)
    again = tabs_of(qtbot, standing, preferences)
    assert again.currentIndex() == TABLES
    assert again.page.model.rowCount()
    assert again.page.view.rowAt(0) == 0


def test_that_a_key_changes_between_plots_and_tables(window: MainWindow, qtbot: QtBot) -> None:
    results = window.results
    assert results is not None
    action = next(a for a in window.findChildren(QAction) if [key.toString() for key in a.shortcuts()] == ["F8"])
    action.trigger()
    assert results.currentIndex() == TABLES
    qtbot.waitUntil(results.page.view.hasFocus)
    action.trigger()
    assert results.currentIndex() == PLOTS


def test_that_the_next_pane_is_the_table_of_results(window: MainWindow, qtbot: QtBot) -> None:
    results = window.results
    assert results is not None
    results.setCurrentIndex(TABLES)
    window.tables.go_to("plants")
    qtbot.waitUntil(window.tables.view("plants").hasFocus)
    window.next_pane()
    assert QApplication.focusWidget() is results.page.view


def test_that_the_headlines_stay_below_both(window: MainWindow) -> None:
    from aluplanner.ui.panels.headline import HeadlineStrip

    results, strip = window.results, window.findChild(HeadlineStrip)
    assert results is not None
    for index in (PLOTS, TABLES):
        results.setCurrentIndex(index)
        assert strip.isVisible()
        assert strip.geometry().top() >= results.geometry().bottom()


def test_that_a_trace_is_passed_on(qtbot: QtBot, standing: StandingDocument, preferences: Preferences) -> None:
    tabs = tabs_of(qtbot, standing, preferences)
    tabs.setCurrentIndex(TABLES)
    with qtbot.waitSignal(tabs.trace_requested) as told:
        qtbot.keyClick(tabs.page.view, Qt.Key.Key_Return)
    assert (told.args[0], str(told.args[1])) == (STRONG, "production 2017H1 sum")
