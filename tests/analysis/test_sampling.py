"""Draws of the uncertain cells (section 11 of the model page)."""

from random import Random
from typing import Any

import numpy as np
import pytest
from scipy import stats

from aluplanner.analysis.sampling import coupled, draw_inputs, drawn_cells, uncertain_cells
from aluplanner.analysis.streams import Sampling
from aluplanner.model.issues import PlanError
from aluplanner.model.plan import Address, Plan
from tests.model.cases import full_plan, override

CLOSURE = "actions/Closure/implementation"
CUT = "actions/Cut/implementation"
KNOWN = {
    "actions/Closure/implementation": [0.717725359023, 0.886936958781, 0.914651044722],
    "actions/Cut/implementation": [0.5056475742, 0.77601492647, 0.559399236261],
    "actions/Restart/announced": [37.5537934869, 38.9163039743, 43.0133715277],
}
LOAD = "assumptions/load_factor/value"


def uncertain(address: str, distribution: str = "uniform", factor: str | None = None, **ends: float) -> dict[str, Any]:
    table, row, column = address.split("/")
    cell = {"table": table, "row": row, "column": column, "distribution": distribution, "factor": factor}
    return cell | {"low": 0.0, "mode": 0.5, "high": 1.0} | ends


def plan_with(*rows: dict[str, Any], **tables: Any) -> Plan:
    return full_plan(uncertainty=list(rows), **tables)


def values_of(plan: Plan, address: str, draws: int = 500, **more: Any) -> np.ndarray:
    return draw_inputs(plan, draws, more.pop("seed", 1), **more).values[Address.parse(address)]


def test_that_seed_one_gives_these_draws_on_every_machine() -> None:
    plan = plan_with(
        uncertain(CLOSURE, "pert", "resolve", low=0.2, mode=0.6),
        uncertain(CUT, "triangular", "resolve"),
        uncertain("actions/Restart/announced", "normal", low=30.0, mode=40.0, high=50.0),
    )
    drawn = draw_inputs(plan, 3, 1).values
    for address, known in KNOWN.items():
        np.testing.assert_allclose(drawn[Address.parse(address)], known, rtol=1e-11)


def test_that_the_order_of_rows_and_rows_beside_it_change_nothing() -> None:
    rows = [uncertain(CLOSURE, factor="a"), uncertain(CUT, factor="a"), uncertain("actions/Cut/delay")]
    alone = values_of(plan_with(rows[0]), CLOSURE)
    for seed in range(5):
        Random(seed).shuffle(rows)
        assert values_of(plan_with(*rows), CLOSURE).tobytes() == alone.tobytes()


def test_that_how_a_name_is_spelled_changes_nothing() -> None:
    plain = values_of(plan_with(uncertain(CLOSURE)), CLOSURE)
    spelled = values_of(plan_with(uncertain("Actions/ closure /Implementation")), CLOSURE)
    assert spelled.tobytes() == plain.tobytes()


def test_that_draws_spread_as_the_cell_says() -> None:
    drawn = values_of(plan_with(uncertain(CLOSURE, "triangular", low=0.1, mode=0.3, high=0.9)), CLOSURE, 5000)
    assert stats.kstest(drawn, stats.triang(0.25, 0.1, 0.8).cdf).pvalue > 0.01


@pytest.mark.parametrize("weight", [0.0, 0.5, 0.8, 1.0])
def test_that_cells_with_one_factor_correlate_by_the_square_of_its_weight(weight: float) -> None:
    """Two normals that share a factor with weight w correlate by w²; ranks of a Gaussian copula by 6/π asin(w²/2)."""
    assumptions = [{"assumption": "factor_correlation", "value": weight}]
    plan = plan_with(uncertain(CLOSURE, factor="resolve"), uncertain(CUT, factor="Resolve "), assumptions=assumptions)
    drawn = draw_inputs(plan, 20_000, 1).values
    found = stats.spearmanr(*(drawn[Address.parse(address)] for address in (CLOSURE, CUT))).statistic
    assert found == pytest.approx(6 / np.pi * np.arcsin(weight * weight / 2), abs=0.02)


def test_that_cells_without_a_factor_or_with_other_ones_are_independent() -> None:
    rows = [uncertain(CLOSURE, factor="a"), uncertain(CUT, factor="b"), uncertain("actions/Winter/share")]
    drawn = list(draw_inputs(plan_with(*rows), 20_000, 1).values.values())
    assert np.abs(np.corrcoef(drawn) - np.eye(3)).max() < 0.02


