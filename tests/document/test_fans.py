"""The fan of the scenario on view, made beside the balances."""

import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from aluplanner.analysis import monte_carlo as monte_carlo_module
from aluplanner.analysis.monte_carlo import monte_carlo
from aluplanner.document.document import Document
from aluplanner.document.fans import Fans
from aluplanner.model.cancelling import SolveCancelled, stop_if_cancelled
from aluplanner.model.plan import Plan
from tests.document.small_plan import small_plan

SERIES = ("balance", "stock", "price")
DRAWS = 200


@pytest.fixture
def fans(document: Document) -> Iterator[Fans]:
    made = Fans(document)
    made.set_draws(DRAWS)
    made.want_series(SERIES)
    yield made
    made.close()


def test_that_nothing_is_made_before_it_is_wanted(fans: Fans, document: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignal(document.solved):
        document.set_cell("plants", "South", "operating", 480.0)
    assert not fans.is_busy
    assert fans.fan is None


def test_that_the_fan_is_that_of_the_library(fans: Fans, document: Document, qtbot: QtBot) -> None:
    with qtbot.waitSignals([fans.busy_changed, fans.busy_changed, fans.changed]):
        fans.set_on(True)
    qtbot.waitUntil(lambda: fans.is_current)
    known = monte_carlo(document.plan, draws=DRAWS)
    assert fans.fan is not None
    assert (fans.fan.draws, fans.fan.seed, fans.fan.scenario) == (DRAWS, 1, "Base")
    for name in SERIES:
        np.testing.assert_array_equal(fans.fan.bands[name], known.percentiles(name))


def test_that_it_is_made_anew_after_an_edit_and_the_former_one_stays_meanwhile(
    fans: Fans, document: Document, qtbot: QtBot
) -> None:
    fans.set_on(True)
    qtbot.waitUntil(lambda: fans.is_current)
    former = fans.fan
    document.set_cell("plants", "South", "operating", 480.0)
    assert fans.fan is former
    assert not fans.is_current
    qtbot.waitUntil(lambda: fans.is_current)
    assert fans.fan is not former
    with qtbot.waitSignal(document.solved):
        document.undo_stack.undo()
    qtbot.waitUntil(lambda: fans.is_current)
    assert former is not None
    assert fans.fan is not None
    np.testing.assert_array_equal(fans.fan.bands["stock"], former.bands["stock"])


def test_that_it_follows_the_scenario_on_view(fans: Fans, document: Document, qtbot: QtBot) -> None:
    fans.set_on(True)
    qtbot.waitUntil(lambda: fans.is_current)
    document.select_scenario("Strict")
    assert not fans.is_current
    qtbot.waitUntil(lambda: fans.is_current)
    assert fans.fan is not None
    known = monte_carlo(document.plan, draws=DRAWS, scenarios=["Strict"])
    np.testing.assert_array_equal(fans.fan.bands["stock"], known.percentiles("stock", "Strict"))


def test_that_another_series_or_other_draws_are_made_where_they_are_missing(fans: Fans, qtbot: QtBot) -> None:
    fans.set_on(True)
    qtbot.waitUntil(lambda: fans.is_current)
    fans.want_series(["overhang"])
    qtbot.waitUntil(lambda: fans.fan is not None and "overhang" in fans.fan.bands)
    assert fans.fan is not None
    assert set(SERIES) <= set(fans.fan.bands)
    former = fans.fan
    fans.want_series(["stock"])
    fans.set_draws(DRAWS)
    assert not fans.is_busy
    assert fans.fan is former
    fans.set_draws(50)
    qtbot.waitUntil(lambda: fans.fan is not None and fans.fan.draws == 50)


def test_that_months_of_another_horizon_are_thrown_away(fans: Fans, document: Document, qtbot: QtBot) -> None:
    fans.set_on(True)
    qtbot.waitUntil(lambda: fans.is_current)
    document.set_cell("plan", "Months", "value", 18.0)
    assert fans.fan is None
    qtbot.waitUntil(lambda: fans.is_current)
    assert fans.fan is not None
    assert fans.fan.bands["stock"].shape == (5, 18)


def test_that_switching_off_stops_and_switching_on_again_shows_what_is_still_true(fans: Fans, qtbot: QtBot) -> None:
    fans.set_on(True)
    qtbot.waitUntil(lambda: fans.is_current)
    former = fans.fan
    fans.set_on(False)
    fans.set_on(True)
    assert not fans.is_busy
    assert fans.fan is former


class Gate:
    """Holds the Monte Carlo until it is opened, or until nobody wants it."""

    def __init__(self) -> None:
        self.is_open = threading.Event()
        self.asked: list[Plan] = []
        self.given_up = 0

    def __call__(self, plan: Plan, **rest: Any) -> Any:
        self.asked.append(plan)
        while not self.is_open.wait(0.002):
            try:
                stop_if_cancelled()
            except SolveCancelled:
                self.given_up += 1
                raise
        return monte_carlo(plan, **rest)


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made = Gate()
    monkeypatch.setattr(monte_carlo_module, "monte_carlo", made)
    yield made
    made.is_open.set()


def test_that_an_edit_stops_the_fan_in_the_making_and_the_newest_plan_wins(
    gate: Gate, fans: Fans, document: Document, qtbot: QtBot
) -> None:
    fans.set_on(True)
    qtbot.waitUntil(lambda: len(gate.asked) == 1)
    with qtbot.waitSignal(document.solved):
        document.set_cell("plants", "South", "operating", 480.0)
    qtbot.waitUntil(lambda: len(gate.asked) == 2)
    assert gate.given_up == 1
    assert gate.asked[1] is document.plan
    gate.is_open.set()
    qtbot.waitUntil(lambda: fans.is_current)


def test_that_cancel_answers_at_once_and_the_balances_are_not_held_up(
    gate: Gate, fans: Fans, document: Document, qtbot: QtBot
) -> None:
    fans.set_on(True)
    qtbot.waitUntil(lambda: len(gate.asked) == 1)
    assert fans.is_busy
    with qtbot.waitSignal(fans.busy_changed):
        fans.cancel()
    assert not fans.is_busy
    qtbot.waitUntil(lambda: gate.given_up == 1)
    assert fans.fan is None


def test_that_closing_the_document_ends_the_thread(gate: Gate, qtbot: QtBot) -> None:
    document = Document(small_plan())
    qtbot.waitSignal(document.all_solved).wait()
    fans = Fans(document)
    fans.set_on(True)
    qtbot.waitUntil(lambda: len(gate.asked) == 1)
    document.close()
    assert gate.given_up == 1
    assert not fans.is_busy


def test_that_a_plan_without_ranges_is_said_to_have_none(document: Document, fans: Fans, qtbot: QtBot) -> None:
    with qtbot.waitSignal(document.solved):
        document.apply(document.plan.with_table(document.plan.uncertainty.replaced([])), "No ranges")
    with qtbot.waitSignals([fans.changed, fans.changed]):
        fans.set_on(True)
    qtbot.waitUntil(lambda: not fans.is_busy)
    assert "uncertain" in fans.problem
    assert fans.fan is None
    with qtbot.waitSignal(document.solved):
        document.undo_stack.undo()
    qtbot.waitUntil(lambda: fans.is_current)
    assert fans.problem == ""
