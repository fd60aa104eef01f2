"""Quarters, half-years, years and the periods that a measure names (sections 7, 10, 11 of the model page)."""

import re
from typing import Any

from .market import market_state
from .months import Horizon, month_number


def period_sums(
    horizon: Horizon, balance: list[float], consumption: list[float], band: float
) -> dict[str, dict[str, Any]]:
    """Balance, consumption and market state per quarter, half-year and year (sections 7 and 10).

    `part` is true where the horizon cuts a period off; its months inside are summed.
    """
    sums: dict[str, dict[str, Any]] = {}
    for t in range(horizon.months):
        year, month = horizon.year(t), horizon.month_of_year(t)
        names = {f"{year}Q{(month + 2) // 3}": 3, f"{year}H{(month + 5) // 6}": 6, f"{year}": 12}
        for name, length in names.items():
            entry = sums.setdefault(name, {"balance": 0.0, "consumption": 0.0, "months": 0, "length": length})
            entry["balance"] += balance[t]
            entry["consumption"] += consumption[t]
            entry["months"] += 1
    return {
        name: {
            "balance": entry["balance"],
            "consumption": entry["consumption"],
            "state": market_state(entry["balance"], entry["consumption"], band),
            "part": entry["months"] < entry["length"],
        }
        for name, entry in sums.items()
    }


def period_months(text: str, months: list[str]) -> list[int]:
    """The indices of a measure's period that lie inside the horizon (section 11 of the model page)."""
    first, last = period_bounds(text, months)
    return [t for t, month in enumerate(months) if first <= month_number(month) <= last]


def period_bounds(text: str, months: list[str]) -> tuple[int, int]:
    """First and last month number of a period: `2017`, `2017H2`, `2017Q3`, `2017-11`, a range, or `all`."""
    if text == "all":
        return month_number(months[0]), month_number(months[-1])
    if match := re.fullmatch(r"(\d{4}-\d{2})\.\.(\d{4}-\d{2})", text):
        return month_number(match.group(1)), month_number(match.group(2))
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return month_number(text), month_number(text)
    if match := re.fullmatch(r"(\d{4})([QH])([1-4])", text):
        length = {"Q": 3, "H": 6}[match.group(2)]
        first = int(match.group(1)) * 12 + (int(match.group(3)) - 1) * length
        return first, first + length - 1
    if re.fullmatch(r"\d{4}", text):
        return int(text) * 12, int(text) * 12 + 11
    raise ValueError(f"{text} is no period")
