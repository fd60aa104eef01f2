"""The distributions of uncertain cells (sections 1 and 11 of the model page)."""

from typing import Final

import numpy as np

from aluplanner.model.inputs import Array
from aluplanner.model.uncertainty import NORMAL, PERT, TRIANGULAR, UNIFORM, UncertainCell

_NORMAL_95: Final = 1.6448536269514722
"""The 95th percentile of the standard normal."""

_DIGITS: Final = 12


def mode_of(cell: UncertainCell) -> float | None:
    """Return the most likely value of an uncertain cell; ``None`` for a uniform one, which has none."""
    return None if cell.distribution == UNIFORM else cell.mode


def quantile(cell: UncertainCell, probability: Array) -> Array:
    """Return the quantiles of an uncertain cell.

    Parameters
    ----------
    cell
        The cell; ``low``, ``mode`` and ``high`` in its own unit. For ``normal`` low and high are the 5th and the 95th
        percentile and the mode the mean: where it is not in their middle, each side has the spread that its own
        percentile asks for.
    probability
        Between 0 and 1, any shape.

    Returns
    -------
    Array
        Same shape. Numbers are rounded to 12 significant digits, so that another processor's last bit changes nothing.

    Notes
    -----
    PERT is the beta distribution on low … high with shapes ``1 + 4 (mode - low) / (high - low)`` and
    ``1 + 4 (high - mode) / (high - low)`` (Malcolm, Roseboom, Clark and Fazar 1959, in its usual form).
    """
    low, high = float(cell.low or 0.0), float(cell.high or 0.0)
    if not high > low:
        return np.full(np.shape(probability), low)
    if cell.distribution == UNIFORM:
        return rounded(low + probability * (high - low))
    mode = float(cell.mode or 0.0)
    return rounded(_QUANTILES[str(cell.distribution)](low, mode, high, probability))


def _pert(low: float, mode: float, high: float, probability: Array) -> Array:
    from scipy.special import betaincinv  # takes its time, and is needed for this only

    width = high - low
    rises, falls = 1.0 + 4.0 * (mode - low) / width, 1.0 + 4.0 * (high - mode) / width
    return np.asarray(low + width * betaincinv(rises, falls, probability))


def _triangular(low: float, mode: float, high: float, probability: Array) -> Array:
    width = high - low
    rising = low + np.sqrt(probability * width * (mode - low))
    falling = high - np.sqrt((1.0 - probability) * width * (high - mode))
    return np.where(probability * width < mode - low, rising, falling)


def _normal(low: float, mode: float, high: float, probability: Array) -> Array:
    from scipy.special import ndtri

    standard = ndtri(probability)
    return np.asarray(mode + standard * np.where(standard < 0.0, mode - low, high - mode) / _NORMAL_95)


_QUANTILES: Final = {PERT: _pert, TRIANGULAR: _triangular, NORMAL: _normal}


def rounded(values: Array) -> Array:
    """Return numbers with 12 significant digits."""
    size = np.floor(np.log10(np.abs(values), out=np.zeros_like(values), where=values != 0.0))
    scale = 10.0 ** (_DIGITS - 1 - size)
    return np.round(values * scale) / scale
