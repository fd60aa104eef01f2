import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.ui.dialogs import questions
from aluplanner.workbook.write import write_plan
from tests.ui.analysis.sample import SamplePanel


@pytest.fixture
def answered(panel: SamplePanel, qtbot: QtBot) -> SamplePanel:
    with qtbot.waitSignal(panel.answered):
        panel.run()
    return panel


def answer_dialog(monkeypatch: pytest.MonkeyPatch, name: Path | str, chosen: str = "") -> list[str]:
    """Let the file dialog give this name; return where it suggested to write."""
    asked: list[str] = []

    def ask(_parent: object, _title: str, suggested: str, _filters: str) -> tuple[str, str]:
        asked.append(suggested)
        return str(name), chosen

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    return asked


def test_that_the_suggested_name_says_plan_and_question(
    answered: SamplePanel, monkeypatch: pytest.MonkeyPatch, document: Document
) -> None:
    asked = answer_dialog(monkeypatch, "")
    answered.exports.save_table.trigger()
    answered.exports.save_picture.trigger()
    assert [Path(name).name for name in asked] == [
        "Small – What the plants run.xlsx",
        "Small – What the plants run.png",
    ]
    assert document.path is None


def test_that_files_are_suggested_beside_the_plan(
    answered: SamplePanel, monkeypatch: pytest.MonkeyPatch, document: Document, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "July.aluplan.xlsx"
    with qtbot.waitSignal(document.saved):
        document.save(path)
    asked = answer_dialog(monkeypatch, "")
    answered.exports.save_table.trigger()
    assert asked == [str(tmp_path / "July – What the plants run.xlsx")]


@pytest.mark.parametrize("kind", ["xlsx", "csv", "json"])
def test_that_tables_are_written_in_the_background(
    answered: SamplePanel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot, kind: str
) -> None:
    path = tmp_path / f"answer.{kind}"
    answer_dialog(monkeypatch, path)
    with qtbot.waitSignals([answered.exports.written, answered.said]):
        answered.exports.save_table.trigger()
    if kind == "xlsx":
        book = load_workbook(path, read_only=True)
        assert [cell.value for cell in next(book.active.iter_rows(min_row=4, max_row=4))][:2] == ["North", 900]
        book.close()
    elif kind == "csv":
        assert "North,900.0" in path.read_text(encoding="utf-8-sig")
    else:
        assert json.loads(path.read_text(encoding="utf-8"))["plants"]["North"] == 900.0


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_that_pictures_are_written(
    answered: SamplePanel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot, kind: str
) -> None:
    answer_dialog(monkeypatch, tmp_path / "answer", f"Picture (*.{kind})")
    with qtbot.waitSignal(answered.exports.written) as written:
        answered.exports.save_picture.trigger()
    assert written.args == [tmp_path / f"answer.{kind}"]
    assert (tmp_path / f"answer.{kind}").stat().st_size > 1000


def test_that_a_file_is_not_replaced_unasked_when_the_name_got_its_ending_here(
    answered: SamplePanel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "answer.png").write_text("somebody's")
    answer_dialog(monkeypatch, tmp_path / "answer")
    asked: list[Path] = []

    def refuse(_parent: object, path: Path) -> bool:
        asked.append(path)
        return False

    monkeypatch.setattr(questions, "may_replace", refuse)
    answered.exports.save_picture.trigger()
    assert asked == [tmp_path / "answer.png"]
    assert (tmp_path / "answer.png").read_text() == "somebody's"


def test_that_the_plan_itself_is_never_written_over(
    answered: SamplePanel, monkeypatch: pytest.MonkeyPatch, document: Document, tmp_path: Path
) -> None:
    path = tmp_path / "plan.xlsx"
    write_plan(document.plan, path)
    document.new(document.plan, path)
    with_answer = answered.answer
    assert with_answer is None  # another file takes the answer away
    answered.answer = answered.shown
    reasons: list[str] = []
    monkeypatch.setattr(questions, "tell_failed_write", lambda _parent, _what, why: reasons.append(why))
    before = path.read_bytes()
    answered.exports.write_table(path)
    assert reasons == ["It is the plan itself: choose another name."]
    assert path.read_bytes() == before


def test_that_a_file_that_cannot_be_written_is_told_with_the_reason(
    answered: SamplePanel, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    told: list[str] = []
    monkeypatch.setattr(questions, "tell_failed_write", lambda _parent, what, _why: told.append(what))
    answered.exports.write_picture(tmp_path / "nowhere" / "answer.png")
    answered.exports.write_table(tmp_path / "nowhere" / "answer.xlsx")
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told == ["“answer.png” could not be written.", "“answer.xlsx” could not be written."]


def test_that_the_picture_goes_to_the_clipboard(answered: SamplePanel) -> None:
    answered.exports.copy_picture.trigger()
    image = QGuiApplication.clipboard().image()
    assert isinstance(image, QImage)
    assert image.width() > answered.chart.width()


def test_that_the_table_goes_to_the_clipboard_with_its_headers(answered: SamplePanel) -> None:
    answered.exports.copy_table.trigger()
    assert QGuiApplication.clipboard().text().splitlines()[:2] == [
        "Plant\tOperating (kt/y)\tShare (%)",
        "North\t900\t40.90909090909091%",
    ]


def test_that_the_menu_of_a_chart_leads_on_and_takes_it_out(answered: SamplePanel) -> None:
    menu = answered.chart_menu(answered.chart.hits[0])
    assert [action.text() for action in menu.actions() if action.text()] == [
        "&Go to the cell",
        "Copy &picture",
        "&Save picture …",
        "Copy &table with headers",
        "Save ta&ble …",
    ]
    menu.deleteLater()
