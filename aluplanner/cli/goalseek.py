"""``aluplanner goalseek``: what it would take."""

import argparse
from collections.abc import Sequence
from typing import Final

from aluplanner.analysis.goal_seek import goal_seek
from aluplanner.analysis.named_cells import numeric_cell
from aluplanner.analysis.objective import DRAWS
from aluplanner.cli.answers import check_out, deliver, shown_progress
from aluplanner.cli.cells import cell_value
from aluplanner.cli.plans import read_solvable, scenario_asked
from aluplanner.cli.question import Question, add_measure, add_scenario
from aluplanner.i18n import tr
from aluplanner.model.plan import Address, Plan


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--vary", action="append", required=True, metavar="ADDRESS",
        help=tr("the cell, as table/row/column; given again, the cells take one value together"),
    )  # fmt: skip
    parser.add_argument(
        "--between", nargs=2, metavar=("LOW", "HIGH"), help=tr("the bounds, as they would be typed into the cell")
    )
    add_measure(parser)
    parser.add_argument("--target", type=_number, required=True, metavar="X", help=tr("in the measure's unit"))
    add_scenario(parser)
    parser.add_argument("--draws", type=int, default=DRAWS, metavar="N", help=tr("draws behind P(…), p80(…), mean(…)"))
    parser.add_argument("--seed", type=int, default=1, metavar="S", help=tr("seed of the draws"))


def _number(text: str) -> float:
    """Return a number as typed, ``80%`` as 0.8."""
    return float(text.rstrip(" %")) / 100 if text.rstrip().endswith("%") else float(text)


def _answer(given: argparse.Namespace) -> int:
    check_out(given.out)
    plan = read_solvable(given.file)
    addresses = tuple(numeric_cell(plan, text) for text in given.vary)
    between = _bounds(plan, addresses[0], given.between) if given.between else None
    with shown_progress():
        answer = goal_seek(
            plan, addresses, given.measure, given.target, between=between,
            scenario=scenario_asked(plan, given.scenario), draws=given.draws, seed=given.seed,
        )  # fmt: skip
    return deliver(answer, given.out, as_json=given.json)


def _bounds(plan: Plan, address: Address, texts: Sequence[str]) -> tuple[float, float]:
    low, high = (cell_value(plan, address, text) for text in texts)
    return low, high


QUESTION: Final = Question(
    "goalseek",
    "find the value that brings a measure to a target",
    'aluplanner goalseek china-2017.xlsx --vary "actions/Shandong clean-up/implementation"'
    ' --measure "balance 2017H2 sum" --target 0',
    _declare,
    _answer,
    "Says whether no value, one or several between the bounds bring the measure to the target, and which. The measure"
    " may be a statistic of the Monte Carlo: P(stock 2017-12 end < 1000), p80(balance 2017 sum), mean(price 2017 end).",
)
