"""What every question on the command line does alike: plans are not written over, cells are found, figures are few."""

from pathlib import Path

import pytest

from aluplanner.cli import main
from aluplanner.resources import resource_path

CASE = resource_path("examples", "china-2017.xlsx")
BALANCE = "balance 2017H2 sum"


def run(*arguments: object) -> int:
    return main([str(argument) for argument in arguments], lambda file, out: None)


@pytest.mark.parametrize(
    "question",
    [
        ("run",), ("ledger",), ("claims",), ("montecarlo",), ("backtest",), ("ensemble",),
        ("tornado", "--measure", BALANCE), ("attribute", "--measure", BALANCE),
        ("compare", "--scenarios", "Base", "Weak demand"),
        ("goalseek", "--measure", BALANCE, "--target", "0", "--vary", "assumptions/load_factor/value"),
        ("calibrate", "--vary", "assumptions/load_factor/value"),
        ("sweep", "--measure", BALANCE, "--vary", "assumptions/load_factor/value"),
    ],
)  # fmt: skip
def test_that_no_answer_is_written_over_a_plan(
    question: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plan = tmp_path / "plan.xlsx"
    plan.write_bytes(CASE.read_bytes())
    command, *rest = question
    assert run(command, CASE, *rest, "--out", plan) == 2
    assert "is a plan" in capsys.readouterr().err
    assert plan.read_bytes() == CASE.read_bytes()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("actions/Shandong/implementation", "actions/Shandong clean-up/implementation"),
        ("action/Shandong clean-up/implementaton", "actions/Shandong clean-up/implementation"),
        ("assumptions/loadfactor/value", "assumptions/load_factor/value"),
    ],
)
def test_that_a_mistyped_cell_is_asked_back(typed: str, meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("goalseek", CASE, "--vary", typed, "--measure", BALANCE, "--target", "0") == 2
    assert f"Did you mean {meant}?" in capsys.readouterr().err


def test_that_a_target_may_be_typed_in_percent(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("goalseek", CASE, "--vary", "assumptions/load_factor/value", "--between", "0.9", "1.1", "--draws", "50")
    assert run(*asked, "--measure", "P(stock 2017-12 end < 2500)", "--target", "80%", "--json") == 0
    assert '"target": 0.8' in capsys.readouterr().out


def test_that_market_states_are_of_half_years_and_years_or_of_the_period_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("montecarlo", CASE, "--draws", "50") == 0
    usual = capsys.readouterr().out
    assert "2017H2" in usual
    assert "2017Q3" not in usual
    assert run("montecarlo", CASE, "--draws", "50", "--period", "2017Q3") == 0
    wanted = capsys.readouterr().out
    assert "2017Q3" in wanted
    assert "2017H2" not in wanted


def test_that_a_difference_of_nothing_is_nothing_and_fixed_cells_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("montecarlo", CASE, "--draws", "50", "--scenario", "Base", "Strong enforcement H2") == 0
    out = capsys.readouterr().out
    first_half = next(line for line in out.splitlines() if "balance 2017H1 sum" in line)
    assert "0.000" not in first_half
    assert "Uncertain cells drawn: Base 25, Strong enforcement H2 16" in out
    assert "itself states 9 of the cells that are drawn in Base" in out
