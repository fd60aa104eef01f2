"""The editors that open in a cell: a line of text, and a list of choices."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from aluplanner.i18n import tr
from aluplanner.ui.theme import current_theme

_FIRST_DIGIT = re.compile(r"[-+]?[.,]?\d")
_BEFORE_DIGIT = re.compile(r"[-+]?[.,]?")
PERCENT = "%"
_ENDING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class LineEditor(QLineEdit):
    """A line of text in a frame of the accent colour."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setTextMargins(3, 0, 3, 0)
        self.setAccessibleName(tr("Cell editor"))
        self.opening_text = ""
        self._awaits_percent = False
        self._has_added_percent = False
        self.textEdited.connect(self._on_text_edited)

    def expect_percent(self) -> None:
        """Put a % behind the first digit typed, now or with one of the next keys."""
        self._awaits_percent = True
        self._complete_percent()

    def _complete_percent(self) -> None:
        if not self._awaits_percent or _BEFORE_DIGIT.fullmatch(self.text()):
            return
        self._awaits_percent = False
        if _FIRST_DIGIT.fullmatch(self.text()):
            self._has_added_percent = True
            self.insert(PERCENT)
            self.cursorBackward(False)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _ENDING:
            completer = self.completer()
            names = completer.popup() if completer is not None else None
            if names is not None and names.isVisible():
                # the list of names would swallow the key and leave the entry open: one key ends it, as without a list
                names.hide()
                return QCoreApplication.sendEvent(self, event.clone())
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == PERCENT and self._is_before_added_percent():
            self._has_added_percent = False
            self.cursorForward(False)  # who types the % all the same gets one, not two
        else:
            super().keyPressEvent(event)

    def _is_before_added_percent(self) -> bool:
        return self._has_added_percent and self.text()[self.cursorPosition() :] == PERCENT

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = current_theme()
        painter = QPainter(self)
        painter.setPen(QPen(QColor(theme.accent), 2))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _on_text_edited(self) -> None:
        self._complete_percent()


class ChoiceEditor(QComboBox):
    """A list of choices that opens with the cell and is done with one choice."""

    chosen = Signal(QWidget)
    dismissed = Signal(QWidget)

    def __init__(self, texts: Sequence[str], words: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setAccessibleName(tr("Choices"))
        for text, word in zip(texts, words, strict=True):
            self.addItem(text, word)
        self.activated.connect(self._on_activated)
        self._is_chosen = False
        self._list = self.view().window()
        self._list.installEventFilter(self)

    @property
    def word(self) -> str:
        """The word chosen, as the column's parser reads it."""
        return str(self.currentData() or "")

    def choose(self, word: str) -> None:
        """Put a word in front."""
        self.setCurrentIndex(max(0, self.findData(word)))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._open)

    @Slot()
    def _open(self) -> None:
        self.showPopup()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide and watched is self._list:
            QTimer.singleShot(0, self, self._end)  # after the choice, if one was made
        return super().eventFilter(watched, event)

    @Slot()
    def _end(self) -> None:
        if not self._is_chosen:
            self.dismissed.emit(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_activated()
        else:
            super().keyPressEvent(event)

    def _on_activated(self) -> None:
        if not self._is_chosen:
            self._is_chosen = True
            self.chosen.emit(self)
