"""The ground that everything drawn in a pane stands on."""

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QTransform


class PaneItem(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """Something that fills its pane and is drawn in pixels."""

    def boundingRect(self) -> QRectF:
        return self.viewRect() or QRectF()

    def viewRangeChanged(self) -> None:
        self.prepareGeometryChange()

    def paint(self, painter: QPainter, *_: Any) -> None:
        transform = painter.transform()
        frame = transform.mapRect(self.boundingRect())
        painter.save()
        painter.resetTransform()
        self.draw(painter, transform, frame)
        painter.restore()

    def draw(self, painter: QPainter, transform: QTransform, frame: QRectF) -> None:
        """Draw in pixels; ``transform`` leads there from the data, ``frame`` is the pane."""
        raise NotImplementedError
