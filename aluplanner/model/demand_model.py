"""Consumption by sector before the price is known (section 6 of the model page)."""

import numpy as np

from aluplanner.model.calendar import Horizon
from aluplanner.model.inputs import Array, Inputs


def sector_consumption(inputs: Inputs, horizon: Horizon) -> Array:
    """Return consumption by sector at the reference price, kt, shape ``(draws or 1, months, sectors)``."""
    yearly = _yearly(inputs, horizon)
    return yearly[:, _years(horizon), :] * (_month_weights(inputs, horizon) / 12.0)[:, :, None]


def total_consumption(inputs: Inputs, horizon: Horizon) -> Array:
    """Return consumption of all sectors at the reference price, kt, shape ``(draws or 1, months)``.

    The draws of one month are side by side in memory.
    """
    yearly = _yearly(inputs, horizon).sum(axis=-1)
    by_month: Array = yearly.T[_years(horizon)] * (_month_weights(inputs, horizon).T / 12.0)
    return by_month.T


def _yearly(inputs: Inputs, horizon: Horizon) -> Array:
    """Return consumption by calendar year of the horizon, kt a year, shape ``(draws or 1, years, sectors)``."""
    return inputs.numbers("demand", "consumption")[:, None, :] * _growth_by_year(inputs, horizon)


def _years(horizon: Horizon) -> list[int]:
    return [month.year - horizon.first.year for month in horizon]


def _growth_by_year(inputs: Inputs, horizon: Horizon) -> Array:
    """Return growth since the base year by calendar year of the horizon, shape ``(draws or 1, years, sectors)``."""
    sectors = len(inputs.plan.demand)
    factor, rate = np.ones((1, sectors)), np.zeros((1, sectors))
    by_year: list[Array] = []
    first = min(horizon.base_year + 1, horizon.first.year)
    for year in range(first, horizon.last.year + 1):
        if year > horizon.base_year:
            stated = inputs.numbers("demand", f"growth {year}")
            rate = np.where(np.isnan(stated), rate, stated)
            factor = factor * (1.0 + rate)
        if year >= horizon.first.year:
            by_year.append(factor)
    return np.stack(np.broadcast_arrays(*by_year), axis=1)


def _month_weights(inputs: Inputs, horizon: Horizon) -> Array:
    """Return each month's weight with the twelve scaled to a mean of 1, shape ``(draws or 1, months)``."""
    if not len(inputs.plan.seasonality):
        return np.ones((1, len(horizon)))
    months = inputs.plan.seasonality.numbers("month_of_year").astype(np.intp) - 1
    stated = inputs.numbers("seasonality", "weight")
    weights = np.zeros((stated.shape[0], 12))
    weights[:, months] = stated
    weights /= weights.mean(axis=1, keepdims=True)
    return weights[:, [month.month - 1 for month in horizon]]
