"""What restricting actions really take out of operation, action by action and plant by plant (section 4).

Limits count in the order of section 4 of the model page: starts that halts withhold, then closures over what ran,
then curtailments in kt/y or pots over what closures leave, then share cuts over what these leave. Where the actions of
one of these steps together ask for more of a plant than there is, each gives in proportion to what it asked. What the
actions take out therefore adds up to what would run without any of them less what runs.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from aluplanner.analysis.tracing.figures import Figures
from aluplanner.model.actions import CLOSE, HALT
from aluplanner.model.cancelling import stop_if_cancelled
from aluplanner.model.capacity import Capacity
from aluplanner.model.frame import Indices, Mask
from aluplanner.model.inputs import Array
from aluplanner.model.numeric import ratio
from aluplanner.model.progress import tell_progress
from aluplanner.model.share_cuts import cut_at, reached_places


@dataclass(frozen=True, eq=False)
class _Layer:
    """Actions that count in one step of section 4.

    Attributes
    ----------
    places
        The actions, as indices among those that take part.
    forces
        What each implements, kt/y, shape ``(months, some actions)``.
    weights
        What one kt/y of each asks of each plant, shape ``(some actions, plants)``.
    part
        Which part of what is asked counts, shape ``(months, plants)``.
    alone
        Which part would count if each action were alone: ``effective`` of section 4; shape ``(months, plants)`` or a
        number.
    adds_up
        Whether what counts in a month stays out in the months after it.
    """

    places: Indices
    forces: Array
    weights: Array
    part: Array
    alone: Array | float = 1.0
    adds_up: bool = False

    def of_actions(self, plants: Mask) -> Array:
        """Return what each action takes out at some plants, kt/y, shape ``(months, some actions)``."""
        return self._carried(self.forces * (self.part[:, plants] @ self.weights[:, plants].T))

    def at_plants(self, some: Mask, *, alone: bool) -> Array:
        """Return what some of its actions take out by plant, kt/y, shape ``(months, plants)``."""
        chosen = some[self.places]
        asked = self.forces[:, chosen] @ self.weights[chosen]
        return self._carried(asked * (self.alone if alone else self.part))

    def _carried(self, numbers: Array) -> Array:
        carried: Array = np.cumsum(numbers, axis=0) if self.adds_up else numbers
        return carried


class Losses:
    """What each restricting action takes out of operation.

    Parameters
    ----------
    figures
        The balance, opened up.
    """

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        self.frame = figures.run.frame
        self.capacity = figures.capacity
        self._layers = tuple(self._all_layers())
        self._part_of_cuts = self._share_cut_part()

    def of_actions(self) -> Array:
        """Return what each action that takes part takes out of operation, kt/y, shape ``(months, actions)``."""
        taken = np.zeros((self.figures.months, len(self.frame.rows)))
        everywhere = np.ones(len(self.frame.plants), dtype=bool)
        for layer in self._layers:
            stop_if_cancelled()
            taken[:, layer.places] += layer.of_actions(everywhere)
        for place, months, reached, cut in self._cuts():
            taken[months, place] += (cut * self._part_of_cuts[months, reached]).sum(axis=1)
        return taken

    def at_plants(self, some: Mask, *, alone: bool = False) -> Array:
        """Return what some of the actions take out of operation by plant, kt/y, shape ``(months, plants)``.

        Parameters
        ----------
        some
            Which actions, shape ``(actions,)``.
        alone
            Whether each counts as if it were alone: ``effective`` of section 4.
        """
        taken = np.zeros((self.figures.months, len(self.frame.plants)))
        for layer in self._layers:
            stop_if_cancelled()
            taken += layer.at_plants(some, alone=alone)
        for place, months, reached, cut in self._cuts():
            if some[place]:
                taken[months, reached] += cut if alone else cut * self._part_of_cuts[months, reached]
        return taken

    # The steps of section 4

    def _all_layers(self) -> Iterator[_Layer]:
        tell_progress(0.0)
        if len(self.frame.of_kind(HALT)):
            yield self._halts()
        if len(self.frame.of_kind(CLOSE)):
            yield from self._closures()
        if len(self.frame.tonnage_cuts):
            yield self._tonnage_cuts()

    def _forces(self, places: Indices) -> Array:
        numbers: Array = self.figures.run.forces.first.implemented[0][:, places]
        return numbers

    def _opening(self, name: str) -> Array:
        return self.figures.opening_at_plants(name)

    def _halts(self) -> _Layer:
        places = self.frame.of_kind(HALT)
        forces, weights = self._forces(places), self.capacity.weights(places)[0]
        asked = ratio(forces @ weights, self._opening("under_construction"))
        withheld = np.clip(asked, 0.0, 1.0) * self.capacity.planned_starts[0]
        building = self._opening("under_construction")
        part = ratio(ratio(withheld, asked), building)
        return _Layer(places, forces, weights, part, ratio(self.capacity.planned_starts[0], building), adds_up=True)

    def _closures(self) -> Iterator[_Layer]:
        """Yield what falls on running capacity, then what falls there because too little is left built."""
        capacity, places = self.capacity, self.frame.of_kind(CLOSE)
        forces = self._forces(places)
        running, whole = capacity.running_weights(places)[0], capacity.weights(places)[0]
        asked = forces @ running
        could_run = self._opening("operating") + capacity.restarted[0]
        still_running = np.minimum(capacity.left[0], np.maximum(0.0, could_run - asked))
        taken = np.minimum(self._opening("built"), could_run) - still_running
        at_once = np.minimum(taken, asked)
        yield _Layer(places, forces, running, ratio(at_once, asked))
        idle = whole - running
        yield _Layer(places, forces, idle, ratio(taken - at_once, forces @ idle), alone=0.0)

    def _tonnage_cuts(self) -> _Layer:
        places = self.frame.tonnage_cuts
        forces, weights = self._forces(places), self.capacity.weights(places)[0]
        asked = forces @ weights
        return _Layer(places, forces, weights, ratio(np.minimum(self.capacity.uncut[0], asked), asked))

    def _cuts(self) -> Iterator[tuple[int, slice, Indices, Array]]:
        """Yield each share cut, the months in which it is in force, whom it reaches and what it asks there."""
        for place in map(int, self.frame.share_cuts):
            stop_if_cancelled()
            reached = reached_places(self.capacity, place)
            months, cut = cut_at(self.capacity, place, reached)
            yield place, months, reached, cut[0]

    def _share_cut_part(self) -> Array:
        asked = np.zeros((self.figures.months, len(self.frame.plants)))
        for _, months, reached, cut in self._cuts():
            asked[months, reached] += cut
        return ratio(np.minimum(self.capacity.running[0], asked), asked)


def free_running(figures: Figures) -> Array:
    """Return what would run without any restricting action, before the market's response.

    Returns
    -------
    Array
        kt/y, shape ``(months, plants)``.
    """
    capacity = figures.capacity
    opening = np.minimum(
        Capacity.opening(capacity, "built")[0], Capacity.opening(capacity, "operating")[0] + capacity.restarted[0]
    )
    started = np.cumsum(capacity.planned_starts[0], axis=0)
    free: Array = opening + started + capacity.commissioned[0]
    return free
