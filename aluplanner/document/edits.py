"""Edits of the base plan: pure functions from a plan to the plan after one gesture.

Rows are named by their index here, because a key that stands twice or is still blank names no row.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from aluplanner.document.new_rows import TakenNames, new_records
from aluplanner.model.plan import Plan, find_table
from aluplanner.model.renaming import rename_rows
from aluplanner.model.rows import Rows, write_cell
from aluplanner.model.schema import Table, Type, Value, fold

Cell = tuple[int, str, Value]
"""Index of the row, field name of the column, value to put there."""


def has_fixed_rows(table: Table[Any]) -> bool:
    """Return whether the rows are declared by the program, so that none can come or go."""
    return bool(table.parameters)


def set_cells(plan: Plan, table: str, cells: Iterable[Cell]) -> Plan:
    """Return the plan with cells of one table set; a new key is carried along to whatever names the row.

    Parameters
    ----------
    plan
        The plan.
    table
        Name of the table.
    cells
        The cells, with values of their columns' types.
    """
    names = plan.table(table).table.key
    plain: list[Cell] = []
    keys: list[Cell] = []
    for cell in cells:
        (keys if cell[1] in names else plain).append(cell)
    if plain:
        plan = plan.with_table(plan.table(table).with_cells(plain))
    return rename_rows(plan, table, keys) if keys else plan


def insert_rows(plan: Plan, table: str, position: int, count: int = 1) -> Plan:
    """Return the plan with ``count`` new rows before the row at ``position``; fewer where there is no room for them."""
    rows = plan.table(table)
    records = new_records(plan, table, position, count)
    return plan.with_table(rows.replaced((*rows[:position], *records, *rows[position:])))


def duplicate_rows(plan: Plan, table: str, positions: Sequence[int]) -> Plan:
    """Return the plan with a copy of each row after the last of them, under a new name ``X (2)``.

    A copy of a scenario takes copies of the scenario's own overrides with it.
    """
    rows = plan.table(table)
    copies = []
    originals = sorted(positions)
    taken = TakenNames(rows.keys)
    for position in originals:
        copy = _renamed_copy(plan, table, rows[position], taken)
        taken.take(rows.table.row_key(copy))
        copies.append(copy)
        if table == "scenarios":
            plan = _with_copied_overrides(plan, rows[position].scenario, copy.scenario)
    return plan.with_table(_with_copies(rows, originals, copies, originals[-1] + 1))


def _with_copies(rows: Rows[Any], originals: Sequence[int], copies: Sequence[Any], place: int) -> Rows[Any]:
    """Return the rows with copies of some of them inserted at a place; a text that could not be read is copied too."""
    copied = {position: place + number for number, position in enumerate(originals)}
    unread = {
        (copied[position], name): kept
        for (position, name), kept in rows.unread.items()
        if position in copied and name not in rows.table.key
    }
    whole = rows.replaced((*rows[:place], *copies, *rows[place:]))
    return whole.with_unread(unread) if unread else whole


def _renamed_copy(plan: Plan, table: str, record: Any, taken: TakenNames) -> Any:
    declared = plan.table(table).table
    name = declared.key[0]
    column = next(column for column in declared.columns if column.name == name)
    if len(declared.key) > 1 or column.type is not Type.TEXT:
        # several columns make the key; which of them is to differ only the planner knows. A row of its own all the
        # same: texts that could not be read follow the record they belong to
        return replace(record)
    return write_cell(record, name, taken.free(getattr(record, name) or ""))


def _with_copied_overrides(plan: Plan, scenario: str, copy: str) -> Plan:
    rows = plan.overrides
    own = [position for position, row in enumerate(rows) if fold(row.scenario or "") == fold(scenario)]
    copies = [replace(rows[position], scenario=copy) for position in own]
    return plan.with_table(_with_copies(rows, own, copies, len(rows)))


def delete_rows(plan: Plan, table: str, positions: Iterable[int]) -> Plan:
    """Return the plan without some rows, and without the overrides and uncertain cells that only they had.

    Names in targets, credits and "Builds on" stay, as leaving one out could silently change what an
    action reaches; the issues then say what is missing.
    """
    rows = plan.table(table)
    unwanted = set(positions)
    kept = [record for position, record in enumerate(rows) if position not in unwanted]
    left = {fold(rows.table.row_key(record)) for record in kept}
    gone = {fold(rows.keys[position]) for position in unwanted} - left
    return _without_dependants(plan.with_table(rows.replaced(kept)), table, gone)


def _without_dependants(plan: Plan, table: str, gone: set[str]) -> Plan:
    if table == "scenarios":
        return _keep(plan, plan.overrides, [fold(row.scenario or "") not in gone for row in plan.overrides])
    for cells in (plan.overrides, plan.uncertainty):
        plan = _keep(plan, cells, [not _lies_in(cell, table, gone) for cell in cells])
    return plan


def _lies_in(cell: Any, table: str, rows: set[str]) -> bool:
    """Return whether an override or uncertain cell names a cell in one of the rows."""
    named = find_table(cell.table or "")
    return named is not None and named.name == table and fold(cell.row or "") in rows


def _keep(plan: Plan, rows: Rows[Any], wanted: Sequence[bool]) -> Plan:
    if all(wanted):
        return plan
    return plan.with_table(rows.replaced(record for record, keep in zip(rows, wanted, strict=True) if keep))


def move_rows(plan: Plan, table: str, positions: Iterable[int], down: bool) -> Plan:
    """Return the plan with each of some rows one place further up or down, as far as there is a place."""
    rows = plan.table(table)
    records = list(rows)
    moving = sorted(set(positions), reverse=down)
    step, edge = (1, len(records) - 1) if down else (-1, 0)
    for position in moving:
        if position == edge:
            edge -= step  # the next one stops behind it
            continue
        records[position], records[position + step] = records[position + step], records[position]
    return plan.with_table(rows.replaced(records))
