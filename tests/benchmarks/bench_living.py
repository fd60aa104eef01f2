"""The living workbook of 150 plants, 40 actions and 36 months: writing it, and LibreOffice against the engine."""

from collections.abc import Iterator
from statistics import median

import pytest

from aluplanner.model.plan import Plan
from aluplanner.model.solver import solve
from aluplanner.workbook.living import built, living_bytes
from tests.benchmarks.plans import benchmark_plan
from tests.benchmarks.timing import Report, seconds_of
from tests.e2e.calc import find_calc
from tests.workbook.living.books import wrong_months
from tests.workbook.living.office import Office, stripped

MOST_SECONDS = 4.0
LEAST_RATIO = 300
ROUNDS = 3
SOLVES_A_ROUND = 30
EDITED = "actions/Action 3/implementation"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    if find_calc() is None:
        pytest.skip("living workbooks are calculated by LibreOffice Calc and its bridge to Python (python3-uno)")
    made = Office(tmp_path_factory.mktemp("office"))
    yield made
    made.end()


def test_that_writing_takes_four_seconds_at_most(report: Report) -> None:
    plan = benchmark_plan(response=True)
    data = b""
    formulas = 0

    def write() -> None:
        nonlocal data, formulas
        work = built(plan)
        data, formulas = work.book.to_bytes(), work.book.formulas

    seconds = [seconds_of(write) for _ in range(ROUNDS)]
    report.add(f"living workbook, {formulas:,} formulas, {len(data) / 1e6:.1f} MB", seconds, "at most 4 s")
    assert min(seconds) <= MOST_SECONDS


def read_all(plan: Plan) -> None:
    balance = solve(plan)
    for name in balance.names:
        balance.series(name)


@pytest.mark.parametrize("response", [False, True])
def test_that_the_engine_is_300_times_faster_than_a_hard_recalculation(
    office: Office, report: Report, response: bool
) -> None:
    plan = benchmark_plan(response=response)
    opening = office.open(stripped(living_bytes(plan)))
    recalculations, solves, readings = [], [], []
    for turn in range(ROUNDS):
        recalculations.append(office.recalculate())
        for step in range(SOLVES_A_ROUND):
            edited = plan.with_value(EDITED, 0.2 + (SOLVES_A_ROUND * turn + step) / 1000)
            solve(edited)  # with the checks of an edited plan, which a spreadsheet does not make
            solves.append(seconds_of(lambda edited=edited: solve(edited)))
            readings.append(seconds_of(lambda edited=edited: read_all(edited)))
    assert wrong_months(office, solve(plan)) == []
    assert office.errors() == []
    ratio = median(recalculations) / median(solves)
    with_or_without = "with" if response else "without"
    report.add(f"LibreOffice opens and calculates it, {with_or_without} the market's response", [opening])
    report.add("  hard recalculation", recalculations)
    report.add("  the engine", solves)
    report.add("  the engine, all series read", readings)
    with_series = median(recalculations) / median(readings)
    wanted = "" if response else f"at least {LEAST_RATIO}"
    report.say(f"  hard recalculation / engine: {ratio:,.0f}; with all series read: {with_series:,.0f}", wanted)
    # the market's response runs plant by plant through the months, in the engine as in the workbook
    assert ratio >= (LEAST_RATIO / 2 if response else LEAST_RATIO)
