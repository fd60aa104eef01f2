"""Forecasts as they were said, what tells them from others, and their scores."""

import dataclasses
import json
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluplanner.analysis.backtest import backtest
from aluplanner.analysis.backtest_fan import FanOrder
from aluplanner.analysis.forecast import FORECAST_SERIES, Forecast, make_forecast
from aluplanner.analysis.forecast_digest import inputs_digest
from aluplanner.analysis.forecast_score import last_whole_month, score_forecast
from aluplanner.model.calendar import Month
from aluplanner.model.plan import Plan
from aluplanner.model.solver import solve
from tests.analysis.backtest_plans import plan_with_actuals, wide_fan
from tests.model.cases import full_plan

JAN, FEB, APR = (Month.of(2017, month) for month in (1, 2, 4))
FAN = FanOrder(10, 0, wide_fan)
DAY = date(2017, 3, 2)


def said_in_february(plan: Plan | None = None, **more: Any) -> Forecast:
    return make_forecast(plan or plan_with_actuals(), as_of=FEB, fan=FAN, made_on=DAY, made_by="Li", **more)


def test_that_a_forecast_is_the_run_of_the_plan_without_later_facts() -> None:
    found = said_in_february(plan_with_actuals(known_until="2017-04"))
    known = solve(plan_with_actuals(known_until="2017-02"))
    assert {name: line.tolist() for name, line in found.lines.items()} == {
        name: known.series(name).tolist() for name in FORECAST_SERIES
    }
    assert (found.as_of, found.known_until) == (FEB, FEB)
    assert found.plan.value("monthly/2017-04/actual_production") is None
    assert found.plan.value("monthly/2017-02/actual_production") == 290
    assert found.plan.value("assumptions/known_until/value") == FEB


def test_that_a_forecast_that_knows_nothing_later_leaves_the_plan_alone() -> None:
    plan = plan_with_actuals()
    assert make_forecast(plan, as_of=APR).plan is plan


def test_that_the_scores_of_a_forecast_are_those_of_a_backtest_from_the_same_origin() -> None:
    plan = plan_with_actuals(known_until="2017-01")
    kept = make_forecast(plan, as_of=JAN, fan=FAN, made_on=DAY)
    scored, tested = score_forecast(kept, plan), backtest(plan, origin=JAN, fan=FAN)
    for series in tested.series:
        again = scored.of(series.name)
        assert again.is_scored.tolist() == series.is_scored.tolist()
        np.testing.assert_array_equal(again.error, series.error)
        np.testing.assert_array_equal(again.no_change_error, series.no_change_error)
        assert again.coverage == series.coverage


def test_that_a_forecast_is_scored_only_with_facts_after_it_and_up_to_the_day_of_scoring() -> None:
    kept = said_in_february()
    scored = score_forecast(kept, plan_with_actuals())
    assert scored.of("production").is_scored.tolist() == [False, False, False, True]
    assert scored.of("production").left_out == 2
    assert scored.of("production").score.bias == pytest.approx(10.0)
    early = score_forecast(kept, plan_with_actuals(), Month.of(2017, 3))
    assert early.scored == 0


def test_that_the_plan_that_scores_may_have_become_another_in_all_but_its_facts() -> None:
    now = plan_with_actuals().with_cells({"plants/Plant/operating": 1000.0, "assumptions/opening_stock/value": 7.0})
    kept = said_in_february()
    assert score_forecast(kept, now).as_json() == score_forecast(kept, plan_with_actuals()).as_json()


def test_that_a_plan_of_other_months_scores_the_months_it_shares() -> None:
    kept = said_in_february()
    later = plan_with_actuals(months=16)
    scored = score_forecast(kept, later)
    assert scored.months == kept.months
    assert scored.of("production").score.months == 1


amounts = st.none() | st.floats(0, 1e5)


