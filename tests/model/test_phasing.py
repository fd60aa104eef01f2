import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluplanner.model.phasing import live, phase

MONTHS = 40


def clip(number: float) -> float:
    return min(1.0, max(0.0, number))


def phi_of_the_page(t: float, start: float, end: float | None, delay: float, n: float, m: float) -> float:
    rise = clip((t - (start + delay) + 1) / max(1.0, n))
    fall = 0.0 if end is None else clip((t - (end + delay)) / max(1.0, m))
    return rise * (1 - fall)


def one(
    start: float,
    end: float | None = None,
    delay: float = 0.0,
    phase_in: float = 1.0,
    phase_out: float = 1.0,
    repeats: bool = False,
    months: int = MONTHS,
) -> list[float]:
    def cell(number: float | None) -> np.ndarray:
        return np.array([[np.nan if number is None else float(number)]])

    phi = phase(months, cell(start), cell(end), cell(delay), cell(phase_in), cell(phase_out), np.array([repeats]))
    assert phi.shape == (1, months, 1)
    return [float(value) for value in phi[0, :, 0]]


SPANS = st.floats(0, 30) | st.integers(0, 12).map(float)


@given(start=st.integers(-30, 45), length=st.none() | st.integers(0, 30), delay=SPANS, n=SPANS, m=SPANS)
def test_that_phi_is_that_of_the_page(start: int, length: int | None, delay: float, n: float, m: float) -> None:
    end = None if length is None else start + length
    expected = [phi_of_the_page(t, start, end, delay, n, m) for t in range(MONTHS)]
    assert one(start, end, delay, n, m) == pytest.approx(expected, abs=1e-12)


@given(start=st.integers(-40, 45), length=st.integers(0, 11), delay=SPANS, n=SPANS, m=SPANS)
def test_that_a_repeat_is_the_strongest_of_all_years(start: int, length: int, delay: float, n: float, m: float) -> None:
    expected = [
        max(phi_of_the_page(t - 12 * k, start, start + length, delay, n, m) for k in range(12)) for t in range(MONTHS)
    ]
    assert one(start, start + length, delay, n, m, repeats=True) == pytest.approx(expected, abs=1e-12)


@given(start=st.integers(-5, 45), delay=SPANS, n=SPANS)
def test_that_without_an_end_phi_never_falls_and_stays_within_0_and_1(start: int, delay: float, n: float) -> None:
    phi = one(start, None, delay, n)
    assert phi == sorted(phi)
    assert phi[0] >= 0.0
    assert phi[-1] <= 1.0


def test_that_the_heating_season_has_four_full_month_ends() -> None:
    assert one(5, 8, months=12) == [0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0]


def test_that_the_heating_season_comes_back_every_year() -> None:
    phi = one(5, 8, repeats=True, months=30)
    assert [t for t, value in enumerate(phi) if value == 1.0] == [5, 6, 7, 8, 17, 18, 19, 20, 29]
    assert sum(phi) == 9.0


def test_that_a_start_long_before_the_horizon_repeats_into_it() -> None:
    assert one(-31, -28, repeats=True, months=12) == one(5, 8, months=12)


def test_that_phase_in_counts_the_month_of_the_start() -> None:
    assert one(2, phase_in=4.0, months=7) == [0, 0, 0.25, 0.5, 0.75, 1, 1]


def test_that_phase_out_begins_after_the_end() -> None:
    assert one(0, 2, phase_out=2.0, months=6) == [1, 1, 1, 0.5, 0, 0]


def test_that_a_delay_shifts_start_and_end_and_may_be_part_of_a_month() -> None:
    assert one(1, 3, delay=2.0, months=8) == one(3, 5, months=8)
    assert one(1, 3, delay=0.5, months=6) == [0, 0.5, 1, 1, 0.5, 0]


@given(
    announced=st.integers(-20, 20),
    length=st.none() | st.integers(0, 30),
    offset=st.integers(-5, 10),
    repeats=st.booleans(),
)
def test_that_an_order_is_live_when_the_page_says_so(
    announced: int, length: int | None, offset: int, repeats: bool
) -> None:
    end = math.nan if length is None else float(announced + offset + length)
    repeats = repeats and length is not None
    found = live(MONTHS, np.array([float(announced)]), np.array([end]), np.array([repeats]))[:, 0].tolist()
    rounds = range(8) if repeats else range(1)
    expected = [
        any(announced + 12 * k <= t and (math.isnan(end) or t <= end + 12 * k) for k in rounds) for t in range(MONTHS)
    ]
    assert found == expected
