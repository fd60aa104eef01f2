"""Flows of the metal: production, supply, consumption, balance (sections 5 to 7 of the model page)."""

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from aluplanner.analysis.tracing.figures import Figures
from aluplanner.analysis.tracing.lines import Kind, Line, Story, assumption, signed
from aluplanner.analysis.tracing.places import ByPlace
from aluplanner.analysis.tracing.upstream import alumina_cover
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.model.plan import Address
from aluplanner.model.schema import fold


def series_line(figures: Figures, name: str) -> Line:
    """Return a series of the country as one line."""
    return Line(figures.balance.title(name), Kind.SERIES, figures.series(name), series=name)


def monthly_line(figures: Figures, column: str, label: str) -> Line:
    """Return a column of Monthly as one line."""
    return Line(label, Kind.MONTH, figures.monthly(column), monthly=column)


# Production


def production_places(figures: Figures, names: tuple[str, ...] = ()) -> ByPlace:
    """Return output by plant, group or province."""
    members = figures.members(names)
    told = "" if names else "production"
    return ByPlace(figures, lambda: figures.production, members, "operating", series=told)


def production_stories(figures: Figures, names: tuple[str, ...]) -> tuple[Story, ...]:
    """Return the stories of production."""
    causes = Story(
        "causes", tr("From what runs to output"), partial(_output, figures, names),
        tr("In this order: what runs at the load factor, less outages, less what alumina does not last for, "
           "then the actual where one is known."),
    )  # fmt: skip
    return *production_places(figures, names).stories(), causes


def _output(figures: Figures, names: tuple[str, ...]) -> list[Line]:
    members = figures.members(names) & figures.smelters
    ran = figures.mean_operating[:, members].sum(axis=1) * figures.year_fraction
    full = figures.number("load_factor") * ran
    outages = -figures.number("disruption") * full
    unconstrained = full + outages
    cover = alumina_cover(figures)
    factor = figures.run.reported("output_factor")[0]
    return [
        Line(tr("What runs, at the load factor"), Kind.ASSUMPTION, full, link=assumption("load_factor")),
        Line(tr("Outages"), Kind.ASSUMPTION, outages, link=assumption("disruption")),
        Line(
            tr("Lack of alumina"), Kind.ASSUMPTION, (cover - 1.0) * unconstrained,
            link=assumption("alumina_limits"), series="alumina_stock",
        ),
        Line(
            tr("Actual in place of the model"), Kind.MONTH, (factor - cover) * unconstrained,
            monthly="actual_production",
        ),
    ]  # fmt: skip


# Supply


def supply_stories(figures: Figures) -> tuple[Story, ...]:
    """Return the stories of supply."""
    sources = Story("sources", tr("By source"), lambda: supply_lines(figures))
    places = (
        Story(story.key, story.title, partial(_supply_by, figures, story)) for story in _production_by_place(figures)
    )
    first, *rest = places
    return first, sources, *rest


def _production_by_place(figures: Figures) -> tuple[Story, ...]:
    return production_places(figures).stories()


def _supply_by(figures: Figures, story: Story) -> list[Line]:
    return [*story.lines(), *_other_supply(figures)]


def supply_lines(figures: Figures) -> list[Line]:
    """Return production, net imports and reserve release."""
    return [series_line(figures, "production"), *_other_supply(figures)]


def _other_supply(figures: Figures) -> list[Line]:
    names = ("net_imports", "reserve_release")
    return [monthly_line(figures, name, figures.balance.title(name)) for name in names]


# Consumption


def consumption_stories(figures: Figures, names: tuple[str, ...]) -> tuple[Story, ...]:
    """Return the stories of consumption, of all sectors or of those named."""
    return (
        Story("sector", tr("By sector"), lambda: consumption_lines(figures, names)),
        Story(
            "causes", tr("From the base year"), partial(_since_base_year, figures, names),
            tr("In this order: a twelfth of the base year, each year's growth, the season, the price."),
        ),
    )  # fmt: skip