@given(amounts, amounts, amounts)
def test_that_no_fact_after_the_day_of_scoring_changes_a_score(
    production: float | None, stock: float | None, earlier: float | None
) -> None:
    kept, plan = said_in_february(), plan_with_actuals(months=4)
    scored = score_forecast(kept, plan, Month.of(2017, 3))
    changed = plan.with_cells(
        {
            "monthly/2017-04/actual_production": production,
            "monthly/2017-04/actual_stock": stock,
        }
    )
    assert score_forecast(kept, changed, Month.of(2017, 3)).as_json() == scored.as_json()
    # nor does a fact that was known when the forecast was made change how far off it was
    revised = plan.with_value("monthly/2017-01/actual_production", earlier)
    now = score_forecast(kept, revised, APR).of("production")
    assert now.score == score_forecast(kept, plan, APR).of("production").score


def test_that_the_digest_tells_inputs_from_others() -> None:
    plan = full_plan()
    digest = inputs_digest(plan)
    assert len(digest) == 64
    for changed in (
        plan.with_value("plants/North 1/built", 1000.0000000001),
        plan.with_value("actions/Closure/enabled", False),
        plan.with_value("demand/Transport/growth 2018", 0.08),
        plan.with_value("assumptions/known_until/value", Month.of(2017, 7)),
        plan.with_value("plan/Months/value", 11),
        plan.with_table(plan.uncertainty.with_cell(0, "low", 0.21)),
        plan.with_table(plan.overrides.replaced(plan.overrides[:1])),
        plan.with_table(plan.bauxite.replaced(tuple(plan.bauxite)[::-1])),
    ):
        assert inputs_digest(changed) != digest


def test_that_remarks_and_the_order_of_rows_are_no_inputs() -> None:
    plan = full_plan()
    other = plan.with_cells({"plants/South/note": "seen", "plan/Title/value": "Renamed"})
    for name in ("plants", "actions", "demand", "monthly", "scenarios", "overrides", "claims", "assumptions"):
        rows = other.table(name)
        other = other.with_table(rows.replaced(tuple(rows)[::-1]))
    assert inputs_digest(other) == inputs_digest(plan)
    assert inputs_digest(plan.with_table(plan.claims.replaced([]))) == inputs_digest(plan)


def test_that_the_digest_of_a_plan_is_the_same_on_every_system() -> None:
    # worked out once; another system, Python or order of dictionaries must give the same
    assert inputs_digest(plan_with_actuals()) == ("c7f1b94c3dd6a3d7b2d10c4f5507d9d319b3156f32d81230c7806875f336aaa8")


def test_that_a_digest_counts_what_a_workbook_can_hold() -> None:
    plan = plan_with_actuals()
    tidy = plan.with_value("plants/Plant/operating", 0.1 + 0.2)
    rounded = tidy.plants[0]
    long = tidy.with_table(tidy.plants.replaced([dataclasses.replace(rounded, operating=0.1 + 0.2)]))
    assert inputs_digest(long) == inputs_digest(tidy)


def test_that_a_forecast_is_told_in_tables_and_to_machines() -> None:
    found = said_in_february()
    tables = found.tables()
    assert [table.name for table in tables] == ["Balance", "Production", "Visible stock", "Stock days", "Price"]
    assert [row[1] for row in tables[0].rows] == [False, False, True, True]
    assert tables[0].notes[0] == "Made on 2017-03-02 by Li, from facts up to 2017-02."
    assert all(len(row) == len(table.columns) for table in tables for row in table.rows)
    data = json.loads(json.dumps(found.as_json(), allow_nan=False))
    assert data["as_of"] == "2017-02"
    assert data["series"]["stock"]["model"] == [pytest.approx(value) for value in (110, 90, 100, 100)]
    assert set(data["series"]["production"]) == {
        *("unit", "model", "p5", "p25", "p50", "p75", "p95", "naive", "no_change")
    }


def test_that_scores_say_when_and_from_what_it_was_said() -> None:
    scores, *months = score_forecast(said_in_february(), plan_with_actuals(), APR).tables()
    assert "Made on 2017-03-02 by Li, from facts up to 2017-02." in scores.notes
    assert "Scored with facts up to 2017-04." in scores.notes
    assert [table.name for table in months] == ["Production", "Visible stock", "Price"]


def test_that_the_month_of_today_has_not_passed() -> None:
    assert last_whole_month(date(2017, 7, 31)) == Month.of(2017, 6)
    assert last_whole_month(date(2018, 1, 1)) == Month.of(2017, 12)
