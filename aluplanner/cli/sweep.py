"""``aluplanner sweep``: a measure over a grid of two cells, or along one."""

import argparse
from collections.abc import Sequence
from typing import Final

from aluplanner.analysis.named_cells import numeric_cell
from aluplanner.cli.answers import check_out, deliver, shown_progress
from aluplanner.cli.cells import cell_value
from aluplanner.cli.exits import UsageError
from aluplanner.cli.plans import read_solvable, scenario_asked
from aluplanner.cli.question import Question, add_measure, add_scenario
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.model.plan import Address, Plan

_MOST: Final = 100_000


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--vary", action="append", nargs="+", required=True, metavar=("ADDRESS", "LOW HIGH N"),
        help=tr(
            "a cell, as table/row/column, its bounds as they would be typed into it (below zero without a percent sign:"
            " -0.05), and the number of values, bounds included; given twice for a grid. Without bounds those of"
            " Uncertainty or of the column, without N eleven values"
        ),
    )  # fmt: skip
    add_measure(parser)
    parser.add_argument(
        "--contour", type=float, metavar="X", help=tr("tell where the measure comes to X; for a balance it is 0")
    )
    add_scenario(parser)
    parser.add_argument("--draws", type=int, metavar="N", help=tr("draws behind P(…), p80(…), mean(…)"))
    parser.add_argument("--seed", type=int, default=1, metavar="S", help=tr("seed of the draws"))


def _answer(given: argparse.Namespace) -> int:
    from aluplanner.analysis.objective import DRAWS
    from aluplanner.analysis.sweep import sweep

    check_out(given.out)
    plan = read_solvable(given.file)
    scenario = scenario_asked(plan, given.scenario)
    vary = _vary(plan, scenario, given.vary)
    with shown_progress():
        answer = sweep(
            plan, vary, given.measure, scenario=scenario, contour=given.contour,
            draws=DRAWS if given.draws is None else given.draws, seed=given.seed,
        )  # fmt: skip
    return deliver(answer, given.out, as_json=given.json)


def _vary(plan: Plan, scenario: str, given: Sequence[Sequence[str]]) -> dict[Address, Array]:
    """Return the values of each cell.

    Raises
    ------
    UsageError
        If there are not one or two cells, or what is said of one cannot be read.
    """
    if len(given) > 2:
        raise UsageError(tr("A sweep varies one cell or two: give --vary once or twice."))
    named = [_values(plan, scenario, words) for words in given]
    if len({address for address, _ in named}) < len(named):
        raise UsageError(tr("Both --vary name the same cell: name two different ones."))
    return dict(named)


def _values(plan: Plan, scenario: str, words: Sequence[str]) -> tuple[Address, Array]:
    from aluplanner.analysis.cell_range import natural_range
    from aluplanner.analysis.sweep import even_values
    from aluplanner.model.layers import resolve

    if len(words) not in (1, 3, 4):
        raise UsageError(
            tr("--vary takes ADDRESS, or ADDRESS LOW HIGH, or ADDRESS LOW HIGH N: “{words}” is none.",
               words=" ".join(words))
        )  # fmt: skip
    address = numeric_cell(plan, words[0])
    low, high = (
        (cell_value(plan, address, words[1]), cell_value(plan, address, words[2]))
        if len(words) > 1
        else natural_range(resolve(plan, scenario), address)
    )
    if not low < high:
        raise UsageError(tr("LOW must be less than HIGH in “{words}”.", words=" ".join(words)))
    return address, even_values(low, high, _count(words[3]) if len(words) > 3 else 11)


def _count(text: str) -> int:
    try:
        count = int(text)
    except ValueError:
        count = 0
    if not 2 <= count <= _MOST:
        raise UsageError(tr("N is a whole number of values, from 2 on, not “{text}”.", text=text))
    return count


QUESTION: Final = Question(
    "sweep",
    "a measure over a grid of two cells, or along one",
    'aluplanner sweep china-2017.xlsx --vary "actions/Shandong clean-up/implementation" 0% 100% 6'
    ' --vary assumptions/load_factor/value 0.9 1.02 7 --measure "balance 2017H2 sum"',
    _declare,
    _answer,
    "Prints the grid, says whether the measure comes to the value of --contour in it, and lists where. The measure may"
    " be a statistic of the Monte Carlo: P(stock 2017-12 end < 1000), p80(balance 2017 sum), mean(price 2017 end).",
)
