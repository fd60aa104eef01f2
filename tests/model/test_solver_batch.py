"""A batch equals single runs draw by draw (section 11 of the model page)."""

from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from aluplanner.model import solver, totals
from aluplanner.model.issues import PlanError, has_errors
from aluplanner.model.layers import resolve
from aluplanner.model.measure import COUNTRY_SERIES
from aluplanner.model.plan import Address, Plan
from aluplanner.model.solver import BATCH_SERIES, SolveCancelled, solve, solve_batch
from aluplanner.model.validation import validate_for
from tests.model.cases import full_plan, full_tables, override
from tests.model.plans import plan_of, result_of
from tests.reference.compare import is_borderline
from tests.reference.random_plans import random_plan

Draws = dict[str, np.ndarray]
PLAN = full_plan()
BUSY = PLAN.with_cells(
    {
        **{"assumptions/market_response/value": True, "assumptions/demand_elasticity/value": 0.2},
        **{"assumptions/known_until/value": "2017-09", "monthly/2017-08/actual_production": 190.0},
        **{"monthly/2017-09/actual_stock": 350.0, "monthly/2017-07/actual_price": 13900.0},
        **{"actions/Winter/repeats_yearly": True, "actions/Cut/delay": 1.5},
    }
)


def between(low: float, high: float, draws: int = 7) -> np.ndarray:
    return low + (high - low) * np.random.default_rng(1).random(draws)


def single(plan: Plan, draws: Draws, number: int) -> Plan:
    cells = {}
    for address, values in draws.items():
        value = float(values[number])
        cells[address] = bool(value) if address.endswith("/enabled") else value
    return plan.with_cells(cells)


def assert_same(name: str, ours: np.ndarray, theirs: np.ndarray) -> None:
    """Compare on the scale of the largest month: a month near 0 is the difference of large numbers."""
    scale = max(1.0, float(np.nanmax(np.abs(theirs), initial=0.0)))
    np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-9 * scale, err_msg=name)


def assert_batch_equals_singles(plan: Plan, draws: Draws, scenario: str | None = None) -> None:
    count = len(next(iter(draws.values())))
    every = solve_batch(plan, draws, scenario=scenario, series=COUNTRY_SERIES)
    usual = solve_batch(plan, draws, scenario=scenario)
    assert tuple(usual) == BATCH_SERIES
    assert tuple(every) == tuple(COUNTRY_SERIES)
    resolved = resolve(plan, scenario)
    for number in range(count):
        balance = solve(single(resolved, draws, number))
        for name, values in every.items():
            assert values.shape == (count, len(balance.horizon))
            assert_same(name, values[number], balance.series(name))
        for name, values in usual.items():
            assert_same(f"{name} alone", values[number], balance.series(name))


