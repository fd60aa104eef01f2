"""Runs spread over processes and over a Dask cluster give the bits of this process."""

import sys
from collections.abc import Iterator

import numpy as np
import pytest

from aluplanner.analysis.executors import opened_executor
from aluplanner.analysis.monte_carlo import MonteCarlo, monte_carlo
from aluplanner.model.cancelling import SolveCancelled
from aluplanner.model.issues import PlanError
from aluplanner.model.plan import Plan
from aluplanner.resources import resource_path
from aluplanner.workbook.read import read_plan
from tests.dask_cluster import running_cluster

DRAWS = 5_000
MEASURE = "balance 2017H2 sum"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return read_plan(resource_path("examples", "china-2017.xlsx"))


@pytest.fixture(scope="module")
def here(plan: Plan) -> MonteCarlo:
    return monte_carlo(plan, draws=DRAWS, seed=3, scenarios=["Base", "Strong demand"], measures=[MEASURE])


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """Address of a cluster of two workers."""
    with running_cluster() as address:
        yield address


def assert_same_bits(found: MonteCarlo, here: MonteCarlo) -> None:
    for scenario in here.names:
        for series in ("balance", "stock", "price"):
            assert np.array_equal(found.percentiles(series, scenario), here.percentiles(series, scenario))


def test_that_two_processes_give_the_same_bits(plan: Plan, here: MonteCarlo) -> None:
    with opened_executor(2) as executor:
        there = monte_carlo(plan, draws=DRAWS, seed=3, scenarios=here.names, measures=[MEASURE], executor=executor)
    assert_same_bits(there, here)


def test_that_a_dask_cluster_gives_the_same_bits(plan: Plan, here: MonteCarlo, cluster: str) -> None:
    with opened_executor(dask=cluster) as executor:
        there = monte_carlo(plan, draws=DRAWS, seed=3, scenarios=here.names, measures=[MEASURE], executor=executor)
    assert_same_bits(there, here)


def test_that_work_spread_over_processes_can_be_given_up(plan: Plan) -> None:
    with opened_executor(2) as executor, pytest.raises(SolveCancelled):
        monte_carlo(plan, draws=DRAWS, seed=3, executor=executor, cancelled=lambda: True)


def test_that_one_worker_is_this_process() -> None:
    for workers in (None, 1):
        with opened_executor(workers) as executor:
            assert executor is None


def test_that_a_cluster_that_does_not_answer_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aluplanner.analysis.executors._SECONDS_TO_CONNECT", 0.3)
    with pytest.raises(PlanError, match="does not answer"), opened_executor(dask="tcp://127.0.0.1:1"):
        pass


def test_that_workers_and_a_cluster_together_are_refused() -> None:
    with pytest.raises(PlanError, match="both"), opened_executor(2, "tcp://127.0.0.1:1"):
        pass


def test_that_without_dask_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(PlanError, match="pip install"), opened_executor(dask="tcp://127.0.0.1:1"):
        pass
