"""What it would take: the value of a cell that brings a measure to a target (section 11 of the model page)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from aluplanner.analysis.answer_table import AnswerTable
from aluplanner.analysis.cell_range import natural_range
from aluplanner.analysis.cell_values import plan_with_cells, require_corners
from aluplanner.analysis.goal_seek_search import Landing, Search, Solution
from aluplanner.analysis.goal_seek_words import goal_seek_json, goal_seek_tables, verdict_of
from aluplanner.analysis.named_cells import numeric_cell
from aluplanner.analysis.objective import DRAWS, Objective, parse_objective
from aluplanner.analysis.question_error import QuestionError
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.model.plan import Address, Plan
from aluplanner.model.progress import Cancelled, Progress, part_of_work, watched

__all__ = ["GoalSeek", "Landing", "Solution", "goal_seek"]

POINTS: Final = 41
"""Points of the scan of a plain measure."""
DRAWN_POINTS: Final = 21
"""Points of the scan of a statistic, each of which takes all the draws."""

_SCAN_SHARE: Final = 0.6
_CLOSE: Final = 1e-9


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
        What counts in the cells, ``None`` if they differ or a blank means nothing, and what the objective comes to as
        the plan stands.
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
        The bounds, in the cells' unit; by default those that the column states, see
        :func:`aluplanner.analysis.cell_range.natural_range`.
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
        If the plan has errors, the cells cannot be varied together, the bounds are not in order, or the target is
        nothing that the objective could come to.
    MeasureError
        If the objective cannot be read.
    SolveCancelled
        When ``cancelled`` said so.
    """
    with watched(cancelled, progress):
        aimed = parse_objective(objective, plan) if isinstance(objective, str) else objective
        _require_target(aimed, target)
        given = [vary] if isinstance(vary, str | Address) else list(vary)
        addresses = tuple(dict.fromkeys(numeric_cell(plan, cell) for cell in given))
        seen = plan_with_cells(plan, scenario, dict.fromkeys(addresses))
        low, high = between or natural_range(seen, addresses[0], is_widest=True)
        if not low < high:
            raise QuestionError("bounds", tr("The bounds are not in order."), tr("Give the lower one first."))
        for end in (low, high):
            require_corners(seen, dict.fromkeys(addresses, np.array([end])))
        count = points or (DRAWN_POINTS if aimed.is_statistic else POINTS)
        search = Search(plan, scenario, addresses, aimed, target, draws, seed)
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


def _require_target(aimed: Objective, target: float) -> None:
    """Raise if the objective could never come to the target, whatever the plan."""
    if not math.isfinite(target):
        raise QuestionError("target", tr("The target is not a number."), tr("Give it in the measure's unit."))
    if aimed.is_probability and not 0.0 <= target <= 1.0:
        message = tr("A probability lies between 0 and 1 and never comes to {target}.", target=f"{target:g}")
        raise QuestionError("target", message, tr("Write 80 % as 0.8."))
