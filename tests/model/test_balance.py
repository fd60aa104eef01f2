import numpy as np
import pytest

from aluplanner.model.balance import STATES, market_state
from aluplanner.model.measure import COUNTRY_SERIES
from aluplanner.model.solver import SolveCancelled, solve
from tests.model.cases import full_plan, full_tables

PLAN = full_plan()
BALANCE = solve(PLAN)

SECTION_10 = (
    *("built", "operating", "idle", "under_construction", "commissioned", "closed", "closed_running", "curtailed"),
    *("restarted", "halted", "production", "net_imports", "reserve_release", "supply", "consumption", "balance"),
    *("stock", "unseen_stock", "stock_days", "shortfall", "residual", "price", "premium", "credibility", "due"),
    *("implemented", "landed", "overhang", "alumina_requirement", "alumina_production", "alumina_stock"),
    *("alumina_shortfall", "bauxite_cover", "electricity", "co2"),
)


def test_that_every_series_of_the_model_page_is_reported_with_title_and_unit() -> None:
    assert sorted(BALANCE.names) == sorted(SECTION_10)
    for name in SECTION_10:
        series = BALANCE.series(name)
        assert series.shape == (12,)
        assert series.dtype == np.float64
        assert BALANCE.title(name)
        assert BALANCE.unit(name)
    assert len({BALANCE.title(name) for name in SECTION_10}) == len(SECTION_10)


def test_that_an_unknown_series_is_refused() -> None:
    with pytest.raises(KeyError):
        BALANCE.series("happiness")


@pytest.mark.parametrize("name", COUNTRY_SERIES)
def test_that_series_cannot_be_written(name: str) -> None:
    with pytest.raises(ValueError, match="read-only"):
        BALANCE.series(name)[0] = 1.0


def test_that_writing_into_a_breakdown_never_changes_the_balance() -> None:
    before = BALANCE.by_plant("operating")["South"].copy(), BALANCE.by_action("due")["Cut"].copy()
    for series in (BALANCE.by_plant("operating")["South"], BALANCE.by_action("due")["Cut"]):
        with pytest.raises(ValueError, match="read-only"):
            series[0] = -1.0
    for series in (BALANCE.by_group("operating")["South"], BALANCE.consumption_by_sector["Transport"]):
        series[:] = -1.0
    assert (BALANCE.by_plant("operating")["South"] == before[0]).all()
    assert (BALANCE.by_action("due")["Cut"] == before[1]).all()
    assert (BALANCE.by_group("operating")["South"] == before[0]).all()
    assert (BALANCE.consumption_by_sector["Transport"] > 0).all()


def test_that_the_accounts_add_up() -> None:
    series = BALANCE.series
    assert series("supply") == pytest.approx(series("production") + series("net_imports") + series("reserve_release"))
    assert series("balance") == pytest.approx(series("supply") - series("consumption"))
    assert series("idle") == pytest.approx(series("built") - series("operating"))
    assert series("electricity") == pytest.approx(13.5 * series("production") / 1000)
    assert series("co2") == pytest.approx(14 * series("production"))
    assert series("alumina_requirement") == pytest.approx(1.93 * series("production"))


@pytest.mark.parametrize("name", ["operating", "production"])
def test_that_places_add_up_to_the_country(name: str) -> None:
    total = BALANCE.series(name)
    smelters = [series for plant, series in BALANCE.by_plant(name).items() if plant != "Refinery"]
    for parts in (smelters, BALANCE.by_group(name).values(), BALANCE.by_province(name).values()):
        assert np.sum(list(parts), axis=0) == pytest.approx(total)


def test_that_refineries_are_reported_by_plant_and_for_operating_only() -> None:
    assert "Refinery" in BALANCE.by_plant("operating")
    assert "Refinery" not in BALANCE.by_plant("production")
    assert list(BALANCE.by_group("operating")) == ["North", "South"]
    assert list(BALANCE.by_province("operating")) == ["Shandong", "Henan", "Yunnan"]


def test_that_groups_are_known_whatever_their_case_and_blank_ones_left_out() -> None:
    plan = PLAN.with_cells({"plants/North 2/group": "NORTH", "plants/South/group": None})
    assert list(solve(plan).by_group("operating")) == ["North"]


def test_that_sectors_add_up_to_consumption_before_its_stated_change() -> None:
    plan = PLAN.with_cells({"monthly/2017-08/consumption_change": 17.0, "assumptions/demand_elasticity/value": 0.3})
    balance = solve(plan)
    sectors = np.sum(list(balance.consumption_by_sector.values()), axis=0)
    change = np.array([0.0, 17.0, *[0.0] * 10])
    assert balance.series("consumption") == pytest.approx(sectors + change)


def test_that_orders_add_up_over_policy_actions() -> None:
    for name in ("due", "implemented"):
        orders = BALANCE.by_action(name)
        total = sum(orders[action] for action in ("Closure", "Cut", "Winter", "Halt"))
        assert BALANCE.series(name) == pytest.approx(total)
    own = solve(PLAN.with_value("actions/Cut/policy", "no"))
    assert own.series("due") == pytest.approx(BALANCE.series("due") - BALANCE.by_action("due")["Cut"])


