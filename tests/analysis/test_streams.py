"""Random numbers by seed and name."""

import numpy as np
import pytest
from scipy import stats

from aluplanner.analysis.streams import MOST_KEPT, Sampling, uniforms

NAMES = ("a", "b", "c")
RANDOM_A = [0.659329327646084, 0.0019030646577168353, 0.6355634650782599, 0.5014637144547126]
LATIN_A = [0.9179815656881112, 0.10257305493017185, 0.6953354402028933, 0.3179643150173289]
SOBOL_A = [0.3824650908912455, 0.6670867794425335, 0.8364085141249067, 0.11404179087804556]


def test_that_seed_one_gives_these_numbers_on_every_machine() -> None:
    """Numbers that planners have printed must come again with another machine and another version of numpy."""
    drawn = {method: uniforms(1, ["a", "b"], 4, method) for method in Sampling}
    assert drawn[Sampling.RANDOM]["a"].tolist() == RANDOM_A
    assert drawn[Sampling.LATIN]["a"].tolist() == LATIN_A
    np.testing.assert_allclose(drawn[Sampling.SOBOL]["a"], SOBOL_A, rtol=0, atol=1e-15)


@pytest.mark.parametrize("method", Sampling)
def test_that_all_numbers_lie_between_0_and_1_and_are_spread_evenly(method: Sampling) -> None:
    for values in uniforms(7, NAMES, 4096, method).values():
        assert values.shape == (4096,)
        assert values.min() > 0.0
        assert values.max() < 1.0
        assert stats.kstest(values, "uniform").pvalue > 0.01


@pytest.mark.parametrize("method", [Sampling.RANDOM, Sampling.LATIN])
def test_that_the_order_of_names_and_other_names_beside_them_change_nothing(method: Sampling) -> None:
    alone = uniforms(1, ["b"], 100, method)["b"]
    among = uniforms(1, ["z", "b", "a"], 100, method)["b"]
    assert alone.tobytes() == among.tobytes()


def test_that_the_order_of_names_does_not_change_a_sobol_sequence() -> None:
    first, second = uniforms(1, ["a", "b"], 64, Sampling.SOBOL), uniforms(1, ["b", "a"], 64, Sampling.SOBOL)
    assert all(first[name].tobytes() == second[name].tobytes() for name in "ab")


@pytest.mark.parametrize("method", Sampling)
def test_that_names_draw_apart(method: Sampling) -> None:
    drawn = uniforms(1, NAMES, 4096, method)
    assert np.abs(np.corrcoef(list(drawn.values())) - np.eye(len(NAMES))).max() < 0.05


@pytest.mark.parametrize("method", [Sampling.RANDOM, Sampling.LATIN])
def test_that_seeds_draw_apart(method: Sampling) -> None:
    first, second = uniforms(1, NAMES, 4096, method)["a"], uniforms(2, NAMES, 4096, method)["a"]
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.05


def test_that_another_seed_scrambles_a_sobol_sequence_otherwise() -> None:
    first, second = uniforms(1, NAMES, 64, Sampling.SOBOL)["a"], uniforms(2, NAMES, 64, Sampling.SOBOL)["a"]
    assert not np.isclose(np.sort(first), np.sort(second)).any()


@pytest.mark.parametrize("draws", [1, 2, 7, 1000])
def test_that_a_latin_hypercube_has_one_number_in_each_slice(draws: int) -> None:
    for values in uniforms(3, NAMES, draws, Sampling.LATIN).values():
        assert sorted(np.floor(values * draws).astype(int).tolist()) == list(range(draws))


def test_that_more_random_draws_begin_with_the_fewer() -> None:
    few, many = uniforms(1, ["a"], 10, Sampling.RANDOM)["a"], uniforms(1, ["a"], 20, Sampling.RANDOM)["a"]
    assert many[:10].tolist() == few.tolist()


def test_that_a_mean_by_sobol_or_latin_hypercube_is_closer_than_by_random_draws() -> None:
    def error(method: Sampling) -> float:
        means = [uniforms(seed, ["a"], 256, method)["a"].mean() for seed in range(40)]
        return float(np.sqrt(np.mean((np.array(means) - 0.5) ** 2)))

    assert error(Sampling.LATIN) < error(Sampling.RANDOM) / 5
    assert error(Sampling.SOBOL) < error(Sampling.RANDOM) / 5


def test_that_what_is_kept_cannot_be_written_over() -> None:
    with pytest.raises(ValueError, match="read-only"):
        uniforms(1, ["a"], 4, Sampling.RANDOM)["a"][0] = 0.5


def test_that_no_names_draw_nothing() -> None:
    assert all(uniforms(1, [], 4, method) == {} for method in Sampling)


def test_that_many_numbers_are_not_kept_but_begin_like_the_few_that_are() -> None:
    few = uniforms(5, ["cell"], MOST_KEPT, Sampling.RANDOM)["cell"]
    many = uniforms(5, ["cell"], MOST_KEPT + 1, Sampling.RANDOM)["cell"]
    assert np.array_equal(many[:-1], few)
    assert uniforms(5, ["cell"], MOST_KEPT, Sampling.RANDOM)["cell"] is few
    assert uniforms(5, ["cell"], MOST_KEPT + 1, Sampling.RANDOM)["cell"] is not many
