"""Goal seek against dense scans, closed forms and the plan solved with the answer in it."""

from collections.abc import Callable

import numpy as np
import pytest

from aluplanner.analysis.cell_range import natural_range
from aluplanner.analysis.goal_seek import GoalSeek, Landing, goal_seek
from aluplanner.model.cancelling import SolveCancelled
from aluplanner.model.issues import PlanError
from aluplanner.model.measure import MeasureError
from aluplanner.model.plan import Address, Plan
from aluplanner.model.solver import measure_batch, solve
from aluplanner.resources import resource_path
from aluplanner.workbook.read import read_plan

RATE = "actions/Shandong clean-up/implementation"
LOAD = "assumptions/load_factor/value"
BALANCE = "balance 2017H2 sum"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(resource_path("examples", "china-2017.xlsx"))


def reached(plan: Plan, answer: GoalSeek, place: int = 0) -> float:
    """Return what the plan, solved with a solution in it, comes to."""
    changed = plan.with_cells(dict(answer.values_of(answer.solutions[place])))
    value = solve(changed, answer.scenario).measure(answer.objective.measure)
    assert value is not None
    return value


def test_that_the_solution_put_into_the_plan_gives_the_target(plan: Plan) -> None:
    answer = goal_seek(plan, LOAD, BALANCE, 0.0, between=(0.8, 1.1))
    assert len(answer.solutions) == 1
    assert answer.solutions[0].landing is Landing.EXACT
    assert reached(plan, answer) == pytest.approx(0.0, abs=1e-6)


def test_that_a_measure_linear_in_the_cell_is_solved_as_by_hand(plan: Plan) -> None:
    low, high = (solve(plan.with_value(LOAD, value)).measure(BALANCE) for value in (0.9, 1.0))
    assert low is not None
    assert high is not None
    answer = goal_seek(plan, LOAD, BALANCE, 500.0, between=(0.8, 1.1))
    assert answer.solutions[0].value == pytest.approx(0.9 + 0.1 * (500.0 - low) / (high - low), rel=1e-9)


def test_that_no_rate_of_the_shandong_clean_up_balances_the_half(plan: Plan) -> None:
    answer = goal_seek(plan, RATE, BALANCE, 0.0)
    assert answer.solutions == ()
    assert answer.nearest is not None
    assert answer.nearest.value == 1.0
    assert answer.nearest.reached == pytest.approx(solve(plan.with_value(RATE, 1.0)).measure(BALANCE))
    assert "No value" in answer.verdict


def test_that_cells_varied_together_take_one_value(plan: Plan) -> None:
    rates = [f"actions/{name}/implementation" for name in ("Shandong clean-up", "Xinjiang second round")]
    answer = goal_seek(plan, rates, BALANCE, 1900.0)
    assert len(answer.solutions) == 1
    assert set(answer.values_of(answer.solutions[0])) == {Address.parse(rate) for rate in rates}
    assert reached(plan, answer) == pytest.approx(1900.0, abs=1e-6)


def test_that_the_scenario_is_what_is_varied(plan: Plan) -> None:
    answer = goal_seek(plan, LOAD, BALANCE, 0.0, between=(0.9, 1.1), scenario="Strong enforcement H2")
    scenario = plan.with_cells({Address.parse(LOAD): answer.solutions[0].value})
    assert solve(scenario, "Strong enforcement H2").measure(BALANCE) == pytest.approx(0.0, abs=1e-6)


def test_that_every_crossing_of_a_measure_that_turns_round_is_found(plan: Plan) -> None:
    # the winter cut bites most in the second quarter of 2018 when it comes neither too early nor too late
    cell, quarter = "actions/Winter cut 30 %/delay", "production 2018Q2 sum"
    values = np.linspace(0.0, 8.0, 4001)
    dense = measure_batch(plan, {cell: values}, [quarter])[0]
    target = float(np.quantile(dense, 0.3)) + 0.01
    answer = goal_seek(plan, cell, quarter, target, between=(0.0, 8.0))
    crossings = np.flatnonzero(np.diff(np.sign(dense - target)) != 0)
    found = [each.value for each in answer.solutions]
    assert len(found) == len(crossings) == 2
    for place, value in zip(crossings, found, strict=True):
        assert values[place] <= value <= values[place + 1]


