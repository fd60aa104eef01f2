"""Rows that sum up others: planners put them below and between their figures, and none of them is a plant."""

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any, Final

from aluplanner.i18n import tr
from aluplanner.model.cell_text import CellTextError, clean_text
from aluplanner.model.rows import Rows
from aluplanner.model.rows import read_cell as read_cell_of
from aluplanner.model.schema import Column, Table, Type
from aluplanner.model.units import MASS, read_unit
from aluplanner.workbook.cells import read_cell
from aluplanner.workbook.grid import column_of
from aluplanner.workbook.headers import plain
from aluplanner.workbook.sheet import Cell, Row
from aluplanner.workbook.stand_ins import note_lines

_SUMMED: Final = frozenset({"plants", "actions", "demand", "seasonality", "monthly", "bauxite"})
"""The tables whose figures anybody would add up."""

_SUMMING_UP: Final = re.compile(r"(?:全国|全部|各省)?(?:合计|小计|总计|共计|总和)|全国|grandtotals?|subtotals?")
_ALSO_A_NAME: Final = re.compile(r"totals?|sums?|all")
_OF_SOME: Final = re.compile(r".+(?:合计|小计|总计|共计|subtotal|total)|(?:sub)?total.+")
_WORDS: Final = ("total", "sum", "all")
_SIGN: Final = re.compile(r"[计总全\uff21-\uff5a]")
_HINT: Final = re.compile(rf"{'|'.join(_WORDS)}|{_SIGN.pattern}", re.IGNORECASE)
_LONGEST: Final = 40
_EXACT: Final = 1e-6
_ROUNDED: Final = 0.005


@dataclass(frozen=True, slots=True)
class Total:
    """A row named as a sum is: its place among the rows, its name, and whether its figures bear the name out."""

    index: int
    name: str
    is_sum: bool


def find_totals(
    table: Table[Any], columns: Mapping[int, Column], rows: Sequence[Row], formulas: Collection[tuple[int, int]]
) -> tuple[Total, ...]:
    """Return the rows of a sheet that are named as sums are.

    A name alone decides nothing, since a plant may have any: the row is a sum if a figure of it is a formula, or if
    all its figures are the sums of those above it, below it or around it. Where a row is named by a month no word can
    be a name, and the word decides. A row named so of which neither holds is a row like any other, but doubtful.

    Parameters
    ----------
    table
        The table.
    columns
        What the columns of the sheet hold, by their numbers.
    rows
        The rows of the sheet below its header.
    formulas
        The cells, by (row, column), that are formulas.
    """
    if table.name not in _SUMMED:
        return ()
    key = next((number for number, column in columns.items() if column.name == table.key[0]), 0)
    if key and not _may_name_sums(column_of(rows, key)):
        return ()
    named = {index: name for index, (_, cells) in enumerate(rows) if (name := _name(cells, key, columns))}
    if not named:
        return ()
    summed = [number for number, column in columns.items() if _is_summed(column)]
    is_text = columns[key].type is Type.TEXT if key else True
    sums = _Sums(rows, columns, summed, named)
    found = (Total(index, name, not is_text or sums.holds(index, name, formulas)) for index, name in named.items())
    return tuple(total for total in found if total.is_sum or _is_doubtful(total.name))


def note_on_row(column: Column, name: str) -> str:
    """Return the program's note on the name of a row that would be taken for a sum of others, and is none."""
    return note_lines(tr("A row of its own, and not the sum of others."), column, name)


def taken_for_totals(rows: Rows[Any]) -> tuple[int, ...]:
    """Return the rows of a plan that would be left out of its sheet as sums, if nothing noted that they are not."""
    table = rows.table
    if table.name not in _SUMMED or not any(map(_is_word, rows.keys)):
        return ()
    columns = {number: column for number, column in enumerate(table.columns, start=1) if not column.derived}
    lines = [(index, _cells(columns, record)) for index, record in enumerate(rows, start=1)]
    return tuple(total.index for total in find_totals(table, columns, lines, ()) if total.is_sum)


def _cells(columns: Mapping[int, Column], record: object) -> dict[int, Cell]:
    values = ((number, read_cell_of(record, column.name)) for number, column in columns.items())
    return {number: value for number, value in values if isinstance(value, str | float) and value != ""}


