"""``aluplanner attribute`` on the 2017 case."""

import json
from pathlib import Path

import openpyxl
import pytest

from aluplanner.cli import main
from aluplanner.resources import resource_path

CASE = resource_path("examples", "china-2017.xlsx")
STRONG = "Strong enforcement H2"
H2 = "balance 2017H2 sum"


def no_window(file: Path, out: Path) -> None:
    raise AssertionError(f"no window was asked for: {file} {out}")


def run(*arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments], no_window)


def test_that_actions_lead_from_one_scenario_to_another(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("attribute", CASE, "--scenario", STRONG, "--against", "Base", "--measure", H2) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "balance 2017H2 sum: Base to Strong enforcement H2, −1,559 kt"
    largest = next(line for line in lines if line.startswith("Shandong clean-up"))
    assert largest.split()[2:] == ["−526", "1,468", "−508", "−544"]
    assert "exact" in lines[-2]


def test_that_the_case_without_actions_is_where_it_starts_by_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("attribute", CASE, "--measure", H2, "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert data["against"] is None
    assert not data["is_exact"]
    total = sum(bar["value"] for bar in data["contributions"])
    assert total == pytest.approx(data["difference"], abs=1e-9)
    assert [bar["name"] for bar in data["contributions"]][:5] == [
        "Shandong clean-up",
        "H1 restarts",
        "Winter cut 30 %",
        "Xinjiang April order - construction",
        "H2 restarts",
    ]


def test_that_contributions_are_added_up_by_province_and_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "by province.xlsx"
    assert run("attribute", CASE, "--measure", H2, "--by", "province", "--out", out) == 0
    assert capsys.readouterr().out == ""
    book = openpyxl.load_workbook(out)
    assert book.sheetnames[0] == "Attribution"
    words = [cell.value for row in book["Attribution"].iter_rows() for cell in row]
    assert "Shandong" in words


def test_that_a_seed_and_a_number_of_orders_can_be_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("attribute", CASE, "--measure", H2, "--permutations", "20", "--seed", "7") == 0
    assert "20 of the orders of 19 changes (seed 7)" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--measure", "happiness 2017 sum"), "There is no series"),
        (("--measure", H2, "--scenario", "Nowhere"), "There is no scenario “Nowhere”"),
        (("--measure", H2, "--against", "Nowhere"), "There is no scenario “Nowhere”"),
        (("--measure", H2, "--permutations", "3"), "even number"),
        (("--measure", H2, "--out", "answer.doc"), "OUT"),
    ],
)
def test_that_what_makes_no_sense_is_said_in_a_sentence(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("attribute", CASE, *arguments) == 2
    assert said in capsys.readouterr().err


def test_that_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run("attribute", "--help")
    assert "Example: aluplanner attribute china-2017.xlsx" in " ".join(capsys.readouterr().out.split())
