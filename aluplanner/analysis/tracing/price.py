"""The price: the level before and the pull of stock cover and premium since (section 8 of the model page)."""

from functools import partial

import numpy as np

from aluplanner.analysis.tracing.figures import Figures
from aluplanner.analysis.tracing.lines import Kind, Line, Story, assumption, scaled
from aluplanner.analysis.tracing.policy import premium_lines
from aluplanner.analysis.tracing.stocks import carried
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array


def price_stories(figures: Figures) -> tuple[Story, ...]:
    """Return the stories of the price."""
    order = tr(
        "In this order: the pull to the reference price, what stock cover makes of that, what the premium adds, "
        "then the actual where one is known."
    )
    return (
        Story("pull", tr("From the price before"), partial(_pulled, figures, is_by_action=False), order),
        Story("action", tr("With the premium by action"), partial(_pulled, figures, is_by_action=True), order),
    )


def _pulled(figures: Figures, *, is_by_action: bool) -> list[Line]:
    before, reference = carried(figures, "price"), figures.number("reference_price")
    pull = _pull(figures)
    at_cover = reference * _cover_factor(figures)
    premium = _premium(figures, pull * at_cover, is_by_action=is_by_action)
    lines = [
        Line(
            tr("Pull to the reference price"), Kind.ASSUMPTION, pull * (reference - before.values),
            link=assumption("reference_price"),
        ),
        Line(
            tr("Stock cover"), Kind.SERIES, pull * (at_cover - reference),
            link=assumption("stock_elasticity"), series="stock_days",
        ),
        *premium,
    ]  # fmt: skip
    modelled = before.values + np.sum([line.values for line in lines], axis=0)
    known = figures.known("actual_price")
    beyond = np.where(np.isfinite(known), known - modelled, 0.0)
    stated = Line(tr("Actual in place of the model"), Kind.MONTH, beyond, monthly="actual_price")
    return [before, *lines, stated]


def _pull(figures: Figures) -> Array:
    """Return the part of the gap that each month closes; 0 where nothing is used and the price stays."""
    is_moving = np.isfinite(figures.series("stock_days"))
    return np.where(is_moving, figures.number("price_adjustment"), 0.0)


def _cover_factor(figures: Figures) -> Array:
    days = np.nan_to_num(figures.series("stock_days"))
    factor: Array = (np.maximum(days, 1.0) / figures.number("reference_days")) ** -figures.number("stock_elasticity")
    return factor


def _premium(figures: Figures, factor: Array, *, is_by_action: bool) -> list[Line]:
    if is_by_action:
        return scaled(premium_lines(figures), factor)
    values = factor * figures.series("premium")
    title = figures.balance.title("premium")
    return [Line(title, Kind.SERIES, values, link=assumption("premium_strength"), series="premium")]
