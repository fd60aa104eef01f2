"""``aluplanner tornado``: what makes the difference."""

import argparse
from typing import Final

from aluplanner.cli.answers import check_out, deliver, shown_progress
from aluplanner.cli.exits import UsageError
from aluplanner.cli.plans import read_solvable, scenario_asked
from aluplanner.cli.question import Question, add_measure, add_scenario
from aluplanner.i18n import tr


def _declare(parser: argparse.ArgumentParser) -> None:
    add_measure(parser)
    add_scenario(parser)
    parser.add_argument(
        "--by", choices=("cell", "factor"), default="cell",
        help=tr("move each cell alone, or the cells with a common factor together"),
    )  # fmt: skip
    parser.add_argument("--top", type=int, metavar="N", help=tr("only the N longest bars"))


def _answer(given: argparse.Namespace) -> int:
    from aluplanner.analysis.tornado import tornado

    check_out(given.out)
    if given.top is not None and given.top < 1:
        raise UsageError(tr("--top takes a number from 1 on."))
    plan = read_solvable(given.file)
    scenario = scenario_asked(plan, given.scenario)
    with shown_progress():
        answer = tornado(plan, given.measure, scenario=scenario, by=given.by, top=given.top)
    return deliver(answer, given.out, as_json=given.json)


QUESTION: Final = Question(
    "tornado",
    "how far each uncertain input moves a measure",
    'aluplanner tornado china-2017.xlsx --measure "balance 2017H2 sum" --top 5',
    _declare,
    _answer,
    "Each cell of the Uncertainty table is set to its low and to its high, the others to their modes; the longest"
    " swing comes first. Cells that the scenario states itself are not moved.",
)
