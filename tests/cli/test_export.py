"""``aluplanner export`` as a planner and as a machine meet it."""

import json
from pathlib import Path

import pytest

from aluplanner.cli import main
from aluplanner.resources import resource_path
from aluplanner.workbook.read import read_plan
from aluplanner.workbook.write import write_plan

CASE = resource_path("examples", "china-2017.xlsx")


def no_window(file: Path, out: Path) -> None:
    raise AssertionError(f"no window was asked for: {file} {out}")


def run(*arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments], no_window)


def test_that_the_living_model_is_written_and_opens_as_the_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "living.xlsx"
    assert run("export", CASE, "--living", out, "--scenario", "weak demand", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"living": out.as_posix(), "scenario": "Weak demand"}
    assert read_plan(out) == read_plan(CASE)


def test_that_a_scenario_that_is_not_there_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("export", CASE, "--living", tmp_path / "living.xlsx", "--scenario", "No such") == 2
    assert "No such" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_that_the_plan_is_never_written_over(tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    file.write_bytes(CASE.read_bytes())
    assert run("export", file, "--living", file) == 2
    assert file.read_bytes() == CASE.read_bytes()


def test_that_another_ending_is_wrong_usage(tmp_path: Path) -> None:
    assert run("export", CASE, "--living", tmp_path / "living.ods") == 2


def test_that_a_plan_with_errors_is_not_exported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file, out = tmp_path / "plan.xlsx", tmp_path / "living.xlsx"
    write_plan(read_plan(CASE).with_value("actions/Weiqiao June cut/implementation", 1.5), file)
    assert run("export", file, "--living", out, "--json") == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["living"] is None
    assert "Implementation" in said.err
    assert not out.exists()


def test_that_a_plan_beyond_the_limits_is_refused_with_a_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "plan.xlsx", tmp_path / "living.xlsx"
    write_plan(read_plan(CASE).with_value("plan/Months/value", 300.0), file)
    assert run("export", file, "--living", out) == 1
    assert "Shorten the horizon" in capsys.readouterr().err
    assert not out.exists()
