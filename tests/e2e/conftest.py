"""A desk with the program on it; skipped where a desk cannot be had."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from aluplanner.model.plan import Plan
from aluplanner.workbook.write import write_plan
from tests.e2e.calc import Calc, find_calc
from tests.e2e.desk import TOOLS, Desk
from tests.e2e.planner import Planner

Open = Callable[[Plan], Planner]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return an empty desk."""
    if sys.platform != "linux":
        pytest.skip("a virtual screen needs Linux")
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"a virtual screen needs {', '.join(missing)}")
    with Desk(tmp_path / "desk") as made:
        yield made


@pytest.fixture
def open_plan(desk: Desk, tmp_path: Path) -> Open:
    """Return what opens a plan in the program, from a file of its own."""

    def open_it(plan: Plan) -> Planner:
        file = tmp_path / "plan.xlsx"
        write_plan(plan, file)
        return Planner(desk, file)

    return open_it


@pytest.fixture
def calc(desk: Desk) -> Calc:
    """Return Calc with an empty sheet, at the same desk."""
    if find_calc() is None:
        pytest.skip("exchange with Calc needs LibreOffice Calc and its bridge to Python (python3-uno)")
    return Calc(desk)
