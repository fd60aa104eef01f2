import os
import stat
from pathlib import Path

import pytest

from aluplanner.model.issues import PlanError
from aluplanner.model.plan import Plan
from aluplanner.workbook import write
from aluplanner.workbook.files import replace_file
from aluplanner.workbook.read import read_plan
from aluplanner.workbook.template import write_template
from tests.workbook.books import EXAMPLE


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(b"old")
    return path


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.endswith(".tmp")]


def refusal(path: Path, data: bytes = b"new") -> str:
    with pytest.raises(PlanError) as caught:
        replace_file(path, data)
    (issue,) = caught.value.issues
    assert issue.remedy
    return issue.message


def test_that_the_new_contents_take_the_place_of_the_old(old: Path) -> None:
    replace_file(old, b"new")
    assert old.read_bytes() == b"new"
    assert left_over(old.parent) == []


@pytest.mark.parametrize("step", ["fsync", "open", "replace"])
def test_that_a_failing_write_leaves_the_old_file_untouched(
    old: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    assert "No space left" in refusal(old)
    monkeypatch.undo()
    assert old.read_bytes() == b"old"
    assert left_over(old.parent) == []


def test_that_a_drive_that_loses_bytes_is_noticed(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "read_bytes", lambda path: b"ne")
    assert "does not give back" in refusal(old)
    monkeypatch.undo()
    assert old.read_bytes() == b"old"
    assert left_over(old.parent) == []


def test_that_a_read_only_file_is_not_replaced(old: Path) -> None:
    old.chmod(0o444)
    assert "read-only" in refusal(old)
    assert old.read_bytes() == b"old"


def test_that_the_rights_of_the_file_stay(old: Path) -> None:
    old.chmod(0o640)
    replace_file(old, b"new")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640


def test_that_a_link_still_points_to_the_file(old: Path) -> None:
    link = old.with_name("link.xlsx")
    link.symlink_to(old)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert old.read_bytes() == b"new"


def test_that_a_file_with_two_names_is_not_split(old: Path) -> None:
    os.link(old, old.with_name("other.xlsx"))
    assert "second name" in refusal(old)


def test_that_a_folder_is_not_replaced(tmp_path: Path) -> None:
    assert "folder" in refusal(tmp_path)


def test_that_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "folder is not there" in refusal(tmp_path / "gone" / "plan.xlsx")


def test_that_a_long_name_leaves_room_for_the_temporary_one(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 250 + ".xlsx")
    replace_file(path, b"new")
    assert path.read_bytes() == b"new"


def test_that_a_new_file_has_ordinary_rights(tmp_path: Path) -> None:
    replace_file(tmp_path / "plan.xlsx", b"new")
    (tmp_path / "plain").touch()
    assert (tmp_path / "plan.xlsx").stat().st_mode == (tmp_path / "plain").stat().st_mode


@pytest.mark.parametrize("name", ["plan.xlsm", "plan.csv", "plan"])
def test_that_a_name_excel_would_refuse_is_refused(tmp_path: Path, name: str) -> None:
    for write_it in (write_template, lambda path: write.write_plan(read_plan(EXAMPLE), path)):
        with pytest.raises(PlanError, match=r"ends in \.xlsx"):
            write_it(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_that_a_workbook_that_does_not_give_back_the_plan_is_not_saved(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = read_plan(EXAMPLE)

    def forgetful(given: Plan, besides: object) -> bytes:
        return real(given.with_value("assumptions/load_factor/value", 1.0))

    real = write.plan_bytes
    monkeypatch.setattr(write, "plan_bytes", forgetful)
    with pytest.raises(PlanError, match="does not give back the plan"):
        write.write_plan(plan, old)
    assert old.read_bytes() == b"old"
