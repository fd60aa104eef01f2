"""Monte Carlo: what the ranges of the Uncertainty table make of the balance (section 11 of the model page)."""

import math
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import Final, NoReturn

import numpy as np

from aluplanner.analysis.answer_table import AnswerTable
from aluplanner.analysis.monte_carlo_paired import Paired, paired_balances, paired_measure
from aluplanner.analysis.monte_carlo_ranks import percentiles
from aluplanner.analysis.monte_carlo_scenario import LEVELS, ScenarioDraws
from aluplanner.analysis.monte_carlo_span import Part, Prepared, Task, prepare
from aluplanner.analysis.monte_carlo_words import skew_notes
from aluplanner.analysis.monte_carlo_workers import run_draws
from aluplanner.analysis.question_error import QuestionError
from aluplanner.analysis.sampling import drawn_cells
from aluplanner.analysis.streams import Sampling
from aluplanner.i18n import tr
from aluplanner.model.calendar import Horizon
from aluplanner.model.inputs import Array
from aluplanner.model.layers import is_base
from aluplanner.model.measure import COUNTRY_SERIES, Measure, MeasureError, parse_measure
from aluplanner.model.plan import Address, Plan
from aluplanner.model.progress import Cancelled, Progress, part_of_work, tell_progress, watched
from aluplanner.model.scenarios import BASE
from aluplanner.model.solver import solve

DRAWS: Final = 10_000
SERIES: Final = ("balance", "stock", "stock_days", "price", "production", "consumption", "operating")
"""What a Monte Carlo keeps unless asked for more."""

_NEEDED: Final = ("balance", "consumption", "stock")
"""What market states and thresholds are read from."""
_RUNNING: Final = 0.85
"""Part of a scenario's work that the runs are taken for; the rest is putting in order."""
_BAND: Final = Address("assumptions", "balance_band", "value")


