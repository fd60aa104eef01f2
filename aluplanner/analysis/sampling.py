"""Draws of the uncertain cells (section 11 of the model page, Monte Carlo)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from aluplanner.analysis.distributions import quantile
from aluplanner.analysis.question_error import QuestionError
from aluplanner.analysis.streams import MOST_KEPT, Sampling, uniforms
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.model.layers import is_base, overridden_cells, override_address, resolve
from aluplanner.model.plan import TABLES, Address, Plan
from aluplanner.model.scenarios import Override
from aluplanner.model.schema import fold
from aluplanner.model.uncertainty import UncertainCell

_FACTOR: Final = "factor\0"
_FEW: Final = 3
"""Cells that a note names one by one."""


@dataclass(frozen=True, eq=False)
class Draws:
    """Values of the uncertain cells.

    Attributes
    ----------
    values
        By address, shape ``(draws,)`` each, in the cell's unit.
    fixed
        Uncertain cells that are not drawn, since the scenario itself states them.
    notes
        What a reader should know of them, in words.
    """

    values: Mapping[Address, Array]
    fixed: tuple[Address, ...] = ()
    notes: tuple[str, ...] = ()


def uncertain_cells(plan: Plan) -> dict[Address, UncertainCell]:
    """Return the rows of Uncertainty by their cell, as the plan spells it; what names no cell is left out."""
    found = {override_address(plan, Override("", row.table, row.row, row.column)): row for row in plan.uncertainty}
    return {address: row for address, row in found.items() if address is not None}


def drawn_cells(plan: Plan, scenario: str | None = None) -> tuple[dict[Address, UncertainCell], tuple[Address, ...]]:
    """Return the uncertain cells that are drawn in a scenario, and those that it states itself, which are not.

    What a scenario states is what it is about: were it drawn over, “announced in full” would be implemented at random.
    """
    cells = uncertain_cells(plan)
    stated = frozenset() if is_base(scenario) else frozenset(overridden_cells(plan, scenario))
    fixed = tuple(address for address in cells if address in stated)
    return {address: row for address, row in cells.items() if address not in stated}, fixed


def draw_inputs(
    plan: Plan,
    draws: int,
    seed: int,
    *,
    scenario: str | None = None,
    sampling: Sampling | str = Sampling.RANDOM,
) -> Draws:
    """Return draws of the uncertain cells of a scenario.

    The numbers of a cell depend on the seed and the cell's name alone: scenarios share them (common random numbers),
    and a row more or another order changes nothing for the others.

    Parameters
    ----------
    plan
        The plan with its Uncertainty table.
    draws
        How many, at least 1.
    seed
        The same seed gives the same draws.
    scenario
        The scenario; cells that it overrides are not drawn.
    sampling
        ``random``, ``latin`` or ``sobol``, see :class:`aluplanner.analysis.streams.Sampling`.

    Raises
    ------
    PlanError
        If there is nothing uncertain, or ``draws`` is below 1.
    """
    if draws < 1:
        raise QuestionError("draws", tr("{count} draws were asked for.", count=draws), tr("Ask for at least one."))
    cells, fixed = drawn_cells(plan, scenario)
    if not cells:
        message = tr("No cell of the plan is uncertain in this scenario.")
        raise QuestionError("no-uncertainty", message, tr("Give cells and their ranges in Uncertainty."))
    resolved = resolve(plan, scenario)
    weight = resolved.assumption("factor_correlation")
    share = float(weight) if isinstance(weight, float | int) else 0.0
    probabilities = _probabilities(cells, draws, seed, Sampling(sampling), share)
    values = {address: quantile_of(cell, probabilities[address]) for address, cell in cells.items()}
    held, notes = _inside_bounds(resolved, values)
    if fixed:
        notes = (_fixed_note(plan, fixed), *notes)
    return Draws(held, fixed, notes)


def _fixed_note(plan: Plan, fixed: tuple[Address, ...]) -> str:
    """Return which cells are not drawn, counted by column where they are many."""
    if len(fixed) <= _FEW:
        return tr("Not drawn, since the scenario states them: {cells}.", cells="; ".join(map(str, fixed)))
    counts: dict[str, int] = {}
    for address in fixed:
        column = plan.find_column(address.table, address.column)
        place = f"{TABLES[address.table].heading}: {column.heading if column else address.column}"
        counts[place] = counts.get(place, 0) + 1
    cells = "; ".join(f"{place} ({count})" for place, count in counts.items())
    return tr("Not drawn, since the scenario states them: {cells}.", cells=cells)


# Common factors


def _probabilities(
    cells: Mapping[Address, UncertainCell], draws: int, seed: int, sampling: Sampling, weight: float
) -> dict[Address, Array]:
    """Return each cell's probability by draw; cells with one factor move together through a Gaussian copula."""
    own = {address: fold(str(address)) for address in cells}
    factors = {
        address: _FACTOR + fold(cell.factor) for address, cell in cells.items() if cell.factor and fold(cell.factor)
    }
    drawn = uniforms(seed, (*own.values(), *dict.fromkeys(factors.values())), draws, sampling)
    return {
        address: coupled(drawn[factors[address]], drawn[name], weight) if address in factors else drawn[name]
        for address, name in own.items()
    }


