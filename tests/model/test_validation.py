"""Issues of a whole plan: all at once, in the base and in every scenario, where they arise."""

import pytest

from aluplanner.model.issues import Issue, PlanError
from aluplanner.model.layer_order import layers_of
from aluplanner.model.plan import Plan
from aluplanner.model.rows import Unread
from aluplanner.model.solver import solve
from aluplanner.model.validation import validate, validate_for
from tests.document.small_plan import small_plan
from tests.model.cases import changed, full_plan, override, with_record

PLAN = full_plan()

FAULTS: dict[str, tuple[str, str, str]] = {
    "plants/South/operating": ("above-built", "plants", "operating"),
    "plants/North 1/first_output": ("before-horizon", "plants", "first_output"),
    "actions/Restart/share": ("size", "actions", "share"),
    "actions/Halt/target": ("unknown-target", "actions", "target"),
    "actions/Winter/end": ("end-before-start", "actions", "end"),
    "actions/Closure/start": ("required", "actions", "start"),
    "demand/Transport/growth 2018": ("bounds", "demand", "growth 2018"),
    "seasonality/3/weight": ("bounds", "seasonality", "weight"),
    "monthly/2017-09/actual_price": ("bounds", "monthly", "actual_price"),
    "bauxite/Home/grade": ("bounds", "bauxite", "grade"),
    "assumptions/learning/value": ("value", "assumptions", "value"),
    "scenarios/Slow/builds_on": ("circle", "scenarios", "builds_on"),
    "claims/Short/measure": ("measure", "claims", "measure"),
    "uncertainty/actions/Closure/implementation/low": ("order", "uncertainty", "low"),
}
VALUES: dict[str, str | float | None] = {
    "plants/South/operating": 900.0,
    "plants/North 1/first_output": "2016-01",
    "actions/Restart/share": 0.2,
    "actions/Halt/target": "Nowhere",
    "actions/Winter/end": "2017-01",
    "actions/Closure/start": None,
    "demand/Transport/growth 2018": -1.0,
    "seasonality/3/weight": -1.0,
    "monthly/2017-09/actual_price": 0.0,
    "bauxite/Home/grade": 0.0,
    "assumptions/learning/value": 20.0,
    "scenarios/Slow/builds_on": "Slow",
    "claims/Short/measure": "what?",
    "uncertainty/actions/Closure/implementation/low": 0.9,
}


def places(issues: tuple[Issue, ...]) -> set[tuple[str, str, str]]:
    return {(issue.code, issue.table, issue.column) for issue in issues if issue.is_error}


def test_that_all_that_is_wrong_comes_at_once() -> None:
    plan = changed(PLAN, VALUES)
    plan = with_record(plan, "overrides", 1, row="Nothing")
    expected = {*FAULTS.values(), ("unknown-row", "overrides", "row")}
    assert places(validate(plan)) == expected
    with pytest.raises(PlanError) as caught:
        solve(plan)
    elsewhere = ("claims", "uncertainty", "scenarios", "overrides")
    needed = {place for place in expected if place[1] not in elsewhere}
    assert places(caught.value.issues) == needed
    assert all(str(issue) in str(caught.value) for issue in caught.value.issues)


@pytest.mark.parametrize("address", FAULTS)
def test_that_each_of_them_comes_alone_too(address: str) -> None:
    plan = PLAN.with_value(address, VALUES[address])
    assert places(validate(plan)) == {FAULTS[address]}
    assert all(issue.message and issue.remedy for issue in validate(plan))


@pytest.mark.parametrize("address", ["claims/Short/measure", "uncertainty/actions/Closure/implementation/low"])
def test_that_what_the_balance_does_not_read_does_not_keep_it_from_being_solved(address: str) -> None:
    faulty = PLAN.with_value(address, VALUES[address])
    assert solve(faulty).series("stock").tolist() == solve(PLAN).series("stock").tolist()


def test_that_a_fault_in_one_scenario_keeps_neither_the_base_nor_another_from_being_solved() -> None:
    plan = with_record(PLAN, "overrides", 1, row="Nothing")
    faulty = plan.overrides[1].scenario
    others = [name for name in plan.scenario_names if name != faulty and faulty not in layers_of(plan, name)]
    for name in (None, *others):
        assert solve(plan, name).series("stock").tolist() == solve(PLAN, name).series("stock").tolist()
    with pytest.raises(PlanError, match="Nothing"):
        solve(plan, faulty)


def in_scenario(*cells: tuple[str, object]) -> Plan:
    return full_plan(overrides=[override("Slow", address, value) for address, value in cells])


