"""The month loop: alumina, production, stock, price, and the market's own response (sections 5 to 8 of the model page).

Everything that one month hands to the next is here; all else is worked out before it, for all months at once.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from aluplanner.model.cancelling import stop_if_cancelled
from aluplanner.model.numeric import Arithmetic, Level
from aluplanner.model.response import Response

Months = list[Level]
"""One level a month."""

REPORTED: Final = (
    "operating",
    "production",
    "supply",
    "consumption",
    "price_factor",
    "balance",
    "stock",
    "unseen_stock",
    "stock_days",
    "shortfall",
    "residual",
    "price",
    "alumina_requirement",
    "alumina_production",
    "alumina_stock",
    "alumina_shortfall",
    "output_factor",
    "known_production_unused",
)


@dataclass(frozen=True)
class AluminaInputs:
    """Refineries by month, kt a month, and the alumina stock at the opening, kt."""

    most: Months
    least: Months
    net_imports: Months
    opening_stock: Level
    limits: bool


@dataclass(frozen=True)
class KnownMonths:
    """Actuals that take the model's place, month by month; ``None`` where the model stands."""

    production: list[Level | None]
    stock: list[Level | None]
    price: list[Level | None]


@dataclass(frozen=True)
class MarketInputs:
    """What the month loop needs; months are lists of levels, everything else one level.

    Attributes
    ----------
    operating
        Running aluminium capacity before the market's response, kt/y.
    opening_operating
        The same at the opening, kt/y.
    output
        Output per kt/y of running capacity in the month, kt.
    consumption, consumption_change, other_supply
        Consumption at the reference price, its stated change, and net imports plus reserve release, kt.
    days
        Days of each month.
    premium
        Expectation premium, fraction.
    """

    operating: Months
    opening_operating: Level
    output: Months
    consumption: Months
    consumption_change: Months
    other_supply: Months
    days: list[float]
    premium: Months
    alumina: AluminaInputs | None
    known: KnownMonths
    response: Response | None
    opening_stock: Level
    opening_price: Level
    visible_share: Level
    alumina_per_t: Level
    demand_elasticity: Level
    reference_price: Level
    reference_days: Level
    stock_elasticity: Level
    price_adjustment: Level


