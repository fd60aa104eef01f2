"""What an analysis aims at: a measure, or a statistic of it over the draws of the Monte Carlo (section 11)."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from aluplanner.analysis.sampling import draw_inputs
from aluplanner.analysis.streams import Sampling
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.model.measure import Measure, MeasureError, parse_measure
from aluplanner.model.plan import Address, Plan
from aluplanner.model.progress import part_of_work
from aluplanner.model.solver import measure_batch

_STATISTIC = re.compile(r"\s*(p|mean|p(\d{1,2}(?:\.\d+)?))\s*\((.*)\)\s*", re.IGNORECASE | re.DOTALL)
_COMPARED = re.compile(r"(.*?)(<=|>=|≤|≥|<|>)\s*(\S+)\s*", re.DOTALL)
_SIGNS: Final = {"≤": "<=", "≥": ">="}
_TEST: Final = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}

DRAWS: Final = 2_000
"""Draws behind a statistic, unless more are asked for."""


class Statistic(StrEnum):
    """What is taken of a measure's draws."""

    NONE = ""
    MEAN = "mean"
    PERCENTILE = "percentile"
    PROBABILITY = "probability"


@dataclass(frozen=True, slots=True)
class Objective:
    """A measure, or a statistic of it over draws.

    Attributes
    ----------
    measure
        What is measured in each draw.
    statistic
        What is taken of the draws; ``NONE`` for the plain measure of the plan as it stands.
    level
        The percentile, 0 to 100, or the value that a probability compares with, in the measure's unit.
    relation
        How a probability compares: ``<``, ``<=``, ``>`` or ``>=``.
    """

    measure: Measure
    statistic: Statistic = Statistic.NONE
    level: float = 0.0
    relation: str = ""

    @property
    def is_statistic(self) -> bool:
        """Whether it takes draws."""
        return self.statistic is not Statistic.NONE

    @property
    def is_probability(self) -> bool:
        """Whether its values are probabilities, 0 to 1."""
        return self.statistic is Statistic.PROBABILITY

    @property
    def unit(self) -> str:
        """Unit of its values; ``fraction`` for a probability."""
        return "fraction" if self.is_probability else self.measure.unit

    def __str__(self) -> str:
        match self.statistic:
            case Statistic.MEAN:
                return f"mean({self.measure})"
            case Statistic.PERCENTILE:
                return f"p{self.level:.15g}({self.measure})"
            case Statistic.PROBABILITY:
                return f"P({self.measure} {self.relation} {self.level:.15g})"
            case _:
                return str(self.measure)

    def reduce(self, draws: Array) -> Array:
        """Return the statistic over the last axis, shape as ``draws`` without it; blank draws count nothing."""
        if not self.is_statistic:
            return np.asarray(draws[..., 0])
        if np.isfinite(draws).all():
            return self._of_known(draws)
        rows = draws.reshape(-1, draws.shape[-1])
        known = [row[np.isfinite(row)] for row in rows]
        found = [float(self._of_known(row)) if row.size else np.nan for row in known]
        return np.reshape(found, draws.shape[:-1])

    def _of_known(self, draws: Array) -> Array:
        match self.statistic:
            case Statistic.MEAN:
                return np.asarray(draws.mean(axis=-1))
            case Statistic.PERCENTILE:
                return np.asarray(np.percentile(draws, self.level, axis=-1))
            case _:
                return np.asarray(_TEST[self.relation](draws, self.level).mean(axis=-1))


def parse_objective(text: str, plan: Plan) -> Objective:
    """Return what a text asks for: a measure, ``mean(…)``, ``p80(…)`` or ``P(… < 1000)``.

    Raises
    ------
    MeasureError
        If it cannot be read.
    """
    found = _STATISTIC.fullmatch(text or "")
    if not found:
        return Objective(parse_measure(text, plan))
    if found[1].casefold() == "mean":
        return Objective(parse_measure(found[3], plan), Statistic.MEAN)
    if found[2] is not None:
        return Objective(parse_measure(found[3], plan), Statistic.PERCENTILE, float(found[2]))
    return _probability(text, found[3], plan)


def _probability(text: str, inside: str, plan: Plan) -> Objective:
    compared = _COMPARED.fullmatch(inside)
    if not compared:
        raise MeasureError(
            tr("“{text}” does not say what the measure is compared with.", text=text),
            tr("Write it as P(stock 2017-12 end < 1000), with <, <=, > or >=."),
        )
    try:
        level = float(compared[3].replace(",", ""))
        if math.isnan(level):
            raise ValueError
    except ValueError:
        raise MeasureError(
            tr("“{text}” is not a number.", text=compared[3]), tr("Compare with a number in the measure's unit.")
        ) from None
    relation = _SIGNS.get(compared[2], compared[2])
    return Objective(parse_measure(compared[1], plan), Statistic.PROBABILITY, level, relation)


def evaluate(
    plan: Plan,
    vary: Mapping[Address, Array],
    objectives: Sequence[Objective],
    *,
    scenario: str | None = None,
    draws: int = DRAWS,
    seed: int = 1,
) -> Array:
    """Return objectives at some points, each a set of values of a few cells.

    Every point meets the same draws of the uncertain cells (common random numbers), so that differences between points
    are those of the points. A cell that is varied is not drawn.

    Parameters
    ----------
    plan, scenario
        The plan, and the scenario whose cells the points replace.
    vary
        Values by address, shape ``(points,)`` each.
    objectives
        What is asked at each point.
    draws, seed
        For those that are statistics.

    Returns
    -------
    Array
        Shape ``(objectives, points)``; NaN where a measure is blank.

    Raises
    ------
    PlanError
        If the plan has errors, or a statistic is asked for and nothing is uncertain.
    SolveCancelled
        When that is asked for around it.
    """
    points = max((len(values) for values in vary.values()), default=1)
    found = np.empty((len(objectives), points))
    plain = [row for row, each in enumerate(objectives) if not each.is_statistic]
    drawn = [row for row, each in enumerate(objectives) if each.is_statistic]
    if plain:
        with part_of_work(0.0, 1.0 / (1 + points * bool(drawn))):
            found[plain] = measure_batch(plan, vary, [objectives[row].measure for row in plain], scenario=scenario)
    if drawn:
        found[drawn] = _statistics(plan, vary, [objectives[row] for row in drawn], scenario, draws, seed)
    return found


def _statistics(
    plan: Plan,
    vary: Mapping[Address, Array],
    objectives: Sequence[Objective],
    scenario: str | None,
    draws: int,
    seed: int,
) -> Array:
    spelled = {plan.spelled(address) or address: values for address, values in vary.items()}
    uncertain = draw_inputs(plan, draws, seed, scenario=scenario, sampling=Sampling.LATIN).values
    others = {address: values for address, values in uncertain.items() if address not in spelled}
    points = max((len(values) for values in spelled.values()), default=1)
    found = np.empty((len(objectives), points))
    for point in range(points):
        varied = others | {address: np.full(draws, values[point]) for address, values in spelled.items()}
        with part_of_work(point / points, (point + 1) / points):
            measured = measure_batch(plan, varied, [each.measure for each in objectives], scenario=scenario)
        found[:, point] = [each.reduce(measured[row]) for row, each in enumerate(objectives)]
    return found
