"""``aluplanner compare`` on the 2017 case."""

import json
from pathlib import Path

import openpyxl
import pytest

from aluplanner.cli import main
from aluplanner.model.scenarios import BASE
from aluplanner.model.solver import solve
from aluplanner.resources import resource_path
from aluplanner.workbook.read import read_plan

CASE = resource_path("examples", "china-2017.xlsx")
STRONG = "Strong enforcement H2"


def no_window(file: Path, out: Path) -> None:
    raise AssertionError(f"no window was asked for: {file} {out}")


def run(*arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments], no_window)


def test_that_inputs_and_measures_are_printed_side_by_side(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("compare", CASE, "--scenarios", BASE, STRONG, "--measure", "price 2018-12 end") == 0
    printed = capsys.readouterr().out
    line = next(line for line in printed.splitlines() if "Xinjiang second round" in line and "Implementation" in line)
    assert line.split()[-6:] == ["+60", "pp", "Strong", "enforcement", "H2", "Complete."]
    balance = next(line for line in printed.splitlines() if line.startswith("Balance") and "2017H2" in line)
    assert balance.split() == ["Balance", "2017H2", "kt", "+1,994", "+435", "−1,559"]
    assert printed.index("Price, last month") < printed.index("Balance  ")


def test_that_json_has_every_value_in_full_precision(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("compare", CASE, "--scenarios", "weak demand", STRONG, BASE, "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["scenarios"] == ["Weak demand", STRONG, BASE]
    plan = read_plan(CASE)
    balance = next(row for row in data["measures"] if row["measure"] == "balance 2017H2 sum")
    assert balance["values"] == [solve(plan, name).measure("balance 2017H2 sum") for name in data["scenarios"]]
    july = next(row for row in data["inputs"] if row["address"] == "monthly/2017-07/consumption_change")
    assert july["values"] == [-71.6, 0.0, 0.0]
    assert july["layers"] == ["Weak demand", BASE, BASE]


def test_that_without_scenarios_all_are_compared_and_one_alone_with_the_base(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("compare", CASE, "--json") == 0
    assert len(json.loads(capsys.readouterr().out)["scenarios"]) == 11
    assert run("compare", CASE, "--json", "--scenarios", STRONG) == 0
    assert json.loads(capsys.readouterr().out)["scenarios"] == [BASE, STRONG]


def test_that_tolerances_hide_what_is_nearly_equal(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("compare", CASE, "--scenarios", BASE, STRONG, "--json", "--absolute", "1", "--relative", "0.1") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["nearly_equal"] > 0
    changes = [row["changes"][1] for row in data["inputs"]]
    assert all(change is None or abs(change) > 1 for change in changes)


def test_that_the_answer_goes_to_a_workbook_as_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "compared.xlsx"
    assert run("compare", CASE, "--scenarios", BASE, STRONG, "--out", out) == 0
    assert capsys.readouterr().out == ""
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["Inputs", "Measures"]
    rows = list(book["Measures"].iter_rows(values_only=True))
    balance = next(row for row in rows if row[:2] == ("Balance", "2017H2"))
    assert balance[5] == pytest.approx(balance[4] - balance[3])
    inputs = list(book["Inputs"].iter_rows(values_only=True))
    assert ("Actions", "Xinjiang second round", "Implementation", "%", 40, 100, 60) in {row[:7] for row in inputs}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--scenarios", "Nobody's"], "There is no scenario “Nobody's”"),
        (["--measure", "weather 2017 sum"], "There is no series “weather”"),
        (["--absolute", "-1"], "A tolerance is a number of 0 or more"),
        (["--relative", "nan"], "A tolerance is a number of 0 or more"),
        (["--out", "answer.docx"], "Answers are written as"),
    ],
)
def test_that_wrong_usage_ends_with_2_and_says_what_is_right(
    arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("compare", CASE, *arguments) == 2
    assert says in capsys.readouterr().err


def test_that_a_plan_with_errors_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("compare", tmp_path / "missing.xlsx") == 1
    assert "missing.xlsx" in capsys.readouterr().err
