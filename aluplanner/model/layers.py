"""Scenarios as layers of overrides over the base plan (section 1 of the model page)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar, cast

from aluplanner.model.calendar import Month
from aluplanner.model.cell_text import CellTextError, clean_number, typed
from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.model.layer_order import layers_of
from aluplanner.model.monthly import MONTHLY, MonthRow
from aluplanner.model.plan import TABLES, Address, Plan, find_table
from aluplanner.model.rows import Place, Unread, read_cell
from aluplanner.model.scenarios import BASE, Override
from aluplanner.model.schema import BLANK, Column, Table, Value, fold

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LayeredValue:
    """What a scenario puts into a cell, which layer does it, and what the base has there.

    ``position`` is the index of the override among all overrides; ``is_inherited`` tells whether it belongs to a layer
    that the scenario builds on and not to the scenario itself; ``under`` is what the layer below puts there, if any.
    """

    value: Value
    scenario: str
    base: Value
    position: int
    is_inherited: bool = False
    under: "LayeredValue | None" = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two layers of a scenario set one cell to different values; the later one stands, unless a third comes after it.

    Attributes
    ----------
    scenario
        The scenario that builds on both.
    address
        The cell.
    earlier, later
        The layers, in the order in which they are applied.
    earlier_value, later_value
        What they set it to.
    """

    scenario: str
    address: Address
    earlier: str
    later: str
    earlier_value: Value
    later_value: Value


def is_base(scenario: str | None) -> bool:
    """Return whether the name, or its absence, means the base plan."""
    return scenario is None or fold(scenario) == fold(BASE)


Placed: TypeAlias = tuple[int, Address]
"""Index of an override among all, and the cell that it names."""


def _by_scenario(plan: Plan) -> Mapping[str, Sequence[Placed]]:
    """Return the overrides that name a cell, by the folded name of their scenario."""
    return plan.kept("overrides by scenario", lambda: _find_by_scenario(plan))


def _find_by_scenario(plan: Plan) -> dict[str, list[Placed]]:
    found: dict[str, list[Placed]] = {}
    for position, (override, address) in enumerate(zip(plan.overrides, override_addresses(plan), strict=True)):
        if address is not None:
            found.setdefault(fold(override.scenario or ""), []).append((position, address))
    return found


def override_addresses(plan: Plan) -> tuple[Address | None, ...]:
    """Return the address of every override, as :func:`override_address` does."""

    def find() -> tuple[Address | None, ...]:
        return tuple(override_address(plan, override) for override in plan.overrides)

    return kept_with_overrides(plan, "addresses", find)


def kept_with_overrides(plan: Plan, name: str, make: Callable[[], T]) -> T:
    """Return a fact that follows from the overrides and from the names of rows and columns, whatever the cells hold.

    It is kept with the overrides for as long as these names stay the same: an edit of the base does not change it.
    """
    tables = (plan.table(table).keys for table, declared in TABLES.items() if declared.can_vary)
    names = (plan.growth_years, plan.horizon, *tables)
    known = plan.overrides.memo.get(name)
    if known is None or known[0] != names:
        known = plan.overrides.memo[name] = names, make()
    return cast(T, known[1])


def override_address(plan: Plan, override: Override) -> Address | None:
    """Return the address an override names, with the row's own spelling; ``None`` if there is no such cell.

    A month of the horizon that Monthly does not list counts as a row of zeros.
    """
    table = _table_named(override.table or "")
    if table is None or not table.can_vary:
        return None
    column = _find_column(plan, table, override.column or "")
    row = _row_key(plan, table.name, override.row or "")
    if column is None or row is None or column.name in table.key or column.derived:
        return None
    return Address(table.name, row, column.name)


@lru_cache(maxsize=4096)
def _table_named(name: str) -> Table[Any] | None:
    return find_table(name)


@lru_cache(maxsize=4096)
def _declared_column(table: str, name: str) -> Column | None:
    """Return a column that every plan has, by its very field name, as most overrides are written."""
    return next((column for column in TABLES[table].columns if column.name == name), None)


def _find_column(plan: Plan, table: Table[Any], name: str) -> Column | None:
    return _declared_column(table.name, name) or plan.find_column(table.name, name)


def _row_key(plan: Plan, table: str, row: str) -> str | None:
    rows = plan.table(table)
    month = _month(row) if table == MONTHLY.name else None
    position = rows.position(str(month) if month else row)
    if position is not None:
        return rows.keys[position]
    return str(month) if month and _is_inside(plan, month) else None


