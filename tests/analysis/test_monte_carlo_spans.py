"""Spans of draws, run apart and by workers, against one long run."""

import pickle
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import Any

import numpy as np
import pytest

from aluplanner.analysis.monte_carlo import monte_carlo
from aluplanner.analysis.monte_carlo_span import Task, joined, prepare, run_span, spans
from aluplanner.model import solver
from aluplanner.model.measure import parse_measure
from aluplanner.model.solver import SolveCancelled
from aluplanner.model.validation import validate
from tests.analysis.monte_carlo_plans import H2, cell, uncertain_plan

PLAN = uncertain_plan()


def task_of(draws: int = 101, scenario: str = "Base", sampling: str = "random") -> Task:
    measures = (parse_measure(H2, PLAN), parse_measure("operating[North] 2017-12 end", PLAN))
    return Task(PLAN, scenario, draws, 1, sampling, ("balance", "stock", "price"), measures)


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "_DRAWS_AT_ONCE", 8)
    monkeypatch.setattr(solver, "draws_at_once", lambda _cells: 8)


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("sampling", ["random", "latin", "sobol"])
@pytest.mark.parametrize("most", [1, 2, 3, 5, 64])
def test_that_spans_run_apart_give_the_bits_of_one_run(most: int, sampling: str) -> None:
    task = task_of(sampling=sampling)
    whole = run_span(task, 0, task.draws)
    parts = joined([run_span(task, first, last) for first, last in spans(task.draws, prepare(task).block, most)])
    assert parts.measured.tobytes() == whole.measured.tobytes()
    for name, numbers in whole.series.items():
        assert parts.series[name].tobytes() == numbers.tobytes()


@pytest.mark.parametrize(("draws", "block", "most"), [(1, 8, 4), (100, 8, 4), (100, 8, 64), (96, 8, 3), (7, 1, 64)])
def test_that_spans_begin_at_blocks_and_are_all_draws(draws: int, block: int, most: int) -> None:
    cut = list(spans(draws, block, most))
    assert len(cut) <= most
    assert [draw for first, last in cut for draw in range(first, last)] == list(range(draws))
    assert all(first % block == 0 for first, _ in cut)


def test_that_a_task_goes_from_process_to_process_with_all_that_the_plan_states() -> None:
    task = task_of()
    validate(task.plan)  # the plan then keeps what it has worked out
    sent = pickle.loads(pickle.dumps(task))
    assert sent.plan == task.plan
    assert (sent.scenario, sent.draws, sent.series, sent.measures) == (
        task.scenario, task.draws, task.series, task.measures,
    )  # fmt: skip
    assert run_span(sent, 0, 20).measured.tobytes() == run_span(task, 0, 20).measured.tobytes()


def test_that_threads_and_processes_give_the_same_bits_as_none() -> None:
    plan = PLAN
    alone = monte_carlo(plan, draws=5000, scenarios=["Base", "Slow"], measures=[H2])
    with ThreadPoolExecutor(3) as threads, ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        for executor in (threads, processes):
            spread = monte_carlo(plan, draws=5000, scenarios=["Base", "Slow"], measures=[H2], executor=executor)
            for name in alone.names:
                assert spread.of(name).measured.tobytes() == alone.of(name).measured.tobytes()
                assert spread.percentiles("price", name).tobytes() == alone.percentiles("price", name).tobytes()


class Idle(Executor):
    """Takes work and never does it."""

    def __init__(self) -> None:
        self.taken: list[Future[Any]] = []

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.taken.append(Future())
        return self.taken[-1]


def test_that_waiting_for_workers_can_be_cancelled_and_takes_the_work_back() -> None:
    asked: list[None] = []

    def cancelled() -> bool:
        asked.append(None)
        return bool(idle.taken)

    idle = Idle()
    with pytest.raises(SolveCancelled):
        monte_carlo(PLAN, draws=5000, executor=idle, cancelled=cancelled)
    assert idle.taken
    assert all(future.cancelled() for future in idle.taken)


class Broken(Executor):
    """Fails at whatever it is given."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_exception(OSError("the worker is gone"))
        return future


def test_that_what_goes_wrong_at_a_worker_goes_wrong_here() -> None:
    with pytest.raises(OSError, match="the worker is gone"):
        monte_carlo(PLAN, draws=100, executor=Broken())


def test_that_a_scenario_with_nothing_uncertain_has_as_many_equal_draws() -> None:
    plan = uncertain_plan(uncertainty=[cell("actions/Closure/implementation", "uniform", 0, 0, 1)])
    task = Task(plan, "Slow", 20, 1, "random", ("stock",), ())
    part = run_span(task, 8, 20)
    assert part.series["stock"].shape == (12, 12)
    assert np.ptp(part.series["stock"], axis=0).max() == 0.0
