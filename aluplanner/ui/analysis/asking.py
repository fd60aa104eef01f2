"""Asking in the background and following the plan: what every panel of an analysis does out of sight."""

from typing import Any, ClassVar, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from aluplanner.analysis.answer_table import Answer
from aluplanner.document.change import Change
from aluplanner.document.document import Document
from aluplanner.document.question_worker import QuestionWorker, Work
from aluplanner.i18n import tr
from aluplanner.model.plan import Plan
from aluplanner.ui.analysis.failing import failure_sentence, has_plan_errors
from aluplanner.ui.analysis.panel_face import PanelFace
from aluplanner.ui.analysis.panel_state import State, mark_of
from aluplanner.ui.analysis.still_true import says_the_same

PATIENCE: Final = 100
"""Milliseconds of work that need no mark."""
SETTLING: Final = 150
"""Milliseconds after the last change of a control before a live panel asks again."""


class AskingPanel(QWidget):
    """The half of an :class:`~aluplanner.ui.analysis.panel.AnalysisPanel` that asks and follows.

    Parameters
    ----------
    document
        The open document.

    Attributes
    ----------
    invitation
        What it answers and what to do first, in English: shown while nothing was asked.
    run_text
        What the button says that asks.
    is_live
        Whether it asks by itself after every solved edit, while it can be seen.
    face
        Its parts: bar, sentence, picture, notes.
    worker
        Its background.
    answer
        The last good answer.
    state
        What it has to show.
    answered : Signal()
        A new answer is shown.
    state_changed : Signal(State)
        It has something else to show.
    """

    invitation: ClassVar[str] = ""
    run_text: ClassVar[str] = "Run"
    is_live: ClassVar[bool] = False

    answered = Signal()
    state_changed = Signal(object)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.answer: Answer | None = None
        self.state = State.NOTHING
        self.worker = QuestionWorker(self)
        self._asked: tuple[Plan, str] | None = None
        self._answered: tuple[Plan, str] | None = None
        self._is_outdated = True
        self._is_other_question = False
        self._has_missed = False
        self.face = PanelFace(self, tr(self.run_text), has_run=not self.is_live)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.face)
        self._patience = self._timer(PATIENCE, self._show_progress)
        self._settling = self._timer(SETTLING, self.run)
        self._connect()
        self._show_state(State.NOTHING)

    def _timer(self, interval: int, act: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(act)
        return timer

    # What subclasses say

    def ask(self) -> Work | None:
        """Return what finds the answer, as a function of what it was made with; called on the thread of the window.

        The function runs in the background within ``watched(cancelled, progress)``. Where something is missing, say so
        with :meth:`say_missing` and return nothing. What is raised here is shown as what is raised there.
        """
        raise NotImplementedError

    def show_answer(self, answer: Any) -> None:
        """Show what :meth:`ask`'s function returned."""
        raise NotImplementedError

    def asked_of(self) -> tuple[Plan, str]:
        """Return the plan and the scenario that a question asked now would be about."""
        return self.document.plan, self.scenario

    @property
    def scenario(self) -> str:
        """The scenario that is asked about."""
        return self.document.scenario

    def notes(self) -> str:
        """Return the sentences that belong to the answer, for the line below it."""
        return " ".join(note for table in (self.answer.tables() if self.answer else ()) for note in table.notes)

    # Asking

    def run(self) -> None:
        """Ask, in place of what is being worked out."""
        self._settling.stop()
        self._is_outdated = self._has_missed = self._is_other_question = False
        self._asked = self.asked_of()
        try:
            work = self.ask()
        except Exception as error:  # what cannot be asked is said like what cannot be answered
            self.worker.cancel()
            self._on_failed(error)
            return
        if work is None:
            self.worker.cancel()
            if not self._has_missed:
                self._show_state(State.STALE if self.answer is not None else State.NOTHING)
            return
        self.worker.ask(work)
        self._show_state(State.BUSY)

    def say_missing(self, sentence: str) -> None:
        """Say what the question needs; call it within :meth:`ask`, which then returns nothing."""
        self._has_missed = True
        self._tell(sentence, State.MISSING)

    def cancel(self) -> None:
        """Stop working it out; what was shown before stays."""
        if self.worker.is_busy:
            self.worker.cancel()
            self._show_state(State.CANCELLED)

    def close_worker(self) -> None:
        """End the background: the window is closed."""
        self._patience.stop()
        self._settling.stop()
        self.worker.close()

    def _on_answered(self, answer: Answer) -> None:
        self.answer, self._answered = answer, self._asked
        self.show_answer(answer)
        self.face.show_notes(self.notes())
        self._show_state(State.ANSWERED)
        self.answered.emit()
        self._judge()

    def _on_failed(self, error: Exception) -> None:
        sentence = failure_sentence(error, self.document)
        if sentence is None:
            self._tell(tr("There is no answer: something went wrong."), State.FAILED)
            raise error
        self._tell(sentence, State.FAILED)

    # Following

    @property
    def is_in_sight(self) -> bool:
        """Whether anything of it can be seen; a dock behind another tab counts as visible, but is not."""
        return self.isVisible() and not self.visibleRegion().isEmpty()

    def on_controls_changed(self) -> None:
        """Take note that another question stands in the controls."""
        self._is_other_question = self._is_outdated = True
        if self.is_live and self.is_in_sight:
            self._settling.start()
        self._judge()

    def catch_up(self) -> None:
        """Ask for what changed out of sight."""
        if self.is_live and self._is_outdated and self.is_in_sight:
            self.run()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self.catch_up)  # once it is known what can be seen

    def _follow(self) -> None:
        """Ask again where the plan or the scenario is another one than that asked about last."""
        if self.is_live and not _is_same(self._asked, self.asked_of()):
            self._is_outdated = True
            self.catch_up()
        self._judge()

    def _follow_issues(self) -> None:
        if has_plan_errors(self.document):
            self._follow()

    def _on_plan_changed(self, change: Change) -> None:
        if change.is_other_plan:
            self._forget()
        self._judge()

    def _forget(self) -> None:
        """Forget the answer: it is of a plan that is no longer open."""
        self.worker.cancel()
        self.answer = self._asked = self._answered = None
        self._is_outdated = True
        self.face.show_notes("")
        self._show_state(State.NOTHING)

    @property
    def is_stale(self) -> bool:
        """Whether the plan, the scenario or the controls have changed since the answer."""
        return self._is_other_question or not says_the_same(self._answered, self.asked_of())

    def _judge(self) -> None:
        """Mark the answer as old, or as new again where an edit was taken back."""
        if not self.is_live and self.answer is not None and self.state in (State.ANSWERED, State.STALE):
            state = State.STALE if self.is_stale else State.ANSWERED
            if state is not self.state:
                self._show_state(state)

    # Showing

    def _connect(self) -> None:
        self.face.run_button.clicked.connect(self.run)
        self.face.mark.cancel_requested.connect(self.cancel)
        self.worker.answered.connect(self._on_answered)
        self.worker.failed.connect(self._on_failed)
        self.worker.progressed.connect(self._on_progressed)
        self.document.giving_way.connect(self.worker.give_way)
        document = self.document
        document.solved.connect(self._follow)
        document.issues_changed.connect(self._follow_issues)
        document.changed.connect(self._on_plan_changed)
        document.scenario_changed.connect(self._judge)

    def _show_state(self, state: State) -> None:
        self.state = state
        if state is State.BUSY:
            if not self.face.mark.is_progress_shown and not self._patience.isActive():
                self._patience.start()
        else:
            self._patience.stop()
            self.face.mark.show_text(*mark_of(state, has_answer=self.answer is not None))
            if state is not State.CANCELLED:
                self.face.strip.say("")
        if self.answer is not None:
            self.face.show_body()
        else:
            self.face.show_nothing(tr("Working it out …") if state is State.BUSY else tr(self.invitation))
        self.state_changed.emit(state)

    def _tell(self, sentence: str, state: State) -> None:
        """Say a sentence: above the last good answer, or in its place where there is none."""
        self._show_state(state)
        if self.answer is None:
            self.face.show_nothing(sentence)
            self.setAccessibleDescription(sentence)
        else:
            self.face.strip.say(sentence, "error" if state is State.FAILED else "warning")

    def _show_progress(self) -> None:
        if self.worker.is_busy:
            self.face.mark.show_progress(0.0)

    def _on_progressed(self, done: float) -> None:
        if self.face.mark.is_progress_shown:
            self.face.mark.show_progress(done)


def _is_same(first: tuple[Plan, str] | None, second: tuple[Plan, str]) -> bool:
    """Return whether two questions are about the same plan, that very one, and scenario."""
    return first is not None and first[0] is second[0] and first[1] == second[1]
