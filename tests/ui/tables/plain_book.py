"""The same document in plain lists and dictionaries: what the tables must show, worked out without them.

Knows nothing of the program's plans, rows, overrides or parsers; only the few columns of :data:`COLUMNS` are kept.
"""

from copy import deepcopy
from dataclasses import dataclass, field

COLUMNS = {
    "plants": ("plant", "province", "built", "operating"),
    "actions": ("action", "share", "note"),
}
"""The columns on the screen, the first of them the key."""
NUMBERS = frozenset({"built", "operating", "share"})
LAYERS = {"Base": (), "Strict": ("Strict",), "Stricter": ("Strict", "Stricter")}
NEW_NAMES = {"plants": "New plant", "actions": "New action"}

GOOD = {
    "12": 12.0, " 1,500 ": 1500.0, "7.25": 7.25, "-3": -3.0, "１２": 12.0, "2e3": 2000.0, "": None, "-": None,
}  # fmt: skip
"""What texts mean in a column of numbers."""
PERCENT = {"80%": 0.8, "0.5": 0.5, "１２%": 0.12, "": None}
BAD = ("abc", "12 apples", "1,2", "--", "=A1+1", "约1500")
WORDS = ("a", "b", "C", "west", "", "12", 'say "so"', "two\nlines")


@dataclass
class Cell:
    """A value and, where there is one, the text that stands in its place."""

    value: object = None
    text: str | None = None


@dataclass
class Book:
    """Rows by table, and what scenarios put over them in the order they came to do it."""

    rows: dict[str, list[dict[str, Cell]]] = field(default_factory=dict)
    overrides: dict[tuple[str, str, str, str], Cell] = field(default_factory=dict)

    def copy(self) -> "Book":
        return deepcopy(self)

    # What is shown

    def key(self, table: str, row: int) -> str:
        return str(self.rows[table][row][COLUMNS[table][0]].value)

    def shown(self, table: str, row: int, column: str, scenario: str) -> Cell:
        """Return what a scenario shows in a cell: the last layer that changes it, else the base."""
        found = self.rows[table][row][column]
        for layer in LAYERS[scenario]:
            found = self.overrides.get((layer, table, self.key(table, row), column), found)
        return found

    def is_overridden(self, table: str, row: int, column: str, scenario: str) -> bool:
        return any((layer, table, self.key(table, row), column) in self.overrides for layer in LAYERS[scenario])

    # Edits

    def enter(self, table: str, cells: dict[tuple[int, str], str], scenario: str) -> None:
        """Put texts into cells: names first, all of them at once."""
        key = COLUMNS[table][0]
        self._rename(table, {row: text for (row, column), text in cells.items() if column == key})
        for (row, column), text in cells.items():
            if column != key:
                self._set(table, row, column, text, scenario)

    def _rename(self, table: str, texts: dict[int, str]) -> None:
        key = COLUMNS[table][0]
        names = {row: text.strip() for row, text in texts.items()}
        refused = {row for row, name in names.items() if not name}
        while True:
            taken = {
                self.key(table, row).lower()
                for row in range(len(self.rows[table]))
                if row not in names or row in refused
            }
            more = set()
            for row, name in names.items():
                if row not in refused:
                    if name.lower() in taken:
                        more.add(row)
                    taken.add(name.lower())
            if not more:
                break
            refused |= more
        moved = {self.key(table, row): name for row, name in names.items() if row not in refused}
        self.overrides = {
            (layer, where, moved.get(row, row) if where == table else row, column): cell
            for (layer, where, row, column), cell in self.overrides.items()
        }
        for row, name in names.items():
            cell = self.rows[table][row][key]
            self.rows[table][row][key] = Cell(cell.value, name) if row in refused else Cell(name)

    def _set(self, table: str, row: int, column: str, text: str, scenario: str) -> None:
        before = self.shown(table, row, column, scenario)
        after = Cell(before.value, text.strip()) if self._is_bad(column, text) else Cell(meaning(column, text))
        if after != before:
            self.put(table, row, column, after, scenario)

    def _is_bad(self, column: str, text: str) -> bool:
        return column in NUMBERS and text in BAD

    def put(self, table: str, row: int, column: str, cell: Cell, scenario: str) -> None:
        if scenario == "Base":
            self.rows[table][row][column] = cell
        else:
            self.overrides[scenario, table, self.key(table, row), column] = cell

    def add(self, table: str, row: int, count: int = 1) -> None:
        for number in range(count):
            name = self._free_name(table, NEW_NAMES[table])
            cells = {column: Cell() for column in COLUMNS[table]} | {COLUMNS[table][0]: Cell(name)}
            self.rows[table].insert(row + number, cells)

    def delete(self, table: str, rows: list[int]) -> None:
        gone = {self.key(table, row) for row in rows}
        self.rows[table] = [cells for row, cells in enumerate(self.rows[table]) if row not in rows]
        self.overrides = {
            place: cell for place, cell in self.overrides.items() if place[1] != table or place[2] not in gone
        }

    def duplicate(self, table: str, row: int) -> None:
        copy = deepcopy(self.rows[table][row])
        copy[COLUMNS[table][0]] = Cell(self._free_name(table, self.key(table, row)))
        self.rows[table].insert(row + 1, copy)

    def move_down(self, table: str, row: int) -> None:
        rows = self.rows[table]
        if row + 1 < len(rows):
            rows[row], rows[row + 1] = rows[row + 1], rows[row]

    def use_base(self, table: str, row: int, column: str, scenario: str) -> None:
        self.overrides.pop((scenario, table, self.key(table, row), column), None)

    def _free_name(self, table: str, wanted: str) -> str:
        taken = {self.key(table, row).lower() for row in range(len(self.rows[table]))}
        if wanted.lower() not in taken:
            return wanted
        stem = wanted.rsplit(" (", 1)[0] if wanted.endswith(")") else wanted
        return next(name for n in range(2, 1000) if (name := f"{stem} ({n})").lower() not in taken)


def meaning(column: str, text: str) -> object:
    """Return what a good text means in a column."""
    if column == "share":
        return PERCENT[text]
    return GOOD[text] if column in NUMBERS else text.strip() or None


def texts_for(column: str) -> tuple[str, ...]:
    """Return texts worth typing into a column."""
    if column == "share":
        return (*PERCENT, *BAD)
    if column in NUMBERS:
        return (*GOOD, *BAD)
    return ("North", "south", "X", "Y (2)", " Z ", "") if column in ("plant", "action") else WORDS
