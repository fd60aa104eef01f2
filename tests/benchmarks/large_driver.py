"""A process of its own that solves a large plan after each of some edits and prints times and peak memory as JSON."""

import json
import sys
import time
from itertools import cycle
from pathlib import Path


def peak_megabytes() -> float:
    """Return the most memory that this process has held so far.

    On Linux from the process's own account: what ``getrusage`` says there also counts what the process that
    started this one held.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


def main(plants: int, actions: int, months: int, edits: int) -> None:
    """Solve, edit and solve again."""
    at_start = peak_megabytes()
    from aluplanner.model.solver import solve
    from tests.benchmarks.plans import benchmark_plan

    plan = benchmark_plan(plants, actions, months)
    with_plan = peak_megabytes()
    cells = cycle(["actions/Action 3/implementation", "plants/Smelter 10/operating", "demand/Power/growth 2018"])
    seconds = []
    for step in range(edits + 1):
        started = time.perf_counter()
        balance = solve(plan)
        stock = balance.series("stock")
        seconds.append(time.perf_counter() - started)
        assert len(stock) == months
        plan = plan.with_value(next(cells), 0.05 + step / 1000)
    found = {"first": seconds[0], "after_edits": seconds[1:], "at_start": at_start, "with_plan": with_plan}
    print(json.dumps({**found, "peak": peak_megabytes()}))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
