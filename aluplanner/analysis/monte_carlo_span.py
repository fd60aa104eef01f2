"""Some of the draws of a Monte Carlo, run apart from the others (section 11 of the model page)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from aluplanner.analysis.sampling import Draws, draw_inputs, drawn_cells
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array, Inputs
from aluplanner.model.measure import Measure
from aluplanner.model.plan import TABLES, Plan, plan_from_tables
from aluplanner.model.progress import part_of_work, tell_progress
from aluplanner.model.rows import Rows
from aluplanner.model.solver import batch_inputs, block_size, runs_of

_DRAWING: Final = 0.15
"""Part of the work that the drawing is taken for."""


@dataclass(frozen=True, eq=False)
class Task:
    """What is drawn and what is kept of it; it goes from process to process.

    Attributes
    ----------
    plan, scenario
        The plan, and the scenario whose uncertain cells are drawn.
    draws, seed, sampling
        How many draws, their seed and how they are spread, see :func:`aluplanner.analysis.sampling.draw_inputs`.
    series
        The country's series to keep.
    measures
        The measures to keep.
    """

    plan: Plan
    scenario: str
    draws: int
    seed: int
    sampling: str
    series: tuple[str, ...]
    measures: tuple[Measure, ...]

    def __reduce__(self) -> tuple[Callable[..., "Task"], tuple[Any, ...]]:
        # a plan goes as what it states: what is kept with it, and the workbook's bytes, stay behind
        tables = {name: (rows.records, dict(rows.unread)) for name in TABLES if len(rows := self.plan.table(name))}
        rest = (self.scenario, self.draws, self.seed, str(self.sampling), self.series, self.measures)
        return _unpacked, (tables, *rest)


def _unpacked(tables: dict[str, tuple[Any, Any]], *rest: Any) -> Task:
    rows = {name: Rows(TABLES[name], records, unread) for name, (records, unread) in tables.items()}
    return Task(plan_from_tables(rows), *rest)


@dataclass(frozen=True, eq=False)
class Part:
    """What some draws say.

    Attributes
    ----------
    series
        Shape ``(draws, months)`` each; months lie one after another in memory, all draws of one together.
    measured
        Shape ``(measures, draws)``.
    """

    series: dict[str, Array]
    measured: Array


@dataclass(frozen=True, eq=False)
class Prepared:
    """A task whose cells are drawn."""

    task: Task
    drawn: Draws
    inputs: Inputs

    @property
    def block(self) -> int:
        """How many draws are run together: spans begin at multiples of it."""
        return block_size(self.inputs, measures=self.task.measures)


def prepare(task: Task) -> Prepared:
    """Draw the uncertain cells of a task; where a scenario leaves nothing uncertain, every draw is its one balance.

    Raises
    ------
    PlanError
        If the plan has errors or fewer than one draw is asked for.
    """
    if drawn_cells(task.plan, task.scenario)[0] or task.draws < 1:
        drawn = draw_inputs(task.plan, task.draws, task.seed, scenario=task.scenario, sampling=task.sampling)
    else:
        drawn = Draws({}, notes=(tr("Nothing is uncertain in it: every draw is the same."),))
    return Prepared(task, drawn, batch_inputs(task.plan, drawn.values, task.scenario))


def run_span(task: Task, first: int, last: int, run: str = "") -> Part:
    """Run the draws from ``first`` up to, but without, ``last``: a pure function of what it is given.

    Parameters
    ----------
    task
        What is drawn and kept.
    first, last
        ``first`` is a multiple of :attr:`Prepared.block`, so that spans run apart give the bits of one long run.
    run
        What tells this run from all others; a worker that meets it again need not draw anew.
    """
    prepared = _prepared.get(run) or prepare(task)
    if run and run not in _prepared:
        _prepared.clear()
        _prepared[run] = prepared
    return run_prepared(prepared, first, last)


_prepared: Final[dict[str, Prepared]] = {}
"""The run that this process worked on last."""


def run_prepared(prepared: Prepared, first: int, last: int) -> Part:
    """Run some draws of what is prepared already, see :func:`run_span`."""
    task, inputs = prepared.task, prepared.inputs
    months = _months(inputs)
    is_varied = bool(prepared.drawn.values)
    count = last - first if is_varied else 1
    series = {name: np.empty((months, count)).T for name in task.series}
    measured = np.empty((len(task.measures), count))
    span = slice(first, last) if is_varied else slice(0, 1)
    for part, batch in runs_of(inputs, series=task.series, measures=task.measures, draws=span):
        here = slice(part.start - span.start, part.stop - span.start)
        for name, kept in series.items():
            kept[here] = batch.series(name)
        for row, measure in enumerate(task.measures):
            measured[row, here] = batch.measure(measure)
    if is_varied:
        return Part(series, measured)
    full = {name: np.repeat(kept.T, last - first, axis=1).T for name, kept in series.items()}
    return Part(full, np.repeat(measured, last - first, axis=1))


def _months(inputs: Inputs) -> int:
    return len(inputs.plan.horizon or ())


def joined(parts: Sequence[Part]) -> Part:
    """Return parts as one, in the order given."""
    if len(parts) == 1:
        return parts[0]
    names = parts[0].series
    series = {name: np.concatenate([part.series[name].T for part in parts], axis=1).T for name in names}
    return Part(series, np.concatenate([part.measured for part in parts], axis=1))


def spans(draws: int, block: int, most: int) -> Iterable[tuple[int, int]]:
    """Yield at most ``most`` spans that together are all draws, each but the last a multiple of the block long."""
    blocks = -(-draws // block)
    step = block * -(-blocks // max(1, most))
    for first in range(0, draws, step):
        yield first, min(draws, first + step)


def run_all(prepared: Prepared) -> Part:
    """Run every draw here, telling how far it has come."""
    tell_progress(_DRAWING)
    with part_of_work(_DRAWING, 1.0):
        return run_prepared(prepared, 0, prepared.task.draws)
