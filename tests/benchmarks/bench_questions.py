"""The batches behind the analyses: coalitions, grids, and the uncertain cells of the 2017 case."""

from collections.abc import Mapping
from pathlib import Path
from statistics import median

import numpy as np
import pytest
from numpy.typing import NDArray

from aluplanner.model.plan import Plan
from aluplanner.model.solver import measure_batch, solve, solve_batch
from aluplanner.workbook.read import read_plan
from tests.benchmarks.bench_batch import PERCENTILES, SERIES
from tests.benchmarks.plans import benchmark_plan
from tests.benchmarks.timing import Report, seconds_of

ROUNDS = 5
PLAYERS = 12
SIDE = 41
DRAWS = 10_000
MEASURE = "balance 2017H2 sum"
MOST_SECONDS = 0.3
MOST_SECONDS_OF_DRAWS = 1.5

Draws = dict[str, NDArray[np.float64]]


@pytest.fixture(scope="module")
def case() -> Plan:
    """Return the plan of 2017."""
    return read_plan(Path(__file__).parents[2] / "resources" / "examples" / "china-2017.xlsx")


def coalitions(plan: Plan) -> Draws:
    """Return every coalition of the first actions that are switched on."""
    bits = np.arange(2**PLAYERS)
    names = [action.action for action in plan.actions if action.enabled is not False][:PLAYERS]
    return {f"actions/{name}/enabled": (bits >> place & 1).astype(float) for place, name in enumerate(names)}


def grid(first: str, second: str, ends: tuple[float, float]) -> Draws:
    across, up = np.meshgrid(np.linspace(0, 1, SIDE), np.linspace(*ends, SIDE))
    return {first: across.ravel(), second: up.ravel()}


def uncertain_draws(plan: Plan) -> Draws:
    """Return draws between the ends of every uncertain cell."""
    random = np.random.default_rng(2017)
    return {
        f"{cell.table}/{cell.row}/{cell.column}": random.uniform(cell.low or 0.0, cell.high or 0.0, DRAWS)
        for cell in plan.uncertainty
    }


def assert_fast(report: Report, what: str, plan: Plan, draws: Mapping[str, NDArray[np.float64]]) -> None:
    """Measure one measure of a batch; see that it says what single solves say."""
    found = measure_batch(plan, draws, [MEASURE])[0]
    seconds = [seconds_of(lambda: measure_batch(plan, draws, [MEASURE])) for _ in range(ROUNDS)]
    report.add(f"{what}, {len(found):,} draws", seconds, f"at most {MOST_SECONDS} s")
    for draw in (0, len(found) // 3, len(found) - 1):
        cells = {name: float(values[draw]) for name, values in draws.items()}
        typed = {name: bool(value) if name.endswith("/enabled") else value for name, value in cells.items()}
        assert found[draw] == pytest.approx(solve(plan.with_cells(typed)).measure(MEASURE), abs=1e-8)
    assert np.ptp(found) > 0.0
    assert median(seconds) <= MOST_SECONDS


def test_that_all_coalitions_of_twelve_actions_take_300_milliseconds_at_most(report: Report, case: Plan) -> None:
    plan = benchmark_plan()
    assert_fast(report, "coalitions of 12 actions, 150 × 40 × 36", plan, coalitions(plan))
    assert_fast(report, "  the 2017 case", case, coalitions(case))


def test_that_a_grid_of_41_by_41_takes_300_milliseconds_at_most(report: Report, case: Plan) -> None:
    cells = ("actions/Action 3/implementation", "demand/Power/growth 2017", (-0.1, 0.1))
    assert_fast(report, "41 × 41 grid of a rate and a growth", benchmark_plan(), grid(*cells))
    cells = ("actions/Action 3/implementation", "plants/Smelter 10/operating", (50.0, 90.0))
    assert_fast(report, "  of a rate and a plant's capacity", benchmark_plan(), grid(*cells))
    cells = ("actions/Shandong clean-up/implementation", "actions/Shandong clean-up/delay", (0.0, 6.0))
    assert_fast(report, "  of a rate and a delay, the 2017 case", case, grid(*cells))


def test_that_ten_thousand_draws_of_the_2017_case_take_1500_milliseconds_at_most(report: Report, case: Plan) -> None:
    draws = uncertain_draws(case)
    assert len(draws) == 25

    def answer() -> None:
        for numbers in solve_batch(case, draws, series=SERIES).values():
            np.percentile(np.ascontiguousarray(numbers.T), PERCENTILES, axis=1)

    answer()
    seconds = [seconds_of(answer) for _ in range(ROUNDS)]
    limit = f"at most {MOST_SECONDS_OF_DRAWS} s"
    report.add("10,000 draws of the 2017 case, 25 cells, with percentiles", seconds, limit)
    assert median(seconds) <= MOST_SECONDS_OF_DRAWS
