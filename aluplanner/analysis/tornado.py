"""What makes the difference: each uncertain input at its low and at its high (section 11 of the model page)."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from aluplanner.analysis.answer_table import AnswerTable
from aluplanner.analysis.cell_values import own_value, plan_with_cells
from aluplanner.analysis.cell_words import cell_title
from aluplanner.analysis.distributions import mode_of, rounded
from aluplanner.analysis.question_error import QuestionError
from aluplanner.analysis.sampling import drawn_cells
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.model.issues import PlanError
from aluplanner.model.measure import Measure, parse_measure
from aluplanner.model.plan import Address, Plan
from aluplanner.model.progress import Cancelled, Progress, watched
from aluplanner.model.scenarios import BASE
from aluplanner.model.schema import fold
from aluplanner.model.solver import measure_batch
from aluplanner.model.uncertainty import UncertainCell
from aluplanner.model.unread_rules import UNREAD
from aluplanner.model.validation import require_solvable, validate_for

__all__ = ["CELL", "FACTOR", "WAYS", "Bar", "Input", "Tornado", "tornado"]

CELL: Final = "cell"
FACTOR: Final = "factor"
WAYS: Final = (CELL, FACTOR)
"""What is moved at a time: one cell, or all cells that name one factor."""

_PARTS_OF_BUILT: Final = frozenset({"operating", "non_compliant"})
_HELD_DRAWS: Final = 2
"""Runs before those of the bars: everything at its mode, and everything as the plan has it."""


@dataclass(frozen=True, slots=True)
class Input:
    """One uncertain cell.

    Attributes
    ----------
    address
        The cell.
    low, high
        The ends of its range, in the cell's unit.
    held
        Where it stays while others are moved: its mode, or the plan's own value where it has none. ``None`` is blank.
    own
        The plan's own value in the scenario; ``None`` is blank.
    """

    address: Address
    low: float
    high: float
    held: float | None
    own: float | None


@dataclass(frozen=True, slots=True)
class Bar:
    """What one input, or several with a common factor, make of the measure.

    Attributes
    ----------
    label
        Its name in words.
    inputs
        What is moved; more than one where a factor moves several cells.
    factor
        The factor that is moved; empty for a cell alone.
    at_low, at_high
        The measure with the inputs at their lows and at their highs, in its unit; NaN where blank.
    centre
        The measure with all inputs at their modes.
    """

    label: str
    inputs: tuple[Input, ...]
    factor: str
    at_low: float
    at_high: float
    centre: float

    @property
    def swing(self) -> float:
        """How far apart the lowest and the highest of low end, mode and high end lie; NaN where one is blank.

        That is the distance of the two ends, unless both lie on one side of the centre.
        """
        ends = (self.at_low, self.at_high, self.centre)
        return math.nan if any(map(math.isnan, ends)) else max(ends) - min(ends)

    @property
    def is_one_sided(self) -> bool:
        """Whether both ends move the measure the same way."""
        return (self.at_low - self.centre) * (self.at_high - self.centre) > 0


@dataclass(frozen=True, eq=False)
class Tornado:
    """How far each uncertain input moves a measure.

    Attributes
    ----------
    plan
        The plan as the scenario sees it.
    scenario
        The scenario.
    measure
        The measure.
    by
        What is moved at a time: ``"cell"`` or ``"factor"``.
    centre
        The measure with all inputs at their modes, in its unit; NaN if blank.
    own
        The measure of the plan as it stands.
    bars
        Those asked for, the longest first.
    left_out
        How many shorter ones are not shown.
    fixed
        Uncertain cells that are not moved, since the scenario states them itself.
    unknown
        How many rows of Uncertainty name no cell of the plan.
    clipped
        Parts of a plant's built capacity whose range goes beyond it; no more than all of it counts.
    """

    plan: Plan = field(repr=False)
    scenario: str
    measure: Measure
    by: str
    centre: float
    own: float
    bars: tuple[Bar, ...]
    left_out: int = 0
    fixed: tuple[Address, ...] = ()
    unknown: int = 0
    clipped: tuple[Address, ...] = ()

    @property
    def shifted(self) -> tuple[Input, ...]:
        """Inputs of the bars whose mode is not what the plan has, in the order of the bars."""
        return tuple(each for bar in self.bars for each in bar.inputs if each.held != each.own)

    def tables(self) -> tuple[AnswerTable, ...]:
        """Return the bars as one table."""
        from aluplanner.analysis.tornado_words import tornado_tables

        return tornado_tables(self)

    def as_json(self) -> dict[str, object]:
        """Return everything in full precision."""
        from aluplanner.analysis.tornado_words import tornado_json

        return tornado_json(self)


def tornado(
    plan: Plan,
    measure: str | Measure,
    *,
    scenario: str | None = None,
    by: str = CELL,
    top: int | None = None,
    cancelled: Cancelled = None,
    progress: Progress = None,
) -> Tornado:
    """Return how far each input of the Uncertainty table moves a measure, the others at their modes.

    The ends are those of its own range (for ``normal`` the 5th and the 95th percentile). An input whose distribution
    is uniform has no mode: it stays at the plan's own value. What the scenario states itself is not moved.

    Parameters
    ----------
    plan
        The plan with its Uncertainty table.
    measure
        A measure (section 11 of the model page).
    scenario
        The scenario; ``None`` for the base.
    by
        ``"cell"`` to move each cell alone, ``"factor"`` to move cells with a common factor together.
    top
        How many bars are kept, all by default.
    cancelled, progress
        Whether nobody wants the answer any more, and who is told how far it has come.

    Raises
    ------
    PlanError
        If the plan or the Uncertainty table has errors, or nothing is uncertain.
    MeasureError
        If the measure cannot be read.
    ValueError
        If ``by`` is neither of the two, or ``top`` is below 1.
    SolveCancelled
        When ``cancelled`` said so.
    """
    if by not in WAYS:
        raise ValueError(tr("Inputs are moved by cell or by factor, not by {word}.", word=by))
    if top is not None and top < 1:
        raise ValueError(tr("At least one bar is shown."))
    with watched(cancelled, progress):
        require_solvable(plan, scenario)
        cells, fixed = drawn_cells(plan, scenario)
        unknown = _check_uncertainty(plan, scenario)
        if not cells:
            raise _nothing_uncertain(fixed)
        resolved = plan_with_cells(plan, scenario, cells)
        asked = parse_measure(measure, resolved) if isinstance(measure, str) else measure
        groups = _groups(resolved, cells, by)
        values = _values(groups)
        held = {address: _inside_built(resolved, values, address) for address in values}
        found = measure_batch(plan, held, [asked], scenario=scenario)[0]
        bars = _bars(resolved, groups, found)
        named = plan.scenarios.find(scenario or "")
        return Tornado(
            resolved, named.scenario if named else BASE, asked, by, float(found[0]), float(found[1]),
            bars[:top], len(bars) - len(bars[:top]), fixed, unknown,
            tuple(address for address in values if not np.array_equal(values[address], held[address], equal_nan=True)),
        )  # fmt: skip


def _check_uncertainty(plan: Plan, scenario: str | None) -> int:
    """Return how many uncertain rows name no cell; raise for what is wrong with the others."""
    errors = [issue for issue in validate_for(plan, scenario) if issue.is_error and issue.table == "uncertainty"]
    unknown = {issue.position for issue in errors if issue.code.startswith("unknown-")}
    wrong = [issue for issue in errors if issue.position not in unknown and issue.code != UNREAD]
    if wrong:
        raise PlanError(wrong)
    return len(unknown)


def _nothing_uncertain(fixed: Sequence[Address]) -> PlanError:
    message = tr("No cell of the plan is uncertain.")
    remedy = tr("Give cells and their ranges in Uncertainty.")
    if fixed:
        message = tr("The scenario states every uncertain cell itself, so nothing is left to move.")
        remedy = tr("Choose another scenario, or give more cells in Uncertainty.")
    return QuestionError("no-uncertainty", message, remedy)


# What is moved


def _groups(plan: Plan, cells: Mapping[Address, UncertainCell], by: str) -> list[tuple[str, tuple[Input, ...]]]:
    """Return what is moved at a time, each with its factor if that is what moves it.

    In the order of the cells' names, whatever the order of the rows: so the runs are the same to the last bit.
    """
    ordered = sorted(cells.items(), key=lambda item: str(item[0]))
    groups: dict[str, list[Input]] = {}
    names: dict[str, str] = {}
    for address, cell in ordered:
        factor = cell.factor.strip() if by == FACTOR and cell.factor else ""
        key = f"factor\0{fold(factor)}" if factor else str(address)
        names.setdefault(key, factor)
        groups.setdefault(key, []).append(_input(plan, address, cell))
    return [(names[key] if len(inputs) > 1 else "", tuple(inputs)) for key, inputs in groups.items()]


def _input(plan: Plan, address: Address, cell: UncertainCell) -> Input:
    own, mode = own_value(plan, address), mode_of(cell)
    return Input(address, float(cell.low or 0.0), float(cell.high or 0.0), own if mode is None else float(mode), own)


def _values(groups: Sequence[tuple[str, tuple[Input, ...]]]) -> dict[Address, Array]:
    """Return the values of every input in every run: two held ones, then a low and a high for each group."""
    runs = _HELD_DRAWS + 2 * len(groups)
    values: dict[Address, Array] = {}
    for place, (_, inputs) in enumerate(groups):
        for each in inputs:
            moved = np.full(runs, _number(each.held))
            moved[1] = _number(each.own)
            low = _HELD_DRAWS + 2 * place
            moved[low : low + 2] = each.low, each.high
            values[each.address] = moved
    return values


def _number(value: float | None) -> float:
    return math.nan if value is None else value


def _inside_built(plan: Plan, values: Mapping[Address, Array], address: Address) -> Array:
    """Return the values of a cell; where it is a part of a plant's built capacity, no more than that."""
    if address.table != "plants" or address.column not in _PARTS_OF_BUILT:
        return values[address]
    built = Address(address.table, address.row, "built")
    whole = values[built] if built in values else own_value(plan, built)
    return np.minimum(values[address], 0.0 if whole is None else whole)


# What that makes of the measure


def _bars(plan: Plan, groups: Sequence[tuple[str, tuple[Input, ...]]], found: Array) -> tuple[Bar, ...]:
    bars = [
        Bar(_label(plan, factor, inputs), inputs, factor, float(low), float(high), float(found[0]))
        for (factor, inputs), (low, high) in zip(groups, found[_HELD_DRAWS:].reshape(-1, 2), strict=True)
    ]
    return tuple(sorted(bars, key=_rank))


def _label(plan: Plan, factor: str, inputs: Sequence[Input]) -> str:
    if factor:
        return tr("{factor} ({count} cells)", factor=factor, count=len(inputs))
    return cell_title(plan, inputs[0].address)


def _rank(bar: Bar) -> tuple[bool, float, str]:
    """Return what bars are sorted by; those that a last bit tells apart stand in the order of their names."""
    is_blank = math.isnan(bar.swing)
    return is_blank, 0.0 if is_blank else -float(rounded(np.array(bar.swing))), bar.label