def test_that_a_parabola_is_met_twice_and_a_touching_one_once(monkeypatch: pytest.MonkeyPatch, plan: Plan) -> None:
    assert [
        round(each.value, 6) for each in _seek_on(lambda x: (x - 0.31) ** 2, 0.01, monkeypatch, plan).solutions
    ] == [
        0.21,
        0.41,
    ]
    touching = _seek_on(lambda x: (x - 0.312) ** 2, 0.0, monkeypatch, plan)
    assert [each.value for each in touching.solutions] == [pytest.approx(0.312, abs=1e-3)]
    between = _seek_on(lambda x: (x - 0.312) ** 2, 1e-5, monkeypatch, plan)
    assert [each.value for each in between.solutions] == [
        pytest.approx(0.312 - 1e-5**0.5, abs=1e-6),
        pytest.approx(0.312 + 1e-5**0.5, abs=1e-6),
    ]


def test_that_a_leap_over_the_target_is_called_one(monkeypatch: pytest.MonkeyPatch, plan: Plan) -> None:
    answer = _seek_on(lambda x: np.where(x < 0.333, -5.0, 5.0), 0.0, monkeypatch, plan)
    assert [each.landing for each in answer.solutions] == [Landing.JUMP]
    assert answer.solutions[0].value == pytest.approx(0.333, abs=1e-9)


def test_that_a_stretch_on_the_target_is_told_by_its_ends(monkeypatch: pytest.MonkeyPatch, plan: Plan) -> None:
    answer = _seek_on(lambda x: np.maximum(0.0, np.abs(x - 0.5) - 0.25), 0.0, monkeypatch, plan)
    assert [(round(each.value, 3), each.landing) for each in answer.solutions] == [
        (0.25, Landing.FLAT),
        (0.75, Landing.FLAT),
    ]


def test_that_what_makes_no_difference_is_said_to(plan: Plan) -> None:
    answer = goal_seek(plan, "assumptions/co2_per_t/value", BALANCE, 0.0, between=(10.0, 20.0))
    assert answer.is_flat
    assert answer.solutions == ()
    assert "makes no difference" in answer.verdict


def _seek_on(
    curve: Callable[[np.ndarray], np.ndarray], target: float, monkeypatch: pytest.MonkeyPatch, plan: Plan
) -> GoalSeek:
    """Return the answer for a made-up curve of the rate in place of the model."""

    def evaluate(_plan: Plan, vary: dict[Address, np.ndarray], *_: object, **__: object) -> np.ndarray:
        values = next(iter(vary.values()), np.zeros(1))
        return np.asarray(curve(np.asarray(values, dtype=float)), dtype=float)[None, :]

    monkeypatch.setattr("aluplanner.analysis.goal_seek_search.evaluate", evaluate)
    return goal_seek(plan, RATE, BALANCE, target)


# Statistics


def test_that_a_probability_reaches_its_target_within_one_draw(plan: Plan) -> None:
    answer = goal_seek(plan, LOAD, "P(stock 2017-12 end < 2700)", 0.8, between=(0.95, 1.05), points=5, draws=200)
    assert len(answer.solutions) == 1
    assert answer.solutions[0].reached == pytest.approx(0.8, abs=1 / 200)
    assert answer.draws == 200


def test_that_the_same_seed_gives_the_same_answer(plan: Plan) -> None:
    ask = {"between": (0.95, 1.05), "points": 5, "draws": 100, "seed": 7}
    first, second = (goal_seek(plan, LOAD, "p80(balance 2017H2 sum)", 1500.0, **ask) for _ in range(2))
    assert first.solutions == second.solutions
    other = goal_seek(plan, LOAD, "p80(balance 2017H2 sum)", 1500.0, **(ask | {"seed": 8}))
    assert other.solutions != first.solutions


# What it says, and what it refuses


def test_that_tables_and_json_hold_the_solution_in_full(plan: Plan) -> None:
    answer = goal_seek(plan, LOAD, BALANCE, 0.0, between=(0.8, 1.1))
    found, curve = answer.tables()
    assert found.rows[0][1] == answer.solutions[0].value
    assert len(curve.rows) == 41
    data = answer.as_json()
    assert data["answer"] == "one"
    assert data["solutions"] == [
        {"value": answer.solutions[0].value, "reached": answer.solutions[0].reached, "landing": "exact"}
    ]


def test_that_the_columns_own_bounds_come_first(plan: Plan) -> None:
    assert natural_range(plan, Address.parse(RATE), is_widest=True) == (0.0, 1.0)
    assert natural_range(plan, Address.parse(LOAD), is_widest=True) == (1.0, 1.03)
    assert natural_range(plan, Address.parse("assumptions/reference_price/value"), is_widest=True) == (6785.0, 20355.0)


