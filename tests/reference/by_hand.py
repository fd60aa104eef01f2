"""Small plans with round numbers for the cases worked by hand."""

from typing import Any

import pytest

Row = dict[str, Any]


def small_plan(first_month: str, months: int, **tables: list[Row]) -> dict[str, Any]:
    """One smelter that makes 10 kt a day and sectors that use 300 kt a month, unless tables say otherwise.

    3,650 kt/y are 310 kt in January, 280 in February, 310 in March, 300 in April of a year of 365 days.
    The load factor is 1 and the whole surplus is visible.
    """
    plan: dict[str, Any] = {
        "plan": {"title": "By hand", "first_month": first_month, "months": months, "base_year": 2016},
        "plants": [smelter("Plant", 3650.0)],
        "actions": [],
        "demand": [{"sector": "All uses", "consumption": 3600.0}],
        "assumptions": assumptions(load_factor=1.0, visible_share=1.0, opening_stock=100.0),
    }
    plan.update(tables)
    return plan


def smelter(name: str, operating: float, **more: Any) -> Row:
    """A smelter that runs fully, unless `built` says otherwise."""
    return {"plant": name, "built": operating, "operating": operating, **more}


def action(name: str, kind: str, start: str, **more: Any) -> Row:
    """A row of Actions."""
    return {"action": name, "kind": kind, "start": start, **more}


def assumptions(**values: Any) -> list[Row]:
    """Rows of Assumptions."""
    return [{"assumption": name, "value": value} for name, value in values.items()]


def about(*values: float) -> Any:
    """A series to compare with, up to rounding."""
    return pytest.approx(list(values), rel=1e-12, abs=1e-9)
