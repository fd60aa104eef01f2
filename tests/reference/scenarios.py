"""Scenarios as layers of overrides (section 1 of the model page)."""

import copy
from typing import Any

KEY_COLUMNS = {
    "plants": "plant",
    "actions": "action",
    "demand": "sector",
    "seasonality": "month_of_year",
    "monthly": "month",
    "bauxite": "origin",
    "assumptions": "assumption",
}
# Tables whose missing rows have a meaning (zeros, or the default), so that an override may make the row.
TABLES_WITH_IMPLIED_ROWS = ("monthly", "assumptions")

Address = tuple[str, str, str]


def normal(name: Any) -> str:
    """A name as it is compared: case and surrounding blanks ignored (section 2 of the model page)."""
    return str(name).strip().lower()


def split_names(text: str | None) -> list[str]:
    """The names of a `;` separated cell, as they are compared."""
    return [normal(name) for name in (text or "").split(";") if name.strip()]


def find_scenario(plan: dict[str, Any], name: str) -> dict[str, Any]:
    """The Scenarios row of that name; ValueError if there is none."""
    for row in plan.get("scenarios") or []:
        if normal(row["scenario"]) == normal(name):
            return dict(row)
    raise ValueError(f"no scenario is named {name}")


def own_overrides(plan: dict[str, Any], name: str) -> list[tuple[Address, Any]]:
    """The rows of Overrides that a scenario has itself, in order."""
    found = []
    for row in plan.get("overrides") or []:
        if normal(row["scenario"]) == normal(name):
            address = (normal(row["table"]), normal(row["row"]), str(row["column"]).strip())
            found.append((address, row.get("value")))
    return found


def layered_overrides(plan: dict[str, Any], name: str, above: tuple[str, ...] = ()) -> list[tuple[Address, Any]]:
    """All overrides of a scenario in the order in which they apply (section 1 of the model page).

    First those of `builds_on`, in order, each with what it builds on in turn; then its own rows.  The last
    one found for a cell stands.  A scenario that builds on itself is an error.
    """
    if normal(name) in above:
        raise ValueError(f"the scenario {name} builds on itself")
    found = []
    for lower in split_names(find_scenario(plan, name).get("builds_on")):
        found.extend(layered_overrides(plan, lower, (*above, normal(name))))
    return found + own_overrides(plan, name)


def conflicts(plan: dict[str, Any], name: str) -> list[Address]:
    """Cells that two layers of a scenario set to different values (section 1 of the model page).

    Two layers are two entries of one `builds_on`.  What a scenario changes of the layers below it is its
    purpose, not a conflict.
    """
    found: list[Address] = []
    stands: dict[Address, Any] = {}
    for lower in split_names(find_scenario(plan, name).get("builds_on")):
        found.extend(conflicts(plan, lower))
        for address, value in dict(layered_overrides(plan, lower)).items():
            if address in stands and stands[address] != value:
                found.append(address)
            stands[address] = value
    return sorted(set(found))


def resolve(plan: dict[str, Any], scenario: str | None) -> dict[str, Any]:
    """The plan as a scenario sees it: a copy with the overrides in its cells (section 1 of the model page).

    None, or `Base`, is the base plan.
    """
    resolved = copy.deepcopy(plan)
    if scenario is None or normal(scenario) == "base":
        return resolved
    for (table, row, column), value in layered_overrides(plan, scenario):
        empties = isinstance(value, str) and normal(value) == "(blank)"
        find_row(resolved, table, row)[column] = None if empties else value
    return resolved


def find_row(plan: dict[str, Any], table: str, row: str) -> dict[str, Any]:
    """The row of an address; a row of Monthly or Assumptions that is only implied is made."""
    if table not in KEY_COLUMNS:
        raise ValueError(f"no table {table} can be overridden")
    key = KEY_COLUMNS[table]
    rows: list[dict[str, Any]] = plan.setdefault(table, []) or []
    plan[table] = rows
    for candidate in rows:
        if normal(candidate[key]) == normal(row):
            return candidate
    if table not in TABLES_WITH_IMPLIED_ROWS:
        raise ValueError(f"{table} has no row {row}")
    rows.append({key: normal(row)})
    return rows[-1]
