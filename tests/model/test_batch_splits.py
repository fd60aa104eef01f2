"""A batch sums the plants that touch no limit and works out the others: either way it gives what single runs give."""

from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aluplanner.model import totals
from aluplanner.model.actions import CLOSE, COMMISSION, CURTAIL
from aluplanner.model.drawn import Drawn
from aluplanner.model.groundwork import groundwork_of
from aluplanner.model.measure import COUNTRY_SERIES
from aluplanner.model.plan import Plan
from aluplanner.model.solver import SolveCancelled, batch_inputs, solve, solve_batch
from aluplanner.model.totals import Totals
from tests.benchmarks.plans import benchmark_plan
from tests.model.cases import full_plan

Draws = dict[str, np.ndarray]
DRAWS = 6
PLAN = benchmark_plan(60, 40, 24)


def cells_of(plan: Plan) -> dict[str, dict[str, tuple[float, float]]]:
    """Return the range of every cell of Plants and Actions that a batch may vary, by column and address."""
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for action in plan.actions:
        spans = {"implementation": (0.0, 1.0), "enabled": (0.0, 1.0), "delay": (0.0, 7.0), "phase_in": (0.0, 9.0)}
        if action.announced is not None:
            spans["announced"] = (0.0, 2.5 * action.announced)
        if action.share is not None:
            spans["share"] = (0.0, 1.0)
        if action.pots is not None:
            spans["pots"] = (0.0, 3.0 * action.pots)
        if action.kind == CLOSE:
            spans["operating_share"] = (0.0, 1.0)
        if action.end is not None:
            spans["phase_out"] = (0.0, 6.0)
        for name, span in spans.items():
            found.setdefault(name, {})[f"actions/{action.action}/{name}"] = span
    for plant in plan.plants:
        built, operating = plant.built or 0.0, plant.operating or 0.0
        spans = {
            "built": (built, built + 500.0),
            "operating": (0.0, built),
            "non_compliant": (0.0, built),
            "under_construction": (0.0, 700.0),
            "ramp_months": (0.0, 14.0),
            "pot_size": (0.5, 2.0 + operating / 1000.0),
            "cash_cost": (10000.0, 15000.0),
        }
        for name, span in spans.items():
            found.setdefault(name, {})[f"plants/{plant.plant}/{name}"] = span
    return found


CELLS = cells_of(PLAN)


def drawn(rng: Random, cells: dict[str, tuple[float, float]], count: int, width: float = 1.0) -> Draws:
    """Return draws of some of the cells: of the ends and between them, or near one point where ``width`` is small."""
    draws: Draws = {}
    for address in rng.sample(sorted(cells), min(count, len(cells))):
        low, high = cells[address]
        if address.endswith("/enabled"):
            draws[address] = np.array([float(rng.random() < 0.5) for _ in range(DRAWS)])
            continue
        centre = rng.random() * (1.0 - width)
        parts = [rng.choice([centre, centre + width, centre + width * rng.random()]) for _ in range(DRAWS)]
        draws[address] = low + (high - low) * np.array(parts)
    return draws


def single(plan: Plan, draws: Draws, number: int) -> Plan:
    cells: dict[str, float | bool | None] = {}
    for address, values in draws.items():
        value = float(values[number])
        cells[address] = bool(value) if address.endswith("/enabled") else None if np.isnan(value) else value
    return plan.with_cells(cells)


def assert_equal_to_singles(plan: Plan, draws: Draws) -> None:
    usual, every = solve_batch(plan, draws, series=("balance", "production", "price")), solve_batch(
        plan, draws, series=COUNTRY_SERIES
    )  # fmt: skip
    for number in range(DRAWS):
        balance = solve(single(plan, draws, number))
        for found in (usual, every):
            for name, numbers in found.items():
                theirs = balance.series(name)
                scale = max(1.0, float(np.nanmax(np.abs(theirs), initial=0.0)))
                np.testing.assert_allclose(numbers[number], theirs, rtol=1e-9, atol=1e-9 * scale, err_msg=name)


def one_by_one(plan: Plan, draws: Draws) -> int:
    """Return how many plants a batch works out draw by draw."""
    inputs = batch_inputs(plan, draws)
    _, others = Totals(Drawn(groundwork_of(inputs), inputs), ())._split()
    return len(others)


@pytest.mark.parametrize("name", sorted(CELLS))
@pytest.mark.parametrize("count", [1, 12])
def test_that_a_column_that_varies_gives_what_single_runs_give(name: str, count: int) -> None:
    draws = drawn(Random(f"{name} {count}"), CELLS[name], count)
    assert_equal_to_singles(PLAN, draws)


@settings(suppress_health_check=list(HealthCheck), max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**9), count=st.integers(1, 15), width=st.sampled_from([0.02, 0.3, 1.0]))
def test_that_any_cells_together_give_what_single_runs_give(seed: int, count: int, width: float) -> None:
    rng = Random(seed)
    names = rng.sample(sorted(CELLS), rng.randint(1, 4))
    cells = {address: span for name in names for address, span in CELLS[name].items()}
    cells |= {f"monthly/2017-0{month}/consumption_change": (-80.0, 80.0) for month in (6, 8)}
    cells |= {"assumptions/load_factor/value": (0.9, 1.1), "demand/Power/growth 2018": (-0.2, 0.2)}
    assert_equal_to_singles(PLAN, drawn(rng, cells, count, width))


