"""A sweep of 41 × 41 points and a tornado at 150 plants, 40 actions and 36 months, against loops of single solves."""

from dataclasses import replace
from statistics import median

import numpy as np
import pytest

from aluplanner.analysis.sweep import Sweep, even_values, sweep
from aluplanner.analysis.tornado import Tornado, tornado
from aluplanner.model.plan import Plan
from aluplanner.model.solver import solve
from aluplanner.model.uncertainty import TRIANGULAR, UncertainCell
from tests.benchmarks.plans import SECTORS, benchmark_plan
from tests.benchmarks.timing import Report, seconds_of

MEASURE = "balance 2018H2 sum"
SIDE = 41
ROUNDS = 7
SINGLES = 40
MOST_SECONDS = 0.3
MOST_TORNADO_SECONDS = 0.1
LEAST_RATIO = 10


@pytest.fixture(scope="module")
def plan() -> Plan:
    """Return the plan with twenty uncertain cells: fifteen rates and five growths."""
    made = benchmark_plan()
    rates = [("actions", action.action, "implementation", 0.2, 0.6, 1.0) for action in made.actions[:15]]
    growths = [("demand", name, "growth 2018", 0.01, 0.04, 0.08) for name in SECTORS[:5]]
    rows = [
        UncertainCell(table, row, column, TRIANGULAR, low, mode, high)
        for table, row, column, low, mode, high in (*rates, *growths)
    ]
    return made.with_table(made.uncertainty.replaced(rows))


def _vary(plan: Plan) -> dict[str, np.ndarray]:
    return {
        f"actions/{plan.actions[0].action}/implementation": even_values(0.0, 1.0, SIDE),
        f"demand/{SECTORS[0]}/growth 2018": even_values(0.0, 0.1, SIDE),
    }


def test_that_a_sweep_of_41_by_41_takes_300_milliseconds_at_most(plan: Plan, report: Report) -> None:
    vary = _vary(plan)
    answers: list[Sweep] = []

    def ask() -> None:
        fresh = replace(plan)  # keeps nothing of the last question, as after an edit
        answers.append(sweep(fresh, vary, MEASURE))

    seconds = [seconds_of(ask) for _ in range(ROUNDS)]
    lines = seconds_of(lambda: answers[-1].lines(float(np.median(answers[-1].values))))
    report.add("sweep of 41 × 41 points, 150 × 40 × 36", seconds, f"at most {MOST_SECONDS} s")
    report.add("  its contour", [lines])
    singles = _single_seconds(plan, vary, answers[-1])
    ratio = median(singles) * SIDE * SIDE / median(seconds)
    report.say(f"  single solves / sweep: {ratio:.1f}", f"at least {LEAST_RATIO}")
    assert median(seconds) <= MOST_SECONDS
    assert ratio >= LEAST_RATIO


def _single_seconds(plan: Plan, vary: dict[str, np.ndarray], answer: Sweep) -> list[float]:
    """Return how long points take singly; they come to what the sweep says."""
    first, second = vary
    seconds = []
    for place in np.linspace(0, SIDE * SIDE - 1, SINGLES).astype(int):
        row, column = divmod(int(place), SIDE)
        cells = {first: float(vary[first][column]), second: float(vary[second][row])}
        found: list[float | None] = []
        seconds.append(
            seconds_of(lambda cells=cells, found=found: found.append(solve(plan.with_cells(cells)).measure(MEASURE)))
        )
        assert found[0] == pytest.approx(answer.values[row, column], rel=1e-12, abs=1e-9)
    return seconds


def test_that_a_tornado_of_twenty_inputs_is_live(plan: Plan, report: Report) -> None:
    answers: list[Tornado] = []
    seconds = [seconds_of(lambda: answers.append(tornado(replace(plan), MEASURE))) for _ in range(ROUNDS)]
    report.add("tornado of 20 inputs, 150 × 40 × 36", seconds, f"at most {MOST_TORNADO_SECONDS} s")
    assert len(answers[-1].bars) == 20
    assert median(seconds) <= MOST_TORNADO_SECONDS
