"""Built and operating capacity by plant and month (section 4 of the model page).

Where the page has a minimum inside a minimum, the code uses the equal form with one clip less:
``uncut = pipeline + commissioned + min(max(0, built0 - closed), max(0, operating0 + restarts - closing_running))``.
"""

from functools import cached_property

import numpy as np

from aluplanner.model.actions import CLOSE, COMMISSION, HALT, RESTART
from aluplanner.model.cancelling import stop_if_cancelled
from aluplanner.model.forces import Forces
from aluplanner.model.frame import Frame, Indices
from aluplanner.model.inputs import Array, Inputs
from aluplanner.model.numeric import joined, ratio, weighted_sum
from aluplanner.model.reach import Reach


class Capacity:
    """Capacity of a chosen set of plants before share cuts, in kt/y, shape ``(draws or 1, months, plants)`` throughout.

    What an analysis does not ask for is not worked out.

    Parameters
    ----------
    frame, inputs, reach, forces
        The run.
    plants
        Which plants, as indices.
    shared
        Where to keep what the actions that do not vary do, for another chunk of draws of the same plants and actions;
        ``None`` to keep nothing.
    """

    def __init__(
        self,
        frame: Frame,
        inputs: Inputs,
        reach: Reach,
        forces: Forces,
        plants: Indices,
        shared: dict[str, Array] | None = None,
    ) -> None:
        self.frame = frame
        self.inputs = inputs
        self.reach = reach
        self.forces = forces
        self.plants = plants
        self.is_all = len(plants) == len(frame.plants)
        self.shared = shared

    def of_plants(self, numbers: Array) -> Array:
        """Return the part of an array, plants last, that belongs to the chosen plants."""
        return numbers if self.is_all else numbers[..., self.plants]

    def opening(self, name: str) -> Array:
        """Return a capacity of the opening split by name, shape ``(draws or 1, 1, plants)``."""
        numbers: Array = getattr(self.reach.opening, name)
        return self.of_plants(numbers)[:, None, :]

    def weights(self, places: Indices) -> Array:
        """Return the weights of some actions over the chosen plants, shape ``(draws or 1, some actions, plants)``."""
        stop_if_cancelled()
        return self.of_plants(self.reach.weights[:, places, :])

    def running_weights(self, closures: Indices) -> Array:
        """Return the weights of closures times the part of each that falls on running capacity."""
        stop_if_cancelled()
        rows = np.searchsorted(self.frame.of_kind(CLOSE), closures)
        return self.of_plants(self.reach.running_weights[:, rows, :])

    def applied(
        self,
        places: Indices,
        weights: Array,
        months: slice = slice(None),
        plus: Array | None = None,
        name: str | None = None,
    ) -> Array:
        """Return what some actions implement at the plants; draws are spent only on actions that vary.

        Parameters
        ----------
        places
            The actions.
        weights
            What one kt/y of each does to each plant, shape ``(draws or 1, some actions, plants)``.
        months
            The months wanted.
        plus
            What is there besides, to be added.
        name
            Tells this sum from others where what does not vary is kept.

        Returns
        -------
        Array
            A new array that the caller may change.
        """
        stop_if_cancelled()
        varying = self.forces.is_varying(places)
        if not varying.any():
            return self._same(places, weights, months, plus, name)
        columns = np.searchsorted(self.forces.varying, places[varying])
        effect = weighted_sum(self.forces.varied.implemented[:, months][:, :, columns], weights[:, varying])
        if not varying.all():
            effect += self._same(places[~varying], weights[:, ~varying], months, plus, name)
        elif plus is not None:
            effect += plus
        return effect

    def _same(self, places: Indices, weights: Array, months: slice, plus: Array | None, name: str | None) -> Array:
        """Return what actions that do not vary implement at the plants."""
        if self.shared is None or name is None or weights.shape[0] > 1:
            effect = weighted_sum(self.forces.first.implemented[:, months][:, :, places], weights)
            return effect if plus is None else effect + plus
        key = f"{name} {months.start}-{months.stop}"
        if key not in self.shared:
            self.shared[key] = weighted_sum(self.forces.first.implemented[:, months][:, :, places], weights)
        return self.shared[key] + (0.0 if plus is None else plus)

    @cached_property
    def planned_starts(self) -> Array:
        """Capacity due to start up by month, before any halt; kept with the plants where no draw changes it."""
        if not self.is_all or self.inputs.vary:
            return self._planned_starts()
        memo = f"starts from {self.frame.horizon.first} for {len(self.frame.horizon)}"
        return self.frame.plants.kept(memo, self._planned_starts)

    def _planned_starts(self) -> Array:
        first = self.of_plants(self.inputs.numbers("plants", "first_output"))[:, None, :]
        ramp = np.maximum(1.0, self.of_plants(self.inputs.numbers("plants", "ramp_months")))[:, None, :]
        t = np.arange(len(self.frame.horizon))[:, None] + float(self.frame.horizon.first.ordinal)
        done = np.nan_to_num(np.clip((t - first + 1.0) / ramp, 0.0, 1.0))
        planned = self.opening("under_construction") * done
        return np.maximum(0.0, np.diff(planned, axis=1, prepend=0.0))

    @cached_property
    def _started(self) -> tuple[Indices, Array]:
        """Where capacity starts up at all, and what has been commissioned there out of the pipeline."""
        starts = self.planned_starts
        building = np.flatnonzero(starts.any(axis=(0, 1)))
        starts = starts[:, :, building]
        halts = self.frame.of_kind(HALT)
        if len(halts):
            halted = self.applied(halts, self.weights(halts)[:, :, building])
            free = 1.0 - ratio(halted, self.opening("under_construction")[:, :, building])
            starts = starts * np.clip(free, 0.0, 1.0, out=free)
        return building, np.cumsum(starts, axis=1)

    @property
    def pipeline(self) -> Array:
        """What has been commissioned out of the pipeline; what a halt withholds does not come back."""
        building, started = self._started
        everywhere = np.zeros((started.shape[0], started.shape[1], len(self.plants)))
        everywhere[:, :, building] = started
        return everywhere

    @property
    def added(self) -> Array:
        """Pipeline and commissioning."""
        return self.pipeline + self.commissioned

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
        closures = self.frame.of_kind(CLOSE)
        left = self.applied(closures, -self.weights(closures), plus=self.opening("built"), name="left")
        return np.maximum(0.0, left, out=left)

    @property
    def built(self) -> Array:
        """Built capacity."""
        return self.left + self.added

    def _still_running(self) -> Array:
        """Return the running capacity of the opening and restarts that closures leave."""
        restarts, closures = self.frame.of_kind(RESTART), self.frame.of_kind(CLOSE)
        moving = np.concatenate([restarts, closures])
        signed = joined(self.weights(restarts), -self.running_weights(closures))
        running = self.applied(moving, signed, plus=self.opening("operating"), name="still running")
        return np.minimum(self.left, np.maximum(0.0, running, out=running))

    @property
    def uncut(self) -> Array:
        """What would run without curtailments."""
        return self._still_running() + self.added

    @cached_property
    def running(self) -> Array:
        """What runs after closures and tonnage curtailments, before share cuts."""
        commissions, cuts = self.frame.of_kind(COMMISSION), self.frame.tonnage_cuts
        signed = joined(self.weights(commissions), -self.weights(cuts))
        moving = np.concatenate([commissions, cuts])
        running = self.applied(moving, signed, plus=self._still_running(), name="running")
        building, started = self._started
        if running.shape[0] < started.shape[0]:
            running = np.repeat(running, started.shape[0], axis=0)
        running[:, :, building] += started
        return np.maximum(0.0, running, out=running)

    @property
    def closed_running(self) -> Array:
        """What closures take out of operation."""
        return np.minimum(self.opening("operating") + self.restarted, self.closing_running)

    @property
    def spare(self) -> Array:
        """Idle compliant capacity that a high price can bring back."""
        closing_idle = self.closed - self.closing_running
        return np.maximum(0.0, self.opening("idle_c") - self.restarted - closing_idle)
