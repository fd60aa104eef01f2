"""A process of its own that gives up draws of a large plan at several moments and prints what it took as JSON."""

import json
import sys
import threading
import time
from random import Random

import numpy as np
from numpy.typing import NDArray

from aluplanner.model.plan import Plan
from aluplanner.model.solver import SolveCancelled, solve_batch
from tests.benchmarks.large_driver import peak_megabytes
from tests.benchmarks.plans import SECTORS, benchmark_plan

SERIES = ("balance", "stock", "stock_days", "price", "production")
MOMENTS = (0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 1.0, 1.3, 1.7, 2.2, 3.0, 4.0, 5.5, 7.0, 20.0)
"""Seconds after which a batch is given up."""


def draws_of(plan: Plan, draws: int) -> dict[str, NDArray[np.float64]]:
    """Return draws of 15 rates, 5 growths, a delay, and the capacity of a plant."""
    random = np.random.default_rng(2017)
    places = Random(2017).sample(range(len(plan.actions)), 16)
    names = [plan.actions[place].action for place in places]
    return {
        **{f"actions/{name}/implementation": random.uniform(0, 1, draws) for name in names[1:]},
        **{f"demand/{name}/growth 2018": random.normal(0.05, 0.02, draws) for name in SECTORS[:5]},
        f"actions/{names[0]}/delay": random.uniform(0, 6, draws),
        "plants/Smelter 10/operating": random.uniform(50, 90, draws),
    }


def seconds_to_give_up(plan: Plan, draws: dict[str, NDArray[np.float64]], after: float) -> float | None:
    """Return how long a batch goes on when it is no longer wanted; ``None`` if it ended before."""
    wish = threading.Event()
    wished: list[float] = []

    def give_up() -> None:
        wished.append(time.perf_counter())
        wish.set()

    timer = threading.Timer(after, give_up)
    timer.start()
    try:
        solve_batch(plan, draws, series=SERIES, cancelled=wish.is_set)
    except SolveCancelled:
        return time.perf_counter() - wished[0]
    finally:
        timer.cancel()
    return None


def main(plants: int, actions: int, months: int, draws: int) -> None:
    """Run a few draws to the end, then give up many draws at several moments."""
    plan = benchmark_plan(plants, actions, months)
    few = draws_of(plan, 64)
    started = time.perf_counter()
    solve_batch(plan, few, series=SERIES)
    seconds = time.perf_counter() - started
    many = draws_of(plan, draws)
    late = [found for after in MOMENTS if (found := seconds_to_give_up(plan, many, after)) is not None]
    results = len(SERIES) * months * draws * 8 / 1024**2
    print(json.dumps({"few": seconds, "late": late, "peak": peak_megabytes(), "results": results}))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
