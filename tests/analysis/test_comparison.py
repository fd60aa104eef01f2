"""Scenarios side by side: inputs that differ after all layers, and measures, each found in a second way as well."""

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random

import numpy as np
import pytest

from aluplanner.analysis.comparison import compare
from aluplanner.analysis.comparison_inputs import InputDifference, Tolerance
from aluplanner.model.cancelling import SolveCancelled
from aluplanner.model.issues import PlanError
from aluplanner.model.layers import resolve
from aluplanner.model.measure import MeasureError
from aluplanner.model.plan import TABLES, Address, Plan
from aluplanner.model.renaming import rename_rows
from aluplanner.model.rows import read_cell
from aluplanner.model.scenarios import BASE
from aluplanner.model.schema import BLANK, Value
from aluplanner.model.solver import solve
from aluplanner.resources import resource_path
from aluplanner.workbook.read import read_plan
from tests.model.cases import full_plan, override
from tests.model.plans import plan_of
from tests.reference.random_plans import random_plan

CUT = "actions/Cut/announced"
NORTH = "plants/North 1/operating"


def layered_plan() -> Plan:
    """Return a plan with two layers, a scenario that builds on both, and one that stands alone."""
    return full_plan(
        scenarios=[
            {"scenario": "Slow"},
            {"scenario": "Cold"},
            {"scenario": "Slow and cold", "builds_on": "Slow; Cold"},
            {"scenario": "Apart"},
        ],
        overrides=[
            override("Slow", "actions/Closure/implementation", 0.5),
            override("Slow", CUT, 80),
            {**override("Cold", CUT, 60), "note": "The notice of November."},
            override("Slow and cold", "actions/Winter/share", 0.4),
            override("Apart", CUT, 50),  # as in the base
            override("Apart", NORTH, 850),
        ],
    )


def found_by_address(plan: Plan, *scenarios: str, **tolerance: float) -> dict[str, InputDifference]:
    return {str(found.address): found for found in compare(plan, scenarios, **tolerance).inputs}


def test_that_inputs_that_differ_are_those_after_all_layers() -> None:
    found = found_by_address(layered_plan(), BASE, "Slow and cold")
    assert list(found) == ["actions/Closure/implementation", CUT, "actions/Winter/share"]
    closure, cut, winter = found.values()
    assert closure.values == (None, 0.5)
    assert closure.changes == (0.0, -0.5)  # a blank means 100 %
    assert cut.values == (50.0, 60.0)
    assert cut.changes == (0.0, 10.0)
    assert winter.changes == (0.0, pytest.approx(0.1))
    assert [found.settings[1].layer for found in (closure, cut, winter)] == ["Slow", "Cold", "Slow and cold"]
    assert cut.settings[0].layer == ""
    assert cut.settings[1].note == "The notice of November."


def test_that_what_was_changed_and_changed_back_does_not_differ() -> None:
    found = found_by_address(layered_plan(), BASE, "Apart")
    assert list(found) == [NORTH]
    both_the_same = found_by_address(layered_plan(), "Slow and cold", "Cold")
    assert CUT not in both_the_same


def test_that_three_scenarios_are_compared_with_the_first() -> None:
    found = found_by_address(layered_plan(), "Slow", "Slow and cold", BASE)
    assert found[CUT].values == (80.0, 60.0, 50.0)
    assert found[CUT].changes == (0.0, -20.0, -30.0)
    assert [setting.layer for setting in found[CUT].settings] == ["Slow", "Cold", ""]
    assert found["actions/Winter/share"].changes == (0.0, pytest.approx(0.1), 0.0)


def test_that_one_scenario_alone_is_compared_with_the_base_and_names_may_be_in_any_case() -> None:
    assert compare(layered_plan(), ["slow"]).scenarios == (BASE, "Slow")
    assert compare(layered_plan(), ["base", "SLOW", " Slow "]).scenarios == (BASE, "Slow")
    alone = compare(layered_plan(), ["Base"])
    assert (alone.scenarios, alone.inputs) == ((BASE,), ())


def test_that_a_row_says_its_source_where_the_base_stands() -> None:
    plan = layered_plan().with_value("plants/North 1/source", "SMM, June").with_value("plants/North 1/note", "Estimate")
    found = found_by_address(plan, "Apart", BASE)[NORTH]
    assert [setting.note for setting in found.settings] == ["", "SMM, June; Estimate"]


