"""A line in the accent colour over the tab in front, where the style alone barely tells it from the others."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QWidget

from aluplanner.ui.tables.tab_bar import LINE
from aluplanner.ui.theme import current_theme


class TabMark(QWidget):
    """Lies over a bar of tabs and marks the current one."""

    def __init__(self, bar: QTabBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setGeometry(bar.rect())
        bar.installEventFilter(self)
        bar.currentChanged.connect(self._on_current_changed)
        self.show()

    def _on_current_changed(self) -> None:
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._bar and event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self.setGeometry(self._bar.rect())
        return False

    @property
    def line(self) -> QRect:
        """Where the line lies; empty where no tab is in front."""
        tab = self._bar.tabRect(self._bar.currentIndex())
        return QRect(tab.left(), tab.top(), tab.width(), LINE if tab.isValid() else 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.line, QColor(current_theme().accent))
        painter.end()


def mark_tabs(window: QWidget) -> None:
    """Mark the current tab in each bar of tabs that a window made for its docks."""
    only_own = Qt.FindChildOption.FindDirectChildrenOnly
    for bar in window.findChildren(QTabBar, options=only_own):
        if not bar.findChildren(TabMark, options=only_own):
            TabMark(bar)
