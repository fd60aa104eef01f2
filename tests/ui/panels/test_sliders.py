from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.model.calendar import Month
from aluplanner.ui.panels.slider_row import SliderRow
from aluplanner.ui.panels.sliders import SlidersPanel
from tests.ui.panels.slider_hand import CUT, LEFT, NORTH, START, drag, names, pinned, place, steps


def implementation(document: Document, scenario: str = "") -> object:
    return (document.view.rows("actions") if scenario else document.plan.actions)[0].implementation


# Pinning


def test_that_an_empty_panel_says_what_to_do(sliders: SlidersPanel) -> None:
    assert sliders._none.isVisible()
    assert "pin" in sliders._none.text()
    assert not sliders.unpin_all.isEnabled()
    pinned(sliders, CUT)
    assert not sliders._none.isVisible()


def test_that_a_pinned_cell_shows_its_name_value_and_range(sliders: SlidersPanel) -> None:
    row = pinned(sliders, NORTH)
    assert row.cell.name == "North · Operating"
    assert (row.box.text(), row.unit.text()) == ("900", "kt/y")
    assert (row.low.text(), row.high.text()) == ("0", "2,000")
    assert row.slider.number == 900.0


def test_that_a_blank_stands_where_its_meaning_does(sliders: SlidersPanel) -> None:
    row = pinned(sliders, CUT)
    assert row.cell.value is None
    assert row.slider.number == 1.0
    assert (row.box.text(), row.box.placeholderText()) == ("", "100%")


def test_that_only_numbers_and_months_can_be_pinned_and_each_once(sliders: SlidersPanel) -> None:
    assert (
        sliders.board.pin([("plants", "North", "group"), ("plants", "North", "plant"), ("plants", "Nowhere", "built")])
        == 0
    )
    assert sliders.board.pin([START, START, CUT]) == 3
    assert names(sliders) == ["Cut · Start", "Cut · Implementation"]


def test_that_assumptions_go_by_their_own_title(sliders: SlidersPanel) -> None:
    assert pinned(sliders, ("assumptions", "load_factor", "value")).cell.name == "Load factor"


def test_that_a_pin_goes_with_its_button(sliders: SlidersPanel) -> None:
    row = pinned(sliders, CUT, NORTH)
    row.unpin.click()
    assert names(sliders) == ["Cut · Implementation"]
    sliders.unpin_all.click()
    assert names(sliders) == []


def test_that_the_name_leads_to_the_cell(sliders: SlidersPanel, qtbot: QtBot) -> None:
    row = pinned(sliders, NORTH)
    with qtbot.waitSignal(sliders.jump_requested) as asked:
        row.name.click()
    assert asked.args == list(NORTH)


# Sliding


def test_that_a_drag_is_live_and_one_step(sliders: SlidersPanel, document: Document) -> None:
    row = pinned(sliders, CUT)
    drag(row, 0.5, 0.6, release=False)
    assert document.plan.actions[0].implementation is not None
    QTest.mouseMove(row.slider, place(row, 0.72))
    QTest.mouseRelease(row.slider, LEFT, pos=place(row, 0.72))
    assert document.plan.actions[0].implementation == 0.72
    assert steps(document) == ["Slide Implementation of Cut to 72%"]
    document.undo_stack.undo()
    assert document.plan.actions[0].implementation is None
    assert row.slider.number == 1.0


def test_that_a_drag_back_to_its_beginning_leaves_no_step(sliders: SlidersPanel, document: Document) -> None:
    before = document.plan
    row = pinned(sliders, NORTH)
    drag(row, 0.45, 0.6, 0.45)
    assert document.plan is before
    assert steps(document) == []
    assert document.is_clean


def test_that_a_press_on_the_handle_moves_nothing(sliders: SlidersPanel, document: Document) -> None:
    document.set_cell("plants", "North", "operating", 903.0)
    row = pinned(sliders, NORTH)
    QTest.mouseClick(row.slider, LEFT, pos=place(row, 0.452))
    assert document.plan.plants[0].operating == 903.0
    assert len(steps(document)) == 1


