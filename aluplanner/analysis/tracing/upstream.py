"""Alumina and bauxite (section 5 of the model page)."""

from dataclasses import replace
from functools import partial

import numpy as np

from aluplanner.analysis.tracing.figures import Figures
from aluplanner.analysis.tracing.lines import Kind, Line, Story, assumption, scaled, signed
from aluplanner.analysis.tracing.places import PLANT, ByPlace
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.model.numeric import ratio
from aluplanner.model.plan import Address
from aluplanner.model.schema import fold
from aluplanner.model.upstream import bauxite_capacity


def alumina_cover(figures: Figures) -> Array:
    """Return ``psi``, the part of the need for alumina that can be met, by month."""
    if not (figures.run.frame.has_refineries and figures.run.inputs.switch("alumina_limits")):
        return np.ones(figures.months)
    ran = figures.mean_operating[:, figures.smelters].sum(axis=1) * figures.year_fraction
    output = figures.number("load_factor") * (1.0 - figures.number("disruption")) * ran
    need = figures.number("alumina_per_t") * output
    most = figures.number("alumina_max_utilisation") * _refined(figures).sum(axis=1)
    there = figures.before("alumina_stock") + most + figures.monthly("alumina_net_imports")
    return np.where(need == 0.0, 1.0, np.clip(ratio(there, need), 0.0, 1.0))


def _refined(figures: Figures) -> Array:
    """Return what refineries make at full use, kt by month and plant; 0 for smelters."""
    refined: Array = figures.mean_operating * ~figures.smelters * figures.year_fraction[:, None]
    return refined


def alumina_production_stories(figures: Figures) -> tuple[Story, ...]:
    """Return the stories of alumina production."""
    refineries = ByPlace(figures, partial(_at_refineries, figures), ~figures.smelters, "operating")
    return (
        Story("demand", tr("From what is needed"), partial(_demanded, figures)),
        Story(
            PLANT, tr("By plant"), lambda: refineries.lines(PLANT),
            tr("Every refinery is taken to run at the same utilisation."),
        ),
    )  # fmt: skip


def _at_refineries(figures: Figures) -> Array:
    refined = _refined(figures)
    return refined * ratio(figures.series("alumina_production"), refined.sum(axis=1))[:, None]


def _demanded(figures: Figures) -> list[Line]:
    wanted = [_requirement(figures), *signed([_imports(figures)])]
    refined = _refined(figures).sum(axis=1)
    most, least = (figures.number(f"alumina_{end}_utilisation") * refined for end in ("max", "min"))
    asked = wanted[0].values + wanted[1].values
    return [
        *wanted,
        Line(
            tr("Refineries do not run below this"), Kind.ASSUMPTION, np.maximum(least - asked, 0.0),
            link=assumption("alumina_min_utilisation"),
        ),
        Line(
            tr("Refineries can do no more"), Kind.ASSUMPTION, np.minimum(most - np.maximum(asked, least), 0.0),
            link=assumption("alumina_max_utilisation"),
        ),
    ]  # fmt: skip


def _requirement(figures: Figures) -> Line:
    name = "alumina_requirement"
    return Line(figures.balance.title(name), Kind.SERIES, figures.series(name), series=name)


def _imports(figures: Figures) -> Line:
    column = "alumina_net_imports"
    return Line(tr("Net imports of alumina"), Kind.MONTH, figures.monthly(column), monthly=column)


def _flows(figures: Figures) -> list[Line]:
    made = "alumina_production"
    production = Line(figures.balance.title(made), Kind.SERIES, figures.series(made), series=made)
    return [production, _imports(figures), *signed([_requirement(figures)])]


def _stock_before(figures: Figures) -> Line:
    name = "alumina_stock"
    return Line(figures.balance.title(name), Kind.OPENING, figures.before(name), carries=name)


def alumina_stock_stories(figures: Figures) -> tuple[Story, ...]:
    """Return the story of alumina stock."""
    return (Story("balance", tr("From the level before"), partial(_stock, figures)),)


def _stock(figures: Figures) -> list[Line]:
    name = "alumina_shortfall"
    shortfall = Line(figures.balance.title(name), Kind.SERIES, figures.series(name), series=name)
    return [_stock_before(figures), *_flows(figures), shortfall]


def alumina_shortfall_stories(figures: Figures) -> tuple[Story, ...]:
    """Return the story of the alumina that was missing."""
    return (Story("balance", tr("What is missing"), partial(_shortfall, figures)),)


def _shortfall(figures: Figures) -> list[Line]:
    stock = replace(
        _stock_before(figures), carries="", label=tr("Alumina stock a month before"), series="alumina_stock"
    )
    is_short = (figures.series("alumina_shortfall") > 0.0).astype(np.float64)
    return scaled(signed([stock, *_flows(figures)]), is_short)


# Bauxite


def bauxite_cover_stories(figures: Figures) -> tuple[Story, ...]:
    """Return the story of bauxite cover."""
    note = tr("What each origin's bauxite could make, over the alumina that is made.")
    return (Story("origin", tr("By origin"), partial(_covered, figures), note),)


def _covered(figures: Figures) -> list[Line]:
    possible = bauxite_capacity(figures.run.inputs, figures.balance.horizon, figures.year_fraction)[0]
    made = figures.series("alumina_production")
    cover = np.full(possible.shape, np.nan)
    np.divide(possible, made[:, None], out=cover, where=(made != 0.0)[:, None])
    keys = figures.plan.bauxite.keys
    return [_origin_line(key, cover[:, place], "available") for place, key in enumerate(keys)]


def bauxite_use_stories(figures: Figures, names: tuple[str, ...]) -> tuple[Story, ...]:
    """Return the story of bauxite used, from all origins or from those named."""
    return (Story("origin", tr("By origin"), partial(_used, figures, names)),)


def _used(figures: Figures, names: tuple[str, ...]) -> list[Line]:
    wanted = {fold(name) for name in names}
    used = figures.balance.bauxite_use
    return [_origin_line(key, values, "grade") for key, values in used.items() if not wanted or fold(key) in wanted]


def _origin_line(key: str, values: Array, column: str) -> Line:
    return Line(key, Kind.ORIGIN, values, link=Address("bauxite", key, column))
