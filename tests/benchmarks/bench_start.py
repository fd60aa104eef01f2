"""From the start of a process to a table that can be used and plots that can be read, with imports warm."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.benchmarks.timing import Report

WARM_UP = 2
STARTS = 9
MOST_SECONDS_TO_TABLE = 0.5
MOST_SECONDS_TO_PLOTS = 1.0
SCREEN = {"name": "screen", "x": 0, "y": 0, "width": 1920, "height": 1080}
SCREEN |= {"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}

pytestmark = pytest.mark.timeout(300)


def start(root: Path, folder: Path) -> dict[str, float]:
    """Start the program in a process of its own and return what it noted, in seconds from now."""
    homes = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    screen = folder / "screen.json"
    screen.write_text(json.dumps({"screens": [SCREEN]}))
    # imports are warm when byte code is kept, as for any installed program
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept["PYTHONPYCACHEPREFIX"] = str(folder / "byte code")
    environment = {**kept, **homes, "QT_QPA_PLATFORM": f"offscreen:configfile={screen}"}
    command = [sys.executable, "-m", "tests.benchmarks.start_driver", str(time.time())]
    run = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout)
    assert found["code"] == 0
    assert found["width"] > SCREEN["width"] * 0.9
    return found


@pytest.fixture(scope="module")
def starts(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory, report: Report) -> list[Any]:
    folder = tmp_path_factory.mktemp("start")
    found = [start(pytestconfig.rootpath, folder) for _ in range(WARM_UP + STARTS)][WARM_UP:]
    limits = {"table": MOST_SECONDS_TO_TABLE, "plots": MOST_SECONDS_TO_PLOTS}
    for what, words in {
        "imported": "start of the process to program imported",
        "table": "start of the process to table painted",
        "plots": "start of the process to plots painted",
    }.items():
        report.add(words, [each[what] for each in found], f"at most {limits[what]} s" if what in limits else "")
    report.add("  making the plots, while nothing else answers", [e["plots made"] - e["plots begun"] for e in found])
    return found


def test_that_the_table_can_be_used_within_half_a_second(starts: list[dict[str, float]]) -> None:
    assert median(each["table"] for each in starts) <= MOST_SECONDS_TO_TABLE


def test_that_the_plots_are_there_within_a_second(starts: list[dict[str, float]]) -> None:
    assert median(each["plots"] for each in starts) <= MOST_SECONDS_TO_PLOTS
