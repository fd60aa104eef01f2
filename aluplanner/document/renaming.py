"""Renaming a row: whatever names it by its key is carried along in the same step."""

import re
from collections.abc import Callable, Iterable
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


def rename_row(plan: Plan, table: str, position: int, name: str, value: Value) -> Plan:
    """Return the plan with a key cell set, and everything that named the row by its old key.

    Parameters
    ----------
    plan
        The plan.
    table, position
        The row.
    name
        Field name of the key column; one of several where the key has several parts, which nothing names.
    value
        The new key.
    """
    rows = plan.table(table)
    renamed = plan.with_table(rows.with_cell(position, name, value))
    old, new = rows.keys[position], renamed.table(table).keys[position]
    is_named = len(rows.table.key) == 1 and fold(old) and fold(new)
    if not is_named or old == new or _is_in(renamed.table(table).keys, old, position):
        return renamed
    return _carried_along(renamed, table, old, new)


def _is_in(keys: Iterable[str], key: str, but: int) -> bool:
    """Return whether a row other than ``but`` has this key, so that what names it still has a row."""
    return any(fold(known) == fold(key) for position, known in enumerate(keys) if position != but)


def _carried_along(plan: Plan, table: str, old: str, new: str) -> Plan:
    replace_names = _names_editor(plan, table, old, new)
    if table == "scenarios":
        plan = _edited(plan, plan.overrides, lambda row: _with_scenario(row, old, new))
    else:
        plan = _edited(plan, plan.overrides, lambda row: _with_row(row, table, old, new))
        plan = _edited(plan, plan.uncertainty, lambda row: _with_row(row, table, old, new))
    if table in _LISTS:
        lists, column = _LISTS[table]
        plan = _edited(plan, plan.table(lists), lambda row: _with_names(row, column, replace_names))
        plan = _edited(plan, plan.overrides, lambda row: _with_listed(row, (lists, column), replace_names))
    if table in _SERIES:
        plan = _edited(plan, plan.claims, lambda row: _with_measure(row, _SERIES[table], replace_names))
    return plan


def _names_editor(plan: Plan, table: str, old: str, new: str) -> Callable[[str], str]:
    """Return the function that renames in a list of names.

    A plant may share its name with a group or a province; the old name then still means that one and
    stays, unless it meant nothing but the plant.
    """
    places = {fold(place or "") for plant in plan.plants for place in (plant.group, plant.province)}
    is_shared = table == "plants" and fold(old) in places
    wanted = f"{old}; {new}" if is_shared else new

    def replace_names(text: str) -> str:
        names = split_names(text)
        if not any(fold(name) == fold(old) for name in names):
            return text
        return "; ".join(wanted if fold(name) == fold(old) else name for name in names)

    return replace_names


def _edited(plan: Plan, rows: Rows[Any], edit: Edit) -> Plan:
    records = [edit(record) for record in rows]
    is_changed = any(after is not before for after, before in zip(records, rows, strict=True))
    return plan.with_table(rows.replaced(records)) if is_changed else plan


def _with_scenario(row: Any, old: str, new: str) -> Any:
    return replace(row, scenario=new) if fold(row.scenario or "") == fold(old) else row


def _with_row(row: Any, table: str, old: str, new: str) -> Any:
    named = find_table(row.table or "")
    is_meant = named is not None and named.name == table and fold(row.row or "") == fold(old)
    return replace(row, row=new) if is_meant else row


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
