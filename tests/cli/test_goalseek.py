"""``goalseek`` and ``calibrate`` on the command line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aluplanner.cli import main
from aluplanner.model.solver import solve
from aluplanner.resources import resource_path
from aluplanner.workbook.read import read_plan

CASE = str(resource_path("examples", "china-2017.xlsx"))
RATE = "actions/Shandong clean-up/implementation"
LOAD = "assumptions/load_factor/value"

Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Return what carries out a command and returns its exit code, what it printed and what it said."""

    def run(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments, lambda file, out: None)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def as_json(ask: Ask, *arguments: str) -> Any:
    code, out, err = ask(*arguments, "--json")
    assert code == 0, err
    return json.loads(out)


def test_that_no_rate_of_the_clean_up_balances_the_second_half(ask: Ask) -> None:
    code, out, _ = ask("goalseek", CASE, "--vary", RATE, "--measure", "balance 2017H2 sum", "--target", "0")
    assert code == 0
    assert out.startswith("No value between 0.0 % and 100.0 % brings balance 2017H2 sum to 0 kt.")


def test_that_bounds_are_read_as_the_cell_reads_them(ask: Ask) -> None:
    found = as_json(
        ask, "goalseek", CASE, "--vary", RATE, "--between", "20%", "0.9", "--measure", "balance 2017H2 sum",
        "--target", "2000",
    )  # fmt: skip
    assert found["between"] == [0.2, 0.9]
    assert found["answer"] == "one"
    changed = read_plan(CASE).with_value(RATE, found["solutions"][0]["value"])
    assert solve(changed).measure("balance 2017H2 sum") == pytest.approx(2000.0, abs=1e-6)


def test_that_a_goal_may_be_a_probability(ask: Ask) -> None:
    found = as_json(
        ask, "goalseek", CASE, "--vary", LOAD, "--between", "0.9", "1.1", "--measure", "P(stock 2017-12 end < 2500)",
        "--target", "0.8", "--draws", "100", "--seed", "5",
    )  # fmt: skip
    assert found["solutions"][0]["reached"] == pytest.approx(0.8, abs=0.011)
    assert found["draws"] == 100


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--vary", "actions/Nobody/implementation"], "has no cell"),
        (["--vary", "actions/Shandong clean-up/target"], "does not hold a number"),
        (["--vary", RATE, "--between", "0", "130%"], "100"),
        (["--vary", RATE, "--scenario", "Nowhere"], "no scenario"),
        (["--vary", RATE, "--out", "answer.txt"], ".xlsx"),
    ],
)
def test_that_a_senseless_question_is_answered_with_a_sentence(ask: Ask, arguments: list[str], said: str) -> None:
    code, _, err = ask("goalseek", CASE, *arguments, "--measure", "balance 2017H2 sum", "--target", "0")
    assert code == 2
    assert said in err
    assert "Traceback" not in err


def test_that_the_fit_is_printed_and_the_plan_left_alone(ask: Ask) -> None:
    before = Path(CASE).read_bytes()
    found = as_json(ask, "calibrate", CASE, "--vary", LOAD, "0.98", "1.05", "--series", "production")
    assert found["misfit"] < found["misfit_before"]
    assert found["cells"][0]["between"] == [0.98, 1.05]
    assert Path(CASE).read_bytes() == before


def test_that_the_fit_is_saved_as_a_scenario_where_it_is_asked_for(ask: Ask, tmp_path: Path) -> None:
    out = tmp_path / "fitted.xlsx"
    code, _, err = ask("calibrate", CASE, "--vary", LOAD, "--save-scenario", "Fitted", str(out))
    assert code == 0, err
    saved = read_plan(out)
    assert "Fitted" in saved.scenario_names
    assert solve(saved, "Fitted").plan.value(LOAD) != solve(saved).plan.value(LOAD)


def test_that_one_bound_alone_is_refused(ask: Ask) -> None:
    code, _, err = ask("calibrate", CASE, "--vary", LOAD, "0.9")
    assert code == 2
    assert "both bounds" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("goalseek", CASE, "--vary", RATE, "--measure", "balance 2017H2 sum", "--target", "nan", "--json"),
        ("goalseek", CASE, "--vary", RATE, "--measure", "p80(balance 2017H2 sum)", "--target", "0", "--draws", "0"),
        ("calibrate", CASE, "--vary", LOAD, "--until", "June"),
    ],
)
def test_that_what_makes_no_sense_is_wrong_usage_and_prints_nothing(ask: Ask, arguments: tuple[str, ...]) -> None:
    code, out, err = ask(*arguments)
    assert (code, out) == (2, "")
    assert "went wrong" not in err


def test_that_a_calibration_never_replaces_the_plan_itself(ask: Ask, tmp_path: Path) -> None:
    plan = tmp_path / "plan.xlsx"
    before = Path(CASE).read_bytes()
    plan.write_bytes(before)
    same = str(tmp_path / "." / "plan.xlsx")
    code, _, err = ask("calibrate", str(plan), "--vary", LOAD, "--save-scenario", "Fitted", same)
    assert code == 2
    assert "the plan itself" in err
    assert plan.read_bytes() == before
