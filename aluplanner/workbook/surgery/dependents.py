"""Which formulas show something else once some cells have changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from aluplanner.workbook.surgery.formula_cells import WITH_AREA, FormulaCell
from aluplanner.workbook.surgery.references import Area, RowMaps, references

MOST_FORMULAS: Final = 20_000
"""Formulas that are looked into one by one; where there are more, all of them count as changed."""

_MOST_ROUNDS: Final = 40
_MOST_NAMES: Final = 20

Place = tuple[str, int, int]
"""Sheet in lower case, row, column."""


@dataclass
class Changes:
    """What changed, in the places it had before.

    Attributes
    ----------
    maps
        Where rows went, by sheet in lower case.
    cells
        Rows of the cells that hold something else now, by sheet and column.
    sheets
        Sheets of which any cell may hold something else now, in lower case.
    """

    maps: RowMaps
    cells: dict[tuple[str, int], set[int]] = field(default_factory=dict)
    sheets: frozenset[str] = frozenset()

    def add(self, sheet: str, row: int, column: int) -> None:
        """Add a cell."""
        self.cells.setdefault((sheet, column), set()).add(row)

    def add_formula(self, sheet: str, cell: FormulaCell) -> None:
        """Add a cell with a formula, and the others that it fills."""
        self.add(sheet, cell.row, cell.column)
        if cell.kind in WITH_AREA:
            for area in references(cell.area, sheet).areas:
                for column in range(area.left, area.right + 1):
                    self.cells.setdefault((sheet, column), set()).update(range(area.top, area.bottom + 1))

    def touch(self, area: Area) -> bool:
        """Return whether anything in an area is another than before."""
        if area.sheet in self.sheets:
            return True
        mapped = self.maps.get(area.sheet)
        if mapped is not None and mapped.is_disturbed(area.top, area.bottom):
            return True
        if area.left == area.right:
            return self._touch_column(area, area.left)
        changed = [column for sheet, column in self.cells if sheet == area.sheet and area.left <= column <= area.right]
        return any(self._touch_column(area, column) for column in changed)

    def _touch_column(self, area: Area, column: int) -> bool:
        rows = self.cells.get((area.sheet, column))
        if not rows:
            return False
        if area.bottom - area.top < len(rows):
            return any(row in rows for row in range(area.top, area.bottom + 1))
        return any(area.top <= row <= area.bottom for row in rows)


@dataclass(frozen=True)
class NamedCells:
    """What names stand for.

    Attributes
    ----------
    names
        The formulas of defined names, by name in lower case; a name may mean other cells on other sheets.
    tables
        The cells of Excel tables, by name in lower case.
    """

    names: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, Area]


def stale_formulas(
    formulas: Mapping[str, Iterable[FormulaCell]], named: NamedCells, changes: Changes
) -> frozenset[Place]:
    """Return the formulas whose values may be others now, those that depend on such formulas included.

    What a formula refers to decides, name by name; one that may refer to anything (``INDIRECT``, several sheets at
    once, an unknown name) counts as changed.

    Parameters
    ----------
    formulas
        The formulas of each sheet, by its name in lower case.
    named
        What names stand for.
    changes
        What changed; the formulas found are added to it.
    """
    pending = [(sheet, cell) for sheet, cells in formulas.items() for cell in cells]
    finder = _Finder(named)
    waiting = [(sheet, cell, finder.areas(cell.text, sheet)) for sheet, cell in pending]
    found: set[Place] = set()
    for _ in range(_MOST_ROUNDS):
        left: list[tuple[str, FormulaCell, tuple[Area, ...] | None]] = []
        for sheet, cell, areas in waiting:
            if areas is None or any(changes.touch(area) for area in areas):
                found.add((sheet, cell.row, cell.column))
                changes.add_formula(sheet, cell)
            else:
                left.append((sheet, cell, areas))
        if len(left) == len(waiting):
            return frozenset(found)
        waiting = left
    # a chain so long that following it takes too long: nothing in it is certain
    return frozenset(found | {(sheet, cell.row, cell.column) for sheet, cell, _ in waiting})


class _Finder:
    """Finds the cells that formulas depend on."""

    def __init__(self, named: NamedCells) -> None:
        self._named = named

    def areas(self, formula: str, sheet: str) -> tuple[Area, ...] | None:
        """Return the cells that a formula in a sheet refers to, ``None`` if nothing says which."""
        found: list[Area] = []
        texts, seen = [formula], 0
        while texts:
            seen += 1
            if seen > _MOST_NAMES:
                return None
            named = references(texts.pop(), sheet)
            if named.is_unbound:
                return None
            found += named.areas
            for name in named.names:
                if not name:
                    # a column without its table is one of the table around the cell
                    around = [area for area in self._named.tables.values() if area.sheet == sheet]
                    if not around:
                        return None
                    found += around
                elif name in self._named.tables:
                    found.append(self._named.tables[name])
                elif name in self._named.names:
                    texts += self._named.names[name]
                else:
                    return None
        return tuple(found)
