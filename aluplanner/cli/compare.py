"""``aluplanner compare``: the inputs in which scenarios differ, and what follows from them, side by side."""

import argparse
from typing import Final

from aluplanner.analysis.comparison import compare
from aluplanner.analysis.comparison_inputs import Tolerance
from aluplanner.analysis.comparison_tables import ReadableComparison
from aluplanner.cli.answers import check_out, deliver, shown_progress
from aluplanner.cli.exits import UsageError
from aluplanner.cli.plans import read_solvable, scenarios_asked
from aluplanner.cli.question import Question
from aluplanner.i18n import tr


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--scenarios",
        nargs="+",
        action="extend",
        metavar="NAME",
        help=tr("the scenarios, Base for the base plan; the first is what the others are measured against"),
    )
    parser.add_argument(
        "--measure",
        nargs="+",
        action="extend",
        metavar="MEASURE",
        help=tr("measures to show above the usual ones, such as “operating[Shandong] 2017-12 end”"),
    )
    parser.add_argument(
        "--absolute",
        type=float,
        default=0.0,
        metavar="X",
        help=tr("inputs that differ by no more than this count as equal, in the unit of each cell"),
    )
    parser.add_argument(
        "--relative",
        type=float,
        default=0.0,
        metavar="PART",
        help=tr("so do inputs that differ by no more than this part of the larger number, such as 0.01"),
    )


def _answer(given: argparse.Namespace) -> int:
    check_out(given.out)
    _check_tolerance(given.absolute, given.relative)
    plan = read_solvable(given.file)
    names = scenarios_asked(plan, given.scenarios or [])
    with shown_progress():
        found = compare(plan, names, measures=given.measure, absolute=given.absolute, relative=given.relative)
    return deliver(found if given.out else ReadableComparison(found), given.out, as_json=given.json)


def _check_tolerance(absolute: float, relative: float) -> None:
    try:
        Tolerance(absolute, relative)
    except ValueError as error:
        raise UsageError(str(error)) from error


QUESTION: Final = Question(
    "compare",
    "say how scenarios differ, in what they state and in what follows",
    'aluplanner compare china-2017.xlsx --scenarios Base "Strong enforcement H2"',
    _declare,
    _answer,
    "Values are those after all layers. Without --scenarios the base and every scenario are compared; one scenario"
    " alone is compared with the base.",
)
