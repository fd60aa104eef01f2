"""The reference against cases worked by hand; the arithmetic stands in the comments (sections 2 to 6)."""

import pytest

from .by_hand import about, action, assumptions, small_plan, smelter
from .run import run


def test_that_half_of_a_closure_is_carried_out_in_two_steps() -> None:
    closure = action("Order", "close capacity", "2017-02", announced=1460.0, implementation=0.5, phase_in=2.0)
    result = run(small_plan("2017-01", 3, actions=[closure]))
    # closed: 1460 * 0.5 * (0, 1/2, 1) = 0, 365, 730, all of it running (3650 of 3650)
    assert result["monthly"]["closed"] == about(0, 365, 730)
    assert result["monthly"]["operating"] == about(3650, 3285, 2920)
    assert result["monthly"]["built"] == about(3650, 3285, 2920)
    # production: 3650 * 31/365 = 310; (3650 + 3285)/2 * 28/365 = 266; (3285 + 2920)/2 * 31/365 = 263.5
    assert result["monthly"]["production"] == about(310, 266, 263.5)
    # balance: less 300 a month; stock from 100: 110, 76, 39.5
    assert result["monthly"]["balance"] == about(10, -34, -36.5)
    assert result["monthly"]["stock"] == about(110, 76, 39.5)
    assert result["announced_by_action"] == {"Order": 1460}
    assert result["due_by_action"]["Order"] == about(0, 730, 1460)
    assert result["periods"]["2017Q1"]["balance"] == pytest.approx(-60.5)
    # r = -60.5 / 900 = -6.7 %, below three times the band of 1 %
    assert result["periods"]["2017Q1"]["state"] == "shortage"
    assert not result["periods"]["2017Q1"]["part"]
    assert result["periods"]["2017H1"]["part"]


def test_that_a_heating_season_takes_half_of_its_first_and_of_the_following_month() -> None:
    winter = action("Winter", "curtail output", "2017-11", share=0.5, end="2018-02", target="Winter region")
    plants = [smelter("Plant", 3650.0, winter_region=True)]
    result = run(small_plan("2017-10", 7, plants=plants, actions=[winter]))
    assert result["monthly"]["operating"] == about(3650, 1825, 1825, 1825, 1825, 3650, 3650)
    # November (3650 + 1825)/2 * 30/365 = 225; December 1825 * 31/365 = 155; March 2737.5 * 31/365 = 232.5
    assert result["monthly"]["production"] == about(310, 225, 155, 155, 140, 232.5, 300)
    assert result["effective_by_action"]["Winter"] == about(0, 1825, 1825, 1825, 1825, 0, 0)


def test_that_a_yearly_repeat_returns_after_twelve_months_and_fades_in_fractions() -> None:
    cut = action(
        "Winter", "curtail output", "2017-01", announced=100.0, end="2017-02", phase_out=2.0,
        repeats_yearly=True, delay=0.5, announced_on="2017-01",
    )  # fmt: skip
    result = run(small_plan("2017-01", 15, actions=[cut]))
    # s = 0.5: rise at t = 0 is 0.5, then 1; fall from 1.5 over two months: t = 2 gives 0.25, t = 3 gives 0.75
    year = [50.0, 100.0, 75.0, 25.0, *[0.0] * 8]
    assert result["implemented_by_action"]["Winter"] == about(*year, *year[:3])
    # as announced, without the delay: 1, 1, 1/2, 0
    assert result["due_by_action"]["Winter"][:4] == about(100, 100, 50, 0)
    # landed: the smaller of the two; overhang: only while announced_on + 12k <= t <= end + 12k
    assert result["monthly"]["landed"][:4] == about(50, 100, 50, 0)
    assert result["monthly"]["overhang"] == about(50, *[0.0] * 11, 50, 0, 0)


def test_that_a_closure_is_credited_within_its_owner_group_only() -> None:
    plants = [
        smelter("A1", 1000.0, group="A"),
        smelter("A2", 500.0, group="A"),
        smelter("B", 400.0),
    ]
    closure = action("Closure", "close capacity", "2017-01", announced=240.0, target="A1")
    cut = action("Cut", "curtail output", "2017-01", share=0.3, credit="closure", implementation=0.5)
    result = run(small_plan("2017-01", 1, plants=plants, actions=[closure, cut]))
    # running 760, 500, 400; A owes 0.3 * (760 + 240) + 0.3 * 500 = 450 less the credit of 240: 210
    # bare 228 + 150 = 378, so each plant of A cuts 210/378 of its bare part; B 0.3 * 400 = 120; half is done
    assert result["effective_by_action"]["Cut"] == about(0.5 * (210 + 120))
    assert result["operating_by_plant"]["A1"] == about(760 - 0.5 * 228 * 210 / 378)
    assert result["operating_by_plant"]["A2"] == about(500 - 0.5 * 150 * 210 / 378)
    assert result["operating_by_plant"]["B"] == about(400 - 0.5 * 120)
    assert result["operating_by_group"]["A"] == about(760 + 500 - 0.5 * 210)
    assert list(result["operating_by_group"]) == ["A"]
    assert result["monthly"]["curtailed"] == about(165)
    assert result["monthly"]["closed_running"] == about(240)