def test_that_escape_takes_a_drag_back(sliders: SlidersPanel, document: Document) -> None:
    row = pinned(sliders, NORTH)
    row.slider.setFocus()
    drag(row, 0.45, 0.6, release=False)
    QTest.keyClick(row.slider, Qt.Key.Key_Escape)
    QTest.mouseRelease(row.slider, LEFT, pos=place(row, 0.6))
    assert document.plan.plants[0].operating == 900.0
    assert steps(document) == []


def test_that_undo_during_a_drag_puts_the_handle_back(sliders: SlidersPanel, document: Document, qtbot: QtBot) -> None:
    row = pinned(sliders, NORTH)
    drag(row, 0.6, 0.7, release=False)
    qtbot.waitUntil(lambda: not document.is_busy)
    document.undo_stack.undo()
    assert row.slider.number == 900.0
    QTest.mouseMove(row.slider, place(row, 0.8))
    QTest.mouseRelease(row.slider, LEFT, pos=place(row, 0.8))
    assert document.plan.plants[0].operating == 1600.0
    assert steps(document) == ["Slide Operating of North to 1,600"]


def test_that_keys_move_it_and_a_run_of_them_is_one_step(
    sliders: SlidersPanel, document: Document, qtbot: QtBot
) -> None:
    row = pinned(sliders, NORTH, CUT)
    row.slider.setFocus()
    key = Qt.Key
    for pressed, expected in [
        (key.Key_Home, 0.0), (key.Key_Right, 0.01), (key.Key_Up, 0.02), (key.Key_PageUp, 0.12),
        (key.Key_End, 1.0), (key.Key_PageDown, 0.9), (key.Key_Left, 0.89),
    ]:  # fmt: skip
        QTest.keyClick(row.slider, pressed)
        assert row.slider.number == expected
    with qtbot.waitSignal(row.let_go):
        pass
    assert steps(document) == ["Slide Implementation of Cut to 89%"]
    assert document.plan.actions[0].implementation == 0.89
    QTest.keyClick(row.slider, key.Key_Right)
    sliders.rows[0].slider.setFocus()
    assert steps(document) == ["Slide Implementation of Cut to 89%", "Slide Implementation of Cut to 90%"]


def test_that_a_key_leads_from_between_two_places_to_the_next(sliders: SlidersPanel, document: Document) -> None:
    document.set_cell("plants", "North", "operating", 903.0)
    row = pinned(sliders, NORTH)
    QTest.keyClick(row.slider, Qt.Key.Key_Right)
    assert document.plan.plants[0].operating == 920.0
    row.slider.clearFocus()
    document.set_cell("plants", "North", "operating", 903.0)
    QTest.keyClick(row.slider, Qt.Key.Key_Left)
    assert document.plan.plants[0].operating == 900.0


def turn_wheel(row: SliderRow) -> None:
    at, no = QPointF(row.slider.rect().center()), Qt.KeyboardModifier.NoModifier
    turned = QWheelEvent(
        at, at, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, no, Qt.ScrollPhase.NoScrollPhase, False
    )
    QApplication.sendEvent(row.slider, turned)


def test_that_the_wheel_moves_only_what_has_the_focus(sliders: SlidersPanel, document: Document) -> None:
    row = pinned(sliders, NORTH, CUT)
    sliders.rows[0].slider.setFocus()
    turn_wheel(row)
    assert steps(document) == []
    turn_wheel(sliders.rows[0])
    assert document.plan.plants[0].operating == 920.0


def test_that_a_month_slides(sliders: SlidersPanel, document: Document) -> None:
    row = pinned(sliders, START)
    QTest.keyClick(row.slider, Qt.Key.Key_Right)
    assert document.plan.actions[0].start == Month.of(2017, 5)
    assert row.box.text() == "2017-05"


