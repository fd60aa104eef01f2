"""Questions that take their time: a thread of their own, beside the one that follows the edits."""

from collections.abc import Callable
from functools import partial
from typing import Final, TypeAlias, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from aluplanner.document.runner import IsCancelled, Runner, Stage
from aluplanner.model.cancelling import SolveCancelled
from aluplanner.model.progress import watched

T = TypeVar("T")

Work: TypeAlias = Callable[[], object]
"""Finds an answer in the background; a pure function that reads nothing but what it was made with."""

TICK: Final = 50
"""Milliseconds between two looks at how far the work has come."""


class _Question:
    """One question and how far its answer has come; the thread writes a number, the window reads it."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.done = 0.0

    def tell(self, done: float) -> None:
        self.done = done

    def answer(self, is_cancelled: IsCancelled) -> object:
        """Return the answer or why there is none; nothing where nobody wants it any more."""
        try:
            with watched(is_cancelled, self.tell):
                return self._work()
        except SolveCancelled:
            return None
        except Exception as error:  # handed over, never lost
            return error


class QuestionWorker(QObject):
    """Answers questions one at a time; the newest wins, and the thread is made with the first.

    Attributes
    ----------
    progressed : Signal(float)
        The part of the work that is done, 0 to 1; some twenty times a second while there is work.
    answered : Signal(object)
        The answer to the newest question.
    failed : Signal(Exception)
        Why the newest question has none.
    """

    progressed = Signal(float)
    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner: Runner | None = None
        self._question: _Question | None = None
        self._clock = QTimer(self)
        self._clock.setInterval(TICK)
        self._clock.timeout.connect(self._look)

    @property
    def is_busy(self) -> bool:
        """Whether a question waits for its answer."""
        return self._question is not None

    def ask(self, work: Work) -> None:
        """Find an answer, in place of that to every earlier question."""
        self._question = question = _Question(work)
        self._clock.start()
        self._thread().request(Stage(question.answer, partial(self._on_done, question)))

    def cancel(self) -> None:
        """Give the question up: at once for the window, as soon as the work asks for the thread."""
        if self._question is not None and self._runner is not None:
            self._forget()
            self._runner.request(None)

    def run(self, work: Callable[[], T], deliver: Callable[[T], None], fail: Callable[[Exception], None]) -> None:
        """Run other work, such as writing a file, that no question supersedes."""
        self._thread().run(work, deliver, fail)

    def give_way(self) -> None:
        """Let the work rest while a key is answered."""
        if self._runner is not None:
            self._runner.give_way()

    def close(self) -> None:
        """Give the question up, finish what is being written and end the thread."""
        self._forget()
        if self._runner is not None:
            self._runner.close()

    def _thread(self) -> Runner:
        if self._runner is None:
            self._runner = Runner(self)
        return self._runner

    def _forget(self) -> None:
        self._question = None
        self._clock.stop()

    def _look(self) -> None:
        if self._question is not None:
            self.progressed.emit(self._question.done)

    def _on_done(self, question: _Question, outcome: object) -> None:
        if question is not self._question:
            return
        self._forget()
        if isinstance(outcome, Exception):
            self.failed.emit(outcome)
        elif outcome is not None:
            self.answered.emit(outcome)
