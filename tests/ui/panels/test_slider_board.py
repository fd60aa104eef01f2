import json
import time
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aluplanner.document import edits
from aluplanner.document.document import Document
from aluplanner.document.preferences import Preferences
from aluplanner.model.plan import Plan
from aluplanner.ui.panels.slider_pins import MEMORY
from aluplanner.ui.panels.sliders import SlidersPanel
from aluplanner.workbook.write import write_plan
from tests.document.small_plan import small_plan
from tests.ui.panels.slider_hand import CUT, LEFT, NORTH, drag, names, pinned, place, steps, type_end, type_into


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))


# The boxes


def test_that_an_exact_value_can_be_typed(sliders: SlidersPanel, document: Document) -> None:
    row = pinned(sliders, NORTH)
    type_into(row, "1,234.5678")
    assert document.plan.plants[0].operating == 1234.5678
    assert row.slider.number == 1234.5678
    assert steps(document) == ["Set Operating of North to 1,234.5678"]


def test_that_a_share_is_typed_in_percent(sliders: SlidersPanel, document: Document) -> None:
    type_into(pinned(sliders, CUT), "72")
    assert document.plan.actions[0].implementation == 0.72


@pytest.mark.parametrize(("text", "reason"), [("much", "is not a number"), ("-5", "0 or more")])
def test_that_what_cannot_be_taken_stays_in_the_box_with_the_reason(
    sliders: SlidersPanel, document: Document, text: str, reason: str
) -> None:
    row = pinned(sliders, NORTH)
    type_into(row, text)
    assert row.box.text() == text
    assert row.box.is_refused
    assert reason in row.box.toolTip()
    assert steps(document) == []
    QTest.keyClick(row.box, Qt.Key.Key_Escape)
    assert (row.box.text(), row.box.is_refused) == ("900", False)


def test_that_a_value_beyond_the_range_stretches_it(sliders: SlidersPanel, document: Document) -> None:
    row = pinned(sliders, NORTH)
    type_into(row, "5000")
    assert row.high.text() == "5,000"
    assert row.slider.value() == row.slider.maximum()


def test_that_the_ends_can_be_typed_over(sliders: SlidersPanel, document: Document) -> None:
    row = pinned(sliders, NORTH)
    type_end(row, False, "1000")
    type_end(row, True, "800")
    assert (row.slider.scale.low, row.slider.scale.high, row.slider.scale.step) == (800.0, 1000.0, 2.0)
    assert steps(document) == []
    type_end(row, True, "1500")
    assert row.low.is_refused
    QTest.keyClick(row.low, Qt.Key.Key_Escape)
    type_end(row, True, "-1")
    assert row.low.is_refused


# Following the plan


def test_that_a_pin_follows_its_row_through_a_renaming_and_back(sliders: SlidersPanel, document: Document) -> None:
    pinned(sliders, NORTH)
    document.set_cell("plants", "North", "plant", "Northern")
    assert names(sliders) == ["Northern · Operating"]
    document.undo_stack.undo()
    assert names(sliders) == ["North · Operating"]


def test_that_a_pin_goes_with_its_row_and_comes_back_on_undo(sliders: SlidersPanel, document: Document) -> None:
    pinned(sliders, NORTH, CUT)
    document.apply(edits.delete_rows(document.plan, "plants", [0]), "Delete")
    assert names(sliders) == ["Cut · Implementation"]
    document.undo_stack.undo()
    assert names(sliders) == ["North · Operating", "Cut · Implementation"]


def test_that_a_pin_follows_its_row_to_another_place(sliders: SlidersPanel, document: Document) -> None:
    row = pinned(sliders, NORTH)
    document.apply(edits.move_rows(document.plan, "plants", [0], down=True), "Move down")
    drag(row, 0.6)
    assert [plant.operating for plant in document.plan.plants] == [500.0, 1200.0, 800.0]


