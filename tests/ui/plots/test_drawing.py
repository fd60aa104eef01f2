"""Lines with gaps, areas, and where a line crosses zero."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage, QPainter

from aluplanner.ui.plots.drawing import (
    Values,
    area_path,
    draw_line,
    draw_markers,
    draw_styled_line,
    is_same,
    pen,
    runs,
    with_crossings,
)
from aluplanner.ui.theme import THEMES, SeriesStyle

BLANK = float("nan")


def _image() -> QImage:
    image = QImage(100, 40, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    return image


def _inked(image: QImage) -> set[int]:
    """Return the columns that are not white."""
    white = QColor("white").rgb()
    return {x for x in range(image.width()) for y in range(image.height()) if image.pixel(x, y) != white}


def _line(y: list[float]) -> set[int]:
    image = _image()
    painter = QPainter(image)
    painter.setPen(pen("#000000"))
    draw_line(painter, np.linspace(5, 95, len(y)), np.array(y))
    painter.end()
    return _inked(image)


def test_that_a_line_without_blanks_goes_through() -> None:
    assert set(range(6, 95)) <= _line([20.0] * 10)


def test_that_blanks_leave_a_gap() -> None:
    inked = _line([20.0] * 4 + [BLANK, BLANK] + [20.0] * 4)
    assert not inked & set(range(37, 63))
    assert {10, 30, 70, 90} <= inked


def test_that_a_month_between_blanks_can_be_seen() -> None:
    inked = _line([BLANK, BLANK, 20.0, BLANK, BLANK])
    assert inked
    assert inked <= set(range(46, 55))


def test_that_nothing_but_blanks_draws_nothing() -> None:
    assert not _line([BLANK] * 5)


@given(st.lists(st.one_of(st.just(BLANK), st.floats(-10, 10)), max_size=30))
def test_that_runs_hold_every_number_and_no_blank(values: list[float]) -> None:
    y = np.array(values)
    found = np.concatenate([np.empty(0), *(y[run] for run in runs(y))])
    assert found.tolist() == y[np.isfinite(y)].tolist()


@given(st.lists(st.floats(-100, 100).filter(lambda v: abs(v) > 1e-6), min_size=2, max_size=30))
def test_that_every_change_of_sign_gets_a_point_at_zero(values: list[float]) -> None:
    y = np.array(values)
    x = np.arange(len(y), dtype=np.float64)
    along, line = with_crossings(x, y)
    assert (np.diff(along) >= 0).all()
    assert not (line[:-1] * line[1:] < 0).any()
    assert np.interp(x, along, line) == pytest.approx(y)


def test_that_an_area_is_left_open_at_blanks() -> None:
    x = np.arange(6, dtype=np.float64)
    upper = np.array([1.0, 1, BLANK, BLANK, 1, 1])
    path = area_path(x, np.zeros(6), upper)
    assert [polygon.boundingRect().getRect() for polygon in path.toSubpathPolygons()] == [(0, 0, 1, 1), (4, 0, 1, 1)]


@pytest.mark.parametrize("marker", sorted({style.marker for theme in THEMES.values() for style in theme.compared}))
def test_that_every_marker_is_drawn_where_there_is_a_value(marker: str) -> None:
    image = _image()
    painter = QPainter(image)
    painter.setBrush(QColor("black"))
    draw_markers(painter, marker, np.array([20.0, 50.0, 80.0]), np.array([20.0, BLANK, 20.0]))
    painter.end()
    inked = _inked(image)
    assert {20, 80} <= inked
    assert not inked & set(range(30, 70))


@pytest.mark.parametrize(("width", "thickness"), [(1.0, 1), (2.0, 2), (3.0, 3)])
def test_that_a_styled_line_is_as_thick_as_its_style_says(width: float, thickness: int) -> None:
    image = _image()
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_styled_line(painter, np.array([0.0, 100.0]), np.array([20.5, 20.5]), SeriesStyle("#000000", width=width))
    painter.end()
    darkness = sum(255 - QColor(image.pixel(50, y)).red() for y in range(40)) / 255
    assert darkness == pytest.approx(thickness, abs=0.5)


def test_that_blanks_in_the_same_places_are_the_same() -> None:
    def series(*values: float) -> Values:
        return np.array(values)

    assert is_same(series(1, BLANK), series(1, BLANK))
    assert not is_same(series(1, BLANK), series(1, 2))
    assert not is_same(series(1), series(1, 2))