def test_that_starts_withheld_by_a_halt_do_not_come_back_when_it_ends() -> None:
    plants = [smelter("Line", 0.0, under_construction=600.0, first_output="2017-01", ramp_months=6)]
    halt = action("Halt", "halt construction", "2017-03", announced=300.0, end="2017-04")
    result = run(small_plan("2017-01", 7, plants=plants, actions=[halt]))
    # 100 a month are planned; in March and April half of the starts are withheld
    assert result["monthly"]["commissioned"] == about(100, 200, 250, 300, 400, 500, 500)
    assert result["monthly"]["operating"] == about(100, 200, 250, 300, 400, 500, 500)
    assert result["monthly"]["halted"] == about(0, 0, 300, 300, 0, 0, 0)
    assert result["monthly"]["under_construction"] == about(500, 400, 350, 300, 200, 100, 100)
    assert result["effective_by_action"]["Halt"] == about(0, 0, 50, 100, 100, 100, 100)


def test_that_a_closure_of_idle_non_compliant_capacity_takes_no_output() -> None:
    # built 1000, running 300, non-compliant 400: op_nc = 300, op_c = 0, idle_nc = 100, idle_c = 600
    plants = [smelter("Plant", 300.0, built=1000.0, non_compliant=400.0)]
    closure = action("Closure", "close capacity", "2017-01", share=0.5, compliance="non-compliant")
    restart = action("Restart", "restart capacity", "2017-01", share=0.1, compliance="compliant")
    result = run(small_plan("2017-01", 1, plants=plants, actions=[closure, restart]))
    # closure 0.5 * 400 = 200, of which 300/400 is running: 150; restart 0.1 * 600 = 60
    assert result["monthly"]["closed"] == about(200)
    assert result["monthly"]["closed_running"] == about(150)
    assert result["monthly"]["operating"] == about(300 + 60 - 150)
    assert result["monthly"]["built"] == about(800)
    assert result["monthly"]["idle"] == about(800 - 210)
    assert result["effective_by_action"] == {"Closure": about(150), "Restart": about(60)}


def test_that_pots_and_shares_are_sizes_and_the_cap_is_reported() -> None:
    plants = [smelter("X", 300.0, pot_size=1.0, province="North"), smelter("Y", 100.0, pot_size=2.0)]
    by_pots = action("Pots", "curtail output", "2017-01", pots=80.0, target=" all ", policy=False)
    too_much = action("Closure", "close capacity", "2017-01", announced=350.0, target="NORTH; x", enabled=True)
    new = action("New", "commission capacity", "2017-01", announced=400.0)
    off = action("Off", "curtail output", "2017-01", share=1.0, enabled=False)
    plan = small_plan("2017-01", 1, plants=plants, actions=[by_pots, too_much, new, off])
    result = run(plan)
    # 80 pots * (300 * 1 + 100 * 2) / 400 = 100; the closure is capped at 300
    assert result["announced_by_action"] == {"Pots": 100, "Closure": 300, "New": 400, "Off": 0}
    assert result["due_by_action"]["Off"] == about(0)
    # X: 300 + 300 new - 300 closed - 75 cut = 225; Y: 100 + 100 new - 25 = 175
    assert result["operating_by_plant"] == {"X": about(225), "Y": about(175)}
    assert result["warnings"] == [("unallocated", "Closure", None)]
    # what the market watches is the closure alone
    assert result["monthly"]["due"] == about(300)


def test_that_a_lack_of_alumina_limits_output() -> None:
    refinery = {"plant": "Refinery", "product": "alumina", "built": 3650.0, "operating": 3650.0}
    plan = small_plan(
        "2017-01", 2,
        plants=[smelter("Plant", 3650.0), refinery],
        monthly=[{"month": "2017-01", "alumina_net_imports": 62.0}],
        bauxite=[
            {"origin": "Near", "available": 3650.0, "grade": 2.0},
            {"origin": "Far", "available": 3650.0, "growth": 1.0, "grade": 2.5},
        ],
        assumptions=assumptions(load_factor=1.0, alumina_per_t=2.0, alumina_opening_stock=155.0),
    )  # fmt: skip
    result = run(plan)
    # January: need 620, there are 155 + 310 + 62 = 527: psi 0.85; February: need 560, there are 280: psi 0.5
    assert result["monthly"]["production"] == about(263.5, 140)
    assert result["monthly"]["alumina_requirement"] == about(527, 280)
    assert result["monthly"]["alumina_production"] == about(310, 280)
    assert result["monthly"]["alumina_stock"] == about(0, 0)
    assert result["monthly"]["alumina_shortfall"] == about(0, 0)
    # Near makes 310/2 = 155 of January's 310 kt, Far could make 620/2.5 = 248 and makes the other 155
    assert result["bauxite_use"] == {"Near": about(310, 280), "Far": about(387.5, 350)}
    assert result["monthly"]["bauxite_cover"] == about(403 / 310, (140 + 224) / 280)
    assert result["monthly"]["electricity"] == about(3.55725, 1.89)
    assert result["monthly"]["co2"] == about(14 * 263.5, 14 * 140)
    assert list(result["production_by_plant"]) == ["Plant"]


