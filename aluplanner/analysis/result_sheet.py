"""Result tables of several scenarios laid into one: the scenarios of a row below one another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aluplanner.analysis.result_rows import Breakdown, Kind, ResultRow
from aluplanner.analysis.result_table import (
    ResultTable,
    Step,
    difference,
    measure_of,
    merged_rows,
    result_table,
    values_in,
)
from aluplanner.model.balance import Balance
from aluplanner.model.calendar import Period
from aluplanner.model.inputs import Array
from aluplanner.model.measure import Measure


@dataclass(frozen=True, eq=False, slots=True)
class SheetLine:
    """One line of a sheet.

    Attributes
    ----------
    row
        What it is.
    scenario
        Whose figures it has.
    place
        0 for the selected scenario, from 1 on for those below it.
    values
        Shape ``(periods,)``.
    states
        Market state of each period; of a difference only where it is another than the base's.
    """

    row: ResultRow
    scenario: str
    place: int
    values: Array
    states: tuple[str, ...]

    @property
    def is_heading(self) -> bool:
        """Whether it has no cells."""
        return self.row.kind is Kind.HEADING

    @property
    def id(self) -> tuple[str, int]:
        """What it is known by, whichever scenarios are on view."""
        return self.row.key, self.place


@dataclass(frozen=True, eq=False)
class ResultSheet:
    """What a planner sees of one or several result tables.

    Attributes
    ----------
    breakdown, step
        Which table.
    scenarios
        The scenarios in the order of their lines.
    is_difference
        Whether the figures are what the scenarios have more than the base.
    periods, parts
        The columns, and whether the horizon cuts them off.
    lines
        The rows.
    """

    breakdown: Breakdown
    step: Step
    scenarios: tuple[str, ...]
    is_difference: bool
    periods: tuple[Period, ...]
    parts: tuple[bool, ...]
    lines: tuple[SheetLine, ...]

    def measure(self, row: int, column: int) -> Measure | None:
        """Return the measure that a cell shows, ``None`` where there is none."""
        return measure_of(self.lines[row].row, self.periods[column])


def result_sheet(
    balances: Mapping[str, Balance], breakdown: Breakdown, step: Step, base: Balance | None = None
) -> ResultSheet:
    """Return the table of one or several scenarios of a plan.

    Parameters
    ----------
    balances
        By scenario, the one to show first at the beginning; at least one.
    breakdown, step
        Which table; see :func:`aluplanner.analysis.result_table.result_table`.
    base
        The base's balance, if the differences to it are asked for.
    """
    tables = [result_table(balance, breakdown, step) for balance in balances.values()]
    if base is not None:
        of_base = result_table(base, breakdown, step)
        tables = [difference(table, of_base) for table in tables]
    first = tables[0]
    return ResultSheet(
        breakdown, step, tuple(table.scenario for table in tables), base is not None,
        first.periods, first.parts, tuple(_lines(tables)),
    )  # fmt: skip


def _lines(tables: Sequence[ResultTable]) -> list[SheetLine]:
    rows = merged_rows(tables)
    values = [values_in(table, rows) for table in tables]
    own = [{row.key: row for row in table.rows} for table in tables]  # a scenario may own a plant by another name
    return [
        SheetLine(own[place].get(row.key, row), table.scenario, place, values[place][position], table.states)
        for position, row in enumerate(rows)
        for place, table in enumerate(tables)
        if place == 0 or row.kind is not Kind.HEADING
    ]
