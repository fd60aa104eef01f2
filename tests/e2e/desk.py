"""A desk to work at: a virtual screen with a window manager, a keyboard, a mouse and a clipboard."""

import os
import subprocess
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from tests.e2e.processes import PATIENCE, Process, Talk
from tests.e2e.screen import Pixels, difference, read_screen, write_picture

TOOLS: Final = ("Xvfb", "openbox", "xdotool", "xclip")
SIZE: Final = (1366, 768)
STILL: Final = 10
"""Looks at the screen between which nothing may change."""


class Desk:
    """A screen of its own, as a context: all that was started at it ends with it.

    Parameters
    ----------
    folder
        Where logs, pictures and everything that the programs remember go.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._stack = ExitStack()
        self._environment = {
            "PATH": os.environ["PATH"],
            "LC_ALL": "C.UTF-8",
            "HOME": self._own("home"),
            "XDG_CONFIG_HOME": self._own("config"),
            "XDG_DATA_HOME": self._own("data"),
            "XDG_STATE_HOME": self._own("state"),
            "XDG_CACHE_HOME": self._own("cache"),
            "XDG_RUNTIME_DIR": self._own("runtime"),
        }

    def _own(self, name: str) -> str:
        made = self.folder / name
        made.mkdir(mode=0o700, parents=True)
        return str(made)

    def __enter__(self) -> "Desk":
        try:
            self._screen = self._start_screen()
            manager = self.start("openbox", "--sm-disable")
            manager.wait_until(lambda: self._xdotool("get_desktop") is not None, "the window manager")
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _start_screen(self) -> Process:
        """Start the X server on the first display that is free."""
        reading, writing = os.pipe()
        width, height = SIZE
        options = ["-screen", "0", f"{width}x{height}x24", "-fbdir", str(self.folder), "-nolisten", "tcp", "-noreset"]
        screen = self.start("Xvfb", "-displayfd", str(writing), *options, keeps_open=(writing,))
        os.close(writing)
        with os.fdopen(reading) as answer:
            number = answer.readline().strip()
        assert number, screen.said
        self._environment["DISPLAY"] = f":{number}"
        return screen

    # Programs

    def start(self, *command: str, keeps_open: Sequence[int] = (), **variables: str) -> Process:
        """Start a program at this desk."""
        process = Process(command, {**self._environment, **variables}, self._log(command[0]), keeps_open=keeps_open)
        self._stack.callback(process.end)
        return process

    def talk_to(self, *command: str) -> Talk:
        """Start a program that answers questions."""
        talk = Talk(command, self._environment, self._log(command[0]))
        self._stack.callback(talk.end)
        return talk

    def _log(self, program: str) -> Path:
        return self.folder / f"{Path(program).name}-{len(list(self.folder.glob('*.log')))}.log"

    def ask(self, *command: str, text: str | None = None) -> str | None:
        """Run a small tool; return its answer, ``None`` if it fails."""
        done = subprocess.run(
            command,
            env=self._environment,
            input=text,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        return done.stdout if done.returncode == 0 else None

    def _xdotool(self, *arguments: str) -> str | None:
        return self.ask("xdotool", *arguments)

    def wait_until(self, is_so: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
        """Wait for something to happen; leave a picture of the screen if it does not."""
        try:
            self._screen.wait_until(is_so, what, seconds)
        except AssertionError as error:
            raise AssertionError(f"{error}; the screen then: {self.photograph('waiting')}") from None

    # Windows

    def windows(self, owner: Process) -> dict[str, str]:
        """Return the titles of a program's windows in sight, by their numbers."""
        return self._titles(self._xdotool("search", "--onlyvisible", "--pid", str(owner.id)))

    def named(self, title: str) -> dict[str, str]:
        """Return the titles of the windows in sight that hold a text, by their numbers."""
        return self._titles(self._xdotool("search", "--onlyvisible", "--name", title))

    def _titles(self, found: str | None) -> dict[str, str]:
        numbers = (found or "").split()
        return {number: (self._xdotool("getwindowname", number) or "").rstrip("\n") for number in numbers}

    @property
    def active_title(self) -> str:
        """The title of the window that has the keyboard."""
        return (self._xdotool("getactivewindow", "getwindowname") or "").rstrip("\n")

    def activate(self, window: str) -> None:
        """Bring a window to the front and give it the keyboard."""
        self._xdotool("windowactivate", window)

        def is_active() -> bool:
            return (self._xdotool("getactivewindow") or "").strip() == window

        self.wait_until(is_active, f"window {window} in front")

    # The hands

    def press(self, *keys: str) -> None:
        """Press keys one after the other, such as ``ctrl+c`` or ``Return``."""
        assert self._xdotool("key", "--delay", "2", *keys) is not None, keys

    def type(self, text: str) -> None:
        """Type letters and figures."""
        assert self._xdotool("type", "--delay", "2", text) is not None, text

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Click a place on the screen."""
        assert self._xdotool("mousemove", str(x), str(y), "click", str(button)) is not None

    def double_click(self, x: int, y: int) -> None:
        """Click a place twice, by one command: between two of them a busy machine makes two single clicks of it."""
        assert self._xdotool("mousemove", str(x), str(y), "click", "--repeat", "2", "--delay", "60", "1") is not None

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press the mouse at one place, move it to another and let go."""
        (x, y), (to_x, to_y) = start, end
        half = str((x + to_x) // 2), str((y + to_y) // 2)
        steps = ["mousemove", str(x), str(y), "mousedown", "1", "mousemove", *half]
        assert self._xdotool(*steps, "mousemove", str(to_x), str(to_y), "mouseup", "1") is not None

    # The clipboard

    def clipboard(self, kind: str = "UTF8_STRING") -> str | None:
        """Return what is on the clipboard, ``None`` if there is nothing of that kind."""
        return self.ask("xclip", "-selection", "clipboard", "-out", "-target", kind)

    def put_on_clipboard(self, text: str) -> None:
        """Put text on the clipboard, as another program does."""
        file = self.folder / "clipboard.txt"
        file.write_text(text, encoding="utf-8", newline="")
        self.start("xclip", "-quiet", "-selection", "clipboard", "-in", str(file))
        self.wait_until(lambda: self.clipboard() == text, "the text on the clipboard")

    def copied(self, *keys: str, kind: str = "UTF8_STRING") -> str:
        """Press the keys that copy, and return what they put on the clipboard."""
        self.put_on_clipboard("nothing yet")
        self.press(*keys)
        self.wait_until(lambda: self.clipboard(kind) not in (None, "nothing yet"), "something on the clipboard")
        return self.clipboard(kind) or ""

    # The eyes

    def look(self) -> Pixels:
        """Return what is on the screen."""
        return read_screen(self.folder / "Xvfb_screen0")

    def wait_until_still(self) -> None:
        """Wait until nothing on the screen has changed for some looks."""
        seen: list[Pixels] = []

        def is_still() -> bool:
            seen.append(self.look())
            return len(seen) > STILL and all(difference(seen[-1], other) is None for other in seen[-STILL:])

        self.wait_until(is_still, "a still screen")

    def photograph(self, name: str) -> Path:
        """Keep a picture of the screen; return its file."""
        file = self.folder / f"{name}.png"
        write_picture(self.look(), file)
        return file
