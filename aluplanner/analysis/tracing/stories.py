"""The stories of every series that can be asked for (sections 10 and 11 of the model page)."""

from collections.abc import Callable
from typing import Final

from aluplanner.analysis.tracing.capacity import capacity_stories
from aluplanner.analysis.tracing.figures import Figures
from aluplanner.analysis.tracing.flows import (
    balance_stories,
    consumption_stories,
    monthly_line,
    per_output_stories,
    production_stories,
    supply_stories,
)
from aluplanner.analysis.tracing.lines import Story
from aluplanner.analysis.tracing.policy import credibility_stories, policy_stories, premium_stories
from aluplanner.analysis.tracing.price import price_stories
from aluplanner.analysis.tracing.stocks import (
    residual_stories,
    shortfall_stories,
    stock_days_stories,
    stock_stories,
    unseen_stories,
)
from aluplanner.analysis.tracing.upstream import (
    alumina_production_stories,
    alumina_shortfall_stories,
    alumina_stock_stories,
    bauxite_cover_stories,
    bauxite_use_stories,
)
from aluplanner.i18n import tr

CAPACITY: Final = (
    "built", "operating", "idle", "under_construction", "commissioned", "closed", "closed_running", "curtailed",
    "restarted", "halted",
)  # fmt: skip
POLICY: Final = ("announced", "due", "implemented", "effective", "landed", "overhang")

Names = tuple[str, ...]

_COUNTRY: Final[dict[str, Callable[[Figures], tuple[Story, ...]]]] = {
    "supply": supply_stories,
    "balance": balance_stories,
    "stock": stock_stories,
    "unseen_stock": unseen_stories,
    "stock_days": stock_days_stories,
    "shortfall": shortfall_stories,
    "residual": residual_stories,
    "price": price_stories,
    "premium": premium_stories,
    "credibility": credibility_stories,
    "alumina_production": alumina_production_stories,
    "alumina_stock": alumina_stock_stories,
    "alumina_shortfall": alumina_shortfall_stories,
    "bauxite_cover": bauxite_cover_stories,
}
_NAMED: Final[dict[str, Callable[[Figures, Names], tuple[Story, ...]]]] = {
    "production": production_stories,
    "consumption": consumption_stories,
    "bauxite_use": bauxite_use_stories,
}


def stories_of(figures: Figures, series: str, names: Names) -> tuple[Story, ...]:
    """Return the ways to tell what a series is made of, the usual one first."""
    if series in CAPACITY:
        return capacity_stories(figures, series, names)
    if series in POLICY:
        return policy_stories(figures, series, names)
    if series in _NAMED:
        return _NAMED[series](figures, names)
    return _COUNTRY[series](figures) if series in _COUNTRY else _plain_stories(figures, series)


def _plain_stories(figures: Figures, series: str) -> tuple[Story, ...]:
    """Return the stories of what is stated, and of what each tonne of output takes."""
    if series in ("net_imports", "reserve_release"):
        line = monthly_line(figures, series, figures.balance.title(series))
        return (Story("stated", tr("As stated"), lambda: [line]),)
    rate, note = {
        "alumina_requirement": (figures.number("alumina_per_t"), tr("Output times alumina per tonne.")),
        "electricity": (figures.number("power_per_t") / 1000.0, tr("Output times electricity per tonne.")),
        "co2": (figures.number("co2_per_t"), tr("Output times CO2 per tonne.")),
    }[series]
    return per_output_stories(figures, rate, note)
