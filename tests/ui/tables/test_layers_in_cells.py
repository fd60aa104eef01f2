"""How cells tell whether a scenario changes them itself, or one that it builds on; and the boxes of yes/no cells."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter

from aluplanner.model.actions import ACTIONS, Action
from aluplanner.model.layers import overridden_cells, with_override
from aluplanner.model.plan import Address
from aluplanner.model.schema import BLANK, Column
from aluplanner.ui.tables.faces import Face, cell_tip, face_of
from aluplanner.ui.tables.painting import CORNER, CellPainter, inks
from aluplanner.ui.theme import current_theme
from tests.document.small_plan import small_plan

WIDTH, HEIGHT = 80, 23
CUT = Address("actions", "Cut", "implementation")


def painted(face: Face) -> QImage:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor(current_theme().canvas))
    painter = QPainter(image)
    metrics = QFontMetrics(painter.font())
    CellPainter(painter, inks(current_theme()), metrics).paint(0, 0, WIDTH, HEIGHT, face, False)
    painter.end()
    return image


def column_of(name: str) -> Column:
    return next(column for column in ACTIONS.columns if column.name == name)


def test_that_an_inherited_cell_is_paler_and_its_corner_hollow() -> None:
    own = painted(Face("", is_overridden=True))
    inherited = painted(Face("", is_overridden=True, is_inherited=True))
    ground = QPoint(5, HEIGHT // 2)
    canvas = QColor(current_theme().canvas)
    shades = [abs(image.pixelColor(ground).lightness() - canvas.lightness()) for image in (own, inherited)]
    assert shades[0] > shades[1] > 0
    inside = QPoint(WIDTH - 1 - CORNER // 3, CORNER // 3)
    accent = QColor(current_theme().accent)
    assert own.pixelColor(inside) == accent
    assert inherited.pixelColor(inside) == inherited.pixelColor(ground)
    assert inherited.pixelColor(WIDTH - 1, 3) == accent


def test_that_the_tip_of_a_cell_names_every_layer_that_sets_it() -> None:
    plan = with_override(small_plan(), "Stricter", CUT, None)
    column = column_of("implementation")
    found = overridden_cells(plan, "Stricter")[CUT]
    assert found.value == BLANK
    assert cell_tip(column, found, ()) == "Base blank, here blank, set by “Stricter”\nBelow it “Strict”: 90%"
    inherited = overridden_cells(small_plan(), "Stricter")[CUT]
    assert cell_tip(column, inherited, ()) == "Base blank, here 90%, inherited from “Strict”"


def test_that_a_yes_no_cell_has_a_box_in_place_of_its_word() -> None:
    def face(value: bool | None) -> Face:
        return face_of(Action("A"), column_of("enabled"), value, is_right=False, is_overridden=False, mark="")

    assert [(face(value).tick, face(value).text, face(value).is_default) for value in (True, False, None)] == [
        (True, "yes", False),
        (False, "no", False),
        (True, "yes", True),  # what a blank means
    ]
    pictures = [painted(face(value)) for value in (True, False, None)]
    assert len({bytes(picture.constBits()) for picture in pictures}) == 3
    rate = face_of(Action("A"), column_of("implementation"), 0.5, is_right=True, is_overridden=False, mark="")
    assert rate.tick is None
