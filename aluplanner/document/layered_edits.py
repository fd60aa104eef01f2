"""Edits through a scenario: its own overrides take what the base would take otherwise."""

from collections.abc import Iterable, Sequence

from aluplanner.document import edits
from aluplanner.document.edits import Cell
from aluplanner.document.scenario_view import ScenarioView
from aluplanner.model.layers import with_overrides, without_override
from aluplanner.model.plan import TABLES, Address, Plan


def set_cells(view: ScenarioView, table: str, cells: Sequence[Cell]) -> Plan:
    """Return the plan with cells set: in a scenario by overrides where the table can vary, else in the base.

    Keys are always the base's: a scenario changes values, not which rows there are.

    Parameters
    ----------
    view
        The plan and the scenario on view.
    table
        Name of the table.
    cells
        The cells; rows count as the scenario shows them.
    """
    names = TABLES[table].key
    if view.is_base or not TABLES[table].can_vary:
        return edits.set_cells(view.plan, table, cells)
    keys = [cell for cell in cells if cell[1] in names]
    values = [cell for cell in cells if cell[1] not in names]
    addresses = _addresses(view, table, [(position, name) for position, name, _ in values])
    overrides = {address: value for address, (_, _, value) in zip(addresses, values, strict=True)}
    plan = with_overrides(view.plan, view.scenario, overrides) if overrides else view.plan
    return edits.set_cells(plan, table, keys) if keys else plan


def use_base_values(view: ScenarioView, table: str, cells: Iterable[tuple[int, str]]) -> Plan:
    """Return the plan in which the scenario itself no longer sets some cells; in the base nothing happens.

    Parameters
    ----------
    view
        The plan and the scenario on view.
    table
        Name of the table.
    cells
        Index of the row as the scenario shows it, field name.
    """
    return view.plan if view.is_base else without_override(view.plan, view.scenario, _addresses(view, table, cells))


def _addresses(view: ScenarioView, table: str, cells: Iterable[tuple[int, str]]) -> list[Address]:
    keys = view.rows(table).keys
    return [Address(table, keys[position], column) for position, column in cells]