@dataclass(frozen=True, eq=False)
class MonteCarlo:
    """The draws of one or several scenarios.

    Attributes
    ----------
    draws, seed, sampling
        How it was drawn: the same three give the same numbers on any machine.
    scenarios
        The draws of each, by name, in the order asked for. Draw 17 of one meets what draw 17 of another meets.
    measures
        The measures asked for.
    thresholds
        Levels of stock, kt, that were asked for.
    notes
        What a reader should know, in words.
    """

    draws: int
    seed: int
    sampling: str
    scenarios: Mapping[str, ScenarioDraws]
    measures: tuple[Measure, ...]
    thresholds: tuple[float, ...]
    notes: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The scenarios."""
        return tuple(self.scenarios)

    @property
    def horizon(self) -> Horizon:
        """The months."""
        return next(iter(self.scenarios.values())).horizon

    def of(self, scenario: str | None = None) -> ScenarioDraws:
        """Return the draws of a scenario; of the first by default.

        Raises
        ------
        KeyError
            If it was not drawn.
        """
        return self.scenarios[self.names[0] if scenario is None else scenario]

    def percentiles(self, series: str, scenario: str | None = None) -> Array:
        """Return a series' percentiles 5, 25, 50, 75 and 95 by month, shape ``(5, months)``, in its unit.

        Raises
        ------
        KeyError
            If the series was not asked for, or the scenario was not drawn.
        """
        return self.of(scenario).fans[series]

    def differences(self, first: str, second: str) -> tuple[Paired, ...]:
        """Return how one scenario differs from another draw by draw: in every measure, then period by period."""
        ours, theirs = self.of(first), self.of(second)
        measured = tuple(paired_measure(ours, theirs, measure) for measure in self.measures)
        known = {each.label for each in measured}
        return (*measured, *(each for each in paired_balances(ours, theirs) if each.label not in known))

    def tables(self) -> tuple[AnswerTable, ...]:
        """Return the answer as tables: market states, measures, stock, correlations, differences, months."""
        from aluplanner.analysis.monte_carlo_tables import monte_carlo_tables

        return monte_carlo_tables(self)

    def as_json(self) -> dict[str, object]:
        """Return the answer in full precision, without the single draws."""
        from aluplanner.analysis.monte_carlo_json import monte_carlo_json

        return monte_carlo_json(self)


def monte_carlo(
    plan: Plan,
    *,
    draws: int = DRAWS,
    seed: int = 1,
    scenarios: Sequence[str] | None = None,
    sampling: Sampling | str = Sampling.RANDOM,
    measures: Iterable[str | Measure] = (),
    thresholds: Iterable[float] = (),
    series: Iterable[str] = SERIES,
    executor: Executor | None = None,
    cancelled: Cancelled = None,
    progress: Progress = None,
) -> MonteCarlo:
    """Return what the ranges of the Uncertainty table make of the balance.

    Parameters
    ----------
    plan
        The plan.
    draws, seed
        How many draws, and their seed.
    scenarios
        The scenarios, ``"Base"`` for the base, which alone is drawn by default. All meet the same draws; cells that a
        scenario states itself are not drawn in it.
    sampling
        ``random``, ``latin`` (Latin hypercube) or ``sobol`` (scrambled Sobol sequence).
    measures
        Measures to keep, such as ``"balance 2017H2 sum"``.
    thresholds
        Levels of stock, kt, to say the probability of being below.
    series
        The country's series to keep (section 10) besides balance, consumption and stock.
    executor
        Whose workers run the draws; by default this thread. The numbers are the same.
    cancelled, progress
        Asked and told between pieces of the work.

    Raises
    ------
    PlanError
        If the plan has errors, nothing is uncertain, there is no such scenario, or what is asked makes no sense.
    MeasureError
        If a measure cannot be read.
    SolveCancelled
        When ``cancelled`` said so.
    """
    with watched(cancelled, progress):
        names = _scenarios(plan, scenarios)
        method = _sampling(sampling)
        levels = _thresholds(thresholds)
        asked = tuple(parse_measure(each, plan) if isinstance(each, str) else each for each in measures)
        kept = _series(series)
        if draws >= 1 and not any(drawn_cells(plan, name)[0] for name in names):
            _refuse("no-uncertainty", tr("No cell is uncertain here."), tr("Give cells and ranges in Uncertainty."))
        found: dict[str, ScenarioDraws] = {}
        for place, name in enumerate(names):
            with part_of_work(place / len(names), (place + 1) / len(names)):
                task = Task(plan, name, draws, seed, method, kept, tuple(dict.fromkeys(asked)))
                found[name] = _drawn(task, executor)
        return MonteCarlo(draws, seed, method, found, tuple(dict.fromkeys(asked)), levels, _notes(found))


def _drawn(task: Task, executor: Executor | None) -> ScenarioDraws:
    prepared = prepare(task)
    with part_of_work(0.0, _RUNNING):
        part = run_draws(prepared, executor)
    with part_of_work(_RUNNING, 1.0):
        return _in_order(prepared, part)


def _in_order(prepared: Prepared, part: Part) -> ScenarioDraws:
    task = prepared.task
    fans = {}
    for place, (name, numbers) in enumerate(part.series.items()):
        tell_progress(place / len(part.series))
        fans[name] = percentiles(numbers, LEVELS)
    balance = solve(task.plan, task.scenario)
    inputs = {address: np.asarray(values) for address, values in prepared.drawn.values.items()}
    stated = balance.plan.assumption("balance_band")
    band = inputs.get(_BAND, np.array([stated if isinstance(stated, float) else 0.0]))
    drawn = ScenarioDraws(
        task.scenario, balance, inputs, part.series, fans, task.measures, part.measured, band,
        drawn_cells(task.plan, task.scenario)[0], prepared.drawn.notes,
    )  # fmt: skip
    return replace(drawn, notes=(*drawn.notes, *skew_notes(task.plan, drawn)))


def _notes(found: Mapping[str, ScenarioDraws]) -> tuple[str, ...]:
    """Return each scenario's notes once; those that do not hold for all of them say for which."""
    by_note: dict[str, list[str]] = {}
    for name, drawn in found.items():
        for note in drawn.notes:
            by_note.setdefault(note, []).append(tr("Base") if name == BASE else name)
    return tuple(_said_of(note, names, len(found)) for note, names in by_note.items())


def _said_of(note: str, names: list[str], scenarios: int) -> str:
    names_one = any(note.startswith(name) for name in names)
    return note if names_one or len(names) == scenarios else f"{', '.join(names)}: {note}"


# What makes sense


def _refuse(code: str, message: str, remedy: str) -> NoReturn:
    raise QuestionError(code, message, remedy)


def _scenarios(plan: Plan, names: Sequence[str] | None) -> tuple[str, ...]:
    spelled = []
    for name in names or (BASE,):
        found = None if is_base(name) else plan.scenarios.find(name)
        if found is None and not is_base(name):
            known = ", ".join((BASE, *plan.scenario_names))
            message = tr("There is no scenario “{name}”.", name=name)
            _refuse("scenario", message, tr("The plan has: {scenarios}.", scenarios=known))
        spelled.append(BASE if found is None else str(found.scenario))
    return tuple(dict.fromkeys(spelled))


def _sampling(method: Sampling | str) -> Sampling:
    if method not in tuple(Sampling):
        message = tr("There is no sampling “{name}”.", name=str(method))
        _refuse("sampling", message, tr("Choose {choices}.", choices=", ".join(Sampling)))
    return Sampling(method)


def _thresholds(levels: Iterable[float]) -> tuple[float, ...]:
    numbers = tuple(dict.fromkeys(float(level) for level in levels))
    if not all(map(math.isfinite, numbers)):
        _refuse("threshold", tr("A threshold is no number."), tr("Give levels of stock in kt."))
    return numbers


def _series(names: Iterable[str]) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys((*_NEEDED, *names)))
    for name in asked:
        if name not in COUNTRY_SERIES:
            raise MeasureError(
                tr("There is no series “{name}”.", name=name),
                tr("Choose {choices}.", choices=", ".join(COUNTRY_SERIES)),
            )
    return asked
