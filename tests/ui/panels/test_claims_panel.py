import json
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from aluplanner.document import edits
from aluplanner.document.document import Document
from aluplanner.document.new_plan import empty_plan
from aluplanner.ui.panels.claims import ClaimsPanel
from aluplanner.ui.panels.claims_matrix import FIRST, LETTERS, MARGIN, ClaimsFilter, ClaimsMatrix
from aluplanner.ui.tables import roles
from tests.document.small_plan import small_plan

HORIZONTAL = Qt.Orientation.Horizontal
COLUMNS = (FIRST, FIRST + 1, FIRST + 2)


def test_that_every_claim_is_told_for_every_scenario(document: Document, qtbot: QtBot) -> None:
    matrix = ClaimsMatrix(document)
    tester = QAbstractItemModelTester(matrix, QAbstractItemModelTester.FailureReportingMode.Fatal)
    titles = [str(matrix.headerData(i, HORIZONTAL)).split("\n")[0] for i in range(matrix.columnCount())]
    assert titles == ["Claim", "Claimed", "Holds in", "Base", "Strict", "Stricter"]
    assert [matrix.index(1, column).data() for column in COLUMNS] == ["✓ holds"] * 3
    with qtbot.waitSignal(document.all_solved):
        document.set_cell("claims", "North runs", "relation", "<")
    assert [matrix.index(1, column).data() for column in COLUMNS] == ["✗ fails"] * 3
    del tester


def test_that_the_margin_stands_in_sight_with_its_sign_and_the_tip_has_the_unit(
    document: Document, qtbot: QtBot
) -> None:
    matrix = ClaimsMatrix(document)
    result = matrix.result(1, FIRST)
    assert result is not None
    assert result.margin is not None
    assert matrix.index(1, FIRST).data(MARGIN) == f"+{result.margin:.4g}"
    tip = matrix.index(1, FIRST).data(roles.TOOL_TIP)
    assert tip.startswith("holds by ")
    assert matrix.unit(1) == "kt/y"
    assert " kt/y" in tip
    assert str(matrix.index(1, 1).data()).endswith("kt/y")
    with qtbot.waitSignal(document.all_solved):
        document.set_cell("claims", "North runs", "relation", "<")
    assert matrix.index(1, FIRST).data(MARGIN).startswith("−")


def test_that_heads_and_rows_sum_up_how_many_hold(document: Document, qtbot: QtBot) -> None:
    matrix = ClaimsMatrix(document)
    count = matrix.rowCount()
    held = sum(str(matrix.index(row, FIRST).data()).startswith("✓") for row in range(count))
    assert matrix.headerData(FIRST, HORIZONTAL) == f"Base\n{held} of {count} hold"
    assert matrix.index(1, 2).data() == "3 of 3"
    with qtbot.waitSignals([document.all_solved, matrix.headerDataChanged]):
        document.set_cell("claims", "North runs", "relation", "<")
    assert matrix.headerData(FIRST, HORIZONTAL) == f"Base\n{held - 1} of {count} hold"
    assert matrix.index(1, 2).data() == "0 of 3"


def test_that_new_scenarios_get_their_column(document: Document, qtbot: QtBot) -> None:
    matrix = ClaimsMatrix(document)
    with qtbot.waitSignal(document.all_solved):
        document.apply(edits.duplicate_rows(document.plan, "scenarios", [0]), "Duplicate")
    assert matrix.columnCount() == FIRST + 4
    assert matrix.index(0, FIRST + 1).data(MARGIN) == matrix.index(0, FIRST + 2).data(MARGIN)


def test_that_only_claims_that_fail_somewhere_can_be_shown(document: Document, qtbot: QtBot) -> None:
    panel = ClaimsPanel(document)
    qtbot.addWidget(panel)
    tester = QAbstractItemModelTester(panel.shown, QAbstractItemModelTester.FailureReportingMode.Fatal)
    failing = [row for row in range(panel.model.rowCount()) if panel.model.is_failing(row)]
    panel.only_failing.click()
    assert panel.shown.rowCount() == len(failing) < panel.model.rowCount()
    with qtbot.waitSignal(document.all_solved):
        document.set_cell("claims", "North runs", "relation", "<")
    assert panel.shown.rowCount() == len(failing) + 1
    panel.only_failing.click()
    assert panel.shown.rowCount() == panel.model.rowCount()
    del tester


