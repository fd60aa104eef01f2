"""Market state, policy expectation, price and the plants' response (sections 7 and 8 of the model page)."""

from dataclasses import dataclass
from typing import Any

from .months import Horizon
from .phasing import NOTHING, clip, phi, phi0
from .reach import Reach
from .tables import Action, Plant

RESTRICTING = ("halt construction", "close capacity", "curtail output")


@dataclass(frozen=True)
class Orders:
    """What the market watches in one month, kt/y (section 8 of the model page)."""

    due: float
    implemented: float
    landed: float
    overhang: float


def market_state(balance: float, consumption: float, band: float) -> str:
    """The market state of a period in words (section 7 of the model page)."""
    ratio = balance / consumption if consumption > 0 else 0.0
    if ratio > 3 * band:
        return "surplus"
    if ratio > band:
        return "slight surplus"
    if ratio >= -band:
        return "balanced"
    if ratio >= -3 * band:
        return "slight shortage"
    return "shortage"


def stock_days(stock: float, consumption: list[float], horizon: Horizon, t: int) -> float | None:
    """Stock in days of the last three months' consumption, None if there is none (section 7)."""
    first = max(0, t - 2)
    consumed = sum(consumption[first : t + 1])
    days = sum(horizon.days(month) for month in range(first, t + 1))
    return stock / (consumed / days) if consumed > NOTHING else None


def is_live(action: Action, t: int) -> bool:
    """Whether an order overhangs the market in month t (section 8 of the model page)."""
    season = 0
    while action.announced_on + season <= t:
        if action.end is None or t <= action.end + season:
            return True
        if not action.repeats_yearly:
            return False
        season += 12
    return False


def orders(actions: list[Action], reaches: dict[str, Reach], operating0: float, t: int) -> Orders:
    """due, implemented, landed and overhang of month t; actions are the enabled ones (section 8)."""
    due = implemented = landed = open_orders = 0.0
    for action in actions:
        if not action.policy or action.product != "aluminium" or action.kind not in RESTRICTING:
            continue
        size = reaches[action.name].size
        due_now = size * phi0(action, t)
        done_now = size * action.implementation * phi(action, t)
        due += due_now
        implemented += done_now
        landed += min(done_now, due_now)
        if is_live(action, t):
            open_orders += max(0.0, size - done_now)
    return Orders(due, implemented, landed, min(operating0, open_orders))


def next_credibility(before: float, now: Orders, operating0: float, assumptions: dict[str, Any]) -> float:
    """credibility(t): belief follows what lands of what is due (section 8 of the model page)."""
    if now.due == 0 or operating0 == 0:
        return before
    speed = min(1.0, now.due / (assumptions["learning_scale"] * operating0))
    return float(before + assumptions["learning"] * speed * (now.landed / now.due - before))


def premium_of(credibility: float, now: Orders, operating0: float, assumptions: dict[str, Any]) -> float:
    """premium(t) (section 8 of the model page)."""
    if operating0 == 0:
        return 0.0
    return float(assumptions["premium_strength"] * credibility * now.overhang / operating0)


def next_price(before: float, days: float | None, premium: float, assumptions: dict[str, Any]) -> float:
    """price(t) on its way to the target price; it stays where stock days are blank (section 8)."""
    if days is None:
        return before
    cover = max(days, 1.0) / assumptions["reference_days"]
    target = assumptions["reference_price"] * cover ** -assumptions["stock_elasticity"] * (1 + premium)
    return float(before + assumptions["price_adjustment"] * (target - before))


def pull_of(plant: Plant, price_before: float, t: int, first: int, assumptions: dict[str, Any]) -> float:
    """pull: how much last month's price moves a plant (section 8 of the model page)."""
    if not assumptions["market_response"] or t < first:
        return 0.0
    if plant.product != "aluminium" or plant.cash_cost is None:
        return 0.0
    return clip((price_before - plant.cash_cost) / assumptions["response_margin"], -1.0, 1.0)
