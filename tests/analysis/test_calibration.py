"""Calibration: what was hidden is found again, and what the actuals do not say is not claimed."""

from typing import Any

import numpy as np
import pytest

from aluplanner.analysis.answer_scenario import with_answer
from aluplanner.analysis.calibration import calibrate
from aluplanner.model.cancelling import SolveCancelled
from aluplanner.model.issues import PlanError
from aluplanner.model.monthly import MonthRow
from aluplanner.model.plan import Address, Plan
from aluplanner.model.solver import solve
from aluplanner.resources import resource_path
from aluplanner.workbook.read import read_plan

LOAD = Address("assumptions", "load_factor", "value")
SHARE = Address("assumptions", "visible_share", "value")
RATE = Address("actions", "Shandong clean-up", "implementation")


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(resource_path("examples", "china-2017.xlsx"))


def with_actuals(plan: Plan, truth: Plan, *series: str, until: int = 24) -> Plan:
    """Return a plan whose actuals are what another plan's model says."""
    balance = solve(truth)
    for series_name in series:
        values = balance.series(series_name)
        for t, label in enumerate(balance.horizon.labels[:until]):
            plan = plan.with_value(f"monthly/{label}/actual_{series_name}", float(values[t]))
    return plan


def test_that_hidden_values_are_found_again(plan: Plan) -> None:
    truth = plan.with_cells({LOAD: 1.0087, SHARE: 0.8, RATE: 0.37})
    known = with_actuals(plan, truth, "production", "stock")
    answer = calibrate(known, {LOAD: (0.95, 1.05), SHARE: (0.5, 1.0), RATE: (0.0, 1.0)}, series=["production", "stock"])
    assert answer.misfit < 1e-9 < answer.misfit_before
    for cell, hidden in ((LOAD, 1.0087), (SHARE, 0.8), (RATE, 0.37)):
        assert answer.values[cell] == pytest.approx(hidden, rel=1e-6)


def test_that_a_scale_alone_is_fitted_as_the_formula_of_least_squares_says(plan: Plan) -> None:
    # production is load_factor times something, so the best factor is a quotient of two sums
    answer = calibrate(plan, {LOAD: (0.9, 1.1)}, series=["production"])
    residuals = answer.residuals[0]
    per_unit = residuals.before / float(str(plan.assumption("load_factor")))
    assert answer.values[LOAD] == pytest.approx(float(per_unit @ residuals.actual / (per_unit @ per_unit)), rel=1e-7)


def test_that_the_standard_error_is_that_of_linear_regression(plan: Plan) -> None:
    answer = calibrate(plan, {LOAD: (0.9, 1.1)}, series=["production"])
    residuals = answer.residuals[0]
    per_unit = residuals.before / float(str(plan.assumption("load_factor")))
    left = residuals.after - residuals.actual
    by_hand = np.sqrt(left @ left / (len(left) - 1) / (per_unit @ per_unit))
    assert answer.fitted[0].error == pytest.approx(float(by_hand), rel=1e-4)


def test_that_a_value_beyond_its_bounds_stops_at_them_and_says_so(plan: Plan) -> None:
    known = with_actuals(plan, plan.with_value(LOAD, 1.2), "production")
    answer = calibrate(known, {LOAD: (0.95, 1.05)}, series=["production"])
    assert answer.values[LOAD] == pytest.approx(1.05)
    assert answer.fitted[0].is_at_bound


def test_that_cells_the_actuals_do_not_tell_apart_are_called_open(plan: Plan) -> None:
    # both scale output; production alone cannot say which
    other = Address("assumptions", "disruption", "value")
    answer = calibrate(plan, {LOAD: (0.95, 1.1), other: (0.0, 0.1)}, series=["production"])
    assert answer.is_underdetermined
    assert all(np.isnan(each.error) for each in answer.fitted)


def test_that_later_actuals_do_not_count_when_a_last_month_is_named(plan: Plan) -> None:
    early = calibrate(plan, {LOAD: (0.9, 1.1)}, series=["production"], until="2017-03")
    changed = plan.with_value("monthly/2017-06/actual_production", 9999.0)
    assert calibrate(changed, {LOAD: (0.9, 1.1)}, series=["production"], until="2017-03").values == early.values
    assert early.residuals[0].months == ("2017-01", "2017-03")


