"""How long a paste of thousands of cells takes behind a sort and a filter, and a copy of as many."""

from collections.abc import Callable, Iterator
from random import Random
from statistics import median

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.document.grid_text import write_grid
from aluplanner.document.ranges import Range
from aluplanner.ui.tables.arrangement import Arrangement, SortKey
from aluplanner.ui.tables.filters import Containing
from aluplanner.ui.tables.screen import Screen
from aluplanner.ui.tables.tabs import TableTabs
from aluplanner.ui.tables.view import PlanTableView
from tests.benchmarks.plans import benchmark_plan
from tests.benchmarks.timing import Report, seconds_of

ROWS, FIRST, COLUMNS = 5000, "built", 10
LIMIT, COPY_LIMIT = 0.060, 0.400
TIMES = 15

Shown = tuple[Document, PlanTableView]
Cells = Callable[[Random], str]


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Shown]:
    """Return a document with more plants than a filter shows, and their table, sorted by what is pasted."""
    document = Document(benchmark_plan(plants=ROWS * 10 // 9 + 10, actions=10), starts=False)
    tabs = TableTabs(document)
    tabs.resize(1300, 800)
    with qtbot.waitExposed(tabs):
        tabs.show()
    view = tabs.view("plants")
    by_size = (SortKey("built", is_descending=True),)
    view.order.arrange(Arrangement(by_size, {"plant": Containing("Smelter")}))
    assert ROWS <= view.order.rowCount() < len(document.plan.plants)
    yield document, view
    QGuiApplication.clipboard().clear()  # the offscreen one would delete it after Python is gone, and crash
    tabs.close()
    document.close()


def number(random: Random) -> str:
    return f"{random.uniform(0, 2000):.3f}"


def month(random: Random) -> str:
    return f"{random.randrange(2017, 2020)}-{random.randrange(1, 13):02d}"


MIXED: tuple[Cells, ...] = (
    *(number, number, number, number, month, lambda random: str(random.randrange(1, 24))),
    *(lambda random: random.choice(["yes", "no"]), number, number, lambda random: f"source {random.random()}"),
)
"""What the ten columns from the built capacity to the source hold."""


def block(seed: int, cells: tuple[Cells, ...], rows: int = ROWS) -> str:
    """Return a block of cells as text; another one for another seed."""
    random = Random(seed)
    return write_grid([[cell(random) for cell in cells] for _ in range(rows)])


def paste_times(view: PlanTableView, blocks: list[str], column: str) -> list[float]:
    """Return how long it takes to paste each block from the first row on."""
    screen = Screen(view)
    logical = view.plan_model.column_of(column)
    assert logical is not None
    place = screen.place(view.order.index(0, logical))
    assert place is not None
    taken = []
    for text in blocks:
        QGuiApplication.clipboard().setText(text)
        Screen(view).select([Range(0, place[1], 0, place[1])])
        taken.append(seconds_of(view.hand.paste))
        view.viewport().repaint()
    return taken


def test_that_a_paste_behind_sort_and_filter_takes_at_most_60_milliseconds(shown: Shown, report: Report) -> None:
    document, view = shown
    blocks = [block(seed, MIXED) for seed in range(TIMES)]
    steps = document.undo_stack.count()
    before = document.plan
    taken = paste_times(view, blocks, FIRST)
    assert document.undo_stack.count() == steps + TIMES
    assert document.undo_stack.undoText() == f"Paste {ROWS * COLUMNS} cells in Plants"
    report.add(f"paste {ROWS} × {COLUMNS} behind sort and filter", taken, "60 ms")
    undone = [seconds_of(document.undo_stack.undo) for _ in range(TIMES)]
    assert document.plan is before
    report.add("undo of it", undone, "60 ms")
    assert median(taken) <= LIMIT
    assert median(undone) <= LIMIT


def test_that_a_copy_of_as_many_cells_takes_at_most_400_milliseconds(shown: Shown, report: Report) -> None:
    _document, view = shown
    screen = Screen(view)
    logical = view.plan_model.column_of(FIRST)
    assert logical is not None
    place = screen.place(view.order.index(0, logical))
    assert place is not None
    screen.select([Range(0, place[1], ROWS - 1, place[1] + COLUMNS - 1)])
    taken = [seconds_of(view.hand.copy) for _ in range(TIMES)]
    report.add(f"copy {ROWS} × {COLUMNS}", taken, "400 ms")
    assert median(taken) <= COPY_LIMIT
