"""What is asked before a file is replaced, and what is kept of the old one."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.plan_file import Doubt, SavingDoubtError
from aluplanner.workbook import losses
from aluplanner.workbook.backups import backup_path
from aluplanner.workbook.read import read_plan
from aluplanner.workbook.write import write_plan
from tests.document.small_plan import small_plan


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "plan.aluplan.xlsx"
    write_plan(small_plan(), made)
    return made


@pytest.fixture
def opened(path: Path, qtbot: QtBot) -> Iterator[Document]:
    made = Document(small_plan())
    made.open(path)
    yield made
    made.close()


def edit(document: Document, value: float = 950.0) -> None:
    document.set_cell("plants", "North", "operating", value)


def saved(document: Document, qtbot: QtBot, *arguments: Any) -> None:
    with qtbot.waitSignal(document.saved):
        document.save(*arguments)


def doubt(document: Document, qtbot: QtBot, *arguments: Any) -> SavingDoubtError:
    with qtbot.waitSignal(document.save_failed) as failed:
        document.save(*arguments)
    error = failed.args[0]
    assert isinstance(error, SavingDoubtError)
    return error


def changes(path: Path) -> list[tuple[Any, ...]]:
    """Return the rows of the sheet Changes that tell of steps."""
    rows = load_workbook(path)["Changes"].iter_rows(values_only=True)
    return [row for row in rows if isinstance(row[0], datetime)]


def test_that_the_previous_version_is_kept_beside_the_file(opened: Document, path: Path, qtbot: QtBot) -> None:
    before = path.read_bytes()
    edit(opened)
    saved(opened, qtbot)
    assert backup_path(path).name == "plan.aluplan.backup.xlsx"
    assert backup_path(path).read_bytes() == before
    assert read_plan(path).plants[0].operating == 950.0


def test_that_saving_without_a_change_leaves_the_file_as_it_was(opened: Document, path: Path, qtbot: QtBot) -> None:
    before, time = path.read_bytes(), path.stat().st_mtime_ns
    saved(opened, qtbot)
    assert path.read_bytes() == before
    assert path.stat().st_mtime_ns == time
    assert not backup_path(path).exists()


def test_that_a_backup_that_cannot_be_kept_is_told_and_the_plan_is_saved(
    opened: Document, path: Path, qtbot: QtBot
) -> None:
    backup_path(path).mkdir()
    edit(opened)
    saved(opened, qtbot)
    assert "folder" in opened.backup_problem
    assert read_plan(path).plants[0].operating == 950.0


def test_that_a_file_somebody_else_saved_is_not_replaced_unasked(opened: Document, path: Path, qtbot: QtBot) -> None:
    other = small_plan().with_value("plants/North/operating", 800.0)
    write_plan(other, path)
    theirs = path.read_bytes()
    edit(opened)
    error = doubt(opened, qtbot)
    assert error.doubt is Doubt.CHANGED
    assert path.read_bytes() == theirs
    assert not opened.is_clean
    with qtbot.waitSignal(opened.saved):
        opened.save(despite=error.answered)
    assert backup_path(path).read_bytes() == theirs
    assert read_plan(path).plants[0].operating == 950.0


def test_that_the_program_knows_its_own_file_again(opened: Document, path: Path, qtbot: QtBot) -> None:
    for value in (950.0, 940.0):
        edit(opened, value)
        saved(opened, qtbot)
    assert read_plan(path).plants[0].operating == 940.0


@pytest.mark.parametrize(
    ("name", "contents", "words"),
    [
        ("~$plan.aluplan.xlsx", b"\x05Zhang" + b" " * 49, "Excel (Zhang)"),
        ("~$an.aluplan.xlsx", b"", "Excel"),
        (".~lock.plan.aluplan.xlsx#", "张伟,zw,desk,22.11.2026,file:///x;".encode(), "LibreOffice (张伟)"),
    ],
)
def test_that_a_file_that_is_open_elsewhere_is_not_replaced_unasked(
    opened: Document, path: Path, qtbot: QtBot, name: str, contents: bytes, words: str
) -> None:
    path.with_name(name).write_bytes(contents)
    before = path.read_bytes()
    edit(opened)
    error = doubt(opened, qtbot)
    assert (error.doubt, error.details) == (Doubt.IN_USE, (words,))
    assert path.read_bytes() == before


def test_that_what_cannot_be_kept_is_named_and_only_a_new_file_is_written(
    opened: Document, path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(losses, "what_saving_loses", lambda source: ("a signature",))
    before = path.read_bytes()
    edit(opened)
    error = doubt(opened, qtbot)
    assert (error.doubt, error.details) == (Doubt.LOSES, ("a signature",))
    new = path.with_name("new.aluplan.xlsx")
    saved(opened, qtbot, new)
    assert path.read_bytes() == before
    edit(opened, 940.0)
    saved(opened, qtbot)
    assert read_plan(new).plants[0].operating == 940.0


def test_that_the_changes_say_what_was_done_one_row_a_step(opened: Document, path: Path, qtbot: QtBot) -> None:
    edit(opened)
    edit(opened, 960.0)
    opened.undo_stack.undo()
    saved(opened, qtbot)
    (row,) = changes(path)
    assert "plants/North/operating" in row
    assert "950" in row


def test_that_a_drag_is_one_row_of_the_changes(opened: Document, path: Path, qtbot: QtBot) -> None:
    origin = object()
    opened.begin_gesture("Drag", origin)
    for value in (910.0, 920.0, 930.0):
        opened.set_cells("plants", [(0, "operating", value)], origin=origin)
    opened.end_gesture()
    saved(opened, qtbot)
    (row,) = changes(path)
    assert "930" in row


def test_that_a_step_taken_back_after_it_was_saved_is_told_as_well(opened: Document, path: Path, qtbot: QtBot) -> None:
    edit(opened)
    edit(opened, 960.0)
    saved(opened, qtbot)
    opened.undo_stack.undo()
    saved(opened, qtbot)
    first, second, third = changes(path)
    assert ("950" in first, "960" in second, "950" in third) == (True, True, True)
    assert any("Undo" in str(cell) for cell in third)


def test_that_the_changes_of_former_days_stay(opened: Document, path: Path, qtbot: QtBot) -> None:
    edit(opened)
    saved(opened, qtbot)
    opened.open(path)
    edit(opened, 960.0)
    saved(opened, qtbot)
    assert len(changes(path)) == 2


def test_that_a_version_that_was_merged_may_be_replaced(opened: Document, path: Path, qtbot: QtBot) -> None:
    write_plan(small_plan().with_value("plants/North/operating", 800.0), path)
    edit(opened)
    opened.acknowledge(read_plan(path))
    saved(opened, qtbot)
    assert read_plan(path).plants[0].operating == 950.0


def test_that_what_else_was_done_to_a_version_that_was_merged_stays(opened: Document, path: Path, qtbot: QtBot) -> None:
    edit(opened)
    saved(opened, qtbot)
    book = load_workbook(path)
    book.create_sheet("Thoughts")["A1"] = "of a colleague"
    book.save(path)
    edit(opened, 940.0)
    assert doubt(opened, qtbot).doubt is Doubt.CHANGED
    opened.acknowledge(read_plan(path))
    saved(opened, qtbot)
    assert load_workbook(path)["Thoughts"]["A1"].value == "of a colleague"
    assert [row[4:6] for row in changes(path)] == [("900", "950"), ("950", "940")]


def test_that_the_program_knows_what_it_is_writing_when_it_saves_again(
    opened: Document, path: Path, qtbot: QtBot
) -> None:
    failures: list[Exception] = []
    opened.save_failed.connect(failures.append)
    edit(opened)
    opened.save()
    edit(opened, 940.0)
    opened.save()
    qtbot.waitUntil(lambda: not opened.is_saving)
    assert not failures
    assert read_plan(path).plants[0].operating == 940.0
    assert len(changes(path)) == 2


def test_that_saving_again_goes_to_the_file_that_is_being_written(
    opened: Document, path: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    before, other = path.read_bytes(), tmp_path / "other.xlsx"
    edit(opened)
    opened.save(other)
    edit(opened, 940.0)
    opened.save()
    qtbot.waitUntil(lambda: not opened.is_saving)
    assert path.read_bytes() == before
    assert read_plan(other).plants[0].operating == 940.0


def test_that_a_step_taken_back_while_it_is_saved_is_told_as_well(opened: Document, path: Path, qtbot: QtBot) -> None:
    edit(opened)
    opened.save()
    opened.undo_stack.undo()
    qtbot.waitUntil(lambda: not opened.is_saving)
    edit(opened, 940.0)
    saved(opened, qtbot)
    assert [row[4:6] for row in changes(path)] == [("900", "950"), ("950", "900"), ("900", "940")]
