"""What a run takes from the plan's names and choices; no number in it varies by draw (section 2 of the model page)."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from aluplanner.model.actions import CLOSE, COMMISSION, CURTAIL, HALT, RESTART, RESTRICTING, Action
from aluplanner.model.calendar import Horizon, Month
from aluplanner.model.cancelling import stop_if_cancelled
from aluplanner.model.inputs import Array, Inputs
from aluplanner.model.issues import PlanError
from aluplanner.model.makers import makers_of
from aluplanner.model.plan import Plan
from aluplanner.model.plants import ALUMINIUM, Plant
from aluplanner.model.rows import Rows, as_number
from aluplanner.model.schema import fold
from aluplanner.model.table_rules import check_horizon, reached_plants

Indices = NDArray[np.intp]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Frame:
    """The actions that take part, whom they reach, and how plants are grouped.

    Attributes
    ----------
    plants, stated
        The Plants and Actions tables. The plan itself is not held: it keeps its frame, and a circle would keep both.
    horizon
        Its months.
    rows
        Index in the Actions table of each action that takes part: those enabled, and those whose
        switch varies.
    reach
        Which plants each action reaches by target and product, shape ``(actions, plants)``.
    """

    plants: Rows[Plant]
    stated: Rows[Action]
    horizon: Horizon
    rows: tuple[int, ...]
    reach: Mask

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """The actions that take part."""
        return tuple(self.stated[row] for row in self.rows)

    @cached_property
    def index(self) -> Indices:
        """:attr:`rows` as an index array."""
        return np.array(self.rows, dtype=np.intp)

    def of_kind(self, kind: str) -> Indices:
        """Return the actions of a kind, as indices among those that take part."""
        return self._by_kind[kind]

    @cached_property
    def _by_kind(self) -> dict[str, Indices]:
        kinds = np.array([action.kind for action in self.actions], dtype=object)
        return {kind: np.flatnonzero(kinds == kind) for kind in (HALT, CLOSE, CURTAIL, RESTART, COMMISSION)}

    @cached_property
    def tonnage_cuts(self) -> Indices:
        """Curtailments sized in kt/y or pots."""
        return np.array([i for i in self.of_kind(CURTAIL) if not self.actions[i].is_share_cut], dtype=np.intp)

    @cached_property
    def share_cuts(self) -> Indices:
        """Curtailments sized by share."""
        return np.array([i for i in self.of_kind(CURTAIL) if self.actions[i].is_share_cut], dtype=np.intp)

    @cached_property
    def credited(self) -> dict[int, Indices]:
        """For each share cut that takes credit, the actions credited, as indices among those that take part."""
        places = {fold(action.action): i for i, action in enumerate(self.actions)}
        found: dict[int, Indices] = {}
        for cut in self.share_cuts:
            names = dict.fromkeys(fold(name) for name in self.actions[cut].credits)
            known = [places[name] for name in names if name in places]
            if known:
                found[int(cut)] = np.array(known, dtype=np.intp)
        return found

    @cached_property
    def watched(self) -> Mask:
        """Restricting aluminium orders, whose landing the market watches, shape ``(actions,)``."""
        return np.array(
            [
                action.kind in RESTRICTING and action.policy is not False and (action.product or ALUMINIUM) == ALUMINIUM
                for action in self.actions
            ],
            dtype=bool,
        )

    @cached_property
    def repeats(self) -> Mask:
        """Which actions come back every year, shape ``(actions,)``."""
        return np.array([bool(action.repeats_yearly) for action in self.actions], dtype=bool)

    @cached_property
    def smelters(self) -> Mask:
        """Which plants make aluminium, shape ``(plants,)``."""
        return makers_of(self.plants, ALUMINIUM)

    @cached_property
    def has_refineries(self) -> bool:
        """Whether alumina is modelled."""
        return not bool(self.smelters.all())

    @cached_property
    def owners(self) -> Indices:
        """Number of each plant's owner group, shape ``(plants,)``; a plant without a group is its own."""
        return self.plants.kept("owners", lambda: _owners(self.plants), ("group",))

    def month_index(self, name: str) -> Array:
        """Return a month column of the actions as indices ``t``, shape ``(1, actions)``; NaN where blank."""
        return self.stated.numbers(name)[None, self.index] - self.horizon.first.ordinal

    @cached_property
    def days(self) -> Array:
        """Days of each month, shape ``(months,)``."""
        return _days(self.horizon.first, len(self.horizon))

    @cached_property
    def year_fraction(self) -> Array:
        """Days of each month over the days of its year, shape ``(months,)``."""
        return _year_fraction(self.horizon.first, len(self.horizon))


@lru_cache(maxsize=64)
def _days(first: Month, months: int) -> Array:
    return np.array([(first + t).days for t in range(months)], dtype=np.float64)


@lru_cache(maxsize=64)
def _year_fraction(first: Month, months: int) -> Array:
    return np.array([(first + t).days / (first + t).days_in_year for t in range(months)])


def _owners(plants: Rows[Plant]) -> Indices:
    numbers: dict[str, int] = {}
    names = (fold(plant.group) if plant.group else f"\0{row}" for row, plant in enumerate(plants))
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.intp)


def frame_of(inputs: Inputs) -> Frame:
    """Return the frame of a run; kept with the plan for the next one."""
    plan = inputs.plan
    switched = inputs.varied_rows("actions", ["enabled"])
    return plan.kept(f"frame {sorted(switched)}", lambda: _build(plan, switched))


def _build(plan: Plan, switched: set[int]) -> Frame:
    if plan.horizon is None:
        raise PlanError(check_horizon(plan))
    rows = tuple(row for row, action in enumerate(plan.actions) if row in switched or as_number(action.enabled, 1.0))
    reach = np.zeros((len(rows), len(plan.plants)), dtype=bool)
    for place, row in enumerate(rows):
        stop_if_cancelled()
        reach[place, reached_plants(plan, plan.actions[row])] = True
    return Frame(plan.plants, plan.actions, plan.horizon, rows, reach)
