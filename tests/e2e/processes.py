"""Programs that a test starts: each with its own log, all ended when the test is over."""

import json
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Any, Final

POLL: Final = 0.02
"""Seconds between two looks at a condition."""
PATIENCE: Final = 30.0
"""Seconds that anything may take on a busy machine."""
FAREWELL: Final = 5.0
"""Seconds to end in when asked to."""


class Process:
    """A running program, the leader of its own process group.

    Parameters
    ----------
    command
        What to run.
    environment
        Its whole environment.
    log
        Where what it says goes.
    keeps_open
        File descriptors that it inherits.
    """

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], log: Path, *, keeps_open: Sequence[int] = ()
    ) -> None:
        self.log = log
        with log.open("wb") as out:
            self._process = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                pass_fds=keeps_open,
                start_new_session=True,
            )

    @property
    def id(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """How it ended, ``None`` while it runs."""
        return self._process.poll()

    @property
    def said(self) -> str:
        """What it has written so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_until(self, is_so: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
        """Wait for something that this process brings about, and no longer than it lives.

        Raises
        ------
        AssertionError
            If the process ends, or it does not happen in time.
        """
        until = monotonic() + seconds
        while not is_so():
            try:
                code = self._process.wait(timeout=POLL)
            except subprocess.TimeoutExpired:
                assert monotonic() < until, f"waited {seconds:.0f} s for {what}"
            else:
                raise AssertionError(f"ended with {code} before {what}: {self.said}")

    def end(self) -> None:
        """Ask it and all it started to end, and make them."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.killpg(self.id, number)
                self._process.wait(timeout=FAREWELL)
            except ProcessLookupError:
                break
            except subprocess.TimeoutExpired:
                continue
        self._process.wait()


class Talk:
    """A program that answers questions, each a line of JSON: a name and its arguments."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], log: Path) -> None:
        with log.open("wb") as errors:
            self._process = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                encoding="utf-8",
            )
        self._log = log

    def ask(self, name: str, *arguments: object) -> Any:
        """Ask something and return the answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([name, *arguments]) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, self._log.read_text(encoding="utf-8", errors="replace")
        return json.loads(answer)

    def end(self) -> None:
        """Stop asking."""
        with self._process:
            self._process.kill()
