"""Renaming a row: whatever names it by its key is carried along in the same step."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from aluplanner.model.measure import BY_ACTION, BY_PLACE
from aluplanner.model.plan import Plan, find_table
from aluplanner.model.rows import Rows, read_cell, write_cell
from aluplanner.model.schema import Value, fold, split_names

_LISTS: Final = {
    "plants": ("actions", "target"),
    "actions": ("actions", "credit"),
    "scenarios": ("scenarios", "builds_on"),
}
"""The column of names separated by ";" in which rows of a table are named."""

_SERIES: Final = {
    "plants": frozenset(BY_PLACE),
    "actions": frozenset(BY_ACTION),
    "demand": frozenset({"consumption"}),
    "bauxite": frozenset({"bauxite_use"}),
}
"""The series of a measure whose brackets name rows of a table (section 11 of the model page)."""

_BRACKETS = re.compile(r"(\s*(\w+)\s*\[)(.*)(\].*)", re.DOTALL)

Edit = Callable[[Any], Any]
Names = Mapping[str, str]
"""The new names of rows by their old ones, folded."""


def rename_rows(plan: Plan, table: str, cells: Iterable[tuple[int, str, Value]]) -> Plan:
    """Return the plan with key cells set, and everything that named the rows by their old keys.

    All rows are renamed at once, so that two can change their names with each other.

    Parameters
    ----------
    plan
        The plan.
    table
        Name of the table.
    cells
        Index of the row, field name of the key column and new key; several cells of a row where its key has several
        parts, which nothing names.
    """
    changed = list(cells)
    rows = plan.table(table)
    renamed = plan.with_table(rows.with_cells(changed))
    if len(rows.table.key) > 1:
        return renamed
    keys = renamed.table(table).keys
    moved = {position for position, _, _ in changed if rows.keys[position] != keys[position]}
    # what stays under an old name keeps what names it
    kept = {fold(key) for position, key in enumerate(rows.keys) if position not in moved}
    new_names = {
        fold(rows.keys[position]): keys[position]
        for position in sorted(moved, reverse=True)
        if fold(rows.keys[position]) not in kept and fold(rows.keys[position]) and fold(keys[position])
    }
    return carry_names(renamed, table, new_names) if new_names else renamed


def carry_names(plan: Plan, table: str, names: Names) -> Plan:
    """Return the plan in which whatever names rows of a table by their old names names them by their new ones.

    Parameters
    ----------
    plan
        The plan; the rows themselves have their new names already.
    table
        Name of the table.
    names
        The new names by the old ones, folded.
    """
    replace_names = _names_editor(plan, table, names)
    if table == "scenarios":
        plan = _edited(plan, plan.overrides, lambda row: _with_scenario(row, names))
    else:
        plan = _edited(plan, plan.overrides, lambda row: _with_row(row, table, names))
        plan = _edited(plan, plan.uncertainty, lambda row: _with_row(row, table, names))
    if table in _LISTS:
        lists, column = _LISTS[table]
        plan = _edited(plan, plan.table(lists), lambda row: _with_names(row, column, replace_names))
        plan = _edited(plan, plan.overrides, lambda row: _with_listed(row, (lists, column), replace_names))
    if table in _SERIES:
        plan = _edited(plan, plan.claims, lambda row: _with_measure(row, _SERIES[table], replace_names))
    return plan


def _names_editor(plan: Plan, table: str, new_names: Names) -> Callable[[str], str]:
    """Return the function that renames in a list of names.

    A plant may share its name with a group or a province; the old name then still means that one and
    stays, unless it meant nothing but the plant.
    """
    is_of_plants = table == "plants"
    places = {fold(place or "") for plant in plan.plants for place in (plant.group, plant.province) if is_of_plants}

    def new_name(name: str) -> str:
        new = new_names.get(fold(name))
        if new is None:
            return name
        return f"{name}; {new}" if fold(name) in places else new

    def replace_names(text: str) -> str:
        names = split_names(text)
        if not any(fold(name) in new_names for name in names):
            return text
        return "; ".join(map(new_name, names))

    return replace_names


def _edited(plan: Plan, rows: Rows[Any], edit: Edit) -> Plan:
    records = [edit(record) for record in rows]
    is_changed = any(after is not before for after, before in zip(records, rows, strict=True))
    return plan.with_table(rows.edited(records)) if is_changed else plan


def _with_scenario(row: Any, names: Names) -> Any:
    new = names.get(fold(row.scenario or ""))
    return row if new is None else replace(row, scenario=new)


def _with_row(row: Any, table: str, names: Names) -> Any:
    new = names.get(fold(row.row or ""))
    if new is None:
        return row
    named = find_table(row.table or "")
    return replace(row, row=new) if named is not None and named.name == table else row


def _with_names(row: Any, column: str, replace_names: Callable[[str], str]) -> Any:
    text = read_cell(row, column)
    changed = replace_names(text) if isinstance(text, str) else text
    return row if changed == text else write_cell(row, column, changed)


def _with_listed(row: Any, cell: tuple[str, str], replace_names: Callable[[str], str]) -> Any:
    """Rename in an override whose value is itself a list of names."""
    named = find_table(row.table or "")
    is_list = named is not None and (named.name, fold(row.column or "")) == cell
    return _with_names(row, "value", replace_names) if is_list else row


def _with_measure(row: Any, series: frozenset[str], replace_names: Callable[[str], str]) -> Any:
    found = _BRACKETS.fullmatch(row.measure or "")
    if not found or fold(found[2]) not in series:
        return row
    names = replace_names(found[3])
    return row if names == found[3] else replace(row, measure=f"{found[1]}{names}{found[4]}")
