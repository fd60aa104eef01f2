"""Fitting cells to what really happened: least squares over months, within bounds (section 11 of the model page)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from aluplanner.analysis.answer_table import AnswerTable
from aluplanner.analysis.calibration_words import calibration_json, calibration_tables
from aluplanner.model.inputs import Array
from aluplanner.model.plan import Address, Plan
from aluplanner.model.progress import Cancelled, Progress, watched

ACTUALS: Final[Mapping[str, str]] = {
    "production": "actual_production", "stock": "actual_stock", "price": "actual_price",
}  # fmt: skip
"""Series that actuals are known of, and their columns of Monthly."""

SLACK: Final = 1e-6
"""What comes this near to a bound, as a part of the way between both, is put at it."""

Cells: TypeAlias = Mapping[Address, tuple[float, float]] | Mapping[str, tuple[float, float]]
"""Cells to fit, each with its bounds in its own unit."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """One cell that is fitted.

    Attributes
    ----------
    address
        The cell.
    low, high
        Its bounds, in its unit.
    before
        What counted in it: of a blank what a blank there means, ``None`` where that is nothing.
    value
        What fits best.
    error
        Standard error of that, from the residuals; NaN where the actuals do not say, or the cell lies at a bound.
    """

    address: Address
    low: float
    high: float
    before: float | None
    value: float
    error: float

    @property
    def is_at_bound(self) -> bool:
        """Whether it would go further if it were allowed to."""
        return self.value in (self.low, self.high)


@dataclass(frozen=True, eq=False)
class Residuals:
    """What is left of one series, month by month, shape ``(months known,)`` each.

    Attributes
    ----------
    series
        Its name.
    months
        Which months, as ``2017-06``.
    actual, before, after
        What happened, and what the model says with the cells as they were and as fitted, in the series' unit.
    scale
        By how much residuals are divided so that series count alike: the mean of the actuals.
    """

    series: str
    months: tuple[str, ...]
    actual: Array
    before: Array
    after: Array
    scale: float


@dataclass(frozen=True, eq=False)
class Calibration:
    """The answer of a calibration; the plan stays as it is.

    Attributes
    ----------
    plan, scenario
        What was fitted.
    fitted
        The cells.
    residuals
        By series.
    misfit_before, misfit
        Root mean square of the relative residuals, as fractions.
    is_underdetermined
        Whether the actuals do not tell the cells apart: other values fit as well.
    """

    plan: Plan
    scenario: str | None
    fitted: tuple[Fitted, ...]
    residuals: tuple[Residuals, ...]
    misfit_before: float
    misfit: float
    is_underdetermined: bool

    @property
    def values(self) -> dict[Address, float]:
        """The fitted cells, as a scenario would state them."""
        return {each.address: each.value for each in self.fitted}

    def tables(self) -> tuple[AnswerTable, ...]:
        """Return the cells and the residuals as tables."""
        return calibration_tables(self)

    def as_json(self) -> dict[str, object]:
        """Return the answer in full precision."""
        return calibration_json(self)


def calibrate(
    plan: Plan,
    cells: Cells,
    *,
    series: Sequence[str] = tuple(ACTUALS),
    scenario: str | None = None,
    until: str | None = None,
    cancelled: Cancelled = None,
    progress: Progress = None,
) -> Calibration:
    """Return the values of some cells with which the model comes nearest to the actuals.

    Residuals are relative to the mean of the actuals of their series, so that tonnes and prices count alike; the sum of
    their squares is made least by the trust-region method of Branch, Coleman and Li (1999), from the cells as they are
    and from the middle of their bounds. Where a known actual takes the model's place there is nothing to fit, so the
    model stands in every month: ``known_until`` is left out of account.

    Parameters
    ----------
    plan
        The plan; it is not changed.
    cells
        The cells and their bounds, each in its own unit.
    series
        Which actuals to fit: ``production``, ``stock``, ``price``.
    scenario
        The scenario whose cells are fitted.
    until
        Last month whose actuals count, as ``2017-06``; all by default.
    cancelled, progress
        See :func:`aluplanner.model.progress.watched`.

    Raises
    ------
    PlanError
        If the plan has errors, a cell is no numeric one, bounds are out of order, ``series`` or ``until`` cannot be
        read, or there are no actuals.
    SolveCancelled
        When ``cancelled`` said so.
    """
    with watched(cancelled, progress):
        from aluplanner.analysis.calibration_fit import Fit

        return Fit(plan, cells, series, scenario, until).run()
