"""The tornado against single solves of the plan with each end in it."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from aluplanner.analysis.answer_table import Answer
from aluplanner.analysis.tornado import Bar, Tornado, tornado
from aluplanner.model.cancelling import SolveCancelled
from aluplanner.model.issues import PlanError
from aluplanner.model.layers import with_overrides
from aluplanner.model.measure import MeasureError
from aluplanner.model.plan import Address, Plan
from aluplanner.model.solver import solve
from aluplanner.resources import resource_path
from aluplanner.workbook.read import read_plan
from tests.model.cases import full_plan, override

BALANCE = "balance 2017H2 sum"
RATE = Address("actions", "Shandong clean-up", "implementation")
STRONG = "Strong enforcement H2"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(resource_path("examples", "china-2017.xlsx"))


@pytest.fixture(scope="module")
def answer(plan: Plan) -> Tornado:
    return tornado(plan, BALANCE)


def uncertain(address: str, low: float, mode: float | None, high: float, **more: Any) -> dict[str, Any]:
    """Return a row of Uncertainty."""
    table, row, column = address.split("/")
    shape = {"distribution": "uniform" if mode is None else "triangular", "low": low, "mode": mode, "high": high}
    return {"table": table, "row": row, "column": column, **shape, **more}


def solved(plan: Plan, cells: Mapping[Address, float | None], measure: str = BALANCE, scenario: str = "Base") -> float:
    """Return the measure of the plan with cells set, in a scenario by overrides of its own."""
    changed = plan.with_cells(dict(cells)) if scenario == "Base" else with_overrides(plan, scenario, dict(cells))
    found = solve(changed, scenario).measure(measure)
    assert found is not None
    return found


def bar_of(answer: Tornado, label: str) -> Bar:
    return next(bar for bar in answer.bars if bar.label == label)


def modes_of(answer: Tornado) -> dict[Address, float | None]:
    return {each.address: each.held for bar in answer.bars for each in bar.inputs}


@pytest.mark.parametrize("by", ["cell", "factor"])
@pytest.mark.parametrize("scenario", ["Base", STRONG, "Market responds"])
def test_that_both_ends_of_every_bar_are_those_of_single_solves(plan: Plan, scenario: str, by: str) -> None:
    answer = tornado(plan, BALANCE, scenario=scenario, by=by)
    modes = modes_of(answer)
    assert answer.centre == pytest.approx(solved(plan, modes, scenario=scenario), abs=1e-9)
    for bar in answer.bars:
        low = modes | {each.address: each.low for each in bar.inputs}
        high = modes | {each.address: each.high for each in bar.inputs}
        assert bar.at_low == pytest.approx(solved(plan, low, scenario=scenario), abs=1e-9)
        assert bar.at_high == pytest.approx(solved(plan, high, scenario=scenario), abs=1e-9)


def test_that_every_uncertain_cell_has_a_bar(plan: Plan, answer: Tornado) -> None:
    assert len(answer.bars) == len(plan.uncertainty)
    assert {each.address for bar in answer.bars for each in bar.inputs} >= {RATE}


def test_that_the_longest_swing_comes_first(answer: Tornado) -> None:
    swings = [bar.swing for bar in answer.bars]
    assert swings == sorted(swings, reverse=True)
    assert swings[0] > swings[4] > 0.0


def test_that_bars_of_one_length_stand_in_the_order_of_their_names(answer: Tornado) -> None:
    idle = [bar.label for bar in answer.bars if bar.swing == 0.0]
    assert len(idle) > 1
    assert idle == sorted(idle)


def test_that_the_order_of_rows_does_not_matter(plan: Plan, answer: Tornado) -> None:
    turned = plan.with_table(plan.uncertainty.replaced(reversed(plan.uncertainty)))
    assert tornado(turned, BALANCE).bars == answer.bars


def test_that_the_five_largest_swings_of_the_2017_case_are_these(answer: Tornado) -> None:
    assert [bar.label for bar in answer.bars[:5]] == [
        "Load factor",
        "Shandong clean-up, Implementation",
        "Shandong clean-up, Delay",
        "2017-09, Consumption change",
        "2017-10, Consumption change",
    ]
    assert [round(bar.swing) for bar in answer.bars[:5]] == [569, 415, 335, 274, 271]


def test_that_only_the_longest_bars_are_kept_on_request(plan: Plan, answer: Tornado) -> None:
    short = tornado(plan, BALANCE, top=3)
    assert short.bars == answer.bars[:3]
    assert short.left_out == len(answer.bars) - 3
    assert any("not shown: 22" in note for note in short.tables()[0].notes)


# Factors


def test_that_cells_with_one_factor_are_moved_together(plan: Plan) -> None:
    answer = tornado(plan, BALANCE, by="factor")
    bar = bar_of(answer, "policy resolve (7 cells)")
    assert bar.factor == "policy resolve"
    assert len(bar.inputs) == 7
    assert sum(len(each.inputs) for each in answer.bars) == len(plan.uncertainty)
    assert not any(each.factor for each in tornado(plan, BALANCE).bars)


def test_that_a_factor_is_one_in_any_case_and_one_cell_alone_keeps_its_name() -> None:
    rows = [
        uncertain("actions/Closure/implementation", 0.2, 0.6, 1.0, factor="Will "),
        uncertain("actions/Cut/implementation", 0.2, 0.6, 1.0, factor="will"),
        uncertain("assumptions/load_factor/value", 1.0, 1.01, 1.03, factor="alone"),
    ]
    answer = tornado(full_plan(uncertainty=rows), BALANCE, by="factor")
    assert {bar.label for bar in answer.bars} == {"Will (2 cells)", "Load factor"}
    assert not bar_of(answer, "Load factor").factor


# Modes and the plan's own values


def test_that_others_stay_at_their_modes_and_the_plans_own_result_is_told_too() -> None:
    cells = {"actions/Closure/implementation": 0.6, "assumptions/load_factor/value": 1.01}
    rows = [uncertain(address, 0.9 * mode, mode, 1.1 * mode) for address, mode in cells.items()]
    plan = full_plan(uncertainty=rows)
    answer = tornado(plan, BALANCE)
    assert answer.own == pytest.approx(solve(plan).measure(BALANCE))
    assert answer.centre == pytest.approx(solved(plan, {Address.parse(cell): mode for cell, mode in cells.items()}))
    assert answer.centre != pytest.approx(answer.own)
    assert {str(each.address) for each in answer.shifted} == set(cells)
    note = next(note for note in answer.tables()[0].notes if "other values than the modes" in note)
    assert "Load factor 1.02 t/t, mode 1.01 t/t" in note


def test_that_a_uniform_input_stays_at_the_plans_own_value() -> None:
    plan = full_plan(uncertainty=[uncertain("actions/Closure/announced", 50, None, 150)])
    answer = tornado(plan, BALANCE)
    (bar,) = answer.bars
    assert bar.inputs[0].held == 100.0
    assert answer.centre == answer.own == pytest.approx(solve(plan).measure(BALANCE))
    assert not answer.shifted


def test_that_a_blank_cell_counts_as_what_blank_means() -> None:
    plan = full_plan(uncertainty=[uncertain("monthly/2017-08/consumption_change", -10, None, 30)])
    answer = tornado(plan, BALANCE)
    assert answer.own == pytest.approx(solve(plan).measure(BALANCE))
    assert answer.bars[0].swing == pytest.approx(40.0)


def test_that_a_month_that_monthly_does_not_list_can_be_moved() -> None:
    rows = [uncertain("monthly/2017-08/net_imports", 0, 5, 20)]
    full = full_plan(uncertainty=rows)
    plan = full.with_table(full.monthly.replaced([row for row in full.monthly if str(row.month) != "2017-08"]))
    assert tornado(plan, BALANCE).bars[0].swing == pytest.approx(20.0)


# Ends on one side


def test_that_an_input_whose_ends_lie_on_one_side_is_marked_and_measured_from_the_mode() -> None:
    # the cut is in force from November to February: a month later it covers December to March whole
    rows = [uncertain("actions/Winter/delay", 0, 1, 4), uncertain("assumptions/load_factor/value", 1, 1.02, 1.03)]
    answer = tornado(full_plan(uncertainty=rows), "curtailed 2017-12..2018-03 mean")
    bar = bar_of(answer, "Winter, Delay")
    assert bar.is_one_sided
    assert bar.at_high < bar.at_low < bar.centre
    assert bar.swing == bar.centre - bar.at_high
    assert answer.tables()[0].rows[0][-1] == "one side"
    assert any(note.startswith("One side") for note in answer.tables()[0].notes)
    assert not bar_of(answer, "Load factor").is_one_sided


# Scenarios


def test_that_cells_which_the_scenario_states_itself_are_not_moved(plan: Plan) -> None:
    answer = tornado(plan, BALANCE, scenario=STRONG)
    moved = {each.address for bar in answer.bars for each in bar.inputs}
    assert RATE in answer.fixed
    assert RATE not in moved
    assert len(moved) + len(answer.fixed) == len(plan.uncertainty)
    assert any("states them itself" in note for note in answer.tables()[0].notes)


def test_that_a_scenario_which_states_all_of_them_leaves_nothing_to_move() -> None:
    plan = full_plan(
        uncertainty=[uncertain("actions/Closure/implementation", 0.2, 0.6, 1.0)],
        overrides=[override("Slow", "actions/Closure/implementation", 0.5)],
    )
    with pytest.raises(PlanError, match="states every uncertain cell itself"):
        tornado(plan, BALANCE, scenario="Slow and cold")


def test_that_the_scenario_is_named_as_the_plan_spells_it(plan: Plan) -> None:
    assert tornado(plan, BALANCE, scenario=STRONG.upper()).scenario == STRONG


# What cannot be answered


def test_that_a_plan_without_uncertain_cells_is_told_what_to_do() -> None:
    with pytest.raises(PlanError, match="Give cells and their ranges in Uncertainty"):
        tornado(full_plan(uncertainty=[]), BALANCE)


def test_that_an_uncertain_row_out_of_order_is_an_error() -> None:
    with pytest.raises(PlanError, match="not in order"):
        tornado(full_plan(uncertainty=[uncertain("actions/Closure/implementation", 0.9, 0.6, 1.0)]), BALANCE)


def test_that_rows_which_name_no_cell_are_left_out_and_counted() -> None:
    rows = [
        uncertain("actions/Nobody/implementation", 0, 0.5, 1),
        uncertain("actions/Closure/implementation", 0, 0.5, 1),
    ]
    answer = tornado(full_plan(uncertainty=rows), BALANCE)
    assert len(answer.bars) == answer.unknown == 1
    assert any("name no cell" in note for note in answer.tables()[0].notes)


def test_that_running_capacity_is_held_at_what_is_built() -> None:
    answer = tornado(
        full_plan(uncertainty=[uncertain("plants/South/operating", 700, 800, 900)]), "operating 2017-07 end"
    )
    assert answer.bars[0].at_high == answer.centre
    assert answer.clipped == (Address("plants", "South", "operating"),)


def test_that_a_measure_which_cannot_be_read_is_refused(plan: Plan) -> None:
    with pytest.raises(MeasureError):
        tornado(plan, "balance of powers")


@pytest.mark.parametrize("asked", [{"by": "colour"}, {"top": 0}])
def test_that_senseless_choices_are_refused(plan: Plan, asked: dict[str, Any]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the sentence is for people
        tornado(plan, BALANCE, **asked)


def test_that_a_blank_measure_gives_blank_bars_that_are_shown_as_such() -> None:
    rows = [uncertain("actions/Closure/implementation", 0.2, 0.6, 1.0)]
    plants = [{"plant": "Only", "built": 1000, "operating": 900, "province": "Henan"}]
    actions = [{"action": "Closure", "kind": "close capacity", "target": "Only", "announced": 100, "start": "2017-07"}]
    plan = full_plan(plants=plants, actions=actions, uncertainty=rows, overrides=[], scenarios=[])
    answer = tornado(plan, "alumina_stock 2017-12 end")
    assert math.isnan(answer.bars[0].swing)
    assert not answer.bars[0].is_one_sided
    assert answer.as_json()["at_modes"] is None


def test_that_it_stops_when_nobody_wants_it_any_more(plan: Plan) -> None:
    with pytest.raises(SolveCancelled):
        tornado(plan, BALANCE, cancelled=lambda: True)


# What is told


def test_that_the_table_has_a_row_and_a_cell_for_each_bar(answer: Tornado) -> None:
    found: Answer = answer
    (table,) = found.tables()
    assert len(table.rows) == len(table.addresses) == len(answer.bars)
    assert table.rows[1][:4] == ("Shandong clean-up, Implementation", "20 % … 100 %", "60 %", "60 %")
    assert table.addresses[1] == RATE
    assert table.columns[4].title == "At its low (kt)"


def test_that_machines_get_every_figure_in_full(answer: Tornado) -> None:
    data: Any = answer.as_json()
    assert data["unit"] == "kt"
    assert data["at_modes"] == answer.centre
    assert [bar["swing"] for bar in data["bars"]] == [bar.swing for bar in answer.bars]
    assert data["bars"][1]["inputs"][0] == {
        "address": str(RATE), "low": 0.2, "high": 1.0, "held": 0.6, "plan": 0.6,
    }  # fmt: skip


def test_that_the_swing_of_a_linear_input_is_its_slope_times_its_range(plan: Plan, answer: Tornado) -> None:
    bar = bar_of(answer, "2017-12, Net imports")
    assert np.isclose(bar.at_high - bar.at_low, 60.0)
