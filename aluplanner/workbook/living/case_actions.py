"""The actions of a case, plant by plant and month by month (sections 2 and 3 of the model page)."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from aluplanner.model.actions import CLOSE, COMMISSION, CURTAIL, HALT, KINDS, RESTART, RESTRICTING
from aluplanner.model.inputs import Array
from aluplanner.model.phasing import live, phase
from aluplanner.model.plants import ALUMINIUM, PRODUCTS
from aluplanner.workbook.living.case import NO_MONTH, Case
from aluplanner.workbook.living.layout import WARM_UP
from aluplanner.workbook.living.words import COMPLIANCE_NUMBERS, list_text, name_key, number_of


@dataclass(frozen=True)
class Actions:
    """What formulas find about the actions; those off or spare are 0 throughout.

    Shapes are ``(actions,)``, ``(plants, actions)`` and ``(months, actions)``, spare rows and columns included.
    """

    case: Case

    # One number an action

    @cached_property
    def on(self) -> Array:
        """Which take part."""
        flags = np.zeros(self.case.layout.actions)
        flags[list(self.case.balance.run.frame.rows)] = 1.0
        return flags

    def _number(self, column: str, blank: float = 0.0) -> Array:
        return self.case.numbers("actions", column, blank)

    @cached_property
    def kind_no(self) -> Array:
        """Number of the kind, 0 where off."""
        kinds = self.case.texts("actions", "kind")
        return np.asarray(self.on * np.array([KINDS.index(kind) + 1 if kind else 0 for kind in kinds]))

    @cached_property
    def product_no(self) -> Array:
        """Number of the product, 0 where off."""
        products = self.case.texts("actions", "product")
        return np.asarray(self.on * np.array([PRODUCTS.index(product or ALUMINIUM) + 1 for product in products]))

    @cached_property
    def compliance_no(self) -> Array:
        """Number of the compliance; blank is any."""
        choices = self.case.texts("actions", "compliance")
        return np.asarray(self.on * np.array([number_of(COMPLIANCE_NUMBERS, choice or "any") for choice in choices]))

    @cached_property
    def choice(self) -> Array:
        """Column of what the action could reach at a plant."""
        return np.where(self.on > 0, (self.kind_no - 1) * 3 + self.compliance_no, 0.0)

    def is_kind(self, kind: str) -> Array:
        """Return which are of a kind."""
        return np.asarray(self.kind_no == KINDS.index(kind) + 1, dtype=np.float64)

    @cached_property
    def is_share(self) -> Array:
        """Curtailments sized by share."""
        return np.asarray(self.is_kind(CURTAIL) * ~np.isnan(self._share))

    @cached_property
    def is_tonnage(self) -> Array:
        """Curtailments sized in kt/y or pots."""
        return self.is_kind(CURTAIL) - self.is_share

    @cached_property
    def is_watched(self) -> Array:
        """Restricting aluminium orders."""
        restricting = sum(self.is_kind(kind) for kind in RESTRICTING)
        return np.asarray(restricting * self._number("policy", 1.0) * (self.product_no == 1))

    @cached_property
    def slot(self) -> Array:
        """Number of each share cut that takes credit, in order."""
        takes = self.is_share * np.array([bool(text) for text in self.case.texts("actions", "credit")])
        return np.asarray(np.cumsum(takes) * takes)

    @cached_property
    def is_bare(self) -> Array:
        """Share cuts that take no credit."""
        return np.asarray(self.is_share * (self.slot == 0))

    @cached_property
    def _share(self) -> Array:
        return self._number("share", np.nan) + np.where(self.on > 0, 0.0, np.nan)

    # Plants

    @cached_property
    def reached(self) -> Array:
        """Which plants each reaches."""
        frame = self.case.balance.run.frame
        reached = np.zeros((self.case.layout.plants, self.case.layout.actions))
        reached[: len(frame.plants), list(frame.rows)] = frame.reach.T
        return reached

    @cached_property
    def eligible(self) -> Array:
        """Capacity that each could reach, kt/y."""
        run = self.case.balance.run
        choices = self.case_choices
        picked = np.zeros_like(self.reached)
        for place in run.frame.rows:
            picked[:, place] = choices[:, int(self.choice[place]) - 1]
        return picked * self.reached

    @cached_property
    def case_choices(self) -> Array:
        """What each kind could reach by compliance, shape ``(plants, 15)``."""
        number = self.case.numbers
        built, running = number("plants", "built"), number("plants", "operating")
        nc, building = number("plants", "non_compliant"), number("plants", "under_construction")
        running_nc = np.minimum(running, nc)
        running_c = running - running_nc
        columns = (
            *(building,) * 3, built, built - nc, nc, running, running_c, running_nc,
            built - running, built - nc - running_c, nc - running_nc, *(built,) * 3,
        )  # fmt: skip
        return np.stack(columns, axis=1)

    @cached_property
    def running_parts(self) -> Array:
        """Running part of what a closure reaches by compliance, shape ``(plants, 3)``."""
        choices = self.case_choices
        return _ratio(choices[:, 6:9], choices[:, 3:6])

    @cached_property
    def eligible_sum(self) -> Array:
        """Sum of what is eligible, kt/y."""
        total: Array = self.eligible.sum(axis=0)
        return total

    @cached_property
    def weight(self) -> Array:
        """``w``."""
        reached = self.reached.sum(axis=0)
        weight = _ratio(self.eligible, self.eligible_sum[None, :])
        equal = self.is_kind(COMMISSION) * (self.eligible_sum == 0) * (reached > 0)
        return np.where(equal > 0, _ratio(self.reached, reached[None, :]), weight)

    @cached_property
    def out(self) -> Array:
        """What one kt/y takes out of operation at each plant: closures and tonnage cuts."""
        stated = self._number("operating_share", np.nan)
        closing = np.zeros_like(self.weight)
        for place in np.flatnonzero(self.is_kind(CLOSE)):
            implied = self.running_parts[:, int(self.compliance_no[place]) - 1]
            part = implied if np.isnan(stated[place]) else stated[place]
            closing[:, place] = self.weight[:, place] * part
        return closing + self.weight * self.is_tonnage

    @cached_property
    def cut_share(self) -> Array:
        """``share · f`` of share cuts."""
        running = self.case.numbers("plants", "operating")[:, None]
        whole = np.broadcast_to(self.compliance_no != 3, self.reached.shape)
        part = np.where(running == 0, whole, _ratio(self.eligible, running))
        return np.nan_to_num(self._share) * self.is_share * part * self.reached

    # Sizes

    @cached_property
    def mean_pot(self) -> Array:
        """Mean size of the pots reached, kt/y."""
        return _ratio(self.case.numbers("plants", "pot_size") @ self.eligible, self.eligible_sum)

    @cached_property
    def asked(self) -> Array:
        """Size before the cap, kt/y."""
        announced, pots = self._number("announced", np.nan), self._number("pots")
        by_share = np.where(np.isnan(self._share), pots * self.mean_pot, np.nan_to_num(self._share) * self.eligible_sum)
        return self.on * np.where(np.isnan(announced), by_share, announced)

    @cached_property
    def size(self) -> Array:
        """``M``."""
        return np.where(self.is_kind(COMMISSION) > 0, self.asked, np.minimum(self.asked, self.eligible_sum))

    @cached_property
    def carried_out(self) -> Array:
        """Implementation, 0 where off."""
        return self.on * self._number("implementation", 1.0)

    # Months

    def month(self, column: str) -> Array:
        """Return a month of each as an index ``t``; far away where blank or off."""
        ordinals = self.case.numbers("actions", column, np.nan, np.nan)
        return np.where(np.isnan(ordinals) | (self.on == 0), NO_MONTH, ordinals - self.case.horizon.first.ordinal)

    @property
    def repeats(self) -> Array:
        """Which come back yearly."""
        return self.on * self._number("repeats_yearly")

    def timing(self, column: str) -> Array:
        """Return months of phasing, 0 where off."""
        default = 0.0 if column == "delay" else 1.0
        return self.on * self.case.numbers("actions", column, default)

    @cached_property
    def announced_on(self) -> Array:
        """Month of the announcement; blank is the start."""
        announced, start = self.month("announced_on"), self.month("start")
        return np.where(announced == NO_MONTH, start, announced)

    def phi(self, *, delayed: bool, warm_up: bool) -> Array:
        """Return the part in force by month, of the horizon or of the months before it that repeats begin with."""
        delay = self.timing("delay") * delayed
        start, end = self.month("start"), self.month("end")
        off = start == NO_MONTH
        some = {"start": np.where(off, 0.0, start), "end": np.where(end == NO_MONTH, np.nan, end)}
        shift, months = (WARM_UP, WARM_UP) if warm_up else (0, len(self.case.horizon))
        found = phase(
            months, (some["start"] + shift)[None], (some["end"] + shift)[None], delay[None],
            self.timing("phase_in")[None], self.timing("phase_out")[None], self.repeats > 0,
        )[0]  # fmt: skip
        return np.where(off | (warm_up & (self.repeats == 0)), 0.0, found)

    @cached_property
    def strength(self) -> Array:
        """``implementation · phi``."""
        return self.phi(delayed=True, warm_up=False) * self.carried_out

    @cached_property
    def implemented(self) -> Array:
        """``M · implementation · phi``, kt/y."""
        return self.strength * self.size

    @cached_property
    def due(self) -> Array:
        """``M · phi0``, kt/y."""
        return self.phi(delayed=False, warm_up=False) * self.size

    @cached_property
    def landed(self) -> Array:
        """The smaller of the two, kt/y."""
        return np.minimum(self.implemented, self.due)

    @cached_property
    def open(self) -> Array:
        """What a live order still promises, kt/y."""
        end = self.month("end")
        is_live = live(
            len(self.case.horizon), self.announced_on, np.where(end == NO_MONTH, np.nan, end), self.repeats > 0
        )
        return np.asarray(np.maximum(0.0, self.size - self.implemented) * is_live)

    # Credit

    def credits(self, slot: int) -> Array:
        """Return which actions are credited to the share cut of a slot, counted from 1."""
        places = np.flatnonzero(self.slot == slot)
        if not len(places):
            return np.zeros_like(self.on)
        names = [action.action for action in self.case.resolved.actions]
        searched = list_text(self.case.texts("actions", "credit")[int(places[0])])
        names += [""] * (len(self.on) - len(names))
        return np.asarray(self.on * np.array([float(name_key(name) in searched) for name in names]))

    def is_halt(self) -> Array:
        """Return which keep capacity from being commissioned."""
        return self.is_kind(HALT)

    def is_restart(self) -> Array:
        """Return which bring capacity back."""
        return self.is_kind(RESTART)


def _ratio(numerator: Array, denominator: Array) -> Array:
    shape = np.broadcast_shapes(numerator.shape, denominator.shape)
    return np.divide(numerator, denominator, out=np.zeros(shape), where=denominator != 0.0)