def consumption_lines(figures: Figures, names: tuple[str, ...] = ()) -> list[Line]:
    """Return the sectors and, for the country, the stated change and what the floor at zero gives."""
    by_sector = figures.balance.consumption_by_sector
    sectors = [
        Line(key, Kind.SECTOR, by_sector[key], link=Address("demand", key, "consumption"))
        for key in _sectors(figures, names)
    ]
    return sectors if names else [*sectors, *_beyond_sectors(figures)]


def _sectors(figures: Figures, names: tuple[str, ...]) -> list[str]:
    wanted = {fold(name) for name in names}
    return [key for key in figures.plan.demand.keys if not wanted or fold(key) in wanted]


def _beyond_sectors(figures: Figures) -> list[Line]:
    change = monthly_line(figures, "consumption_change", tr("Stated change of consumption"))
    wanted = np.sum([change.values, *figures.balance.consumption_by_sector.values()], axis=0)
    floor = np.maximum(0.0, -wanted)
    return [change, Line(tr("Consumption is not below zero"), Kind.REMAINDER, floor)]


def _since_base_year(figures: Figures, names: tuple[str, ...]) -> list[Line]:
    sectors = _sectors(figures, names)
    places = [figures.plan.demand.keys.index(key) for key in sectors]
    alone = sectors[0] if len(sectors) == 1 else ""
    base = figures.plan.demand.numbers("consumption")[places].sum() / 12.0
    lines = [
        Line(
            tr("A twelfth of the base year"), Kind.SECTOR, np.full(figures.months, base),
            link=Address("demand", alone, "consumption") if alone else None,
        ),
        *_growth_lines(figures, places, alone),
    ]  # fmt: skip
    grown = np.sum([line.values for line in lines], axis=0)
    at_reference: Array = figures.run.sectors[0][:, places].sum(axis=1)
    factor = figures.run.reported("price_factor")[0]
    lines += [
        Line(tr("Season"), Kind.MONTH, at_reference - grown, monthly="weight", month_table="seasonality"),
        Line(
            tr("Price"), Kind.ASSUMPTION, (factor - 1.0) * at_reference,
            link=assumption("demand_elasticity"), series="price",
        ),
    ]  # fmt: skip
    return lines if names else [*lines, *_beyond_sectors(figures)]


def _growth_lines(figures: Figures, places: list[int], alone: str) -> Iterator[Line]:
    horizon, demand = figures.balance.horizon, figures.plan.demand
    years = np.array([month.year for month in horizon])
    monthly = demand.numbers("consumption")[places] / 12.0
    rate = np.zeros(len(places))
    for year in range(horizon.base_year + 1, horizon.last.year + 1):
        stated = demand.numbers(f"growth {year}")[places]
        rate = np.where(np.isnan(stated), rate, stated)
        added = float((monthly * rate).sum())
        monthly = monthly * (1.0 + rate)
        yield Line(
            tr("Growth {year}", year=year), Kind.SECTOR, np.where(years >= year, added, 0.0),
            link=Address("demand", alone, f"growth {year}") if alone else None,
        )  # fmt: skip


# Balance


def balance_stories(figures: Figures) -> tuple[Story, ...]:
    """Return the stories of the balance: what comes less what is used."""
    places = (
        Story(story.key, story.title, partial(_balance_by, figures, story)) for story in _production_by_place(figures)
    )
    return Story("sources", tr("By source and sector"), lambda: balance_lines(figures)), *places


def balance_lines(figures: Figures) -> list[Line]:
    """Return the sources of supply less the sectors."""
    return [*supply_lines(figures), *signed(consumption_lines(figures))]


def _balance_by(figures: Figures, story: Story) -> Sequence[Line]:
    return [*_supply_by(figures, story), *signed(consumption_lines(figures))]


def per_output_stories(figures: Figures, rate: float, note: str) -> tuple[Story, ...]:
    """Return the stories of what each tonne of output takes ``rate`` of: alumina, electricity, CO2."""
    places = ByPlace(figures, lambda: figures.production * rate, figures.smelters, "operating")
    return tuple(Story(story.key, story.title, story.lines, note) for story in places.stories())