def test_that_a_blank_differs_from_a_number_unless_it_means_that_number() -> None:
    plan = full_plan(
        scenarios=[{"scenario": "Stated"}, {"scenario": "Emptied"}],
        overrides=[
            override("Stated", "actions/Cut/implementation", 1.0),  # what a blank means there
            override("Stated", "plants/South/cash_cost", 12500),  # where a blank means nothing
            override("Emptied", "plants/North 1/cash_cost", BLANK),
            override("Emptied", "actions/Winter/credit", BLANK),
        ],
    )
    assert list(found_by_address(plan, BASE, "Stated")) == ["plants/South/cash_cost"]
    cost = found_by_address(plan, BASE, "Stated", absolute=1e9)["plants/South/cash_cost"]
    assert (cost.values, cost.changes) == ((None, 12500.0), (None, None))
    emptied = found_by_address(plan, BASE, "Emptied")
    assert emptied["plants/North 1/cash_cost"].values == (12000.0, None)
    assert emptied["actions/Winter/credit"].values == ("Closure; Cut", None)


def test_that_months_differ_by_months_and_words_by_no_number() -> None:
    plan = full_plan(
        scenarios=[{"scenario": "Later"}],
        overrides=[
            override("Later", "actions/Cut/start", "2017-11"),
            override("Later", "actions/Cut/target", "South"),
            override("Later", "actions/Cut/enabled", False),
        ],
    )
    found = found_by_address(plan, BASE, "Later")
    assert found["actions/Cut/start"].changes == (0.0, 2.0)
    assert found["actions/Cut/target"].changes == (None, None)
    assert found["actions/Cut/enabled"].changes == (None, None)


def test_that_a_month_that_monthly_does_not_list_counts_as_zeros() -> None:
    plan = full_plan(
        monthly=[{"month": "2017-07", "net_imports": 5}],
        scenarios=[{"scenario": "Some"}, {"scenario": "None"}],
        overrides=[
            override("Some", "monthly/2017-09/net_imports", 7),
            override("None", "monthly/2017-10/net_imports", 0),
        ],
    )
    found = found_by_address(plan, BASE, "Some", "None")
    assert list(found) == ["monthly/2017-09/net_imports"]
    assert found["monthly/2017-09/net_imports"].changes == (0.0, 7.0, 0.0)


@pytest.mark.parametrize(
    ("one", "other", "absolute", "relative", "are_equal"),
    [
        (50.0, 50.0, 0.0, 0.0, True),
        (50.0, 50.000001, 0.0, 0.0, False),
        (50.0, 60.0, 10.0, 0.0, True),
        (50.0, 60.0, 9.999, 0.0, False),
        (0.7, 0.8, 0.1, 0.0, True),  # 0.8 - 0.7 is a little over 0.1 in binary numbers
        (90.0, 100.0, 0.0, 0.1, True),  # a part of the larger one
        (89.9, 100.0, 0.0, 0.1, False),
        (-90.0, -100.0, 0.0, 0.1, True),
        (-5.0, 5.0, 0.0, 1.0, False),
        (0.0, 1e-300, 0.0, 1.0, True),
        (0.0, 1e-300, 0.0, 0.5, False),
        (50.0, 60.0, 1.0, 0.5, True),  # either will do
        (True, False, 10.0, 10.0, False),
        (None, 0.0, 10.0, 10.0, False),
        ("10", 10.0, 10.0, 10.0, False),
    ],
)
def test_that_tolerance_is_what_it_says(
    one: Value, other: Value, absolute: float, relative: float, are_equal: bool
) -> None:
    assert Tolerance(absolute, relative).covers(one, other) is are_equal
    assert Tolerance(absolute, relative).covers(other, one) is are_equal


def test_that_any_two_scenarios_count_and_not_only_those_beside_the_first() -> None:
    plan = full_plan(
        scenarios=[{"scenario": "Low"}, {"scenario": "High"}],
        overrides=[override("Low", CUT, 45), override("High", CUT, 55)],
    )
    assert not found_by_address(plan, BASE, "Low", absolute=5)
    assert not found_by_address(plan, BASE, "High", absolute=5)
    assert list(found_by_address(plan, BASE, "Low", "High", absolute=5)) == [CUT]
    assert compare(plan, [BASE, "Low"], absolute=5).nearly_equal == 1


