"""The command line as a planner and as a machine meet it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from aluplanner.__main__ import main as program
from aluplanner.cli import main
from aluplanner.document.entering import enter_texts
from aluplanner.document.scenario_view import ScenarioView
from aluplanner.model.solver import solve
from aluplanner.resources import resource_path
from aluplanner.workbook.read import read_plan
from aluplanner.workbook.write import write_plan

CASE = resource_path("examples", "china-2017.xlsx")


def no_window(file: Path, out: Path) -> None:
    raise AssertionError(f"no window was asked for: {file} {out}")


def run(*arguments: str | Path) -> int:
    return main([str(argument) for argument in arguments], no_window)


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    plan = read_plan(CASE).with_value("actions/Weiqiao June cut/implementation", 1.5)
    path = tmp_path / "faulty.xlsx"
    write_plan(plan, path)
    return path


def test_that_run_prints_the_half_years_of_every_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("run", CASE) == 0
    printed = capsys.readouterr().out
    first = next(line for line in printed.splitlines() if "2017H2" in line)
    assert first.split() == ["2017H2", "+1,994", "surplus", "2,891", "30.7", "12,320"]
    assert all(name in printed for name in ("Announced in full", "Strong enforcement + strong demand", "What happened"))


def test_that_run_takes_the_scenarios_named_and_knows_the_base_in_any_case(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("run", CASE, "--json", "--scenario", "base", "weak demand") == 0
    assert list(json.loads(capsys.readouterr().out)["scenarios"]) == ["Base", "Weak demand"]


def test_that_json_has_the_layout_agreed_and_full_precision(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("run", CASE, "--scenario", "Base", "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    found = printed["scenarios"]["Base"]
    balance = solve(read_plan(CASE))
    assert set(printed) == {"plan", "scenarios", "issues"}
    assert set(found) >= {
        "months", "monthly", "operating_by_plant", "production_by_plant", "due_by_action", "implemented_by_action",
        "effective_by_action", "announced_by_action", "consumption_by_sector", "bauxite_use", "periods",
    }  # fmt: skip
    assert found["months"][:2] == ["2017-01", "2017-02"]
    assert found["monthly"]["stock"] == balance.series("stock").tolist()
    assert found["periods"]["2017H2"]["state"] == "surplus"


def test_that_results_go_to_files_of_three_kinds_and_nothing_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for ending in ("xlsx", "csv", "json"):
        out = tmp_path / f"results.{ending}"
        assert run("run", CASE, "--scenario", "Base", "--out", out) == 0
        assert out.stat().st_size > 1000
    assert capsys.readouterr().out == ""


def test_that_results_of_an_unknown_kind_are_refused_with_a_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("run", CASE, "--out", tmp_path / "results.pdf") == 2
    assert ".csv" in capsys.readouterr().err


def test_that_an_unknown_scenario_is_named_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("run", "claims"):
        assert run(command, CASE, "--scenario", "Hope") == 2
        said = capsys.readouterr().err
        assert "“Hope”" in said
        assert "Weak demand" in said


def test_that_validate_names_sheet_cell_reason_and_remedy(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("validate", faulty) == 1
    printed = capsys.readouterr()
    assert "Actions!K8" in printed.out
    assert "1 error," in printed.err


def test_that_validate_is_content_with_the_example(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("validate", CASE, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"errors": 0, "issues": []}


def test_that_a_plan_with_errors_is_not_run_and_machines_get_the_issues(
    faulty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("run", faulty, "--json") == 1
    printed = json.loads(capsys.readouterr().out)
    assert printed["scenarios"] == {}
    assert printed["issues"][0]["place"] == "Actions!K8"


@pytest.fixture
def with_stand_in(tmp_path: Path) -> Path:
    plan = enter_texts(ScenarioView(read_plan(CASE), "Base"), "plants", [(2, "built", "abc")]).plan
    write_plan(plan, tmp_path / "abc.xlsx")
    return tmp_path / "abc.xlsx"


@pytest.mark.parametrize("arguments", [["run"], ["run", "--json"], ["claims"], ["claims", "--json"]])
def test_that_a_plan_goes_on_with_last_good_values_and_says_so(
    with_stand_in: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    command, *options = arguments
    assert run(command, with_stand_in, *options) == 0
    printed = capsys.readouterr()
    assert [line for line in printed.err.splitlines() if "Plants!E4: “abc” is not a number." in line]
    assert run(command, CASE, *options) == 0
    good = capsys.readouterr().out
    if arguments == ["run", "--json"]:
        assert json.loads(printed.out)["scenarios"] == json.loads(good)["scenarios"]
        assert [issue["code"] for issue in json.loads(printed.out)["issues"]].count("unread") == 1
    else:
        assert printed.out == good


def test_that_validate_lists_what_cannot_be_read_as_an_error(
    with_stand_in: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("validate", with_stand_in) == 1
    printed = capsys.readouterr()
    assert [line for line in printed.out.splitlines() if line.startswith("error: Plants!E4: “abc”")]
    assert "1 error," in printed.err


# the claims that do not hold in every scenario, in the order of the file: base, in full, June, strong, weak, strong
# demand, strong + strong, June + weak, market, anchored, happened
ON_RECORD = {
    "07": "++-++++-+++",
    "13": "++++----++-",
    "14a": "------+----",
    "14b": "-----------",
    "14c": "------+----",
    "15a": "+-+-++-++++",
    "15b": "+++-++-++++",
    "19b": "-----------",
}


def test_that_claims_hold_or_fail_as_on_record(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("claims", CASE, "--json") == 0
    by_scenario = json.loads(capsys.readouterr().out)
    for results in zip(*by_scenario.values(), strict=True):
        number = results[0]["claim"].split()[0]
        signs = "".join("+" if found["holds"] else "-" for found in results)
        assert signs == ON_RECORD.get(number, "+" * 11), number
    assert run("claims", CASE, "--scenario", "Base") == 0
    assert "Base: 21 of 25 claims hold" in capsys.readouterr().out


def test_that_the_template_can_be_run_and_is_never_written_over_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new.xlsx"
    assert run("template", out) == 0
    assert run("run", out) == 0
    before = out.read_bytes()
    assert run("template", out) == 1
    assert "--force" in capsys.readouterr().err
    assert out.read_bytes() == before
    assert run("template", out, "--force") == 0


@pytest.mark.parametrize("command", ["run", "validate", "claims", "template", "screenshot"])
def test_that_every_command_has_help_with_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(command, "--help")
    assert ended.value.code == 0
    assert f"aluplanner {command}" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["run"], ["dance"], ["run", "a.xlsx", "--no-such-option"]])
def test_that_wrong_usage_is_exit_code_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    assert ended.value.code == 2


def test_that_a_missing_file_is_one_sentence_and_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("run", tmp_path / "nowhere.xlsx") == 1
    printed = capsys.readouterr().err
    assert "Traceback" not in printed
    assert "nowhere.xlsx" in printed


def test_that_a_single_error_is_counted_in_good_grammar(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("validate", tmp_path / "nowhere.xlsx") == 1
    assert capsys.readouterr().err == "aluplanner: 1 error, 0 warnings.\n"


def test_that_a_picture_that_cannot_be_written_is_said_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    def full(_file: Path, _out: Path) -> None:
        raise OSError("The picture could not be written to window.png.")

    assert main(["screenshot", str(CASE), "window.png"], full) == 1
    assert capsys.readouterr().err == "aluplanner: The picture could not be written to window.png.\n"


def test_that_an_interruption_is_exit_code_130() -> None:
    def interrupted(_file: Path, _out: Path) -> None:
        raise KeyboardInterrupt

    assert main(["screenshot", str(CASE), "window.png"], interrupted) == 130


def test_that_an_unexpected_error_is_a_sentence_and_a_traceback_only_on_request(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def broken(_file: Path, _out: Path) -> None:
        raise RuntimeError("the paint is out")

    assert main(["screenshot", str(CASE), "window.png"], broken) == 1
    assert "Traceback" not in capsys.readouterr().err
    assert main(["screenshot", str(CASE), "window.png", "--debug"], broken) == 1
    assert "Traceback" in capsys.readouterr().err


def test_that_the_command_line_loads_no_qt() -> None:
    program = (
        "import sys; from aluplanner.__main__ import main; code = main(['run', sys.argv[1], '--scenario', 'Base']);"
        "sys.exit(code or any(name.startswith(('PySide6', 'pyqtgraph')) for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(CASE)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_that_a_mistyped_command_is_wrong_usage_and_opens_no_window(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["frobnicate"], ["rnu", str(CASE)]):
        with pytest.raises(SystemExit) as ended:
            program(arguments)
        assert ended.value.code == 2
        assert "validate" in capsys.readouterr().err


def test_that_a_command_stopped_while_it_loads_ends_without_a_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    class Stopping:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "aluplanner.cli":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "aluplanner.cli")
    monkeypatch.setattr(sys, "meta_path", [Stopping(), *sys.meta_path])
    assert program(["run", str(CASE)]) == 130
