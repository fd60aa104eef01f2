"""Typing while a large plan is being solved all the time: from each keystroke to the painted cell."""

import math
import time
from itertools import chain
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from aluplanner.document.document import Document
from aluplanner.ui.collector import Collector
from aluplanner.ui.main_window import MainWindow
from tests.benchmarks.bench_window import open_window
from tests.benchmarks.plans import benchmark_plan
from tests.benchmarks.timing import Report, p99, spread

PLAN: Final = (5000, 2000, 120)
BEAT: Final = 0.04
"""Seconds between two keys: somebody who types fast, and a number is committed before the last one is solved."""
NUMBERS: Final = 120
WARM_UP: Final = 10
MOST_SECONDS: Final = 0.016
ENTER: Final = "Enter"


class Typist(QObject):
    """Types numbers down a column, a key at every beat, and notes how long each takes to be seen.

    A key counts from its beat, not from when the window gets round to it. The key itself marks what is to be painted,
    and the window paints all of that with the next update request.
    """

    finished = Signal()

    def __init__(self, window: MainWindow, first: int) -> None:
        super().__init__()
        self.letters: list[float] = []
        self.commits: list[float] = []
        self.solving: list[bool] = []
        """Whether the plan was being solved, key by key."""
        self._window = window
        self._keys = chain.from_iterable((*str(first + number), ENTER) for number in range(WARM_UP + NUMBERS))
        self._key = ""
        self._due = 0.0
        self._count = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)
        window.installEventFilter(self)

    @property
    def times(self) -> list[float]:
        """The seconds of every key."""
        return [*self.letters, *self.commits]

    def start(self) -> None:
        """Begin to type."""
        self._wait_for_beat(time.perf_counter())

    def _wait_for_beat(self, after: float) -> None:
        self._due = after + BEAT
        # one millisecond late rather than early, as the timer counts whole ones
        self._timer.start(max(0, math.ceil((self._due - time.perf_counter()) * 1000)))

    def _on_beat(self) -> None:
        key = next(self._keys, "")
        if not key:
            self.finished.emit()
            return
        self.solving.append(self._window.document.is_busy)
        self._key = key
        target = self._window.windowHandle()
        if key == ENTER:
            QTest.keyClick(target, Qt.Key.Key_Return)
        else:
            QTest.keyClick(target, key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() != QEvent.Type.UpdateRequest:
            return False
        self._window.event(event)
        if self._key:
            self._note(time.perf_counter())
        return True

    def _note(self, painted: float) -> None:
        self._count += 1
        if self._count > WARM_UP * 5:
            (self.commits if self._key == ENTER else self.letters).append(painted - self._due)
        self._key = ""
        self._wait_for_beat(max(self._due, painted - BEAT))


def type_numbers(qtbot: QtBot, window: MainWindow, first: int) -> Typist:
    """Type numbers of four figures, which are never wrong there, into a column from its first row on."""
    view = window.tables.view("plants")
    view.go_to(0, view.plan_model.column_of("under_construction") or 0)
    typist = Typist(window, first)
    with qtbot.waitSignal(typist.finished, timeout=120_000):
        typist.start()
    window.removeEventFilter(typist)
    assert len(typist.times) == NUMBERS * 5
    return typist


def test_that_typing_never_waits_for_the_solver(qtbot: QtBot, tmp_path: Path, report: Report) -> None:
    document = Document(benchmark_plan(*PLAN), starts=False)
    window = open_window(qtbot, document, tmp_path)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.tables.view("plants").hasFocus)
    collector = Collector(window)  # as in the program: garbage of the window is no business of the worker
    alone = type_numbers(qtbot, window, 1001)
    with qtbot.waitSignal(document.all_solved, timeout=60_000):
        window.add_plots()
        document.start()
    beside = type_numbers(qtbot, window, 2001)
    collector.stop()

    size = " × ".join(f"{number:,}" for number in PLAN)
    share = sum(beside.solving) / len(beside.solving)
    wanted = f"p99 at most {MOST_SECONDS * 1000:.0f} ms"
    report.say(f"keystroke to painted cell, nothing being solved: {spread(alone.times)}")
    report.say(f"    Enter: {spread(alone.commits)}")
    report.say(f"  while {size} is solved ({share:.0%} of the time): {spread(beside.times)}", wanted)
    report.say(f"    figures: {spread(beside.letters)}")
    report.say(f"    Enter: {spread(beside.commits)}")
    report.say(f"    p99 beside the solver / alone: {p99(beside.times) / p99(alone.times):.1f}")
    assert share >= 0.8
    assert p99(beside.times) <= MOST_SECONDS
