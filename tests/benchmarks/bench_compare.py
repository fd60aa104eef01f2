"""Scenarios compared after every edit, and plots that show differences to the base."""

from statistics import median

import pytest
from pytestqt.qtbot import QtBot

from aluplanner.analysis.comparison import compare
from aluplanner.document.new_plan import example_plan
from aluplanner.model.plan import Plan
from aluplanner.model.scenarios import BASE
from aluplanner.model.solver import solve
from aluplanner.ui.main_window import MainWindow
from aluplanner.ui.plots.panel import PlotPanel
from tests.benchmarks.bench_scenarios import plan_of_scenarios
from tests.benchmarks.bench_window import MOST_SECONDS_BEYOND, edit_cells, example_window
from tests.benchmarks.plans import benchmark_plan
from tests.benchmarks.timing import Report, p95, seconds_of

__all__ = ["example_window"]

ROUNDS = 20
MOST_SECONDS = 0.1
"""From which on work needs progress."""
MOST_TIMES = 1.25
"""What differences may take of the window's thread, as a multiple of what the series themselves take."""


def fresh(plan: Plan, number: int) -> Plan:
    """Return the plan after one more edit, about which nothing is known yet."""
    key = plan.plants.keys[0]
    return plan.with_value(f"plants/{key}/operating", 100.0 + number)


@pytest.mark.parametrize("name", ["the 2017 case", "150 plants, 40 actions, 36 months"])
def test_that_eleven_scenarios_are_compared_before_progress_would_be_shown(name: str, report: Report) -> None:
    plan = example_plan() if "2017" in name else plan_of_scenarios(benchmark_plan())
    scenarios = (BASE, *plan.scenario_names[:10])
    compared, solved = [], []
    for number in range(ROUNDS):
        edited, again = fresh(plan, number), fresh(plan, number)
        compared.append(seconds_of(lambda edited=edited: compare(edited, scenarios)))
        solved.append(seconds_of(lambda again=again: [solve(again, scenario) for scenario in scenarios]))
    report.add(f"11 scenarios compared after an edit, {name}", compared, "at most 100 ms")
    report.add("  to solve them alone", solved)
    assert median(compared) <= MOST_SECONDS


def test_that_an_edit_repaints_differences_in_16_milliseconds_beyond_the_solve(
    qtbot: QtBot, example_window: MainWindow, report: Report
) -> None:
    document = example_window.document
    with qtbot.waitSignal(document.all_solved):
        document.select_scenario(document.plan.scenario_names[2])
        document.set_compared(document.plan.scenario_names[:2])
    plots = example_window.results.widget(0) if example_window.results is not None else None
    assert isinstance(plots, PlotPanel)
    plain = edit_cells(qtbot, example_window)
    plots.difference.trigger()
    found = edit_cells(qtbot, example_window)
    assert all(plot.shown is not None and plot.shown.is_difference for plot in plots.plots)
    report.add("edit to repainted differences to the base, 2 scenarios compared", found.totals)
    limit = f"p95 at most {MOST_SECONDS_BEYOND * 1000:.0f} ms"
    report.add("  beyond the solve", found.beyond, limit)
    report.add("  beyond the solve, the series themselves in the same run", plain.beyond)
    report.add("  processor time of the window's thread", found.processor)
    report.add("  processor time, the series themselves", plain.processor)
    assert p95(found.beyond) <= MOST_SECONDS_BEYOND
    assert median(found.processor) <= MOST_TIMES * median(plain.processor)
