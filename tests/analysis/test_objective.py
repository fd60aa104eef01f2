"""Measures and statistics of them as objectives."""

import numpy as np
import pytest

from aluplanner.analysis.objective import Statistic, evaluate, parse_objective
from aluplanner.analysis.sampling import draw_inputs
from aluplanner.analysis.streams import Sampling
from aluplanner.model.measure import MeasureError
from aluplanner.model.plan import Address
from aluplanner.model.solver import measure_batch, solve
from tests.model.cases import full_plan

PLAN = full_plan()
BALANCE = "balance 2017H2 sum"
CUT = Address.parse("actions/Cut/implementation")
CLOSURE = Address.parse("actions/Closure/implementation")


@pytest.mark.parametrize(
    ("text", "written", "unit"),
    [
        (BALANCE, BALANCE, "kt"),
        ("mean( balance 2017H2 sum )", "mean(balance 2017H2 sum)", "kt"),
        ("P80(balance 2017H2 sum)", "p80(balance 2017H2 sum)", "kt"),
        ("p2.5(price all mean)", "p2.5(price all mean)", "RMB/t"),
        ("P(stock 2017-12 end < 1,000)", "P(stock 2017-12 end < 1000)", "fraction"),
        ("p(balance 2017H2 sum ≥ -25.5)", "P(balance 2017H2 sum >= -25.5)", "fraction"),
        ("P(operating[North 1] 2017-12 end<=700)", "P(operating[North 1] 2017-12 end <= 700)", "fraction"),
    ],
)
def test_that_an_objective_is_read_and_written(text: str, written: str, unit: str) -> None:
    found = parse_objective(text, PLAN)
    assert (str(found), found.unit) == (written, unit)
    assert parse_objective(written, PLAN) == found


@pytest.mark.parametrize(
    "text",
    ["P(stock 2017-12 end)", "P(stock 2017-12 end < much)", "p80(nothing)", "mean()", "", "p101x(price all mean)"],
)
def test_that_what_cannot_be_read_is_said_with_a_remedy(text: str) -> None:
    with pytest.raises(MeasureError) as caught:
        parse_objective(text, PLAN)
    assert caught.value.message
    assert caught.value.remedy


def test_that_statistics_take_the_draws_that_are_not_blank() -> None:
    draws = np.array([[4.0, 1.0, np.nan, 3.0, 2.0], [np.nan] * 5])
    mean, p25, low = (
        parse_objective(text, PLAN) for text in (f"mean({BALANCE})", f"p25({BALANCE})", f"P({BALANCE} <= 2)")
    )
    assert mean.reduce(draws).tolist() == pytest.approx([2.5, np.nan], nan_ok=True)
    assert p25.reduce(draws).tolist() == pytest.approx([1.75, np.nan], nan_ok=True)
    assert low.reduce(draws).tolist() == pytest.approx([0.5, np.nan], nan_ok=True)


def test_that_a_plain_measure_is_evaluated_point_by_point() -> None:
    plain = parse_objective(BALANCE, PLAN)
    found = evaluate(PLAN, {CUT: np.array([0.0, 0.5, 1.0])}, [plain])
    singly = [solve(PLAN.with_value(CUT, value)).measure(BALANCE) for value in (0.0, 0.5, 1.0)]
    np.testing.assert_allclose(found, [singly], rtol=1e-9)


def test_that_a_statistic_is_that_of_the_draws_at_each_point() -> None:
    texts = (f"mean({BALANCE})", f"p80({BALANCE})", f"P({BALANCE} < -300)", BALANCE)
    objectives = [parse_objective(text, PLAN) for text in texts]
    assert [each.statistic for each in objectives[:3]] == [
        Statistic.MEAN, Statistic.PERCENTILE, Statistic.PROBABILITY,
    ]  # fmt: skip
    found = evaluate(PLAN, {CUT: np.array([0.2, 1.0])}, objectives, draws=64, seed=5)
    drawn = draw_inputs(PLAN, 64, 5, sampling=Sampling.LATIN).values
    for point, value in enumerate((0.2, 1.0)):
        measured = measure_batch(PLAN.with_value(CUT, value), drawn, [BALANCE])[0]
        known = [measured.mean(), np.percentile(measured, 80), (measured < -300).mean()]
        np.testing.assert_allclose(found[:3, point], known, rtol=1e-9)


def test_that_a_cell_that_is_varied_is_not_drawn() -> None:
    mean = parse_objective(f"mean({BALANCE})", full_plan(uncertainty=[*_two()]))
    plan = full_plan(uncertainty=[*_two()])
    found = evaluate(plan, {CLOSURE: np.array([0.6])}, [mean], draws=16)[0, 0]
    others = {CUT: draw_inputs(plan, 16, 1, sampling=Sampling.LATIN).values[CUT]}
    known = measure_batch(plan.with_value(CLOSURE, 0.6), others, [BALANCE])[0].mean()
    assert found == pytest.approx(known, rel=1e-12)


def _two() -> list[dict[str, object]]:
    range_of = {"column": "implementation", "distribution": "uniform", "low": 0.0, "high": 1.0}
    return [{"table": "actions", "row": row, **range_of} for row in ("Closure", "Cut")]


def test_that_a_threshold_is_written_with_all_its_digits() -> None:
    text = "P(stock 2017-12 end < 1234567.25)"
    assert str(parse_objective(text, PLAN)) == text


def test_that_a_threshold_that_is_no_number_is_refused() -> None:
    with pytest.raises(MeasureError):
        parse_objective("P(stock 2017-12 end < nan)", PLAN)
