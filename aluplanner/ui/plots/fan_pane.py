"""The fan of one pane: its item, and what it reads under the crosshair."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg

from aluplanner.i18n import tr
from aluplanner.ui.plots.drawing import Values
from aluplanner.ui.plots.fan_item import OUTER, FanItem, median_style
from aluplanner.ui.plots.fan_keys import band_colour
from aluplanner.ui.plots.fan_shown import ShownFan, lead_series
from aluplanner.ui.plots.header import Reading
from aluplanner.ui.plots.spec import PaneSpec
from aluplanner.ui.plots.swatches import Key
from aluplanner.ui.theme import Theme, current_theme

if TYPE_CHECKING:
    from aluplanner.ui.plots.shown import Shown

LAYER = 5
"""Over the ground and the areas, under the lines."""


class PaneFan:
    """What a pane has of the fan; nothing is made before there is one.

    Parameters
    ----------
    view
        The view to draw in.
    spec
        The pane.
    """

    def __init__(self, view: pg.ViewBox, spec: PaneSpec) -> None:
        self._view, self._series = view, lead_series(spec)
        self._theme: Theme | None = None
        self._fan: ShownFan | None = None
        self.item: FanItem | None = None

    @property
    def bands(self) -> Values | None:
        """The percentiles that are drawn, shape ``(5, months)``; ``None`` where there are none."""
        bands = self._fan.bands.get(self._series) if self._fan is not None else None
        return None if bands is None or not np.isfinite(bands).any() else bands

    @property
    def state(self) -> tuple[bool, bool]:
        """Whether there is a fan, and whether it is of a former plan: what its keys depend on."""
        return self.bands is not None, self._fan is not None and self._fan.is_old

    def set_theme(self, theme: Theme) -> None:
        """Draw in the colours of a theme."""
        self._theme = theme
        self._restyle()

    def _restyle(self) -> None:
        if self.item is not None and self._theme is not None:
            self.item.set_look(self._theme, is_old=self.state[1])

    def show(self, shown: "Shown") -> None:
        """Take the fan of what is shown, or none."""
        before = self.state
        fits = shown.fan is not None and all(band.shape[1] == shown.x.size for band in shown.fan.bands.values())
        self._fan = shown.fan if fits else None
        bands = self.bands
        if bands is not None:
            self._made().set_values(shown.x, bands)
        if self.item is not None and before != self.state:
            self.item.setVisible(bands is not None)
            self._restyle()

    def _made(self) -> FanItem:
        if self.item is None:
            self.item = FanItem()
            self.item.setZValue(LAYER)
            self._view.addItem(self.item, ignoreBounds=True)
            self._restyle()
        return self.item

    def extremes(self) -> list[Values]:
        """Return the outer percentiles, for the range of the number axis."""
        bands = self.bands
        return [] if bands is None else [bands[0], bands[4]]

    # Readings

    def _keys(self) -> tuple[Key, Key]:
        """Return the keys of the median and of the outer band, which the key above all plots explains."""
        theme, is_old = self._theme or current_theme(), self.state[1]
        median = Key(tr("median"), median_style(theme, is_old=is_old), is_short=True)
        return median, Key(tr("5–95 %"), fill=band_colour(theme, OUTER, is_old=is_old))

    def widest(self, text: str) -> list[Reading]:
        """Return readings with the widest text there may be, to keep room for them."""
        if self.bands is None:
            return []
        median, outer = self._keys()
        return [Reading(median, text), Reading(outer, f"{text} … {text}")]

    def readings(self, t: int, text: Callable[[float | None], str]) -> Sequence[Reading]:
        """Return the median and the outer band at month ``t``."""
        bands = self.bands
        if bands is None or not np.isfinite(bands[:, t]).all():
            return []
        median, outer = self._keys()
        low, middle, high = (text(float(bands[place, t])) for place in (0, 2, 4))
        return [Reading(median, middle), Reading(outer, f"{low} … {high}")]
