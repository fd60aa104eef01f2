from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QSettings, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.ui.dialogs import questions
from aluplanner.ui.dialogs.columns_help import ColumnsHelp
from aluplanner.ui.dialogs.questions import Answer
from aluplanner.ui.main_window import MainWindow
from aluplanner.ui.theme import apply_theme
from aluplanner.workbook.write import write_plan
from tests.document.small_plan import small_plan

Control, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def window(document: Document, preferences: Preferences, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(document, preferences)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    yield made
    document.undo_stack.setClean()
    made.close()
    made.deleteLater()


def action_of(window: MainWindow, keys: str) -> QAction:
    found = [a for a in window.findChildren(QAction) if keys in [key.toString() for key in a.shortcuts()]]
    assert len(found) == 1, keys
    return found[0]


def edit(document: Document) -> None:
    document.set_cell("plants", "North", "operating", 950.0)


def test_that_the_title_names_the_plan_and_marks_changes(window: MainWindow, document: Document) -> None:
    assert window.windowTitle() == "Small[*] – AluPlanner"
    assert not window.isWindowModified()
    edit(document)
    assert window.isWindowModified()
    document.undo_stack.undo()
    assert not window.isWindowModified()


@pytest.mark.parametrize(
    "keys",
    ["Ctrl+N", "Ctrl+O", "Ctrl+S", "Ctrl+Shift+S", "Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z", "Ctrl+W", "Ctrl+Q", "F1", "F6"]
    + [f"Ctrl+{number}" for number in range(1, 10)],
)  # fmt: skip
def test_that_each_key_belongs_to_one_action(window: MainWindow, keys: str) -> None:
    assert action_of(window, keys).text()


def test_that_no_two_actions_share_a_key(window: MainWindow) -> None:
    keys = [key.toString() for action in window.findChildren(QAction) for key in action.shortcuts()]
    assert sorted(keys) == sorted(set(keys))


def test_that_undo_names_the_step(window: MainWindow, document: Document) -> None:
    edit(document)
    assert action_of(window, "Ctrl+Z").text() == "&Undo Set Operating of North to 950"
    action_of(window, "Ctrl+Z").trigger()
    assert document.plan.plants[0].operating == 900.0
    action_of(window, "Ctrl+Shift+Z").trigger()
    assert document.plan.plants[0].operating == 950.0


def test_that_the_number_keys_show_the_tables(window: MainWindow) -> None:
    action_of(window, "Ctrl+2").trigger()
    assert window.tables.view("actions").isVisible()
    action_of(window, "Ctrl+9").trigger()
    assert window.tables.view("scenarios").isVisible()


def test_that_the_next_pane_gets_the_focus_in_turn(window: MainWindow, document: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignal(document.issues_changed):
        document.set_cell("plants", "North", "operating", 5000.0)
    window.tables.go_to("plants", "North", "built")
    qtbot.waitUntil(window.tables.view("plants").hasFocus)
    action_of(window, "F6").trigger()
    qtbot.waitUntil(window.docks.issues_panel.view.hasFocus)
    action_of(window, "F6").trigger()
    qtbot.waitUntil(window.tables.view("plants").hasFocus)


def test_that_an_issue_leads_to_its_cell(window: MainWindow, document: Document, qtbot: QtBot) -> None:
    window.tables.go_to("actions")
    with qtbot.waitSignal(document.issues_changed):
        document.set_cell("plants", "South", "built", -5.0)
    view = window.docks.issues_panel.view
    rows = range(view.model().rowCount())
    row = next(row for row in rows if "South › built" in view.model().index(row, 1).data())
    view.doubleClicked.emit(view.model().index(row, 0))
    table = window.tables.view("plants")
    assert table.isVisible()
    assert table.plan_model.keys[table.currentIndex().row()] == "South"
    assert table.plan_model.columns[table.currentIndex().column()].name == "built"
    assert window.docks.issues.windowTitle() == f"Issues ({view.model().rowCount()})"


def test_that_a_wrong_value_of_a_scenario_leads_to_where_the_scenario_puts_it(
    window: MainWindow, document: Document, qtbot: QtBot
) -> None:
    document.select_scenario("Strict")
    with qtbot.waitSignal(document.issues_changed):
        document.set_cell("actions", "Cut", "implementation", 1.5)
    document.select_scenario("Base")
    (issue,) = document.issues
    window.go_to_issue(issue)
    assert document.scenario == "Strict"
    view = window.tables.view("actions")
    assert view.isVisible()
    assert view.plan_model.columns[view.currentIndex().column()].name == "implementation"


def test_that_the_scenario_selector_follows_the_document_and_leads_it(window: MainWindow, document: Document) -> None:
    selector: QComboBox = window.scenario_bar.selector
    assert [selector.itemText(i) for i in range(selector.count())] == ["Base", "Strict", "Stricter"]
    assert selector.itemData(1, Qt.ItemDataRole.ToolTipRole) == "Everything lands"
    document.select_scenario("Stricter")
    assert selector.currentText() == "Stricter"
    selector.setCurrentIndex(1)
    selector.activated.emit(1)
    assert document.scenario == "Strict"
    document.set_cell("scenarios", "Strict", "scenario", "Hard & fast")
    assert selector.currentText() == "Hard & fast"


def test_that_the_focus_goes_back_to_the_table_after_a_choice_of_scenario(
    window: MainWindow, document: Document, qtbot: QtBot
) -> None:
    selector, view = window.scenario_bar.selector, window.tables.view("plants")
    selector.setFocus()
    qtbot.keyClick(selector, Qt.Key.Key_Down)
    assert document.scenario == "Strict"
    assert selector.hasFocus()  # who steps through the closed list may want to step on
    qtbot.keyClick(selector, Qt.Key.Key_Return)
    qtbot.waitUntil(view.hasFocus)
    selector.setFocus()
    selector.showPopup()
    qtbot.waitUntil(lambda: selector.view().isVisible())
    qtbot.keyClick(selector.view(), Qt.Key.Key_Down)
    qtbot.keyClick(selector.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: document.scenario == "Stricter")
    qtbot.waitUntil(view.hasFocus)


def test_that_ticked_scenarios_are_compared(window: MainWindow, document: Document) -> None:
    bar = window.scenario_bar
    ticks = {action.data(): action for action in bar.menu.actions() if action.isCheckable()}
    ticks["Stricter"].trigger()
    ticks["Strict"].trigger()
    assert document.compared == ("Strict", "Stricter")
    assert bar.compare.text() == "Compare (2) ▾"
    next(action for action in bar.menu.actions() if action.data() == "").trigger()
    assert document.compared == ()
    assert not ticks["Strict"].isChecked()


def test_that_the_compare_menu_stays_open_for_several_ticks(
    window: MainWindow, document: Document, qtbot: QtBot
) -> None:
    menu = window.scenario_bar.menu
    menu.popup(window.mapToGlobal(QPoint(50, 50)))
    for action in menu.actions()[:2]:
        qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    assert menu.isVisible()
    assert document.compared == ("Base", "Strict")
    menu.setActiveAction(menu.actions()[1])
    qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert document.compared == ("Base",)
    menu.close()


def test_that_a_dropped_workbook_is_opened(window: MainWindow, document: Document, tmp_path: Path) -> None:
    other = small_plan().with_value("plan/Title/value", "Dropped")
    write_plan(other, tmp_path / "dropped.xlsx")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "dropped.xlsx"))])
    event = QDropEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)
    assert document.plan.title == "Dropped"
    assert window.windowTitle() == "dropped.xlsx[*] – AluPlanner"
    assert [action.data() for action in window.menus.recent.actions()] == [str(tmp_path / "dropped.xlsx")]


