"""What a spark shows, in words."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from aluplanner.i18n import tr
from aluplanner.model.calendar import Month
from aluplanner.ui.plots.numbers import month_text, number_text

Path: TypeAlias = NDArray[np.float64]
"""Capacity at the opening and at the end of each month, kt/y."""


def capacity_text(value: float) -> str:
    """Return a capacity with the digits that matter for reading."""
    return number_text(value, 0 if abs(value) >= 100 or value == round(value) else 1)


def path_text(path: Path, months: Sequence[Month]) -> str:
    """Return where a capacity path begins and ends, and where it lies lower or higher than at both ends.

    Parameters
    ----------
    path
        Capacity at the opening and at the end of each month, kt/y.
    months
        The months.
    """
    ends = capacity_text(float(path[0])), capacity_text(float(path[-1]))
    low, high = int(np.argmin(path)), int(np.argmax(path))
    lowest, highest = capacity_text(float(path[low])), capacity_text(float(path[high]))
    if lowest == highest:
        return tr("{capacity} kt/y throughout", capacity=lowest)
    parts = [tr("{first} → {last} kt/y", first=ends[0], last=ends[1])]
    if lowest not in ends:
        parts.append(tr("lowest {capacity} in {month}", capacity=lowest, month=month_text(months[low - 1])))
    if highest not in ends:
        parts.append(tr("highest {capacity} in {month}", capacity=highest, month=month_text(months[high - 1])))
    return ", ".join(parts)
