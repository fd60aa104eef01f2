"""A plan that uses every table, changes of it, and how its issues are found."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from aluplanner.model.issues import Issue
from aluplanner.model.plan import Plan
from aluplanner.model.schema import Value
from aluplanner.model.validation import validate
from tests.model.plans import plan_of

Row = dict[str, Any]

MONTHS = tuple(f"{2017 + (6 + t) // 12}-{(6 + t) % 12 + 1:02d}" for t in range(12))


def full_tables() -> dict[str, Any]:
    """Return a plan without errors or warnings that has rows in every table; twelve months from July 2017."""
    return {
        "plan": {"title": "Every table", "first_month": "2017-07", "months": 12, "base_year": 2016},
        "plants": [
            {
                **{"plant": "North 1", "group": "North", "province": "Shandong", "built": 1000, "operating": 900},
                **{"non_compliant": 200, "under_construction": 120, "first_output": "2017-09", "ramp_months": 3},
                **{"winter_region": True, "pot_size": 0.8, "cash_cost": 12000},
            },
            {"plant": "North 2", "group": "North", "province": "Henan", "built": 600, "operating": 500},
            {"plant": "South", "group": "South", "province": "Yunnan", "built": 800, "operating": 800},
            {"plant": "Refinery", "product": "alumina", "group": "North", "built": 5000, "operating": 4500},
        ],
        "actions": [
            {"action": "Closure", "kind": "close capacity", "target": "North 1", "announced": 100, "start": "2017-07"},
            {"action": "Cut", "kind": "curtail output", "target": "North 1", "announced": 50, "start": "2017-09"},
            {
                **{"action": "Winter", "kind": "curtail output", "target": "Winter region", "share": 0.3},
                **{"start": "2017-11", "end": "2018-02", "credit": "Closure; Cut"},
            },
            {"action": "Halt", "kind": "halt construction", "target": "North", "share": 0.5, "start": "2017-10"},
            {"action": "Restart", "kind": "restart capacity", "target": "Henan", "announced": 40, "start": "2018-01"},
            {"action": "New", "kind": "commission capacity", "target": "South", "announced": 60, "start": "2018-03"},
        ],
        "demand": [
            {"sector": "Construction", "consumption": 1200, "growth 2017": 0.05, "growth 2018": 0.03},
            {"sector": "Transport", "consumption": 1000, "growth 2017": 0.08},
        ],
        "seasonality": [{"month_of_year": month, "weight": 0.9 if month < 4 else 1.1} for month in range(1, 13)],
        "monthly": [{"month": month, "net_imports": 5, "alumina_net_imports": 10} for month in MONTHS],
        "bauxite": [
            {"origin": "Home", "available": 6000, "growth": -0.02, "grade": 2.2},
            {"origin": "Guinea", "available": 9000, "growth": 0.1, "grade": 2.5},
        ],
        "assumptions": [{"assumption": "opening_stock", "value": 400}],
        "scenarios": [{"scenario": "Slow"}, {"scenario": "Slow and cold", "builds_on": "Slow"}],
        "overrides": [
            override("Slow", "actions/Closure/implementation", 0.5),
            override("Slow and cold", "actions/Winter/share", 0.4),
        ],
        "claims": [
            {"claim": "Short", "measure": "balance 2017H2 sum", "relation": "<", "value": 0},
            {"claim": "Range", "measure": "price all mean", "relation": "between", "value": 1, "upper": 20000},
        ],
        "uncertainty": [
            {
                **{"table": "actions", "row": "Closure", "column": "implementation", "distribution": "pert"},
                **{"low": 0.2, "mode": 0.6, "high": 1},
            }
        ],
    }


def override(scenario: str, address: str, value: Any) -> Row:
    """Return a row of Overrides."""
    table, row, column = address.split("/")
    return {"scenario": scenario, "table": table, "row": row, "column": column, "value": value}


def full_plan(**tables: Any) -> Plan:
    """Return the plan of :func:`full_tables` with some tables replaced."""
    return plan_of({**full_tables(), **tables})


def with_record(plan: Plan, table: str, position: int, /, **fields: Any) -> Plan:
    """Return the plan with fields of one record set as they are, past every check of the editors."""
    rows = plan.table(table)
    records = list(rows)
    records[position] = replace(records[position], **fields)
    return plan.with_table(rows.replaced(records))


def changed(plan: Plan, cells: Mapping[str, Value]) -> Plan:
    """Return the plan with cells set, by address as text."""
    return plan.with_cells(cells)


def issues_of(plan: Plan, code: str) -> list[Issue]:
    """Return the issues of one rule."""
    return [issue for issue in validate(plan) if issue.code == code]


def the_issue(plan: Plan, code: str) -> Issue:
    """Return the only issue of one rule; it says what is wrong and what would be right."""
    found = issues_of(plan, code)
    assert len(found) == 1, [str(issue) for issue in validate(plan)]
    assert found[0].message.strip()
    assert found[0].remedy.strip()
    return found[0]


def codes_of(plan: Plan) -> set[str]:
    """Return the codes of all issues of a plan."""
    return {issue.code for issue in validate(plan)}
