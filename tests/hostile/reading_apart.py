"""Reading a file in a process of its own, to measure it or to be safe from it."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.hostile.checks import check_sentence


@dataclass(frozen=True)
class Apart:
    """What came of reading a file.

    Attributes
    ----------
    opens, codes
        Whether it gives a plan, and the codes of the errors in it.
    seconds
        How long it took.
    own, started
        The peaks of memory in MB of the process that asked for the file, and of the one that took it apart.
    """

    opens: bool
    codes: frozenset[str]
    seconds: float
    own: float
    started: float


def read_apart(path: Path, root: Path, timeout: float = 60) -> Apart:
    """Read a file in a process of its own.

    Raises
    ------
    AssertionError
        If that failed, or gave neither a plan nor sentences.
    subprocess.TimeoutExpired
        If it hangs.
    """
    command = [sys.executable, "-m", "tests.hostile.reading_driver", str(path)]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=timeout)
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found["opens"] or found["errors"], "neither a plan nor a reason"
    for code, message, remedy in found["errors"]:
        check_sentence(message, code)
        check_sentence(remedy, code)
    codes = frozenset(code for code, _, _ in found["errors"])
    return Apart(found["opens"], codes, found["seconds"], found["own"], found["started"])
