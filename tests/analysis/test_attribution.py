"""Attribution against all orders of single solves, and what Shapley values must be."""

from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from aluplanner.analysis.attribution import attribute
from aluplanner.analysis.attribution_game import Game
from aluplanner.analysis.attribution_groups import By
from aluplanner.model.actions import Action
from aluplanner.model.issues import PlanError, has_errors
from aluplanner.model.measure import MeasureError
from aluplanner.model.scenarios import BASE
from aluplanner.model.solver import solve
from aluplanner.model.validation import validate
from tests.analysis.attribution_cases import ALL, CHANGES, H2, assert_adds_up, assert_same, scenario_plan, values
from tests.analysis.brute_force import all_orders, number, with_actions, with_rows
from tests.model.cases import full_plan, full_tables, override
from tests.model.plans import plan_of
from tests.reference.random_plans import random_plan

# Against the definition


@pytest.mark.parametrize("measure", [H2, ALL, "price all mean", "credibility all end", "overhang 2017-12 end"])
def test_that_actions_contribute_what_all_orders_of_single_solves_say(measure: str) -> None:
    plan = full_plan()
    expected = all_orders(plan.actions.keys, lambda on: with_actions(plan, BASE, measure, on))
    answer = attribute(plan, measure)
    assert answer.is_exact
    assert answer.against is None
    assert_same(values(answer), expected)
    assert answer.start == pytest.approx(with_actions(plan, BASE, measure, ()))
    assert answer.end == pytest.approx(number(plan, measure))
    assert_adds_up(answer)


def test_that_a_scenarios_actions_are_taken_as_the_scenario_has_them() -> None:
    plan = full_plan()
    expected = all_orders(plan.actions.keys, lambda on: with_actions(plan, "Slow and cold", H2, on))
    assert_same(values(attribute(plan, H2, scenario=" slow AND cold ")), expected)


@pytest.mark.parametrize("case", CHANGES)
def test_that_changes_contribute_what_all_orders_of_single_solves_say(case: str) -> None:
    plan = scenario_plan(*(override("Other", address, value) for address, value in CHANGES[case]))
    rows = sorted({address.rpartition("/")[0] for address, _ in CHANGES[case]})

    def worth(coalition: frozenset[str]) -> float:
        mixed = with_rows(plan, "One", "Other", coalition)
        if case == "a kind that cannot be credited any more" and "actions/Closure" in coalition:
            mixed = mixed.with_cells({"actions/Winter/credit": "Cut"})
        if case == "another measure of the size" and "actions/Cut" in coalition:
            mixed = mixed.with_cells({"actions/Winter/credit": "Closure"})
        return number(mixed, ALL)

    answer = attribute(plan, ALL, scenario="Other", against="One")
    expected = all_orders(rows, worth)
    found = {f"{bar.address.table}/{bar.address.row}": bar.value for bar in answer.contributions if bar.address}
    assert_same(found, expected, 1e-8)
    assert_adds_up(answer)


def test_that_what_happens_to_a_column_of_monthly_is_one_change() -> None:
    plan = scenario_plan(
        override("Other", "monthly/2017-08/net_imports", 40),
        override("Other", "monthly/2017-11/net_imports", -40),
        override("Other", "monthly/2017-09/consumption_change", 25),
        override("Other", "seasonality/1/weight", 1.2),
        override("Other", "seasonality/2/weight", 0.7),
    )
    answer = attribute(plan, "balance 2017 sum", scenario="Other", against="One")
    assert set(values(answer)) == {"Monthly: net imports", "Monthly: consumption change", "Seasonality"}
    assert values(answer)["Monthly: consumption change"] == pytest.approx(-25.0)
    assert values(answer)["Monthly: net imports"] == pytest.approx(40 - 5 - 40 - 5)
    assert answer.contributions[-1].address is not None


def test_that_months_known_in_one_scenario_only_are_one_change() -> None:
    plan = scenario_plan(
        override("One", "assumptions/known_until/value", "2017-10"),
        override("Other", "assumptions/known_until/value", "2017-10"),
        override("Other", "monthly/2017-08/actual_stock", 350),
        override("Other", "actions/Cut/announced", 80),
    )
    answer = attribute(plan, ALL, scenario="Other", against="One")
    assert set(values(answer)) == {"Monthly: actual stock", "Cut"}
    assert_adds_up(answer)


