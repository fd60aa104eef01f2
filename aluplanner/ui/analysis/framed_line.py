"""A line of text in a frame that can be seen in every theme."""

from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from aluplanner.ui.theme import current_theme

HEIGHT = 26


class FramedLine(QLineEdit):
    """A line like the boxes for numbers beside it: a thin frame, a thick one with the focus."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setTextMargins(4, 0, 4, 0)
        self.setFixedHeight(HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = current_theme()
        width = 2.0 if self.hasFocus() else 1.0
        painter = QPainter(self)
        painter.setPen(QPen(QColor(theme.accent if self.hasFocus() else theme.border), width))
        painter.drawRect(self.rect().toRectF().adjusted(width / 2, width / 2, -width / 2, -width / 2))
        painter.end()
