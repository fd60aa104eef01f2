"""Undo is total: any number of steps of any kind, across saving and scenario switches, and small in memory."""

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from pytestqt.qtbot import QtBot

from aluplanner.document import edits
from aluplanner.document.document import Document
from aluplanner.document.new_plan import example_plan
from aluplanner.document.plan_file import Order, Written
from aluplanner.model.plan import TABLES, Plan
from tests.benchmarks.plans import benchmark_plan
from tests.document.small_plan import small_plan

STEPS = 1_200
SOLVED = 5


@pytest.fixture
def documents(qtbot: QtBot) -> Iterator[Callable[[Plan, bool], Document]]:
    """Return a maker of documents, which are closed after the test."""
    made: list[Document] = []

    def make(plan: Plan, starts: bool) -> Document:
        made.append(Document(plan, starts=starts))
        return made[-1]

    yield make
    for document in made:
        document.close()


def do_not_write(_order: Order) -> Written:
    """Stand in for a writer of files."""
    return Written(b"", ())


class Planner:
    """Does what planners do, one step of the history at a time."""

    def __init__(self, document: Document, random: Random, path: Path) -> None:
        self.document, self.random, self.path = document, random, path
        self.count = 0

    def step(self) -> None:
        kinds = [
            self.set_value,
            self.set_value,
            self.rename,
            self.insert,
            self.delete,
            self.move,
            self.enter,
            self.drag,
        ]
        before = self.document.undo_stack.index()
        while self.document.undo_stack.index() == before:
            self.count += 1
            self.wander()
            self.random.choice(kinds)()

    def wander(self) -> None:
        """Do what is no step: look at another scenario, save."""
        if self.random.random() < 0.2:
            self.document.select_scenario(self.random.choice(["Base", *self.document.plan.scenario_names]))
        if self.random.random() < 0.05:
            self.document.save(self.path, do_not_write)

    def set_value(self) -> None:
        row = self.random.randrange(len(self.document.view.rows("plants")))
        self.document.set_cells("plants", [(row, "operating", 400.0 + self.count)])

    def rename(self) -> None:
        row = self.random.randrange(len(self.document.plan.plants))
        self.document.set_cells("plants", [(row, "plant", f"Plant {self.count}")])

    def enter(self) -> None:
        text = self.random.choice([f"{self.count}", "as much as can be", ""])
        self.document.enter_texts("actions", [(0, "announced", text), (1, "announced", text)])

    def insert(self) -> None:
        table = self.random.choice(["plants", "actions", "demand", "scenarios"])
        if len(self.document.plan.table(table)) < 12:
            self.document.apply(edits.insert_rows(self.document.plan, table, 0), "Add")

    def delete(self) -> None:
        table = self.random.choice(["plants", "scenarios"])
        if len(self.document.plan.table(table)) > 2:
            self.document.apply(edits.delete_rows(self.document.plan, table, [1]), "Delete")

    def move(self) -> None:
        self.document.apply(edits.move_rows(self.document.plan, "plants", [0], down=True), "Move down")

    def drag(self) -> None:
        self.document.begin_gesture(origin=self)
        for i in range(3):
            self.document.set_cells("plants", [(0, "built", 2000.0 + self.count + i / 10)], "Slide", self)
        self.document.end_gesture()


def test_that_more_than_a_thousand_steps_of_every_kind_can_be_taken_back_and_made_again(
    documents: Callable[[Plan, bool], Document], tmp_path: Path
) -> None:
    document = documents(small_plan(), False)
    planner = Planner(document, Random(2017), tmp_path / "plan.xlsx")
    plans, stack = [document.plan], document.undo_stack
    for _ in range(STEPS):
        planner.step()
        plans.append(document.plan)
    assert stack.count() == STEPS
    assert stack.undoLimit() == 0
    for plan in reversed(plans[:-1]):
        planner.wander()
        stack.undo()
        assert document.plan is plan
    assert not stack.canUndo()
    for plan in plans[1:]:
        stack.redo()
        assert document.plan is plan


