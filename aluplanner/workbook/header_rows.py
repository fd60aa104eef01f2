"""Where the header of a table stands in its sheet: below titles, in one row or in several, with merged cells."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from aluplanner.i18n import tr
from aluplanner.model.cell_text import CellTextError
from aluplanner.model.schema import Column, Table, Type
from aluplanner.model.units import Unit, read_unit
from aluplanner.workbook.cells import read_untyped
from aluplanner.workbook.headers import find_column, plain, split_title, stated_units
from aluplanner.workbook.sheet import Cell, Row, SheetContents

FIRST_ROWS: Final = 30
"""The rows from the top among which the header is looked for."""

_DEEPEST: Final = 3
_WIDEST: Final = 60
_LAST_COLUMN: Final = 400
"""Rows that a header can have, columns that one text can stand over, and columns that are looked at."""
_LONGEST: Final = 300
"""Characters of a text that may be a title or state a unit."""
_NOTHING: Final = frozenset({"", "-", "–", "—", "/"})


@dataclass(frozen=True)
class HeaderBlock:
    """The header of a table, in one row or in several.

    Attributes
    ----------
    row
        Its last row; the rows of the table stand below it.
    titles
        The title of each column of the sheet, by its number, put together from all rows of the header.
    last
        The last column with anything in the last row of the header.
    units
        Units that the lines above state for all figures, each once.
    said_in
        The cell, as (row, column), that states the last of them.
    """

    row: int
    titles: Mapping[int, str] = field(default_factory=dict)
    last: int = 0
    units: tuple[Unit, ...] = ()
    said_in: tuple[int, int] | None = None


@dataclass(frozen=True)
class _Line:
    """One row near the top: its texts as they stand, and as they reach over the blanks to their right."""

    number: int
    texts: Mapping[int, str]
    reaching: Mapping[int, str]


@dataclass
class _Candidate:
    """What a row says if it is the last row of the header."""

    line: int
    titles: dict[int, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    is_leaning: bool = False  # on the rows above it
    is_data: bool = False


def find_header(table: Table[Any], contents: SheetContents) -> HeaderBlock:
    """Return the header of a table: of the first rows the one that names most of its columns, the key among them.

    A sheet that names none has its header in its first row.
    """
    rows = contents.rows
    if rows and (simple := _simple_header(table, rows)) is not None:
        return simple
    lines = _lines(contents)
    best: _Candidate | None = None
    for index, line in enumerate(lines):
        if best is not None and index > best.line + 1 and len(line.texts) <= len(best.names):
            continue
        candidate = _candidate(table, lines, index)
        if not candidate.is_data and candidate.names and _is_better(table, candidate, best):
            best = candidate
    if best is None:
        return HeaderBlock(lines[0].number, lines[0].texts, _last(rows, lines[0].number)) if lines else HeaderBlock(1)
    units, place = _units_above(lines, best.line)
    number = lines[best.line].number
    return HeaderBlock(number, best.titles, _last(rows, number), units, place)


def _last(rows: Sequence[Row], number: int) -> int:
    return next((max(cells, default=0) for line, cells in rows if line == number), 0)


def _simple_header(table: Table[Any], rows: Sequence[Row]) -> HeaderBlock | None:
    """Return the first row if every title in it is a column's and what follows is surely no part of the header."""
    number, cells = rows[0]
    if len(cells) > _LAST_COLUMN:
        return None
    titles = {column: text for column, cell in cells.items() if (text := title_of(cell))}
    found = {column: find_column(table, split_title(table, text)[0]) for column, text in titles.items()}
    key = next((column for column, known in found.items() if known is not None and known.name == table.key[0]), None)
    if key is None or None in found.values():
        return None
    if len(rows) > 1 and rows[1][0] == number + 1:
        name = title_of(rows[1][1].get(key, ""))
        if name in _NOTHING or find_column(table, split_title(table, name)[0]) is not None:
            return None
    return HeaderBlock(number, titles, _last(rows, number))


def title_of(cell: Cell) -> str:
    """Return a cell of a header as text; a year without its decimal point, and nothing for a cell without a value."""
    try:
        value = read_untyped(cell)
    except CellTextError:
        return ""
    text = f"{value:g}" if isinstance(value, float) else str(value or "")
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _lines(contents: SheetContents) -> list[_Line]:
    """Return the rows near the top, with merged cells told apart from single ones."""
    merged: dict[tuple[int, int], int] = {}
    for first_row, first, last_row, last in contents.merged:
        if first_row <= FIRST_ROWS and last > first:
            for row in range(first_row, min(last_row, FIRST_ROWS) + 1):
                merged[row, first] = last
    lines = []
    for number, cells in contents.rows:
        if number > FIRST_ROWS:
            break
        near = ((column, cells[column]) for column in sorted(cells) if column <= _LAST_COLUMN)
        texts = {column: text for column, cell in near if (text := title_of(cell)) not in _NOTHING}
        lines.append(_Line(number, texts, _reaching(number, texts, merged)))
    return lines


