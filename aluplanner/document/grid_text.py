"""Blocks of cells as the text that spreadsheets put on the clipboard.

Cells are separated by tabs, rows by line ends; a cell that holds a tab, a line end or a quotation
mark at its beginning stands in quotation marks, with those inside doubled.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final

_QUOTE: Final = '"'
# a quoted cell, where its closing mark is followed by the end of the cell; else anything up to the end of the cell
_CELL = re.compile(r'"((?:[^"]|"")*)"(?=[\t\r\n]|\Z)|([^\t\r\n]*)')
_BETWEEN = re.compile(r"[\t\r\n]")
_LINE_END = re.compile(r"\r\n|\r|\n")


def read_grid(text: str) -> list[list[str]]:
    """Return the cells of a block, row by row; rows may differ in length.

    Parameters
    ----------
    text
        What was on the clipboard. One line end at its end closes the last row and begins no other.
    """
    if _QUOTE not in text:
        plain = text.replace("\r\n", "\n").replace("\r", "\n")
        return [row.split("\t") for row in plain.removesuffix("\n").split("\n")]
    rows: list[list[str]] = [[]]
    position = 0
    while True:
        found = _CELL.match(text, position)
        if found is None:
            raise AssertionError("every text begins with a cell, if only an empty one")
        rows[-1].append(_cell(found))
        position = found.end()
        if text.startswith("\t", position):
            position += 1
            continue
        line_end = _LINE_END.match(text, position)
        if line_end is None or line_end.end() == len(text):
            return rows
        position = line_end.end()
        rows.append([])


def _cell(found: re.Match[str]) -> str:
    quoted = found[1]
    if quoted is None:
        return found[2]
    return _LINE_END.sub("\n", quoted.replace(_QUOTE * 2, _QUOTE))


def write_grid(rows: Iterable[Sequence[str]]) -> str:
    """Return a block of cells as text that :func:`read_grid` and spreadsheets read back cell by cell."""
    return "".join("\t".join(map(_quoted, row)) + "\n" for row in rows)


def _quoted(cell: str) -> str:
    if cell.startswith(_QUOTE) or _BETWEEN.search(cell):
        return _QUOTE + cell.replace(_QUOTE, _QUOTE * 2) + _QUOTE
    return cell
