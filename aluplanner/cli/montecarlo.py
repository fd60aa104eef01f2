"""``aluplanner montecarlo``: what the ranges of the Uncertainty table make of the balance."""

import argparse
from dataclasses import dataclass, replace
from typing import Final

from aluplanner.analysis.answer_table import AnswerTable
from aluplanner.analysis.monte_carlo import DRAWS, MonteCarlo, monte_carlo
from aluplanner.analysis.monte_carlo_tables import MONTHS
from aluplanner.analysis.streams import Sampling
from aluplanner.cli.answers import check_out, deliver, shown_progress
from aluplanner.cli.exits import UsageError
from aluplanner.cli.plans import read_solvable, scenarios_asked
from aluplanner.cli.question import Question
from aluplanner.cli.workers import add_workers, asked_executor
from aluplanner.i18n import tr
from aluplanner.model.plan import Plan
from aluplanner.model.scenarios import BASE


@dataclass(frozen=True)
class _Brief:
    """An answer for the terminal: without the months, which are hundreds of lines, and without other periods."""

    whole: MonteCarlo
    period: str | None

    def tables(self) -> tuple[AnswerTable, ...]:
        return tuple(self._brief(table) for table in self.whole.tables() if table.name != MONTHS)

    def _brief(self, table: AnswerTable) -> AnswerTable:
        place = next((i for i, column in enumerate(table.columns) if column.heading == tr("Period")), None)
        if place is None:
            return table
        return replace(table, rows=tuple(row for row in table.rows if self._is_wanted(str(row[place]))))

    def _is_wanted(self, period: str) -> bool:
        label = period.split(" ", maxsplit=1)[0]
        return "Q" not in label if self.period is None else label == self.period

    def as_json(self) -> dict[str, object]:
        return self.whole.as_json()


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--draws", type=int, default=DRAWS, metavar="N", help=tr("how many draws; {count} by default", count=DRAWS)
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help=tr("the same seed gives the same numbers; 1 by default")
    )
    parser.add_argument(
        "--scenario", nargs="+", action="extend", metavar="NAME",
        help=tr("the scenarios, Base for the base plan; all meet the same draws; without it the base"),
    )  # fmt: skip
    parser.add_argument(
        "--measure", action="append", default=[], metavar="MEASURE",
        help=tr("what is measured, such as “balance 2017H2 sum”; may be given several times"),
    )  # fmt: skip
    parser.add_argument(
        "--threshold", nargs="+", action="extend", type=float, default=[], metavar="KT",
        help=tr("levels of visible stock, kt, to say the probability of being below"),
    )  # fmt: skip
    parser.add_argument(
        "--sampling", choices=tuple(map(str, Sampling)), default=str(Sampling.RANDOM),
        help=tr("independent random draws, a Latin hypercube or a Sobol sequence"),
    )  # fmt: skip
    parser.add_argument(
        "--period", metavar="PERIOD", help=tr("only the market states of this period, as 2017H2 or 2017Q3")
    )
    add_workers(parser)


def _answer(given: argparse.Namespace) -> int:
    check_out(given.out)
    if given.draws < 1:
        raise UsageError(tr("{count} draws were asked for: ask for at least one.", count=given.draws))
    found = _ask(read_solvable(given.file), given)
    return deliver(found if given.out is not None else _Brief(found, given.period), given.out, as_json=given.json)


def _ask(plan: Plan, given: argparse.Namespace) -> MonteCarlo:
    names = scenarios_asked(plan, given.scenario) if given.scenario else (BASE,)
    with asked_executor(given) as executor, shown_progress():
        return monte_carlo(
            plan, draws=given.draws, seed=given.seed, scenarios=names, sampling=given.sampling,
            measures=given.measure, thresholds=given.threshold, executor=executor,
        )  # fmt: skip


QUESTION: Final = Question(
    name="montecarlo",
    does="say how likely each outcome is, from the ranges of Uncertainty",
    example='aluplanner montecarlo china-2017.xlsx --measure "balance 2017H2 sum" --threshold 1000',
    declare=_declare,
    answer=_answer,
    about="Draws every cell of Uncertainty from its range and says how likely each market state is, how the measures"
    " spread, what they go with, and how scenarios differ draw by draw. --out writes the fans of each month too.",
)
