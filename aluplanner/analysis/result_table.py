"""Result tables: series down, periods across (section 10 of the model page)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

import numpy as np

from aluplanner.analysis.result_rows import MEAN, SUM, Breakdown, Kind, ResultRow, lines_of
from aluplanner.model.balance import Balance
from aluplanner.model.calendar import Horizon, Period, standard_periods
from aluplanner.model.inputs import Array
from aluplanner.model.measure import Measure


class Step(StrEnum):
    """How long the periods of a table are."""

    MONTHS = "months"
    QUARTERS = "quarters"
    HALF_YEARS = "half-years"
    YEARS = "years"


_LENGTHS: Final = {Step.QUARTERS: 3, Step.HALF_YEARS: 6, Step.YEARS: 12}


@lru_cache(maxsize=32)
def periods_of(horizon: Horizon, step: Step) -> tuple[Period, ...]:
    """Return the periods of one length that a horizon touches, in order."""
    if step is Step.MONTHS:
        return tuple(Period(str(month), month, month) for month in horizon.months)
    return tuple(period for period in standard_periods(horizon) if period.length == _LENGTHS[step])


@dataclass(frozen=True, eq=False)
class ResultTable:
    """The figures of a scenario, one row a series or a part of one, one column a period.

    Attributes
    ----------
    scenario
        Whose figures they are.
    breakdown, step
        Which table it is.
    rows
        What the rows are.
    periods
        What the columns are.
    parts
        Whether the horizon cuts the period off, so that its figures are those of the months inside.
    states
        Market state of each period (section 7).
    values
        Shape ``(rows, periods)``; NaN where a series is blank, and in rows without figures.
    """

    scenario: str
    breakdown: Breakdown
    step: Step
    rows: tuple[ResultRow, ...]
    periods: tuple[Period, ...]
    parts: tuple[bool, ...]
    states: tuple[str, ...]
    values: Array

    def measure(self, row: int, column: int) -> Measure | None:
        """Return the measure that a cell shows; ``None`` where there is none."""
        return measure_of(self.rows[row], self.periods[column])


def measure_of(row: ResultRow, period: Period) -> Measure | None:
    """Return the measure of a row over a period; ``None`` where no measure says what the row means."""
    if not row.series or row.names is None:
        return None
    return Measure(row.series, row.names, period, row.reducer)


def result_table(balance: Balance, breakdown: Breakdown, step: Step) -> ResultTable:
    """Return a table of a balance.

    Parameters
    ----------
    balance
        The balance of one scenario.
    breakdown
        Which series, and by what; one of :data:`aluplanner.analysis.result_rows.BREAKDOWNS`.
    step
        How long the periods are.
    """
    periods = periods_of(balance.horizon, step)
    sums = [balance.period(period) for period in periods]
    lines = lines_of(balance, breakdown)
    if step is Step.MONTHS:  # a state is one of quarters and longer periods
        lines = [line for line in lines if line[0].kind is not Kind.STATE]
    rows = tuple(row for row, _ in lines)
    blank = np.full(len(balance.horizon), np.nan)
    months = np.array([blank if figures is None else figures for _, figures in lines])
    values = reduced(months.reshape(len(rows), len(balance.horizon)), rows, periods, balance.horizon)
    return ResultTable(
        balance.scenario, breakdown, step, rows, periods,
        tuple(each.is_part for each in sums), tuple(each.state for each in sums), values,
    )  # fmt: skip


def reduced(months: Array, rows: Sequence[ResultRow], periods: Sequence[Period], horizon: Horizon) -> Array:
    """Return monthly figures over periods, each row reduced in its own way.

    Parameters
    ----------
    months
        Shape ``(rows, months)``, blanks NaN.
    rows
        Say how they are reduced.
    periods
        Each with a month inside the horizon.
    horizon
        The months.

    Returns
    -------
    ndarray
        Shape ``(rows, periods)``. A blank month counts nothing in a sum or a mean; NaN where all are blank.
    """
    if len(periods) == months.shape[1]:  # every month on its own is its sum, its mean and its end
        return months
    summed, averaged = (np.array([row.reducer == way for row in rows], dtype=bool) for way in (SUM, MEAN))
    stated = np.isfinite(months)
    filled = np.where(stated, months, 0.0)
    values = np.empty((len(rows), len(periods)))
    for column, period in enumerate(periods):
        inside = period.inside(horizon)
        part = slice(inside.start, inside.stop)
        count = stated[:, part].sum(axis=1)
        total = np.where(count > 0, filled[:, part].sum(axis=1), np.nan)
        mean = total / np.maximum(count, 1)
        values[:, column] = np.where(summed, total, np.where(averaged, mean, months[:, inside.stop - 1]))
    return values


def difference(table: ResultTable, base: ResultTable) -> ResultTable:
    """Return what a table has more than that of the base; states only where they are others than the base's.

    Rows that one of the two does not have are counted as 0 there where that is what it means
    (:attr:`aluplanner.analysis.result_rows.Breakdown.counts_absent`).
    """
    rows = merged_rows([table, base])
    values = values_in(table, rows) - values_in(base, rows)
    states = tuple(
        here if here != there else "" for here, there in zip(table.states, base.states, strict=True)
    )  # fmt: skip
    return replace(table, rows=rows, values=values, states=states)


def merged_rows(tables: Sequence[ResultTable]) -> tuple[ResultRow, ...]:
    """Return the rows that any of some tables has, those of the first in its order, others after the row before."""
    merged = list(tables[0].rows)
    known = {row.key for row in merged}
    for table in tables[1:]:
        for position, row in enumerate(table.rows):
            if row.key not in known:
                known.add(row.key)
                before = table.rows[position - 1].key if position else None
                place = next((i + 1 for i, each in enumerate(merged) if each.key == before), 0)
                merged.insert(place, row)
    return tuple(merged)


def values_in(table: ResultTable, rows: Sequence[ResultRow]) -> Array:
    """Return the figures of a table for other rows, shape ``(rows, periods)``."""
    if tuple(rows) == table.rows:
        return table.values
    absent = 0.0 if table.breakdown.counts_absent else np.nan
    blank = np.full(len(table.periods), np.nan)
    places = {row.key: place for place, row in enumerate(table.rows)}
    return np.array(
        [
            table.values[places[row.key]]
            if row.key in places
            else (blank if row.kind is Kind.HEADING else np.full(len(table.periods), absent))
            for row in rows
        ]
    ).reshape(len(rows), len(table.periods))