CASES: dict[str, Draws] = {
    "implementations": {
        f"actions/{name}/implementation": between(0, 1) for name in ("Closure", "Cut", "Winter", "Halt", "New")
    },
    "one implementation": {"actions/South cut/implementation": between(0, 1)},
    "growth": {
        "demand/Transport/growth 2018": between(-0.3, 0.3),
        "demand/Construction/growth 2017": between(-0.1, 0.1),
    },
    "assumptions of the market": {
        f"assumptions/{name}/value": between(low, high)
        for name, low, high in (
            *(("load_factor", 0.9, 1.1), ("disruption", 0, 0.2), ("visible_share", 0, 1), ("stock_elasticity", 0, 1)),
            *(("price_adjustment", 0, 1), ("premium_strength", 0, 3), ("opening_credibility", 0, 1)),
            *(("learning", 0, 1), ("learning_scale", 0.001, 0.1), ("opening_stock", 0, 900), ("power_per_t", 12, 15)),
            *(("reference_price", 12000, 15000), ("reference_days", 5, 30), ("opening_price", 11000, 16000)),
            *(("co2_per_t", 5, 14), ("demand_elasticity", 0, 0.5), ("response_margin", 100, 1000)),
            *(("restart_speed", 0, 0.2), ("idling_speed", 0, 0.2)),
        )
    },
    "only what is reported": {"assumptions/co2_per_t/value": between(5, 14)},
    "assumptions of alumina": {
        "assumptions/alumina_per_t/value": between(1.8, 2.3),
        "assumptions/alumina_opening_stock/value": between(0, 100),
        "assumptions/alumina_min_utilisation/value": between(0, 0.5),
        "assumptions/alumina_max_utilisation/value": between(0.5, 1),
    },
    "capacities": {
        "plants/North 1/built": between(950, 1300),
        "plants/North 1/operating": between(300, 900),
        "plants/North 1/non_compliant": between(0, 600),
        "plants/North 1/under_construction": between(0, 300),
        "plants/South/operating": between(0, 800),
    },
    "ramp and cost": {"plants/North 1/ramp_months": between(0, 8), "plants/North 1/cash_cost": between(11000, 15000)},
    "a refinery": {"plants/Refinery/operating": between(1000, 5000)},
    "monthly cells": {
        "monthly/2017-08/net_imports": between(-50, 50),
        "monthly/2017-09/reserve_release": between(-50, 50),
        "monthly/2018-01/alumina_net_imports": between(-400, 400),
        "monthly/2018-02/consumption_change": between(-100, 100),
    },
    "actuals": {
        "monthly/2017-08/actual_production": between(100, 300),
        "monthly/2017-08/actual_stock": between(0, 900),
        "monthly/2017-09/actual_price": between(10000, 16000),
    },
    "switches": {
        f"actions/{name}/enabled": np.array([number >> place & 1 for number in range(8)], dtype=float)
        for place, name in enumerate(("Closure", "Winter", "Halt"))
    },
    "timing": {
        f"actions/{name}/{column}": between(0, 6)
        for name in ("Closure", "Winter", "Halt", "Restart")
        for column in ("delay", "phase_in")
    },
    "phase out": {"actions/Winter/phase_out": between(0, 5)},
    "share": {"actions/Winter/share": between(0, 1), "actions/Halt/share": between(0, 1)},
    "sizes": {"actions/Closure/announced": between(0, 1200), "actions/Cut/announced": between(0, 1200)},
    "operating share": {"actions/Closure/operating_share": between(0, 1)},
    "seasonality": {"seasonality/2/weight": between(0, 3), "seasonality/12/weight": between(0, 3)},
    "bauxite": {
        "bauxite/Home/available": between(0, 9000),
        "bauxite/Home/grade": between(1.8, 3),
        "bauxite/Guinea/growth": between(-0.5, 0.5),
    },
    "a bit of all": {
        **{"actions/Closure/implementation": between(0, 1), "plants/South/built": between(800, 900)},
        **{"demand/Transport/consumption": between(0, 3000), "assumptions/learning/value": between(0, 1)},
    },
}  # fmt: skip

SOUTH = {"action": "South cut", "kind": "curtail output", "target": "South", "announced": 80, "start": "2017-08"}


@pytest.mark.parametrize("is_busy", [False, True], ids=["quiet", "busy"])
@pytest.mark.parametrize("draws", CASES.values(), ids=list(CASES))
def test_that_a_batch_equals_single_runs(draws: Draws, is_busy: bool) -> None:
    plan = full_plan(actions=[*full_tables()["actions"], SOUTH])
    if is_busy:
        plan = plan.with_table(BUSY.assumptions).with_table(BUSY.monthly)
    assert_batch_equals_singles(plan, draws)


LIMITS: dict[str, list[dict[str, Any]]] = {
    "all closed": [
        {"kind": "close capacity", "announced": 500, "operating_share": 0.1},
        {"kind": "close capacity", "announced": 500, "operating_share": 0.2},
    ],
    "all curtailed": [
        {"kind": "close capacity", "announced": 400, "operating_share": 1},
        {"kind": "curtail output", "announced": 600},
    ],
    "all restarted": [
        {"kind": "restart capacity", "announced": 150},
        {"kind": "close capacity", "announced": 400, "operating_share": 0.1},
    ],
    "all halted": [{"kind": "halt construction", "announced": 300}, {"kind": "halt construction", "announced": 300}],
    "no limit": [
        {"kind": "close capacity", "announced": 100},
        {"kind": "commission capacity", "announced": 100},
        {"kind": "restart capacity", "announced": 50},
    ],
}