def coupled(factor: Array, own: Array, weight: float) -> Array:
    """Return probabilities that share a factor: ``Φ(w Φ⁻¹(factor) + √(1 - w²) Φ⁻¹(own))`` (section 11)."""
    from scipy.special import ndtr, ndtri  # takes its time, and is needed for this only

    return np.asarray(ndtr(weight * ndtri(factor) + np.sqrt(1.0 - weight * weight) * ndtri(own)))


def quantile_of(cell: UncertainCell, probability: Array) -> Array:
    """Return the quantiles of a cell; kept for the next run, which mostly asks for the same, unless they are many."""
    if probability.size > MOST_KEPT:
        return quantile(cell, probability)
    low, mode, high = (None if value is None else float(value) for value in (cell.low, cell.mode, cell.high))
    return _kept_quantile((str(cell.distribution), low, mode, high), probability.tobytes())


@lru_cache(maxsize=256)
def _kept_quantile(shape: tuple[str, float | None, float | None, float | None], probability: bytes) -> Array:
    distribution, low, mode, high = shape
    cell = UncertainCell("", "", "", distribution, low, mode, high)
    values = quantile(cell, np.frombuffer(probability, dtype=np.float64))
    values.flags.writeable = False
    return values


# What no draw may exceed

PARTS_OF_BUILT: Final = ("operating", "non_compliant")
"""Capacities of a plant that are parts of what is built."""


def _inside_bounds(plan: Plan, values: Mapping[Address, Array]) -> tuple[dict[Address, Array], tuple[str, ...]]:
    """Return values held inside what the columns allow, and sentences that say where that was needed."""
    held: dict[Address, Array] = {}
    notes: list[str] = []
    for address, drawn in values.items():
        low, high = _bounds(plan, address)
        held[address] = np.clip(drawn, low, high) if drawn.min() < low or drawn.max() > high else drawn
        notes += _held_note(address, drawn, held[address])
    for address in _parts_first(held):
        whole = _whole(plan, held, address)
        kept = np.minimum(held[address], whole)
        notes += _held_note(address, held[address], kept)
        held[address] = kept
    return held, tuple(notes)


def _bounds(plan: Plan, address: Address) -> tuple[float, float]:
    column = plan.cell_column(address.table, address.row, address.column)
    if column is None:
        return -np.inf, np.inf
    low = -np.inf if column.minimum is None else column.minimum
    if column.above is not None:
        low = max(low, float(np.nextafter(column.above, np.inf)))
    return low, np.inf if column.maximum is None else column.maximum


def _parts_first(values: Mapping[Address, Array]) -> Iterable[Address]:
    return [address for address in values if address.table == "plants" and address.column in PARTS_OF_BUILT]


def _whole(plan: Plan, values: Mapping[Address, Array], part: Address) -> Array:
    """Return what a part of a plant's built capacity may not exceed."""
    built = Address(part.table, part.row, "built")
    if built in values:
        return values[built]
    position = plan.plants.position(part.row)
    return np.array([np.inf if position is None else plan.plants.numbers("built")[position]])


def _held_note(address: Address, drawn: Array, held: Array) -> Iterator[str]:
    count = int(np.count_nonzero(drawn != held))
    if count:
        yield tr(
            "{count} of {draws} draws of {cell} lay outside what the cell may hold and were held at its bound.",
            count=f"{count:,}", draws=f"{len(drawn):,}", cell=str(address),
        )  # fmt: skip
