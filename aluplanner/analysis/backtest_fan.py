"""The fan that a forecast is given: percentiles of a Monte Carlo run by month."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from aluplanner.analysis.backtest_facts import FACTS
from aluplanner.analysis.backtest_scores import Fan
from aluplanner.analysis.sampling import drawn_cells
from aluplanner.model.inputs import Array
from aluplanner.model.plan import Plan


class FanMaker(Protocol):
    """Makes the fan of a plan in one scenario."""

    def __call__(self, plan: Plan, scenario: str, draws: int, seed: int) -> Fan:
        """Return the fan of so many draws."""
        ...


def monte_carlo_fan(plan: Plan, scenario: str, draws: int, seed: int) -> Fan:
    """Return the fan of the plan's Uncertainty table.

    Raises
    ------
    PlanError
        If the plan has errors.
    """
    # it pulls in much that a backtest without a fan does not need
    from aluplanner.analysis.monte_carlo import monte_carlo

    return monte_carlo(plan, draws=draws, seed=seed, scenarios=(scenario,))


@dataclass(frozen=True, slots=True)
class FanOrder:
    """A fan that is wanted.

    Attributes
    ----------
    draws
        How many draws; none without any.
    seed
        Their seed: the same seed gives the same fan.
    make
        Makes it; by default the Monte Carlo of the plan's Uncertainty table does.
    """

    draws: int
    seed: int = 0
    make: FanMaker = monte_carlo_fan


def fan_bands(
    plan: Plan, scenario: str, order: FanOrder | None, series: Iterable[str] = tuple(FACTS)
) -> Mapping[str, Array]:
    """Return the percentiles of each series, shape ``(5, months)``; none without draws or uncertain cells."""
    if order is None or order.draws <= 0 or not drawn_cells(plan, scenario)[0]:
        return {}
    fan = order.make(plan, scenario, order.draws, order.seed)
    return {name: fan.percentiles(name) for name in series}
