"""Ticks lie where labels have room, on round numbers and on calendar months."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aluplanner.model.calendar import Month
from aluplanner.ui.plots.ticks import GAP, MONTH_STEPS, month_step, nice_step, step_decimals, tick_months, tick_numbers


@given(st.floats(0.05, 80), st.floats(20, 90), st.floats(15, 60))
def test_that_neighbouring_month_labels_keep_apart(scale: float, month_width: float, year_width: float) -> None:
    step = month_step(scale, month_width, year_width)
    width = month_width if step < 12 else year_width
    assert step * scale >= width + GAP or step == MONTH_STEPS[-1]


@given(st.integers(1990 * 12, 2090 * 12), st.integers(1, 600), st.sampled_from(MONTH_STEPS))
def test_that_months_are_labelled_at_even_steps_from_january(first: int, length: int, step: int) -> None:
    months = tick_months(first - 0.6, first + length + 0.6, step)
    assert all(month % step == 0 for month in months)
    assert all(later - earlier == step for earlier, later in pairwise(months))
    if step == 12:
        assert all(Month(month).month == 1 for month in months)


@given(st.floats(-1e7, 1e7), st.floats(1e-3, 1e7), st.integers(2, 12))
def test_that_number_ticks_are_inside_and_not_too_many(low: float, height: float, most: int) -> None:
    high = low + height
    assume(high > low)
    step, ticks = tick_numbers(low, high, most)
    assert len(ticks) <= most + 1
    assert all(low - step * 1e-5 <= tick <= high + step * 1e-5 for tick in ticks)


@pytest.mark.parametrize(
    ("rough", "step"), [(0.9, 1), (1, 1), (1.1, 2), (2.2, 2.5), (3, 5), (7, 10), (470, 500), (0.03, 0.05), (0, 1)]
)
def test_that_steps_are_round(rough: float, step: float) -> None:
    assert nice_step(rough) == pytest.approx(step)


@pytest.mark.parametrize(("step", "decimals"), [(1000, 0), (2.5, 1), (0.25, 2), (0.1, 1), (0.05, 2), (1e-9, 6)])
def test_that_labels_have_the_digits_their_step_needs(step: float, decimals: int) -> None:
    assert step_decimals(step) == decimals
