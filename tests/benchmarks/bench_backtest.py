"""Backtests of the 2017 case, and a forecast kept and read, against single solves in the same run."""

from itertools import count
from pathlib import Path
from statistics import median

from aluplanner.analysis.backtest import backtest
from aluplanner.analysis.backtest_fan import FanOrder
from aluplanner.model.calendar import Month
from aluplanner.model.solver import solve
from aluplanner.resources import resource_path
from aluplanner.workbook.forecasts import keep_forecast, read_forecast
from aluplanner.workbook.read import read_plan
from tests.benchmarks.timing import Report, seconds_of

ROUNDS = 7
MOST_SOLVES = 4
"""Single solves that a backtest without a fan may take."""
MOST_SECONDS = 0.5
MOST_SECONDS_KEPT = 3.0
MARCH = Month.of(2017, 3)


def test_that_a_backtest_takes_a_few_solves_and_its_fan_half_a_second(report: Report) -> None:
    plan = read_plan(resource_path("examples", "china-2017.xlsx"))
    numbers = count()

    def changed() -> object:
        return plan.with_value("assumptions/load_factor/value", 1.0138 + 1e-9 * next(numbers))

    solves, plain, fanned = [], [], []
    for _ in range(ROUNDS):
        plans = [changed() for _ in range(3)]
        solves.append(seconds_of(lambda plans=plans: solve(plans[0]).series("stock")))
        plain.append(seconds_of(lambda plans=plans: backtest(plans[1], origin=MARCH)))
        fanned.append(seconds_of(lambda plans=plans: backtest(plans[2], origin=MARCH, fan=FanOrder(1_000, 1))))
    report.add("backtest of the 2017 case without a fan", plain)
    report.add("  with a fan of 1,000 draws, as in the window", fanned, f"at most {MOST_SECONDS} s")
    ratio = median(plain) / median(solves)
    report.say(f"  backtest without a fan / single solve: {ratio:.1f}", f"at most {MOST_SOLVES}")
    assert ratio <= MOST_SOLVES
    assert median(fanned) <= MOST_SECONDS


def test_that_a_forecast_is_kept_in_three_seconds(report: Report, tmp_path: Path) -> None:
    plan = read_plan(resource_path("examples", "china-2017.xlsx"))
    files = [tmp_path / f"{place}.xlsx" for place in range(3)]
    kept = [seconds_of(lambda file=file: keep_forecast(plan, file, as_of=MARCH)) for file in files]
    read = [seconds_of(lambda file=file: read_forecast(file)) for file in files]
    report.add("keeping a forecast of 10,000 draws, results of all scenarios beside", kept, f"{MOST_SECONDS_KEPT} s")
    report.add("  reading it", read)
    assert min(kept) <= MOST_SECONDS_KEPT
