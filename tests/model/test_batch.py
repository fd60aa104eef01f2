"""A batch answers every measure in every draw as single solves do."""

from typing import Final

import numpy as np
import pytest

from aluplanner.model.batch import Batch
from aluplanner.model.cancelling import SolveCancelled
from aluplanner.model.measure import REDUCERS, parse_measure
from aluplanner.model.plan import Plan
from aluplanner.model.progress import part_of_work, tell_progress, watched
from aluplanner.model.solver import batch_inputs, block_size, measure_batch, runs_of, solve
from aluplanner.resources import resource_path
from aluplanner.workbook.read import read_plan

SERIES: Final = (
    "balance", "stock", "price", "stock_days", "built", "idle", "operating", "under_construction", "credibility",
    "alumina_stock", "overhang", "halted", "commissioned", "bauxite_cover", "co2", "closed_running", "restarted",
    "operating[Shandong]", "production[Weiqiao; Xinjiang East Hope]", "effective[Shandong clean-up]",
    "effective[Winter cut 30 %; Document 656 - halt of new projects; H2 restarts]", "due[Shandong clean-up]",
    "implemented[Xinjiang second round; Shandong clean-up]", "announced[Inner Mongolia clean-up]",
    "consumption[Construction; Transport]", "bauxite_use[Guinea]", "bauxite_use",
)  # fmt: skip
VARY: Final = {
    "actions/Shandong clean-up/implementation": [0.6, 0.2, 1.0, 0.45],
    "actions/Shandong clean-up/delay": [1.0, 0.0, 2.5, 3.0],
    "actions/Winter cut 30 %/enabled": [1.0, 0.0, 1.0, 1.0],
    "actions/Inner Mongolia clean-up/announced": [700.0, 350.0, 1100.0, 500.0],
    "assumptions/opening_stock/value": [270.0, 400.0, 250.0, 300.0],
    "demand/Transport/growth 2017": [0.05, 0.1, -0.1, 0.0],
    "plants/Tongliao other/under_construction": [678.0, 400.0, 900.0, 500.0],
    "monthly/2017-09/consumption_change": [0.0, 150.0, -50.0, 20.0],
}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(resource_path("examples", "china-2017.xlsx"))


@pytest.fixture(scope="module")
def singles(plan: Plan) -> list[Plan]:
    """The plan of each draw, its cells typed in."""
    found = []
    for draw in range(4):
        values = {address: numbers[draw] for address, numbers in VARY.items()}
        enabled = "actions/Winter cut 30 %/enabled"
        found.append(plan.with_cells({**values, enabled: bool(values[enabled])}))
    return found


@pytest.mark.parametrize("scenario", ["Base", "Market responds", "Strong enforcement H2"])
def test_that_every_kind_of_measure_is_in_each_draw_what_a_single_solve_says(
    plan: Plan, singles: list[Plan], scenario: str
) -> None:
    measures = [f"{series} 2017H2 {reducer}" for series in SERIES for reducer in REDUCERS]
    measures += [f"{series} all change" for series in SERIES]
    together = measure_batch(plan, VARY, measures, scenario=scenario)
    for draw, single in enumerate(singles):
        # what a scenario states itself is drawn over in a batch, so the draw's cells are stated in the scenario too
        balance = solve(_stated(single, scenario, draw), scenario)
        for row, measure in enumerate(measures):
            expected = balance.measure(measure)
            shown = np.nan if expected is None else expected
            np.testing.assert_allclose(together[row, draw], shown, rtol=1e-9, atol=1e-9, err_msg=f"{measure} {draw}")


def _stated(plan: Plan, scenario: str, draw: int) -> Plan:
    from aluplanner.model.layers import is_base, with_override
    from aluplanner.model.plan import Address

    if is_base(scenario):
        return plan
    for text, numbers in VARY.items():
        address = Address.parse(text)
        plan = with_override(plan, scenario, address, plan.value(address) if "enabled" in text else numbers[draw])
    return plan


def test_that_the_draws_do_differ(plan: Plan) -> None:
    found = measure_batch(plan, VARY, ["balance 2017H2 sum", "operating[Shandong] 2017-12 end"])
    assert (np.ptp(found, axis=1) > 1.0).all()


def test_that_parts_of_the_draws_run_apart_give_the_same_bits(plan: Plan) -> None:
    count = 5000
    random = np.random.default_rng(5)
    vary = {
        "actions/Shandong clean-up/implementation": random.uniform(0, 1, count),
        "assumptions/load_factor/value": random.uniform(0.9, 1.1, count),
    }
    inputs = batch_inputs(plan, vary)
    size = block_size(inputs)
    whole = np.concatenate([batch.series("stock") for _, batch in runs_of(inputs, series=["stock"])])
    parts = [slice(0, size), slice(size, 2 * size), slice(2 * size, count)]
    apart = np.concatenate(
        [batch.series("stock") for part in parts for _, batch in runs_of(inputs, series=["stock"], draws=part)]
    )
    assert np.array_equal(whole, apart)


def test_that_a_blank_draw_counts_as_the_columns_default(plan: Plan) -> None:
    rate = "actions/Shandong clean-up/implementation"
    blank, full = measure_batch(plan, {rate: [np.nan, 1.0]}, ["balance 2017H2 sum"])[0]
    assert blank == full


def test_that_nothing_varied_is_one_draw(plan: Plan) -> None:
    found = measure_batch(plan, {}, ["balance 2017H2 sum"])
    assert found.shape == (1, 1)
    assert found[0, 0] == solve(plan).measure("balance 2017H2 sum")


def test_that_a_measure_outside_the_horizon_is_blank_in_every_draw(plan: Plan) -> None:
    measure = parse_measure("balance 2030 sum", plan)
    for _, batch in runs_of(batch_inputs(plan, VARY)):
        assert isinstance(batch, Batch)
        assert np.isnan(batch.measure(measure)).all()


# Following and giving up


def test_that_progress_rises_to_the_end_and_parts_lie_within_it(plan: Plan) -> None:
    told: list[float] = []
    with watched(progress=told.append):
        with part_of_work(0.0, 0.5):
            measure_batch(plan, {"assumptions/load_factor/value": np.linspace(0.9, 1.1, 5000)}, ["stock 2017 end"])
        with part_of_work(0.5, 1.0):
            tell_progress(0.5)
    assert told == sorted(told)
    assert told[-2:] == [0.5, 0.75]


def test_that_a_batch_stops_when_nobody_wants_it_any_more(plan: Plan) -> None:
    with pytest.raises(SolveCancelled), watched(lambda: True):
        measure_batch(plan, VARY, ["balance 2017H2 sum"])
