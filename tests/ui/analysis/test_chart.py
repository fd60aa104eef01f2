import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QHelpEvent, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from aluplanner.ui.analysis.chart import Chart, ChartHit
from aluplanner.ui.analysis.hit_steps import next_hit
from aluplanner.ui.analysis.picture import ChartHeading, chart_bytes, chart_image, save_chart
from aluplanner.ui.theme import DARK, LIGHT, THEMES, Theme, apply_theme

HEADING = ChartHeading("Four squares", "Small", "Strict", "2017-07-01")


class Squares(Chart):
    """Two rows of two squares; the last one leads nowhere."""

    def find_hits(self, area: QRectF) -> Sequence[ChartHit]:
        width, height = area.width() / 2, area.height() / 2
        return [
            ChartHit(
                QRectF(area.left() + column * width, area.top() + row * height, width - 4, height - 4),
                f"square {row * 2 + column}",
                data=(row, column) if (row, column) != (1, 1) else None,
            )
            for row in range(2)
            for column in range(2)
        ]

    def draw(self, painter: QPainter, area: QRectF, theme: Theme) -> None:
        for hit in self.find_hits(area):
            painter.fillRect(hit.area, QColor(theme.surplus_fill))


@pytest.fixture
def chart(qtbot: QtBot) -> Squares:
    made = Squares()
    made.refresh("Four squares", "They are alike.")
    made.resize(400, 300)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_that_the_keys_go_from_part_to_part(chart: Squares, qtbot: QtBot) -> None:
    seen = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_End):
        qtbot.keyClick(chart, key)
        assert chart.current is not None
        seen.append(chart.current.tip)
    assert seen == ["square 0", "square 1", "square 3", "square 2", "square 0", "square 3"]
    assert chart.accessibleDescription() == "square 3"
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.current is None
    assert chart.accessibleDescription() == "They are alike."


def test_that_bars_in_one_row_are_stepped_through_by_either_pair_of_keys() -> None:
    bars = [QRectF(0, 20 * row, 100, 16) for row in range(3)]
    assert next_hit(bars, 0, Qt.Key.Key_Right) == 1
    assert next_hit(bars, 0, Qt.Key.Key_Down) == 1
    assert next_hit(bars, 1, Qt.Key.Key_Left) == 0
    assert next_hit(bars, 2, Qt.Key.Key_Down) == 2
    assert next_hit(bars, None, Qt.Key.Key_Up) == 2
    assert next_hit(bars, 1, Qt.Key.Key_Home) == 0
    assert next_hit(bars, 1, Qt.Key.Key_A) is None


def test_that_enter_and_a_click_do_the_same(chart: Squares, qtbot: QtBot) -> None:
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    with qtbot.waitSignal(chart.activated) as by_key:
        qtbot.keyClick(chart, Qt.Key.Key_Return)
    with qtbot.waitSignal(chart.activated) as by_mouse:
        qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    assert by_key.args == by_mouse.args


def test_that_only_what_leads_on_has_the_pointing_hand(chart: Squares, qtbot: QtBot) -> None:
    qtbot.mouseMove(chart, QPoint(50, 50))
    qtbot.waitUntil(lambda: chart.cursor().shape() == Qt.CursorShape.PointingHandCursor)
    qtbot.mouseMove(chart, QPoint(350, 250))
    qtbot.waitUntil(lambda: chart.cursor().shape() == Qt.CursorShape.ArrowCursor)
    assert chart.current is not None


def test_that_a_part_says_what_it_is_under_the_mouse(chart: Squares) -> None:
    place = QPoint(350, 50)
    QApplication.sendEvent(chart, QHelpEvent(QHelpEvent.Type.ToolTip, place, chart.mapToGlobal(place)))
    assert QToolTip.text() == "square 1"


def test_that_the_smallest_part_under_the_mouse_counts(chart: Squares, monkeypatch: pytest.MonkeyPatch) -> None:
    big, small = ChartHit(QRectF(0, 0, 100, 100), "big"), ChartHit(QRectF(10, 10, 10, 10), "small")
    monkeypatch.setattr(chart, "find_hits", lambda _area: [small, big])
    chart.refresh()
    assert chart.hit_at(QPointF(12, 12)) is small
    assert chart.hit_at(QPointF(90, 90)) is big


def test_that_another_size_lays_the_parts_out_anew(chart: Squares) -> None:
    before = chart.hits[3].area
    chart.resize(500, 400)
    assert chart.hits[3].area.left() > before.left()


def test_that_the_window_is_drawn_in_the_theme_in_force_and_files_in_the_light_one(
    chart: Squares, qapp: QApplication
) -> None:
    try:
        apply_theme(qapp, DARK)
        assert chart.grab().toImage().pixelColor(100, 60).name() == THEMES[DARK].surplus_fill
        assert chart.picture(size=QSize(400, 300)).pixelColor(100, 60).name() == THEMES[LIGHT].surplus_fill
    finally:
        apply_theme(qapp, LIGHT)


def test_that_a_picture_has_twice_the_pixels_and_a_white_ground(chart: Squares) -> None:
    image = chart_image(chart, HEADING)
    assert image.width() == 2 * (chart.picture_size().width() + 32)
    assert image.pixelColor(2, 2).name() == "#ffffff"
    head = image.copy(0, 0, image.width(), 70)
    assert head.pixelColor(0, 0).name() == "#ffffff"
    assert any(head.pixelColor(x, y).lightness() < 120 for x in range(0, 400, 2) for y in range(30, 70))


def test_that_an_svg_says_what_it_shows(chart: Squares) -> None:
    data = chart_bytes(chart, "svg", HEADING)
    text = data.decode()
    assert QSvgRenderer(data).isValid()
    for part in ("Four squares", "They are alike.", "Scenario: Strict"):
        assert part in text


def test_that_a_pdf_has_one_page_of_the_pictures_shape(chart: Squares) -> None:
    data = chart_bytes(chart, "pdf", HEADING)
    assert data.startswith(b"%PDF")
    pages = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", data)
    assert len(pages) == 1
    width, height = map(float, pages[0])
    image = chart_image(chart, HEADING)
    assert width / height == pytest.approx(image.width() / image.height(), rel=0.01)


def test_that_a_png_can_be_read_back(chart: Squares, tmp_path: Path) -> None:
    path = tmp_path / "squares.png"
    save_chart(chart, path, HEADING)
    assert QImage(str(path)).size() == chart_image(chart, HEADING).size()


def test_that_the_heading_says_base_in_words() -> None:
    assert ChartHeading.today("Squares", "Small", "Base").line.startswith("Small · Scenario: Base · ")
    assert "Scenario" not in ChartHeading.today("Squares", "Small", "").line


def test_that_a_chart_has_words_for_who_cannot_see_it(chart: Squares) -> None:
    assert chart.accessibleName() == "Four squares"
    assert chart.accessibleDescription() == "They are alike."
    assert QGuiApplication.focusObject() is not None
