"""The months that all plots show together, and the month under the crosshair."""

from typing import Final

from PySide6.QtCore import QObject, Signal

from aluplanner.model.calendar import Horizon, Month

LEAST_MONTHS: Final = 3.0
EDGE: Final = 0.6
"""Months of room before the first and after the last month."""


class MonthSpan(QObject):
    """The shared month axis; a position on it is a :class:`Month`'s ordinal."""

    range_changed = Signal()
    month_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.first, self.last = Month.of(2017, 1), Month.of(2018, 12)
        self.low, self.high = self._whole()
        self.month: Month | None = None
        self.chosen = self.last

    def _whole(self) -> tuple[float, float]:
        return self.first.ordinal - EDGE, self.last.ordinal + EDGE

    @property
    def is_fitted(self) -> bool:
        """Whether every month is shown."""
        return (self.low, self.high) == self._whole()

    def set_horizon(self, horizon: Horizon) -> None:
        """Take over the months there are; a zoomed range stays as far as it lies inside."""
        if (horizon.first, horizon.last) == (self.first, self.last):
            return
        was_fitted = self.is_fitted
        self.first, self.last = horizon.first, horizon.last
        self.chosen = self._inside(self.chosen)
        if self.month is not None:
            self.set_month(self._inside(self.month))
        if was_fitted:
            self.fit()
        else:
            self._show(self.low, self.high)

    def fit(self) -> None:
        """Show every month."""
        self._set(*self._whole())

    def zoom(self, factor: float, around: float) -> None:
        """Show ``factor`` times as many months, the position ``around`` staying where it is."""
        width = self.high - self.low
        least, most = min(LEAST_MONTHS, width), self._whole()[1] - self._whole()[0]
        wanted = max(least, min(most, width * factor))
        part = (around - self.low) / width
        self._show(around - part * wanted, around + (1 - part) * wanted)

    def pan(self, months: float) -> None:
        """Move the window by a number of months."""
        self._show(self.low + months, self.high + months)

    def _show(self, low: float, high: float) -> None:
        """Show a window, moved and cut so that it lies inside the horizon."""
        start, end = self._whole()
        width = min(high - low, end - start)
        low = min(max(low, start), end - width)
        self._set(low, low + width)

    def _set(self, low: float, high: float) -> None:
        if (low, high) != (self.low, self.high):
            self.low, self.high = low, high
            self.range_changed.emit()

    def set_month(self, month: Month | None) -> None:
        """Put the crosshair on a month, or take it away."""
        month = None if month is None else self._inside(month)
        if month is not None:
            self.chosen = month
        if month != self.month:
            self.month = month
            self.month_changed.emit()

    def step_month(self, months: int) -> None:
        """Move the crosshair, from the first month shown if there was none."""
        first_shown = Month(round(self.low + EDGE))
        start = self.month if self.month is not None else first_shown + (-1 if months > 0 else 0)
        self.set_month(start + months)
        self._reveal()

    def _reveal(self) -> None:
        if self.month is None:
            return
        position = float(self.month.ordinal)
        if position < self.low:
            self.pan(position - EDGE - self.low)
        elif position > self.high:
            self.pan(position + EDGE - self.high)

    def _inside(self, month: Month) -> Month:
        return min(max(month, self.first), self.last)
