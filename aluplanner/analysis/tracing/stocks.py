"""Stocks: the level before, and what has moved it since (section 7 of the model page)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from aluplanner.analysis.tracing.figures import Figures
from aluplanner.analysis.tracing.flows import balance_lines, series_line
from aluplanner.analysis.tracing.lines import Kind, Line, Story, assumption, scaled, signed
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array


def carried(figures: Figures, name: str) -> Line:
    """Return the level of a series a month before."""
    return Line(figures.balance.title(name), Kind.OPENING, figures.before(name), carries=name)


def _share(figures: Figures, *, is_visible: bool) -> float:
    visible = figures.number("visible_share")
    return visible if is_visible else 1.0 - visible


def _moved(figures: Figures, *, is_visible: bool) -> list[Line]:
    """Return the part of the balance that shows, or does not show, in visible stock as one line."""
    label = tr("Visible part of the balance") if is_visible else tr("Unseen part of the balance")
    return [
        Line(
            label, Kind.SERIES, _share(figures, is_visible=is_visible) * figures.series("balance"),
            link=assumption("visible_share"), series="balance",
        )
    ]  # fmt: skip


def _moved_by_source(figures: Figures, *, is_visible: bool) -> list[Line]:
    label = tr("{name}, visible part") if is_visible else tr("{name}, unseen part")
    return scaled(balance_lines(figures), _share(figures, is_visible=is_visible), label)


def _limits(figures: Figures) -> list[Line]:
    shortfall, residual = (series_line(figures, name) for name in ("shortfall", "residual"))
    return [shortfall, replace(residual, monthly="actual_stock")]


def stock_stories(figures: Figures) -> tuple[Story, ...]:
    """Return the stories of visible stock."""
    return _level_stories(figures, "stock", partial(_limits, figures), is_visible=True)


def unseen_stories(figures: Figures) -> tuple[Story, ...]:
    """Return the stories of the change of unseen stock."""
    return _level_stories(figures, "unseen_stock", list, is_visible=False)


def _level_stories(
    figures: Figures, name: str, beyond: Callable[[], list[Line]], *, is_visible: bool
) -> tuple[Story, ...]:
    return (
        Story(
            "balance", tr("From the level before"),
            lambda: [carried(figures, name), *_moved(figures, is_visible=is_visible), *beyond()],
        ),
        Story(
            "sources", tr("By source and sector"),
            lambda: [carried(figures, name), *_moved_by_source(figures, is_visible=is_visible), *beyond()],
        ),
    )  # fmt: skip


def shortfall_stories(figures: Figures) -> tuple[Story, ...]:
    """Return the story of what visible stock could not give."""
    return (Story("balance", tr("What is missing"), partial(_shortfall, figures)),)


def _shortfall(figures: Figures) -> list[Line]:
    is_short = (figures.series("shortfall") > 0.0).astype(np.float64)
    stock = replace(carried(figures, "stock"), carries="", label=tr("Stock a month before"), series="stock")
    return scaled(signed([stock, *_moved(figures, is_visible=True)]), is_short)


def residual_stories(figures: Figures) -> tuple[Story, ...]:
    """Return the story of what the balance could not explain of a known stock."""
    return (Story("balance", tr("What was found less what was expected"), partial(_residual, figures)),)


def _residual(figures: Figures) -> list[Line]:
    known = figures.known("actual_stock")
    is_known = np.isfinite(known).astype(np.float64)
    found = Line(tr("Stock that was found"), Kind.MONTH, np.nan_to_num(known), monthly="actual_stock")
    stock = replace(carried(figures, "stock"), carries="", label=tr("Stock a month before"), series="stock")
    return [found, *scaled(signed([stock, *_moved(figures, is_visible=True)]), is_known)]


# Days of stock


def stock_days_stories(figures: Figures) -> tuple[Story, ...]:
    """Return the stories of stock days."""
    order = tr("In this order: the stock changes at the use of the month before, then the use changes.")
    at_use = tr("Each line of the stock over what a day uses.")
    return (
        Story("before", tr("From the cover before"), partial(_days_since, figures), order),
        Story("stock", tr("By what the stock is made of"), partial(_days_of_stock, figures), at_use),
    )


def daily_use(figures: Figures) -> Array:
    """Return what a day uses, over up to three months, kt; NaN where nothing is used."""
    used, days = np.cumsum(figures.series("consumption")), np.cumsum(figures.run.frame.days)
    used[3:], days[3:] = used[3:] - used[:-3].copy(), days[3:] - days[:-3].copy()
    return np.where(np.isfinite(figures.series("stock_days")), used / days, np.nan)


def _days_of_stock(figures: Figures) -> list[Line]:
    stock = replace(carried(figures, "stock"), carries="", label=tr("Stock a month before"), series="stock")
    lines = [stock, *_moved(figures, is_visible=True), *_limits(figures)]
    return scaled(lines, 1.0 / daily_use(figures))


def _days_since(figures: Figures) -> Sequence[Line]:
    use = daily_use(figures)
    use_before = np.concatenate([use[:1], use[:-1]])
    use_before = np.where(np.isfinite(use_before), use_before, use)
    stock, before = figures.series("stock"), figures.before("stock")
    return [
        Line(tr("Stock cover"), Kind.OPENING, before / use_before, carries="stock_days"),
        Line(
            tr("Change of stock"), Kind.SERIES, (stock - before) / use_before, series="stock",
        ),
        Line(
            tr("Change of use"), Kind.SERIES, stock * (1.0 / use - 1.0 / use_before), series="consumption",
        ),
    ]  # fmt: skip
