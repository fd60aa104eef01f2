"""The ledger against the two solves that it rests on, at ordinary and at large size."""

from statistics import median

import pytest

from aluplanner.analysis.ledger import ledger
from aluplanner.model.plan import Plan
from aluplanner.model.solver import solve
from tests.benchmarks.plans import benchmark_plan
from tests.benchmarks.timing import Report, seconds_of

ROUNDS = 5
MOST_SECONDS = 0.1
"""A dock that follows every edit shows no progress before that."""
LARGE_MOST_SOLVES = 10


def measured(plan: Plan, by: str) -> tuple[float, float]:
    """Return seconds of a ledger and of a solve, measured by turns."""
    solves, ledgers = [], []
    ledger(plan, by=by)
    for _ in range(ROUNDS):
        solves.append(seconds_of(lambda: solve(plan)))
        ledgers.append(seconds_of(lambda: ledger(plan, by=by)))
    return median(ledgers), median(solves)


@pytest.mark.benchmark
@pytest.mark.parametrize("by", ["action", "province"])
def test_that_the_ledger_follows_every_edit_without_a_wait(by: str, report: Report) -> None:
    took, once = measured(benchmark_plan(), by)
    report.say(
        f"ledger by {by}, 150 × 40 × 36: {took * 1e3:.1f} ms, a solve {once * 1e3:.2f} ms", f"at most {MOST_SECONDS} s"
    )
    assert took <= MOST_SECONDS


@pytest.mark.benchmark
def test_that_a_large_ledger_costs_a_few_solves(report: Report) -> None:
    took, once = measured(benchmark_plan(5000, 2000, 120), "province")
    report.say(
        f"ledger by province, 5,000 × 2,000 × 120: {took:.2f} s, a solve {once:.2f} s",
        f"at most {LARGE_MOST_SOLVES} solves",
    )
    assert took <= LARGE_MOST_SOLVES * once