def test_that_a_measure_of_an_action_counts_both_of_its_versions() -> None:
    plan = scenario_plan(
        override("Other", "actions/Cut/end", "2017-12"), override("Other", "actions/Closure/implementation", 0.5)
    )
    answer = attribute(plan, "effective[Cut; Closure] 2018-06 end", scenario="Other", against="One")
    assert values(answer)["Cut"] == pytest.approx(-50.0)
    assert answer.start == pytest.approx(number(plan_of(full_tables()), "effective[Cut; Closure] 2018-06 end"))
    assert_adds_up(answer)


def test_that_a_cell_that_means_the_same_in_both_is_no_change() -> None:
    plan = scenario_plan(
        override("Other", "actions/Cut/implementation", 1.0),
        override("Other", "actions/Cut/note", "another word"),
        override("Other", "assumptions/balance_band/value", 0.05),
    )
    answer = attribute(plan, H2, scenario="Other", against="One")
    assert answer.contributions == ()
    assert answer.start == answer.end
    assert "Nothing differs" in answer.tables()[0].notes[0]


def test_that_mixtures_are_solved_one_by_one_where_the_batch_says_something_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    expected = values(attribute(full_plan(), ALL))
    batch = Game._batch
    monkeypatch.setattr(Game, "_batch", lambda game, coalitions: batch(game, coalitions) + 1.0)
    solved: list[int] = []
    single = Game.single
    monkeypatch.setattr(Game, "single", lambda game, one: solved.append(1) or single(game, one))  # type: ignore[func-returns-value]
    assert_same(values(attribute(full_plan(), ALL)), expected)
    assert len(solved) == 2 + 2**6


# What Shapley values must be


def test_that_actions_at_different_plants_contribute_what_each_does_alone() -> None:
    tables = full_tables()
    tables["actions"] = [
        {"action": f"At {plant}", "kind": "curtail output", "target": plant, "announced": size, "start": "2017-07"}
        for plant, size in (("North 1", 50), ("North 2", 80), ("South", 20))
    ]
    answer = attribute(plan_of({**tables, "overrides": [], "scenarios": []}), H2)
    for bar in answer.contributions:
        assert bar.value == pytest.approx(bar.alone, abs=1e-9)
        assert bar.value == pytest.approx(bar.last, abs=1e-9)
    assert answer.shares.is_steady.all()


def test_that_two_equal_actions_get_equal_shares_where_each_hinders_the_other() -> None:
    tables = full_tables()
    twin = {"kind": "curtail output", "target": "South", "announced": 700, "start": "2017-07"}
    tables["actions"] = [{"action": "First", **twin}, {"action": "Second", **twin}]
    answer = attribute(plan_of({**tables, "overrides": [], "scenarios": []}), H2)
    first, second = answer.contributions
    assert first.value == pytest.approx(second.value, abs=1e-9)
    assert first.alone < first.value < first.last
    assert not answer.shares.is_steady.any()


def test_that_an_action_without_effect_contributes_nothing() -> None:
    plan = full_plan()
    late = Action("Late", kind="curtail output", target="South", announced=10.0, start=plan.actions[0].start + 11)  # type: ignore[operator]
    answer = attribute(plan.with_table(plan.actions.replaced((*plan.actions, late))), H2)
    found = next(bar for bar in answer.contributions if bar.name == "Late")
    assert (found.value, found.alone, found.last) == pytest.approx((0.0, 0.0, 0.0), abs=1e-9)


def test_that_alone_and_last_are_single_solves() -> None:
    plan = full_plan()
    answer = attribute(plan, H2)
    names = set(plan.actions.keys)
    for bar in answer.contributions:
        assert bar.alone == pytest.approx(with_actions(plan, BASE, H2, {bar.name}) - answer.start)
        assert bar.last == pytest.approx(answer.end - with_actions(plan, BASE, H2, names - {bar.name}))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.integers(0, 10**6))
def test_that_contributions_add_up_and_are_those_of_single_solves(seed: int) -> None:
    random = Random(seed)
    plan = plan_of(random_plan(random))
    assume(not has_errors(validate(plan)))
    names = (BASE, *plan.scenario_names)
    scenario, against = random.choice(names), random.choice((None, *names))
    measure = f"{random.choice(['balance', 'stock', 'price', 'operating', 'credibility'])} all mean"
    answer = attribute(plan, measure, scenario=scenario, against=against)
    assert_adds_up(answer)
    for by in By:
        assert_adds_up(answer.grouped(by))
    assert answer.end == pytest.approx(solve(plan, scenario).measure(measure), rel=1e-9, abs=1e-9)
    if against is not None:
        assert answer.start == pytest.approx(solve(plan, against).measure(measure), rel=1e-9, abs=1e-9)
    elif len(answer.contributions) <= 4:
        expected = all_orders(
            [bar.name for bar in answer.contributions], lambda on: with_actions(plan, scenario, measure, on)
        )
        assert_same(values(answer), expected, 1e-9 * max(1.0, abs(answer.end), abs(answer.start)))