def _month(row: str) -> Month | None:
    try:
        return Month.parse(row)
    except ValueError:
        return None


def _is_inside(plan: Plan, month: Month) -> bool:
    horizon = plan.horizon
    return horizon is not None and 0 <= horizon.index(month) < len(horizon)


def overridden_cells(plan: Plan, scenario: str | None) -> Mapping[Address, LayeredValue]:
    """Return every cell that ``scenario`` changes, with the value that stands.

    Raises
    ------
    PlanError
        As :func:`layers_of`.
    """
    if is_base(scenario):
        return {}
    name = scenario or ""
    return plan.kept(f"cells of {fold(name)}", lambda: _overridden_cells(plan, name))


def _overridden_cells(plan: Plan, scenario: str) -> dict[Address, LayeredValue]:
    cells: dict[Address, LayeredValue] = {}
    by_scenario, overrides = _by_scenario(plan), plan.overrides
    for layer in layers_of(plan, scenario):
        is_inherited = fold(layer) != fold(scenario)
        for position, address in by_scenario.get(fold(layer), ()):
            under = cells.pop(address, None)
            value, base = overrides[position].value, _base_value(plan, address)
            cells[address] = LayeredValue(value, layer, base, position, is_inherited, under)
    return cells


def _base_value(plan: Plan, address: Address) -> Value:
    record = plan.table(address.table).find(address.row)
    return None if record is None else read_cell(record, address.column)


def resolve(plan: Plan, scenario: str | None) -> Plan:
    """Return the plan as ``scenario`` sees it: its overrides applied, every other cell of the base.

    Parameters
    ----------
    plan
        The plan.
    scenario
        Name of the scenario; ``None`` or ``"Base"`` gives the plan itself.

    Raises
    ------
    PlanError
        As :func:`layers_of`, and where an override's value is not of its column's type.
    """
    if is_base(scenario):
        return plan
    name = scenario or ""
    return plan.kept(f"resolved {fold(name)}", lambda: _resolve(plan, name))


def _resolve(plan: Plan, scenario: str) -> Plan:
    edits: dict[str, list[tuple[Address, Value]]] = {}
    for address, layered in overridden_cells(plan, scenario).items():
        edits.setdefault(address.table, []).append((address, _stored(plan, address, layered)))
    months = [address.row for address, _ in edits.get(MONTHLY.name, ())]
    resolved = with_months(plan, months)
    for table, cells in edits.items():
        rows = resolved.table(table)
        placed = [(rows.position(address.row) or 0, address.column, value) for address, value in cells]
        resolved = resolved.with_table(rows.with_cells(placed))
    return _with_unread(plan, scenario, resolved) if plan.overrides.unread else resolved


def _with_unread(plan: Plan, scenario: str, resolved: Plan) -> Plan:
    """Return the resolved plan with the texts of overrides that could not be read in the cells they stand for."""
    texts: dict[str, dict[Place, Unread]] = {}
    for address, layered in overridden_cells(plan, scenario).items():
        kept = plan.overrides.unread.get((layered.position, "value"))
        row = resolved.table(address.table).position(address.row)
        if kept is not None and row is not None:
            texts.setdefault(address.table, {})[row, address.column] = kept
    for table, unread in texts.items():
        resolved = resolved.with_table(resolved.table(table).with_unread(unread))
    return resolved


def _stored(plan: Plan, address: Address, layered: LayeredValue) -> Value:
    if layered.value == BLANK:
        return None
    column = plan.cell_column(address.table, address.row, address.column)
    if column is None:
        raise KeyError(str(address))
    try:
        return typed(column, layered.value)
    except CellTextError as error:
        row, place = plan.overrides.keys[layered.position], layered.position
        issue = Issue(Severity.ERROR, "value", error.message, error.remedy, "overrides", row, "value", place)
        raise PlanError([issue]) from error


def with_months(plan: Plan, rows: Iterable[str]) -> Plan:
    """Return the plan with a row in Monthly for each of these months of the horizon.

    If one is lacking, every month that is gets its row of zeros, so that the first row of the table, which may be
    what says where the horizon begins, stays what it was.
    """
    stated = plan.monthly
    wanted = (month for row in rows if (month := _month(row)) and _is_inside(plan, month))
    if plan.horizon is None or all(stated.position(str(month)) is not None for month in wanted):
        return plan
    lacking = (month for month in plan.horizon if stated.position(str(month)) is None)
    return plan.with_table(stated.replaced((*stated, *map(MonthRow, lacking))))


