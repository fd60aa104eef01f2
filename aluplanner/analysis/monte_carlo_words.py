"""What a reader of a Monte Carlo should know: how sure it is, and why its middle is not the plan as it stands."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from aluplanner.analysis.answer_table import AnswerColumn, figure_text
from aluplanner.analysis.cell_values import own_value, plan_with_cells, value_text
from aluplanner.analysis.cell_words import cell_title
from aluplanner.analysis.monte_carlo_influences import grouped
from aluplanner.analysis.monte_carlo_ranks import percentiles
from aluplanner.analysis.monte_carlo_scenario import ScenarioDraws, Spread
from aluplanner.analysis.streams import Sampling
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.model.measure import Measure
from aluplanner.model.plan import Address, Plan
from aluplanner.model.scenarios import BASE
from aluplanner.model.solver import measure_batch

MUCH: Final = 0.25
"""Difference between plan and median, in standard deviations, that asks for a word."""
_WORTH: Final = 0.1
"""Part of that difference that an input must make to be named."""
_MOST_NAMED: Final = 3

_FIGURE: Final = AnswerColumn("", decimals=None)
_CHANGE: Final = AnswerColumn("", decimals=None, is_signed=True)
_PERCENT: Final = AnswerColumn("", decimals=0, is_percent=True)
_POINTS: Final = AnswerColumn("", decimals=2)


def standard_error(probability: float, draws: int) -> float:
    """Return the standard error of a probability that so many independent draws tell."""
    return math.sqrt(probability * (1.0 - probability) / draws)


def draws_note(draws: int, seed: int, sampling: str) -> str:
    """Return how the draws were made and how sure probabilities are."""
    how = {
        Sampling.RANDOM: tr("independent random draws"),
        Sampling.LATIN: tr("Latin hypercube"),
        Sampling.SOBOL: tr("scrambled Sobol sequence"),
    }[Sampling(sampling)]
    points = figure_text(_POINTS, 100.0 * standard_error(0.5, draws))
    never = figure_text(_POINTS, 100.0 * min(1.0, 3.0 / draws))
    sentence = tr(
        "{draws} draws, seed {seed}, {how}. Probabilities have a standard error of at most {points} percentage points;"
        " what happens in no draw has a probability below {never} % (95 % sure).",
        draws=f"{draws:,}", seed=str(seed), how=how, points=points, never=never,
    )  # fmt: skip
    if Sampling(sampling) is Sampling.RANDOM:
        return sentence
    return sentence + " " + tr("With this sampling they are mostly closer than that.")


def is_far(spread: Spread) -> bool:
    """Return whether the plan as it stands lies far from the middle of the draws."""
    if spread.plan is None or not spread.deviation > 0.0:
        return False
    return abs(spread.plan - spread.median) > MUCH * spread.deviation


def skew_notes(plan: Plan, drawn: ScenarioDraws) -> Iterator[str]:
    """Yield a sentence for each measure whose plan value lies far from the median of the draws, and why it does."""
    far = [measure for measure in drawn.measures if is_far(drawn.spread(measure))]
    if not far:
        return
    groups = _groups(plan, drawn)
    found = _at_medians(plan, drawn, groups, far)
    for row, measure in enumerate(far):
        yield _sentence(drawn, measure, list(zip(groups, (found[row, :-1] - found[row, -1]).tolist(), strict=True)))


@dataclass(frozen=True)
class _Group:
    """Inputs that move together, or one that is on its own."""

    plan: Plan
    factor: str
    cells: tuple[Address, ...]
    stated: float
    median: float

    @property
    def name(self) -> str:
        if len(self.cells) > 1:
            return tr("factor “{factor}”, {count} cells", factor=self.factor, count=str(len(self.cells)))
        cell = self.cells[0]
        return tr(
            "{cell} ({plan} in the plan, {median} in the middle of its range)",
            cell=cell_title(self.plan, cell), median=value_text(self.plan, cell, float(f"{self.median:.3g}")),
            plan=value_text(self.plan, cell, self.stated),
        )  # fmt: skip


def _groups(plan: Plan, drawn: ScenarioDraws) -> list[_Group]:
    stated = stated_values(plan, drawn)
    return [
        _Group(drawn.balance.plan, factor, cells, stated[cells[0]], _median(drawn, cells[0]))
        for factor, cells in grouped(drawn.uncertain, tuple(drawn.inputs))
    ]


def _median(drawn: ScenarioDraws, address: Address) -> float:
    return float(percentiles(drawn.inputs[address][:, None], (50,))[0, 0])


def stated_values(plan: Plan, drawn: ScenarioDraws) -> dict[Address, float]:
    """Return what a scenario states in the cells that are drawn, their defaults where they are blank."""
    resolved = plan_with_cells(plan, drawn.name, drawn.inputs)
    values = {cell: own_value(resolved, cell) for cell in drawn.inputs}
    return {cell: math.nan if value is None else value for cell, value in values.items()}


def _at_medians(plan: Plan, drawn: ScenarioDraws, groups: list[_Group], measures: list[Measure]) -> Array:
    """Return measures with each group alone at its medians, and behind these the plan as it stands."""
    stated = stated_values(plan, drawn)
    vary = {}
    for place, group in enumerate(groups):
        for address in group.cells:
            vary[address] = np.full(len(groups) + 1, stated[address])
            vary[address][place] = _median(drawn, address)
    return measure_batch(plan, vary, measures, scenario=drawn.name)


def _sentence(drawn: ScenarioDraws, measure: Measure, changes: list[tuple[_Group, float]]) -> str:
    spread = drawn.spread(measure)
    stated = spread.plan or 0.0
    gap = spread.median - stated
    said = tr(
        "{scenario}, {measure}: the plan as it stands gives {plan} {unit}, above {part} of the draws; their median is"
        " {median} {unit} ({gap}).",
        scenario=tr("Base") if drawn.name == BASE else drawn.name, measure=str(measure), unit=tr(measure.unit),
        plan=figure_text(_FIGURE, stated), median=figure_text(_FIGURE, spread.median),
        part=figure_text(_PERCENT, spread.below_plan), gap=figure_text(_CHANGE, gap),
    )  # fmt: skip
    causes = sorted(
        ((change, group) for group, change in changes if abs(change) >= _WORTH * abs(gap)),
        key=lambda pair: -abs(pair[0]),
    )
    if not causes:
        return said + " " + tr("No single range does that: inputs act together.")
    named = [
        tr("{name}: {change}", name=group.name, change=figure_text(_CHANGE, change))
        for change, group in causes[:_MOST_NAMED]
    ]
    why = tr(
        "Ranges that lie mostly on one side of what the plan states move the middle: {causes}.", causes="; ".join(named)
    )
    return f"{said} {why}"
