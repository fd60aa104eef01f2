"""``aluplanner montecarlo`` on the 2017 case."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from aluplanner.analysis.monte_carlo import monte_carlo
from aluplanner.cli import main
from aluplanner.resources import resource_path
from aluplanner.workbook.read import read_plan

CASE = resource_path("examples", "china-2017.xlsx")
STRONG = "Strong enforcement H2"
H2 = "balance 2017H2 sum"


def no_window(file: Path, out: Path) -> None:
    raise AssertionError(f"no window was asked for: {file} {out}")


def run(*arguments: str | Path) -> int:
    return main([str(argument) for argument in ("montecarlo", CASE, "--draws", "200", *arguments)], no_window)


def test_that_states_measures_and_thresholds_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--scenario", "base", "strong enforcement h2", "--measure", H2, "--threshold", "1000", "2000") == 0
    printed = capsys.readouterr().out
    for title in ("Probability of each market state", "Measures over the draws", "by common factor", "draw by draw"):
        assert title in printed
    assert "Percentiles by month" not in printed
    line = next(line for line in printed.splitlines() if line.startswith(STRONG) and " 2017H2 " in line)
    assert "slight surplus" in line
    assert "200 draws, seed 1, independent random draws." in printed


def test_that_json_has_what_the_library_answers(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--seed", "7", "--sampling", "latin", "--measure", H2, "--json") == 0
    data = json.loads(capsys.readouterr().out)
    known = monte_carlo(read_plan(CASE), draws=200, seed=7, sampling="latin", measures=[H2])
    assert data == json.loads(json.dumps(known.as_json()))


def test_that_files_have_the_months_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("fans.xlsx", "fans.csv"):
        assert run("--measure", H2, "--out", tmp_path / name) == 0
    assert capsys.readouterr().out == ""
    book = openpyxl.load_workbook(tmp_path / "fans.xlsx")
    assert book.sheetnames == ["states", "measures", "factors", "correlations", "months"]
    rows = list(csv.reader((tmp_path / "fans.csv").read_text(encoding="utf-8-sig").splitlines()))
    fan = monte_carlo(read_plan(CASE), draws=200).percentiles("stock")[:, 0].tolist()
    july = next(row for row in rows if row[1:4] == ["Visible stock", "kt", "2017-01"])
    assert [float(cell) for cell in july[5:]] == fan


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--measure", "nothing 2017 sum"), "nothing"),
        (("--scenario", "Nobody"), "Nobody"),
        (("--draws", "0"), "0 draws"),
        (("--out", "fans.pdf"), ".xlsx"),
    ],
)
def test_that_wrong_usage_is_said_in_a_sentence(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*arguments) == 2
    shown = capsys.readouterr().err
    assert said in shown
    assert "Traceback" not in shown


def test_that_a_plan_without_ranges_is_said_to_have_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = openpyxl.load_workbook(CASE)
    del book["Uncertainty"]
    book.save(tmp_path / "certain.xlsx")
    assert main(["montecarlo", str(tmp_path / "certain.xlsx")], no_window) == 2
    assert "Uncertainty" in capsys.readouterr().err
