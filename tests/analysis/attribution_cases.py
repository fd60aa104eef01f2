"""Cases to attribute, and what any answer must be."""

from dataclasses import replace

import pytest

from aluplanner.analysis.attribution import Attribution
from aluplanner.model.plan import Plan
from tests.benchmarks.plans import benchmark_plan
from tests.model.cases import full_plan

H2 = "balance 2017H2 sum"
ALL = "stock all end"


def values(answer: Attribution) -> dict[str, float]:
    return {bar.name: bar.value for bar in answer.contributions}


def assert_same(found: dict[str, float], expected: dict[str, float], tolerance: float = 1e-9) -> None:
    assert found.keys() == expected.keys()
    for name, value in expected.items():
        assert found[name] == pytest.approx(value, abs=tolerance), name


def assert_adds_up(answer: Attribution) -> None:
    scale = max(1.0, abs(answer.start), abs(answer.end))
    for bars in (answer.contributions, answer.groups):
        assert sum(bar.value for bar in bars) == pytest.approx(answer.end - answer.start, abs=1e-9 * scale)


def scenario_plan(*overrides: object, **tables: object) -> Plan:
    """Return the full plan with the scenarios One and Other; overrides are of Other unless they say so."""
    rows = [{"scenario": "One"}, {"scenario": "Other"}]
    return full_plan(scenarios=rows, overrides=list(overrides), **tables)


def many_actions(count: int) -> Plan:
    """Return the plan to measure with, its first actions switched on."""
    plan = benchmark_plan(30, 20, 24)
    rows = (replace(action, enabled=place < count) for place, action in enumerate(plan.actions))
    return plan.with_table(plan.actions.edited(rows))


CHANGES = {
    "numbers": [("actions/Closure/implementation", 0.4), ("actions/Winter/share", 0.5), ("actions/Cut/delay", 2)],
    "blank numbers": [("actions/Closure/operating_share", 0.2), ("actions/Winter/share", 0.2)],
    "months and words of actions": [
        ("actions/Cut/end", "2017-11"),
        ("actions/Closure/target", "South"),
        ("actions/Winter/credit", "Closure"),
        ("actions/Halt/policy", False),
    ],
    "a kind that cannot be credited any more": [
        ("actions/Closure/kind", "restart capacity"),
        ("actions/Winter/credit", "Cut"),
        ("actions/New/announced", 90),
    ],
    "a credited action that comes back": [("actions/Cut/start", "2017-11"), ("actions/Winter/implementation", 0.8)],
    "another measure of the size": [
        ("actions/Closure/announced", "(blank)"),
        ("actions/Closure/share", 0.3),
        ("actions/Cut/announced", "(blank)"),
        ("actions/Cut/share", 0.1),
        ("actions/Winter/credit", "Closure"),
    ],
    "switches": [("actions/Closure/enabled", False), ("actions/Cut/enabled", False), ("actions/Cut/announced", 70)],
    "yes and no": [
        ("assumptions/market_response/value", True),
        ("assumptions/response_from/value", "2017-10"),
        ("actions/Cut/announced", 80),
    ],
    "plants": [
        ("plants/North 1/built", 1100),
        ("plants/North 1/operating", 950),
        ("plants/North 2/group", "South"),
        ("plants/North 1/first_output", "2017-12"),
        ("actions/Winter/share", 0.4),
    ],
    "the market": [
        ("demand/Transport/consumption", 1100),
        ("demand/Construction/growth 2018", "(blank)"),
        ("bauxite/Home/available", 4000),
        ("assumptions/opening_stock/value", 300),
        ("assumptions/demand_elasticity/value", 0.2),
    ],
}