class Market:
    """One run of the month loop.

    Parameters
    ----------
    inputs
        What it needs.
    arithmetic
        For plain numbers or arrays of draws.
    draws
        Number of draws.
    """

    def __init__(self, inputs: MarketInputs, arithmetic: Arithmetic, draws: int) -> None:
        self.inputs = inputs
        self.arithmetic = arithmetic
        self.draws = draws
        self.months: dict[str, Months] = {name: [] for name in REPORTED}
        self.stock: Level = inputs.opening_stock
        self.unseen: Level = 0.0
        self.price: Level = inputs.opening_price
        self.operating: Level = inputs.opening_operating
        self.alumina_stock: Level = inputs.alumina.opening_stock if inputs.alumina else 0.0
        self.elastic = bool(np.any(inputs.demand_elasticity != 0.0))

    def run(self) -> dict[str, Months]:
        """Return the reported levels by name, one a month.

        Raises
        ------
        SolveCancelled
            When that is asked for between two months.
        """
        for t in range(len(self.inputs.days)):
            stop_if_cancelled()
            self._month(t)
        return self.months

    def _month(self, t: int) -> None:
        production = self._production(t)
        balance = self._balance(t, production)
        self._stock(t, balance)
        self._price(t)

    def _report(self, **levels: Level) -> None:
        months = self.months
        for name, level in levels.items():
            months[name].append(level)

    def _production(self, t: int) -> Level:
        """Return the month's output: what runs, as far as alumina lasts, or what is known of it (section 5)."""
        inputs, before = self.inputs, self.operating
        self.operating = inputs.response.operating(t, self.price) if inputs.response else inputs.operating[t]
        unconstrained = inputs.output[t] * (0.5 * (before + self.operating))
        psi = self._alumina_covers(t, inputs.alumina_per_t * unconstrained)
        modelled = psi * unconstrained
        production: Level = modelled
        unused: Level = 0.0
        known = inputs.known.production[t]
        if known is not None:
            production = self.arithmetic.where_positive(modelled, known, modelled)
            unused = self.arithmetic.where_positive(modelled, 0.0, 1.0)
        scale = self.arithmetic.ratio(production, modelled, 1.0)
        self._report(
            operating=self.operating,
            production=production,
            output_factor=psi * scale,
            known_production_unused=unused,
        )
        self._refine(t, inputs.alumina_per_t * production)
        return production

    def _alumina_covers(self, t: int, need: Level) -> Level:
        """Return ``psi``, the part of the need for alumina that can be met."""
        alumina = self.inputs.alumina
        if alumina is None or not alumina.limits:
            return 1.0
        there = self.alumina_stock + alumina.most[t] + alumina.net_imports[t]
        covered = self.arithmetic.ratio(there, need, 1.0)
        return self.arithmetic.smaller(1.0, self.arithmetic.larger(0.0, covered))

    def _refine(self, t: int, requirement: Level) -> None:
        alumina = self.inputs.alumina
        self._report(alumina_requirement=requirement)
        if alumina is None:
            return
        larger, smaller = self.arithmetic.larger, self.arithmetic.smaller
        made = smaller(alumina.most[t], larger(alumina.least[t], requirement - alumina.net_imports[t]))
        raw = self.alumina_stock + made + alumina.net_imports[t] - requirement
        self.alumina_stock = larger(0.0, raw)
        missing = larger(0.0, -raw) + 0.0  # turns a negative zero into a plain one
        self._report(alumina_production=made, alumina_stock=self.alumina_stock, alumina_shortfall=missing)

    def _balance(self, t: int, production: Level) -> Level:
        """Return supply less consumption (sections 6 and 7)."""
        inputs = self.inputs
        factor: Level = 1.0
        if self.elastic:
            factor = (self.price / inputs.reference_price) ** -inputs.demand_elasticity
        wanted = inputs.consumption[t] * factor + inputs.consumption_change[t]
        consumption = self.arithmetic.larger(0.0, wanted)
        supply = production + inputs.other_supply[t]
        balance = supply - consumption
        self._report(supply=supply, consumption=consumption, price_factor=factor, balance=balance)
        return balance

    def _stock(self, t: int, balance: Level) -> None:
        """Move visible and unseen stock (section 7)."""
        inputs, larger = self.inputs, self.arithmetic.larger
        raw = self.stock + inputs.visible_share * balance
        shortfall: Level
        residual: Level
        known = inputs.known.stock[t]
        if known is None:
            self.stock = larger(0.0, raw)
            shortfall, residual = larger(0.0, -raw) + 0.0, 0.0
        else:
            self.stock = known
            shortfall, residual = 0.0, known - raw
        self.unseen = self.unseen + (1.0 - inputs.visible_share) * balance
        self._report(stock=self.stock, unseen_stock=self.unseen, shortfall=shortfall, residual=residual)

    def _price(self, t: int) -> None:
        """Move the price towards what stock cover and expectation call for (section 8)."""
        inputs, arithmetic = self.inputs, self.arithmetic
        window = slice(max(0, t - 2), t + 1)
        used: Level = sum(self.months["consumption"][window])
        per_day = used / sum(inputs.days[window])
        days = arithmetic.ratio(self.stock, per_day, float("nan"))
        cover = arithmetic.larger(days, 1.0) / inputs.reference_days
        target = inputs.reference_price * cover**-inputs.stock_elasticity * (1.0 + inputs.premium[t])
        moved = self.price + inputs.price_adjustment * (target - self.price)
        self.price = arithmetic.where_positive(per_day, moved, self.price)
        known = inputs.known.price[t]
        if known is not None:
            self.price = known
        self._report(stock_days=days, price=self.price)