def test_that_without_the_limit_output_goes_on_and_the_shortfall_shows() -> None:
    refinery = {"plant": "Refinery", "product": "alumina", "built": 3650.0, "operating": 3650.0}
    plan = small_plan(
        "2017-01", 1,
        plants=[smelter("Plant", 3650.0), refinery],
        assumptions=assumptions(
            load_factor=1.0, alumina_per_t=2.0, alumina_opening_stock=155.0, alumina_limits=False
        ),
    )  # fmt: skip
    result = run(plan)
    # 620 needed, 155 + 310 there: 155 short
    assert result["monthly"]["production"] == about(310)
    assert result["monthly"]["alumina_shortfall"] == about(155)
    assert result["monthly"]["alumina_stock"] == about(0)


def test_that_alumina_is_blank_without_refineries() -> None:
    plan = small_plan("2017-01", 1, bauxite=[{"origin": "Near", "available": 1.0, "grade": 2.0}])
    result = run(plan)
    assert result["monthly"]["alumina_requirement"] == about(1.93 * 310)
    for name in ("alumina_production", "alumina_stock", "alumina_shortfall", "bauxite_cover"):
        assert result["monthly"][name] == [None]
    assert result["bauxite_use"] == {"Near": [None]}


def test_that_a_blank_growth_takes_the_nearest_earlier_year() -> None:
    plan = small_plan("2018-01", 2)
    plan["plan"]["base_year"] = 2015
    sectors = {"consumption": 1200.0, "growth 2015": 0.5, "growth 2016": 0.1, "growth 2017": None}
    plan["demand"] = [
        {"sector": "Cans", **sectors},
        {"sector": "Cars", "consumption": 600.0, "growth 2017": 0.5},
    ]
    plan["seasonality"] = [{"month_of_year": month, "weight": 1.0} for month in range(1, 13)]
    plan["seasonality"][0]["weight"] = 4.0
    plan["monthly"] = [{"month": "2018-01", "consumption_change": -100.0}]
    plan["assumptions"] += assumptions(demand_elasticity=1.0, opening_price=7000.0, price_adjustment=0.0)
    result = run(plan)
    # Cans: 1200 * 1.1^3 / 12 = 133.1, January weighs 4 / 1.25 = 3.2, February 0.8, half the price doubles it
    assert result["consumption_by_sector"]["Cans"] == about(133.1 * 3.2 * 2, 133.1 * 0.8 * 2)
    # Cars: nothing given for 2016, 0.5 in 2017 and so in 2018: 600 * 2.25 / 12 = 112.5
    assert result["consumption_by_sector"]["Cars"] == about(112.5 * 3.2 * 2, 112.5 * 0.8 * 2)
    assert result["monthly"]["consumption"] == about(245.6 * 6.4 - 100, 245.6 * 1.6)


def test_that_too_much_closing_and_cutting_is_warned_of() -> None:
    plants = [smelter("Plant", 1000.0, non_compliant=300.0)]
    actions = [
        action("First", "close capacity", "2017-01", announced=200.0, compliance="non-compliant"),
        action("Second", "close capacity", "2017-02", announced=200.0, compliance="non-compliant"),
        action("Stop", "curtail output", "2017-03", announced=900.0),
        action("Cut", "curtail output", "2017-01", share=0.1, credit="First"),
        action("Cut again", "curtail output", "2017-02", share=0.1, credit="First; Second", end="2017-02"),
    ]
    result = run(small_plan("2017-01", 3, plants=plants, actions=actions))
    # non-compliant 300: 200, 400, 400 asked; March: 900 to cut of 1000 - 400 = 600 left
    # both cuts are in force in February only
    assert result["warnings"] == [
        ("credited twice", "Plant", "2017-02"),
        ("over-closed", "Plant", "2017-02"),
        ("over-closed", "Plant", "2017-03"),
        ("over-curtailed", "Plant", "2017-03"),
    ]
    assert result["monthly"]["operating"][2] == 0
    # January: asked 0.1 * 1000 = 100, credited 200: nothing more is cut
    assert result["monthly"]["operating"][0] == pytest.approx(800)
