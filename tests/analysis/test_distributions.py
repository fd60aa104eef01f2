"""The quantiles of uncertain cells against scipy's distributions."""

import numpy as np
import pytest
from scipy import stats

from aluplanner.analysis.distributions import mode_of, quantile, rounded
from aluplanner.model.uncertainty import NORMAL, PERT, TRIANGULAR, UNIFORM, UncertainCell

PROBABILITIES = np.array([1e-9, 1e-4, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.9999, 1.0 - 1e-9])


def cell(distribution: str, low: float | None, mode: float | None, high: float | None) -> UncertainCell:
    return UncertainCell("assumptions", "load_factor", "value", distribution, low, mode, high)


@pytest.mark.parametrize(
    ("low", "mode", "high"), [(0.2, 0.6, 1.0), (0.0, 0.1, 1.0), (-5.0, 30.0, 30.0), (1.0, 1.0, 4.0)]
)
def test_that_pert_is_the_beta_distribution_of_its_mode(low: float, mode: float, high: float) -> None:
    width = high - low
    known = stats.beta(1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width, loc=low, scale=width)
    found = quantile(cell(PERT, low, mode, high), PROBABILITIES)
    np.testing.assert_allclose(found, known.ppf(PROBABILITIES), rtol=1e-9, atol=1e-9)


def test_that_pert_has_the_mean_that_planners_expect_of_it() -> None:
    even = (np.arange(200_000) + 0.5) / 200_000
    drawn = quantile(cell(PERT, 2.0, 3.0, 9.0), even)
    assert drawn.mean() == pytest.approx((2.0 + 4 * 3.0 + 9.0) / 6, abs=1e-4)


@pytest.mark.parametrize(("low", "mode", "high"), [(-72.0, 0.0, 194.0), (0.0, 0.0, 1.0), (0.0, 1.0, 1.0)])
def test_that_triangular_is_scipys(low: float, mode: float, high: float) -> None:
    known = stats.triang((mode - low) / (high - low), loc=low, scale=high - low)
    found = quantile(cell(TRIANGULAR, low, mode, high), PROBABILITIES)
    np.testing.assert_allclose(found, known.ppf(PROBABILITIES), rtol=1e-9, atol=1e-9)


def test_that_uniform_ignores_the_mode() -> None:
    found = quantile(cell(UNIFORM, 350.0, 400.0, 1120.0), PROBABILITIES)
    np.testing.assert_allclose(found, 350.0 + 770.0 * PROBABILITIES, rtol=1e-11)
    assert mode_of(cell(UNIFORM, 350.0, 400.0, 1120.0)) is None
    assert mode_of(cell(PERT, 350.0, 400.0, 1120.0)) == 400.0


def test_that_low_and_high_of_a_normal_are_its_5th_and_95th_percentile() -> None:
    bell = cell(NORMAL, 8.0, 10.0, 12.0)
    np.testing.assert_allclose(quantile(bell, np.array([0.05, 0.5, 0.95])), [8.0, 10.0, 12.0], rtol=1e-11)
    known = stats.norm(10.0, 2.0 / stats.norm.ppf(0.95))
    np.testing.assert_allclose(quantile(bell, PROBABILITIES), known.ppf(PROBABILITIES), rtol=1e-9)


def test_that_each_side_of_a_crooked_normal_keeps_its_own_percentile() -> None:
    crooked = cell(NORMAL, 8.0, 9.0, 12.0)
    np.testing.assert_allclose(quantile(crooked, np.array([0.05, 0.5, 0.95])), [8.0, 9.0, 12.0], rtol=1e-11)


@pytest.mark.parametrize("distribution", [PERT, TRIANGULAR, UNIFORM, NORMAL])
def test_that_a_range_without_width_is_one_value(distribution: str) -> None:
    assert quantile(cell(distribution, 3.0, 3.0, 3.0), PROBABILITIES).tolist() == [3.0] * len(PROBABILITIES)


@pytest.mark.parametrize("distribution", [PERT, TRIANGULAR, UNIFORM, NORMAL])
def test_that_a_higher_probability_never_gives_a_lower_value(distribution: str) -> None:
    even = np.linspace(1e-6, 1 - 1e-6, 5001)
    assert (np.diff(quantile(cell(distribution, -3.0, 1.0, 7.0), even)) >= 0).all()


def test_that_numbers_keep_twelve_digits_whatever_their_size() -> None:
    numbers = np.array([0.0, 1.23456789012345, -123456.789012345678, 9.87654321098765e-7])
    assert rounded(numbers).tolist() == [0.0, 1.23456789012, -123456.789012, 9.87654321099e-7]
