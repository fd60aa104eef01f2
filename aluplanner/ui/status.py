"""The status bar: what just happened, how many issues there are, how long solving took."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLabel, QStatusBar, QToolButton, QWidget

from aluplanner.document.document import Document
from aluplanner.document.solving import Solution
from aluplanner.i18n import tr
from aluplanner.ui.icons import set_icon

PATIENCE = 100
"""Milliseconds of work that need no mark."""
READING_TIME = 8000


class StatusBar(QStatusBar):
    """The status bar.

    Attributes
    ----------
    issues_requested : Signal()
        Show the issues.
    """

    issues_requested = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._updating = QLabel(self)
        self._time = QLabel(self)
        self._issues = QToolButton(self)
        self._issues.setAutoRaise(True)
        self._issues.setToolButtonStyle(self._issues.toolButtonStyle().ToolButtonTextBesideIcon)
        self._issues.setToolTip(tr("Show the issues"))
        self._issues.clicked.connect(self.issues_requested)
        for widget in (self._updating, self._time, self._issues):
            self.addPermanentWidget(widget)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE)
        self._patience.timeout.connect(self._on_patience_over)
        document.busy_changed.connect(self._on_busy_changed)
        document.solved.connect(self._on_solved)
        self.show_counts(0, 0)

    def say(self, sentence: str) -> None:
        """Show a sentence for a while."""
        self.showMessage(sentence, READING_TIME)

    def show_counts(self, errors: int, warnings: int) -> None:
        """Show how many issues there are."""
        self._issues.setVisible(bool(errors or warnings))
        set_icon(self._issues, "error" if errors else "warning")
        self._issues.setText(counts_text(errors, warnings))

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


def counts_text(errors: int, warnings: int) -> str:
    """Return numbers of errors and warnings in words."""
    parts = []
    if errors:
        parts.append(tr("1 error") if errors == 1 else tr("{count} errors", count=errors))
    if warnings:
        parts.append(tr("1 warning") if warnings == 1 else tr("{count} warnings", count=warnings))
    return ", ".join(parts)