def test_that_a_shared_factor_leaves_each_cells_own_distribution() -> None:
    random = np.random.default_rng(1).random((2, 20_000))
    assert stats.kstest(coupled(random[0], random[1], 0.7), "uniform").pvalue > 0.01


def test_that_what_a_scenario_states_is_not_drawn_in_it() -> None:
    plan = plan_with(uncertain(CLOSURE), uncertain(CUT))
    cells, fixed = drawn_cells(plan, "Slow and cold")
    assert (list(map(str, cells)), list(map(str, fixed))) == ([CUT], [CLOSURE])
    drawn = draw_inputs(plan, 10, 1, scenario="Slow and cold")
    assert CLOSURE in " ".join(drawn.notes)
    base = values_of(plan, CUT, 10)
    assert drawn.values[Address.parse(CUT)].tobytes() == base.tobytes(), "scenarios share their draws"


def test_that_many_cells_that_a_scenario_states_are_counted_by_column() -> None:
    names = ("Closure", "Cut", "Winter", "Halt", "Restart")
    addresses = [f"actions/{name}/implementation" for name in names]
    plan = plan_with(
        *(uncertain(address) for address in addresses), uncertain("actions/Cut/delay"),
        scenarios=[{"scenario": "S"}], overrides=[override("S", address, 0.5) for address in addresses],
    )  # fmt: skip
    (note,) = draw_inputs(plan, 10, 1, scenario="S").notes
    assert "(5)" in note
    assert "Closure" not in note


def test_that_draws_outside_what_a_cell_may_hold_are_held_at_its_bound_and_counted() -> None:
    drawn = draw_inputs(plan_with(uncertain(CLOSURE, "normal", low=0.0, mode=0.9, high=1.8)), 1000, 1)
    values = drawn.values[Address.parse(CLOSURE)]
    assert (values.min(), values.max()) == (0.0, 1.0)
    (note,) = drawn.notes
    held = int(((values == 0.0) | (values == 1.0)).sum())
    assert note.startswith(f"{held} of 1,000 draws of {CLOSURE}")


def test_that_a_value_that_must_be_above_zero_is_kept_above_it() -> None:
    drawn = values_of(
        plan_with(uncertain("assumptions/reference_days/value", "normal", low=-5.0, mode=1, high=7)),
        "assumptions/reference_days/value",
    )
    assert 0.0 < drawn.min() < 1e-6


def test_that_no_part_of_a_plants_capacity_is_drawn_above_the_whole() -> None:
    built = uncertain("plants/South/built", low=700.0, high=900.0)
    running = uncertain("plants/South/operating", low=600.0, high=900.0)
    drawn = draw_inputs(plan_with(built, running), 1000, 1)
    whole, part = (
        drawn.values[Address.parse("plants/South/built")],
        drawn.values[Address.parse("plants/South/operating")],
    )
    assert (part <= whole).all()
    assert (part == whole).any()
    assert any("plants/South/operating" in note for note in drawn.notes)
    alone = values_of(plan_with(running), "plants/South/operating")
    assert alone.max() == 800.0


def test_that_rows_that_name_no_cell_are_left_out() -> None:
    plan = plan_with(uncertain(CLOSURE), uncertain("actions/Nobody/implementation"))
    assert [str(address) for address in uncertain_cells(plan)] == [CLOSURE]


def test_that_a_month_that_monthly_does_not_list_can_be_drawn() -> None:
    plan = plan_with(uncertain("monthly/2018-01/net_imports"), monthly=[{"month": "2017-07"}])
    assert len(values_of(plan, "monthly/2018-01/net_imports", 5)) == 5


@pytest.mark.parametrize("sampling", Sampling)
def test_that_every_sampling_draws_the_same_distribution(sampling: Sampling) -> None:
    drawn = values_of(plan_with(uncertain(LOAD, "uniform", low=1.0, high=2.0)), LOAD, 2048, sampling=sampling)
    assert drawn.mean() == pytest.approx(1.5, abs=0.02)
    assert np.percentile(drawn, [5, 95]) == pytest.approx([1.05, 1.95], abs=0.02)


def test_that_no_draws_and_no_uncertainty_are_said_in_words() -> None:
    with pytest.raises(PlanError, match="0 draws"):
        draw_inputs(plan_with(uncertain(CLOSURE)), 0, 1)
    with pytest.raises(PlanError, match="uncertain"):
        draw_inputs(plan_with(), 10, 1)
