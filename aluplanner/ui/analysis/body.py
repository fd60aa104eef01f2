"""Picture and table: side by side where it is wide, one above the other where it is not."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

WIDE: Final = 1.5
"""From so many times its height in width on, picture and table stand side by side."""


class ChartAndTable(QSplitter):
    """A splitter that turns with its shape.

    Parameters
    ----------
    chart, table
        Its parts; either may be a widget that holds several.
    share
        The part that the picture gets at first.
    """

    def __init__(self, chart: QWidget, table: QWidget, share: float = 0.62, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._share = share
        self._is_laid_out = False
        self.setChildrenCollapsible(False)
        self.addWidget(chart)
        self.addWidget(table)
        self.setStretchFactor(0, 3)
        self.setStretchFactor(1, 2)
        self.splitterMoved.connect(self._on_moved)

    def resizeEvent(self, event: QResizeEvent) -> None:
        size = event.size()
        is_wide = size.width() > WIDE * size.height()
        orientation = Qt.Orientation.Horizontal if is_wide else Qt.Orientation.Vertical
        if orientation != self.orientation():
            self.setOrientation(orientation)
            self._is_laid_out = False
        super().resizeEvent(event)
        if not self._is_laid_out:
            length = size.width() if is_wide else size.height()
            self.setSizes([round(length * self._share), round(length * (1 - self._share))])
            self._is_laid_out = True

    def _on_moved(self) -> None:
        sizes = self.sizes()
        self._share = sizes[0] / max(1, sum(sizes))
