"""What makes a plan valid: bounds and rules of sections 1 to 4 of the model page, as a list of complaints."""

from typing import Any

from .months import Horizon, read_horizon
from .reach import is_reached
from .scenarios import KEY_COLUMNS, normal, resolve, split_names
from .tables import ASSUMPTION_DEFAULTS, Action, Plant, read_actions, read_assumptions, read_plants

SHARES = [
    "visible_share",
    "price_adjustment",
    "learning",
    "opening_credibility",
    "restart_speed",
    "idling_speed",
    "disruption",
    "alumina_min_utilisation",
    "alumina_max_utilisation",
    "factor_correlation",
]
POSITIVE = [
    "reference_price",
    "opening_price",
    "reference_days",
    "response_margin",
    "learning_scale",
    "alumina_per_t",
]
NOT_NEGATIVE = ["opening_stock", "alumina_opening_stock", "balance_band", "load_factor"]
KINDS = ("halt construction", "close capacity", "curtail output", "restart capacity", "commission capacity")
COMPLIANCES = ("any", "compliant", "non-compliant")
PERMANENT = ("close capacity", "commission capacity")


def problems(plan: dict[str, Any], scenario: str | None = None) -> list[str]:
    """Everything that sections 1 to 4 of the model page do not allow, for the base or one scenario."""
    try:
        resolved, horizon = resolve(plan, scenario), read_horizon(plan)
        plants, actions = read_plants(resolved, horizon), read_actions(resolved, horizon)
    except (KeyError, TypeError, ValueError) as error:
        return [f"cannot be read: {error!r}"]
    found = [] if horizon.months >= 1 else ["no month"]
    for table, key in KEY_COLUMNS.items():
        names = [normal(row[key]) for row in resolved.get(table) or []]
        if len(set(names)) < len(names):
            found.append(f"{table} has a key twice")
    for plant in plants:
        found.extend(f"{plant.name}: {text}" for text in plant_problems(plant))
    for action in actions:
        found.extend(f"{action.name}: {text}" for text in action_problems(action, actions, plants))
    found.extend(assumption_problems(read_assumptions(resolved), horizon))
    found.extend(row_problems(resolved, horizon))
    return found


def every_problem(plan: dict[str, Any]) -> list[str]:
    """The complaints about the base plan and about each of its scenarios."""
    names: list[str | None] = [None, *(row["scenario"] for row in plan.get("scenarios") or [])]
    return [f"{name or 'Base'}: {text}" for name in names for text in problems(plan, name)]


def plant_problems(plant: Plant) -> list[str]:
    """Bounds of Plants (section 1 of the model page)."""
    checks = {
        "operating is not within 0 ... built": 0 <= plant.operating <= plant.built,
        "non_compliant is not within 0 ... built": 0 <= plant.non_compliant <= plant.built,
        "under_construction is negative": plant.under_construction >= 0,
        "pot_size is negative": plant.pot_size >= 0,
        "ramp_months is negative": plant.ramp_months >= 0,
        "first_output lies before the first month": plant.first_output is None or plant.first_output >= 0,
        "unknown product": plant.product in ("aluminium", "alumina"),
    }
    return [text for text, fine in checks.items() if not fine]


