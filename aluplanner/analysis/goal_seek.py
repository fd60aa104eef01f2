"""What it would take: the value of a cell that brings a measure to a target (section 11 of the model page)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from aluplanner.analysis.answer_table import AnswerTable
from aluplanner.analysis.cell_values import plan_with_cells, require_corners
from aluplanner.analysis.goal_seek_words import goal_seek_json, goal_seek_tables, verdict_of
from aluplanner.analysis.objective import DRAWS, Objective, evaluate, parse_objective
from aluplanner.analysis.question_error import QuestionError
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.model.plan import Address, Plan
from aluplanner.model.progress import Cancelled, Progress, part_of_work, watched

POINTS: Final = 41
"""Points of the scan of a plain measure."""
DRAWN_POINTS: Final = 21
"""Points of the scan of a statistic, each of which takes all the draws."""

_SCAN_SHARE: Final = 0.6
_CLOSE: Final = 1e-9
_LONGEST_SEARCH: Final = 60


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
class GoalSeek:
    """The answer of a goal seek.

    Attributes
    ----------
    plan, scenario
        What was asked about.
    addresses
        The cells that were varied together, all to one value.
    objective, target
        What is to reach what, in the objective's unit.
    low, high
        The bounds.
    curve_values, curve
        The scan: values of the cells, rising, and the objective at each, shape ``(points,)``; NaN where it is blank.
    solutions
        By rising value; none, one or several.
    nearest
        The value that comes nearest where none reaches the target; ``None`` if there are solutions or no figures.
    now_value, now
        What the cells hold, ``None`` if they differ or are blank, and what the objective comes to as the plan stands.
    draws, seed
        Of a statistic; 0 draws for a plain measure.
    """

    plan: Plan
    scenario: str | None
    addresses: tuple[Address, ...]
    objective: Objective
    target: float
    low: float
    high: float
    curve_values: Array
    curve: Array
    solutions: tuple[Solution, ...]
    nearest: Solution | None
    now_value: float | None
    now: float
    draws: int
    seed: int

    @property
    def is_monotone(self) -> bool:
        """Whether the scan only rises or only falls."""
        steps = np.diff(self.curve[np.isfinite(self.curve)])
        return bool((steps >= -_CLOSE).all() or (steps <= _CLOSE).all())

    @property
    def is_flat(self) -> bool:
        """Whether the cells make no difference at all."""
        stated = self.curve[np.isfinite(self.curve)]
        return bool(len(stated)) and float(np.ptp(stated)) <= _CLOSE * max(1.0, float(np.abs(stated).max()))

    @property
    def verdict(self) -> str:
        """The answer in one sentence."""
        return verdict_of(self)

    def tables(self) -> tuple[AnswerTable, ...]:
        """Return the solutions and the curve as tables."""
        return goal_seek_tables(self)

    def as_json(self) -> dict[str, object]:
        """Return the answer in full precision."""
        return goal_seek_json(self)

    def values_of(self, solution: Solution) -> dict[Address, float]:
        """Return the cells with the value of a solution, as a scenario would state them."""
        return dict.fromkeys(self.addresses, solution.value)


def goal_seek(
    plan: Plan,
    vary: Address | str | Sequence[Address | str],
    objective: str | Objective,
    target: float,
    *,
    between: tuple[float, float] | None = None,
    scenario: str | None = None,
    points: int | None = None,
    draws: int = DRAWS,
    seed: int = 1,
    cancelled: Cancelled = None,
    progress: Progress = None,
) -> GoalSeek:
    """Return the values of a cell that bring a measure to a target.

    The bounds are scanned first, since a measure may be flat or turn round; then each crossing is found by Brent's
    method (Brent 1973), and each point where the measure comes near and turns round by a bounded minimisation.

    Parameters
    ----------
    plan
        The plan.
    vary
        The cell, or several that take the same value together.
    objective
        A measure, or a statistic such as ``P(stock 2017-12 end < 1000)``.
    target
        In the objective's unit; a probability between 0 and 1.
    between
        The bounds, in the cells' unit; by default those that the column states, see :func:`natural_bounds`.
    scenario
        The scenario whose cells are varied.
    points
        Points of the scan, 41 by default and 21 for a statistic.
    draws, seed
        For a statistic.
    cancelled, progress
        See :func:`aluplanner.model.progress.watched`.

    Raises
    ------
    PlanError
        If the plan has errors, the cells cannot be varied together, or the bounds are not in order.
    MeasureError
        If the objective cannot be read.
    SolveCancelled
        When ``cancelled`` said so.
    """
    with watched(cancelled, progress):
        aimed = parse_objective(objective, plan) if isinstance(objective, str) else objective
        given = [vary] if isinstance(vary, str | Address) else list(vary)
        addresses = _spelled(plan, given)
        low, high = between or natural_bounds(plan, addresses)
        if not low < high:
            raise QuestionError("bounds", tr("The bounds are not in order."), tr("Give the lower one first."))
        _require_ends(plan, scenario, addresses, low, high)
        count = points or (DRAWN_POINTS if aimed.is_statistic else POINTS)
        search = _Search(plan, scenario, addresses, aimed, target, draws, seed)
        values = np.linspace(low, high, count)
        with part_of_work(0.0, _SCAN_SHARE):
            curve = search.objective_at(values)
        with part_of_work(_SCAN_SHARE, _SCAN_SHARE):  # nobody knows how many steps the search takes
            found = tuple(search.solutions(values, curve))
            now_value, now = search.as_it_stands()
        nearest = None if found else search.nearest(values, curve)
        return GoalSeek(
            plan, scenario, addresses, aimed, target, low, high, values, curve, found, nearest, now_value, now,
            draws if aimed.is_statistic else 0, seed,
        )  # fmt: skip


def natural_bounds(plan: Plan, addresses: Sequence[Address]) -> tuple[float, float]:
    """Return the bounds between which cells are looked at unless others are given.

    Those of the Uncertainty table if the first cell is in it; else those its column states; else half to one and a half
    times what the cell holds.
    """
    from aluplanner.analysis.sampling import uncertain_cells

    first = addresses[0]
    column = plan.cell_column(first.table, first.row, first.column)
    if column is not None and column.minimum is not None and column.maximum is not None:
        return column.minimum, column.maximum
    uncertain = uncertain_cells(plan).get(first)
    if uncertain is not None and uncertain.low is not None and uncertain.high is not None:
        return float(uncertain.low), float(uncertain.high)
    value = plan.value(first)
    middle = float(value) if isinstance(value, float | int) else 0.0
    low, high = sorted((0.5 * middle, 1.5 * middle)) if middle else (0.0, 1.0)
    return (low if column is None or column.minimum is None else max(low, column.minimum)), high


def _require_ends(plan: Plan, scenario: str | None, addresses: Sequence[Address], low: float, high: float) -> None:
    """Raise if the plan could not hold the bounds."""
    seen = plan_with_cells(plan, scenario, dict.fromkeys(addresses))
    for end in (low, high):
        require_corners(seen, dict.fromkeys(addresses, np.array([end])))


def _spelled(plan: Plan, given: Sequence[Address | str]) -> tuple[Address, ...]:
    found = {text: plan.spelled(text) for text in given}
    missing = [str(text) for text, address in found.items() if address is None]
    if missing:
        message = tr("The plan has no cell “{cells}”.", cells="”, “".join(missing))
        raise QuestionError("address", message, tr("Write table/row/column, as in: assumptions/load_factor/value."))
    return tuple(dict.fromkeys(address for address in found.values() if address is not None))


@dataclass(frozen=True, eq=False)
class _Search:
    """One goal seek under way."""

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
        """Return what the cells hold, if they agree, and what the objective comes to."""
        from aluplanner.model.layers import resolve

        resolved = resolve(self.plan, self.scenario)
        held = {resolved.value(address) for address in self.addresses}
        value = held.pop() if len(held) == 1 else None
        number = float(value) if isinstance(value, float | int) else None
        return number, float(self._evaluated({})[0])

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
        on_target = np.abs(gaps) <= _CLOSE * max(1.0, abs(self.target))
        for place, gap in enumerate(gaps):
            before = gaps[place - 1] if place else np.nan
            if on_target[place]:
                yield from self._on_target(values, curve, on_target, place)
            elif place and not on_target[place - 1] and before * gap < 0.0:
                yield self._crossing(float(values[place - 1]), float(values[place]))
            elif 0 < place < len(gaps) - 1 and _turns(gaps, place):
                yield from self._touching(float(values[place - 1]), float(values[place + 1]), float(np.sign(gap)))

    def _on_target(self, values: Array, curve: Array, on_target: NDArray[np.bool_], place: int) -> Iterator[Solution]:
        """Yield a point of the scan that is on its target, or both ends of a stretch of them."""
        before = place > 0 and bool(on_target[place - 1])
        after = place + 1 < len(values) and bool(on_target[place + 1])
        if not (before and after):
            landing = Landing.FLAT if before or after else Landing.EXACT
            yield Solution(float(values[place]), float(curve[place]), landing)

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
    """Return whether the curve comes nearest to its target at a point of the scan, from one side."""
    before, here, after = np.abs(gaps[place - 1 : place + 2])
    same_side = np.sign(gaps[place - 1]) == np.sign(gaps[place]) == np.sign(gaps[place + 1])
    return bool(same_side and here <= before and here <= after and (here < before or here < after))
