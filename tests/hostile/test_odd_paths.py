"""What is no file at all, or no file like others, is told in a sentence and never waited for."""

import os
import socket
from pathlib import Path

import pytest

from aluplanner.workbook.read import read_workbook
from tests.hostile.checks import check_words
from tests.hostile.package_parts import book
from tests.hostile.reading_apart import read_apart

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs the files of a Unix system")


def assert_cannot_be_opened(path: str | Path) -> None:
    result = read_workbook(path)
    check_words(result)
    assert result.plan is None
    assert [issue.code for issue in result.issues] == ["file"]


def test_that_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert_cannot_be_opened(tmp_path / "none.xlsx")


def test_that_a_folder_is_told_from_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "plan.xlsx"
    folder.mkdir()
    assert_cannot_be_opened(folder)


def test_that_a_file_inside_a_file_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(book())
    assert_cannot_be_opened(tmp_path / "plan.xlsx" / "plan.xlsx")


def test_that_links_that_lead_to_each_other_are_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").symlink_to(tmp_path / "b.xlsx")
    (tmp_path / "b.xlsx").symlink_to(tmp_path / "a.xlsx")
    assert_cannot_be_opened(tmp_path / "a.xlsx")


@pytest.mark.parametrize("name", ["a\0b.xlsx", "n" * 5000 + ".xlsx", "half \ud800.xlsx", ""])
def test_that_a_name_no_file_can_have_is_told(name: str, tmp_path: Path) -> None:
    assert_cannot_be_opened(f"{tmp_path}/{name}")


def test_that_a_socket_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("s.xlsx")
        assert_cannot_be_opened("s.xlsx")


def test_that_nobody_waits_for_a_pipe_that_says_nothing(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    pipe = tmp_path / "pipe.xlsx"
    os.mkfifo(pipe)
    found = read_apart(pipe, pytestconfig.rootpath, timeout=20)
    assert found.codes == {"file"}


def test_that_a_device_without_an_end_is_no_file(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    link = tmp_path / "endless.xlsx"
    link.symlink_to("/dev/zero")
    found = read_apart(link, pytestconfig.rootpath, timeout=20)
    assert found.codes == {"file"}


def test_that_a_file_of_terabytes_is_not_taken_into_memory(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    path = tmp_path / "huge.xlsx"
    with path.open("wb") as file:
        file.write(book())
        file.truncate(1 << 41)  # takes no room on the disk
    found = read_apart(path, pytestconfig.rootpath, timeout=20)
    assert found.codes == {"too-large"}
    assert found.own < 500


def test_that_a_link_to_a_workbook_is_followed(tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(book())
    (tmp_path / "link.xlsx").symlink_to("plan.xlsx")
    assert read_workbook(tmp_path / "link.xlsx").plan is not None


def test_that_a_name_in_other_letters_opens(tmp_path: Path) -> None:
    path = tmp_path / "电解铝 plan – “2017”\udce9.xlsx"
    path.write_bytes(book())
    assert read_workbook(path).plan is not None
