"""Share cuts at plants that touch no limit: sums as well, but for their credit (section 4 of the model page).

Where nothing is credited, a cut takes a part of what runs. Where something is, it takes in every owner group what is
left to ask there; since ``share · f`` is at most 1, that is never more than the part of what runs.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from aluplanner.model.actions import CLOSE
from aluplanner.model.cancelling import stop_if_cancelled
from aluplanner.model.frame import Indices, Mask
from aluplanner.model.inputs import Array
from aluplanner.model.linear_plants import RUNNING, LinearPlants, summed
from aluplanner.model.share_cuts import output_weights

_ROUNDING: Final = 1e-12


@dataclass(frozen=True)
class _Cut:
    """A share cut at the plants that draws touch.

    Attributes
    ----------
    action
        The action, as an index among those that take part.
    part
        ``f``, or ``share · f`` where neither varies, by touched plant.
    share
        What remains of ``share · f``, shape ``(draws or 1,)``.
    strength
        Shape ``(months, draws or 1)``.
    takes_credit
        Which touched plants belong to owner groups where something is credited.
    """

    action: int
    part: Array
    share: Array
    strength: Array
    takes_credit: Mask

    @cached_property
    def is_steady(self) -> bool:
        """Whether it is the same in every draw."""
        return len(self.share) == 1 and len(self.strength[0]) == 1

    @cached_property
    def pull(self) -> Array:
        """Share times strength, shape ``(months, draws or 1)``."""
        return self.strength * self.share

    @cached_property
    def months(self) -> slice:
        """From the first to the last month in which it is in force in any draw."""
        months = np.flatnonzero(self.strength.any(axis=1))
        return slice(int(months[0]), int(months[-1]) + 1) if len(months) else slice(0, 0)


class LinearCuts:
    """What share cuts leave at the plants that draws touch.

    Parameters
    ----------
    plants
        Those plants.
    """

    def __init__(self, plants: LinearPlants) -> None:
        self.plants = plants
        self.ground, self.drawn = plants.ground, plants.drawn
        self.cuts = tuple(self._cuts())

    def _cuts(self) -> Iterator[_Cut]:
        ground = self.ground
        no_credit = np.zeros(len(ground.frame.plants), dtype=bool)
        for row, place in enumerate(map(int, ground.frame.share_cuts)):
            stop_if_cancelled()
            credit = ground.takes_credit.get(place, no_credit)[ground.touched]
            found = np.flatnonzero(ground.varying == place)
            if len(found):
                strength, share = self.drawn.forces.by_month("strength", place), self.drawn.share(int(found[0]))
                yield _Cut(place, ground.reached_parts[place], share, strength, credit)
            else:
                part, strength = ground.reach.cut_shares[0, row, ground.touched], ground.first.strength[:, :, place].T
                yield _Cut(place, part, np.ones(1), strength, credit)

    def fit(self) -> Mask:
        """Return at which plants all cuts together take no more than there is in any draw, ``(touched plants,)``."""
        asked = np.zeros((len(self.ground.frame.horizon), len(self.ground.touched)))
        plain = np.ones(len(self.ground.touched), dtype=bool)
        for cut in self.cuts:
            reached = np.flatnonzero(cut.part)
            asked[:, reached] += np.outer(cut.pull.max(axis=1), cut.part[reached])
            if not (cut.pull.min() >= 0.0 and cut.share.max() <= 1.0):
                plain[reached] = False
        return plain & (asked <= 1.0 + _ROUNDING).all(axis=0)

    def running(self, counted: Mask) -> Array:
        """Return what runs after share cuts at linear plants, kt/y, shape ``(months, draws or 1)``.

        Parameters
        ----------
        counted
            The plants, shape ``(touched plants,)``: all linear ones that a cut reaches, or none.
        """
        left = np.ones((len(self.ground.frame.horizon), len(counted))) * counted
        cuts = [cut for cut in self.cuts if (cut.part * counted).any()]
        for cut in cuts:
            if cut.is_steady:
                left -= cut.pull * (cut.part * (counted & ~cut.takes_credit))
        total = self.plants.total(RUNNING, left)
        for months, taken in self._taken(cuts, counted):
            if total.shape[1] < taken.shape[1]:
                total = np.repeat(total, taken.shape[1], axis=1)
            total[months] -= taken
        return total

    def _taken(self, cuts: list[_Cut], counted: Mask) -> Iterator[tuple[slice, Array]]:
        """Yield months and what is cut in them beyond a steady part of what runs, shape ``(months, draws or 1)``."""
        for cut in cuts:
            if not cut.is_steady:
                part = cut.part * (counted & ~cut.takes_credit)
                if part.any():
                    yield cut.months, self.plants.total(RUNNING, part, cut.months) * cut.pull[cut.months]
            members = np.flatnonzero(counted & cut.takes_credit)
            owners = self.ground.frame.owners[self.ground.touched[members]]
            for owner in np.unique(owners):
                yield cut.months, self._after_credit(cut, members[owners == owner])

    def _after_credit(self, cut: _Cut, members: Indices) -> Array:
        """Return what a cut takes in one owner group, kt/y, shape ``(months, draws or 1)``."""
        whole = np.zeros(len(self.ground.touched))
        whole[members] = 1.0
        part = whole * cut.part
        there = self.plants.total(RUNNING, part, cut.months) + self._output(cut, part)
        left = cut.share * there - self._output(cut, whole)
        return np.maximum(0.0, left, out=left) * cut.strength[cut.months]

    def _output(self, cut: _Cut, counted: Array) -> Array:
        """Return what the actions credited to a cut take out of operation, kt/y, shape ``(months, draws or 1)``."""
        credited = self.ground.frame.credited[cut.action]
        steady = self.plants.steady
        implemented = steady.forces.first.implemented[0, cut.months]
        taken = np.zeros((implemented.shape[0], 1))
        for action in np.setdiff1d(credited, self.ground.varying):
            weight = output_weights(steady, int(action))[0, 0] @ counted
            taken += implemented[:, action, None] * weight
        return summed(taken, self._output_terms(credited, counted, cut.months))

    def _output_terms(self, credited: Indices, counted: Array, months: slice) -> Iterator[tuple[Array, Array]]:
        for move in self.plants.moves:
            if move.action in credited:
                term = move.term(counted[None], 1.0, of_running=move.kind == CLOSE)
                if term is not None:
                    yield term[0], term[1][months]
