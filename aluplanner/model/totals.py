"""Sums of capacity over plants, for one run or for many draws (sections 4 and 10 of the model page)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from aluplanner.model.cancelling import stop_if_cancelled
from aluplanner.model.drawn import Drawn
from aluplanner.model.frame import Frame, Indices, Mask
from aluplanner.model.inputs import Array
from aluplanner.model.linear_cuts import LinearCuts
from aluplanner.model.linear_plants import RUNNING as UNCUT
from aluplanner.model.linear_plants import LinearPlants
from aluplanner.model.share_cuts import CutCapacity
from aluplanner.model.some_plants import SomePlants

CELLS_AT_ONCE: Final = 320_000
"""Draws × months × plants worked on together: arrays of this size stay in the processor's cache."""

_FEWEST_AT_ONCE: Final = 8
"""Draws of a chunk, however little of them the cache holds: fewer would spend more on what is done once a chunk."""

_MOST_CELLS: Final = 10_000_000
"""The largest array of such a chunk, for the sake of memory."""

_DUST: Final = 1e-13
"""Of a total's largest month."""


def _curtailed(capacity: CutCapacity) -> Array:
    return capacity.curtailed + capacity.cut


CAPACITY_SERIES: Final[dict[str, Callable[[CutCapacity], Array]]] = {
    "built": lambda capacity: capacity.built,
    "under_construction": lambda capacity: capacity.opening("under_construction") - capacity.pipeline,
    "commissioned": lambda capacity: capacity.added,
    "closed": lambda capacity: capacity.closed,
    "closed_running": lambda capacity: capacity.closed_running,
    "curtailed": _curtailed,
    "restarted": lambda capacity: capacity.restarted,
}
"""Series of section 10 that are sums over aluminium plants, before the market's response."""

RUNNING: Final = "running before the market's response"
REFINING: Final = "running refineries"


def over(members: Mask, capacity: CutCapacity, numbers: Array) -> Array:
    """Return the sum of a capacity over the plants in ``members``, kt/y, shape ``(draws or 1, months)``."""
    total: Array = numbers @ members[capacity.plants].astype(np.float64)
    return total


def total_of(frame: Frame, name: str, capacity: CutCapacity) -> Array:
    """Return one total of some plants' capacity, kt/y, shape ``(draws or 1, months)``."""
    stop_if_cancelled()
    if name == REFINING:
        return over(~frame.smelters, capacity, capacity.before_market)
    if name == RUNNING:
        return over(frame.smelters, capacity, capacity.before_market)
    return over(frame.smelters, capacity, CAPACITY_SERIES[name](capacity))


class Totals:
    """Sums of capacity over plants in every draw of a block, with as little work as the draws allow.

    Plants that no draw touches are summed once for all blocks; plants that touch no limit in any draw are summed
    as one; only the others are worked out draw by draw, in chunks that stay in the cache.

    Parameters
    ----------
    drawn
        The block.
    names
        The series of :data:`CAPACITY_SERIES` that are wanted besides what runs.
    """

    def __init__(self, drawn: Drawn, names: tuple[str, ...]) -> None:
        self.drawn, self.ground = drawn, drawn.ground
        self.names = (RUNNING, REFINING, *names)

    def totals(self) -> dict[str, Array]:
        """Return the totals by name, kt/y, shape ``(draws or 1, months)``, the draws side by side in memory."""
        totals = {name: total_of(self.ground.frame, name, self.ground.untouched) for name in self.names}
        if len(self.ground.touched):
            linear, others = self._split()
            if linear is not None:
                totals = {name: totals[name] + more for name, more in self._linear(linear).items()}
            if len(others):
                totals = {name: totals[name] + more for name, more in self._one_by_one(others).items()}
        return {name: _without_dust(total) for name, total in totals.items()}

    def _split(self) -> tuple["_Linear | None", Indices]:
        """Return the touched plants that touch no limit in any draw, and the others."""
        touched = self.ground.touched
        if self.ground.is_forced[touched].all():
            return None, touched
        plants = LinearPlants(self.drawn)
        cuts = LinearCuts(plants)
        bound = np.zeros(len(self.ground.frame.plants), dtype=bool)
        bound[touched] = ~(plants.fits() & cuts.fit())
        bound = self.ground.with_partners(bound)
        return _Linear(plants, cuts, ~bound[touched]), np.flatnonzero(bound)

    def _linear(self, linear: "_Linear") -> dict[str, Array]:
        smelters = self.ground.frame.smelters[self.ground.touched]
        totals = {
            RUNNING: linear.cuts.running(linear.members & smelters),
            REFINING: linear.cuts.running(linear.members & ~smelters),
        }
        counted = (linear.members & smelters).astype(np.float64)
        for name in self.names[2:]:
            totals[name] = linear.plants.total(name, counted)
        if "curtailed" in totals:
            totals["curtailed"] = totals["curtailed"] + linear.plants.total(UNCUT, counted) - totals[RUNNING]
        return {name: total.T for name, total in totals.items()}

    def _one_by_one(self, plants: Indices) -> dict[str, Array]:
        draws, months = self.drawn.inputs.draws, len(self.ground.frame.horizon)
        totals = {name: np.zeros((months, draws)).T for name in self.names}
        for some in self._parts(plants):
            for part in chunks(draws, some.cells_per_draw):
                capacity = some.capacity(part)
                for name, total in totals.items():
                    total[part] += total_of(capacity.frame, name, capacity)
        return totals

    def _parts(self, plants: Indices) -> Iterator[SomePlants]:
        """Yield plants that have draws of their own, with those tied to them, and the others, which cost far less."""
        own = np.zeros(len(self.ground.frame.plants), dtype=bool)
        own[self.ground.own] = True
        of_own = (self.ground.with_partners(own) | self.ground.is_forced)[plants]
        for some in (plants[of_own], plants[~of_own]):
            if len(some):
                yield SomePlants(self.drawn, some)


@dataclass(frozen=True)
class _Linear:
    """Linear plants: all that draws touch, what share cuts leave there, and which of them are linear."""

    plants: LinearPlants
    cuts: LinearCuts
    members: Mask


def _without_dust(total: Array) -> Array:
    """Return a total in which what rounding leaves of an exact 0 is 0: the market asks whether anything runs at all."""
    dust = _DUST * float(total.max(initial=0.0))
    return np.where(total < dust, 0.0, total)


def chunks(draws: int, cells_per_draw: int) -> Iterator[slice]:
    """Yield the draws in parts that are small enough to stay in the processor's cache."""
    in_memory = max(1, min(_FEWEST_AT_ONCE, _MOST_CELLS // max(1, cells_per_draw)))
    step = max(in_memory, draws_at_once(cells_per_draw))
    for first in range(0, draws, step):
        yield slice(first, min(draws, first + step))


def draws_at_once(cells_per_draw: int) -> int:
    """Return how many draws are worked on together so that they stay in the processor's cache."""
    return max(1, CELLS_AT_ONCE // max(1, cells_per_draw))
