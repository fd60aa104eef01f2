"""Backtests: errors worked by hand, months that do not count, and nothing that leaks from the future."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluplanner.analysis.backtest import Backtest, backtest
from aluplanner.analysis.backtest_fan import FanOrder
from aluplanner.model import layers
from aluplanner.model.calendar import Month
from aluplanner.model.plan import Address, Plan
from aluplanner.model.progress import watched
from aluplanner.model.solver import SolveCancelled, solve
from aluplanner.resources import resource_path
from aluplanner.workbook.read import read_plan
from tests.analysis.backtest_plans import plan_with_actuals, wide_fan
from tests.reference.by_hand import about

JAN, FEB, MAR, APR = (Month.of(2017, month) for month in (1, 2, 3, 4))
BLANK = float("nan")
FAN = FanOrder(10, 0, wide_fan)


def test_that_errors_are_those_worked_by_hand() -> None:
    found = backtest(plan_with_actuals()).of("production")
    assert found.model.tolist() == about(310, 280, 310, 300)
    np.testing.assert_allclose(found.error, [10, -10, BLANK, 10], rtol=1e-12)
    score = found.score
    assert (score.months, score.bias, score.relative_bias) == (3, pytest.approx(10 / 3), pytest.approx(10 / 880))
    assert score.mape == pytest.approx((10 / 300 + 10 / 290 + 10 / 290) / 3)
    assert (score.mae, score.rmse) == (pytest.approx(10.0), pytest.approx(10.0))


def test_that_the_root_of_the_mean_square_error_weighs_large_errors_more() -> None:
    found = backtest(plan_with_actuals()).of("stock")
    np.testing.assert_allclose(found.error, [-10, BLANK, BLANK, 0], atol=1e-9)
    assert found.score.mae == pytest.approx(5.0)
    assert found.score.rmse == pytest.approx(50**0.5)
    assert found.score.mape == pytest.approx((10 / 120 + 0) / 2)


def test_that_a_plan_without_actuals_has_no_score_and_says_what_to_do() -> None:
    found = backtest(plan_with_actuals({}))
    assert found.scored == 0
    assert all(np.isnan(series.score.bias) for series in found.series)
    (scores,) = found.tables()
    assert any("enter what really happened" in note for note in scores.notes)


def test_that_an_actual_of_nothing_counts_in_all_but_the_percentage() -> None:
    found = backtest(plan_with_actuals({"2017-01": {"actual_stock": 0}, "2017-02": {"actual_stock": 100}})).of("stock")
    np.testing.assert_allclose(found.error, [110, -10, BLANK, BLANK], rtol=1e-9)
    assert found.score.mape == pytest.approx(0.1)
    assert found.score.bias == pytest.approx(50.0)


def test_that_months_known_to_the_run_are_left_out_and_counted() -> None:
    found = backtest(plan_with_actuals(known_until="2017-02"))
    assert found.starts_from_facts
    assert found.origin == FEB
    production = found.of("production")
    assert production.model[:2].tolist() == [300, 290]
    assert production.is_scored.tolist() == [False, False, False, True]
    assert production.left_out == 2
    assert found.of("price").score.months == 0
    assert any("4 actuals are not scored" in note for note in found.tables()[0].notes)


def test_that_an_origin_starts_the_run_from_the_facts_known_by_then_and_scores_what_comes_after() -> None:
    found = backtest(plan_with_actuals(), origin=JAN)
    known = solve(plan_with_actuals(known_until="2017-01"))
    for series in found.series:
        assert series.model.tolist() == known.series(series.name).tolist()
    assert found.of("production").is_scored.tolist() == [False, True, False, True]
    assert found.of("stock").model.tolist() == about(120, 100, 110, 110)


def test_that_an_origin_counts_in_scenarios_that_know_more() -> None:
    plan = plan_with_actuals()
    later = plan.with_value("assumptions/known_until/value", APR)
    assert backtest(later, origin=JAN).as_json() == backtest(plan, origin=JAN).as_json()
    scenario = backtest(plan, scenario="later", origin=JAN)
    assert scenario.scenario == "Later"
    assert scenario.of("production").model[1:].tolist() == about(252, 279, 270)


def test_that_only_months_since_one_are_scored() -> None:
    found = backtest(plan_with_actuals(), since=MAR).of("production")
    assert found.is_scored.tolist() == [False, False, False, True]
    assert found.left_out == 2


def test_that_no_change_is_the_last_known_output_a_day_and_the_last_known_level() -> None:
    found = backtest(plan_with_actuals(), origin=JAN)
    assert found.of("production").no_change[1:].tolist() == about(300 / 31 * 28, 300, 300 / 31 * 30)
    assert found.of("stock").no_change[1:].tolist() == about(120, 120, 120)
    assert found.of("price").no_change.tolist() == about(13000, 13000, 13000, 13000)


def test_that_before_any_fact_no_change_is_what_the_opening_says() -> None:
    found = backtest(plan_with_actuals(disruption=0.1))
    assert found.of("production").no_change.tolist() == about(279, 252, 279, 270)
    assert found.of("stock").no_change.tolist() == about(100, 100, 100, 100)


def test_that_the_model_is_held_against_others_in_the_months_of_both() -> None:
    found = backtest(plan_with_actuals(), origin=JAN).of("production")
    model = abs(280 - 290) + abs(300 - 290)
    naive = abs(300 / 31 * 28 - 290) + abs(300 / 31 * 30 - 290)
    assert found.against_no_change == pytest.approx(model / naive)
    assert np.isnan(found.against_naive)


def test_that_the_fan_is_held_against_the_months_that_count() -> None:
    # 300 and 290 against 310 and 300 lie within 4 %, 290 against 280 too; of stock 120 lies 9 % off 110
    found = backtest(plan_with_actuals(), fan=FAN)
    production, stock = found.of("production").coverage, found.of("stock").coverage
    assert production is not None
    assert (production.months, production.within_90, production.within_50) == (3, 3, 3)
    assert stock is not None
    assert (stock.months, stock.within_90, stock.within_50) == (2, 2, 1)
    known = backtest(plan_with_actuals(), origin=JAN, fan=FAN).of("production").coverage
    assert known is not None
    assert known.months == 2


def test_that_the_ends_of_the_fan_are_within() -> None:
    plan = plan_with_actuals({"2017-01": {"actual_production": 310 * 0.9}, "2017-02": {"actual_production": 280 * 1.1}})
    at_ends = plan.with_cells(
        {
            "monthly/2017-01/actual_production": float(solve(plan).series("production")[0] * 0.9),
            "monthly/2017-02/actual_production": float(solve(plan).series("production")[1] * 1.1001),
        }
    )
    coverage = backtest(at_ends, fan=FAN).of("production").coverage
    assert coverage is not None
    assert (coverage.months, coverage.within_90, coverage.within_50) == (2, 1, 0)


def test_that_the_fan_is_drawn_from_the_uncertainty_table() -> None:
    found = backtest(plan_with_actuals(), fan=FanOrder(400, 7))
    bands = found.of("production").bands
    assert bands is not None
    # output is 0.95 to 1.05 times 310: the 5th and the 95th percentile lie near 0.955 and 1.045
    assert bands[:, 0] == pytest.approx(310 * np.array([0.955, 0.975, 1.0, 1.025, 1.045]), rel=0.006)
    again = backtest(plan_with_actuals(), fan=FanOrder(400, 7)).of("production").bands
    assert again is not None
    assert again.tolist() == bands.tolist()
    assert found.draws == 400


def test_that_there_is_no_fan_where_nothing_is_uncertain() -> None:
    plan = plan_with_actuals()
    found = backtest(plan.with_table(plan.uncertainty.replaced([])), fan=FanOrder(400, 7))
    assert found.draws == 0
    assert found.of("production").bands is None


amount = st.none() | st.floats(0, 1e4)
price = st.none() | st.floats(1, 1e5)


@st.composite
def later_facts(draw: st.DrawFn) -> dict[str, Any]:
    """Return any change of the facts of March and April, in the base and in a scenario."""
    cells = {
        f"monthly/{month}/{column}": draw(values)
        for month in ("2017-03", "2017-04")
        for column, values in (("actual_production", amount), ("actual_stock", amount), ("actual_price", price))
    }
    return {**cells, "assumptions/known_until/value": draw(st.just(APR) | st.just(MAR))}


def stated(found: Backtest, *, until: Month | None = None) -> str:
    """Return every number of a backtest, or those that a forecast made at a month may know."""
    data: dict[str, Any] = found.as_json()
    if until is None:
        return json.dumps(data)
    forecast = {
        name: [series[key] for key in ("model", "naive", "no_change", "percentiles")]
        for name, series in data["series"].items()
    }
    return json.dumps(forecast)


def with_override(plan: Plan, value: float) -> Plan:
    """Return the plan with a scenario that changes an actual of April and lets the run know it."""
    rows = plan.overrides
    record = rows.table.record
    known = record("Later", "assumptions", "known_until", "value", APR)
    return plan.with_table(
        rows.replaced([*rows, record("Later", "monthly", "2017-04", "actual_production", value), known])
    )


@pytest.fixture(scope="module")
def twelve() -> Plan:
    """Return a plan whose Monthly lists every month, so that any fact can be changed."""
    months = {f"2017-{month:02d}": {"net_imports": 0} for month in range(1, 13)}
    return plan_with_actuals({**months, "2017-01": {"actual_production": 300, "actual_stock": 120}}, months=12)


@given(later_facts(), st.floats(1, 1000))
def test_that_no_later_fact_changes_any_number(twelve: Plan, cells: dict[str, Any], value: float) -> None:
    changed = with_override(twelve.with_cells(cells), value)
    base = with_override(twelve.with_value("assumptions/known_until/value", FEB), 5.0)
    for scenario in ("Base", "Later"):
        before = backtest(base, scenario=scenario, as_of=FEB, fan=FAN)
        assert stated(backtest(changed, scenario=scenario, as_of=FEB, fan=FAN)) == stated(before)


@given(later_facts())
def test_that_nothing_after_the_origin_enters_the_forecast(twelve: Plan, cells: dict[str, Any]) -> None:
    before = backtest(twelve, origin=FEB, fan=FAN)
    assert stated(backtest(twelve.with_cells(cells), origin=FEB, fan=FAN), until=FEB) == stated(before, until=FEB)


def test_that_facts_after_as_of_are_not_scored() -> None:
    found = backtest(plan_with_actuals(), as_of=FEB).of("production")
    assert found.is_scored.tolist() == [True, True, False, False]
    assert found.left_out == 0
    assert np.isnan(found.actual[3])


def test_that_a_backtest_is_told_in_tables() -> None:
    scores, production, stock, price = backtest(plan_with_actuals(), fan=FAN).tables()
    assert [row[:4] for row in scores.rows[:3]] == [
        ("Production", "Model", "kt", 3.0),
        ("Production", "Naive", "kt", 0.0),
        ("Production", "No change", "kt", 3.0),
    ]
    assert [row[0] for row in production.rows] == ["2017-01", "2017-02", "2017-04"]
    assert [str(address) for address in production.addresses][:1] == ["monthly/2017-01/actual_production"]
    assert (stock.name, price.name) == ("Visible stock", "Price")
    assert all(len(row) == len(table.columns) for table in (scores, production, stock, price) for row in table.rows)
    said = " ".join(scores.notes)
    assert "Production, 3 months. The model says 1.1 % too much." in said
    assert "Visible stock, 2 months. The model says 4.5 % too little." in said
    assert "Price, 1 month. The model says" in said
    assert "3 of 3 lay within the 5–95 % fan" in said


def test_that_a_backtest_is_told_to_machines_without_blanks() -> None:
    found = json.loads(json.dumps(backtest(plan_with_actuals(), fan=FAN).as_json(), allow_nan=False))
    assert found["series"]["production"]["error"] == [
        pytest.approx(10),
        pytest.approx(-10),
        None,
        pytest.approx(10),
    ]
    assert found["series"]["price"]["scores"]["naive"]["mae"] is None
    assert found["months"][0] == "2017-01"


def test_that_a_backtest_can_be_given_up_and_tells_how_far_it_is() -> None:
    with pytest.raises(SolveCancelled):
        backtest(plan_with_actuals(), fan=FanOrder(5000, 1), cancelled=lambda: True)
    told: list[float] = []
    with watched(progress=told.append):
        backtest(plan_with_actuals(), fan=FanOrder(2000, 1))
    assert told == sorted(told)
    assert told[-1] > 0.5


# What the National Bureau of Statistics printed for 2017 in its monthly releases: August 2,640 (-3.7 % on the year),
# September 2,610 (-5.6 %), November 2,350 (-16.8 %) and December 2,710 (-1.8 %) kt of primary aluminium. Its first
# half, 16,840, is lower than Antaike's 18,550, on whose basis the case stands.
PRINTED = {"2017-08": 2640.0, "2017-09": 2610.0, "2017-11": 2350.0, "2017-12": 2710.0}
ANTAIKE = 18550 / 16840


def test_that_the_plan_of_june_2017_expected_a_tenth_too_much_output() -> None:
    plan = read_plan(resource_path("examples", "china-2017.xlsx"))
    by_now = plan.with_cells(
        {f"monthly/{month}/actual_production": output * ANTAIKE for month, output in PRINTED.items()}
    )
    june = Month.of(2017, 6)
    base = backtest(by_now, origin=june, fan=FanOrder(1000, 1)).of("production")
    assert (base.score.months, base.left_out) == (4, 3)
    assert base.score.relative_bias == pytest.approx(0.118, abs=0.002)
    # implementation rates as they were seen in June put all four months below the fan
    assert base.coverage is not None
    assert (base.coverage.within_90, base.coverage.months) == (0, 4)
    assert 0.9 < base.against_no_change < 1.0
    strong = backtest(by_now, scenario="Strong enforcement H2", origin=june).of("production")
    assert abs(strong.score.relative_bias) < 0.02
    assert strong.against_no_change < 0.5


def test_that_facts_left_out_by_as_of_are_not_said_to_be_missing_from_the_plan() -> None:
    (scores,) = backtest(plan_with_actuals(), as_of=JAN + (-1)).tables()
    said = " ".join(scores.notes)
    assert "none so early" in said
    assert "enter what really happened" not in said


def test_that_an_origin_before_every_fact_is_said_to_start_from_the_opening() -> None:
    early = backtest(plan_with_actuals(), origin=JAN + (-1)).tables()[0].notes[0]
    assert "no actual was known by then" in early
    later = backtest(plan_with_actuals(), origin=JAN).tables()[0].notes[0]
    assert "from the actuals known by then" in later


def test_that_actuals_stated_by_a_scenario_do_not_count_and_are_said_not_to() -> None:
    plan = read_plan(resource_path("examples", "china-2017.xlsx"))
    stated = layers.with_override(plan, "Weak demand", Address("monthly", "2017-08", "actual_production"), 3200.0)
    found = backtest(stated, scenario="Weak demand")
    assert found.scored == backtest(plan, scenario="Weak demand").scored
    assert found.stated_by == ("Weak demand",)
    assert any("state them in Base" in note for note in found.tables()[0].notes)
    assert backtest(plan).stated_by == ()
