"""One background worker: the newest request wins, results arrive on the thread of the window."""

import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from typing import Any, Final, Generic, TypeAlias, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

T = TypeVar("T")

PAINTING_MS: Final = 25
"""Time for what was delivered to be painted, before work that nobody waits for begins."""

HAND_OVER: Final = 0.0005
"""Seconds after which the work lets the window have the interpreter; a keystroke asks for it some twenty times."""

REST: Final = 0.03
"""Seconds for which the work rests after a key: what the key does asks for the interpreter hundreds of times."""
NAP: Final = 0.003
LONG: Final = 0.05
"""Seconds of work from which on it rests for keys; what is shorter is done before it matters."""

IsCancelled: TypeAlias = Callable[[], bool]
"""Asked by long work between its steps; true once a newer request has come."""


@dataclass(frozen=True, eq=False)
class Stage(Generic[T]):
    """Work for the background and what becomes of its result.

    Attributes
    ----------
    work
        Runs in the background.
    deliver
        Takes the result on the thread of the window, unless a newer request has come meanwhile.
    """

    work: Callable[[IsCancelled], T]
    deliver: Callable[[T], None]


@dataclass(frozen=True, eq=False)
class _Arrival:
    """A finished piece of work; ``generation`` is ``None`` for what nothing supersedes."""

    generation: int | None
    is_first: bool
    act: Callable[[], None]


class Runner(QObject):
    """Runs work in one background thread.

    Signals
    -------
    busy_changed
        Whether the first stage of the newest request is still to be delivered.
    """

    busy_changed = Signal(bool)
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(min(sys.getswitchinterval(), HAND_OVER))
        self._executor = ThreadPoolExecutor(1, "aluplanner-worker")
        self._arrivals: SimpleQueue[_Arrival] = SimpleQueue()
        self._generation = 0
        self._resting_until = 0.0
        self._is_long = False
        self._waiting: Stage[Any] | None = None
        self._later: tuple[Stage[Any], ...] = ()
        self._is_busy = False
        self._is_closed = False
        self._arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether the first stage of the newest request is still to be delivered."""
        return self._is_busy

    def request(self, first: Stage[Any] | None, *later: Stage[Any]) -> None:
        """Run the stages one after the other, in place of every earlier request.

        Without a ``first`` stage there is nothing that anybody waits for, and the runner is not busy. An
        exception in the work is raised where the result would have been delivered.
        """
        self._generation += 1
        self._set_busy(first is not None)
        self._waiting, self._later = first, later
        # Views repaint before the timer fires: work in another thread would hold up their painting.
        QTimer.singleShot(0, self, self._submit)

    @Slot()
    def _submit(self) -> None:
        first, self._waiting = self._waiting, None
        if first is not None:
            self._executor.submit(self._work_on, first, self._generation, True)
        elif not self._is_busy:
            self._submit_later(self._generation)

    def _submit_later(self, generation: int) -> None:
        """Submit the stages behind the first, unless a newer request has come meanwhile."""
        if generation != self._generation or self._is_closed:
            return
        stages, self._later = self._later, ()
        for stage in stages:
            self._executor.submit(self._work_on, stage, generation, False)

    def give_way(self) -> None:
        """Let work that takes long rest until what a key did is painted.

        Each call into Qt lets go of the interpreter, and a thread that computes gives it back late: a table painted in
        5 ms would take 50.
        """
        self._resting_until = time.perf_counter() + REST

    def run(self, work: Callable[[], T], deliver: Callable[[T], None], fail: Callable[[Exception], None]) -> None:
        """Run work that no request supersedes; an exception goes to ``fail``."""
        self._executor.submit(self._work_to_the_end, work, deliver, fail)

    def close(self) -> None:
        """Stop: abandon the current request, finish what must be finished, deliver nothing any more."""
        if not self._is_closed:
            self._generation += 1
            self._waiting, self._later = None, ()
            self._executor.shutdown(wait=True)
            self._is_closed = True

    # In the background

    def _work_on(self, stage: Stage[Any], generation: int, is_first: bool) -> None:
        def is_cancelled() -> bool:
            return self._generation != generation

        if is_cancelled():
            return
        started = time.perf_counter()
        if self._is_long:
            sys.setprofile(self._rest)  # asked with every call: the finest grain there is to stop at
        try:
            act = _outcome(lambda: stage.work(is_cancelled), stage.deliver, _raise)
        finally:
            sys.setprofile(None)
        if is_first:
            self._is_long = time.perf_counter() - started > LONG
        if not is_cancelled():
            self._post(_Arrival(generation, is_first, act))

    def _rest(self, *_call: object) -> None:
        """Rest while a key is answered."""
        while time.perf_counter() < self._resting_until:
            time.sleep(NAP)

    def _work_to_the_end(
        self, work: Callable[[], T], deliver: Callable[[T], None], fail: Callable[[Exception], None]
    ) -> None:
        self._post(_Arrival(None, False, _outcome(work, deliver, fail)))

    def _post(self, arrival: _Arrival) -> None:
        self._arrivals.put(arrival)
        self._arrived.emit()

    # On the thread of the window

    def _on_arrived(self) -> None:
        arrival = self._arrivals.get_nowait()
        if self._is_closed or arrival.generation not in (None, self._generation):
            return
        if arrival.is_first:
            self._set_busy(False)
            # What is delivered is painted before more work begins to contend with the painting; the time for that
            # counts from when all that is waiting already, such as the making of the plots, has had its turn.
            QTimer.singleShot(0, self, partial(self._wait_for_painting, self._generation))
        arrival.act()

    def _wait_for_painting(self, generation: int) -> None:
        QTimer.singleShot(PAINTING_MS, self, partial(self._submit_later, generation))

    def _set_busy(self, busy: bool) -> None:
        if busy != self._is_busy:
            self._is_busy = busy
            self.busy_changed.emit(busy)


def _outcome(
    work: Callable[[], T], deliver: Callable[[T], None], fail: Callable[[Exception], None]
) -> Callable[[], None]:
    """Do the work now; return what is to be done about its result on the thread of the window."""
    try:
        result = work()
    except Exception as error:  # handed over, never lost
        caught = error
        return lambda: fail(caught)
    return lambda: deliver(result)


def _raise(error: Exception) -> None:
    raise error