def test_that_every_switch_can_vary_at_once() -> None:
    assert_equal_to_singles(PLAN, drawn(Random(1), CELLS["enabled"], len(PLAN.actions)))


def test_that_rates_of_plants_within_their_limits_are_summed() -> None:
    draws = drawn(Random(7), CELLS["implementation"], 12, 0.1)
    assert one_by_one(PLAN, draws) < len(PLAN.plants) // 4


def test_that_only_the_plant_that_varies_is_worked_out_draw_by_draw() -> None:
    plan = PLAN.with_cells({f"actions/{action.action}/credit": None for action in PLAN.actions})
    draws = drawn(Random(3), {"plants/Smelter 11/operating": (300.0, 310.0)}, 1)
    assert one_by_one(plan, draws) < 6
    assert_equal_to_singles(plan, draws)


def test_that_a_plant_at_its_limit_in_one_draw_only_is_worked_out() -> None:
    plan = small_plan({"kind": CURTAIL, "target": "South", "announced": 700.0}, {"kind": CLOSE, "target": "South",
                      "announced": 300.0, "operating_share": 1.0})  # fmt: skip
    far = {"actions/A0/implementation": np.full(DRAWS, 0.1), "actions/A1/implementation": np.linspace(0.0, 0.5, DRAWS)}
    near = far | {"actions/A0/implementation": np.array([0.1, 0.1, 0.1, 1.0, 0.1, 0.1])}
    assert (one_by_one(plan, far), one_by_one(plan, near)) == (0, 1)
    for draws in (far, near):
        assert_equal_to_singles(plan, draws)


def small_plan(*actions: dict[str, object]) -> Plan:
    named = [{"action": f"A{place}", "start": "2017-09", **action} for place, action in enumerate(actions)]
    return full_plan(actions=named, scenarios=[], overrides=[], uncertainty=[], claims=[])


def test_that_a_commission_spreads_evenly_in_the_draws_in_which_nothing_is_built() -> None:
    plan = small_plan(
        {"kind": COMMISSION, "target": "North 2; South", "announced": 90.0},
        {"kind": CURTAIL, "target": "South", "announced": 30.0, "start": "2018-01"},
    ).with_cells({f"plants/{name}/{column}": 0.0 for name in ("North 2", "South") for column in ("built", "operating")})
    assert_equal_to_singles(plan, {"plants/South/built": np.array([0.0, 0.0, 50.0, 0.0, 400.0, 1.0])})


def test_that_a_share_of_closures_that_is_blank_in_some_draws_is_the_running_part_of_the_plant_there() -> None:
    plan = small_plan({"kind": CLOSE, "target": "North", "announced": 200.0})
    shares = np.array([np.nan, 0.0, 0.5, np.nan, 1.0, 0.9])
    assert_equal_to_singles(plan, {"actions/A0/operating_share": shares})


def test_that_actual_production_stays_unused_in_the_draws_in_which_nothing_runs() -> None:
    cuts = [{"kind": CURTAIL, "target": f"Part {place}", "announced": 10.0 * (0.1 + place)} for place in range(9)]
    plants = [{"plant": f"Part {place}", "built": 9.0 * (0.1 + place), "operating": 9.0 * (0.1 + place)}
              for place in range(9)]  # fmt: skip
    named = [{"action": f"A{place}", "start": "2017-07", **cut} for place, cut in enumerate(cuts)]
    plan = full_plan(plants=plants, actions=named, scenarios=[], overrides=[], uncertainty=[], claims=[], bauxite=[])
    plan = plan.with_cells({"assumptions/known_until/value": "2017-09", "monthly/2017-09/actual_production": 5.0})
    draws = {f"actions/A{place}/implementation": np.array([1.0, 1.0, 0.3, 1.0, 0.0, 1.0]) for place in range(9)}
    assert solve_batch(plan, draws, series=("production",))["production"][0, 2] == 0.0
    assert_equal_to_singles(plan, draws)


@pytest.mark.parametrize("cells", [1, 10**9])
def test_that_chunks_of_draws_change_nothing(cells: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draws worked out one by one come in chunks; what is kept between chunks is what each would work out."""
    draws = drawn(Random(5), CELLS["announced"] | CELLS["operating_share"], 14)
    assert one_by_one(PLAN, draws) > 0
    usual = solve_batch(PLAN, draws)
    monkeypatch.setattr(totals, "_FEWEST_AT_ONCE", 1)
    monkeypatch.setattr(totals, "CELLS_AT_ONCE", cells)
    for name, numbers in solve_batch(PLAN, draws).items():
        np.testing.assert_allclose(numbers, usual[name], rtol=1e-12, atol=1e-9)


def test_that_a_batch_can_be_given_up_within_a_block() -> None:
    draws = drawn(Random(5), CELLS["implementation"], 14)
    asked = [0]

    def is_cancelled() -> bool:
        asked[0] += 1
        return asked[0] > 60

    with pytest.raises(SolveCancelled):
        solve_batch(PLAN, draws, cancelled=is_cancelled)
    assert asked[0] == 61
