"""LibreOffice Calc at the same desk: worked by keys like any program, and looked into cell by cell."""

import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.e2e.desk import Desk

BRIDGE: Final = Path(__file__).with_name("calc_bridge.py")
PYTHONS: Final = ("/usr/bin/python3", "/usr/lib/libreoffice/program/python", "/opt/libreoffice/program/python")
NO_GREETING: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Misc">
<prop oor:name="ShowTipOfTheDay" oor:op="fuse"><value>false</value></prop>
<prop oor:name="FirstRun" oor:op="fuse"><value>false</value></prop>
</item>
</oor:items>
"""
TITLE: Final = "LibreOffice Calc"
QUESTION: Final = "Import Options"
"""The window in which Calc asks, whenever it takes a table from another program, whose language it is in."""

Cell = dict[str, Any]


@cache
def find_calc() -> tuple[str, str] | None:
    """Return LibreOffice and a Python that can talk to it, ``None`` where either is missing."""
    office = shutil.which("soffice")
    for python in PYTHONS if office else ():
        try:
            asked = subprocess.run([python, "-c", "import uno"], capture_output=True, check=False)
        except OSError:
            continue
        if office and asked.returncode == 0:
            return office, python
    return None


class Calc:
    """Calc with an empty sheet."""

    def __init__(self, desk: Desk) -> None:
        found = find_calc()
        assert found is not None
        office, python = found
        self.desk = desk
        profile = desk.folder / "libreoffice"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(NO_GREETING, encoding="utf-8")
        pipe = f"calc{abs(hash(profile))}"
        options = ["--calc", "--norestore", "--nologo", "--nofirststartwizard", "--nolockcheck"]
        places = [f"-env:UserInstallation={profile.as_uri()}", f"--accept=pipe,name={pipe};urp;"]
        self.process = desk.start(office, *options, *places)
        self._bridge = desk.talk_to(python, str(BRIDGE), pipe)
        desk.wait_until(lambda: bool(self._bridge.ask("is_ready")), "Calc with a sheet")
        desk.wait_until(lambda: self._window() is not None, "the window of Calc")

    def _window(self) -> str | None:
        return next(iter(self.desk.named(TITLE)), None)

    def activate(self) -> None:
        """Bring the window to the front."""
        window = self._window()
        assert window is not None
        self.desk.activate(window)

    def paste(self) -> None:
        """Paste at the current cell with the keys for it, and say yes to what Calc asks."""
        self.desk.press("ctrl+v")
        self.desk.wait_until(lambda: bool(self.desk.named(QUESTION)), "the question of Calc")
        (question,) = self.desk.named(QUESTION)
        self.desk.activate(question)
        self.desk.press("Return")
        self.desk.wait_until(lambda: not self.desk.named(QUESTION), "the end of the question")
        self.desk.wait_until(lambda: self.used != "A1" or bool(self.texts("A1")[0][0]), "the pasted cells")

    def copy(self, area: str) -> str:
        """Select an area and copy it with the keys for it; return what is on the clipboard as text."""
        self.activate()
        self._bridge.ask("select", area)
        return self.desk.copied("ctrl+c")

    def write(self, area: str, cells: Sequence[Sequence[Cell]]) -> None:
        """Fill an area: a ``value``, a ``text`` or a ``formula`` a cell, and its number ``format`` if any."""
        self._bridge.ask("write", area, cells)

    def read(self, area: str) -> list[list[Cell]]:
        """Return the cells of an area, such as ``A1:C3``: kind, value, text as shown and number format."""
        cells: list[list[Cell]] = self._bridge.ask("read", area)
        return cells

    def texts(self, area: str) -> list[list[str]]:
        """Return the cells of an area as they are shown."""
        return [[cell["text"] for cell in row] for row in self.read(area)]

    @property
    def used(self) -> str:
        """The area in use, without its sheet."""
        return str(self._bridge.ask("used")).rpartition(".")[2].replace("$", "")
