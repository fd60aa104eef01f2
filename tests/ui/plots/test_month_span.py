"""The months on view and the crosshair, shared by all plots."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from aluplanner.model.calendar import Horizon, Month
from aluplanner.ui.plots.month_span import EDGE, LEAST_MONTHS, MonthSpan

JANUARY = Month.of(2017, 1)


@pytest.fixture
def span() -> MonthSpan:
    made = MonthSpan()
    made.set_horizon(Horizon(JANUARY, 24, 2016))
    return made


def test_that_every_month_is_shown_at_first(span: MonthSpan) -> None:
    assert (span.low, span.high) == (JANUARY.ordinal - EDGE, JANUARY.ordinal + 23 + EDGE)
    assert span.is_fitted


moves = st.lists(st.tuples(st.sampled_from(["zoom", "pan"]), st.floats(0.2, 4), st.floats(-40, 40)), max_size=8)


@given(moves)
def test_that_the_window_never_leaves_the_horizon(moves: list[tuple[str, float, float]]) -> None:
    span = MonthSpan()
    span.set_horizon(Horizon(JANUARY, 24, 2016))
    for kind, factor, months in moves:
        if kind == "zoom":
            span.zoom(factor, min(max(JANUARY.ordinal + months, span.low), span.high))
        else:
            span.pan(months)
        assert span.first.ordinal - EDGE - 1e-6 <= span.low < span.high <= span.last.ordinal + EDGE + 1e-6
        assert span.high - span.low >= LEAST_MONTHS - 1e-6


def test_that_zooming_keeps_the_place_under_the_pointer(span: MonthSpan) -> None:
    place = JANUARY.ordinal + 10.0
    part = (place - span.low) / (span.high - span.low)
    span.zoom(0.5, place)
    assert (place - span.low) / (span.high - span.low) == pytest.approx(part)


def test_that_fitting_shows_everything_again(span: MonthSpan, qtbot: QtBot) -> None:
    span.zoom(0.3, JANUARY.ordinal + 5.0)
    assert not span.is_fitted
    with qtbot.waitSignal(span.range_changed):
        span.fit()
    assert span.is_fitted


def test_that_a_longer_horizon_is_shown_whole_unless_zoomed(span: MonthSpan) -> None:
    span.set_horizon(Horizon(JANUARY, 36, 2016))
    assert span.is_fitted
    span.zoom(0.3, JANUARY.ordinal + 5.0)
    zoomed = (span.low, span.high)
    span.set_horizon(Horizon(JANUARY, 48, 2016))
    assert (span.low, span.high) == pytest.approx(zoomed)


def test_that_the_crosshair_stays_inside_and_is_remembered(span: MonthSpan) -> None:
    span.set_month(JANUARY + 100)
    assert span.month == JANUARY + 23
    span.set_month(None)
    assert span.month is None
    assert span.chosen == JANUARY + 23


def test_that_the_crosshair_moves_month_by_month_and_stays_in_sight(span: MonthSpan) -> None:
    span.step_month(1)
    assert span.month == JANUARY
    span.zoom(0.2, span.low)
    for _ in range(10):
        span.step_month(1)
    assert span.month == JANUARY + 10
    assert span.low < span.month.ordinal < span.high


def test_that_moving_to_the_same_month_says_nothing(span: MonthSpan, qtbot: QtBot) -> None:
    span.set_month(JANUARY)
    with qtbot.assertNotEmitted(span.month_changed):
        span.set_month(JANUARY)
