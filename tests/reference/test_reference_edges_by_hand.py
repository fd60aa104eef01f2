"""The reference against cases worked by hand: the bounds, caps and exceptions of sections 3 to 8."""

from .by_hand import about, action, assumptions, small_plan, smelter
from .run import run


def test_that_two_halts_withhold_no_more_than_all_starts() -> None:
    plants = [smelter("Line", 0.0, under_construction=600.0, first_output="2017-01", ramp_months=6)]
    halts = [action(f"Halt {n}", "halt construction", "2017-02", announced=600.0) for n in (1, 2)]
    result = run(small_plan("2017-01", 3, plants=plants, actions=halts))
    assert result["monthly"]["commissioned"] == about(100, 100, 100)


def test_that_closing_more_than_there_is_leaves_what_is_commissioned() -> None:
    plants = [smelter("Plant", 1000.0, under_construction=100.0, first_output="2017-01")]
    closures = [action(f"Close {n}", "close capacity", "2017-01", announced=800.0) for n in (1, 2)]
    result = run(small_plan("2017-01", 1, plants=plants, actions=closures))
    # 1600 asked of 1000; the 100 of the new line stay
    assert result["monthly"]["built"] == about(100)
    assert result["monthly"]["closed_running"] == about(1000)
    assert result["monthly"]["operating"] == about(100)


def test_that_a_closure_reaches_restarted_capacity() -> None:
    actions = [
        action("Restart", "restart capacity", "2017-01", announced=200.0),
        action("Close", "close capacity", "2017-01", announced=450.0, operating_share=1.0),
    ]
    result = run(small_plan("2017-01", 1, plants=[smelter("Plant", 300.0, built=1000.0)], actions=actions))
    # 300 + 200 run, 450 of them are closed
    assert result["monthly"]["closed_running"] == about(450)
    assert result["monthly"]["operating"] == about(50)


def test_that_the_market_restarts_only_compliant_capacity_that_is_left() -> None:
    actions = [
        action("Restart", "restart capacity", "2017-01", announced=200.0),
        action("Close", "close capacity", "2017-01", announced=300.0, operating_share=0.6),
    ]
    plan = small_plan(
        "2017-01", 1,
        plants=[smelter("Plant", 500.0, built=1500.0, cash_cost=12000.0)],
        actions=actions,
        assumptions=assumptions(market_response=True, response_margin=2000.0, restart_speed=1.0),
    )  # fmt: skip
    result = run(plan)
    # idle 1000 - 200 restarted - 300 * 0.4 closed = 680 spare; pull 0.5 restarts half of it
    # running 500 + 200 - 180 = 520, so 860; restarted 200 + 340
    assert result["monthly"]["operating"] == about(860)
    assert result["monthly"]["restarted"] == about(540)


def test_that_a_share_cut_reaches_what_restarts_at_an_idle_plant() -> None:
    plants = [smelter("Idle", 0.0, built=500.0)]
    restart = action("Restart", "restart capacity", "2017-01", share=1.0)
    for compliance, cut in (("any", 100), ("compliant", 100), ("non-compliant", 0)):
        winter = action("Winter", "curtail output", "2017-01", share=0.2, compliance=compliance)
        result = run(small_plan("2017-01", 1, plants=plants, actions=[restart, winter]))
        # nothing ran at the opening: M is 0, but the cut takes a fifth of the 500 that run now
        assert result["announced_by_action"]["Winter"] == 0
        assert result["effective_by_action"]["Winter"] == about(cut)
        assert result["monthly"]["operating"] == about(500 - cut)


def test_that_a_share_cut_of_one_class_is_of_its_part_of_what_runs() -> None:
    plants = [smelter("Plant", 800.0, built=1000.0, non_compliant=200.0)]
    stop = action("Stop", "curtail output", "2017-01", announced=400.0)
    winter = action("Winter", "curtail output", "2017-01", share=0.5, compliance="non-compliant")
    result = run(small_plan("2017-01", 1, plants=plants, actions=[stop, winter]))
    # 200 of 800 ran without approval: f = 1/4, so half of a quarter of the 400 that still run
    assert result["effective_by_action"]["Winter"] == about(50)
    assert result["monthly"]["operating"] == about(350)


def test_that_too_much_credit_does_not_bring_capacity_back() -> None:
    actions = [
        action("Close", "close capacity", "2017-01", announced=100.0, operating_share=1.0),
        action("Winter", "curtail output", "2017-01", share=0.1, credit="Close"),
    ]
    result = run(small_plan("2017-01", 1, plants=[smelter("Plant", 500.0, built=1000.0)], actions=actions))
    # asked 0.1 * 500 = 50, credited 100
    assert result["monthly"]["operating"] == about(400)
    assert result["effective_by_action"]["Winter"] == about(0)


