"""What a solution has to show: its scenarios in order, the months, what is past, the actuals."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from aluplanner.analysis.announced import announced_so_far
from aluplanner.document.solving import Solution
from aluplanner.i18n import tr
from aluplanner.model.balance import Balance
from aluplanner.model.calendar import Horizon, Month
from aluplanner.model.plan import Plan
from aluplanner.model.rows import read_cell
from aluplanner.model.scenarios import BASE
from aluplanner.ui.plots.fan_shown import ShownFan
from aluplanner.ui.theme import SeriesStyle, Theme

Values = NDArray[np.float64]

ACTUALS: Final = ("actual_production", "actual_stock", "actual_price")
MOST_LAYERS: Final = 8
LEAST_CHANGE: Final = 1e-6
"""Sum over the months below which a layer counts as unchanged: kt, or kt/y."""


@dataclass(frozen=True, eq=False)
class ShownScenario:
    """A scenario on view; ``position`` is 0 for the selected one and counts the compared ones from 1."""

    name: str
    balance: Balance
    position: int

    @property
    def label(self) -> str:
        """Its name as shown."""
        return tr("Base") if self.name == BASE else self.name

    def style(self, theme: Theme) -> SeriesStyle:
        """Return how its lines are drawn: the selected one, the base, or one of the compared."""
        if self.position == 0:
            return theme.selected
        if self.name == BASE:
            return theme.base
        return theme.compared[(self.position - 1) % len(theme.compared)]


@dataclass(frozen=True, eq=False)
class Shown:
    """The scenarios on view, the selected one first and the base last, with their months.

    Attributes
    ----------
    scenarios
        At least the selected one.
    horizon
        The months.
    x
        The months' ordinals, shape ``(months,)``.
    past_end
        Position where the forecast begins, ``None`` when nothing is known.
    actuals
        The ``actual_…`` columns of Monthly, shape ``(months,)``, blanks NaN.
    is_difference
        Whether plots draw what each scenario has more than the base, instead of what it has.
    fan
        The fan of the selected scenario, where it is wanted and there.
    """

    scenarios: tuple[ShownScenario, ...]
    horizon: Horizon
    x: Values
    past_end: float | None
    actuals: Mapping[str, Values]
    is_difference: bool = False
    fan: ShownFan | None = None

    @property
    def selected(self) -> ShownScenario:
        """The selected scenario."""
        return self.scenarios[0]

    @property
    def base(self) -> Balance:
        """The balance of the base, or of the selected scenario where the base is not there."""
        return next((each.balance for each in self.scenarios if each.name == BASE), self.selected.balance)

    @property
    def drawn(self) -> tuple[ShownScenario, ...]:
        """The scenarios that have lines: of differences all but the base, which would be nothing but zeros."""
        if not self.is_difference:
            return self.scenarios
        return tuple(each for each in self.scenarios if each.balance is not self.base)

    def values(self, scenario: ShownScenario, series: str) -> Values:
        """Return what is drawn of a series of section 10, or of ``announced``, shape ``(months,)``; blanks NaN."""
        values = series_values(scenario.balance, series)
        return self.less_base(scenario, values, series_values(self.base, series)) if self.is_difference else values

    def less_base(self, scenario: ShownScenario, values: Values, base: Values) -> Values:
        """Return figures of a scenario by month less those of the base, month by month."""
        here, there = scenario.balance.horizon, self.base.horizon
        if here == there:
            return values - base
        known = dict(zip(there.months, base.tolist(), strict=True))
        less: Values = values - np.array([known.get(month, np.nan) for month in here.months])
        return less

    def as_difference(self) -> "Shown":
        """Return the same scenarios as differences to the base; what really happened has none."""
        blanks = {name: np.full_like(values, np.nan) for name, values in self.actuals.items()}
        return replace(self, is_difference=True, actuals=blanks, fan=None)


@lru_cache(maxsize=1)  # plots and headline ask for the same
def shown_of(solution: Solution) -> Shown:
    """Return what a solution has to show; compared scenarios come in the order of the plan."""
    order = [name for name in solution.plan.scenario_names if name in solution.balances]
    names = [solution.scenario, *(name for name in order if name != solution.scenario)]
    if solution.scenario != BASE and BASE in solution.balances:
        names.append(BASE)
    scenarios = tuple(ShownScenario(name, solution.balances[name], i) for i, name in enumerate(names))
    horizon = scenarios[0].balance.horizon
    x = np.array([month.ordinal for month in horizon.months], dtype=np.float64)
    actuals = {name: actual_values(scenarios[0].balance.plan, horizon, name) for name in ACTUALS}
    return Shown(scenarios, horizon, x, _past_end(scenarios[0].balance.plan, x, actuals), actuals)


def actual_values(plan: Plan, horizon: Horizon, column: str) -> Values:
    """Return an ``actual_…`` column of Monthly by month of the horizon, blanks NaN; read-only."""
    memo = f"{column} by month, {len(horizon)} from {horizon.first.ordinal}"
    return plan.monthly.kept(memo, partial(_read_actuals, plan, horizon, column))


def _read_actuals(plan: Plan, horizon: Horizon, column: str) -> Values:
    values = np.full(len(horizon), np.nan)
    for row in plan.monthly:
        value = read_cell(row, column)
        if isinstance(row.month, Month) and value is not None and 0 <= horizon.index(row.month) < len(horizon):
            values[horizon.index(row.month)] = float(value)  # type: ignore[arg-type]  # a number column
    values.flags.writeable = False
    return values


def _past_end(plan: Plan, x: Values, actuals: Mapping[str, Values]) -> float | None:
    known = plan.assumption("known_until")
    if isinstance(known, Month):
        return known.ordinal + 0.5
    any_actual = np.any(np.isfinite(list(actuals.values())), axis=0)
    return float(x[any_actual].max()) + 0.5 if any_actual.any() else None


def series_values(balance: Balance, name: str) -> Values:
    """Return a monthly series of section 10 of the model page, or ``announced``, shape ``(months,)``."""
    return announced_so_far(balance) if name == "announced" else balance.series(name)


def stack_values(shown: Shown, group: str) -> dict[str, Values]:
    """Return the layers of a stack, the largest first, the small ones together as the last.

    Of differences only what differs is a layer.
    """
    if shown.is_difference:
        return _changed_layers(shown, group)
    balance = shown.selected.balance
    layers = _group(balance, group)
    sizes = {name: float(np.nansum(values)) for name, values in _group(shown.base, group).items()}
    return _largest(layers, sizes)


def _changed_layers(shown: Shown, group: str) -> dict[str, Values]:
    """Return what the selected scenario has more than the base, by layer; what neither knows counts as nothing."""
    selected, nothing = shown.selected, np.zeros(len(shown.horizon))
    here, there = _group(selected.balance, group), _group(shown.base, group)
    layers = {
        name: shown.less_base(selected, here.get(name, nothing), there.get(name, nothing))
        for name in dict.fromkeys((*here, *there))
    }
    sizes = {name: float(np.nansum(np.abs(values))) for name, values in layers.items()}
    return _largest({name: values for name, values in layers.items() if sizes[name] > LEAST_CHANGE}, sizes)


def _largest(layers: Mapping[str, Values], sizes: Mapping[str, float]) -> dict[str, Values]:
    names = sorted(layers, key=lambda name: -sizes.get(name, 0.0))
    if len(names) <= MOST_LAYERS:
        return {name: layers[name] for name in names}
    kept = {name: layers[name] for name in names[: MOST_LAYERS - 1]}
    return kept | {tr("Others"): np.sum([layers[name] for name in names[MOST_LAYERS - 1 :]], axis=0)}


def _group(balance: Balance, group: str) -> Mapping[str, Values]:
    return balance.consumption_by_sector if group == "consumption_by_sector" else balance.by_province("operating")
