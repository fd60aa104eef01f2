"""The actions of a block of draws, on what all draws have in common (sections 2 and 3 of the model page)."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from aluplanner.model.forces import TIMING_COLUMNS, Pull, implemented_part, phases_of
from aluplanner.model.frame import Indices
from aluplanner.model.groundwork import Groundwork
from aluplanner.model.inputs import Array, Inputs
from aluplanner.model.numeric import ratio, some_draws
from aluplanner.model.plan_parts import part_of_frame, part_of_inputs
from aluplanner.model.reach import OwnOpening, Reach, eligible_of, opening_of, sizes_of, uses_pots


class DrawnForces:
    """The actions by month in every draw, one by one; see :class:`aluplanner.model.forces.ActionForces`.

    Parameters
    ----------
    ground
        What the draws have in common.
    inputs
        The numbers of these draws.
    size
        ``M`` of the actions that vary, kt/y, shape ``(draws or 1, varying)``.
    """

    def __init__(self, ground: Groundwork, inputs: Inputs, size: Array) -> None:
        self.first, self.varying = ground.first, ground.varying
        self._ground, self._inputs, self._size = ground, inputs, size
        self._kept: dict[tuple[str, int], Array] = {}
        self._timed = inputs.varied_rows("actions", TIMING_COLUMNS)

    def of_action(self, name: str, place: int) -> Array:
        """Return one action's ``strength``, ``implemented`` or ``due``, shape ``(draws or 1, months)``."""
        if place not in self.varying:
            shared: Array = getattr(self.first, name)[:, :, place]
            return shared
        return self.by_month(name, place).T

    def size_of_action(self, place: int) -> Array:
        """Return one action's announced size after the cap, kt/y, shape ``(draws or 1,)``."""
        found = np.flatnonzero(self.varying == place)
        size: Array = self._size[:, found[0]] if len(found) else self.first.size[:, place]
        return size

    def by_month(self, name: str, place: int) -> Array:
        """Return the same, or ``phi``, of an action that varies, shape ``(months, draws or 1)``.

        The draws of one month are side by side in memory.
        """
        key = (name, place)
        if key not in self._kept:
            self._kept[key] = self._by_month(name, place)
        return self._kept[key]

    def _by_month(self, name: str, place: int) -> Array:
        if name == "phi":
            return self._phases(place)[0]
        if name == "due":
            return self._phases(place)[1] * self.size_of_action(place)
        level = implemented_part(self._inputs, self._ground.frame.index[[place]])[:, 0]
        return self.by_month("phi", place) * (level if name == "strength" else level * self.size_of_action(place))

    def _phases(self, place: int) -> tuple[Array, Array]:
        """Return ``phi`` and ``phi0``, shape ``(months, draws or 1)`` each."""
        if self._ground.frame.rows[place] not in self._timed:
            phi, on_time = (numbers[:, :, place] for numbers in self._ground.phases)
        else:
            both = phases_of(self._ground.frame, self._inputs, np.array([place]))
            phi, on_time = (numbers[:, :, 0] for numbers in both)
        return np.ascontiguousarray(phi.T), np.ascontiguousarray(on_time.T)

    def some(self, places: Indices, part: slice) -> Pull:
        """Return some of the actions that vary in some of the draws."""
        draws = len(range(*part.indices(self._inputs.draws)))
        names = ("phi", "strength", "implemented", "due")
        found = [np.empty((draws, len(self._ground.frame.horizon), len(places))) for _ in names]
        size = np.empty((draws, len(places)))
        for column, place in enumerate(map(int, places)):
            for name, numbers in zip(names, found, strict=True):
                numbers[:, :, column] = some_draws(self.by_month(name, place).T, part)
            size[:, column] = some_draws(self.size_of_action(place), part)
        phi, strength, implemented, due = found
        return Pull(phi, strength, implemented, due, size)


@dataclass(frozen=True)
class Drawn:
    """A block of draws.

    Parameters
    ----------
    ground
        What they have in common.
    inputs
        The numbers of these draws.
    """

    ground: Groundwork
    inputs: Inputs

    @cached_property
    def reach(self) -> Reach:
        """The reach by the plan's own numbers, with the opening of the plants that have draws of their own."""
        return replace(self.ground.reach, own=self._own) if len(self.ground.own) else self.ground.reach

    @cached_property
    def _own(self) -> OwnOpening:
        frame = part_of_frame(self.ground.frame, self.ground.own, self.ground.varying)
        return OwnOpening(self.ground.own, opening_of(part_of_inputs(self.inputs, frame)))

    @cached_property
    def _eligible_at_own(self) -> Array:
        """What each action that varies reaches at such plants, kt/y, shape ``(draws or 1, varying, own)``."""
        frame = part_of_frame(self.ground.frame, self.ground.own, self.ground.varying)
        return eligible_of(frame, self._own.opening)

    @cached_property
    def total(self) -> Array:
        """What each action that varies could reach in all, kt/y, shape ``(draws or 1, varying)``."""
        ground = self.ground
        if not ground.rescaled.any():
            return ground.reach.eligible[:, ground.varying]
        total: Array = ground.eligible_elsewhere.sum(axis=-1) + self._eligible_at_own.sum(axis=-1)
        return total

    @cached_property
    def _mean_pot(self) -> Array | None:
        """The mean pot of each action that varies, kt/y, shape ``(draws or 1, varying)``; ``None`` if unneeded."""
        ground = self.ground
        if not uses_pots(ground.moving, self.inputs):
            return None
        in_pots = (ground.eligible_elsewhere @ ground.inputs.numbers("plants", "pot_size")[0])[None, :]
        if len(ground.own):
            own = self.inputs.numbers("plants", "pot_size", ground.own)
            in_pots = in_pots + (self._eligible_at_own * own[:, None, :]).sum(axis=-1)
        return ratio(in_pots, self.total)

    @cached_property
    def forces(self) -> DrawnForces:
        """The actions by month."""
        size, _ = sizes_of(self.ground.moving, self.inputs, self.total, self._mean_pot)
        return DrawnForces(self.ground, self.inputs, size)

    # What the actions that vary do to plants that do not, by their places in ``Groundwork.varying``

    def force(self, place: int) -> Array:
        """Return by what an action moves a plant, over the plant's weight, shape ``(months, draws or 1)``.

        That is what is implemented, kt/y, or, for an action that shares itself out anew in every draw, what is
        implemented over what it could reach in all, for such an action weighs a plant by what it reaches there.
        """
        implemented = self.forces.by_month("implemented", int(self.ground.varying[place]))
        if not self.ground.rescaled[place]:
            return implemented
        return implemented * ratio(np.ones(1), self.total[:, place])

    def running_share(self, place: int) -> Array | None:
        """Return the stated part of a closure on running capacity, shape ``(draws,)``; ``None`` if it does not vary."""
        row = self.ground.moving.rows[place]
        if row not in self.inputs.varied_rows("actions", ["operating_share"]):
            return None
        return self._action_cell("operating_share", place)

    def share(self, place: int) -> Array:
        """Return the share of a share cut, shape ``(draws or 1,)``."""
        return self._action_cell("share", place)

    def _action_cell(self, name: str, place: int) -> Array:
        return self.inputs.numbers("actions", name, self.ground.moving.index[place : place + 1])[:, 0]