@pytest.mark.parametrize("cell", ["actions/Nobody/implementation", "assumptions/market_response/value", "nonsense"])
def test_that_a_cell_that_is_no_number_is_refused(plan: Plan, cell: str) -> None:
    with pytest.raises(PlanError):
        goal_seek(plan, cell, BALANCE, 0.0, between=(0.0, 1.0))


def test_that_bounds_out_of_order_and_unknown_measures_are_refused(plan: Plan) -> None:
    with pytest.raises(PlanError):
        goal_seek(plan, RATE, BALANCE, 0.0, between=(1.0, 0.0))
    with pytest.raises(MeasureError):
        goal_seek(plan, RATE, "balance sometime sum", 0.0)


def test_that_it_stops_when_nobody_wants_it_any_more(plan: Plan) -> None:
    with pytest.raises(SolveCancelled):
        goal_seek(plan, RATE, "p80(balance 2017H2 sum)", 0.0, draws=100, cancelled=lambda: True)


@pytest.mark.parametrize(("objective", "target"), [(BALANCE, float("nan")), (BALANCE, float("inf"))])
def test_that_a_target_that_is_no_number_is_refused(plan: Plan, objective: str, target: float) -> None:
    with pytest.raises(PlanError, match="not a number"):
        goal_seek(plan, RATE, objective, target)


def test_that_a_probability_of_eighty_is_refused_and_the_remedy_says_how_to_write_it(plan: Plan) -> None:
    with pytest.raises(PlanError, match=r"0\.8"):
        goal_seek(plan, RATE, "P(stock 2017-12 end < 1000)", 80.0)


def test_that_a_stretch_ends_where_the_measure_leaves_its_target_and_not_at_a_point_of_the_scan(
    monkeypatch: pytest.MonkeyPatch, plan: Plan
) -> None:
    answer = _seek_on(lambda x: np.maximum(0.0, np.abs(x - 0.512) - 0.2), 0.0, monkeypatch, plan)
    assert [each.value for each in answer.solutions] == [
        pytest.approx(0.312, abs=1e-8),
        pytest.approx(0.712, abs=1e-8),
    ]
    assert answer.verdict == "At anything from 31.2 % to 71.2 %, balance 2017H2 sum comes to 0 kt."


def test_that_stretches_leaps_and_points_are_told_apart_in_words(monkeypatch: pytest.MonkeyPatch, plan: Plan) -> None:
    leap = _seek_on(lambda x: np.where(x < 0.333, -5.0, 5.0), 0.0, monkeypatch, plan)
    assert leap.verdict == "At 33.3 %, balance 2017H2 sum leaps over 0 kt."
    both = _seek_on(lambda x: np.where(x < 0.2, x - 0.1, np.maximum(0.0, 0.5 - x)), 0.0, monkeypatch, plan)
    assert both.verdict.endswith("comes to 0 kt at 2 values: 10.0 %, anything from 50.0 % to 100.0 %.")


def test_that_a_dip_between_two_equally_near_points_is_found_once(monkeypatch: pytest.MonkeyPatch, plan: Plan) -> None:
    answer = _seek_on(lambda x: np.abs(np.round(x, 12) - 0.3125) - 0.005, 0.0, monkeypatch, plan)
    assert [each.value for each in answer.solutions] == [
        pytest.approx(0.3075, abs=1e-9),
        pytest.approx(0.3175, abs=1e-9),
    ]


def test_that_bounds_of_a_blank_cell_lie_about_what_a_blank_means(plan: Plan) -> None:
    blank = plan.with_table(plan.uncertainty.replaced([])).with_value(LOAD, None)
    assert natural_range(blank, Address.parse(LOAD), is_widest=True) == (0.51, 1.53)
    answer = goal_seek(blank, LOAD, BALANCE, 0.0)
    assert answer.now_value == 1.02


def test_that_a_plant_is_not_looked_at_where_more_runs_than_is_built(plan: Plan) -> None:
    name = plan.plants.keys[0]
    full = plan.with_cells({f"plants/{name}/built": 1000.0, f"plants/{name}/operating": 900.0})
    assert natural_range(full, Address("plants", name, "operating"), is_widest=True) == (450.0, 1000.0)


def test_that_a_month_monthly_does_not_list_can_be_varied(plan: Plan) -> None:
    some = plan.with_table(plan.monthly.replaced(row for row in plan.monthly if str(row.month) != "2017-11"))
    answer = goal_seek(some, "monthly/2017-11/net_imports", BALANCE, 2000.0, between=(-500.0, 500.0))
    assert solve(some).measure(BALANCE) == pytest.approx(2000.0 - answer.solutions[0].value, abs=1e-6)
    assert answer.now_value == 0.0
