"""The capacity of a case by plant and month, and what credits and the market do to it (sections 4, 5, 8)."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from aluplanner.model.inputs import Array
from aluplanner.workbook.living.case import Case
from aluplanner.workbook.living.case_actions import Actions


@dataclass(frozen=True)
class Capacities:
    """Blocks of plants and months, shape ``(plants with spare rows, months)`` each, in kt/y unless said otherwise."""

    case: Case
    actions: Actions

    def _padded(self, numbers: Array) -> Array:
        """Return ``(1, months, plants)`` as a block."""
        block = np.zeros((self.case.layout.plants, len(self.case.horizon)))
        block[: numbers.shape[2]] = np.broadcast_to(numbers[0], (len(self.case.horizon), numbers.shape[2])).T
        return block

    def block(self, name: str) -> Array:
        """Return a block of the sheet Capacity."""
        own = {"planned": self._planned, "starting": self._starting, "halted": self._halted}
        if name in own:
            return own[name]()
        source = "closing_running" if name == "closing_running" else name
        return self._padded(getattr(self.case.balance.run.plants, source))

    def _planned(self) -> Array:
        number, horizon = self.case.numbers, self.case.horizon
        first = number("plants", "first_output", np.inf, np.inf)[:, None] - horizon.first.ordinal
        ramp = np.maximum(1.0, number("plants", "ramp_months", 1.0, 0.0))[:, None]
        done = np.clip((self.case.t - first + 1.0) / ramp, 0.0, 1.0)
        return np.asarray(self.building[:, None] * done)

    @cached_property
    def building(self) -> Array:
        """Under construction at the opening."""
        return self.case.numbers("plants", "under_construction")

    def _starting(self) -> Array:
        starts = np.maximum(0.0, np.diff(self._planned(), axis=1, prepend=0.0))
        whole = self.building[:, None]
        return np.divide(starts, whole, out=np.zeros(starts.shape), where=whole > 0)

    def _halted(self) -> Array:
        return np.asarray((self.actions.weight * self.actions.is_halt()) @ self.actions.implemented.T)

    # Credit

    def slot_share(self, slot: int) -> Array:
        """Return ``share · f`` of the cut of a slot, counted from 1, shape ``(plants,)``."""
        return np.asarray(self.actions.cut_share @ (self.actions.slot == slot))

    def slot_reach(self, slot: int) -> Array:
        """Return which plants the cut of a slot reaches, shape ``(plants,)``."""
        return np.asarray(self.actions.reached @ (self.actions.slot == slot))

    def slot_out(self, slot: int) -> Array:
        """Return what the actions credited in a slot take out of operation where its cut reaches."""
        weights = self.actions.out * self.actions.credits(slot)
        return np.asarray(self.slot_reach(slot)[:, None] * (weights @ self.actions.implemented.T))

    def slot_ask(self, slot: int) -> Array:
        """Return what the cut asks for beyond what is credited."""
        running, out = self.block("running"), self.slot_out(slot)
        share = self.slot_share(slot)[:, None]
        return share * (running + out) - out

    def slot_bare(self, slot: int) -> Array:
        """Return what it would take without any credit."""
        return self.slot_share(slot)[:, None] * self.block("running")

    def slot_cut(self, slot: int) -> Array:
        """Return what it takes."""
        same = (self.owners[:, None] == self.owners).astype(np.float64)
        ask, bare = same @ self.slot_ask(slot), same @ self.slot_bare(slot)
        part = np.divide(np.maximum(0.0, ask), bare, out=np.zeros(ask.shape), where=bare != 0)
        strength = self.actions.strength @ (self.actions.slot == slot)
        return np.asarray(self.slot_bare(slot) * part * strength)

    @cached_property
    def owners(self) -> Array:
        """The number of each plant's owner: the last plant of the group; a plant without a group is its own."""
        from aluplanner.workbook.living.words import key

        names = [key(text) for text in self.case.texts("plants", "group")]
        last = {name: number for number, name in enumerate(names, start=1) if name}
        return np.array([last.get(name, number) for number, name in enumerate(names, start=1)], dtype=np.float64)

    # The market's response

    @cached_property
    def is_smelter(self) -> Array:
        """Which plants make aluminium."""
        flags = np.zeros(self.case.layout.plants)
        flags[: len(self.case.resolved.plants)] = self.case.balance.run.frame.smelters
        return flags

    @cached_property
    def responds(self) -> Array:
        """In which months the market responds, shape ``(months,)``."""
        begins = self.case.assumption("response_from")
        ordinals = self.case.t + self.case.horizon.first.ordinal
        return np.asarray(self.case.assumption("market_response") * (ordinals >= begins))

    @cached_property
    def pull(self) -> Array:
        """Pull of last month's price, fraction."""
        cost = self.case.numbers("plants", "cash_cost", np.nan, np.nan)[:, None]
        margin = (self.case.before("price") - cost) / self.case.assumption("response_margin")
        return np.asarray(np.nan_to_num(np.clip(margin, -1.0, 1.0)) * self.is_smelter[:, None] * self.responds)

    def _path(self, speed: float) -> Array:
        """Return a share that moves by the pull from 0 on and stays between 0 and 1."""
        path = np.zeros_like(self.pull)
        level = np.zeros(len(self.pull))
        for t in range(path.shape[1]):
            level = np.clip(level + speed * self.pull[:, t], 0.0, 1.0)
            path[:, t] = level
        return path

    @cached_property
    def restarted(self) -> Array:
        """Part of the spare capacity that the price brought back."""
        return self._path(self.case.assumption("restart_speed"))

    @cached_property
    def idled(self) -> Array:
        """Part of what runs that the price sent away."""
        return self._path(-self.case.assumption("idling_speed"))

    @cached_property
    def operating(self) -> Array:
        """What runs at the end of the month."""
        running = (self.block("before_market") + self.block("spare") * self.restarted) * (1.0 - self.idled)
        return np.minimum(self.block("built"), running)

    @cached_property
    def production(self) -> Array:
        """Output, kt."""
        opening = self.case.numbers("plants", "operating")[:, None]
        before = np.concatenate([opening, self.operating[:, :-1]], axis=1)
        working = self.case.assumption("load_factor") * (1.0 - self.case.assumption("disruption"))
        factor = self.case.balance.run.reported("output_factor")[0]
        return (
            np.asarray(0.5 * (before + self.operating) * working * self.case.year_part * factor)
            * self.is_smelter[:, None]
        )
