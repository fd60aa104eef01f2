"""``aluplanner backtest``: the model, or a kept forecast, held against what really happened."""

import argparse
from pathlib import Path
from typing import Final

from aluplanner.analysis.answer_table import Answer
from aluplanner.cli.answers import check_out, deliver, shown_progress
from aluplanner.cli.exits import UsageError
from aluplanner.cli.plans import read_solvable, scenarios_asked
from aluplanner.cli.question import Question, add_scenario
from aluplanner.i18n import tr
from aluplanner.model.calendar import Month
from aluplanner.model.plan import Plan

_DRAWS: Final = 2_000


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_scenario(parser)
    parser.add_argument(
        "--origin",
        type=month,
        metavar="MONTH",
        help=tr("begin the forecast after this month: the run takes the actuals up to it and sees none later"),
    )
    parser.add_argument("--as-of", type=month, metavar="MONTH", help=tr("count only facts up to this month"))
    parser.add_argument("--since", type=month, metavar="MONTH", help=tr("score only from this month on"))
    add_fan(parser, _DRAWS)
    parser.add_argument(
        "--forecast",
        type=Path,
        metavar="KEPT.xlsx",
        help=tr("score this kept forecast instead, with the facts that FILE states by now"),
    )


def add_fan(parser: argparse.ArgumentParser, draws: int) -> None:
    """Let draws and seed of a fan be given."""
    parser.add_argument(
        "--draws",
        type=int,
        default=draws,
        metavar="N",
        help=tr("draws of the fan ({draws}); 0 for none", draws=f"{draws:,}"),
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S", help=tr("seed of the draws (1)"))


def month(text: str) -> Month:
    """Return the month that an argument names."""
    try:
        return Month.parse(text)
    except ValueError:
        raise argparse.ArgumentTypeError(tr("“{text}” is not a month: write 2017-06.", text=text)) from None


def answer(given: argparse.Namespace) -> int:
    """Print or write the scores and return the exit code.

    Raises
    ------
    PlanError
        If a file cannot be read or the plan has errors.
    UsageError
        If what is asked makes no sense.
    """
    check_out(given.out)
    check_fan(given)
    if given.forecast is not None and (given.origin is not None or given.since is not None):
        raise UsageError(tr("A kept forecast has an origin of its own: leave --origin and --since out."))
    plan = read_solvable(given.file)
    with shown_progress():
        found = _score(given, plan) if given.forecast is not None else _backtest(given, plan)
    return deliver(found, given.out, as_json=given.json)


def check_fan(given: argparse.Namespace) -> None:
    """Say at once that a fan cannot be drawn.

    Raises
    ------
    UsageError
        If draws or seed are below 0.
    """
    if given.draws < 0 or given.seed < 0:
        raise UsageError(tr("Give --draws and --seed numbers that are not below 0."))


def _score(given: argparse.Namespace, plan: Plan) -> Answer:
    from aluplanner.analysis.forecast_score import last_whole_month, score_forecast
    from aluplanner.workbook.forecasts import read_forecast

    return score_forecast(read_forecast(given.forecast), plan, given.as_of or last_whole_month())


def _backtest(given: argparse.Namespace, plan: Plan) -> Answer:
    from aluplanner.analysis.backtest import backtest
    from aluplanner.analysis.backtest_fan import FanOrder

    (scenario,) = scenarios_asked(plan, [given.scenario])
    return backtest(
        plan,
        scenario=scenario,
        origin=given.origin,
        as_of=given.as_of,
        since=given.since,
        fan=FanOrder(given.draws, given.seed),
    )


QUESTION: Final = Question(
    "backtest",
    "hold the model, or a kept forecast, against what really happened",
    "aluplanner backtest china-2017.xlsx --origin 2017-03",
    declare,
    answer,
    "Model against the actuals of Monthly: errors, bias, two naive forecasts beside it, and how often the fan held."
    " Without --origin the run is the plan's own; with it, it is a forecast from that month on that has seen no later"
    " fact.",
)
