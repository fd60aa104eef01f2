"""A Monte Carlo of a linear plan against what probability theory says."""

import numpy as np
import pytest
from SALib.analyze import sobol as sobol_indices
from SALib.sample import sobol as sobol_points
from scipy import stats

from aluplanner.analysis.monte_carlo import monte_carlo
from aluplanner.analysis.monte_carlo_paired import paired_measure
from aluplanner.analysis.monte_carlo_words import standard_error
from aluplanner.model.measure import parse_measure
from aluplanner.model.solver import measure_batch, solve
from tests.analysis.monte_carlo_plans import LINEAR_CELLS, cell, linear_plan

QUARTER = "balance 2017Q1 sum"
CLOSING = "stock 2017-03 end"
DRAWS = 20_000
DEVIATION = 10.0


def test_that_a_sum_of_independent_normals_has_the_sum_of_their_variances() -> None:
    plan = linear_plan()
    found = monte_carlo(plan, draws=DRAWS, sampling="latin", measures=[QUARTER]).of()
    spread = found.spread(found.measures[0])
    deviation = DEVIATION * np.sqrt(len(LINEAR_CELLS))
    mean = solve(plan).measure(QUARTER)
    assert mean is not None
    assert spread.mean == pytest.approx(mean, abs=0.05)
    assert spread.deviation == pytest.approx(deviation, rel=0.02)
    known = stats.norm(mean, deviation)
    # four standard errors of the outermost percentiles
    np.testing.assert_allclose(spread.percentiles, known.ppf([0.05, 0.25, 0.5, 0.75, 0.95]), atol=1.5)
    assert stats.kstest(found.draws_of(found.measures[0]), known.cdf).pvalue > 0.01


def test_that_a_random_walk_of_stock_spreads_with_the_root_of_time() -> None:
    found = monte_carlo(linear_plan(), draws=DRAWS, sampling="latin").of()
    spread = found.series["stock"].std(axis=0)
    assert spread == pytest.approx(DEVIATION * np.sqrt([2.0, 4.0, 6.0]), rel=0.02)


@pytest.mark.parametrize("weight", [0.0, 0.6, 1.0])
def test_that_a_common_factor_adds_its_covariances(weight: float) -> None:
    """Imports raise the balance, changes of consumption lower it: with one factor they offset one another."""
    found = monte_carlo(linear_plan(weight, "all"), draws=DRAWS, measures=[QUARTER, "net_imports 2017Q1 sum"]).of()
    of_each = weight**2
    balance = DEVIATION**2 * (6 + of_each * (2 * 6 - 2 * 9))
    imports = DEVIATION**2 * (3 + of_each * 6)
    assert found.spread(found.measures[0]).deviation == pytest.approx(np.sqrt(balance), rel=0.03, abs=1e-6)
    assert found.spread(found.measures[1]).deviation == pytest.approx(np.sqrt(imports), rel=0.03)


def test_that_probabilities_are_those_of_the_normal_distribution_within_their_standard_error() -> None:
    plan = linear_plan()
    found = monte_carlo(plan, draws=DRAWS).of()
    closing = solve(plan).measure(CLOSING) or 0.0
    for shift in (-30.0, 0.0, 15.0):
        known = stats.norm.cdf(shift / (DEVIATION * np.sqrt(6)))
        assert found.below(closing + shift)[-1] == pytest.approx(known, abs=4 * standard_error(known, DRAWS))


def test_that_a_balance_is_balanced_as_often_as_the_band_says() -> None:
    plan = (
        linear_plan()
        .with_value("assumptions/load_factor/value", 1.0)
        .with_value("assumptions/balance_band/value", 0.05)
    )
    found = monte_carlo(plan, draws=DRAWS).of()
    odds = next(each for each in found.states if each.period.label == "2017Q1")
    share = found.over(odds.period, "balance") / found.over(odds.period, "consumption")
    middle = (solve(plan).measure(QUARTER) or 0.0) / 300
    # the consumption that the balance is divided by varies too, by some 6 %: a second order effect
    deviation = DEVIATION * np.sqrt(6) / 300
    known = stats.norm.cdf((0.05 - middle) / deviation) - stats.norm.cdf((-0.05 - middle) / deviation)
    assert odds.probabilities[2] == pytest.approx(known, abs=0.02)
    assert odds.probabilities[2] == pytest.approx((np.abs(share) <= 0.05).mean())


def test_that_rank_correlations_squared_are_sobol_indices_where_the_model_is_linear() -> None:
    """Two independent ways: Sobol's indices of SALib on its own sample, and correlations of our draws."""
    spreads = (5.0, 10.0, 20.0, 2.0)
    cells = [f"monthly/2017-{month:02d}/net_imports" for month in (1, 2, 3)] + ["monthly/2017-01/consumption_change"]
    rows = [cell(address, "uniform", -s, 0.0, s) for address, s in zip(cells, spreads, strict=True)]
    plan = linear_plan().with_table(linear_plan().uncertainty.replaced(_records(rows)))
    problem = {"num_vars": 4, "names": cells, "bounds": [[-s, s] for s in spreads]}
    points = sobol_points.sample(problem, 1024, calc_second_order=False, seed=1)
    values = measure_batch(plan, {a: points[:, i] for i, a in enumerate(cells)}, [QUARTER])[0]
    indices = sobol_indices.analyze(problem, values, calc_second_order=False, seed=1)
    found = monte_carlo(plan, draws=DRAWS, sampling="latin", measures=[QUARTER]).of()
    ours = {str(each.cells[0]): each.correlation for each in found.strongest(found.measures[0])}
    assert [address for address, _ in sorted(zip(cells, indices["S1"], strict=True), key=lambda p: -p[1])] == list(ours)
    assert [ours[a] ** 2 for a in cells] == pytest.approx(list(indices["S1"]), abs=0.04)
    assert np.sign([ours[a] for a in cells]).tolist() == [1, 1, 1, -1]
    linear = [np.corrcoef(found.inputs[a], found.draws_of(found.measures[0]))[0, 1] ** 2 for a in found.inputs]
    assert sorted(linear) == pytest.approx(sorted(indices["S1"]), abs=0.02)


def _records(rows: list[dict[str, object]]) -> list[object]:
    from tests.model.plans import plan_of

    return list(plan_of({"uncertainty": rows}).uncertainty)


def test_that_common_random_numbers_leave_the_difference_of_the_scenarios_alone() -> None:
    plan = linear_plan()
    found = monte_carlo(plan, draws=500, scenarios=["Base", "Ten less"], measures=[CLOSING])
    paired = found.differences("Base", "Ten less")[0]
    assert paired.percentiles == pytest.approx((10.0,) * 5)
    assert paired.deviation == pytest.approx(0.0, abs=1e-9)
    assert (paired.lower, paired.equal, paired.tighter) == (0.0, 0.0, 0.0)
    apart = monte_carlo(plan, draws=500, seed=2, scenarios=["Ten less"], measures=[CLOSING])
    measure = parse_measure(CLOSING, plan)
    assert paired_measure(found.of("Base"), apart.of("Ten less"), measure).deviation > 20.0
    balance = next(each for each in found.differences("Base", "Ten less") if each.label == QUARTER)
    assert (balance.equal, balance.tighter) == (1.0, 0.5)
