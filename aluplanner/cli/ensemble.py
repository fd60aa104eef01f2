"""``aluplanner ensemble``: several plans under the same draws."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from aluplanner.analysis.ensemble import ensemble
from aluplanner.analysis.monte_carlo import DRAWS
from aluplanner.analysis.streams import Sampling
from aluplanner.cli.answers import check_out, deliver, shown_progress
from aluplanner.cli.plans import read_solvable
from aluplanner.cli.question import Question
from aluplanner.cli.workers import add_workers, asked_executor
from aluplanner.i18n import tr
from aluplanner.model.plan import Plan

_MEASURE: Final = "balance all sum"


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("others", type=Path, nargs="*", metavar="OTHER", help=tr("more plans, compared with the first"))
    parser.add_argument(
        "--scenario", nargs="+", action="extend", metavar="NAME", help=tr("scenarios; without it the base")
    )
    parser.add_argument(
        "--measure", action="append", metavar="MEASURE",
        help=tr("what is measured, such as “balance 2017H2 sum”; may be given several times"),
    )  # fmt: skip
    parser.add_argument("--draws", type=int, default=DRAWS, metavar="N", help=tr("how many draws"))
    parser.add_argument("--seed", type=int, default=1, metavar="S", help=tr("the same seed gives the same numbers"))
    parser.add_argument("--sampling", choices=tuple(map(str, Sampling)), default=str(Sampling.RANDOM),
                        help=tr("how draws are spread"))  # fmt: skip
    add_workers(parser)


def _answer(given: argparse.Namespace) -> int:
    check_out(given.out)
    plans = _read([given.file, *given.others])
    with asked_executor(given) as executor, shown_progress():
        answer = ensemble(
            plans, given.measure or [_MEASURE], scenarios=given.scenario, draws=given.draws, seed=given.seed,
            sampling=given.sampling, executor=executor,
        )  # fmt: skip
    return deliver(answer, given.out, as_json=given.json)


def _read(files: Sequence[Path]) -> dict[str, Plan]:
    """Return the plans by file name, by path where names repeat."""
    each = list(dict.fromkeys(files))
    names = [file.name for file in each]
    return {(file.name if names.count(file.name) == 1 else str(file)): read_solvable(file) for file in each}


QUESTION: Final = Question(
    "ensemble",
    "compare several plans, scenario by scenario, under the same draws",
    'aluplanner ensemble june.xlsx july.xlsx --scenario Base "Weak demand" --measure "balance 2017H2 sum" --workers 0',
    _declare,
    _answer,
    "Plans × scenarios × draws: how each measure spreads in every plan and scenario, and how the plans differ draw by"
    " draw from the first. A cell that is uncertain in two plans meets the same chances in both.",
)
