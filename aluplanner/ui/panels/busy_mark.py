"""A quiet word where the picture is not of the plan as it stands."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy

from aluplanner.document.document import Document
from aluplanner.i18n import tr
from aluplanner.model.issues import has_errors

PATIENCE: Final = 150
"""Milliseconds of computing before it is mentioned: less would only flicker."""


class BusyMark(QLabel):
    """Says that new balances are being computed, or that the plan has errors and an older picture is shown."""

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
        elif self._document.solution is not None and has_errors(self._document.issues):
            self.setText(tr("errors: last good picture"))
            self.setToolTip(tr("The plan has errors, so this still shows it as it was before them. Issues lists them."))
        else:
            self.setText("")
            self.setToolTip("")
