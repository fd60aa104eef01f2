"""Stories by plant, by owner group and by province."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import numpy as np

from aluplanner.analysis.result_names import place_names
from aluplanner.analysis.tracing.figures import Figures
from aluplanner.analysis.tracing.lines import Kind, Line, Story
from aluplanner.i18n import tr
from aluplanner.model.frame import Mask
from aluplanner.model.inputs import Array
from aluplanner.model.plan import Address
from aluplanner.model.schema import fold

PLANT: Final = "plant"
GROUP: Final = "group"
PROVINCE: Final = "province"


class ByPlace:
    """A series by plant, told by plant, by group or by province.

    Parameters
    ----------
    figures
        The balance.
    numbers
        Gives the series by month and plant.
    members
        Which plants count.
    column
        The column of Plants it follows from.
    opening
        Its value at the opening by plant; by default 0.
    series
        A series that can be asked for a place, to tell more about it.
    """

    def __init__(
        self,
        figures: Figures,
        numbers: Callable[[], Array],
        members: Mask,
        column: str,
        opening: Array | None = None,
        series: str = "",
    ) -> None:
        self.figures, self.numbers, self.members = figures, numbers, members
        self.column, self.series = column, series
        self.opening = np.zeros(len(members)) if opening is None else opening

    def lines(self, by: str) -> list[Line]:
        """Return the lines by ``"plant"``, ``"group"`` or ``"province"``."""
        return list(self._plants() if by == PLANT else self._places(by))

    def stories(self) -> tuple[Story, ...]:
        """Return the three stories."""
        titles = {PLANT: tr("By plant"), GROUP: tr("By group"), PROVINCE: tr("By province")}
        return tuple(Story(by, title, partial(self.lines, by)) for by, title in titles.items())

    def _plants(self) -> Iterator[Line]:
        numbers = self.numbers()
        keys = self.figures.plan.plants.keys
        for place in np.flatnonzero(self.members):
            key = keys[place]
            link = Address("plants", key, self.column)
            yield Line(key, Kind.PLANT, numbers[:, place], float(self.opening[place]), link)

    def _places(self, by: str) -> Iterator[Line]:
        numbers = self.numbers()
        without = tr("No group") if by == GROUP else tr("No province")
        named: dict[str, tuple[str, list[int]]] = {}
        for place in np.flatnonzero(self.members):
            name = getattr(self.figures.plan.plants[int(place)], by) or ""
            named.setdefault(fold(name), (name.strip(), []))[1].append(int(place))
        for name, places in named.values():
            told = self._names_of(by, name) if name and self.series else None
            yield Line(
                name or without, Kind.PLACE, numbers[:, places].sum(axis=1), float(self.opening[places].sum()),
                series=self.series if told else "", names=told or (),
            )  # fmt: skip

    def _names_of(self, by: str, name: str) -> tuple[str, ...] | None:
        """Return the names by which a measure speaks of a place and of no plant beyond."""
        places = place_names(self.figures.plan)
        return places.of_group(name) if by == GROUP else places.of_province(name)
