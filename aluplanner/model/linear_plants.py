"""Plants that touch no limit in any draw: their capacity is a sum, so they need not be worked out one by one.

A plant is taken as linear only where the largest forces of all draws together leave every clip of
section 4 of the model page untouched, so the result is the same to rounding.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from aluplanner.model.actions import CLOSE, COMMISSION, CURTAIL, HALT, RESTART
from aluplanner.model.cancelling import stop_if_cancelled
from aluplanner.model.capacity import Capacity
from aluplanner.model.drawn import Drawn
from aluplanner.model.frame import Indices, Mask
from aluplanner.model.inputs import Array
from aluplanner.model.numeric import ratio

_ROUNDING: Final = 1e-12

RUNNING: Final = "running before share cuts"


@dataclass(frozen=True)
class _Sum:
    """A capacity as a sum over actions.

    Attributes
    ----------
    steady
        What it is when the actions that vary do nothing, shape ``(1, months, plants)``.
    signs
        What one kt/y of an action of a kind adds. A halt counts by the starts that it withholds.
    of_running
        Whether a closure counts by the part of it that falls on running capacity.
    """

    steady: Callable[[Capacity], Array]
    signs: dict[str, float]
    of_running: bool = False


_SUMS: Final = {
    RUNNING: _Sum(
        lambda capacity: capacity.running,
        {CLOSE: -1.0, CURTAIL: -1.0, RESTART: 1.0, COMMISSION: 1.0, HALT: -1.0},
        of_running=True,
    ),
    "built": _Sum(lambda capacity: capacity.built, {CLOSE: -1.0, COMMISSION: 1.0, HALT: -1.0}),
    "under_construction": _Sum(
        lambda capacity: capacity.opening("under_construction") - capacity.pipeline, {HALT: 1.0}
    ),
    "commissioned": _Sum(lambda capacity: capacity.added, {COMMISSION: 1.0, HALT: -1.0}),
    "closed": _Sum(lambda capacity: capacity.closed, {CLOSE: 1.0}),
    "closed_running": _Sum(lambda capacity: capacity.closed_running, {CLOSE: 1.0}, of_running=True),
    "curtailed": _Sum(lambda capacity: capacity.curtailed, {CURTAIL: 1.0}),
    "restarted": _Sum(lambda capacity: capacity.restarted, {RESTART: 1.0}),
}


@dataclass(frozen=True)
class Move:
    """What one action that varies does to the plants that draws touch.

    Attributes
    ----------
    kind
        Its kind.
    action
        The action, as an index among those that take part.
    plants
        The plants that it reaches, as places among those touched.
    weights
        What one unit of ``force`` does to each of them.
    force
        How hard it pulls, shape ``(months, draws or 1)``.
    running_weights, running_force
        The same for the part of a closure that falls on running capacity.
    """

    kind: str
    action: int
    plants: Indices
    weights: Array
    force: Array
    running_weights: Array
    running_force: Array

    @cached_property
    def peak(self) -> Array:
        """The largest force of any draw by month."""
        peak: Array = self.force.max(axis=1)
        return peak

    @cached_property
    def is_plain(self) -> bool:
        """Whether no draw is blank, pulls the other way, or closes more running capacity than capacity."""
        shares_fit = self.running_force is self.force or bool((self.running_force <= self.force).all())
        return bool(self.force.min() >= 0.0) and bool(self.running_force.min() >= 0.0) and shares_fit

    def term(self, counted: Array, sign: float, *, of_running: bool) -> tuple[Array, Array] | None:
        """Return a factor by month, shape ``(months or 1, 1)``, and the force it stands before; ``None`` for nothing.

        Parameters
        ----------
        counted
            How much each plant counts, shape ``(months or 1, touched plants)``.
        sign
            What one kt/y adds.
        of_running
            Whether only the running part of a closure counts.
        """
        weights, force = (self.running_weights, self.running_force) if of_running else (self.weights, self.force)
        factor: Array = (counted[:, self.plants] @ weights)[:, None] * sign
        return (factor, force) if factor.any() else None


class LinearPlants:
    """The plants that draws touch, as sums.

    Parameters
    ----------
    drawn
        The block of draws.
    """

    def __init__(self, drawn: Drawn) -> None:
        self.drawn = drawn
        self.ground = drawn.ground
        self.steady = drawn.ground.steady
        self.moves = tuple(self._moves())

    def _moves(self) -> Iterator[Move]:
        ground = self.ground
        frame, reach = ground.moving_at_touched, ground.reach_of_moving
        closures = frame.of_kind(CLOSE).tolist()
        for place in sorted({*range(len(frame.rows))} - {*frame.share_cuts.tolist()}):
            stop_if_cancelled()
            plants = np.flatnonzero(frame.reach[place])
            weights, force = reach.weights[0, place, plants], self.drawn.force(place)
            running_weights, running_force = weights, force
            if place in closures:
                share = self.drawn.running_share(place)
                if share is None:
                    running_weights = reach.running_weights[0, closures.index(place), plants]
                else:
                    running_force = force * share
            kind = frame.actions[place].kind or ""
            action = int(ground.varying[place])
            yield Move(kind, action, plants, weights, force, running_weights, running_force)

    # Which plants are linear

    def fits(self) -> Mask:
        """Return which plants touch no limit but that of share cuts in any draw, shape ``(touched plants,)``."""
        closed, running, idle, curtailed, restarted, halted = self._largest()
        opening = self.ground.reach.opening
        built, operating, building = (
            part[0, self.ground.touched] for part in (opening.built, opening.operating, opening.under_construction)
        )
        room = _ROUNDING * np.maximum(1.0, built + building)
        fits: Mask = (
            (closed <= built + room)
            & (running + curtailed <= operating + room)
            & (operating + restarted + idle <= built + room)
            & ((halted <= building + room) | ~self.steady.planned_starts[0].any(axis=0))
        ).all(axis=0)
        fits |= ~self._is_moved
        fits &= ~self._is_odd & ~self.ground.is_forced[self.ground.touched]
        return fits

    @cached_property
    def _is_moved(self) -> Mask:
        """Which plants have an action that varies; the others run the same in every draw, limits and all."""
        mask = np.zeros(len(self.ground.touched), dtype=bool)
        for move in self.moves:
            mask[move.plants] = True
        return mask

    @cached_property
    def _is_odd(self) -> Mask:
        """Which plants have an action whose draws are blank or beyond their bounds."""
        mask = np.zeros(len(self.ground.touched), dtype=bool)
        for move in self.moves:
            if not move.is_plain:
                mask[move.plants] = True
        return mask

    def _largest(self) -> tuple[Array, ...]:
        """Return the most that all draws together ask of each plant, kt/y, shape ``(months, touched plants)`` each."""
        steady, halts = self.steady, self.ground.frame.of_kind(HALT)
        closed, running, curtailed, restarted = (
            part[0].copy() for part in (steady.closed, steady.closing_running, steady.curtailed, steady.restarted)
        )
        idle, halted = closed - running, steady.applied(halts, steady.weights(halts))[0]
        by_kind = {CLOSE: closed, CURTAIL: curtailed, RESTART: restarted, HALT: halted}
        for move in self.moves:
            asked = np.outer(move.peak, move.weights)
            if move.kind in by_kind:
                by_kind[move.kind][:, move.plants] += asked
            if move.kind == CLOSE:
                at_running = np.outer(move.running_force.max(axis=1), move.running_weights)
                running[:, move.plants] += at_running
                is_drawn = move.running_force is not move.force
                idle[:, move.plants] += asked if is_drawn else asked - at_running
        return closed, running, idle, curtailed, restarted, halted

    # Sums

    def total(self, name: str, counted: Array, months: slice = slice(None)) -> Array:
        """Return a capacity summed over plants, kt/y, shape ``(months, draws or 1)``.

        Parameters
        ----------
        name
            Which capacity, one of those of section 10 or :data:`RUNNING`.
        counted
            How much each plant counts, shape ``(touched plants,)`` or ``(months, touched plants)``; 0 for a plant that
            is not linear.
        months
            The months wanted.
        """
        what = _SUMS[name]
        counted = np.atleast_2d(counted)
        some = counted if counted.shape[0] == 1 else counted[months]
        steady: Array = (what.steady(self.steady)[0, months] * some).sum(axis=-1)[:, None]
        terms = self._terms(what, counted, months)
        return summed(steady, terms)

    def _terms(self, what: _Sum, counted: Array, months: slice) -> Iterator[tuple[Array, Array]]:
        for move in self.moves:
            sign = what.signs.get(move.kind)
            if sign is None:
                continue
            if move.kind == HALT:
                held = self._held(move, counted, months)
                if held is not None:
                    yield np.array([[sign]]), held
                continue
            term = move.term(counted, sign, of_running=what.of_running and move.kind == CLOSE)
            if term is not None:
                factor, force = term
                yield factor if factor.shape[0] == 1 else factor[months], force[months]

    def _held(self, halt: Move, counted: Array, months: slice) -> Array | None:
        """Return the starts so far that a halt withholds, summed over plants, kt/y, shape ``(months, draws or 1)``.

        What a plant started in an earlier month counts by the month that is looked at.
        """
        part = ratio(halt.weights, self.steady.opening("under_construction")[0, 0, halt.plants])
        starts = self.steady.planned_starts[0][:, halt.plants] * part
        building = starts.any(axis=0)
        starts = starts[:, building]
        if not building.any():
            return None
        by_month = np.broadcast_to(counted[:, halt.plants[building]], starts.shape)[months]
        held = np.empty((len(by_month), halt.force.shape[1]))
        # months in which every plant counts the same look back on the same sum
        alike, which = np.unique(by_month, axis=0, return_inverse=True)
        for row, count in enumerate(alike):
            held[which == row] = _so_far(starts @ count, halt.force, np.arange(len(starts))[months][which == row])
        return held


def _so_far(factor: Array, force: Array, months: Indices) -> Array:
    """Return the sum of factor times force up to each of some months, shape ``(these months, draws or 1)``."""
    total, so_far = np.zeros(force.shape[1]), np.empty((len(months), force.shape[1]))
    begins = 0
    for row, month in enumerate(months):
        for t in range(begins, month + 1):
            if factor[t]:
                total += factor[t] * force[t]
        begins = month + 1
        so_far[row] = total
    return so_far


def summed(steady: Array, terms: Iterator[tuple[Array, Array]]) -> Array:
    """Return ``steady`` plus factors times forces, in the order of the terms.

    Parameters
    ----------
    steady
        Shape ``(months, 1)``.
    terms
        Factors, shape ``(months or 1, 1)``, and forces, ``(months, draws or 1)``.
    """
    total, product = steady, np.empty(0)
    for factor, force in terms:
        stop_if_cancelled()
        if total is steady or total.shape != force.shape:
            total = total + factor * force
            continue
        if product.shape != force.shape:
            product = np.empty(force.shape)
        total += np.multiply(factor, force, out=product)
    return total
