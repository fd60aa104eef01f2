"""Merging another copy into the open plan, and comparing with one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from aluplanner.analysis.differences import plan_differences
from aluplanner.analysis.merging import Side, merge_plans
from aluplanner.document.document import Document
from aluplanner.document.edits import delete_rows
from aluplanner.document.preferences import Preferences
from aluplanner.model.plan import Plan
from aluplanner.model.plants import Plant
from aluplanner.ui import copies as copies_module
from aluplanner.ui.copies import Copies
from aluplanner.ui.dialogs.compare import CompareDialog
from aluplanner.ui.dialogs.differences import DifferenceModel
from aluplanner.ui.dialogs.merge import MergeDialog
from aluplanner.ui.dialogs.merge_model import BEFORE, CHECK, MINE, WHERE, YOURS, ConflictModel
from aluplanner.ui.dialogs.refused_file import RefusedFileDialog
from aluplanner.workbook.write import write_plan
from tests.document.small_plan import small_plan

BASE = small_plan()
THEIRS = Path("theirs.xlsx")
Check = Qt.CheckState


def mine() -> Plan:
    return BASE.with_cells({"plants/North/built": 1100.0, "actions/Cut/note": "asked in May"})


def yours() -> Plan:
    plan = BASE.with_cells(
        {"plants/North/built": 1200.0, "plants/North/note": "seen", "demand/Cables/consumption": 7.0}
    )
    return plan.with_table(plan.plants.replaced((*plan.plants, Plant("East", built=100.0))))


def text(model: ConflictModel | DifferenceModel, row: int, column: int, parent: QModelIndex | None = None) -> object:
    return model.data(model.index(row, column, parent or QModelIndex()))


@pytest.fixture
def dialog(document: Document, qtbot: QtBot) -> Iterator[MergeDialog]:
    document.apply(mine(), "Edit")
    made = MergeDialog(document, yours(), THEIRS)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.set_base(BASE, "base.xlsx")
    made.show()
    yield made
    made.reject()


def test_that_the_conflicts_keep_qts_rules(qtmodeltester: ModelTester) -> None:
    model = ConflictModel()
    qtmodeltester.check(model)
    model.show_merge(merge_plans(BASE, mine(), yours()), "theirs.xlsx")
    qtmodeltester.check(model)
    model.decide_all(Side.MINE)
    model.show_merge(merge_plans(None, mine(), yours()), "theirs.xlsx")


def test_that_the_differences_keep_qts_rules(qtmodeltester: ModelTester) -> None:
    model = DifferenceModel()
    qtmodeltester.check(model)
    model.show_differences(BASE, yours(), plan_differences(BASE, yours()), ("Here", "There"))
    qtmodeltester.check(model)
    model.show_differences(BASE, BASE, (), ("Here", "There"))


def test_that_each_conflict_shows_what_was_and_what_either_copy_says(dialog: MergeDialog) -> None:
    model = dialog.conflicts
    assert [text(model, 0, column) for column in (WHERE, BEFORE, MINE, YOURS)] == [
        *("Plants › North › Built (kt/y)", "1,000", "1,100", "1,200"),
    ]
    assert "seen" in dialog.details.toPlainText()


def test_that_what_comes_by_itself_is_counted_by_table(dialog: MergeDialog) -> None:
    model = dialog.tree.differences
    plants = model.index(0, 0)
    assert [text(model, row, column) for row in range(2) for column in (0, 1)] == [
        *("Plants", "1 changed, 1 added", "Demand", "1 changed"),
    ]
    assert [text(model, 0, column, plants) for column in range(4)] == ["North", "Note", "blank", "seen"]
    assert [text(model, 1, column, plants) for column in range(4)] == ["East", "+ row added", "", "Built 100"]


def test_that_merging_waits_until_everything_is_decided(dialog: MergeDialog, document: Document) -> None:
    assert not dialog.take.isEnabled()
    before = document.plan
    dialog.accept()
    assert document.plan is before
    dialog.conflicts.decide([0], Side.YOURS)
    assert dialog.take.isEnabled()


def test_that_merging_is_one_step(dialog: MergeDialog, document: Document) -> None:
    before, steps = document.plan, document.undo_stack.count()
    dialog.conflicts.decide([0], Side.YOURS)
    dialog.accept()
    assert document.plan.plants.keys == ("North", "South", "West", "East")
    assert (document.plan.plants[0].built, document.plan.plants[0].note) == (1200.0, "seen")
    assert document.plan.actions[0].note == "asked in May"
    assert document.undo_stack.count() == steps + 1
    assert document.undo_stack.undoText() == "Merged theirs.xlsx"
    document.undo_stack.undo()
    assert document.plan is before


def test_that_space_chooses_the_version_under_the_cursor(dialog: MergeDialog, qtbot: QtBot) -> None:
    model = dialog.conflicts
    assert dialog.table.currentIndex().column() == MINE
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert (model.data(model.index(0, MINE), CHECK), model.data(model.index(0, YOURS), CHECK)) == (
        *(Check.Checked, Check.Unchecked),
    )
    qtbot.keyClick(dialog.table, Qt.Key.Key_Right)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert model.answers == {model.conflict(0).about: Side.YOURS}


def test_that_a_click_chooses_a_version(dialog: MergeDialog, qtbot: QtBot) -> None:
    place = dialog.table.visualRect(dialog.conflicts.index(0, YOURS)).center()
    qtbot.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert dialog.conflicts.answers == {dialog.conflicts.conflict(0).about: Side.YOURS}
    place = dialog.table.visualRect(dialog.conflicts.index(0, WHERE)).center()
    qtbot.mouseClick(dialog.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert dialog.conflicts.answers == {dialog.conflicts.conflict(0).about: Side.YOURS}


def test_that_all_conflicts_are_decided_at_once(dialog: MergeDialog) -> None:
    dialog.without_base.click()
    assert len(dialog.conflicts.open_rows) == 4
    assert dialog.table.isColumnHidden(BEFORE)
    dialog.all_mine.click()
    assert dialog.conflicts.open_rows == []
    dialog.all_yours.click()
    assert set(dialog.conflicts.answers.values()) == {Side.YOURS}


def test_that_answers_stay_when_the_plan_changes_meanwhile(dialog: MergeDialog, document: Document) -> None:
    dialog.conflicts.decide([0], Side.YOURS)
    document.set_cell("plants", "West", "built", 850.0)
    assert dialog.conflicts.open_rows == []
    dialog.accept()
    assert [plant.built for plant in document.plan.plants] == [1200.0, 600.0, 850.0, 100.0]


def test_that_a_row_taken_out_here_and_changed_there_says_so(document: Document, qtbot: QtBot) -> None:
    document.apply(delete_rows(BASE, "plants", [2]), "Delete")
    made = MergeDialog(document, BASE.with_value("plants/West/built", 900.0), THEIRS)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.set_base(BASE, "base.xlsx")
    assert [text(made.conflicts, 0, column) for column in (WHERE, MINE, YOURS)] == [
        *("Plants › West", "row taken out", "Built 800 → 900"),
    ]
    made.reject()


def test_that_a_copy_with_nothing_new_is_not_merged(document: Document, qtbot: QtBot) -> None:
    made = MergeDialog(document, document.plan, THEIRS)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    assert not made.take.isEnabled()
    made.reject()


# Files


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def copies(document: Document, window: QWidget, tmp_path: Path) -> Copies:
    preferences = Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    return Copies(document, preferences, window)


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path | None], None]:
    def answer(path: Path | None) -> None:
        monkeypatch.setattr(copies_module, "ask_for_copy", lambda *_: path)

    return answer


Choose = Callable[[Path | None], None]


def opened(copies: Copies, act: Callable[[], None]) -> list[QDialog]:
    found: list[QDialog] = []
    copies.asked.connect(found.append)
    act()
    return found


def test_that_a_copy_is_read_and_merged_from_the_menu(
    copies: Copies, document: Document, choose: Choose, tmp_path: Path, window: QWidget
) -> None:
    path = tmp_path / "theirs.xlsx"
    write_plan(BASE.with_value("plants/West/built", 900.0), path)
    choose(path)
    said: list[str] = []
    copies.said.connect(said.append)
    (dialog,) = opened(copies, copies.merge)
    assert isinstance(dialog, MergeDialog)
    write_plan(BASE, tmp_path / "base.xlsx")
    choose(tmp_path / "base.xlsx")
    dialog.choose_base.click()
    assert dialog.conflicts.rowCount() == 0
    dialog.accept()
    assert document.plan.plants[2].built == 900.0
    assert said == ["Merged theirs.xlsx"]


def test_that_errors_of_the_merged_plan_are_told(copies: Copies, document: Document) -> None:
    said: list[str] = []
    copies.said.connect(said.append)
    asked: list[bool] = []
    copies.issues_requested.connect(lambda: asked.append(True))
    dialog = copies.merge_with(THEIRS, BASE.with_value("plants/West/built", 1.0))
    dialog.conflicts.decide_all(Side.YOURS)
    dialog.accept()
    assert said == ["Merged theirs.xlsx; errors: 1"]
    assert asked == [True]


def test_that_a_file_that_is_no_plan_is_refused_with_the_reason(
    copies: Copies, choose: Choose, window: QWidget, tmp_path: Path
) -> None:
    path = tmp_path / "letter.xlsx"
    path.write_bytes(b"Dear Sir")
    choose(path)
    assert opened(copies, copies.merge) == []
    (refused,) = window.findChildren(RefusedFileDialog)
    refused.reject()


def test_that_nothing_happens_without_a_file(copies: Copies, choose: Choose) -> None:
    choose(None)
    assert opened(copies, copies.merge) == []
    assert opened(copies, copies.compare) == []


def test_that_comparing_follows_the_plan(copies: Copies, document: Document) -> None:
    dialog = copies.compare_with(THEIRS, BASE.with_value("plants/West/built", 900.0))
    model = dialog.tree.differences
    assert [text(model, 0, column, model.index(0, 0)) for column in range(4)] == [
        *("West", "Built (kt/y)", "900", "800"),
    ]
    document.set_cell("plants", "West", "built", 900.0)
    assert model.rowCount() == 0
    dialog.reject()


def test_that_a_difference_leads_to_its_cell(copies: Copies) -> None:
    jumps: list[tuple[str, str, str]] = []
    copies.jump_requested.connect(lambda *place: jumps.append(place))
    dialog = copies.compare_with(THEIRS, BASE.with_value("plants/West/built", 900.0))
    model = dialog.tree.differences
    dialog.tree.activated.emit(model.index(0, 0))
    dialog.tree.activated.emit(model.index(0, 0, model.index(0, 0)))
    assert jumps == [("plants", "West", "built")]
    dialog.reject()


def test_that_the_differences_are_copied_as_a_block(document: Document, qtbot: QtBot) -> None:
    plan = BASE.with_table(BASE.plants.replaced([replace(BASE.plants[0], note="two\nlines"), *BASE.plants[1:]]))
    dialog = CompareDialog(document, plan, THEIRS)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.copy_list.click()
    assert QGuiApplication.clipboard().text().splitlines() == [
        "Table\tRow\tColumn\ttheirs.xlsx\tHere",
        'Plants\tNorth\tNote\t"two',
        'lines"\t',
    ]
    dialog.reject()
