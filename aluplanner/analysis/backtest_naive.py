"""Forecasts that take no model, to hold the model against (section 11 of the model page)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from aluplanner.analysis.backtest_facts import FACTS
from aluplanner.model.calendar import Horizon, Month
from aluplanner.model.inputs import Array
from aluplanner.model.plan import Plan
from aluplanner.model.plants import ALUMINIUM

_YEAR = 12


@dataclass(frozen=True, eq=False)
class Naive:
    """The forecasts that take no model, by series, shape ``(months,)`` each.

    Attributes
    ----------
    seasonal
        Last year's months plus last growth.
    no_change
        The last known value, of a flow per day.
    """

    seasonal: Mapping[str, Array]
    no_change: Mapping[str, Array]


def naive_forecast(facts: Array) -> Array:
    """Return last year's months plus last growth: blank where no month of a year before tells.

    The month ``t`` is the month ``t - 12`` times the growth of the latest known month on its own year before. More than
    a year ahead last year's month is itself a naive forecast.

    Parameters
    ----------
    facts
        What is known when the forecast is made, shape ``(months,)``, NaN where it is not; months that are known come
        back as they are.
    """
    growth = _last_growth(facts)
    forecast = facts.copy()
    with np.errstate(over="ignore"):
        for t in range(_YEAR, len(facts)):
            if np.isnan(forecast[t]):
                forecast[t] = forecast[t - _YEAR] * growth
    return forecast


def _last_growth(facts: Array) -> float:
    """Return the latest known month over its own year before, NaN where there is no such pair."""
    now, before = facts[_YEAR:], facts[:-_YEAR] if len(facts) > _YEAR else facts[:0]
    pairs = np.flatnonzero(np.isfinite(now) & (before > 0))
    if not len(pairs):
        return float("nan")
    with np.errstate(over="ignore"):
        growth = float(now[pairs[-1]] / before[pairs[-1]])
    return growth if np.isfinite(growth) else float("nan")


def no_change_forecast(facts: Array, opening: float, per_month: Array) -> Array:
    """Return the forecast that nothing changes any more after the last known value.

    Parameters
    ----------
    facts
        As for :func:`naive_forecast`.
    opening
        What stands before the first month, for when nothing is known yet.
    per_month
        What a month counts, shape ``(months,)``: its days for a flow, so that February is no slump; 1 for a level.
    """
    forecast, level = facts.copy(), opening
    for t, fact in enumerate(facts.tolist()):
        if np.isnan(fact):
            forecast[t] = level * per_month[t]
        else:
            level = fact / float(per_month[t])
    return forecast


def naive_forecasts(plan: Plan, horizon: Horizon, facts: Mapping[str, Array], origin: Month) -> Naive:
    """Return both forecasts of every series that has facts, made at the end of a month.

    Parameters
    ----------
    plan
        The plan as its scenario sees it, for what stands at the opening.
    horizon
        The months.
    facts
        What really happened, by series; what is later than ``origin`` is not looked at.
    origin
        The month at the end of which the forecasts are made.
    """
    is_seen = np.array([month <= origin for month in horizon])
    seen = {name: np.where(is_seen, facts[name], np.nan) for name in FACTS}
    days = np.array([float(month.days) for month in horizon])
    openings = _openings(plan, horizon)
    return Naive(
        {name: naive_forecast(seen[name]) for name in FACTS},
        {
            name: no_change_forecast(seen[name], openings[name], days if name == "production" else np.ones(len(days)))
            for name in FACTS
        },
    )


def _openings(plan: Plan, horizon: Horizon) -> dict[str, float]:
    """Return output a day at the opening's running capacity (section 5), and stock and price at the opening."""
    running = sum(plant.operating or 0.0 for plant in plan.plants if (plant.product or ALUMINIUM) == ALUMINIUM)
    working = _number(plan, "load_factor") * (1.0 - _number(plan, "disruption"))
    return {
        "production": running * working / horizon.first.days_in_year,
        "stock": _number(plan, "opening_stock"),
        "price": _number(plan, "opening_price"),
    }


def _number(plan: Plan, assumption: str) -> float:
    value = plan.assumption(assumption)
    return value if isinstance(value, float) else 0.0
