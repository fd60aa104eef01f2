"""Built and operating capacity by plant and month (section 4 of the model page).

Where the page has a minimum inside a minimum, the code uses the equal form with one clip less:
``uncut = pipeline + commissioned + min(max(0, built0 - closed), max(0, operating0 + restarts - closing_running))``.
"""

from functools import cached_property

import numpy as np

from aluplanner.model.actions import CLOSE, COMMISSION, HALT, RESTART
from aluplanner.model.forces import Forces
from aluplanner.model.frame import Frame, Indices
from aluplanner.model.inputs import Array, Inputs
from aluplanner.model.numeric import ratio, weighted_sum
from aluplanner.model.reach import Reach
from aluplanner.model.share_cuts import share_cut


class Capacity:
    """Capacity of a chosen set of plants, in kt/y, shape ``(draws or 1, months, plants)`` throughout.

    What an analysis does not ask for is not worked out.

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

    def opening(self, name: str) -> Array:
        """Return a capacity of the opening split by name, shape ``(draws or 1, 1, plants)``."""
        numbers: Array = getattr(self.reach.opening, name)
        return self.of_plants(numbers)[:, None, :]

    def weights(self, places: Indices) -> Array:
        """Return the weights of some actions over the chosen plants, shape ``(draws or 1, some actions, plants)``."""
        return self.of_plants(self.reach.weights[:, places, :])

    def running_weights(self, closures: Indices) -> Array:
        """Return the weights of closures times the part of each that falls on running capacity."""
        rows = np.searchsorted(self.frame.of_kind(CLOSE), closures)
        return self.of_plants(self.reach.running_weights[:, rows, :])

    def applied(self, places: Indices, weights: Array, months: Indices | slice = slice(None)) -> Array:
        """Return what some actions implement at the plants; draws are spent only on actions that vary.

        Parameters
        ----------
        places
            The actions.
        weights
            What one kt/y of each does to each plant, shape ``(draws or 1, some actions, plants)``.
        months
            The months wanted.
        """
        varying = self.forces.is_varying(places)
        first = self.forces.first.implemented[:, months]
        if not varying.any():
            return weighted_sum(first[:, :, places], weights)
        columns = np.searchsorted(self.forces.varying, places[varying])
        effect = weighted_sum(self.forces.varied.implemented[:, months][:, :, columns], weights[:, varying])
        if not varying.all():
            effect += weighted_sum(first[:, :, places[~varying]], weights[:, ~varying])
        return effect

    @cached_property
    def planned_starts(self) -> Array:
        """Capacity due to start up by month, before any halt."""
        first = self.of_plants(self.inputs.numbers("plants", "first_output"))[:, None, :]
        ramp = np.maximum(1.0, self.of_plants(self.inputs.numbers("plants", "ramp_months")))[:, None, :]
        t = np.arange(len(self.frame.horizon))[:, None] + float(self.frame.horizon.first.ordinal)
        done = np.nan_to_num(np.clip((t - first + 1.0) / ramp, 0.0, 1.0))
        planned = self.opening("under_construction") * done
        return np.maximum(0.0, np.diff(planned, axis=1, prepend=0.0))

    @cached_property
    def pipeline(self) -> Array:
        """What has been commissioned out of the pipeline; what a halt withholds does not come back."""
        halts, starts = self.frame.of_kind(HALT), self.planned_starts
        if not len(halts):
            return np.cumsum(starts, axis=1)
        building = np.flatnonzero(starts.any(axis=(0, 1)))
        halted = self.applied(halts, self.weights(halts)[:, :, building])
        free = np.clip(1.0 - ratio(halted, self.opening("under_construction")[:, :, building]), 0.0, 1.0)
        started = np.zeros((max(starts.shape[0], free.shape[0]), *starts.shape[1:]))
        started[:, :, building] = np.cumsum(starts[:, :, building] * free, axis=1)
        return started

    @cached_property
    def added(self) -> Array:
        """Pipeline and commissioning."""
        return self.pipeline + self.commissioned if len(self.frame.of_kind(COMMISSION)) else self.pipeline

    @cached_property
    def commissioned(self) -> Array:
        """What commissioning actions add."""
        return self._applied_by_kind(COMMISSION)

    @cached_property
    def restarted(self) -> Array:
        """What restarting actions bring back."""
        return self._applied_by_kind(RESTART)

    @cached_property
    def closed(self) -> Array:
        """What closures take out of built capacity, before any limit."""
        return self._applied_by_kind(CLOSE)

    @cached_property
    def closing_running(self) -> Array:
        """The part of closures that falls on running capacity, before any limit."""
        closures = self.frame.of_kind(CLOSE)
        return self.applied(closures, self.running_weights(closures))

    @cached_property
    def curtailed(self) -> Array:
        """What curtailments sized in kt/y or pots ask for."""
        cuts = self.frame.tonnage_cuts
        return self.applied(cuts, self.weights(cuts))

    def _applied_by_kind(self, kind: str) -> Array:
        places = self.frame.of_kind(kind)
        return self.applied(places, self.weights(places))

    @cached_property
    def left(self) -> Array:
        """Built capacity of the opening that closures leave."""
        return np.maximum(0.0, self.opening("built") - self.closed)

    @property
    def built(self) -> Array:
        """Built capacity."""
        return self.left + self.added

    @cached_property
    def uncut(self) -> Array:
        """What would run without curtailments."""
        restarts, closures = self.frame.of_kind(RESTART), self.frame.of_kind(CLOSE)
        signed = np.concatenate([self.weights(restarts), -self.running_weights(closures)], axis=1)
        could_run = self.applied(np.concatenate([restarts, closures]), signed) + self.opening("operating")
        np.maximum(0.0, could_run, out=could_run)
        return np.minimum(self.left, could_run) + self.added

    @cached_property
    def running(self) -> Array:
        """What runs after closures and tonnage curtailments, before share cuts."""
        running = self.uncut - self.curtailed
        return np.maximum(0.0, running, out=running)

    @cached_property
    def cut(self) -> Array | None:
        """What the share cuts take; ``None`` where there are none."""
        return share_cut(self)

    @cached_property
    def before_market(self) -> Array:
        """What runs after all actions, before the market's own response."""
        if self.cut is None:
            return self.running
        left = self.running - self.cut
        return np.maximum(0.0, left, out=left)

    @property
    def closed_running(self) -> Array:
        """What closures take out of operation."""
        return np.minimum(self.opening("operating") + self.restarted, self.closing_running)

    @property
    def spare(self) -> Array:
        """Idle compliant capacity that a high price can bring back."""
        closing_idle = self.closed - self.closing_running
        return np.maximum(0.0, self.opening("idle_c") - self.restarted - closing_idle)