@pytest.mark.parametrize("actions", LIMITS.values(), ids=list(LIMITS))
def test_that_plants_at_their_limits_in_some_draws_are_worked_out_one_by_one(actions: list[dict[str, Any]]) -> None:
    named = [{"action": f"A{n}", "target": "South", "start": "2017-09", **row} for n, row in enumerate(actions)]
    plan = full_plan(actions=named, scenarios=[], overrides=[], uncertainty=[])
    plan = plan.with_cells({"plants/South/operating": 650.0, "plants/South/under_construction": 400.0,
                            "plants/South/first_output": "2017-09", "plants/South/ramp_months": 6.0})  # fmt: skip
    assert_batch_equals_singles(
        plan, {f"actions/A{n}/implementation": np.linspace(0, 1, 6 + 5 * n)[5 * n :] for n in range(len(named))}
    )


def test_that_a_disabled_action_can_be_switched_on_by_a_draw() -> None:
    plan = PLAN.with_cells({"actions/Closure/enabled": False, "actions/Winter/enabled": False})
    switches = np.array([0.0, 1.0, 1.0, 0.0])
    assert_batch_equals_singles(plan, {"actions/Closure/enabled": switches, "actions/Winter/enabled": switches[::-1]})


def test_that_a_draw_replaces_the_cell_of_the_scenario() -> None:
    draws = {"actions/Closure/implementation": between(0, 1), "actions/Winter/share": between(0, 1)}
    assert_batch_equals_singles(PLAN, draws, "Slow and cold")
    kept = solve_batch(PLAN, {"actions/Cut/announced": np.array([50.0])}, scenario="Slow and cold")
    assert_same("balance", kept["balance"][0], solve(PLAN, "Slow and cold").series("balance"))


def test_that_nothing_varied_is_one_draw() -> None:
    found = solve_batch(PLAN, {}, series=["stock"])
    assert found["stock"].tolist() == [solve(PLAN).series("stock").tolist()]


@pytest.mark.parametrize(
    "spelled",
    [
        "actions/Cut/Implementation",
        "Actions/ cut /implementation",
        "政策措施/CUT/落实率",
        "actions/Cut/Implementation (%)",
    ],
)
def test_that_an_address_varies_however_it_is_spelled(spelled: str) -> None:
    values = np.array([0.0, 0.4, 1.0])
    ours = solve_batch(PLAN, {spelled: values})
    theirs = solve_batch(PLAN, {Address("actions", "Cut", "implementation"): values})
    for name in BATCH_SERIES:
        assert (ours[name] == theirs[name]).all()
    assert np.ptp(ours["balance"], axis=0).max() > 0


@pytest.mark.parametrize(
    "spelled", ["demand/transport/Growth 2018", "assumptions/Load_factor/Value", "seasonality/7/Weight"]
)
def test_that_titles_vary_in_every_table(spelled: str) -> None:
    assert np.ptp(solve_batch(PLAN, {spelled: np.array([0.5, 1.0])})["balance"], axis=0).max() > 0


@pytest.mark.parametrize(
    "address",
    ["nonsense/a/b", "plants/Nowhere/built", "plants/South/colour", "actions/Cut/start", "actions/Cut/target",
     "actions/Winter/repeats_yearly", "assumptions/known_until/value", "assumptions/market_response/value",
     "plan/Title/value", "monthly/2030-01/net_imports"],
)  # fmt: skip
def test_that_only_numbers_and_switches_of_actions_vary(address: str) -> None:
    with pytest.raises(PlanError) as caught:
        solve_batch(PLAN, {address: np.zeros(2), "nonsense/c/d": np.zeros(2)})
    assert len(caught.value.issues) == 2
    assert all(issue.message and issue.remedy for issue in caught.value.issues)


