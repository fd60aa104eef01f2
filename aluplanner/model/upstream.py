"""Alumina and bauxite around the month loop (section 5 of the model page)."""

import numpy as np

from aluplanner.model.calendar import Horizon
from aluplanner.model.inputs import Array, Inputs


def bauxite_capacity(inputs: Inputs, horizon: Horizon, year_fraction: Array) -> Array:
    """Return the alumina each origin's bauxite could make, kt a month, shape ``(draws or 1, months, origins)``."""
    available, growth, grade = (
        inputs.numbers("bauxite", name)[:, None, :] for name in ("available", "growth", "grade")
    )
    years = np.array([month.year - horizon.base_year for month in horizon], dtype=np.float64)[:, None]
    return available * (1.0 + growth) ** years * year_fraction[:, None] / grade


def bauxite_taken(capacity: Array, alumina_production: Array) -> Array:
    """Return the alumina made from each origin's bauxite, kt, shape ``(draws, months, origins)``.

    Origins are used in the table's order; each takes what is left.
    """
    used_before = np.cumsum(capacity, axis=-1) - capacity
    left = np.maximum(0.0, alumina_production[..., None] - used_before)
    return np.minimum(capacity, left)


def bauxite_cover(capacity: Array, alumina_production: Array) -> Array:
    """Return what the listed origins could make over what is made, by month; NaN where nothing is made."""
    possible = np.broadcast_to(capacity.sum(axis=-1), alumina_production.shape)
    cover = np.full(alumina_production.shape, np.nan)
    np.divide(possible, alumina_production, out=cover, where=alumina_production != 0.0)
    return cover
