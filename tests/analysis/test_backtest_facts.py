"""The plan as it could be written when a month ended: no later fact is anywhere in it."""

import numpy as np

from aluplanner.analysis.backtest_facts import facts_of, facts_until, known_from, latest_fact
from aluplanner.model.calendar import Horizon, Month
from aluplanner.model.layers import resolve
from aluplanner.model.plan import Plan
from aluplanner.model.rows import Unread
from aluplanner.model.validation import validate
from tests.analysis.backtest_plans import plan_with_actuals

JAN, FEB, APR = (Month.of(2017, month) for month in (1, 2, 4))


def overridden(plan: Plan, *cells: tuple[str, str, object]) -> Plan:
    """Return the plan with cells changed by its scenario, given as table, row/column and value."""
    rows = plan.overrides
    added = [rows.table.record("Later", table, *place.split("/"), value) for table, place, value in cells]
    return plan.with_table(rows.replaced([*rows, *added]))


def test_that_later_actuals_are_blank_and_earlier_ones_stay() -> None:
    found = facts_until(plan_with_actuals(), FEB)
    assert latest_fact(found) == FEB
    assert found.value("monthly/2017-01/actual_stock") == 120
    assert found.value("monthly/2017-04/actual_stock") is None
    assert found.with_table(plan_with_actuals().monthly) == plan_with_actuals()


def test_that_a_plan_without_later_facts_is_given_back_itself() -> None:
    plan = plan_with_actuals(known_until="2017-02")
    assert facts_until(plan, APR) is plan


def test_that_scenarios_and_uncertainty_hide_no_later_fact() -> None:
    plan = overridden(
        plan_with_actuals(known_until="2017-04"),
        ("monthly", "2017-04/actual_price", 15000.0),
        ("monthly", "2017-01/actual_price", 13000.0),
        ("assumptions", "known_until/value", APR),
    )
    uncertain = plan.uncertainty
    record = uncertain.table.record
    later = record("monthly", "2017-04", "actual_stock", "uniform", 90.0, None, 110.0)
    earlier = record("monthly", "2017-01", "actual_stock", "uniform", 90.0, None, 110.0)
    found = facts_until(plan.with_table(uncertain.replaced([*uncertain, later, earlier])), FEB)
    assert [(row.row, row.column, row.value) for row in found.overrides] == [
        ("Plant", "operating", 3285.0),
        ("2017-01", "actual_price", 13000.0),
        ("known_until", "value", FEB),
    ]
    assert [row.row for row in found.uncertainty] == ["load_factor", "2017-01"]
    assert found.assumption("known_until") == FEB
    assert resolve(found, "Later").assumption("known_until") == FEB
    assert not any(issue.is_error for issue in validate(found))


def test_that_a_month_written_as_text_is_understood() -> None:
    plan = overridden(plan_with_actuals(), ("assumptions", "known_until/value", "2017-04"))
    assert resolve(facts_until(plan, FEB), "Later").assumption("known_until") == FEB
    early = overridden(plan_with_actuals(), ("assumptions", "known_until/value", "2017-01"))
    assert resolve(facts_until(early, FEB), "Later").assumption("known_until") == JAN


def test_that_a_text_that_could_not_be_read_is_no_hiding_place() -> None:
    plan = plan_with_actuals()
    position = plan.monthly.position("2017-04")
    assert position is not None
    rows = plan.monthly.with_unread({(position, "actual_production"): Unread("two ninety")})
    found = facts_until(plan.with_table(rows), FEB)
    assert found.monthly.unread == {}


def test_that_a_run_from_an_origin_knows_until_there_in_every_scenario() -> None:
    plan = overridden(plan_with_actuals(known_until="2017-04"), ("assumptions", "known_until/value", JAN))
    found = known_from(plan, FEB)
    assert found.assumption("known_until") == FEB
    assert resolve(found, "Later").assumption("known_until") == FEB
    assert known_from(found, FEB) is found


def test_that_facts_are_read_by_month_whatever_the_horizon() -> None:
    plan = plan_with_actuals()
    found = facts_of(plan, Horizon(Month.of(2016, 12), 3, 2016))
    np.testing.assert_array_equal(found["production"], [np.nan, 300, 290])
    np.testing.assert_array_equal(found["price"], [np.nan, np.nan, 12000])
    assert latest_fact(plan_with_actuals({})) is None
