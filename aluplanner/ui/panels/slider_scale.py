"""The range of a slider: from where to where, and in which steps."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Final

from aluplanner.model.calendar import Horizon, Month
from aluplanner.model.cell_text import clean_number
from aluplanner.model.schema import Column, Type, Value

STEPS: Final = 100
"""A range has at least so many steps, unless it counts whole things."""

YEAR: Final = 12
_NICE_STEPS: Final = (1.0, 2.0, 5.0)
_NICE_ENDS: Final = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_USUAL: Final = {Type.FRACTION: 0.1, Type.NUMBER: 100.0}
_RATIOS: Final = ("t/t", "MWh/t")
"""What a process needs for a tonne lies within a fifth of what it is known to."""
_PURE: Final = ("–", "fraction")
_COUNTED: Final = ("", "months")


def can_slide(column: Column) -> bool:
    """Return whether cells hold something that a slider can change: a number, a fraction, a month."""
    return not column.derived and (column.is_numeric or column.type is Type.MONTH)


def is_whole(column: Column) -> bool:
    """Return whether a cell counts things: months, pots, years."""
    return column.type is Type.MONTH or (
        column.type is Type.NUMBER and column.decimals == 0 and column.unit in _COUNTED
    )


def number_of(value: Value) -> float | None:
    """Return a cell's value as the number that a slider stands at; a month as its ordinal."""
    if isinstance(value, Month):
        return float(value.ordinal)
    return float(value) if isinstance(value, float | int) and not isinstance(value, bool) else None


def value_of(column: Column, number: float) -> Value:
    """Return what a cell holds where its slider stands at ``number``."""
    return Month(round(number)) if column.type is Type.MONTH else clean_number(number)


@dataclass(frozen=True, slots=True)
class Scale:
    """The places a slider can take: ``low``, every multiple of ``step`` between, ``high``."""

    low: float
    high: float
    step: float

    @classmethod
    def of(cls, column: Column, low: float, high: float) -> "Scale":
        """Return the scale of a column from ``low`` to ``high``, both kept within the column's bounds."""
        step = _nice_step((high - low) / STEPS)
        if is_whole(column):
            step = max(1.0, step)
        if column.above is not None and low <= column.above:
            low = float(_exact(column.above) + _exact(step))
        return cls(low, max(high, low), step)

    @property
    def last(self) -> int:
        """The number of the place at ``high``; that at ``low`` is 0."""
        first, step = self._first, _exact(self.step)
        return max(0, math.ceil(_exact(self.high) / step) - first)

    @property
    def page(self) -> int:
        """How many places a page is: a tenth of the range, a year of months."""
        return max(1, round(self.last / 10))

    def number_at(self, place: int) -> float:
        """Return the number at a place, exact to the last digit."""
        if place <= 0:
            return self.low
        if place >= self.last:
            return self.high
        return float((self._first + place) * _exact(self.step))

    def place_of(self, number: float) -> int:
        """Return the place nearest to a number."""
        if number <= self.low or self.last == 0:
            return 0
        if number >= self.high:
            return self.last
        return min(self.last, max(0, round(_exact(number) / _exact(self.step)) - self._first))

    def share_of(self, number: float) -> float:
        """Return how far along the scale a number lies, from 0 to 1."""
        width = self.high - self.low
        return min(1.0, max(0.0, (number - self.low) / width)) if width > 0 else 0.0

    def covering(self, number: float | None) -> "Scale":
        """Return this scale, stretched so that it reaches a number beyond it."""
        if number is None or self.low <= number <= self.high:
            return self
        return Scale(min(self.low, number), max(self.high, number), self.step)

    @property
    def _first(self) -> int:
        return int((_exact(self.low) / _exact(self.step)).to_integral_value(ROUND_FLOOR))


def suit(column: Column, value: float | None, others: Iterable[float], horizon: Horizon | None) -> tuple[float, float]:
    """Return a sensible range for a cell.

    Parameters
    ----------
    column
        What the cell holds; its bounds are kept.
    value
        The number it holds, ``None`` for a blank.
    others
        The numbers of the other cells of its column, for the size of a cell that is blank or zero.
    horizon
        The months that are modelled.
    """
    if column.type is Type.MONTH:
        return _suit_month(value, horizon)
    size = abs(value or 0.0) * 2 or max((abs(other) for other in others), default=0.0)
    if column.unit in _RATIOS and value:
        return _around(column, value, value / 5)
    size = size or _usual_size(column)
    end = float(math.ceil(size / YEAR) * YEAR) if column.unit == "months" else _nice_end(size)
    return _low(column, value or 0.0, end), end if column.maximum is None else float(column.maximum)


def _usual_size(column: Column) -> float:
    if column.unit == "months":
        return float(YEAR)
    return 1.0 if column.unit in _PURE else _USUAL[column.type]


def _around(column: Column, value: float, reach: float) -> tuple[float, float]:
    step = _exact(_nice_step(abs(reach) / 4))
    low, high = (_exact(value) - abs(_exact(reach))) // step * step, (_exact(value) + abs(_exact(reach))) // step * step
    bounds = [float(bound) for bound in (column.minimum, column.above) if bound is not None]
    return max(float(low), *bounds, -math.inf), float(high + step)


def _low(column: Column, value: float, end: float) -> float:
    if column.minimum is not None:
        return float(column.minimum)
    is_rate = column.type is Type.FRACTION  # growth may turn out to be decline
    low = -end if is_rate or value <= 0 else 0.0
    return low if column.above is None else max(low, float(column.above))


def _suit_month(value: float | None, horizon: Horizon | None) -> tuple[float, float]:
    months = [float(month.ordinal) for month in (horizon.first, horizon.last)] if horizon else []
    if value is not None:
        months += [value] if months else [value - YEAR, value + YEAR]
    return (min(months), max(months)) if months else (0.0, 0.0)


def _nice_end(size: float) -> float:
    """Return the next round number that is not smaller."""
    power = 10.0 ** math.floor(math.log10(size))
    return next(_round(nice * power) for nice in _NICE_ENDS if nice * power >= size * (1 - 1e-9))


def _nice_step(size: float) -> float:
    """Return the last of 1, 2, 5, 10 … that is not larger."""
    if not size > 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(size * (1 + 1e-9)))
    return max(_round(nice * power) for nice in _NICE_STEPS if nice * power <= size * (1 + 1e-9))


def _round(number: float) -> float:
    return float(f"{number:.6g}")


def _exact(number: float) -> Decimal:
    return Decimal(repr(float(number)))
