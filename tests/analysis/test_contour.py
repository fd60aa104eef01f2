"""Contour lines against functions whose level sets are known."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.optimize import brentq

from aluplanner.analysis.contour import contour_lines, crossings

Numbers = NDArray[np.float64]
SIDE = 41


def grid(low: float = -1.0, high: float = 1.0) -> tuple[Numbers, Numbers]:
    values = np.linspace(low, high, SIDE)
    return tuple(np.meshgrid(values, values))  # type: ignore[return-value]


def in_units(line: Numbers, low: float = -1.0, high: float = 1.0) -> Numbers:
    return low + line / (SIDE - 1) * (high - low)


def is_closed(line: Numbers) -> bool:
    return len(line) > 2 and bool(np.array_equal(line[0], line[-1]))


def test_that_the_level_set_of_a_plane_is_one_straight_line() -> None:
    x, y = grid()
    (line,) = contour_lines(2.0 * x + y, 0.3)
    found = in_units(line)
    np.testing.assert_allclose(2.0 * found[:, 0] + found[:, 1], 0.3, atol=1e-12)
    assert not is_closed(line)
    assert {abs(float(value)) for value in (found[0, 1], found[-1, 1])} == {1.0}


def test_that_a_bowl_has_one_closed_line_of_its_radius() -> None:
    x, y = grid()
    (line,) = contour_lines(x * x + y * y, 0.49)
    assert is_closed(line)
    radius = np.hypot(*in_units(line).T)
    np.testing.assert_allclose(radius, 0.7, atol=1e-3)


@pytest.mark.parametrize(("level", "sides"), [(0.02, 1.0), (-0.02, -1.0)])
def test_that_a_saddle_is_parted_on_the_side_of_the_level(level: float, sides: float) -> None:
    x, y = grid(-1.03, 1.0)  # the saddle lies inside a cell, no corner on it
    lines = contour_lines(x * y, level)
    assert len(lines) == 2
    for line in lines:
        across, up = in_units(line, -1.03, 1.0).T
        assert np.ptp(np.sign(across)) == 0.0
        np.testing.assert_allclose(np.sign(across) * np.sign(up), sides)


@pytest.mark.parametrize("is_turned", [False, True])
@pytest.mark.parametrize("level", [0.4, 0.6])
def test_that_a_single_ambiguous_cell_follows_its_bilinear_surface(level: float, is_turned: bool) -> None:
    cell = np.array([[1.0, 0.0], [0.0, 1.0]])  # its saddle has 0.5
    high = ({(0, 0), (1, 1)}, {(1, 0), (0, 1)})[is_turned]  # column and row of the corners above
    low = {(0, 0), (1, 0), (0, 1), (1, 1)} - high
    lines = contour_lines(cell[:, ::-1] if is_turned else cell, level)
    cut_off = low if level < 0.5 else high  # below the saddle the high corners hang together
    nearest = {min(cut_off, key=lambda corner: np.hypot(*(line - corner).T).sum()) for line in lines}
    assert len(lines) == 2
    assert nearest == cut_off
    for line in lines:
        corner = min(cut_off, key=lambda each: np.hypot(*(line - each).T).sum())
        assert np.hypot(*(line - corner).T).max() < 0.7


def test_that_lines_pass_through_corners_on_the_level_without_repeating_points() -> None:
    x, y = grid()
    (line,) = contour_lines(np.round(x - y, 12), 0.0)
    found = in_units(line)
    np.testing.assert_allclose(found[:, 0], found[:, 1], atol=1e-12)
    assert np.all(np.any(np.diff(line, axis=0) != 0.0, axis=1))


def test_that_a_level_outside_the_figures_has_no_line() -> None:
    x, y = grid()
    assert contour_lines(x + y, 2.5) == ()
    assert contour_lines(x + y, -2.5) == ()
    assert contour_lines(np.zeros((4, 4)), 0.0) == ()


def test_that_lines_end_where_figures_are_missing() -> None:
    x, y = grid()
    values = x + 0.0 * y
    values[20, :] = np.nan
    lines = contour_lines(values, 0.01)
    assert len(lines) == 2
    assert sorted(float(line[:, 1].max()) for line in lines) == [19.0, 40.0]


def test_that_crossings_along_rows_are_those_of_root_finding() -> None:
    x, y = grid()

    def surface(across: float, up: float) -> float:
        return float(np.sin(3.0 * across) + 0.5 * up - 0.2 * across * up)

    values = np.sin(3.0 * x) + 0.5 * y - 0.2 * x * y
    for row, up in zip(values, y[:, 0], strict=True):
        found = in_units(crossings(row, 0.1))
        signs = np.flatnonzero(np.diff(np.sign(row - 0.1)))
        wanted = [brentq(lambda v, up=up: surface(v, up) - 0.1, x[0, k], x[0, k + 1]) for k in signs]
        np.testing.assert_allclose(found, wanted, atol=2e-3)


def test_that_crossings_skip_what_is_missing() -> None:
    np.testing.assert_allclose(crossings(np.array([1.0, -1.0, np.nan, 1.0, -3.0]), 0.0), [0.5, 3.25])


numbers = st.floats(-10, 10).map(lambda value: round(value, 3))


@given(st.lists(st.lists(numbers, min_size=5, max_size=5), min_size=2, max_size=6), numbers)
def test_that_every_crossing_of_an_edge_lies_on_a_line_once(rows: list[list[float]], level: float) -> None:
    values = np.array(rows)
    lines = contour_lines(values, level)
    edges = sum(len(crossings(row, level)) for row in (*values, *values.T))
    # points on a corner are told once, though several edges meet there
    corners = int(np.count_nonzero(values == level))
    points = sum(len(line) - is_closed(line) for line in lines)
    assert points <= edges
    if not corners:
        assert points == edges
    for line in lines:
        if not is_closed(line) and not corners:
            for column, row in (line[0], line[-1]):
                assert column in (0, 4) or row in (0, len(rows) - 1)


@given(st.lists(st.lists(numbers, min_size=4, max_size=4), min_size=2, max_size=5), numbers)
def test_that_points_of_lines_have_the_level(rows: list[list[float]], level: float) -> None:
    values = np.array(rows)
    for line in contour_lines(values, level):
        for column, row in line:
            left, top = int(column), int(row)
            right, bottom = min(left + 1, 3), min(top + 1, len(rows) - 1)
            across, down = column - left, row - top
            upper = values[top, left] * (1 - across) + values[top, right] * across
            lower = values[bottom, left] * (1 - across) + values[bottom, right] * across
            assert upper * (1 - down) + lower * down == pytest.approx(level, abs=1e-9)
