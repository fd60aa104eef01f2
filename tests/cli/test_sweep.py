"""``aluplanner sweep`` on the 2017 case."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from aluplanner.cli import main
from aluplanner.model.solver import solve
from aluplanner.resources import resource_path
from aluplanner.workbook.read import read_plan

CASE = resource_path("examples", "china-2017.xlsx")
BALANCE = "balance 2017H2 sum"
RATE = ("--vary", "actions/Shandong clean-up/implementation", "0%", "100%", "3")
LOAD = ("--vary", "assumptions/load_factor/value", "0.9", "1.02", "4")


def no_window(file: Path, out: Path) -> None:
    raise AssertionError(f"no window was asked for: {file} {out}")


def run(*arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments], no_window)


def test_that_the_grid_and_the_contour_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sweep", CASE, *RATE, *LOAD, "--measure", BALANCE) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["Load", "factor", "(t/t)", *("0", "%", "50", "%", "100", "%")]
    plan = read_plan(CASE).with_cells({RATE[1]: 0.0, LOAD[1]: 0.9})
    assert lines[5].split() == ["0.9000", f"{solve(plan).measure(BALANCE):+,.0f}", "−119", "−349"]
    assert any("comes to 0 kt on a line" in line for line in lines)
    assert "Where balance 2017H2 sum comes to 0 kt" in lines


def test_that_percent_texts_and_fractions_are_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sweep", CASE, *RATE, "--measure", BALANCE, "--json") == 0
    in_percent = capsys.readouterr().out
    assert run("sweep", CASE, *RATE[:2], "0", "1", "3", "--measure", BALANCE, "--json") == 0
    assert json.loads(capsys.readouterr().out) == json.loads(in_percent)


def test_that_bounds_below_zero_can_be_given(capsys: pytest.CaptureFixture[str]) -> None:
    cell = ("--vary", "monthly/2017-09/consumption_change", "-74", "200", "2")
    assert run("sweep", CASE, *cell, "--measure", BALANCE, "--json") == 0
    assert json.loads(capsys.readouterr().out)["axes"][0]["values"] == [-74.0, 200.0]


def test_that_without_bounds_those_of_uncertainty_are_taken(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sweep", CASE, *RATE[:2], "--measure", BALANCE, "--json") == 0
    values = json.loads(capsys.readouterr().out)["axes"][0]["values"]
    assert (values[0], values[-1], len(values)) == (0.2, 1.0, 11)


def test_that_another_level_and_scenario_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--measure", "stock 2017-12 end", "--contour", "1500", "--scenario", "strong enforcement h2")
    assert run("sweep", CASE, *LOAD, *asked, "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["level"], data["scenario"]) == (1500.0, "Strong enforcement H2")


def test_that_a_statistic_of_the_draws_can_be_swept(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--measure", "P(balance 2017H2 sum < 1500)", "--draws", "50", "--seed", "3")
    assert run("sweep", CASE, *RATE, *asked) == 0
    assert "Over 50 draws with seed 3" in capsys.readouterr().out


def test_that_the_answer_goes_to_files(tmp_path: Path) -> None:
    book, text = tmp_path / "sweep.xlsx", tmp_path / "sweep.csv"
    for out in (book, text):
        assert run("sweep", CASE, *RATE, *LOAD, "--measure", BALANCE, "--out", out) == 0
    sheets = openpyxl.load_workbook(book)
    assert sheets.sheetnames == ["Sweep", "Contour"]
    assert sheets["Sweep"]["A4"].value == 1.02
    with text.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert [row[1:] for row in rows[1:2]] == [["0 %", "50 %", "100 %"]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((*RATE[:2], "0%", "120%", "3"), "must be from 0% to 100%"),
        ((*RATE[:2], "0%"), "takes ADDRESS"),
        ((*RATE[:2], "1", "0", "3"), "LOW must be less than HIGH"),
        ((*RATE[:2], "0", "1", "1"), "from 2 on"),
        ((*RATE[:2], "0", "1", "some"), "from 2 on"),
        ((*RATE[:2], "zero", "1", "3"), "is not a number"),
        (("--vary", "actions/Nobody/implementation"), "no cell"),
        (("--vary", "actions/Shandong clean-up/target"), "does not hold a number"),
        ((*RATE, *RATE), "same cell"),
        ((*RATE, *LOAD, *RATE), "once or twice"),
        ((*RATE, "--scenario", "Nobody's"), "There is no scenario"),
        ((*RATE, "--out", "sweep.docx"), ".xlsx, .csv, .json"),
    ],
)
def test_that_wrong_usage_ends_with_2_and_a_sentence(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("sweep", CASE, *arguments, "--measure", BALANCE) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""


def test_that_a_measure_that_cannot_be_read_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sweep", CASE, *RATE, "--measure", "P(balance 2017H2 sum)") == 2
    assert "what the measure is compared with" in capsys.readouterr().err
