"""Measures that planners ask for, offered where one is wanted."""

from collections.abc import Iterator
from typing import Final

from aluplanner.i18n import tr
from aluplanner.model.calendar import Horizon, Period, standard_periods
from aluplanner.model.measure import MeasureError, parse_measure
from aluplanner.model.plan import Plan
from aluplanner.ui.panels.trace_words import measure_text
from aluplanner.ui.results.texts import unit_text

_FLOWS: Final = ("balance", "production", "consumption", "net_imports", "shortfall")
_STATES: Final = ("stock", "stock_days", "operating", "built", "overhang", "implemented", "effective")
_MEANS: Final = ("price", "credibility", "premium")
_MONTHS_OF_HALF_YEAR: Final = 6


def common_measures(plan: Plan) -> tuple[str, ...]:
    """Return measures as text, the most wanted first: balances by half-year and year, stocks at their ends, claims'."""
    horizon = plan.horizon
    if horizon is None:
        return ()
    offered = [*_of_horizon(horizon), *(claim.measure for claim in plan.claims if claim.measure)]
    return tuple(text for text in dict.fromkeys(offered) if _is_readable(text, plan))


def common_objectives(plan: Plan) -> tuple[str, ...]:
    """Return statistics of the Monte Carlo as text: how likely a shortage or a low stock is, how bad it may be."""
    horizon = plan.horizon
    if horizon is None:
        return ()
    halves = [label for label in _labels(horizon) if "H" in label]
    ends = [str(Period.parse(label, horizon).start + (_MONTHS_OF_HALF_YEAR - 1)) for label in halves]
    texts = [f"P(balance {label} sum < 0)" for label in halves]
    texts += [f"P(stock {month} end < 1000)" for month in ends]
    texts += [f"p{level}(balance {label} sum)" for label in halves for level in (10, 50, 90)]
    return tuple(texts)


def default_measure(plan: Plan) -> str:
    """Return the measure to begin with: the balance of the second half-year of the horizon, as far as there is one."""
    return next(iter(common_measures(plan)), "")


def measure_words(text: str, plan: Plan) -> str:
    """Return a measure in words with its unit; empty where it cannot be read."""
    try:
        measure = parse_measure(text, plan)
    except MeasureError:
        return ""
    return tr("{measure}, in {unit}", measure=measure_text(measure), unit=unit_text(measure.unit))


def _is_readable(text: str, plan: Plan) -> bool:
    try:
        parse_measure(text, plan)
    except MeasureError:
        return False
    return True


def _labels(horizon: Horizon) -> list[str]:
    """Return half-years and years that lie in the horizon, the second half of the first year before all others."""
    labels = [p.label for p in standard_periods(horizon) if "Q" not in p.label and not p.is_part(horizon)]
    return sorted(labels, key=lambda label: not label.endswith("H2"))


def _of_horizon(horizon: Horizon) -> Iterator[str]:
    labels = _labels(horizon)
    ends = {
        label: str(Period.parse(label, horizon).start + (Period.parse(label, horizon).length - 1)) for label in labels
    }
    yield from (f"balance {label} sum" for label in labels)
    yield from (f"stock {month} end" for month in dict.fromkeys(ends.values()))
    for label in labels:
        yield from (f"{series} {label} mean" for series in _MEANS)
        yield from (f"{series} {label} sum" for series in _FLOWS[1:])
    for month in dict.fromkeys(ends.values()):
        yield from (f"{series} {month} end" for series in _STATES[1:])
