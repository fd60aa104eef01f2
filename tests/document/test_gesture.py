import gc
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from aluplanner.document.change import Change, Origin
from aluplanner.document.document import Document
from aluplanner.document.new_plan import empty_plan
from aluplanner.document.plan_file import Order, Written
from aluplanner.document.undo import PlanStep
from aluplanner.model.plan import Plan
from tests.document.small_plan import small_plan

HAND = object()
"""Stands for the widget that is dragged."""


@pytest.fixture
def still(qtbot: QtBot) -> Iterator[Document]:
    """Return a document that solves nothing."""
    made = Document(small_plan(), starts=False)
    yield made
    made.close()


def slide(document: Document, value: float) -> None:
    document.set_cells("plants", [(0, "operating", value)], f"Slide to {value:g}", HAND)


def drag(document: Document, *values: float) -> None:
    document.begin_gesture(origin=HAND)
    for value in values:
        slide(document, value)
    document.end_gesture()


def operating(document: Document) -> float | None:
    value: float | None = document.plan.plants[0].operating
    return value


def steps(document: Document) -> list[str]:
    return [document.undo_stack.text(i) for i in range(document.undo_stack.count())]


def do_not_write(_order: Order) -> Written:
    return Written(b"", ())


def test_that_a_drag_is_one_step_named_by_where_it_ended(still: Document) -> None:
    before = still.plan
    drag(still, 910.0, 920.0, 930.0)
    assert steps(still) == ["Slide to 930"]
    after = still.plan
    still.undo_stack.undo()
    assert still.plan is before
    still.undo_stack.redo()
    assert still.plan is after


def test_that_a_gesture_can_have_a_name_of_its_own(still: Document) -> None:
    still.begin_gesture("Tune North", HAND)
    slide(still, 910.0)
    slide(still, 920.0)
    still.end_gesture()
    assert steps(still) == ["Tune North"]


def test_that_every_plan_of_a_drag_is_shown(still: Document) -> None:
    changes: list[Change] = []
    still.changed.connect(changes.append)
    drag(still, 910.0, 920.0, 930.0)
    assert [change.after.plants[0].operating for change in changes] == [910.0, 920.0, 930.0]
    assert all(later.before is earlier.after for earlier, later in pairwise(changes))
    assert all(change.origin is HAND for change in changes)


def test_that_the_undo_action_names_the_end_of_the_drag(still: Document) -> None:
    action: QAction = still.undo_stack.createUndoAction(still)
    drag(still, 910.0, 920.0)
    assert action.text() == "Undo Slide to 920"


def test_that_two_drags_are_two_steps(still: Document) -> None:
    drag(still, 910.0, 920.0)
    drag(still, 930.0)
    assert steps(still) == ["Slide to 920", "Slide to 930"]


def test_that_a_drag_that_ends_where_it_began_leaves_no_step(still: Document) -> None:
    before, clean = still.plan, []
    still.undo_stack.cleanChanged.connect(clean.append)
    drag(still, 910.0, 920.0, 900.0)
    assert still.plan is before
    assert steps(still) == []
    assert still.is_clean
    assert clean == [False, True]


def test_that_a_drag_may_pass_its_beginning(still: Document) -> None:
    drag(still, 910.0, 900.0, 890.0)
    assert steps(still) == ["Slide to 890"]


def test_that_a_gesture_without_an_edit_leaves_the_redo_steps(still: Document) -> None:
    slide(still, 910.0)
    still.undo_stack.undo()
    drag(still)
    assert still.undo_stack.canRedo()


def test_that_undo_during_a_drag_takes_the_whole_drag_back(still: Document) -> None:
    before = still.plan
    still.begin_gesture(origin=HAND)
    slide(still, 910.0)
    slide(still, 920.0)
    still.undo_stack.undo()
    assert still.plan is before
    assert not still.is_in_gesture(HAND)
    slide(still, 930.0)
    still.end_gesture()
    assert steps(still) == ["Slide to 930"]


def test_that_undo_where_the_drag_began_leaves_no_empty_step(still: Document) -> None:
    before = still.plan
    still.begin_gesture(origin=HAND)
    slide(still, 910.0)
    still.apply(before, "Slide back", HAND)
    still.undo_stack.undo()
    assert still.plan is before
    assert steps(still) == []
    assert still.is_clean


def test_that_an_edit_from_elsewhere_is_a_step_of_its_own(still: Document) -> None:
    still.begin_gesture(origin=HAND)
    slide(still, 910.0)
    still.set_cell("plants", "South", "operating", 510.0)
    slide(still, 920.0)
    still.end_gesture()
    assert steps(still) == ["Slide to 910", "Set Operating of South to 510", "Slide to 920"]


def test_that_saving_during_a_drag_keeps_a_place_to_come_back_to(still: Document, qtbot: QtBot, tmp_path: Path) -> None:
    still.begin_gesture(origin=HAND)
    slide(still, 910.0)
    with qtbot.waitSignal(still.saved):
        still.save(tmp_path / "saved.xlsx", do_not_write)
    assert still.is_clean
    slide(still, 920.0)
    still.end_gesture()
    assert not still.is_clean
    still.undo_stack.undo()
    assert operating(still) == 910.0
    assert still.is_clean


def test_that_a_clean_mark_set_during_a_drag_stays_with_its_plan(still: Document) -> None:
    still.begin_gesture(origin=HAND)
    slide(still, 910.0)
    still.undo_stack.setClean()
    slide(still, 920.0)
    assert not still.is_clean
    still.undo_stack.undo()
    assert still.is_clean
    assert operating(still) == 910.0


