"""A trace adds up to its number, whatever the plan, and every part leads to what it names."""

import math
from collections.abc import Iterator
from random import Random

import pytest

from aluplanner.analysis.trace import Kind, Part, trace
from aluplanner.analysis.tracing.stories import CAPACITY
from aluplanner.model.balance import Balance
from aluplanner.model.measure import BY_ACTION, COUNTRY_SERIES, REDUCERS, MeasureError
from aluplanner.model.plan import Plan
from aluplanner.model.solver import solve
from tests.model.cases import full_plan
from tests.model.plans import plan_of
from tests.reference.random_plans import random_plan
from tests.ui.standing import STRONG, example


def named_series(balance: Balance) -> Iterator[str]:
    """Return series with names in brackets: plants, places, actions, sectors, origins."""
    plan = balance.plan
    for plant in plan.plants[:2]:
        yield f"operating[{plant.plant}]"
        yield f"production[{plant.plant}]"
    for series in ("operating", "production"):
        for place in (*balance.by_group(series), *balance.by_province(series)):
            yield f"{series}[{place}]"
    for series in BY_ACTION:
        for names in (plan.actions.keys[:1], plan.actions.keys[:3]):
            if names:
                yield f"{series}[{'; '.join(names)}]"
    yield from (f"consumption[{key}]" for key in plan.demand.keys[:2])
    yield "bauxite_use"
    yield from (f"bauxite_use[{key}]" for key in plan.bauxite.keys[:2])


def periods(balance: Balance, rng: Random) -> tuple[str, ...]:
    """Return a month, a stretch of months, and the horizon."""
    months = balance.horizon.labels
    first = rng.randrange(len(months))
    last = rng.randrange(first, len(months))
    return months[first], f"{months[first]}..{months[last]}", "all"


def check(balance: Balance, measure: str) -> None:
    """Assert that every way to tell a measure adds up to it."""
    value = balance.measure(measure)
    for grouping in trace(balance, measure).groupings:
        found = trace(balance, measure, grouping.key)
        assert found.value == value
        assert found.by == grouping.key
        if value is None:
            assert found.parts == ()
            continue
        parts = [part.value for part in found.parts]
        rounding = 1e-9 * max(1.0, math.fsum(map(abs, parts)))
        assert math.isclose(math.fsum(parts), value, rel_tol=1e-9, abs_tol=rounding), (measure, grouping.key)
        assert all(parts)


@pytest.mark.parametrize("seed", range(36))
def test_that_every_series_of_a_random_plan_adds_up_however_it_is_told(seed: int) -> None:
    rng = Random(seed)
    tables = random_plan(rng, ("small", "medium", "large")[seed % 3])
    scenarios = [None, *(row["scenario"] for row in tables.get("scenarios") or [])]
    balance = solve(plan_of(tables), rng.choice(scenarios))
    for series in (*COUNTRY_SERIES, *named_series(balance)):
        for period in periods(balance, rng):
            for reducer in rng.sample(REDUCERS, 2):
                check(balance, f"{series} {period} {reducer}")


@pytest.mark.parametrize("reducer", REDUCERS)
def test_that_every_series_of_the_example_adds_up(reducer: str) -> None:
    balance = solve(example(), STRONG)
    for series in COUNTRY_SERIES:
        for period in ("2017-01", "2017-11", "2017H2", "all"):
            check(balance, f"{series} {period} {reducer}")


def parts_of(balance: Balance, measure: str, by: str = "") -> dict[str, float]:
    """Return the parts of a measure by label; no label stands twice."""
    parts = trace(balance, measure, by).parts
    found = {part.label: part.value for part in parts}
    assert len(found) == len(parts)
    return found


def all_parts(balance: Balance, plan: Plan) -> Iterator[tuple[str, Part]]:
    """Return every part of every way to tell every series in two periods."""
    assert plan.horizon is not None
    for series in (*COUNTRY_SERIES, *named_series(balance)):
        for measure in (f"{series} {plan.horizon.labels[4]} end", f"{series} 2017H2 sum", f"{series} 2017H2 end"):
            for grouping in trace(balance, measure).groupings:
                for part in trace(balance, measure, grouping.key).parts:
                    yield measure, part


