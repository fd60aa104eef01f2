"""The program as its user meets it: a window, keys, and the file that it saves."""

import sys
from pathlib import Path
from typing import Final

from openpyxl import load_workbook

from aluplanner.model.plan import Plan
from aluplanner.model.schema import Column
from aluplanner.workbook.read import read_plan, read_workbook
from tests.e2e.desk import Desk
from tests.e2e.screen import Box, difference

ROOT = Path(__file__).resolve().parents[2]
NAME: Final = " – AluPlanner"
WITH_PICTURES: Final = frozenset({"plants", "actions"})
"""Tables with a column of pictures after the first, which the plan knows nothing of."""

TALLEST_CELL: Final = 40
"""Pixels; whatever is taller is more than a cell."""


class Planner:
    """The program with a plan open.

    Parameters
    ----------
    desk
        Where it runs.
    file
        The plan.
    """

    def __init__(self, desk: Desk, file: Path) -> None:
        self.desk = desk
        self.file = file
        variables = {"QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
        self.process = desk.start(sys.executable, "-m", "aluplanner", str(file), **variables)
        desk.wait_until(lambda: self._window() is not None, "the window of the program")
        self.activate()

    def _window(self) -> str | None:
        windows = self.desk.windows(self.process)
        return next((number for number, title in windows.items() if title.endswith(NAME)), None)

    @property
    def title(self) -> str:
        """The title of the window."""
        return next((title for title in self.desk.windows(self.process).values() if title.endswith(NAME)), "")

    @property
    def is_changed(self) -> bool:
        """Whether the title says that there is something to save."""
        return "*" in self.title

    def activate(self) -> None:
        """Bring the window to the front."""
        window = self._window()
        assert window is not None
        self.desk.activate(window)

    def wait_until_changed(self, changed: bool = True) -> None:
        """Wait for the mark of unsaved changes to come or go."""
        self.desk.wait_until(lambda: self.is_changed is changed, "a changed plan" if changed else "an unchanged plan")

    def go_to(self, table: str, row: int, column: str) -> None:
        """Walk to a cell of the table on view, from its first one."""
        self.desk.press("ctrl+Home", *["Down"] * row, *["Right"] * self._place(table, column))

    def select(self, table: str, first: tuple[int, str], last: tuple[int, str]) -> None:
        """Select a block of the table on view."""
        (row, column), (to_row, to_column) = first, last
        across = self._place(table, to_column) - self._place(table, column)
        self.go_to(table, row, column)
        self.desk.press(*["shift+Down"] * (to_row - row), *["shift+Right"] * across)

    def find_cell(self) -> Box:
        """Return where the current cell is on the screen: what changes there when it is edited."""
        found: list[Box] = []

        def is_found() -> bool:
            changed = self._area_changed_by_editing()
            if changed is not None and changed.height < TALLEST_CELL:
                found.append(changed)
            return bool(found)

        self.desk.wait_until(is_found, "the current cell alone to change")
        return found[0]

    def _area_changed_by_editing(self) -> Box | None:
        self.desk.wait_until_still()
        before = self.desk.look()
        self.desk.press("F2")
        self.desk.wait_until(lambda: difference(before, self.desk.look()) is not None, "the editor of the cell")
        changed = difference(before, self.desk.look())
        self.desk.press("Escape")
        return changed

    def _place(self, table: str, column: str) -> int:
        """Return how many columns lie before a column on the screen."""
        place = [each.name for each in self._columns_of(table)].index(column)
        return place + 1 if place and table in WITH_PICTURES else place

    def _columns_of(self, table: str) -> tuple[Column, ...]:
        draft = read_workbook(self.file).draft
        assert draft is not None
        return draft.columns(table)

    def save(self) -> Plan:
        """Save, and return what is in the file then."""
        self.save_file()
        return read_plan(self.file)

    def save_file(self) -> None:
        """Save with the keys for it, and wait for the file."""
        before = self.file.stat()

        def is_written() -> bool:
            now = self.file.stat()
            return (now.st_ino, now.st_mtime_ns) != (before.st_ino, before.st_mtime_ns) and not self.is_changed

        self.desk.press("ctrl+s")
        self.desk.wait_until(is_written, f"{self.file.name} being saved")

    def saved_cells(self, sheet: str, title: str) -> list[object]:
        """Return what the saved workbook holds under a title, seen without the program."""
        rows = load_workbook(self.file)[sheet].iter_rows(values_only=True)
        place = next(row for row in rows if title in row).index(title)
        return [row[place] for row in rows]

    def open_again(self) -> "Planner":
        """Start the program anew on what was saved."""
        return Planner(self.desk, self.file)

    def quit(self) -> None:
        """Leave the program, and see that it has nothing to complain about."""
        self.desk.press("ctrl+q")
        self.desk.wait_until(lambda: self.process.exit_code is not None, "the end of the program")
        assert self.process.exit_code == 0
        assert self.process.said == ""
