"""Where ticks lie: months that have room for their labels, and round numbers."""

import math
from typing import Final

MONTH_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)
"""Months between two labels; multiples are counted from January of year 0, so each year's January has one."""

GAP: Final = 10.0
"""Pixels left free between two labels."""

_MANTISSAS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


def month_step(pixels_per_month: float, month_width: float, year_width: float) -> int:
    """Return the months between two labels so that labels of the given widths keep apart."""
    for step in MONTH_STEPS:
        width = month_width if step < 12 else year_width
        if step * pixels_per_month >= width + GAP:
            return step
    return MONTH_STEPS[-1]


def tick_months(low: float, high: float, step: int) -> list[int]:
    """Return the month ordinals between ``low`` and ``high`` that are multiples of ``step``."""
    first = math.ceil(low / step) * step
    return list(range(first, math.floor(high) + 1, step))


def nice_step(rough: float) -> float:
    """Return the smallest of 1, 2, 2.5, 5 times a power of ten that is at least ``rough``."""
    if not rough > 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    return next(m * power for m in _MANTISSAS if m * power >= rough * (1 - 1e-9))


def tick_numbers(low: float, high: float, most: int) -> tuple[float, list[float]]:
    """Return a nice step and its multiples between ``low`` and ``high``, about ``most`` of them at most."""
    step = nice_step((high - low) / max(1, most))
    slack = step * 1e-6
    first, last = math.ceil((low - slack) / step), math.floor((high + slack) / step)
    return step, [number * step for number in range(first, last + 1)]


def step_decimals(step: float) -> int:
    """Return the digits after the point that multiples of ``step`` need."""
    for decimals in range(6):
        if abs(step * 10**decimals - round(step * 10**decimals)) < 1e-9 * 10**decimals:
            return decimals
    return 6