@pytest.mark.parametrize("plan", [full_plan(), example()], ids=["every table", "example"])
def test_that_every_link_is_a_cell_and_every_further_measure_can_be_traced(plan: Plan) -> None:
    balance = solve(plan)
    linked = 0
    for measure, part in all_parts(balance, plan):
        if part.link is not None:
            is_column = part.kind is Kind.OPENING and not part.link.row
            assert is_column or plan.spelled(part.link) == part.link, (measure, part)
            assert plan.find_column(part.link.table, part.link.column) is not None
            linked += 1
        if part.measure is not None:
            assert trace(balance, str(part.measure)).measure == part.measure
    assert linked > 500


def test_that_the_parts_come_with_the_largest_first_and_months_in_their_order() -> None:
    balance = solve(example())
    sizes = [abs(part.value) for part in trace(balance, "operating 2017-12 end").parts]
    assert sizes == sorted(sizes, reverse=True)
    assert len(sizes) > 40
    months = [part.label for part in trace(balance, "production 2017H2 sum", "month").parts]
    assert months == ["2017-07", "2017-08", "2017-09", "2017-10", "2017-11", "2017-12"]


# Capacity, by hand


def test_that_operating_capacity_is_told_from_the_opening_through_every_action() -> None:
    balance = solve(full_plan(actions=[
        {"action": "Closure", "kind": "close capacity", "target": "North 1", "announced": 100, "start": "2017-07"},
        {"action": "Cut", "kind": "curtail output", "target": "North 2", "announced": 50, "start": "2017-07"},
        {"action": "Third", "kind": "curtail output", "target": "South", "share": 0.25, "start": "2017-07"},
        {"action": "Halt", "kind": "halt construction", "target": "North", "share": 0.5, "start": "2017-07"},
        {"action": "Restart", "kind": "restart capacity", "target": "Henan", "announced": 40, "start": "2017-07"},
        {"action": "New", "kind": "commission capacity", "target": "South", "announced": 60, "start": "2018-03"},
    ]))  # fmt: skip
    found = parts_of(balance, "operating 2017-12 end", "actions")
    assert found == pytest.approx({
        "At the opening": 2200.0, "North 1, new capacity": 120.0, "Halt": -60.0, "Closure": -90.0, "Cut": -50.0,
        "Third": -200.0, "Restart": 40.0,
    })  # fmt: skip
    assert parts_of(balance, "operating[North 1] 2017-12 end", "actions") == pytest.approx(
        {"At the opening": 900.0, "North 1, new capacity": 120.0, "Halt": -60.0, "Closure": -90.0}
    )
    assert parts_of(balance, "built 2017-12 end", "actions") == pytest.approx(
        {"At the opening": 2400.0, "North 1, new capacity": 120.0, "Halt": -60.0, "Closure": -100.0}
    )
    assert parts_of(balance, "under_construction 2017-12 end", "actions") == pytest.approx(
        {"At the opening": 120.0, "North 1, new capacity": -120.0, "Halt": 60.0}
    )


def test_that_what_a_cap_takes_is_a_line_of_its_own() -> None:
    cuts = [
        {"action": name, "kind": "curtail output", "target": "North 2", "announced": 400, "start": "2017-07"}
        for name in ("One", "Two")
    ]
    balance = solve(full_plan(actions=cuts, scenarios=[], overrides=[], uncertainty=[], claims=[]))
    found = parts_of(balance, "operating[North 2] 2017-12 end", "actions")
    assert found == pytest.approx(
        {"At the opening": 500.0, "One": -400.0, "Two": -400.0, "Limits at the plants": 300.0}
    )


def test_that_plans_without_warnings_meet_no_limit_at_the_plants() -> None:
    balance = solve(full_plan())
    assert balance.warnings == ()
    for series in CAPACITY:
        for grouping in trace(balance, f"{series} all end").groupings:
            for month in balance.horizon.labels:
                parts = trace(balance, f"{series} {month} end", grouping.key).parts
                assert all(part.kind is not Kind.REMAINDER for part in parts)


def test_that_actions_come_with_what_they_take_out_as_reported() -> None:
    balance = solve(full_plan())
    found = parts_of(balance, "operating 2018-01 end", "actions")
    for name, effective in balance.by_action("effective").items():
        sign = 1.0 if name in ("Restart", "New") else -1.0
        assert found.get(name, 0.0) == pytest.approx(sign * effective[6])


