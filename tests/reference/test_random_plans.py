"""Random plans are valid and use every feature of the model page, and the reference holds on all of them."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings

from .bounds import builds_deep, every_problem
from .compare import differences, is_borderline
from .months import read_horizon
from .random_plans import plans, random_plan
from .reach import is_reached
from .run import COUNTRY, run
from .scenarios import normal, resolve, split_names
from .tables import read_actions, read_assumptions, read_plants

SEEDS = [("small", 260), ("medium", 30), ("large", 6)]

FEATURES = {
    *(f"kind {kind}" for kind in ("halt construction", "close capacity", "curtail output")),
    *(f"kind {kind}" for kind in ("restart capacity", "commission capacity")),
    *(f"compliance {name}" for name in ("any", "compliant", "non-compliant")),
    *(f"size {name}" for name in ("announced", "share", "pots")),
    *(f"product {name}" for name in ("aluminium", "alumina")),
    *("fractional delay", "fractional phase_in", "fractional phase_out", "end", "repeats_yearly"),
    *("credit", "blank group", "group of several", "All", "Winter region", "several targets", "odd case"),
    *("target of two actions", "before the horizon", "disabled", "no policy", "operating_share"),
    *("announced_on before", "announced_on after", "announced_on blank", "first_output", "ramp"),
    *(
        "refineries",
        "no refineries",
        "bauxite growth",
        "bauxite short",
        "alumina_limits off",
        "lack of alumina",
    ),
    *(
        "alumina_shortfall",
        "known production",
        "known stock",
        "known price",
        "market response",
        "response_from",
    ),
    *("cost blank", "plants idle", "plants restart", "demand_elasticity", "consumption_change"),
    *("reserve_release", "no consumption", "growth blank", "no seasonality", "Monthly rows missing"),
    *(
        "not January",
        "one month",
        "sixty months",
        "early base year",
        "late base year",
        "no operating capacity",
    ),
    *("first month from Monthly", "first month from growth", "months by default", "base year by default"),
    *("three layers deep", "override number", "override yes/no", "override month", "override text"),
    *("override kind", "override target", "override blank", "shortfall", "shortage", "balanced"),
    *(f"warning {code}" for code in ("unallocated", "over-closed", "over-curtailed", "credited twice")),
    *(f"warning {code}" for code in ("actual not used", "starts before the horizon", "conflict")),
}


def every_result(plan: dict[str, Any]) -> list[tuple[str | None, dict[str, Any]]]:
    names: list[str | None] = [None, *(row["scenario"] for row in plan.get("scenarios") or [])]
    return [(name, run(plan, name)) for name in names]


def features(plan: dict[str, Any], results: list[tuple[str | None, dict[str, Any]]]) -> set[str]:
    found: set[str] = scenario_features(plan)
    for name, result in results:
        resolved = resolve(plan, name)
        found |= table_features(plan, resolved) | action_features(plan, resolved)
        found |= result_features(resolved, result)
    return found


def scenario_features(plan: dict[str, Any]) -> set[str]:
    fields, horizon = plan.get("plan") or {}, read_horizon(plan)
    layers = [builds_deep(plan, row["scenario"]) for row in plan.get("scenarios") or []]
    found = {
        "not January": horizon.month_of_year(0) != 1,
        "one month": horizon.months == 1,
        "sixty months": horizon.months == 60,
        "early base year": horizon.base_year < horizon.year(0) - 1,
        "late base year": horizon.base_year > horizon.year(0),
        "months by default": fields.get("months") is None,
        "base year by default": fields.get("base_year") is None,
        "first month from Monthly": fields.get("first_month") is None and bool(plan.get("monthly")),
        "first month from growth": fields.get("first_month") is None and not plan.get("monthly"),
        "three layers deep": 3 in layers,
    }
    for row in plan.get("overrides") or []:
        value, column = row["value"], row["column"]
        if value == "(blank)":
            found["override blank"] = True
        elif isinstance(value, bool):
            found["override yes/no"] = True
        elif isinstance(value, float):
            found["override number"] = True
        elif column in ("start", "end", "announced_on", "first_output", "known_until", "response_from"):
            found["override month"] = True
        else:
            found["override text"] = True
            found[f"override {column}"] = column in ("kind", "target")
    return {name for name, used in found.items() if used}


def table_features(plan: dict[str, Any], resolved: dict[str, Any]) -> set[str]:
    horizon, values = read_horizon(plan), read_assumptions(resolved)
    plants = read_plants(resolved, horizon)
    groups = [plant.group for plant in plants if plant.group]
    monthly = resolved.get("monthly") or []
    known = [row for row in monthly if values["known_until"] and row["month"] <= values["known_until"]]
    found = {
        "blank group": len(groups) < len(plants),
        "group of several": len(set(groups)) < len(groups),
        "first_output": any(plant.first_output is not None for plant in plants),
        "ramp": any(plant.ramp_months > 1 for plant in plants),
        "refineries": any(plant.product == "alumina" for plant in plants),
        "no refineries": all(plant.product == "aluminium" for plant in plants),
        "no operating capacity": sum(plant.operating for plant in plants) == 0,
        "cost blank": any(plant.cash_cost is None for plant in plants),
        "bauxite growth": any(row.get("growth") for row in resolved.get("bauxite") or []),
        "alumina_limits off": not values["alumina_limits"],
        "known production": any(row.get("actual_production") is not None for row in known),
        "known stock": any(row.get("actual_stock") is not None for row in known),
        "known price": any(row.get("actual_price") is not None for row in known),
        "market response": values["market_response"],
        "response_from": values["market_response"] and values["response_from"] is not None,
        "demand_elasticity": values["demand_elasticity"] > 0,
        "consumption_change": any(row.get("consumption_change") for row in monthly),
        "reserve_release": any(row.get("reserve_release") for row in monthly),
        "growth blank": any(value is None for row in resolved["demand"] for value in row.values()),
        "no seasonality": not resolved.get("seasonality"),
        "Monthly rows missing": 0 < len(monthly) < horizon.months,
    }
    return {name for name, used in found.items() if used}


def action_features(plan: dict[str, Any], resolved: dict[str, Any]) -> set[str]:
    horizon = read_horizon(plan)
    plants, actions = read_plants(resolved, horizon), read_actions(resolved, horizon)
    found = set()
    for row, action in zip(resolved["actions"], actions, strict=True):
        target = row.get("target") or ""
        sizes = [name for name in ("announced", "share", "pots") if row.get(name) is not None]
        found |= {f"kind {action.kind}", f"compliance {action.compliance}", f"product {action.product}"}
        found |= {f"size {name}" for name in sizes}
        used = {
            "fractional delay": action.delay % 1 != 0,
            "fractional phase_in": action.phase_in % 1 != 0,
            "fractional phase_out": action.phase_out % 1 != 0,
            "end": action.end is not None,
            "repeats_yearly": action.repeats_yearly,
            "credit": bool(action.credit),
            "All": "all" in action.targets,
            "Winter region": "winter region" in action.targets,
            "several targets": len(action.targets) > 1,
            "odd case": target != target.strip() or target.isupper(),
            "before the horizon": action.start < 0,
            "disabled": not action.enabled,
            "no policy": not action.policy,
            "operating_share": action.operating_share is not None,
            "announced_on before": action.announced_on < action.start,
            "announced_on after": action.announced_on > action.start,
            "announced_on blank": row.get("announced_on") is None,
        }
        found |= {name for name, is_used in used.items() if is_used}
    for plant in plants:
        if sum(is_reached(action, plant) for action in actions) > 1:
            found.add("target of two actions")
    return found


def result_features(resolved: dict[str, Any], result: dict[str, Any]) -> set[str]:
    monthly = result["monthly"]
    states = {period["state"] for period in result["periods"].values()}
    covers = [cover for cover in monthly["bauxite_cover"] if cover is not None]
    pairs = compared(resolved, result, "market_response", "operating")
    limited = compared(resolved, result, "alumina_limits", "production")
    found = {
        "lack of alumina": any(0 < now < without - 1 for now, without in limited),
        "alumina_shortfall": any(value for value in monthly["alumina_shortfall"]),
        "bauxite short": bool(covers) and min(covers) < 1,
        "no consumption": 0.0 in monthly["consumption"],
        "shortfall": max(monthly["shortfall"]) > 0,
        "plants idle": any(now < without - 1 for now, without in pairs),
        "plants restart": any(now > without + 1 for now, without in pairs),
        "shortage": "shortage" in states,
        "balanced": "balanced" in states,
    }
    return {f"warning {warning[0]}" for warning in result["warnings"]} | {n for n, used in found.items() if used}


def compared(
    resolved: dict[str, Any], result: dict[str, Any], assumption: str, column: str
) -> list[tuple[float, float]]:
    """A column as it is, and as it would be with a yes/no assumption off."""
    rows = [row for row in resolved.get("assumptions") or [] if normal(row["assumption"]) != assumption]
    without = run({**resolved, "assumptions": [*rows, {"assumption": assumption, "value": False}]})
    return list(zip(result["monthly"][column], without["monthly"][column], strict=True))


@pytest.fixture(scope="module")
def cases() -> list[tuple[dict[str, Any], list[tuple[str | None, dict[str, Any]]]]]:
    drawn = []
    for size, count in SEEDS:
        for seed in range(count):
            plan = random_plan(Random(seed), size)
            drawn.append((plan, every_result(plan)))
    return drawn


def test_that_random_plans_use_every_feature_of_the_model_page(cases: Any) -> None:
    found = set()
    for plan, results in cases:
        found |= features(plan, results)
    assert sorted(FEATURES - found) == []


def test_that_every_random_plan_and_each_of_its_scenarios_is_valid(cases: Any) -> None:
    for plan, _ in cases:
        assert every_problem(plan) == []


def test_that_no_capacity_is_negative_or_above_built(cases: Any) -> None:
    for _, results in cases:
        for _, result in results:
            for series in result["operating_by_plant"].values():
                assert min(series) >= 0
            monthly = result["monthly"]
            for built, operating in zip(monthly["built"], monthly["operating"], strict=True):
                assert operating <= built + 1e-9 * max(1.0, built)


def test_that_stocks_balance_in_every_month(cases: Any) -> None:
    for plan, results in cases:
        for name, result in results:
            m = result["monthly"]
            before = float(read_assumptions(resolve(plan, name))["opening_stock"])
            for t in range(len(result["months"])):
                held = m["stock"][t] + m["unseen_stock"][t]
                came = m["supply"][t] - m["consumption"][t] + m["shortfall"][t] + m["residual"][t]
                assert held == pytest.approx(before + came, rel=1e-9, abs=1e-6)
                before = held


def test_that_plants_add_up_to_the_country(cases: Any) -> None:
    for _, results in cases:
        for _, result in results:
            for t, total in enumerate(result["monthly"]["production"]):
                by_plant = sum(series[t] for series in result["production_by_plant"].values())
                assert by_plant == pytest.approx(total, rel=1e-9, abs=1e-9)


def test_that_the_same_seed_gives_the_same_plan() -> None:
    assert random_plan(Random(7), "medium") == random_plan(Random(7), "medium")


@settings(max_examples=30, deadline=None)
@given(plans())
def test_that_hypothesis_draws_valid_plans_that_run(plan: dict[str, Any]) -> None:
    assert every_problem(plan) == []
    for _, result in every_result(plan):
        assert set(result["monthly"]) == set(COUNTRY)
        assert all(len(series) == len(result["months"]) for series in result["monthly"].values())


def test_that_credit_names_and_targets_are_read_with_odd_blanks() -> None:
    assert split_names(" North Metal ;ALL; ") == ["north metal", "all"]


def test_that_few_random_plans_hang_on_rounding(cases: Any) -> None:
    borderline = [is_borderline(plan, result) for plan, results in cases for _, result in results]
    assert sum(borderline) < 0.1 * len(borderline)


def test_that_differences_beyond_rounding_are_found() -> None:
    ours = {"monthly": {"stock": [1000.0, 0.0, None]}, "state": "balanced"}
    same = {"monthly": {"stock": [1000.0, 1e-9, None], "more": [1.0]}, "state": "balanced"}
    other = {"monthly": {"stock": [1000.1, 0.0, 0.0]}, "state": "surplus"}
    assert differences(ours, same) == []
    assert len(differences(ours, other)) == 3
    assert differences(ours, {"state": "balanced"}) == ["/monthly is missing"]