def test_that_a_wrong_value_is_marked(sliders: SlidersPanel, document: Document, qtbot: QtBot) -> None:
    row = pinned(sliders, NORTH)
    with qtbot.waitSignal(document.issues_changed):
        document.set_cell("plants", "North", "operating", -5.0)
    assert row.cell.mark == "error"
    assert "0 or more" in row.box.toolTip()


# Memory


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small.xlsx"
    write_plan(small_plan(), path)
    return path


def test_that_the_pins_come_back_with_their_file(
    sliders: SlidersPanel, document: Document, preferences: Preferences, file: Path
) -> None:
    sliders.remember_in(preferences)
    document.open(file)
    row = pinned(sliders, NORTH, CUT)
    drag(row, 0.4)
    type_end(sliders.rows[0], False, "1200")
    document.new(small_plan())
    assert names(sliders) == []
    document.open(file)
    assert names(sliders) == ["North · Operating", "Cut · Implementation"]
    assert sliders.rows[0].high.text() == "1,200"
    assert not sliders.rows[1].reset.isEnabled()


def test_that_saving_to_a_file_remembers_the_pins_with_it(
    sliders: SlidersPanel, document: Document, preferences: Preferences, tmp_path: Path, qtbot: QtBot
) -> None:
    sliders.remember_in(preferences)
    pinned(sliders, NORTH)
    assert json.loads(preferences.text(MEMORY, "{}")) == {}
    with qtbot.waitSignal(document.saved):
        document.save(tmp_path / "first.xlsx")
    assert list(json.loads(preferences.text(MEMORY, "{}"))) == [str(tmp_path / "first.xlsx")]


def test_that_a_spoilt_memory_is_no_harm(
    sliders: SlidersPanel, preferences: Preferences, document: Document, file: Path
) -> None:
    for spoilt in ("{", "[]", json.dumps({str(file): [["plants"], 5, ["nowhere", "a", "b", None, None]]})):
        preferences.set_text(MEMORY, spoilt)
        sliders.remember_in(preferences)
        document.open(file)
        assert names(sliders) == []


# Speed


def test_that_two_hundred_quick_moves_end_right_in_one_step_with_few_solves(
    sliders: SlidersPanel, document: Document, qtbot: QtBot
) -> None:
    row = pinned(sliders, CUT)
    plans: list[Plan] = []
    document.solved.connect(lambda solution: plans.append(solution.plan))
    random = Random(5)
    began = time.perf_counter()
    drag(row, 0.45, *(random.random() for _ in range(199)), 0.73)
    seconds = time.perf_counter() - began
    assert document.plan.actions[0].implementation == 0.73
    assert steps(document) == ["Slide Implementation of Cut to 73%"]
    with qtbot.waitSignal(document.all_solved):
        pass
    assert plans[-1] is document.plan
    assert len(plans) < 20
    print(f"{seconds * 1000 / 200:.2f} ms a move, {len(plans)} solves for 200 moves")


def test_that_while_one_move_is_solved_only_the_newest_waits(
    sliders: SlidersPanel, document: Document, qtbot: QtBot
) -> None:
    row = pinned(sliders, NORTH)
    changes: list[float] = []
    document.changed.connect(lambda change: changes.append(change.after.plants[0].operating))
    drag(row, 0.1, 0.2, 0.3, 0.4, release=False)
    assert changes == [200.0]
    assert row.box.text() == "800"
    qtbot.waitUntil(lambda: changes == [200.0, 800.0])
    QTest.mouseRelease(row.slider, LEFT, pos=place(row, 0.4))
    assert len(steps(document)) == 1


def test_that_a_move_that_waits_is_forgotten_when_the_drag_is_undone(
    sliders: SlidersPanel, document: Document, qtbot: QtBot
) -> None:
    row = pinned(sliders, NORTH)
    drag(row, 0.1, 0.2, 0.3, release=False)
    document.undo_stack.undo()
    with qtbot.waitSignal(document.all_solved):
        pass
    assert document.plan.plants[0].operating == 900.0
