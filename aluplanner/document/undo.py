"""Undo: a step that holds the plan before it and the plan after it."""

from collections.abc import Callable
from weakref import WeakMethod

from PySide6.QtGui import QUndoCommand

from aluplanner.document.change import Change, Origin


class PlanStep(QUndoCommand):
    """One gesture of the planner; undoing it puts the very plan back that was there before.

    Parameters
    ----------
    change
        The step.
    show
        A method that takes what becomes of the document: first the change itself, later its undoing and redoing.
    """

    def __init__(self, change: Change, show: Callable[[Change], None]) -> None:
        super().__init__(change.label)
        self._change = change
        self._show = WeakMethod(show)
        self._is_done = False

    @property
    def changes_anything(self) -> bool:
        """Whether the plan after the step is another one than before it."""
        return self._change.before != self._change.after

    def grow(self, change: Change) -> None:
        """Make one more edit as a part of this step, under the name of that edit."""
        whole = self._change
        self._change = Change(whole.before, change.after, whole.origin, change.label)
        self.setText(change.label)
        self._tell(change)

    def settle(self) -> None:
        """Put back the very plan of before, where an equal one has taken its place."""
        change = self._change
        if change.after is not change.before:
            self.grow(Change(change.after, change.before, change.origin, change.label))

    def redo(self) -> None:
        """Make the step; what is made again comes from the history and no longer from the widget."""
        change = self._change
        if self._is_done:
            change = Change(change.before, change.after, Origin.HISTORY, change.label)
        self._is_done = True
        self._tell(change)

    def undo(self) -> None:
        """Take the step back."""
        change = self._change
        if change.after is change.before:
            self.setObsolete(True)  # a drag that was back where it began when the planner pressed undo
        self._tell(Change(change.after, change.before, Origin.HISTORY, change.label))

    def _tell(self, change: Change) -> None:
        """Tell the document, which owns the step: a reference back would let the collector delete the step twice."""
        show = self._show()
        if show is not None:
            show(change)
