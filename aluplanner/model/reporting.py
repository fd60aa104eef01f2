"""The reported series, worked out from a run when asked for (section 10 of the model page)."""

from collections.abc import Callable
from typing import Final

import numpy as np

from aluplanner.model.actions import CLOSE, HALT
from aluplanner.model.inputs import Array
from aluplanner.model.measure import ALUMINA_SERIES
from aluplanner.model.reach import running_share
from aluplanner.model.run import Part, Run
from aluplanner.model.share_cuts import credited_cut
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
    if name in run.months:
        return run.months[name]
    if name in ("due", "implemented", "landed", "overhang", "credibility", "premium"):
        expected: Array = getattr(run.expectation, name)
        return expected
    if name in ("net_imports", "reserve_release"):
        return run.inputs.monthly(name, run.frame.horizon)
    return _WORKED_OUT[name](run)


def _over_smelters(run: Run, pick: Callable[[Part], Array]) -> Array:
    """Return the sum over aluminium plants of what ``pick`` takes from each part of the plants."""
    total: Array = np.zeros((1, len(run.frame.horizon)))
    for part in run.parts:
        total = total + pick(part) @ run.frame.smelters[part.model.plants].astype(np.float64)
    return total


def _built(run: Run) -> Array:
    return _over_smelters(run, lambda part: part.capacity.built)


def _under_construction(run: Run) -> Array:
    opening: Array = run.reach.opening.under_construction[:, run.frame.smelters].sum(axis=-1)[:, None]
    return opening - _over_smelters(run, lambda part: part.capacity.effects.pipeline)


def _closed_running(run: Run) -> Array:
    def closed(part: Part) -> Array:
        opening = part.model.of_plants(run.reach.opening.operating)[:, None, :]
        effects = part.capacity.effects
        return np.minimum(opening + effects.restarted, effects.closing_running)

    return _over_smelters(run, closed)


def _curtailed(run: Run) -> Array:
    def curtailed(part: Part) -> Array:
        tonnage, cut = part.capacity.effects.curtailed, part.capacity.cut
        return tonnage if cut is None else tonnage + cut

    return _over_smelters(run, curtailed)


def _restarted(run: Run) -> Array:
    ordered = _over_smelters(run, lambda part: part.capacity.effects.restarted)
    if run.response is None:
        return ordered
    return ordered + np.stack([back.sum(axis=-1) for back in run.response.restarted_by_plant], axis=1)


def _halted(run: Run) -> Array:
    halts = run.frame.of_kind(HALT)
    reached = run.reach.weights[:, halts][:, :, run.frame.smelters].sum(axis=-1)
    halted: Array = (run.forces.implemented[:, :, halts] * reached[:, None, :]).sum(axis=-1)
    return halted


def _per_output(run: Run, assumption: str, divisor: float) -> Array:
    rate: Array = np.reshape(run.inputs.assumption(assumption), (-1, 1))
    used: Array = rate * run.months["production"] / divisor
    return used


def _bauxite_cover(run: Run) -> Array:
    return bauxite_cover(_bauxite_capacity(run), run.months["alumina_production"])


def _bauxite_capacity(run: Run) -> Array:
    return bauxite_capacity(run.inputs, run.frame.horizon, run.frame.year_fraction)


_WORKED_OUT: Final[dict[str, Callable[[Run], Array]]] = {
    "built": _built,
    "idle": lambda run: _built(run) - run.months["operating"],
    "under_construction": _under_construction,
    "commissioned": lambda run: _over_smelters(run, lambda part: part.capacity.effects.added),
    "closed": lambda run: _over_smelters(run, lambda part: part.capacity.effects.closed),
    "closed_running": _closed_running,
    "curtailed": _curtailed,
    "restarted": _restarted,
    "halted": _halted,
    "bauxite_cover": _bauxite_cover,
    "electricity": lambda run: _per_output(run, "power_per_t", 1000.0),
    "co2": lambda run: _per_output(run, "co2_per_t", 1.0),
}


def bauxite_use(run: Run) -> Array:
    """Return bauxite used by origin, kt, shape ``(draws, months, origins)``."""
    taken = bauxite_taken(_bauxite_capacity(run), run.months["alumina_production"])
    return taken * run.inputs.numbers("bauxite", "grade")[:, None, :]


def operating_by_plant(run: Run) -> Array:
    """Return operating capacity by plant, kt/y, shape ``(draws or 1, months, plants)``, after the market's response."""
    plants = len(run.frame.plan.plants)
    draws = max((part.capacity.before_market.shape[0] for part in run.parts), default=1)
    operating = np.zeros((draws, len(run.frame.horizon), plants))
    for part in run.parts:
        operating[..., part.model.plants] = part.capacity.before_market
    if run.response is not None:
        responding = np.stack(run.response.operating_by_plant, axis=1)
        operating = np.repeat(operating, max(1, responding.shape[0] // operating.shape[0]), axis=0)
        operating[..., run.frame.smelters] = responding
    return operating


def production_by_plant(run: Run, operating: Array) -> Array:
    """Return output by plant, kt, shape as ``operating``; 0 for refineries (section 5)."""
    opening = np.broadcast_to(run.reach.opening.operating[:, None, :], (operating.shape[0], 1, operating.shape[2]))
    before = np.concatenate([opening, operating[:, :-1]], axis=1)
    working = run.inputs.assumption("load_factor") * (1.0 - run.inputs.assumption("disruption"))
    per_capacity = np.reshape(working, (-1, 1)) * run.frame.year_fraction * run.months["output_factor"]
    output: Array = 0.5 * (before + operating) * per_capacity[:, :, None] * run.frame.smelters
    return output


def effective_by_action(run: Run) -> Array:
    """Return the running capacity that each action takes out or puts in as if alone, kt/y (section 4).

    Returns
    -------
    Array
        Shape ``(draws or 1, months, actions)``, the actions that take part.
    """
    reached = run.reach.weights.sum(axis=-1)[:, None, :]
    effective = np.array(np.broadcast_to(run.forces.implemented * reached, run.forces.implemented.shape))
    closures = run.frame.of_kind(CLOSE)
    if len(closures):
        running = running_share(run.frame, run.inputs, run.reach.opening)
        weights = (run.reach.weights[:, closures] * running).sum(axis=-1)[:, None, :]
        effective[:, :, closures] = run.forces.implemented[:, :, closures] * weights
    for place in (*run.frame.share_cuts, *run.frame.of_kind(HALT)):
        effective[:, :, place] = 0.0
    for part in run.parts:
        for place in run.frame.share_cuts:
            effective[:, :, place] += credited_cut(part.model, int(place), part.capacity.running).sum(axis=-1)
        for place in run.frame.of_kind(HALT):
            effective[:, :, place] += _withheld(run, part, int(place))
    return effective


def _withheld(run: Run, part: Part, place: int) -> Array:
    """Return the starts that one halt withholds, kt/y, shape ``(draws or 1, months)``."""
    weights = part.model.of_plants(run.reach.weights[:, place, :])[:, None, :]
    under_construction = part.model.of_plants(run.reach.opening.under_construction)[:, None, :]
    part_of_plant = np.divide(
        weights,
        under_construction,
        out=np.zeros(np.broadcast_shapes(weights.shape, under_construction.shape)),
        where=under_construction != 0.0,
    )
    withheld = part.model.planned_starts() * run.forces.implemented[:, :, place, None] * part_of_plant
    total: Array = np.cumsum(withheld.sum(axis=-1), axis=1)
    return total