def test_that_a_phase_in_below_a_month_is_a_month() -> None:
    cut = action("Cut", "curtail output", "2017-02", announced=100.0, delay=0.25, phase_in=0.5)
    result = run(small_plan("2017-01", 3, actions=[cut]))
    # s = 1.25, n = 1: t = 1 gives 0.75
    assert result["monthly"]["curtailed"] == about(0, 75, 100)


def test_that_new_capacity_without_weights_is_spread_evenly() -> None:
    plants = [smelter("A", 0.0, province="North"), smelter("B", 0.0, province="North"), smelter("C", 9.0)]
    new = action("New", "commission capacity", "2017-01", announced=300.0, target="North", phase_in=3.0)
    result = run(small_plan("2017-01", 3, plants=plants, actions=[new]))
    assert result["operating_by_plant"]["A"] == about(50, 100, 150)
    assert result["operating_by_province"] == {"North": about(100, 200, 300)}
    assert result["warnings"] == []


def test_that_the_overhang_is_no_more_than_what_runs_and_belief_learns_at_most_at_full_speed() -> None:
    orders = [action(f"Order {n}", "close capacity", "2017-01", share=1.0, implementation=0.0) for n in (1, 2)]
    plan = small_plan("2017-01", 1, plants=[smelter("Plant", 1000.0)], actions=orders)
    plan["assumptions"] = assumptions(stock_elasticity=0.0)
    m = run(plan)["monthly"]
    # 2000 due of which nothing lands: full speed, belief 0.6 * 0.8 = 0.48; overhang capped at 1000
    assert m["due"] == about(2000)
    assert m["credibility"] == about(0.48)
    assert m["overhang"] == about(1000)
    # premium 1.5 * 0.48 = 0.72, target 24080, half of the way from 13000
    assert m["price"] == about(18540)


def test_that_stock_days_look_back_three_months() -> None:
    plan = small_plan("2017-01", 4, plants=[], monthly=[{"month": "2017-01", "consumption_change": 900.0}])
    plan["assumptions"] = assumptions(opening_stock=3000.0, visible_share=1.0)
    days = run(plan)["monthly"]["stock_days"]
    # stock 1800, 1500, 1200, 900; used 1200 in 31 days, 1500 in 59, 1800 in 90, then 900 in 28 + 31 + 30
    assert days == about(1800 * 31 / 1200, 1500 * 59 / 1500, 1200 * 90 / 1800, 900 * 89 / 900)


def test_that_a_leap_year_has_366_days_and_outages_are_off_the_whole_output() -> None:
    plan = small_plan("2016-02", 1, plants=[smelter("Plant", 3660.0)])
    plan["assumptions"] = assumptions(load_factor=1.1, disruption=0.1)
    # 3660 * 29/366 = 290; 1.1 * 0.9 * 290 = 287.1
    assert run(plan)["monthly"]["production"] == about(287.1)


def test_that_bauxite_grows_from_the_base_year_and_refineries_keep_running() -> None:
    refinery = {"plant": "Refinery", "product": "alumina", "built": 3650.0, "operating": 3650.0}
    plan = small_plan("2018-01", 1, plants=[refinery])
    plan["bauxite"] = [{"origin": "Near", "available": 365.0, "growth": 1.0, "grade": 2.0}]
    m = run(plan)["monthly"]
    # no smelter, so refineries run at their least: 0.6 * 310 = 186 kt into the stock of 1500
    assert m["alumina_production"] == about(186)
    assert m["alumina_stock"] == about(1686)
    # 365 * 2^2 * 31/365 / 2 = 62 kt of alumina from listed bauxite
    assert m["bauxite_cover"] == about(62 / 186)


def test_that_consumption_is_never_negative_and_a_known_stock_has_no_shortfall() -> None:
    rows = [
        {"month": "2017-01", "consumption_change": -500.0},
        {"month": "2017-02", "net_imports": -1000.0, "actual_stock": 40.0},
    ]
    plan = small_plan("2017-01", 2, monthly=rows)
    plan["assumptions"] = assumptions(load_factor=1.0, visible_share=1.0, opening_stock=0.0, known_until="2017-02")
    m = run(plan)["monthly"]
    assert m["consumption"] == about(0, 300)
    # January 310 to stock; February 280 - 1000 - 300: raw -710, known 40
    assert m["stock"] == about(310, 40)
    assert m["residual"] == about(0, 750)
    assert m["shortfall"] == about(0, 0)
