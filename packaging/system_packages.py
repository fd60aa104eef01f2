"""What the window and its tests need from the system on Linux, and how Debian and its relatives install it."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# Shared library -> Debian package, read off the dynamic sections of Qt's libraries and platform plugins.
# Without these Qt cannot be imported at all, not even to draw a picture with no display.
ESSENTIAL = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
X11_WINDOW = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND_WINDOW = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
}

# Command -> Debian package: what the tests that work the window like a person run, beside an X11 window's libraries.
# Where one is missing, they are skipped.
TEST_COMMANDS = {
    "Xvfb": "xvfb",
    "openbox": "openbox",
    "xdotool": "xdotool",
    "xclip": "xclip",
    "soffice": "libreoffice-calc",
}
UNO = Path("/usr/lib/python3/dist-packages/uno.py")
UNO_PACKAGE = "python3-uno"

CHINESE_FONT = "fonts-wqy-microhei"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts")
CHINESE_FONT_FILES = (
    "wqy-*",
    "NotoSansCJK*",
    "NotoSansSC*",
    "SourceHanSans*",
    "DroidSansFallback*",
    "uming*",
    "ukai*",
)


class SetupError(Exception):
    """The set-up cannot go on; the message is one sentence with the remedy."""


@dataclass(frozen=True)
class Needs:
    """What is missing: essential and merely wanted Debian packages, and the libraries and programs they hold."""

    essential: tuple[str, ...]
    wanted: tuple[str, ...]
    parts: tuple[str, ...]

    @property
    def packages(self) -> tuple[str, ...]:
        """Every missing Debian package."""
        return (*self.essential, *self.wanted)


def can_load(library: str) -> bool:
    """Say whether the dynamic linker finds a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def can_run(command: str) -> bool:
    """Say whether a program is installed."""
    return shutil.which(command) is not None


def has_uno() -> bool:
    """Say whether the Python of the system can talk to LibreOffice."""
    return UNO.exists()


def has_chinese_font() -> bool:
    """Say whether any installed font can write Chinese."""
    if shutil.which("fc-list"):
        listed = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, check=False)
        if listed.returncode == 0:
            return bool(listed.stdout.strip())
    return any(
        next(Path(folder).expanduser().rglob(name), None) is not None
        for folder in FONT_FOLDERS
        for name in CHINESE_FONT_FILES
    )


def packages_for(parts: Mapping[str, str], found: Callable[[str], bool]) -> dict[str, str]:
    """Keep the libraries or programs that are missing, with the packages that hold them."""
    return {part: package for part, package in parts.items() if not found(part)}


def needs_of_tests(found: Callable[[str], bool] = can_run, uno: Callable[[], bool] = has_uno) -> dict[str, str]:
    """List the programs that the tests lack, with the packages that hold them.

    Parameters
    ----------
    found
        Whether a program is installed.
    uno
        Whether the Python of the system can talk to LibreOffice.
    """
    return packages_for(TEST_COMMANDS, found) | ({} if uno() else {"the Python bridge of LibreOffice": UNO_PACKAGE})


def find_needs(
    environment: Mapping[str, str],
    venv_package: str | None,
    found: Callable[[str], bool] = can_load,
    chinese: Callable[[], bool] = has_chinese_font,
    programs: Mapping[str, str] | None = None,
) -> Needs:
    """List what this Linux lacks.

    Parameters
    ----------
    environment
        Environment variables: only an open X11 or Wayland display needs the libraries for its windows.
    venv_package
        The Debian package that makes virtual environments, ``None`` if this Python can make them.
    found
        Whether a library can be loaded.
    chinese
        Whether a Chinese font is installed.
    programs
        What the tests lack, as :func:`needs_of_tests` lists it; ``None`` if they are not to be run. They open a
        display of their own.

    Returns
    -------
    Needs
        Without repetitions, in the order of the tables above.
    """
    essential = packages_for(ESSENTIAL, found)
    window: dict[str, str] = {}
    if environment.get("DISPLAY") or programs is not None:
        window |= packages_for(X11_WINDOW, found)
    if environment.get("WAYLAND_DISPLAY"):
        window |= packages_for(WAYLAND_WINDOW, found)
    tools = programs or {}
    return Needs(
        essential=unique([*([venv_package] if venv_package else []), *essential.values()]),
        wanted=unique([*window.values(), *([] if chinese() else [CHINESE_FONT]), *tools.values()]),
        parts=(*essential, *window, *tools),
    )


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Drop repetitions, keep the order."""
    return tuple(dict.fromkeys(names))


def provide(
    environment: Mapping[str, str],
    venv_package: Callable[[], str | None],
    say: Callable[[str], None],
    testing: bool = False,
) -> None:
    """Install what this Linux lacks, or say how to.

    Parameters
    ----------
    environment
        Environment variables.
    venv_package
        Names the Debian package that makes virtual environments as long as it is missing.
    say
        Prints one line.
    testing
        Whether the tests are to be run.

    Raises
    ------
    SetupError
        If something essential is still missing; the message is the remedy.
    """

    def look() -> Needs:
        return find_needs(environment, venv_package(), programs=needs_of_tests() if testing else None)

    needs = look()
    if not needs.packages:
        return
    options = f"-y --no-install-recommends {' '.join(needs.packages)}"
    command = f"sudo apt-get update && sudo apt-get install {options}"
    if not shutil.which("apt-get"):
        lacking = ", ".join(needs.parts) or "a Chinese font"
        remedy = f"install {lacking} with your package manager"
    elif (rights := administrator_prefix()) is None:
        remedy = f"run: {command}"
    else:
        say(f"Installing with apt-get: {' '.join(needs.packages)}")
        failure = install(rights, needs.packages)
        needs = look()
        if not needs.packages:
            return
        remedy = f"apt-get failed ({failure}); check the network connection, then run: {command}"
    if needs.essential:
        raise SetupError(f"System packages are missing ({', '.join(needs.essential)}): {remedy}")
    say(f"Going on without {', '.join(needs.wanted)}; to get them, {remedy}")


def administrator_prefix() -> list[str] | None:
    """Give what runs a command as administrator without a question, ``None`` if nothing does."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if allowed.returncode == 0 else None


def install(rights: list[str], packages: Sequence[str]) -> str:
    """Install Debian packages; give the last words of the step that failed, empty if none did."""
    apt = [
        *rights,
        "env",
        "DEBIAN_FRONTEND=noninteractive",
        "apt-get",
        "-qq",
        "-o",
        "DPkg::Lock::Timeout=120",
    ]
    # An update that fails need not matter, the lists already there may do; if they don't, it is the reason.
    no_lists = last_words([*apt, "update"])
    fetch = [*apt, "install", "-y", "--no-install-recommends"]
    failure = last_words([*fetch, *packages])
    if failure:
        # One package that cannot be had keeps all that are asked for with it away: ask for each alone.
        for package in packages:
            last_words([*fetch, package])
    return no_lists or failure if failure else ""


def last_words(command: list[str]) -> str:
    """Run a command quietly; give its last line if it failed, else nothing."""
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    lines = (done.stderr or done.stdout).strip().splitlines()
    return lines[-1] if lines else f"exit code {done.returncode}"
