"""The sweep against single solves, its contour against root finding along its rows."""

from typing import Any

import numpy as np
import pytest
from scipy.optimize import brentq

from aluplanner.analysis.cell_range import natural_range
from aluplanner.analysis.objective import evaluate, parse_objective
from aluplanner.analysis.sweep import MOST_POINTS, Sweep, even_values, sweep
from aluplanner.model.cancelling import SolveCancelled
from aluplanner.model.issues import PlanError
from aluplanner.model.layers import resolve, with_overrides
from aluplanner.model.measure import MeasureError
from aluplanner.model.plan import Address, Plan
from aluplanner.model.solver import solve
from aluplanner.resources import resource_path
from aluplanner.workbook.read import read_plan
from tests.model.cases import full_plan

BALANCE = "balance 2017H2 sum"
RATE = "actions/Shandong clean-up/implementation"
LOAD = "assumptions/load_factor/value"
SEPTEMBER = "monthly/2017-09/consumption_change"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(resource_path("examples", "china-2017.xlsx"))


@pytest.fixture(scope="module")
def answer(plan: Plan) -> Sweep:
    return sweep(plan, {RATE: even_values(0.0, 1.0, 6), LOAD: even_values(0.88, 1.02, 8)}, BALANCE)


def solved(plan: Plan, cells: dict[str, float], measure: str = BALANCE, scenario: str = "Base") -> float:
    """Return the measure of the plan with cells set, in a scenario by overrides of its own."""
    changed = (
        plan.with_cells(cells)
        if scenario == "Base"
        else with_overrides(plan, scenario, {Address.parse(cell): value for cell, value in cells.items()})
    )
    found = solve(changed, scenario).measure(measure)
    assert found is not None
    return found


@pytest.mark.parametrize("scenario", ["Base", "Strong enforcement H2", "Market responds"])
@pytest.mark.parametrize("measure", [BALANCE, "stock 2017-12 end", "price 2018 mean"])
def test_that_every_point_is_what_a_single_solve_gives(plan: Plan, scenario: str, measure: str) -> None:
    rates, loads = even_values(0.0, 1.0, 3), even_values(0.95, 1.03, 4)
    answer = sweep(plan, {RATE: rates, LOAD: loads}, measure, scenario=scenario)
    assert answer.values.shape == (4, 3)
    for row, load in enumerate(loads):
        for column, rate in enumerate(rates):
            wanted = solved(plan, {RATE: float(rate), LOAD: float(load)}, measure, scenario)
            assert answer.values[row, column] == pytest.approx(wanted, rel=1e-12, abs=1e-9)
            assert answer.place(row, column).cells == (rate, load)
    assert answer.own == pytest.approx(solve(plan, scenario).measure(measure), rel=1e-12)


def test_that_one_cell_gives_a_curve(plan: Plan) -> None:
    answer = sweep(plan, {RATE: even_values(0.0, 1.0, 5)}, BALANCE)
    assert answer.values.shape == (5,)
    wanted = [solved(plan, {RATE: float(rate)}) for rate in answer.axes[0].values]
    np.testing.assert_allclose(answer.values, wanted, atol=1e-9)
    (table,) = answer.tables()
    assert [row[0] for row in table.rows] == answer.axes[0].values.tolist()


def test_that_values_are_sorted_and_each_is_solved_once(plan: Plan) -> None:
    answer = sweep(plan, {RATE: [0.8, 0.2, 0.8]}, BALANCE)
    np.testing.assert_array_equal(answer.axes[0].values, [0.2, 0.8])


def test_that_even_values_are_round_and_hold_both_bounds() -> None:
    assert even_values(0.0, 1.0, 11).tolist() == [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]


def test_that_statistics_of_the_draws_can_be_swept(plan: Plan) -> None:
    rates, objective = even_values(0.0, 1.0, 3), "P(balance 2017H2 sum < 1500)"
    answer = sweep(plan, {RATE: rates}, objective, draws=200, seed=7)
    vary = {Address.parse(RATE): rates}
    wanted = evaluate(plan, vary, [parse_objective(objective, plan)], draws=200, seed=7)[0]
    np.testing.assert_array_equal(answer.values, wanted)
    assert np.all(np.diff(answer.values) > 0.0)
    assert answer.level is None
    assert any("200 draws" in note for note in answer.tables()[0].notes)


