"""Attribution of many actions: sampled orders against exact shares, errors, seeds, order of rows, progress."""

from random import Random

import numpy as np
import pytest

from aluplanner.analysis.attribution import attribute
from aluplanner.model.solver import SolveCancelled
from tests.analysis.attribution_cases import (
    ALL,
    CHANGES,
    assert_adds_up,
    assert_same,
    many_actions,
    scenario_plan,
    values,
)
from tests.model.cases import full_tables, override
from tests.model.plans import plan_of

# Sampling


def test_that_samples_are_within_four_standard_errors_of_the_exact_shares() -> None:
    plan = many_actions(12)
    exact, sampled = attribute(plan, ALL), attribute(plan, ALL, permutations=400)
    assert exact.is_exact
    assert not sampled.is_exact
    errors = {bar.name: bar.error for bar in sampled.contributions}
    assert sum(error > 0 for error in errors.values()) >= 6
    for name, value in values(exact).items():
        assert abs(values(sampled)[name] - value) <= 4 * errors[name] + 1e-6
    assert_adds_up(sampled)


def test_that_standard_errors_are_as_large_as_samples_spread() -> None:
    plan = many_actions(9)
    runs = [attribute(plan, ALL, permutations=60, seed=seed) for seed in range(30)]
    exact = values(attribute(plan, ALL))
    off = np.array([[values(run)[name] - value for name, value in exact.items()] for run in runs])
    stated = np.array([[next(b.error for b in run.contributions if b.name == name) for name in exact] for run in runs])
    moving = stated.min(axis=0) > 1e-6
    assert moving.sum() >= 4
    ratio = np.sqrt((off[:, moving] ** 2).mean(axis=0) / (stated[:, moving] ** 2).mean(axis=0))
    assert np.all((ratio > 0.6) & (ratio < 1.6)), ratio


def test_that_more_than_twelve_actions_are_sampled_until_errors_are_small() -> None:
    answer = attribute(many_actions(16), ALL)
    largest = abs(answer.contributions[0].value)
    assert answer.orders >= 128
    assert 0 < max(bar.error for bar in answer.contributions) <= 0.002 * largest
    assert_adds_up(answer)


def test_that_the_same_seed_gives_the_same_numbers_and_another_one_others() -> None:
    plan = many_actions(14)
    one, same, other = (attribute(plan, ALL, permutations=20, seed=seed) for seed in (1, 1, 2))
    assert one.contributions == same.contributions
    assert values(one) != values(other)


def test_that_errors_of_groups_are_those_of_their_sums() -> None:
    answer = attribute(many_actions(12), ALL, permutations=40, by="kind")
    single = {bar.name: bar for bar in answer.contributions}
    for bar in answer.groups:
        assert bar.error <= sum(single[name].error for name in bar.members) + 1e-9
    everything = np.ones(len(answer.contributions))
    assert everything @ answer.shares.covariance @ everything == pytest.approx(0.0, abs=1e-9)


def test_that_changes_that_never_depend_on_the_others_have_no_error() -> None:
    tables = full_tables()
    tables["actions"] = [
        {"action": f"At {plant}", "kind": "curtail output", "target": plant, "announced": size, "start": "2017-07"}
        for plant, size in (("North 1", 50), ("North 2", 80), ("South", 20))
    ]
    answer = attribute(plan_of({**tables, "overrides": [], "scenarios": []}), ALL, permutations=20)
    assert answer.shares.is_steady.all()
    assert [bar.error for bar in answer.contributions] == [0.0, 0.0, 0.0]
    assert "3 of them changed the same" in answer.tables()[0].notes[0]


# Row order


@pytest.mark.parametrize("permutations", [None, 30])
def test_that_the_order_of_rows_does_not_matter(permutations: int | None) -> None:
    plan = many_actions(12)
    shuffled = plan
    for table in ("actions", "plants", "demand", "monthly"):
        rows = list(plan.table(table))
        Random(5).shuffle(rows)
        shuffled = shuffled.with_table(plan.table(table).replaced(rows))
    one, other = (attribute(each, ALL, permutations=permutations, by="province") for each in (plan, shuffled))
    assert_same(values(one), values(other), 1e-8)
    assert [bar.name for bar in one.groups] == [bar.name for bar in other.groups]


def test_that_the_order_of_overrides_does_not_matter() -> None:
    rows = [override("Other", address, value) for address, value in CHANGES["months and words of actions"]]
    one, other = (scenario_plan(*each) for each in (rows, rows[::-1]))
    first, second = (attribute(each, ALL, scenario="Other", against="One") for each in (one, other))
    assert_same(values(first), values(second))


# Progress


def test_that_progress_runs_to_the_end_and_cancelling_stops() -> None:
    told: list[float] = []
    attribute(many_actions(14), ALL, permutations=100, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)
    with pytest.raises(SolveCancelled):
        attribute(many_actions(14), ALL, cancelled=lambda: True)
