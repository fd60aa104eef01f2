"""Some plants and some actions of a plan, as a smaller plan that the capacity equations can be asked about."""

import numpy as np

from aluplanner.model.frame import Frame, Indices
from aluplanner.model.inputs import Inputs


def part_of_frame(frame: Frame, plants: Indices, actions: Indices) -> Frame:
    """Return the frame of some plants and some of the actions that take part, both in ascending order."""
    rows = tuple(frame.rows[int(place)] for place in actions)
    is_whole = len(plants) == len(frame.plants)
    kept = frame.plants if is_whole else frame.plants.replaced(frame.plants[int(place)] for place in plants)
    return Frame(kept, frame.stated, frame.horizon, rows, frame.reach[np.ix_(actions, plants)])


def part_of_inputs(inputs: Inputs, part: Frame) -> Inputs:
    """Return the numbers of the plants of a part; everything else is as in the whole."""
    if part.plants is inputs.plan.plants:
        return inputs
    table = part.plants.table.name
    vary = {
        address: values
        for address, values in inputs.vary.items()
        if address.table != table or part.plants.position(address.row) is not None
    }
    return Inputs(inputs.plan.with_table(part.plants), vary, inputs.draws)
