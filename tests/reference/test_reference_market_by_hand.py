"""The reference against cases worked by hand: stock, price, scenarios, measures (sections 1, 7, 8 and 11)."""

from typing import Any

import pytest

from .by_hand import about, action, assumptions, small_plan, smelter
from .claims import check_claim
from .market import market_state
from .measures import measure
from .run import run


def test_that_premium_and_belief_follow_what_lands_of_an_order() -> None:
    order = action("Order", "curtail output", "2017-02", announced=100.0, implementation=0.5, announced_on="2017-01")
    plan = small_plan(
        "2017-01", 3,
        plants=[smelter("Plant", 1000.0)],
        actions=[order],
        assumptions=assumptions(stock_elasticity=0.0, learning_scale=0.2, learning=0.4),
    )  # fmt: skip
    result = run(plan)
    # due 0, 100, 100; half of it lands; full speed from 200 due on, so speed 0.5, a fifth of the gap
    # belief 0.6; 0.6 + 0.2 * (0.5 - 0.6) = 0.58; 0.58 + 0.2 * (0.5 - 0.58) = 0.564
    assert result["monthly"]["credibility"] == about(0.6, 0.58, 0.564)
    assert result["monthly"]["overhang"] == about(100, 50, 50)
    # premium 1.5 * 0.6 * 0.1 = 0.09; 1.5 * 0.58 * 0.05 = 0.0435; 1.5 * 0.564 * 0.05 = 0.0423
    assert result["monthly"]["premium"] == about(0.09, 0.0435, 0.0423)
    # targets 15260, 14609, 14592.2; half of the gap each month from 13000
    assert result["monthly"]["price"] == about(14130, 14369.5, 14480.85)


def test_that_the_price_follows_stock_days_and_stays_where_nothing_is_used() -> None:
    plan = small_plan(
        "2017-01", 3,
        plants=[],
        demand=[{"sector": "All uses", "consumption": 3600.0}],
        monthly=[
            {"month": "2017-01", "net_imports": 300.0, "consumption_change": -300.0},
            {"month": "2017-02", "consumption_change": -20.0, "net_imports": 280.0},
        ],
        assumptions=assumptions(
            opening_stock=2000.0 - 300.0, visible_share=1.0, stock_elasticity=0.5, price_adjustment=1.0,
            reference_days=12.0,
        ),
    )  # fmt: skip
    result = run(plan)
    # January: nothing used, stock 2000, no days, the price stays
    assert result["monthly"]["stock_days"][0] is None
    assert result["monthly"]["price"][0] == 13000
    # February: 280 used in 31 + 28 days: 2000 / (280/59) = 421.43 days; price 14000 * (days/12)^-0.5
    days = 2000 * 59 / 280
    assert result["monthly"]["stock_days"][1] == pytest.approx(days)
    assert result["monthly"]["price"][1] == pytest.approx(14000 * (12 / days) ** 0.5)
    # March: 580 used in 90 days, 300 of the stock
    assert result["monthly"]["stock_days"][2] == pytest.approx(1700 * 90 / 580)


def test_that_market_states_change_at_one_and_three_bands() -> None:
    # band 1/64 of a consumption of 64: the borders are at 1 and 3 exactly
    wanted = {
        3.1: "surplus",
        3.0: "slight surplus",
        1.1: "slight surplus",
        1.0: "balanced",
        -1.0: "balanced",
        -1.1: "slight shortage",
        -3.0: "slight shortage",
        -3.1: "shortage",
    }
    assert {balance: market_state(balance, 64.0, 1 / 64) for balance in wanted} == wanted
    assert market_state(5.0, 0.0, 1 / 64) == "balanced"


def test_that_known_months_take_the_models_place_and_leave_a_residual() -> None:
    known = {"actual_production": 300.0, "actual_stock": 150.0, "actual_price": 15000.0}
    plan = small_plan(
        "2017-01", 2,
        monthly=[{"month": "2017-01", **known}, {"month": "2017-02", **known}],
        assumptions=assumptions(
            load_factor=1.0, visible_share=0.5, opening_stock=100.0, known_until="2017-01",
            stock_elasticity=0.0, premium_strength=0.0,
        ),
    )  # fmt: skip
    m = run(plan)["monthly"]
    # January: 300 made and used, raw stock 100, known 150; February: 280 made, 300 used, half of -20 is seen
    assert m["production"] == about(300, 280)
    assert m["alumina_requirement"] == about(1.93 * 300, 1.93 * 280)
    assert m["stock"] == about(150, 140)
    assert m["residual"] == about(50, 0)
    assert m["unseen_stock"] == about(0, -10)
    assert m["shortfall"] == about(0, 0)
    # price: known 15000, then half way to 14000
    assert m["price"] == about(15000, 14500)


def test_that_an_actual_is_not_used_where_the_model_makes_nothing() -> None:
    plan = small_plan(
        "2017-01", 1,
        plants=[smelter("Plant", 0.0, built=100.0)],
        monthly=[{"month": "2017-01", "actual_production": 5.0}],
        assumptions=assumptions(known_until="2017-01"),
    )  # fmt: skip
    result = run(plan)
    assert result["monthly"]["production"] == [0]
    assert result["warnings"] == [("actual not used", "production", "2017-01")]


