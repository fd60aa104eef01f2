"""Small paths in cells: their shapes, their colours, their words."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from aluplanner.model.calendar import Month
from aluplanner.ui.tables.spark import Spark, paint_spark
from aluplanner.ui.tables.spark_words import path_text
from aluplanner.ui.theme import THEMES, apply_theme, current_theme

CELL = QRect(0, 0, 70, 23)
MONTHS = [Month.of(2017, 1) + t for t in range(4)]


def painted(spark: Spark, ratio: float = 1.0, *, is_off: bool = False) -> QImage:
    image = QImage(int(CELL.width() * ratio), int(CELL.height() * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(current_theme().canvas))
    painter = QPainter(image)
    paint_spark(painter, CELL, spark, is_off)
    painter.end()
    return image


def colours(image: QImage) -> dict[str, int]:
    """Return how many pixels there are of every colour."""
    found: dict[str, int] = {}
    for x in range(image.width()):
        for y in range(image.height()):
            name = image.pixelColor(x, y).name()
            found[name] = found.get(name, 0) + 1
    return found


@pytest.fixture(params=list(THEMES))
def theme(request: pytest.FixtureRequest, qapp: object) -> Iterator[str]:
    apply_theme(qapp, request.param)  # type: ignore[arg-type]
    yield request.param
    apply_theme(qapp, "light")  # type: ignore[arg-type]


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_that_a_path_is_drawn_crisp_in_the_colours_of_the_theme(theme: str, ratio: float, qtbot: QtBot) -> None:
    found = colours(painted(Spark([0.2, 0.4, 0.8, 1.0]), ratio))
    canvas, line = THEMES[theme].canvas, THEMES[theme].selected.colour
    assert len(found) == 3  # ground, line and area: nothing smoothed
    assert found[line] >= 50 * ratio
    assert found[canvas] < CELL.width() * CELL.height() * ratio**2


def test_that_the_base_and_the_start_have_colours_of_their_own(theme: str, qtbot: QtBot) -> None:
    plain = colours(painted(Spark([0.1] * 12)))
    found = colours(painted(Spark([0.1] * 12, [0.9] * 12, 6)))
    known = THEMES[theme]
    assert known.base.colour not in plain
    assert 15 <= found[known.base.colour] <= 50  # dashed
    assert found[known.muted] >= 10


def test_that_a_row_switched_off_is_drawn_grey(theme: str, qtbot: QtBot) -> None:
    found = colours(painted(Spark([0.0, 1.0], start=1), is_off=True))
    assert found[THEMES[theme].disabled] >= 50
    assert THEMES[theme].selected.colour not in found


def test_that_the_height_is_in_proportion(qtbot: QtBot) -> None:
    image, line = painted(Spark([0.0, 0.5, 1.0])), current_theme().selected.colour

    def level(x: int) -> int:
        return next(y for y in range(image.height()) if image.pixelColor(x, y).name() == line)

    bottom, middle, top = level(15), level(35), level(55)
    assert bottom - middle == pytest.approx(middle - top, abs=1)
    assert bottom - top >= 13
    assert top >= 4


def test_that_steps_of_one_height_are_one_line(qtbot: QtBot) -> None:
    shapes = Spark([0.5] * 100 + [0.7] * 100).shapes(70, 23, 1.0)
    corners = [QPointF(point) for point in shapes.line]
    assert len(corners) == 4
    assert corners[1].x() == corners[2].x()


def test_that_shapes_are_made_once_for_a_size(qtbot: QtBot) -> None:
    spark = Spark([0.0, 1.0])
    assert spark.shapes(70, 23, 1.0) is spark.shapes(70, 23, 1.0)
    assert spark.shapes(70, 23, 2.0) is not spark.shapes(70, 23, 1.0)


WORDS = [
    ([900, 900, 900, 900, 900], "900 kt/y throughout"),
    ([900, 900.2, 900, 900.4, 900], "900 kt/y throughout"),
    ([1200, 1100, 1000, 900, 900], "1,200 → 900 kt/y"),
    ([1200, 1100, 840, 900, 900], "1,200 → 900 kt/y, lowest 840 in Feb 17"),
    ([0, 0, 55.5, 10, 0], "0 → 0 kt/y, highest 55.5 in Feb 17"),
    ([100, 40, 300, 200, 120], "100 → 120 kt/y, lowest 40 in Jan 17, highest 300 in Feb 17"),
]


@pytest.mark.parametrize(("path", "words"), WORDS)
def test_that_a_path_is_put_into_words(path: list[float], words: str) -> None:
    assert path_text(np.array(path, dtype=float), MONTHS) == words
