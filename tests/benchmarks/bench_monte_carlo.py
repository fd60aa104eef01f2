"""Ten thousand draws with percentiles against a loop of single solves, and the memory of a large plan's."""

import json
import subprocess
import sys
from dataclasses import dataclass
from statistics import median

import numpy as np
import pytest

from aluplanner.analysis.monte_carlo import SERIES, MonteCarlo, monte_carlo
from aluplanner.analysis.monte_carlo_scenario import LEVELS
from aluplanner.analysis.sampling import draw_inputs
from aluplanner.model.solver import solve
from tests.benchmarks.monte_carlo_driver import MEASURES, uncertain
from tests.benchmarks.plans import benchmark_plan
from tests.benchmarks.timing import Report, seconds_of

DRAWS = 10_000
SINGLES = 120
ROUNDS = 3
MOST_SECONDS = 1.5
LEAST_RATIO = 40
MOST_MEMORY = 1.2
LARGE = (5_000, 2_000, 120)
LARGE_DRAWS = 256


@dataclass(frozen=True, repr=False)
class Measured:
    """Seconds of every repeat, the answer, and the paths of the first draws solved singly."""

    together: list[float]
    singles: list[float]
    answers: list[MonteCarlo]
    one_by_one: dict[str, np.ndarray]


@pytest.fixture(scope="module")
def measured(report: Report) -> Measured:
    """Measure both by turns, so that both meet the same load; every run draws anew, with another seed."""
    plan = uncertain(benchmark_plan())
    found = Measured([], [], [], {name: np.empty((SINGLES, 36)) for name in SERIES})
    monte_carlo(plan, draws=100, seed=99)
    drawn = draw_inputs(plan, DRAWS, ROUNDS).values

    def run(seed: int) -> None:
        found.answers[:] = [monte_carlo(plan, draws=DRAWS, seed=seed, measures=MEASURES, thresholds=[1000.0])]

    def solve_one(draw: int) -> None:
        balance = solve(plan.with_cells({address: float(values[draw]) for address, values in drawn.items()}))
        for name, numbers in found.one_by_one.items():
            numbers[draw] = balance.series(name)

    for turn in range(ROUNDS):
        found.together.append(seconds_of(lambda turn=turn: run(turn + 1)))
        for draw in range(turn, SINGLES, ROUNDS):
            found.singles.append(seconds_of(lambda draw=draw: solve_one(draw)))
    report.add(f"Monte Carlo of {DRAWS:,} draws with percentiles", found.together, f"at most {MOST_SECONDS} s")
    report.add("  one draw solved singly", found.singles)
    return found


def test_that_ten_thousand_draws_with_percentiles_take_1500_milliseconds_at_most(measured: Measured) -> None:
    assert median(measured.together) <= MOST_SECONDS


def test_that_it_is_40_times_faster_than_single_solves(measured: Measured, report: Report) -> None:
    ratio = median(measured.singles) * DRAWS / median(measured.together)
    report.say(f"single solves / Monte Carlo: {ratio:.1f}", f"at least {LEAST_RATIO}")
    assert ratio >= LEAST_RATIO


def test_that_it_draws_what_single_solves_are_given(measured: Measured) -> None:
    drawn = measured.answers[0].of()
    assert measured.answers[0].seed == ROUNDS
    for name, singly in measured.one_by_one.items():
        np.testing.assert_allclose(drawn.series[name][:SINGLES], singly, rtol=1e-9, atol=1e-7)
        assert drawn.fans[name].shape == (len(LEVELS), 36)


@pytest.mark.timeout(600)
def test_that_the_memory_of_a_large_plans_draws_is_bounded(report: Report, pytestconfig: pytest.Config) -> None:
    """What is kept grows with the draws and is added for all of them; what is worked on hardly does."""
    command = [sys.executable, "-m", "tests.benchmarks.monte_carlo_driver", *map(str, (*LARGE, LARGE_DRAWS))]
    run = subprocess.run(command, cwd=pytestconfig.rootpath, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    kept = found["series"] * DRAWS * LARGE[2] * 8 / 2**30
    peak = found["peak"] / 1024 + kept * (1.0 - LARGE_DRAWS / DRAWS)
    report.say(
        f"Monte Carlo of {DRAWS:,} draws at 5,000 x 2,000 x 120: peak {peak:.2f} GiB, {kept:.2f} of it series kept;"
        f" {LARGE_DRAWS:,} draws took {found['seconds']:.1f} s",
        f"at most {MOST_MEMORY} GiB",
    )
    assert peak <= MOST_MEMORY
