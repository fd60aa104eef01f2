"""Percentiles and rank correlations against numpy and scipy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from aluplanner.analysis.monte_carlo_ranks import percentiles, rank_correlations, ranks

LEVELS = (0, 5, 25, 50, 75, 95, 100)


@given(st.integers(1, 60), st.integers(1, 4), st.integers(0, 2**31), st.booleans())
def test_that_percentiles_are_numpys(draws: int, months: int, seed: int, has_ties: bool) -> None:
    numbers = np.random.default_rng(seed).normal(0, 100, (draws, months))
    numbers = np.round(numbers, -1) if has_ties else numbers
    np.testing.assert_allclose(
        percentiles(numbers, LEVELS), np.percentile(numbers, LEVELS, axis=0), rtol=1e-12, atol=1e-12
    )


def test_that_blank_draws_do_not_count() -> None:
    numbers = np.array([[1.0, np.nan, np.nan], [3.0, 2.0, np.nan], [2.0, np.nan, np.nan]])
    found = percentiles(numbers, (0, 50, 100))
    np.testing.assert_array_equal(found, [[1.0, 2.0, np.nan], [2.0, 2.0, np.nan], [3.0, 2.0, np.nan]])


@given(st.lists(st.integers(-4, 4), min_size=1, max_size=40))
def test_that_ranks_are_scipys_with_ties(numbers: list[int]) -> None:
    assert ranks(np.array(numbers, dtype=float)).tolist() == stats.rankdata(numbers).tolist()


@given(st.integers(3, 50), st.integers(0, 2**31))
def test_that_rank_correlations_are_spearmans(draws: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    inputs, outputs = np.round(random.normal(size=(3, draws)), 1), random.normal(size=(2, draws))
    known = [[stats.spearmanr(i, o).statistic if np.ptp(i) else np.nan for o in outputs] for i in inputs]
    np.testing.assert_allclose(rank_correlations(inputs, outputs), known, atol=1e-12)


def test_that_what_does_not_vary_has_no_correlation_and_blank_draws_do_not_count() -> None:
    inputs = np.array([[1.0, 2.0, 3.0, 4.0], [5.0, 5.0, 5.0, 5.0]])
    found = rank_correlations(inputs, np.array([[10.0, 20.0, np.nan, 40.0], [7.0, 7.0, 7.0, 7.0]]))
    assert found[0, 0] == pytest.approx(1.0)
    assert np.isnan(found[[0, 1, 1], [1, 0, 1]]).all()
