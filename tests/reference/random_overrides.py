"""Random scenarios: layers of overrides that keep every scenario of a plan valid."""

from random import Random
from typing import Any

from .bounds import builds_deep, every_problem
from .months import Horizon
from .random_tables import COMPLIANCES, GROUPS, KINDS, random_assumption, random_target
from .random_values import chance, hundredths, share_of_one, tenths
from .tables import ASSUMPTION_DEFAULTS

Cells = list[tuple[str, str, str, Any]]


def add_scenarios(rng: Random, plan: dict[str, Any], horizon: Horizon, most: int) -> None:
    """Give the plan up to `most` scenarios with builds_on up to three deep (section 1 of the model page).

    An override that would make any scenario invalid is left out.
    """
    plan["scenarios"], plan["overrides"] = [], []
    for number in range(1, rng.randint(0, most) + 1):
        lower = [row["scenario"] for row in plan["scenarios"] if builds_deep(plan, row["scenario"]) < 3]
        chosen = [rng.choice(lower) for _ in range(rng.choice([0, 1, 2, 2])) if lower]
        name = f"Scenario {number}"
        builds_on = rng.choice([";", "; "]).join(dict.fromkeys(chosen)) or None
        plan["scenarios"].append({"scenario": name, "builds_on": builds_on, "description": None})
        for _ in range(rng.randint(1, 6)):
            add_overrides(plan, name, random_cells(rng, plan, horizon))


def add_overrides(plan: dict[str, Any], scenario: str, cells: Cells) -> None:
    """Add the cells to a scenario, unless some scenario were then invalid."""
    before = len(plan["overrides"])
    for table, row, column, value in cells:
        plan["overrides"].append(
            {
                "scenario": scenario,
                "table": table,
                "row": row,
                "column": column,
                "value": "(blank)" if value is None else value,
            }
        )
    if every_problem(plan):
        del plan["overrides"][before:]


def random_cells(rng: Random, plan: dict[str, Any], horizon: Horizon) -> Cells:
    """One change of a scenario: a cell, or the two cells of an action's size.

    Now and then it is a cell that a scenario changes already, so that layers meet in it.
    """
    if plan["overrides"] and chance(rng, 0.4):
        return [cell_again(rng, rng.choice(plan["overrides"]))]
    tables = ["assumptions", *["actions"] * 3, *["plants"] * 2, "demand", "monthly", "bauxite", "seasonality"]
    table = rng.choice(tables)
    if table == "assumptions":
        name = rng.choice(sorted(ASSUMPTION_DEFAULTS))
        return [(table, name, "value", random_assumption(rng, name, horizon))]
    if not plan.get(table):
        return []
    row = rng.choice(plan[table])
    if table == "actions":
        return action_cells(rng, plan, row, horizon)
    if table == "plants":
        return [(table, row["plant"], *plant_cell(rng, row, horizon))]
    return [other_cell(rng, plan, table, row)]


def cell_again(rng: Random, taken: dict[str, Any]) -> tuple[str, str, str, Any]:
    """The cell of an override, mostly with another value."""
    value = taken["value"]
    if isinstance(value, float):
        value = rng.choice([value, value / 2])
    elif isinstance(value, bool):
        value = not value
    return (taken["table"], taken["row"], taken["column"], value)


def other_cell(rng: Random, plan: dict[str, Any], table: str, row: dict[str, Any]) -> tuple[str, str, str, Any]:
    """A cell of Demand, Monthly, Bauxite or Seasonality; blank now and then."""
    if table == "demand":
        columns = sorted({column for sector in plan[table] for column in sector} - {"sector", "consumption"})
        column = rng.choice(["consumption", *columns])
        value = tenths(rng, 0, 5000) if column == "consumption" else hundredths(rng, -0.2, 0.3)
        return (table, row["sector"], column, rng.choice([value, value, None]))
    if table == "monthly":
        column = rng.choice(["net_imports", "consumption_change", "actual_stock", "actual_production"])
        value = tenths(rng, 0 if column.startswith("actual") else -100, 300)
        return (table, row["month"], column, rng.choice([value, value, None]))
    if table == "bauxite":
        return (table, row["origin"], "available", rng.choice([tenths(rng, 0, 9000), None]))
    return (table, str(row["month_of_year"]), "weight", hundredths(rng, 0, 2))


def plant_cell(rng: Random, plant: dict[str, Any], horizon: Horizon) -> tuple[str, Any]:
    """A column of a plant and a value for it."""
    column = rng.choice(
        [
            "operating",
            "built",
            "under_construction",
            "non_compliant",
            "cash_cost",
            "first_output",
            "winter_region",
            "group",
        ]
    )
    built = plant.get("built") or 0.0
    values = {
        "operating": round(built * share_of_one(rng), 1),
        "built": round(built + tenths(rng, 0, 500), 1),
        "under_construction": tenths(rng, 0, 900),
        "non_compliant": round(built * share_of_one(rng), 1),
        "cash_cost": tenths(rng, 10000, 16000),
        "first_output": horizon.label(rng.randint(0, horizon.months)),
        "winter_region": rng.choice([True, False]),
        "group": rng.choice(GROUPS),
    }
    return column, None if chance(rng, 0.15) else values[column]


def action_cells(rng: Random, plan: dict[str, Any], action: dict[str, Any], horizon: Horizon) -> Cells:
    """A change of one action: any column, or another way to state its size."""
    name = action["action"]
    month = horizon.label(rng.randint(-2, horizon.months))
    column = rng.choice(
        [
            "enabled",
            "policy",
            "implementation",
            "delay",
            "phase_in",
            "start",
            "end",
            "announced_on",
            "target",
            "kind",
            "compliance",
            "credit",
            "repeats_yearly",
            "size",
            "size",
        ]
    )
    if column == "size":
        given = next(size for size in ("announced", "share", "pots") if action.get(size) is not None)
        wanted = rng.choice(["announced", "share", "pots"])
        value = {"announced": tenths(rng, 0, 900), "share": share_of_one(rng), "pots": 90.0}[wanted]
        cells: Cells = [] if wanted == given else [("actions", name, given, None)]
        return [*cells, ("actions", name, wanted, value)]
    values = {
        "enabled": rng.choice([True, False, None]),
        "policy": rng.choice([True, False, None]),
        "implementation": rng.choice([share_of_one(rng), None]),
        "delay": rng.choice([hundredths(rng, 0, 5), None]),
        "phase_in": rng.choice([hundredths(rng, 0, 8), None]),
        "start": month,
        "end": rng.choice([month, None]),
        "announced_on": rng.choice([month, None]),
        "target": random_target(rng, plan["plants"], action.get("product") or "aluminium"),
        "kind": rng.choice(KINDS),
        "compliance": rng.choice(COMPLIANCES),
        "credit": rng.choice([None, rng.choice(plan["actions"])["action"]]),
        "repeats_yearly": rng.choice([True, False, None]),
    }
    return [("actions", name, column, values[column])]
