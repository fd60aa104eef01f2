"""A number over the draws, as a histogram needs it."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from aluplanner.model.inputs import Array
from aluplanner.ui.analysis.axes import span_of
from aluplanner.ui.plots.ticks import nice_step

BINS: Final = 40


@dataclass(frozen=True, eq=False)
class Spreading:
    """A number over the draws.

    Attributes
    ----------
    label, unit
        What it is.
    draws
        Its values, shape ``(draws,)``, blanks left out.
    plan
        Its value in the plan as it stands, if there is one.
    other, other_label
        The draws of what is set beside it, and whose they are; none by default.
    """

    label: str
    unit: str
    draws: Array
    plan: float | None = None
    other: Array = field(default_factory=lambda: np.empty(0))
    other_label: str = ""

    @cached_property
    def ordered(self) -> Array:
        """The draws from the least to the greatest."""
        return np.sort(self.draws)

    @cached_property
    def median(self) -> float:
        """The value that half of the draws lie below."""
        return float(np.median(self.draws))

    def below(self, threshold: float) -> float:
        """Return how likely it is below a threshold."""
        return float(np.searchsorted(self.ordered, threshold, side="left")) / max(1, self.ordered.size)

    @cached_property
    def edges(self) -> Array:
        """The edges of the histogram's bins: round numbers that hold all draws."""
        values = np.concatenate([self.draws, self.other])
        low, high = span_of([float(values.min()), float(values.max())], room=0.0)
        step = nice_step((high - low) / BINS)
        return np.arange(np.floor(low / step), np.ceil(high / step) + 1) * step

    def shares(self, draws: Array) -> Array:
        """Return the part of some draws in each bin."""
        counts, _ = np.histogram(draws, self.edges)
        return counts / max(1, draws.size)
