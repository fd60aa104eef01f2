"""Curtailments sized by share, and the credit they take (section 4 of the model page)."""

from functools import cached_property

import numpy as np

from aluplanner.model.actions import CLOSE
from aluplanner.model.cancelling import stop_if_cancelled
from aluplanner.model.capacity import Capacity
from aluplanner.model.frame import Indices
from aluplanner.model.inputs import Array
from aluplanner.model.numeric import joined, ratio


class CutCapacity(Capacity):
    """Capacity of a chosen set of plants, share cuts included."""

    @property
    def cut(self) -> Array:
        """What all share cuts take together."""
        cut: Array = np.zeros(self.running.shape)
        for place in self.frame.share_cuts:
            stop_if_cancelled()
            reached = reached_places(self, int(place))
            months, taken = cut_at(self, int(place), reached)
            if cut.shape[0] < taken.shape[0]:
                cut = np.repeat(cut, taken.shape[0], axis=0)
            cut[:, months, reached] += taken
        return cut

    @cached_property
    def before_market(self) -> Array:
        """What runs after all actions, before the market's own response."""
        if not len(self.frame.share_cuts):
            return self.running
        left = self.running - self.cut
        return np.maximum(0.0, left, out=left)


def reached_places(capacity: Capacity, place: int) -> Indices:
    """Return where among the chosen plants those stand that a cut reaches."""
    return np.flatnonzero(capacity.frame.reach[place][capacity.plants])


def share_reached(capacity: Capacity, place: int) -> Array:
    """Return ``share · f`` of a share cut by chosen plant, ``(draws or 1, plants)``; 0 where it does not reach."""
    row = int(np.searchsorted(capacity.frame.share_cuts, place))
    return capacity.of_plants(capacity.reach.cut_shares[:, row, :])


def cut_at(capacity: Capacity, place: int, reached: Indices) -> tuple[slice, Array]:
    """Return what one share cut takes at the plants it reaches, after its credit within each owner group.

    Parameters
    ----------
    capacity
        The plants and the run.
    place
        The share cut, as an index among the actions that take part.
    reached
        Where the plants that it reaches stand among the chosen ones.

    Returns
    -------
    tuple
        The months from the first to the last in which it is in force, and what it takes then, kt/y,
        shape ``(draws or 1, those months, plants reached)``.
    """
    strength = capacity.forces.of_action("strength", place)
    months = _in_force(strength)
    taken = share_reached(capacity, place)[:, None, reached] * capacity.running[:, months, reached]
    tied = _tied(capacity, place, reached)
    if len(tied):
        taken[..., tied] *= _part_left(capacity, place, reached[tied], months, taken[..., tied])
    return months, taken * strength[:, months, None]


def _tied(capacity: Capacity, place: int, reached: Indices) -> Indices:
    """Return which of the plants that a cut reaches have an owner group in which something is credited to it."""
    credited = capacity.frame.credited.get(place)
    if credited is None:
        return reached[:0]
    plants = capacity.plants[reached]
    owners = capacity.frame.owners[plants]
    is_crediting = capacity.frame.reach[np.ix_(credited, plants)].any(axis=0)
    return np.flatnonzero(np.isin(owners, owners[is_crediting]))


def _part_left(capacity: Capacity, place: int, reached: Indices, months: slice, bare: Array) -> Array:
    """Return which part of a cut is left to take after credit within each owner group, by plant; shape as ``bare``."""
    groups = _Groups(capacity.frame.owners[capacity.plants[reached]])
    share = share_reached(capacity, place)[:, None, reached]
    out = _credited_output(capacity, place, reached, months)
    left_to_ask = np.maximum(0.0, groups.sums(bare + (share - 1.0) * out))
    return groups.spread(ratio(left_to_ask, groups.sums(bare)))


class _Groups:
    """Sums over the plants of each owner, by plant."""

    def __init__(self, owners: Indices) -> None:
        self._order = np.argsort(owners, kind="stable")
        _, self._begins, counts = np.unique(owners[self._order], return_index=True, return_counts=True)
        self._group = np.empty(len(owners), dtype=np.intp)
        self._group[self._order] = np.repeat(np.arange(len(counts)), counts)

    def sums(self, numbers: Array) -> Array:
        """Return sums over plants, shape ``(…, groups)``."""
        return np.add.reduceat(numbers[..., self._order], self._begins, axis=-1)

    def spread(self, numbers: Array) -> Array:
        """Return what each plant's group has, shape ``(…, plants)``."""
        return numbers[..., self._group]


def _in_force(strength: Array) -> slice:
    """Return the months from the first to the last in which an action is in force in any draw."""
    months = np.flatnonzero(strength.any(axis=0))
    return slice(int(months[0]), int(months[-1]) + 1) if len(months) else slice(0, 0)


def _credited_output(capacity: Capacity, place: int, reached: Indices, months: slice) -> Array:
    """Return what the actions credited to a share cut take out of operation at the plants it reaches, kt/y."""
    credited = capacity.frame.credited[place]
    weights = joined(*(output_weights(capacity, int(action)) for action in credited))
    return capacity.applied(credited, weights[:, :, reached], months, name=f"credited to {place}")


def output_weights(capacity: Capacity, place: int) -> Array:
    """Return the weights with which a closure or tonnage curtailment takes plants out of operation."""
    some = np.array([place], dtype=np.intp)
    is_closure = capacity.frame.actions[place].kind == CLOSE
    return capacity.running_weights(some) if is_closure else capacity.weights(some)


def action_output(capacity: Capacity, place: int) -> Array:
    """Return what a closure or a tonnage curtailment takes out of operation by plant and month, kt/y."""
    return capacity.applied(np.array([place], dtype=np.intp), output_weights(capacity, place))