def conflicts(plan: Plan, scenario: str) -> tuple[Conflict, ...]:
    """Return the cells that two layers of ``scenario`` set to different values.

    A scenario that changes again what a layer below it changed is no conflict: that is what layers are for. For the
    same reason a scenario above both settles their conflict by setting the cell itself.
    """
    return plan.kept(f"conflicts of {fold(scenario)}", lambda: _find_conflicts(plan, scenario))


def _find_conflicts(plan: Plan, scenario: str) -> tuple[Conflict, ...]:
    found: list[Conflict] = []
    standing: dict[Address, tuple[str, Value]] = {}
    layers = layers_of(plan, scenario)
    for layer in layers if len(layers) > 2 else ():  # one layer below is no match for another
        below = set(layers_of(plan, layer))
        for address, position in own_overrides(plan, layer).items():
            value, earlier = plan.overrides[position].value, standing.get(address)
            if earlier and earlier[0] not in below and earlier[1] != value:
                found.append(Conflict(scenario, address, earlier[0], layer, earlier[1], value))
            standing[address] = (layer, value)
    return tuple(each for each in found if not _is_settled(plan, each, standing[each.address][0]))


def _is_settled(plan: Plan, conflict: Conflict, standing: str) -> bool:
    """Return whether the layer that stands is above both layers of a conflict."""
    return standing != conflict.later and {conflict.earlier, conflict.later} <= set(layers_of(plan, standing))


def with_override(plan: Plan, scenario: str, address: Address, value: Value) -> Plan:
    """Return the plan in which ``scenario`` itself sets the cell to ``value``; ``None`` empties the cell."""
    return with_overrides(plan, scenario, {address: value})


def with_overrides(plan: Plan, scenario: str, cells: Mapping[Address, Value]) -> Plan:
    """Return the plan in which ``scenario`` itself sets several cells; see :func:`with_override`."""
    own = {address: position for position, address in _own_overrides(plan, scenario)}
    changed: list[tuple[int, str, Value]] = []
    added: list[Override] = []
    for address, value in cells.items():
        written = BLANK if value is None else clean_number(value) if isinstance(value, float) else value
        position = own.get(address)
        if position is None:
            added.append(Override(scenario, address.table, address.row, address.column, written))
        else:
            changed.append((position, "value", written))
    rows = plan.overrides.with_cells(changed) if changed else plan.overrides
    return plan.with_table(rows.replaced((*rows, *added)) if added else rows)


def with_unread_overrides(plan: Plan, scenario: str, texts: Mapping[Address, tuple[Unread, Value]]) -> Plan:
    """Return the plan in which ``scenario`` itself holds texts for some cells that these cannot hold.

    Parameters
    ----------
    plan
        The plan.
    scenario
        The scenario.
    texts
        By address the text, and the value that the scenario's balance goes on with.
    """
    own = {address: position for position, address in _own_overrides(plan, scenario)}
    plan = with_overrides(
        plan, scenario, {address: value for address, (_, value) in texts.items() if address not in own}
    )
    own = {address: position for position, address in _own_overrides(plan, scenario)}
    unread = {(own[address], "value"): text for address, (text, _) in texts.items()}
    return plan.with_table(plan.overrides.with_unread(unread))


def without_override(plan: Plan, scenario: str, addresses: Iterable[Address]) -> Plan:
    """Return the plan in which ``scenario`` itself no longer sets these cells."""
    unwanted = set(addresses)
    dropped = {position for position, address in _own_overrides(plan, scenario) if address in unwanted}
    kept = (override for position, override in enumerate(plan.overrides) if position not in dropped)
    return plan.with_table(plan.overrides.replaced(kept)) if dropped else plan


def own_overrides(plan: Plan, scenario: str) -> Mapping[Address, int]:
    """Return the cells that ``scenario`` itself sets, with the index of the override that does; of two the later."""
    return {address: position for position, address in _own_overrides(plan, scenario)}


def _own_overrides(plan: Plan, scenario: str) -> Sequence[Placed]:
    return _by_scenario(plan).get(fold(scenario), ())
