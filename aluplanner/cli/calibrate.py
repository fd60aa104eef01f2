"""``aluplanner calibrate``: fit cells to what really happened."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from aluplanner.analysis.answer_scenario import with_answer
from aluplanner.analysis.calibration import ACTUALS, Calibration, calibrate
from aluplanner.analysis.calibration_words import headline_of
from aluplanner.analysis.cell_range import natural_range
from aluplanner.analysis.cell_values import plan_with_cells
from aluplanner.analysis.named_cells import numeric_cell
from aluplanner.cli.answers import check_out, deliver, shown_progress
from aluplanner.cli.cells import cell_value
from aluplanner.cli.exits import UsageError
from aluplanner.cli.output import say
from aluplanner.cli.plans import read_solvable, scenario_asked
from aluplanner.cli.question import Question, add_scenario
from aluplanner.i18n import tr
from aluplanner.model.plan import Address, Plan
from aluplanner.workbook.write import write_plan

_MOST_PARTS: Final = 3


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--vary", action="append", nargs="+", required=True, metavar=("ADDRESS", "LOW HIGH"),
        help=tr("a cell to fit, as table/row/column, and its bounds as typed into it; may be given again"),
    )  # fmt: skip
    parser.add_argument(
        "--series", nargs="+", choices=tuple(ACTUALS), default=list(ACTUALS), help=tr("the actuals to fit")
    )
    parser.add_argument("--until", metavar="MONTH", help=tr("the last month whose actuals count, as 2017-06"))
    add_scenario(parser)
    parser.add_argument(
        "--save-scenario", nargs=2, metavar=("NAME", "OUT.xlsx"),
        help=tr("write a copy of the plan with the fitted cells as a scenario of this name"),
    )  # fmt: skip


def _answer(given: argparse.Namespace) -> int:
    check_out(given.out)
    if given.save_scenario:
        _check_copy(given.file, Path(given.save_scenario[1]))
    plan = read_solvable(given.file)
    scenario = scenario_asked(plan, given.scenario)
    cells = dict(_cell(plan, scenario, parts) for parts in given.vary)
    with shown_progress():
        answer = calibrate(plan, cells, series=given.series, scenario=scenario, until=given.until)
    if given.save_scenario:
        _save(plan, answer, scenario, *given.save_scenario)
    return deliver(answer, given.out, as_json=given.json)


def _cell(plan: Plan, scenario: str, parts: Sequence[str]) -> tuple[Address, tuple[float, float]]:
    address = numeric_cell(plan, parts[0])
    if len(parts) == 1:
        return address, natural_range(plan_with_cells(plan, scenario, {address: None}), address, is_widest=True)
    if len(parts) != _MOST_PARTS:
        raise UsageError(tr("Give “{cell}” both bounds or none.", cell=parts[0]))
    return address, (cell_value(plan, address, parts[1]), cell_value(plan, address, parts[2]))


def _check_copy(file: Path, out: Path) -> None:
    """Say before any work that the copy may not be the plan itself, which a calibration leaves as it is."""
    if out.exists() and file.exists() and out.samefile(file):
        raise UsageError(tr("{name} is the plan itself: give the copy a name of its own.", name=out.name))


def _save(plan: Plan, answer: Calibration, scenario: str, name: str, out: str) -> None:
    about = tr("Fitted to actuals: {sentence}", sentence=headline_of(answer))
    write_plan(with_answer(plan, name, answer.values, scenario, about), Path(out))
    say(tr("Wrote {name}.", name=Path(out).name))


QUESTION: Final = Question(
    "calibrate",
    "fit cells to what really happened",
    'aluplanner calibrate china-2017.xlsx --vary "assumptions/load_factor/value" 0.98 1.05',
    _declare,
    _answer,
    "Finds the values, within bounds, with which the model comes nearest to the actuals of Monthly, and shows what is"
    " left. The plan is not changed; --save-scenario writes a copy in which the fitted cells are a scenario.",
)
