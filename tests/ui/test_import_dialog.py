"""The import of foreign workbooks: the dialog, its lists, the way to it from the menu and from a refused file."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QPushButton, QStyleOptionViewItem, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.import_choices import ImportChoices
from aluplanner.document.importing import import_into
from aluplanner.document.preferences import Preferences
from aluplanner.model.issues import Issue, Severity
from aluplanner.ui.dialogs import questions
from aluplanner.ui.dialogs.import_lists import ChoiceDelegate
from aluplanner.ui.dialogs.import_preview import KIND, ImportPreviewModel
from aluplanner.ui.dialogs.import_tables import CHOICES, ColumnsModel, ConstantsModel, SheetsModel
from aluplanner.ui.dialogs.import_workbook import ImportDialog
from aluplanner.ui.dialogs.questions import Answer
from aluplanner.ui.dialogs.refused_file import RefusedFileDialog
from aluplanner.ui.files import Files
from aluplanner.ui.main_window import MainWindow
from aluplanner.ui.tables import roles
from aluplanner.ui.tables.editors import ChoiceEditor
from aluplanner.workbook.container import Container
from aluplanner.workbook.importing import Proposal, convert, propose
from tests.document.small_plan import small_plan
from tests.workbook.books import book_bytes
from tests.workbook.foreign_books import foreign_bytes

SMELTERS, BALANCE, ENGLISH, AGENDA, HIDDEN = range(5)
Key = Qt.Key


@pytest.fixture(scope="module")
def proposal() -> Proposal:
    return propose(Container(foreign_bytes()))


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def choices(proposal: Proposal, preferences: Preferences) -> ImportChoices:
    return ImportChoices(proposal, preferences)


@pytest.fixture
def dialog(document: Document, preferences: Preferences, proposal: Proposal, qtbot: QtBot) -> Iterator[ImportDialog]:
    made = ImportDialog(document, preferences, Path("smelters.xlsx"), proposal)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.reject()


def text(model: SheetsModel | ColumnsModel | ConstantsModel | ImportPreviewModel, row: int, column: int) -> object:
    return model.data(model.index(row, column))


def choose(model: SheetsModel | ColumnsModel | ConstantsModel, row: int, column: int, word: str) -> bool:
    return model.setData(model.index(row, column), word)


# Models


def test_that_the_models_keep_qts_rules(choices: ImportChoices, qtmodeltester: ModelTester) -> None:
    sheets, columns, constants, preview = (
        SheetsModel(choices),
        ColumnsModel(choices),
        ConstantsModel(choices),
        ImportPreviewModel(),
    )
    for model in (sheets, columns, constants, preview):
        qtmodeltester.check(model)
    for sheet in range(len(choices.sheets)):
        columns.show_sheet(sheet)
        constants.show_sheet(sheet)
        preview.show_table(None)
        for model in (sheets, columns, constants, preview):
            qtmodeltester.check(model)
    preview.show_table(
        import_into(
            small_plan(), convert([s.page for s in choices.sheets], [s.mapping for s in choices.sheets])
        ).tables[0]
    )
    qtmodeltester.check(preview)
    assert choose(sheets, ENGLISH, SheetsModel.TABLE, "")
    columns.show_sheet(SMELTERS)
    assert choose(columns, 7, ColumnsModel.COLUMN, "note")


def test_that_an_empty_workbook_has_nothing_to_show(preferences: Preferences, qtmodeltester: ModelTester) -> None:
    nothing = ImportChoices(Proposal(()), preferences)
    for model in (SheetsModel(nothing), ColumnsModel(nothing), ConstantsModel(nothing)):
        qtmodeltester.check(model)
        assert model.rowCount() == 0


# The dialog


def test_that_sheets_are_listed_with_their_rows_and_tables(dialog: ImportDialog) -> None:
    shown = [tuple(text(dialog.sheets, row, column) for column in range(3)) for row in range(5)]
    assert shown == [
        *(("电解铝企业", "12", "Plants"), ("平衡表", "7", "Monthly"), ("Ex-China", "8", "Plants")),
        *(("Agenda", "3", "leave out"), ("Old list (hidden)", "8", "leave out")),
    ]


def test_that_it_says_in_words_what_will_happen(dialog: ImportDialog) -> None:
    assert dialog.outcome.text() == (
        "电解铝企业 → Plants: 5 new, 1 cell cannot be read · Monthly: 2 new, 2 changed · Ex-China → Plants: 5 new"
    )
    choose(dialog.sheets, ENGLISH, SheetsModel.TABLE, "")
    assert dialog.outcome.text() == "Plants: 5 new, 1 cell cannot be read · Monthly: 2 new, 2 changed"


def test_that_the_first_rows_are_shown_converted_with_bad_cells_marked(dialog: ImportDialog) -> None:
    preview = dialog.panel.preview
    headers = [preview.headerData(column, Qt.Orientation.Horizontal) for column in range(preview.columnCount())]
    built, operating = headers.index("Built (kt/y)"), headers.index("Operating (kt/y)")
    assert [text(preview, row, built) for row in range(5)] == ["6,465", "1,700", "1,600", "1,900", "800"]
    assert text(preview, 3, operating) == "! 约185"
    bad = preview.index(3, operating)
    assert "“约185” is not a number." in bad.data(roles.TOOL_TIP)
    assert bad.data(roles.FOREGROUND) is not None
    assert preview.index(0, built).data(roles.TOOL_TIP) == "646.5 in 电解铝企业!E5"
    assert [text(preview, row, KIND) for row in range(2)] == ["+ new", "+ new"]
    assert [preview.headerData(row, Qt.Orientation.Vertical) for row in range(5)] == ["5", "6", "8", "9", "10"]
    assert dialog.panel.left_out.text().endswith("left out: row 7 looks like a total, row 11 looks like a total")


def test_that_a_turned_sheet_names_its_columns(dialog: ImportDialog) -> None:
    dialog.sheet_list.selectRow(BALANCE)
    assert dialog.panel.preview.headerData(0, Qt.Orientation.Vertical) == "C"
    assert dialog.panel.header_label.text() == "&Header in columns"
    assert dialog.panel.layouts.currentText() == "side by side"


def test_that_another_unit_is_followed_at_once(dialog: ImportDialog) -> None:
    columns, preview = dialog.panel.columns, dialog.panel.preview
    row = next(r for r in range(columns.rowCount()) if text(columns, r, ColumnsModel.COLUMN) == "Built (kt/y)")
    assert text(columns, row, ColumnsModel.UNIT) == "万吨/年"
    assert choose(columns, row, ColumnsModel.UNIT, "kt/y")
    built = next(
        c for c in range(preview.columnCount()) if "Built" in str(preview.headerData(c, Qt.Orientation.Horizontal))
    )
    assert text(preview, 0, built) == "646.5"


def test_that_a_unit_nobody_states_is_pointed_out(document: Document, preferences: Preferences, qtbot: QtBot) -> None:
    foreign = propose(Container(book_bytes({"Data": [["Company", "Capacity"], ["A", 1], ["B", 2]]})))
    made = ImportDialog(document, preferences, Path("x.xlsx"), foreign)
    qtbot.addWidget(made)
    assert "Data: no unit is stated for Built (kt/y)." in made.outcome.text()
    assert text(made.panel.columns, 1, ColumnsModel.UNIT) == "kt/y, not stated"
    assert choose(made.panel.columns, 1, ColumnsModel.UNIT, "kt/y")
    assert "no unit" not in made.outcome.text()


def test_that_the_same_can_stand_in_every_row(dialog: ImportDialog) -> None:
    constants = dialog.panel.constants
    titles = [text(constants, row, ConstantsModel.COLUMN) for row in range(constants.rowCount())]
    product, group, ramp = titles.index("Product"), titles.index("Group"), titles.index("Ramp (months)")
    assert text(constants, group, ConstantsModel.VALUE) == "as the sheet says"
    assert not choose(constants, group, ConstantsModel.VALUE, "Chalco")
    assert choose(constants, product, ConstantsModel.VALUE, "alumina")
    assert not choose(constants, product, ConstantsModel.VALUE, "gold")
    assert choose(constants, ramp, ConstantsModel.VALUE, "soon")
    assert "“soon” is not a number." in str(constants.index(ramp, ConstantsModel.VALUE).data(roles.TOOL_TIP))
    preview = dialog.panel.preview
    made = [preview.headerData(column, Qt.Orientation.Horizontal) for column in range(preview.columnCount())]
    assert {text(preview, row, made.index("Product")) for row in range(5)} == {"alumina"}


def test_that_it_is_imported_as_one_step_and_remembered(
    dialog: ImportDialog, document: Document, preferences: Preferences, proposal: Proposal, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(dialog.said) as said:
        dialog.take.click()
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Imported smelters.xlsx"
    assert len(document.plan.plants) == 13
    assert document.plan.plants.unread_at(6, "operating") == "约185"
    assert str(said.args[0]).startswith("Imported smelters.xlsx. ")
    assert ImportChoices(proposal, preferences).is_remembered
    document.undo_stack.undo()
    assert document.plan == small_plan()


def test_that_it_follows_the_plan_while_it_is_open(dialog: ImportDialog, document: Document) -> None:
    document.set_cell("plants", "North", "plant", "Alba")
    assert "Ex-China → Plants: 4 new, 1 changed" in dialog.outcome.text()


def test_that_rows_that_are_there_can_be_kept_or_replaced(dialog: ImportDialog, qtbot: QtBot) -> None:
    dialog.modes.setFocus()
    qtbot.keyClick(dialog.modes, Key.Key_Down)
    assert "Monthly: 2 new, 2 unchanged" in dialog.outcome.text()
    qtbot.keyClick(dialog.modes, Key.Key_Down)
    assert "3 rows go" in dialog.outcome.text()


def test_that_nothing_can_be_imported_when_every_sheet_is_left_out(dialog: ImportDialog) -> None:
    for sheet in (SMELTERS, BALANCE, ENGLISH):
        choose(dialog.sheets, sheet, SheetsModel.TABLE, "")
    assert dialog.outcome.text().startswith("Nothing is imported")
    assert not dialog.take.isEnabled()
    assert not dialog.mark.isEnabled()
    assert dialog.panel.preview.rowCount() == 0


def test_that_the_header_can_be_moved_with_the_keyboard(dialog: ImportDialog, qtbot: QtBot) -> None:
    dialog.sheet_list.selectRow(ENGLISH)
    assert (dialog.panel.first.value(), dialog.panel.last.value()) == (3, 3)
    qtbot.keyClick(dialog.panel.last, Key.Key_Up)
    assert dialog.choices.mapping(ENGLISH).header_row == 4
    qtbot.keyClick(dialog.panel.last, Key.Key_Down)
    assert dialog.choices.mapping(ENGLISH).taken.keys() == {"plant", "province", "built", "operating", "note"}
    qtbot.mouseClick(dialog.panel.totals, Qt.MouseButton.LeftButton)
    assert not dialog.choices.mapping(ENGLISH).leaves_out_totals


def test_that_a_cell_is_chosen_with_the_keyboard(dialog: ImportDialog, qtbot: QtBot) -> None:
    view, model = dialog.sheet_list, dialog.sheets
    view.setCurrentIndex(model.index(AGENDA, SheetsModel.TABLE))
    qtbot.keyClick(view, Key.Key_Space)
    (editor,) = view.findChildren(ChoiceEditor)
    qtbot.waitUntil(lambda: editor.view().isVisible())
    listed = editor.view()
    listed.setCurrentIndex(listed.model().index(editor.findData("bauxite"), 0))
    qtbot.keyClick(listed, Key.Key_Return)
    assert dialog.choices.mapping(AGENDA).table == "bauxite"
    assert text(model, AGENDA, SheetsModel.TABLE) == "Bauxite"


def test_that_free_text_is_edited_in_a_line(dialog: ImportDialog, qtbot: QtBot) -> None:
    view, model = dialog.panel.constant_list, dialog.panel.constants
    delegate = view.itemDelegate()
    assert isinstance(delegate, ChoiceDelegate)
    row = next(r for r in range(model.rowCount()) if text(model, r, ConstantsModel.COLUMN) == "Source")
    index = model.index(row, ConstantsModel.VALUE)
    assert index.data(CHOICES) == []
    parent = QWidget()
    qtbot.addWidget(parent)
    editor = delegate.createEditor(parent, QStyleOptionViewItem(), index)
    delegate.setEditorData(editor, index)
    qtbot.keyClicks(editor, "A survey")
    delegate.setModelData(editor, model, index)
    assert dict(dialog.choices.mapping(SMELTERS).constants) == {"source": "A survey"}


def test_that_everything_has_an_accessible_name(dialog: ImportDialog) -> None:
    panel = dialog.panel
    named = (dialog.sheet_list, dialog.modes, dialog.outcome, panel.column_list, panel.constant_list)
    for widget in (*named, panel.preview_table, panel.first, panel.last, panel.layouts, panel.tabs.tabBar()):
        assert widget.accessibleName(), widget


def test_that_tab_goes_through_it_as_it_stands_on_the_screen(dialog: ImportDialog, qtbot: QtBot) -> None:
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.sheet_list.setFocus()
    visited = []
    for _ in range(10):
        qtbot.keyClick(dialog.focusWidget(), Key.Key_Tab)
        visited.append(dialog.focusWidget())
    panel = dialog.panel
    above = [panel.first, panel.last, panel.layouts, panel.totals]
    lists = [panel.tabs.tabBar(), panel.column_list, panel.preview_table]
    assert visited == [*above, *lists, dialog.modes, dialog.take, dialog.mark]


def test_that_it_fits_a_small_screen(dialog: ImportDialog) -> None:
    least = dialog.minimumSizeHint()
    assert least.width() <= 1366
    assert least.height() <= 700


# Many rows


@pytest.fixture
def long_dialog(document: Document, preferences: Preferences, qtbot: QtBot) -> Iterator[ImportDialog]:
    rows: list[list[object]] = [
        ["Company", "Capacity (万吨)"],
        *([f"Plant {n}", n + 1] for n in range(400)),
        ["Bad", "?"],
    ]
    made = ImportDialog(document, preferences, Path("many.xlsx"), propose(Container(book_bytes({"Data": rows}))))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    made.reject()


def until_counted(dialog: ImportDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not dialog.outlook.is_counting)


def test_that_a_choice_shows_at_once_and_is_counted_after_it(long_dialog: ImportDialog, qtbot: QtBot) -> None:
    until_counted(long_dialog, qtbot)
    counted = long_dialog.outcome.text()
    assert counted == "Plants: 401 new, 1 cell cannot be read"
    assert not long_dialog.counting.isVisible()
    assert long_dialog.mark.isEnabled()
    columns, preview = long_dialog.panel.columns, long_dialog.panel.preview
    assert text(preview, 0, 2) == "10"
    assert choose(columns, 1, ColumnsModel.UNIT, "kt/y")
    assert text(preview, 0, 2) == "1"
    assert long_dialog.counting.isVisible()
    assert long_dialog.outcome.text() == counted
    assert not long_dialog.mark.isEnabled()
    assert long_dialog.take.isEnabled()
    until_counted(long_dialog, qtbot)
    assert not long_dialog.counting.isVisible()
    assert preview.rowCount() == 200


def test_that_importing_while_it_is_counted_waits_for_the_count(
    long_dialog: ImportDialog, document: Document, qtbot: QtBot
) -> None:
    assert long_dialog.outlook.is_counting
    with qtbot.waitSignal(long_dialog.accepted):
        long_dialog.take.click()
        assert not long_dialog.take.isEnabled()
        assert not long_dialog.panel.isEnabled()
        assert long_dialog.counting.text() == "importing …"
        assert len(document.plan.plants) == 3
    assert len(document.plan.plants) == 404
    assert document.undo_stack.count() == 1


def test_that_a_wait_for_nothing_gives_the_choices_back(
    long_dialog: ImportDialog, document: Document, qtbot: QtBot
) -> None:
    until_counted(long_dialog, qtbot)
    assert choose(long_dialog.panel.columns, 0, ColumnsModel.COLUMN, "")
    long_dialog.take.click()
    until_counted(long_dialog, qtbot)
    assert long_dialog.isVisible()
    assert long_dialog.panel.isEnabled()
    assert "No column of the sheet names the rows" in long_dialog.outcome.text()
    assert document.undo_stack.count() == 0


def test_that_a_wait_can_be_given_up(long_dialog: ImportDialog, document: Document, qtbot: QtBot) -> None:
    long_dialog.take.click()
    with qtbot.waitSignal(long_dialog.outlook.destroyed):
        button(long_dialog, "Cancel").click()
    assert not long_dialog.isVisible()
    assert document.undo_stack.count() == 0


def test_that_years_by_months_can_be_chosen(document: Document, preferences: Preferences, qtbot: QtBot) -> None:
    months = [f"{month}月" for month in range(1, 13)]
    rows = [["电解铝产量（万吨）"], ["年份", *months], [2016, *range(201, 213)], [2017, *range(221, 233)]]
    made = ImportDialog(document, preferences, Path("x.xlsx"), propose(Container(book_bytes({"产量": rows}))))
    qtbot.addWidget(made)
    panel = made.panel
    assert panel.layouts.currentText() == "years by months"
    assert [text(panel.columns, row, ColumnsModel.HEADER) for row in (0, 1)] == [
        *("(years and months)", "电解铝产量（万吨）"),
    ]
    assert not panel.first.isEnabled()
    assert panel.preview.headerData(0, Qt.Orientation.Vertical) == "B3"
    qtbot.keyClick(panel.layouts, Key.Key_Home)
    assert panel.first.isEnabled()
    qtbot.keyClick(panel.layouts, Key.Key_End)
    assert [text(panel.preview, 0, column) for column in (1, 2)] == ["2016-01", "2,010"]
    made.reject()


# The way to it


@pytest.fixture
def files(document: Document, preferences: Preferences, qtbot: QtBot) -> Iterator[Files]:
    window = QWidget()
    qtbot.addWidget(window)
    made = Files(document, preferences, window)
    yield made
    for child in window.findChildren(ImportDialog):
        child.reject()
    for refused in window.findChildren(RefusedFileDialog):
        refused.reject()


@pytest.fixture
def foreign_file(tmp_path: Path) -> Path:
    path = tmp_path / "电解铝.xlsx"
    path.write_bytes(foreign_bytes())
    return path


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, object], None]:
    def set_answer(question: str, reply: object) -> None:
        monkeypatch.setattr(questions, question, lambda *_: reply)

    return set_answer


def button(dialog: QWidget, words: str) -> QPushButton:
    return next(found for found in dialog.findChildren(QPushButton) if words in found.text())


def test_that_the_file_menu_has_it(
    document: Document,
    preferences: Preferences,
    answer: Callable[[str, object], None],
    foreign_file: Path,
    qtbot: QtBot,
) -> None:
    answer("ask_what_to_import", foreign_file)
    window = MainWindow(document, preferences)
    qtbot.addWidget(window)
    assert window.menus.import_rows.text() == "&Import …"
    window.menus.import_rows.trigger()
    dialog = window.files.imports.dialog
    assert dialog is not None
    dialog.reject()


def test_that_a_file_is_asked_for_and_the_dialog_opens(
    files: Files, foreign_file: Path, answer: Callable[[str, object], None]
) -> None:
    answer("ask_what_to_import", foreign_file)
    files.imports.ask()
    dialog = files.imports.dialog
    assert dialog is not None
    assert dialog.isVisible()
    assert dialog.windowTitle() == "Import from 电解铝.xlsx"
    dialog.reject()
    assert files.imports.dialog is None


def test_that_a_refused_workbook_that_is_no_plan_offers_the_import(
    files: Files, foreign_file: Path, document: Document
) -> None:
    before = document.plan
    assert not files.open_now(foreign_file)
    (refused,) = files.parent().findChildren(RefusedFileDialog)
    button(refused, "Import").click()
    assert files.imports.dialog is not None
    files.imports.dialog.take.click()
    assert len(document.plan.plants) == 13
    document.undo_stack.undo()
    assert document.plan is before


def test_that_a_file_with_damage_offers_no_import(files: Files, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"nothing")
    files.imports.import_path(path)
    (refused,) = files.parent().findChildren(RefusedFileDialog)
    assert not [found for found in refused.findChildren(QPushButton) if "Import" in found.text()]
    assert files.imports.dialog is None


def test_that_a_new_plan_is_unsaved_and_can_be_taken_back(
    files: Files, foreign_file: Path, document: Document, answer: Callable[[str, object], None], qtbot: QtBot
) -> None:
    document.set_cell("plants", "North", "operating", 950.0)
    answer("ask_to_save", Answer.DISCARD)
    files.imports.import_path(foreign_file)
    dialog = files.imports.dialog
    assert dialog is not None
    qtbot.keyClick(dialog.modes, Key.Key_End)
    dialog.take.click()
    assert document.plan.plants.find("North") is None
    assert len(document.plan.plants) == 10
    assert document.plan.title == "电解铝"
    assert not document.is_clean
    assert document.path is None
    assert document.undo_stack.undoText() == "Imported 电解铝.xlsx"


def test_that_a_copy_with_the_errors_marked_is_saved(
    files: Files, foreign_file: Path, tmp_path: Path, answer: Callable[[str, object], None]
) -> None:
    copy, before = tmp_path / "marked.xlsx", foreign_file.read_bytes()
    answer("ask_where_to_save_copy", copy)
    files.imports.import_path(foreign_file)
    dialog = files.imports.dialog
    assert dialog is not None
    dialog.mark.click()
    marked = load_workbook(copy)["电解铝企业"]["F9"]
    assert marked.comment is not None
    assert "“约185” is not a number." in marked.comment.text
    assert foreign_file.read_bytes() == before


def test_that_a_refused_plan_offers_a_marked_copy(document: Document, qtbot: QtBot, tmp_path: Path) -> None:
    issue = Issue(Severity.ERROR, "unit", "Wrong.", "Right.", place="Plants!E1")
    refused = RefusedFileDialog(tmp_path / "x.xlsx", (issue,))
    qtbot.addWidget(refused)
    with qtbot.waitSignal(refused.marked_copy_requested) as asked:
        button(refused, "errors").click()
    assert asked.args == [tmp_path / "x.xlsx", (issue,)]
    without = RefusedFileDialog(tmp_path / "x.xlsx", (Issue(Severity.ERROR, "file", "No."),))
    qtbot.addWidget(without)
    assert not [found for found in without.findChildren(QPushButton) if "errors" in found.text()]
