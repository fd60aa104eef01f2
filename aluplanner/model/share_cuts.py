"""Curtailments sized by share, and the credit they take (section 4 of the model page)."""

from typing import TYPE_CHECKING

import numpy as np

from aluplanner.model.actions import ANY, CLOSE, COMPLIANT
from aluplanner.model.frame import Indices
from aluplanner.model.inputs import Array
from aluplanner.model.numeric import ratio, weighted_sum

if TYPE_CHECKING:
    from aluplanner.model.capacity import Capacity


def share_cut(capacity: "Capacity") -> Array | None:
    """Return what all share cuts take together, kt/y by plant and month; ``None`` where there are none."""
    credited = capacity.frame.credited
    plain = np.array([cut for cut in capacity.frame.share_cuts if int(cut) not in credited], dtype=np.intp)
    cut = _plain_cuts(capacity, plain) * capacity.running if len(plain) else None
    for place in credited:
        reached = reached_places(capacity, place)
        taken = cut_at(capacity, place, reached)
        if cut is None:
            cut = np.zeros(np.broadcast_shapes(capacity.running.shape, (*taken.shape[:2], 1)))
        elif cut.shape[0] < taken.shape[0]:
            cut = np.repeat(cut, taken.shape[0], axis=0)
        cut[:, :, reached] += taken
    return cut


def reached_places(capacity: "Capacity", place: int) -> Indices:
    """Return where among the chosen plants those stand that a cut reaches."""
    return np.flatnonzero(capacity.frame.reach[place][capacity.plants])


def share_reached(capacity: "Capacity", place: int) -> Array:
    """Return ``share · f`` of a share cut by chosen plant, ``(draws or 1, plants)``; 0 where it does not reach."""
    operating = capacity.of_plants(capacity.reach.opening.operating)
    eligible = capacity.of_plants(capacity.reach.eligible[:, place, :])
    whole = 1.0 if (capacity.frame.actions[place].compliance or ANY) in (ANY, COMPLIANT) else 0.0
    reached = capacity.frame.reach[place][capacity.plants]
    part = np.where(operating == 0.0, whole * reached, ratio(eligible, operating))
    share = capacity.inputs.numbers("actions", "share")[:, capacity.frame.index[place], None]
    return share * part


def _plain_cuts(capacity: "Capacity", places: Indices) -> Array:
    """Return the fraction of what runs that the cuts without credit take together."""
    shares = np.stack(np.broadcast_arrays(*(share_reached(capacity, int(place)) for place in places)), axis=1)
    strength = [capacity.forces.of_action("strength", int(place)) for place in places]
    return weighted_sum(np.stack(np.broadcast_arrays(*strength), axis=-1), shares)


def cut_at(capacity: "Capacity", place: int, reached: Indices) -> Array:
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
    Array
        kt/y, shape ``(draws or 1, months, plants reached)``.
    """
    strength = capacity.forces.of_action("strength", place)[:, :, None]
    share = share_reached(capacity, place)[:, None, reached]
    running = capacity.running[:, :, reached]
    bare = share * running
    if place not in capacity.frame.credited:
        return bare * strength
    out = _credited_output(capacity, place, reached)
    owners = _owner_matrix(capacity, reached)
    left_to_ask = np.maximum(0.0, (share * (running + out) - out) @ owners)
    return bare * strength * (ratio(left_to_ask, bare @ owners) @ owners.T)


def _credited_output(capacity: "Capacity", place: int, reached: Indices) -> Array:
    """Return what the actions credited to a share cut take out of operation at the plants it reaches, kt/y."""
    credited = capacity.frame.credited[place]
    weights = np.concatenate([output_weights(capacity, int(action)) for action in credited], axis=1)
    return capacity.applied(credited, weights[:, :, reached])


def output_weights(capacity: "Capacity", place: int) -> Array:
    """Return the weights with which a closure or tonnage curtailment takes plants out of operation."""
    some = np.array([place], dtype=np.intp)
    is_closure = capacity.frame.actions[place].kind == CLOSE
    return capacity.running_weights(some) if is_closure else capacity.weights(some)


def action_output(capacity: "Capacity", place: int) -> Array:
    """Return what a closure or a tonnage curtailment takes out of operation by plant and month, kt/y."""
    return capacity.applied(np.array([place], dtype=np.intp), output_weights(capacity, place))


def _owner_matrix(capacity: "Capacity", reached: Indices) -> Array:
    """Return which plant belongs to which owner as ones and zeros, shape ``(plants reached, owners)``."""
    numbers, column = np.unique(capacity.frame.owners[capacity.plants][reached], return_inverse=True)
    matrix = np.zeros((len(reached), len(numbers)))
    matrix[np.arange(len(reached)), column] = 1.0
    return matrix
