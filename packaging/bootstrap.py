"""Set the project up in its own folder, then open it or check it.

python3 packaging/bootstrap.py run [FILE]           open the window on FILE (else the 2017 case);
                                                    with no display: write tables and pictures to out/
python3 packaging/bootstrap.py test [PYTEST ARGS]   run every check; with arguments: pytest alone, with them

The first call makes .venv and installs what is needed; on Debian and its relatives that includes missing
system libraries, and for the tests a virtual screen and LibreOffice. Later calls start at once. Only Python
3.11 or newer is needed beforehand.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - any Python may be asked to run this file
    sys.exit(
        "AluPlanner needs Python 3.11 or newer, this is {}.{}: install a newer one and start this with it.".format(
            *sys.version_info[:2]
        )
    )

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

import system_packages
from system_packages import SetupError

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "aluplanner-setup.json"
EXAMPLE = ROOT / "resources" / "examples" / "china-2017.xlsx"
OUT = ROOT / "out"

CHECKS = {
    "ruff check": ["-m", "ruff", "check"],
    "ruff format": ["-m", "ruff", "format", "--check"],
    "mypy": ["-m", "mypy"],
    "lint-imports": ["-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-logo"],
    "pytest": ["-m", "pytest", "-n", "auto"],
}


def main(arguments: list[str]) -> int:
    """Do what the command line says; give the exit code."""
    commands = {"run": run, "test": test}
    if not arguments or arguments[0] not in commands:
        print(__doc__)
        return 0 if arguments in (["-h"], ["--help"]) else 2
    try:
        return commands[arguments[0]](arguments[1:])
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run(arguments: list[str]) -> int:
    """Open the window, or without a display write what it would show."""
    python = set_up(extras=())
    if has_display(sys.platform, os.environ):
        # With no file named the window opens on the 2017 case as a new plan, so that saving asks where to.
        return call([python, "-m", "aluplanner", *arguments])
    if len(arguments) > 1:
        raise SetupError("There is no display, and without one only a single plan file can be run: name one.")
    return run_without_display(python, Path(arguments[0]) if arguments else EXAMPLE)


def run_without_display(python: Path, plan: Path) -> int:
    """Print the balance of every scenario; write it as a workbook, and the window as a picture."""
    results, picture = OUT / f"{plan.stem}-results.xlsx", OUT / "window.png"
    say(f"There is no display to open a window on: running {plan.name} in the terminal instead.")
    OUT.mkdir(exist_ok=True)
    commands: list[list[str | Path]] = [
        ["run", plan],
        ["run", plan, "--out", results],
        ["screenshot", plan, picture],
    ]
    for command in commands:
        code = call([python, "-m", "aluplanner", *command], QT_QPA_PLATFORM="offscreen")
        if code != 0:
            return code
    say(f"Wrote {results.relative_to(ROOT)} and {picture.relative_to(ROOT)}.")
    return 0


def test(arguments: list[str]) -> int:
    """Run every check and sum up, or pytest alone with the arguments given."""
    python = set_up(extras=("test",))
    if arguments:
        return call([python, "-m", "pytest", *arguments], cwd=ROOT)
    outcomes = []
    for name, command in CHECKS.items():
        say(f"== {name}")
        start = time.monotonic()
        code = call([python, *command], cwd=ROOT)
        outcomes.append((name, code, time.monotonic() - start))
    say("== summary")
    for name, code, seconds in outcomes:
        say(f"{name:14}{'ok' if code == 0 else f'FAILED ({code})':14}{seconds:7.1f} s")
    return int(any(code for _, code, _ in outcomes))


def has_display(platform: str, environment: Mapping[str, str]) -> bool:
    """Say whether a window can be opened: always on Windows and macOS, elsewhere with X11 or Wayland."""
    if platform in ("win32", "darwin"):
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def set_up(extras: tuple[str, ...]) -> Path:
    """Make the project's own environment unless it stands; give its Python.

    Parameters
    ----------
    extras
        Optional dependencies of the project to install with it.

    Returns
    -------
    pathlib.Path
        The Python interpreter of the environment.

    Raises
    ------
    SetupError
        If a part is missing and cannot be installed; the message is the remedy.
    """
    python = interpreter(VENV, sys.platform)
    had = read_stamp(STAMP)
    wanted = make_stamp((ROOT / "pyproject.toml").read_bytes(), extras, had)
    stands = had == wanted and python.exists()
    renew = not stands and not is_usable(python)
    if sys.platform == "linux":
        system_packages.provide(os.environ, lambda: missing_venv_package() if renew else None, say, "test" in extras)
    if stands:
        return python
    STAMP.unlink(missing_ok=True)
    if renew:
        make_environment(python)
    install_project(python, wanted["extras"])
    # Written last: whatever breaks off before this line is done again by the next call.
    STAMP.write_text(json.dumps(wanted), encoding="utf-8")
    return python


def interpreter(environment: Path, platform: str) -> Path:
    """Give the path of the Python in a virtual environment."""
    return environment / ("Scripts/python.exe" if platform == "win32" else "bin/python")


def missing_venv_package() -> str | None:
    """Name Debian's package for virtual environments if this Python cannot make any."""
    importlib.invalidate_caches()
    return None if importlib.util.find_spec("ensurepip") else f"python{version()}-venv"


