"""One run of the model, for one plan or for many draws at once (sections 2 to 8 and 11 of the model page)."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import ArrayLike

from aluplanner.model.balance import Balance
from aluplanner.model.batch import Batch, needs_plants
from aluplanner.model.calendar import Month
from aluplanner.model.cancelling import SolveCancelled, cancellable
from aluplanner.model.demand_model import total_consumption
from aluplanner.model.drawn import Drawn
from aluplanner.model.expectation import expectation_of
from aluplanner.model.forces import ActionForces, Forces, forces_of
from aluplanner.model.frame import Frame, frame_of
from aluplanner.model.groundwork import Groundwork, groundwork_of, varying_actions
from aluplanner.model.inputs import Array, Inputs, Vary, check_vary
from aluplanner.model.layers import is_base, resolve, with_months
from aluplanner.model.market import AluminaInputs, KnownMonths, Market, MarketInputs
from aluplanner.model.measure import Measure, parse_measure
from aluplanner.model.monthly import MONTHLY
from aluplanner.model.numeric import Level, arithmetic_for, by_month
from aluplanner.model.plan import Address, Plan, find_table
from aluplanner.model.progress import tell_progress
from aluplanner.model.reach import PLANT_COLUMNS, Reach, reach_of
from aluplanner.model.response import Response
from aluplanner.model.run import Run
from aluplanner.model.scenarios import BASE
from aluplanner.model.share_cuts import CutCapacity
from aluplanner.model.totals import CAPACITY_SERIES, REFINING, RUNNING, Totals, draws_at_once, total_of
from aluplanner.model.validation import require_solvable

__all__ = [
    "BATCH_SERIES",
    "SolveCancelled",
    "batch_inputs",
    "block_size",
    "measure_batch",
    "runs_of",
    "solve",
    "solve_batch",
]

BATCH_SERIES: Final = ("balance", "consumption", "stock", "stock_days", "price")
"""What a batch keeps unless asked for more."""

_DRAWS_AT_ONCE: Final = 4096
"""The most draws that go through the month loop together."""

_CELLS_AT_ONCE: Final = 300_000
"""Draws × months of such a block: few enough for a series to stay in the processor's cache."""

_FORCES_AT_ONCE: Final = 4_000_000
"""Draws × months × actions that vary of such a block: few enough for the memory that 5,000 plants leave."""

Draws: TypeAlias = Mapping[str, ArrayLike] | Mapping[Address, ArrayLike]
"""Values of some cells, one a draw, by address."""

Cancelled = Callable[[], bool] | None


def solve(plan: Plan, scenario: str | None = None, *, cancelled: Cancelled = None) -> Balance:
    """Return the balance of a plan.

    Parameters
    ----------
    plan
        The plan.
    scenario
        Name of the scenario; ``None`` or ``"Base"`` for the base.
    cancelled
        Asked between months and other pieces of the work, which stops when it says yes.

    Raises
    ------
    PlanError
        If the plan has errors, all of which it carries.
    SolveCancelled
        When ``cancelled`` said so.
    """
    with cancellable(cancelled):
        require_solvable(plan, scenario)
        resolved = resolve(plan, scenario)
        found = None if is_base(scenario) else plan.scenarios.find(scenario or "")
        return Balance(run_model(Inputs(resolved, {}, 1)), found.scenario if found else BASE)


def solve_batch(
    plan: Plan,
    vary: Draws,
    *,
    scenario: str | None = None,
    series: Iterable[str] = BATCH_SERIES,
    cancelled: Cancelled = None,
) -> dict[str, Array]:
    """Return monthly series of many draws at once (section 11 of the model page).

    Parameters
    ----------
    plan
        The plan.
    vary
        Values of the cells that vary, by address, shape ``(draws,)`` each; all else is shared. NaN is a blank cell.
    scenario
        The scenario whose cells the draws replace.
    series
        Names of the country's series to keep (section 10).
    cancelled
        Asked between months and other pieces of the work, which stops when it says yes.

    Returns
    -------
    dict
        Arrays of shape ``(draws, months)`` by series name.

    Raises
    ------
    PlanError
        If the plan has errors or an address is no numeric cell.
    SolveCancelled
        When ``cancelled`` said so.
    """
    names = tuple(dict.fromkeys(series))
    with cancellable(cancelled):
        asked = batch_inputs(plan, vary, scenario)
        kept = {name: np.empty((asked.draws, len(frame_of(asked).horizon))) for name in names}
        for part, batch in runs_of(asked, series=names):
            for name, numbers in kept.items():
                numbers[part] = batch.series(name)
        return kept


