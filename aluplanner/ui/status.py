"""The status bar: what just happened, how many issues there are, how long solving took."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton, QWidget

from aluplanner.document.change import Change, Origin
from aluplanner.document.document import Document
from aluplanner.document.solving import Solution
from aluplanner.i18n import tr
from aluplanner.ui.icons import set_icon
from aluplanner.ui.selection_label import SelectionLabel

PATIENCE = 100
"""Milliseconds of work that need no mark."""
READING_TIME = 8000


class StatusBar(QStatusBar):
    """The status bar.

    Parameters
    ----------
    document
        The document it tells of.
    selection
        Tells what the selected cells come to.

    Attributes
    ----------
    issues_requested : Signal()
        Show the issues.
    """

    issues_requested = Signal()

    def __init__(self, document: Document, selection: SelectionLabel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.selection = selection
        self.setContentsMargins(0, 0, 8, 0)
        self._updating = QLabel(self)
        self._time = QLabel(self)
        self._issues = QToolButton(self)
        self._issues.setAutoRaise(True)
        self._issues.setToolButtonStyle(self._issues.toolButtonStyle().ToolButtonTextBesideIcon)
        self._issues.setToolTip(tr("Show the issues"))
        self._issues.clicked.connect(self.issues_requested)
        self._hidden_rows = QLabel(self)
        for widget in (self.selection, self._hidden_rows, self._updating, self._time, self._issues):
            self.addPermanentWidget(widget)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._on_patience_over)
        document.busy_changed.connect(self._on_busy_changed)
        document.solved.connect(self._on_solved)
        self._step = document.undo_stack.index()
        self._is_from_history = False
        document.changed.connect(self._on_changed)
        document.undo_stack.indexChanged.connect(self._on_step_changed)
        self.show_counts(0, 0)

    def say(self, sentence: str) -> None:
        """Show a sentence for a while."""
        self.showMessage(sentence, READING_TIME)

    def show_hidden_rows(self, count: int) -> None:
        """Show how many rows filters hide."""
        template = tr("1 row hidden") if count == 1 else tr("{count} rows hidden")
        self._hidden_rows.setText(template.format(count=f"{count:,}") if count else "")

    def show_counts(self, errors: int, warnings: int) -> None:
        """Show how many issues there are."""
        self._issues.setVisible(bool(errors or warnings))
        set_icon(self._issues, "error" if errors else "warning")
        self._issues.setText(counts_text(errors, warnings))

    def _on_changed(self, change: Change) -> None:
        """Take away what was said of the plan as it was before."""
        self.clearMessage()
        self._is_from_history = change.origin is Origin.HISTORY
        if change.is_other_plan:
            self._time.clear()

    def _on_step_changed(self, step: int) -> None:
        """Say which steps of the history were taken back or done again."""
        before, self._step = self._step, step
        if self._is_from_history and step != before:
            self.say(_steps_text(self._document.undo_stack, before, step))
        self._is_from_history = False

    def _on_busy_changed(self, busy: bool) -> None:
        if busy:
            self._patience.start()
        else:
            self._patience.stop()
            self._updating.clear()

    def _on_patience_over(self) -> None:
        self._updating.setText(tr("Updating …"))

    def _on_solved(self, solution: Solution) -> None:
        if solution.seconds:
            milliseconds = max(1, round(solution.seconds * 1000))
            self._time.setText(tr("Solved in {milliseconds} ms", milliseconds=milliseconds))


def _steps_text(stack: QUndoStack, before: int, after: int) -> str:
    """Return in words how the history went from one place in it to another."""
    count = abs(after - before)
    if after < before:
        return tr("Undone: {step}", step=stack.text(after)) if count == 1 else tr("Undone: {count} steps", count=count)
    return tr("Redone: {step}", step=stack.text(after - 1)) if count == 1 else tr("Redone: {count} steps", count=count)


def counts_text(errors: int, warnings: int) -> str:
    """Return numbers of errors and warnings in words."""
    parts = []
    if errors:
        parts.append(tr("1 error") if errors == 1 else tr("{count} errors", count=errors))
    if warnings:
        parts.append(tr("1 warning") if warnings == 1 else tr("{count} warnings", count=warnings))
    return ", ".join(parts)
