"""Works in a LibreOffice without a window; runs in the Python that LibreOffice brings, with nothing but that.

One request a line on the standard input, one answer a line on the standard output, both JSON.
"""

import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.sheet.FormulaResult import ERROR


def connect(pipe: str) -> Any:
    """Return the desktop of the LibreOffice that listens at a pipe, ``None`` if it does not yet."""
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    try:
        there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
    except NoConnectException:
        return None
    return there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)


def option(name: str, value: Any) -> Any:
    """Return an option of loading or storing."""
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


class Bridge:
    """Answers requests about one workbook."""

    def __init__(self, pipe: str) -> None:
        self._pipe = pipe
        self._desktop: Any = None
        self._book: Any = None
        self._before: list[tuple[Any, str]] = []

    def is_ready(self) -> bool:
        """Return whether LibreOffice listens."""
        self._desktop = self._desktop or connect(self._pipe)
        return self._desktop is not None

    def open(self, path: str) -> float:
        """Open a workbook in place of the one before; return the seconds that took."""
        if self._book is not None:
            self._book.close(True)
        self._before.clear()
        started = perf_counter()
        self._book = self._desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, (option("Hidden", True),))
        return perf_counter() - started

    def recalculate(self) -> float:
        """Calculate every formula anew; return the seconds that took."""
        started = perf_counter()
        self._book.calculateAll()
        return perf_counter() - started

    def sheets(self) -> list[str]:
        """Return the names of the sheets."""
        return list(self._book.Sheets.ElementNames)

    def read(self, sheet: str, area: str) -> list[list[Any]]:
        """Return the contents of an area: numbers, and texts as they are; errors are ``None``."""
        found = self._book.Sheets.getByName(sheet).getCellRangeByName(area).getDataArray()
        return [[None if not isinstance(value, str | float) else value for value in row] for row in found]

    def formulas(self, sheet: str, area: str) -> list[list[str]]:
        """Return the formulas of an area."""
        found = self._book.Sheets.getByName(sheet).getCellRangeByName(area).getFormulaArray()
        return [list(row) for row in found]

    def write(self, sheet: str, cell: str, value: Any) -> None:
        """Put a number or a text into a cell, or empty it."""
        target = self._book.Sheets.getByName(sheet).getCellRangeByName(cell)
        self._before.append((target, target.getFormula()))
        if isinstance(value, str):
            target.setString(value)
        elif value is None:
            target.setFormula("")
        else:
            target.setValue(float(value))

    def restore(self) -> None:
        """Put back what stood in the cells written to, the last one first."""
        while self._before:
            target, content = self._before.pop()
            target.setFormula(content)

    def errors(self) -> list[str]:
        """Return the cells of all sheets that show an error, the first few of each sheet."""
        found = []
        for name in self._book.Sheets.ElementNames:
            ranges = self._book.Sheets.getByName(name).queryFormulaCells(ERROR)
            if ranges.Count:
                found.append(f"{name}: {ranges.RangeAddressesAsString[:300]}")
        return found

    def save(self, path: str) -> None:
        """Save the workbook as .xlsx."""
        self._book.storeToURL(Path(path).as_uri(), (option("FilterName", "Calc MS Excel 2007 XML"),))


def main(pipe: str) -> None:
    """Answer until the input ends."""
    bridge = Bridge(pipe)
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        print(json.dumps(getattr(bridge, name)(*arguments)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
