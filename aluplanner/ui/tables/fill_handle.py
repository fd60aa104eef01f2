"""The handle at the corner of a selection that is drawn to fill the cells beside it."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView, QToolTip, QWidget

from aluplanner.document.filling import drawn_to, fill_series
from aluplanner.document.ranges import Range
from aluplanner.i18n import tr
from aluplanner.ui.tables.frames import Frames, cells_rect, in_sight
from aluplanner.ui.tables.pointing import place_at
from aluplanner.ui.tables.screen import Screen
from aluplanner.ui.theme import current_theme

SIZE: Final = 8
REACH: Final = 2
"""Pixels around the handle that still count as on it."""


class FillHandle(QWidget):
    """A small square at the lower right corner of the one range selected.

    Drawn over cells beside the range it fills them: months go on, equal steps go on, anything else is repeated; with
    Ctrl the other way round. A double-click fills down to the last row.

    Parameters
    ----------
    view
        The table.
    frames
        Shows what will be filled.

    Attributes
    ----------
    drawn : Signal(Range, Range, Direction, bool)
        The range, the cells it was drawn over, which way, and whether Ctrl was held.
    """

    drawn = Signal(object, object, object, bool)

    def __init__(self, view: QTableView, frames: Frames) -> None:
        super().__init__(view)
        self._view = view
        self._frames = frames
        self._source: Range | None = None
        self._target: tuple[int, int] | None = None
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolTip(tr("Draw to fill the cells beside; with Ctrl to copy or to count"))
        self.setAccessibleName(tr("Fill handle"))
        self.resize(QSize(SIZE + 2 * REACH, SIZE + 2 * REACH))
        self.hide()
        self._follow(view)

    def _follow(self, view: QTableView) -> None:
        view.viewport().installEventFilter(self)
        selection, header, model = view.selectionModel(), view.horizontalHeader(), view.model()
        for signal in (selection.selectionChanged, selection.currentChanged, header.sectionResized):
            signal.connect(self.place)
        for signal in (
            header.sectionMoved,
            header.sectionCountChanged,
            model.layoutChanged,
            model.rowsRemoved,
            model.modelReset,
        ):
            signal.connect(self.place)
        for bar in (view.horizontalScrollBar(), view.verticalScrollBar()):
            bar.valueChanged.connect(self.place)

    @property
    def is_drawing(self) -> bool:
        """Whether the handle is being drawn."""
        return self._source is not None

    def place(self) -> None:
        """Stand at the corner of the selection, if it is one range whose corner is in sight."""
        screen = Screen(self._view)
        ranges = screen.ranges() if self._view.selectionModel().hasSelection() else []
        part = ranges[0] if len(ranges) == 1 else None
        if part is None or part.bottom >= screen.height or part.right >= screen.width:
            self.hide()
            return
        corner = cells_rect(self._view, screen, part).bottomRight() - QPoint(1, 1)
        room = in_sight(self._view, screen, Range(part.bottom, part.right, part.bottom, part.right))
        self.setVisible(room.contains(corner))
        self.move(self._view.viewport().geometry().topLeft() + corner - self.rect().center())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._view.viewport():
            self.place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        square = QRect(REACH, REACH, SIZE, SIZE)
        painter.fillRect(square, QColor(theme.canvas))
        painter.fillRect(square.adjusted(1, 1, -1, -1), QColor(theme.accent))
        painter.end()

    # Drawing it

    def mousePressEvent(self, event: QMouseEvent) -> None:
        ranges = Screen(self._view).ranges()
        if event.button() == Qt.MouseButton.LeftButton and len(ranges) == 1:
            self._source = ranges[0]
            self._target = None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._source is None:
            return
        screen = Screen(self._view)
        point = self._view.viewport().mapFromGlobal(event.globalPosition().toPoint())
        self._target = place_at(self._view, screen, point)
        if self._target is None:
            return
        screen.scroll_to(*self._target)
        found = drawn_to(self._source, *self._target)
        self._frames.frame_drawn(None if found is None else found[0])
        self._tell(event, screen)

    def _tell(self, event: QMouseEvent, screen: Screen) -> None:
        """Show what the last cell would get."""
        found = None if self._source is None or self._target is None else drawn_to(self._source, *self._target)
        if self._source is None or found is None:
            QToolTip.hideText()
            return
        cells = fill_series(
            self._source, *found, screen.text_at, screen.column_at, screen.shown, other=_is_other(event)
        )
        QToolTip.showText(event.globalPosition().toPoint(), cells[-1][2] if cells else "", self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        source, target = self._source, self._target
        self.cancel()
        found = None if source is None or target is None else drawn_to(source, *target)
        if source is not None and found is not None:
            self.drawn.emit(source, *found, _is_other(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        screen = Screen(self._view)
        ranges = screen.ranges()
        found = drawn_to(ranges[0], screen.height - 1, ranges[0].right) if len(ranges) == 1 else None
        self.cancel()
        if found is not None:
            self.drawn.emit(ranges[0], *found, _is_other(event))

    def cancel(self) -> None:
        """Let go of the handle without filling anything."""
        self._source = self._target = None
        self._frames.frame_drawn(None)
        QToolTip.hideText()


def _is_other(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
