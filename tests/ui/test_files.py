"""New, open, save: nothing unsaved is lost, nothing broken replaces what is open."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.plan_file import Doubt, SavingDoubtError
from aluplanner.document.preferences import Preferences
from aluplanner.resources import resource_path
from aluplanner.ui.dialogs import questions
from aluplanner.ui.dialogs.questions import Answer
from aluplanner.ui.dialogs.refused_file import RefusedFileDialog
from aluplanner.ui.files import Files
from aluplanner.workbook.read import read_plan
from aluplanner.workbook.write import write_plan
from tests.document.small_plan import small_plan

Answers = Callable[[str, object], list[object]]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def files(document: Document, window: QWidget, tmp_path: Path) -> Files:
    preferences = Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    return Files(document, preferences, window)


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Return a function that sets the answer to a question and gives the list of how it was asked."""

    def answer(question: str, reply: object) -> list[object]:
        asked: list[object] = []

        def ask(_parent: QWidget, *details: object) -> object:
            asked.append(details)
            return reply

        monkeypatch.setattr(questions, question, ask)
        return asked

    return answer


def edit(document: Document, value: float = 950.0) -> None:
    document.set_cell("plants", "North", "operating", value)


def test_that_the_suggested_name_says_what_kind_of_file_it_is(files: Files) -> None:
    assert files.suggested_path().name == "Small.aluplan.xlsx"


def test_that_a_title_that_is_no_file_name_is_made_one(files: Files, document: Document) -> None:
    document.set_cell("plan", "Title", "value", "H1/H2: what if?")
    assert files.suggested_path().name == "H1-H2- what if-.aluplan.xlsx"


