"""What one run of the model leaves behind, for reports to read."""

from dataclasses import dataclass

from aluplanner.model.capacity import Capacity, CapacityModel
from aluplanner.model.expectation import Expectation
from aluplanner.model.forces import Forces
from aluplanner.model.frame import Frame
from aluplanner.model.inputs import Array, Inputs
from aluplanner.model.reach import Reach
from aluplanner.model.response import Response


@dataclass(frozen=True)
class Part:
    """Some of the plants: how their capacity is worked out, and what it is."""

    model: CapacityModel
    capacity: Capacity


@dataclass(frozen=True)
class Run:
    """One run.

    Attributes
    ----------
    frame, inputs
        What was asked.
    reach, forces
        The actions (sections 2 and 3 of the model page).
    parts
        The plants' capacity (section 4): the plants that no draw touches apart from the others.
    expectation
        The policy gap (section 8).
    sectors
        Consumption by sector at the reference price, kt, shape ``(draws or 1, months, sectors)``.
    response
        The market's response; ``None`` when it is off.
    months
        What the month loop reported, shape ``(draws, months)`` each.
    """

    frame: Frame
    inputs: Inputs
    reach: Reach
    forces: Forces
    parts: tuple[Part, ...]
    expectation: Expectation
    sectors: Array
    response: Response | None
    months: dict[str, Array]
