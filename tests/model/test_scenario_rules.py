"""The rules of Scenarios, Overrides, Uncertainty and Claims."""

from typing import Any

import pytest

from aluplanner.model.validation import validate
from tests.model.cases import changed, full_plan, override, the_issue, with_record

PLAN = full_plan()


@pytest.mark.parametrize(
    ("code", "column", "fields"),
    [
        ("unknown-scenario", "scenario", {"scenario": "Nowhere"}),
        ("unknown-table", "table", {"table": "colours"}),
        ("unknown-table", "table", {"table": "claims"}),
        ("unknown-column", "column", {"column": "colour"}),
        ("unknown-column", "column", {"column": "action"}),
        ("unknown-row", "row", {"row": "Nothing"}),
        ("required", "value", {"value": None}),
        ("value", "value", {"value": "plenty"}),
        ("value", "value", {"value": True}),
    ],
)
def test_that_an_override_of_no_cell_or_value_is_an_error_at_the_part_that_is_wrong(
    code: str, column: str, fields: dict[str, Any]
) -> None:
    plan = with_record(PLAN, "overrides", 0, **fields)
    issue = next(issue for issue in validate(plan) if issue.table == "overrides" and issue.is_error)
    assert (issue.column, issue.position) == (column, 0)
    assert issue.code in (code, "value")
    assert issue.message
    assert issue.remedy


def test_that_no_scenario_is_called_base() -> None:
    issue = the_issue(full_plan(scenarios=[{"scenario": " base "}], overrides=[]), "reserved")
    assert (issue.table, issue.column, issue.position) == ("scenarios", "scenario", 0)


def test_that_a_scenario_builds_on_scenarios_that_exist() -> None:
    issue = the_issue(PLAN.with_value("scenarios/Slow/builds_on", "Fast"), "unknown-scenario")
    assert (issue.table, issue.row, issue.column) == ("scenarios", "Slow", "builds_on")
    assert validate(PLAN.with_value("scenarios/Slow and cold/builds_on", " SLOW ;")) == ()


@pytest.mark.parametrize(
    ("code", "column", "fields"),
    [
        ("not-numeric", "column", {"column": "start", "low": None, "mode": None, "high": None}),
        ("unknown-row", "row", {"row": "Nothing"}),
        ("unknown-column", "column", {"column": "colour"}),
        ("unknown-table", "table", {"table": "scenarios"}),
        ("order", "low", {"low": 0.7}),
        ("order", "low", {"high": 0.5}),
        ("order", "low", {"distribution": "uniform", "low": 0.9, "high": 0.8}),
        ("required", "mode", {"mode": None}),
        ("required", "mode", {"mode": None, "distribution": "normal"}),
        ("value", "high", {"high": 1.5}),
        ("value", "low", {"low": -0.5}),
    ],
)
def test_that_an_uncertain_cell_that_cannot_be_drawn_is_an_error(
    code: str, column: str, fields: dict[str, Any]
) -> None:
    issues = validate(with_record(PLAN, "uncertainty", 0, **fields))
    found = [(issue.table, issue.column, issue.position) for issue in issues if issue.code == code]
    assert found == [("uncertainty", column, 0)]
    assert all(issue.message and issue.remedy for issue in issues)


@pytest.mark.parametrize(
    "fields",
    [
        {"mode": None, "distribution": "uniform"},
        {"mode": 0.0, "distribution": "uniform"},
        {"low": 0.6, "high": 0.6},
        {"low": 0.0, "high": 1.0},
        {"table": "Actions", "column": "Implementation (%)", "row": " closure"},
        {"table": "demand", "row": "Transport", "column": "growth 2018", "low": -0.1, "mode": 0.0, "high": 0.1},
    ],
)
def test_that_its_legal_neighbours_are_none(fields: dict[str, Any]) -> None:
    assert validate(with_record(PLAN, "uncertainty", 0, **fields)) == ()


@pytest.mark.parametrize(
    ("code", "column", "cells"),
    [
        ("measure", "measure", {"claims/Short/measure": "balance"}),
        ("measure", "measure", {"claims/Short/measure": "happiness 2017 sum"}),
        ("measure", "measure", {"claims/Short/measure": "operating[Nowhere] 2017 end"}),
        ("required", "measure", {"claims/Short/measure": None}),
        ("required", "relation", {"claims/Short/relation": None}),
        ("required", "value", {"claims/Short/value": None}),
        ("required", "upper", {"claims/Short/relation": "between"}),
        ("order", "upper", {"claims/Short/relation": "between", "claims/Short/upper": -1.0}),
        ("bounds", "tolerance", {"claims/Short/tolerance": -1.0}),
    ],
)
def test_that_a_claim_that_cannot_be_checked_is_an_error(code: str, column: str, cells: dict[str, Any]) -> None:
    issue = the_issue(changed(PLAN, cells), code)
    assert (issue.table, issue.row, issue.column, issue.is_error) == ("claims", "Short", column, True)


@pytest.mark.parametrize(
    "cells",
    [
        {"claims/Short/relation": "between", "claims/Short/upper": 0.0},
        {"claims/Short/relation": "at most", "claims/Short/tolerance": 0.0},
        {"claims/Short/measure": "implemented[Closure; Cut] 2017-11..2018-02 max"},
    ],
)
def test_that_claims_in_words_and_names_are_legal(cells: dict[str, Any]) -> None:
    assert validate(changed(PLAN, cells)) == ()


def test_that_overrides_of_different_cells_and_scenarios_are_no_duplicates() -> None:
    rows = [override(name, f"actions/Closure/{column}", 0.5) for name in ("Slow", "Slow and cold")
            for column in ("implementation", "delay")]  # fmt: skip
    assert validate(full_plan(overrides=rows)) == ()
