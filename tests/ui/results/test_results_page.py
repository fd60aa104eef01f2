"""The page: its choices, what it remembers, how it follows the document, keys, clipboard, trace, selected figures."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QSettings, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from aluplanner.analysis.result_rows import COUNTRY, Breakdown, Kind
from aluplanner.analysis.result_table import Step, result_table
from aluplanner.document.document import Document
from aluplanner.document.grid_text import read_grid
from aluplanner.document.preferences import Preferences
from aluplanner.model.measure import Measure
from aluplanner.model.scenarios import BASE
from aluplanner.ui.results.page import ResultsPage
from aluplanner.ui.theme import DARK, apply_theme
from tests.ui.standing import HAPPENED, STRONG, StandingDocument, example

Control, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
SELECT = QItemSelectionModel.SelectionFlag.Select


def row_of(page: ResultsPage, label: str) -> int:
    return next(row for row in range(page.model.rowCount()) if page.model.label(row) == label)


def clipboard() -> list[list[str]]:
    return read_grid(QGuiApplication.clipboard().text())


# What is shown


def test_that_the_country_by_half_years_comes_first(page: ResultsPage) -> None:
    assert (page.breakdown, page.step) == (COUNTRY, Step.HALF_YEARS)
    assert page.model.columnCount() == 4
    assert page.view.isVisible()
    assert page.model.sheet is not None
    assert page.model.sheet.scenarios == (STRONG,)


def test_that_every_table_can_be_chosen(page: ResultsPage, table: Callable[[str], Breakdown], qtbot: QtBot) -> None:
    names = [page.tables.itemData(i) for i in range(page.tables.count()) if page.tables.itemData(i)]
    for name in names:
        page.tables.setCurrentIndex(page.tables.findData(name))
        page.tables.activated.emit(page.tables.currentIndex())
        assert page.model.sheet is not None
        assert page.model.sheet.breakdown == table(name)
        assert page.model.rowCount() > 1
    assert len(names) == 13


def test_that_figures_are_those_of_the_selected_scenario(page: ResultsPage, standing: StandingDocument) -> None:
    expected = result_table(standing.balance(), COUNTRY, Step.HALF_YEARS)
    shown = np.array([line.values for line in page.model.lines])
    np.testing.assert_array_equal(shown, expected.values)
    assert page.view.corner.texts == (STRONG, "")


def test_that_the_difference_to_the_base_can_be_shown(page: ResultsPage, standing: StandingDocument) -> None:
    page.choose(COUNTRY, Step.YEARS, is_difference=True)
    strong, base = standing.balance(), standing.balance(BASE)
    row = row_of(page, "Balance")
    assert page.model.value(row, 0) == pytest.approx(strong.periods["2017"].balance - base.periods["2017"].balance)
    assert page.view.corner.texts[0] == f"{STRONG} less base"
    page.choose(COUNTRY, Step.YEARS, is_difference=True, has_compared=True)
    assert {line.scenario for line in page.model.lines} == {STRONG, HAPPENED}  # the base less itself says nothing


def test_that_compared_scenarios_stand_below(page: ResultsPage) -> None:
    page.choose(COUNTRY, Step.YEARS, has_compared=True)
    row = row_of(page, "Balance")
    assert [page.model.lines[row + i].scenario for i in range(3)] == [STRONG, HAPPENED, BASE]
    assert [page.model.label(row + i) for i in range(3)] == ["Balance", HAPPENED, "Base"]


def test_that_the_base_alone_has_nothing_to_differ_from(page: ResultsPage, standing: StandingDocument) -> None:
    page.choose(COUNTRY, Step.YEARS, is_difference=True)
    standing.show_scenario(BASE)
    assert not page.contents.isEnabled()
    assert not page.scenarios.isEnabled()
    assert page.model.sheet is not None
    assert not page.model.sheet.is_difference
    standing.show_scenario(STRONG)
    assert page.contents.isEnabled()
    assert page.model.sheet.is_difference


def test_that_shared_unit_and_rule_stand_in_the_corner(page: ResultsPage, table: Callable[[str], Breakdown]) -> None:
    page.choose(table("production by group"), Step.QUARTERS)
    assert page.view.corner.texts == (STRONG, "kt, sum of the months")
    page.choose(table("operating by plant"), Step.MONTHS)
    assert page.view.corner.texts == (STRONG, "kt/y")


def test_that_missing_alumina_is_said_in_words(
    qtbot: QtBot, document: Document, table: Callable[[str], Breakdown]
) -> None:
    page = ResultsPage(document)
    qtbot.addWidget(page)
    page.show()
    page.choose(table("bauxite_use by origin"), Step.YEARS)
    assert not page.view.isVisible()
    page.choose(COUNTRY, Step.YEARS)
    assert page.view.isVisible()


def test_that_choices_are_remembered(qtbot: QtBot, standing: StandingDocument, tmp_path: Path) -> None:
    preferences = Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    first = ResultsPage(standing, preferences)  # type: ignore[arg-type]
    qtbot.addWidget(first)
    for box, data in ((first.tables, "due by action"), (first.steps, Step.MONTHS), (first.contents, True)):
        box.setCurrentIndex(box.findData(data))
        box.activated.emit(box.currentIndex())
    again = ResultsPage(standing, preferences)  # type: ignore[arg-type]
    qtbot.addWidget(again)
    assert (again.breakdown.name, again.step) == ("due by action", Step.MONTHS)
    assert again.is_difference
    assert not again.has_compared


# Following


def test_that_an_edit_is_followed_in_place(page: ResultsPage, standing: StandingDocument, qtbot: QtBot) -> None:
    row = row_of(page, "Production")
    page.view.go_to(row, 1)
    page.view.verticalScrollBar().setValue(24)
    scrolled, before = page.view.verticalScrollBar().value(), page.model.value(row, 1)
    with qtbot.assertNotEmitted(page.model.modelReset), qtbot.waitSignal(page.statistics_changed) as told:
        standing.solve(example().with_value("assumptions/load_factor/value", 0.9))
    after = standing.balance().measure("production 2017H2 sum")
    assert page.model.value(row, 1) == after != before
    assert told.args == [[after]]
    assert (page.view.currentIndex().row(), page.view.currentIndex().column()) == (row, 1)
    assert page.view.verticalScrollBar().value() == scrolled


def test_that_nothing_is_worked_out_while_out_of_sight(page: ResultsPage, standing: StandingDocument) -> None:
    row = row_of(page, "Production")
    page.hide()
    before = page.model.value(row, 0)
    assert page.selected_numbers() == []
    standing.solve(example().with_value("assumptions/load_factor/value", 0.9))
    assert page.model.value(row, 0) == before
    page.show()
    assert page.model.value(row, 0) == standing.balance().measure("production 2017H1 sum") != before


def test_that_a_document_is_followed_through_an_edit(qtbot: QtBot, document: Document) -> None:
    page = ResultsPage(document)
    qtbot.addWidget(page)
    page.show()
    page.choose(COUNTRY, Step.YEARS)
    row, before = row_of(page, "Operating capacity"), page.model.value(row_of(page, "Operating capacity"), 0)
    with qtbot.waitSignal(document.solved):
        document.set_cell("plants", "North", "operating", 800.0)
    assert document.solution is not None
    assert page.model.value(row, 0) == document.solution.selected.measure("operating 2017 end") != before


def test_that_another_step_keeps_the_row(page: ResultsPage) -> None:
    page.view.go_to(row_of(page, "Price"), 2)
    page.choose(COUNTRY, Step.MONTHS)
    assert page.view.currentIndex().row() == row_of(page, "Price")


def test_that_a_new_theme_is_painted(page: ResultsPage, qapp: QApplication) -> None:
    light = page.view.grab().toImage()
    apply_theme(qapp, DARK)
    assert page.view.grab().toImage() != light


@pytest.mark.parametrize("step", list(Step))
def test_that_every_figure_has_room(page: ResultsPage, table: Callable[[str], Breakdown], step: Step) -> None:
    for breakdown in (COUNTRY, table("operating by plant")):
        page.choose(breakdown, step, has_compared=True)
        metrics = page.view.fontMetrics()
        texts = [page.model.text(r, c) for r in range(page.model.rowCount()) for c in range(page.model.columnCount())]
        assert max(metrics.horizontalAdvance(text) for text in texts) < page.view.columnWidth(0) - 6


# Keys and clipboard


def test_that_arrows_pass_over_headings(page: ResultsPage, qtbot: QtBot) -> None:
    view, heading = page.view, row_of(page, "Capacity")
    view.go_to(heading - 1, 0)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == heading + 1
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.currentIndex().row() == heading - 1
    view.go_to(1, 0)
    qtbot.keyClick(view, Qt.Key.Key_Up)
    assert view.currentIndex().row() == 1
    qtbot.keyClick(view, Qt.Key.Key_Home, Control)
    assert not page.model.lines[view.currentIndex().row()].is_heading


def test_that_a_heading_comes_into_sight_with_its_first_row(page: ResultsPage, qtbot: QtBot) -> None:
    view, heading = page.view, row_of(page, "Capacity")
    view.scrollToBottom()
    view.go_to(heading + 1, 0)
    assert view.rowAt(0) == heading
    view.scrollToBottom()
    qtbot.keyClick(view, Qt.Key.Key_Home, Control)
    assert view.rowAt(0) == 0


def test_that_a_block_is_copied_digit_for_digit(page: ResultsPage, standing: StandingDocument, qtbot: QtBot) -> None:
    row = row_of(page, "Supply")
    page.view.go_to(row, 0)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(page.view, key, Shift)
    qtbot.keyClick(page.view, Qt.Key.Key_C, Control)
    measures = [[f"{series} 2017{half} sum" for half in ("H1", "H2")] for series in ("supply", "consumption")]
    assert [[float(text) for text in line] for line in clipboard()] == [
        [standing.balance().measure(measure) for measure in line] for line in measures
    ]


def test_that_what_is_copied_states_its_values_for_spreadsheets(page: ResultsPage, standing: StandingDocument) -> None:
    page.view.go_to(row_of(page, "Supply"), 0)
    page.view.copy()
    supply = standing.balance().measure("supply 2017H1 sum")
    assert f'sdval="{supply!r}"' in QGuiApplication.clipboard().mimeData().html()


def test_that_headers_are_copied_too(page: ResultsPage, standing: StandingDocument, qtbot: QtBot) -> None:
    page.view.go_to(row_of(page, "Price"), 1)
    qtbot.keyClick(page.view, Qt.Key.Key_C, Control | Shift)
    price = standing.balance().measure("price 2017H2 mean")
    assert clipboard() == [
        ["Series", "Scenario", "Unit", "Over a period", "2017H2"], ["Price", STRONG, "RMB/t", "mean", repr(price)]
    ]  # fmt: skip


def test_that_the_whole_table_is_copied_without_headings(page: ResultsPage, standing: StandingDocument) -> None:
    page.choose(COUNTRY, Step.YEARS, has_compared=True)
    page.view.copy_table()
    head, *rows = clipboard()
    assert head == ["Series", "Scenario", "Unit", "Over a period", "2017", "2018"]
    assert len(rows) == 36 * 3
    for name, scenario, unit, rule, *figures in rows:
        line = page.model.lines[row_of(page, name)]
        if line.row.kind is Kind.STATE:
            continue
        assert (unit, rule) == ("%" if line.row.unit == "fraction" else line.row.unit, line.row.reducer)
        for label, text in zip(("2017", "2018"), figures, strict=True):
            number = float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
            assert number == pytest.approx(
                standing.balance(scenario).measure(f"{line.row.series} {label} {rule}"), rel=1e-12
            )


def test_that_cells_apart_from_one_another_leave_blanks_between(page: ResultsPage) -> None:
    row, selection = row_of(page, "Production"), page.view.selectionModel()
    page.view.go_to(row, 0)
    selection.select(page.model.index(row + 1, 2), SELECT)
    page.view.copy()
    assert [[bool(text) for text in line] for line in clipboard()] == [[True, False], [False, True]]


def test_that_keys_of_the_window_do_not_take_the_copy(qtbot: QtBot, standing: StandingDocument) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    page = ResultsPage(standing)  # type: ignore[arg-type]
    layout = QVBoxLayout(window)
    layout.addWidget(page)
    taken: list[str] = []
    for keys in ("Ctrl+C", "Ctrl+Shift+C", "Ctrl+A"):
        shortcut = QShortcut(QKeySequence(keys), window)
        shortcut.activated.connect(lambda: taken.append("taken"))
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    page.view.setFocus()
    qtbot.waitUntil(page.view.hasFocus)
    QGuiApplication.clipboard().setText("before")
    qtbot.keyClick(page.view, Qt.Key.Key_A, Control)
    qtbot.keyClick(page.view, Qt.Key.Key_C, Control)
    assert not taken
    assert len(clipboard()) == 36


def test_that_the_menu_offers_what_can_be_done(page: ResultsPage, table: Callable[[str], Breakdown]) -> None:
    page.view.go_to(row_of(page, "Price"), 0)
    menu = page.view.menu()
    texts = [action.text().partition("\t")[0].replace("&", "") for action in menu.actions() if action.text()]
    assert texts == ["Copy", "Copy with headers", "Copy the whole table", "Trace: what makes this figure"]
    assert all(action.isEnabled() for action in menu.actions())
    menu.actions()[0].trigger()
    assert len(clipboard()) == 1
    menu.deleteLater()


# Trace and selected figures


def test_that_a_figure_asks_to_be_traced(page: ResultsPage, qtbot: QtBot) -> None:
    row = row_of(page, "Balance")
    page.view.go_to(row, 1)
    with qtbot.waitSignal(page.trace_requested) as told:
        qtbot.keyClick(page.view, Qt.Key.Key_Return)
    scenario, measure = told.args
    assert isinstance(measure, Measure)
    assert (scenario, str(measure)) == (STRONG, "balance 2017H2 sum")
    page.choose(COUNTRY, Step.YEARS, has_compared=True)
    place = page.view.visualRect(page.model.index(row_of(page, "Production") + 2, 0)).center()
    with qtbot.waitSignal(page.trace_requested) as told:
        qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert (told.args[0], str(told.args[1])) == (BASE, "production 2017 sum")


def test_that_a_heading_traces_nothing(page: ResultsPage, qtbot: QtBot) -> None:
    place = page.view.visualRect(page.model.index(0, 0)).center()
    with qtbot.assertNotEmitted(page.trace_requested):
        qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        page.view.setCurrentIndex(page.model.index(0, 0))
        page.view.trace()
    assert not page.view.can_trace


def test_that_the_selected_figures_are_told(page: ResultsPage, standing: StandingDocument, qtbot: QtBot) -> None:
    row = row_of(page, "Production")
    page.view.go_to(row, 0)
    with qtbot.waitSignal(page.statistics_changed) as told:
        page.view.selectRow(row)
    expected = [
        standing.balance().measure(f"production {label} sum") for label in ("2017H1", "2017H2", "2018H1", "2018H2")
    ]
    assert told.args == [expected]
    assert page.selected_numbers() == expected


def test_that_everything_selected_counts_every_figure_once(page: ResultsPage) -> None:
    page.view.selectAll()
    figures = np.array([line.values for line in page.model.lines])
    assert sorted(page.selected_numbers()) == sorted(figures[np.isfinite(figures)].tolist())


def test_that_a_click_on_a_name_selects_its_row(page: ResultsPage, qtbot: QtBot) -> None:
    header, row = page.view.verticalHeader(), row_of(page, "Supply")
    place = QPoint(20, header.sectionViewportPosition(row) + 8)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.view.selected_cells() == {(row, column) for column in range(4)}
