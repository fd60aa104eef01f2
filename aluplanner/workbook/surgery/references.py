"""What formulas refer to: found, moved with the rows they refer to, and shifted with the cell they stand in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from aluplanner.workbook.sheet import LAST_COLUMN, LAST_ROW, column_letters, column_number
from aluplanner.workbook.surgery.row_map import RowMap

_BRACKETS = r"\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\]"
_SCAN = re.compile(
    r'"(?:[^"]|"")*"'  # a text
    r"|\#(?:REF!|N/A|DIV/0!|NAME\?|NULL!|NUM!|VALUE!)"
    rf"|(?P<table>[^\W\d][\w.]*)?(?P<brackets>{_BRACKETS})(?![\w.']*!)"  # a structured reference
    r"|(?P<prefix>(?:'(?:[^']|'')*'|(?:\[\d+\][\w.]*|[\w.]+)(?::[\w.]+)?)!)?"
    r"(?:(?<![\w.\\])(?P<cell>\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6})(?P<last>:\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6})?(?![\w.(!])"
    r"|(?<![\w.\\])(?P<rows>\$?[1-9]\d{0,6}:\$?[1-9]\d{0,6})(?![\w.(!])"
    r"|(?<![\w.\\])(?P<columns>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3})(?![\w.(!])"
    r"|(?P<word>[^\W\d][\w.\\]*)(?P<call>\s*\()?"
    r"|\#REF!)"
    r"|[\d.]+(?:[eE][+-]?\d+)?"
)
_PLACE = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d+)")
_UNBOUND: Final = frozenset({"INDIRECT", "OFFSET", "CELL", "ROW", "ROWS", "SHEET", "INFO", "EVALUATE"})
GONE: Final = "#REF!"

RowMaps = Mapping[str, RowMap]
"""Where rows go, by the name of the sheet in lower case."""


@dataclass(frozen=True, slots=True)
class Area:
    """Cells of a sheet, given by its name in lower case; rows and columns count from 1, both ends included."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class References:
    """What a formula refers to.

    Attributes
    ----------
    areas
        Cells it names.
    names
        Names and tables, in lower case; empty for the table that the formula stands in.
    is_unbound
        Whether it may depend on cells that nothing in it says.
    is_text
        Whether it names cells in a way that does not follow them: put together as text, or of several sheets at once.
    """

    areas: tuple[Area, ...]
    names: frozenset[str] = frozenset()
    is_unbound: bool = False
    is_text: bool = False


def references(formula: str, sheet: str) -> References:
    """Return what a formula in a sheet, given by its name in lower case, refers to."""
    areas: list[Area] = []
    names: set[str] = set()
    is_unbound = is_text = False
    for found in _SCAN.finditer(formula):
        if found["table"] or found["brackets"]:
            names.add((found["table"] or "").casefold())
            continue
        named = _sheet_named(found["prefix"], sheet)
        if named is None:
            is_text = is_text or not _is_external(found["prefix"])
            is_unbound = is_unbound or is_text
        elif found["word"]:
            if found["call"]:
                is_text = is_text or found["word"].upper() == "INDIRECT"
                is_unbound = is_unbound or found["word"].upper() in _UNBOUND
            elif found["word"].upper() not in ("TRUE", "FALSE"):
                names.add(found["word"].casefold())
        else:
            areas += _areas(found, named)
    return References(tuple(areas), frozenset(names), is_unbound, is_text)


def moved_formula(formula: str, sheet: str, maps: RowMaps, *, row: int = 0, is_fixed_only: bool = False) -> str:
    """Return a formula whose references follow the rows that they refer to, as Excel lets them.

    Parameters
    ----------
    formula
        Without the leading ``=``.
    sheet
        The sheet it stands in, in lower case; references without a sheet mean this one.
    maps
        Where the rows of sheets go.
    row
        The row it stood in, if it stands in a cell.
    is_fixed_only
        Whether only references with a fixed row (``$2``) follow.
    """
    if sheet not in maps and not any(name in formula.casefold().replace("''", "'") for name in maps):
        return formula

    def moved(found: re.Match[str]) -> str:
        if not (found["cell"] or found["rows"]) or (is_fixed_only and not _is_fixed(found)):
            return found[0]
        mapped = maps.get(_sheet_named(found["prefix"], sheet) or "")
        if mapped is None:
            return found[0]
        # a range that ends beside its formula, such as a sum so far, goes no further than that
        is_beside = not found["prefix"] and mapped.first <= row <= mapped.end and not _is_fixed(found, -1)
        if found["rows"]:
            return f"{found['prefix'] or ''}{_moved_rows(found['rows'], mapped)}"
        return f"{found['prefix'] or ''}{_moved_cells(found, mapped, grows=not is_beside)}"

    return _SCAN.sub(moved, formula)


