"""``aluplanner ledger``: what was announced, due, implemented and really lost."""

import argparse
from typing import Final

from aluplanner.analysis.ledger_choices import GROUPINGS, READINGS, STEPS
from aluplanner.cli.answers import check_out, deliver, shown_progress
from aluplanner.cli.plans import read_solvable, scenario_asked
from aluplanner.cli.question import Question, add_scenario
from aluplanner.i18n import tr


def _declare(parser: argparse.ArgumentParser) -> None:
    add_scenario(parser)
    parser.add_argument("--by", choices=GROUPINGS, default="action", help=tr("what the rows stand for"))
    parser.add_argument(
        "--period", metavar="PERIOD", default="all", help=tr("such as 2017H2; without it the whole horizon")
    )
    parser.add_argument(
        "--reading", choices=READINGS, default="end", help=tr("capacities at the period's end, or their mean over it")
    )
    parser.add_argument(
        "--step", choices=STEPS, help=tr("tell the period bit by bit too; in a file it is told by month")
    )


def _answer(args: argparse.Namespace) -> int:
    from aluplanner.analysis.ledger import ledger

    check_out(args.out)
    plan = read_solvable(args.file)
    scenario = scenario_asked(plan, args.scenario)
    step = args.step or ("month" if args.out else None)
    with shown_progress():
        found = ledger(plan, scenario=scenario, period=args.period, by=args.by, reading=args.reading, step=step)
    return deliver(found, args.out, as_json=args.json)


QUESTION: Final = Question(
    name="ledger",
    does="what each action announced, has due, implements and really takes out",
    example="aluplanner ledger china-2017.xlsx --period 2017H2",
    declare=_declare,
    answer=_answer,
    about="Four different numbers that the market takes for one, action by action or by province, group or kind.",
)