def measure_batch(plan: Plan, vary: Draws, measures: Sequence[str | Measure], *, scenario: str | None = None) -> Array:
    """Return measures of many draws at once (section 11 of the model page).

    Parameters
    ----------
    plan, vary, scenario
        As for :func:`solve_batch`.
    measures
        What is measured, as text or read already.

    Returns
    -------
    Array
        Shape ``(measures, draws)``; NaN where every month of a measure is blank.

    Raises
    ------
    PlanError
        If the plan has errors or an address is no numeric cell.
    MeasureError
        If a measure cannot be read.
    SolveCancelled
        When that is asked for around it, see :func:`aluplanner.model.progress.watched`.
    """
    asked = batch_inputs(plan, vary, scenario)
    parsed = [parse_measure(each, asked.plan) if isinstance(each, str) else each for each in measures]
    found = np.empty((len(parsed), asked.draws))
    for part, batch in runs_of(asked, measures=parsed):
        for row, measure in enumerate(parsed):
            found[row, part] = batch.measure(measure)
    return found


def batch_inputs(plan: Plan, vary: Draws, scenario: str | None = None) -> Inputs:
    """Return the numbers of many draws, ready to be run.

    Raises
    ------
    PlanError
        If the plan has errors or an address is no numeric cell.
    """
    require_solvable(plan, scenario)
    parsed = {_parsed(address): np.asarray(values, dtype=np.float64) for address, values in vary.items()}
    months = [address.row for address in parsed if find_table(address.table) is MONTHLY]
    resolved = with_months(resolve(plan, scenario), months)
    addresses: Vary = {resolved.spelled(address) or address: values for address, values in parsed.items()}
    draws = check_vary(resolved, addresses)
    return Inputs(
        resolved, {address: _filled(resolved, address, values) for address, values in addresses.items()}, draws
    )


def runs_of(
    inputs: Inputs, *, series: Iterable[str] = (), measures: Iterable[Measure] = (), draws: slice | None = None
) -> Iterator[tuple[slice, Batch]]:
    """Run draws block by block.

    Where blocks begin depends on the inputs alone, so parts that begin and end there, run apart, give the same bits.

    Parameters
    ----------
    inputs
        What :func:`batch_inputs` returned.
    series, measures
        What will be asked of each block.
    draws
        Which draws to run, all by default; begins at a multiple of :func:`block_size`.

    Yields
    ------
    tuple of slice and Batch
        Which draws these are, and what they say.

    Raises
    ------
    SolveCancelled
        When that is asked for around it.
    """
    asked = tuple(measures)
    is_whole = any(map(needs_plants, asked)) or inputs.switch("market_response")
    names = tuple(dict.fromkeys((*series, *(each.series for each in asked if not each.names))))
    size = block_size(inputs, measures=asked)
    first, last, _ = (draws or slice(None)).indices(inputs.draws)
    ground = None if is_whole or last - first == 1 else groundwork_of(inputs)
    for begin in range(first, last, size):
        part = slice(begin, min(begin + size, last))
        block = inputs.chunk(part)
        yield part, Batch(run_model(block) if ground is None or block.draws == 1 else _run_block(ground, block, names))
        tell_progress((part.stop - first) / (last - first))