def market_plan(**assumptions: float | bool | str) -> Plan:
    """Return a plan without actions whose plants answer the price."""
    rows = [{"assumption": name, "value": value} for name, value in assumptions.items()]
    plants = [
        {"plant": "Cheap", "built": 1000, "operating": 600, "cash_cost": 5000},
        {"plant": "Dear", "built": 900, "operating": 900, "cash_cost": 30000},
    ]
    return full_plan(
        plants=plants, actions=[], scenarios=[], overrides=[], uncertainty=[], claims=[],
        assumptions=[{"assumption": "market_response", "value": True}, *rows],
    )  # fmt: skip


def test_that_the_markets_response_is_told_beside_the_actions() -> None:
    balance = solve(market_plan(restart_speed=0.1, idling_speed=0.2))
    assert parts_of(balance, "operating 2017-07 end", "actions") == pytest.approx(
        {"At the opening": 1500.0, "Restarted at the price": 40.0, "Idled at the price": -180.0}
    )
    assert parts_of(balance, "restarted 2017-08 end") == pytest.approx({"Restarted at the price": 80.0})


# Flows and stocks


def test_that_a_balance_is_supply_less_the_sectors() -> None:
    balance = solve(full_plan())
    found = parts_of(balance, "balance 2017H2 sum")
    sectors = {name: -float(values[:6].sum()) for name, values in balance.consumption_by_sector.items()}
    production = balance.measure("production 2017H2 sum")
    assert found == pytest.approx({"Production": production, "Net imports": 30.0, **sectors})


def test_that_a_stock_is_the_level_before_and_what_came_since() -> None:
    balance = solve(full_plan())
    moved = 0.9 * balance.series("balance")
    found = parts_of(balance, "stock 2017-09 end")
    assert found == pytest.approx(
        {"Visible stock, 2017-08": balance.series("stock")[1], "Visible part of the balance": moved[2]}
    )
    found = parts_of(balance, "stock 2017Q3 end")
    assert found == pytest.approx(
        {"Visible stock at the opening": 400.0, "Visible part of the balance": moved[:3].sum()}
    )
    assert parts_of(balance, "stock 2017Q4 change") == pytest.approx({"Visible part of the balance": moved[3:6].sum()})
    opening = trace(balance, "stock 2017Q3 end").parts[0]
    assert str(opening.link) == "assumptions/opening_stock/value"


def test_that_shortfall_and_residual_are_told_where_there_are_any() -> None:
    rows = [{"month": "2017-07"}, {"month": "2017-08", "net_imports": -900, "actual_stock": 123}]
    known = {"assumption": "known_until", "value": "2017-08"}
    plain = [{"assumption": "opening_stock", "value": 400}]
    balance = solve(full_plan(monthly=rows, assumptions=[*plain, known]))
    found = parts_of(balance, "stock 2017-08 end")
    assert found["Residual"] == balance.series("residual")[1]
    assert sum(found.values()) == pytest.approx(123.0)
    residual = parts_of(balance, "residual 2017-08 end")
    assert residual["Stock that was found"] == 123.0
    assert parts_of(balance, "residual 2017-07 end") == {}
    short = solve(full_plan(monthly=rows, assumptions=plain))
    missing = parts_of(short, "shortfall 2017-08 end")
    assert missing["Stock a month before"] == -short.series("stock")[0]
    assert parts_of(short, "shortfall 2017-07 end") == {}


def test_that_a_known_production_and_a_lack_of_alumina_are_told_apart() -> None:
    rows = [{"month": "2017-07", "actual_production": 150}]
    assumptions = [
        {"assumption": "known_until", "value": "2017-07"},
        {"assumption": "alumina_opening_stock", "value": 0},
        {"assumption": "disruption", "value": 0.1},
    ]
    plants = [
        {"plant": "Smelter", "built": 2000, "operating": 2000},
        {"plant": "Refinery", "product": "alumina", "built": 1000, "operating": 1000},
    ]
    bare = {"actions": [], "scenarios": [], "overrides": [], "uncertainty": [], "claims": []}
    balance = solve(full_plan(plants=plants, monthly=rows, assumptions=assumptions, **bare))
    days = 31 / 365
    full, refined = 2000 * 1.02 * days, 1000 * days
    found = parts_of(balance, "production 2017-07 end", "causes")
    assert found == pytest.approx(
        {
            "What runs, at the load factor": full,
            "Outages": -0.1 * full,
            "Lack of alumina": refined / 1.93 - 0.9 * full,
            "Actual in place of the model": 150.0 - refined / 1.93,
        }
    )


