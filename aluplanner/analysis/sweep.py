"""A measure over a grid of two cells, or along one (section 11 of the model page)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from aluplanner.analysis.answer_table import AnswerTable
from aluplanner.analysis.cell_values import own_value, plan_with_cells, require_corners
from aluplanner.analysis.contour import contour_lines, crossings
from aluplanner.analysis.distributions import rounded
from aluplanner.analysis.named_cells import numeric_cell
from aluplanner.analysis.objective import DRAWS, Objective, evaluate, parse_objective
from aluplanner.analysis.question_error import QuestionError
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.model.plan import Address, Plan
from aluplanner.model.progress import Cancelled, Progress, watched
from aluplanner.model.scenarios import BASE
from aluplanner.model.solver import Draws
from aluplanner.model.validation import require_solvable

__all__ = ["MOST_POINTS", "POINTS", "Axis", "Place", "Sweep", "even_values", "sweep"]

POINTS: Final = 41
"""Points along each cell, unless others are asked for."""
MOST_POINTS: Final = 250_000
"""More points make no better picture, and no table that anyone reads."""


@dataclass(frozen=True, eq=False)
class Axis:
    """One cell that is swept.

    Attributes
    ----------
    address
        The cell.
    values
        What it is set to, in its unit, rising, shape ``(points,)``.
    own
        What it holds in the scenario; ``None`` is blank.
    """

    address: Address
    values: Array
    own: float | None


@dataclass(frozen=True, slots=True)
class Place:
    """One point of the grid: what the cells are set to, in the order of the axes, and what that comes to."""

    cells: tuple[float, ...]
    reached: float


@dataclass(frozen=True, eq=False)
class Sweep:
    """An objective over a grid.

    Attributes
    ----------
    plan
        The plan as the scenario sees it.
    scenario
        The scenario.
    objective
        A measure, or a statistic of it over draws.
    axes
        The cell that varies from left to right, and the one that varies from bottom to top if there are two.
    values
        The objective, shape ``(points of the second axis, points of the first)``, or ``(points,)`` with one axis; NaN
        where it is blank.
    own
        The objective with the cells as they are in the scenario.
    level
        What the contour is drawn at, in the objective's unit; ``None`` for no contour.
    draws, seed
        Behind a statistic; 0 draws for a plain measure.
    """

    plan: Plan = field(repr=False)
    scenario: str
    objective: Objective
    axes: tuple[Axis, ...]
    values: Array
    own: float
    level: float | None = None
    draws: int = 0
    seed: int = 1

    @property
    def grid(self) -> Array:
        """The values as rows and columns, also with one axis."""
        return np.atleast_2d(self.values)

    def lines(self, level: float) -> tuple[Array, ...]:
        """Return the lines at a level in the cells' own units, each of shape ``(points, 2)``; none with one axis."""
        if len(self.axes) == 1:
            return ()
        across, up = (axis.values for axis in self.axes)
        return tuple(
            np.column_stack(
                [np.interp(line[:, 0], np.arange(len(across)), across), np.interp(line[:, 1], np.arange(len(up)), up)]
            )
            for line in contour_lines(self.values, level)
        )

    def crossings(self, level: float, axis: int = 0) -> tuple[Array, ...]:
        """Return where one cell brings the objective to a level, for each value of the other one.

        Parameters
        ----------
        level
            The level, in the objective's unit.
        axis
            Which of :attr:`axes` brings it there.

        Returns
        -------
        tuple of Array
            Values of that cell in its unit, rising; one array for each value of the other cell.
        """
        values = self.axes[axis].values
        rows = self.grid if axis == 0 else self.grid.T
        return tuple(np.interp(crossings(row, level), np.arange(len(values)), values) for row in rows)

    @property
    def is_met(self) -> bool:
        """Whether the contour runs through the grid."""
        if self.level is None or not np.isfinite(self.values).any():
            return False
        return bool(np.nanmin(self.values) <= self.level <= np.nanmax(self.values))

    def place(self, row: int, column: int) -> Place:
        """Return a point of the grid; ``row`` is 0 with one axis."""
        cells = [float(self.axes[0].values[column])]
        if len(self.axes) > 1:
            cells.append(float(self.axes[1].values[row]))
        return Place(tuple(cells), float(self.grid[row, column]))

    def nearest(self, level: float) -> Place | None:
        """Return the point of the grid that comes nearest to a level; ``None`` where all are blank."""
        gaps = np.abs(self.grid - level)
        if not np.isfinite(gaps).any():
            return None
        row, column = np.unravel_index(int(np.nanargmin(gaps)), gaps.shape)
        return self.place(int(row), int(column))

    def tables(self) -> tuple[AnswerTable, ...]:
        """Return the grid, and what the first cell has to be for the level, as tables."""
        from aluplanner.analysis.sweep_words import sweep_tables

        return sweep_tables(self)

    def as_json(self) -> dict[str, object]:
        """Return everything in full precision."""
        from aluplanner.analysis.sweep_words import sweep_json

        return sweep_json(self)