def action_problems(action: Action, actions: list[Action], plants: list[Plant]) -> list[str]:
    """Bounds of Actions and the rules of their kinds (sections 1 to 4 of the model page)."""
    sizes = [size for size in (action.announced, action.share, action.pots) if size is not None]
    reached = [plant for plant in plants if is_reached(action, plant)]
    permanent = action.kind in PERMANENT
    share = 0.0 if action.share is None else action.share
    operating_share = 0.0 if action.operating_share is None else action.operating_share
    checks = {
        "unknown kind": action.kind in KINDS,
        "unknown compliance": action.compliance in COMPLIANCES,
        "unknown product": action.product in ("aluminium", "alumina"),
        "not exactly one size": len(sizes) == 1,
        "a negative size": all(size >= 0 for size in sizes),
        "share above 1": share <= 1,
        "implementation outside 0 ... 1": 0 <= action.implementation <= 1,
        "operating_share outside 0 ... 1": 0 <= operating_share <= 1,
        "negative months": min(action.delay, action.phase_in, action.phase_out) >= 0,
        "end before start": action.end is None or action.end >= action.start,
        "commission needs announced": action.kind != "commission capacity" or action.announced is not None,
        "a permanent action with an end": not permanent or action.end is None,
        "a permanent action with a phase-out": not permanent or action.phase_out == 1,
        "a permanent action that repeats": not permanent or not action.repeats_yearly,
        "a repeat needs an end within the year": not action.repeats_yearly
        or (action.end is not None and action.end - action.start < 12),
        "pots without a pot size": action.pots is None or all(plant.pot_size > 0 for plant in reached),
        "credit on no share cut": not action.credit or action.is_share_cut,
    }
    found = [text for text, fine in checks.items() if not fine]
    found.extend(f"{name} matches nothing" for name in action.targets if not is_target(name, plants))
    for name in action.credit:
        credited = [other for other in actions if normal(other.name) == name]
        good = credited and (
            credited[0].kind == "close capacity"
            or (credited[0].kind == "curtail output" and not credited[0].is_share_cut)
        )
        if not good:
            found.append(f"{name} cannot be credited")
    return found


def is_target(name: str, plants: list[Plant]) -> bool:
    """Whether a target name matches any plant, whatever its product (section 2 of the model page)."""
    if name == "all":
        return True
    if name == "winter region":
        return any(plant.winter_region for plant in plants)
    return any(name in (normal(p.name), normal(p.group), normal(p.province)) for p in plants)


def assumption_problems(values: dict[str, Any], horizon: Horizon) -> list[str]:
    """Bounds of Assumptions (section 1 of the model page)."""
    found = [f"unknown assumption {name}" for name in values if name not in ASSUMPTION_DEFAULTS]
    found.extend(f"{name} outside 0 ... 1" for name in SHARES if not 0 <= values[name] <= 1)
    found.extend(f"{name} is not above 0" for name in POSITIVE if not values[name] > 0)
    found.extend(f"{name} is negative" for name in NOT_NEGATIVE if values[name] < 0)
    if values["alumina_min_utilisation"] > values["alumina_max_utilisation"]:
        found.append("alumina_min_utilisation above alumina_max_utilisation")
    found.extend(
        f"{name} outside the horizon"
        for name in ("known_until", "response_from")
        if values[name] is not None and not 0 <= horizon.index(values[name]) < horizon.months
    )
    return found


def row_problems(plan: dict[str, Any], horizon: Horizon) -> list[str]:
    """Bounds of Demand, Seasonality, Monthly and Bauxite (section 1 of the model page)."""
    found = []
    for sector in plan.get("demand") or []:
        if (sector.get("consumption") or 0.0) < 0:
            found.append("negative consumption")
        growths = [value for column, value in sector.items() if column.startswith("growth ")]
        if any(growth is not None and growth <= -1 for growth in growths):
            found.append("growth of -100 % or less")
    weights = [row.get("weight") or 0.0 for row in plan.get("seasonality") or []]
    if weights and (len(weights) != 12 or min(weights) < 0 or sum(weights) <= 0):
        found.append("seasonality needs twelve weights with a positive mean")
    for row in plan.get("monthly") or []:
        if not 0 <= horizon.index(row["month"]) < horizon.months:
            found.append("a Monthly row outside the horizon")
        if (row.get("actual_production") or 0.0) < 0 or (row.get("actual_stock") or 0.0) < 0:
            found.append("a negative actual")
        if row.get("actual_price") is not None and row["actual_price"] <= 0:
            found.append("actual_price is not above 0")
    for origin in plan.get("bauxite") or []:
        grade = origin.get("grade")
        if (origin.get("available") or 0.0) < 0 or grade is None or grade <= 0:
            found.append("bauxite needs available >= 0 and grade > 0")
        if (origin.get("growth") or 0.0) <= -1:
            found.append("bauxite growth of -100 % or less")
    return found


def builds_deep(plan: dict[str, Any], name: str) -> int:
    """How many layers of scenarios lie under a scenario."""
    for row in plan.get("scenarios") or []:
        if normal(row["scenario"]) == normal(name):
            below = [builds_deep(plan, lower) for lower in split_names(row.get("builds_on"))]
            return 1 + max(below) if below else 0
    return 0