def test_that_a_first_save_asks_where_and_the_next_does_not(
    files: Files, document: Document, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    asked = answers("ask_where_to_save", tmp_path / "a.aluplan.xlsx")
    for _ in range(2):
        edit(document)
        with qtbot.waitSignal(document.saved):
            files.save()
    assert len(asked) == 1
    assert files.name == "a.aluplan.xlsx"


def test_that_nothing_is_asked_while_nothing_is_unsaved(files: Files, document: Document, answers: Answers) -> None:
    asked = answers("ask_to_save", Answer.CANCEL)
    files.new_empty()
    assert not asked
    assert not document.plan.plants


def test_that_cancel_keeps_the_plan(files: Files, document: Document, answers: Answers) -> None:
    asked = answers("ask_to_save", Answer.CANCEL)
    edit(document)
    files.new_empty()
    assert asked == [("Small",)]
    assert document.plan.plants[0].operating == 950.0


def test_that_discard_goes_on_without_saving(files: Files, document: Document, answers: Answers) -> None:
    answers("ask_to_save", Answer.DISCARD)
    edit(document)
    files.new_empty()
    assert not document.plan.plants


def test_that_save_goes_on_after_saving(
    files: Files, document: Document, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    answers("ask_to_save", Answer.SAVE)
    answers("ask_where_to_save", tmp_path / "a.aluplan.xlsx")
    edit(document)
    with qtbot.waitSignal(document.saved):
        files.new_empty()
        assert document.plan.plants
    assert not document.plan.plants
    document.open(tmp_path / "a.aluplan.xlsx")
    assert document.plan.plants[0].operating == 950.0


def test_that_giving_up_on_where_to_save_gives_up_going_on(
    files: Files, document: Document, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    answers("ask_to_save", Answer.SAVE)
    answers("ask_where_to_save", None)
    edit(document)
    files.new_empty()
    assert document.plan.plants
    answers("ask_where_to_save", tmp_path / "a.xlsx")
    with qtbot.waitSignal(document.saved):
        files.save_as()
    assert document.plan.plants


def test_that_what_follows_waits_for_a_save_under_way(
    files: Files, document: Document, tmp_path: Path, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(document.saved):
        document.save(tmp_path / "a.xlsx")
        files.new_empty()
        assert document.plan.plants
    assert not document.plan.plants


def test_that_a_plan_with_errors_is_saved_and_opened_again_with_them(
    files: Files, document: Document, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    answers("ask_where_to_save", tmp_path / "a.xlsx")
    document.enter_texts("plants", [(0, "operating", "5000"), (1, "built", "some 600")])
    with qtbot.waitSignal(document.saved):
        files.save()
    edit(document)
    with qtbot.waitSignal(files.issues_requested):
        assert files.open_now(tmp_path / "a.xlsx")
    assert document.plan.plants[0].operating == 5000.0
    assert document.plan.plants.unread_at(1, "built") == "some 600"
    qtbot.waitUntil(lambda: {issue.code for issue in document.issues if issue.is_error} >= {"unread"})


def test_that_a_save_that_fails_is_told(
    files: Files, document: Document, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    told = answers("ask_after_failed_save", Answer.CANCEL)
    answers("ask_where_to_save", tmp_path / "nowhere" / "a.xlsx")
    edit(document)
    with qtbot.waitSignal(document.save_failed):
        files.save_as()
    assert len(told) == 1
    assert not document.is_clean


def test_that_a_save_that_fails_may_go_to_another_file_and_what_was_to_follow_follows(
    files: Files, document: Document, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    places = [tmp_path / "nowhere" / "a.xlsx", tmp_path / "b.xlsx"]
    monkeypatch.setattr(questions, "ask_to_save", lambda parent, name: Answer.SAVE)
    monkeypatch.setattr(questions, "ask_where_to_save", lambda parent, suggested: places.pop(0))
    monkeypatch.setattr(questions, "ask_after_failed_save", lambda parent, reason: Answer.SAVE)
    followed: list[bool] = []
    edit(document)
    with qtbot.waitSignal(document.saved):
        files.confirm(lambda: followed.append(document.is_clean))
    assert followed == [True]
    assert document.path == tmp_path / "b.xlsx"
    assert not places


def test_that_a_file_without_its_tables_is_refused_with_every_reason_and_the_plan_stays(
    files: Files, document: Document, window: QWidget, tmp_path: Path, qtbot: QtBot
) -> None:
    broken = load_workbook(resource_path("examples", "china-2017.xlsx"))
    del broken["Demand"], broken["Actions"]
    broken.save(tmp_path / "broken.xlsx")
    before = document.plan
    assert not files.open_now(tmp_path / "broken.xlsx")
    assert document.plan is before
    (dialog,) = window.findChildren(RefusedFileDialog)
    assert dialog.view.model().rowCount() >= 2
    assert any("errors. Correct them" in words for words in words_of(dialog))
    dialog.copy()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert len(lines) == dialog.view.model().rowCount() + 1
    assert all(len(line.split("\t")) == 4 for line in lines)
    assert any("Demand" in line for line in lines)
    dialog.reject()


def test_that_a_file_that_is_gone_is_refused_too(
    files: Files, document: Document, window: QWidget, tmp_path: Path
) -> None:
    assert not files.open_now(tmp_path / "gone.xlsx")
    (dialog,) = window.findChildren(RefusedFileDialog)
    assert "“gone.xlsx” could not be opened. The plan that was open stays." in words_of(dialog)
    dialog.reject()


def words_of(dialog: QWidget) -> list[str]:
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_that_opened_and_saved_files_are_recent(
    files: Files, document: Document, answers: Answers, tmp_path: Path, qtbot: QtBot
) -> None:
    preferences = files.preferences
    write_plan(small_plan(), tmp_path / "a.xlsx")
    with qtbot.waitSignal(files.recent_changed):
        assert files.open_now(tmp_path / "a.xlsx")
    answers("ask_where_to_save", tmp_path / "b.xlsx")
    with qtbot.waitSignal(files.recent_changed):
        files.save_as()
    assert preferences.recent_files == (tmp_path / "b.xlsx", tmp_path / "a.xlsx")


@pytest.fixture
def doubtful(monkeypatch: pytest.MonkeyPatch) -> Callable[[Answer], list[SavingDoubtError]]:
    """Return a function that sets the answer to doubts and gives the list of those that were told."""

    def answer(reply: Answer) -> list[SavingDoubtError]:
        told: list[SavingDoubtError] = []

        def ask(_parent: QWidget, doubt: SavingDoubtError) -> Answer:
            told.append(doubt)
            return reply

        monkeypatch.setattr(questions, "ask_despite", ask)
        return told

    return answer


@pytest.fixture
def changed_by_others(files: Files, document: Document, tmp_path: Path) -> Path:
    """Open a file that somebody else saves then, and edit."""
    path = tmp_path / "a.xlsx"
    write_plan(small_plan(), path)
    assert files.open_now(path)
    write_plan(small_plan().with_value("plants/North/built", 1300.0), path)
    edit(document)
    return path


def test_that_a_file_changed_by_others_is_replaced_when_the_planner_says_so(
    files: Files,
    document: Document,
    changed_by_others: Path,
    doubtful: Callable[[Answer], list[SavingDoubtError]],
    qtbot: QtBot,
) -> None:
    told = doubtful(Answer.ANYWAY)
    with qtbot.waitSignal(document.saved):
        files.save()
    assert [one.doubt for one in told] == [Doubt.CHANGED]
    assert read_plan(changed_by_others).plants[0].operating == 950.0


def test_that_a_file_changed_by_others_can_be_merged(
    files: Files,
    document: Document,
    changed_by_others: Path,
    doubtful: Callable[[Answer], list[SavingDoubtError]],
    qtbot: QtBot,
) -> None:
    before = changed_by_others.read_bytes()
    doubtful(Answer.MERGE)
    with qtbot.waitSignal(files.merge_requested) as asked:
        files.save()
    assert asked.args == [changed_by_others]
    assert changed_by_others.read_bytes() == before
    assert not document.is_clean


def test_that_cancel_leaves_a_file_changed_by_others(
    files: Files,
    document: Document,
    changed_by_others: Path,
    doubtful: Callable[[Answer], list[SavingDoubtError]],
    qtbot: QtBot,
) -> None:
    before = changed_by_others.read_bytes()
    doubtful(Answer.CANCEL)
    with qtbot.waitSignal(document.save_failed):
        files.save()
    assert changed_by_others.read_bytes() == before
    assert not document.is_clean


@pytest.mark.parametrize("doubt", Doubt)
def test_that_every_doubt_is_told_in_words_with_a_way_out(window: QWidget, doubt: Doubt) -> None:
    words: list[str] = []

    def press_cancel() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        words.extend([box.text(), box.informativeText(), *(button.text() for button in box.buttons())])
        box.reject()

    QTimer.singleShot(0, press_cancel)
    told = SavingDoubtError(doubt, Path("plan.xlsx"), ("Excel (Zhang)",))
    assert questions.ask_despite(window, told) is Answer.CANCEL
    assert "plan.xlsx" in words[0]
    assert len(words[1]) > 40
    assert any("Save" in word for word in words[2:])


@pytest.mark.parametrize(("reply", "is_taken"), [(Answer.ANYWAY, True), (Answer.CANCEL, False)])
def test_that_a_name_that_gets_its_ending_takes_no_other_file_unasked(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reply: Answer, is_taken: bool
) -> None:
    there = tmp_path / "plan.aluplan.xlsx"
    there.touch()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "plan"), ""))

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        box.buttons()[0 if reply is Answer.ANYWAY else 1].click()

    QTimer.singleShot(0, press)
    assert questions.ask_where_to_save(window, there) == (there if is_taken else None)