@pytest.mark.parametrize("tolerance", [{"absolute": -1.0}, {"relative": float("nan")}, {"absolute": float("inf")}])
def test_that_a_tolerance_that_is_no_number_is_refused(tolerance: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="tolerance"):
        compare(layered_plan(), [BASE, "Slow"], **tolerance)


def test_that_nothing_to_compare_and_unknown_scenarios_are_refused() -> None:
    with pytest.raises(ValueError, match="Name the scenarios"):
        compare(layered_plan(), [])
    with pytest.raises(PlanError, match="no scenario"):
        compare(layered_plan(), [BASE, "Fast"])


def test_that_a_renamed_row_and_a_renamed_scenario_change_nothing_but_names() -> None:
    before = compare(layered_plan(), [BASE, "Slow and cold"])
    plan = rename_rows(layered_plan(), "actions", [(1, "action", "Second cut")])
    plan = rename_rows(plan, "scenarios", [(1, "scenario", "Very cold")])
    after = compare(plan, [BASE, "Slow and cold"])
    assert [found.values for found in after.inputs] == [found.values for found in before.inputs]
    assert [str(found.address) for found in after.inputs] == [
        str(found.address).replace("/Cut/", "/Second cut/") for found in before.inputs
    ]
    assert after.inputs[1].settings[1].layer == "Very cold"
    assert [row.values for row in after.measures] == [row.values for row in before.measures]


def test_that_the_order_of_rows_and_overrides_does_not_matter() -> None:
    plan = layered_plan()
    turned = plan.with_table(plan.overrides.replaced(reversed(plan.overrides)))
    turned = turned.with_table(turned.actions.replaced(reversed(turned.actions)))
    one, other = (compare(each, [BASE, "Slow and cold", "Apart"]) for each in (plan, turned))
    assert {found.address: found.values for found in one.inputs} == {
        found.address: found.values for found in other.inputs
    }


# A second way: every cell of every resolved table, one by one


def every_cell(plan: Plan) -> Iterator[tuple[Address, Value]]:
    for name in TABLES:
        rows = plan.table(name)
        for key, column in product(range(len(rows)), plan.columns(name)):
            declared = plan.record_column(rows[key], column)
            value = read_cell(rows[key], column.name)
            yield Address(name, rows.keys[key], column.name), declared.default if value is None else value


def brute_force(plan: Plan, scenarios: tuple[str, ...]) -> dict[Address, tuple[Value, ...]]:
    sides = [dict(every_cell(resolve(plan, name))) for name in scenarios]
    every = {address for side in sides for address in side}
    zeros = {"net_imports", "reserve_release", "alumina_net_imports", "consumption_change"}
    found = {}
    for address in every:
        blank = 0.0 if address.table == "monthly" and address.column in zeros else None
        values = tuple(side.get(address, blank) for side in sides)
        if address.table == "monthly" and address.column == "month":
            continue  # a month that is not listed is no change of its name
        if any(value != values[0] for value in values[1:]):
            found[address] = values
    return found


def meant(found: InputDifference) -> tuple[Value, ...]:
    return tuple(setting.meant for setting in found.settings)


@pytest.mark.parametrize("seed", range(25))
def test_that_brute_force_over_every_cell_finds_the_same(seed: int) -> None:
    plan = plan_of(random_plan(Random(seed), "medium"))
    scenarios = (BASE, *plan.scenario_names)
    found = compare_inputs(plan, scenarios)
    assert found == brute_force(plan, scenarios)


def compare_inputs(plan: Plan, scenarios: tuple[str, ...]) -> dict[Address, tuple[Value, ...]]:
    return {found.address: meant(found) for found in compare(plan, scenarios).inputs}


@pytest.fixture(scope="module")
def china() -> Plan:
    return read_plan(resource_path("examples", "china-2017.xlsx"))


def test_that_brute_force_finds_the_same_on_the_2017_case(china: Plan) -> None:
    scenarios = (BASE, *china.scenario_names)
    found = compare_inputs(china, scenarios)
    assert found == brute_force(china, scenarios)
    assert len(found) > 50


