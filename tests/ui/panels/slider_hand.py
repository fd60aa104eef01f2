"""A hand on the sliders: what the tests of the panel do with mouse and keys."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from aluplanner.document.document import Document
from aluplanner.ui.panels.slider_row import SliderRow
from aluplanner.ui.panels.sliders import SlidersPanel
from aluplanner.ui.panels.value_slider import MARGIN

LEFT = Qt.MouseButton.LeftButton
CUT = ("actions", "Cut", "implementation")
NORTH = ("plants", "North", "operating")
START = ("actions", "Cut", "start")


def pinned(panel: SlidersPanel, *cells: tuple[str, str, str]) -> SliderRow:
    panel.board.pin(cells)
    return panel.rows[-1]


def names(panel: SlidersPanel) -> list[str]:
    return [row.cell.name for row in panel.rows]


def steps(document: Document) -> list[str]:
    return [document.undo_stack.text(i) for i in range(document.undo_stack.count())]


def place(row: SliderRow, share: float) -> QPoint:
    slider = row.slider
    return QPoint(round(MARGIN + share * (slider.width() - 2 * MARGIN)), slider.height() // 2)


def drag(row: SliderRow, *shares: float, release: bool = True) -> None:
    slider = row.slider
    QTest.mousePress(slider, LEFT, pos=place(row, shares[0]))
    for share in shares[1:]:
        QTest.mouseMove(slider, place(row, share))
    if release:
        QTest.mouseRelease(slider, LEFT, pos=place(row, shares[-1]))


def type_into(row: SliderRow, text: str) -> None:
    row.box.setFocus()
    row.box.selectAll()
    QTest.keyClicks(row.box, text)
    QTest.keyClick(row.box, Qt.Key.Key_Return)


def type_end(row: SliderRow, is_low: bool, text: str) -> None:
    box = row.low if is_low else row.high
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, text)
    QTest.keyClick(box, Qt.Key.Key_Return)
