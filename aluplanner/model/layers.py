"""Scenarios as layers of overrides over the base plan (section 1 of the model page)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aluplanner.i18n import tr
from aluplanner.model.calendar import Month
from aluplanner.model.cell_text import CellTextError, typed
from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.model.monthly import MONTHLY, MonthRow
from aluplanner.model.plan import Address, Plan, find_table
from aluplanner.model.rows import read_cell
from aluplanner.model.scenarios import BASE, Override
from aluplanner.model.schema import BLANK, Value, fold


@dataclass(frozen=True, slots=True)
class LayeredValue:
    """What a scenario puts into a cell, which layer does it, and what the base has there.

    ``position`` is the index of the override among all overrides.
    """

    value: Value
    scenario: str
    base: Value
    position: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two layers of a scenario set one cell to different values; the later one stands."""

    scenario: str
    address: Address
    earlier: str
    later: str


def is_base(scenario: str | None) -> bool:
    """Return whether the name, or its absence, means the base plan."""
    return scenario is None or fold(scenario) == fold(BASE)


def layers_of(plan: Plan, scenario: str) -> tuple[str, ...]:
    """Return the scenarios whose overrides make up ``scenario``, in the order they are applied, itself last.

    A layer reached in several ways is applied once, at its last place.

    Raises
    ------
    PlanError
        If the scenario or one it builds on does not exist, or one builds on itself.
    """
    backwards: dict[str, None] = {}
    _visit(plan, scenario, backwards, ())
    return tuple(reversed(backwards))


def _visit(plan: Plan, name: str, seen: dict[str, None], path: tuple[str, ...]) -> None:
    found = plan.scenarios.find(name)
    if found is None:
        raise PlanError([_unknown(name, path)])
    if found.scenario in path:
        raise PlanError([_circle(found.scenario)])
    if found.scenario in seen:
        return
    seen[found.scenario] = None
    for layer in reversed(found.layers):
        _visit(plan, layer, seen, (*path, found.scenario))


def _unknown(name: str, path: tuple[str, ...]) -> Issue:
    return Issue(
        Severity.ERROR,
        "unknown-scenario",
        tr("There is no scenario “{name}”.", name=name),
        tr("Name one of the rows of the Scenarios table."),
        table="scenarios" if path else "",
        row=path[-1] if path else "",
        column="builds_on" if path else "",
    )


def _circle(name: str) -> Issue:
    return Issue(
        Severity.ERROR,
        "circle",
        tr("The scenario “{name}” builds on itself.", name=name),
        tr("Take one of the names out of “Builds on”."),
        table="scenarios",
        row=name,
        column="builds_on",
    )


def _by_scenario(plan: Plan) -> dict[str, list[tuple[int, Override]]]:
    return plan.kept("overrides by scenario", lambda: _find_by_scenario(plan))


def _find_by_scenario(plan: Plan) -> dict[str, list[tuple[int, Override]]]:
    found: dict[str, list[tuple[int, Override]]] = {}
    for position, override in enumerate(plan.overrides):
        found.setdefault(fold(override.scenario or ""), []).append((position, override))
    return found


def override_address(plan: Plan, override: Override) -> Address | None:
    """Return the address an override names, with the row's own spelling; ``None`` if there is no such cell.

    A month of the horizon that Monthly does not list counts as a row of zeros.
    """
    table = find_table(override.table or "")
    if table is None or not table.can_vary:
        return None
    column = plan.find_column(table.name, override.column or "")
    row = _row_key(plan, table.name, override.row or "")
    if column is None or row is None or column.name in table.key or column.derived:
        return None
    return Address(table.name, row, column.name)


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
    by_scenario = _by_scenario(plan)
    for layer in layers_of(plan, scenario):
        for position, override in by_scenario.get(fold(layer), ()):
            address = override_address(plan, override)
            if address is not None:
                cells.pop(address, None)
                cells[address] = LayeredValue(override.value, layer, _base_value(plan, address), position)
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

    A scenario that changes again what a layer below it changed is no conflict: that is what layers are for.
    """
    found: list[Conflict] = []
    standing: dict[Address, tuple[str, Value]] = {}
    by_scenario = _by_scenario(plan)
    for layer in layers_of(plan, scenario):
        below = set(layers_of(plan, layer))
        own: dict[Address, Value] = {}
        for _, override in by_scenario.get(fold(layer), ()):
            address = override_address(plan, override)
            if address is not None:
                own[address] = override.value
        for address, value in own.items():
            earlier = standing.get(address)
            if earlier and earlier[0] not in below and earlier[1] != value:
                found.append(Conflict(scenario, address, earlier[0], layer))
            standing[address] = (layer, value)
    return tuple(found)


def with_override(plan: Plan, scenario: str, address: Address, value: Value) -> Plan:
    """Return the plan in which ``scenario`` itself sets the cell to ``value``; ``None`` empties the cell."""
    return with_overrides(plan, scenario, {address: value})


def with_overrides(plan: Plan, scenario: str, cells: Mapping[Address, Value]) -> Plan:
    """Return the plan in which ``scenario`` itself sets several cells; see :func:`with_override`."""
    own = {address: position for position, address in _own_overrides(plan, scenario)}
    records = list(plan.overrides)
    for address, value in cells.items():
        written = BLANK if value is None else value
        position = own.get(address)
        if position is None:
            records.append(Override(scenario, address.table, address.row, address.column, written))
        else:
            kept = records[position]
            records[position] = Override(kept.scenario, kept.table, kept.row, kept.column, written, kept.note)
    return plan.with_table(plan.overrides.replaced(records))


def without_override(plan: Plan, scenario: str, addresses: Iterable[Address]) -> Plan:
    """Return the plan in which ``scenario`` itself no longer sets these cells."""
    unwanted = set(addresses)
    dropped = {position for position, address in _own_overrides(plan, scenario) if address in unwanted}
    kept = (override for position, override in enumerate(plan.overrides) if position not in dropped)
    return plan.with_table(plan.overrides.replaced(kept)) if dropped else plan


def _own_overrides(plan: Plan, scenario: str) -> list[tuple[int, Address]]:
    own = _by_scenario(plan).get(fold(scenario), ())
    placed = ((position, override_address(plan, override)) for position, override in own)
    return [(position, address) for position, address in placed if address is not None]
