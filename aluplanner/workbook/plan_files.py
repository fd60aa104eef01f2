"""Which files are plans, told at a glance."""

import re
import zipfile
from pathlib import Path

from aluplanner.model.plants import PLANTS

_SHEET = re.compile(rb"""<(?:\w+:)?sheet\b[^>]*?\bname=["']([^"']*)["']""")
_MOST_BYTES = 4_000_000


def holds_plan(path: Path) -> bool:
    """Return whether a file is a workbook with a sheet of plants; what cannot be looked into is no plan."""
    try:
        with zipfile.ZipFile(path) as package, package.open("xl/workbook.xml") as part:
            names = _SHEET.findall(part.read(_MOST_BYTES))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return False
    titles = {PLANTS.title.casefold(), PLANTS.title_zh.casefold()}
    return any(name.decode("utf-8", "replace").strip().casefold() in titles for name in names)