def test_that_only_the_saved_state_is_clean(documents: Callable[[Plan, bool], Document], tmp_path: Path) -> None:
    document = documents(small_plan(), False)
    planner = Planner(document, Random(18), tmp_path / "plan.xlsx")
    for _ in range(60):
        planner.step()
    document.save(tmp_path / "plan.xlsx", do_not_write)
    planner.path = tmp_path / "other.xlsx"
    saved = document.undo_stack.index()
    for _ in range(60):
        document.set_cells("plants", [(0, "built", 3000.0 + document.undo_stack.index())])
    for index in [*range(document.undo_stack.count(), -1, -1), *range(document.undo_stack.count() + 1)]:
        document.undo_stack.setIndex(index)
        assert document.is_clean == (index == saved)


def test_that_a_step_names_what_it_did(documents: Callable[[Plan, bool], Document], tmp_path: Path) -> None:
    document = documents(small_plan(), False)
    planner = Planner(document, Random(3), tmp_path / "plan.xlsx")
    for _ in range(50):
        planner.step()
    assert all(document.undo_stack.text(i) for i in range(50))


# Memory


def bytes_of(act: Callable[[], None]) -> int:
    """Return how many bytes more are in use once it was done again: after the first time all is as usual."""
    tracemalloc.start()
    try:
        act()
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        act()
        gc.collect()
        return tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()


def edit_cells(document: Document, count: int) -> None:
    for i in range(count):
        row = i % len(document.plan.plants)
        document.set_cells("plants", [(row, "operating", 100.0 + i)])


@pytest.mark.parametrize(
    ("make", "allowed"),
    [(example_plan, 8_000), (lambda: benchmark_plan(5_000, 2_000, 120), 56_000)],
    ids=["the 2017 case", "5,000 plants"],
)  # fmt: skip
def test_that_a_step_costs_little_more_than_the_row_of_references_of_one_table(
    documents: Callable[[Plan, bool], Document], make: Callable[[], Plan], allowed: int
) -> None:
    document = documents(make(), False)
    used = bytes_of(lambda: edit_cells(document, 1_000))
    print(f"{used / 1_000:.0f} bytes a step")
    assert used / 1_000 < allowed
    assert document.undo_stack.count() == 2_000


def test_that_a_step_shares_all_but_the_record_it_changed(documents: Callable[[Plan, bool], Document]) -> None:
    document = documents(small_plan(), False)
    before = document.plan
    document.set_cells("plants", [(1, "operating", 510.0)])
    after = document.plan
    assert [name for name in TABLES if after.table(name) is not before.table(name)] == ["plants"]
    assert [new is old for new, old in zip(after.plants, before.plants, strict=True)] == [True, False, True]


def test_that_what_was_worked_out_from_former_plans_is_let_go(
    documents: Callable[[Plan, bool], Document], qtbot: QtBot
) -> None:
    document = documents(example_plan(), True)
    qtbot.waitSignal(document.all_solved).wait()

    def edit_and_solve() -> None:
        for i in range(SOLVED):
            with qtbot.waitSignal(document.all_solved):
                document.set_cells("plants", [(i, "operating", 100.0 + i)])

    used = bytes_of(edit_and_solve)
    print(f"{used / SOLVED:.0f} bytes a solved step")
    assert used / SOLVED < 30_000  # else some 200,000


def test_that_an_undone_step_is_solved_anew_to_the_same_balance(
    documents: Callable[[Plan, bool], Document], qtbot: QtBot
) -> None:
    document = documents(small_plan(), True)
    qtbot.waitSignal(document.all_solved).wait()
    assert document.solution is not None
    before = document.solution.base.measure("balance 2017 sum")
    for value in (950.0, 960.0):
        with qtbot.waitSignal(document.all_solved):
            document.set_cell("plants", "North", "operating", value)
    assert document.solution.base.measure("balance 2017 sum") != before
    with qtbot.waitSignal(document.all_solved):
        document.undo_stack.setIndex(0)
    assert not document.undo_stack.canUndo()
    assert document.solution.base.measure("balance 2017 sum") == before
    assert document.plan.plants.position("South") == 1