def test_that_known_months_do_not_hide_the_model_from_the_fit(plan: Plan) -> None:
    free = calibrate(plan, {LOAD: (0.9, 1.1)}, series=["production"])
    anchored = calibrate(plan, {LOAD: (0.9, 1.1)}, series=["production"], scenario="Anchored to June 2017")
    assert anchored.values[LOAD] == pytest.approx(free.values[LOAD], rel=1e-9)


def test_that_the_answer_becomes_a_scenario_only_when_asked(plan: Plan) -> None:
    answer = calibrate(plan, {LOAD: (0.9, 1.1)}, series=["production"])
    assert answer.plan is plan
    offered = with_answer(plan, "Fitted", answer.values, description="by hand")
    assert solve(offered, "Fitted").plan.value(LOAD) == answer.values[LOAD]
    assert offered.value(LOAD) == plan.value(LOAD)
    with pytest.raises(PlanError):
        with_answer(offered, "fitted", answer.values)


def test_that_tables_and_json_say_what_is_left(plan: Plan) -> None:
    answer = calibrate(plan, {LOAD: (0.9, 1.1)})
    cells, *series = answer.tables()
    assert cells.addresses == (LOAD,)
    assert [table.rows[0][0] for table in series] == ["2017-01", "2017-06", "2017-03"]
    assert answer.as_json()["misfit"] == answer.misfit


def test_that_a_plan_without_actuals_is_told_so(plan: Plan) -> None:
    bare = plan.with_table(plan.monthly.replaced([MonthRow(month=row.month) for row in plan.monthly]))
    with pytest.raises(PlanError, match="no actuals"):
        calibrate(bare, {LOAD: (0.9, 1.1)})


@pytest.mark.parametrize("cells", [{}, {LOAD: (1.1, 0.9)}, {"nothing/at/all": (0.0, 1.0)}])
def test_that_senseless_cells_are_refused(plan: Plan, cells: dict[str, tuple[float, float]]) -> None:
    with pytest.raises(PlanError):
        calibrate(plan, cells)


def test_that_it_stops_when_nobody_wants_it_any_more(plan: Plan) -> None:
    with pytest.raises(SolveCancelled):
        calibrate(plan, {LOAD: (0.9, 1.1)}, cancelled=lambda: True)


def test_that_a_cell_at_its_bound_has_no_standard_error_and_the_others_have_theirs_without_it(plan: Plan) -> None:
    known = with_actuals(plan, plan.with_cells({LOAD: 1.0505, SHARE: 0.8}), "production", "stock")
    both = calibrate(known, {LOAD: (0.95, 1.05), SHARE: (0.5, 1.0)}, series=["production", "stock"])
    at_bound, free = both.fitted
    assert at_bound.is_at_bound
    assert np.isnan(at_bound.error)
    assert not free.is_at_bound
    held = calibrate(known.with_value(LOAD, 1.05), {SHARE: (0.5, 1.0)}, series=["production", "stock"])
    assert free.error == pytest.approx(held.fitted[0].error, rel=1e-3)


def test_that_the_table_of_cells_has_figures_and_units(plan: Plan) -> None:
    answer = calibrate(plan, {LOAD: (0.9, 1.1), SHARE: (0.5, 1.0)})
    load, share = answer.tables()[0].rows
    assert load[1:4] == ("t/t", answer.fitted[0].before, answer.fitted[0].value)
    assert share[1:4] == ("%", pytest.approx(85.0), pytest.approx(100.0 * answer.fitted[1].value))


@pytest.mark.parametrize("asked", [{"until": "June"}, {"series": ["happiness"]}])
def test_that_a_month_or_series_that_is_none_is_refused_in_a_sentence(plan: Plan, asked: dict[str, Any]) -> None:
    with pytest.raises(PlanError):
        calibrate(plan, {LOAD: (0.9, 1.1)}, **asked)


def test_that_a_value_at_its_bound_is_the_bound_and_a_blank_cell_counts_as_what_it_means(plan: Plan) -> None:
    blank = with_actuals(plan, plan.with_value(LOAD, 1.2), "production").with_value(LOAD, None)
    (fitted,) = calibrate(blank, {LOAD: (0.95, 1.05)}, series=["production"]).fitted
    assert (fitted.before, fitted.value) == (1.02, 1.05)
