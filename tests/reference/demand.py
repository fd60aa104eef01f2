"""Consumption by sector (section 6 of the model page)."""

from typing import Any

from .months import Horizon


def growth_of(sector: dict[str, Any], year: int, base_year: int) -> float:
    """Growth of a year; a blank takes the nearest earlier year after the base year, else 0 (section 6)."""
    for candidate in range(year, base_year, -1):
        value = sector.get(f"growth {candidate}")
        if value is not None:
            return float(value)
    return 0.0


def season_weight(seasonality: list[dict[str, Any]], month_of_year: int) -> float:
    """Weight of a month of the year, the mean of the twelve brought to 1 (section 1 of the model page)."""
    if not seasonality:
        return 1.0
    weights = {int(row["month_of_year"]): float(row.get("weight") or 0.0) for row in seasonality}
    return weights[month_of_year] / (sum(weights.values()) / 12)


def sector_consumption(
    sector: dict[str, Any], seasonality: list[dict[str, Any]], horizon: Horizon, t: int, price_factor: float
) -> float:
    """One sector's term of the consumption of month t in kt (section 6 of the model page)."""
    amount = float(sector.get("consumption") or 0.0)
    for year in range(horizon.base_year + 1, horizon.year(t) + 1):
        amount *= 1 + growth_of(sector, year, horizon.base_year)
    return amount * season_weight(seasonality, horizon.month_of_year(t)) / 12 * price_factor
