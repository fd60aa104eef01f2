from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluplanner.model.calendar import Month
from aluplanner.model.issues import PlanError
from aluplanner.model.layer_order import layers_of
from aluplanner.model.layers import (
    conflicts,
    overridden_cells,
    resolve,
    with_override,
    with_overrides,
    without_override,
)
from aluplanner.model.plan import Address, Plan
from aluplanner.model.solver import solve
from aluplanner.model.validation import validate
from tests.model.cases import full_plan, full_tables, override, the_issue
from tests.model.plans import plan_of
from tests.reference.scenarios import resolve as resolve_tables

CELL = "actions/Closure/implementation"
IMPLEMENTATION = Address.parse(CELL)


def layered(scenarios: dict[str, str | None], *overrides: Any) -> Plan:
    rows = [{"scenario": name, "builds_on": builds_on} for name, builds_on in scenarios.items()]
    return full_plan(scenarios=rows, overrides=list(overrides))


def value_in(plan: Plan, scenario: str, address: str = CELL) -> Any:
    return resolve(plan, scenario).value(address)


def test_that_the_base_is_the_plan_itself() -> None:
    plan = full_plan()
    assert resolve(plan, None) is resolve(plan, "Base") is resolve(plan, " base ") is plan
    assert overridden_cells(plan, None) == {}


def test_that_a_scenarios_own_rows_come_last() -> None:
    plan = layered({"A": "B", "B": None}, override("A", CELL, 0.1), override("B", CELL, 0.2))
    assert value_in(plan, "A") == 0.1
    assert value_in(plan, "B") == 0.2


def test_that_layers_are_taken_in_the_order_they_are_named() -> None:
    rows = override("B", CELL, 0.2), override("C", CELL, 0.3)
    assert value_in(layered({"A": "B; C", "B": None, "C": None}, *rows), "A") == 0.3
    assert value_in(layered({"A": "C; B", "B": None, "C": None}, *rows), "A") == 0.2


def test_that_a_layer_brings_what_it_builds_on() -> None:
    plan = layered({"A": "B", "B": "C", "C": None}, override("C", CELL, 0.3))
    assert layers_of(plan, "A") == ("C", "B", "A")
    assert value_in(plan, "A") == 0.3
    assert overridden_cells(plan, "A")[IMPLEMENTATION].scenario == "C"


def test_that_in_a_diamond_the_shared_layer_counts_again_where_it_comes_last() -> None:
    diamond = {"Top": "Left; Right", "Left": "Bottom", "Right": "Bottom", "Bottom": None}
    plan = layered(diamond, override("Bottom", CELL, 0.1), override("Left", CELL, 0.2))
    assert layers_of(plan, "Top") == ("Left", "Bottom", "Right", "Top")
    assert value_in(plan, "Top") == 0.1
    assert [(found.earlier, found.later) for found in conflicts(plan, "Top")] == [("Left", "Bottom")]


def test_that_the_later_of_two_rows_of_one_scenario_stands() -> None:
    plan = layered({"A": None}, override("A", CELL, 0.1), override("A", CELL, 0.2))
    assert value_in(plan, "A") == 0.2
    assert overridden_cells(plan, "A")[IMPLEMENTATION].position == 1
    assert the_issue(plan, "overridden-twice").row == plan.overrides.keys[1]


@given(data=st.data())
def test_that_layers_are_found_as_the_model_page_words_it(data: st.DataObject) -> None:
    names = ["A", "B", "C", "D", "E"]
    scenarios: dict[str, str | None] = {}
    for number, name in enumerate(names):
        below = data.draw(st.lists(st.sampled_from(names[:number]), max_size=3)) if number else []
        scenarios[name] = "; ".join(below) or None
    chosen = data.draw(st.lists(st.sampled_from(names), max_size=6))
    plan = layered(scenarios, *(override(name, CELL, 0.1 * number) for number, name in enumerate(chosen, start=1)))

    def last_override(name: str) -> float | None:
        found = None
        for layer in (scenarios[name] or "").split("; "):
            below = last_override(layer) if layer else None
            found = below if below is not None else found
        own = [0.1 * number for number, owner in enumerate(chosen, start=1) if owner == name]
        return own[-1] if own else found

    for name in names:
        expected = last_override(name)
        assert value_in(plan, name) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(
    ("scenarios", "in_circle"),
    [
        ({"A": "A"}, ["A"]),
        ({"A": "B", "B": "A"}, ["A", "B"]),
        ({"A": "B", "B": "C", "C": "a"}, ["A", "B", "C"]),
        ({"A": "B", "B": "C", "C": "B"}, ["B", "C"]),
    ],
)
def test_that_a_scenario_that_builds_on_itself_is_an_error(scenarios: dict[str, str], in_circle: list[str]) -> None:
    plan = layered(dict(scenarios))
    found = [issue for issue in validate(plan) if issue.code == "circle"]
    assert [(issue.table, issue.row, issue.column) for issue in found] == [
        ("scenarios", name, "builds_on") for name in in_circle
    ]
    assert all(issue.message and issue.remedy and issue.is_error for issue in found)
    with pytest.raises(PlanError, match="builds on itself"):
        solve(plan, "A")


