"""The reported series, worked out from a run when asked for (section 10 of the model page)."""

from collections.abc import Callable
from typing import Final

import numpy as np

from aluplanner.model.actions import CLOSE, HALT
from aluplanner.model.inputs import Array
from aluplanner.model.measure import ALUMINA_SERIES
from aluplanner.model.numeric import ratio
from aluplanner.model.run import Run
from aluplanner.model.share_cuts import cut_at, reached_places
from aluplanner.model.totals import total_of
from aluplanner.model.upstream import bauxite_capacity, bauxite_cover, bauxite_taken


def country_series(run: Run, name: str) -> Array:
    """Return a monthly series of the country, shape ``(draws or 1, months)``; NaN where it is blank.

    Raises
    ------
    KeyError
        If there is no such series.
    """
    if name in ALUMINA_SERIES and not run.frame.has_refineries:
        return np.full((1, len(run.frame.horizon)), np.nan)
    if run.months.get(name):
        return run.reported(name)
    if name in ("due", "implemented", "landed", "overhang", "credibility", "premium"):
        expected: Array = getattr(run.expectation, name)
        return expected
    if name in ("net_imports", "reserve_release"):
        return run.inputs.monthly(name, run.frame.horizon)
    if name in _WORKED_OUT:
        return _WORKED_OUT[name](run)
    return _capacity_total(run, name)


def _capacity_total(run: Run, name: str) -> Array:
    return run.totals[name] if name in run.totals else total_of(run.frame, name, run.plants)


def _restarted(run: Run) -> Array:
    ordered = _capacity_total(run, "restarted")
    if run.response is None:
        return ordered
    # the first months may still be the same in every draw
    months = np.broadcast_arrays(*(plants.sum(axis=-1) for plants in run.response.restarted_by_plant))
    back: Array = np.stack(months, axis=1)
    return ordered + back


def _halted(run: Run) -> Array:
    halted: Array = np.zeros((1, len(run.frame.horizon)))
    for place in run.frame.of_kind(HALT):
        if run.frame.reach[place, run.frame.smelters].any():
            halted = halted + run.forces.of_action("implemented", int(place))
    return halted


def _per_output(run: Run, assumption: str, divisor: float) -> Array:
    rate: Array = np.reshape(run.inputs.assumption(assumption), (-1, 1))
    used: Array = rate * run.reported("production") / divisor
    return used


def _bauxite_cover(run: Run) -> Array:
    return bauxite_cover(_bauxite_capacity(run), run.reported("alumina_production"))


def _bauxite_capacity(run: Run) -> Array:
    return bauxite_capacity(run.inputs, run.frame.horizon, run.frame.year_fraction)


_WORKED_OUT: Final[dict[str, Callable[[Run], Array]]] = {
    "idle": lambda run: _capacity_total(run, "built") - run.reported("operating"),
    "restarted": _restarted,
    "halted": _halted,
    "bauxite_cover": _bauxite_cover,
    "electricity": lambda run: _per_output(run, "power_per_t", 1000.0),
    "co2": lambda run: _per_output(run, "co2_per_t", 1.0),
}


def bauxite_use(run: Run) -> Array:
    """Return bauxite used by origin, kt, shape ``(draws, months, origins)``."""
    taken = bauxite_taken(_bauxite_capacity(run), run.reported("alumina_production"))
    return taken * run.inputs.numbers("bauxite", "grade")[:, None, :]


def operating_by_plant(run: Run) -> Array:
    """Return operating capacity by plant, kt/y, shape ``(draws or 1, months, plants)``, after the market's response."""
    operating = run.plants.before_market
    if run.response is None:
        return operating
    responding = np.stack(run.response.operating_by_plant, axis=1)
    operating = np.array(np.broadcast_to(operating, (responding.shape[0], *operating.shape[1:])))
    operating[..., run.frame.smelters] = responding
    return operating


def production_by_plant(run: Run, operating: Array) -> Array:
    """Return output by plant, kt, shape as ``operating``; 0 for refineries (section 5)."""
    opening = np.broadcast_to(run.reach.opening.operating[:, None, :], (operating.shape[0], 1, operating.shape[2]))
    before = np.concatenate([opening, operating[:, :-1]], axis=1)
    working = run.inputs.assumption("load_factor") * (1.0 - run.inputs.assumption("disruption"))
    per_capacity = np.reshape(working, (-1, 1)) * run.frame.year_fraction * run.reported("output_factor")
    output: Array = 0.5 * (before + operating) * per_capacity[:, :, None] * run.frame.smelters
    return output


def effective_by_action(run: Run) -> Array:
    """Return the running capacity that each action takes out or puts in as if alone, kt/y (section 4).

    Of a run of one draw; shape ``(1, months, actions)``, the actions that take part.
    """
    implemented = run.forces.first.implemented
    effective: Array = implemented * run.reach.weights.sum(axis=-1)[:, None, :]
    closures = run.frame.of_kind(CLOSE)
    effective[:, :, closures] = implemented[:, :, closures] * run.reach.running_weights.sum(axis=-1)[:, None, :]
    for place in (*run.frame.share_cuts, *run.frame.of_kind(HALT)):
        effective[:, :, place] = effective_of_action(run, int(place))
    return effective


def effective_of_action(run: Run, place: int) -> Array:
    """Return the running capacity that one action takes out or puts in as if alone, kt/y (section 4).

    Needs the capacity of all plants for share cuts and halts; shape ``(draws or 1, months)``.
    """
    if place in run.frame.share_cuts:
        return _cut_off(run, place)
    if place in run.frame.of_kind(HALT):
        return _withheld(run, place)
    closures = run.frame.of_kind(CLOSE)
    is_closure = place in closures
    weights = run.reach.running_weights if is_closure else run.reach.weights
    row = int(np.searchsorted(closures, place)) if is_closure else place
    taken: Array = run.forces.of_action("implemented", place) * weights[:, row].sum(axis=-1)[:, None]
    return taken


def _cut_off(run: Run, place: int) -> Array:
    """Return what one share cut takes, kt/y, shape ``(draws or 1, months)``."""
    months, taken = cut_at(run.plants, place, reached_places(run.plants, place))
    cut = np.zeros((taken.shape[0], len(run.frame.horizon)))
    cut[:, months] = taken.sum(axis=-1)
    return cut


def _withheld(run: Run, place: int) -> Array:
    """Return the starts that one halt withholds, kt/y, shape ``(draws or 1, months)``."""
    weights = run.plants.weights(np.array([place], dtype=np.intp))
    part_of_plant = ratio(weights, run.plants.opening("under_construction"))
    withheld = run.plants.planned_starts * run.forces.of_action("implemented", place)[:, :, None] * part_of_plant
    total: Array = np.cumsum(withheld.sum(axis=-1), axis=1)
    return total
