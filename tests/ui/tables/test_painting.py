"""What a cell looks like."""

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.ui.tables.view import PlanTableView
from aluplanner.ui.theme import current_theme
from tests.ui.tables.conftest import go_to


def marked_pixels(view: PlanTableView) -> int:
    """Return how many pixels of the current cell have the colour of errors."""
    rect, image = view.visualRect(view.currentIndex()), view.viewport().grab().toImage()
    wanted, ratio = QColor(current_theme().error).rgb(), image.devicePixelRatio()
    places = ((x, y) for x in range(rect.left(), rect.right()) for y in range(rect.top(), rect.bottom()))
    return sum(image.pixel(round(x * ratio), round(y * ratio)) == wanted for x, y in places)


def test_that_a_wrong_cell_is_marked_while_it_is_the_current_one_too(
    plants: PlanTableView, document: Document, qtbot: QtBot
) -> None:
    go_to(plants, "North", "operating")
    assert marked_pixels(plants) == 0
    document.set_cell("plants", "North", "operating", 5000.0)
    qtbot.waitUntil(
        lambda: plants.plan_model.face(plants.currentIndex().row(), plants.currentIndex().column()).mark == "error"
    )
    assert marked_pixels(plants) >= 40
