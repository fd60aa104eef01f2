"""Where the parts of a backtest's picture lie: lines above, errors below, one axis of months."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF

from aluplanner.analysis.backtest import Backtest
from aluplanner.analysis.backtest_scores import SeriesScore
from aluplanner.analysis.backtest_words import series_title
from aluplanner.analysis.forecast_score import ForecastScore
from aluplanner.i18n import tr
from aluplanner.model.calendar import Horizon, Month
from aluplanner.model.inputs import Array
from aluplanner.ui.analysis.axes import Scale, ValueAxis, left_axis_head, month_scale, span_of
from aluplanner.ui.plots.numbers import month_text

AHEAD: Final = 6
"""Months that are shown beyond the last actual of any series."""
_UPPER: Final = 0.62
_GAP: Final = 6.0


@dataclass(frozen=True, eq=False)
class Told:
    """One series of a backtest or of a scored forecast, as the picture tells it.

    Attributes
    ----------
    answer
        What it is of.
    found
        The series.
    """

    answer: Backtest | ForecastScore
    found: SeriesScore

    @cached_property
    def origin(self) -> Month:
        """The last month that the forecast knew."""
        return self.answer.origin if isinstance(self.answer, Backtest) else self.answer.forecast.as_of

    @property
    def name(self) -> str:
        """The series by its title, and of a kept forecast when it was said."""
        title = series_title(self.found.name)
        if isinstance(self.answer, Backtest):
            return title
        return tr("{series}, said with the facts of {month}", series=title, month=month_text(self.origin))

    @cached_property
    def shown(self) -> range:
        """The months that are drawn, by their place in the horizon: up to half a year beyond what is known."""
        months = self.answer.months
        known = np.isfinite([found.actual for found in self.answer.series]).any(axis=0)
        last = int(np.flatnonzero(known)[-1]) if known.any() else len(months)
        return range(min(max(last, self.origin - months[0]) + AHEAD + 1, len(months)))

    @cached_property
    def is_ahead(self) -> list[bool]:
        """Which months are forecast."""
        return [month > self.origin for month in self.answer.months]

    @cached_property
    def has_naive(self) -> bool:
        """Whether last year's months say anything of the months that are forecast."""
        ahead = np.array(self.is_ahead)[: len(self.shown)]
        return bool((np.isfinite(self.found.naive[: len(self.shown)]) & ahead).any())

    @property
    def rival(self) -> tuple[str, Array, Array]:
        """The forecast without a model that is drawn: its name, its months and its errors."""
        if self.has_naive:
            return tr("naive"), self.found.naive, self.found.naive_error
        return tr("no change"), self.found.no_change, self.found.no_change_error

    def month(self, t: int) -> Month:
        """Return a month by its place in the horizon."""
        return self.answer.months[t]


@dataclass(frozen=True, eq=False)
class Layout:
    """Where the parts lie in an area.

    Attributes
    ----------
    told
        What is drawn.
    area
        The whole.
    metrics
        Of the font of the labels.
    left, right
        Room for the labels of the axes, and for the names of the lines.
    """

    told: Told
    area: QRectF
    metrics: QFontMetricsF
    left: float
    right: float

    @cached_property
    def line(self) -> float:
        """The height of a line of text."""
        return self.metrics.height()

    @cached_property
    def heading(self) -> QRectF:
        """The line above all."""
        return QRectF(self.area.left(), self.area.top(), self.area.width(), self.line + 2)

    @cached_property
    def _bodies(self) -> tuple[QRectF, QRectF]:
        head = left_axis_head(self.line, ValueAxis("x"))
        top = self.heading.bottom() + head
        bottom = self.area.bottom() - self.line - _GAP
        free = max(20.0, bottom - top - head - _GAP)
        left, width = self.area.left() + self.left, self.area.width() - self.left - self.right
        upper = QRectF(left, top, width, free * _UPPER)
        lower_top = upper.bottom() + _GAP + head
        return upper, QRectF(left, lower_top, width, max(8.0, bottom - lower_top))

    @property
    def upper(self) -> QRectF:
        """Where the lines are."""
        return self._bodies[0]

    @property
    def lower(self) -> QRectF:
        """Where the errors are."""
        return self._bodies[1]

    @cached_property
    def both(self) -> QRectF:
        """Lines and errors."""
        return self.upper.united(self.lower)

    @cached_property
    def across(self) -> Scale:
        """The months."""
        shown = self.told.shown
        horizon = Horizon(self.told.month(0), len(shown), self.told.month(0).year)
        return month_scale(horizon, self.upper.left(), self.upper.right())

    @cached_property
    def up(self) -> Scale:
        """The figures."""
        return Scale(*figures_span(self.told), self.upper.bottom(), self.upper.top())

    @cached_property
    def errors(self) -> Scale:
        """The errors."""
        return Scale(*errors_span(self.told), self.lower.bottom(), self.lower.top())

    @cached_property
    def step(self) -> float:
        """Pixels of a month."""
        return self.across.at(1.0) - self.across.at(0.0)

    def x(self, t: int) -> float:
        """Return where a month lies."""
        return self.across.at(self.told.month(t).ordinal)


def figures_span(told: Told) -> tuple[float, float]:
    """Return the range of all that is drawn above."""
    found, shown = told.found, slice(0, len(told.shown))
    ahead = np.array(told.is_ahead)[shown]
    values = [*found.actual[shown], *found.model[shown], *told.rival[1][shown][ahead]]
    if found.bands is not None:
        values += [*found.bands[0][shown], *found.bands[-1][shown]]
    return span_of(values)


def errors_span(told: Told) -> tuple[float, float]:
    """Return the range of the errors, alike to both sides of 0 where there are none; room for a label beyond each."""
    low, high = span_of([*told.found.error, *told.rival[2]], has_zero=True, room=0.3)
    return (-1.0, 1.0) if (low, high) == (0.0, 1.0) else (low, high)
