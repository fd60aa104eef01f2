"""Between which bounds a cell is looked at unless the planner says so."""

from typing import Final

from aluplanner.analysis.cell_values import own_value
from aluplanner.analysis.sampling import uncertain_cells
from aluplanner.model.plan import Address, Plan
from aluplanner.model.schema import Column, Type

_MOST_MONTHS: Final = 6.0
_AROUND_ZERO: Final = 100.0
_PARTS_OF_BUILT: Final = frozenset({"operating", "non_compliant"})


def natural_range(plan: Plan, address: Address, *, is_widest: bool = False) -> tuple[float, float]:
    """Return the bounds of a cell: of its row in Uncertainty, else of its column, else half to one and a half times it.

    Parameters
    ----------
    plan
        The plan as its scenario sees it.
    address
        A numeric cell, as the plan spells it.
    is_widest
        Whether all that its column allows comes first, where that has both ends: what it would take may lie beyond what
        is thought likely.

    Returns
    -------
    tuple of float
        Low and high, in the cell's unit; low is less than high.
    """
    low, high = _wanted(plan, address, is_widest)
    least, most = _allowed(plan, address)
    low, high = max(low, least), min(high, most)
    return (low, high) if low < high else (min(low, high), min(low, high) + 1.0)


def _wanted(plan: Plan, address: Address, is_widest: bool) -> tuple[float, float]:
    column = plan.cell_column(address.table, address.row, address.column)
    likely, possible = _likely(plan, address), _both_ends(column)
    stated = (possible or likely) if is_widest else (likely or possible)
    if stated is not None:
        return stated
    own = own_value(plan, address)
    if own:
        return min(0.5 * own, 1.5 * own), max(0.5 * own, 1.5 * own)
    if column is not None and column.type is Type.FRACTION:
        return -0.1, 0.1
    return (0.0, _MOST_MONTHS) if column is not None and column.unit == "months" else (-_AROUND_ZERO, _AROUND_ZERO)


def _likely(plan: Plan, address: Address) -> tuple[float, float] | None:
    """Return the ends that Uncertainty states."""
    uncertain = uncertain_cells(plan).get(address)
    if uncertain is None or uncertain.low is None or uncertain.high is None:
        return None
    return float(uncertain.low), float(uncertain.high)


def _both_ends(column: Column | None) -> tuple[float, float] | None:
    """Return the ends that the column allows, where it has both."""
    if column is None or column.minimum is None or column.maximum is None:
        return None
    return column.minimum, column.maximum


def _allowed(plan: Plan, address: Address) -> tuple[float, float]:
    column = plan.cell_column(address.table, address.row, address.column)
    least = -float("inf") if column is None or column.minimum is None else column.minimum
    most = float("inf") if column is None or column.maximum is None else column.maximum
    if address.table == "plants" and address.column in _PARTS_OF_BUILT:
        most = min(most, own_value(plan, Address(address.table, address.row, "built")) or 0.0)
    return least, most
