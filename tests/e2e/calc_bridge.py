"""Looks into a running LibreOffice Calc; runs in the Python that LibreOffice brings, with nothing but that.

One request a line on the standard input, one answer a line on the standard output, both JSON.
"""

import json
import sys
from typing import Any

import uno
from com.sun.star.connection import NoConnectException
from com.sun.star.lang import Locale


def connect(pipe: str) -> Any:
    """Return the desktop of the LibreOffice that listens at a pipe, ``None`` if it does not yet."""
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    try:
        there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
    except NoConnectException:
        return None
    return there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)


class Bridge:
    """Answers requests about the sheet in front."""

    def __init__(self, pipe: str) -> None:
        self._pipe = pipe
        self._desktop: Any = None

    @property
    def _book(self) -> Any:
        return self._desktop.getCurrentComponent()

    @property
    def _sheet(self) -> Any:
        return self._book.Sheets.getByIndex(0)

    def is_ready(self) -> bool:
        """Return whether a sheet is open."""
        self._desktop = self._desktop or connect(self._pipe)
        return self._desktop is not None and self._book is not None

    def read(self, area: str) -> list[list[dict[str, Any]]]:
        """Return the cells of an area: kind, value, text as shown and number format."""
        block = self._sheet.getCellRangeByName(area)
        size = block.RangeAddress
        columns = range(size.EndColumn - size.StartColumn + 1)
        rows = range(size.EndRow - size.StartRow + 1)
        return [[self._cell(block.getCellByPosition(column, row)) for column in columns] for row in rows]

    def _cell(self, cell: Any) -> dict[str, Any]:
        pattern = self._book.NumberFormats.getByKey(cell.NumberFormat).FormatString
        kind = cell.Type.value.lower()
        return {"kind": kind, "value": cell.Value, "text": cell.String, "format": pattern}

    def write(self, area: str, cells: list[list[dict[str, Any]]]) -> None:
        """Fill an area: a ``value``, a ``text`` or a ``formula`` a cell, and its number ``format`` if any."""
        block = self._sheet.getCellRangeByName(area)
        for row, line in enumerate(cells):
            for column, content in enumerate(line):
                self._write(block.getCellByPosition(column, row), content)

    def _write(self, cell: Any, content: dict[str, Any]) -> None:
        if "format" in content:
            formats, locale = self._book.NumberFormats, Locale("en", "US", "")
            known = formats.queryKey(content["format"], locale, False)
            cell.NumberFormat = known if known != -1 else formats.addNew(content["format"], locale)
        if "text" in content:
            cell.String = content["text"]
        elif "formula" in content:
            cell.Formula = content["formula"]
        elif "value" in content:
            cell.Value = content["value"]

    def select(self, area: str) -> None:
        """Select an area, as dragging over it would."""
        self._book.CurrentController.select(self._sheet.getCellRangeByName(area))

    def used(self) -> str:
        """Return the area from the first cell to the last one with contents."""
        cursor = self._sheet.createCursor()
        cursor.gotoEndOfUsedArea(True)
        return str(cursor.AbsoluteName)


def main(pipe: str) -> None:
    """Answer until the input ends."""
    bridge = Bridge(pipe)
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        print(json.dumps(getattr(bridge, name)(*arguments)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
