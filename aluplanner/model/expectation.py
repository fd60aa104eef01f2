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
    watched = np.flatnonzero(frame.watched)
    due_by_action, done_by_action = forces.due[:, :, watched], forces.implemented[:, :, watched]
    due = due_by_action.sum(axis=-1)
    landed = np.minimum(done_by_action, due_by_action).sum(axis=-1)
    running = reach.opening.operating[:, frame.smelters].sum(axis=-1)
    left = np.maximum(0.0, reach.size[:, None, watched] - done_by_action)
    overhang = np.minimum(running[:, None], (left * _live(frame)[:, watched]).sum(axis=-1))
    credibility = _credibility(inputs, due, landed, running)
    strength = np.reshape(inputs.assumption("premium_strength"), (-1, 1))
    premium = strength * credibility * ratio(overhang, running[:, None])
    return Expectation(due, done_by_action.sum(axis=-1), landed, overhang, credibility, premium)


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
