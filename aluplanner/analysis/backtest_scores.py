"""How far forecasts were off: errors, bias, and how often a fan held (section 11 of the model page)."""

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from aluplanner.model.inputs import Array

PERCENTILES: Final = (5, 25, 50, 75, 95)
"""The percentiles of a fan, in the order of its first axis."""

Mask = NDArray[np.bool_]


class Fan(Protocol):
    """What a Monte Carlo run says of the country's series."""

    def percentiles(self, series: str) -> Array:
        """Return the percentiles 5, 25, 50, 75 and 95 by month, shape ``(5, months)``."""
        ...


@dataclass(frozen=True, slots=True)
class Score:
    """How far a forecast was off over some months; an error is forecast less actual.

    Attributes
    ----------
    months
        How many months were scored; without any all figures are NaN.
    bias
        Mean error, in the series' unit: above 0 the forecast says too much.
    relative_bias
        The sum of the errors over the sum of the actuals, fraction.
    mape
        Mean of the absolute errors over the actuals, fraction; months whose actual is 0 are left out of it.
    mae, rmse
        Mean absolute error and root of the mean square error, in the series' unit.
    """

    months: int
    bias: float
    relative_bias: float
    mape: float
    mae: float
    rmse: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the scored months lay within the fan, both ends included.

    Attributes
    ----------
    months
        How many were scored.
    within_90, within_50
        How many of them lay between the 5th and 95th, and between the 25th and 75th percentile. A good fan holds 90 %
        and 50 % of them.
    """

    months: int
    within_90: int
    within_50: int


@dataclass(frozen=True, eq=False)
class SeriesScore:
    """One series against what really happened.

    Attributes
    ----------
    name, unit
        The series (``production``) and its unit.
    actual, model
        Month by month, shape ``(months,)``; an actual that is not known is NaN.
    naive, no_change
        The two forecasts that take no model, shape ``(months,)``.
    bands
        Percentiles 5, 25, 50, 75, 95 by month, shape ``(5, months)``; ``None`` without a fan.
    is_scored
        Which months count, shape ``(months,)``.
    left_out
        How many months with an actual do not count.
    """

    name: str
    unit: str
    actual: Array
    model: Array
    naive: Array
    no_change: Array
    bands: Array | None
    is_scored: Mask
    left_out: int

    @property
    def error(self) -> Array:
        """The model less the actual in the months that count, NaN in all others, shape ``(months,)``."""
        return self._error(self.model)

    @property
    def naive_error(self) -> Array:
        """The naive forecast less the actual, as :attr:`error`."""
        return self._error(self.naive)

    @property
    def no_change_error(self) -> Array:
        """The forecast without change less the actual, as :attr:`error`."""
        return self._error(self.no_change)

    def _error(self, forecast: Array) -> Array:
        return np.where(self.is_scored, forecast - self.actual, np.nan)

    @property
    def score(self) -> Score:
        """How far the model was off."""
        return score_of(self.error, self.actual)

    @property
    def naive_score(self) -> Score:
        """How far last year's months plus last growth were off, in the months of which they say anything."""
        return score_of(self.naive_error, self.actual)

    @property
    def no_change_score(self) -> Score:
        """How far the last known value was off."""
        return score_of(self.no_change_error, self.actual)

    @property
    def against_naive(self) -> float:
        """The model's mean absolute error over the naive one's, in the months of both; below 1 the model is better."""
        return _ratio(self.error, self.naive_error)

    @property
    def against_no_change(self) -> float:
        """The model's mean absolute error over that of no change, in the months of both."""
        return _ratio(self.error, self.no_change_error)

    @property
    def coverage(self) -> Coverage | None:
        """How many of the months that count lay within the fan; ``None`` without one."""
        if self.bands is None:
            return None
        low, lower, _, upper, high = self.bands
        actual, counts = self.actual, self.is_scored & np.isfinite(self.bands).all(axis=0)
        return Coverage(
            int(counts.sum()),
            int((counts & (low <= actual) & (actual <= high)).sum()),
            int((counts & (lower <= actual) & (actual <= upper)).sum()),
        )


def score_of(error: Array, actual: Array) -> Score:
    """Return the score of errors; months whose error is NaN do not count.

    Parameters
    ----------
    error
        Forecast less actual, shape ``(months,)``.
    actual
        What really happened, shape ``(months,)``.
    """
    counts = np.isfinite(error)
    errors, actuals = error[counts], actual[counts]
    if not len(errors):
        return Score(0, *[float("nan")] * 5)
    stated = actuals != 0
    total = float(actuals.sum())
    with np.errstate(over="ignore"):  # an actual of next to nothing: infinitely far off
        return Score(
            months=len(errors),
            bias=float(errors.mean()),
            relative_bias=float(errors.sum() / np.float64(total)) if total else float("nan"),
            mape=float(np.abs(errors[stated] / actuals[stated]).mean()) if stated.any() else float("nan"),
            mae=float(np.abs(errors).mean()),
            rmse=float(np.sqrt((errors**2).mean())),
        )


def _ratio(error: Array, other: Array) -> float:
    both = np.isfinite(error) & np.isfinite(other)
    theirs = float(np.abs(other[both]).sum())
    with np.errstate(over="ignore"):
        return float(np.abs(error[both]).sum() / np.float64(theirs)) if theirs else float("nan")
