"""Capacity: by plant, and from the opening through what has started, closed and been cut (section 4)."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from aluplanner.analysis.tracing.effects import Effects
from aluplanner.analysis.tracing.figures import Figures
from aluplanner.analysis.tracing.lines import Kind, Line, Story, assumption, limits_at_plants, signed, with_rest
from aluplanner.analysis.tracing.places import ByPlace
from aluplanner.i18n import tr
from aluplanner.model.actions import CLOSE, COMMISSION, CURTAIL, HALT, RESTART
from aluplanner.model.frame import Mask
from aluplanner.model.inputs import Array
from aluplanner.model.plan import Address

LEVELS: Final = ("built", "operating", "idle", "under_construction")
"""Told by plant first; the others by action."""


def capacity_stories(figures: Figures, series: str, names: tuple[str, ...]) -> tuple[Story, ...]:
    """Return the stories of a capacity series of section 10."""
    return _Capacity(figures, figures.members(names), series, is_country=not names).stories()


class _Capacity:
    """One capacity series at the plants that count."""

    def __init__(self, figures: Figures, members: Mask, series: str, *, is_country: bool) -> None:
        self.figures, self.members, self.series = figures, members, series
        self.effects = Effects(figures, members)
        told = series if series == "operating" and is_country else ""
        column = series if series in LEVELS and series != "idle" else "operating"
        self.places = ByPlace(figures, self.at_plants, members, column, self._opening(), told)

    def stories(self) -> tuple[Story, ...]:
        actions = Story("actions", self._title(), self._told_by_action)
        by_place = self.places.stories()
        if self.series == "idle":
            return *by_place, Story("difference", tr("Built less operating"), self._built_less_operating)
        return (*by_place, actions) if self.series in LEVELS else (actions, *by_place)

    def _title(self) -> str:
        return tr("From the opening") if self.series in LEVELS else tr("By action")

    def at_plants(self) -> Array:
        """Return the series by month and plant."""
        figures = self.figures
        make: dict[str, Callable[[], Array]] = {
            "operating": lambda: figures.operating,
            "idle": lambda: figures.at_plants("built") - figures.operating,
            "under_construction": lambda: (
                figures.opening_at_plants("under_construction") - figures.at_plants("pipeline")
            ),
            "commissioned": lambda: figures.at_plants("added"),
            "curtailed": lambda: figures.at_plants("curtailed") + figures.at_plants("cut"),
            "restarted": lambda: figures.at_plants("restarted") + figures.restarted_by_price,
            "halted": self._halted,
        }
        return make.get(self.series, lambda: figures.at_plants(self.series))()

    def _halted(self) -> Array:
        halts = self.figures.run.frame.of_kind(HALT)
        halted: Array = self.figures.capacity.applied(halts, self.figures.capacity.weights(halts))[0]
        return halted

    def _opening(self) -> Array | None:
        if self.series not in LEVELS:
            return None
        if self.series == "idle":
            return self.figures.opening_at_plants("built") - self.figures.opening_operating
        return self.figures.opening_at_plants(self.series)

    # By action

    def _told_by_action(self) -> Sequence[Line]:
        make: dict[str, Callable[[], list[Line]]] = {
            "built": self._built,
            "operating": self._operating,
            "under_construction": self._under_construction,
            "commissioned": self._commissioned,
            "closed": lambda: self.effects.stated(CLOSE),
            "closed_running": lambda: self.effects.of(CLOSE),
            "curtailed": lambda: self.effects.of(CURTAIL),
            "restarted": lambda: [*self.effects.of(RESTART), self._restarted_by_price()],
            "halted": lambda: self.effects.stated(HALT),
        }
        series: Array = self.at_plants()[:, self.members].sum(axis=1)
        return with_rest(make[self.series](), series, limits_at_plants())

    def _at_opening(self) -> Line:
        level = float(self.places.opening[self.members].sum())
        levels = np.full(self.figures.months, level)
        return Line(tr("At the opening"), Kind.OPENING, levels, level, self._plants_column())

    def _plants_column(self) -> Address:
        """Return the plant that counts, or of several the whole column."""
        keys, members = self.figures.plan.plants.keys, np.flatnonzero(self.members)
        return Address("plants", keys[int(members[0])] if len(members) == 1 else "", self.series)

    def _built(self) -> list[Line]:
        return [self._at_opening(), *self._commissioned(), *self.effects.stated(CLOSE, sign=-1.0)]

    def _operating(self) -> list[Line]:
        effects = self.effects
        cuts = effects.of(CLOSE, CURTAIL, sign=-1.0)
        lines = [self._at_opening(), *self._commissioned(), *effects.of(RESTART), *cuts]
        if self.figures.run.response is not None:
            lines += [self._restarted_by_price(), self._idled_by_price()]
        return lines

    def _under_construction(self) -> list[Line]:
        return [self._at_opening(), *self.effects.starts(sign=-1.0), *self.effects.of(HALT)]

    def _commissioned(self) -> list[Line]:
        effects = self.effects
        return [*effects.starts(), *effects.of(HALT, sign=-1.0), *effects.of(COMMISSION)]

    def _restarted_by_price(self) -> Line:
        values = self.figures.restarted_by_price[:, self.members].sum(axis=1)
        return Line(tr("Restarted at the price"), Kind.ASSUMPTION, values, link=assumption("restart_speed"))

    def _idled_by_price(self) -> Line:
        values = -self.figures.idled_by_price[:, self.members].sum(axis=1)
        return Line(tr("Idled at the price"), Kind.ASSUMPTION, values, link=assumption("idling_speed"))

    def _built_less_operating(self) -> list[Line]:
        lines = [
            Line(
                self.figures.balance.title(name), Kind.SERIES, self.figures.series(name),
                self.figures.balance.opening(name), series=name,
            )
            for name in ("built", "operating")
        ]  # fmt: skip
        return [lines[0], *signed(lines[1:])]