# Groups


def test_that_an_action_is_split_over_provinces_as_its_size_is() -> None:
    tables = full_tables()
    tables["actions"] = [
        {"action": "All over", "kind": "curtail output", "target": "All", "announced": 220, "start": "2017-07"}
    ]
    plan = plan_of({**tables, "overrides": [], "scenarios": []})
    answer = attribute(plan, H2, by="province")
    parts = {bar.name: bar.value / (answer.end - answer.start) for bar in answer.groups}
    assert parts == pytest.approx({"Shandong": 900 / 2200, "Henan": 500 / 2200, "Yunnan": 800 / 2200})
    groups = attribute(plan, H2, by="group")
    assert {bar.name for bar in groups.groups} == {"North", "South"}


def test_that_groups_by_kind_and_by_order_or_own_move_name_their_members() -> None:
    plan = full_plan().with_value("actions/Cut/policy", False)
    answer = attribute(plan, H2, by="kind")
    members = {bar.name: set(bar.members) for bar in answer.groups}
    assert members["curtail output"] == {"Cut", "Winter"}
    orders = answer.grouped(By.POLICY)
    assert {bar.name: set(bar.members) for bar in orders.groups}["Companies' own moves"] == {"Cut"}
    assert_adds_up(orders)


def test_that_inputs_without_a_place_stand_by_themselves() -> None:
    plan = scenario_plan(
        override("Other", "demand/Transport/consumption", 1100),
        override("Other", "plants/South/operating", 700),
        override("Other", "assumptions/load_factor/value", 1.0),
    )
    answer = attribute(plan, H2, scenario="Other", against="One", by="province")
    assert {bar.name for bar in answer.groups} == {"Demand", "Yunnan", "Assumptions"}


# What cannot be answered


def test_that_a_measure_that_is_blank_somewhere_is_refused_with_a_reason() -> None:
    plan = scenario_plan(
        override("Other", "demand/Transport/consumption", 0), override("Other", "demand/Construction/consumption", 0)
    )
    with pytest.raises(MeasureError, match="blank in some mixture"):
        attribute(plan, "stock_days all end", scenario="Other", against="One")


def test_that_changes_that_make_no_plan_one_by_one_are_told() -> None:
    plan = scenario_plan(
        override("Other", "plants/South/province", "Guangxi"), override("Other", "actions/New/target", "Guangxi")
    )
    with pytest.raises(PlanError, match="cannot be told apart"):
        attribute(plan, H2, scenario="Other", against="One")


@pytest.mark.parametrize("orders", [0, 2, 7])
def test_that_orders_come_in_pairs(orders: int) -> None:
    with pytest.raises(ValueError, match="pairs"):
        attribute(full_plan(), H2, permutations=orders)


def test_that_an_unknown_scenario_is_an_error() -> None:
    with pytest.raises(PlanError):
        attribute(full_plan(), H2, scenario="Nowhere")


# As tables


def test_that_the_table_leads_from_start_to_end() -> None:
    answer = attribute(full_plan(), H2)
    (table,) = answer.tables()
    level = next(place for place, column in enumerate(table.columns) if column.heading == "Level")
    levels = [row[level] for row in table.rows]
    assert (levels[0], levels[-1]) == (answer.start, answer.end)
    assert levels[-2] == pytest.approx(answer.end)
    assert len(table.addresses) == len(table.rows)
    assert all(len(row) == len(table.columns) for row in table.rows)
    assert "exact" in table.notes[0]


def test_that_a_sampled_answer_states_orders_seed_and_errors() -> None:
    answer = attribute(full_plan(), ALL, permutations=10, seed=3, by="kind")
    groups, singles = answer.tables()
    assert "10 of the orders of 6 changes (seed 3)" in groups.notes[0]
    assert "Standard error" in [column.heading for column in groups.columns]
    assert len(singles.rows) == 8
    data = answer.as_json()
    assert (data["orders"], data["seed"], data["is_exact"], data["by"]) == (10, 3, False, "kind")


def test_that_nothing_to_attribute_is_said_also_where_orders_are_to_be_sampled() -> None:
    answer = attribute(full_plan(), H2, scenario=BASE, against=BASE, permutations=4)
    assert answer.contributions == ()
    assert answer.start == answer.end


def test_that_a_period_outside_the_plan_is_named() -> None:
    with pytest.raises(MeasureError, match="No month of 2031 is in the plan"):
        attribute(full_plan(), "balance 2031 sum")
