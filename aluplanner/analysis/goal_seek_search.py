"""How a goal seek looks for the values that bring a measure to its target."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from aluplanner.analysis.cell_values import own_value, plan_with_cells
from aluplanner.analysis.objective import Objective, evaluate
from aluplanner.model.inputs import Array
from aluplanner.model.plan import Address, Plan

_CLOSE: Final = 1e-9
_LONGEST_SEARCH: Final = 60
_HALVINGS: Final = 30
"""So often the step of the scan at the edge of a stretch on the target is halved: to a billionth of it."""


class Landing(StrEnum):
    """How the measure meets its target at a solution.

    ``EXACT`` reaches it; ``FLAT`` stays on it over a stretch, of which this is one end; ``JUMP`` leaps over it.
    """

    EXACT = "exact"
    FLAT = "flat"
    JUMP = "jump"


@dataclass(frozen=True, slots=True)
class Solution:
    """A value that brings the measure to its target.

    Attributes
    ----------
    value
        Of the cells varied, in their unit.
    reached
        What the measure comes to there.
    landing
        How it meets the target.
    """

    value: float
    reached: float
    landing: Landing = Landing.EXACT


@dataclass(frozen=True, eq=False)
class Search:
    """One goal seek under way.

    Attributes as of :class:`aluplanner.analysis.goal_seek.GoalSeek`.
    """

    plan: Plan
    scenario: str | None
    addresses: tuple[Address, ...]
    objective: Objective
    target: float
    draws: int
    seed: int

    def objective_at(self, values: Array) -> Array:
        """Return the objective at some values of the cells, shape ``(points,)``."""
        return self._evaluated(dict.fromkeys(self.addresses, values))

    def as_it_stands(self) -> tuple[float | None, float]:
        """Return what counts in the cells, if they agree, and what the objective comes to."""
        seen = plan_with_cells(self.plan, self.scenario, dict.fromkeys(self.addresses))
        held = {own_value(seen, address) for address in self.addresses}
        value = held.pop() if len(held) == 1 else None
        return value, float(self._evaluated({})[0])

    def _evaluated(self, vary: Mapping[Address, Array]) -> Array:
        found: Array = evaluate(
            self.plan, vary, [self.objective], scenario=self.scenario, draws=self.draws, seed=self.seed
        )[0]
        return found

    def _gap(self, value: float) -> float:
        return float(self.objective_at(np.array([value]))[0]) - self.target

    @property
    def _tolerance(self) -> float:
        """How near to the target counts as there: a probability moves in steps of one draw."""
        return 1.0 / self.draws if self.objective.is_probability else 1e-6 * max(1.0, abs(self.target))

    def solutions(self, values: Array, curve: Array) -> Iterator[Solution]:
        """Yield where the curve meets its target, by rising value."""
        gaps = curve - self.target
        on_target = self._is_on_target(gaps)
        for place, gap in enumerate(gaps):
            before = gaps[place - 1] if place else np.nan
            if on_target[place]:
                yield from self._on_target(values, curve, on_target, place)
            elif place and not on_target[place - 1] and before * gap < 0.0:
                yield self._crossing(float(values[place - 1]), float(values[place]))
            elif _turns(gaps, place) and not _turns(gaps, place - 1):  # of two equally near the first sees between them
                yield from self._touching(float(values[place - 1]), float(values[place + 1]), float(np.sign(gap)))

    def _on_target(self, values: Array, curve: Array, on_target: NDArray[np.bool_], place: int) -> Iterator[Solution]:
        """Yield a point of the scan that is on its target, or both ends of a stretch of them."""
        before = place > 0 and bool(on_target[place - 1])
        after = place + 1 < len(values) and bool(on_target[place + 1])
        here = float(values[place])
        if not before and not after:
            yield Solution(here, float(curve[place]))
        elif before != after:
            beyond = place + 1 if before else place - 1
            is_inside = 0 <= beyond < len(values)
            end = self._end_of_stretch(here, float(values[beyond])) if is_inside else here
            yield Solution(end, float(curve[place]), Landing.FLAT)

    def _end_of_stretch(self, on: float, off: float) -> float:
        """Return how far a stretch on the target goes from a point on it towards one that is off it."""
        for _ in range(_HALVINGS):
            middle = 0.5 * (on + off)
            if self._is_on_target(np.array([self._gap(middle)]))[0]:
                on = middle
            else:
                off = middle
        return on

    def _is_on_target(self, gaps: Array) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = np.abs(gaps) <= _CLOSE * max(1.0, abs(self.target))
        return found

    def _crossing(self, low: float, high: float) -> Solution:
        from scipy.optimize import brentq  # takes its time, and is needed for this only

        value = float(
            brentq(
                self._gap, low, high, xtol=1e-12 * max(1.0, abs(high)), rtol=1e-12, maxiter=_LONGEST_SEARCH, disp=False
            )
        )
        reached = self.target + self._gap(value)
        landing = Landing.EXACT if abs(reached - self.target) <= self._tolerance else Landing.JUMP
        return Solution(value, reached, landing)

    def _touching(self, low: float, high: float, sign: float) -> Iterator[Solution]:
        """Yield where the curve comes to its target between two points of the scan and turns round."""
        from scipy.optimize import minimize_scalar

        def away(value: float) -> float:
            return sign * self._gap(value)

        turn = minimize_scalar(away, bounds=(low, high), method="bounded", options={"maxiter": _LONGEST_SEARCH})
        value, left = float(turn.x), float(turn.fun)
        if left < -self._tolerance:
            yield self._crossing(low, value)
            yield self._crossing(value, high)
        elif left <= self._tolerance:
            yield Solution(value, self.target + sign * left)

    def nearest(self, values: Array, curve: Array) -> Solution | None:
        """Return the point of the scan that comes nearest to the target; ``None`` if it has no figures."""
        away = np.abs(curve - self.target)
        if not np.isfinite(away).any():
            return None
        place = int(np.nanargmin(away))
        return Solution(float(values[place]), float(curve[place]))


def _turns(gaps: Array, place: int) -> bool:
    """Return whether the curve comes nearest to its target at a point inside the scan, from one side."""
    if not 0 < place < len(gaps) - 1:
        return False
    before, here, after = np.abs(gaps[place - 1 : place + 2])
    same_side = np.sign(gaps[place - 1]) == np.sign(gaps[place]) == np.sign(gaps[place + 1])
    return bool(same_side and here <= before and here <= after and (here < before or here < after))
