"""The cells in which scenarios of a plan differ: their values after all layers, and what puts them there."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any, Final

from aluplanner.i18n import tr
from aluplanner.model.calendar import Month
from aluplanner.model.layers import LayeredValue, overridden_cells, resolve
from aluplanner.model.plan import TABLES, Address, Plan
from aluplanner.model.progress import tell_progress
from aluplanner.model.rows import Rows, read_cell
from aluplanner.model.schema import Column, Value

_ROUNDING: Final = 4
"""Last places of a number that a difference at the very tolerance may be off: 0.8 less 0.7 is a little over 0.1."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far apart two numbers may be and still count as equal.

    Attributes
    ----------
    absolute
        In the unit of the cell.
    relative
        As a part of the larger of the two.
    """

    absolute: float = 0.0
    relative: float = 0.0

    def __post_init__(self) -> None:
        for value in (self.absolute, self.relative):
            if not (math.isfinite(value) and value >= 0):
                raise ValueError(tr("A tolerance is a number of 0 or more, not {value}.", value=value))

    def covers(self, one: Value, other: Value) -> bool:
        """Return whether two contents of a cell count as equal; only numbers can be nearly so."""
        if one == other:
            return True
        if not (_is_number(one) and _is_number(other)):
            return False
        return self._covers_numbers(float(one), float(other))  # type: ignore[arg-type]  # both are numbers

    def _covers_numbers(self, one: float, other: float) -> bool:
        largest = max(abs(one), abs(other))
        allowed = max(self.absolute, self.relative * largest)
        return allowed > 0 and abs(one - other) <= allowed + _ROUNDING * math.ulp(largest)


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


_PIECE: Final = 20
"""Cells compared between two looks at whether anybody still wants them."""
EXACTLY: Final = Tolerance()
"""Numbers are equal only if they are the same."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What one scenario has in a cell.

    Attributes
    ----------
    value
        What stands in the cell, ``None`` for a blank; a text that the cell cannot hold counts as such.
    meant
        What counts: of a blank cell what a blank there means (section 1), if it means anything.
    layer
        The scenario whose override stands: this one or one that it builds on; empty where the base's value stands.
    note
        Where that comes from: the note of the override; of a value of the base the row's source and note.
    """

    value: Value
    meant: Value
    layer: str
    note: str


@dataclass(frozen=True, slots=True)
class InputDifference:
    """A cell in which some of the scenarios differ.

    Attributes
    ----------
    address
        The cell.
    column
        What it holds; its unit is the unit of values and changes.
    settings
        What each scenario has there, in the order of the comparison.
    """

    address: Address
    column: Column
    settings: tuple[Setting, ...]

    def differs(self, tolerance: Tolerance) -> bool:
        """Return whether any two of the scenarios are further apart than is allowed."""
        distinct = {(type(setting.meant), setting.meant): setting.meant for setting in self.settings}.values()
        return any(not tolerance.covers(one, other) for one, other in combinations(distinct, 2))

    @property
    def values(self) -> tuple[Value, ...]:
        """What stands in the cell in each scenario."""
        return tuple(setting.value for setting in self.settings)

    @property
    def changes(self) -> tuple[float | None, ...]:
        """What each scenario has more than the first, months counted; ``None`` where that is no number."""
        first = self.settings[0].meant
        return tuple(_change(first, setting.meant) for setting in self.settings)


def _change(first: Value, here: Value) -> float | None:
    if isinstance(first, Month) and isinstance(here, Month):
        return float(here - first)
    if _is_number(first) and _is_number(here):
        # as they are written in the cells: 0.8 less 0.7 is 0.1, where binary numbers give a little more
        return float(Decimal(repr(here)) - Decimal(repr(first)))
    return None


def input_differences(plan: Plan, scenarios: Sequence[str]) -> tuple[InputDifference, ...]:
    """Return the cells whose values differ at all between any two scenarios, in the order of tables, rows and columns.

    Parameters
    ----------
    plan
        The plan.
    scenarios
        Names of scenarios, ``"Base"`` for the base plan.

    Raises
    ------
    PlanError
        If there is no such scenario, or an override holds what its cell cannot.
    """
    sides = [_Side(plan, name) for name in scenarios]
    touched = dict.fromkeys(address for side in sides for address in side.cells)
    found: list[InputDifference] = []
    for place, address in enumerate(touched):
        if place % _PIECE == 0:
            tell_progress(place / len(touched))
        column = plan.cell_column(address.table, address.row, address.column)
        if column is None:
            continue
        here = InputDifference(address, column, tuple(side.setting(address, column) for side in sides))
        if here.differs(EXACTLY):
            found.append(here)
    order = _Order(plan)
    return tuple(sorted(found, key=order.place))


class _Side:
    """One scenario: its layers and the plan as they leave it."""

    def __init__(self, plan: Plan, scenario: str) -> None:
        self.cells: Mapping[Address, LayeredValue] = overridden_cells(plan, scenario)
        self._overrides = plan.overrides
        self._resolved = resolve(plan, scenario)

    def setting(self, address: Address, column: Column) -> Setting:
        """Return what the scenario has in a cell."""
        rows = self._resolved.table(address.table)
        place = rows.position(address.row)
        text = None if place is None else rows.unread_at(place, address.column)
        stored = None if place is None else read_cell(rows[place], address.column)
        value = stored if text is None else text
        layered = self.cells.get(address)
        note = _remarks(rows, place) if layered is None else self._overrides[layered.position].note or ""
        return Setting(
            value, column.default if value is None else value, "" if layered is None else layered.scenario, note
        )


def _remarks(rows: Rows[Any], place: int | None) -> str:
    """Return the source and the note of a row, as far as it has them."""
    if place is None:
        return ""
    has = {column.name for column in rows.table.columns}
    texts = (read_cell(rows[place], name) for name in ("source", "note") if name in has)
    return "; ".join(str(text) for text in texts if text)


class _Order:
    """Where cells stand in the plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._tables = {name: place for place, name in enumerate(TABLES)}
        self._columns = {
            name: {column.name: place for place, column in enumerate(plan.columns(name))}
            for name, table in TABLES.items()
            if table.can_vary
        }

    def place(self, found: InputDifference) -> tuple[int, int, str, int]:
        """Return what cells are sorted by; a month that Monthly lacks comes after those it lists."""
        address = found.address
        rows = self._plan.table(address.table)
        row = rows.position(address.row)
        columns = self._columns[address.table]
        return (
            self._tables[address.table],
            len(rows) if row is None else row,
            address.row,
            columns.get(address.column, len(columns)),
        )
