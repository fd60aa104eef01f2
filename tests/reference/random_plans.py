"""Random valid plans that between them use every feature of the model page."""

from random import Random
from typing import Any

from hypothesis import strategies as st

from .months import Horizon, month_number
from .random_overrides import add_scenarios
from .random_tables import (
    add_credits,
    random_action,
    random_assumption,
    random_clean_up,
    random_month_row,
    random_origin,
    random_plant,
    random_seasonality,
    random_sector,
    random_winter,
)
from .random_values import chance
from .tables import ASSUMPTION_DEFAULTS

# plants, refineries, actions, months, scenarios: the most of each
SIZES = {
    "small": (4, 2, 5, 16, 4),
    "medium": (8, 3, 10, 36, 4),
    "large": (14, 4, 18, 60, 5),
}


def random_plan(rng: Random, size: str = "small") -> dict[str, Any]:
    """A random plan, valid by sections 1 to 4 of the model page for its base and for each scenario.

    Parameters
    ----------
    rng : random.Random
        Where every draw comes from; the same state gives the same plan.
    size : str
        `small`, `medium` or `large`: up to 16, 36 or 60 months and 6, 11 or 18 plants.

    Returns
    -------
    dict
        The tables as `run` takes them.
    """
    most_plants, most_refineries, most_actions, most_months, most_scenarios = SIZES[size]
    horizon, stated, stated_by = random_horizon(rng, most_months)
    plants = [
        random_plant(rng, number, rng.choice([None, "aluminium"]), horizon)
        for number in range(1, rng.randint(0 if chance(rng, 0.05) else 1, most_plants) + 1)
    ]
    refineries = rng.choice([0, rng.randint(1, most_refineries)])
    plants += [random_plant(rng, number, "alumina", horizon) for number in range(1, refineries + 1)]
    actions = [random_action(rng, number, plants, horizon) for number in range(1, rng.randint(0, most_actions) + 1)]
    if chance(rng, 0.3):
        actions += random_winter(rng, plants, horizon)
    if chance(rng, 0.15):
        actions += random_clean_up(rng, plants, horizon)
    add_credits(rng, actions)
    smelters = [plant for plant in plants if plant.get("product") != "alumina"]
    yearly_output = sum(plant.get("operating") or 0.0 for plant in smelters)
    plan: dict[str, Any] = {
        "plan": stated,
        "plants": plants,
        "actions": actions,
        "demand": random_demand(rng, horizon, yearly_output, stated_by),
        "seasonality": random_seasonality(rng),
        "monthly": random_monthly(rng, horizon, yearly_output / 12, stated_by),
        "bauxite": [random_origin(rng, number) for number in range(1, rng.randint(0, 3) + 1)],
        "assumptions": random_assumptions(rng, horizon),
    }
    add_scenarios(rng, plan, horizon, most_scenarios)
    add_claims_and_uncertainty(rng, plan)
    for table in list(plan):
        if not plan[table] and table not in ("plants", "actions", "demand") and chance(rng, 0.5):
            del plan[table]
    return plan


def plans(size: str = "small") -> st.SearchStrategy[dict[str, Any]]:
    """A hypothesis strategy of the same plans, which shrinks a failing one."""
    return st.randoms(use_true_random=False).map(lambda rng: random_plan(rng, size))


def random_horizon(rng: Random, most_months: int) -> tuple[Horizon, dict[str, Any], str]:
    """A horizon, the fields of Plan, and what states the first month: plan, monthly or growth (section 1)."""
    months = 24 if chance(rng, 0.05) else rng.choice([1, 2, rng.randint(3, most_months), most_months])
    year = rng.randint(2015, 2020)
    stated_by = rng.choice(["plan", "plan", "plan", "monthly", "growth"])
    month = 1 if stated_by == "growth" else rng.choice([1, rng.randint(1, 12)])
    first = f"{year}-{month:02d}"
    base_year = year - 1 if stated_by == "growth" else rng.choice([year - 1, year - 3, year - 2, year, year + 1])
    default_base = base_year == year - 1 and (stated_by == "growth" or chance(rng, 0.5))
    stated = {
        "title": "Random plan",
        "first_month": first if stated_by == "plan" else None,
        "months": None if months == 24 else months,
        "base_year": None if default_base else base_year,
    }
    return Horizon(month_number(first), months, base_year), stated, stated_by


def random_demand(rng: Random, horizon: Horizon, yearly_output: float, stated_by: str) -> list[dict[str, Any]]:
    """Sectors that together use about what is made; growth years from the base year on, some missing."""
    first_year, last_year = horizon.year(0), horizon.year(horizon.months - 1)
    years = list(range(min(first_year, horizon.base_year + 1), last_year + 1))
    count = rng.randint(1 if stated_by == "growth" else 0, 3)
    scale = (yearly_output + 50) / max(1, count)
    sectors = [random_sector(rng, f"Sector {number}", scale, years) for number in range(1, count + 1)]
    if stated_by == "growth":
        sectors[0][f"growth {first_year}"] = 0.04
    return sectors


def random_monthly(rng: Random, horizon: Horizon, output: float, stated_by: str) -> list[dict[str, Any]]:
    """Rows of Monthly, some months missing; none where the first growth year is to state the first month."""
    if stated_by == "growth":
        return []
    density = rng.choice([0.0, 0.5, 0.9, 1.0])
    return [
        random_month_row(rng, horizon.label(t), output)
        for t in range(horizon.months)
        if (t == 0 and stated_by == "monthly") or chance(rng, density)
    ]


def random_assumptions(rng: Random, horizon: Horizon) -> list[dict[str, Any]]:
    """Rows of Assumptions, some missing, some blank (section 9 of the model page)."""
    density = rng.choice([0.0, 0.4, 0.7, 1.0])
    return [
        {"assumption": name, "value": random_assumption(rng, name, horizon)}
        for name in ASSUMPTION_DEFAULTS
        if chance(rng, density)
    ]


def add_claims_and_uncertainty(rng: Random, plan: dict[str, Any]) -> None:
    """Some rows of Claims and Uncertainty; they leave the balance as it is."""
    plan["claims"], plan["uncertainty"] = [], []
    if chance(rng, 0.3):
        relation = rng.choice(["<", "at most", "=", ">=", "above"])
        plan["claims"].append(
            {
                "claim": "Claim 1",
                "measure": "balance all sum",
                "relation": relation,
                "value": 100.0,
                "tolerance": 10.0,
            }
        )
    if plan["actions"] and chance(rng, 0.3):
        plan["uncertainty"].append(
            {
                "table": "actions",
                "row": plan["actions"][0]["action"],
                "column": "implementation",
                "distribution": rng.choice(["pert", "triangular", "uniform"]),
                "low": 0.2,
                "mode": 0.5,
                "high": 0.9,
                "factor": rng.choice([None, "resolve"]),
            }
        )
