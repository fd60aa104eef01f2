"""The cells of one sheet, written straight as XML: a living workbook has hundreds of thousands of formulas."""

from collections.abc import Callable, Sequence
from datetime import date
from math import isnan
from typing import Any, Final, TypeAlias, cast
from xml.sax.saxutils import escape as xml_escape

import numpy as np
from numpy.typing import NDArray

from aluplanner.workbook.living.area import Area, letters, prefix
from aluplanner.workbook.living.filling import filling
from aluplanner.workbook.living.looks import LOOKS

RUN: Final = 60
"""Rows that have one formula before its other form takes turns."""

_DAY_ZERO: Final = date(1899, 12, 30)

Content: TypeAlias = str | float | int | date | None
"""What a cell without a formula holds."""


def serial(day: date) -> int:
    """Return a day as workbooks count it."""
    return (day - _DAY_ZERO).days


class Grid:
    """The cells of one sheet.

    Parameters
    ----------
    sheet
        Its name.
    """

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.formulas = 0
        self._rows: dict[int, dict[int, tuple[int, str]]] = {}
        self._heights: dict[int, float] = {}
        self._right = 1
        self._own = prefix(sheet)

    # Cells

    def write(self, row: int, column: int, content: Content, look: str = "plain") -> None:
        """Write a text, a number, a day or nothing into a cell; text is never taken for a formula."""
        head = f'<c r="{letters(column)}{row}" s="{LOOKS[look]}"'
        if content is None or content == "":
            cell = f"{head}/>"
        elif isinstance(content, str):
            cell = f'{head} t="inlineStr"><is><t xml:space="preserve">{xml_escape(content)}</t></is></c>'
        elif isinstance(content, date):
            cell = f"{head}><v>{serial(content)}</v></c>"
        else:
            cell = f"{head}><v>{_number(float(content))}</v></c>"
        self._add(row, column, cell)

    def write_row(self, row: int, column: int, contents: Sequence[Content], look: str = "plain") -> None:
        """Write contents side by side."""
        for place, content in enumerate(contents):
            self.write(row, column + place, content, look)

    def formula(self, row: int, column: int, text: str, value: str | float, look: str = "plain") -> None:
        """Write one formula with the value that it has."""
        self.fill(Area(self.sheet, row, column, 1, 1), text, np.array([[value]], dtype=object), look)

    def fill(self, area: Area, text: str, values: NDArray[Any], look: str = "plain", *, other: str = "") -> None:
        """Fill a block with a formula.

        Parameters
        ----------
        area
            The block, in this sheet.
        text
            The formula of its first cell; see :mod:`aluplanner.workbook.living.filling`.
        values
            What the formulas give, of the block's shape; NaN and ``""`` stand for the empty text.
        look
            How the cells look.
        other
            The same formula put another way, likewise for the first cell: every second run of rows has that.
        """
        if values.shape != (area.rows, area.columns):
            raise ValueError(f"{area}: values of shape {values.shape}")
        fillings = [filling(way.replace(self._own, "")) for way in (text, other or text)]
        names = [letters(area.left + place) for place in range(area.columns)]
        moving = [[each.letters(place) for place in range(area.columns)] for each in fillings]
        shown = _all_shown(values)
        for down in range(area.rows):
            way = down // RUN % 2
            cells = _cells(area.top + down, LOOKS[look], fillings[way].in_row(down))
            row = (cells(*cell) for cell in zip(names, moving[way], shown[down], strict=True))
            self._add(area.top + down, area.left, "".join(row), area.columns)
        self.formulas += area.rows * area.columns

    def height(self, row: int, points: float) -> None:
        """Set the height of a row."""
        self._heights[row] = points

    def _add(self, row: int, column: int, cells: str, width: int = 1) -> None:
        self._right = max(self._right, column + width - 1)
        self._rows.setdefault(row, {})[column] = column + width, cells

    # XML

    @property
    def used(self) -> str:
        """The area from the first cell to the last row and to the right end of the widest block."""
        return f"A1:{letters(max(1, self._right))}{max(self._rows, default=1)}"

    def xml(self) -> str:
        """Return the ``sheetData`` of the sheet."""
        rows = []
        for row in sorted(self._rows.keys() | self._heights.keys()):
            height = f' ht="{self._heights[row]:g}" customHeight="1"' if row in self._heights else ""
            rows.append(f'<row r="{row}"{height}>{self._row(row)}</row>')
        return f"<sheetData>{''.join(rows)}</sheetData>"

    def _row(self, row: int) -> str:
        """Return the cells of a row from left to right.

        Raises
        ------
        RuntimeError
            If two blocks overlap: programs would call the file damaged.
        """
        parts: list[str] = []
        end = 0
        for column, (after, cells) in sorted(self._rows.get(row, {}).items()):
            if column < end:
                raise RuntimeError(f"{self.sheet}: two blocks at {letters(column)}{row}")
            parts.append(cells)
            end = after
        return "".join(parts)


def _cells(row: int, style: int, formula: str) -> Callable[[str, tuple[str, ...], str], str]:
    """Return what writes a cell of one row: from its column, the columns that move in the formula, and its value."""
    number = f'<c r="%s{row}" s="{style}"><f>{formula}</f><v>%s</v></c>'
    word = f'<c r="%s{row}" s="{style}" t="str"><f>{formula}</f><v>%s</v></c>'

    def cell(column: str, moving: tuple[str, ...], value: str) -> str:
        if value.startswith("\0"):
            return word % (column, *moving, value[1:])
        return number % (column, *moving, value)

    return cell


def _all_shown(values: NDArray[Any]) -> list[list[str]]:
    """Return values as they stand in the file; texts begin with a NUL."""
    if values.dtype == object:
        return [[_shown(value) for value in row] for row in values.tolist()]
    shown = [[_number(value) for value in row] for row in values.tolist()]
    if np.isnan(values).any():
        for row, column in np.argwhere(np.isnan(values)):
            shown[row][column] = "\0"
    return shown


def _shown(value: object) -> str:
    if isinstance(value, str):
        return f"\0{xml_escape(value)}"
    if isinstance(value, date):
        return str(serial(value))
    number = float(cast(float, value))
    return "\0" if isnan(number) else _number(number)


def _number(value: float) -> str:
    return repr(value).removesuffix(".0")