def test_that_correcting_the_base_corrects_every_scenario_that_does_not_override() -> None:
    plan = layered({"A": "B", "B": None}, override("B", CELL, 0.2))
    plan = plan.with_cells({CELL: 0.7, "plants/South/operating": 650.0})
    assert value_in(plan, "A") == 0.2
    assert value_in(plan, "A", "plants/South/operating") == 650.0


def test_that_blank_empties_the_cell() -> None:
    plan = layered({"A": None}, override("A", "plants/North 1/cash_cost", "(blank)"))
    assert value_in(plan, "A", "plants/North 1/cash_cost") is None
    assert plan.value("plants/North 1/cash_cost") == 12000.0
    assert validate(plan) == ()


def test_that_titles_and_any_case_are_accepted_in_an_override() -> None:
    row = {"scenario": " a ", "table": "Actions", "row": "CLOSURE", "column": "Implementation (%)", "value": "25%"}
    plan = layered({"A": None}, row)
    assert value_in(plan, "A") == 0.25
    assert validate(plan) == ()


@pytest.mark.parametrize("row", ["2017-09", "2017-9", " 2017-9 "])
def test_that_a_month_may_be_overridden_whether_monthly_lists_it_or_not(row: str) -> None:
    listed = [{"month": "2017-07", "net_imports": 5}, {"month": "2017-09", "net_imports": 6}]
    for months in (listed, listed[:1]):
        change = {"scenario": "A", "table": "monthly", "row": row, "column": "net_imports", "value": 99}
        plan = full_plan(scenarios=[{"scenario": "A"}], overrides=[change], monthly=months)
        assert validate(plan) == ()
        seen = {str(month.month): month.net_imports for month in resolve(plan, "A").monthly if month.net_imports}
        assert seen == {"2017-07": 5.0, "2017-09": 99.0}
        assert solve(plan, "A").series("net_imports").tolist() == [5.0, 0.0, 99.0, *[0.0] * 9]
        assert solve(plan).series("net_imports")[2] == (6.0 if len(months) == 2 else 0.0)


def test_that_a_month_outside_the_horizon_that_monthly_lacks_is_no_row() -> None:
    plan = layered({"A": None}, override("A", "monthly/2030-01/net_imports", 1.0))
    assert the_issue(plan, "unknown-row").column == "row"


def test_that_two_layers_with_different_values_conflict_and_the_later_stands() -> None:
    scenarios: dict[str, str | None] = {"A": "B; C", "B": None, "C": None}
    plan = layered(scenarios, override("B", CELL, 0.2), override("C", CELL, 0.3))
    issue = the_issue(plan, "layer-conflict")
    assert not issue.is_error
    assert (issue.address, issue.scenario) == (CELL, "A")
    assert issue.message == "“B” sets this to 20%, “C” to 30%; in “A”, “C” stands."
    assert value_in(plan, "A") == 0.3


def test_that_layers_with_equal_values_or_a_layer_above_do_not_conflict() -> None:
    scenarios: dict[str, str | None] = {"A": "B; C", "B": None, "C": None}
    equal = override("B", CELL, 0.2), override("C", CELL, 0.2)
    assert conflicts(layered(scenarios, *equal), "A") == ()
    above = override("B", CELL, 0.2), override("A", CELL, 0.3)
    assert conflicts(layered(scenarios, *above), "A") == ()


def test_that_a_scenario_settles_a_conflict_of_its_layers_by_setting_the_cell_itself() -> None:
    rows = override("B", CELL, 0.2), override("C", CELL, 0.3)
    scenarios: dict[str, str | None] = {"A": "B; C", "B": None, "C": None, "Over": "A", "Apart": "A; D", "D": None}
    found = conflicts(layered(scenarios, *rows), "A")
    values = [(each.earlier, each.earlier_value, each.later, each.later_value) for each in found]
    assert values == [("B", 0.2, "C", 0.3)]
    assert len(conflicts(layered(scenarios, *rows), "Over")) == 1
    for settling in ("A", "Over"):
        assert conflicts(layered(scenarios, *rows, override(settling, CELL, 0.4)), "Over") == ()
    apart = conflicts(layered(scenarios, *rows, override("D", CELL, 0.4)), "Apart")
    assert [(each.earlier, each.later) for each in apart] == [("B", "C"), ("C", "D")]  # nobody is above them all


