"""Shapley values as their definition says: all orders one after the other, every plan solved by itself."""

from collections.abc import Callable, Iterable, Sequence
from itertools import permutations
from math import factorial

from aluplanner.model.layers import overridden_cells, resolve
from aluplanner.model.plan import Address, Plan
from aluplanner.model.rows import read_cell
from aluplanner.model.solver import solve

Worth = Callable[[frozenset[str]], float]


def all_orders(names: Sequence[str], worth: Worth) -> dict[str, float]:
    """Return each name's mean contribution over all n! orders."""
    known: dict[frozenset[str], float] = {}

    def value(coalition: frozenset[str]) -> float:
        if coalition not in known:
            known[coalition] = worth(coalition)
        return known[coalition]

    total = dict.fromkeys(names, 0.0)
    for order in permutations(names):
        for place, name in enumerate(order):
            before = frozenset(order[:place])
            total[name] += value(before | {name}) - value(before)
    return {name: found / factorial(len(names)) for name, found in total.items()}


def with_actions(plan: Plan, scenario: str, measure: str, on: Iterable[str]) -> float:
    """Return a measure of a scenario in which no other actions than these are on."""
    resolved, wanted = resolve(plan, scenario), set(on)
    off = {f"actions/{name}/enabled": False for name in resolved.actions.keys if name not in wanted}
    return number(resolved.with_cells(off), measure)


def number(plan: Plan, measure: str) -> float:
    """Return a measure of a plan's base."""
    found = solve(plan).measure(measure)
    assert found is not None
    return found


def with_rows(plan: Plan, start: str, end: str, rows: Iterable[str]) -> Plan:
    """Return one scenario's plan with all cells of some rows as another scenario has them."""
    one, other, wanted = resolve(plan, start), resolve(plan, end), set(rows)
    cells: dict[Address, object] = {}
    for address in {*overridden_cells(plan, start), *overridden_cells(plan, end)}:
        if f"{address.table}/{address.row}" in wanted:
            record = other.table(address.table).find(address.row)
            cells[address] = read_cell(record, address.column)
    return one.with_cells(cells)  # type: ignore[arg-type]
