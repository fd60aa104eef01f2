"""Plants that touch no limit in any draw: their capacity is a sum, so they need not be worked out one by one.

A plant is taken as linear only where the largest forces of all draws together leave every clip of
section 4 of the model page untouched, so the result is the same to rounding.
"""

import numpy as np

from aluplanner.model.actions import CLOSE, COMMISSION, HALT, RESTART
from aluplanner.model.forces import Forces
from aluplanner.model.frame import Frame, Indices, Mask
from aluplanner.model.inputs import Array, Inputs
from aluplanner.model.reach import Reach
from aluplanner.model.share_cuts import CutCapacity


def is_linear(frame: Frame, inputs: Inputs, reach: Reach, forces: Forces) -> Mask:
    """Return which plants touch no limit in any draw, shape ``(plants,)``."""
    if inputs.varies("actions", ["operating_share"]):
        return np.zeros(len(frame.plants), dtype=bool)
    largest = forces.first.implemented[0].copy()
    largest[:, forces.varying] = forces.varied.implemented.max(axis=0)
    opening = reach.opening
    closed, curtailed, restarted = (
        largest[:, places] @ reach.weights[0, places]
        for places in (frame.of_kind(CLOSE), frame.tonnage_cuts, frame.of_kind(RESTART))
    )
    closing_running = largest[:, frame.of_kind(CLOSE)] @ reach.running_weights[0]
    fits = (
        (closed <= opening.built[0])
        & (closing_running + curtailed <= opening.operating[0])
        & (opening.operating[0] + restarted + (closed - closing_running) <= opening.built[0])
    )
    return np.asarray(fits.all(axis=0) & ~_needs_more(frame, forces), dtype=bool)


def _needs_more(frame: Frame, forces: Forces) -> Mask:
    """Return the plants with a share cut, or with a halt that varies: neither is a sum of forces."""
    halts = np.intersect1d(frame.of_kind(HALT), forces.varying)
    cut_or_halted: Mask = frame.reach[np.concatenate([frame.share_cuts, halts])].any(axis=0)
    return cut_or_halted


def linear_total(first: CutCapacity, forces: Forces, members: Mask) -> Array:
    """Return by how much what linear plants run differs from the first draw, kt/y, shape ``(draws, months)``.

    Parameters
    ----------
    first
        The linear plants in the first draw.
    forces
        The actions in every draw.
    members
        Which plants count, shape ``(plants,)``.
    """
    counted = members[first.plants].astype(np.float64)
    moved = forces.varied.implemented - first.forces.first.implemented[:, :, forces.varying]
    signed = np.array([_signed_weight(first, int(place), counted) for place in forces.varying])
    difference: Array = moved @ signed
    return difference


def _signed_weight(first: CutCapacity, place: int, counted: Array) -> float:
    """Return what one kt/y of an action does to the running capacity of the plants that count."""
    some: Indices = np.array([place], dtype=np.intp)
    kind = first.frame.actions[place].kind
    if kind == CLOSE:
        return -float((first.running_weights(some)[0] @ counted)[0])
    weight = float((first.weights(some)[0] @ counted)[0])
    if place in first.frame.tonnage_cuts:
        return -weight
    return weight if kind in (RESTART, COMMISSION) else 0.0
