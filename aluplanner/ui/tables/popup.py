"""A small window under the header of a column that asks which rows to show."""

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from aluplanner.i18n import tr
from aluplanner.ui.theme import current_theme

MARGIN = 8


class ColumnPopup(QFrame):
    """A window that closes with a click beside it; Enter accepts, Esc does not.

    Parameters
    ----------
    title
        What is asked.
    parent
        The table.

    Attributes
    ----------
    closed : Signal()
        It is closed, whatever came of it.
    """

    closed = Signal()

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(title)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.body.setSpacing(MARGIN // 2)
        heading = QLabel(title, self)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        self.body.addWidget(heading)
        self.show_button = QPushButton(tr("&Show"), self)
        self.show_button.setDefault(True)
        self.show_button.clicked.connect(self.accept)
        self.cancel_button = QPushButton(tr("Cancel"), self)
        self.cancel_button.clicked.connect(self.close)

    def add_buttons(self) -> None:
        """Put the buttons at the bottom."""
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self.show_button)
        line.addWidget(self.cancel_button)
        self.body.addSpacing(MARGIN // 2)
        self.body.addLayout(line)

    def accept(self) -> None:
        """Show the rows that were asked for, and close."""
        if self.show_button.isEnabled():
            self.apply()
            self.close()

    def apply(self) -> None:
        """Show the rows that were asked for."""
        raise NotImplementedError

    def open_at(self, place: QPoint) -> None:
        """Open with the upper left corner at a place of the screen, moved so far that all of it can be seen."""
        self.adjustSize()
        size, screen = QSize(self.size()), self.screen().availableGeometry()
        left = max(screen.left(), min(place.x(), screen.right() - size.width()))
        top = max(screen.top(), min(place.y(), screen.bottom() - size.height()))
        self.move(left, top)
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the edge, and around what one types into a line that can be told on dark grounds too."""
        super().paintEvent(event)
        theme, painter = current_theme(), QPainter(self)
        painter.setPen(QColor(theme.crosshair))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.setPen(QColor(theme.border))
        for field in (*self.findChildren(QLineEdit), *self.findChildren(QAbstractItemView)):
            if field.parentWidget() is self and field.isVisible():
                painter.drawRect(field.geometry().adjusted(-1, -1, 0, 0))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        elif event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()
