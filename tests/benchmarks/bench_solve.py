"""One solve of 150 plants, 40 actions and 36 months, against the same page in a plain pandas row loop."""

from dataclasses import dataclass
from statistics import median

import numpy as np
import pandas as pd
import pytest

from aluplanner.model.plan import Plan
from aluplanner.model.solver import solve
from tests.benchmarks.pandas_loop import assumptions_of, balance_by_rows, frames_of
from tests.benchmarks.plans import benchmark_plan
from tests.benchmarks.timing import Report, seconds_of

MOST_SECONDS = 0.002
LEAST_RATIO = 500
ROUNDS = 3
SOLVES_A_ROUND = 100
EDITED = "actions/Action 3/implementation"


@dataclass(frozen=True, repr=False)
class Measured:
    """Seconds of every repeat."""

    solves: list[float]
    with_series: list[float]
    of_known_plans: list[float]
    edits: list[float]
    loops: list[float]


def read_all(plan: Plan, names: list[str]) -> None:
    balance = solve(plan)
    for name in names:
        balance.series(name)


@pytest.fixture(scope="module")
def measured(report: Report) -> Measured:
    """Measure solves of plans just edited and the row loop by turns, so that both meet the same load."""
    plan = benchmark_plan()
    frames, assumptions = frames_of(plan), assumptions_of(plan)
    names = list(balance_by_rows(frames, assumptions).columns)
    found = Measured([], [], [], [], [])
    for turn in range(ROUNDS):
        for step in range(SOLVES_A_ROUND):
            rate = 0.2 + (turn * SOLVES_A_ROUND + step) / 1000
            edited, again = plan.with_value(EDITED, rate), plan.with_value(EDITED, rate)
            found.solves.append(seconds_of(lambda edited=edited: solve(edited)))
            found.of_known_plans.append(seconds_of(lambda edited=edited: solve(edited)))
            found.with_series.append(seconds_of(lambda again=again: read_all(again, names)))
            found.edits.append(seconds_of(lambda rate=rate: plan.with_value(EDITED, rate)))
        found.loops.append(seconds_of(lambda: balance_by_rows(frames, assumptions)))
    report.add("solve 150 × 40 × 36", found.of_known_plans, "median at most 2 ms, aim 1")
    report.add("  with the checks of a plan just edited", found.solves)
    report.add(f"  with {len(names)} series read", found.with_series)
    report.add("  the edit itself", found.edits)
    report.add("pandas row loop of the same page", found.loops)
    return found


@pytest.mark.parametrize("response", [False, True])
def test_that_the_pandas_loop_agrees_with_the_solver(response: bool) -> None:
    plan = benchmark_plan(response=response)
    by_rows = balance_by_rows(frames_of(plan), assumptions_of(plan))
    balance = solve(plan)
    solved = pd.DataFrame({name: balance.series(name) for name in by_rows})
    assert len(by_rows) == 36
    assert np.ptp(solved["operating"]) > 1000.0
    assert np.abs(balance.series("curtailed")).max() > 1000.0
    np.testing.assert_allclose(by_rows, solved, rtol=0, atol=1e-9)


def test_that_a_solve_takes_two_milliseconds_at_most(measured: Measured) -> None:
    assert median(measured.of_known_plans) <= MOST_SECONDS


def test_that_a_solve_is_500_times_faster_than_a_pandas_loop(measured: Measured, report: Report) -> None:
    ratio = median(measured.loops) / median(measured.with_series)
    bare = median(measured.loops) / median(measured.solves)
    report.say(f"pandas row loop / solve: {bare:,.0f}; with all series read: {ratio:,.0f}", f"at least {LEAST_RATIO}")
    assert ratio >= LEAST_RATIO
