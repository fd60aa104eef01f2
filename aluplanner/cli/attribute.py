"""``aluplanner attribute``: what each action, or each other change, did to a measure."""

import argparse
from typing import Final

from aluplanner.analysis.attribution import attribute
from aluplanner.analysis.attribution_groups import By
from aluplanner.cli.answers import check_out, deliver, shown_progress
from aluplanner.cli.exits import UsageError
from aluplanner.cli.plans import read_solvable, scenario_asked
from aluplanner.cli.question import Question, add_measure, add_scenario
from aluplanner.i18n import tr


def _declare(parser: argparse.ArgumentParser) -> None:
    add_scenario(parser)
    parser.add_argument(
        "--against",
        metavar="NAME",
        help=tr("the scenario to start from, Base for the base plan; without it the scenario without its actions"),
    )
    add_measure(parser)
    parser.add_argument(
        "--by",
        choices=[str(by) for by in By],
        default=str(By.ACTION),
        help=tr("what the contributions are added up by"),
    )
    parser.add_argument(
        "--permutations",
        type=int,
        metavar="N",
        help=tr("how many orders to sample; without it all orders of up to 12 changes count, else as many as it takes"),
    )
    parser.add_argument("--seed", type=int, default=1, metavar="S", help=tr("of the sample; the same, the same answer"))


def _answer(given: argparse.Namespace) -> int:
    check_out(given.out)
    if given.permutations is not None and (given.permutations < 4 or given.permutations % 2):
        raise UsageError(tr("Orders are sampled in pairs: give --permutations an even number of 4 or more."))
    plan = read_solvable(given.file)
    scenario = scenario_asked(plan, given.scenario)
    against = None if given.against is None else scenario_asked(plan, given.against)
    with shown_progress():
        found = attribute(
            plan,
            given.measure,
            scenario=scenario,
            against=against,
            by=given.by,
            seed=given.seed,
            permutations=given.permutations,
        )
    return deliver(found, given.out, as_json=given.json)


QUESTION: Final = Question(
    "attribute",
    "say what each action did to a measure",
    'aluplanner attribute china-2017.xlsx --scenario "Strong enforcement H2" --against Base'
    ' --measure "balance 2017H2 sum"',
    _declare,
    _answer,
    "Contributions are Shapley values: what an action changes, as the mean over all orders in which the actions can"
    " come one after the other. They add up to the difference. Between two scenarios every input that differs has its"
    " share.",
)
