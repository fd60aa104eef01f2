"""From monthly lines to the parts of one number: a month of a series, or a period reduced (section 11)."""

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from aluplanner.analysis.tracing.figures import Figures
from aluplanner.analysis.tracing.lines import Kind, Line, Story, assumption
from aluplanner.analysis.tracing.parts import Part
from aluplanner.analysis.tracing.stories import stories_of
from aluplanner.i18n import tr
from aluplanner.model.balance import Balance
from aluplanner.model.calendar import Month, Period
from aluplanner.model.inputs import Array
from aluplanner.model.measure import Measure
from aluplanner.model.plan import Address

BY_MONTH: Final = "month"
_SAME: Final = 1e-9
_OPENINGS: Final = {
    "stock": "opening_stock",
    "price": "opening_price",
    "credibility": "opening_credibility",
    "alumina_stock": "alumina_opening_stock",
}
"""The assumptions that state where a level begins."""
_FLOWS: Final = (
    "balance", "production", "consumption", "shortfall", "residual", "alumina_production", "alumina_requirement",
    "alumina_shortfall",
)  # fmt: skip
_REDUCED_FLOW: Final = dict.fromkeys(_FLOWS, "sum") | {"stock": "change"}
"""How to ask for what has moved a level over several months; anything else by its mean."""


class Reduction:
    """Reduces the lines of a story over the period of a measure, so that they still add up.

    Parameters
    ----------
    balance, measure
        The number.

    Attributes
    ----------
    stories
        The ways to tell it, the usual one first.
    """

    def __init__(self, balance: Balance, measure: Measure) -> None:
        self.balance, self.measure = balance, measure
        self.series, self.opening = balance.measured(measure)
        self.reducer, self.span = self._reduction()
        self.stories = (*stories_of(Figures(balance), measure.series, measure.names), *self._month_by_month())

    @property
    def months(self) -> tuple[Month, ...]:
        """The months that count."""
        return tuple(self.balance.horizon.months[t] for t in self.span)

    def _reduction(self) -> tuple[str, Sequence[int]]:
        """Return how to reduce, and the months that count; a minimum is the level of one month."""
        span: Sequence[int] = self.measure.period.inside(self.balance.horizon)
        reducer = self.measure.reducer
        if reducer in ("sum", "mean", "min", "max"):
            span = [t for t in span if np.isfinite(self.series[t])]
        if span and reducer in ("min", "max"):
            found = (np.argmin if reducer == "min" else np.argmax)(self.series[span])
            return "end", [span[int(found)]]
        if span and reducer == "start":
            return "end", span[:1]
        return reducer, span

    def parts(self, story: Story) -> tuple[Part, ...]:
        """Return the parts of a story, the largest first; months in their order."""
        lines = story.lines()
        has_flows = self._has_flows(lines)
        made = (self._part(line, has_flows=has_flows) for line in lines)
        parts = [part for part in made if part.value != 0.0]
        return tuple(parts if story.key == BY_MONTH else sorted(parts, key=lambda part: -abs(part.value)))

    def _has_flows(self, lines: Sequence[Line]) -> bool:
        """Return whether a level at the end is the level before the period plus what came in each month."""
        carried = next((line.values for line in lines if line.carries), None)
        if carried is None or self.reducer not in ("end", "change"):
            return False
        first, last = self.span[0], self.span[-1]
        return bool(np.allclose(carried[first + 1 : last + 1], self.series[first:last], rtol=_SAME, atol=0.0))

    def _part(self, line: Line, *, has_flows: bool) -> Part:
        if line.carries:
            return self._carried(line, has_flows=has_flows)
        if has_flows:
            value = float(line.values[self.span[0] : self.span[-1] + 1].sum())
        else:
            value = self._reduced(line.values, line.opening)
        return Part(line.label, value, line.kind, self._link(line), self._told(line, has_flows=has_flows))

    def _reduced(self, values: Array, opening: float) -> float:
        if self.reducer == "sum":
            return float(values[self.span].sum())
        if self.reducer == "mean":
            return float(values[self.span].mean())
        level = float(values[self.span[-1]])
        if self.reducer == "end":
            return level
        return level - (float(values[self.span[0] - 1]) if self.span[0] else opening)

    def _carried(self, line: Line, *, has_flows: bool) -> Part:
        """Return the level that was there before."""
        first = self.span[0]
        if not has_flows and len(self.span) > 1:
            label = tr("{name}, a month before", name=line.label)
            return Part(label, self._reduced(line.values, line.opening), line.kind)
        value = float(line.values[first])
        if self.reducer == "change":
            value -= float(self.series[first - 1]) if first else self.opening
        if first == 0:
            name = _OPENINGS.get(line.carries)
            return Part(
                tr("{name} at the opening", name=line.label), value, line.kind, assumption(name) if name else None
            )
        before = self.balance.horizon.months[first - 1]
        label = tr("{name}, {month}", name=line.label, month=before)
        return Part(label, value, line.kind, None, _in_month(line.carries, (), before))

    def _link(self, line: Line) -> Address | None:
        """Return the cell a part follows from; of several months the first that has a part in it."""
        if not line.monthly:
            return line.link
        counts = [t for t in self.span if line.values[t]] or self.span
        return self._row_of(counts[0], line.monthly, line.month_table)

    def _row_of(self, t: int, column: str, table: str = "monthly") -> Address | None:
        month = self.balance.horizon.months[t]
        key = str(month) if table == "monthly" else str(month.month)
        return Address(table, key, column) if self.balance.plan.table(table).position(key) is not None else None

    def _told(self, line: Line, *, has_flows: bool) -> Measure | None:
        """Return the measure that tells more about a part, over the same months."""
        if not line.series:
            return None
        stated = np.flatnonzero(line.values)
        if self.measure.reducer in ("start", "min", "max") or (line.is_month and len(stated)):
            t = int(stated[0]) if line.is_month else self.span[0]
            return _in_month(line.series, line.names, self.balance.horizon.months[t])
        reducer = _REDUCED_FLOW.get(line.series, "mean") if has_flows else self.measure.reducer
        return Measure(line.series, line.names, self.measure.period, reducer)

    def _month_by_month(self) -> Iterator[Story]:
        if self.reducer in ("sum", "mean") and len(self.span) > 1:
            yield Story(BY_MONTH, tr("By month"), lambda: list(self._month_lines()))

    def _month_lines(self) -> Iterator[Line]:
        stated = self.measure.series if self.measure.series in ("net_imports", "reserve_release") else ""
        for t in self.span:
            month = self.balance.horizon.months[t]
            values = np.zeros(len(self.series))
            values[t] = self.series[t]
            yield Line(
                str(month), Kind.MONTH, values, monthly=stated,
                series=self.measure.series, names=self.measure.names, is_month=True,
            )  # fmt: skip


def _in_month(series: str, names: tuple[str, ...], month: Month) -> Measure:
    return Measure(series, names, Period(str(month), month, month), "end")
