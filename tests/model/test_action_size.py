"""The size of an action in each of its three measures (section 2 of the model page)."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from aluplanner.model.action_size import ActionSize, ActionSizes
from aluplanner.model.actions import MEASURES, Action, given_measure
from aluplanner.model.inputs import Inputs
from aluplanner.model.plan import Plan
from aluplanner.model.solver import run_model, solve
from tests.model.cases import full_plan, full_tables, override
from tests.model.plans import plan_of
from tests.reference.random_plans import plans


def size_of(plan: Plan, name: str, scenario: str | None = None) -> ActionSize:
    row = plan.actions.position(name)
    assert row is not None
    return solve(plan, scenario).action_sizes.of(row)


def plan_with(*actions: dict[str, Any], **tables: Any) -> Plan:
    rows = [{"kind": "curtail output", "start": "2017-09", **action} for action in actions]
    return full_plan(**{"actions": rows, "scenarios": [], "overrides": [], "uncertainty": [], **tables})


BY_HAND = [
    # announced, share, pots, eligible, plants with capacity, plants without a pot size
    ("Closure", ("announced", 100, 100 / 1000, 100 / 0.8, 1000, 1, 0)),
    ("Cut", ("announced", 50, 50 / 900, 50 / 0.8, 900, 1, 0)),
    ("Winter", ("share", 0.3 * 900, 0.3, 270 / 0.8, 900, 1, 0)),
    ("Halt", ("share", 60, 0.5, None, 120, 1, 1)),
    ("Restart", ("announced", 40, 0.4, None, 100, 1, 1)),
    ("New", ("announced", 60, None, None, 800, 1, 1)),
]


@pytest.mark.parametrize(("action", "expected"), BY_HAND)
def test_that_sizes_are_what_is_worked_out_by_hand(action: str, expected: tuple[Any, ...]) -> None:
    size = size_of(full_plan(), action)
    assert size.given == expected[0]
    numbers = (size.announced, size.share, size.pots, size.eligible, size.plants, size.without_pot_size)
    assert numbers == tuple(value if value is None else pytest.approx(value, rel=1e-12) for value in expected[1:])
    assert (size.unallocated, size.is_capped) == (0.0, False)


def test_that_a_pot_is_as_large_as_the_mean_of_those_reached() -> None:
    plants = [{**row, "pot_size": 1.2} if row["plant"] == "North 2" else row for row in full_tables()["plants"]]
    size = size_of(plan_with({"action": "A", "target": "North", "pots": 100}, plants=plants), "A")
    mean = (900 * 0.8 + 500 * 1.2) / 1400
    assert (size.given, size.plants, size.eligible) == ("pots", 2, 1400)
    assert size.announced == pytest.approx(100 * mean)
    assert size.share == pytest.approx(100 * mean / 1400)
    assert size.pots == pytest.approx(100)


def test_that_a_size_above_what_there_is_is_all_of_it() -> None:
    size = size_of(plan_with({"action": "A", "target": "North 1", "announced": 945}), "A")
    assert (size.announced, size.share, size.unallocated, size.is_capped) == (900, 1.0, 45, True)
    assert size.pots == pytest.approx(900 / 0.8)


def test_that_rounding_is_no_excess() -> None:
    assert not size_of(plan_with({"action": "A", "target": "North 1", "announced": 900 + 1e-9}), "A").is_capped


def test_that_nothing_eligible_is_no_share() -> None:
    size = size_of(plan_with({"action": "A", "kind": "halt construction", "target": "South", "announced": 10}), "A")
    assert (size.announced, size.share, size.pots, size.plants, size.unallocated) == (0, None, None, 0, 10)


def test_that_an_action_switched_off_is_sized_as_if_it_were_on() -> None:
    rows = [{**row, "enabled": row["action"] not in ("Winter", "Halt")} for row in full_tables()["actions"]]
    on, off = solve(full_plan()).action_sizes, solve(full_plan(actions=rows)).action_sizes
    assert [off.of(row) for row in range(6)] == [on.of(row) for row in range(6)]
    assert off.is_on.tolist() == [True, True, False, False, True, True]
    assert on.is_on.all()
    assert np.array_equal(off.implemented, on.implemented)


def test_that_sizes_are_those_of_the_scenario() -> None:
    changes = [override("Slow", "actions/Closure/announced", 400), override("Slow", "plants/North 1/built", 1200)]
    size = size_of(full_plan(overrides=changes), "Closure", "Slow")
    assert (size.announced, size.share, size.eligible) == (400, pytest.approx(1 / 3), 1200)


def test_that_a_row_that_is_not_there_has_no_size() -> None:
    with pytest.raises(IndexError):
        solve(full_plan()).action_sizes.of(6)


def test_that_a_size_stated_twice_or_not_at_all_is_stated_in_no_measure() -> None:
    assert given_measure(Action("A")) == ""
    assert given_measure(Action("A", share=0.3)) == "share"
    assert given_measure(Action("A", share=0.3, pots=3.0)) == ""


def sizes_with(plan: Plan, row: int, measure: str, value: float) -> ActionSizes:
    """Return the sizes after one action is stated in another measure; credits between actions are left out."""
    stated: dict[str, Any] = {**dict.fromkeys(MEASURES), measure: value}
    records = [replace(action, credit=None) for action in plan.actions]
    records[row] = replace(records[row], **stated)
    return ActionSizes(run_model(Inputs(plan.with_table(plan.actions.replaced(records)), {}, 1)))


@settings(suppress_health_check=list(HealthCheck), max_examples=60)
@given(tables=plans())
def test_that_stating_a_size_in_another_measure_gives_the_same_size(tables: dict[str, Any]) -> None:
    plan = plan_of(tables)
    sizes = solve(plan).action_sizes
    for row in range(len(plan.actions)):
        size = sizes.of(row)
        for measure in MEASURES:
            value = getattr(size, measure)
            if value is not None:
                again = sizes_with(plan, row, measure, value).of(row)
                assert again.given == measure
                assert again.announced == pytest.approx(size.announced, rel=1e-9, abs=1e-9)
