"""Plans whose outcome over draws is known in closed form, or small enough to be solved one by one."""

from typing import Any

from aluplanner.model.plan import Plan
from tests.model.cases import full_plan, override
from tests.model.plans import plan_of

H2 = "balance 2017H2 sum"
STOCK = "stock 2017-12 end"


def cell(address: str, distribution: str, low: float, mode: float, high: float, factor: str = "") -> dict[str, Any]:
    """Return a row of Uncertainty."""
    table, row, column = address.split("/")
    ends = {"low": low, "mode": mode, "high": high, "factor": factor or None}
    return {"table": table, "row": row, "column": column, "distribution": distribution, **ends}


def uncertain_plan(**tables: Any) -> Plan:
    """Return the plan of every table with ranges of all shapes, two factors and scenarios."""
    rows = [
        cell("actions/Closure/implementation", "pert", 0.2, 0.6, 1.0, "resolve"),
        cell("actions/Winter/implementation", "triangular", 0.1, 0.5, 1.0, "resolve"),
        cell("actions/Cut/delay", "uniform", 0.0, 0.0, 3.0),
        cell("demand/Construction/growth 2017", "normal", 0.02, 0.05, 0.08, "demand"),
        cell("demand/Transport/growth 2018", "normal", 0.02, 0.05, 0.08, "demand"),
        cell("plants/South/operating", "uniform", 600.0, 0.0, 800.0),
        cell("assumptions/balance_band/value", "uniform", 0.005, 0.0, 0.02),
        cell("assumptions/opening_stock/value", "uniform", 300.0, 0.0, 500.0),
    ]
    return full_plan(**{"uncertainty": rows, **tables})


LINEAR_CELLS = tuple(
    f"monthly/2017-{month:02d}/{column}" for month in (1, 2, 3) for column in ("net_imports", "consumption_change")
)


def linear_plan(weight: float = 0.5, factor: str = "") -> Plan:
    """Return a plan whose balance is a sum of normal draws: imports less changes of consumption, nothing clipped.

    Every draw has a standard deviation of 10 kt around its mode of 0; all visible, stock far above 0.
    """
    spread = 10 * 1.6448536269514722
    return plan_of(
        {
            "plan": {"title": "Linear", "first_month": "2017-01", "months": 3, "base_year": 2016},
            "plants": [{"plant": "A", "province": "X", "group": "G", "built": 1200, "operating": 1200}],
            "demand": [{"sector": "All", "consumption": 1200}],
            "monthly": [{"month": f"2017-{month:02d}"} for month in (1, 2, 3)],
            "assumptions": [
                {"assumption": "opening_stock", "value": 5000},
                {"assumption": "visible_share", "value": 1.0},
                {"assumption": "factor_correlation", "value": weight},
            ],
            "scenarios": [{"scenario": "Ten less"}],
            "overrides": [override("Ten less", "assumptions/opening_stock/value", 4990)],
            "uncertainty": [cell(address, "normal", -spread, 0.0, spread, factor) for address in LINEAR_CELLS],
        }
    )
