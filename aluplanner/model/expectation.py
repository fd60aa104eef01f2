"""What the market expects of policy (section 8 of the model page)."""

from dataclasses import dataclass

import numpy as np

from aluplanner.model.cancelling import stop_if_cancelled
from aluplanner.model.forces import ActionForces, Pull
from aluplanner.model.frame import Frame, Indices
from aluplanner.model.inputs import Array, Inputs
from aluplanner.model.numeric import Level, arithmetic_for, by_month, from_months, ratio
from aluplanner.model.phasing import live
from aluplanner.model.reach import Reach


@dataclass(frozen=True)
class Expectation:
    """The policy gap and what the market makes of it, shape ``(draws or 1, months)`` each.

    ``due``, ``implemented``, ``landed``, ``overhang`` are in kt/y, ``credibility`` and ``premium`` fractions.
    """

    due: Array
    implemented: Array
    landed: Array
    overhang: Array
    credibility: Array
    premium: Array


def expectation_of(frame: Frame, inputs: Inputs, reach: Reach, forces: ActionForces) -> Expectation:
    """Return the policy gap, credibility and premium."""
    gap = _policy_gap(frame, forces)
    running = reach.opening_total("operating", frame.smelters)
    overhang = np.minimum(running[:, None], gap.overhang)
    credibility = _credibility(inputs, gap.due, gap.landed, running)
    strength = np.reshape(inputs.assumption("premium_strength"), (-1, 1))
    premium = strength * credibility * ratio(overhang, running[:, None])
    return Expectation(gap.due, gap.implemented, gap.landed, overhang, credibility, premium)


@dataclass
class _PolicyGap:
    """Sums over the orders that the market watches, kt/y, shape ``(draws or 1, months)`` each."""

    due: Array
    implemented: Array
    landed: Array
    overhang: Array

    def add(self, forces: ActionForces, place: int, in_force: Array) -> None:
        """Add an action that varies."""
        due, done = forces.of_action("due", place), forces.of_action("implemented", place)
        self.due = _plus(self.due, due)
        self.implemented = _plus(self.implemented, done)
        self.landed = _plus(self.landed, np.minimum(done, due))
        left = forces.size_of_action(place)[:, None] - done
        np.maximum(0.0, left, out=left)
        left *= in_force
        self.overhang = _plus(self.overhang, left)


def _plus(total: Array, more: Array) -> Array:
    """Return a sum, in the place of ``total`` once that has all draws."""
    if total.shape[0] == 1 or more.shape[0] > total.shape[0]:
        return total + more
    total += more
    return total


def _policy_gap(frame: Frame, forces: ActionForces) -> _PolicyGap:
    watched = np.flatnonzero(frame.watched)
    is_varying = np.isin(watched, forces.varying)
    in_force = _live(frame)
    gap = _shared_gap(forces.first, in_force, watched[~is_varying])
    for place in watched[is_varying]:
        stop_if_cancelled()
        gap.add(forces, int(place), in_force[:, place])
    return gap


def _shared_gap(pull: Pull, in_force: Array, places: Indices) -> _PolicyGap:
    """Return the sums over actions that are the same in every draw."""
    due, done = pull.due[:, :, places], pull.implemented[:, :, places]
    left = np.maximum(0.0, pull.size[:, None, places] - done) * in_force[:, places]
    return _PolicyGap(*(part.sum(axis=-1) for part in (due, done, np.minimum(done, due), left)))


def _live(frame: Frame) -> Array:
    start, announced_on = frame.month_index("start")[0], frame.month_index("announced_on")[0]
    announced_on = np.where(np.isnan(announced_on), start, announced_on)
    end = frame.month_index("end")[0]
    return live(len(frame.horizon), announced_on, end, frame.repeats).astype(np.float64)


def _credibility(inputs: Inputs, due: Array, landed: Array, running: Array) -> Array:
    """Return belief by month: it moves towards what has landed, the faster the more was due."""
    scale = np.reshape(inputs.assumption("learning_scale"), (-1, 1)) * running[:, None]
    learning = np.reshape(inputs.assumption("learning"), (-1, 1))
    speed = learning * np.minimum(1.0, ratio(due, np.broadcast_to(scale, np.broadcast_shapes(scale.shape, due.shape))))
    landed_part = ratio(landed, due)
    speed = np.where((due > 0.0) & (running[:, None] > 0.0), speed, 0.0)
    opening = inputs.assumption("opening_credibility")
    draws = max(speed.shape[0], landed_part.shape[0], np.size(opening))
    arithmetic = arithmetic_for(draws)
    belief: Level = opening
    path: list[Level] = []
    for pull, reached in zip(by_month(speed), by_month(landed_part), strict=True):
        belief = belief + pull * (arithmetic.smaller(reached, 1.0) - belief)
        path.append(belief)
    return from_months(path, draws)