def test_that_draws_must_be_equally_many() -> None:
    with pytest.raises(PlanError, match="different numbers of draws"):
        solve_batch(PLAN, {"actions/Cut/delay": np.zeros(2), "actions/Cut/phase_in": np.zeros(3)})


def test_that_a_plan_with_errors_has_no_draws() -> None:
    faulty = PLAN.with_value("plants/South/operating", 900.0)
    with pytest.raises(PlanError, match="more than built"):
        solve_batch(faulty, {"actions/Cut/delay": np.zeros(2)})
    scenario = full_plan(overrides=[override("Slow", "plants/South/built", 1.0)])
    assert solve_batch(scenario, {"actions/Cut/delay": np.zeros(2)})["stock"].shape == (2, 12)
    with pytest.raises(PlanError, match="“Slow”"):
        solve_batch(scenario, {"actions/Cut/delay": np.zeros(2)}, scenario="Slow")


def test_that_a_batch_stops_when_it_is_no_longer_wanted() -> None:
    with pytest.raises(SolveCancelled):
        solve_batch(PLAN, {"actions/Cut/delay": np.zeros(2)}, cancelled=lambda: True)


@pytest.mark.parametrize("plan", [PLAN, BUSY], ids=["quiet", "busy"])
@pytest.mark.parametrize("name", ["implementations", "capacities", "switches", "a bit of all"])
@pytest.mark.parametrize("size", [1, 2, 3])
def test_that_the_size_of_the_chunks_changes_nothing(
    plan: Plan, name: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    draws = CASES[name]
    whole = solve_batch(plan, draws, series=COUNTRY_SERIES)
    usual = solve_batch(plan, draws)
    monkeypatch.setattr(solver, "_DRAWS_AT_ONCE", size + 2)
    monkeypatch.setattr(totals, "CELLS_AT_ONCE", size * 12 * 4)
    for found, expected in (
        (solve_batch(plan, draws, series=COUNTRY_SERIES), whole),
        (solve_batch(plan, draws), usual),
    ):
        for series, values in expected.items():
            for ours, theirs in zip(found[series], values, strict=True):
                assert_same(series, ours, theirs)


def test_that_a_last_chunk_of_one_draw_is_no_other_run() -> None:
    draws = {"actions/Closure/implementation": between(0, 1, 2049)}
    found = solve_batch(PLAN, draws)
    assert_same("stock", found["stock"][-1], solve(single(PLAN, draws, 2048)).series("stock"))


# Random plans, random addresses

SPANS: dict[str, tuple[float, float]] = {
    **{"implementation": (0, 1), "delay": (0, 6), "phase_in": (0, 8), "phase_out": (0, 8), "operating_share": (0, 1)},
    **{"share": (0, 1), "announced": (0, 900), "pots": (0, 500), "under_construction": (0, 900), "ramp_months": (0, 9)},
    **{"cash_cost": (10000, 16000), "consumption": (0, 5000), "weight": (0.1, 2), "available": (0, 9000)},
    **{"grade": (1.8, 3), "growth": (-0.3, 0.5), "net_imports": (-100, 100), "reserve_release": (-100, 100)},
    **{"consumption_change": (-80, 80), "alumina_net_imports": (-400, 300), "opening_stock": (0, 1500)},
    **{"load_factor": (0.8, 1.2), "visible_share": (0, 1), "learning": (0, 1), "premium_strength": (0, 3)},
    **{"demand_elasticity": (0, 0.8), "alumina_per_t": (1.8, 2.1), "restart_speed": (0, 1), "disruption": (0, 0.2)},
    **{"alumina_opening_stock": (0, 800), "opening_price": (9000, 18000), "stock_elasticity": (0, 0.5)},
}


def candidates(plan: Plan) -> dict[str, tuple[float, float]]:
    """Return the cells that may vary with the range of their values, by address."""
    found: dict[str, tuple[float, float]] = {}
    for action in plan.actions:
        found[f"actions/{action.action}/enabled"] = (0, 1)
        for name in ("implementation", "delay", "phase_in", "share", "announced", "pots"):
            if name in ("implementation", "delay", "phase_in") or getattr(action, name) is not None:
                found[f"actions/{action.action}/{name}"] = SPANS[name]
        if action.kind == "close capacity":
            found[f"actions/{action.action}/operating_share"] = SPANS["operating_share"]
        elif action.end is not None:
            found[f"actions/{action.action}/phase_out"] = SPANS["phase_out"]
    for plant in plan.plants:
        built = plant.built or 0.0
        found[f"plants/{plant.plant}/built"] = (built, built + 400)
        found[f"plants/{plant.plant}/operating"] = found[f"plants/{plant.plant}/non_compliant"] = (0, built)
        found |= {
            f"plants/{plant.plant}/{name}": SPANS[name] for name in ("under_construction", "ramp_months", "cash_cost")
        }
    # a year that no sector states could move the first month
    stated = sorted({year for sector in plan.demand for year, _ in sector.growth})
    for table, names in (
        ("demand", ("consumption", *(f"growth {year}" for year in stated))),
        ("seasonality", ("weight",)),
        ("monthly", ("net_imports", "reserve_release", "consumption_change", "alumina_net_imports")),
        ("bauxite", ("available", "grade", "growth")),
    ):
        for key in plan.table(table).keys:
            found |= {f"{table}/{key}/{name}": SPANS[name.split()[0]] for name in names}
    for row in plan.assumptions.keys:
        if row in SPANS:
            found[f"assumptions/{row}/value"] = SPANS[row]
    return found


def random_draws(rng: Random, plan: Plan, count: int) -> Draws:
    cells = candidates(plan)
    by_table: dict[str, list[str]] = {}
    for address in sorted(cells):
        by_table.setdefault(address.partition("/")[0], []).append(address)
    draws: Draws = {}
    for _ in range(rng.randint(1, 5)):
        address = rng.choice(by_table[rng.choice([*sorted(by_table), "actions" if plan.actions else "assumptions"])])
        low, high = cells[address]
        values = [rng.choice([low, high, low + (high - low) * rng.random()]) for _ in range(count)]
        draws[address] = np.round(values) if address.endswith("/enabled") else np.array(values)
    return draws


@settings(suppress_health_check=list(HealthCheck), max_examples=60)
@given(seed=st.integers(0, 10**9), size=st.sampled_from(["small", "small", "medium"]), data=st.data())
def test_that_any_batch_of_any_plan_equals_single_runs(seed: int, size: str, data: st.DataObject) -> None:
    rng = Random(seed)
    tables: dict[str, Any] = random_plan(rng, size)
    plan = plan_of(tables)
    scenario = data.draw(st.sampled_from([None, *plan.scenario_names]))
    resolved = resolve(plan, scenario)
    draws = random_draws(rng, resolved, 4)
    series = data.draw(st.sampled_from([tuple(COUNTRY_SERIES), BATCH_SERIES, ("price", "operating", "closed")]))
    singles = [single(resolved, draws, number) for number in range(4)]
    assume(not any(has_errors(validate_for(one, None)) for one in singles))
    batch = solve_batch(plan, draws, scenario=scenario, series=series)
    for number, one in enumerate(singles):
        balance = solve(one)
        if is_borderline(tables, {**result_of(balance), "scenario": scenario}):
            continue
        for name in series:
            assert_same(name, batch[name][number], balance.series(name))


def test_that_a_month_that_monthly_lacks_can_vary() -> None:
    plan = plan_of(random_plan(Random(3), "small"))
    month = plan.horizon.labels[-1]
    kept = [row for row in plan.monthly if str(row.month) != month]
    lacking = plan.with_table(plan.monthly.replaced(kept))
    imports = solve_batch(lacking, {f"monthly/{month}/net_imports": [0.0, 25.0]}, series=("net_imports",))
    assert imports["net_imports"][:, -1].tolist() == [0.0, 25.0]