def test_that_a_click_on_a_scenario_brings_what_fails_to_the_top(document: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignal(document.all_solved):
        document.set_cell("claims", "North runs", "relation", "<")
    shown = ClaimsFilter(matrix := ClaimsMatrix(document))
    shown.sort(FIRST, Qt.SortOrder.AscendingOrder)
    words = [shown.index(row, FIRST).data() for row in range(matrix.rowCount())]
    assert words == sorted(words, key=lambda word: word.startswith("✓"))
    assert words[0] == "✗ fails"


def test_that_a_claim_leads_to_its_row_also_when_sorted(document: Document, qtbot: QtBot) -> None:
    panel = ClaimsPanel(document)
    qtbot.addWidget(panel)
    panel.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    row = next(r for r in range(panel.shown.rowCount()) if panel.shown.index(r, 0).data() == "North runs")
    with qtbot.waitSignal(panel.jump_requested) as jumped:
        panel.view.doubleClicked.emit(panel.shown.index(row, 2))
    assert jumped.args == ["North runs"]
    panel.view.setCurrentIndex(panel.shown.index(row, 0))
    with qtbot.waitSignal(panel.jump_requested) as jumped:
        qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert jumped.args == ["North runs"]


def test_that_the_summary_follows_the_selected_scenario(document: Document, qtbot: QtBot) -> None:
    panel = ClaimsPanel(document)
    qtbot.addWidget(panel)
    assert panel.summary.text().startswith(f"Base: {panel.model.held('Base')} of {panel.model.rowCount()}")
    with qtbot.waitSignal(document.solved):
        document.select_scenario("Strict")
    assert panel.summary.text().startswith("Strict: ")


def test_that_the_board_goes_to_the_clipboard_and_to_files(document: Document, qtbot: QtBot, tmp_path: Path) -> None:
    panel = ClaimsPanel(document)
    qtbot.addWidget(panel)
    panel.view.setFocus()
    qtbot.keyClick(panel.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    text = QGuiApplication.clipboard().text()
    assert "North runs" in text
    assert "Held of all" in text
    out = tmp_path / "claims.json"
    with qtbot.waitSignal(panel.said) as said:
        panel.save(out)
    assert said.args == ["Wrote claims.json."]
    data = json.loads(out.read_text())
    assert list(data) == ["Base", "Strict", "Stricter"]
    assert {found["claim"] for found in data["Base"]} == {claim.claim for claim in document.plan.claims}
    with qtbot.waitSignal(panel.said) as said:
        panel.save(tmp_path / "no such folder" / "claims.csv")
    assert "claims.csv" in said.args[0]


def test_that_the_verdicts_are_drawn_with_their_margins(document: Document, qtbot: QtBot) -> None:
    panel = ClaimsPanel(document)
    qtbot.addWidget(panel)
    panel.resize(900, 240)
    with qtbot.waitExposed(panel):
        panel.show()
    column = panel.view.columnWidth(FIRST)
    metrics = panel.view.fontMetrics()
    index: QModelIndex = panel.shown.index(1, FIRST)
    assert column >= metrics.horizontalAdvance(index.data()) + metrics.horizontalAdvance(index.data(MARGIN))
    picture = panel.view.viewport().grab(panel.view.visualRect(index)).toImage()
    right = picture.copy(picture.width() * 2 // 3, 0, picture.width() // 3, picture.height())
    ground = right.pixelColor(0, 0)
    assert any(
        right.pixelColor(x, y) != ground for x in range(right.width()) for y in range(2, right.height() - 2)
    )  # fmt: skip


def test_that_a_plan_without_claims_says_where_they_come_from(document: Document, qtbot: QtBot) -> None:
    panel = ClaimsPanel(document)
    qtbot.addWidget(panel)
    panel.show()
    assert panel.view.isVisible()
    document.new(empty_plan())
    assert not panel.view.isVisible()


def test_that_a_scenario_that_is_not_solved_yet_claims_nothing(qtbot: QtBot) -> None:
    document = Document(small_plan())
    matrix = ClaimsMatrix(document)
    assert matrix.headerData(FIRST, HORIZONTAL) == "Base\n…"
    assert matrix.index(0, FIRST).data() is None
    assert matrix.index(0, 2).data() == "0 of 0"
    with qtbot.waitSignal(document.all_solved):
        document.start()
    assert str(matrix.headerData(FIRST, HORIZONTAL)).endswith(" hold")
    document.close()


def test_that_long_names_of_scenarios_stay_apart_in_the_heads(document: Document, qtbot: QtBot) -> None:
    matrix = ClaimsMatrix(document)
    for old, new in (("Strict", "Strict enforcement in the second half"), ("Stricter", "Strict enforcement in winter")):
        with qtbot.waitSignal(document.all_solved):
            document.set_cell("scenarios", old, "scenario", new)
    heads = [str(matrix.headerData(column, HORIZONTAL)).split("\n")[0] for column in COLUMNS]
    assert len(set(heads)) == 3
    assert max(map(len, heads)) <= LETTERS
    tip = matrix.headerData(FIRST + 1, HORIZONTAL, roles.TOOL_TIP)
    assert tip.startswith("Strict enforcement in the second half")


def test_that_columns_are_wide_enough_for_verdicts_that_come_later(qtbot: QtBot) -> None:
    document = Document(small_plan())
    panel = ClaimsPanel(document)
    qtbot.addWidget(panel)
    with qtbot.waitSignal(document.all_solved):
        document.start()
    metrics = panel.view.fontMetrics()
    for column in COLUMNS:
        index = panel.shown.index(1, column)
        words = metrics.horizontalAdvance(index.data()) + metrics.horizontalAdvance(index.data(MARGIN))
        assert panel.view.columnWidth(column) > words
    document.close()
