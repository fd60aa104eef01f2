"""The warnings of a run: each by a plan made for it, and the neighbour that is in order."""

from typing import Any

import pytest

from aluplanner.model.issues import Issue
from aluplanner.model.plan import Plan
from aluplanner.model.solver import solve
from tests.model.cases import full_plan, full_tables, override


def plan_with(*actions: dict[str, Any], **tables: Any) -> Plan:
    rows = [{"target": "North 1", "start": "2017-09", **action} for action in actions]
    return full_plan(**{"actions": rows, "scenarios": [], "overrides": [], "uncertainty": [], **tables})


def close(name: str, announced: float, compliance: str = "any", **more: Any) -> dict[str, Any]:
    return {"action": name, "kind": "close capacity", "announced": announced, "compliance": compliance, **more}


def cut(name: str, announced: float, **more: Any) -> dict[str, Any]:
    return {"action": name, "kind": "curtail output", "announced": announced, **more}


def winter(name: str, credit: str, **more: Any) -> dict[str, Any]:
    season = {"start": "2017-11", "end": "2018-02"}
    return {"action": name, "kind": "curtail output", "share": 0.2, "credit": credit, **season, **more}


def warnings_of(plan: Plan, scenario: str | None = None) -> tuple[Issue, ...]:
    return solve(plan, scenario).warnings


def the_warning(plan: Plan, scenario: str | None = None) -> Issue:
    found = warnings_of(plan, scenario)
    assert len(found) == 1, [str(issue) for issue in found]
    assert found[0].message.strip()
    assert found[0].remedy.strip()
    assert not found[0].is_error
    return found[0]


def test_that_the_plan_of_these_tests_gives_no_warning() -> None:
    assert warnings_of(full_plan()) == ()
    assert warnings_of(plan_with()) == ()


OVER_CLOSED = [
    pytest.param([close("A", 600), close("B", 600)], 200, id="all rows"),
    pytest.param([close("A", 150, "non-compliant"), close("B", 150, "non-compliant")], 100, id="non-compliant"),
    pytest.param([close("A", 500, "compliant"), close("B", 400, "compliant")], 100, id="compliant"),
    pytest.param([close("A", 900), close("B", 200, "non-compliant")], 100, id="classes together"),
    pytest.param([close("A", 800, "compliant"), close("B", 200, "non-compliant"), close("C", 1)], 1, id="three"),
]
FULLY_CLOSED = [
    [close("A", 600), close("B", 400)],
    [close("A", 100, "non-compliant"), close("B", 100, "non-compliant")],
    [close("A", 800, "compliant"), close("B", 200, "non-compliant")],
    [close("A", 600), close("B", 600, enabled=False)],
    [close("A", 600), close("B", 600, implementation=0.5)],
    [close("A", 600), close("B", 500, target="North 2")],
]


@pytest.mark.parametrize(("actions", "excess"), OVER_CLOSED)
def test_that_closing_more_than_there_is_is_a_warning(actions: list[dict[str, Any]], excess: float) -> None:
    issue = the_warning(plan_with(*actions))
    assert (issue.code, issue.table, issue.row, issue.column) == ("over-closed", "plants", "North 1", "built")
    assert issue.month == "2017-09"
    assert issue.excess == pytest.approx(excess)


@pytest.mark.parametrize("actions", FULLY_CLOSED)
def test_that_closing_all_there_is_is_in_order(actions: list[dict[str, Any]]) -> None:
    assert warnings_of(plan_with(*actions)) == ()


def test_that_the_first_month_of_an_excess_and_its_largest_amount_are_named() -> None:
    issue = the_warning(plan_with(close("A", 600), close("B", 600, start="2017-11", phase_in=4)))
    assert issue.month == "2018-01"
    assert issue.excess == pytest.approx(200)
    assert "2018-01" in issue.message


def test_that_an_excess_of_a_class_and_of_all_rows_is_one_warning() -> None:
    late = close("C", 150, "non-compliant", start="2017-12")
    issue = the_warning(plan_with(close("A", 900), close("B", 150, "non-compliant"), late))
    assert issue.month == "2017-09"
    assert issue.excess == pytest.approx(200)


