"""What one run of the model leaves behind, for reports to read."""

from dataclasses import dataclass
from functools import cached_property

from aluplanner.model.demand_model import sector_consumption
from aluplanner.model.expectation import Expectation
from aluplanner.model.forces import ActionForces
from aluplanner.model.frame import Frame
from aluplanner.model.inputs import Array, Inputs
from aluplanner.model.numeric import Level, from_months
from aluplanner.model.reach import Reach
from aluplanner.model.response import Response
from aluplanner.model.share_cuts import CutCapacity


@dataclass(frozen=True)
class Run:
    """One run.

    Attributes
    ----------
    frame, inputs
        What was asked.
    reach, forces
        The actions (sections 2 and 3 of the model page).
    capacity
        The capacity of all plants (section 4); ``None`` for a batch that sums plants chunk by chunk.
    totals
        Sums of capacity over plants, shape ``(draws or 1, months)``, see :mod:`aluplanner.model.totals`.
    expectation
        The policy gap (section 8).
    response
        The market's response; ``None`` when it is off.
    months
        What the month loop reported, one level a month.
    """

    frame: Frame
    inputs: Inputs
    reach: Reach
    forces: ActionForces
    capacity: CutCapacity | None
    totals: dict[str, Array]
    expectation: Expectation
    response: Response | None
    months: dict[str, list[Level]]

    @cached_property
    def sectors(self) -> Array:
        """Consumption by sector at the reference price, kt, shape ``(draws or 1, months, sectors)``."""
        return sector_consumption(self.inputs, self.frame.horizon)

    def reported(self, name: str) -> Array:
        """Return what the month loop reported under a name, shape ``(draws, months)``."""
        return from_months(self.months[name], self.inputs.draws)

    @property
    def plants(self) -> CutCapacity:
        """The capacity of all plants.

        Raises
        ------
        ValueError
            For a batch, which keeps sums only.
        """
        if self.capacity is None:
            raise ValueError("a batch keeps sums over plants only")
        return self.capacity