def test_that_closing_asks_about_changes_and_may_be_cancelled(
    window: MainWindow, document: Document, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    replies = [Answer.CANCEL, Answer.DISCARD]
    monkeypatch.setattr(questions, "ask_to_save", lambda parent, name: replies.pop(0))
    edit(document)
    window.close()
    assert window.isVisible()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert not replies


def test_that_what_is_being_typed_is_saved_too(
    window: MainWindow, document: Document, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "ask_where_to_save", lambda parent, path: tmp_path / "typed.xlsx")
    window.tables.go_to("plants", "North", "cash_cost")
    qtbot.keyClick(window.tables.view("plants"), Qt.Key.Key_7)
    with qtbot.waitSignal(document.saved):
        action_of(window, "Ctrl+S").trigger()
    assert document.plan.plants[0].cash_cost == 7.0
    assert document.is_clean


def test_that_closing_saves_first_when_asked_to(
    window: MainWindow, document: Document, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "ask_to_save", lambda parent, name: Answer.SAVE)
    monkeypatch.setattr(questions, "ask_where_to_save", lambda parent, path: tmp_path / "last.xlsx")
    edit(document)
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert (tmp_path / "last.xlsx").exists()


def test_that_the_window_remembers_its_places(
    document: Document, preferences: Preferences, qtbot: QtBot, tmp_path: Path
) -> None:
    first = MainWindow(document, preferences)
    first.setWindowState(Qt.WindowState.WindowNoState)
    first.show()
    first.docks.history.hide()
    first.resize(760, 640)
    first.splitter.setSizes([300, 460])
    sizes = first.splitter.sizes()
    first.close()
    other = Document(small_plan())
    again = MainWindow(other, preferences)
    again.show()
    assert again.docks.history.isHidden()
    assert not again.docks.issues.isHidden()
    assert (again.width(), again.height()) == (760, 640)
    assert again.splitter.sizes() == sizes
    again.close()
    for window in (first, again):
        window.deleteLater()


def test_that_the_tables_get_half_of_a_small_screen(window: MainWindow) -> None:
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(1366, 768)
    left, right = window.splitter.sizes()
    assert 0.5 <= left / (left + right) <= 0.55


def test_that_controls_have_names_for_those_who_cannot_see_them(window: MainWindow) -> None:
    nameless = [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, QComboBox | QAbstractButton)
        and widget.isVisible()
        and not (widget.accessibleName() or widget.toolTip() or widget.property("text"))
        and not widget.objectName().startswith(("qt_", "Scroll", "_q"))
        and "Corner" not in type(widget).__name__
        and widget.parent() is not None
        and not isinstance(widget.parent().parent(), type(None))
        and "QTableView" not in [type(parent).__name__ for parent in (widget.parent(),)]
        and type(widget) is not QAbstractButton
    ]
    assert not nameless


def test_that_icons_are_drawn_anew_in_another_theme(window: MainWindow, qapp: object) -> None:
    from PySide6.QtWidgets import QApplication

    assert isinstance(qapp, QApplication)
    apply_theme(qapp, "light")
    light = window.menus.open.icon().cacheKey()
    apply_theme(qapp, "dark")
    assert window.menus.open.icon().cacheKey() != light
    apply_theme(qapp, "light")
    assert window.menus.open.icon().cacheKey() == light


def test_that_help_explains_every_column(window: MainWindow, qtbot: QtBot) -> None:
    action_of(window, "F1").trigger()
    (dialog,) = window.findChildren(ColumnsHelp)
    text = dialog.browser.toPlainText()
    for word in (
        "Nameplate of the pots that exist.",
        "Growth 2017 (%)",
        "visible stock at the month-end before the horizon",
    ):
        assert word in text
    dialog.close()


def test_that_the_plots_come_once(window: MainWindow) -> None:
    window.add_plots()
    count = window.splitter.widget(1).layout().count()
    window.add_plots()
    assert window.splitter.widget(1).layout().count() == count == 2
