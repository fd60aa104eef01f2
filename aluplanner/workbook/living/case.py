"""The scenario that the workbook is exported in: every cell as it sees it, padded to the size of the sheets."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from aluplanner.model.balance import Balance
from aluplanner.model.calendar import Horizon, Month
from aluplanner.model.inputs import Array
from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.rows import read_cell
from aluplanner.model.schema import Value
from aluplanner.workbook.cells import native
from aluplanner.workbook.living.grid import serial
from aluplanner.workbook.living.layout import Layout

Objects = NDArray[Any]
NO_MONTH: Final = 99999.0
"""Stands for a blank month: later than any."""


def raw(plan: Plan, table: str, record: object, column: str) -> str | float:
    """Return a cell of the resolved plan as a formula sees it; ``""`` for a blank one."""
    declared = next(known for known in plan.columns(table) if known.name == column)
    return raw_value(plan.record_column(record, declared), read_cell(record, column))


def raw_value(column: Any, value: Value) -> str | float:
    """Return a value as a formula sees the cell that holds it: months as days, yes/no as words."""
    put = native(column, value)
    if put is None:
        return ""
    if isinstance(put, str | float | int):
        return put
    return float(serial(put))


@dataclass(frozen=True)
class Case:
    """What the formulas compute with in one scenario.

    Attributes
    ----------
    plan
        The plan as stated.
    layout
        Where everything stands.
    balance
        The balance of the scenario; its plan is the resolved one.
    scenario
        The scenario, in the plan's spelling.
    """

    plan: Plan
    layout: Layout
    balance: Balance
    scenario: str

    @property
    def resolved(self) -> Plan:
        """The plan as the scenario sees it."""
        return self.balance.plan

    @property
    def horizon(self) -> Horizon:
        """The months."""
        return self.balance.horizon

    def stated(self, table: str, columns: tuple[str, ...]) -> Objects:
        """Return columns as the scenario sees them, shape ``(rows with spare ones, columns)``; blanks are ``""``."""
        cells = np.full((self.layout.count(table), len(columns)), "", dtype=object)
        for place, name in enumerate(columns):
            for row, record in enumerate(self.resolved.table(table)):
                cells[row, place] = raw(self.resolved, table, record, name)
        return cells

    def numbers(self, table: str, column: str, blank: float = 0.0, spare: float = 0.0) -> Array:
        """Return a numeric column with its defaults, padded; ``blank`` where there is neither, ``spare`` below."""
        numbers = self.resolved.table(table).numbers(column)
        padded = np.full(self.layout.count(table), spare)
        padded[: len(numbers)] = np.where(np.isnan(numbers), blank, numbers)
        return padded

    def texts(self, table: str, column: str) -> list[str]:
        """Return a column of texts, padded with blanks."""
        texts = [str(getattr(record, column) or "") for record in self.resolved.table(table)]
        return texts + [""] * (self.layout.count(table) - len(texts))

    def assumption(self, name: str) -> float:
        """Return an assumption as the number that formulas use: yes/no as 1 and 0, a blank month as 0."""
        value = self.resolved.assumption(name)
        if isinstance(value, Month):
            return float(value.ordinal)
        return 0.0 if value is None else float(cast(float, value))

    def series(self, name: str) -> Array:
        """Return a series of the country, shape ``(months,)``."""
        return self.balance.series(name)

    def before(self, name: str) -> Array:
        """Return a series one month earlier, the opening first."""
        return np.concatenate([[self.balance.opening(name)], self.series(name)[:-1]])

    def monthly(self, name: str) -> Array:
        """Return a column of Monthly by month of the horizon; NaN where blank."""
        cells = np.full(len(self.horizon), np.nan)
        for row in self.resolved.monthly:
            t = self.horizon.index(row.month)
            value = getattr(row, name)
            if 0 <= t < len(cells) and value is not None:
                cells[t] = value
        return cells

    # The calendar

    @cached_property
    def t(self) -> Array:
        """The indices of the months."""
        return np.arange(len(self.horizon), dtype=np.float64)

    @cached_property
    def days(self) -> Array:
        """Days of the months."""
        return np.array([month.days for month in self.horizon], dtype=np.float64)

    @cached_property
    def year_part(self) -> Array:
        """Days of the months over those of their years."""
        return np.array([month.days / month.days_in_year for month in self.horizon])

    @cached_property
    def years(self) -> Array:
        """Calendar years of the months."""
        return np.array([month.year for month in self.horizon], dtype=np.float64)

    @property
    def has_refineries(self) -> bool:
        """Whether alumina is modelled."""
        return self.balance.run.frame.has_refineries


def positions_of(plan: Plan, table: str) -> dict[str, int]:
    """Return the number of each row by its key, from 1."""
    return {name: number for number, name in enumerate(plan.table(table).keys, start=1)}


def column_names(table: str) -> tuple[str, ...]:
    """Return the field names of a table's declared columns."""
    return tuple(column.name for column in TABLES[table].columns)
