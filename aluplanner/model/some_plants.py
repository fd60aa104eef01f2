"""Some plants of a batch, worked out draw by draw (section 4 of the model page)."""

from functools import cached_property

import numpy as np

from aluplanner.model.drawn import Drawn
from aluplanner.model.forces import NO_PULL, Forces
from aluplanner.model.frame import Indices
from aluplanner.model.inputs import Array, Inputs
from aluplanner.model.numeric import some_draws
from aluplanner.model.plan_parts import part_of_frame, part_of_inputs
from aluplanner.model.reach import Reach, part_of_reach
from aluplanner.model.share_cuts import CutCapacity


class SomePlants:
    """The capacity of some plants in every draw of a block.

    Parameters
    ----------
    drawn
        The block.
    plants
        Which plants.
    """

    def __init__(self, drawn: Drawn, plants: Indices) -> None:
        ground = drawn.ground
        self.drawn, self.plants = drawn, plants
        self.actions = np.flatnonzero(ground.frame.reach[:, plants].any(axis=1))
        self.frame = part_of_frame(ground.frame, plants, self.actions)
        self.inputs = part_of_inputs(drawn.inputs, self.frame)
        self.reached = ground.frame.reach[self.actions].sum(axis=1)
        self.total = self._total()
        self._shared: dict[str, Array] | None = {} if self._has_one_reach else None

    @cached_property
    def _is_own(self) -> bool:
        """Whether one of them has draws of its own, so that actions weigh them anew in every draw."""
        return bool(self.drawn.ground.is_forced[self.plants].any())

    def _total(self) -> Array:
        """Return what each action could reach in all, kt/y, shape ``(draws or 1, actions)``.

        Where it stands in :meth:`Drawn.force` already, 1.
        """
        ground = self.drawn.ground
        total = ground.reach.eligible[:, self.actions].copy()
        among, of = np.isin(self.actions, ground.varying), np.isin(ground.varying, self.actions)
        if self._is_own:
            drawn = self.drawn.total
            total = np.repeat(total, drawn.shape[0], axis=0)
            total[:, among] = drawn[:, of]
        else:
            total[:, among] = np.where(ground.rescaled[of], 1.0, total[:, among])
        return total

    @cached_property
    def _has_one_reach(self) -> bool:
        """Whether the actions weigh these plants the same in every draw."""
        return not self._is_own and not self.inputs.varies("actions", ["operating_share", "share"])

    @property
    def cells_per_draw(self) -> int:
        """Size of the largest array of one draw."""
        by_draw = 1 if self._has_one_reach else len(self.actions)
        return len(self.plants) * max(len(self.frame.horizon), by_draw)

    def capacity(self, part: slice) -> CutCapacity:
        """Return their capacity in some of the draws."""
        inputs = self.inputs.chunk(part)
        reach = self._one_reach if self._has_one_reach else self._reach(inputs, some_draws(self.total, part))
        every = np.arange(len(self.plants), dtype=np.intp)
        return CutCapacity(self.frame, inputs, reach, self._forces(part), every, self._shared)

    @cached_property
    def _one_reach(self) -> Reach:
        return self._reach(self.inputs, self.total)

    def _reach(self, inputs: Inputs, total: Array) -> Reach:
        return part_of_reach(self.frame, inputs, total, self.reached)

    def _forces(self, part: slice) -> Forces:
        drawn = self.drawn
        varying = drawn.forces.varying[np.isin(drawn.forces.varying, self.actions)]
        pull = drawn.forces.some(varying, part) if len(varying) else NO_PULL
        if not self._is_own:
            for column, place in enumerate(np.flatnonzero(np.isin(drawn.ground.varying, self.actions))):
                if drawn.ground.rescaled[place]:
                    pull.implemented[:, :, column] = some_draws(drawn.force(int(place)).T, part)
        return Forces(drawn.forces.first.of_actions(self.actions), np.searchsorted(self.actions, varying), pull)
