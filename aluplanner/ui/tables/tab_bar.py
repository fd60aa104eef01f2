"""The tabs over the tables: flat, and narrow enough that ten of them fit."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QWidget

from aluplanner.ui.theme import current_theme

PADDING = 8
NARROWEST_PADDING = 4
HEIGHT = 30
LINE = 2


class PlanTabBar(QTabBar):
    """Tabs of text; the current one carries a line in the accent colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)

    def tabSizeHint(self, index: int) -> QSize:
        return QSize(self._text_width(index) + 2 * self._padding(), HEIGHT)

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def _text_width(self, index: int) -> int:
        return self.fontMetrics().horizontalAdvance(self.tabText(index))

    def _padding(self) -> int:
        """Return the room beside a text: as much as leaves every tab in sight."""
        parent = self.parentWidget()
        if parent is None or not self.count():
            return PADDING
        texts = sum(self._text_width(index) for index in range(self.count()))
        room = (parent.width() - texts) // (2 * self.count())
        return min(max(room, NARROWEST_PADDING), PADDING + NARROWEST_PADDING)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        for index in range(self.count()):
            self._paint_tab(painter, index, self.tabRect(index))
        painter.end()

    def _paint_tab(self, painter: QPainter, index: int, rect: QRect) -> None:
        theme = current_theme()
        is_current = index == self.currentIndex()
        if is_current:
            painter.fillRect(rect, QColor(theme.canvas))
            line = QRect(rect.left(), rect.top(), rect.width(), LINE)
            painter.fillRect(line, QColor(theme.accent))
        if is_current and self.hasFocus():
            painter.setPen(QColor(theme.accent))
            painter.drawRect(rect.adjusted(2, 4, -3, -3))
        painter.setPen(QColor(theme.text if is_current else theme.muted))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), self.tabText(index))