def test_that_statistics_do_not_draw_a_swept_cell(plan: Plan) -> None:
    fixed = sweep(plan, {RATE: [0.5]}, "p80(balance 2017H2 sum)", draws=100)
    assert fixed.values.shape == (1,)
    assert np.isfinite(fixed.values).all()


# The contour


def test_that_a_balance_is_crossed_at_zero_unless_another_level_is_wanted(plan: Plan) -> None:
    vary = {RATE: [0.0, 1.0]}
    assert sweep(plan, vary, BALANCE).level == 0.0
    assert sweep(plan, vary, BALANCE, contour=1900.0).level == 1900.0
    assert sweep(plan, vary, "stock 2017-12 end").level is None
    assert sweep(plan, vary, "mean(balance 2017H2 sum)", draws=10).level == 0.0


def test_that_crossings_along_rows_are_those_of_root_finding(plan: Plan) -> None:
    answer = sweep(plan, {RATE: even_values(0.0, 1.0, 21), LOAD: even_values(0.9, 0.918, 3)}, BALANCE)
    for load, found in zip(answer.axes[1].values, answer.crossings(0.0), strict=True):
        wanted = brentq(lambda rate, load=load: solved(plan, {RATE: rate, LOAD: float(load)}), 0.0, 1.0, xtol=1e-10)
        assert found.tolist() == pytest.approx([wanted], abs=1e-5)


def test_that_points_of_the_contour_line_bring_the_measure_to_the_level(plan: Plan, answer: Sweep) -> None:
    (line,) = answer.lines(0.0)
    assert answer.is_met
    for rate, load in line:
        assert solved(plan, {RATE: float(rate), LOAD: float(load)}) == pytest.approx(0.0, abs=2.0)


def test_that_what_one_cell_has_to_be_is_told_for_each_value_of_the_other(plan: Plan, answer: Sweep) -> None:
    contour = answer.tables()[1]
    assert contour.title == "Where balance 2017H2 sum comes to 0 kt"
    for rate, load in contour.rows:  # the load factor gets there at every rate, the rate at few load factors
        assert isinstance(rate, float)
        assert isinstance(load, float)
        assert solved(plan, {RATE: rate, LOAD: load}) == pytest.approx(0.0, abs=2.0)


def test_that_a_level_out_of_reach_is_said_to_be_so_with_the_nearest_point(plan: Plan) -> None:
    answer = sweep(plan, {RATE: even_values(0.0, 1.0, 5), SEPTEMBER: even_values(-74.0, 200.0, 5)}, BALANCE)
    assert not answer.is_met
    assert answer.lines(0.0) == ()
    near = answer.nearest(0.0)
    assert near is not None
    assert near.cells == (1.0, 200.0)
    assert near.reached == pytest.approx(solved(plan, {RATE: 1.0, SEPTEMBER: 200.0}))
    tables = answer.tables()
    assert len(tables) == 1
    assert "No point of the grid brings balance 2017H2 sum to 0 kt" in tables[0].notes[0]


def test_that_the_contour_is_said_in_a_sentence(plan: Plan, answer: Sweep) -> None:
    assert "comes to 0 kt on a line, from Shandong clean-up, Implementation" in answer.tables()[0].notes[0]
    curve = sweep(plan, {LOAD: even_values(0.8, 1.0, 5)}, BALANCE)
    assert "comes to 0 kt with Load factor 0.9087" in curve.tables()[0].notes[0]


# What cannot be swept


@pytest.mark.parametrize(
    ("vary", "said"),
    [
        ({RATE: [0.0, 1.2]}, "must be from 0% to 100%"),
        ({"actions/Nobody/implementation": [0.0]}, "Nobody"),
        ({"actions/Shandong clean-up/target": [0.0]}, "does not hold a number"),
        ({RATE: [0.0, float("nan")]}, "not all numbers"),
        ({RATE: []}, "not all numbers"),
        ({RATE: [0.0], RATE.upper(): [1.0]}, "one cell or two different ones"),
        ({}, "one cell or two different ones"),
        ({RATE: [0.0], LOAD: [1.0], SEPTEMBER: [0.0]}, "one cell or two different ones"),
        ({RATE: np.linspace(0, 1, MOST_POINTS + 1)}, "fewer points"),
    ],
)
def test_that_what_cannot_be_swept_is_refused_with_a_sentence(plan: Plan, vary: dict[str, Any], said: str) -> None:
    with pytest.raises(PlanError, match=said):
        sweep(plan, vary, BALANCE)