def _reaching(number: int, texts: Mapping[int, str], merged: Mapping[tuple[int, int], int]) -> dict[int, str]:
    """Return which text stands over each column: a merged one over its cells, another to the next text."""
    reaching: dict[int, str] = {}
    ordered = [*texts]
    for column, following in zip(ordered, [*ordered[1:], ordered[-1] + _WIDEST] if ordered else [], strict=True):
        last = merged.get((number, column))
        for covered in range(column, following if last is None else min(last + 1, column + _WIDEST)):
            reaching[covered] = texts[column]
    return reaching


def _candidate(table: Table[Any], lines: Sequence[_Line], index: int) -> _Candidate:
    """Return what a row says as the last row of the header, with the rows directly above it."""
    candidate = _Candidate(index)
    line = lines[index]
    above = [
        lines[upper]
        for upper in range(index - 1, max(-1, index - _DEEPEST), -1)
        if lines[upper].number == line.number - (index - upper)
    ]
    columns = {*line.texts}.union(*(upper.texts for upper in above))
    named_below = False
    for column in sorted(columns):
        own = line.texts.get(column, "")
        title, found, is_leaning = _title(table, own, column, above)
        candidate.titles[column] = title
        if found is None:
            continue
        if title == "":
            candidate.is_data = True
            return candidate
        candidate.names.add(found.name)
        candidate.is_leaning = candidate.is_leaning or is_leaning
        named_below = named_below or bool(own)
    candidate.is_data = not named_below
    return candidate


def _title(table: Table[Any], own: str, column: int, above: Sequence[_Line]) -> tuple[str, Column | None, bool]:
    """Return the whole title of a column, the table's column that it names, and whether that takes the rows above.

    The title is empty where the text of this row cannot be part of a header: a column is named above it already.
    """
    over = [text for upper in above if (text := upper.reaching.get(column))]
    found = find_column(table, split_title(table, own)[0]) if own else None
    if found is not None:
        return _with_unit(table, own, found, over), found, False
    directly = [upper.texts[column] for upper in above if column in upper.texts]
    for text in directly:
        found = find_column(table, split_title(table, text)[0])
        if found is None:
            continue
        if not own:
            return _with_unit(table, text, found, over), found, True
        if _is_unit_of(found, own):
            return f"{text} ({_bare(own)})", found, True
        if _joined(table, own, over) is None:
            return "", found, True
    joined = _joined(table, own, over) if own else None
    if joined is not None:
        return *joined, True
    return own or (directly[0] if directly else ""), None, False


def _is_unit_of(column: Column, text: str) -> bool:
    """Return whether a text below the title of a column is its unit."""
    is_own = plain(_bare(text)) in (plain(column.unit), plain(tr(column.unit)))
    return is_own or (column.type not in (Type.TEXT, Type.NAMES, Type.CHOICE) and read_unit(_bare(text)) is not None)


def _bare(text: str) -> str:
    return text.strip().strip("()（）[]【】").strip()


def _joined(table: Table[Any], own: str, over: Sequence[str]) -> tuple[str, Column] | None:
    """Return the title that a text makes with one above it: ``Growth (%)`` over ``2017``, ``Under`` over the rest."""
    below, unit = split_title(table, own)
    for text in over:
        upper, upper_unit = split_title(table, text)
        for bare in (f"{upper}{below}", f"{below}{upper}"):
            found = find_column(table, bare)
            if found is not None:
                stated = unit or upper_unit
                return (f"{bare} ({stated})" if stated else bare), found
    return None


def _with_unit(table: Table[Any], title: str, column: Column, over: Sequence[str]) -> str:
    """Return a title with the unit that stands above it, where it has none itself and the column is of that kind.

    A line that calls its unit one speaks of the whole sheet and not of the columns below it.
    """
    own = read_unit(column.unit)
    if own is None or column.type is not Type.NUMBER or split_title(table, title)[1]:
        return title
    for text in over:
        if stated_units(text, is_said=True):
            continue
        bare = read_unit(_bare(text))
        units = [unit for unit in ((bare,) if bare else stated_units(text)) if unit.kind == own.kind]
        if len(units) == 1:
            return f"{title} ({units[0].text})"
    return title


def _is_better(table: Table[Any], candidate: _Candidate, best: _Candidate | None) -> bool:
    """Return whether a row is the header rather than the best one above it."""
    if best is None:
        return True
    key = table.key[0]
    if (key in candidate.names) != (key in best.names):
        return key in candidate.names
    if len(candidate.names) != len(best.names):
        return len(candidate.names) > len(best.names)
    return candidate.is_leaning and candidate.line == best.line + 1


def _units_above(lines: Sequence[_Line], last: int) -> tuple[tuple[Unit, ...], tuple[int, int] | None]:
    """Return the units that the lines above the header state for all figures, and where the last one stands.

    A unit in brackets directly above the header is that of the columns below it alone, and already in their titles.
    """
    found: dict[tuple[str, object, str], Unit] = {}
    place = None
    for line in lines[:last]:
        is_near = lines[last].number - line.number < _DEEPEST
        for column, text in line.texts.items():
            for unit in stated_units(text, is_said=is_near):
                found[unit.kind, unit.size, unit.period] = unit
                place = line.number, column
    return tuple(found.values()), place
