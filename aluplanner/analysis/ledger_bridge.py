"""From the output that actions take to what production would be without them (sections 5, 7 and 8).

Without the restricting aluminium actions the price would be another, and with it what the market restarts and idles;
more metal would need more alumina; and in a month whose actual is known the actual would stand all the same. Each of
these is a line of its own, so that output lost and the lines add up to the difference of two runs of the model.
"""

from typing import Final

import numpy as np

from aluplanner.analysis.ledger_rows import Section, output_rate, section_of, working_rate
from aluplanner.analysis.tracing.figures import Figures
from aluplanner.analysis.tracing.upstream import alumina_cover
from aluplanner.model.balance import Balance
from aluplanner.model.inputs import Array
from aluplanner.model.numeric import ratio
from aluplanner.model.plan import Address, Plan
from aluplanner.model.solver import solve

MARKET: Final = "market"
ALUMINA_COVER: Final = "alumina"
KNOWN: Final = "known"


def without_actions(balance: Balance) -> Balance:
    """Return the balance of the same plan and scenario without any restricting aluminium action."""
    plan: Plan = balance.plan
    off = {
        Address("actions", action.action, "enabled"): False
        for action in balance.run.frame.actions
        if section_of(action) in (Section.ORDER, Section.COMPANY)
    }
    return solve(plan.with_cells(off)) if off else balance


def bridge(figures: Figures, without: Figures) -> dict[str, Array]:
    """Return what leads from the output lost to the difference of production without and with the actions.

    Parameters
    ----------
    figures, without
        The balance with and without the restricting aluminium actions.

    Returns
    -------
    dict
        kt, shape ``(months,)`` each: ``"market"``, what the market's response restarts and idles less or more;
        ``"alumina"``, what alumina does not last for; ``"known"``, what actuals leave as it was.
    """
    would_run = without.mean_operating[:, without.smelters].sum(axis=1)
    rate, free_rate = output_rate(figures), output_rate(without)
    cover, free_cover = alumina_cover(figures), alumina_cover(without)
    scale = np.where(cover == 0.0, 1.0, ratio(rate, working_rate(figures) * cover))
    by_cover = working_rate(figures) * (free_cover - cover) * scale
    return {
        MARKET: rate * _mean(_by_price(without) - _by_price(figures)),
        ALUMINA_COVER: by_cover * would_run,
        KNOWN: (free_rate - rate - by_cover) * would_run,
    }


def _by_price(figures: Figures) -> Array:
    """Return what the market's response adds to what runs, kt/y, shape ``(months,)``; below 0 where it idles more."""
    added = figures.operating - figures.capacity.before_market[0]
    total: Array = added[:, figures.smelters].sum(axis=1)
    return total


def _mean(levels: Array) -> Array:
    """Return what a level that begins at 0 is on average in each month."""
    mean: Array = 0.5 * (levels + np.concatenate([[0.0], levels[:-1]]))
    return mean
