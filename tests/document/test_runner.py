"""The runner, driven step by step: the work waits for the test, never the test for the clock."""

import time
from collections.abc import Iterator
from itertools import pairwise
from threading import Event, current_thread, main_thread
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from aluplanner.document.runner import REST, IsCancelled, Runner, Stage


class Work:
    """Work that begins, waits to be let go, and says whether it was told to stop."""

    def __init__(self, result: object = None) -> None:
        self.result = result
        self.begun, self.may_end, self.ended = Event(), Event(), Event()
        self.was_cancelled: bool | None = None
        self.thread: Any = None

    def __call__(self, is_cancelled: IsCancelled) -> object:
        self.thread = current_thread()
        self.begun.set()
        assert self.may_end.wait(20)
        self.was_cancelled = is_cancelled()
        self.ended.set()
        if isinstance(self.result, Exception):
            raise self.result
        return self.result


@pytest.fixture
def runner(qapp: object) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.close()


def free(result: object) -> Work:
    work = Work(result)
    work.may_end.set()
    return work


def test_that_a_result_arrives_on_the_thread_of_the_window(runner: Runner, qtbot: QtBot) -> None:
    threads: list[object] = []
    work = free(1)
    with qtbot.waitSignal(runner.busy_changed, check_params_cb=lambda busy: not busy):
        runner.request(Stage(work, lambda result: threads.append(current_thread())))
    qtbot.waitUntil(lambda: bool(threads))
    assert threads == [main_thread()]
    assert work.thread is not main_thread()


def test_that_the_newest_request_wins(runner: Runner, qtbot: QtBot) -> None:
    delivered: list[object] = []
    first, second, third = Work("first"), free("second"), free("third")
    runner.request(Stage(first, delivered.append))
    qtbot.waitUntil(first.begun.is_set)
    runner.request(Stage(second, delivered.append))
    runner.request(Stage(third, delivered.append))
    first.may_end.set()
    qtbot.waitUntil(lambda: bool(delivered))
    assert delivered == ["third"]
    assert first.was_cancelled
    assert not second.begun.is_set()
    assert third.was_cancelled is False


def test_that_a_result_on_its_way_is_dropped_when_something_newer_comes(runner: Runner, qtbot: QtBot) -> None:
    delivered: list[object] = []
    first = Work("first")
    runner.request(Stage(first, delivered.append))
    qtbot.waitUntil(first.begun.is_set)
    first.may_end.set()
    assert first.ended.wait(20)
    runner.request(Stage(free("second"), delivered.append))
    qtbot.waitUntil(lambda: bool(delivered))
    assert delivered == ["second"]


def test_that_stages_are_delivered_in_order_and_only_the_first_is_waited_for(runner: Runner, qtbot: QtBot) -> None:
    delivered: list[object] = []
    later = Work("later")
    runner.request(Stage(free("first"), delivered.append), Stage(later, delivered.append))
    assert runner.is_busy
    qtbot.waitUntil(lambda: delivered == ["first"])
    assert not runner.is_busy
    later.may_end.set()
    qtbot.waitUntil(lambda: delivered == ["first", "later"])


def test_that_a_later_stage_is_abandoned_too(runner: Runner, qtbot: QtBot) -> None:
    delivered: list[object] = []
    later = Work("later")
    runner.request(Stage(free("first"), delivered.append), Stage(later, delivered.append))
    qtbot.waitUntil(later.begun.is_set)
    runner.request(Stage(free("newer"), delivered.append))
    later.may_end.set()
    qtbot.waitUntil(lambda: "newer" in delivered)
    assert later.was_cancelled
    assert "later" not in delivered


def test_that_nobody_waits_for_a_request_without_a_first_stage(runner: Runner, qtbot: QtBot) -> None:
    delivered: list[object] = []
    with qtbot.assertNotEmitted(runner.busy_changed):
        runner.request(None, Stage(free("quiet"), delivered.append))
        qtbot.waitUntil(lambda: delivered == ["quiet"])


def test_that_what_must_be_done_is_done_whatever_comes(runner: Runner, qtbot: QtBot) -> None:
    saved: list[object] = []
    work = Work("saved")
    runner.run(lambda: work(lambda: False), saved.append, saved.append)
    runner.request(Stage(free(1), lambda _: None))
    runner.request(Stage(free(2), lambda _: None))
    work.may_end.set()
    qtbot.waitUntil(lambda: saved == ["saved"])


def test_that_a_failure_of_what_must_be_done_is_told(runner: Runner, qtbot: QtBot) -> None:
    told: list[object] = []
    error = OSError("full")
    runner.run(lambda: free(error)(lambda: False), told.append, told.append)
    qtbot.waitUntil(lambda: bool(told))
    assert told == [error]


def test_that_an_error_in_the_work_is_not_lost(runner: Runner, qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as caught:
        runner.request(Stage(free(ZeroDivisionError("bug")), lambda _: None))
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_that_closing_waits_for_the_worker_and_delivers_nothing_more(qtbot: QtBot) -> None:
    delivered: list[object] = []
    runner = Runner()
    work = Work("late")
    runner.request(Stage(work, delivered.append))
    qtbot.waitUntil(work.begun.is_set)
    work.may_end.set()
    runner.close()
    assert not work.thread.is_alive()
    runner.close()
    qtbot.waitUntil(lambda: True)
    assert delivered == []


def test_that_closing_before_the_work_began_does_not_begin_it(qtbot: QtBot) -> None:
    runner = Runner()
    work = free("never")
    runner.request(Stage(work, lambda _: None))
    runner.close()
    qtbot.waitUntil(lambda: True)
    assert not work.begun.is_set()


def test_that_long_work_rests_while_a_key_is_answered(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aluplanner.document.runner.LONG", 0.0)
    runner = Runner()
    times: list[float] = []
    is_enough = Event()

    def step() -> None:
        times.append(time.perf_counter())

    def work(_is_cancelled: IsCancelled) -> None:
        while not is_enough.is_set():
            step()

    def do_nothing(_: object) -> None:
        pass

    with qtbot.waitSignal(runner.busy_changed, check_params_cb=lambda busy: not busy):
        runner.request(Stage(lambda _: None, do_nothing))  # from here on the runner knows that its work takes long
    runner.request(Stage(work, do_nothing))
    qtbot.waitUntil(lambda: bool(times))
    asked = time.perf_counter()
    runner.give_way()
    qtbot.waitUntil(lambda: times[-1] > asked + REST)
    is_enough.set()
    runner.close()
    gaps = [after - before for before, after in pairwise(times) if after > asked]
    assert max(gaps) >= 0.8 * REST