@pytest.mark.parametrize(
    ("code", "cells", "row"),
    [
        ("above-built", [("plants/South/operating", 801.0)], 0),
        ("above-built", [("plants/South/built", 700.0)], 0),
        ("above-built", [("plants/North 1/built", 950.0), ("plants/South/built", 700.0)], 1),
        ("size", [("actions/Winter/announced", 5.0)], 0),
        ("size", [("actions/Winter/share", "(blank)")], 0),
        ("end-before-start", [("actions/Winter/start", "2018-03")], 0),
        ("end-before-start", [("actions/Winter/delay", 1), ("actions/Winter/start", "2018-03")], 1),
        ("permanent", [("actions/Winter/kind", "close capacity")], 0),
        ("required", [("actions/Closure/start", "(blank)")], 0),
        ("unknown-target", [("actions/Halt/target", "Nowhere")], 0),
        ("credit", [("actions/Winter/credit", "Halt")], 0),
        ("before-horizon", [("plants/North 1/first_output", "2017-01")], 0),
        ("starts-before-horizon", [("actions/Closure/start", "2017-01")], 0),
        ("utilisation", [("assumptions/alumina_min_utilisation/value", 1.0),
                         ("assumptions/alumina_max_utilisation/value", 0.9)], 0),
    ],
)  # fmt: skip
def test_that_what_only_a_scenario_breaks_is_placed_at_its_override(
    code: str, cells: list[tuple[str, object]], row: int
) -> None:
    plan = in_scenario(*cells)
    assert code not in {issue.code for issue in validate_for(plan, None)}
    found = [issue for issue in validate_for(plan, "Slow") if issue.code == code]
    assert [(issue.table, issue.column, issue.position, issue.scenario) for issue in found] == [
        ("overrides", "value", row, "Slow")
    ]
    assert found[0].row == plan.overrides.keys[row]
    assert "“Slow”" in found[0].message
    assert found[0].remedy


def test_that_a_scenario_that_builds_on_another_has_its_issues_too() -> None:
    plan = in_scenario(("plants/South/built", 700.0))
    found = [issue for issue in validate(plan) if issue.code == "above-built"]
    assert [(issue.scenario, issue.position) for issue in found] == [("Slow", 0), ("Slow and cold", 0)]


def test_that_an_issue_far_from_every_override_names_the_scenario_and_its_own_cell() -> None:
    plan = in_scenario(("plants/North 1/winter_region", False))
    issue = next(issue for issue in validate(plan) if issue.code == "unknown-target")
    assert (issue.table, issue.row, issue.column, issue.scenario) == ("actions", "Winter", "target", "Slow")


def test_that_what_is_wrong_in_the_base_is_reported_once() -> None:
    plan = PLAN.with_value("plants/South/operating", 900.0)
    assert [issue.scenario for issue in validate(plan)] == [""]


def test_that_a_faulty_override_does_not_hide_what_another_scenario_breaks() -> None:
    plan = full_plan(
        scenarios=[{"scenario": "Slow"}, {"scenario": "Other"}],
        overrides=[
            override("Slow", "actions/Closure/implementation", 35.0),
            override("Other", "plants/South/built", 1),
        ],
    )
    found = {(issue.code, issue.position) for issue in validate(plan) if issue.is_error}
    assert found == {("value", 0), ("above-built", 1)}


def test_that_a_scenario_may_mend_what_it_breaks() -> None:
    plan = in_scenario(("plants/South/built", 700.0), ("plants/South/operating", 650.0))
    assert validate(plan) == ()


def test_that_an_unknown_scenario_cannot_be_solved() -> None:
    with pytest.raises(PlanError, match="no scenario “Fast”"):
        solve(PLAN, "Fast")


def test_that_every_issue_can_be_read_by_a_person() -> None:
    for issue in validate(changed(PLAN, VALUES)):
        assert issue.message[0].isupper() or issue.message[0] == "“"
        assert issue.message.endswith(".")
        assert "{" not in str(issue)
        assert issue.table in str(issue)


def with_unread(plan: Plan, table: str, *cells: tuple[int, str]) -> Plan:
    """Return the plan with texts that cannot be read, and nothing to go on with, in some cells."""
    rows = plan.table(table).with_cells([(position, name, None) for position, name in cells])
    return plan.with_table(rows.with_unread({cell: Unread("abc", False) for cell in cells}))


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        ("plants", [(0, "built")]),
        ("actions", [(0, "announced")]),
        ("actions", [(0, "kind")]),
        ("plan", [(1, "value")]),
        ("monthly", [(1, "month")]),
    ],
)
def test_that_a_cell_that_cannot_be_read_is_reported_once_and_what_follows_from_it_is_not(
    table: str, cells: list[tuple[int, str]]
) -> None:
    plan = with_unread(small_plan(), table, *cells)
    assert [(issue.code, issue.table) for issue in validate(plan) if issue.is_error] == [("unreadable", table)]


def test_that_what_follows_in_other_rows_is_not_reported_either() -> None:
    plan = small_plan().with_cells({"actions/Cut/announced": None, "actions/Cut/pots": 5.0})
    assert "pot-size" in {issue.code for issue in validate(plan)}
    sized = plan.with_cells({f"plants/{name}/pot_size": 10.0 for name in plan.plants.keys})
    assert [issue.code for issue in validate(with_unread(sized, "plants", (0, "pot_size")))] == ["unreadable"]


def test_that_what_is_wrong_in_other_rows_is_still_reported() -> None:
    plan = with_unread(small_plan().with_value("plants/South/operating", 700.0), "plants", (0, "built"))
    assert {issue.code for issue in validate(plan) if issue.is_error} == {"unreadable", "above-built"}


def test_that_a_last_good_value_is_checked_like_any_other() -> None:
    plan = small_plan().with_value("plants/North/built", 800.0)
    plan = plan.with_table(plan.plants.with_unread({(0, "built"): Unread("abc")}))
    assert [issue.code for issue in validate_for(plan, None) if issue.is_error] == ["unread", "above-built"]