def test_that_an_overridden_cell_tells_whether_the_scenario_itself_changes_it() -> None:
    plan = layered({"A": "B", "B": None}, override("B", CELL, 0.2))
    assert overridden_cells(plan, "a")[IMPLEMENTATION].is_inherited
    assert not overridden_cells(plan, "B")[IMPLEMENTATION].is_inherited
    own = with_override(plan, "A", IMPLEMENTATION, 0.3)
    assert not overridden_cells(own, "A")[IMPLEMENTATION].is_inherited


def test_that_an_unknown_scenario_is_an_error() -> None:
    for use in (layers_of, resolve, overridden_cells, solve):
        with pytest.raises(PlanError, match="no scenario “Nowhere”"):
            use(full_plan(), "Nowhere")


def test_that_a_value_of_another_type_is_an_error_at_its_row() -> None:
    plan = layered({"A": None}, override("A", CELL, "plenty"))
    with pytest.raises(PlanError) as caught:
        resolve(plan, "A")
    assert [(issue.table, issue.position) for issue in caught.value.issues] == [("overrides", 0)]
    assert the_issue(plan, "value").table == "overrides"


def test_that_an_override_is_written_changed_and_taken_away() -> None:
    plan = layered({"A": None, "B": "A"})
    once = with_override(plan, "A", IMPLEMENTATION, 0.4)
    assert [row.value for row in once.overrides] == [0.4]
    twice = with_overrides(once, "A", {IMPLEMENTATION: 0.5, Address("actions", "Closure", "delay"): None})
    assert [(row.column, row.value) for row in twice.overrides] == [("implementation", 0.5), ("delay", "(blank)")]
    above = with_override(twice, "B", IMPLEMENTATION, 0.6)
    assert (value_in(above, "A"), value_in(above, "B")) == (0.5, 0.6)
    kept = without_override(above, "A", [IMPLEMENTATION])
    assert [(row.scenario, row.column) for row in kept.overrides] == [("A", "delay"), ("B", "implementation")]
    assert without_override(kept, "A", [IMPLEMENTATION]) is kept


def test_that_an_override_equal_to_the_base_still_stands() -> None:
    plan = layered({"A": None})
    base = plan.value(CELL)
    after = with_override(plan, "A", IMPLEMENTATION, base)
    assert IMPLEMENTATION in overridden_cells(after, "A")
    assert value_in(after.with_value(CELL, 0.3), "A") == base


def test_that_the_note_of_an_override_survives_a_new_value() -> None:
    row = {**override("A", CELL, 0.2), "note": "as heard in May"}
    after = with_override(layered({"A": None}, row), "A", IMPLEMENTATION, 0.3)
    assert [(found.value, found.note) for found in after.overrides] == [(0.3, "as heard in May")]


def test_that_months_and_switches_can_be_overridden() -> None:
    rows = override("A", "actions/Closure/start", "2017-10"), override("A", "actions/Cut/enabled", False)
    plan = layered({"A": None}, *rows)
    assert value_in(plan, "A", "actions/Closure/start") == Month.of(2017, 10)
    assert value_in(plan, "A", "actions/Cut/enabled") is False


def test_that_the_second_implementation_layers_alike() -> None:
    tables = {
        "scenarios": [{"scenario": "A", "builds_on": "B; C"}, {"scenario": "B", "builds_on": "C"}, {"scenario": "C"}],
        "overrides": [override("B", CELL, 0.2), override("C", CELL, 0.3)],
    }
    plan = full_plan(**tables)
    theirs = resolve_tables({"actions": [{"action": "Closure"}], **tables}, "A")["actions"][0]["implementation"]
    assert value_in(plan, "A") == theirs == 0.3


def test_that_a_month_that_monthly_lacks_does_not_move_the_horizon() -> None:
    tables = dict(full_tables(), monthly=[], plan={"months": 12.0})
    tables["overrides"] = [override("Slow", "monthly/2017-09/net_imports", 25.0)]
    plan = plan_of(tables)
    resolved = resolve(plan, "Slow")
    assert resolved.horizon == plan.horizon
    assert resolved.value("monthly/2017-09/net_imports") == 25.0
