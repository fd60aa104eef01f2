"""What all draws of a batch have in common, worked out once before the first of them (section 11 of the model page)."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from aluplanner.model.actions import COMMISSION
from aluplanner.model.cancelling import stop_if_cancelled
from aluplanner.model.forces import NO_PULL, Forces, Pull, drawn_actions, phases_of, pull_of
from aluplanner.model.frame import Frame, Indices, Mask, frame_of
from aluplanner.model.inputs import Array, Inputs
from aluplanner.model.plan_parts import part_of_frame, part_of_inputs
from aluplanner.model.reach import (
    PLANT_COLUMNS,
    TOTAL_COLUMNS,
    Reach,
    eligible_of,
    part_of_reach,
    reach_of,
    reached_part,
)
from aluplanner.model.share_cuts import CutCapacity

_OWN_COLUMNS: Final = (*PLANT_COLUMNS, "ramp_months")


@dataclass(frozen=True)
class Groundwork:
    """A plan without its draws.

    Attributes
    ----------
    frame
        The actions that take part in any draw.
    inputs
        The plan's own numbers.
    reach, first
        The actions, by those numbers.
    varying
        The actions that differ between draws.
    rescaled
        Which of them share themselves out anew in every draw, since a plant that they reach differs between draws;
        shape as ``varying``.
    own
        The plants of which a number differs between draws.
    """

    frame: Frame
    inputs: Inputs
    reach: Reach
    first: Pull
    varying: Indices
    rescaled: Mask
    own: Indices

    @cached_property
    def every(self) -> Indices:
        """All plants."""
        return np.arange(len(self.frame.plants), dtype=np.intp)

    @cached_property
    def moving(self) -> Frame:
        """The actions that vary, as a frame."""
        return part_of_frame(self.frame, self.every, self.varying)

    @cached_property
    def eligible_elsewhere(self) -> Array:
        """What each action that varies reaches at plants that do not, kt/y, shape ``(varying, plants)``."""
        eligible: Array = eligible_of(self.moving, self.reach.opening)[0]
        eligible[:, self.own] = 0.0
        return eligible

    @cached_property
    def is_forced(self) -> Mask:
        """Which plants must be worked out draw by draw whatever the draws are, shape ``(plants,)``."""
        mask = np.zeros(len(self.frame.plants), dtype=bool)
        mask[self.own] = True
        for place in np.flatnonzero(self.rescaled):
            # a commission that finds nothing built spreads evenly: perhaps in some draws and not in others
            if self.moving.actions[place].kind == COMMISSION and not self.eligible_elsewhere[place].any():
                mask |= self.moving.reach[place]
        return mask

    @cached_property
    def touched(self) -> Indices:
        """The plants whose capacity may differ between draws."""
        mask: Mask = np.any(self.frame.reach[self.varying], axis=0)
        mask[self.own] = True
        return np.flatnonzero(self.with_partners(mask))

    @cached_property
    def untouched(self) -> CutCapacity:
        """The other plants."""
        others = np.setdiff1d(self.every, self.touched)
        return CutCapacity(self.frame, self.inputs, self.reach, self._forces(self.first), others)

    @cached_property
    def steady(self) -> CutCapacity:
        """The touched plants as if the actions that vary did nothing."""
        implemented = self.first.implemented.copy()
        implemented[:, :, self.varying] = 0.0
        forces = self._forces(replace(self.first, implemented=implemented))
        return CutCapacity(self.frame, self.inputs, self.reach, forces, self.touched)

    def _forces(self, pull: Pull) -> Forces:
        return Forces(pull, self.varying[:0], NO_PULL)

    @cached_property
    def reach_of_moving(self) -> Reach:
        """The reach of the actions that vary among the touched plants.

        Those that are rescaled weigh a plant by what they can reach there, kt/y.
        """
        frame = self.moving_at_touched
        total = np.where(self.rescaled, 1.0, self.reach.eligible[:, self.varying])
        return part_of_reach(frame, part_of_inputs(self.inputs, frame), total, self.moving.reach.sum(axis=1))

    @cached_property
    def moving_at_touched(self) -> Frame:
        """The actions that vary and the touched plants, as a frame."""
        return part_of_frame(self.frame, self.touched, self.varying)

    @cached_property
    def phases(self) -> tuple[Array, Array]:
        """``phi`` and ``phi0`` of every action by the plan's own numbers, shape ``(1, months, actions)``."""
        return phases_of(self.frame, self.inputs, np.arange(len(self.frame.rows), dtype=np.intp))

    @cached_property
    def reached_parts(self) -> dict[int, Array]:
        """``f`` of the share cuts that vary, by action; shape ``(touched plants,)`` each."""
        cuts = np.intersect1d(self.frame.share_cuts, self.varying)
        frame = part_of_frame(self.frame, self.every, cuts)
        parts = reached_part(frame, self.reach.opening, eligible_of(frame, self.reach.opening))[0]
        return {int(cut): part[self.touched] for cut, part in zip(cuts, parts, strict=True)}

    # Plants that a credit ties to each other

    def with_partners(self, mask: Mask) -> Mask:
        """Return some plants and those that share a credit with one of them, shape ``(plants,)`` as ``mask``."""
        owners = np.unique(self.frame.owners[mask & self._is_partner])
        return mask | (self._is_partner & np.isin(self.frame.owners, owners))

    @cached_property
    def _is_partner(self) -> Mask:
        mask = np.zeros(len(self.frame.plants), dtype=bool)
        for members in self.takes_credit.values():
            mask |= members
        return mask

    @cached_property
    def takes_credit(self) -> dict[int, Mask]:
        """By share cut, which plants it reaches in owner groups where something is credited to it."""
        found: dict[int, Mask] = {}
        for cut, credited in self.frame.credited.items():
            stop_if_cancelled()
            reached = self.frame.reach[cut]
            crediting = reached & self.frame.reach[credited].any(axis=0)
            found[cut] = reached & np.isin(self.frame.owners, np.unique(self.frame.owners[crediting]))
        return found


def groundwork_of(inputs: Inputs) -> Groundwork:
    """Return what the draws of ``inputs`` have in common."""
    frame = frame_of(inputs)
    plan = Inputs(inputs.plan, {}, 1)
    reach = reach_of(frame, plan)
    first = pull_of(frame, plan, reach.size, np.arange(len(frame.rows), dtype=np.intp))
    varying, rescaled = varying_actions(frame, inputs)
    own = np.array(sorted(inputs.varied_rows("plants", _OWN_COLUMNS)), dtype=np.intp)
    return Groundwork(frame, plan, reach, first, varying, rescaled, own)


def varying_actions(frame: Frame, inputs: Inputs) -> tuple[Indices, Mask]:
    """Return the actions that differ between draws, and which of them are rescaled; see :class:`Groundwork`."""
    drawn, rescaled = np.zeros((2, len(frame.rows)), dtype=bool)
    drawn[drawn_actions(frame, inputs)] = True
    for kind, columns in TOTAL_COLUMNS.items():
        plants = np.array(sorted(inputs.varied_rows("plants", (*columns, "pot_size"))), dtype=np.intp)
        places = frame.of_kind(kind)
        rescaled[places] = frame.reach[np.ix_(places, plants)].any(axis=1)
    varying = np.flatnonzero(drawn | rescaled)
    return varying, rescaled[varying]
