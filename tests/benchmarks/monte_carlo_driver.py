"""A process of its own that draws a large plan many times and prints time and peak memory as JSON."""

import json
import sys
import time

import numpy as np

from aluplanner.analysis.monte_carlo import monte_carlo
from aluplanner.model.plan import Plan
from aluplanner.model.uncertainty import NORMAL, PERT, UncertainCell
from tests.benchmarks.large_driver import peak_megabytes
from tests.benchmarks.plans import SECTORS, benchmark_plan

MEASURES = ("balance 2017H2 sum", "stock 2017-12 end")


def uncertain(plan: Plan, rates: int = 15, growths: int = 5) -> Plan:
    """Return a plan with ranges of some implementation rates, which share a factor, and of some growths."""
    random = np.random.default_rng(2017)
    places = sorted(random.choice(len(plan.actions), rates, replace=False).tolist())
    rows = [
        UncertainCell("actions", str(plan.actions[place].action), "implementation", PERT, 0.1, 0.6, 1.0, "resolve")
        for place in places
    ]
    rows += [UncertainCell("demand", name, "growth 2018", NORMAL, 0.02, 0.05, 0.08) for name in SECTORS[:growths]]
    return plan.with_table(plan.uncertainty.replaced(rows))


def main(plants: int, actions: int, months: int, draws: int) -> None:
    """Draw a plan of a size."""
    plan = uncertain(benchmark_plan(plants, actions, months))
    started = time.perf_counter()
    found = monte_carlo(plan, draws=draws, measures=MEASURES)
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "peak": peak_megabytes(), "series": len(found.of().series)}))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
