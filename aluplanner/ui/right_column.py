"""The right half of the window: plots or result tables above, the headlines below."""

from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from aluplanner.ui.panels.headline import HeadlineStrip

LOW: Final = 400
"""Below this height the headlines leave the plots the room: an analysis takes half of a small screen."""


class RightColumn(QWidget):
    """Keeps the plots readable where there is little room; empty until it is filled."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._strip: HeadlineStrip | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    @property
    def is_filled(self) -> bool:
        """Whether it has its contents."""
        return self._strip is not None

    def fill(self, results: QWidget, strip: "HeadlineStrip") -> None:
        """Take the plots with the result tables, and the headlines."""
        self._strip = strip
        self._column.addWidget(results, 1)
        self._column.addWidget(strip)
        strip.be_low(self.height() < LOW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._strip is not None:
            self._strip.be_low(event.size().height() < LOW)
