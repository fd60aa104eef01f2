"""Two scenarios draw by draw: both meet the same draws of what is uncertain (common random numbers)."""

from dataclasses import dataclass

import numpy as np

from aluplanner.analysis.monte_carlo_ranks import percentiles
from aluplanner.analysis.monte_carlo_scenario import LEVELS, ScenarioDraws
from aluplanner.model.calendar import Period, standard_periods
from aluplanner.model.inputs import Array
from aluplanner.model.measure import Measure

_SAME = 1e-9
"""Difference, as a part of the larger number, up to which two draws count as equal: rounding, no decision."""


@dataclass(frozen=True, eq=False)
class Paired:
    """How a number of one scenario differs from that of another, draw by draw.

    Attributes
    ----------
    first, second
        The scenarios.
    label, unit
        The number: a measure, or the balance of a period.
    plan
        The difference of the plan as it stands, first less second; NaN where either is blank.
    mean, deviation
        Of the differences over the draws.
    percentiles
        Of the differences at 5, 25, 50, 75 and 95.
    lower, equal
        The part of the draws in which the first is lower, and in which both are the same.
    """

    first: str
    second: str
    label: str
    unit: str
    plan: float
    mean: float
    deviation: float
    percentiles: tuple[float, ...]
    lower: float
    equal: float

    @property
    def tighter(self) -> float:
        """How likely the first is lower, draws in which both are the same counted by half."""
        return self.lower + 0.5 * self.equal


def paired_measure(first: ScenarioDraws, second: ScenarioDraws, measure: Measure) -> Paired:
    """Return how a measure differs between two scenarios."""
    stated = [each.balance.measure(measure) for each in (first, second)]
    plan = np.array([np.nan if value is None else value for value in stated])
    draws = first.draws_of(measure), second.draws_of(measure)
    return _paired(first.name, second.name, str(measure), measure.unit, plan, draws)


def paired_balance(first: ScenarioDraws, second: ScenarioDraws, period: Period) -> Paired:
    """Return how the balance of a period differs: the tighter scenario has the lower one."""
    plan = np.array([each.balance.period(period).balance for each in (first, second)])
    draws = first.over(period, "balance"), second.over(period, "balance")
    return _paired(first.name, second.name, f"balance {period.label} sum", "kt", plan, draws)


def paired_balances(first: ScenarioDraws, second: ScenarioDraws) -> tuple[Paired, ...]:
    """Return how the balance differs in every year, half-year and quarter."""
    return tuple(paired_balance(first, second, period) for period in standard_periods(first.horizon))


def _paired(first: str, second: str, label: str, unit: str, plan: Array, draws: tuple[Array, Array]) -> Paired:
    ours, theirs = draws
    known = np.isfinite(ours) & np.isfinite(theirs)
    ours, theirs = ours[known], theirs[known]
    stated = float(plan[0] - plan[1])
    if abs(stated) <= _SAME * float(np.abs(plan).max()):
        stated = 0.0
    if not ours.size:
        return Paired(first, second, label, unit, stated, np.nan, np.nan, (np.nan,) * len(LEVELS), np.nan, np.nan)
    difference = ours - theirs
    is_same = np.abs(difference) <= _SAME * np.maximum(np.abs(ours), np.abs(theirs))
    difference = np.where(is_same, 0.0, difference)
    return Paired(
        first, second, label, unit, stated,
        mean=float(difference.mean()),
        deviation=float(difference.std(ddof=1)) if difference.size > 1 else 0.0,
        percentiles=tuple(percentiles(difference[:, None], LEVELS)[:, 0].tolist()),
        lower=float(((difference < 0.0) & ~is_same).mean()),
        equal=float(is_same.mean()),
    )  # fmt: skip
