from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from aluplanner.document import edits
from aluplanner.document.document import Document
from aluplanner.document.new_plan import empty_plan
from aluplanner.ui.panels.claims import ClaimsMatrix, ClaimsPanel


def test_that_every_claim_is_told_for_every_scenario(document: Document, qtbot: QtBot) -> None:
    matrix = ClaimsMatrix(document)
    tester = QAbstractItemModelTester(matrix, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert [matrix.headerData(i, matrix_orientation()) for i in range(matrix.columnCount())] == [
        "Claim", "Base", "Strict", "Stricter",
    ]  # fmt: skip
    assert [matrix.index(1, column).data()[0] for column in (1, 2, 3)] == ["✓", "✓", "✓"]
    with qtbot.waitSignal(document.all_solved):
        document.set_cell("claims", "North runs", "relation", "<")
    assert [matrix.index(1, column).data()[0] for column in (1, 2, 3)] == ["✗", "✗", "✗"]
    del tester


def matrix_orientation() -> object:
    from PySide6.QtCore import Qt

    return Qt.Orientation.Horizontal


def test_that_new_scenarios_get_their_column(document: Document, qtbot: QtBot) -> None:
    matrix = ClaimsMatrix(document)
    with qtbot.waitSignal(document.all_solved):
        document.apply(edits.duplicate_rows(document.plan, "scenarios", [0]), "Duplicate")
    assert matrix.columnCount() == 5
    assert matrix.index(0, 2).data() == matrix.index(0, 3).data()


def test_that_a_claim_leads_to_its_row(document: Document, qtbot: QtBot) -> None:
    panel = ClaimsPanel(document)
    qtbot.addWidget(panel)
    with qtbot.waitSignal(panel.jump_requested) as jumped:
        panel.view.doubleClicked.emit(panel.model.index(1, 2))
    assert jumped.args == ["North runs"]


def test_that_a_plan_without_claims_says_where_they_come_from(document: Document, qtbot: QtBot) -> None:
    panel = ClaimsPanel(document)
    qtbot.addWidget(panel)
    panel.show()
    assert panel.view.isVisible()
    document.new(empty_plan())
    assert not panel.view.isVisible()