def test_that_consumption_is_told_from_the_base_year() -> None:
    balance = solve(full_plan())
    found = parts_of(balance, "consumption[Construction] 2018-02 end", "causes")
    season = 108.15 * (0.9 / 1.05 - 1.0)
    assert found == pytest.approx(
        {"A twelfth of the base year": 100.0, "Growth 2017": 5.0, "Growth 2018": 3.15, "Season": season}
    )
    parts = trace(balance, "consumption[Construction] 2018-02 end", "causes").parts
    links = {part.label: str(part.link) for part in parts}
    assert links["Growth 2018"] == "demand/Construction/growth 2018"
    assert links["Season"] == "seasonality/2/weight"


# Price and policy


def test_that_the_price_is_told_by_pull_cover_and_premium() -> None:
    balance = solve(full_plan())
    found = parts_of(balance, "price 2017-07 end")
    cover = (balance.series("stock_days")[0] / 12.0) ** -0.15
    assert found["Price at the opening"] == 13000.0
    assert found["Pull to the reference price"] == pytest.approx(500.0)
    assert found["Stock cover"] == pytest.approx(0.5 * 14000.0 * (cover - 1.0))
    assert found.get("Expectation premium", 0.0) == pytest.approx(7000.0 * cover * balance.series("premium")[0])
    by_action = parts_of(balance, "price 2017-11 end", "action")
    whole = parts_of(balance, "price 2017-11 end")
    orders = {name: value for name, value in by_action.items() if name in balance.plan.actions.keys}
    assert sum(orders.values()) == pytest.approx(whole.get("Expectation premium", 0.0))


def test_that_belief_moves_with_the_orders_that_land_otherwise_than_believed() -> None:
    balance = solve(full_plan(), "Slow")
    found = parts_of(balance, "credibility 2017-07 end")
    due, landed = 100.0, 50.0
    speed = 0.2 * min(1.0, due / (0.02 * 2200.0))
    assert found == pytest.approx({"Credibility at the opening": 0.6, "Closure": speed * (landed - 0.6 * due) / due})


def test_that_the_overhang_is_what_each_live_order_has_yet_to_bring() -> None:
    balance = solve(full_plan(), "Slow")
    assert parts_of(balance, "overhang 2017-09 end") == pytest.approx({"Closure": 50.0})
    premium = parts_of(balance, "premium 2017-09 end")
    assert premium == pytest.approx({"Closure": balance.series("premium")[2]})


# What is asked


def test_that_the_month_of_a_minimum_is_named() -> None:
    balance = solve(full_plan())
    found = trace(balance, "stock all min")
    assert str(found.month) == balance.horizon.labels[int(balance.series("stock").argmin())]
    assert trace(balance, "stock all end").month is None


def test_that_a_blank_has_no_parts() -> None:
    smelters = [{"plant": "Smelter", "built": 1000, "operating": 900}]
    bare = {"actions": [], "scenarios": [], "overrides": [], "uncertainty": [], "claims": []}
    found = trace(solve(full_plan(plants=smelters, **bare)), "alumina_stock 2017-12 end")
    assert (found.value, found.parts) == (None, ())


def test_that_a_wrong_question_is_answered_with_what_there_is() -> None:
    balance = solve(full_plan())
    with pytest.raises(ValueError, match="plant, group, province, actions"):
        trace(balance, "operating 2017-12 end", "moon")
    with pytest.raises(MeasureError):
        trace(balance, "happiness 2017 sum")


def test_that_places_and_levels_lead_to_their_own_traces() -> None:
    balance = solve(full_plan())
    by_group = {part.label: part for part in trace(balance, "operating 2017-12 end", "group").parts}
    assert str(by_group["North"].measure) == "operating[North] 2017-12 end"
    assert by_group["North"].value == balance.measure("operating[North] 2017-12 end")
    before = trace(balance, "stock 2017-12 end").parts[0]
    assert str(before.measure) == "stock 2017-11 end"
    flow = next(part for part in trace(balance, "stock 2017H2 end").parts if part.kind is Kind.SERIES)
    assert str(flow.measure) == "balance 2017H2 sum"
