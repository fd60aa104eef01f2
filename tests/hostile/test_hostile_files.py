"""Every hostile, broken or odd file gives a plan or sentences, in time, and is left as it was."""

import hashlib
import sys
import time
from pathlib import Path
from typing import Final

import pytest

from aluplanner.workbook.read import read_bytes, read_workbook
from tests.hostile.case import ANYTHING, Case
from tests.hostile.checks import check
from tests.hostile.collection import CASES
from tests.hostile.reading_apart import read_apart

MOST_SECONDS: Final = 13
"""Ten for reading, and what a busy machine takes to start and end the process that reads."""
MOST_MEGABYTES: Final = 1024

LIGHT: Final = [case for case in CASES if not case.is_heavy]
HEAVY: Final = [case for case in CASES if case.is_heavy]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@pytest.mark.parametrize("case", LIGHT, ids=lambda case: case.name)
def test_that_a_file_is_read_or_refused_in_words(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(case.make())
    before = _digest(path)
    started = time.perf_counter()
    result = read_workbook(path)
    seconds = time.perf_counter() - started
    check(case, result)
    assert seconds < MOST_SECONDS
    assert _digest(path) == before


@pytest.mark.parametrize("case", LIGHT, ids=lambda case: case.name)
def test_that_bytes_are_judged_as_files_are(case: Case) -> None:
    check(case, read_bytes(case.make()))


@pytest.mark.skipif(sys.platform == "win32", reason="needs a Unix system to measure memory")
@pytest.mark.parametrize("case", HEAVY, ids=lambda case: case.name)
def test_that_a_file_that_grows_takes_less_than_a_gigabyte(
    case: Case, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(case.make())
    before = _digest(path)
    found = read_apart(path, pytestconfig.rootpath)
    assert case.expected == ANYTHING or found.codes & case.expected
    assert found.seconds < MOST_SECONDS
    assert found.own < MOST_MEGABYTES
    assert found.started < MOST_MEGABYTES
    assert _digest(path) == before


def test_that_no_two_files_have_one_name() -> None:
    assert len({case.name for case in CASES}) == len(CASES)


def test_that_files_of_every_kind_are_made() -> None:
    codes = {code for case in CASES for code in case.expected}
    assert codes >= {"empty", "encrypted", "dtd", "bad-reference", "too-many-texts", "duplicate-part", "opens"}
    assert len(CASES) >= 150
