"""What really happened, as far as it was known at some month (section 1 of the model page, Monthly)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import numpy as np

from aluplanner.model.calendar import Horizon, Month
from aluplanner.model.cell_text import CellTextError, typed
from aluplanner.model.inputs import Array
from aluplanner.model.layers import override_address, override_addresses
from aluplanner.model.plan import Address, Plan
from aluplanner.model.scenarios import Override

FACTS: Final = {"production": "actual_production", "stock": "actual_stock", "price": "actual_price"}
"""The column of Monthly that says what a series really was."""

_KNOWN_UNTIL: Final = "known_until"


def facts_of(plan: Plan, horizon: Horizon) -> dict[str, Array]:
    """Return what the base of a plan says really happened, shape ``(months,)`` by series; NaN where it is not known.

    What happened is the same in every scenario.
    """
    found = {name: np.full(len(horizon), np.nan) for name in FACTS}
    for row in plan.monthly:
        t = horizon.index(row.month)
        if 0 <= t < len(horizon):
            for name, column in FACTS.items():
                value = getattr(row, column)
                found[name][t] = np.nan if value is None else value
    return found


def stated_by_scenarios(plan: Plan) -> tuple[str, ...]:
    """Return the scenarios that state what really happened, which is the base's to state."""
    named = (
        row.scenario
        for row, address in zip(plan.overrides, override_addresses(plan), strict=True)
        if address is not None and address.table == "monthly" and address.column in FACTS.values()
    )
    return tuple(dict.fromkeys(named))


def latest_fact(plan: Plan) -> Month | None:
    """Return the last month of which a plan states any fact; ``None`` if it states none."""
    stated = (row.month for row in plan.monthly if any(getattr(row, name) is not None for name in FACTS.values()))
    return max(stated, default=None)


def facts_until(plan: Plan, last: Month) -> Plan:
    """Return the plan as it could be written at the end of a month: no later fact is in it, in no scenario.

    Later actuals are blank, whether the base states them, a scenario changes them or a row of Uncertainty names them,
    and ``known_until`` is ``last`` at most. A plan that knows no later fact is returned as it is.

    Parameters
    ----------
    plan
        The plan.
    last
        The last month whose facts are known.
    """
    plan = _without_overrides(_without_actuals(plan, last), last)
    until = plan.assumption(_KNOWN_UNTIL)
    if isinstance(until, Month) and until > last:
        plan = plan.with_value(_known_until_of(plan), last)
    gone = [
        cell for cell in plan.uncertainty
        if _is_later_fact(override_address(plan, Override("", cell.table, cell.row, cell.column)), last)
    ]  # fmt: skip
    if gone:
        kept = [cell for cell in plan.uncertainty if all(cell is not other for other in gone)]
        plan = plan.with_table(plan.uncertainty.replaced(kept))
    return plan


def known_from(plan: Plan, origin: Month) -> Plan:
    """Return the plan with ``known_until`` at a month, in the base and in every scenario."""
    addresses = override_addresses(plan)
    kept = [
        row for row, address in zip(plan.overrides, addresses, strict=True)
        if address is None or not _is_known_until(address)
    ]  # fmt: skip
    if len(kept) < len(plan.overrides):
        plan = plan.with_table(plan.overrides.replaced(kept))
    if plan.assumption(_KNOWN_UNTIL) == origin:
        return plan
    return plan.with_value(_known_until_of(plan), origin)


def _without_actuals(plan: Plan, last: Month) -> Plan:
    rows = plan.monthly
    cells = [
        (position, column, None)
        for position, row in enumerate(rows)
        if row.month > last
        for column in FACTS.values()
        if getattr(row, column) is not None or rows.unread_at(position, column) is not None
    ]
    return plan.with_table(rows.with_cells(cells)) if cells else plan


def _without_overrides(plan: Plan, last: Month) -> Plan:
    """Return the plan without scenarios' changes of later actuals, and with their ``known_until`` at most ``last``."""
    kept = list(_early_overrides(plan, last))
    is_same = len(kept) == len(plan.overrides) and all(
        new is old for new, old in zip(kept, plan.overrides, strict=True)
    )
    return plan if is_same else plan.with_table(plan.overrides.replaced(kept))


def _early_overrides(plan: Plan, last: Month) -> Iterator[Override]:
    for row, address in zip(plan.overrides, override_addresses(plan), strict=True):
        if _is_later_fact(address, last):
            continue
        until = _month_stated(plan, address, row) if address is not None and _is_known_until(address) else None
        yield replace(row, value=last) if until is not None and until > last else row


def _month_stated(plan: Plan, address: Address, row: Override) -> Month | None:
    column = plan.cell_column(address.table, address.row, address.column)
    try:
        value = None if column is None else typed(column, row.value)
    except CellTextError:
        return None  # the plan has this error with or without the facts
    return value if isinstance(value, Month) else None


def _is_later_fact(address: Address | None, last: Month) -> bool:
    if address is None or address.table != "monthly" or address.column not in FACTS.values():
        return False
    return Month.parse(address.row) > last


def _is_known_until(address: Address) -> bool:
    return address.table == "assumptions" and address.row.strip().lower().replace(" ", "_") == _KNOWN_UNTIL


def _known_until_of(plan: Plan) -> Address:
    position = plan.assumptions.position(_KNOWN_UNTIL)
    return Address("assumptions", plan.assumptions.keys[position or 0], "value")