def test_that_stock_does_not_fall_below_nothing_and_mass_is_kept() -> None:
    plan = small_plan("2017-01", 2, monthly=[{"month": "2017-02", "reserve_release": 5.0, "net_imports": -200.0}])
    plan["assumptions"] = assumptions(load_factor=1.0, visible_share=0.75, opening_stock=50.0)
    m = run(plan)["monthly"]
    # January 310 - 300 = 10: stock 57.5, unseen 2.5
    # February 280 - 200 + 5 - 300 = -215: 57.5 - 161.25 = -103.75, so nothing is left and 103.75 is short
    assert m["supply"] == about(310, 85)
    assert m["balance"] == about(10, -215)
    assert m["stock"] == about(57.5, 0)
    assert m["shortfall"] == about(0, 103.75)
    assert m["unseen_stock"] == about(2.5, 2.5 - 53.75)
    assert m["stock"][1] + m["unseen_stock"][1] == pytest.approx(57.5 + 2.5 - 215 + 103.75)


def test_that_plants_restart_on_a_high_price_and_idle_on_a_low_one() -> None:
    plants = [
        smelter("Cheap", 500.0, built=1500.0, cash_cost=12000.0),
        smelter("Dear", 1000.0, cash_cost=20000.0),
        smelter("Silent", 1000.0),
    ]
    plan = small_plan(
        "2017-01", 3,
        plants=plants,
        assumptions=assumptions(
            market_response=True, response_from="2017-02", response_margin=2000.0, restart_speed=0.1,
            idling_speed=0.05, price_adjustment=0.0,
        ),
    )  # fmt: skip
    result = run(plan)
    # Cheap: pull (13000 - 12000)/2000 = 0.5, so 5 % of its idle 1000 a month from February on
    assert result["operating_by_plant"]["Cheap"] == about(500, 550, 600)
    # Dear: pull -1, so 5 % of what runs a month
    assert result["operating_by_plant"]["Dear"] == about(1000, 950, 900)
    assert result["operating_by_plant"]["Silent"] == about(1000, 1000, 1000)
    assert result["monthly"]["restarted"] == about(0, 50, 100)


def layered_plan() -> dict[str, Any]:
    plan = small_plan("2017-01", 1, actions=[action("Cut", "curtail output", "2017-01", announced=650.0)])
    plan["scenarios"] = [
        {"scenario": "Half", "builds_on": None},
        {"scenario": "Small", "builds_on": None},
        {"scenario": "Both", "builds_on": "Half; Small"},
        {"scenario": "Both again", "builds_on": "Small; Half"},
        {"scenario": "Own", "builds_on": "Both"},
    ]
    cell = {"table": "actions", "row": "Cut"}
    plan["overrides"] = [
        {"scenario": "Half", **cell, "column": "implementation", "value": 0.5},
        {"scenario": "Half", **cell, "column": "announced", "value": 300.0},
        {"scenario": "Small", **cell, "column": "announced", "value": 100.0},
        {"scenario": "Own", **cell, "column": "implementation", "value": "(blank)"},
    ]
    return plan


def test_that_the_last_layer_stands_and_a_conflict_is_reported() -> None:
    plan = layered_plan()
    cut = {name: run(plan, name)["monthly"]["curtailed"][0] for name in (None, "Half", "Both", "Own")}
    # 650 in the base; 0.5 * 300; 0.5 * 100, as Small comes later; a blank implementation is 100 %
    assert cut == {None: 650, "Half": 150, "Both": 50, "Own": 100}
    assert run(plan, "Both again")["monthly"]["curtailed"] == about(150)
    assert run(plan, "Both")["warnings"] == [("conflict", "actions/cut/announced", None)]
    assert run(plan, "Half")["warnings"] == []


def test_that_a_scenario_cannot_build_on_itself() -> None:
    plan = layered_plan()
    plan["scenarios"][0]["builds_on"] = "Both"
    with pytest.raises(ValueError, match="builds on itself"):
        run(plan, "Both")


def test_that_measures_reduce_a_column_over_a_period() -> None:
    plants = [smelter("A", 3650.0, province="North"), smelter("B", 365.0, group="North", built=400.0)]
    closure = action("Closure", "close capacity", "2017-02", announced=65.0, target="A", operating_share=1.0)
    plan = small_plan("2017-01", 3, plants=plants, actions=[closure])
    result = run(plan)
    wanted = {
        "operating 2017-01 end": 4015.0,
        "operating 2017Q1 change": -65.0,
        "operating[north; A] 2017H1 end": 3950.0,
        "operating[A] 2017-02..2017-03 change": -65.0,
        "built all start": 4050.0,
        "idle all max": 35.0,
        "consumption 2017 mean": 300.0,
        "consumption[all uses] 2017 sum": 900.0,
        "due[Closure] 2017-02 end": 65.0,
        "closed all change": 65.0,
        "stock 2017-01 change": 341.0 - 300.0,
        "operating all min": 3950.0,
    }
    assert {text: measure(plan, result, text) for text in wanted} == pytest.approx(wanted)
    assert measure(plan, result, "stock 2019 end") is None
    with pytest.raises(ValueError, match="nothing is named nowhere"):
        measure(plan, result, "operating[Nowhere] all end")


def test_that_claims_are_loosened_by_their_tolerance() -> None:
    plan = small_plan("2017-01", 1)
    result = run(plan)

    def holds(relation: str, value: float, **more: float) -> bool:
        return check_claim(plan, result, {"measure": "balance all sum", "relation": relation, "value": value, **more})

    # the balance is 310 - 300 = 10
    assert holds("equals", 11.0, tolerance=1.5)
    assert not holds("=", 12.0, tolerance=1.5)
    assert holds("above", 9.0)
    assert not holds(">", 11.0)
    assert holds("above", 11.0, tolerance=2.0)
    assert holds("at most", 11.0)
    assert not holds("<=", 9.0)
    assert holds("below", 9.0, tolerance=2.0)
    assert holds("between", 9.0, upper=11.0)
    assert not holds("between", 11.0, upper=12.0)
    assert holds("between", 11.0, upper=12.0, tolerance=2.0)
