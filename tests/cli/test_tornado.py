"""``aluplanner tornado`` on the 2017 case."""

import json
from pathlib import Path

import openpyxl
import pytest

from aluplanner.analysis.tornado import tornado
from aluplanner.cli import main
from aluplanner.resources import resource_path
from aluplanner.workbook.read import read_plan

CASE = resource_path("examples", "china-2017.xlsx")
BALANCE = "balance 2017H2 sum"


def no_window(file: Path, out: Path) -> None:
    raise AssertionError(f"no window was asked for: {file} {out}")


def run(*arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments], no_window)


def test_that_the_longest_bars_are_printed_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("tornado", CASE, "--measure", BALANCE, "--top", "2") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Tornado of balance 2017H2 sum, Base"
    assert lines[2].split()[:2] == ["Load", "factor"]
    assert lines[3].split() == [
        *("Shandong", "clean-up,", "Implementation", "20", "%", "…", "100", "%", "60", "%", "60", "%"),
        *("+2,201", "+1,786", "415"),
    ]
    assert "Shorter bars that are not shown: 23." in lines


def test_that_factors_are_moved_as_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("tornado", CASE, "--measure", BALANCE, "--by", "factor") == 0
    assert "policy resolve (7 cells)" in capsys.readouterr().out


def test_that_json_has_full_precision(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("tornado", CASE, "--measure", BALANCE, "--scenario", "weak demand", "--json") == 0
    answer = tornado(read_plan(CASE), BALANCE, scenario="Weak demand")
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(answer.as_json()))


def test_that_the_answer_goes_to_a_workbook_as_numbers(tmp_path: Path) -> None:
    out = tmp_path / "tornado.xlsx"
    assert run("tornado", CASE, "--measure", BALANCE, "--out", out) == 0
    sheet = openpyxl.load_workbook(out)["Tornado"]
    assert sheet["A3"].value == "Input"
    assert sheet["G4"].value == pytest.approx(tornado(read_plan(CASE), BALANCE).bars[0].swing)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--measure", "balance 2017H9 sum"), "is not a period"),
        (("--measure", BALANCE, "--scenario", "Nobody's"), "There is no scenario"),
        (("--measure", BALANCE, "--top", "0"), "from 1 on"),
        (("--measure", BALANCE, "--out", "tornado.docx"), ".xlsx, .csv, .json"),
    ],
)
def test_that_wrong_usage_ends_with_2_and_a_sentence(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("tornado", CASE, *arguments) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""
