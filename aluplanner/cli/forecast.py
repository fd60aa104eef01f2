"""``aluplanner forecast``: say what is expected, and keep it in a file to be scored later."""

import argparse
from pathlib import Path
from typing import Final

from aluplanner.cli.answers import check_out, deliver, shown_progress
from aluplanner.cli.backtest import add_fan, check_fan, month
from aluplanner.cli.exits import DONE, UsageError
from aluplanner.cli.output import say
from aluplanner.cli.plans import read_solvable, scenario_asked
from aluplanner.cli.question import Question, add_scenario
from aluplanner.i18n import tr
from aluplanner.model.calendar import Month
from aluplanner.model.plan import Plan

_DRAWS: Final = 10_000


def declare(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_scenario(parser)
    parser.add_argument(
        "--as-of",
        type=month,
        metavar="MONTH",
        help=tr("use only facts up to this month; without it the last one with an actual"),
    )
    parser.add_argument(
        "--from-facts",
        action="store_true",
        help=tr("start from the actuals known by then, as “backtest --origin” does; else as the plan says"),
    )
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="OUT.xlsx",
        help=tr("keep the forecast in this new file: the plan without later facts, and what is said from it"),
    )
    parser.add_argument("--by", metavar="NAME", default="", help=tr("who says so"))
    add_fan(parser, _DRAWS)


def answer(given: argparse.Namespace) -> int:
    """Print, write or keep a forecast and return the exit code.

    Raises
    ------
    PlanError
        If the file cannot be read or written, or the plan has errors.
    UsageError
        If what is asked makes no sense.
    """
    check_out(given.out)
    check_fan(given)
    if given.keep is not None and given.keep.exists():
        raise UsageError(
            tr("{name} is there already, and what is kept is to stay: give another name.", name=given.keep.name)
        )
    plan = read_solvable(given.file)
    return _say_and_keep(given, plan, scenario_asked(plan, given.scenario))


def _say_and_keep(given: argparse.Namespace, plan: Plan, scenario: str) -> int:
    from aluplanner.analysis.backtest_facts import known_from
    from aluplanner.analysis.backtest_fan import FanOrder
    from aluplanner.analysis.forecast import make_forecast
    from aluplanner.workbook.forecasts import keep_forecast

    as_of = given.as_of or _last_known(plan)
    if given.from_facts:
        plan = known_from(plan, as_of)
    asked = {"as_of": as_of, "scenario": scenario, "made_by": given.by}
    fan = FanOrder(given.draws, given.seed)
    with shown_progress():
        forecast = (
            make_forecast(plan, fan=fan, **asked)
            if given.keep is None
            else keep_forecast(plan, given.keep, fan=fan, **asked)
        )
    if given.keep is not None:
        say(tr("Kept the forecast in {name}.", name=given.keep.name))
        if given.out is None and not given.json:
            return DONE
    return deliver(forecast, given.out, as_json=given.json)


def _last_known(plan: Plan) -> Month:
    """Return the last month with an actual, or the one before the horizon.

    Raises
    ------
    UsageError
        If the plan does not say which months it covers.
    """
    from aluplanner.analysis.backtest_facts import latest_fact

    found = latest_fact(plan) or (plan.horizon.first + (-1) if plan.horizon else None)
    if found is None:
        raise UsageError(tr("The plan does not say which months it covers: give --as-of."))
    return found


QUESTION: Final = Question(
    "forecast",
    "say what is expected and keep it, to be scored later",
    "aluplanner forecast china-2017.xlsx --as-of 2017-06 --keep said-in-june.xlsx",
    declare,
    answer,
    "Balance, production, stock, stock days and price by month with their fan, from the facts known at the end of a"
    " month. A kept forecast is a copy of the plan that opens as one; “aluplanner backtest FILE --forecast OUT.xlsx”"
    " scores it later with the facts that FILE states by then.",
)
