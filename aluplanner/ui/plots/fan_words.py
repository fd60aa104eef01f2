"""The fan of a plot in words and as columns of a table."""

from typing import Final

import numpy as np

from aluplanner.i18n import tr
from aluplanner.ui.plots.fan_shown import lead_series
from aluplanner.ui.plots.numbers import month_text
from aluplanner.ui.plots.shown import Shown, Values
from aluplanner.ui.plots.spec import PaneSpec, PlotSpec

_LEVELS: Final = (5, 25, 50, 75, 95)


def fan_bands(pane: PaneSpec, shown: Shown) -> Values | None:
    """Return the percentiles that a pane draws, shape ``(5, months)``; ``None`` where there are none."""
    bands = shown.fan.bands.get(lead_series(pane)) if shown.fan is not None else None
    return bands if bands is not None and bands.shape[1] == shown.x.size else None


def fan_columns(pane: PaneSpec, unit: str, shown: Shown) -> list[tuple[str, Values]]:
    """Return headers and values of the percentiles that a pane draws."""
    bands = fan_bands(pane, shown)
    if bands is None:
        return []
    label = next(line.label for line in pane.lines if line.series == lead_series(pane))
    return [
        (tr("{label}, percentile {level} ({unit})", label=label, level=str(level), unit=unit), bands[place])
        for place, level in enumerate(_LEVELS)
    ]


def fan_sentences(spec: PlotSpec, shown: Shown) -> list[str]:
    """Return where the draws lie in the last month that has figures, one sentence a pane."""
    pairs = ((pane, fan_bands(pane, shown)) for pane in spec.panes)
    return [_sentence(pane, bands, shown) for pane, bands in pairs if bands is not None and np.isfinite(bands).any()]


def _sentence(pane: PaneSpec, bands: Values, shown: Shown) -> str:
    last = int(np.flatnonzero(np.isfinite(bands).all(axis=0))[-1])
    low, median, high = (pane.text(float(bands[place, last])) for place in (0, 2, 4))
    return tr(
        "{title} in {month}: nine of ten draws lie between {low} and {high}, half of them below {median}.",
        title=pane.title, month=month_text(shown.horizon.months[last]), low=low, high=high, median=median,
    )  # fmt: skip
