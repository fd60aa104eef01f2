"""The names a cell may hold, offered while typing."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from aluplanner.model.actions import ALL_PLANTS, WINTER_REGION
from aluplanner.model.measure import COUNTRY_SERIES
from aluplanner.model.plan import TABLES, Plan, find_table
from aluplanner.model.schema import Column


def known_names(plan: Plan, table: str, record: Any, column: Column) -> tuple[str, ...]:
    """Return the names that fit a cell, in the order offered; empty where any text does."""
    find = _SOURCES.get((table, column.name))
    return tuple(dict.fromkeys(name for name in find(plan, record) if name)) if find else ()


def _groups(plan: Plan, _record: Any) -> Iterable[str | None]:
    return sorted({plant.group for plant in plan.plants if plant.group})


def _provinces(plan: Plan, _record: Any) -> Iterable[str | None]:
    return sorted({plant.province for plant in plan.plants if plant.province})


def _targets(plan: Plan, record: Any) -> Iterable[str | None]:
    return (ALL_PLANTS, WINTER_REGION, *_provinces(plan, record), *_groups(plan, record), *plan.plants.keys)


def _actions(plan: Plan, record: Any) -> Iterable[str | None]:
    return (key for key in plan.actions.keys if key != record.action)


def _scenarios(plan: Plan, _record: Any) -> Iterable[str | None]:
    return plan.scenario_names


def _lower_scenarios(plan: Plan, record: Any) -> Iterable[str | None]:
    return (name for name in plan.scenario_names if name != record.scenario)


def _varying_tables(_plan: Plan, _record: Any) -> Iterable[str | None]:
    return (name for name, table in TABLES.items() if table.can_vary)


def _rows(plan: Plan, record: Any) -> Iterable[str | None]:
    table = find_table(record.table or "")
    return plan.table(table.name).keys if table else ()


def _columns(plan: Plan, record: Any) -> Iterable[str | None]:
    table = find_table(record.table or "")
    if table is None:
        return ()
    return (c.name for c in plan.columns(table.name) if c.name not in table.key and not c.derived)


def _factors(plan: Plan, _record: Any) -> Iterable[str | None]:
    return sorted({cell.factor for cell in plan.uncertainty if cell.factor})


def _measures(_plan: Plan, _record: Any) -> Iterable[str | None]:
    return COUNTRY_SERIES


_SOURCES: Final[dict[tuple[str, str], Callable[[Plan, Any], Iterable[str | None]]]] = {
    ("plants", "group"): _groups,
    ("plants", "province"): _provinces,
    ("actions", "target"): _targets,
    ("actions", "credit"): _actions,
    ("scenarios", "builds_on"): _lower_scenarios,
    ("overrides", "scenario"): _scenarios,
    ("overrides", "table"): _varying_tables,
    ("overrides", "row"): _rows,
    ("overrides", "column"): _columns,
    ("uncertainty", "table"): _varying_tables,
    ("uncertainty", "row"): _rows,
    ("uncertainty", "column"): _columns,
    ("uncertainty", "factor"): _factors,
    ("claims", "measure"): _measures,
}
