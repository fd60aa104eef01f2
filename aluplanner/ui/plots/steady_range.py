"""Y ranges that stay put: they move in round steps, and only when they must."""

import math
from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from aluplanner.ui.plots.ticks import nice_step

Values = NDArray[np.float64]

MARGIN: Final = 0.06
"""Part of the data's height left free above and below."""

LEAST_FILL: Final = 0.4
"""A range is kept while the data fill at least this part of it."""

STEPS: Final = 4


class Range(NamedTuple):
    """The lower and the upper end of an axis."""

    low: float
    high: float

    @property
    def height(self) -> float:
        """Upper less lower end."""
        return self.high - self.low


EMPTY: Final = Range(0.0, 0.0)
"""The extent of nothing but zeros."""


def extent(series: Iterable[Values], *, with_zero: bool = False) -> Range | None:
    """Return the smallest and the largest finite value of several series, ``None`` if there is none."""
    values = np.concatenate((np.empty(0), *series))
    finite = values[np.isfinite(values)]
    if not finite.size:
        return None
    low, high = float(finite.min()), float(finite.max())
    return Range(min(0.0, low), max(0.0, high)) if with_zero else Range(low, high)


def nice_range(data: Range) -> Range:
    """Return a range of round ends around the data with some room to spare; zero stays an end where it is one."""
    if data == EMPTY:
        return Range(0.0, 1.0)  # finer ticks would only read 0.000000
    height = data.height or abs(data.high) * 0.1
    step = nice_step(height / STEPS)
    margin = height * MARGIN if data.height else height / 2
    low = 0.0 if data.low == 0 else math.floor((data.low - margin) / step) * step
    high = 0.0 if data.high == 0 and data.low < 0 else math.ceil((data.high + margin) / step) * step
    return Range(low, high)


def steady_range(data: Range | None, current: Range | None) -> Range:
    """Return the range to show: the current one while it fits, else a nice one around the data."""
    if data is None:
        return current or Range(0.0, 1.0)
    if current and current.low <= data.low and data.high <= current.high:
        touches_zero = current.low == 0 or current.high == 0 or (data.low != 0 and data.high != 0)
        if touches_zero and data.height >= LEAST_FILL * current.height:
            return current
    return nice_range(data)
