"""Measures: a monthly column reduced over a period (section 11 of the model page)."""

import re
from typing import Any

from .months import read_horizon
from .periods import period_months
from .scenarios import normal, resolve, split_names
from .tables import Plant, read_assumptions, read_plants

TABLES_BY_NAME = {
    "due": "due_by_action",
    "implemented": "implemented_by_action",
    "effective": "effective_by_action",
    "consumption": "consumption_by_sector",
    "bauxite_use": "bauxite_use",
}


def measure(plan: dict[str, Any], result: dict[str, Any], text: str) -> float | None:
    """The value of a measure such as `operating[Shandong; Xinfa] 2017-12 end`, or None where it is blank.

    Months without a value (stock days without consumption) are left out; no month with a value gives None,
    and so does `start`, `end` or `change` at such a month, and a period outside the horizon.
    Section 11 of the model page; the bracket takes plants, groups and provinces for `operating` and
    `production`, actions for `due`, `implemented` and `effective`, sectors, and bauxite origins.
    """
    match = re.fullmatch(r"\s*(\w+)\s*(?:\[(.*)\])?\s+(\S+)\s+(\w+)\s*", text)
    if not match:
        raise ValueError(f"{text} is no measure")
    column, names, period, reducer = match.groups()
    resolved = resolve(plan, result["scenario"])
    plants = read_plants(resolved, read_horizon(plan))
    if names is None:
        series = result["monthly"][column]
        opening = opening_value(column, plants, read_assumptions(resolved))
    else:
        series, opening = named_series(result, plants, column, split_names(names))
    return reduce_series(series, opening, period_months(period, result["months"]), reducer)


def opening_value(column: str, plants: list[Plant], assumptions: dict[str, Any]) -> float:
    """The country's value at the month-end before the horizon, for `change` (section 11)."""
    smelters = [plant for plant in plants if plant.product == "aluminium"]
    if column in ("built", "operating", "under_construction"):
        return float(sum(getattr(plant, column) for plant in smelters))
    if column == "idle":
        return sum(plant.built - plant.operating for plant in smelters)
    assumed = {
        "stock": "opening_stock",
        "alumina_stock": "alumina_opening_stock",
        "price": "opening_price",
        "credibility": "opening_credibility",
    }
    return float(assumptions[assumed[column]]) if column in assumed else 0.0


def named_series(result: dict[str, Any], plants: list[Plant], column: str, names: list[str]) -> tuple[list[Any], float]:
    """The sum over the names in brackets, and its opening value; each member counts once (section 11)."""
    if column in ("operating", "production"):
        chosen = [plant for plant in plants if any(is_named(plant, name, column) for name in names)]
        for name in names:
            if not any(is_known_place(plant, name) for plant in plants):
                raise ValueError(f"nothing is named {name}")
        table = result[f"{column}_by_plant"]
        opening = sum(plant.operating for plant in chosen) if column == "operating" else 0.0
        return add_series(result, [table[plant.name] for plant in chosen]), opening
    if column not in TABLES_BY_NAME:
        raise ValueError(f"{column} is not known by name")
    table = {normal(name): series for name, series in result[TABLES_BY_NAME[column]].items()}
    for name in names:
        if name not in table:
            raise ValueError(f"nothing is named {name}")
    return add_series(result, [table[name] for name in dict.fromkeys(names)]), 0.0


def is_known_place(plant: Plant, name: str) -> bool:
    """Whether a name is this plant, its group or its province."""
    return name in (normal(plant.name), normal(plant.group), normal(plant.province))


def is_named(plant: Plant, name: str, column: str) -> bool:
    """Whether a name in brackets means this plant; groups and provinces mean aluminium only (section 10)."""
    if plant.product != "aluminium":
        return column == "operating" and name == normal(plant.name)
    return is_known_place(plant, name)


def add_series(result: dict[str, Any], members: list[list[Any]]) -> list[Any]:
    """The monthly sum of some series; blank where a member is blank."""
    total: list[Any] = []
    for t in range(len(result["months"])):
        values = [series[t] for series in members]
        total.append(None if None in values else sum(values, 0.0))
    return total


def reduce_series(series: list[Any], opening: float, inside: list[int], reducer: str) -> float | None:
    """One number of a series over the months of a period (section 11 of the model page)."""
    if reducer not in ("sum", "mean", "min", "max", "start", "end", "change"):
        raise ValueError(f"{reducer} is no reducer")
    if not inside:
        return None
    first, last = series[inside[0]], series[inside[-1]]
    if reducer == "start":
        return None if first is None else float(first)
    if reducer == "end":
        return None if last is None else float(last)
    if reducer == "change":
        before = series[inside[0] - 1] if inside[0] > 0 else opening
        return None if last is None or before is None else float(last - before)
    values = [float(series[t]) for t in inside if series[t] is not None]
    if not values:
        return None
    total = sum(values)
    return {"sum": total, "mean": total / len(values), "min": min(values), "max": max(values)}[reducer]