def test_that_another_scenario_ends_the_drag(still: Document) -> None:
    still.begin_gesture(origin=HAND)
    slide(still, 910.0)
    still.select_scenario("Strict")
    assert not still.is_in_gesture(HAND)
    assert steps(still) == ["Slide to 910"]


def test_that_another_plan_ends_the_drag(still: Document) -> None:
    still.begin_gesture(origin=HAND)
    slide(still, 910.0)
    still.new(empty_plan())
    assert not still.is_in_gesture(HAND)
    assert steps(still) == []
    assert still.is_clean


def test_that_a_drag_in_a_scenario_writes_its_override(still: Document) -> None:
    still.select_scenario("Strict")
    drag(still, 810.0, 820.0)
    assert operating(still) == 900.0
    assert still.view.rows("plants")[0].operating == 820.0
    assert len(steps(still)) == 1


def test_that_closing_during_a_drag_is_quiet(qtbot: QtBot) -> None:
    document = Document(small_plan(), starts=False)
    document.begin_gesture(origin=HAND)
    slide(document, 910.0)
    document.close()
    assert document.undo_stack.count() == 0


def test_that_a_drag_leaves_nothing_behind_but_its_two_plans(still: Document) -> None:
    before = alive(Plan)
    for _ in range(20):
        drag(still, *(900.0 + i for i in range(1, 50)))
    assert alive(PlanStep) <= 21
    assert alive(Plan) - before <= 21


def alive(kind: type) -> int:
    """Return how many objects of a kind there are; other tests may have left some."""
    gc.collect()
    return sum(isinstance(each, kind) for each in gc.get_objects())


class History:
    """What the document's history should be: the value of the cell after each step."""

    def __init__(self, value: float) -> None:
        self.values, self.index, self.clean = [value], 0, 0
        self.has_gesture = self.has_step = False

    def push(self, value: float) -> None:
        if self.clean > self.index:
            self.clean = -1
        self.values = [*self.values[: self.index + 1], value]
        self.index += 1

    def edit(self, value: float) -> None:
        self.end()
        self.push(value)

    def begin(self) -> None:
        self.end()
        self.has_gesture = True

    def slide(self, value: float) -> None:
        if not self.has_gesture:
            self.push(value)
        elif self.has_step:
            self.values[self.index] = value
        else:
            self.push(value)
            self.has_step = True

    def end(self) -> None:
        if self.has_step and self.values[self.index] == self.values[self.index - 1]:
            self.values.pop()
            self.index -= 1
        self.has_gesture = self.has_step = False

    def go(self, index: int) -> None:
        if index != self.index:
            self.has_gesture = self.has_step = False
        self.index = index

    def save(self) -> None:
        self.end()
        self.clean = self.index


def random_step(document: Document, history: History, random: Random, path: Path) -> None:
    stack, value = document.undo_stack, float(random.randint(897, 903))

    def edit() -> None:
        if value == operating(document):
            return
        document.set_cells("plants", [(0, "operating", value)])
        history.edit(value)

    def move() -> None:
        slide(document, value)
        history.slide(value)

    def begin() -> None:
        document.begin_gesture(origin=HAND)
        history.begin()

    def end() -> None:
        document.end_gesture()
        history.end()

    def go(index: int) -> None:
        is_back_at_start = history.has_step and history.values[history.index] == history.values[history.index - 1]
        if is_back_at_start and index != history.index:
            end()  # tested on its own
            index = min(index, history.index)
        stack.setIndex(index)
        history.go(index)

    def undo() -> None:
        go(max(0, history.index - 1))

    def redo() -> None:
        go(min(len(history.values) - 1, history.index + 1))

    def jump() -> None:
        go(random.randint(0, len(history.values) - 1))

    def save() -> None:
        document.save(path, do_not_write)
        history.save()

    def switch() -> None:
        document.select_scenario("Strict")
        document.select_scenario("Base")
        history.end()

    weighted: list[tuple[Callable[[], None], int]] = [
        (move, 40), (begin, 12), (end, 10), (edit, 8), (undo, 10), (redo, 8), (jump, 3), (save, 4), (switch, 3),
    ]  # fmt: skip
    random.choices([act for act, _ in weighted], [weight for _, weight in weighted])[0]()


@pytest.mark.parametrize("seed", range(12))
def test_that_any_mixture_of_drags_edits_undo_and_saving_keeps_the_history_right(
    still: Document, tmp_path: Path, seed: int
) -> None:
    random, history = Random(seed), History(900.0)
    plans = {0: still.plan}
    for _ in range(400):
        random_step(still, history, random, tmp_path / "any.xlsx")
        stack = still.undo_stack
        assert operating(still) == history.values[history.index]
        assert (stack.count(), stack.index()) == (len(history.values) - 1, history.index)
        assert still.is_clean == (history.clean == history.index)
    still.end_gesture()
    still.undo_stack.setIndex(0)
    assert still.plan is plans[0]


def test_that_what_history_takes_back_is_not_taken_for_the_drag(still: Document) -> None:
    changes: list[Change] = []
    drag(still, 910.0, 920.0)
    still.changed.connect(changes.append)
    still.undo_stack.undo()
    assert changes[0].origin is Origin.HISTORY
    assert changes[0].before.plants[0].operating == 920.0
