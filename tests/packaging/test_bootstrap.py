import ast
import sys
from pathlib import Path
from types import ModuleType

import pytest


class Calls(list[list[str]]):
    """Stands in for running commands: remembers them and gives the exit codes asked for."""

    def __init__(self, failing: str = "") -> None:
        super().__init__()
        self.failing = failing

    def __call__(self, command: list[object], **_: object) -> int:
        self.append([str(part) for part in command])
        return int(bool(self.failing) and self.failing in self[-1])


@pytest.fixture
def project(bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project folder on a system that lacks nothing."""
    (tmp_path / "pyproject.toml").write_text("[project]", encoding="utf-8")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / ".venv" / "stamp.json")
    monkeypatch.setattr(bootstrap, "OUT", tmp_path / "out")
    monkeypatch.setattr(bootstrap.system_packages, "provide", lambda *_: None)
    monkeypatch.setattr(bootstrap, "is_usable", lambda python: python.exists())
    monkeypatch.setattr(bootstrap, "make_environment", touch)
    return tmp_path


def touch(python: Path) -> None:
    python.parent.mkdir(parents=True, exist_ok=True)
    python.touch()


def without_display(monkeypatch: pytest.MonkeyPatch, bootstrap: ModuleType, calls: Calls) -> None:
    monkeypatch.setattr(bootstrap, "has_display", lambda *_: False)
    monkeypatch.setattr(bootstrap, "set_up", lambda extras: Path("python"))
    monkeypatch.setattr(bootstrap, "call", calls)


def test_that_an_old_python_can_read_the_script_far_enough_to_refuse(root: Path) -> None:
    source = (root / "packaging" / "bootstrap.py").read_text(encoding="utf-8")
    body = ast.parse(source, feature_version=(3, 6)).body
    checked = [isinstance(statement, ast.If) for statement in body].index(True)
    before = [ast.unparse(statement) for statement in body[1:checked]]
    assert before == ["import sys"]


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("win32", {}, True),
        ("darwin", {}, True),
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
    ],
)
def test_that_only_unix_can_be_without_a_display(
    bootstrap: ModuleType, platform: str, environment: dict[str, str], expected: bool
) -> None:
    assert bootstrap.has_display(platform, environment) is expected


@pytest.mark.parametrize(("platform", "tail"), [("win32", "Scripts/python.exe"), ("linux", "bin/python")])
def test_that_the_interpreter_lies_where_the_platform_puts_it(bootstrap: ModuleType, platform: str, tail: str) -> None:
    assert bootstrap.interpreter(Path("e"), platform) == Path("e") / tail


def test_that_a_second_set_up_installs_nothing(
    bootstrap: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "call", calls := Calls())
    python = bootstrap.set_up(extras=())
    assert bootstrap.set_up(extras=()) == python
    (command,) = calls
    assert command[:4] == [str(python), "-m", "pip", "install"]
    assert command[-2:] == ["--editable", "."]


def test_that_a_changed_project_file_installs_again_with_the_extras_there_were(
    bootstrap: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "call", calls := Calls())
    bootstrap.set_up(extras=("test",))
    bootstrap.set_up(extras=())
    (project / "pyproject.toml").write_text("[project]\nname = 'x'", encoding="utf-8")
    bootstrap.set_up(extras=())
    assert [command[-1] for command in calls] == [".[test]", ".[test]"]


def test_that_a_failed_installation_is_tried_again(
    bootstrap: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "call", Calls(failing="install"))
    with pytest.raises(bootstrap.SetupError, match="network"):
        bootstrap.set_up(extras=())
    monkeypatch.setattr(bootstrap, "call", calls := Calls())
    bootstrap.set_up(extras=())
    assert len(calls) == 1


def test_that_an_environment_that_lost_its_python_is_made_again(
    bootstrap: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "call", calls := Calls())
    python = bootstrap.set_up(extras=())
    python.unlink()
    bootstrap.set_up(extras=())
    assert python.exists()
    assert len(calls) == 2


@pytest.mark.parametrize("text", ["", "{", "[]", "\x00"])
def test_that_a_damaged_stamp_counts_as_none(bootstrap: ModuleType, tmp_path: Path, text: str) -> None:
    (tmp_path / "stamp").write_text(text, encoding="utf-8")
    assert bootstrap.read_stamp(tmp_path / "stamp") == {}


def test_that_the_running_environment_is_usable_and_an_empty_folder_is_not(
    bootstrap: ModuleType, tmp_path: Path
) -> None:
    assert bootstrap.is_usable(Path(sys.executable))
    assert not bootstrap.is_usable(bootstrap.interpreter(tmp_path, sys.platform))


def test_that_without_a_display_tables_workbook_and_picture_are_made(
    bootstrap: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    without_display(monkeypatch, bootstrap, calls := Calls())
    assert bootstrap.main(["run"]) == 0
    plan, results = str(bootstrap.EXAMPLE), str(project / "out" / "china-2017-results.xlsx")
    assert [command[3:] for command in calls] == [
        ["run", plan],
        ["run", plan, "--out", results],
        ["screenshot", plan, str(project / "out" / "window.png")],
    ]
    assert (project / "out").is_dir()
    assert "no display" in capsys.readouterr().out


def test_that_without_a_display_a_failing_step_ends_the_run(
    bootstrap: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_display(monkeypatch, bootstrap, calls := Calls(failing="run"))
    assert bootstrap.main(["run", "mine.xlsx"]) == 1
    assert [command[3:] for command in calls] == [["run", "mine.xlsx"]]


@pytest.mark.parametrize(
    ("given", "opened"),
    [([], []), (["mine.xlsx"], ["mine.xlsx"]), (["--help"], ["--help"])],
)
def test_that_with_a_display_the_window_opens_on_the_file_named(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, given: list[str], opened: list[str]
) -> None:
    without_display(monkeypatch, bootstrap, calls := Calls())
    monkeypatch.setattr(bootstrap, "has_display", lambda *_: True)
    assert bootstrap.main(["run", *given]) == 0
    (command,) = calls
    assert command[:3] == ["python", "-m", "aluplanner"]
    assert [Path(part).name for part in command[3:]] == opened


def test_that_every_check_runs_though_one_fails(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    without_display(monkeypatch, bootstrap, calls := Calls(failing="mypy"))
    assert bootstrap.main(["test"]) == 1
    assert len(calls) == len(bootstrap.CHECKS)
    assert calls[-1][1:] == ["-m", "pytest", "-n", "auto"]
    summary = capsys.readouterr().out.partition("== summary")[2]
    assert [line.split()[0] for line in summary.splitlines() if "FAILED" in line] == ["mypy"]


def test_that_arguments_of_test_go_to_pytest_alone(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    without_display(monkeypatch, bootstrap, calls := Calls())
    assert bootstrap.main(["test", "-k", "phasing"]) == 0
    assert calls == [["python", "-m", "pytest", "-k", "phasing"]]


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["walk"], 2), (["--help"], 0)])
def test_that_anything_else_shows_the_usage(
    bootstrap: ModuleType, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    assert bootstrap.main(arguments) == code
    assert "bootstrap.py run" in capsys.readouterr().out


def test_that_a_failed_set_up_is_one_sentence_and_exit_code_1(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(extras: tuple[str, ...]) -> Path:
        raise bootstrap.SetupError("No network: find some.")

    monkeypatch.setattr(bootstrap, "set_up", fail)
    assert bootstrap.main(["run"]) == 1
    assert capsys.readouterr().err == "No network: find some.\n"


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing of the system is installed")
@pytest.mark.parametrize(("extras", "testing"), [((), False), (("test",), True)])
def test_that_only_the_tests_bring_programs_of_the_system(
    bootstrap: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch, extras: tuple[str, ...], testing: bool
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(bootstrap, "call", Calls())
    monkeypatch.setattr(bootstrap.system_packages, "provide", lambda *given: asked.append(given[3]))
    bootstrap.set_up(extras=extras)
    assert asked == [testing]
