"""Gestures: any number of edits, as a drag makes them, that are one step of the history."""

from collections.abc import Callable

from PySide6.QtGui import QUndoStack

from aluplanner.document.change import Change
from aluplanner.document.undo import PlanStep


class Gestures:
    """Makes the steps of the history: one for each edit, and one for all the edits of a gesture.

    The first edit of a gesture pushes a step, the later ones let it grow, so that the plan on view is at every
    moment the one the history stands at. Qt's own merging of commands is no help: what was merged into another
    command is never let go by the binding, with the plans it holds.

    Parameters
    ----------
    stack
        The history.
    """

    def __init__(self, stack: QUndoStack) -> None:
        self._stack = stack
        self._is_open = False
        self._origin: object = None
        self._label = ""
        self._step: PlanStep | None = None

    def is_open(self, origin: object) -> bool:
        """Return whether a gesture of this widget is under way."""
        return self._is_open and self._origin is origin

    def begin(self, label: str, origin: object) -> None:
        """Begin a gesture, in place of one that may be under way; see ``Document.begin_gesture``."""
        self.end()
        self._is_open, self._label, self._origin = True, label, origin

    def end(self) -> None:
        """End the gesture, if there is one; a gesture that ends where it began leaves no step."""
        step = self._drop()
        if step is None:
            return
        if step.changes_anything:
            self._stack.indexChanged.emit(self._stack.index())  # lists of the steps read the last name
            return
        step.settle()
        step.setObsolete(True)
        self._stack.undo()  # an obsolete step is taken off without being undone

    def _drop(self) -> PlanStep | None:
        step, self._step = self._step, None
        self._is_open, self._origin = False, None
        return step

    def push(self, change: Change, show: Callable[[Change], None]) -> None:
        """Make an edit: a step of its own, or a part of the gesture it belongs to.

        Parameters
        ----------
        change
            The edit.
        show
            A method that takes what becomes of the document.
        """
        if not self.is_open(change.origin):
            self.end()
            self._stack.push(PlanStep(change, show))
            return
        named = Change(change.before, change.after, change.origin, self._label or change.label)
        step = self._step
        if step is None or self._stack.isClean():  # what has been saved is a place to come back to
            self._step = step = PlanStep(named, show)
            self._stack.push(step)
            return
        step.grow(named)
        self._stack.undoTextChanged.emit(step.text())

    def follow(self, change: Change) -> None:
        """Let the gesture go if somebody else changed the plan: undo, redo, another file."""
        if self._is_open and change.origin is not self._origin:
            self._drop()
