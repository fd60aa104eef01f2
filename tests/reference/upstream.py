"""Alumina and bauxite (section 5 of the model page)."""

from dataclasses import dataclass
from typing import Any

from .months import Horizon
from .phasing import NOTHING, clip


@dataclass(frozen=True)
class Alumina:
    """One month of alumina in kt (section 5 of the model page)."""

    production: float
    stock: float
    shortfall: float


def alumina_limit(need: float, stock_before: float, most: float, net_imports: float, limits: bool) -> float:
    """psi(t): the part of the aluminium output that alumina allows (section 5 of the model page)."""
    if need == 0 or not limits:
        return 1.0
    return clip((stock_before + most + net_imports) / need, 0.0, 1.0)


def alumina_month(requirement: float, stock_before: float, least: float, most: float, net_imports: float) -> Alumina:
    """Alumina output, stock and shortfall of one month (section 5 of the model page)."""
    production = clip(requirement - net_imports, least, most)
    raw = stock_before + production + net_imports - requirement
    return Alumina(production=production, stock=max(0.0, raw), shortfall=max(0.0, -raw))


def alumina_from(origin: dict[str, Any], horizon: Horizon, t: int) -> float:
    """Alumina in kt that an origin's bauxite can make in month t (section 5 of the model page)."""
    growth = 1 + (origin.get("growth") or 0.0)
    available = (origin.get("available") or 0.0) * growth ** (horizon.year(t) - horizon.base_year)
    return float(available * horizon.days(t) / horizon.days_in_year(t) / origin["grade"])


def bauxite_month(
    origins: list[dict[str, Any]], alumina_production: float, horizon: Horizon, t: int
) -> tuple[dict[str, float], float | None]:
    """Bauxite used by origin, in the table's order, and the cover (section 5 of the model page)."""
    use = {}
    left = alumina_production
    possible = 0.0
    for origin in origins:
        can_make = alumina_from(origin, horizon, t)
        taken = min(left, can_make)
        left -= taken
        possible += can_make
        use[str(origin["origin"]).strip()] = taken * origin["grade"]
    return use, possible / alumina_production if alumina_production > NOTHING else None
