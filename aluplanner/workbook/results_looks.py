"""How results are shown in cells and charts: formats by unit, tints of market states, lines of scenarios."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from aluplanner.model.balance import BALANCED, SHORTAGE, SLIGHT_SHORTAGE, SLIGHT_SURPLUS, SURPLUS, Balance
from aluplanner.model.inputs import Array

BASE: Final = "Base"

FORMATS: Final = {
    "kt": "#,##0.0",
    "kt/y": "#,##0",
    "RMB/t": "#,##0",
    "days": "0.0",
    "fraction": "0.0%",
    "TWh": "#,##0.0",
}
OTHER_FORMAT: Final = "#,##0.00"

STATE_LOOKS: Final[Mapping[str, tuple[str, str]]] = {
    SURPLUS: ("006D77", "B5DDE0"),
    SLIGHT_SURPLUS: ("006D77", "DEF0F1"),
    BALANCED: ("474D56", "EEF1F4"),
    SLIGHT_SHORTAGE: ("B3400A", "FCE6D9"),
    SHORTAGE: ("B3400A", "F8C9AE"),
}
"""Text and ground of each market state. The word says it; the colour only helps the eye."""


@dataclass(frozen=True, slots=True)
class LineLooks:
    """A line of a chart: colour and dash as XlsxWriter names it, width in points."""

    colour: str
    dash: str = "solid"
    width: float = 1.5


# the window's light theme, where the base is the scenario that is selected
_BASE_LINE: Final = LineLooks("0B5FA5", width=2.25)
_OTHER_LINES: Final = (
    LineLooks("C2480C", "dash"),
    LineLooks("00795A", "dash_dot"),
    LineLooks("A03E84", "square_dot"),
    LineLooks("8A6100", "long_dash"),
    LineLooks("5B4FC4", "round_dot"),
    LineLooks("2B7F9E", "long_dash_dot_dot"),
)
MOST_LINES: Final = 1 + len(_OTHER_LINES)
"""Scenarios that one chart tells apart."""


def unit_format(unit: str) -> str:
    """Return the number format for figures in a unit."""
    return FORMATS.get(unit, OTHER_FORMAT)


def scenario_lines(scenarios: Iterable[str]) -> dict[str, LineLooks]:
    """Return how the lines of scenarios look, those that charts show; the base is always the same."""
    others = iter(_OTHER_LINES)
    lines: dict[str, LineLooks] = {}
    for name in scenarios:
        line = _BASE_LINE if name == BASE else next(others, None)
        if line is not None:
            lines[name] = line
    return lines


def shown_in_detail(balances: Mapping[str, Balance]) -> tuple[str, ...]:
    """Return the scenarios whose months and charts are shown: the base and the first few others."""
    return tuple(scenario_lines(balances))


def axis_range(series: Iterable[Array], *, with_zero: bool) -> tuple[float, float] | None:
    """Return round ends of an axis around some series, ``None`` where they hold no number."""
    values = np.concatenate([np.empty(0), *series])
    stated = values[np.isfinite(values)]
    if not stated.size:
        return None
    low, high = float(stated.min()), float(stated.max())
    if with_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    step = nice_step(((high - low) or abs(high) * 0.1 or 1.0) / 4)
    bottom, top = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    return (bottom, top) if bottom < top else (bottom, bottom + step)


def nice_step(rough: float) -> float:
    """Return the smallest of 1, 2, 2.5, 5 times a power of ten that is at least ``rough``."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(m * power for m in (1.0, 2.0, 2.5, 5.0, 10.0) if m * power >= rough * (1 - 1e-9))
