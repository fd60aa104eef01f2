from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.model.issues import Issue, Severity
from aluplanner.ui.panels.issues import (
    MESSAGE,
    SEVERITY,
    SHEET_PLACE,
    WHERE,
    IssuesModel,
    IssuesPanel,
    IssuesView,
    where_text,
)

ERROR = Issue(Severity.ERROR, "b", "Wrong.", "Mend it.", "plants", "North", "cash_cost")
WARNING = Issue(Severity.WARNING, "a", "Doubtful.", table="plan")


def test_that_an_issue_is_told_in_words(qapp: QApplication) -> None:
    model = IssuesModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_issues((ERROR, WARNING))
    assert [model.index(0, column).data() for column in range(4)] == [
        "Error", "Plants › North › cash cost", "Wrong.", "Mend it.",
    ]  # fmt: skip
    assert model.index(1, SEVERITY).data() == "Warning"
    assert not model.index(0, SEVERITY).data(Qt.ItemDataRole.DecorationRole).isNull()
    del tester


def test_that_a_place_told_in_words_gets_more_room_than_a_cell_of_a_sheet(qtbot: QtBot) -> None:
    words, cells = IssuesView(), IssuesView(place=SHEET_PLACE)
    for view in (words, cells):
        qtbot.addWidget(view)
    text = "Actions › Xinjiang April order › implementation"
    assert words.fontMetrics().horizontalAdvance(text) < words.columnWidth(WHERE)
    assert (
        cells.fontMetrics().horizontalAdvance("Uncertainty!I125") < cells.columnWidth(WHERE) < words.columnWidth(WHERE)
    )


def test_that_an_issue_of_a_file_names_sheet_and_cell() -> None:
    assert where_text(Issue(Severity.ERROR, "x", "Wrong.", table="plants", place="Plants!E5")) == "Plants!E5"


def test_that_the_panel_follows_the_plan(document: Document, qtbot: QtBot) -> None:
    panel = IssuesPanel(document)
    qtbot.addWidget(panel)
    panel.show()
    assert not panel.view.isVisible()
    with qtbot.waitSignal(panel.counted, check_params_cb=lambda errors, warnings: (errors, warnings) == (1, 0)):
        document.set_cell("plants", "North", "operating", 5000.0)
    assert panel.view.isVisible()
    with qtbot.waitSignal(panel.counted, check_params_cb=lambda errors, warnings: errors + warnings == 0):
        document.undo_stack.undo()
    assert not panel.view.isVisible()


def test_that_a_double_click_asks_for_the_cell_whatever_the_order(document: Document, qtbot: QtBot) -> None:
    panel = IssuesPanel(document)
    qtbot.addWidget(panel)
    panel.view.issues_model.show_issues((ERROR, WARNING))
    panel.view.sortByColumn(MESSAGE, Qt.SortOrder.AscendingOrder)
    assert panel.view.model().index(0, MESSAGE).data() == "Doubtful."
    with qtbot.waitSignal(panel.jump_requested) as jumped:
        panel.view.doubleClicked.emit(panel.view.model().index(1, WHERE))
    assert jumped.args == [ERROR]
    panel.view.setCurrentIndex(panel.view.model().index(0, WHERE))
    with qtbot.waitSignal(panel.jump_requested) as jumped:
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert jumped.args == [WARNING]


def test_that_errors_sort_before_warnings(document: Document, qtbot: QtBot) -> None:
    panel = IssuesPanel(document)
    qtbot.addWidget(panel)
    panel.view.issues_model.show_issues((WARNING, ERROR))
    panel.view.sortByColumn(SEVERITY, Qt.SortOrder.AscendingOrder)
    assert panel.view.model().index(0, SEVERITY).data() == "Error"
