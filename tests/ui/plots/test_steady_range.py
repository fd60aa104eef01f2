"""Y ranges move in round steps and only when they must."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluplanner.ui.plots.steady_range import MARGIN, Range, extent, nice_range, steady_range

numbers = st.floats(-1e6, 1e6)


@given(numbers, numbers)
def test_that_a_range_holds_its_data_and_wastes_little(one: float, other: float) -> None:
    data = Range(min(one, other), max(one, other))
    shown = nice_range(data)
    assert shown.low <= data.low <= data.high <= shown.high
    assert shown.high > shown.low
    if data.height > 1e-3 * max(abs(one), abs(other), 1):
        assert data.height >= 0.3 * shown.height


@given(numbers, st.floats(1, 1e6))
def test_that_the_same_data_never_move_the_range(low: float, height: float) -> None:
    data = Range(low, low + height)
    first = steady_range(data, None)
    assert steady_range(data, first) == first


def test_that_a_small_change_keeps_the_range_and_a_large_one_moves_it() -> None:
    shown = steady_range(Range(0, 4800), None)
    assert shown == Range(0, 6000)
    assert steady_range(Range(0, 5100), shown) == shown
    assert steady_range(Range(0, 2700), shown) == shown
    assert steady_range(Range(0, 7000), shown) == Range(0, 8000)
    assert steady_range(Range(0, 1000), shown).high < 2000


def test_that_values_which_begin_at_zero_are_shown_from_zero() -> None:
    assert nice_range(Range(0, 830)).low == 0
    assert nice_range(Range(-830, 0)).high == 0
    assert steady_range(Range(0, 900), Range(-250, 1000)).low == 0


def test_that_a_level_line_lies_inside_the_range() -> None:
    shown = nice_range(Range(1500, 1500))
    assert shown.low < 1500 < shown.high
    assert nice_range(Range(0, 0)) == Range(0, 1)


def test_that_blanks_do_not_count() -> None:
    series = [np.array([np.nan, 2.0]), np.array([5.0, np.nan])]
    assert extent(series) == Range(2, 5)
    assert extent(series, with_zero=True) == Range(0, 5)
    assert extent([np.array([np.nan])]) is None
    assert extent([]) is None


def test_that_nothing_to_show_keeps_the_range() -> None:
    assert steady_range(None, Range(3, 4)) == Range(3, 4)
    assert steady_range(None, None) == Range(0, 1)


def test_that_there_is_room_above_the_highest_value() -> None:
    shown = nice_range(Range(0, 1000))
    assert shown.high >= 1000 * (1 + MARGIN)
    assert shown.high == pytest.approx(1250)