def test_that_disabled_actions_are_in_no_breakdown() -> None:
    balance = solve(PLAN.with_value("actions/Cut/enabled", "no"))
    assert "Cut" not in balance.announced_by_action
    assert all("Cut" not in balance.by_action(name) for name in ("announced", "due", "implemented", "effective"))


def test_that_bauxite_is_used_in_the_order_of_the_table_and_blank_without_refineries() -> None:
    tables = full_tables()
    scarce = solve(full_plan(bauxite=[{**tables["bauxite"][0], "available": 1200}, tables["bauxite"][1]]))
    use = scarce.bauxite_use
    assert (use["Guinea"] > 0).all()
    made = use["Home"] / 2.2 + use["Guinea"] / 2.5
    assert made == pytest.approx(scarce.series("alumina_production"))
    assert solve(full_plan(plants=tables["plants"][:3])).bauxite_use == {}


def test_that_periods_sum_their_months_and_say_when_they_are_parts() -> None:
    periods = BALANCE.periods
    assert list(periods) == ["2017", "2018", "2017H2", "2018H1", "2017Q3", "2017Q4", "2018Q1", "2018Q2"]
    assert {label: period.is_part for label, period in periods.items() if period.is_part} == {
        "2017": True,
        "2018": True,
    }
    for label, period in periods.items():
        assert period.balance == pytest.approx(BALANCE.measure(f"balance {label} sum"))
        assert period.consumption == pytest.approx(BALANCE.measure(f"consumption {label} sum"))
        assert period.state in STATES


@pytest.mark.parametrize(
    ("balance", "state"),
    [
        (3.01, "surplus"),
        (2.99, "slight surplus"),
        (1.01, "slight surplus"),
        (0.99, "balanced"),
        (0.0, "balanced"),
        (-0.99, "balanced"),
        (-1.01, "slight shortage"),
        (-2.99, "slight shortage"),
        (-3.01, "shortage"),
    ],
)
def test_that_the_market_state_follows_the_balance_band(balance: float, state: str) -> None:
    assert market_state(balance, 100.0, 0.01) == state


def test_that_borders_belong_to_the_milder_state_and_nothing_used_is_balanced() -> None:
    assert market_state(25.0, 100.0, 0.25) == "balanced"
    assert market_state(75.0, 100.0, 0.25) == "slight surplus"
    assert market_state(-25.0, 100.0, 0.25) == "balanced"
    assert market_state(-75.0, 100.0, 0.25) == "slight shortage"
    assert market_state(5.0, 0.0, 0.01) == "balanced"


def test_that_a_balance_knows_its_plan_scenario_and_months() -> None:
    slow = solve(PLAN, " SLOW ")
    assert (BALANCE.scenario, slow.scenario) == ("Base", "Slow")
    assert BALANCE.plan is PLAN
    assert slow.plan.value("actions/Closure/implementation") == 0.5
    assert slow.horizon.labels[0] == "2017-07"
    assert (slow.series("operating") > BALANCE.series("operating")).any()


def test_that_known_months_take_the_models_place() -> None:
    cells = {
        **{"monthly/2017-07/actual_production": 150.0, "monthly/2017-08/actual_stock": 333.0},
        **{"monthly/2017-08/actual_price": 14567.0, "monthly/2017-09/actual_stock": 1.0},
        "assumptions/known_until/value": "2017-08",
    }
    balance = solve(PLAN.with_cells(cells))
    assert balance.series("production")[0] == pytest.approx(150.0)
    assert sum(series[0] for series in balance.by_plant("production").values()) == pytest.approx(150.0)
    assert balance.series("stock")[1] == 333.0
    assert balance.series("price")[1] == 14567.0
    assert balance.series("residual")[1] == pytest.approx(
        333.0 - balance.series("stock")[0] - 0.9 * balance.series("balance")[1]
    )
    assert balance.series("stock")[2] != 1.0
    assert np.count_nonzero(balance.series("residual")) == 1


def test_that_a_run_stops_when_it_is_no_longer_wanted() -> None:
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 5

    with pytest.raises(SolveCancelled):
        solve(PLAN, cancelled=cancelled)
    assert len(asked) == 6


def test_that_what_comes_after_its_schedule_is_implemented_but_has_not_landed() -> None:
    order = {"action": "Late", "kind": "curtail output", "announced": 100, "start": "2017-08", "end": "2017-10"}
    late = full_plan(actions=[{**order, "delay": 2}], scenarios=[], overrides=[], uncertainty=[])
    balance = solve(late)
    assert balance.series("due")[:8].tolist() == [0, 100, 100, 100, 0, 0, 0, 0]
    assert balance.series("implemented")[:8].tolist() == [0, 0, 0, 100, 100, 100, 0, 0]
    assert balance.series("landed")[:8].tolist() == [0, 0, 0, 100, 0, 0, 0, 0]
    assert balance.series("overhang")[:5].tolist() == [0, 100, 100, 0, 0]
    belief = balance.series("credibility")
    assert belief[4] == belief[3] > belief[2] < belief[1] < belief[0] == 0.6
