"""Plans with actuals, small enough for errors worked by hand."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from aluplanner.model.plan import Plan
from aluplanner.model.solver import solve
from tests.model.plans import plan_of
from tests.reference.by_hand import assumptions, small_plan, smelter

ACTUALS = {
    "2017-01": {"actual_production": 300, "actual_stock": 120},
    "2017-02": {"actual_production": 290, "actual_price": 12000},
    "2017-04": {"actual_production": 290, "actual_stock": 100},
}
"""Against a model that makes 310, 280, 310, 300 kt and ends its months with 110, 90, 100, 100 kt in stock."""


def plan_with_actuals(actuals: dict[str, dict[str, float]] | None = None, months: int = 4, **known: Any) -> Plan:
    """Return the plan of one smelter worked by hand, its load factor uncertain, with what really happened."""
    stated = {"load_factor": 1.0, "visible_share": 1.0, "opening_stock": 100.0, **known}
    return plan_of(
        small_plan(
            "2017-01",
            months,
            plants=[smelter("Plant", 3650.0)],
            monthly=[{"month": month, **facts} for month, facts in (ACTUALS if actuals is None else actuals).items()],
            assumptions=assumptions(**stated),
            scenarios=[{"scenario": "Later"}],
            overrides=[
                {"scenario": "Later", "table": "plants", "row": "Plant", "column": "operating", "value": 3285.0},
            ],
            uncertainty=[
                {
                    **{"table": "assumptions", "row": "load_factor", "column": "value", "distribution": "uniform"},
                    **{"low": 0.95, "high": 1.05},
                }
            ],
        )
    )


class WideFan:
    """A fan that lies 10 % and 5 % about a plan's line."""

    def __init__(self, plan: Plan, scenario: str) -> None:
        self._balance = solve(plan, scenario)

    def percentiles(self, series: str) -> NDArray[np.float64]:
        return np.array([self._balance.series(series) * factor for factor in (0.9, 0.96, 1.0, 1.04, 1.1)])


def wide_fan(plan: Plan, scenario: str, draws: int, seed: int) -> WideFan:
    return WideFan(plan, scenario)
