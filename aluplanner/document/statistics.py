"""Sum, mean, count, least and greatest of some cells."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from aluplanner.model.schema import Value


@dataclass(frozen=True, slots=True)
class Statistics:
    """What the numbers among some cells come to.

    Attributes
    ----------
    count
        How many numbers there are; blanks, texts and yes/no are not among them.
    total, mean, least, greatest
        In the unit of the cells.
    """

    count: int
    total: float
    mean: float
    least: float
    greatest: float


def statistics_of(values: Iterable[Value]) -> Statistics | None:
    """Return the statistics of the numbers among ``values``, ``None`` if there are none."""
    numbers = [float(value) for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
    numbers = [number for number in numbers if not math.isnan(number)]
    if not numbers:
        return None
    total = math.fsum(numbers)
    return Statistics(len(numbers), total, total / len(numbers), min(numbers), max(numbers))