def test_that_curtailing_more_than_runs_is_a_warning() -> None:
    south = {"target": "South"}
    issue = the_warning(plan_with(cut("A", 500, **south), cut("B", 301, start="2017-12", **south)))
    assert (issue.code, issue.table, issue.row, issue.column) == ("over-curtailed", "plants", "South", "operating")
    assert issue.month == "2017-12"
    assert issue.excess == pytest.approx(1)
    assert warnings_of(plan_with(cut("A", 500, **south), cut("B", 300, **south))) == ()
    closed = close("C", 100, target="South", operating_share=1)
    assert the_warning(plan_with(cut("A", 750, **south), closed)).excess == pytest.approx(50)
    assert warnings_of(plan_with(cut("A", 700, **south), closed)) == ()


def test_that_one_tonnage_credited_to_two_cuts_in_force_is_a_warning() -> None:
    issue = the_warning(plan_with(close("C", 100), winter("W", "C"), winter("V", "C")))
    assert (issue.code, issue.table, issue.row) == ("credited twice", "plants", "North 1")
    assert issue.month == "2017-11"
    assert issue.excess == pytest.approx(90)


@pytest.mark.parametrize(
    "second",
    [
        winter("V", "D"),
        winter("V", "C", start="2018-03", end="2018-05"),
        winter("V", "C", enabled=False),
        winter("V", "C", target="South"),
        winter("V", "", target="North 1"),
    ],
)
def test_that_credit_taken_once_is_in_order(second: dict[str, Any]) -> None:
    assert warnings_of(plan_with(close("C", 100), close("D", 50), winter("W", "C"), second)) == ()


def test_that_a_size_above_what_is_eligible_is_a_warning() -> None:
    issue = the_warning(plan_with(cut("A", 901)))
    assert (issue.code, issue.table, issue.row, issue.column) == ("unallocated", "actions", "A", "announced")
    assert issue.excess == pytest.approx(1)
    assert warnings_of(plan_with(cut("A", 900))) == ()


def test_that_too_many_pots_are_unallocated_too() -> None:
    pots = {"action": "A", "kind": "halt construction", "pots": 151}
    issue = the_warning(plan_with(pots))
    assert (issue.code, issue.column) == ("unallocated", "pots")
    assert issue.excess == pytest.approx(0.8)
    assert warnings_of(plan_with({**pots, "pots": 150})) == ()


def test_that_commissioning_is_never_unallocated() -> None:
    assert warnings_of(plan_with({"action": "A", "kind": "commission capacity", "announced": 9999})) == ()


def test_that_a_known_production_of_nothing_modelled_is_a_warning() -> None:
    plants = [{**row, "operating": 0, "first_output": None} for row in full_tables()["plants"]]
    monthly = [{"month": "2017-08", "actual_production": 150}]
    known = [{"assumption": "known_until", "value": "2017-08"}]
    plan = plan_with(plants=plants, monthly=monthly, assumptions=known)
    issue = the_warning(plan)
    assert issue.code == "known-production-unused"
    assert (issue.table, issue.row, issue.column) == ("monthly", "2017-08", "actual_production")
    assert solve(plan).series("production")[1] == 0.0
    assert warnings_of(plan_with(plants=plants, monthly=monthly)) == ()
    assert warnings_of(plan_with(monthly=monthly, assumptions=known)) == ()


def test_that_a_warning_of_a_scenario_names_it() -> None:
    scenario = {"scenarios": [{"scenario": "More"}], "overrides": [override("More", "actions/A/announced", 950)]}
    plan = plan_with(cut("A", 900), **scenario)
    assert warnings_of(plan) == ()
    issue = the_warning(plan, "More")
    assert (issue.scenario, issue.code) == ("More", "unallocated")
    assert "“More”" in issue.message


def test_that_all_warnings_come_together() -> None:
    plan = plan_with(close("A", 600), close("B", 600), cut("C", 900), winter("W", "A"), winter("V", "A"))
    assert {issue.code for issue in warnings_of(plan)} == {"over-closed", "over-curtailed", "credited twice"}