def _name(cells: Mapping[int, Cell], key: int, columns: Mapping[int, Column]) -> str:
    """Return the name of a row if it is one for sums; a row without a name may have one in any other column."""
    own = cells.get(key)
    if isinstance(own, str) and clean_text(own):
        return own.strip() if _is_word(own) else ""
    if own is not None:
        return ""
    texts = (cell for number, cell in cells.items() if isinstance(cell, str) and number not in _remarks(columns))
    return next((text.strip() for text in texts if _is_word(text)), "")


def _may_name_sums(names: Sequence[Cell | None]) -> bool:
    """Return whether one of some names may be one for sums, or is missing; told for all of them at once."""
    if None in names:
        return True
    texts = "\n".join([name for name in names if isinstance(name, str)]).casefold()
    # one search of all texts for each word is faster than the pattern, which looks for all words at every character
    return any(word in texts for word in _WORDS) or (not texts.isascii() and _SIGN.search(texts) is not None)


def _remarks(columns: Mapping[int, Column]) -> set[int]:
    return {number for number, column in columns.items() if column.name in ("source", "note")}


@lru_cache(maxsize=1024)
def _bare(text: str) -> str:
    return plain(re.sub(r"[(（].*", "", text)).strip(":：*")


def _is_word(text: str) -> bool:
    if len(text) > _LONGEST or not _HINT.search(text):
        return False
    bare = _bare(text)
    return any(pattern.fullmatch(bare) for pattern in (_SUMMING_UP, _ALSO_A_NAME, _OF_SOME))


def _is_doubtful(name: str) -> bool:
    return _OF_SOME.fullmatch(_bare(name)) is None or _SUMMING_UP.fullmatch(_bare(name)) is not None


def _is_summed(column: Column) -> bool:
    unit = read_unit(column.unit)
    return column.type is Type.NUMBER and unit is not None and unit.kind == MASS


class _Sums:
    """The figures of the rows, and what they add up to."""

    def __init__(
        self, rows: Sequence[Row], columns: Mapping[int, Column], summed: Sequence[int], named: Mapping[int, str]
    ) -> None:
        self._rows = rows
        self._summed = summed
        self._ends = sorted(named)
        self._figures = {
            number: [_figure(columns[number], cells.get(number)) for _, cells in rows] for number in summed
        }
        # running sums: a sheet may have as many sums as it has rows
        self._running: dict[int, tuple[list[float], list[int]]] = {}
        for number, figures in self._figures.items():
            plain = [0.0 if index in named else value for index, value in enumerate(figures)]
            self._running[number] = [0.0, *accumulate(plain)], [0, *accumulate(value != 0 for value in plain)]

    def holds(self, index: int, name: str, formulas: Collection[tuple[int, int]]) -> bool:
        """Return whether a row's figures are the sums of others."""
        line = self._rows[index][0]
        if any((line, number) in formulas for number in self._summed):
            return True
        is_surely_a_word = _SUMMING_UP.fullmatch(_bare(name)) is not None
        figures = {number: value for number in self._summed if (value := self._figures[number][index])}
        if not figures:
            return False
        least, tolerance = (1, _ROUNDED) if is_surely_a_word else (2, _EXACT)
        most = 0
        for number, value in figures.items():
            found = [
                count for total, count in self._sums(number, index) if abs(total - value) <= tolerance * abs(value)
            ]
            if not found:
                return False
            most = max(most, *found)
        return most >= least

    def _sums(self, number: int, index: int) -> list[tuple[float, int]]:
        """Return what the rows around one add up to, each with how many figures it is the sum of."""
        place = bisect_left(self._ends, index)
        before = self._ends[place - 1] if place else -1
        end = len(self._rows)
        after = self._ends[place + 1] if place + 1 < len(self._ends) else end
        spans = ((before + 1, index), (0, index), (0, end), (index + 1, after), (index + 1, end))
        totals, counts = self._running[number]
        return [(totals[last] - totals[first], counts[last] - counts[first]) for first, last in spans]


def _figure(column: Column, cell: Cell | None) -> float:
    """Return the figure of a cell, 0 where it has none."""
    if cell is None:
        return 0.0
    try:
        value = read_cell(column, cell)
    except CellTextError:
        return 0.0
    return value if isinstance(value, float) else 0.0
