"""Curtailments sized by share, and the credit they take (section 4 of the model page)."""

from typing import TYPE_CHECKING

import numpy as np

from aluplanner.model.actions import ANY, CLOSE, COMPLIANT
from aluplanner.model.inputs import Array
from aluplanner.model.numeric import ratio, weighted_sum
from aluplanner.model.reach import running_share

if TYPE_CHECKING:
    from aluplanner.model.capacity import CapacityModel


def share_cut(model: "CapacityModel", running: Array) -> Array | None:
    """Return what all share cuts take together, kt/y by plant and month; ``None`` where there are none."""
    plain = [cut for cut in model.frame.share_cuts if int(cut) not in model.frame.credited]
    cut = _plain_cuts(model, np.array(plain, dtype=np.intp), running) if plain else None
    for place in model.frame.credited:
        credited = credited_cut(model, place, running)
        cut = credited if cut is None else cut + credited
    return cut


def share_reached(model: "CapacityModel", place: int) -> Array:
    """Return ``share · f`` of a share cut at each plant, shape ``(draws or 1, plants)``; 0 where it does not reach."""
    opening = model.reach.opening
    operating = model.of_plants(opening.operating)
    eligible = model.of_plants(model.reach.eligible[:, place, :])
    whole = 1.0 if (model.frame.actions[place].compliance or ANY) in (ANY, COMPLIANT) else 0.0
    reached = model.of_plants(model.frame.reach[place])
    part = np.where(operating == 0.0, whole * reached, ratio(eligible, operating))
    share = model.inputs.numbers("actions", "share")[:, model.frame.index[place], None]
    return share * part


def _plain_cuts(model: "CapacityModel", places: "np.ndarray[tuple[int], np.dtype[np.intp]]", running: Array) -> Array:
    """Return what the cuts that take no credit take together: one fraction of what runs."""
    shares = np.stack(np.broadcast_arrays(*(share_reached(model, int(place)) for place in places)), axis=1)
    cut = weighted_sum(model.forces.strength[:, :, places], shares)
    return cut * running


def credited_cut(model: "CapacityModel", place: int, running: Array) -> Array:
    """Return what one share cut takes at each plant after its credit within the owner group.

    Parameters
    ----------
    model
        The plants and the run.
    place
        The share cut, as an index among the actions that take part.
    running
        What runs before share cuts, kt/y, shape ``(draws or 1, months, plants)``.
    """
    strength = model.forces.strength[:, :, place, None]
    share = share_reached(model, place)[:, None, :]
    bare = share * running
    if place not in model.frame.credited:
        return bare * strength
    out = credited_output(model, place)
    asked = share * (running + out)
    owners = _owner_matrix(model)
    reached = model.of_plants(model.frame.reach[place])
    still_asked = np.maximum(0.0, (asked - out * reached) @ owners)
    return bare * (ratio(still_asked, bare @ owners) @ owners.T) * strength


def credited_output(model: "CapacityModel", place: int) -> Array:
    """Return what the actions credited to a share cut take out of operation at each plant, kt/y."""
    total: Array = np.zeros((1, 1, 1))
    for credited in model.frame.credited[place]:
        total = total + action_output(model, int(credited))
    return total


def action_output(model: "CapacityModel", place: int) -> Array:
    """Return what a closure or a tonnage curtailment takes out of operation by plant and month, kt/y."""
    some = np.array([place], dtype=np.intp)
    weights = model.weights(some)
    if model.frame.actions[place].kind == CLOSE:
        row = int(np.flatnonzero(model.frame.of_kind(CLOSE) == place)[0])
        running = running_share(model.frame, model.inputs, model.reach.opening)[:, row : row + 1]
        weights = weights * model.of_plants(running)
    return model.applied(some, weights)


def _owner_matrix(model: "CapacityModel") -> Array:
    """Return which plant belongs to which owner as ones and zeros, shape ``(plants, owners)``."""
    owners = model.frame.owners[model.plants]
    numbers, column = np.unique(owners, return_inverse=True)
    matrix = np.zeros((len(owners), len(numbers)))
    matrix[np.arange(len(owners)), column] = 1.0
    return matrix
