"""Curtailments sized by share, and the credit they take (section 4 of the model page)."""

from typing import TYPE_CHECKING

import numpy as np

from aluplanner.model.actions import CLOSE
from aluplanner.model.frame import Indices
from aluplanner.model.inputs import Array
from aluplanner.model.numeric import ratio, weighted_sum

if TYPE_CHECKING:
    from aluplanner.model.capacity import Capacity


def share_cut(capacity: "Capacity") -> Array | None:
    """Return what all share cuts take together, kt/y by plant and month; ``None`` where there are none."""
    frame = capacity.frame
    plain = np.array([cut for cut in frame.share_cuts if int(cut) not in frame.credited], dtype=np.intp)
    if not len(frame.share_cuts):
        return None
    cut = _plain_cuts(capacity, plain) * capacity.running
    for place in frame.credited:
        reached = reached_places(capacity, place)
        months, taken = cut_at(capacity, place, reached)
        if cut.shape[0] < taken.shape[0]:
            cut = np.repeat(cut, taken.shape[0], axis=0)
        cut[:, months[:, None], reached] += taken
    return cut


def reached_places(capacity: "Capacity", place: int) -> Indices:
    """Return where among the chosen plants those stand that a cut reaches."""
    return np.flatnonzero(capacity.frame.reach[place][capacity.plants])


def share_reached(capacity: "Capacity", place: int) -> Array:
    """Return ``share · f`` of a share cut by chosen plant, ``(draws or 1, plants)``; 0 where it does not reach."""
    row = int(np.searchsorted(capacity.frame.share_cuts, place))
    return capacity.of_plants(capacity.reach.cut_shares[:, row, :])


def _plain_cuts(capacity: "Capacity", places: Indices) -> Array:
    """Return the fraction of what runs that the cuts without credit take together."""
    fraction = np.zeros((1, len(capacity.frame.horizon), len(capacity.plants)))
    for pull, columns, some in capacity.forces.groups(places):
        rows = np.searchsorted(capacity.frame.share_cuts, some)
        shares = capacity.of_plants(capacity.reach.cut_shares[:, rows, :])
        fraction = fraction + weighted_sum(pull.strength[:, :, columns], shares)
    return fraction


def cut_at(capacity: "Capacity", place: int, reached: Indices) -> tuple[Indices, Array]:
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
        The months in which it is in force at all, and what it takes then, kt/y, shape
        ``(draws or 1, months in force, plants reached)``.
    """
    strength = capacity.forces.of_action("strength", place)
    months = np.flatnonzero(strength.any(axis=0))
    share = share_reached(capacity, place)[:, None, reached]
    running = capacity.running[:, months[:, None], reached]
    bare = share * running
    if place in capacity.frame.credited:
        out = _credited_output(capacity, place, reached, months)
        owners = capacity.frame.owner_matrix(place)[capacity.plants[reached]]
        left_to_ask = np.maximum(0.0, (share * (running + out) - out) @ owners)
        bare *= ratio(left_to_ask, bare @ owners) @ owners.T
    return months, bare * strength[:, months, None]


def _credited_output(capacity: "Capacity", place: int, reached: Indices, months: Indices) -> Array:
    """Return what the actions credited to a share cut take out of operation at the plants it reaches, kt/y."""
    credited = capacity.frame.credited[place]
    weights = np.concatenate([output_weights(capacity, int(action)) for action in credited], axis=1)
    return capacity.applied(credited, weights[:, :, reached], months)


def output_weights(capacity: "Capacity", place: int) -> Array:
    """Return the weights with which a closure or tonnage curtailment takes plants out of operation."""
    some = np.array([place], dtype=np.intp)
    is_closure = capacity.frame.actions[place].kind == CLOSE
    return capacity.running_weights(some) if is_closure else capacity.weights(some)


def action_output(capacity: "Capacity", place: int) -> Array:
    """Return what a closure or a tonnage curtailment takes out of operation by plant and month, kt/y."""
    return capacity.applied(np.array([place], dtype=np.intp), output_weights(capacity, place))
