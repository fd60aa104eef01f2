"""The solver against the second implementation: the same page, read twice."""

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from aluplanner.model.issues import has_errors
from aluplanner.model.solver import solve
from aluplanner.model.validation import validate
from tests.model.plans import plan_of, result_of
from tests.reference import measure, run
from tests.reference.compare import differences, is_borderline
from tests.reference.random_plans import plans, random_plan

WARNINGS = ("over-closed", "over-curtailed", "credited twice", "unallocated")


def check(tables: dict[str, Any], scenario: str | None, theirs: dict[str, Any]) -> None:
    plan = plan_of(tables)
    assert not has_errors(validate(plan)), [str(issue) for issue in validate(plan)]
    balance = solve(plan, scenario)
    ours = result_of(balance)
    assert differences(ours, {**theirs, "periods": _shared(theirs["periods"], ours["periods"])}) == []
    assert _warned(balance.warnings) == {(code, subject) for code, subject, _ in theirs["warnings"] if code in WARNINGS}


def _shared(theirs: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    return {label: {name: period[name] for name in ours[label]} for label, period in theirs.items()}


def _warned(issues: tuple[Any, ...]) -> set[tuple[str, str]]:
    return {(issue.code, issue.row) for issue in issues if issue.code in WARNINGS}


def scenarios_of(tables: dict[str, Any]) -> list[str | None]:
    return [None, *(row["scenario"] for row in tables.get("scenarios") or [])]


@settings(suppress_health_check=list(HealthCheck))
@given(tables=plans(), data=st.data())
def test_that_the_solver_agrees_with_the_reference_on_any_plan(tables: dict[str, Any], data: st.DataObject) -> None:
    scenario = data.draw(st.sampled_from(scenarios_of(tables)))
    theirs = run(tables, scenario)
    assume(not is_borderline(tables, theirs))
    check(tables, scenario, theirs)


@pytest.mark.parametrize("seed", range(60))
def test_that_the_solver_agrees_with_the_reference_on_plans_of_many_features(seed: int) -> None:
    tables = random_plan(Random(seed), ("small", "medium", "large")[seed % 3])
    for scenario in scenarios_of(tables):
        theirs = run(tables, scenario)
        if not is_borderline(tables, theirs):
            check(tables, scenario, theirs)


MEASURES = (
    "balance {year} sum", "stock all end", "price {year}H1 mean", "operating {year}Q1 change", "stock_days all min",
    "credibility all change", "production all max", "under_construction all start",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(0, 30, 3))
def test_that_measures_agree_with_the_reference(seed: int) -> None:
    tables = random_plan(Random(seed), "small")
    theirs = run(tables)
    balance = solve(plan_of(tables))
    for text in MEASURES:
        asked = text.format(year=balance.horizon.first.year)
        expected = measure(tables, theirs, asked)
        assert balance.measure(asked) == (None if expected is None else pytest.approx(expected, rel=1e-9, abs=1e-6)), (
            asked
        )
