"""What the market expects of policy (section 8 of the model page)."""

from dataclasses import dataclass

import numpy as np

from aluplanner.model.forces import Forces
from aluplanner.model.frame import Frame
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


def expectation_of(frame: Frame, inputs: Inputs, reach: Reach, forces: Forces) -> Expectation:
    """Return the policy gap, credibility and premium."""
    gap = _policy_gap(frame, reach, forces)
    running = reach.opening.operating[:, frame.smelters].sum(axis=-1)
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


def _policy_gap(frame: Frame, reach: Reach, forces: Forces) -> _PolicyGap:
    none = np.zeros((1, len(frame.horizon)))
    gap = _PolicyGap(none, none, none, none)
    in_force = _live(frame)
    for pull, columns, places in forces.groups(np.flatnonzero(frame.watched)):
        due, done = pull.due[:, :, columns], pull.implemented[:, :, columns]
        left = np.maximum(0.0, reach.size[: max(1, done.shape[0]), None, places] - done)
        gap.due = gap.due + due.sum(axis=-1)
        gap.implemented = gap.implemented + done.sum(axis=-1)
        gap.landed = gap.landed + np.minimum(done, due).sum(axis=-1)
        gap.overhang = gap.overhang + (left * in_force[:, places]).sum(axis=-1)
    return gap


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
