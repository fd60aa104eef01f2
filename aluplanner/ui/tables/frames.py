"""Frames over the cells of a table: around what was copied, and around what is about to be filled."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QTableView, QWidget

from aluplanner.document.ranges import Range
from aluplanner.ui.tables.screen import Screen
from aluplanner.ui.theme import current_theme

DASHES: Final = [4.0, 3.0]
OVERHANG: Final = 4
"""Pixels by which a frame may reach over the cells."""


def cells_rect(view: QTableView, screen: Screen, part: Range) -> QRect:
    """Return where a range lies in the viewport, columns that were moved apart with all that is between them."""
    columns = [screen.columns[place] for place in part.columns]
    lefts = [0 if column == 0 else view.columnViewportPosition(column) for column in columns]
    widths = [view.columnWidth(column) for column in columns]
    left = min(lefts)
    right = max(start + width for start, width in zip(lefts, widths, strict=True))
    top = view.rowViewportPosition(part.top)
    bottom = view.rowViewportPosition(part.bottom) + view.rowHeight(part.bottom)
    return QRect(left, top, right - left, bottom - top)


def in_sight(view: QTableView, screen: Screen, part: Range) -> QRect:
    """Return the part of the viewport in which a range can be seen: not under the frozen column."""
    room = view.viewport().rect()
    return room if screen.columns[part.left] == 0 else room.adjusted(view.columnWidth(0), 0, 0, 0)


class Frames(QWidget):
    """Lies over a table without taking the mouse; hidden while there is nothing to frame.

    Parameters
    ----------
    view
        The table.
    """

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self._copied: tuple[Range, ...] = ()
        self._drawn: Range | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        view.viewport().installEventFilter(self)
        for bar in (view.horizontalScrollBar(), view.verticalScrollBar()):
            bar.valueChanged.connect(self.update)
        view.horizontalHeader().sectionResized.connect(self.update)
        view.horizontalHeader().sectionMoved.connect(self.update)

    @property
    def copied(self) -> tuple[Range, ...]:
        """The ranges that were copied last and have not changed since."""
        return self._copied

    def frame_copied(self, ranges: Sequence[Range]) -> None:
        """Put a dashed frame around what was copied; around nothing, take it away."""
        self._copied = tuple(ranges)
        self._show()

    def frame_drawn(self, part: Range | None) -> None:
        """Put a frame around the cells that a handle is drawn over; ``None`` takes it away."""
        self._drawn = part
        self._show()

    def _show(self) -> None:
        if not self._copied and self._drawn is None:
            self.hide()
            return
        self.setGeometry(self._view.viewport().geometry())
        self.show()
        self.raise_()
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._view.viewport():
            self.setGeometry(self._view.viewport().geometry())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        accent = QColor(current_theme().accent)
        screen = Screen(self._view)
        pen = QPen(accent, 2)
        pen.setDashPattern(DASHES)
        for part in self._copied:
            self._paint(painter, pen, screen, part)
        if self._drawn is not None:
            self._paint(painter, QPen(accent, 2, Qt.PenStyle.DotLine), screen, self._drawn)
        painter.end()

    def _paint(self, painter: QPainter, pen: QPen, screen: Screen, part: Range) -> None:
        if part.bottom >= screen.height or part.right >= screen.width:
            return
        painter.setClipRect(in_sight(self._view, screen, part))
        painter.setPen(pen)
        painter.drawRect(cells_rect(self._view, screen, part).adjusted(1, 1, -2, -2))
