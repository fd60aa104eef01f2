"""Plans for tests: from the plain dictionaries of the reference implementation, and results back into its layout."""

import math
from typing import Any

from aluplanner.model.balance import Balance
from aluplanner.model.cell_text import typed
from aluplanner.model.plan import TABLES, Plan, plan_from_tables
from aluplanner.model.rows import write_cell
from aluplanner.model.schema import BLANK, Table, Type

PLAN_FIELDS = {"title": "Title", "first_month": "First month", "months": "Months", "base_year": "Base year"}


def plan_of(tables: dict[str, Any]) -> Plan:
    """Return the plan that the reference implementation's dictionary states."""
    rows: dict[str, list[Any]] = {"plan": [_fact(name, value) for name, value in tables.get("plan", {}).items()]}
    for name, table in TABLES.items():
        if name != "plan":
            rows[name] = [_record(table, row) for row in tables.get(name) or []]
    return plan_from_tables({name: [row for row in found if row is not None] for name, found in rows.items()})


def _fact(name: str, value: Any) -> Any:
    title = PLAN_FIELDS.get(name)
    table = TABLES["plan"]
    return table.record(title, typed(table.parameters[title], value)) if title and value is not None else None


def _record(table: Table[Any], row: dict[str, Any]) -> Any:
    record = table.record(**dict.fromkeys(table.key))
    for name, value in row.items():
        if value is None:
            continue
        column = next((column for column in table.columns if column.name == name), None)
        if column is None:
            value = float(value)
        elif column.type is Type.VALUE:
            value = _value(table, row, value)
        else:
            value = typed(column, value)
        record = write_cell(record, name, value)
    return record


def _value(table: Table[Any], row: dict[str, Any], value: Any) -> Any:
    if table.name == "assumptions":
        return typed(table.parameters[row["assumption"]], value)
    if isinstance(value, bool) or value == BLANK:
        return value
    return float(value) if isinstance(value, int) else value


def result_of(balance: Balance) -> dict[str, Any]:
    """Return a balance in the layout of the reference implementation."""
    places = {
        f"{series}_by_{place}": _numbers(getattr(balance, f"by_{place}")(series))
        for series in ("operating", "production")
        for place in ("plant", "group", "province")
    }
    actions = {
        f"{series}_by_action": _numbers(balance.by_action(series)) for series in ("due", "implemented", "effective")
    }
    return {
        "months": list(balance.horizon.labels),
        "monthly": _numbers({name: balance.series(name) for name in balance.names}),
        **places,
        **actions,
        "announced_by_action": balance.announced_by_action,
        "consumption_by_sector": _numbers(balance.consumption_by_sector),
        "bauxite_use": _numbers(balance.bauxite_use),
        "periods": {
            label: {
                "balance": found.balance,
                "consumption": found.consumption,
                "state": found.state,
                "part": found.is_part,
            }
            for label, found in balance.periods.items()
        },
    }


def _numbers(series: dict[str, Any]) -> dict[str, list[float | None]]:
    return {
        name: [value if math.isfinite(value) else None for value in numbers.tolist()]
        for name, numbers in series.items()
    }
