"""Backtests and kept forecasts on the command line."""

import json
from pathlib import Path

import pytest

from aluplanner.analysis.forecast_score import last_whole_month
from aluplanner.cli import main
from aluplanner.workbook.forecasts import read_forecast
from aluplanner.workbook.read import read_plan
from aluplanner.workbook.write import write_plan
from tests.analysis.backtest_plans import plan_with_actuals

Printed = pytest.CaptureFixture[str]


def no_window(file: Path, out: Path) -> None:
    raise AssertionError(f"no window was asked for: {file} {out}")


def run(*arguments: str | Path | int) -> int:
    return main([str(argument) for argument in arguments], no_window)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.xlsx"
    write_plan(plan_with_actuals(), path)
    return path


@pytest.fixture
def kept(plan: Path, tmp_path: Path, capsys: Printed) -> Path:
    path = tmp_path / "said.xlsx"
    assert run("forecast", plan, "--as-of", "2017-02", "--keep", path, "--draws", 50, "--by", "Li") == 0
    assert capsys.readouterr() == ("", "aluplanner: Kept the forecast in said.xlsx.\n")
    return path


def test_that_a_backtest_prints_scores_months_and_a_verdict(plan: Path, capsys: Printed) -> None:
    assert run("backtest", plan, "--draws", 100) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Backtest of Base"
    assert lines[2].split()[:5] == ["Production", "Model", "kt", "3", "+3.333"]
    assert any(line.startswith("Production, 3 months. The model says 1.1 % too much.") for line in lines)
    assert any(line.startswith("2017-04") and line.endswith("yes") for line in lines)
    assert any("The fan: 100 draws, seed 1." in line for line in lines)


def test_that_the_options_say_from_where_and_with_which_facts(plan: Path, capsys: Printed) -> None:
    arguments = ("--origin", "2017-01", "--as-of", "2017-03", "--since", "2017-02", "--scenario", "later", "--draws", 0)
    assert run("backtest", plan, *arguments, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["scenario"], found["origin"], found["as_of"], found["draws"]) == ("Later", "2017-01", "2017-03", 0)
    assert found["series"]["production"]["scored"] == [False, True, False, False]
    assert found["series"]["production"]["percentiles"] is None


def test_that_a_kept_forecast_is_scored_with_the_facts_of_now(plan: Path, kept: Path, capsys: Printed) -> None:
    assert read_forecast(kept).made_by == "Li"
    assert read_plan(kept).value("monthly/2017-04/actual_production") is None
    assert run("backtest", plan, "--forecast", kept, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["forecast_as_of"] == "2017-02"
    assert found["as_of"] == str(last_whole_month())
    assert found["series"]["production"]["scored"] == [False, False, False, True]
    assert run("backtest", plan, "--forecast", kept, "--as-of", "2017-03") == 0
    assert "There is no month to score." in capsys.readouterr().out


def test_that_a_touched_forecast_is_scored_with_a_warning(plan: Path, kept: Path, capsys: Printed) -> None:
    touched = read_plan(kept).with_value("plants/Plant/built", 5000.0)
    write_plan(touched, kept)
    assert run("backtest", plan, "--forecast", kept) == 0
    assert "no longer the one that the forecast was made of" in capsys.readouterr().out


def test_that_a_forecast_is_printed_and_written(plan: Path, tmp_path: Path, capsys: Printed) -> None:
    assert run("forecast", plan, "--draws", 50) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Balance as said"
    assert "from facts up to 2017-04." in " ".join(lines)
    for name in ("said.csv", "said.json", "said.xlsx"):
        assert run("forecast", plan, "--draws", 50, "--out", tmp_path / name) == 0
        assert (tmp_path / name).stat().st_size > 0
    found = json.loads((tmp_path / "said.json").read_text(encoding="utf-8"))
    assert (found["as_of"], found["draws"]) == ("2017-04", 50)


def test_that_a_forecast_starts_from_the_facts_on_request(plan: Path, capsys: Printed) -> None:
    assert run("forecast", plan, "--as-of", "2017-02", "--draws", 0, "--json", "--from-facts") == 0
    found = json.loads(capsys.readouterr().out)
    assert found["known_until"] == "2017-02"
    assert found["series"]["production"]["model"][:2] == [300, 290]


def test_that_a_plan_without_actuals_is_forecast_from_before_its_first_month(tmp_path: Path, capsys: Printed) -> None:
    write_plan(plan_with_actuals({}), tmp_path / "plan.xlsx")
    assert run("forecast", tmp_path / "plan.xlsx", "--draws", 0, "--json") == 0
    assert json.loads(capsys.readouterr().out)["as_of"] == "2016-12"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("backtest", "--draws", "-1"), "not below 0"),
        (("backtest", "--scenario", "Nobody"), "There is no scenario “Nobody”"),
        (("backtest", "--forecast", "said.xlsx", "--origin", "2017-02"), "an origin of its own"),
        (("backtest", "--out", "scores.txt"), "Answers are written as"),
        (("forecast", "--seed", "-1"), "not below 0"),
    ],
)
def test_that_what_makes_no_sense_is_refused_in_a_sentence(
    plan: Path, arguments: tuple[str, ...], sentence: str, capsys: Printed
) -> None:
    assert run(arguments[0], plan, *arguments[1:]) == 2
    assert sentence in capsys.readouterr().err


def test_that_a_month_that_is_none_is_refused(plan: Path, capsys: Printed) -> None:
    with pytest.raises(SystemExit) as caught:
        run("backtest", plan, "--origin", "June")
    assert caught.value.code == 2
    assert "“June” is not a month: write 2017-06." in capsys.readouterr().err


def test_that_what_is_kept_is_not_replaced(plan: Path, kept: Path, capsys: Printed) -> None:
    before = kept.read_bytes()
    assert run("forecast", plan, "--keep", kept) == 2
    assert "is there already" in capsys.readouterr().err
    assert kept.read_bytes() == before


def test_that_a_file_without_a_forecast_is_named(plan: Path, capsys: Printed) -> None:
    assert run("backtest", plan, "--forecast", plan) == 1
    assert "plan.xlsx holds no kept forecast." in capsys.readouterr().err


def test_that_a_name_no_workbook_can_have_is_refused_before_the_draws(
    plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Printed
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("the forecast was made")

    monkeypatch.setattr("aluplanner.workbook.forecasts.make_forecast", never)
    assert run("forecast", plan, "--keep", tmp_path / "said.csv") == 1
    assert "ends in .xlsx" in capsys.readouterr().err
