"""A Monte Carlo against single solves, draw by draw."""

import numpy as np
import pytest

import aluplanner as ap
from aluplanner.analysis.monte_carlo import SERIES, MonteCarlo, monte_carlo
from aluplanner.analysis.monte_carlo_scenario import LEVELS, ScenarioDraws
from aluplanner.analysis.sampling import draw_inputs
from aluplanner.model import solver, totals
from aluplanner.model.balance import STATES, Balance
from aluplanner.model.issues import PlanError
from aluplanner.model.layers import resolve
from aluplanner.model.measure import MeasureError
from aluplanner.model.plan import Address
from aluplanner.model.solver import SolveCancelled, solve
from tests.analysis.monte_carlo_plans import H2, STOCK, cell, uncertain_plan

DRAWS = 50
PLAN = uncertain_plan()
MEASURES = (H2, STOCK, "operating[North] 2017-12 end", "price 2018H1 mean")
STOCK_ROW = cell("assumptions/opening_stock/value", "uniform", 300, 0, 500)
BAND = Address.parse("assumptions/balance_band/value")


def singles(scenario: str) -> list[Balance]:
    """Solve each draw on its own."""
    drawn = draw_inputs(PLAN, DRAWS, 3, scenario=scenario).values
    resolved = resolve(PLAN, scenario)
    return [solve(resolved.with_cells({a: float(values[n]) for a, values in drawn.items()})) for n in range(DRAWS)]


@pytest.fixture(scope="module")
def found() -> MonteCarlo:
    return monte_carlo(
        PLAN, draws=DRAWS, seed=3, scenarios=["Base", "slow and cold"], measures=MEASURES, thresholds=[300, 350]
    )


@pytest.fixture(scope="module", params=["Base", "Slow and cold"])
def pair(request: pytest.FixtureRequest, found: MonteCarlo) -> tuple[ScenarioDraws, list[Balance]]:
    """Return the draws of a scenario at once and one by one."""
    return found.of(request.param), singles(request.param)


def test_that_percentiles_are_those_of_single_solves(pair: tuple[ScenarioDraws, list[Balance]]) -> None:
    drawn, balances = pair
    for name in SERIES:
        singly = np.array([balance.series(name) for balance in balances])
        scale = max(1.0, np.abs(singly).max())
        np.testing.assert_allclose(drawn.series[name], singly, rtol=1e-9, atol=1e-9 * scale)
        np.testing.assert_allclose(
            drawn.fans[name], np.percentile(singly, LEVELS, axis=0), rtol=1e-9, atol=1e-9 * scale
        )


def test_that_measures_and_their_statistics_are_those_of_single_solves(
    pair: tuple[ScenarioDraws, list[Balance]],
) -> None:
    drawn, balances = pair
    for measure in drawn.measures:
        singly = np.array([balance.measure(measure) for balance in balances])
        spread = drawn.spread(measure)
        assert np.ptp(singly) > 0
        np.testing.assert_allclose(drawn.draws_of(measure), singly, rtol=1e-9, atol=1e-7)
        assert spread.mean == pytest.approx(singly.mean(), rel=1e-9)
        assert spread.deviation == pytest.approx(singly.std(ddof=1), rel=1e-9)
        assert spread.percentiles == pytest.approx(np.percentile(singly, LEVELS), rel=1e-9)
        assert spread.plan == solve(PLAN, drawn.name).measure(measure)


def test_that_market_states_are_counted_as_single_solves_say_them_with_the_band_that_is_drawn(
    pair: tuple[ScenarioDraws, list[Balance]],
) -> None:
    drawn, balances = pair
    assert BAND in drawn.inputs
    seen = set()
    for odds in drawn.states:
        words = [balance.period(odds.period).state for balance in balances]
        assert odds.probabilities == pytest.approx([words.count(state) / DRAWS for state in STATES])
        assert odds.plan_state == solve(PLAN, drawn.name).period(odds.period).state
        assert odds.shortage == pytest.approx(sum(word.endswith("shortage") for word in words) / DRAWS)
        seen |= set(words)
    assert len(seen) > 1


@pytest.mark.parametrize("threshold", [300.0, 350.0, 420.0])
def test_that_stock_below_a_threshold_is_counted_by_month(
    pair: tuple[ScenarioDraws, list[Balance]], threshold: float
) -> None:
    drawn, balances = pair
    stock = np.array([balance.series("stock") for balance in balances])
    openings = [balance.opening("stock") for balance in balances]
    now, so_far, fallen = drawn.below(threshold), drawn.ever_below(threshold), drawn.fallen_below(threshold)
    for t in range(len(drawn.horizon)):
        assert now[t] == (stock[:, t] < threshold).mean()
        assert so_far[t] == (stock[:, : t + 1].min(axis=1) < threshold).mean()
        known = [
            has_fallen([opening, *path[: t + 1]], threshold) for opening, path in zip(openings, stock, strict=True)
        ]
        assert fallen[t] == pytest.approx(np.mean(known))


def has_fallen(path: list[float], threshold: float) -> bool:
    """Return whether a path stands at or above a threshold and later below it."""
    stood = False
    for level in path:
        if stood and level < threshold:
            return True
        stood = stood or level >= threshold
    return False


