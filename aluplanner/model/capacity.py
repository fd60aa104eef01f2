"""Built and operating capacity by plant and month (section 4 of the model page).

Where the page has a minimum inside a minimum, the code uses the equal form with one clip less:
``uncut = pipeline + commissioned + min(max(0, built0 - closed), max(0, operating0 + restarts - closures of running))``.
"""

from dataclasses import dataclass

import numpy as np

from aluplanner.model.actions import CLOSE, COMMISSION, HALT, RESTART
from aluplanner.model.forces import Forces
from aluplanner.model.frame import Frame, Indices
from aluplanner.model.inputs import Array, Inputs
from aluplanner.model.numeric import ratio, weighted_sum
from aluplanner.model.reach import Reach, running_share
from aluplanner.model.share_cuts import share_cut


@dataclass(frozen=True)
class Effects:
    """What the actions do to some of the plants, before any limit; kt/y, shape ``(draws or 1, months, plants)``.

    Attributes
    ----------
    closed, closing_running
        Closures, and their part that falls on running capacity as asked.
    curtailed
        Curtailments sized in kt/y or pots.
    restarted
        Restarts by action.
    pipeline
        What has started up out of the capacity under construction.
    added
        Pipeline and commissioning.
    """

    closed: Array
    closing_running: Array
    curtailed: Array
    restarted: Array
    pipeline: Array
    added: Array


@dataclass(frozen=True)
class Capacity:
    """Capacity of some of the plants by month, kt/y, shape ``(draws or 1, months, plants)``.

    Attributes
    ----------
    built
        Built capacity.
    running
        What runs after closures and tonnage curtailments, before share cuts.
    cut
        What the share cuts take; ``None`` where there are none.
    before_market
        What runs after all actions, before the market's own response.
    effects
        What the actions did.
    """

    built: Array
    running: Array
    cut: Array | None
    before_market: Array
    effects: Effects


class CapacityModel:
    """Capacity of a chosen set of plants, for all draws or for plants that no draw touches.

    Parameters
    ----------
    frame, inputs, reach, forces
        The run.
    plants
        Which plants, as indices.
    """

    def __init__(self, frame: Frame, inputs: Inputs, reach: Reach, forces: Forces, plants: Indices) -> None:
        self.frame = frame
        self.inputs = inputs
        self.reach = reach
        self.forces = forces
        self.plants = plants
        self.is_all = len(plants) == len(frame.plan.plants)

    def of_plants(self, numbers: Array) -> Array:
        """Return the part of an array, plants last, that belongs to the chosen plants."""
        return numbers if self.is_all else numbers[..., self.plants]

    def applied(self, places: Indices, weights: Array) -> Array:
        """Return what some actions implement at the plants, kt/y; draws are spent only on actions that vary."""
        force = self.forces.implemented
        varying = np.isin(places, self.forces.varying)
        if force.shape[0] == 1 or varying.all():
            return weighted_sum(force[:, :, places], weights)
        fixed = weighted_sum(force[:1, :, places[~varying]], weights[:, ~varying])
        if not varying.any():
            return fixed
        return weighted_sum(force[:, :, places[varying]], weights[:, varying]) + fixed

    def weights(self, places: Indices) -> Array:
        """Return the weights of some actions over the chosen plants, shape ``(draws or 1, some actions, plants)``."""
        return self.of_plants(self.reach.weights[:, places, :])

    def planned_starts(self) -> Array:
        """Return the capacity due to start up by month, before any halt, shape ``(draws or 1, months, plants)``."""
        first = self.of_plants(self.inputs.numbers("plants", "first_output"))[:, None, :]
        ramp = np.maximum(1.0, self.of_plants(self.inputs.numbers("plants", "ramp_months")))[:, None, :]
        t = np.arange(len(self.frame.horizon))[:, None] + float(self.frame.horizon.first.ordinal)
        done = np.nan_to_num(np.clip((t - first + 1.0) / ramp, 0.0, 1.0))
        planned = self.of_plants(self.reach.opening.under_construction)[:, None, :] * done
        return np.maximum(0.0, np.diff(planned, axis=1, prepend=0.0))

    def pipeline(self) -> Array:
        """Return what has been commissioned out of the pipeline; what a halt withholds does not come back."""
        starts = self.planned_starts()
        halts = self.frame.of_kind(HALT)
        if not len(halts):
            return np.cumsum(starts, axis=1)
        halted = self.applied(halts, self.weights(halts))
        under_construction = self.of_plants(self.reach.opening.under_construction)[:, None, :]
        return np.cumsum(starts * np.clip(1.0 - ratio(halted, under_construction), 0.0, 1.0), axis=1)

    def effects(self) -> Effects:
        """Return what the actions do before any limit."""
        closures, cuts = self.frame.of_kind(CLOSE), self.frame.tonnage_cuts
        restarts, commissions = self.frame.of_kind(RESTART), self.frame.of_kind(COMMISSION)
        weights = self.weights(closures)
        running = self.of_plants(running_share(self.frame, self.inputs, self.reach.opening))
        pipeline = self.pipeline()
        added = pipeline
        if len(commissions):
            added = pipeline + self.applied(commissions, self.weights(commissions))
        return Effects(
            closed=self.applied(closures, weights),
            closing_running=self.applied(closures, weights * running),
            curtailed=self.applied(cuts, self.weights(cuts)),
            restarted=self.applied(restarts, self.weights(restarts)),
            pipeline=pipeline,
            added=added,
        )

    def capacity(self) -> Capacity:
        """Return built and operating capacity of the plants."""
        effects = self.effects()
        opening = self.reach.opening
        left = np.maximum(0.0, self.of_plants(opening.built)[:, None, :] - effects.closed)
        could_run = self.of_plants(opening.operating)[:, None, :] + effects.restarted - effects.closing_running
        uncut = np.minimum(left, np.maximum(0.0, could_run)) + effects.added
        running = np.maximum(0.0, uncut - effects.curtailed)
        cut = share_cut(self, running)
        before_market = running if cut is None else np.maximum(0.0, running - cut)
        return Capacity(left + effects.added, running, cut, before_market, effects)

    def spare(self, effects: Effects) -> Array:
        """Return the idle compliant capacity that a high price can bring back, kt/y; shape as ``effects``."""
        idle = self.of_plants(self.reach.opening.idle_c)[:, None, :]
        closing_idle = effects.closed - effects.closing_running
        return np.maximum(0.0, idle - effects.restarted - closing_idle)
