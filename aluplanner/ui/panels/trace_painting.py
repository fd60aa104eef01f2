"""Painting a trace: cells with room around their text, shares with bars, a line above the number itself."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from aluplanner.ui.panels.trace_model import BAR, SHARE
from aluplanner.ui.tables import roles
from aluplanner.ui.tables.painting import inks
from aluplanner.ui.theme import current_theme

if TYPE_CHECKING:
    from aluplanner.ui.panels.trace_view import TraceView

PADDING: Final = 8
BAR_HEIGHT: Final = 10
SHARE_LETTERS: Final = 13
"""Room for a share before its bar, in letters."""
_ELIDE: Final = Qt.TextElideMode.ElideRight


class TraceHeader(QHeaderView):
    """The titles, above the texts of their columns."""

    def __init__(self, view: "TraceView") -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.setStretchLastSection(True)
        self.setSectionsClickable(False)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        theme, model = current_theme(), self.model()
        title = str(model.headerData(section, Qt.Orientation.Horizontal, roles.DISPLAY) or "")
        side = int(model.headerData(section, Qt.Orientation.Horizontal, roles.ALIGNMENT))
        painter.save()
        painter.fillRect(rect, QColor(theme.window))
        painter.setPen(QColor(theme.border))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        inside = _text_box(rect, section, self.fontMetrics().averageCharWidth())
        painter.setPen(QColor(theme.muted))
        painter.drawText(inside, side, self.fontMetrics().elidedText(title, _ELIDE, inside.width()))
        painter.restore()


class PartDelegate(QStyledItemDelegate):
    """A cell; a share has a bar, to the right of zero for what adds and to the left for what takes."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = current_theme()
        drawn = QStyleOptionViewItem(option)
        self.initStyleOption(drawn, index)
        painter.save()
        if drawn.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(drawn.rect, inks(theme).selection)
        if drawn.font.bold():
            painter.setPen(QColor(theme.border))
            painter.drawLine(drawn.rect.topLeft(), drawn.rect.topRight())
        ends = index.data(BAR)
        if ends is not None:
            _paint_bar(painter, drawn, ends)
        painter.setFont(drawn.font)
        painter.setPen(drawn.palette.color(drawn.palette.ColorRole.Text))
        box = _text_box(drawn.rect, index.column(), option.fontMetrics.averageCharWidth())
        side = int(index.data(roles.ALIGNMENT))
        painter.drawText(box, side, drawn.fontMetrics.elidedText(drawn.text, _ELIDE, box.width()))
        if drawn.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.accent))
            painter.drawRect(drawn.rect.adjusted(0, 0, -1, -1))
        painter.restore()


def _text_box(cell: QRect, column: int, letter: int) -> QRect:
    """Return where the text of a cell stands; that of a share before its bar."""
    box = cell.adjusted(PADDING, 0, -PADDING, 0)
    if column == SHARE:
        box.setWidth(min(box.width(), letter * SHARE_LETTERS - PADDING))
    return box


def _paint_bar(painter: QPainter, cell: QStyleOptionViewItem, ends: tuple[float, float]) -> None:
    theme = current_theme()
    room = QRectF(cell.rect).adjusted(cell.fontMetrics.averageCharWidth() * SHARE_LETTERS + PADDING, 0, -PADDING, 0)
    if room.width() <= 0:
        return
    zero, end = (room.left() + room.width() * place for place in ends)
    colour = theme.surplus_fill if end >= zero else theme.shortage_fill
    top = room.center().y() - BAR_HEIGHT / 2
    painter.fillRect(QRectF(min(zero, end), top, max(1.0, abs(end - zero)), BAR_HEIGHT), QColor(colour))
    painter.fillRect(QRectF(zero, room.top(), 1, room.height()), QColor(theme.year_line))
