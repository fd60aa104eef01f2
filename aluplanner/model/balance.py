"""The balance of one plan: named read-only monthly series and what is asked of them (section 10 of the model page)."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from aluplanner.i18n import tr
from aluplanner.model.action_size import ActionSizes
from aluplanner.model.batch import Batch
from aluplanner.model.calendar import Horizon, Period, standard_periods
from aluplanner.model.inputs import Array
from aluplanner.model.issues import Issue
from aluplanner.model.measure import COUNTRY_SERIES, NAMED_UNITS, Measure, parse_measure
from aluplanner.model.plan import Plan
from aluplanner.model.reporting import (
    bauxite_use,
    effective_by_action,
)
from aluplanner.model.run import Run
from aluplanner.model.schema import fold
from aluplanner.model.warnings import run_warnings

if TYPE_CHECKING:
    import pandas as pd

SURPLUS: Final = "surplus"
SLIGHT_SURPLUS: Final = "slight surplus"
BALANCED: Final = "balanced"
SLIGHT_SHORTAGE: Final = "slight shortage"
SHORTAGE: Final = "shortage"
STATES: Final = (SURPLUS, SLIGHT_SURPLUS, BALANCED, SLIGHT_SHORTAGE, SHORTAGE)


def market_state(balance: float, consumption: float, band: float) -> str:
    """Return the market state of a period in words (section 7).

    Parameters
    ----------
    balance, consumption
        Sums over the period, kt.
    band
        Half-width of "balanced", as a share of consumption.
    """
    share = balance / consumption if consumption else 0.0
    if abs(share) <= band:
        return BALANCED
    if share > 0:
        return SURPLUS if share > 3 * band else SLIGHT_SURPLUS
    return SHORTAGE if share < -3 * band else SLIGHT_SHORTAGE


@dataclass(frozen=True, slots=True)
class PeriodBalance:
    """Sums of a period, kt, and its market state; ``is_part`` when the horizon cuts the period off."""

    period: Period
    balance: float
    consumption: float
    state: str
    is_part: bool


class Balance:
    """The balance of a plan in one scenario.

    Parameters
    ----------
    run
        The run it was worked out by.
    scenario
        Name of the scenario, ``"Base"`` for the base plan.
    """

    def __init__(self, run: Run, scenario: str) -> None:
        self._run = run
        self._batch = Batch(run)
        self.scenario = scenario
        self._series: dict[str, Array] = {}

    @property
    def run(self) -> Run:
        """The run it was worked out by, for analyses that look behind the series."""
        return self._run

    @property
    def plan(self) -> Plan:
        """The plan as the scenario sees it."""
        return self._run.inputs.plan

    @property
    def horizon(self) -> Horizon:
        """The months."""
        return self._run.frame.horizon

    # Monthly series

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the country's series."""
        return tuple(COUNTRY_SERIES)

    def title(self, name: str) -> str:
        """Return the title of a series in the language in force."""
        return tr(COUNTRY_SERIES[name][0])

    def unit(self, name: str) -> str:
        """Return the unit of a series."""
        return COUNTRY_SERIES[name][1] if name in COUNTRY_SERIES else NAMED_UNITS[name]

    def series(self, name: str) -> Array:
        """Return a monthly series of the country, shape ``(months,)``, read-only; NaN where it is blank.

        Raises
        ------
        KeyError
            If there is no such series.
        """
        if name not in self._series:
            self._series[name] = self._batch.series(name)[0]  # kept, so that views know it for the same again
        return self._series[name]

    def opening(self, name: str) -> float:
        """Return the value of a series at the month-end before the horizon; 0 for what begins there (section 11)."""
        return float(self._batch.opening(name)[0])

    @cached_property
    def monthly(self) -> "pd.DataFrame":
        """Every series by month: a data frame with a ``PeriodIndex``; units in ``attrs["units"]``."""
        import pandas as pd

        index = pd.PeriodIndex(list(self.horizon.labels), freq="M", name="month")
        frame = pd.DataFrame({name: self.series(name) for name in self.names}, index=index)
        frame.attrs["units"] = {name: self.unit(name) for name in self.names}
        frame.attrs["scenario"] = self.scenario
        return frame

    # Breakdowns

    def _by_plant(self, name: str) -> Array:
        """Return a series by plant, shape ``(months, plants)``."""
        numbers: Array = (self._batch.operating if name == "operating" else self._batch.production)[0]
        return numbers

    def by_plant(self, name: str) -> dict[str, Array]:
        """Return operating capacity of every plant (kt/y), or production of every smelter (kt), by month."""
        numbers = self._by_plant(name)
        smelters = self._run.frame.smelters
        return {
            key: _read_only(numbers[:, place])
            for place, key in enumerate(self.plan.plants.keys)
            if name == "operating" or smelters[place]
        }

    def by_group(self, name: str) -> dict[str, Array]:
        """Return operating capacity (kt/y) or production (kt) of aluminium by owner group and month."""
        return self._summed(name, [plant.group for plant in self.plan.plants])

    def by_province(self, name: str) -> dict[str, Array]:
        """Return operating capacity (kt/y) or production (kt) of aluminium by province and month."""
        return self._summed(name, [plant.province for plant in self.plan.plants])

    def _summed(self, name: str, places: Iterable[str | None]) -> dict[str, Array]:
        numbers, smelters = self._by_plant(name), self._run.frame.smelters
        columns: dict[str, tuple[str, list[int]]] = {}
        for column, place in enumerate(places):
            if place and smelters[column]:
                columns.setdefault(fold(place), (place.strip(), []))[1].append(column)
        return {title: numbers[:, members].sum(axis=1) for title, members in columns.values()}

    def by_action(self, name: str) -> dict[str, Array]:
        """Return ``announced``, ``due``, ``implemented`` or ``effective`` of every enabled action, kt/y, by month."""
        numbers = self._by_action(name)
        return {action.action: _read_only(numbers[:, place]) for place, action in enumerate(self._run.frame.actions)}

    def _by_action(self, name: str) -> Array:
        if name == "effective":
            return self._effective
        if name == "announced":
            return np.broadcast_to(self._run.reach.size[0], (len(self.horizon), len(self._run.frame.rows)))
        numbers: Array = getattr(self._run.forces.first, name)[0]
        return numbers

    @cached_property
    def _effective(self) -> Array:
        effective: Array = effective_by_action(self._run)[0]
        return effective

    @property
    def announced_by_action(self) -> dict[str, float]:
        """Announced size of every enabled action after the cap, kt/y."""
        return {
            action.action: float(self._run.reach.size[0, place]) for place, action in enumerate(self._run.frame.actions)
        }

    @cached_property
    def action_sizes(self) -> ActionSizes:
        """The size of every row of Actions in kt/y, as a share and in pots (section 2), switched off or not."""
        return ActionSizes(self._run)

    @property
    def operating_paths(self) -> Array:
        """Operating capacity, kt/y, read-only, shape ``(months, plants)`` in the order of the Plants table."""
        return _read_only(self._by_plant("operating"))

    @property
    def consumption_by_sector(self) -> dict[str, Array]:
        """Consumption of every sector before the stated monthly change, kt, by month."""
        numbers = self._run.sectors[0] * self._run.reported("price_factor")[0][:, None]
        return {key: numbers[:, place] for place, key in enumerate(self.plan.demand.keys)}

    @property
    def bauxite_use(self) -> dict[str, Array]:
        """Bauxite used from every origin, kt, by month; empty when alumina is not modelled."""
        if not self._run.frame.has_refineries:
            return {}
        numbers = bauxite_use(self._run)[0]
        return {key: numbers[:, place] for place, key in enumerate(self.plan.bauxite.keys)}

    # Periods and measures

    @cached_property
    def periods(self) -> dict[str, PeriodBalance]:
        """Every year, half-year and quarter of the horizon by label."""
        return {period.label: self.period(period) for period in standard_periods(self.horizon)}

    def period(self, period: Period) -> PeriodBalance:
        """Return the sums and the market state of a period."""
        months = period.inside(self.horizon)
        balance = float(self.series("balance")[months].sum())
        consumption = float(self.series("consumption")[months].sum())
        band = self.plan.assumption("balance_band")
        state = market_state(balance, consumption, band if isinstance(band, float) else 0.0)
        return PeriodBalance(period, balance, consumption, state, period.is_part(self.horizon))

    def measure(self, measure: str | Measure) -> float | None:
        """Return a measure, such as ``balance 2017H2 sum`` (section 11); ``None`` where every month of it is blank.

        Raises
        ------
        MeasureError
            If it cannot be read or names what is not there.
        """
        parsed = parse_measure(measure, self.plan) if isinstance(measure, str) else measure
        value = float(self._batch.measure(parsed)[0])
        return value if np.isfinite(value) else None

    def measured(self, measure: Measure) -> tuple[Array, float]:
        """Return the monthly series a measure speaks of, shape ``(months,)``, and its opening value."""
        series, opening = self._batch.measured(measure)
        return series[0], float(opening[0])

    @cached_property
    def warnings(self) -> tuple[Issue, ...]:
        """What the figures make doubtful (sections 2, 4 and 7)."""
        return run_warnings(self._run, "" if self.scenario == "Base" else self.scenario)


def _read_only(numbers: Array) -> Array:
    """Return a view that cannot be written through."""
    view = numbers.view()
    view.flags.writeable = False
    return view