def even_values(low: float, high: float, points: int = POINTS) -> Array:
    """Return values at even steps between two bounds, both included, shape ``(points,)``."""
    return rounded(np.linspace(low, high, points))


def sweep(
    plan: Plan,
    vary: Draws,
    objective: str | Objective,
    *,
    scenario: str | None = None,
    contour: float | None = None,
    draws: int = DRAWS,
    seed: int = 1,
    cancelled: Cancelled = None,
    progress: Progress = None,
) -> Sweep:
    """Return a measure, or a statistic of it, for every combination of values of two cells, or for values of one.

    Parameters
    ----------
    plan
        The plan.
    vary
        Values by cell, in its unit: see :func:`even_values`. The first cell runs from left to right.
    objective
        A measure (section 11 of the model page), or ``mean(…)``, ``p80(…)``, ``P(… < 1000)`` over draws of the
        uncertain cells; the swept ones are not drawn.
    scenario
        The scenario whose cells are replaced; ``None`` for the base.
    contour
        The level of the contour, in the objective's unit; by default 0 for a balance.
    draws, seed
        For a statistic.
    cancelled, progress
        Whether nobody wants the answer any more, and who is told how far it has come.

    Raises
    ------
    PlanError
        If the plan has errors, a cell is not there or cannot hold these values, or there are not one or two cells.
    MeasureError
        If the objective cannot be read.
    SolveCancelled
        When ``cancelled`` said so.
    """
    with watched(cancelled, progress):
        require_solvable(plan, scenario)
        resolved, axes = _axes(plan, scenario, vary)
        require_corners(resolved, {axis.address: axis.values for axis in axes})
        asked = parse_objective(objective, resolved) if isinstance(objective, str) else objective
        shape = tuple(len(axis.values) for axis in reversed(axes))
        points = evaluate(plan, _points(axes), [asked], scenario=scenario, draws=draws, seed=seed)[0]
        named = plan.scenarios.find(scenario or "")
        level = 0.0 if contour is None and _is_about_zero(asked) else contour
        return Sweep(
            resolved, named.scenario if named else BASE, asked, axes, points[:-1].reshape(shape), float(points[-1]),
            level, draws if asked.is_statistic else 0, seed,
        )  # fmt: skip


def _is_about_zero(objective: Objective) -> bool:
    return objective.measure.series == "balance" and not objective.is_probability


def _axes(plan: Plan, scenario: str | None, vary: Draws) -> tuple[Plan, tuple[Axis, ...]]:
    """Return the plan as its scenario sees it, and the cells to sweep as it spells them."""
    given = [(numeric_cell(plan, cell), np.asarray(values)) for cell, values in vary.items()]
    resolved = plan_with_cells(plan, scenario, dict(given))
    axes = tuple(_axis(resolved, address, values) for address, values in given)
    if len({axis.address for axis in axes}) != len(axes) or not 1 <= len(axes) <= 2:
        raise QuestionError("cells", tr("A sweep varies one cell or two different ones."), tr("Name them each once."))
    if np.prod([len(axis.values) for axis in axes]) > MOST_POINTS:
        message = tr("The grid has more than {count} points.", count=f"{MOST_POINTS:,}")
        raise QuestionError("points", message, tr("Ask for fewer points: {count} a cell are many.", count=POINTS))
    return resolved, axes


def _axis(plan: Plan, address: Address, values: ArrayLike) -> Axis:
    known = np.atleast_1d(np.asarray(values, dtype=np.float64))
    if not known.size or not np.isfinite(known).all():
        raise QuestionError("values", tr("The values of {address} are not all numbers.", address=str(address)),
                     tr("Give a low and a high value."))  # fmt: skip
    return Axis(address, np.unique(known), own_value(plan, address))


def _points(axes: tuple[Axis, ...]) -> Mapping[Address, Array]:
    """Return the values of each cell at every point, row by row, and behind them those of the plan as it stands."""
    grid = np.meshgrid(*(axis.values for axis in axes))
    return {
        axis.address: np.append(values.ravel(), np.nan if axis.own is None else axis.own)
        for axis, values in zip(axes, grid, strict=True)
    }