def test_that_in_a_scenario_its_override_slides(sliders: SlidersPanel, document: Document) -> None:
    document.select_scenario("Stricter")
    row = pinned(sliders, CUT)
    assert (row.slider.number, row.cell.is_overridden, row.cell.is_own) == (0.9, True, False)
    assert not row.reset.isEnabled()
    drag(row, 0.9, 0.5)
    assert steps(document) == ["Slide Implementation of Cut to 50% in Stricter"]
    assert implementation(document) is None
    assert implementation(document, "Stricter") == 0.5
    assert row.cell.is_own
    assert row.cell.home_number == 0.9
    assert "Stricter" in row.box.toolTip()
    row.reset.click()
    assert implementation(document, "Stricter") == 0.9
    assert len(document.plan.overrides) == 3
    assert steps(document)[-1] == "Reset Cut · Implementation"


def test_that_a_drag_back_in_a_scenario_leaves_no_override(sliders: SlidersPanel, document: Document) -> None:
    document.select_scenario("Stricter")
    row = pinned(sliders, CUT)
    before = document.plan
    drag(row, 0.9, 0.5, 0.9)
    assert document.plan is before


def test_that_another_scenario_shows_its_values(sliders: SlidersPanel, document: Document) -> None:
    row = pinned(sliders, NORTH)
    document.select_scenario("Strict")
    assert (row.slider.number, row.box.text()) == (850.0, "850")
    document.select_scenario("Base")
    assert (row.slider.number, row.cell.is_overridden) == (900.0, False)


def test_that_reset_puts_back_what_was_pinned(sliders: SlidersPanel, document: Document) -> None:
    row = pinned(sliders, NORTH, CUT)
    assert not row.reset.isEnabled()
    drag(sliders.rows[0], 0.6)
    drag(row, 0.4)
    sliders.reset_all.click()
    assert document.plan.plants[0].operating == 900.0
    assert document.plan.actions[0].implementation is None
    assert steps(document)[-1] == "Reset 2 pinned cells"
    document.undo_stack.undo()
    assert document.plan.plants[0].operating == 1200.0


# Looks


def test_that_two_columns_stand_where_one_would_be_too_tall(sliders: SlidersPanel, qtbot: QtBot) -> None:
    cells = [("plants", plant, column) for plant in ("North", "South", "West") for column in ("built", "operating")]
    sliders.board.pin(cells)
    sliders.resize(1800, 120)
    qtbot.waitUntil(lambda: sliders.rows[3].x() > 0)
    assert [row.y() for row in sliders.rows[:3]] == [row.y() for row in sliders.rows[3:]]
    sliders.resize(1000, 120)
    qtbot.waitUntil(lambda: sliders.rows[3].x() == sliders.rows[0].x())


def test_that_a_narrow_panel_leaves_the_ends_out(sliders: SlidersPanel, qtbot: QtBot) -> None:
    row = pinned(sliders, NORTH)
    assert row.low.isVisible()
    sliders.resize(560, 200)
    qtbot.waitUntil(lambda: not row.low.isVisible())


def test_that_a_name_is_shown_whole_where_there_is_room(sliders: SlidersPanel, qtbot: QtBot) -> None:
    row = pinned(sliders, ("actions", "Winter cut", "implementation"), NORTH)
    qtbot.waitUntil(lambda: row.x() >= 0)
    assert [each.name.text() for each in sliders.rows] == names(sliders)


def test_that_what_was_pinned_last_is_in_sight(sliders: SlidersPanel, qtbot: QtBot) -> None:
    cells = [("plants", plant, column) for plant in ("North", "South", "West") for column in ("built", "operating")]
    sliders.board.pin(cells)
    qtbot.waitUntil(lambda: not sliders.rows[-1].visibleRegion().isEmpty())


def test_that_the_sliders_say_what_they_are(sliders: SlidersPanel) -> None:
    row = pinned(sliders, NORTH)
    assert row.slider.accessibleName() == "North · Operating"
    assert row.slider.accessibleDescription() == "900"
    assert all(each.accessibleName() for each in (row.box, row.low, row.high, row.reset, row.unpin))


def test_that_a_slider_is_drawn_anew_in_another_palette(sliders: SlidersPanel) -> None:
    row = pinned(sliders, NORTH)
    QApplication.sendEvent(row.box, QEvent(QEvent.Type.PaletteChange))
    image = row.grab().toImage()
    assert len({image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}) > 5
