"""``aluplanner ledger`` and what ``aluplanner claims`` writes."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from aluplanner.analysis.claims_board import claims_board
from aluplanner.analysis.ledger import ledger
from aluplanner.cli import main
from aluplanner.resources import resource_path
from tests.ui.standing import STRONG, example

CASE = resource_path("examples", "china-2017.xlsx")


def run(*arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments], lambda file, out: pytest.fail(f"{file} {out}"))


def test_that_it_prints_every_action_its_four_numbers_and_how_they_add_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ledger", CASE, "--period", "2017H2") == 0
    printed = capsys.readouterr().out
    line = next(line for line in printed.splitlines() if line.startswith("Xinjiang April order - running"))
    assert line.split()[-7:] == ["800", "800", "20", "780", "780", "20", "10"]
    assert "Policy ledger of Base, 2017H2, capacities at the end of 2017-12" in printed
    orders = next(line for line in printed.splitlines() if line.startswith("All orders"))
    assert orders.split()[2:] == ["12,766", "12,347", "7,076", "5,271", "5,604", "4,350", "1,079"]
    assert "The orders add up to the series of the balance" in printed


@pytest.mark.parametrize("by", ["province", "group", "kind"])
def test_that_it_groups_and_takes_scenarios_in_any_case(by: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ledger", CASE, "--by", by, "--scenario", STRONG.upper(), "--json", "--period", "2017H2") == 0
    data = json.loads(capsys.readouterr().out)
    expected = ledger(example(), scenario=STRONG, by=by, period="2017H2")
    assert (data["scenario"], data["by"]) == (STRONG, by)
    assert [row["label"] for row in data["rows"]] == [row.label for row in expected.rows]
    assert data["totals"]["order"]["over_period"]["out"] == pytest.approx(expected.total("out"))


def test_that_a_workbook_has_a_sheet_a_table_and_every_month(tmp_path: Path) -> None:
    out = tmp_path / "ledger.xlsx"
    assert run("ledger", CASE, "--period", "2017", "--out", out) == 0
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["Ledger", "Sums", "Output", "Steps"]
    periods = {row[2] for row in book["Steps"].iter_rows(values_only=True) if row[2]}
    assert {f"2017-{month:02d}" for month in range(1, 13)} <= periods
    book.close()


def test_that_steps_are_told_on_the_terminal_when_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("ledger", CASE, "--period", "2017", "--step", "quarter", "--by", "kind") == 0
    printed = capsys.readouterr().out
    assert "The same step by step" in printed
    assert "2017Q4" in printed


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--period", "2031"], "No month of 2031 is in the plan."),
        (["--period", "soon"], "“soon” is not a period."),
        (["--scenario", "Nowhere"], "There is no scenario “Nowhere”."),
        (["--out", "ledger.txt"], ".xlsx, .csv, .json"),
    ],
)
def test_that_a_wrong_question_is_said_in_a_sentence(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("ledger", CASE, *arguments) == 2
    printed = capsys.readouterr()
    assert said in printed.err
    assert not printed.out


def test_that_claims_are_written_with_their_margins(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "claims.csv"
    assert run("claims", CASE, "--scenario", "Base", STRONG, "--out", out) == 0
    assert not capsys.readouterr().out
    rows = list(csv.reader(out.read_text("utf-8-sig").splitlines()))
    place = next(i for i, row in enumerate(rows) if row[:1] == ["Margin"])
    head, found = rows[place + 1], {row[0]: row for row in rows[place + 2 : place + 27]}
    assert head[:4] == ["Claim", "Unit", "Base", STRONG]
    board = claims_board(example(), ("Base", STRONG))
    for number, claim in enumerate(board.claims):
        assert float(found[claim.claim][2]) == pytest.approx(board.results["Base"][number].margin)
    assert run("claims", CASE, "--out", tmp_path / "claims.doc") == 2


def test_that_claims_print_margins_and_units(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("claims", CASE, "--scenario", "Base") == 0
    printed = capsys.readouterr().out
    line = next(line for line in printed.splitlines() if line.startswith("14a"))
    assert line.split()[-4:] == ["fails", "1,994", "-1,821", "kt"]
