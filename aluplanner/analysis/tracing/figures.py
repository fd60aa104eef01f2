"""What stories are told from: a balance and the run behind it, month by month and plant by plant."""

from functools import cached_property

import numpy as np

from aluplanner.model.balance import Balance
from aluplanner.model.capacity import Capacity
from aluplanner.model.frame import Mask
from aluplanner.model.inputs import Array
from aluplanner.model.reporting import operating_by_plant, production_by_plant
from aluplanner.model.response import Response
from aluplanner.model.schema import fold
from aluplanner.model.share_cuts import CutCapacity


class Figures:
    """A balance, opened up.

    Parameters
    ----------
    balance
        The balance to look into.
    """

    def __init__(self, balance: Balance) -> None:
        self.balance = balance
        self.run = balance.run
        self.plan = balance.plan
        self.months = len(balance.horizon)

    @property
    def capacity(self) -> CutCapacity:
        """Capacity of all plants before the market's response."""
        return self.run.plants

    @property
    def smelters(self) -> Mask:
        """Which plants make aluminium, shape ``(plants,)``."""
        return self.run.frame.smelters

    @property
    def year_fraction(self) -> Array:
        """Days of each month over the days of its year."""
        return self.run.frame.year_fraction

    def series(self, name: str) -> Array:
        """Return a series of the country by month."""
        return self.balance.series(name)

    def before(self, name: str) -> Array:
        """Return a series of the country a month earlier, beginning with its opening value."""
        return np.concatenate([[self.balance.opening(name)], self.series(name)[:-1]])

    def number(self, assumption: str) -> float:
        """Return a numeric assumption."""
        return float(self.run.inputs.assumption(assumption))

    def monthly(self, column: str) -> Array:
        """Return a column of Monthly, 0 where blank, shape ``(months,)``."""
        numbers: Array = self.run.inputs.monthly(column, self.balance.horizon)[0]
        return numbers

    def known(self, column: str) -> Array:
        """Return an actual where it takes the model's place (section 7), NaN elsewhere, shape ``(months,)``."""
        until = self.run.inputs.month("known_until")
        stated = self.run.inputs.monthly(column, self.balance.horizon, missing=np.nan)[0]
        is_known = np.array([until is not None and month <= until for month in self.balance.horizon])
        return np.where(is_known, stated, np.nan)

    # Plants

    def members(self, names: tuple[str, ...]) -> Mask:
        """Return which plants a measure speaks of: the smelters, or those named by plant, group or province."""
        if not names:
            return self.smelters
        wanted = {fold(name) for name in names}
        return np.array(
            [
                fold(plant.plant) in wanted
                or bool(is_smelter and any(part and fold(part) in wanted for part in (plant.group, plant.province)))
                for plant, is_smelter in zip(self.plan.plants, self.smelters, strict=True)
            ],
            dtype=bool,
        )

    @cached_property
    def opening_operating(self) -> Array:
        """Operating capacity at the opening, shape ``(plants,)``."""
        operating: Array = self.run.reach.opening.operating[0]
        return operating

    @cached_property
    def operating(self) -> Array:
        """Operating capacity by month and plant, kt/y."""
        numbers: Array = operating_by_plant(self.run)[0]
        return numbers

    @cached_property
    def production(self) -> Array:
        """Output by month and plant, kt."""
        numbers: Array = production_by_plant(self.run, self.operating[None])[0]
        return numbers

    @cached_property
    def mean_operating(self) -> Array:
        """What ran on average in each month at each plant, kt/y."""
        before = np.concatenate([self.opening_operating[None], self.operating[:-1]])
        return 0.5 * (before + self.operating)

    def at_plants(self, name: str) -> Array:
        """Return a capacity of section 4 by month and plant, kt/y."""
        numbers: Array = getattr(self.capacity, name)
        return np.broadcast_to(numbers[0], self.operating.shape)

    def opening_at_plants(self, name: str) -> Array:
        """Return a capacity of the opening by plant, kt/y."""
        numbers: Array = Capacity.opening(self.capacity, name)[0, 0]
        return numbers

    # The market's response

    @cached_property
    def restarted_by_price(self) -> Array:
        """Idle capacity that the price has brought back, by month and plant, kt/y."""
        back = np.zeros(self.operating.shape)
        if self.run.response is not None:
            back[:, self.smelters] = np.stack([month[0] for month in self.run.response.restarted_by_plant])
        return back

    @cached_property
    def idled_by_price(self) -> Array:
        """Running capacity that the price has sent away, by month and plant, kt/y."""
        away = np.zeros(self.operating.shape)
        response = self.run.response
        if response is None:
            return away
        again = Response(
            response.before_market, response.built, response.spare, response.cash_cost,
            margin=self.number("response_margin"), restart_speed=self.number("restart_speed"),
            idling_speed=self.number("idling_speed"), begins=response.begins,
        )  # fmt: skip
        for t, price in enumerate(self.before("price").tolist()):
            again.operating(t, price)
            runs = response.before_market[0, t] + again.restarted_by_plant[t][0]
            away[t, self.smelters] = runs * again.idled[0]
        return away
