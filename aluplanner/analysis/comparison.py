"""Scenarios side by side: the inputs that differ, and what follows from them (section 11 of the model page)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from aluplanner.analysis.answer_table import AnswerTable
from aluplanner.analysis.comparison_inputs import InputDifference, Tolerance, input_differences
from aluplanner.analysis.comparison_measures import MeasureRow, measure_rows, read_measures
from aluplanner.i18n import tr
from aluplanner.model.balance import Balance
from aluplanner.model.layers import is_base
from aluplanner.model.measure import Measure
from aluplanner.model.plan import Plan
from aluplanner.model.progress import Cancelled, Progress, part_of_work, tell_progress, watched
from aluplanner.model.scenarios import BASE
from aluplanner.model.schema import fold
from aluplanner.model.solver import solve

_SOLVED: Final = 0.6
_FOUND: Final = 0.7
"""The part of the work that is done when everything is solved, and when the inputs are compared."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """Scenarios side by side; the first one is what the others are measured against.

    Attributes
    ----------
    plan
        The plan they are scenarios of.
    scenarios
        Their names in the order of the columns, ``"Base"`` for the base plan.
    tolerance
        Numbers closer than this count as equal among the inputs.
    inputs
        The cells whose values differ between any two of the scenarios, in the order of the tables.
    nearly_equal
        How many cells more differ by no more than the tolerance.
    measures
        The measures, those asked for first.
    balances
        The balance of each scenario by name.
    """

    plan: Plan
    scenarios: tuple[str, ...]
    tolerance: Tolerance
    inputs: tuple[InputDifference, ...]
    nearly_equal: int
    measures: tuple[MeasureRow, ...]
    balances: Mapping[str, Balance] = field(repr=False)

    def tables(self) -> tuple[AnswerTable, ...]:
        """Return two tables: the inputs that differ and the measures, figures in full precision."""
        from aluplanner.analysis.comparison_tables import tables_of

        return tables_of(self)

    def as_json(self) -> dict[str, object]:
        """Return the comparison in full precision: months and choices as texts, blanks as ``None``."""
        from aluplanner.analysis.comparison_tables import json_of

        return json_of(self)


def compare(
    plan: Plan,
    scenarios: Sequence[str],
    *,
    measures: Iterable[str | Measure] | None = None,
    absolute: float = 0.0,
    relative: float = 0.0,
    cancelled: Cancelled = None,
    progress: Progress = None,
) -> Comparison:
    """Return how scenarios differ, in what they state and in what follows.

    What counts is the value that each scenario's layers leave in a cell, whatever was changed on the way there; a
    blank counts as what it means (section 1). Two numbers are equal if they differ by no more than ``absolute`` or by
    no more than the part ``relative`` of the larger one.

    Parameters
    ----------
    plan
        The plan.
    scenarios
        Names of scenarios, ``"Base"`` for the base plan. The others are measured against the first; one scenario
        alone is compared with the base.
    measures
        Measures (section 11) to show above the usual ones, which are by half-year and year: balance with market
        state, production, consumption, closing stock, stock days at the end, mean price; and how many claims hold.
    absolute
        In the unit of each cell; for a fraction 0.05 is five percentage points.
    relative
        A part, such as 0.01.
    cancelled, progress
        Whether nobody wants the answer any more, and who is told how far it has come.

    Raises
    ------
    PlanError
        If there is no such scenario, or one has errors.
    MeasureError
        If a measure cannot be read.
    ValueError
        If no scenario is named, or a tolerance is below zero or no number.
    """
    tolerance = Tolerance(absolute, relative)
    with watched(cancelled, progress):
        names = _named(plan, scenarios)
        wanted = read_measures(plan, names, measures or ())
        with part_of_work(0.0, _SOLVED):
            balances = _solved(plan, names)
        with part_of_work(_SOLVED, _FOUND):
            different = input_differences(plan, names)
        with part_of_work(_FOUND, 1.0):
            rows = measure_rows(tuple(balances.values()), wanted)
        inputs = tuple(found for found in different if found.differs(tolerance))
        return Comparison(plan, names, tolerance, inputs, len(different) - len(inputs), rows, balances)


def _solved(plan: Plan, names: Sequence[str]) -> dict[str, Balance]:
    balances: dict[str, Balance] = {}
    for place, name in enumerate(names, start=1):
        balances[name] = solve(plan, name)
        tell_progress(place / len(names))
    return balances


def _named(plan: Plan, scenarios: Sequence[str]) -> tuple[str, ...]:
    """Return the scenarios in the plan's own spelling, each once; unknown names stay as they are."""
    if not scenarios:
        raise ValueError(tr("Name the scenarios to compare."))
    known = {fold(name): name for name in plan.scenario_names}
    names = dict.fromkeys(BASE if is_base(name) else known.get(fold(name), name) for name in scenarios)
    if len(names) == 1 and BASE not in names:
        return (BASE, *names)
    return tuple(names)
