"""What each action does to the plants that count, and what starts up there (section 4 of the model page)."""

from collections.abc import Iterable, Iterator

import numpy as np

from aluplanner.analysis.tracing.figures import Figures
from aluplanner.analysis.tracing.lines import Kind, Line
from aluplanner.i18n import tr
from aluplanner.model.actions import CLOSE, HALT, Action
from aluplanner.model.frame import Mask
from aluplanner.model.inputs import Array
from aluplanner.model.numeric import ratio
from aluplanner.model.plan import Address
from aluplanner.model.share_cuts import cut_at, reached_places


class Effects:
    """The actions, one by one, at some of the plants.

    Parameters
    ----------
    figures
        The balance.
    members
        Which plants count, shape ``(plants,)``.
    """

    def __init__(self, figures: Figures, members: Mask) -> None:
        self.figures, self.members = figures, members
        self.run, self.frame = figures.run, figures.run.frame

    def of(self, *kinds: str, sign: float = 1.0) -> list[Line]:
        """Return what the actions of some kinds take out of operation or put in, kt/y, times a sign."""
        return [self._line(place, sign * self.effective(place)) for place in self._places(kinds)]

    def stated(self, *kinds: str, sign: float = 1.0) -> list[Line]:
        """Return what the actions of some kinds implement (``q``), kt/y, times a sign."""
        return [self._line(place, sign * self.implemented(place)) for place in self._places(kinds)]

    def _places(self, kinds: Iterable[str]) -> Iterator[int]:
        for kind in kinds:
            yield from map(int, self.frame.of_kind(kind))

    def _line(self, place: int, values: Array) -> Line:
        return action_line(self.figures, place, values)

    def implemented(self, place: int) -> Array:
        """Return what an action implements at the plants that count, kt/y by month."""
        weight = float(self.run.reach.weights[0, place, self.members].sum())
        return self._implemented(place) * weight

    def effective(self, place: int) -> Array:
        """Return the running capacity that an action takes out or puts in at the plants that count, kt/y by month."""
        action = self.frame.actions[place]
        if action.kind == HALT or action.is_share_cut:
            taken: Array = self.at_plants(place)[:, self.members].sum(axis=1)
            return taken
        return self._implemented(place) * float(self._weights(place)[self.members].sum())

    def at_plants(self, place: int) -> Array:
        """Return the same by month and plant."""
        action = self.frame.actions[place]
        if action.kind == HALT:
            return self._withheld(place)
        if action.is_share_cut:
            return self._cut(place)
        return np.outer(self._implemented(place), self._weights(place))

    def _implemented(self, place: int) -> Array:
        numbers: Array = self.run.forces.first.implemented[0, :, place]
        return numbers

    def _weights(self, place: int) -> Array:
        if self.frame.actions[place].kind != CLOSE:
            weights: Array = self.run.reach.weights[0, place]
            return weights
        row = int(np.searchsorted(self.frame.of_kind(CLOSE), place))
        running: Array = self.run.reach.running_weights[0, row]
        return running

    def _cut(self, place: int) -> Array:
        reached = reached_places(self.figures.capacity, place)
        months, taken = cut_at(self.figures.capacity, place, reached)
        cut = np.zeros(self.figures.operating.shape)
        cut[months, reached] = taken[0]
        return cut

    def _withheld(self, place: int) -> Array:
        """Return the starts that a halt withholds, added up over the months."""
        capacity = self.figures.capacity
        part = ratio(self.run.reach.weights[0, place], capacity.opening("under_construction")[0, 0])
        withheld = capacity.planned_starts[0] * self._implemented(place)[:, None] * part
        return np.cumsum(withheld, axis=0)

    def starts(self, sign: float = 1.0) -> list[Line]:
        """Return what the schedule of each plant under construction starts up before any halt, kt/y, times a sign."""
        planned = np.cumsum(self.figures.capacity.planned_starts[0], axis=0)
        keys = self.figures.plan.plants.keys
        return [
            Line(
                tr("{plant}, new capacity", plant=keys[place]), Kind.PLANT, sign * planned[:, place],
                link=Address("plants", keys[place], "first_output"),
            )
            for place in np.flatnonzero(self.members & planned.any(axis=0))
        ]  # fmt: skip


def action_line(
    figures: Figures, place: int, values: Array, series: str = "effective", column: str = "implementation"
) -> Line:
    """Return the line of an action; ``series`` is what tells more about it, ``column`` where it leads."""
    name = figures.run.frame.actions[place].action
    return Line(name, Kind.ACTION, values, link=Address("actions", name, column), series=series, names=(name,))


def size_column(action: Action) -> str:
    """Return the column that states the size of an action."""
    return next((name for name in ("share", "pots") if getattr(action, name) is not None), "announced")