def shifted_formula(formula: str, rows: int, columns: int = 0) -> str:
    """Return the formula as it reads in a cell so many rows and columns further: what is not fixed by ``$`` moves."""
    if not rows and not columns:
        return formula

    def shifted(found: re.Match[str]) -> str:
        prefix = found["prefix"] or ""
        if found["cell"]:
            ends = [found["cell"], *([found["last"][1:]] if found["last"] else [])]
            return prefix + ":".join(_shifted_place(end, rows, columns) for end in ends)
        if found["rows"]:
            return prefix + re.sub(
                r"(?<!\$)\b\d+", lambda end: str(_wrapped(int(end[0]) + rows, LAST_ROW)), found["rows"]
            )
        if found["columns"]:
            return prefix + re.sub(
                r"(?<!\$)\b[A-Za-z]+",
                lambda end: column_letters(_wrapped(column_number(end[0].upper()) + columns, LAST_COLUMN)),
                found["columns"],
            )
        return found[0]

    return _SCAN.sub(shifted, formula)


def _sheet_named(prefix: str | None, here: str) -> str | None:
    """Return the sheet that a reference means, in lower case; ``None`` for several sheets or another workbook."""
    if not prefix:
        return here
    name = prefix[:-1]
    if name.startswith("'"):
        name = name[1:-1].replace("''", "'")
    return None if ":" in name or "[" in name else name.casefold()


def _is_external(prefix: str | None) -> bool:
    return "[" in (prefix or "")


def _areas(found: re.Match[str], sheet: str) -> Iterator[Area]:
    if found["cell"]:
        first = _place(found["cell"])
        last = _place(found["last"][1:]) if found["last"] else first
        (top, bottom), (left, right) = sorted((first[0], last[0])), sorted((first[1], last[1]))
        yield Area(sheet, top, left, bottom, right)
    elif found["rows"]:
        top, bottom = sorted(int(end) for end in found["rows"].replace("$", "").split(":"))
        yield Area(sheet, top, 1, bottom, LAST_COLUMN)
    elif found["columns"]:
        left, right = sorted(column_number(end.upper()) for end in found["columns"].replace("$", "").split(":"))
        yield Area(sheet, 1, left, LAST_ROW, right)


def _place(name: str) -> tuple[int, int]:
    _, letters, _, digits = _PLACE.fullmatch(name).groups()  # type: ignore[union-attr]
    return int(digits), column_number(letters.upper())


def _is_fixed(found: re.Match[str], end: int | None = None) -> bool:
    """Return whether the rows of both ends of an area, or of one, are fixed."""
    places = (found["rows"] or f"{found['cell']}{found['last'] or ''}").split(":")
    return all(re.search(r"\$\d+$", place) for place in (places if end is None else [places[end]]))


def _moved_cells(found: re.Match[str], mapped: RowMap, *, grows: bool) -> str:
    if not found["last"]:
        row = mapped.row(_place(found["cell"])[0])
        return GONE if row is None else _at_row(found["cell"], row)
    first, last = found["cell"], found["last"][1:]
    top, bottom = _place(first)[0], _place(last)[0]
    span = mapped.span(min(top, bottom), max(top, bottom), grows=grows)
    if span is None:
        return GONE
    ends = span if top <= bottom else span[::-1]
    return f"{_at_row(first, ends[0])}:{_at_row(last, ends[1])}"


def _moved_rows(area: str, mapped: RowMap) -> str:
    first, last = area.split(":")
    top, bottom = int(first.lstrip("$")), int(last.lstrip("$"))
    span = mapped.span(min(top, bottom), max(top, bottom))
    if span is None:
        return GONE
    return ":".join(f"{'$' if end.startswith('$') else ''}{row}" for end, row in zip((first, last), span, strict=True))


def _at_row(place: str, row: int) -> str:
    return f"{place.rstrip('0123456789')}{row}"


def _shifted_place(place: str, rows: int, columns: int) -> str:
    fixed_column, letters, fixed_row, digits = _PLACE.fullmatch(place).groups()  # type: ignore[union-attr]
    if not fixed_column:
        letters = column_letters(_wrapped(column_number(letters.upper()) + columns, LAST_COLUMN))
    row = int(digits) if fixed_row else _wrapped(int(digits) + rows, LAST_ROW)
    return f"{fixed_column}{letters}{fixed_row}{row}"


def _wrapped(number: int, last: int) -> int:
    """Return a row or column as Excel counts it: beyond the last comes the first again."""
    return (number - 1) % last + 1
