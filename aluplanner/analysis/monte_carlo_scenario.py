"""What the draws of one scenario say: percentiles, market states, thresholds, measures."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from aluplanner.analysis.monte_carlo_influences import Influence, correlation_of, grouped
from aluplanner.analysis.monte_carlo_ranks import percentiles
from aluplanner.model.balance import STATES, Balance
from aluplanner.model.calendar import Horizon, Period, standard_periods
from aluplanner.model.inputs import Array
from aluplanner.model.measure import Measure
from aluplanner.model.plan import Address
from aluplanner.model.uncertainty import UncertainCell

LEVELS: Final = (5, 25, 50, 75, 95)
"""The percentiles of a fan."""

MEDIAN: Final = LEVELS.index(50)
_OPENING_STOCK: Final = Address("assumptions", "opening_stock", "value")


@dataclass(frozen=True, slots=True)
class StateOdds:
    """How likely each market state of a period is.

    Attributes
    ----------
    period
        The period.
    probabilities
        One for each of :data:`aluplanner.model.balance.STATES`, from surplus to shortage.
    plan_state
        The state of the plan as it stands.
    is_part
        Whether the horizon cuts the period off.
    """

    period: Period
    probabilities: tuple[float, ...]
    plan_state: str
    is_part: bool

    @property
    def shortage(self) -> float:
        """How likely a shortage is, slight or not."""
        return self.probabilities[-1] + self.probabilities[-2]

    @property
    def surplus(self) -> float:
        """How likely a surplus is, slight or not."""
        return self.probabilities[0] + self.probabilities[1]


@dataclass(frozen=True, slots=True)
class Spread:
    """How a measure spreads over the draws, in its unit; NaN where all draws are blank.

    Attributes
    ----------
    plan
        Its value in the plan as it stands, ``None`` where that is blank.
    mean, deviation
        Mean and standard deviation of the draws that are not blank.
    percentiles
        At 5, 25, 50, 75 and 95.
    below_plan
        The part of the draws below the plan's value, equal ones by half.
    """

    plan: float | None
    mean: float
    deviation: float
    percentiles: tuple[float, ...]
    below_plan: float

    @property
    def median(self) -> float:
        """The value that half of the draws lie below."""
        return self.percentiles[MEDIAN]


@dataclass(frozen=True, eq=False)
class ScenarioDraws:
    """The draws of one scenario.

    Attributes
    ----------
    name
        The scenario, ``"Base"`` for the base.
    balance
        The balance of the plan as it stands.
    inputs
        What was drawn, by cell, shape ``(draws,)`` each, in the cell's unit.
    series
        What was kept of the country's series, shape ``(draws, months)`` each.
    fans
        Percentiles 5, 25, 50, 75 and 95 of each of these, shape ``(5, months)``.
    measures, measured
        The measures, and their draws, shape ``(measures, draws)``.
    band
        Half-width of "balanced" as a share of consumption, shape ``(draws or 1,)``: it may itself be drawn.
    uncertain
        The rows of Uncertainty that were drawn, by cell.
    notes
        What a reader should know, in words.
    """

    name: str
    balance: Balance
    inputs: Mapping[Address, Array]
    series: Mapping[str, Array]
    fans: Mapping[str, Array]
    measures: tuple[Measure, ...]
    measured: Array
    band: Array
    uncertain: Mapping[Address, UncertainCell]
    notes: tuple[str, ...] = ()

    @property
    def horizon(self) -> Horizon:
        """The months."""
        return self.balance.horizon

    # Market states

    @cached_property
    def states(self) -> tuple[StateOdds, ...]:
        """How likely each market state is in every year, half-year and quarter of the horizon (section 7)."""
        return tuple(self.state_odds(period) for period in standard_periods(self.horizon))

    def state_odds(self, period: Period) -> StateOdds:
        """Return how likely each market state of a period is."""
        found = market_states(self.over(period, "balance"), self.over(period, "consumption"), self.band)
        odds = np.bincount(found, minlength=len(STATES)) / len(found)
        plan_state = self.balance.period(period).state
        return StateOdds(period, tuple(odds.tolist()), plan_state, period.is_part(self.horizon))

    def over(self, period: Period, series: str) -> Array:
        """Return the sum of a kept series over a period in every draw, shape ``(draws,)``."""
        months = period.inside(self.horizon)
        total: Array = self.series[series][:, months.start : months.stop].sum(axis=1)
        return total

    # Thresholds

    def below(self, threshold: float, series: str = "stock") -> Array:
        """Return how likely a series is below a threshold at the end of each month, shape ``(months,)``."""
        likely: Array = (self.series[series] < threshold).mean(axis=0)
        return likely

    def ever_below(self, threshold: float, series: str = "stock") -> Array:
        """Return how likely a series has been below a threshold by each month, at any month-end up to it."""
        likely: Array = np.logical_or.accumulate(self.series[series] < threshold, axis=1).mean(axis=0)
        return likely

    def fallen_below(self, threshold: float) -> Array:
        """Return how likely stock has, by each month, come to be below a threshold that it stood at or above before.

        Where a plan begins with little stock, this is what "running out" means: what it began with does not count.
        """
        stock = self.series["stock"]
        opening = np.broadcast_to(self.opening_stock, (len(stock),))[:, None]
        stood = np.logical_or.accumulate(np.concatenate([opening, stock], axis=1) >= threshold, axis=1)[:, :-1]
        likely: Array = np.logical_or.accumulate(stood & (stock < threshold), axis=1).mean(axis=0)
        return likely

    @property
    def opening_stock(self) -> Array:
        """Visible stock at the month-end before the horizon, kt, shape ``(draws or 1,)``."""
        return self.inputs.get(_OPENING_STOCK, np.array([self.balance.opening("stock")]))

    # Measures

    def draws_of(self, measure: Measure) -> Array:
        """Return a measure in every draw, shape ``(draws,)``.

        Raises
        ------
        ValueError
            If it was not asked for.
        """
        values: Array = self.measured[self.measures.index(measure)]
        return values

    def spread(self, measure: Measure) -> Spread:
        """Return how a measure spreads."""
        draws = self.draws_of(measure)
        known = draws[np.isfinite(draws)]
        plan = self.balance.measure(measure)
        if not known.size:
            return Spread(plan, np.nan, np.nan, (np.nan,) * len(LEVELS), np.nan)
        of_levels = percentiles(known[:, None], LEVELS)[:, 0]
        below = np.nan if plan is None else float((known < plan).mean() + 0.5 * (known == plan).mean())
        deviation = float(known.std(ddof=1)) if known.size > 1 else 0.0
        return Spread(plan, float(known.mean()), deviation, tuple(of_levels.tolist()), below)

    def strongest(self, measure: Measure, *, by_factor: bool = False) -> tuple[Influence, ...]:
        """Return what a measure goes with, the strongest first; inputs that do not vary are left out.

        Parameters
        ----------
        measure
            The measure.
        by_factor
            Whether inputs with a common factor are one influence: that of the sum of their ranks.
        """
        output = self.draws_of(measure)
        groups = grouped(self.uncertain, tuple(self.inputs)) if by_factor else [("", (cell,)) for cell in self.inputs]
        found = [
            Influence(factor, cells, correlation_of([self.inputs[cell] for cell in cells], output))
            for factor, cells in groups
        ]
        known = [each for each in found if np.isfinite(each.correlation)]
        return tuple(sorted(known, key=lambda each: (-abs(each.correlation), str(each.cells[0]))))


def market_states(balance: Array, consumption: Array, band: Array) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """Return the market state of a period in every draw as its index in the list of states (section 7).

    Parameters
    ----------
    balance, consumption
        Sums over the period, kt, shape ``(draws,)``.
    band
        Half-width of "balanced" as a share of consumption, shape ``(draws or 1,)``.
    """
    share = np.divide(balance, consumption, out=np.zeros(len(balance)), where=consumption != 0.0)
    edges = np.array([share < -3 * band, share < -band, share <= band, share <= 3 * band])
    # from shortage, where all four hold, to surplus, where none does
    found: np.ndarray[tuple[int], np.dtype[np.intp]] = edges.sum(axis=0).astype(np.intp)
    return found
