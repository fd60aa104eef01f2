"""A LibreOffice without a window that calculates living workbooks for the tests."""

import io
import os
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tests.e2e.calc import find_calc
from tests.e2e.processes import Process, Talk

BRIDGE: Final = Path(__file__).with_name("office_bridge.py")
_CACHED: Final = re.compile(rb"(</f>)<v>[^<]*</v>")
_TEXT_FORMULA: Final = re.compile(rb' t="str"><f>')


def stripped(data: bytes) -> bytes:
    """Return a workbook without the values of its formulas, so that a program has to work out all of them."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as book,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bare,
    ):
        for name in book.namelist():
            part = book.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part = _TEXT_FORMULA.sub(b"><f>", _CACHED.sub(rb"\1", part))
            bare.writestr(name, part)
    return stream.getvalue()


class Office:
    """A running LibreOffice and the workbook open in it.

    Parameters
    ----------
    folder
        Where its profile and its logs go.
    """

    def __init__(self, folder: Path) -> None:
        found = find_calc()
        assert found is not None
        office, python = found
        self.folder = folder
        profile = folder / "profile"
        pipe = f"living{os.getpid()}x{abs(hash(profile))}"
        options = ["--headless", "--norestore", "--nologo", "--nofirststartwizard", "--nolockcheck"]
        places = [f"-env:UserInstallation={profile.as_uri()}", f"--accept=pipe,name={pipe};urp;"]
        environment = {**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"}
        self._process = Process([office, *options, *places], environment, folder / "office.log")
        self._data: bytes | None = None
        self._talk = Talk([python, str(BRIDGE), pipe], environment, folder / "bridge.log")
        self._process.wait_until(lambda: bool(self._talk.ask("is_ready")), "LibreOffice", 60.0)

    def open(self, data: bytes) -> float:
        """Open a workbook; return the seconds that took."""
        path = self.folder / "book.xlsx"
        path.write_bytes(data)
        self._data = data
        return float(self._talk.ask("open", str(path)))

    def reopen(self, data: bytes) -> None:
        """Have a workbook open as it is in the file: by putting changes back where it is open already."""
        if self._data is data:
            self.restore()
        else:
            self.open(data)

    def recalculate(self) -> float:
        """Calculate every formula anew; return the seconds that took."""
        return float(self._talk.ask("recalculate"))

    def sheets(self) -> list[str]:
        """Return the names of the sheets."""
        found: list[str] = self._talk.ask("sheets")
        return found

    def read(self, sheet: str, area: str) -> list[list[Any]]:
        """Return the contents of an area."""
        found: list[list[Any]] = self._talk.ask("read", sheet, area)
        return found

    def write(self, sheet: str, cell: str, value: float | str | None) -> None:
        """Change a cell."""
        self._talk.ask("write", sheet, cell, value)

    def restore(self) -> None:
        """Put back what stood in the cells that were changed."""
        self._talk.ask("restore")

    def errors(self) -> Sequence[str]:
        """Return the cells that show an error."""
        found: list[str] = self._talk.ask("errors")
        return found

    def save(self) -> Path:
        """Save the workbook as LibreOffice writes it; return the file."""
        path = self.folder / "saved.xlsx"
        self._talk.ask("save", str(path))
        return path

    def end(self) -> None:
        """End the bridge and LibreOffice."""
        self._talk.end()
        self._process.end()
