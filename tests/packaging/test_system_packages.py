from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest


def everything(_: str) -> bool:
    return True


def nothing(_: str) -> bool:
    return False


def chinese() -> bool:
    return True


def test_that_a_complete_system_needs_nothing(system_packages: ModuleType) -> None:
    needs = system_packages.find_needs({"DISPLAY": ":0"}, None, everything, chinese)
    assert needs.packages == ()


def test_that_without_a_display_no_window_libraries_are_needed(system_packages: ModuleType) -> None:
    needs = system_packages.find_needs({}, None, nothing, chinese)
    assert set(needs.parts) == set(system_packages.ESSENTIAL)
    assert needs.wanted == ()


@pytest.mark.parametrize(
    ("variable", "package", "other"),
    [
        ("DISPLAY", "libxcb-cursor0", "libwayland-client0"),
        ("WAYLAND_DISPLAY", "libwayland-client0", "libxcb-cursor0"),
    ],
)
def test_that_a_display_brings_its_own_libraries(
    system_packages: ModuleType, variable: str, package: str, other: str
) -> None:
    needs = system_packages.find_needs({variable: "0"}, None, nothing, chinese)
    assert package in needs.wanted
    assert other not in needs.packages


def test_that_only_what_is_missing_is_listed_and_only_once(system_packages: ModuleType) -> None:
    def no_glib(library: str) -> bool:
        return "glib" not in library and "gthread" not in library

    needs = system_packages.find_needs({"DISPLAY": ":0"}, "python3.11-venv", no_glib, lambda: False)
    assert needs.essential == ("python3.11-venv", "libglib2.0-0")
    assert needs.wanted == ("fonts-wqy-microhei",)


def test_that_the_tests_need_a_screen_of_their_own_and_what_works_it(system_packages: ModuleType) -> None:
    programs = system_packages.needs_of_tests(nothing, lambda: False)
    needs = system_packages.find_needs({}, None, nothing, chinese, programs)
    assert {"xvfb", "openbox", "xdotool", "xclip", "libreoffice-calc", "python3-uno"} <= set(needs.wanted)
    assert "libxcb-cursor0" in needs.wanted
    assert "Xvfb" in needs.parts


def test_that_a_machine_with_everything_lacks_nothing_for_the_tests(system_packages: ModuleType) -> None:
    programs = system_packages.needs_of_tests(everything, lambda: True)
    assert system_packages.find_needs({}, None, everything, chinese, programs).packages == ()


def test_that_only_the_tests_ask_for_their_programs(
    system_packages: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def find_needs(*_: object, programs: object) -> object:
        asked.append(programs)
        return system_packages.Needs((), (), ())

    monkeypatch.setattr(system_packages, "find_needs", find_needs)
    monkeypatch.setattr(system_packages, "needs_of_tests", lambda: {"Xvfb": "xvfb"})
    system_packages.provide({}, lambda: None, print)
    system_packages.provide({}, lambda: None, print, True)
    assert asked == [None, {"Xvfb": "xvfb"}]


def test_that_the_linker_is_asked(system_packages: ModuleType) -> None:
    assert not system_packages.can_load("libaluplanner-has-no-such-library.so.9")


def test_that_chinese_fonts_are_known_by_their_files(
    system_packages: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_packages.shutil, "which", lambda _: None)
    monkeypatch.setattr(system_packages, "FONT_FOLDERS", (str(tmp_path),))
    assert not system_packages.has_chinese_font()
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "NotoSansCJK-Regular.ttc").touch()
    assert system_packages.has_chinese_font()


@pytest.fixture
def lacking(system_packages: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Callable[..., ModuleType]:
    """A system with apt-get that lacks one essential or one wanted package."""

    def make(essential: bool, rights: list[str] | None) -> ModuleType:
        needs = system_packages.Needs(("libegl1",), (), ("libEGL.so.1",))
        if not essential:
            needs = system_packages.Needs((), ("fonts-wqy-microhei",), ())
        monkeypatch.setattr(system_packages, "find_needs", lambda *_, **__: needs)
        monkeypatch.setattr(system_packages.shutil, "which", lambda name: f"/usr/bin/{name}")
        monkeypatch.setattr(system_packages, "administrator_prefix", lambda: rights)
        return system_packages

    return make


def test_that_without_rights_the_command_is_named(lacking: Callable[..., ModuleType]) -> None:
    system_packages = lacking(essential=True, rights=None)
    with pytest.raises(system_packages.SetupError, match=r"run: sudo apt-get update && .* libegl1"):
        system_packages.provide({}, lambda: None, print)


def test_that_a_missing_font_stops_nothing(lacking: Callable[..., ModuleType]) -> None:
    said: list[str] = []
    lacking(essential=False, rights=None).provide({}, lambda: None, said.append)
    assert len(said) == 1
    assert "sudo apt-get update && sudo apt-get install" in said[0]


def test_that_without_apt_the_libraries_are_named(
    lacking: Callable[..., ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    system_packages = lacking(essential=True, rights=[])
    monkeypatch.setattr(system_packages.shutil, "which", lambda _: None)
    with pytest.raises(system_packages.SetupError, match=r"install libEGL\.so\.1 with your package manager"):
        system_packages.provide({}, lambda: None, print)


def test_that_the_reason_of_a_failed_installation_is_told(
    lacking: Callable[..., ModuleType], monkeypatch: pytest.MonkeyPatch
) -> None:
    system_packages = lacking(essential=True, rights=[])
    monkeypatch.setattr(system_packages, "install", lambda *_: "E: disk full")
    said: list[str] = []
    with pytest.raises(system_packages.SetupError, match="E: disk full"):
        system_packages.provide({}, lambda: None, said.append)
    assert said == ["Installing with apt-get: libegl1"]


def test_that_stale_lists_do_not_keep_apt_from_installing(
    system_packages: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []

    def no_update(command: list[str]) -> str:
        commands.append(command)
        return "E: no network" if command[-1] == "update" else ""

    monkeypatch.setattr(system_packages, "last_words", no_update)
    assert system_packages.install(["sudo", "-n"], ["libegl1"]) == ""
    assert [command[:3] for command in commands] == [["sudo", "-n", "env"]] * 2
    assert commands[-1][-1] == "libegl1"


def test_that_a_package_that_cannot_be_had_keeps_no_other_away(
    system_packages: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    had: list[str] = []

    def answer(command: list[str]) -> str:
        packages = command[command.index("--no-install-recommends") + 1 :] if "install" in command else []
        if "libreoffice-calc" in packages:
            return "E: Unable to locate package libreoffice-calc"
        had.extend(packages)
        return ""

    monkeypatch.setattr(system_packages, "last_words", answer)
    assert "libreoffice-calc" in system_packages.install([], ["xvfb", "libreoffice-calc", "xclip"])
    assert had == ["xvfb", "xclip"]


def test_that_the_last_line_of_a_failed_command_is_kept(system_packages: ModuleType, python: str) -> None:
    failing = "import sys; print('first', file=sys.stderr); sys.exit('last')"
    assert system_packages.last_words([python, "-c", failing]) == "last"
    assert system_packages.last_words([python, "-c", "raise SystemExit(3)"]) == "exit code 3"
    assert system_packages.last_words([python, "-c", "print('fine')"]) == ""