def version() -> str:
    """Give the series of the running Python, such as ``3.11``."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def make_stamp(project: bytes, extras: Iterable[str], had: Mapping[str, object]) -> dict[str, object]:
    """Describe a finished set-up; it keeps extras that an earlier one installed.

    Parameters
    ----------
    project
        Contents of pyproject.toml.
    extras
        Optional dependencies asked for.
    had
        The description found, empty if none.

    Returns
    -------
    dict
        ``python`` (series), ``root`` (folder of the project), ``project`` (hash) and ``extras`` (sorted).
    """
    before = had.get("extras")
    return {
        "python": version(),
        "root": str(ROOT),
        "project": hashlib.sha256(project).hexdigest(),
        "extras": sorted({*extras, *(before if isinstance(before, list) else ())}),
    }


def read_stamp(path: Path) -> dict[str, object]:
    """Read the description of the set-up; empty if there is none that can be read."""
    try:
        stamp = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def is_usable(python: Path) -> bool:
    """Say whether an environment has a pip that starts and the series of the running Python."""
    try:
        answer = subprocess.run([python, "-m", "pip", "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.strip().endswith(f"(python {version()})")


def make_environment(python: Path) -> None:
    """Make the virtual environment anew."""
    if Path(sys.prefix).resolve() == VENV.resolve():
        raise SetupError("The environment in .venv is damaged: start this with another Python to renew it.")
    package = missing_venv_package()
    if package:
        raise SetupError(f"This Python cannot make environments: install it whole (on Debian {package}).")
    say(f"Making the environment in {VENV.name} with Python {version()}")
    shutil.rmtree(VENV, ignore_errors=True)
    if call([sys.executable, "-m", "venv", VENV]) != 0 or not python.exists():
        raise SetupError(f"No environment could be made in {VENV}: check that the folder can be written to.")


def install_project(python: Path, extras: object) -> None:
    """Install the project, editable, with its dependencies."""
    names = ",".join(extras) if isinstance(extras, list) else ""
    target = f".[{names}]" if names else "."
    say("Installing AluPlanner and what it depends on; the first time this takes some minutes")
    options = ["--disable-pip-version-check", "--no-input", "--quiet"]
    # A setting of the user's to install into the home folder does not hold here.
    code = call([python, "-m", "pip", "install", *options, "--editable", target], cwd=ROOT, PIP_USER="0")
    if code != 0:
        raise SetupError("Installing failed: check the network connection, then run the same command again.")


def call(command: Iterable[str | Path], cwd: Path | None = None, **variables: str) -> int:
    """Run a command on this terminal; give its exit code."""
    environment = {**os.environ, "PYTHONUTF8": "1", **variables}
    sys.stdout.flush()
    return subprocess.run([str(part) for part in command], cwd=cwd, env=environment, check=False).returncode


def say(line: str) -> None:
    """Print one line at once, in order with what the commands print."""
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
