"""What some draws of the model say: series and measures, one number a draw (sections 10 and 11 of the model page)."""

from functools import cached_property
from typing import Final

import numpy as np

from aluplanner.model.calendar import Horizon
from aluplanner.model.inputs import Array, Inputs
from aluplanner.model.measure import BY_ACTION, BY_PLACE, COUNTRY_SERIES, Measure
from aluplanner.model.plan import Plan
from aluplanner.model.reporting import (
    bauxite_use,
    country_series,
    effective_of_action,
    operating_by_plant,
    production_by_plant,
)
from aluplanner.model.run import Run
from aluplanner.model.schema import fold

_OPENING_ASSUMPTIONS: Final = {
    "stock": "opening_stock",
    "price": "opening_price",
    "credibility": "opening_credibility",
    "alumina_stock": "alumina_opening_stock",
}
_OPENING_CAPACITIES: Final = ("built", "operating", "under_construction")


def needs_plants(measure: Measure) -> bool:
    """Return whether a measure speaks of single plants, which a batch does not keep unless told to."""
    if measure.series == "effective":
        return True
    return measure.series in BY_PLACE and bool(measure.names)


class Batch:
    """Some draws that have been run.

    Parameters
    ----------
    run
        The run; with the capacity of all plants if a measure that needs it will be asked for.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self._series: dict[str, Array] = {}

    @property
    def inputs(self) -> Inputs:
        """What was asked, with the values that vary."""
        return self.run.inputs

    @property
    def plan(self) -> Plan:
        """The plan as its scenario sees it."""
        return self.run.inputs.plan

    @property
    def horizon(self) -> Horizon:
        """The months."""
        return self.run.frame.horizon

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return self.run.inputs.draws

    def series(self, name: str) -> Array:
        """Return a series of the country, shape ``(draws, months)``, read-only; NaN where it is blank.

        Raises
        ------
        KeyError
            If there is no such series.
        """
        if name not in self._series:
            self._series[name] = self._full(country_series(self.run, name))
        return self._series[name]

    def _full(self, numbers: Array) -> Array:
        return np.broadcast_to(numbers, (self.draws, len(self.horizon)))

    def opening(self, name: str) -> Array:
        """Return a series at the month-end before the horizon, shape ``(draws or 1,)``; 0 for what begins there."""
        if name == "idle":
            return self.opening("built") - self.opening("operating")
        if name in _OPENING_CAPACITIES:
            return self.run.reach.opening_total(name, self.run.frame.smelters)
        source = _OPENING_ASSUMPTIONS.get(name)
        return np.reshape(self.inputs.assumption(source) if source else 0.0, (-1,)).astype(np.float64)

    @cached_property
    def operating(self) -> Array:
        """Operating capacity by plant, kt/y, shape ``(draws or 1, months, plants)``."""
        return operating_by_plant(self.run)

    @cached_property
    def production(self) -> Array:
        """Output by plant, kt, shape ``(draws or 1, months, plants)``; 0 for refineries."""
        return production_by_plant(self.run, self.operating)

    # Measures

    def measure(self, measure: Measure) -> Array:
        """Return a measure in every draw, shape ``(draws,)``; NaN where every month of it is blank."""
        months = measure.period.inside(self.horizon)
        if not len(months):
            return np.full(self.draws, np.nan)
        series, opening = self.measured(measure)
        if measure.reducer == "change":
            before = series[:, months[0] - 1] if months[0] else opening
            found = series[:, months[-1]] - before
        else:
            found = _reduced(series[:, months.start : months.stop], measure.reducer)
        return np.broadcast_to(found, (self.draws,))

    def measured(self, measure: Measure) -> tuple[Array, Array]:
        """Return the series that a measure speaks of, shape ``(draws, months)``, and its opening value by draw."""
        if not measure.names and measure.series in COUNTRY_SERIES:
            return self.series(measure.series), self.opening(measure.series)
        wanted = frozenset(map(fold, measure.names))
        if measure.series in BY_PLACE:
            return self._of_places(measure.series, wanted)
        return self._full(self._of_names(measure.series, wanted)), np.zeros(1)

    def _of_names(self, series: str, wanted: frozenset[str]) -> Array:
        if series in BY_ACTION:
            return self._of_actions(series, wanted)
        if series == "bauxite_use" and not self.run.frame.has_refineries:
            return np.full((1, 1), np.nan)
        table = self.plan.demand if series == "consumption" else self.plan.bauxite
        members = [place for place, key in enumerate(table.keys) if not wanted or fold(key) in wanted]
        numbers = self._by_sector if series == "consumption" else bauxite_use(self.run)
        return np.asarray(numbers[..., members].sum(axis=-1))

    @cached_property
    def _by_sector(self) -> Array:
        return self.run.sectors * self.run.reported("price_factor")[..., None]

    def _of_actions(self, series: str, wanted: frozenset[str]) -> Array:
        """Return the sum over actions; one that is switched off counts 0."""
        total = np.zeros((1, len(self.horizon)))
        for place, action in enumerate(self.run.frame.actions):
            if fold(action.action) in wanted:
                total = total + self._of_action(series, place)
        return total

    def _of_action(self, series: str, place: int) -> Array:
        if series == "effective":
            return effective_of_action(self.run, place)
        if series == "announced":
            return self.run.forces.size_of_action(place)[:, None]
        return self.run.forces.of_action(series, place)

    def _of_places(self, series: str, wanted: frozenset[str]) -> tuple[Array, Array]:
        """Return the sum over plants, groups and provinces; a plant named twice counts once."""
        smelters = self.run.frame.smelters
        members = [
            place
            for place, plant in enumerate(self.plan.plants)
            if fold(plant.plant) in wanted
            or (smelters[place] and any(part and fold(part) in wanted for part in (plant.group, plant.province)))
        ]
        numbers = self.operating if series == "operating" else self.production
        opening = self.run.reach.opening.operating[:, members].sum(axis=-1) if series == "operating" else np.zeros(1)
        return self._full(numbers[:, :, members].sum(axis=-1)), np.asarray(opening)


def _reduced(numbers: Array, reducer: str) -> Array:
    """Return some months reduced, shape ``(draws or 1,)``; a blank month counts nothing, NaN where all are blank."""
    if reducer in ("start", "end"):
        found: Array = numbers[:, 0 if reducer == "start" else -1]
        return found
    stated = np.isfinite(numbers)
    count = stated.sum(axis=1)
    if reducer in ("sum", "mean"):
        total = np.where(stated, numbers, 0.0).sum(axis=1)
        return np.where(count > 0, total / np.maximum(count, 1) if reducer == "mean" else total, np.nan)
    worst = np.inf if reducer == "min" else -np.inf
    edge = np.where(stated, numbers, worst)
    return np.where(count > 0, edge.min(axis=1) if reducer == "min" else edge.max(axis=1), np.nan)