def test_that_measures_are_those_of_the_balances(china: Plan) -> None:
    scenarios = (BASE, "Weak demand", "Strong enforcement + strong demand")
    own = ["price 2018 max", "operating[Shandong] 2017-12 end"]
    comparison = compare(china, scenarios, measures=own)
    assert [row.name for row in comparison.measures[:2]] == own
    balances = [solve(china, name) for name in scenarios]
    for row in comparison.measures:
        if row.measure is not None:
            assert list(row.values) == [balance.measure(row.name) for balance in balances]
            first = row.values[0]
            assert row.changes == tuple(value - first for value in row.values)
    assert len(comparison.measures) == 2 + 6 * 6 + 1
    claims = comparison.measures[-1]
    assert (claims.values[0], claims.unit, claims.measure) == (21.0, "of 25", None)


def test_that_market_states_stand_by_the_balances(china: Plan) -> None:
    comparison = compare(china, [BASE, "Strong enforcement H2"])
    row = next(row for row in comparison.measures if row.name == "balance 2017H2 sum")
    assert row.states == ("surplus", "slight surplus")
    assert row.changes[1] == pytest.approx(-1558.8, abs=0.1)
    assert all(row.states == () for row in comparison.measures if not row.name.startswith("balance"))


def test_that_a_usual_measure_that_is_asked_for_stands_once_and_first(china: Plan) -> None:
    comparison = compare(china, [BASE, "Weak demand"], measures=["price 2018 mean", "PRICE 2018 MEAN"])
    names = [row.name for row in comparison.measures]
    assert names[0] == "price 2018 mean"
    assert names.count("price 2018 mean") == 1


def test_that_a_measure_that_cannot_be_read_is_refused(china: Plan) -> None:
    with pytest.raises(MeasureError, match="weather"):
        compare(china, [BASE, "Weak demand"], measures=["weather 2017 sum"])


def test_that_a_name_known_in_one_scenario_only_may_be_measured() -> None:
    plan = full_plan(scenarios=[{"scenario": "Sold"}], overrides=[override("Sold", "plants/South/group", "New owner")])
    row = compare(plan, [BASE, "Sold"], measures=["operating[New owner] 2017-07 end"]).measures[0]
    assert row.values[0] == 0.0
    assert row.values[1] == pytest.approx(800.0)


def test_that_blank_measures_have_no_change() -> None:
    plan = full_plan(plants=[{"plant": "Only", "built": 100, "operating": 90}], actions=[], claims=[], overrides=[])
    plan = replace(plan, uncertainty=plan.uncertainty.replaced(()))
    comparison = compare(plan, [BASE, "Slow"], measures=["alumina_stock 2017 end"])
    assert comparison.measures[0].values == (None, None)
    assert comparison.measures[0].changes == (None, None)
    assert comparison.measures[-1].measure is not None  # no claims, no count of them


def test_that_a_comparison_stops_when_nobody_wants_it_and_tells_how_far_it_is() -> None:
    told: list[float] = []
    compare(layered_plan(), [BASE, "Slow", "Cold"], progress=told.append)
    assert told == sorted(told)
    assert len(told) > 10
    assert 0.9 < told[-1] <= 1.0
    with pytest.raises(SolveCancelled):
        compare(layered_plan(), [BASE, "Slow"], cancelled=lambda: True)


def test_that_the_data_for_machines_are_complete_and_exact() -> None:
    data = json.loads(json.dumps(compare(layered_plan(), [BASE, "Slow and cold"]).as_json(), allow_nan=False))
    assert data["scenarios"] == [BASE, "Slow and cold"]
    cut = next(each for each in data["inputs"] if each["address"] == CUT)
    assert cut == {
        "address": CUT, "table": "actions", "row": "Cut", "column": "announced", "unit": "kt/y",
        "values": [50.0, 60.0], "changes": [0.0, 10.0], "layers": [BASE, "Cold"],
        "notes": ["", "The notice of November."],
    }  # fmt: skip
    balance = next(each for each in data["measures"] if each["measure"] == "balance 2017H2 sum")
    assert balance["values"][1] == solve(layered_plan(), "Slow and cold").measure("balance 2017H2 sum")
    assert len(balance["states"]) == 2
    np.testing.assert_allclose(balance["changes"], [0.0, balance["values"][1] - balance["values"][0]], rtol=1e-15)
