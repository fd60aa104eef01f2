"""Which cells are pinned to sliders, how they follow their rows, and how they are remembered."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from aluplanner.document.change import Change
from aluplanner.document.preferences import Preferences
from aluplanner.model.plan import TABLES
from aluplanner.model.rows import Rows
from aluplanner.model.schema import Value, fold

MEMORY: Final = "what_if_pins"
MOST_FILES: Final = 50


@dataclass(frozen=True, slots=True)
class Pin:
    """A cell that is pinned to a slider.

    Attributes
    ----------
    table, row, column
        The cell. A pin whose row is gone waits for it to come back.
    low, high
        The ends of the range where the planner set them; ``None`` for what suits the cell.
    home
        What the base had there when the cell was pinned or its file opened.
    ends
        The range that suited the cell then; ``None`` as long as its row is gone.
    """

    table: str
    row: str
    column: str
    low: float | None = None
    high: float | None = None
    home: Value = None
    ends: tuple[float, float] | None = None

    @property
    def place(self) -> tuple[str, str, str]:
        """The cell, whatever the case of its row's name."""
        return self.table, fold(self.row), self.column


def follow(pins: Sequence[Pin], change: Change) -> list[Pin]:
    """Return the pins after a change of the plan: those of a renamed row go by its new name."""
    return [_followed(pin, change.before.table(pin.table), change.after.table(pin.table)) for pin in pins]


def _followed(pin: Pin, before: Rows[Any], after: Rows[Any]) -> Pin:
    position = None if before is after else before.position(pin.row)
    if position is None or len(before) != len(after):
        return pin  # a step that renames rows neither adds nor removes any
    name = after.table.row_key(after[position])
    is_renamed = fold(name) != fold(pin.row) and before.position(name) is None and after.position(pin.row) is None
    return replace(pin, row=name) if is_renamed or fold(name) == fold(pin.row) else pin


def as_text(pins: Sequence[Pin]) -> list[list[Any]]:
    """Return pins as plain lists for a JSON text."""
    return [[pin.table, pin.row, pin.column, pin.low, pin.high] for pin in pins]


def remember(preferences: Preferences, file: str, pins: Sequence[Pin]) -> None:
    """Remember the pins of a file, as those of the file used last."""
    known = _known(preferences)
    known.pop(file, None)
    if pins:
        known[file] = as_text(pins)
    newest = list(known.items())[-MOST_FILES:]
    preferences.set_text(MEMORY, json.dumps(dict(newest), ensure_ascii=False))


def recall(preferences: Preferences, file: str) -> list[Pin]:
    """Return the pins of a file; what cannot be read any more is left out."""
    stored = _known(preferences).get(file, [])
    pins = [_pin(each) for each in stored] if isinstance(stored, list) else []
    return [pin for pin in pins if pin is not None]


def _known(preferences: Preferences) -> dict[str, Any]:
    try:
        known = json.loads(preferences.text(MEMORY, "{}"))
    except ValueError:
        return {}
    return known if isinstance(known, dict) else {}


def _pin(stored: object) -> Pin | None:
    match stored:
        case [str(table), str(row), str(column), low, high] if table in TABLES:
            return Pin(table, row, column, _end(low), _end(high))
    return None


def _end(stored: object) -> float | None:
    return float(stored) if isinstance(stored, int | float) and not isinstance(stored, bool) else None
