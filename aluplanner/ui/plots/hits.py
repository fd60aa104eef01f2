"""What a click on a plot means: the series nearest to it, as a measure to trace."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from aluplanner.analysis.result_names import action_orders, place_names
from aluplanner.i18n import tr
from aluplanner.model.balance import Balance
from aluplanner.model.calendar import Month, Period
from aluplanner.model.measure import Measure
from aluplanner.ui.plots.pane import Pane
from aluplanner.ui.plots.shown import ShownScenario

SAME_PLACE: Final = 4.0
"""Lines that lie within so many pixels are taken as one: the selected scenario's is meant."""
ON_LINE: Final = 8.0
"""Pixels from a line within which it is meant rather than the layer it runs through."""


@dataclass(frozen=True)
class Hit:
    """A number of a plot.

    Attributes
    ----------
    label
        Name of its series as the plot writes it.
    scenario
        Its scenario.
    measure
        The number.
    """

    label: str
    scenario: ShownScenario
    measure: Measure

    @property
    def month(self) -> Month:
        """Its month."""
        return self.measure.period.start


def hits_of(pane: Pane, month: Month) -> list[Hit]:
    """Return every number that a pane shows of a month: lines first, then layers."""
    return [hit for _, hit in _lines(pane, month)] + [hit for _, _, hit in _layers(pane, month)]


def nearest_hit(pane: Pane, month: Month, level: float, per_pixel: float) -> Hit | None:
    """Return the number of a month that lies nearest to a level.

    Parameters
    ----------
    pane, month
        Where.
    level
        In the unit of the number axis.
    per_pixel
        What a pixel is worth on that axis.
    """
    lines = [(abs(value - level) / per_pixel, hit) for value, hit in _lines(pane, month)]
    nearest = min(lines, key=_rank) if lines else None
    layer = next((hit for low, high, hit in _layers(pane, month) if low <= level < high), None)
    if layer is not None and (nearest is None or nearest[0] > ON_LINE):
        return layer
    return nearest[1] if nearest else None


def _rank(found: tuple[float, Hit]) -> tuple[float, int]:
    return found[0] // SAME_PLACE, found[1].scenario.position


def _lines(pane: Pane, month: Month) -> Iterator[tuple[float, Hit]]:
    if pane.shown is None:
        return
    t = pane.shown.horizon.index(month)
    for line, scenario in pane.drawn():
        value = float(pane.shown.values(scenario, line.series)[t])
        measure = _measure(scenario.balance, line.series, month)
        if np.isfinite(value) and measure is not None:
            yield value, Hit(_label(pane, line.label), scenario, measure)


def _label(pane: Pane, label: str) -> str:
    """Return the name of a line; that of a total says of what."""
    return f"{pane.spec.title}, {label.lower()}" if pane.stack else label


def _layers(pane: Pane, month: Month) -> Iterator[tuple[float, float, Hit]]:
    if pane.shown is None or pane.stack is None:
        return
    t = pane.shown.horizon.index(month)
    scenario = pane.shown.selected
    series = "consumption" if pane.spec.stack == "consumption_by_sector" else "operating"
    for place, inner, outer in pane.stack.bands():
        low, high = sorted((float(inner[t]), float(outer[t])))
        name = pane.stack.names[place]
        # a layer of differences has a band above zero and one below, of which at most one is there in a month
        names = _names(pane, series, name) if high > low or not pane.stack.bottoms else ()
        if names:
            yield low, high, Hit(name, scenario, _in_month(series, names, month))


def _names(pane: Pane, series: str, layer: str) -> tuple[str, ...]:
    """Return the names by which a measure speaks of a layer; the last layer may stand for all the small ones."""
    if pane.shown is None or pane.stack is None:
        return ()
    balance = pane.shown.selected.balance
    groups = balance.consumption_by_sector if series == "consumption" else balance.by_province(series)
    others = tuple(name for name in groups if name not in pane.stack.names)
    wanted = (layer,) if layer in groups else others
    if series == "consumption":
        return wanted
    places = place_names(balance.plan)
    named = [places.of_province(name) for name in wanted]
    return tuple(name for names in named if names for name in names) if all(named) else ()


def _measure(balance: Balance, series: str, month: Month) -> Measure | None:
    """Return a series of a month as a measure; what is announced as the orders announced so far."""
    if series != "announced":
        return _in_month(series, (), month)
    names = tuple(name for name in action_orders(balance.plan) if _is_announced(balance, name, month))
    return _in_month(series, names, month) if names else None


def _is_announced(balance: Balance, name: str, month: Month) -> bool:
    action = balance.plan.actions.find(name)
    since = (action.announced_on or action.start) if action is not None else None
    return since is not None and since <= month


def _in_month(series: str, names: tuple[str, ...], month: Month) -> Measure:
    return Measure(series, names, Period(str(month), month, month), "end")


def trace_words(hit: Hit, month: str, *, names_scenario: bool) -> str:
    """Return the entry of a menu that traces a number."""
    if names_scenario:
        return tr("Trace {series} in {month}, {scenario}", series=hit.label, month=month, scenario=hit.scenario.label)
    return tr("Trace {series} in {month}", series=hit.label, month=month)
