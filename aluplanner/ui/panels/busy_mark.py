"""A quiet word where the picture is not of the plan as it stands."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy

from aluplanner.document.document import Document
from aluplanner.i18n import tr
from aluplanner.model.issues import has_errors
from aluplanner.model.unread_rules import UNREAD

PATIENCE: Final = 150
"""Milliseconds of computing before it is mentioned: less would only flicker."""


class BusyMark(QLabel):
    """Says that new balances are being computed, that an older picture is shown, or that stand-ins count in it."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self._document = document
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.setInterval(PATIENCE)
        self._waiting.timeout.connect(self._show_state)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        document.busy_changed.connect(self._on_busy_changed)
        document.issues_changed.connect(self._show_state)
        self._show_state()

    def _on_busy_changed(self, is_busy: bool) -> None:
        if is_busy:
            self._waiting.start()
        else:
            self._waiting.stop()
            self._show_state()

    def _show_state(self) -> None:
        if self._document.is_busy and not self._waiting.isActive():
            self.setText(tr("updating…"))
            return
        solution, issues = self._document.solution, self._document.issues
        if solution is None or not has_errors(issues):
            text, tip = "", ""
        elif any(issue.is_error and issue.code != UNREAD for issue in issues):
            text = tr("errors: last good picture")
            tip = tr("The plan has errors, so this still shows it as it was before them. Issues lists them.")
        else:
            text = tr("errors: last good values")
            tip = tr("Texts that could not be read count with the last good value of their cells. Issues lists them.")
        self.setText(text)
        self.setToolTip(tip)
