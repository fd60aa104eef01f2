"""What a panel is doing: how far it has come, with a way to stop it, or in a word what its picture is worth."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QStackedLayout, QWidget

from aluplanner.i18n import tr
from aluplanner.ui.elided_label import ElidedLabel
from aluplanner.ui.theme import current_theme

LETTERS: Final = 30
HEIGHT: Final = 24
_STEPS: Final = 1000


class FramedBar(QProgressBar):
    """A progress bar whose whole length can be seen in every theme."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QColor(current_theme().border))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class StatusMark(QWidget):
    """A word in the accent colour, or in its place a progress bar with Cancel; nothing, and no room, without either.

    Attributes
    ----------
    cancel_requested : Signal()
        The planner does not want to wait.
    """

    cancel_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = ElidedLabel(self)
        self.label.setForegroundRole(QPalette.ColorRole.Link)
        self.bar = FramedBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.setAccessibleName(tr("Progress"))
        self.cancel = QPushButton(tr("Cancel"))
        self.cancel.setToolTip(tr("Stop working it out (Esc)"))
        self.cancel.clicked.connect(self.cancel_requested)
        self._work = QWidget(self)
        row = QHBoxLayout(self._work)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.label)
        self._pages.addWidget(self._work)
        self.setFixedSize(self.fontMetrics().averageCharWidth() * LETTERS, HEIGHT)
        self.cancel.setFixedHeight(HEIGHT - 2)
        self.hide()

    @property
    def is_progress_shown(self) -> bool:
        """Whether the progress bar is shown."""
        return self._pages.currentIndex() == 1

    @property
    def text(self) -> str:
        """The word shown, nothing while progress is."""
        return "" if self.is_progress_shown else self.label.text()

    def show_text(self, text: str, tip: str = "") -> None:
        """Show a word."""
        self.label.setText(text)
        self.label.setToolTip(tip or text)
        self._pages.setCurrentIndex(0)
        self.setVisible(bool(text))

    def show_progress(self, done: float) -> None:
        """Show how much is done, 0 to 1; nothing known yet at 0."""
        self.bar.setRange(0, _STEPS if done > 0 else 0)  # a bar without a range says that it is under way
        self.bar.setValue(round(done * _STEPS))
        self._pages.setCurrentIndex(1)
        self.show()
