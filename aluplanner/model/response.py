"""The market's own response: plants restart and idle on last month's price (section 8 of the model page)."""

import numpy as np

from aluplanner.model.inputs import Array
from aluplanner.model.numeric import Level


class Response:
    """Restarting and idling by plant, carried from month to month.

    Parameters
    ----------
    before_market, built, spare
        Capacity of the smelters, kt/y, shape ``(draws or 1, months, plants)``.
    cash_cost
        RMB/t, shape ``(draws or 1, plants)``; NaN for a plant that does not respond.
    margin, restart_speed, idling_speed
        Assumptions, one number or one a draw.
    begins
        Index ``t`` of the first month of the response.
    """

    def __init__(
        self,
        before_market: Array,
        built: Array,
        spare: Array,
        cash_cost: Array,
        *,
        margin: Level,
        restart_speed: Level,
        idling_speed: Level,
        begins: int,
    ) -> None:
        self.before_market, self.built, self.spare = before_market, built, spare
        self.cash_cost = cash_cost
        self.margin, self.restart_speed, self.idling_speed = (
            np.reshape(number, (-1, 1)) for number in (margin, restart_speed, idling_speed)
        )
        self.begins = begins
        self.restarted: Array = np.zeros((1, before_market.shape[2]))
        self.idled: Array = np.zeros((1, before_market.shape[2]))
        self.operating_by_plant: list[Array] = []
        self.restarted_by_plant: list[Array] = []

    def operating(self, t: int, price_before: Level) -> Level:
        """Return what runs at the end of month ``t`` after the response to last month's price, kt/y."""
        if t >= self.begins:
            margin = (np.reshape(price_before, (-1, 1)) - self.cash_cost) / self.margin
            pull = np.nan_to_num(np.clip(margin, -1.0, 1.0))
            self.restarted = np.clip(self.restarted + self.restart_speed * pull, 0.0, 1.0)
            self.idled = np.clip(self.idled - self.idling_speed * pull, 0.0, 1.0)
        back = self.spare[:, t] * self.restarted
        runs = np.minimum(self.built[:, t], (self.before_market[:, t] + back) * (1.0 - self.idled))
        self.operating_by_plant.append(runs)
        self.restarted_by_plant.append(back)
        total = runs.sum(axis=-1)
        return float(total[0]) if len(total) == 1 else total