def block_size(inputs: Inputs, *, measures: Iterable[Measure] = ()) -> int:
    """Return how many draws are run together: few where single plants are asked for or stay in the month loop."""
    frame = frame_of(inputs)
    months, plants, actions = len(frame.horizon), len(frame.plants), len(frame.rows)
    if inputs.switch("market_response") or any(map(needs_plants, measures)):
        return draws_at_once(plants * max(months, actions if inputs.varies("plants", PLANT_COLUMNS) else 1))
    varying, _ = varying_actions(frame, inputs)
    return max(1, min(_DRAWS_AT_ONCE, _CELLS_AT_ONCE // months, _FORCES_AT_ONCE // (months * max(1, len(varying)))))


def _parsed(address: Address | str) -> Address:
    return Address.parse(address) if isinstance(address, str) else address


def _filled(plan: Plan, address: Address, values: Array) -> Array:
    """Return values with the column's default where a cell is blank."""
    column = plan.cell_column(address.table, address.row, address.column)
    default = column.default if column is not None else None
    if not isinstance(default, float | int) or not np.isnan(values).any():
        return values
    return np.where(np.isnan(values), float(default), values)


def run_model(inputs: Inputs) -> Run:
    """Run the model on a plan without errors, with the capacity of every plant; see :func:`solve`."""
    frame = frame_of(inputs)
    reach = reach_of(frame, inputs)
    forces = forces_of(frame, inputs, reach)
    capacity = _whole_capacity(frame, inputs, reach, forces)
    totals = {name: total_of(frame, name, capacity) for name in (RUNNING, REFINING)}
    return _run(frame, inputs, reach, forces, capacity, totals)


def _run_block(ground: Groundwork, inputs: Inputs, series: tuple[str, ...]) -> Run:
    """Run a block of draws, of which only sums over plants are kept; see :func:`runs_of`."""
    drawn = Drawn(ground, inputs)
    wanted = [name for name in series if name in CAPACITY_SERIES] + ["built"] * ("idle" in series)
    totals = Totals(drawn, tuple(dict.fromkeys(wanted))).totals()
    return _run(ground.frame, inputs, drawn.reach, drawn.forces, None, totals)


def _run(
    frame: Frame,
    inputs: Inputs,
    reach: Reach,
    forces: ActionForces,
    capacity: CutCapacity | None,
    totals: dict[str, Array],
) -> Run:
    expectation = expectation_of(frame, inputs, reach, forces)
    response = _response(frame, inputs, capacity)
    market_inputs = _market_inputs(frame, inputs, reach, totals, expectation.premium, response)
    months = Market(market_inputs, arithmetic_for(inputs.draws), inputs.draws).run()
    return Run(frame, inputs, reach, forces, capacity, totals, expectation, response, months)


def _whole_capacity(frame: Frame, inputs: Inputs, reach: Reach, forces: Forces) -> CutCapacity:
    return CutCapacity(frame, inputs, reach, forces, np.arange(len(frame.plants), dtype=np.intp))


def _response(frame: Frame, inputs: Inputs, capacity: CutCapacity | None) -> Response | None:
    if not inputs.switch("market_response") or capacity is None:
        return None
    smelters = frame.smelters
    begins = inputs.month("response_from")
    return Response(
        capacity.before_market[..., smelters],
        capacity.built[..., smelters],
        capacity.spare[..., smelters],
        inputs.numbers("plants", "cash_cost")[:, smelters],
        margin=inputs.assumption("response_margin"),
        restart_speed=inputs.assumption("restart_speed"),
        idling_speed=inputs.assumption("idling_speed"),
        begins=frame.horizon.index(begins) if begins else 0,
    )


def _market_inputs(
    frame: Frame,
    inputs: Inputs,
    reach: Reach,
    totals: dict[str, Array],
    premium: Array,
    response: Response | None,
) -> MarketInputs:
    horizon = frame.horizon
    monthly = {name: inputs.monthly(name, horizon) for name in ("net_imports", "reserve_release", "consumption_change")}
    working = np.reshape(inputs.assumption("load_factor"), (-1, 1)) * (
        1.0 - np.reshape(inputs.assumption("disruption"), (-1, 1))
    )
    return MarketInputs(
        operating=by_month(totals[RUNNING]),
        opening_operating=_level(reach.opening_total("operating", frame.smelters)),
        output=by_month(working * frame.year_fraction),
        consumption=by_month(total_consumption(inputs, horizon)),
        consumption_change=by_month(monthly["consumption_change"]),
        other_supply=by_month(monthly["net_imports"] + monthly["reserve_release"]),
        days=frame.days.tolist(),
        premium=by_month(premium),
        alumina=_alumina_inputs(frame, inputs, reach, totals[REFINING]),
        known=_known_months(frame, inputs),
        response=response,
        **{
            name: inputs.assumption(name)
            for name in (
                "opening_stock",
                "opening_price",
                "visible_share",
                "alumina_per_t",
                "demand_elasticity",
                "reference_price",
                "reference_days",
                "stock_elasticity",
                "price_adjustment",
            )
        },
    )


def _level(numbers: Array) -> Level:
    return float(numbers[0]) if len(numbers) == 1 else numbers


def _alumina_inputs(frame: Frame, inputs: Inputs, reach: Reach, running: Array) -> AluminaInputs | None:
    """Return what refineries can make by month (section 5); ``None`` if the plan has none."""
    if not frame.has_refineries:
        return None
    opening = np.broadcast_to(reach.opening_total("operating", ~frame.smelters)[:, None], (running.shape[0], 1))
    before = np.concatenate([opening, running[:, :-1]], axis=1)
    refinery = 0.5 * (before + running) * frame.year_fraction
    most, least = (
        np.reshape(inputs.assumption(f"alumina_{end}_utilisation"), (-1, 1)) * refinery for end in ("max", "min")
    )
    return AluminaInputs(
        by_month(most),
        by_month(least),
        by_month(inputs.monthly("alumina_net_imports", frame.horizon)),
        inputs.assumption("alumina_opening_stock"),
        inputs.switch("alumina_limits"),
    )


def _known_months(frame: Frame, inputs: Inputs) -> KnownMonths:
    until = inputs.month("known_until")
    return KnownMonths(
        *(_known(frame, inputs, name, until) for name in ("actual_production", "actual_stock", "actual_price"))
    )


def _known(frame: Frame, inputs: Inputs, name: str, until: Month | None) -> list[Level | None]:
    known: list[Level | None] = [None] * len(frame.horizon)
    if until is not None:
        actual = inputs.monthly(name, frame.horizon, missing=np.nan)
        for t in np.flatnonzero(np.isfinite(actual[0])):
            if frame.horizon.months[t] <= until:
                known[t] = _level(actual[:, t])
    return known
