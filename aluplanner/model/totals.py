"""Sums of capacity over plants, for one run or for many draws (sections 4 and 10 of the model page)."""

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from aluplanner.model.cancelling import stop_if_cancelled
from aluplanner.model.forces import Forces
from aluplanner.model.frame import Frame, Indices, Mask
from aluplanner.model.inputs import Array, Inputs
from aluplanner.model.linear_plants import is_linear, linear_total
from aluplanner.model.reach import Reach
from aluplanner.model.share_cuts import CutCapacity

CELLS_AT_ONCE: Final = 320_000
"""Draws × months × plants worked on together: arrays of this size stay in the processor's cache."""


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
    """Sums of capacity over plants in every draw, with as little work as the draws allow.

    Plants that no draw touches are summed once; plants that touch no limit in any draw are summed
    as one; only the others are worked out draw by draw, in chunks that stay in the cache.

    Parameters
    ----------
    frame, inputs, reach, forces
        The run.
    names
        The series of :data:`CAPACITY_SERIES` that are wanted besides what runs.
    """

    def __init__(self, frame: Frame, inputs: Inputs, reach: Reach, forces: Forces, names: tuple[str, ...]) -> None:
        self.frame, self.inputs, self.reach, self.forces = frame, inputs, reach, forces
        self.names = (RUNNING, REFINING, *names)

    def totals(self) -> dict[str, Array]:
        """Return the totals by name, kt/y, shape ``(draws or 1, months)``."""
        untouched, linear, others = self._split()
        first = self._capacity(slice(0, 1), untouched)
        totals = {name: total_of(self.frame, name, first) for name in self.names}
        for plants, sums in ((linear, self._linear), (others, self._one_by_one)):
            if len(plants):
                totals = {name: totals[name] + more for name, more in sums(plants).items()}
        return totals

    def _capacity(self, draws: slice, plants: Indices) -> CutCapacity:
        run = (self.inputs.chunk(draws), self.reach.chunk(draws), self.forces.chunk(draws))
        return CutCapacity(self.frame, *run, plants)

    def _split(self) -> tuple[Indices, Indices, Indices]:
        """Return the plants no draw touches, those that touch no limit in any draw, and the others."""
        every = np.arange(len(self.frame.plants), dtype=np.intp)
        none = every[:0]
        if self.inputs.varies("plants", [column.name for column in self.frame.plants.table.columns]):
            return none, none, every
        touched = self.frame.reach[self.forces.varying].any(axis=0)
        linear = np.zeros_like(touched)
        if len(self.names) == 2:
            linear = touched & is_linear(self.frame, self.inputs, self.reach, self.forces)
        if self.frame.credited:
            touched |= np.isin(self.frame.owners, np.unique(self.frame.owners[touched]))
        return every[~touched], every[linear], every[touched & ~linear]

    def _linear(self, plants: Indices) -> dict[str, Array]:
        members = {RUNNING: self.frame.smelters, REFINING: ~self.frame.smelters}
        first = self._capacity(slice(0, 1), plants)
        return {
            name: total_of(self.frame, name, first) + linear_total(first, self.forces, members[name])
            for name in self.names
        }

    def _one_by_one(self, plants: Indices) -> dict[str, Array]:
        totals = {name: np.empty((self.inputs.draws, len(self.frame.horizon))) for name in self.names}
        for part in chunks(self.inputs.draws, len(self.frame.horizon) * len(plants)):
            capacity = self._capacity(part, plants)
            for name, total in totals.items():
                total[part] = total_of(self.frame, name, capacity)
        return totals


def chunks(draws: int, cells_per_draw: int) -> Iterator[slice]:
    """Yield the draws in parts that are small enough to stay in the processor's cache."""
    step = draws_at_once(cells_per_draw)
    for first in range(0, draws, step):
        yield slice(first, min(draws, first + step))


def draws_at_once(cells_per_draw: int) -> int:
    """Return how many draws are worked on together so that they stay in the processor's cache."""
    return max(1, CELLS_AT_ONCE // max(1, cells_per_draw))