def test_that_the_base_alone_is_drawn_by_default_and_the_library_offers_it() -> None:
    found = ap.monte_carlo(PLAN, draws=20)
    assert found.names == ("Base",)
    assert found.percentiles("stock").shape == (5, 12)
    assert (np.diff(found.percentiles("stock"), axis=0) >= 0).all()
    assert isinstance(found, ap.MonteCarlo)


def test_that_the_same_seed_gives_the_same_bits_and_another_one_others() -> None:
    first, again, other = (monte_carlo(PLAN, draws=40, seed=seed, measures=[H2]) for seed in (1, 1, 2))
    assert first.percentiles("price").tobytes() == again.percentiles("price").tobytes()
    assert first.of().measured.tobytes() == again.of().measured.tobytes()
    assert not np.array_equal(first.of().measured, other.of().measured)


def test_that_another_block_size_changes_no_number_by_more_than_rounding(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = monte_carlo(PLAN, draws=97, measures=MEASURES)
    monkeypatch.setattr(solver, "_DRAWS_AT_ONCE", 7)
    monkeypatch.setattr(totals, "CELLS_AT_ONCE", 500)
    small = monte_carlo(PLAN, draws=97, measures=MEASURES)
    np.testing.assert_allclose(small.of().measured, usual.of().measured, rtol=1e-9, atol=1e-7)
    for name in SERIES:
        np.testing.assert_allclose(small.percentiles(name), usual.percentiles(name), rtol=1e-9, atol=1e-7)


@pytest.mark.parametrize("sampling", ["random", "latin", "sobol"])
def test_that_every_sampling_tells_nearly_the_same(sampling: str) -> None:
    found = monte_carlo(PLAN, draws=1024, sampling=sampling, measures=[H2])
    reference = monte_carlo(PLAN, draws=4096, seed=9, measures=[H2])
    ours, theirs = (each.of().spread(each.measures[0]) for each in (found, reference))
    assert ours.mean == pytest.approx(theirs.mean, abs=4 * theirs.deviation / 32)
    assert ours.deviation == pytest.approx(theirs.deviation, rel=0.1)


def test_that_it_stops_when_it_is_cancelled_and_tells_how_far_it_has_come() -> None:
    told: list[float] = []
    with pytest.raises(SolveCancelled):
        monte_carlo(PLAN, draws=5000, cancelled=lambda: len(told) > 3, progress=told.append)
    told.clear()
    monte_carlo(PLAN, draws=5000, scenarios=["Base", "Slow"], progress=told.append)
    assert told == sorted(told)
    assert len(told) > 10
    assert 0.0 <= told[0] < 0.3
    assert told[-1] > 0.9


def test_that_more_series_are_kept_on_request() -> None:
    found = monte_carlo(PLAN, draws=30, series=["built", "overhang", "bauxite_cover"])
    assert set(found.of().fans) == {"balance", "consumption", "stock", "built", "overhang", "bauxite_cover"}


def test_that_a_series_that_is_blank_stays_blank() -> None:
    smelter = {"plant": "South", "built": 800, "operating": 800}
    plan = uncertain_plan(plants=[smelter], actions=[], claims=[], overrides=[], uncertainty=[STOCK_ROW])
    found = monte_carlo(plan, draws=30, series=["alumina_stock"], measures=["alumina_stock 2017-12 end"])
    assert np.isnan(found.percentiles("alumina_stock")).all()
    assert found.of().spread(found.measures[0]).plan is None
    assert found.of().strongest(found.measures[0]) == ()


def test_that_a_scenario_that_leaves_nothing_uncertain_is_one_line() -> None:
    plan = uncertain_plan(uncertainty=[cell("actions/Closure/implementation", "uniform", 0, 0, 1)])
    found = monte_carlo(plan, draws=30, scenarios=["Base", "Slow"], measures=[H2])
    slow = found.of("Slow")
    assert np.ptp(slow.fans["stock"], axis=0).max() == 0.0
    np.testing.assert_allclose(slow.fans["stock"][2], solve(plan, "Slow").series("stock"), rtol=1e-9)
    assert any("Slow" in note and "every draw is the same" in note for note in found.notes)
    assert found.differences("Base", "Slow")[0].deviation > 0
    with pytest.raises(PlanError, match="uncertain"):
        monte_carlo(plan, draws=30, scenarios=["Slow"])


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"draws": 0}, "0 draws"),
        ({"scenarios": ["Nobody"]}, "Nobody"),
        ({"sampling": "dice"}, "dice"),
        ({"thresholds": [float("nan")]}, "threshold"),
    ],
)
def test_that_what_makes_no_sense_is_refused_with_a_remedy(asked: dict[str, object], said: str) -> None:
    with pytest.raises(PlanError, match=said) as caught:
        monte_carlo(PLAN, **{"draws": 10, **asked})  # type: ignore[arg-type]
    assert all(issue.remedy for issue in caught.value.issues)


def test_that_unknown_measures_and_series_are_refused() -> None:
    with pytest.raises(MeasureError):
        monte_carlo(PLAN, draws=10, measures=["nothing 2017 sum"])
    with pytest.raises(MeasureError, match="nothing"):
        monte_carlo(PLAN, draws=10, series=["nothing"])
