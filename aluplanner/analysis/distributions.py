"""The distributions of uncertain cells (sections 1 and 11 of the model page)."""

from functools import lru_cache
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
    from scipy.special import ndtri  # takes its time, and is needed for this only

    width = high - low
    table = _beta_table(1.0 + 4.0 * (mode - low) / width, 1.0 + 4.0 * (high - mode) / width)
    place = (np.clip(ndtri(probability), -_REACH, _REACH) + _REACH) * _PER_UNIT
    first = np.clip(np.floor(place).astype(np.intp), 2, len(table) - 4)
    part = place - first
    found = np.zeros(np.shape(probability))
    for offset in _POINTS:
        weight = np.ones_like(found)
        for other in _POINTS:
            if other != offset:
                weight *= (part - other) / (offset - other)
        found += weight * table[first + offset]
    return np.asarray(low + width * np.clip(found, 0.0, 1.0))


_REACH: Final = 8.5
_PER_UNIT: Final = 64
_POINTS: Final = (-2, -1, 0, 1, 2, 3)
"""Over standard normal quantiles in steps of 1/64 a beta quantile is so smooth that six points give twelve digits."""


@lru_cache(maxsize=512)
def _beta_table(rises: float, falls: float) -> Array:
    """Return quantiles of a beta distribution at the probabilities of evenly spaced standard normal quantiles.

    Asking for each draw on its own would take thirty times longer, and most of a Monte Carlo.
    """
    from scipy.special import betaincinv, ndtr

    half = int(_REACH * _PER_UNIT)
    lower = ndtr(np.arange(-half, 0) / _PER_UNIT)
    middle = betaincinv(rises, falls, np.array([0.5]))
    # the upper half as what is missing to 1 of the other tail, which keeps its digits there
    return np.concatenate([betaincinv(rises, falls, lower), middle, 1.0 - betaincinv(falls, rises, lower)[::-1]])


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