def test_that_cells_which_bound_each_other_are_refused_where_they_cross() -> None:
    with pytest.raises(PlanError, match="cannot be worked out with plants/South/operating at"):
        sweep(full_plan(), {"plants/South/operating": [700.0, 900.0]}, BALANCE)
    both = {"plants/South/operating": [700.0, 900.0], "plants/South/built": [900.0, 1000.0]}
    assert sweep(full_plan(), both, BALANCE).values.shape == (2, 2)


def test_that_a_measure_which_cannot_be_read_is_refused(plan: Plan) -> None:
    with pytest.raises(MeasureError):
        sweep(plan, {RATE: [0.0]}, "balance of powers")


def test_that_it_stops_when_nobody_wants_it_any_more(plan: Plan) -> None:
    with pytest.raises(SolveCancelled):
        sweep(plan, {RATE: [0.0]}, BALANCE, cancelled=lambda: True)


def test_that_progress_rises_to_the_end(plan: Plan) -> None:
    told: list[float] = []
    sweep(plan, {RATE: even_values(0, 1, 4)}, "p50(balance 2017H2 sum)", draws=20, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0


def test_that_a_month_that_monthly_does_not_list_can_be_swept() -> None:
    full = full_plan()
    plan = full.with_table(full.monthly.replaced([row for row in full.monthly if str(row.month) != "2017-08"]))
    answer = sweep(plan, {"monthly/2017-08/net_imports": [0.0, 10.0]}, BALANCE)
    assert answer.values[1] - answer.values[0] == pytest.approx(10.0)
    assert answer.own == pytest.approx(solve(plan).measure(BALANCE))


# What is told


def test_that_the_grid_is_printed_as_the_picture_has_it(answer: Sweep) -> None:
    grid = answer.tables()[0]
    assert [row[0] for row in grid.rows] == answer.axes[1].values.tolist()[::-1]
    assert grid.rows[-1][1:] == tuple(answer.values[0].tolist())
    assert [column.heading for column in grid.columns[1:]] == ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"]
    assert grid.columns[0].title == "Load factor (t/t)"


def test_that_machines_get_every_figure_in_full(answer: Sweep) -> None:
    data: Any = answer.as_json()
    assert data["values"] == answer.values.tolist()
    assert data["axes"][0]["own"] == 0.6
    assert data["is_met"] is True
    assert data["lines"][0] == answer.lines(0.0)[0].tolist()


# Bounds


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        (RATE, (0.2, 1.0)),  # of Uncertainty
        ("actions/Weiqiao June cut/implementation", (0.0, 1.0)),  # of the column
        ("assumptions/opening_price/value", (6500.0, 19500.0)),  # half to one and a half times
        ("plants/Tongliao other/operating", (483.0, 1000.0)),  # no more than is built
        ("actions/Winter cut 30 %/delay", (0.0, 6.0)),  # blank: half a year
        ("monthly/2017-03/consumption_change", (-100.0, 100.0)),  # blank: either way
    ],
)
def test_that_bounds_are_proposed(plan: Plan, cell: str, wanted: tuple[float, float]) -> None:
    address = plan.spelled(cell)
    assert address is not None
    assert natural_range(plan, address) == pytest.approx(wanted)


def test_that_proposed_bounds_can_be_swept_in_every_numeric_cell(plan: Plan) -> None:
    resolved = resolve(plan, "Strong enforcement H2")
    cells = [
        Address(table, row, column.name)
        for table in ("plants", "actions", "demand", "assumptions", "bauxite")
        for row in plan.table(table).keys[:3]
        for column in plan.columns(table)
        if (held := plan.cell_column(table, row, column.name)) and held.is_numeric and not held.derived
    ]
    assert len(cells) > 50
    for address in cells:
        low, high = natural_range(resolved, address)
        assert low < high, str(address)
