"""A table that two threads use at once: the window edits it while the solver still asks it for facts."""

import sys
from collections.abc import Iterator
from itertools import count
from threading import Event, Thread

import pytest

from aluplanner.model.plants import PLANTS, Plant
from aluplanner.model.rows import Rows


@pytest.fixture
def eager_threads() -> Iterator[None]:
    """Let threads take turns as often as can be."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("eager_threads")
def test_that_a_table_can_be_edited_while_another_thread_asks_it_for_facts() -> None:
    rows = Rows(PLANTS, (Plant("North"), Plant("South")))
    is_over = Event()

    def ask() -> None:
        for number in count():
            if is_over.is_set():
                return
            rows.kept(f"fact {number % 5000}", lambda: 1)
            if not number % 5000:
                rows.memo.clear()

    asking = Thread(target=ask)
    asking.start()
    try:
        for number in range(3000):
            assert rows.with_columns({"built": ([0], [float(number)])})[0].built == number
    finally:
        is_over.set()
        asking.join()
